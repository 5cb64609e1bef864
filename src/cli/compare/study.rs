//! The steps of a comparison.

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, Telling};
use crate::cli::making::{Making, watched};
use crate::cli::numbers::grouped;
use crate::cli::results::Made;
use crate::comparison::{self, Arm, BASE, Ended, Side, bytes_per_run};
use crate::ensemble::UsualPlayer;
use crate::model::Model;

use super::report::Report;
use super::variants::Variant;
use super::{CompareRequest, knock_out, tables, variants};

/// The most that is kept in memory.
const MOST_BYTES: u64 = 8 << 30;

/// Compares: load and check everything, prepare the folder, play, work out, write, print.
pub(in crate::cli) fn compare(request: &CompareRequest, console: &Console) -> Result<(), Failure> {
    let making = &request.making;
    let checked = Checked::read(&request.file, &Default::default(), Telling::Brief);
    let (model, diagnostics) = checked.into_runnable(console, making.quiet)?;
    if request.knock_out {
        return knock_out::knock_out(request, &model, console);
    }
    let base = Variant { label: BASE.to_owned(), given: String::new(), file: request.file.clone(), model };
    let variants = variants::read(request, &base, &diagnostics, console)?;
    let scenarios: Vec<&Variant> = std::iter::once(&base).chain(&variants).collect();
    most_runs(&scenarios, making.runs)?;
    let place = making.place(&request.file, "compare");
    let folder = making.prepare(&place)?;
    let (made, runs) = play(&scenarios, making, console)?;
    let sides: Vec<Side<'_>> = scenarios
        .iter()
        .zip(&runs)
        .map(|(scenario, runs)| Side { label: &scenario.label, model: &scenario.model, runs })
        .collect();
    let comparison = comparison::compare(&sides[0], &sides[1..]);
    let results = making.results(&base.model, &request.file, &place, made);
    tables::write(folder, request, &scenarios, &comparison, results)?;
    Report { scenarios: &scenarios, comparison: &comparison, results }.print(console)?;
    if made.interrupted() { Err(Failure::Interrupted) } else { Ok(()) }
}

/// Every run of every scenario is kept: refuses more than fit.
fn most_runs(scenarios: &[&Variant], runs: u64) -> Result<(), Failure> {
    fits(scenarios.iter().map(|scenario| bytes_per_run(&scenario.model)).sum(), scenarios.len(), runs)
}

/// Refuses runs of which not all can be kept.
pub(in crate::cli) fn fits(bytes_per_run: u64, n_scenarios: usize, runs: u64) -> Result<(), Failure> {
    let most = MOST_BYTES / bytes_per_run.max(1);
    if runs <= most {
        return Ok(());
    }
    let message = format!("{} runs of {n_scenarios} scenarios are more than can be kept for comparison", grouped(runs));
    let help =
        format!("make at most {} runs: pairs tell differences far below what a model is good for", grouped(most));
    Err(Failure::Usage { message, help: Some(help) })
}

/// Plays every run under all scenarios.
fn play(scenarios: &[&Variant], making: &Making, console: &Console) -> Result<(Made, Vec<Vec<Ended>>), Failure> {
    // The same scenario with each outcome but the horizon's switched off.
    let without: Vec<Vec<Option<Model>>> = scenarios.iter().map(|scenario| each_outcome_off(&scenario.model)).collect();
    let player = |model| UsualPlayer::new(model, making.seed);
    let arms: Vec<Arm<UsualPlayer<'_>>> = scenarios
        .iter()
        .zip(&without)
        .map(|(scenario, without)| Arm {
            simulate: player(&scenario.model),
            without: without.iter().map(|model| model.as_ref().map(player)).collect(),
        })
        .collect();
    let n_measures: Vec<usize> = scenarios.iter().map(|scenario| scenario.model.measures.len()).collect();
    let options = making.options(scenarios.iter().map(|scenario| &scenario.model));
    let (runs, wall_seconds) = watched(making.runs, making.bar(), console, |watch| {
        comparison::play(&arms, &n_measures, 0..making.runs, options, watch)
    })?;
    let made = making.made(runs[0].len(), scenarios.len(), options, wall_seconds, console)?;
    Ok((made, runs))
}

/// The scenario with each of its outcomes switched off; the horizon's cannot be.
fn each_outcome_off(model: &Model) -> Vec<Option<Model>> {
    let off = |(index, outcome): (usize, &crate::model::Outcome)| {
        outcome.when.is_some().then(|| model.with_outcome_off(index))
    };
    model.outcomes.iter().enumerate().map(off).collect()
}
