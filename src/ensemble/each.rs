//! What is wanted of each run, in order of runs.

use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use super::queue::{Alarm, Queue};
use super::run::{LARGEST_BLOCK, Options, Watch, thread_pool};
use super::{EnsembleError, Simulate};
use crate::model::RunRecord;

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
    let watch = Watch { progress: &|_| {}, stop: &AtomicBool::new(false) };
    let memory = || (simulate.scratch(), RunRecord::empty());
    each_block(runs, Options { threads, block_size: LARGEST_BLOCK }, watch, memory, |(scratch, record), run| {
        simulate.run(run, scratch, record);
        read(record)
    })
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
    let queue = Queue::new(runs, options.block_size, pool.current_num_threads(), watch, None);
    // First run of each block that is done, and what has come of its runs.
    let finished: Mutex<Vec<(u64, Vec<T>)>> = Mutex::new(Vec::new());
    pool.broadcast(|_| {
        let _alarm = Alarm::of(&queue);
        let mut own: Option<M> = None;
        while let Some(block) = queue.claim() {
            let own = own.get_or_insert_with(&memory);
            let made: Vec<T> = block.clone().map(|run| play(own, run)).collect();
            finished.lock().unwrap_or_else(PoisonError::into_inner).push((block.start, made));
            queue.finish(block, Vec::new());
        }
    });
    let mut blocks = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
    blocks.sort_by_key(|(start, _)| *start);
    Ok(blocks.into_iter().flat_map(|(_, made)| made).collect())
}
