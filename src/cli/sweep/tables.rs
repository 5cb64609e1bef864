//! All that is written into the folder of a sweep.

use crate::cli::failure::Failure;
use crate::cli::results::{self, Results};
use crate::experiment::Design;
use crate::output::schema::{DESIGN, SWEEP, SWEEP_MEASURES, SWEEP_QUERIES, SWEEP_TABLES};
use crate::output::{ExperimentIdentity, Folder, SweepResults, design_package};

use super::plan::Plan;

/// Writes everything and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    plan: &Plan,
    design: &Design,
    results: Results<'_>,
    found: &SweepResults<'_>,
) -> Result<(), Failure> {
    let experiment = ExperimentIdentity {
        kind: "sweep".to_owned(),
        design: plan.design_word().to_owned(),
        points: design.n_points(),
        factors: design.factors().iter().map(|factor| factor.name.clone()).collect(),
        file: plan.file.as_ref().map(|file| file.display().to_string()),
    };
    let manifest = results.manifest(&plan.changes, &SWEEP_TABLES, Some(experiment));
    let package = design_package(results.model, &SWEEP_TABLES, found.parameters());
    results::write(folder, &package, &manifest, |folder| {
        folder.write(DESIGN.file, |to| found.write_design(to))?;
        folder.write(SWEEP.file, |to| found.write_sweep(to))?;
        folder.write(SWEEP_MEASURES.file, |to| found.write_measures(to))?;
        folder.write(SWEEP_QUERIES.file, |to| found.write_queries(to))
    })
}
