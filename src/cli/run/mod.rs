//! `flashpoint run`: a scenario becomes tables.

mod expectations;
mod findings;
pub(super) mod interrupt;
pub(super) mod progress;
mod queries;
mod remarks;
mod report;
pub(super) mod results;
mod simulation;
mod watching;

use crate::engine::Engine;
use crate::reference::Reference;

use super::arguments::{Player, RunRequest};
use super::console::Console;
use super::failure::Failure;
use super::loading::{Checked, Telling};
use super::sweep;

use findings::Findings;
use report::Report;

/// Runs a scenario, or the experiment that a file describes: load and check, prepare the folder, simulate, look for what was odd, write, print.
pub(super) fn run(request: &RunRequest, console: &Console) -> Result<(), Failure> {
    if sweep::is_experiment_file(&request.file) {
        return sweep::run_file(request, console);
    }
    let checked = Checked::read(&request.file, &request.changes, Telling::Brief);
    let (model, diagnostics) = checked.into_runnable(console, request.quiet)?;
    let place = results::place(request);
    let folder = results::prepare(&place, request.force)?;
    let reference = Reference::new(&model, request.seed);
    let simulated = match request.engine {
        Player::Fast => simulation::simulate(&Engine::new(&model, request.seed), &model, request, &folder, console)?,
        Player::Reference => simulation::simulate(&reference, &model, request, &folder, console)?,
    };
    let watched = watching::watch(&reference, simulated.summary.runs, simulated.threads);
    let findings = Findings::of(&model, &simulated.summary, &watched);
    results::write(folder, &model, request, &simulated, &findings)?;
    Report {
        model: &model,
        request,
        place: &place,
        simulated: &simulated,
        findings: &findings,
        diagnostics: &diagnostics,
    }
    .print(console)?;
    if simulated.interrupted {
        return Err(Failure::Interrupted);
    }
    if request.expect { expectations::hold(&model, &simulated.summary, console) } else { Ok(()) }
}
