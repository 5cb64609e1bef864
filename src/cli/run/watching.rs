//! The first runs once more, watched closely: which guards held, which rates were too high, which cells stood at a bound.

use std::thread;

use crate::reference::{ProbeReport, Reference, probe};

/// At most so many runs are watched.
const MOST: u64 = 500;
/// One run in so many is watched: watching takes longer than running.
const ONE_IN: u64 = 20;
/// So many are watched at least, if there are so many.
const LEAST: u64 = 100;

/// Watches the first of `n_runs` runs on some threads. What is seen does not depend on their number.
pub(super) fn watch(reference: &Reference<'_>, n_runs: u64, n_threads: usize) -> ProbeReport {
    let n_watched = (n_runs / ONE_IN).clamp(LEAST, MOST).min(n_runs);
    let n_threads = n_threads.max(1) as u64;
    let part = |index: u64| n_watched * index / n_threads..n_watched * (index + 1) / n_threads;
    thread::scope(|scope| {
        let others: Vec<_> = (1..n_threads).map(|index| scope.spawn(move || probe(reference, part(index)))).collect();
        let mut report = probe(reference, part(0));
        for other in others {
            match other.join() {
                Ok(seen) => report.merge(&seen),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        report
    })
}
