//! Points times runs, on several threads, interleaved: all points for a block of runs before the next block.
//!
//! So whatever is there after a stop is balanced: every point has the same runs, 0 to k. Within a block threads claim pieces (some runs of one
//! point) in order; what they collect is merged when the block is done, and dropped if it is stopped before. Collections merge without a trace of order,
//! so threads, blocks and pieces do not show.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::ensemble::{EnsembleError, Options, Simulate, Watch, thread_pool};
use crate::model::{Model, Point, RunRecord};

/// Work in one block (steps times instances and cells): some seconds at most.
const BLOCK_WORK: u64 = 1 << 27;
/// The most runs of a point in one block.
const LARGEST_BLOCK: u64 = 1 << 16;
/// Each thread gets at least about so many pieces of a block, so that all finish together.
const PIECES_PER_THREAD: u64 = 8;

/// What is kept of the runs at one point. Merging must be associative and commutative.
pub trait Collect: Send {
    /// Adds a run.
    fn add(&mut self, record: &RunRecord);

    /// Adds what another has of other runs of the same point.
    fn merge(&mut self, other: Self);
}

/// What came of the points.
#[derive(Clone, Debug)]
pub struct Played<C> {
    /// One for each point.
    pub points: Vec<C>,
    /// The runs that every point has: all that were asked for, unless it was stopped.
    pub finished: Range<u64>,
    /// Number of threads.
    pub threads: usize,
}

/// Plays `runs` at each point and collects them; `empty` makes the collection of no runs.
///
/// Run k at one point has the same draws as run k at any other, save those that the points impose. The watch is told the number of runs done, over all
/// points; after a stop, whole blocks are kept. `options.block_size` is runs per point and block.
///
/// # Errors
/// If threads cannot be started.
pub fn play<S, C>(
    simulate: &S,
    model: &Model,
    points: &[Point],
    runs: Range<u64>,
    options: Options,
    watch: Watch<'_>,
    empty: impl Fn() -> C + Sync,
) -> Result<Played<C>, EnsembleError>
where
    S: Simulate,
    S::Scratch: Send,
    C: Collect,
{
    let pool = thread_pool(options.threads)?;
    let threads = pool.current_num_threads();
    let block_size = if options.block_size > 0 { options.block_size } else { block_size(model, points.len()) };
    let scratches: Vec<_> = (0..threads).map(|_| Mutex::new((simulate.scratch(), RunRecord::empty()))).collect();
    let mut total: Vec<C> = points.iter().map(|_| empty()).collect();
    let mut finished = runs.start..runs.start;
    while finished.end < runs.end && !watch.stop.load(Ordering::Relaxed) {
        let block = finished.end..runs.end.min(finished.end.saturating_add(block_size));
        let pieces = Pieces::of(points.len() as u64, block.clone(), threads as u64);
        let done_before = (finished.end - runs.start) * points.len() as u64;
        let done = Mutex::new(done_before);
        let parts: Vec<Mutex<Option<C>>> = points.iter().map(|_| Mutex::new(None)).collect();
        pool.broadcast(|thread| {
            let mut scratch = scratches[thread.index()].lock().unwrap_or_else(PoisonError::into_inner);
            let (scratch, record) = &mut *scratch;
            while let Some((point, runs)) = pieces.claim() {
                if watch.stop.load(Ordering::Relaxed) {
                    return;
                }
                let mut part = empty();
                let n_runs = runs.end - runs.start;
                for run in runs {
                    simulate.run_at(&points[point], run, scratch, record);
                    part.add(record);
                }
                let mut sum = parts[point].lock().unwrap_or_else(PoisonError::into_inner);
                match &mut *sum {
                    Some(sum) => sum.merge(part),
                    none => *none = Some(part),
                }
                drop(sum);
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                *done += n_runs;
                (watch.progress)(*done);
            }
        });
        let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        if done - done_before < (block.end - block.start) * points.len() as u64 {
            break;
        }
        for (total, part) in total.iter_mut().zip(parts) {
            if let Some(part) = part.into_inner().unwrap_or_else(PoisonError::into_inner) {
                total.merge(part);
            }
        }
        finished.end = block.end;
    }
    Ok(Played { points: total, finished, threads })
}

/// What `read` makes of each run at each point, in order of runs.
struct Each<'r, T, R> {
    read: &'r R,
    values: Vec<(u64, T)>,
}

impl<T: Send, R: Fn(&RunRecord) -> T + Sync> Collect for Each<'_, T, R> {
    fn add(&mut self, record: &RunRecord) {
        self.values.push((record.run, (self.read)(record)));
    }

    fn merge(&mut self, other: Self) {
        self.values.extend(other.values);
    }
}

/// Plays as [`play`] does and keeps what `read` makes of every run: for each point its runs in order. Memory grows with the number of runs.
///
/// # Errors
/// If threads cannot be started.
pub fn play_each<S, T>(
    simulate: &S,
    model: &Model,
    points: &[Point],
    runs: Range<u64>,
    options: Options,
    watch: Watch<'_>,
    read: impl Fn(&RunRecord) -> T + Sync,
) -> Result<Played<Vec<T>>, EnsembleError>
where
    S: Simulate,
    S::Scratch: Send,
    T: Send,
{
    let played = play(simulate, model, points, runs, options, watch, || Each { read: &read, values: Vec::new() })?;
    let in_order = |mut each: Each<'_, T, _>| {
        each.values.sort_by_key(|(run, _)| *run);
        each.values.into_iter().map(|(_, value)| value).collect()
    };
    let points = played.points.into_iter().map(in_order).collect();
    Ok(Played { points, finished: played.finished, threads: played.threads })
}

/// The pieces of a block: some runs of one point each.
struct Pieces {
    block: Range<u64>,
    /// Pieces of one point.
    per_point: u64,
    n_pieces: u64,
    next: AtomicU64,
}

impl Pieces {
    fn of(n_points: u64, block: Range<u64>, threads: u64) -> Self {
        let wanted = threads * PIECES_PER_THREAD;
        let per_point = wanted.div_ceil(n_points.max(1)).min(block.end - block.start).max(1);
        let per_point = if threads == 1 { 1 } else { per_point };
        Self { block, per_point, n_pieces: n_points * per_point, next: AtomicU64::new(0) }
    }

    /// The next piece that nobody has.
    fn claim(&self) -> Option<(usize, Range<u64>)> {
        let piece = self.next.fetch_add(1, Ordering::Relaxed);
        if piece >= self.n_pieces {
            return None;
        }
        let (point, part) = (piece / self.per_point, piece % self.per_point);
        let length = u128::from(self.block.end - self.block.start);
        // A part of the length is no longer than it, so it fits again.
        let place = |part: u64| self.block.start + (length * u128::from(part) / u128::from(self.per_point)) as u64;
        Some((point as usize, place(part)..place(part + 1)))
    }
}

/// Runs per point and block: fewer for many points and for a large model, so that a stop loses little.
fn block_size(model: &Model, n_points: usize) -> u64 {
    let size = 1 + model.events.len() as u64 + model.cells.len() as u64;
    let work = model.n_steps.max(1).saturating_mul(size).saturating_mul(n_points as u64);
    (BLOCK_WORK / work.max(1)).clamp(1, LARGEST_BLOCK)
}
