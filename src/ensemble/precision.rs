//! Running until the numbers are precise enough.

use super::{Ensemble, EnsembleError, EnsembleResult, RowSink, Simulate, Summary, Watch};
use crate::statistics::{runs_needed, wilson};

/// Usual number of runs of the first stage.
pub const PILOT_RUNS: u64 = 1000;
/// A stage ends at a multiple of this.
const ROUND: u64 = 1000;
/// No stage multiplies the number of runs by more than this: a small pilot may err.
const GROWTH: u64 = 10;

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Greatest full width (`ci_high - ci_low`) of any outcome's 95 % interval.
    pub width: f64,
    /// Least number of runs: the first stage (usually [`PILOT_RUNS`]).
    pub first: u64,
    /// Greatest number of runs.
    pub cap: u64,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct PreciseResult {
    /// The runs, from run 0.
    pub ensemble: EnsembleResult,
    /// True if every interval is narrow enough; false at the cap or after a stop.
    pub reached: bool,
}

/// Widest interval of any outcome; 1 without runs.
#[must_use]
pub fn widest_interval(summary: &Summary) -> f64 {
    let width =
        |outcome: usize| wilson(summary.outcome_runs(outcome), summary.runs).map_or(1.0, |interval| interval.width());
    (0..summary.outcomes.len()).map(width).fold(0.0, f64::max)
}

/// About how many runs are needed for all outcomes' intervals to be at most `width` wide, judged by the shares in `pilot`. `None` when no number is enough.
#[must_use]
pub fn ensemble_runs_needed(pilot: &Summary, width: f64) -> Option<u64> {
    let probability = |outcome: usize| {
        if pilot.runs == 0 { 0.5 } else { pilot.outcome_runs(outcome) as f64 / pilot.runs as f64 }
    };
    (0..pilot.outcomes.len())
        .map(|outcome| runs_needed(probability(outcome), width))
        .try_fold(1, |most, needed| needed.map(|needed| most.max(needed)))
}

impl<S: Simulate> Ensemble<'_, S> {
    /// Plays runs 0, 1, .. until every outcome's Wilson interval is at most `precision.width` wide, or the cap is reached.
    ///
    /// `announce` is told the number of runs at which each stage ends, when it begins.
    ///
    /// It looks at fixed numbers of runs only: after `precision.first`, and then each time after as many as the shares seen say are needed (rounded up
    /// to thousands, at most ten times as many as before). These follow from the results, so the number of runs is the same on any machine.
    /// Stopping when an interval happens to be narrow biases its coverage a little: Wilson's width depends on the share so weakly that at 95 % nothing shows.
    ///
    /// # Errors
    /// If rows cannot be written.
    pub fn run_until_precise(
        &self,
        precision: Precision,
        watch: Watch<'_>,
        announce: &dyn Fn(u64),
        mut rows: Option<RowSink<'_>>,
    ) -> Result<PreciseResult, EnsembleError> {
        let mut target = precision.first.max(1).min(precision.cap);
        let mut total = EnsembleResult { summary: Summary::new(self.model()), finished: 0..0 };
        loop {
            announce(target);
            let before = total.finished.end;
            let progress = |done: u64| (watch.progress)(before + done);
            let sink = rows.as_mut().map(|rows| RowSink { format: rows.format, write: &mut *rows.write });
            let stage = self.run(before..target, Watch { progress: &progress, stop: watch.stop }, sink)?;
            total.summary.merge(&stage.summary);
            total.finished.end = stage.finished.end;
            let reached = total.summary.runs > 0 && widest_interval(&total.summary) <= precision.width;
            if reached || total.finished.end < target || target >= precision.cap {
                return Ok(PreciseResult { ensemble: total, reached });
            }
            target = next_stage(&total.summary, precision);
        }
    }
}

/// The number of runs to look at next: more than now, at most the cap.
fn next_stage(summary: &Summary, precision: Precision) -> u64 {
    let needed = ensemble_runs_needed(summary, precision.width).unwrap_or(precision.cap);
    let rounded = needed.div_ceil(ROUND).saturating_mul(ROUND);
    let least = (summary.runs / ROUND + 1).saturating_mul(ROUND);
    rounded.clamp(least, summary.runs.saturating_mul(GROWTH).max(least)).min(precision.cap)
}
