//! What comparisons ask for: how many runs, where their tables go; and how these runs are made.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use super::numbers;
use super::results::{self, Made, Results};
use super::run::{interrupt, progress::Progress};
use crate::ensemble::{Options, Watch, block_size};
use crate::model::Model;
use crate::output::Folder;

/// How the runs of an experiment are made, where its tables go and what is printed.
#[derive(Debug, Args)]
pub(super) struct Making {
    /// Number of runs of each scenario, such as 10_000 or 1e6
    #[arg(long, value_name = "N", default_value = "10_000", value_parser = numbers::runs)]
    pub(super) runs: u64,
    /// Seed of all random numbers
    #[arg(long, value_name = "SEED", default_value = "1", value_parser = numbers::seed)]
    pub(super) seed: u64,
    /// Number of threads [default: as many as there are cores]; never changes a result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Folder of the tables [default: out/SCENARIO-COMMAND]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Replace the results that the folder holds
    #[arg(long)]
    pub(super) force: bool,
    /// Print nothing when all goes well
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Print one JSON object in place of the tables
    #[arg(long, conflicts_with = "plain")]
    pub(super) json: bool,
    /// Print no progress bar
    #[arg(long)]
    pub(super) plain: bool,
}

impl Making {
    /// Where the results go: `--out`, else beside those of `run`, with the command behind the name.
    pub(super) fn place(&self, file: &Path, command: &str) -> PathBuf {
        self.out.clone().unwrap_or_else(|| results::usual_place(file, Some(command)))
    }

    /// Makes sure that results can be written there; nothing unfinished stays behind.
    pub(super) fn prepare(&self, place: &Path) -> Result<Folder, Failure> {
        let folder = results::prepare(place, self.force)?;
        interrupt::unfinished_folder(folder.making());
        Ok(folder)
    }

    /// On how many threads, and how many runs between two looks at Ctrl-C, where every run is played under each of these scenarios.
    pub(super) fn options<'m>(&self, models: impl ExactSizeIterator<Item = &'m Model>) -> Options {
        let n_models = models.len().max(1) as u64;
        let blocks = models.map(block_size).min().unwrap_or(1);
        let threads = self.threads.map_or_else(results::cores, usize::from);
        Options { threads, block_size: (blocks / n_models).max(1) }
    }

    /// What came of it: `done` runs under each of `n_scenarios`.
    ///
    /// # Errors
    /// If none was done.
    pub(super) fn made(
        &self,
        done: usize,
        n_scenarios: usize,
        options: Options,
        wall_seconds: f64,
        console: &Console,
    ) -> Result<Made, Failure> {
        if done == 0 {
            return Err(results::nothing_done("the first run was done", console));
        }
        let runs = done as u64;
        let all_runs = runs * n_scenarios as u64;
        Ok(Made { asked: self.runs, runs, all_runs, threads: options.threads, wall_seconds })
    }

    /// The results of it.
    pub(super) fn results<'a>(&self, model: &'a Model, file: &'a Path, place: &'a Path, made: Made) -> Results<'a> {
        Results { model, file, place, seed: self.seed, made, json: self.json, quiet: self.quiet }
    }

    /// Is a progress bar wanted?
    pub(super) fn bar(&self) -> bool {
        !self.quiet && !self.plain
    }
}

/// Plays `runs` runs with a progress bar if it is wanted, and with Ctrl-C leaving whole blocks; how long it took.
pub(super) fn watched<T, E: std::fmt::Display>(
    runs: u64,
    bar: bool,
    console: &Console,
    play: impl FnOnce(Watch<'_>) -> Result<T, E>,
) -> Result<(T, f64), Failure> {
    let stop = interrupt::listen();
    let progress = Progress::new(runs, console.error_terminal && bar);
    let started = Instant::now();
    let made = play(Watch { progress: &|done| progress.done(done), stop });
    let wall_seconds = started.elapsed().as_secs_f64();
    progress.finish();
    made.map(|made| (made, wall_seconds)).map_err(|error| Failure::File(error.to_string()))
}
