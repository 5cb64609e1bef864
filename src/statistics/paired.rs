//! What a change of a scenario moves, from runs that were made with and without it on the same random numbers; and which of the drawn numbers of one
//! ensemble its outcomes go with.

use super::jackknife::{N_PARTS, jackknife};

/// A number and its Monte Carlo standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its standard error over repetitions of the ensemble.
    pub standard_error: f64,
}

impl Estimate {
    /// Half the width of its 95 % interval, which is `value` less and plus so much; SALib's `_conf`.
    #[must_use]
    pub fn half_width(self) -> f64 {
        super::NORMAL_975 * self.standard_error
    }
}

/// How often something is so in only one of two paired runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PairedChange {
    /// Pairs of runs.
    pub runs: u64,
    /// Pairs in which it is so only in the second.
    pub gained: u64,
    /// Pairs in which it is so only in the first.
    pub lost: u64,
}

impl PairedChange {
    /// Counts pairs (without the change, with it).
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut change = Self::default();
        for (first, second) in pairs {
            change.runs += 1;
            change.gained += u64::from(second && !first);
            change.lost += u64::from(first && !second);
        }
        change
    }

    /// Change of the share of runs in which it is so, in -1 to 1 (0 without runs).
    #[must_use]
    pub fn change(self) -> f64 {
        if self.runs == 0 { 0.0 } else { (self.gained as f64 - self.lost as f64) / self.runs as f64 }
    }

    /// Its standard error, from the pairs that differ.
    #[must_use]
    pub fn standard_error(self) -> f64 {
        if self.runs == 0 {
            return 0.0;
        }
        let (runs, differ) = (self.runs as f64, (self.gained + self.lost) as f64);
        ((differ / runs - self.change() * self.change()).max(0.0) / runs).sqrt()
    }

    /// McNemar's statistic, approximately standard normal where nothing changes; 0 where no pair differs (McNemar 1947, Psychometrika 12).
    #[must_use]
    pub fn z(self) -> f64 {
        let differ = self.gained + self.lost;
        if differ == 0 { 0.0 } else { (self.gained as f64 - self.lost as f64) / (differ as f64).sqrt() }
    }
}

/// Total variation distance between two outcome tables, in 0 to 1: the share of runs that would have to end otherwise to turn one into the other.
///
/// `pairs` are the outcomes (below `n_outcomes`) of paired runs. Where nothing changes but chance, it is not 0 but about as large as its error.
#[must_use]
pub fn total_variation(pairs: &[(usize, usize)], n_outcomes: usize) -> Estimate {
    let mut changes = vec![0_i64; n_outcomes];
    for (first, second) in pairs {
        changes[*first] -= 1;
        changes[*second] += 1;
    }
    let sign = |outcome: usize| changes[outcome].signum() as f64;
    // Half the sum of the absolute changes is the mean of this over the pairs.
    let scores = pairs.iter().map(|(first, second)| 0.5 * (sign(*second) - sign(*first)));
    mean_of(scores)
}

/// The mean of values and its standard error.
fn mean_of(values: impl Iterator<Item = f64>) -> Estimate {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for value in values {
        n += 1.0;
        sum += value;
        squares += value * value;
    }
    if n < 2.0 {
        return Estimate { value: if n > 0.0 { sum } else { 0.0 }, standard_error: 0.0 };
    }
    let mean = sum / n;
    Estimate { value: mean, standard_error: ((squares / n - mean * mean).max(0.0) / (n - 1.0)).sqrt() }
}

/// First-order sensitivity index of an outcome table to a number that was drawn for each run, from the draws that there are ("given data": Plischke 2010,
/// Reliability Engineering & System Safety 95): the share of the variance of all outcomes' indicators that the expectation given the number carries.
///
/// The runs are sorted by `draws` and cut into `n_classes` classes of equal size; what classes would show by chance alone is taken off (the ε² of Kelley 1935),
/// so that an index may come out a little below 0. The standard error is the jackknife's over tenths of the runs.
/// `outcomes` are below `n_outcomes`; both slices have the same length.
#[must_use]
pub fn first_order_index(draws: &[f64], outcomes: &[usize], n_outcomes: usize, n_classes: usize) -> Estimate {
    let mut order: Vec<usize> = (0..draws.len().min(outcomes.len())).collect();
    order.sort_by(|a, b| draws[*a].total_cmp(&draws[*b]).then(a.cmp(b)));
    let without = |part: Option<usize>| {
        let kept: Vec<usize> = order.iter().copied().filter(|run| Some(run % N_PARTS) != part).collect();
        index_of(&kept, outcomes, n_outcomes, n_classes)
    };
    jackknife(without)
}

/// The index of runs in ascending order of the number.
fn index_of(order: &[usize], outcomes: &[usize], n_outcomes: usize, n_classes: usize) -> f64 {
    let n = order.len();
    let n_classes = n_classes.min(n);
    if n_classes < 2 || n == n_classes {
        return 0.0;
    }
    let count = |runs: &[usize]| {
        let mut counts = vec![0.0; n_outcomes];
        runs.iter().for_each(|run| counts[outcomes[*run]] += 1.0);
        counts
    };
    // Sum over outcomes of n * variance of the indicator, within a set of runs.
    let spread = |runs: &[usize]| {
        let size = runs.len() as f64;
        count(runs).iter().map(|count| count * (1.0 - count / size)).sum::<f64>()
    };
    let total = spread(order);
    if total <= 0.0 {
        return 0.0;
    }
    let within: f64 =
        (0..n_classes).map(|class| spread(&order[class * n / n_classes..(class + 1) * n / n_classes])).sum();
    1.0 - within / total * (n - 1) as f64 / (n - n_classes) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_counted_in_pairs() {
        let pairs = [(false, true), (false, true), (false, true), (true, false), (true, true), (false, false)];
        let change = PairedChange::of(pairs);
        assert_eq!(change, PairedChange { runs: 6, gained: 3, lost: 1 });
        assert_eq!((change.change(), change.z()), (2.0 / 6.0, 1.0));
        assert!((change.standard_error() - ((4.0 / 6.0 - 1.0 / 9.0) / 6.0_f64).sqrt()).abs() < 1e-15);
        assert_eq!((PairedChange::default().change(), PairedChange::default().z()), (0.0, 0.0));
        assert_eq!(PairedChange::default().standard_error(), 0.0);
    }

    #[test]
    fn a_distance_is_half_the_sum_of_changes() {
        // Of 4 runs one goes from 0 to 1, one from 0 to 2: changes -2/4, +1/4, +1/4.
        let distance = total_variation(&[(0, 1), (0, 2), (0, 0), (1, 1)], 3);
        assert_eq!(distance.value, 0.5);
        assert!((distance.standard_error - (0.25_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert_eq!(total_variation(&[], 3), Estimate::default());
        assert_eq!(total_variation(&[(0, 1), (1, 0)], 2).value, 0.0);
    }

    #[test]
    fn an_index_is_the_share_that_a_number_carries() {
        let draws: Vec<f64> = (0..4000).map(|run| f64::from(run * 7919 % 4000) / 4000.0).collect();
        let by_draw: Vec<usize> = draws.iter().map(|draw| usize::from(*draw >= 0.5)).collect();
        let all = first_order_index(&draws, &by_draw, 2, 10);
        assert!((all.value - 1.0).abs() < 1e-12, "{all:?}");
        let none: Vec<usize> = (0..4000).map(|run| run / 3 % 2).collect();
        let index = first_order_index(&draws, &none, 2, 10);
        assert!(index.value.abs() < 0.01 && index.standard_error < 0.01, "{index:?}");
        assert_eq!(first_order_index(&draws, &vec![1; 4000], 2, 10).value, 0.0);
        assert_eq!(first_order_index(&[], &[], 2, 10), Estimate::default());
    }
}
