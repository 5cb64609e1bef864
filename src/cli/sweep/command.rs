//! The commands: a plan from flags or a file, its points, the runs, the tables.

use std::path::Path;

use crate::diagnostic::{Diagnostic, Severity, Sources, TextOptions, render_text};
use crate::ensemble::UsualPlayer;
use crate::experiment::{Design, is_experiment, make_design};
use crate::library::Disk;
use crate::model::Model;
use crate::output::SweepResults;
use crate::reference::Reference;
use crate::scenario::{MAX_TOML_BYTES, read_text};

use crate::cli::arguments::{RunRequest, SweepRequest};
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, Telling};
use crate::cli::numbers::grouped;
use crate::cli::results::{self, Results};
use crate::cli::run::interrupt;

use super::plan::Plan;
use super::{report, simulation, tables};

/// Sweeps as the command says, or as the file of an experiment says.
pub(in crate::cli) fn sweep(request: &SweepRequest, console: &Console) -> Result<(), Failure> {
    let plan = if is_experiment_file(&request.file) {
        Plan::of_sweep_file(request, console)?
    } else {
        Plan::of_flags(request, console)?
    };
    carry_out(plan, console)
}

/// `flashpoint run` of a file of an experiment.
pub(in crate::cli) fn run_file(request: &RunRequest, console: &Console) -> Result<(), Failure> {
    carry_out(Plan::of_run_file(request, console)?, console)
}

/// `flashpoint check` of a file of an experiment: its scenario and its points, without a run.
pub(in crate::cli) fn check_file(file: &Path, console: &Console) -> Result<(), Failure> {
    let mut plan = Plan::of_checked_file(file, console)?;
    let checked = Checked::read(&plan.scenario, &plan.changes, Telling::Brief);
    let (model, _) = checked.into_runnable(console, false)?;
    let design = design_of(&mut plan, &model, console)?;
    let (n_points, scenario) = (grouped(design.n_points() as u64), plan.scenario.display());
    console.print(&format!(
        "{}: fine: {n_points} point{} of {scenario}\n",
        file.display(),
        if design.n_points() == 1 { "" } else { "s" }
    ))
}

/// Does a file describe an experiment? One that cannot be read does not; what is wrong with it is told by whoever reads it as a scenario.
pub(in crate::cli) fn is_experiment_file(file: &Path) -> bool {
    read_text(&Disk, file, "", MAX_TOML_BYTES).is_ok_and(|text| text.contains("experiment") && is_experiment(&text))
}

fn carry_out(mut plan: Plan, console: &Console) -> Result<(), Failure> {
    let checked = Checked::read(&plan.scenario, &plan.changes, Telling::Brief);
    let (model, _) = checked.into_runnable(console, plan.quiet)?;
    let design = design_of(&mut plan, &model, console)?;
    let folder = results::prepare(&plan.place, plan.force)?;
    interrupt::unfinished_folder(folder.making());
    let swept = simulation::simulate(&UsualPlayer::new(&model, plan.seed), &model, &design, &plan, console)?;
    let reference = Reference::new(&model, plan.seed);
    let found = SweepResults::new(&reference, &design, &swept.points);
    let results = Results {
        model: &model,
        file: &plan.scenario,
        place: &plan.place,
        seed: plan.seed,
        made: swept.made,
        json: plan.json,
        quiet: plan.quiet,
    };
    tables::write(folder, &plan, &design, results, &found)?;
    report::print(&plan, &design, results, &found, console)?;
    if swept.made.interrupted() { Err(Failure::Interrupted) } else { Ok(()) }
}

/// The points. Mistakes in words of the command are mistakes of usage, those in files are the files'.
fn design_of(plan: &mut Plan, model: &Model, console: &Console) -> Result<Design, Failure> {
    let mut found = Vec::new();
    let design = make_design(model, &plan.design, plan.seed, &mut found);
    found.retain(|diagnostic| !plan.quiet || diagnostic.severity == Severity::Error);
    tell(&found, &plan.sources, console);
    design.ok_or_else(|| {
        let in_file = |diagnostic: &Diagnostic| {
            let place = diagnostic.primary.as_ref().map(|label| label.span.source);
            diagnostic.severity == Severity::Error
                && place.map_or(plan.is_file(), |source| plan.files.contains(&source))
        };
        if found.iter().any(in_file) { Failure::Scenario } else { Failure::ToldUsage }
    })
}

/// Tells what was found on standard error.
pub(super) fn tell(found: &[Diagnostic], sources: &Sources, console: &Console) {
    let options = TextOptions { colour: console.error_colour, ..TextOptions::default() };
    console.tell(&render_text(found, sources, options));
}
