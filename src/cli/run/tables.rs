//! All that is written into the folder of a run.

use crate::cli::arguments::RunRequest;
use crate::cli::failure::Failure;
use crate::cli::results::{self, Results};
use crate::ensemble::Summary;
use crate::model::{EventSource, Instance, Model};
use crate::output::schema::{DIAGNOSTICS, EVENTS, INCIDENCE, MEASURES, OUTCOMES, QUERIES, RUNS, Table};
use crate::output::{
    DiagnosticRow, Folder, data_package, write_diagnostics, write_events, write_incidence, write_measures,
    write_outcomes, write_queries,
};

use super::findings::{Findings, Share, percent};

/// Writes everything (runs.csv is there already) and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    request: &RunRequest,
    results: Results<'_>,
    summary: &Summary,
    findings: &Findings,
) -> Result<(), Failure> {
    let model = results.model;
    let mut tables: Vec<&Table> = vec![&OUTCOMES, &INCIDENCE, &EVENTS, &MEASURES, &QUERIES, &DIAGNOSTICS];
    if request.runs_csv {
        tables.push(&RUNS);
    }
    let manifest = results.manifest(&request.changes, &tables, None);
    results::write(folder, &data_package(model, &tables), &manifest, |folder| {
        folder.write(OUTCOMES.file, |to| write_outcomes(model, summary, to))?;
        folder.write(INCIDENCE.file, |to| write_incidence(model, summary, to))?;
        folder.write(EVENTS.file, |to| write_events(model, summary, to))?;
        folder.write(MEASURES.file, |to| write_measures(model, summary, to))?;
        folder.write(QUERIES.file, |to| write_queries(model, summary, to))?;
        folder.write(DIAGNOSTICS.file, |to| write_diagnostics(model, &rows(model, summary, findings), to))
    })
}

/// The rows of diagnostics.csv.
fn rows(model: &Model, summary: &Summary, findings: &Findings) -> Vec<DiagnosticRow> {
    let id = |actor: Option<usize>| actor.map_or(String::new(), |actor| model.actors[actor].id.clone());
    let mut rows = Vec::new();
    for silent in &findings.silent {
        let happening = &model.happenings[silent.happening];
        let Instance { actor, target } = silent.instance.unwrap_or(Instance { actor: None, target: None });
        let what = match happening.source {
            EventSource::Rule(_) => "rule",
            EventSource::Choice(_) => "choice",
            EventSource::Option { .. } => "option",
        };
        rows.push(DiagnosticRow {
            kind: format!("{what} {}", silent.what),
            name: happening.id.clone(),
            actor: id(actor),
            target: id(target),
            value: silent.why.share(),
            detail: format!("{} {}{}", happening.id, silent.what, silent.why.written()),
        });
    }
    let shares = |rows: &mut Vec<DiagnosticRow>, shares: &[Share], kind: &str, detail: &str| {
        rows.extend(shares.iter().map(|share| DiagnosticRow {
            kind: kind.to_owned(),
            name: share.name.clone(),
            actor: share.actor.clone().unwrap_or_default(),
            target: share.target.clone().unwrap_or_default(),
            value: Some(share.share),
            detail: format!("{}: {detail} {}", share.written(), percent(share.share)),
        }));
    };
    shares(&mut rows, &findings.high_rates, "rate too high for the step", "share of draws with rate * step above 0.1:");
    shares(&mut rows, &findings.bounded, "at a bound", "share of time at a bound of its range:");
    for (tally, kind) in [
        (summary.pending_later, "later entries dropped at the end"),
        (summary.history_misses, "events of the record whose guard did not hold"),
    ] {
        if tally.total > 0 {
            let mean = tally.total as f64 / summary.runs.max(1) as f64;
            rows.push(DiagnosticRow {
                kind: kind.to_owned(),
                name: String::new(),
                value: Some(mean),
                detail: format!("{kind}: {mean:.3} a run"),
                ..DiagnosticRow::default()
            });
        }
    }
    rows
}
