//! The steps of a refinement.

use crate::cli::arguments::Changes;
use crate::cli::compare::fits;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, Telling};
use crate::cli::making::{Made, watched};
use crate::cli::run::interrupt;
use crate::comparison::{self, Arm, Refined, StepRuns, bytes_per_run, per_step_happenings};
use crate::diagnostic::{Code, Diagnostic};
use crate::ensemble::{Options, UsualPlayer, block_size};
use crate::model::Model;
use crate::output::schema::{REFINE, Table};
use crate::output::{Folder, FolderError, data_package, write_refine};

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
    interrupt::unfinished_folder(folder.making());
    let arms: Vec<Arm<UsualPlayer<'_>>> = models
        .iter()
        .map(|model| Arm { simulate: UsualPlayer::new(model, making.seed), without: Vec::new() })
        .collect();
    let n_measures: Vec<usize> = models.iter().map(|model| model.measures.len()).collect();
    let blocks = models.iter().map(block_size).min().unwrap_or(1);
    let options = Options { threads: making.n_threads(), block_size: (blocks / models.len() as u64).max(1) };
    let (runs, wall_seconds) =
        watched(making, console, |watch| comparison::play(&arms, &n_measures, 0..making.runs, options, watch))?;
    let done = runs[0].len() as u64;
    if done == 0 {
        console.tell("interrupted before the first run was done: nothing was written\n");
        return Err(Failure::Interrupted);
    }
    let made = Made { runs: done, all_runs: done * models.len() as u64, threads: options.threads, wall_seconds };
    let steps: Vec<StepRuns<'_>> = models.iter().zip(&runs).map(|(model, runs)| StepRuns { model, runs }).collect();
    let rows = comparison::refine(&steps);
    write(folder, request, &models[0], &rows, made)?;
    let between: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::BetweenSteps).collect();
    Report { request, models: &models, rows: &rows, kept: &kept, n_between: between.len(), place: &place, made }
        .print(console)?;
    if done < making.runs { Err(Failure::Interrupted) } else { Ok(()) }
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
    let mut changes = Changes {
        variants: request.changes.variants.clone(),
        sets: request.changes.sets.clone(),
        without: request.changes.without.clone(),
    };
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
fn write(folder: Folder, request: &RefineRequest, model: &Model, rows: &[Refined], made: Made) -> Result<(), Failure> {
    let write_files = || -> Result<(), FolderError> {
        folder.write(REFINE.file, |to| write_refine(model, rows, to))?;
        let tables: [&Table; 1] = [&REFINE];
        folder.write("datapackage.json", |to| to.write_all(data_package(model, &tables).as_bytes()))?;
        let mut manifest = request.making.manifest(model, &request.file, &request.changes.variants, made, &tables);
        manifest.set.clone_from(&request.changes.sets);
        manifest.without.clone_from(&request.changes.without);
        folder.write("manifest.json", |to| to.write_all(manifest.to_json()?.as_bytes()))
    };
    write_files()
        .and_then(|()| interrupt::finishing(|| folder.finish()).map(|_| ()))
        .map_err(|error| Failure::File(error.to_string()))
}
