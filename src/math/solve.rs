//! Root finding with a bracket: deterministic, bounded, never outside the bracket.

use super::elementary::{exp, ln, sqrt};
use super::tails::Tails;

/// Which tail of a distribution is to have which probability.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    pub(super) is_lower: bool,
    pub(super) probability: f64,
}

impl Target {
    /// Aims at a lower tail probability `p` through the smaller tail (1 - p is exact for p >= 0.5).
    pub(super) fn at(p: f64) -> Target {
        if p <= 0.5 {
            Target { is_lower: true, probability: p }
        } else {
            Target { is_lower: false, probability: 1.0 - p }
        }
    }

    /// The same aim for the variable seen from its other end.
    pub(super) fn swapped(self) -> Target {
        Target { is_lower: !self.is_lower, ..self }
    }
}

/// A Newton step is the last one when it is this small relative to the point: convergence is quadratic, the next would
/// be lost in rounding.
const LAST_STEP: f64 = 1e-10;

/// Bounds every search. Bisection alone, from 1e-308 to 1e308 on the log scale, needs about 65.
const MOST_ITERATIONS: u32 = 200;

/// Point z in (0, `high`) at which the aimed tail has its probability.
///
/// Newton's method for ln(tail) as a function of ln z, which the power-law and log-concave tails of beta and gamma
/// variables make nearly straight; where a step leaves the bracket, the bracket is halved on the log scale instead.
/// A point below the smallest normal double is given as 0.
pub(super) fn solve_tail(target: Target, start: f64, high: f64, tails: impl Fn(f64) -> Tails) -> f64 {
    let (mut low, mut high) = (f64::MIN_POSITIVE, high);
    let mut z = if start > low && start < high { start } else { sqrt(low) * sqrt(high) };
    for _ in 0..MOST_ITERATIONS {
        let at = tails(z);
        let (tail, sign) = if target.is_lower { (at.lower, 1.0) } else { (at.upper, -1.0) };
        if tail == target.probability {
            return z;
        }
        if (tail > target.probability) == target.is_lower {
            high = z;
        } else {
            low = z;
        }
        let mut next = 0.0;
        if tail > 0.0 && at.log_density > 0.0 {
            let step = sign * tail * ln(tail / target.probability) / at.log_density;
            next = z * exp(-step);
            if step.abs() <= LAST_STEP {
                return next;
            }
        }
        if !(next > low && next < high) {
            next = sqrt(low) * sqrt(high);
            if next <= low || next >= high {
                break;
            }
        }
        z = next;
    }
    if z < 2.0 * f64::MIN_POSITIVE { 0.0 } else { z }
}

/// Root of a function that changes sign once between `low` and `high`; `None` if the signs at the two ends agree.
///
/// Regula falsi with the Illinois weights (Dowell and Jarratt 1971, BIT 11, 168-174), and a bisection whenever three
/// steps have not halved the bracket. Stops when the bracket is as narrow as `tolerance` or the doubles allow.
#[must_use]
pub fn find_root(low: f64, high: f64, tolerance: f64, function: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut at_a, mut at_b) = (function(a), function(b));
    if at_a == 0.0 {
        return Some(a);
    }
    if at_b == 0.0 {
        return Some(b);
    }
    if (at_a > 0.0) == (at_b > 0.0) {
        return None;
    }
    let mut goal = (b - a).abs() / 2.0;
    let mut steps_left = 3;
    for _ in 0..MOST_ITERATIONS {
        let middle = a + (b - a) / 2.0;
        if (b - a).abs() <= tolerance || middle == a || middle == b {
            break;
        }
        let secant = b - at_b * (b - a) / (at_b - at_a);
        let inside = (secant > a && secant < b) || (secant > b && secant < a);
        let x = if steps_left > 0 && inside { secant } else { middle };
        let at_x = function(x);
        if at_x == 0.0 {
            return Some(x);
        }
        if (at_x > 0.0) == (at_b > 0.0) {
            at_a /= 2.0;
        } else {
            (a, at_a) = (b, at_b);
        }
        (b, at_b) = (x, at_x);
        steps_left -= 1;
        if (b - a).abs() <= goal || x == middle {
            goal = (b - a).abs() / 2.0;
            steps_left = 3;
        }
    }
    Some(b)
}
