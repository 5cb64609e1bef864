//! The steps of a refinement.

use crate::cli::compare::fits;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, Telling};
use crate::cli::making::watched;
use crate::cli::results::{self, Results};
use crate::comparison::{self, Arm, Refined, StepRuns, bytes_per_run, per_step_happenings};
use crate::diagnostic::Code;
use crate::ensemble::UsualPlayer;
use crate::model::Model;
use crate::output::schema::{REFINE, Table};
use crate::output::{Folder, data_package, write_refine};

use super::RefineRequest;
use super::report::Report;

/// Refines: load and check at every step, prepare the folder, play, work out, write, print.
pub(in crate::cli) fn refine(request: &RefineRequest, console: &Console) -> Result<(), Failure> {
    let making = &request.making;
    let checked = Checked::read(&request.file, &request.changes, Telling::Brief);
    let (model, diagnostics) = checked.into_runnable(console, making.quiet)?;
    let kept = per_step_happenings(&model);
    let mut models = vec![model];
    for halving in 1..=request.halvings {
        models.push(finer(request, &models[0], &kept, halving, console)?);
    }
    fits(models.iter().map(bytes_per_run).sum(), models.len(), making.runs)?;
    let place = making.place(&request.file, "refine");
    let folder = making.prepare(&place)?;
    let arms: Vec<Arm<UsualPlayer<'_>>> = models
        .iter()
        .map(|model| Arm { simulate: UsualPlayer::new(model, making.seed), without: Vec::new() })
        .collect();
    let n_measures: Vec<usize> = models.iter().map(|model| model.measures.len()).collect();
    let options = making.options(models.iter());
    let (runs, wall_seconds) = watched(making.runs, making.bar(), console, |watch| {
        comparison::play(&arms, &n_measures, 0..making.runs, options, watch)
    })?;
    let made = making.made(runs[0].len(), models.len(), options, wall_seconds, console)?;
    let steps: Vec<StepRuns<'_>> = models.iter().zip(&runs).map(|(model, runs)| StepRuns { model, runs }).collect();
    let rows = comparison::refine(&steps);
    let results = making.results(&models[0], &request.file, &place, made);
    write(folder, request, results, &rows)?;
    let n_between = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::BetweenSteps).count();
    Report { models: &models, rows: &rows, kept: &kept, n_between, results }.print(console)?;
    if made.interrupted() { Err(Failure::Interrupted) } else { Ok(()) }
}

/// The scenario at a step that has been halved so often. What has an opportunity at every step keeps those of the scenario's own.
fn finer(
    request: &RefineRequest,
    model: &Model,
    kept: &[String],
    halving: u8,
    console: &Console,
) -> Result<Model, Failure> {
    let step = model.step_days / f64::from(1_u32 << halving);
    let mut changes = request.changes.clone();
    changes.sets.push(format!("scenario.step={step} days"));
    changes.sets.extend(kept.iter().map(|id| format!("{id}.every={} days", model.step_days)));
    let checked = Checked::read(&request.file, &changes, Telling::Brief);
    if checked.model.is_none() {
        console.tell(&format!("at a step of {step} days:\n"));
    }
    // What is odd has been told of the scenario's own step.
    let (finer, _) = checked.into_runnable(console, true)?;
    Ok(finer)
}

/// Writes everything and puts the folder into its place.
fn write(folder: Folder, request: &RefineRequest, results: Results<'_>, rows: &[Refined]) -> Result<(), Failure> {
    let (model, tables): (_, [&Table; 1]) = (results.model, [&REFINE]);
    let manifest = results.manifest(&request.changes, &tables, None);
    results::write(folder, &data_package(model, &tables), &manifest, |folder| {
        folder.write(REFINE.file, |to| write_refine(model, rows, to))
    })
}
