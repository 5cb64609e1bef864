//! The gamma function and the regularised incomplete gamma functions P and Q.

use super::arithmetic::finite;
use super::elementary::{exp, ln, sqrt};
use super::gamma_uniform::{SMALLEST_SHAPE, uniform_expansion};
use super::normal::normal_quantile;
use super::solve::{Target, solve_tail};
use super::tails::{Tails, log_excess, stirling_correction};

/// Gamma function Γ(x) (DLMF 5.2.1); overflow (x > 171.6) stays at [`f64::MAX`].
#[must_use]
pub fn gamma(x: f64) -> f64 {
    finite(libm::tgamma(x))
}

/// Logarithm of |Γ(x)|; [`f64::MAX`] at the poles 0, -1, -2, ...
#[must_use]
pub fn log_gamma(x: f64) -> f64 {
    finite(libm::lgamma(x))
}

/// Regularised lower incomplete gamma function P(a, x) = γ(a, x) / Γ(a) (DLMF 8.2.4), in [0, 1]: the distribution
/// function at `x` of a gamma variable of shape `a` and scale 1.
///
/// For shapes of 40 and more near the mean, Temme's uniform expansion; else the power series (DLMF 8.7.1) below a + 1
/// and the continued fraction (DLMF 8.9.2) above. Relative error below 1e-12 for shapes from 1e-3 to 1e6 wherever the
/// value exceeds 1e-30. `x <= 0` gives 0; `a <= 0` is read as the limit, all mass at 0.
#[must_use]
pub fn regularized_gamma_p(a: f64, x: f64) -> f64 {
    gamma_tails(a, x).lower
}

/// Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), without cancellation for `x > a`.
#[must_use]
pub fn regularized_gamma_q(a: f64, x: f64) -> f64 {
    gamma_tails(a, x).upper
}

/// The x at which P(a, x) = p. 0 for `p <= 0`, [`f64::MAX`] for `p >= 1`.
///
/// Newton's method on the logarithm of the smaller tail within a bracket, from the cube-root normal approximation
/// (Wilson and Hilferty 1931, PNAS 17, 684-688) or, for small shapes and far lower tails, from the power law
/// x^a / Γ(a + 1). Relative error about 1e-13 divided by how strongly P moves with ln x. An x below the smallest normal double
/// (small shapes) is 0.
#[must_use]
pub fn inverse_regularized_gamma_p(a: f64, p: f64) -> f64 {
    if !(p > 0.0 && a > 0.0) {
        return 0.0;
    }
    if p >= 1.0 {
        return f64::MAX;
    }
    let start = starting_point(a, p);
    // Below, the power law is exact to the last bit: its next factor is 1 - a x / (a + 1).
    if start < 1e-20 && a < 1.0 && p < 0.999 {
        return if start < f64::MIN_POSITIVE { 0.0 } else { start };
    }
    solve_tail(Target::at(p), start, 1e305, |x| gamma_tails(a, x))
}

/// First approximation of the inverse.
fn starting_point(a: f64, p: f64) -> f64 {
    let power_law = exp((ln(p) + log_gamma(a + 1.0)) / a);
    if a < 1.0 {
        // Where the power law ends and the exponential tail begins: P(a, 1) is about this.
        let at_one = 1.0 - a * (0.253 + a * 0.12);
        return if p < at_one { power_law } else { 1.0 - ln((1.0 - p) / (1.0 - at_one)) };
    }
    let root = 1.0 - 1.0 / (9.0 * a) + normal_quantile(p) / (3.0 * sqrt(a));
    if root > 0.3 { a * root * root * root } else { power_law }
}

/// Both tails of the gamma distribution of shape `a` and scale 1 at `x`.
pub(super) fn gamma_tails(a: f64, x: f64) -> Tails {
    if x <= 0.0 || x.is_nan() {
        return Tails::BELOW_ALL;
    }
    let t = (x - a) / a;
    if !(a > 0.0 && t < 1e300) {
        return Tails::ABOVE_ALL;
    }
    let exponent = log_excess(x, a, t);
    // x^a e^-x / Γ(a), by Stirling's formula with its correction.
    let log_density = sqrt(a / std::f64::consts::TAU) * exp(a * exponent - stirling_correction(a));
    if a >= SMALLEST_SHAPE
        && let Some(tails) = uniform_expansion(a, t, exponent, log_density)
    {
        return tails;
    }
    if x < a + 1.0 {
        Tails::from_lower(log_density / a * power_series(a, x), log_density)
    } else {
        Tails::from_upper(log_density * continued_fraction(a, x), log_density)
    }
}

/// Sum of x^n / ((a + 1) .. (a + n)), n from 0 (DLMF 8.7.1), for `x < a + 1`.
fn power_series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    let mut n = a;
    for _ in 0..2000 {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    sum
}

/// `Γ(a, x) e^x x^-a` as a continued fraction (DLMF 8.9.2, even part), for `x >= a + 1`, by the modified
/// method of Lentz (Thompson and Barnett 1986, J. Comput. Phys. 64, 490-509).
fn continued_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut denominator = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / denominator;
    let mut value = d;
    for n in 1..2000_u32 {
        let n = f64::from(n);
        let numerator = -n * (n - a);
        denominator += 2.0;
        d = numerator * d + denominator;
        if d.abs() < TINY {
            d = TINY;
        }
        c = denominator + numerator / c;
        if c.abs() < TINY {
            c = TINY;
        }
        d = 1.0 / d;
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() <= 2e-16 {
            break;
        }
    }
    value
}
