//! All that is written into the folder of a sweep.

use crate::cli::failure::Failure;
use crate::cli::run::{interrupt, results};
use crate::experiment::Design;
use crate::model::Model;
use crate::output::schema::{DESIGN, SWEEP, SWEEP_MEASURES, SWEEP_QUERIES, SWEEP_TABLES};
use crate::output::{
    DRAWS_VERSION, ExperimentIdentity, FORMAT_VERSION, Folder, FolderError, Manifest, Provenance, ScenarioIdentity,
    SweepResults, design_package,
};

use super::plan::Plan;
use super::simulation::Swept;

/// Writes everything and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    model: &Model,
    plan: &Plan,
    design: &Design,
    swept: &Swept,
    found: &SweepResults<'_>,
) -> Result<(), Failure> {
    let written = write_files(&folder, model, plan, design, swept, found);
    written
        .and_then(|()| interrupt::finishing(|| folder.finish()))
        .map_err(|error| Failure::File(error.to_string()))?;
    Ok(())
}

fn write_files(
    folder: &Folder,
    model: &Model,
    plan: &Plan,
    design: &Design,
    swept: &Swept,
    found: &SweepResults<'_>,
) -> Result<(), FolderError> {
    folder.write(DESIGN.file, |to| found.write_design(to))?;
    folder.write(SWEEP.file, |to| found.write_sweep(to))?;
    folder.write(SWEEP_MEASURES.file, |to| found.write_measures(to))?;
    folder.write(SWEEP_QUERIES.file, |to| found.write_queries(to))?;
    let package = design_package(model, &SWEEP_TABLES, found.parameters());
    folder.write("datapackage.json", |to| to.write_all(package.as_bytes()))?;
    let manifest = manifest(model, plan, design, swept);
    folder.write("manifest.json", |to| to.write_all(manifest.to_json()?.as_bytes()))
}

/// How the results were made.
fn manifest(model: &Model, plan: &Plan, design: &Design, swept: &Swept) -> Manifest {
    let mut files: Vec<String> = SWEEP_TABLES.iter().map(|table| table.file.to_owned()).collect();
    files.extend(["datapackage.json", "manifest.json"].map(str::to_owned));
    files.sort();
    Manifest {
        provenance: Provenance::Simulated,
        flashpoint_version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: ScenarioIdentity {
            title: model.title.clone(),
            file: plan.scenario.display().to_string(),
            fingerprint: model.fingerprint.clone(),
        },
        format: FORMAT_VERSION,
        draws: DRAWS_VERSION,
        seed: plan.seed.to_string(),
        runs_asked: swept.asked,
        runs_done: swept.runs,
        interrupted: swept.interrupted(),
        command_line: std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect(),
        variants: plan.changes.variants.clone(),
        set: plan.changes.sets.clone(),
        without: plan.changes.without.clone(),
        threads: swept.threads,
        wall_seconds: swept.wall_seconds,
        runs_per_second: swept.runs_per_second(),
        machine: results::machine(),
        experiment: Some(ExperimentIdentity {
            kind: "sweep".to_owned(),
            design: plan.design_word().to_owned(),
            points: design.n_points(),
            factors: design.factors().iter().map(|factor| factor.name.clone()).collect(),
            file: plan.file.as_ref().map(|file| file.display().to_string()),
        }),
        files,
    }
}
