//! What goes with a yes or no: how much more common it is where something happened, and how much earlier that happened.

use super::{Estimate, Interval, NORMAL_975};
use crate::math;

/// How often two things are so in the same runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Association {
    /// Runs.
    pub n: u64,
    /// Runs with the first.
    pub first: u64,
    /// Runs with the second.
    pub second: u64,
    /// Runs with both.
    pub both: u64,
}

impl Association {
    /// Counts pairs.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut found = Self::default();
        for (first, second) in pairs {
            found.n += 1;
            found.first += u64::from(first);
            found.second += u64::from(second);
            found.both += u64::from(first && second);
        }
        found
    }

    /// Lift: how many times more common the second is where the first is so than in all runs, P(second | first) / P(second); 1 if they have nothing to do
    /// with each other. `None` where one of them never is so.
    #[must_use]
    pub fn lift(self) -> Option<f64> {
        let expected = self.first as f64 * self.second as f64;
        (expected > 0.0).then(|| self.both as f64 * self.n as f64 / expected)
    }

    /// 95 % interval of the lift, by the delta method on its logarithm; `None` where the two are never so together.
    #[must_use]
    pub fn lift_interval(self) -> Option<Interval> {
        let lift = self.lift().filter(|lift| *lift > 0.0)?;
        let n = self.n as f64;
        let (first, second, both) = (self.first as f64 / n, self.second as f64 / n, self.both as f64 / n);
        // Of log(both) - log(first) - log(second): its slope in each of the four shares, whose mean is -1.
        let slope = 1.0 / both - 1.0 / first - 1.0 / second;
        let squares = both * slope * slope + (first - both) / (first * first) + (second - both) / (second * second);
        Some(around(lift, ((squares - 1.0).max(0.0) / n).sqrt()))
    }

    /// Risk ratio P(second | first) / P(second | not first) and its 95 % interval on the scale of the logarithm (Katz et al. 1978, Biometrics 34(3),
    /// 469-474). `None` where a share is 0 or undefined.
    #[must_use]
    pub fn risk_ratio(self) -> Option<(f64, Interval)> {
        let others = self.n - self.first;
        let only_second = self.second - self.both;
        if self.both == 0 || only_second == 0 {
            return None;
        }
        let (with, without) = (self.both as f64 / self.first as f64, only_second as f64 / others as f64);
        let variance = (1.0 - with) / self.both as f64 + (1.0 - without) / only_second as f64;
        Some((with / without, around(with / without, variance.sqrt())))
    }

    /// Approximate two-sided p-value of "they have nothing to do with each other": the test of Pearson (1900) of a two by two table, without correction; 1
    /// where a margin is empty.
    #[must_use]
    pub fn p_value(self) -> f64 {
        let (n, first, second) = (self.n as f64, self.first as f64, self.second as f64);
        let spread = first * (n - first) * second * (n - second);
        if spread <= 0.0 {
            return 1.0;
        }
        let distance = self.both as f64 * n - first * second;
        two_sided(distance * (n / spread).sqrt())
    }
}

/// A ratio times and divided by exp(z s).
fn around(ratio: f64, standard_error_of_log: f64) -> Interval {
    let factor = math::exp(NORMAL_975 * standard_error_of_log);
    Interval { low: math::divide(ratio, factor), high: math::multiply(ratio, factor) }
}

/// Two-sided p-value of a standard normal number.
#[must_use]
pub fn two_sided(z: f64) -> f64 {
    (2.0 * math::normal_cdf(-z.abs())).min(1.0)
}

/// How often a value of the first sample is below one of the second, ties counting half: 0.5 if neither is earlier. With its standard error if the
/// samples have one distribution. `None` if a sample is empty.
///
/// The statistic of Mann and Whitney (1947), Annals of Mathematical Statistics 18(1), 50-60, divided by the product of the sizes (the area under the ROC
/// curve); its variance corrected for ties.
#[must_use]
pub fn earlier(first: &[f64], second: &[f64]) -> Option<Estimate> {
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> = first.iter().map(|value| (*value, true)).collect();
    all.extend(second.iter().map(|value| (*value, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (n_first, n_second, n) = (first.len() as f64, second.len() as f64, all.len() as f64);
    let (mut below, mut sum, mut ties) = (0.0, 0.0, 0.0);
    for tied in all.chunk_by(|a, b| a.0 == b.0) {
        let of_first = tied.iter().filter(|(_, is_first)| *is_first).count() as f64;
        let of_second = tied.len() as f64 - of_first;
        sum += of_second * (below + of_first / 2.0);
        below += of_first;
        ties += (tied.len() as f64) * ((tied.len() * tied.len()) as f64 - 1.0);
    }
    let pairs = n_first * n_second;
    let variance = if n > 1.0 { pairs / 12.0 * (n + 1.0 - ties / (n * (n - 1.0))) } else { 0.0 };
    Some(Estimate { value: sum / pairs, standard_error: variance.max(0.0).sqrt() / pairs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_nothing_to_do_has_lift_one() {
        let found = Association { n: 100, first: 20, second: 50, both: 10 };
        assert_eq!(found.lift(), Some(1.0));
        assert_eq!(found.p_value(), 1.0);
        let interval = found.lift_interval().unwrap();
        assert!(interval.low < 1.0 && interval.high > 1.0);
        assert_eq!(Association { n: 10, first: 0, second: 5, both: 0 }.lift(), None);
        assert_eq!(Association { n: 10, first: 3, second: 5, both: 0 }.lift_interval(), None);
        assert_eq!(Association::default().p_value(), 1.0);
    }

    #[test]
    fn earlier_counts_pairs() {
        assert_eq!(earlier(&[1.0, 2.0], &[3.0, 4.0]).unwrap().value, 1.0);
        assert_eq!(earlier(&[1.0, 3.0], &[1.0, 3.0]).unwrap().value, 0.5);
        assert_eq!(earlier(&[], &[1.0]), None);
        assert_eq!(earlier(&[1.0, 1.0], &[1.0]).unwrap(), Estimate { value: 0.5, standard_error: 0.0 });
    }
}
