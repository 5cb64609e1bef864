//! The folder of results: where it is, and all that is written into it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::cli::arguments::RunRequest;
use crate::cli::failure::Failure;
use crate::model::{EventSource, Instance, Model};
use crate::output::schema::{DIAGNOSTICS, EVENTS, INCIDENCE, MEASURES, OUTCOMES, QUERIES, RUNS, Table};
use crate::output::{
    DRAWS_VERSION, DiagnosticRow, FORMAT_VERSION, Folder, FolderError, Machine, Manifest, Provenance, ScenarioIdentity,
    data_package, write_diagnostics, write_events, write_incidence, write_measures, write_outcomes, write_queries,
};

use super::findings::{Findings, Share, percent};
use super::interrupt;
use super::simulation::Simulated;

/// Where the results go: `--out`, else `out/` and the name of the scenario.
pub(in crate::cli) fn place(request: &RunRequest) -> PathBuf {
    request.out.clone().unwrap_or_else(|| Path::new("out").join(scenario_name(&request.file)))
}

/// The name of a scenario: that of its folder if the file is called `scenario.toml`, else that of the file.
pub(in crate::cli) fn scenario_name(file: &Path) -> OsString {
    let of_folder = || {
        let folder = std::fs::canonicalize(file).ok()?.parent()?.file_name()?.to_owned();
        Some(folder)
    };
    let name = if file.file_name().is_some_and(|name| name == "scenario.toml") { of_folder() } else { None };
    name.or_else(|| file.file_stem().map(ToOwned::to_owned)).unwrap_or_else(|| "scenario".into())
}

/// Makes sure that results can be written there.
pub(in crate::cli) fn prepare(place: &Path, force: bool) -> Result<Folder, Failure> {
    Folder::prepare(place, force).map_err(|error| {
        let help = match error {
            FolderError::HoldsResults(_) => "give another folder with `--out`, or replace the results with `--force`",
            FolderError::HoldsOther { .. } | FolderError::WorkingFolder(_) | FolderError::NoName(_) => {
                "give another folder with `--out`"
            }
            _ => return Failure::File(error.to_string()),
        };
        Failure::Usage { message: error.to_string(), help: Some(help.to_owned()) }
    })
}

/// Writes everything (runs.csv is there already) and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    model: &Model,
    request: &RunRequest,
    simulated: &Simulated,
    findings: &Findings,
) -> Result<(), Failure> {
    let written = write_files(&folder, model, request, simulated, findings);
    written
        .and_then(|()| interrupt::finishing(|| folder.finish()))
        .map_err(|error| Failure::File(error.to_string()))?;
    Ok(())
}

fn write_files(
    folder: &Folder,
    model: &Model,
    request: &RunRequest,
    simulated: &Simulated,
    findings: &Findings,
) -> Result<(), FolderError> {
    let summary = &simulated.summary;
    folder.write(OUTCOMES.file, |to| write_outcomes(model, summary, to))?;
    folder.write(INCIDENCE.file, |to| write_incidence(model, summary, to))?;
    folder.write(EVENTS.file, |to| write_events(model, summary, to))?;
    folder.write(MEASURES.file, |to| write_measures(model, summary, to))?;
    folder.write(QUERIES.file, |to| write_queries(model, summary, to))?;
    folder.write(DIAGNOSTICS.file, |to| write_diagnostics(model, &rows(model, simulated, findings), to))?;
    let mut tables: Vec<&Table> = vec![&OUTCOMES, &INCIDENCE, &EVENTS, &MEASURES, &QUERIES, &DIAGNOSTICS];
    if request.runs_csv {
        tables.push(&RUNS);
    }
    folder.write("datapackage.json", |to| to.write_all(data_package(model, &tables).as_bytes()))?;
    let manifest = manifest(model, request, simulated, &tables);
    folder.write("manifest.json", |to| to.write_all(manifest.to_json()?.as_bytes()))
}

/// How the results were made.
fn manifest(model: &Model, request: &RunRequest, simulated: &Simulated, tables: &[&Table]) -> Manifest {
    let mut files: Vec<String> = tables.iter().map(|table| table.file.to_owned()).collect();
    files.extend(["datapackage.json", "manifest.json"].map(str::to_owned));
    files.sort();
    Manifest {
        provenance: Provenance::Simulated,
        flashpoint_version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: ScenarioIdentity {
            title: model.title.clone(),
            file: request.file.display().to_string(),
            fingerprint: model.fingerprint.clone(),
        },
        format: FORMAT_VERSION,
        draws: DRAWS_VERSION,
        seed: request.seed.to_string(),
        runs_asked: simulated.asked,
        runs_done: simulated.summary.runs,
        interrupted: simulated.interrupted,
        command_line: std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect(),
        variants: request.changes.variants.clone(),
        set: request.changes.sets.clone(),
        without: request.changes.without.clone(),
        threads: simulated.threads,
        wall_seconds: simulated.wall_seconds,
        runs_per_second: simulated.runs_per_second(),
        machine: machine(),
        experiment: None,
        files,
    }
}

/// This machine.
pub(in crate::cli) fn machine() -> Machine {
    Machine {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
    }
}

/// The rows of diagnostics.csv.
fn rows(model: &Model, simulated: &Simulated, findings: &Findings) -> Vec<DiagnosticRow> {
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
    let summary = &simulated.summary;
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
