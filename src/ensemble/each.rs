//! What is wanted of each run, in order of runs.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::run::{Options, Watch, thread_pool};
use super::{EnsembleError, Simulate};
use crate::model::RunRecord;

/// Each thread gets at least about so many blocks, so that all finish together.
const BLOCKS_PER_THREAD: u64 = 16;

/// Plays `runs` and keeps what `read` makes of each, in order of runs; `threads` 0 is one for each core, and none of it shows in the result.
///
/// # Errors
/// If threads cannot be started.
pub fn each_run<S: Simulate, T: Send>(
    simulate: &S,
    runs: Range<u64>,
    threads: usize,
    read: impl Fn(&RunRecord) -> T + Sync,
) -> Result<Vec<T>, EnsembleError> {
    let pool = thread_pool(threads)?;
    let play = |(scratch, record): &mut (S::Scratch, RunRecord), run| {
        simulate.run(run, scratch, record);
        read(record)
    };
    Ok(pool.install(|| runs.into_par_iter().map_init(|| (simulate.scratch(), RunRecord::empty()), play).collect()))
}

/// Plays `runs` in blocks and keeps what `play` makes of each, in order of runs. `play` may play a run several times, under several scenarios: what it needs for
/// that is made by `memory`, once a thread.
///
/// As for an ensemble: threads claim blocks in ascending order and finish every one they claimed, so that a stop leaves exactly the first k runs. Neither
/// threads nor blocks (at most `options.block_size` runs; 0 counts as 1) show in the result. The progress counts runs.
///
/// # Errors
/// If threads cannot be started.
pub fn each_block<M, T: Send>(
    runs: Range<u64>,
    options: Options,
    watch: Watch<'_>,
    memory: impl Fn() -> M + Sync,
    play: impl Fn(&mut M, u64) -> T + Sync,
) -> Result<Vec<T>, EnsembleError> {
    let pool = thread_pool(options.threads)?;
    let n_runs = runs.end.saturating_sub(runs.start);
    let fair = n_runs / (pool.current_num_threads() as u64 * BLOCKS_PER_THREAD);
    let block_size = options.block_size.min(fair).max(1);
    // The first run that nobody has claimed, and what has come of each block.
    let next = Mutex::new(runs.start);
    let finished = Mutex::new(Finished { runs: 0, blocks: Vec::new() });
    let broken = AtomicBool::new(false);
    let claim = || {
        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
        if *next >= runs.end || watch.stop.load(Ordering::Relaxed) || broken.load(Ordering::Relaxed) {
            return None;
        }
        let start = *next;
        *next = runs.end.min(start.saturating_add(block_size));
        Some(start..*next)
    };
    pool.broadcast(|_| {
        let _alarm = Alarm(&broken);
        let mut own: Option<M> = None;
        while let Some(block) = claim() {
            let own = own.get_or_insert_with(&memory);
            let start = block.start;
            let made: Vec<T> = block.map(|run| play(own, run)).collect();
            let mut finished = finished.lock().unwrap_or_else(PoisonError::into_inner);
            finished.runs += made.len() as u64;
            finished.blocks.push((start, made));
            (watch.progress)(finished.runs);
        }
    });
    let Finished { mut blocks, .. } = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
    blocks.sort_by_key(|(start, _)| *start);
    Ok(blocks.into_iter().flat_map(|(_, made)| made).collect())
}

/// What has come of the blocks so far.
struct Finished<T> {
    /// Runs in them.
    runs: u64,
    /// First run of each, and what has been made of its runs.
    blocks: Vec<(u64, Vec<T>)>,
}

/// Keeps the others from going on when a thread breaks down.
struct Alarm<'b>(&'b AtomicBool);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}
