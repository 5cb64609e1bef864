//! The folder of results of a comparison.

use crate::cli::failure::Failure;
use crate::cli::making::Made;
use crate::cli::run::interrupt;
use crate::comparison::Comparison;
use crate::output::schema::{COMPARE, COMPARE_MEASURES, COMPARE_QUERIES, COMPETING, TRANSITIONS, Table, VARIANTS};
use crate::output::{
    Folder, FolderError, VariantRow, data_package, write_compare, write_compare_measures, write_compare_queries,
    write_competing, write_transitions, write_variants,
};

use super::CompareRequest;
use super::variants::Variant;

/// Writes everything and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    request: &CompareRequest,
    scenarios: &[&Variant],
    comparison: &Comparison,
    made: Made,
) -> Result<(), Failure> {
    write_files(&folder, request, scenarios, comparison, made)
        .and_then(|()| interrupt::finishing(|| folder.finish()).map(|_| ()))
        .map_err(|error| Failure::File(error.to_string()))
}

fn write_files(
    folder: &Folder,
    request: &CompareRequest,
    scenarios: &[&Variant],
    comparison: &Comparison,
    made: Made,
) -> Result<(), FolderError> {
    let model = &scenarios[0].model;
    let rows: Vec<VariantRow> = scenarios
        .iter()
        .map(|scenario| VariantRow {
            variant: scenario.label.clone(),
            given: scenario.given.clone(),
            file: scenario.file.display().to_string(),
            fingerprint: scenario.model.fingerprint.clone(),
            runs: made.runs,
        })
        .collect();
    folder.write(COMPARE.file, |to| write_compare(model, &comparison.outcomes, to))?;
    folder.write(TRANSITIONS.file, |to| write_transitions(model, &comparison.transitions, to))?;
    folder.write(COMPARE_MEASURES.file, |to| write_compare_measures(model, &comparison.measures, to))?;
    folder.write(COMPARE_QUERIES.file, |to| write_compare_queries(model, &comparison.queries, to))?;
    folder.write(COMPETING.file, |to| write_competing(model, &comparison.competing, to))?;
    folder.write(VARIANTS.file, |to| write_variants(model, &rows, to))?;
    let tables: [&Table; 6] = [&COMPARE, &TRANSITIONS, &COMPARE_MEASURES, &COMPARE_QUERIES, &COMPETING, &VARIANTS];
    folder.write("datapackage.json", |to| to.write_all(data_package(model, &tables).as_bytes()))?;
    let manifest = request.making.manifest(model, &request.file, &request.variants, made, &tables);
    folder.write("manifest.json", |to| to.write_all(manifest.to_json()?.as_bytes()))
}
