//! Elementary functions, total and portable: the `libm` crate (a Rust port of FreeBSD's and musl's
//! mathematical library, errors below 1 unit in the last place) inside the totals of the language.

use super::arithmetic::{add, divide, finite, multiply};

/// What [`ln`] gives for 0 and below: `ln` of the smallest positive double is -744.44.
pub const LN_OF_NOTHING: f64 = -745.0;

/// `e ^ x`; overflow (x > 709.78) stays at [`f64::MAX`], underflow is 0.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    finite(libm::exp(x))
}

/// Natural logarithm; -745 for `x <= 0`.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    if x > 0.0 { finite(libm::log(x)) } else { LN_OF_NOTHING }
}

/// Square root; 0 for `x < 0`. Exact to the last bit (IEEE 754 demands it).
#[inline]
#[must_use]
pub fn sqrt(x: f64) -> f64 {
    if x > 0.0 { finite(x.sqrt()) } else { 0.0 }
}

/// `1 / (1 + exp(-x))`, in [0, 1], operation by operation as written.
#[inline]
#[must_use]
pub fn logistic(x: f64) -> f64 {
    divide(1.0, add(1.0, exp(-x)))
}

/// `x ^ y`: `exp(y * ln x)` for `x > 0`; `0 ^ 0` is 1; otherwise 0 (no roots of negative numbers).
///
/// For exponents written as bare whole numbers the language uses [`super::integer_power`] instead.
#[inline]
#[must_use]
pub fn power(x: f64, y: f64) -> f64 {
    if x > 0.0 {
        exp(multiply(y, ln(x)))
    } else if x == 0.0 && y == 0.0 {
        1.0
    } else {
        0.0
    }
}

/// `e ^ x - 1` without loss near 0; overflow stays at [`f64::MAX`].
#[inline]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    finite(libm::expm1(x))
}

/// `ln(1 + x)` without loss near 0; -745 for `x <= -1`.
#[inline]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    if x > -1.0 { finite(libm::log1p(x)) } else { LN_OF_NOTHING }
}
