//! What every experiment asks for: how many runs, where its tables go; and the manifest beside them.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::console::Console;
use super::failure::Failure;
use super::numbers::{self, grouped};
use super::run::{interrupt, progress::Progress, results};
use crate::ensemble::Watch;
use crate::model::Model;
use crate::output::schema::Table;
use crate::output::{DRAWS_VERSION, FORMAT_VERSION, Folder, Manifest, Provenance, ScenarioIdentity};

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

/// What came of the runs, for the manifest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    /// Runs of each scenario that were done.
    pub(super) runs: u64,
    /// Runs under all scenarios together.
    pub(super) all_runs: u64,
    /// Number of threads.
    pub(super) threads: usize,
    /// Seconds that it took.
    pub(super) wall_seconds: f64,
}

impl Made {
    /// Runs per second, under all scenarios together; 0 if it took no time that could be measured.
    pub(super) fn runs_per_second(self) -> f64 {
        if self.wall_seconds > 0.0 { self.all_runs as f64 / self.wall_seconds } else { 0.0 }
    }
}

impl Making {
    /// Where the results go: `--out`, else beside those of `run`, with the command behind the name.
    pub(super) fn place(&self, file: &Path, command: &str) -> PathBuf {
        self.out.clone().unwrap_or_else(|| {
            let mut name = results::scenario_name(file);
            name.push(format!("-{command}"));
            Path::new("out").join(name)
        })
    }

    /// Makes sure that results can be written there.
    pub(super) fn prepare(&self, place: &Path) -> Result<Folder, Failure> {
        results::prepare(place, self.force)
    }

    /// Number of threads.
    pub(super) fn n_threads(&self) -> usize {
        self.threads.map_or_else(cores, usize::from)
    }

    /// How the results were made.
    pub(super) fn manifest(
        &self,
        model: &Model,
        file: &Path,
        variants: &[String],
        made: Made,
        tables: &[&Table],
    ) -> Manifest {
        let mut files: Vec<String> = tables.iter().map(|table| table.file.to_owned()).collect();
        files.extend(["datapackage.json", "manifest.json"].map(str::to_owned));
        files.sort();
        Manifest {
            provenance: Provenance::Simulated,
            flashpoint_version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: ScenarioIdentity {
                title: model.title.clone(),
                file: file.display().to_string(),
                fingerprint: model.fingerprint.clone(),
            },
            format: FORMAT_VERSION,
            draws: DRAWS_VERSION,
            seed: self.seed.to_string(),
            runs_asked: self.runs,
            runs_done: made.runs,
            interrupted: made.runs < self.runs,
            command_line: std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect(),
            variants: variants.to_vec(),
            set: Vec::new(),
            without: Vec::new(),
            threads: made.threads,
            wall_seconds: made.wall_seconds,
            runs_per_second: made.runs_per_second(),
            machine: results::machine(),
            experiment: None,
            files,
        }
    }
}

/// Plays with a progress bar, and with Ctrl-C leaving whole blocks; how long it took.
pub(super) fn watched<T, E: std::fmt::Display>(
    making: &Making,
    console: &Console,
    play: impl FnOnce(Watch<'_>) -> Result<T, E>,
) -> Result<(T, f64), Failure> {
    let stop = interrupt::listen();
    let progress = Progress::new(making.runs, console.error_terminal && !making.quiet && !making.plain);
    let started = Instant::now();
    let made = play(Watch { progress: &|done| progress.done(done), stop });
    let wall_seconds = started.elapsed().as_secs_f64();
    progress.finish();
    made.map(|made| (made, wall_seconds)).map_err(|error| Failure::File(error.to_string()))
}

/// Cores of the machine.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What an interrupted experiment says.
pub(super) fn interrupted_text(place: &Path, done: u64, asked: u64) -> String {
    format!(
        "interrupted: the tables in {} hold the first {} of {} runs\n",
        place.display(),
        grouped(done),
        grouped(asked)
    )
}
