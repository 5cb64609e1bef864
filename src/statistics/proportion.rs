//! Probabilities estimated from counts of runs: Wilson's interval, the Monte Carlo standard error, how many runs are enough.

/// Quantile of the standard normal distribution at 0.975: two-sided 95 % intervals.
pub const NORMAL_975: f64 = 1.959_963_984_540_054;

/// A 95 % interval; both ends in [0, 1].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Full width, `high - low`.
    #[must_use]
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Do two closed intervals have a point in common?
    #[must_use]
    pub fn overlaps(self, low: f64, high: f64) -> bool {
        self.low <= high && low <= self.high
    }
}

/// The share `hits / n_runs`; `None` for an empty sample (an empty cell, never 0).
#[must_use]
pub fn share(hits: u64, n_runs: u64) -> Option<f64> {
    (n_runs > 0).then(|| hits as f64 / n_runs as f64)
}

/// Wilson score interval for a binomial proportion at 95 %, without continuity correction.
///
/// Centre and half-width as in Wilson (1927), "Probable inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22(158), 209-212; recommended for every n by Brown, Cai and DasGupta (2001), Statistical Science
/// 16(2), 101-133. `hits` and `n_runs` are counts; `hits` above `n_runs` count as `n_runs`. `None` for an empty sample.
/// With no hit the lower end is exactly 0, with hits only the upper end is exactly 1.
/// Not a prediction interval: it covers Monte Carlo error only, not doubt about the model.
#[must_use]
pub fn wilson(hits: u64, n_runs: u64) -> Option<Interval> {
    if n_runs == 0 {
        return None;
    }
    let hits = hits.min(n_runs);
    let n = n_runs as f64;
    let squared = NORMAL_975 * NORMAL_975;
    let misses = (n_runs - hits) as f64;
    let hits_number = hits as f64;
    let centre = (hits_number + squared / 2.0) / (n + squared);
    let half = NORMAL_975 / (n + squared) * (hits_number * misses / n + squared / 4.0).sqrt();
    let low = if hits == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if hits == n_runs { 1.0 } else { (centre + half).min(1.0) };
    Some(Interval { low, high })
}

/// Monte Carlo standard error of a probability: `sqrt(p (1 - p) / n)`, p the share of hits.
///
/// Standard deviation of a binomial share with p replaced by its estimate; `None` for an empty sample. It is 0 when all runs agree: then
/// only [`wilson`] (or [`rule_of_three`]) says how much is known.
#[must_use]
pub fn standard_error(hits: u64, n_runs: u64) -> Option<f64> {
    let probability = share(hits.min(n_runs), n_runs)?;
    Some((probability * (1.0 - probability) / n_runs as f64).sqrt())
}

/// What "0 of N" tells: the upper end of a one-sided 95 % interval is about 3/N, since (1 - 3/N)^N is about exp(-3) = 0.0498.
///
/// Hanley and Lippman-Hand (1983), "If nothing goes wrong, is everything all right?", JAMA 249(13), 1743-1745. `None` without runs.
#[must_use]
pub fn rule_of_three(n_runs: u64) -> Option<f64> {
    (n_runs > 0).then(|| (3.0 / n_runs as f64).min(1.0))
}

/// The words for an event that no run showed: `below 3/N`, N with all its digits.
#[must_use]
pub fn rule_of_three_text(n_runs: u64) -> String {
    format!("below 3/{n_runs}")
}

/// Full width of Wilson's interval if the share were `probability` among `n_runs` (not necessarily a whole number of hits).
#[must_use]
pub fn expected_width(probability: f64, n_runs: u64) -> f64 {
    let n = n_runs as f64;
    let squared = NORMAL_975 * NORMAL_975;
    let spread = probability.clamp(0.0, 1.0) * (1.0 - probability.clamp(0.0, 1.0));
    2.0 * NORMAL_975 / (n + squared) * (spread * n + squared / 4.0).sqrt()
}

/// The least number of runs with which the interval of an outcome of this probability is at most `precision` wide (full width).
///
/// Inverts [`expected_width`], which falls steadily with n. `probability` usually comes from a pilot. `None` when no number below 2^53
/// is enough, in particular for a `precision` that is not above 0.
#[must_use]
pub fn runs_needed(probability: f64, precision: f64) -> Option<u64> {
    let enough = |n: u64| expected_width(probability, n) <= precision;
    let mut too_many = 1_u64 << 53;
    if probability.is_nan() || !enough(too_many) {
        return None;
    }
    let mut too_few = 0_u64;
    while too_many - too_few > 1 {
        let middle = too_few + (too_many - too_few) / 2;
        if enough(middle) {
            too_many = middle;
        } else {
            too_few = middle;
        }
    }
    Some(too_many)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(actual: f64, expected: f64, tolerance: f64) {
        assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
    }

    #[test]
    fn wilson_as_newcombe_published_it() {
        // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score, without continuity correction).
        for (hits, n_runs, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let interval = wilson(hits, n_runs).unwrap();
            close(interval.low, low, 5e-5);
            close(interval.high, high, 5e-5);
        }
    }

    #[test]
    fn no_hit_and_hits_only_end_exactly() {
        assert_eq!(wilson(0, 10).unwrap().low, 0.0);
        assert_eq!(wilson(10, 10).unwrap().high, 1.0);
        assert!(wilson(0, 0).is_none() && standard_error(0, 0).is_none() && rule_of_three(0).is_none());
    }

    #[test]
    fn standard_error_of_a_coin() {
        close(standard_error(50, 100).unwrap(), 0.05, 1e-15);
        assert_eq!(standard_error(0, 100), Some(0.0));
        assert_eq!(rule_of_three_text(200_000), "below 3/200000");
    }

    #[test]
    fn runs_needed_is_the_least() {
        for probability in [0.0, 0.001, 0.3, 0.5, 1.0] {
            for precision in [0.5, 0.1, 0.01, 0.001] {
                let n = runs_needed(probability, precision).unwrap();
                assert!(expected_width(probability, n) <= precision);
                assert!(n == 1 || expected_width(probability, n - 1) > precision);
            }
        }
        assert_eq!(runs_needed(0.5, 0.0), None);
        assert_eq!(runs_needed(f64::NAN, 0.1), None);
    }

    #[test]
    fn width_of_whole_hits_is_that_of_wilson() {
        let interval = wilson(15, 148).unwrap();
        close(expected_width(15.0 / 148.0, 148), interval.width(), 1e-15);
    }
}
