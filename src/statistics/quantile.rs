//! The level of a quantile, as an exact fraction.

/// A share of a sample, kept as a fraction so that ranks are exact whole numbers.
///
/// The quantile of a sample at a level is here always **the smallest value with cumulative share >= level** (type 1 of Hyndman and Fan
/// 1996, "Sample quantiles in statistical packages", The American Statistician 50(4), 361-365; the inverse of the empirical
/// distribution). It is a value that occurs: nothing is interpolated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    numerator: u32,
    denominator: u32,
}

impl Level {
    /// The median.
    pub const MEDIAN: Self = Self::percent(50);

    /// A level in per cent; above 100 counts as 100.
    #[must_use]
    pub const fn percent(percent: u32) -> Self {
        Self { numerator: if percent > 100 { 100 } else { percent }, denominator: 100 }
    }

    /// A level in thousandths; above 1000 counts as 1000.
    #[must_use]
    pub const fn per_mille(per_mille: u32) -> Self {
        Self { numerator: if per_mille > 1000 { 1000 } else { per_mille }, denominator: 1000 }
    }

    /// Rank, from 1, of the quantile among `n` sorted values: the smallest whole k >= 1 with k / n >= level. 0 for an empty sample.
    #[must_use]
    pub fn rank(self, n: u64) -> u64 {
        let product = u128::from(n) * u128::from(self.numerator);
        // At most n, because the level is at most 1.
        (product.div_ceil(u128::from(self.denominator)) as u64).max(1).min(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_is_the_smallest_with_enough_share() {
        assert_eq!(Level::percent(5).rank(20), 1);
        assert_eq!(Level::percent(5).rank(21), 2);
        assert_eq!(Level::percent(5).rank(100), 5);
        assert_eq!(Level::MEDIAN.rank(1), 1);
        assert_eq!(Level::MEDIAN.rank(4), 2);
        assert_eq!(Level::MEDIAN.rank(5), 3);
        assert_eq!(Level::percent(0).rank(7), 1);
        assert_eq!(Level::percent(100).rank(7), 7);
        assert_eq!(Level::per_mille(25).rank(1000), 25);
        assert_eq!(Level::MEDIAN.rank(0), 0);
    }
}
