//! Closed intervals of doubles and the total arithmetic of the language on them.

use crate::math;

/// All values from `low` to `high`. A condition is [0, 0], [1, 1], or [0, 1] where nothing is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::check) struct Interval {
    pub(in crate::check) low: f64,
    pub(in crate::check) high: f64,
}

impl Interval {
    /// Every number.
    pub(in crate::check) const ALL: Interval = Interval { low: -f64::MAX, high: f64::MAX };
    /// A condition of which nothing is known.
    pub(in crate::check) const MAYBE: Interval = Interval { low: 0.0, high: 1.0 };
    pub(in crate::check) const FALSE: Interval = Interval { low: 0.0, high: 0.0 };
    pub(in crate::check) const TRUE: Interval = Interval { low: 1.0, high: 1.0 };

    pub(in crate::check) fn new(low: f64, high: f64) -> Self {
        Interval { low, high }
    }

    pub(in crate::check) fn point(value: f64) -> Self {
        Interval { low: value, high: value }
    }

    pub(in crate::check) fn truth(holds: bool) -> Self {
        if holds { Self::TRUE } else { Self::FALSE }
    }

    pub(in crate::check) fn is_point(self) -> bool {
        self.low == self.high
    }

    /// A condition that always holds.
    pub(in crate::check) fn is_true(self) -> bool {
        self.low > 0.0
    }

    /// A condition that never holds.
    pub(in crate::check) fn is_false(self) -> bool {
        self.low == 0.0 && self.high == 0.0
    }

    pub(in crate::check) fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The least interval that holds both.
    pub(in crate::check) fn hull(self, other: Self) -> Self {
        Interval { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// Every value clamped to a range.
    pub(in crate::check) fn clamped(self, low: f64, high: f64) -> Self {
        Interval { low: math::clamp(self.low, low, high), high: math::clamp(self.high, low, high) }
    }

    pub(super) fn negative(self) -> Self {
        Interval { low: -self.high, high: -self.low }
    }

    pub(super) fn not(self) -> Self {
        Interval { low: 1.0 - self.high, high: 1.0 - self.low }
    }

    pub(super) fn add(self, other: Self) -> Self {
        Interval { low: math::add(self.low, other.low), high: math::add(self.high, other.high) }
    }

    pub(super) fn subtract(self, other: Self) -> Self {
        Interval { low: math::subtract(self.low, other.high), high: math::subtract(self.high, other.low) }
    }

    /// The hull of a function of two at all four pairs of ends.
    fn corners(self, other: Self, of: fn(f64, f64) -> f64) -> Self {
        let values =
            [of(self.low, other.low), of(self.low, other.high), of(self.high, other.low), of(self.high, other.high)];
        Interval {
            low: values.iter().copied().fold(values[0], f64::min),
            high: values.iter().copied().fold(values[0], f64::max),
        }
    }

    pub(super) fn multiply(self, other: Self) -> Self {
        self.corners(other, math::multiply)
    }

    /// `a / b`, which is 0 where `b` is 0 and as large as can be beside it.
    pub(super) fn divide(self, other: Self) -> Self {
        if !other.contains(0.0) {
            return self.corners(other, math::divide);
        }
        if other.is_point() {
            return Self::point(0.0);
        }
        if other.low == 0.0 && self.low >= 0.0 {
            let low = math::divide(self.low, other.high).min(0.0);
            return Interval { low, high: if self.high == 0.0 { 0.0 } else { f64::MAX } };
        }
        Self::ALL
    }

    /// `x ^ y`: exp(y ln x) for x > 0, `0 ^ 0` = 1, otherwise 0.
    pub(super) fn power(self, other: Self) -> Self {
        if self.low > 0.0 {
            return self.corners(other, math::power);
        }
        if self.is_point() && other.is_point() {
            return Self::point(math::power(self.low, other.low));
        }
        let mut found = Self::point(0.0);
        if other.contains(0.0) {
            found = found.hull(Self::point(1.0));
        }
        if self.high > 0.0 {
            found = found.hull(Self::point(self.high).corners(other, math::power));
            if other.low < 0.0 {
                found.high = f64::MAX;
            }
        }
        found
    }

    pub(super) fn integer_power(self, n: u32) -> Self {
        let (a, b) = (math::integer_power(self.low, n), math::integer_power(self.high, n));
        let found = Interval { low: a.min(b), high: a.max(b) };
        if n > 0 && n.is_multiple_of(2) && self.low < 0.0 && self.high > 0.0 {
            return Interval { low: 0.0, ..found };
        }
        found
    }

    pub(super) fn absolute(self) -> Self {
        let (a, b) = (self.low.abs(), self.high.abs());
        let low = if self.contains(0.0) { 0.0 } else { a.min(b) };
        Interval { low, high: a.max(b) }
    }

    /// A function that nowhere falls.
    pub(super) fn rising(self, of: fn(f64) -> f64) -> Self {
        Interval { low: of(self.low), high: of(self.high) }
    }

    pub(super) fn minimum(self, other: Self) -> Self {
        Interval { low: math::minimum(self.low, other.low), high: math::minimum(self.high, other.high) }
    }

    pub(super) fn maximum(self, other: Self) -> Self {
        Interval { low: math::maximum(self.low, other.low), high: math::maximum(self.high, other.high) }
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;

    fn interval(low: f64, high: f64) -> Interval {
        Interval::new(low, high)
    }

    #[test]
    fn arithmetic_holds_every_value() {
        assert_eq!(interval(-1.0, 2.0).multiply(interval(-3.0, 1.0)), interval(-6.0, 3.0));
        assert_eq!(interval(1.0, 2.0).subtract(interval(0.5, 1.0)), interval(0.0, 1.5));
        assert_eq!(interval(-3.0, 2.0).absolute(), interval(0.0, 3.0));
        assert_eq!(interval(-3.0, 2.0).integer_power(2), interval(0.0, 9.0));
        assert_eq!(interval(-3.0, 2.0).integer_power(3), interval(-27.0, 8.0));
    }

    #[test]
    fn division_by_what_may_be_zero_is_zero_or_large() {
        assert_eq!(interval(1.0, 2.0).divide(interval(0.5, 1.0)), interval(1.0, 4.0));
        assert_eq!(interval(1.0, 2.0).divide(interval(0.0, 1.0)), interval(0.0, f64::MAX));
        assert_eq!(interval(1.0, 2.0).divide(interval(0.0, 0.0)), interval(0.0, 0.0));
        assert_eq!(interval(1.0, 2.0).divide(interval(-1.0, 1.0)), Interval::ALL);
    }

    #[test]
    fn powers_of_what_may_be_zero() {
        assert_eq!(interval(0.0, 4.0).power(interval(0.5, 0.5)), interval(0.0, 2.0));
        assert_eq!(interval(0.0, 4.0).power(interval(0.0, 0.5)), interval(0.0, 2.0));
        assert_eq!(interval(0.0, 0.5).power(interval(-1.0, 1.0)), interval(0.0, f64::MAX));
    }
}
