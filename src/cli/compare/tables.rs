//! The folder of results of a comparison.

use crate::cli::arguments::Changes;
use crate::cli::failure::Failure;
use crate::cli::results::{self, Results};
use crate::comparison::Comparison;
use crate::output::schema::{COMPARE, COMPARE_MEASURES, COMPARE_QUERIES, COMPETING, TRANSITIONS, Table, VARIANTS};
use crate::output::{
    Folder, VariantRow, data_package, write_compare, write_compare_measures, write_compare_queries, write_competing,
    write_transitions, write_variants,
};

use super::CompareRequest;
use super::variants::Variant;

/// Writes everything and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    request: &CompareRequest,
    scenarios: &[&Variant],
    comparison: &Comparison,
    results: Results<'_>,
) -> Result<(), Failure> {
    let model = &scenarios[0].model;
    let rows: Vec<VariantRow> = scenarios
        .iter()
        .map(|scenario| VariantRow {
            variant: scenario.label.clone(),
            given: scenario.given.clone(),
            file: scenario.file.display().to_string(),
            fingerprint: scenario.model.fingerprint.clone(),
            runs: results.made.runs,
        })
        .collect();
    let tables: [&Table; 6] = [&COMPARE, &TRANSITIONS, &COMPARE_MEASURES, &COMPARE_QUERIES, &COMPETING, &VARIANTS];
    let changes = Changes { variants: request.variants.clone(), ..Changes::default() };
    let manifest = results.manifest(&changes, &tables, None);
    results::write(folder, &data_package(model, &tables), &manifest, |folder| {
        folder.write(COMPARE.file, |to| write_compare(model, &comparison.outcomes, to))?;
        folder.write(TRANSITIONS.file, |to| write_transitions(model, &comparison.transitions, to))?;
        folder.write(COMPARE_MEASURES.file, |to| write_compare_measures(model, &comparison.measures, to))?;
        folder.write(COMPARE_QUERIES.file, |to| write_compare_queries(model, &comparison.queries, to))?;
        folder.write(COMPETING.file, |to| write_competing(model, &comparison.competing, to))?;
        folder.write(VARIANTS.file, |to| write_variants(model, &rows, to))
    })
}
