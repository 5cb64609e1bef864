//! All runs: on threads, with a progress bar, until they are done, precise enough or interrupted.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use crate::cli::arguments::RunRequest;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::numbers::{MOST_RUNS, grouped, runs_for};
use crate::cli::results::{Made, nothing_done};
use crate::ensemble::{Ensemble, EnsembleResult, Options, Precision, RowSink, Simulate, Summary, Watch};
use crate::model::Model;
use crate::output::{Folder, FolderError, RunRows};

use super::interrupt;
use super::progress::Progress;

/// What came of the runs.
#[derive(Debug)]
pub(super) struct Simulated {
    /// All runs from the first, without a gap.
    pub(super) summary: Summary,
    /// How many were asked for (with `--precision`: how many turned out to be needed) and done.
    pub(super) made: Made,
}

/// Makes the runs, and runs.csv if it was asked for.
pub(super) fn simulate<S: Simulate>(
    player: &S,
    model: &Model,
    request: &RunRequest,
    folder: &Folder,
    console: &Console,
) -> Result<Simulated, Failure> {
    let stop = interrupt::listen();
    interrupt::unfinished_folder(folder.making());
    let options = Options { threads: request.threads.map_or(0, usize::from), ..Options::default() };
    let ensemble = Ensemble::new(player, model, options).map_err(|error| Failure::File(error.to_string()))?;
    let progress = Progress::new(request.runs, console.error_terminal && !request.quiet && !request.plain);
    let watch = Watch { progress: &|done| progress.done(done), stop };

    let rows = RunRows::new(model);
    let format = |record: &_, bytes: &mut Vec<u8>| rows.append(record, bytes);
    let mut file = if request.runs_csv { Some(runs_file(folder, &rows).map_err(unwritable)?) } else { None };
    let mut write = |bytes: &[u8]| file.as_mut().map_or(Ok(()), |file| file.write_all(bytes));
    let sink = request.runs_csv.then_some(RowSink { format: &format, write: &mut write });

    let asked = AtomicU64::new(request.runs);
    let started = Instant::now();
    let result = match request.precision {
        None => ensemble.run(0..request.runs, watch, sink),
        Some(width) => {
            let announce = |runs| {
                asked.store(runs, Ordering::Relaxed);
                progress.expect(runs);
                announce(request, width, runs, &progress, console);
            };
            let precision = Precision { first: request.runs, width, cap: MOST_RUNS };
            ensemble.run_until_precise(precision, watch, &announce, sink).map(|precise| precise.ensemble)
        }
    };
    let wall_seconds = started.elapsed().as_secs_f64();
    progress.finish();
    let EnsembleResult { summary, finished } = result.map_err(|error| Failure::File(error.to_string()))?;
    if let Some(file) = &mut file {
        file.flush().map_err(|error| Failure::File(format!("cannot write the rows of runs: {error}")))?;
    }
    if summary.runs == 0 {
        return Err(nothing_done("the first run was done", console));
    }
    let (asked, runs) = (asked.into_inner(), finished.end);
    let made = Made { asked, runs, all_runs: runs, threads: ensemble.threads(), wall_seconds };
    Ok(Simulated { summary, made })
}

/// Tells about how many runs a precision takes: before the first run the most that can be needed, then what the runs so far say.
fn announce(request: &RunRequest, width: f64, runs: u64, progress: &Progress, console: &Console) {
    if request.quiet {
        return;
    }
    let text = if runs == request.runs {
        let most = runs_for(width).max(runs);
        format!(
            "intervals of {width} take about {} runs at most; judging by the first {}\n",
            grouped(most),
            grouped(runs)
        )
    } else {
        format!("going on to {} runs\n", grouped(runs))
    };
    progress.pause(|| console.tell(&text));
}

/// Opens runs.csv and writes its header.
fn runs_file(folder: &Folder, rows: &RunRows<'_>) -> Result<BufWriter<File>, FolderError> {
    let mut file = folder.create("runs.csv")?;
    let written: io::Result<()> = rows.header().and_then(|header| file.write_all(&header));
    written.map_err(|source| FolderError::System { action: "write", path: folder.place().join("runs.csv"), source })?;
    Ok(file)
}

fn unwritable(error: FolderError) -> Failure {
    Failure::File(error.to_string())
}
