//! Intervals of quantiles that suppose nothing of the distribution.

use crate::math::regularized_beta;

/// Ranks, from 1, of the sorted sample between which a quantile lies; `None` where the sample is too small to bound that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankInterval {
    /// Rank of the lower end.
    pub low: Option<u64>,
    /// Rank of the upper end.
    pub high: Option<u64>,
}

/// The 95 % interval of the quantile at `level` (0 to 1) of a sample of `n`, as ranks of its sorted values, each side with at most 2.5 %.
///
/// The number of values at or below the quantile is binomial, whatever the distribution: Conover (1999), "Practical Nonparametric Statistics", section 3.2;
/// Hahn and Meeker (1991), "Statistical Intervals", section 5.2. Where values are tied (as days are) the interval covers at least as often.
#[must_use]
pub fn quantile_ranks(n: u64, level: f64) -> RankInterval {
    let level = if level.is_nan() { 0.5 } else { level.clamp(0.0, 1.0) };
    // P(X <= k), X binomial with n trials: I_{1-p}(n - k, k + 1) (DLMF 8.17.5).
    let at_most = |k: u64| if k >= n { 1.0 } else { regularized_beta(1.0 - level, (n - k) as f64, k as f64 + 1.0) };
    // The least k with P(X <= k) above the tail: P(X <= k - 1) is not, so the value of rank k is a lower end.
    let first_above = |tail: f64| {
        let (mut low, mut high) = (0, n);
        while low < high {
            let middle = low + (high - low) / 2;
            if at_most(middle) > tail { high = middle } else { low = middle + 1 }
        }
        low
    };
    let (low, high) = (first_above(0.025), first_above(0.975 - f64::EPSILON) + 1);
    RankInterval { low: (low > 0).then_some(low), high: (high <= n).then_some(high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_as_tables_have_it() {
        // Conover, table A3; Gibbons and Chakraborti, table G: n, ranks of the 95 % interval of the median.
        for (n, low, high) in [(6, 1, 6), (8, 1, 8), (9, 2, 8), (20, 6, 15), (25, 8, 18)] {
            assert_eq!(quantile_ranks(n, 0.5), RankInterval { low: Some(low), high: Some(high) }, "n = {n}");
        }
        assert_eq!(quantile_ranks(5, 0.5), RankInterval { low: None, high: None });
        assert_eq!(quantile_ranks(0, 0.5), RankInterval { low: None, high: None });
        assert_eq!(quantile_ranks(100, 0.01).low, None);
    }
}
