//! Runs on several threads, with a result that shows no trace of them.
//!
//! Threads claim blocks of runs in ascending order and finish every block they claimed. So at any moment the claimed runs are
//! the first k, and a stop, which only keeps threads from claiming more, leaves exactly runs 0 to k behind. Each thread adds to a
//! summary of its own; those merge exactly, so it does not matter who ran what.

use std::io;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

use super::queue::{Alarm, Queue};
use super::{Simulate, Summary};
use crate::model::{Model, RunRecord};

/// Work in one block (steps times instances and cells) that is surely done within a fraction of a second.
const BLOCK_WORK: u64 = 1 << 24;
pub(super) const LARGEST_BLOCK: u64 = 256;

/// How to run. None of it shows in the results.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Number of threads; 0 is one for each core.
    pub threads: usize,
    /// Runs that a thread claims at a time; 0 chooses by the size of the model.
    pub block_size: u64,
}

/// Appends the row of a run.
pub type FormatRow<'a> = dyn Fn(&RunRecord, &mut Vec<u8>) + Sync + 'a;
/// Receives the rows of consecutive runs.
pub type WriteRows<'a> = dyn FnMut(&[u8]) -> io::Result<()> + Send + 'a;

/// Where the rows of runs go, in order of runs.
pub struct RowSink<'a> {
    /// Appends the row of a run.
    pub format: &'a FormatRow<'a>,
    /// Receives the rows of consecutive runs.
    pub write: &'a mut WriteRows<'a>,
}

/// What came of an ensemble.
#[derive(Clone, Debug)]
pub struct EnsembleResult {
    /// All of its runs.
    pub summary: Summary,
    /// The runs that were done: all that were asked for, unless it was stopped.
    pub finished: Range<u64>,
}

/// Why an ensemble could not be run.
#[derive(Debug, thiserror::Error)]
pub enum EnsembleError {
    /// Threads could not be started.
    #[error("cannot start {threads} threads: {source}")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system says.
        source: rayon::ThreadPoolBuildError,
    },
    /// The rows of runs could not be written.
    #[error("cannot write the rows of runs: {0}")]
    Rows(#[from] io::Error),
}

/// Watches and stops an ensemble.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Called after every block with the number of runs done so far (in this call); never less than before. It should be
    /// quick: threads that finish a block meanwhile wait for it.
    pub progress: &'a (dyn Fn(u64) + Sync),
    /// Set from elsewhere to stop after the blocks under way.
    pub stop: &'a AtomicBool,
}

/// Threads that run ensembles of one scenario.
pub struct Ensemble<'a, S> {
    simulate: &'a S,
    model: &'a Model,
    pool: rayon::ThreadPool,
    block_size: u64,
}

/// Plays `runs` and sums them up.
///
/// The result depends on the runs alone: identical for any number of threads and any block size; summaries of parts of the range merge into that of
/// the whole. When stopped, `finished` is the part from its start that was done.
///
/// # Errors
/// If threads cannot be started or rows cannot be written.
pub fn run_ensemble<S: Simulate>(
    simulate: &S,
    model: &Model,
    runs: Range<u64>,
    options: Options,
    watch: Watch<'_>,
    rows: Option<RowSink<'_>>,
) -> Result<EnsembleResult, EnsembleError> {
    Ensemble::new(simulate, model, options)?.run(runs, watch, rows)
}

impl<'a, S: Simulate> Ensemble<'a, S> {
    /// Starts the threads.
    ///
    /// # Errors
    /// If they cannot be started.
    pub fn new(simulate: &'a S, model: &'a Model, options: Options) -> Result<Self, EnsembleError> {
        let pool = thread_pool(options.threads)?;
        let block_size = if options.block_size > 0 { options.block_size } else { block_size(model) };
        Ok(Self { simulate, model, pool, block_size })
    }

    pub(super) fn model(&self) -> &Model {
        self.model
    }

    /// Number of threads.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// Plays `runs`, as [`run_ensemble`] does.
    ///
    /// # Errors
    /// If rows cannot be written.
    pub fn run(
        &self,
        runs: Range<u64>,
        watch: Watch<'_>,
        rows: Option<RowSink<'_>>,
    ) -> Result<EnsembleResult, EnsembleError> {
        let (format, write) = match rows {
            Some(RowSink { format, write }) => (Some(format), Some(write)),
            None => (None, None),
        };
        let queue = Queue::new(runs, self.block_size, self.threads(), watch, write);
        let summaries = self.pool.broadcast(|_| self.work(&queue, format));
        let finished = queue.into_finished()?;
        let mut total = Summary::new(self.model);
        for summary in summaries.iter().flatten() {
            total.merge(summary);
        }
        Ok(EnsembleResult { summary: total, finished })
    }

    /// One thread: claims blocks until there is none.
    fn work(&self, queue: &Queue<'_, '_>, format: Option<&FormatRow<'_>>) -> Option<Summary> {
        let mut block = queue.claim()?;
        let _alarm = Alarm::of(queue);
        let mut scratch = self.simulate.scratch();
        let mut record = RunRecord::empty();
        let mut summary = Summary::new(self.model);
        loop {
            let mut rows = Vec::new();
            for run in block.clone() {
                self.simulate.run(run, &mut scratch, &mut record);
                summary.add(&record);
                if let Some(format) = format {
                    format(&record, &mut rows);
                }
            }
            queue.finish(block, rows);
            match queue.claim() {
                Some(next) => block = next,
                None => return Some(summary),
            }
        }
    }
}

/// So many threads; 0 is one for each core.
pub(crate) fn thread_pool(threads: usize) -> Result<rayon::ThreadPool, EnsembleError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|source| EnsembleError::Threads { threads, source })
}

/// Runs per block: fewer for a large model, so that a stop is prompt.
#[must_use]
pub fn block_size(model: &Model) -> u64 {
    let size = 1 + model.events.len() as u64 + model.cells.len() as u64;
    (BLOCK_WORK / model.n_steps.max(1).saturating_mul(size).max(1)).clamp(1, LARGEST_BLOCK)
}
