//! The continuous distributions of the language, their arguments and what is wrong with them.

use super::form::Form;
use super::sampler::Sampler;
use crate::math::{finite, maximum};

/// A distribution by its arguments (LANGUAGE, "Distributions"); values carry the unit of their place.
///
/// Points (an `sd` or `sigma` of 0, `low` = `high`) are allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Even on [low, high].
    Uniform {
        /// Smallest value.
        low: f64,
        /// Largest value.
        high: f64,
    },
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, 0 or more.
        sd: f64,
    },
    /// The logarithm is normal.
    Lognormal {
        /// Median, above 0.
        median: f64,
        /// Standard deviation of the natural logarithm, 0 or more.
        sigma: f64,
    },
    /// Density rising straight to the mode and falling straight from it.
    Triangular {
        /// Smallest value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Largest value.
        high: f64,
    },
    /// Beta on [low, high] with shapes 1 + 4 (mode - low) / (high - low) and 1 + 4 (high - mode) / (high - low)
    /// (Malcolm et al. 1959, Operations Research 7(5), 646-669).
    Pert {
        /// Smallest value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Largest value.
        high: f64,
    },
    /// Beta on [0, 1].
    Beta {
        /// Mean, between 0 and 1.
        mean: f64,
        /// Standard deviation, with sd² < mean (1 - mean).
        sd: f64,
    },
    /// Waiting time of a constant hazard.
    Exponential {
        /// Mean, above 0.
        mean: f64,
    },
    /// Gamma, with shape (mean / sd)² and scale sd² / mean.
    Gamma {
        /// Mean, above 0.
        mean: f64,
        /// Standard deviation, 0 or more.
        sd: f64,
    },
    /// Weibull: P(X > x) = exp(-(x / scale)^shape).
    Weibull {
        /// Scale (the 63.2 % quantile), above 0.
        scale: f64,
        /// Shape, above 0.
        shape: f64,
    },
}

impl Distribution {
    /// The distribution's name in the language.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Distribution::Uniform { .. } => "uniform",
            Distribution::Normal { .. } => "normal",
            Distribution::Lognormal { .. } => "lognormal",
            Distribution::Triangular { .. } => "triangular",
            Distribution::Pert { .. } => "pert",
            Distribution::Beta { .. } => "beta",
            Distribution::Exponential { .. } => "exponential",
            Distribution::Gamma { .. } => "gamma",
            Distribution::Weibull { .. } => "weibull",
        }
    }

    /// Do the arguments make a distribution? If not, says which does not, in plain words.
    ///
    /// # Errors
    /// A message such as "`low` 0.6 is above `mode` 0.4".
    pub fn validate(&self) -> Result<(), String> {
        use Distribution as D;
        for (name, value) in self.arguments() {
            if !value.is_finite() {
                return Err(format!("`{name}` must be a finite number"));
            }
        }
        match *self {
            D::Uniform { low, high } => in_order("low", low, "high", high),
            D::Triangular { low, mode, high } | D::Pert { low, mode, high } => in_order("low", low, "high", high)
                .and_then(|()| in_order("low", low, "mode", mode))
                .and_then(|()| in_order("mode", mode, "high", high)),
            D::Normal { sd, .. } => not_negative("sd", sd),
            D::Lognormal { median, sigma } => above_zero("median", median).and_then(|()| not_negative("sigma", sigma)),
            D::Gamma { mean, sd } => above_zero("mean", mean).and_then(|()| not_negative("sd", sd)),
            D::Exponential { mean } => above_zero("mean", mean),
            D::Weibull { scale, shape } => above_zero("scale", scale).and_then(|()| above_zero("shape", shape)),
            D::Beta { mean, sd } => {
                if !(mean > 0.0 && mean < 1.0) {
                    return Err(format!("`mean` {mean} must lie between 0 and 1"));
                }
                not_negative("sd", sd)?;
                if beta_exists(mean, sd) {
                    return Ok(());
                }
                let most = (mean * (1.0 - mean)).sqrt();
                Err(format!("`sd` {sd} is too large: with `mean` {mean} it must be below {most:.4}"))
            }
        }
    }

    /// Names and values of the arguments, in the order of the language's reference.
    #[must_use]
    pub fn arguments(&self) -> Vec<(&'static str, f64)> {
        use Distribution as D;
        match *self {
            D::Uniform { low, high } => vec![("low", low), ("high", high)],
            D::Triangular { low, mode, high } | D::Pert { low, mode, high } => {
                vec![("low", low), ("mode", mode), ("high", high)]
            }
            D::Normal { mean, sd } | D::Beta { mean, sd } | D::Gamma { mean, sd } => {
                vec![("mean", mean), ("sd", sd)]
            }
            D::Lognormal { median, sigma } => vec![("median", median), ("sigma", sigma)],
            D::Exponential { mean } => vec![("mean", mean)],
            D::Weibull { scale, shape } => vec![("scale", scale), ("shape", shape)],
        }
    }

    /// The distribution that `draws` use: itself where its arguments make one, else its centre.
    ///
    /// `sd` and `sigma` below 0 count as 0, `high` below `low` as `low`; `mode` is clamped to [low, high]; a lognormal
    /// `median`, an exponential or gamma `mean`, a Weibull `scale` of 0 or less give 0. Our reading where the language
    /// is silent: a beta `mean` is clamped to [0, 1] and an `sd` too large for it counts as 0; a Weibull `shape` of 0
    /// or less gives `scale`. Not-a-number counts as 0. Points made this way need not pass [`Self::validate`].
    #[must_use]
    pub fn centre_if_invalid(self) -> Distribution {
        use Distribution as D;
        let positive = |x: f64| maximum(0.0, finite(x));
        match self {
            D::Uniform { low, high } => {
                let low = finite(low);
                D::Uniform { low, high: maximum(low, finite(high)) }
            }
            D::Triangular { low, mode, high } => {
                let (low, mode, high) = ordered(low, mode, high);
                D::Triangular { low, mode, high }
            }
            D::Pert { low, mode, high } => {
                let (low, mode, high) = ordered(low, mode, high);
                D::Pert { low, mode, high }
            }
            D::Normal { mean, sd } => D::Normal { mean: finite(mean), sd: positive(sd) },
            D::Lognormal { median, .. } if !is_positive(median) => D::Lognormal { median: 0.0, sigma: 0.0 },
            D::Lognormal { median, sigma } => D::Lognormal { median: finite(median), sigma: positive(sigma) },
            D::Beta { mean, sd } => {
                let mean = positive(mean).min(1.0);
                D::Beta { mean, sd: if sd > 0.0 && beta_exists(mean, sd) { sd } else { 0.0 } }
            }
            D::Exponential { mean } => D::Exponential { mean: positive(mean) },
            D::Gamma { mean, .. } if !is_positive(mean) => D::Gamma { mean: 0.0, sd: 0.0 },
            D::Gamma { mean, sd } => D::Gamma { mean: finite(mean), sd: positive(sd) },
            D::Weibull { scale, .. } if !is_positive(scale) => D::Weibull { scale: 0.0, shape: f64::MAX },
            D::Weibull { scale, shape } => {
                D::Weibull { scale: finite(scale), shape: if shape > 0.0 { finite(shape) } else { f64::MAX } }
            }
        }
    }

    /// The value below which the distribution falls with probability `u`; `u` is clamped to [0, 1].
    ///
    /// Closed forms as the language has them, operation by operation; pert, beta and gamma by numerical inversion.
    /// Arguments that make no distribution give its [centre](Self::centre_if_invalid).
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        Form::of(*self).quantile(u)
    }

    /// Probability of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        Form::of(*self).cdf(x)
    }

    /// The value drawn with `u` where the place has a `range` [low, high]: truncated and renormalised,
    /// `q(F(low) + u * (F(high) - F(low)))`, then clamped to the range.
    ///
    /// A range in which the distribution has no [mass](Self::mass_in) gives the point of the range nearest to the
    /// median. Without a range, the [quantile](Self::quantile). For many draws from one distribution make a
    /// [`Sampler`].
    #[must_use]
    pub fn truncated_quantile(&self, u: f64, range: Option<(f64, f64)>) -> f64 {
        Sampler::new(*self, range).value(u)
    }

    /// Probability of [low, high], `F(high) - F(low)` (of a point: 1 inside, ends included). 0 means that a truncation
    /// to it does not exist, in exact or in double arithmetic (beyond 8.3 standard deviations above a normal's mean).
    #[must_use]
    pub fn mass_in(&self, low: f64, high: f64) -> f64 {
        Form::of(*self).mass_in(low, high)
    }

    /// Smallest interval that holds every value, for interval analysis; infinite ends are ±[`f64::MAX`].
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        Form::of(*self).support()
    }

    /// The mean (without truncation); overflow stays at the largest double.
    #[must_use]
    pub fn mean(&self) -> f64 {
        Form::of(*self).mean()
    }
}

/// False for not-a-number.
fn is_positive(x: f64) -> bool {
    x > 0.0
}

/// Is there a beta distribution of this mean and (positive) standard deviation?
fn beta_exists(mean: f64, sd: f64) -> bool {
    sd * sd < mean * (1.0 - mean)
}

/// Repaired arguments of triangular and pert.
fn ordered(low: f64, mode: f64, high: f64) -> (f64, f64, f64) {
    let low = finite(low);
    let high = maximum(low, finite(high));
    (low, finite(mode).clamp(low, high), high)
}

fn in_order(lesser_name: &str, lesser: f64, greater_name: &str, greater: f64) -> Result<(), String> {
    if lesser <= greater {
        return Ok(());
    }
    Err(format!("`{lesser_name}` {lesser} is above `{greater_name}` {greater}"))
}

fn not_negative(name: &str, value: f64) -> Result<(), String> {
    if value >= 0.0 { Ok(()) } else { Err(format!("`{name}` {value} must not be below 0")) }
}

fn above_zero(name: &str, value: f64) -> Result<(), String> {
    if value > 0.0 { Ok(()) } else { Err(format!("`{name}` {value} must be above 0")) }
}
