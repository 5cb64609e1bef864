//! How many runs did something first, or ended, at each step.

use std::collections::BTreeMap;

use super::Level;

/// Steps counted before a thin list may turn into a full one.
const THIN: usize = 16;

/// Counts by step: a full list of the early steps, as far as they occur densely, and a thin one of those after. Exact, so merging is
/// associative and commutative; memory grows with the number of different steps only.
#[derive(Clone, Debug, Default)]
pub struct StepCounts {
    total: u64,
    thin: BTreeMap<u32, u64>,
    full: Vec<u64>,
}

impl PartialEq for StepCounts {
    fn eq(&self, other: &Self) -> bool {
        self.total == other.total && self.iter().eq(other.iter())
    }
}

impl StepCounts {
    /// Counts one more at a step.
    pub fn add(&mut self, step: u32) {
        self.add_many(step, 1);
    }

    fn add_many(&mut self, step: u32, count: u64) {
        if count == 0 {
            return;
        }
        self.total += count;
        if let Some(entry) = self.full.get_mut(step as usize) {
            *entry += count;
            return;
        }
        *self.thin.entry(step).or_insert(0) += count;
        // A full list takes less room once about a quarter of its steps occur.
        let span = self.thin.last_key_value().map_or(0, |(&last, _)| last as usize + 1);
        if self.thin.len() > THIN && self.full.len() + self.thin.len() * 4 > span {
            self.full.resize(span, 0);
            for (step, count) in std::mem::take(&mut self.thin) {
                self.full[step as usize] = count;
            }
        }
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Self) {
        for (step, count) in other.iter() {
            self.add_many(step, count);
        }
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Steps that occur with their counts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> {
        // The full list was made from steps that are u32.
        let full = self.full.iter().enumerate().map(|(step, &count)| (step as u32, count));
        // Steps of the thin list lie behind it.
        full.chain(self.thin.iter().map(|(&step, &count)| (step, count))).filter(|&(_, count)| count > 0)
    }

    /// Mean step; `None` if nothing was counted. The sum is a whole number, so only the division rounds.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let sum: u128 = self.iter().map(|(step, count)| u128::from(step) * u128::from(count)).sum();
        (self.total > 0).then(|| sum as f64 / self.total as f64)
    }

    /// The smallest step with cumulative share >= level; `None` if nothing was counted.
    #[must_use]
    pub fn quantile(&self, level: Level) -> Option<u32> {
        let rank = level.rank(self.total);
        let mut seen = 0;
        self.iter().find_map(|(step, count)| {
            seen += count;
            (seen >= rank).then_some(step)
        })
    }

    /// For each of the ascending `steps` how many were counted at or before it.
    #[must_use]
    pub fn cumulative(&self, steps: impl Iterator<Item = u32>) -> Vec<u64> {
        let mut counts = self.iter().peekable();
        let mut seen = 0;
        steps
            .map(|step| {
                while let Some((_, count)) = counts.next_if(|&(at, _)| at <= step) {
                    seen += count;
                }
                seen
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(steps: impl IntoIterator<Item = u32>) -> StepCounts {
        let mut counts = StepCounts::default();
        steps.into_iter().for_each(|step| counts.add(step));
        counts
    }

    #[test]
    fn quantiles_are_values_that_occur() {
        let four = counts([2, 4, 4, 9]);
        assert_eq!(four.quantile(Level::percent(25)), Some(2));
        assert_eq!(four.quantile(Level::percent(26)), Some(4));
        assert_eq!(four.quantile(Level::MEDIAN), Some(4));
        assert_eq!(four.quantile(Level::percent(75)), Some(4));
        assert_eq!(four.quantile(Level::percent(76)), Some(9));
        assert_eq!(four.mean(), Some(4.75));
        assert_eq!(counts([]).quantile(Level::MEDIAN), None);
        assert_eq!(counts([]).mean(), None);
    }

    #[test]
    fn thin_and_full_lists_are_equal() {
        let forwards = counts((0..100).chain([5000]));
        let backwards = counts([5000].into_iter().chain((0..100).rev()));
        assert_eq!(forwards, backwards);
        assert_eq!(forwards.iter().count(), 101);
        assert_eq!(forwards.quantile(Level::percent(100)), Some(5000));
    }

    #[test]
    fn a_far_step_costs_no_memory() {
        let far = counts((0..100).chain([u32::MAX, 70]));
        assert!(far.full.len() <= 100);
        assert_eq!(far.iter().last(), Some((u32::MAX, 1)));
        assert_eq!(far.total(), 102);
    }

    #[test]
    fn cumulative_counts_at_and_before() {
        assert_eq!(counts([0, 3, 3, 7]).cumulative([0, 2, 3, 6, 10].into_iter()), [1, 1, 3, 3, 4]);
    }
}
