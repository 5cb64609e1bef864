//! Arithmetic without NaN and infinity (LANGUAGE, "Arithmetic is total").

/// Brings a double back among the finite ones: infinities become ±[`f64::MAX`], NaN becomes 0.
#[inline]
#[must_use]
pub fn finite(x: f64) -> f64 {
    if x.is_nan() { 0.0 } else { x.clamp(-f64::MAX, f64::MAX) }
}

/// `a + b`; overflow stays at the largest double of its sign.
#[inline]
#[must_use]
pub fn add(a: f64, b: f64) -> f64 {
    finite(a + b)
}

/// `a - b`; overflow stays at the largest double of its sign.
#[inline]
#[must_use]
pub fn subtract(a: f64, b: f64) -> f64 {
    finite(a - b)
}

/// `a * b`; overflow stays at the largest double of its sign.
#[inline]
#[must_use]
pub fn multiply(a: f64, b: f64) -> f64 {
    finite(a * b)
}

/// `a / b`, and 0 where `b` is 0 (also `0 / 0`); overflow stays at the largest double of its sign.
#[inline]
#[must_use]
pub fn divide(a: f64, b: f64) -> f64 {
    if b == 0.0 { 0.0 } else { finite(a / b) }
}

/// `x ^ n` for an exponent written as a bare whole number (0 to 16 in the language), multiplied from the
/// left: `((x * x) * x) * x`. `x ^ 0` is 1, also for 0.
#[must_use]
pub fn integer_power(x: f64, n: u32) -> f64 {
    if n == 0 {
        return 1.0;
    }
    (1..n).fold(finite(x), |product, _| multiply(product, x))
}
