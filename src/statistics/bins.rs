//! Which values are counted together.

/// Smallest and largest exponent that logarithmic bins tell apart.
const LEAST_EXPONENT: i32 = -64;
const END_EXPONENT: i32 = 64;
/// Bins in each doubling: 2^5, so that a bin is at most 1/32 of its values wide.
const SUBDIVISION_BITS: u32 = 5;
/// Bins of one sign: those of the exponents told apart, one for what is smaller and one for what is larger.
const BINS_OF_A_SIGN: u32 = (((END_EXPONENT - LEAST_EXPONENT) as u32) << SUBDIVISION_BITS) + 2;

/// A partition of the numbers into bins that depends on nothing seen; so counts merge exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bins {
    /// `n` equal bins over [low, high], one bin for what is below and one for what is above. `high` itself is in the last bin.
    Linear {
        /// Lower end of the range.
        low: f64,
        /// Upper end of the range.
        high: f64,
        /// How many bins.
        n: u32,
    },
    /// Bins whose width is at most 1/32 of the values in them, for measures whose range nobody knows: 32 for each doubling from 2^-64 to 2^64, for
    /// both signs; 0 has its own, and what is smaller or larger in size has one for each sign.
    Logarithmic,
}

impl Bins {
    /// Equal bins over a range, or logarithmic ones where there is none, or it is empty or not finite.
    #[must_use]
    pub fn for_range(range: Option<(f64, f64)>, n: u32) -> Self {
        match range {
            Some((low, high)) if high > low && (high - low).is_finite() => Self::Linear { low, high, n: n.max(1) },
            _ => Self::Logarithmic,
        }
    }

    /// Number of bins, those for outliers included.
    #[must_use]
    pub fn n_bins(&self) -> u32 {
        match *self {
            Self::Linear { n, .. } => n + 2,
            Self::Logarithmic => 2 * BINS_OF_A_SIGN + 1,
        }
    }

    /// The bin of a value, below [`Bins::n_bins`]; a greater value is never in a lesser bin. NaN falls where 0 or the lowest value does.
    #[must_use]
    pub fn bin(&self, value: f64) -> u32 {
        self.bin_scaled(value, self.scale())
    }

    /// Bins per unit of a linear scale; 0 for a logarithmic one.
    pub(super) fn scale(&self) -> f64 {
        match *self {
            Self::Linear { low, high, n } => f64::from(n) / (high - low),
            Self::Logarithmic => 0.0,
        }
    }

    /// The bin, given [`Bins::scale`]: a division costs as much as all the rest.
    #[inline]
    pub(super) fn bin_scaled(&self, value: f64, scale: f64) -> u32 {
        match *self {
            Self::Linear { low, high, n } => {
                if value > high {
                    n + 1
                } else if value >= low {
                    // Conversion to whole numbers cuts and saturates.
                    1 + (((value - low) * scale) as u32).min(n - 1)
                } else {
                    0
                }
            }
            Self::Logarithmic => {
                let centre = BINS_OF_A_SIGN;
                // Exponent and leading bits of the mantissa, as one number that grows with the value's size.
                let size = (value.abs().to_bits() >> (52 - SUBDIVISION_BITS)) as i64;
                let first = i64::from(1023 + LEAST_EXPONENT) << SUBDIVISION_BITS;
                // At most BINS_OF_A_SIGN, at least 1.
                let distance = (size - first + 2).clamp(1, i64::from(BINS_OF_A_SIGN)) as u32;
                if value > 0.0 {
                    centre + distance
                } else if value < 0.0 {
                    centre - distance
                } else {
                    centre
                }
            }
        }
    }

    /// Is this the bin for what lies below the range?
    #[must_use]
    pub fn is_under(&self, bin: u32) -> bool {
        matches!(self, Self::Linear { .. }) && bin == 0
    }

    /// Is this the bin for what lies above the range?
    #[must_use]
    pub fn is_over(&self, bin: u32) -> bool {
        matches!(self, Self::Linear { n, .. } if bin == n + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_a_range() {
        let bins = Bins::for_range(Some((-1.0, 1.0)), 4);
        let found: Vec<u32> =
            [-1.5, -1.0, -0.6, -0.5, 0.0, 0.9, 1.0, 1.1].iter().map(|&value| bins.bin(value)).collect();
        assert_eq!(found, [0, 1, 1, 2, 3, 4, 4, 5]);
        assert!(bins.is_under(0) && bins.is_over(5) && !bins.is_over(4));
    }

    #[test]
    fn without_a_finite_range_bins_are_logarithmic() {
        assert_eq!(Bins::for_range(Some((f64::MIN, f64::MAX)), 8), Bins::Logarithmic);
        assert_eq!(Bins::for_range(Some((1.0, 1.0)), 8), Bins::Logarithmic);
        assert_eq!(Bins::for_range(None, 8), Bins::Logarithmic);
    }

    #[test]
    fn logarithmic_bins_are_ordered_and_narrow() {
        let bins = Bins::Logarithmic;
        let mut before = 0;
        for value in
            [f64::MIN, -1e30, -3.0, -1e-3, -1e-30, 0.0, 5e-324, 1e-30, 1e-19, 1.0, 1.04, 2.0, 1e19, 1e30, f64::MAX]
        {
            let bin = bins.bin(value);
            assert!(bin >= before && bin < bins.n_bins(), "{value}");
            before = bin;
        }
        assert_eq!(bins.bin(1.0), bins.bin(1.03));
        assert_ne!(bins.bin(1.0), bins.bin(1.04));
        assert_eq!(bins.bin(f64::MAX), bins.n_bins() - 1);
        assert_eq!(bins.bin(f64::MIN), 0);
        assert_eq!(bins.bin(-0.0), bins.bin(0.0));
    }
}
