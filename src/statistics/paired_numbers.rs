//! Means and medians of runs that were made twice, each perhaps of some of the runs only: the runs with one outcome, those in which `given` holds.
//!
//! A number of a run is `None` where the run does not count. The pairs are taken as they are: runs that count both times make a difference sharper, runs that
//! count once are not thrown away.

use super::paired::Estimate;
use super::proportion::NORMAL_975;
use super::quantile::Level;
use crate::math::{normal_quantile, sqrt};

/// Something of the first runs, the same of the second, and the difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberChange {
    /// Of the first runs.
    pub first: f64,
    /// Of the second.
    pub second: f64,
    /// Second less first, with its standard error over repetitions of both.
    pub difference: Estimate,
}

impl NumberChange {
    /// The 95 % interval of the difference, by the normal distribution.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        let half = NORMAL_975 * self.difference.standard_error;
        (self.difference.value - half, self.difference.value + half)
    }
}

/// Fewer runs than this tell no interval of a median.
const LEAST_RUNS: usize = 20;

/// The difference of two means. `None` if no run counts on one of the sides.
///
/// The standard error is that of [`combined_means`]: with everything counted the standard deviation of the differences by sqrt(n).
#[must_use]
pub fn mean_change(first: &[Option<f64>], second: &[Option<f64>]) -> Option<NumberChange> {
    let difference = combined_means(&[(-1.0, first), (1.0, second)])?;
    Some(NumberChange { first: mean(first)?.0, second: mean(second)?.0, difference })
}

/// A weighted sum of the means of the same runs, made several times. `None` if no run counts in one of the samples.
///
/// The standard error is that of the delta method, over all runs: of each the sum of what it adds to the means.
#[must_use]
pub fn combined_means(samples: &[(f64, &[Option<f64>])]) -> Option<Estimate> {
    let mut means = Vec::with_capacity(samples.len());
    for (weight, sample) in samples {
        let (mean, count) = mean(sample)?;
        means.push((*weight, mean, count));
    }
    let n_runs = samples.iter().map(|(_, sample)| sample.len()).min().unwrap_or(0);
    let influence = |run: usize| -> f64 {
        let parts = samples.iter().zip(&means);
        parts
            .map(|((_, sample), (weight, mean, count))| {
                sample[run].map_or(0.0, |value| weight * (value - mean) / count)
            })
            .sum()
    };
    let squares: f64 = (0..n_runs).map(|run| influence(run) * influence(run)).sum();
    let n = n_runs as f64;
    Some(Estimate {
        value: means.iter().map(|(weight, mean, _)| weight * mean).sum(),
        standard_error: if n_runs > 1 { sqrt(squares * n / (n - 1.0)) } else { 0.0 },
    })
}

/// The mean of the runs that count, and how many they are.
fn mean(values: &[Option<f64>]) -> Option<(f64, f64)> {
    let (sum, n) = values.iter().flatten().fold((0.0, 0.0), |(sum, n), value| (sum + value, n + 1.0));
    (n > 0.0).then_some((sum / n, n))
}

/// The difference of two medians (each the smallest value with cumulative share >= 0.5); its standard error is `None` with fewer than 20 runs on a side.
///
/// Bonett and Price (2020), "Interval estimation for linear functions of medians in within-subjects and mixed designs", British Journal of Mathematical and
/// Statistical Psychology 73, 333-346: each median's error from two of its order statistics (Price and Bonett 2001), their covariance from how often both
/// values of a pair lie below their medians; here for pairs of which some count on one side only, and with shares below the medians as they are, so that ties do no
/// harm. Two equal samples have a difference of 0 without error; so has a median that more than half of all runs share.
#[must_use]
pub fn median_change(first: &[Option<f64>], second: &[Option<f64>]) -> Option<(NumberChange, bool)> {
    let (median_1, error_1, n_1) = median(first)?;
    let (median_2, error_2, n_2) = median(second)?;
    let (mut both, mut product) = (0.0_f64, 0.0_f64);
    for (first, second) in first.iter().zip(second) {
        if let (Some(first), Some(second)) = (first, second) {
            let side = |value: f64, median: f64| if value < median { 0.5 } else { -0.5 };
            both += 1.0;
            product += 4.0 * side(*first, median_1) * side(*second, median_2);
        }
    }
    // Correlation of the two medians: that of lying below them, for the runs that count twice.
    let correlation = if both > 0.0 { (product / both).clamp(-1.0, 1.0) * both / sqrt(n_1 * n_2) } else { 0.0 };
    let variance = error_1 * error_1 + error_2 * error_2 - 2.0 * correlation * error_1 * error_2;
    let difference = Estimate { value: median_2 - median_1, standard_error: sqrt(variance.max(0.0)) };
    let enough = n_1.min(n_2) >= LEAST_RUNS as f64;
    Some((NumberChange { first: median_1, second: median_2, difference }, enough))
}

/// Median of the runs that count, its standard error, and how many they are.
fn median(values: &[Option<f64>]) -> Option<(f64, f64, f64)> {
    let mut sorted: Vec<f64> = values.iter().flatten().copied().collect();
    if sorted.is_empty() {
        return None;
    }
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let median = sorted[Level::MEDIAN.rank(n as u64) as usize - 1];
    let rank = ((n as f64 / 2.0 - sqrt(n as f64)).round().max(1.0)) as usize;
    let z = normal_quantile(1.0 - half_below(n, rank - 1));
    let error = if z > 0.0 { (sorted[n - rank] - sorted[rank - 1]) / (2.0 * z) } else { 0.0 };
    Some((median, error, n as f64))
}

/// Probability of at most `k` heads in `n` throws of a coin.
fn half_below(n: usize, k: usize) -> f64 {
    if n > 1000 {
        return crate::math::normal_cdf((2 * k + 1) as f64 / sqrt(n as f64) - sqrt(n as f64));
    }
    let mut term = (0..n).fold(1.0_f64, |product, _| 0.5 * product);
    let mut sum = 0.0;
    for heads in 0..=k {
        sum += term;
        term *= (n - heads) as f64 / (heads + 1) as f64;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers in (0, 1) that look random: a linear congruential generator (Knuth's MMIX), the top 53 bits.
    struct Dice(u64);

    impl Dice {
        fn uniform(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
        }

        fn normal(&mut self) -> f64 {
            normal_quantile(self.uniform())
        }
    }

    fn all(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn a_mean_of_pairs_is_that_of_the_differences() {
        let change = mean_change(&all(&[1.0, 2.0, 3.0, 6.0]), &all(&[2.0, 2.0, 5.0, 5.0])).unwrap();
        // Differences 1, 0, 2, -1: mean 0.5, variance 5/3.
        assert_eq!((change.first, change.second, change.difference.value), (3.0, 3.5, 0.5));
        assert!((change.difference.standard_error - (5.0_f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        assert!(mean_change(&[None], &all(&[1.0])).is_none());
        let share = mean_change(&[Some(1.0), Some(0.0), None, None], &[None, None, Some(1.0), Some(1.0)]).unwrap();
        assert_eq!(share.difference.value, 0.5);
        assert!(share.difference.standard_error > 0.3);
    }

    #[test]
    fn equal_samples_do_not_differ() {
        let values: Vec<Option<f64>> = (0..100).map(|value| Some(f64::from(value % 7))).collect();
        let (change, enough) = median_change(&values, &values).unwrap();
        assert!(enough);
        assert_eq!((change.first, change.difference), (3.0, Estimate::default()));
        assert!(!median_change(&values[..10], &values[..10]).unwrap().1);
        assert!(median_change(&[None; 3], &values).is_none());
    }

    #[test]
    fn coins() {
        assert!((half_below(4, 1) - 5.0 / 16.0).abs() < 1e-15);
        assert!((half_below(1000, 480) - half_below(1001, 480)).abs() < 0.01);
    }

    /// How often intervals of two kinds hold the truth.
    fn coverage(correlation: f64, counted: f64, shift: f64) -> (f64, f64) {
        let mut dice = Dice(7);
        let (mut medians, mut means) = (0, 0);
        const SAMPLES: u32 = 1000;
        for _ in 0..SAMPLES {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            for _ in 0..200 {
                let common = dice.normal();
                let mut number = |shift: f64| {
                    let own = correlation.sqrt() * common + (1.0 - correlation).sqrt() * dice.normal() + shift;
                    // Skewed; counted or not whatever it is.
                    let value = own + 0.3 * own * own * own;
                    (dice.uniform() < counted).then_some(value)
                };
                first.push(number(0.0));
                second.push(number(shift));
            }
            let holds = |change: NumberChange, truth: f64| {
                let (low, high) = change.interval();
                u32::from((low..=high).contains(&truth))
            };
            medians += holds(median_change(&first, &second).unwrap().0, shift + 0.3 * shift * shift * shift);
            // E(x + shift)³ = shift³ + 3 shift.
            means += holds(mean_change(&first, &second).unwrap(), shift + 0.3 * (shift * shift * shift + 3.0 * shift));
        }
        (f64::from(medians) / f64::from(SAMPLES), f64::from(means) / f64::from(SAMPLES))
    }

    #[test]
    fn intervals_cover() {
        for (correlation, counted, shift) in [(0.0, 1.0, 0.0), (0.8, 1.0, 0.2), (0.95, 1.0, 0.0), (0.7, 0.6, 0.1)] {
            let (medians, means) = coverage(correlation, counted, shift);
            assert!((0.925..0.985).contains(&medians), "medians, {correlation} {counted}: {medians}");
            assert!((0.925..0.975).contains(&means), "means, {correlation} {counted}: {means}");
        }
    }
}
