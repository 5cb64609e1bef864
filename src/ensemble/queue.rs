//! Runs on their way to threads and back: blocks in ascending order, each finished once it is claimed, so that a stop leaves exactly the first k runs.

use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::atomic::Ordering;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::run::{Watch, WriteRows};

/// Each thread gets at least about so many blocks, so that all finish together.
const BLOCKS_PER_THREAD: u64 = 16;
/// Blocks of rows that may wait, per thread, for an earlier one to be written.
const WAITING_PER_THREAD: usize = 8;

/// The runs still to be claimed, and the rows of finished ones on their way out.
pub(super) struct Queue<'a, 'b> {
    start: u64,
    end: u64,
    block_size: u64,
    most_waiting: usize,
    watch: Watch<'a>,
    state: Mutex<State<'b>>,
    written: Condvar,
}

struct State<'b> {
    /// The first run that nobody has claimed.
    next: u64,
    /// Runs done.
    done: u64,
    /// The first run whose row has not been handed on.
    written: u64,
    /// Rows of finished blocks behind an unfinished one, by first run: the end of the block and its bytes.
    waiting: BTreeMap<u64, (u64, Vec<u8>)>,
    write: Option<&'b mut WriteRows<'b>>,
    error: Option<io::Error>,
    /// A thread broke down: nobody waits for it.
    broken: bool,
}

/// Wakes those who wait for the rows of a thread that breaks down.
pub(super) struct Alarm<'q, 'a, 'b>(&'q Queue<'a, 'b>);

impl<'q, 'a, 'b> Alarm<'q, 'a, 'b> {
    pub(super) fn of(queue: &'q Queue<'a, 'b>) -> Self {
        Self(queue)
    }
}

impl Drop for Alarm<'_, '_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.lock().broken = true;
            self.0.written.notify_all();
        }
    }
}

impl<'a, 'b> Queue<'a, 'b> {
    /// Blocks of at most `block_size` of the runs for so many threads, and where rows go.
    pub(super) fn new(
        runs: Range<u64>,
        block_size: u64,
        threads: usize,
        watch: Watch<'a>,
        write: Option<&'b mut WriteRows<'b>>,
    ) -> Self {
        let fair = runs.end.saturating_sub(runs.start) / (threads as u64 * BLOCKS_PER_THREAD);
        Self {
            start: runs.start,
            end: runs.end,
            block_size: block_size.min(fair).max(1),
            most_waiting: WAITING_PER_THREAD * threads,
            watch,
            state: Mutex::new(State {
                next: runs.start,
                done: 0,
                written: runs.start,
                waiting: BTreeMap::new(),
                write,
                error: None,
                broken: false,
            }),
            written: Condvar::new(),
        }
    }

    /// When all threads have come back: the runs that were done.
    ///
    /// # Errors
    /// If rows could not be written.
    pub(super) fn into_finished(self) -> io::Result<Range<u64>> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.error {
            Some(error) => Err(error),
            None => Ok(self.start..state.next),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<'b>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next block. A thread that is far ahead waits for the rows before; whoever holds those is at work and does not wait.
    pub(super) fn claim(&self) -> Option<Range<u64>> {
        let mut state = self.lock();
        while state.waiting.len() >= self.most_waiting && !state.broken {
            state = self.written.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.broken || state.error.is_some() || state.next >= self.end || self.watch.stop.load(Ordering::Relaxed) {
            return None;
        }
        let start = state.next;
        state.next = self.end.min(start.saturating_add(self.block_size));
        Some(start..state.next)
    }

    /// A block is done; `rows` go out as soon as all before them have.
    pub(super) fn finish(&self, block: Range<u64>, rows: Vec<u8>) {
        let mut guard = self.lock();
        let state = &mut *guard;
        state.done += block.end - block.start;
        (self.watch.progress)(state.done);
        let Some(write) = &mut state.write else { return };
        state.waiting.insert(block.start, (block.end, rows));
        while let Some((end, bytes)) = state.waiting.remove(&state.written) {
            state.written = end;
            // After a failure the rest is dropped: the ensemble ends with the error.
            if state.error.is_none()
                && let Err(error) = write(&bytes)
            {
                state.error = Some(error);
            }
        }
        self.written.notify_all();
    }
}
