//! What is wanted of each run, in order of runs.

use std::ops::Range;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::run::thread_pool;
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
    let pool = thread_pool(threads)?;
    let play = |(scratch, record): &mut (S::Scratch, RunRecord), run| {
        simulate.run(run, scratch, record);
        read(record)
    };
    Ok(pool.install(|| runs.into_par_iter().map_init(|| (simulate.scratch(), RunRecord::empty()), play).collect()))
}
