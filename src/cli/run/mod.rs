//! `flashpoint run`: a scenario becomes tables.

mod expectations;
mod findings;
pub(super) mod interrupt;
pub(super) mod progress;
pub(super) mod queries;
mod remarks;
mod report;
mod simulation;
mod tables;
mod watching;

use crate::engine::Engine;
use crate::reference::Reference;

use super::arguments::{Player, RunRequest};
use super::console::Console;
use super::failure::Failure;
use super::loading::{Checked, Telling};
use super::results::{self, Results};
use super::sweep;

use findings::Findings;
use report::Report;
use simulation::Simulated;

/// Runs a scenario, or the experiment that a file describes: load and check, prepare the folder, simulate, look for what was odd, write, print.
pub(super) fn run(request: &RunRequest, console: &Console) -> Result<(), Failure> {
    if sweep::is_experiment_file(&request.file) {
        return sweep::run_file(request, console);
    }
    let checked = Checked::read(&request.file, &request.changes, Telling::Brief);
    let (model, diagnostics) = checked.into_runnable(console, request.quiet)?;
    let place = request.out.clone().unwrap_or_else(|| results::usual_place(&request.file, None));
    let folder = results::prepare(&place, request.force)?;
    let reference = Reference::new(&model, request.seed);
    let simulated = match request.engine {
        Player::Fast => simulation::simulate(&Engine::new(&model, request.seed), &model, request, &folder, console)?,
        Player::Reference => simulation::simulate(&reference, &model, request, &folder, console)?,
    };
    let Simulated { summary, made } = simulated;
    let watched = watching::watch(&reference, summary.runs, made.threads);
    let findings = Findings::of(&model, &summary, &watched);
    let (json, quiet) = (request.json, request.quiet);
    let results = Results { model: &model, file: &request.file, place: &place, seed: request.seed, made, json, quiet };
    tables::write(folder, request, results, &summary, &findings)?;
    Report { results, plain: request.plain, summary: &summary, findings: &findings, diagnostics: &diagnostics }
        .print(console)?;
    if made.interrupted() {
        return Err(Failure::Interrupted);
    }
    if request.expect { expectations::hold(&model, &summary, console) } else { Ok(()) }
}
