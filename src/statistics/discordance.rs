//! Two shares of the same runs, made twice: the interval of their difference, whether there is one, and how many runs would show it.
//!
//! Only runs in which the answer differs (discordant pairs) tell anything of a difference. [`PairedChange`] counts them.

use super::paired::PairedChange;
use super::proportion::NORMAL_975;
use crate::math::{normal_cdf, sqrt};

/// An interval of a difference of shares: both ends in [-1, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceInterval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Up to so many discordant pairs the probability is that of the binomial distribution, beyond it that of the normal one. 2^-1000 is a double.
const EXACT_PAIRS: u64 = 1000;
/// Halvings of an interval of width 2: to the last bit.
const HALVINGS: usize = 60;

impl PairedChange {
    /// Score interval of the change of a share between paired runs, at the level that belongs to `z` ([`NORMAL_975`]: 95 %).
    ///
    /// Tango (1998), "Equivalence test and confidence interval for the difference in proportions for the paired-sample design", Statistics in
    /// Medicine 17, 891-908: all differences that his score test does not reject, found by halving. Recommended for paired shares by Fagerland,
    /// Lydersen and Laake (2014), Statistics in Medicine 33, 2850-2875, and well-behaved where few pairs differ: without any it is ± z² / (n + z²),
    /// which reads like "0 of N". `None` without runs.
    #[must_use]
    pub fn interval_at(self, z: f64) -> Option<DifferenceInterval> {
        if self.runs == 0 {
            return None;
        }
        let seen = self.change();
        // The score falls with the difference: it is z at the lower end and -z at the upper one.
        let end = |mut inside: f64, mut outside: f64| {
            for _ in 0..HALVINGS {
                let middle = 0.5 * (inside + outside);
                if self.score(middle).abs() <= z { inside = middle } else { outside = middle }
            }
            inside
        };
        Some(DifferenceInterval { low: end(seen, -1.0), high: end(seen, 1.0) })
    }

    /// The 95 % interval of the change: [`PairedChange::interval_at`].
    #[must_use]
    pub fn interval(self) -> Option<DifferenceInterval> {
        self.interval_at(NORMAL_975)
    }

    /// Tango's score for a true difference: about standard normal if it is that.
    fn score(self, difference: f64) -> f64 {
        let n = self.runs as f64;
        let (gained, lost) = (self.gained as f64, self.lost as f64);
        let above = gained - lost - n * difference;
        // Most likely share of lost pairs under this difference: the greater root of A q² + B q + C.
        let b = -gained - lost + (2.0 * n - gained + lost) * difference;
        let c = -lost * difference * (1.0 - difference);
        let lost_share = (sqrt((b * b - 8.0 * n * c).max(0.0)) - b) / (4.0 * n);
        let variance = n * (2.0 * lost_share + difference * (1.0 - difference));
        if above == 0.0 {
            0.0
        } else if variance > 0.0 {
            above / sqrt(variance)
        } else {
            above.signum() * f64::MAX
        }
    }

    /// Two-sided probability of a change at least as large where nothing changes: McNemar's test, by the binomial distribution with mid-p for up to
    /// 1,000 discordant pairs (Fagerland, Lydersen and Laake 2013, BMC Medical Research Methodology 13:91), by the normal one beyond. 1 if no pair differs.
    #[must_use]
    pub fn p_value(self) -> f64 {
        let differ = self.gained + self.lost;
        if differ > EXACT_PAIRS {
            return (2.0 * normal_cdf(-self.z().abs())).min(1.0);
        }
        let fewer = self.gained.min(self.lost);
        // Terms of the binomial distribution with a half, from 0 upwards.
        let mut term = (0..differ).fold(1.0_f64, |product, _| 0.5 * product);
        let mut below = 0.0;
        for k in 0..fewer {
            below += term;
            term *= (differ - k) as f64 / (k + 1) as f64;
        }
        (2.0 * below + term).min(1.0)
    }

    /// Paired runs with which McNemar's test at 5 % shows a change as large as the one seen with a probability of 80 %, if the shares of discordant pairs are
    /// those seen: (1.960 sqrt(p) + 0.842 sqrt(p - d²))² / d², p the share of discordant pairs and d the difference (Connor 1987, "Sample size for testing
    /// differences in proportions for the paired-sample design", Biometrics 43, 207-211). `None` where no difference is seen.
    #[must_use]
    pub fn runs_to_tell_apart(self) -> Option<u64> {
        let d = self.change();
        if self.runs == 0 || d == 0.0 {
            return None;
        }
        let p = (self.gained + self.lost) as f64 / self.runs as f64;
        let root = NORMAL_975 * sqrt(p) + NORMAL_800 * sqrt((p - d * d).max(0.0));
        // Few runs that all agree would make it less than the runs it takes to reject at all.
        Some(((root / d) * (root / d)).ceil().max(4.0) as u64)
    }
}

/// Quantile of the standard normal distribution at 0.8: a power of 80 %.
const NORMAL_800: f64 = 0.841_621_233_572_914_2;

/// Probabilities of several tests, adjusted so that a common threshold keeps the chance of even one false alarm (Holm 1979, "A simple sequentially
/// rejective multiple test procedure", Scandinavian Journal of Statistics 6, 65-70): in ascending order the k-th of m times m - k + 1, never less than the one before, at most 1.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least = 0.0_f64;
    for (place, index) in order.into_iter().enumerate() {
        least = least.max(((p_values.len() - place) as f64 * p_values[index]).min(1.0));
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
    }

    #[test]
    fn airways_as_published() {
        // Airway hyper-responsiveness before and after stem cell transplantation (Bentur et al. 2009), in Fagerland, Lydersen and Laake 2014, tables II and VII:
        // 1 and 7 discordant pairs of 21; Tango's interval -0.517 to -0.026, mid-p 0.039.
        let change = PairedChange { runs: 21, gained: 1, lost: 7 };
        let interval = change.interval().unwrap();
        close(interval.low, -0.517, 5e-4);
        close(interval.high, -0.026, 5e-4);
        close(change.p_value(), 0.0391, 5e-5);
        let turned = PairedChange { runs: 21, gained: 7, lost: 1 }.interval().unwrap();
        close(turned.low, -interval.high, 1e-12);
        close(turned.high, -interval.low, 1e-12);
    }

    #[test]
    fn no_difference_reads_like_none_of_n() {
        let interval = PairedChange { runs: 100, gained: 0, lost: 0 }.interval().unwrap();
        let squared = NORMAL_975 * NORMAL_975;
        close(interval.high, squared / (100.0 + squared), 1e-12);
        close(interval.low, -interval.high, 1e-12);
        assert_eq!(PairedChange { runs: 100, gained: 0, lost: 0 }.p_value(), 1.0);
        assert_eq!(PairedChange { runs: 9, gained: 2, lost: 2 }.p_value(), 1.0);
        assert!(PairedChange::default().interval().is_none());
        // All of n: from (n - z²) / (n + z²) to 1.
        let all = PairedChange { runs: 5, gained: 5, lost: 0 }.interval().unwrap();
        close(all.low, (5.0 - squared) / (5.0 + squared), 1e-12);
        assert_eq!(all.high, 1.0);
    }

    #[test]
    fn interval_and_test_agree() {
        for (gained, lost) in [(3, 0), (6, 0), (10, 2), (30, 14), (1200, 1000), (5000, 4700), (4, 4)] {
            let change = PairedChange { runs: 20_000, gained, lost };
            let interval = change.interval().unwrap();
            let excludes = interval.low > 0.0 || interval.high < 0.0;
            assert_eq!(excludes, change.z().abs() > NORMAL_975, "{change:?} {interval:?}");
            assert!(interval.low <= change.change() && change.change() <= interval.high);
        }
        // The binomial and the normal distribution meet.
        let (last, next) =
            (PairedChange { runs: 9000, gained: 540, lost: 460 }, PairedChange { runs: 9000, gained: 541, lost: 460 });
        close(last.p_value(), 2.0 * normal_cdf(-last.z()), 5e-4);
        assert!(next.p_value() < last.p_value());
    }

    #[test]
    fn sixteen_in_a_hundred() {
        // Connor's formula by hand: p = 0.3, d = 0.1: (1.95996 * 0.547723 + 0.841621 * sqrt(0.29))² / 0.01 = 233.06.
        assert_eq!(PairedChange { runs: 100, gained: 20, lost: 10 }.runs_to_tell_apart(), Some(234));
        assert_eq!(PairedChange { runs: 100, gained: 10, lost: 10 }.runs_to_tell_apart(), None);
        assert_eq!(PairedChange { runs: 100, gained: 100, lost: 0 }.runs_to_tell_apart(), Some(4));
    }

    /// Share of samples whose interval holds the true difference, added up over all samples that are likely enough to count.
    fn coverage(n: u64, gain: f64, loss: f64) -> f64 {
        // Probabilities of numbers of gained and lost pairs: binomial in turn.
        let binomial = |n: u64, p: f64, most: u64| -> Vec<f64> {
            let mut term = (0..n).fold(1.0, |product, _| product * (1.0 - p));
            let mut terms = Vec::new();
            for k in 0..=most.min(n) {
                terms.push(term);
                term *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
            }
            terms
        };
        let most = |p: f64| (n as f64 * p + 6.0 * (n as f64 * p).sqrt() + 8.0) as u64;
        let mut covered = 0.0;
        for (gained, likely) in binomial(n, gain, most(gain)).into_iter().enumerate() {
            let rest = n - gained as u64;
            for (lost, also) in binomial(rest, loss / (1.0 - gain), most(loss)).into_iter().enumerate() {
                if likely * also < 1e-9 {
                    continue;
                }
                let change = PairedChange { runs: n, gained: gained as u64, lost: lost as u64 };
                let interval = change.interval().unwrap();
                if (interval.low..=interval.high).contains(&(gain - loss)) {
                    covered += likely * also;
                }
            }
        }
        covered
    }

    #[test]
    fn intervals_cover_where_few_pairs_differ() {
        let mut mean = 0.0;
        let cases = [
            (1000, 0.0005, 0.0002),
            (1000, 0.001, 0.001),
            (1000, 0.004, 0.001),
            (1000, 0.01, 0.002),
            (1000, 0.02, 0.02),
            (200, 0.01, 0.0025),
            (200, 0.05, 0.01),
            (200, 0.2, 0.1),
        ];
        for (n, gain, loss) in cases {
            let covered = coverage(n, gain, loss);
            assert!((0.92..0.9999).contains(&covered), "{n} {gain} {loss}: {covered}");
            mean += covered / cases.len() as f64;
        }
        assert!((0.945..0.975).contains(&mean), "{mean}");
    }

    #[test]
    fn holm_as_r_has_it() {
        // R: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") and with ties and a certain one.
        let adjusted = holm(&[0.01, 0.02, 0.03, 0.04, 0.05]);
        for (actual, expected) in adjusted.iter().zip([0.05, 0.08, 0.09, 0.09, 0.09]) {
            close(*actual, expected, 1e-12);
        }
        assert_eq!(holm(&[0.5, 0.04, 1.0]), [1.0, 0.12, 1.0]);
        assert!(holm(&[]).is_empty());
    }
}
