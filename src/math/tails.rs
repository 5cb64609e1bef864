//! What the incomplete gamma and beta functions share: both tails with the density, and the pieces from
//! which the density is built without cancellation.

use super::elementary::{LN_OF_NOTHING, ln};

/// Both tail probabilities at a point z of a positive variable, and its density on the log scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tails {
    /// Probability of at most z.
    pub(super) lower: f64,
    /// Probability of more than z.
    pub(super) upper: f64,
    /// z times the density at z: the derivative of `lower` with respect to ln z.
    pub(super) log_density: f64,
}

impl Tails {
    /// All mass above the point.
    pub(super) const BELOW_ALL: Tails = Tails { lower: 0.0, upper: 1.0, log_density: 0.0 };
    /// All mass at or below the point.
    pub(super) const ABOVE_ALL: Tails = Tails { lower: 1.0, upper: 0.0, log_density: 0.0 };

    /// From the lower tail; rounding is kept within [0, 1].
    pub(super) fn from_lower(lower: f64, log_density: f64) -> Tails {
        let lower = lower.clamp(0.0, 1.0);
        Tails { lower, upper: 1.0 - lower, log_density }
    }

    /// From the upper tail; rounding is kept within [0, 1].
    pub(super) fn from_upper(upper: f64, log_density: f64) -> Tails {
        let upper = upper.clamp(0.0, 1.0);
        Tails { lower: 1.0 - upper, upper, log_density }
    }

    /// The same mass seen from the other side.
    pub(super) fn swapped(self) -> Tails {
        Tails { lower: self.upper, upper: self.lower, ..self }
    }
}

/// `ln(1 + t) - t` for `t > -1`, without cancellation near 0.
///
/// With r = t / (2 + t), ln(1 + t) = 2 artanh r = 2 (r + r³/3 + r⁵/5 + ..) (DLMF 4.6.4 rearranged), hence
/// ln(1 + t) - t = r (2 r² (1/3 + r²/5 + ..) - t). For -0.4 <= t <= 0.7 is r² <= 0.0675, and 14 terms reach
/// 1e-17; outside, the plain difference loses at most three bits.
pub(super) fn ln_1p_minus(t: f64) -> f64 {
    if !(-0.4..=0.7).contains(&t) {
        return if t > -1.0 { libm::log1p(t) - t } else { LN_OF_NOTHING };
    }
    let r = t / (2.0 + t);
    let square = r * r;
    let mut sum = 0.0;
    for k in (0..14_u32).rev() {
        sum = sum * square + 1.0 / f64::from(2 * k + 3);
    }
    r * (2.0 * square * sum - t)
}

/// `ln(x / centre) - t` where t = (x - centre) / centre is given, as exactly as the caller knows it.
///
/// Never above 0. Times a shape parameter it is the exponent of a gamma or beta density.
pub(super) fn log_excess(x: f64, centre: f64, t: f64) -> f64 {
    if (-0.4..=0.7).contains(&t) {
        return ln_1p_minus(t);
    }
    let ratio = x / centre;
    let log = if (1e-290..1e290).contains(&ratio) { ln(ratio) } else { ln(x) - ln(centre) };
    log - t
}

/// The correction in Stirling's formula, `ln Γ(a) - (a - 1/2) ln a + a - ln(2π) / 2`, for `a > 0`.
///
/// DLMF 5.11.1 with eight terms for `a >= 10` (error below 3e-17 there), the definition below. Absolute error
/// about 1e-15 for shapes from 1e-3 to 10, growing with |ln a| towards 0.
pub(super) fn stirling_correction(a: f64) -> f64 {
    if a < 10.0 {
        return libm::lgamma(a) - (a - 0.5) * ln(a) + a - HALF_LN_TWO_PI;
    }
    let inverse = 1.0 / a;
    super::normal::polynomial(&STIRLING, inverse * inverse) * inverse
}

/// ln(2π) / 2.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// B(2k) / (2k (2k - 1)), k = 1 to 8 (DLMF 5.11.1, Bernoulli numbers of DLMF table 24.2.1).
const STIRLING: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
];
