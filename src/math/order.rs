//! Least, greatest and clamping, with the answer fixed where two zeros of different sign meet.

/// The lesser of two; `a` if they are equal (so also for 0 and -0).
#[inline]
#[must_use]
pub fn minimum(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The greater of two; `a` if they are equal (so also for 0 and -0).
#[inline]
#[must_use]
pub fn maximum(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// `max(low, min(x, high))`: `low` where `low` is above `high`; `x` itself on a bound.
#[inline]
#[must_use]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    maximum(minimum(x, high), low)
}

#[cfg(test)]
mod tests {
    use super::{clamp, maximum, minimum};

    #[test]
    fn the_first_wins_among_equals() {
        assert!(minimum(-0.0, 0.0).is_sign_negative());
        assert!(minimum(0.0, -0.0).is_sign_positive());
        assert!(maximum(-0.0, 0.0).is_sign_negative());
        assert_eq!(clamp(-0.0, 0.0, 1.0).to_bits(), (-0.0_f64).to_bits());
    }

    #[test]
    fn crossed_bounds_give_the_low_one() {
        assert_eq!(clamp(0.5, 2.0, 1.0), 2.0);
        assert_eq!(clamp(0.5, 0.0, 1.0), 0.5);
        assert_eq!(clamp(7.0, 0.0, 1.0), 1.0);
    }
}
