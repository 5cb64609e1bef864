//! What is kept of the runs at one point: counts and exact sums, whatever the number of runs.

use crate::model::{BUILT_IN_MEASURES, Model, RunRecord};
use crate::statistics::{ExactMoments, Moments};

use super::play::Collect;
use crate::ensemble::QuerySummary;

/// The runs at a point that ended in one outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PointOutcome {
    /// How many.
    pub runs: u64,
    /// Sum of the steps in which they ended.
    pub end_steps: u128,
    /// Sum of their squares.
    pub squared_end_steps: u128,
}

impl PointOutcome {
    /// Mean end step and its variance, as whole numbers give them.
    #[must_use]
    pub fn moments(&self) -> Moments {
        let n = self.runs as f64;
        let variance = (self.runs > 1).then(|| {
            // n Q >= S^2 by the inequality of Cauchy and Schwarz; both fit for 2^37 runs of 2^26 steps.
            let scaled = u128::from(self.runs).saturating_mul(self.squared_end_steps);
            let spread = scaled.saturating_sub(self.end_steps.saturating_mul(self.end_steps));
            spread as f64 / n / (n - 1.0)
        });
        Moments { n: self.runs, mean: (self.runs > 0).then(|| self.end_steps as f64 / n), variance }
    }
}

/// The summary of any set of runs at one point. Much lighter than that of an ensemble: some 0.1 KiB, and about 0.25 KiB for each measure.
///
/// [`Collect::merge`] is associative and commutative to the last bit.
#[derive(Clone, Debug)]
pub struct PointSummary {
    /// Number of runs.
    pub runs: u64,
    /// One per `Model::outcomes`.
    pub outcomes: Vec<PointOutcome>,
    /// One per `Model::measures`, then `peak_ladder`, `rivera_score`: their values at the end of runs.
    pub measures: Vec<ExactMoments>,
    /// One per `Model::queries`.
    pub queries: Vec<QuerySummary>,
}

impl PointSummary {
    /// A summary of no runs.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self {
            runs: 0,
            outcomes: vec![PointOutcome::default(); model.outcomes.len()],
            measures: vec![ExactMoments::default(); model.measures.len() + BUILT_IN_MEASURES.len()],
            queries: vec![QuerySummary::default(); model.queries.len()],
        }
    }
}

impl Collect for PointSummary {
    fn add(&mut self, record: &RunRecord) {
        self.runs += 1;
        if let Some(outcome) = self.outcomes.get_mut(record.outcome) {
            let step = u128::from(record.end_step);
            outcome.runs += 1;
            outcome.end_steps += step;
            outcome.squared_end_steps += step * step;
        }
        let last = record.measures.len().saturating_sub(self.measures.len());
        for (measure, &value) in self.measures.iter_mut().zip(&record.measures[last..]) {
            measure.add(value);
        }
        for (query, answer) in self.queries.iter_mut().zip(&record.queries) {
            query.given += u64::from(answer.given);
            query.holds += u64::from(answer.given && answer.holds);
        }
    }

    fn merge(&mut self, other: Self) {
        self.runs += other.runs;
        for (mine, theirs) in self.outcomes.iter_mut().zip(other.outcomes) {
            mine.runs += theirs.runs;
            mine.end_steps += theirs.end_steps;
            mine.squared_end_steps += theirs.squared_end_steps;
        }
        for (mine, theirs) in self.measures.iter_mut().zip(&other.measures) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.queries.iter_mut().zip(other.queries) {
            mine.given += theirs.given;
            mine.holds += theirs.holds;
        }
    }
}
