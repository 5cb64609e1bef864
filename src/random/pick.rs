//! One of several by weight: choices and `discrete` (LANGUAGE, "A step", Firing).

use crate::math::{add, maximum, multiply};

/// The first index i with `u * W < w_1 + .. + w_i`, W the sum of all weights from the left; if rounding leaves none,
/// the last index with a weight above 0. `None` when no weight is above 0.
///
/// Weights below 0 count as 0; they and their sum need no normalising. `u` is in (0, 1).
#[must_use]
pub fn pick_weighted(weights: &[f64], u: f64) -> Option<usize> {
    let weight = |w: &f64| maximum(0.0, *w);
    let total = weights.iter().map(weight).fold(0.0, add);
    if total == 0.0 {
        return None;
    }
    let goal = multiply(u, total);
    let mut sum = 0.0;
    for (i, w) in weights.iter().enumerate() {
        sum = add(sum, weight(w));
        if goal < sum {
            return Some(i);
        }
    }
    weights.iter().rposition(|w| *w > 0.0)
}
