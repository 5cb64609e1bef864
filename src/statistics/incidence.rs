//! Cumulative incidence of competing outcomes.

use super::{Interval, StepCounts, wilson};

/// Cumulative incidence of one outcome at one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incidence {
    /// The step.
    pub step: u32,
    /// Runs that had ended so at or before the step.
    pub hits: u64,
    /// Their share of all runs; `None` without runs.
    pub probability: Option<f64>,
    /// Wilson's interval.
    pub interval: Option<Interval>,
}

/// Share of runs that ended in one outcome at or before each of the ascending `steps`; `n_runs` counts the runs of all outcomes.
///
/// No run is censored before the horizon, so this share of all runs equals the estimator of Aalen and Johansen (1978), Scandinavian Journal of
/// Statistics 5(3), 141-150, and each step's count is binomial: Wilson's interval holds step by step (it is no band for the whole curve).
#[must_use]
pub fn cumulative_incidence(
    ends: &StepCounts,
    n_runs: u64,
    steps: impl Iterator<Item = u32> + Clone,
) -> Vec<Incidence> {
    ends.cumulative(steps.clone())
        .into_iter()
        .zip(steps)
        .map(|(hits, step)| Incidence {
            step,
            hits,
            probability: super::share(hits, n_runs),
            interval: wilson(hits, n_runs),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The estimator of Aalen and Johansen, written as it is defined: the sum over steps of survival before the step times the share, among
    /// those still under way, that end so.
    fn aalen_johansen(ends: &[StepCounts], which: usize, n_runs: u64, last: u32) -> Vec<f64> {
        let at =
            |counts: &StepCounts, step| counts.iter().find(|&(found, _)| found == step).map_or(0, |(_, count)| count);
        let (mut survival, mut under_way, mut incidence) = (1.0, n_runs, 0.0);
        (0..=last)
            .map(|step| {
                let all: u64 = ends.iter().map(|counts| at(counts, step)).sum();
                if under_way > 0 {
                    incidence += survival * at(&ends[which], step) as f64 / under_way as f64;
                    survival *= 1.0 - all as f64 / under_way as f64;
                }
                under_way -= all;
                incidence
            })
            .collect()
    }

    #[test]
    fn without_censoring_it_is_aalen_johansen() {
        let mut ends = vec![StepCounts::default(), StepCounts::default(), StepCounts::default()];
        for (outcome, step) in [(0, 1), (0, 3), (1, 3), (1, 2), (0, 5), (2, 6), (2, 6), (1, 5), (0, 3)] {
            ends[outcome].add(step);
        }
        for which in 0..3 {
            let found = cumulative_incidence(&ends[which], 9, 0..=6);
            for (ours, theirs) in found.iter().zip(aalen_johansen(&ends, which, 9, 6)) {
                assert!((ours.probability.unwrap() - theirs).abs() < 1e-15);
            }
        }
    }
}
