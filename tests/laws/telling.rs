//! Every run can be told, every result described: no panic, texts and tables as they must be.

use flashpoint::diagnostic::{TextOptions, gather, render_json as render_diagnostics, render_text as diagnostics_text};
use flashpoint::narration::{self, NarrationOptions, TextStyle, narrate};
use flashpoint::output::schema::TABLES;
use flashpoint::output::{RunRows, data_package};
use flashpoint::reference::{Reference, probe};

use super::support::every_scenario;
use crate::support::generator::{Opened, Size};

/// Tells runs and mistakes in all ways.
///
/// # Errors
/// What is wrong with how it is told.
pub(super) fn tell(opened: &Opened, seed: u64, runs: u64) -> Result<(), String> {
    let model = &opened.model;
    let reference = Reference::new(model, seed);
    for run in 0..runs {
        let told = narrate(&reference, run, NarrationOptions { explain: run % 2 == 0 });
        let record = reference.run(run);
        let text = narration::render_text(model, &told, TextStyle::default());
        if text.contains("NaN") || !text.contains("How it ended") {
            return Err(format!("run {run} is told so:\n{text}"));
        }
        let json = narration::render_json(model, &told).to_string();
        let _ = narration::rows(model, &told);
        if serde_json::from_str::<serde_json::Value>(&json).is_err() {
            return Err(format!("run {run} as JSON: {json}"));
        }
        let rows = RunRows::new(model);
        let mut bytes = rows.header().map_err(|error| error.to_string())?;
        rows.append(&record, &mut bytes);
        let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let n_columns = reader.headers().map_err(|error| error.to_string())?.len();
        let row = reader.records().next().ok_or("no row")?.map_err(|error| error.to_string())?;
        if row.len() != n_columns {
            return Err(format!("{} cells under {n_columns} columns", row.len()));
        }
    }
    let report = probe(&reference, 0..runs);
    if report.runs != runs || report.guards.iter().any(|guard| guard.held > guard.evaluations) {
        return Err(format!("odd counts of guards: {report:?}"));
    }
    serde_json::from_str::<serde_json::Value>(&data_package(model, &TABLES)).map_err(|error| error.to_string())?;
    let _ = diagnostics_text(&gather(opened.diagnostics.clone()), &opened.loaded.sources, TextOptions::default());
    let json = render_diagnostics(&[(&opened.diagnostics, &opened.loaded.sources)]);
    serde_json::from_str::<serde_json::Value>(&json).map_err(|error| error.to_string())?;
    Ok(())
}

#[test]
fn every_run_can_be_told() {
    every_scenario("every_run_can_be_told", 120, Size::USUAL, |case| tell(&case.opened, case.seed, 4));
}
