//! Draws from a distribution truncated to a range.

use super::distribution::Distribution;
use super::form::Form;
use crate::math::clamp;

/// A distribution and the range of its place, with everything that does not depend on the uniform worked out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampler {
    form: Form,
    truncation: Option<Truncation>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Truncation {
    low: f64,
    high: f64,
    level_at_low: f64,
    mass: f64,
}

impl Sampler {
    /// Prepares draws from `distribution` in `range`, [low, high] with low <= high; arguments that make no distribution
    /// give its [centre](Distribution::centre_if_invalid).
    #[must_use]
    pub fn new(distribution: Distribution, range: Option<(f64, f64)>) -> Sampler {
        let form = Form::of(distribution);
        let truncation = range.map(|(low, high)| {
            let level_at_low = form.cdf(low);
            Truncation { low, high, level_at_low, mass: form.cdf(high) - level_at_low }
        });
        Sampler { form, truncation }
    }

    /// The value drawn with the uniform `u`; see [`Distribution::truncated_quantile`].
    #[must_use]
    pub fn value(&self, u: f64) -> f64 {
        let Some(truncation) = self.truncation else {
            return self.form.quantile(u);
        };
        let level = if truncation.mass > 0.0 { truncation.level_at_low + u * truncation.mass } else { 0.5 };
        clamp(self.form.quantile(level), truncation.low, truncation.high)
    }
}
