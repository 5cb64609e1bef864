//! Distributions ready to be evaluated: arguments repaired, derived constants worked out once.

use super::distribution::Distribution;
use crate::math::{
    add, divide, exp, exp_m1, gamma, inverse_regularized_beta, inverse_regularized_gamma_p, ln, maximum, multiply,
    normal_cdf, normal_quantile, power, regularized_beta, regularized_gamma_p, sqrt, subtract,
};

/// A repaired distribution in the constants that its formulas use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    Point(f64),
    Uniform { low: f64, high: f64 },
    Normal { mean: f64, sd: f64 },
    Lognormal { median: f64, sigma: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Beta { low: f64, high: f64, a: f64, b: f64 },
    Exponential { mean: f64 },
    Gamma { shape: f64, scale: f64 },
    Weibull { scale: f64, shape: f64 },
}

/// Shapes beyond this are narrower than the spacing of doubles: a point.
const POINT_SHAPE: f64 = 1e30;

impl Form {
    pub(super) fn of(distribution: Distribution) -> Form {
        use Distribution as D;
        match distribution.centre_if_invalid() {
            D::Uniform { low, high } | D::Triangular { low, high, .. } | D::Pert { low, high, .. } if low == high => {
                Form::Point(low)
            }
            D::Normal { mean: point, sd: 0.0 }
            | D::Lognormal { median: point, sigma: 0.0 }
            | D::Beta { mean: point, sd: 0.0 }
            | D::Gamma { mean: point, sd: 0.0 }
            | D::Exponential { mean: point @ 0.0 }
            | D::Weibull { scale: point, shape: f64::MAX } => Form::Point(point),
            D::Uniform { low, high } => Form::Uniform { low, high },
            D::Normal { mean, sd } => Form::Normal { mean, sd },
            D::Lognormal { median, sigma } => Form::Lognormal { median, sigma },
            D::Triangular { low, mode, high } => Form::Triangular { low, mode, high },
            D::Pert { low, mode, high } => {
                let width = subtract(high, low);
                let a = 1.0 + divide(4.0 * subtract(mode, low), width);
                let b = 1.0 + divide(4.0 * subtract(high, mode), width);
                Form::Beta { low, high, a, b }
            }
            D::Beta { mean, sd } => Form::beta(mean, sd),
            D::Exponential { mean } => Form::Exponential { mean },
            D::Gamma { mean, sd } => Form::gamma(mean, sd),
            D::Weibull { scale, shape } => Form::Weibull { scale, shape },
        }
    }

    /// a = mean ν, b = (1 - mean) ν, ν = mean (1 - mean) / sd² - 1.
    fn beta(mean: f64, sd: f64) -> Form {
        let variance = sd * sd;
        let both = mean * (1.0 - mean) / variance - 1.0;
        if !(variance > 0.0 && both < POINT_SHAPE) {
            return Form::Point(mean);
        }
        let both = both.max(1e-15);
        Form::Beta { low: 0.0, high: 1.0, a: (mean * both).max(1e-300), b: ((1.0 - mean) * both).max(1e-300) }
    }

    /// Shape (mean / sd)², scale sd / (mean / sd).
    fn gamma(mean: f64, sd: f64) -> Form {
        let ratio = divide(mean, sd);
        let shape = multiply(ratio, ratio);
        if shape > POINT_SHAPE {
            return Form::Point(mean);
        }
        Form::Gamma { shape: shape.max(1e-300), scale: divide(sd, ratio) }
    }

    pub(super) fn quantile(&self, u: f64) -> f64 {
        let u = if u > 0.0 { u.min(1.0) } else { 0.0 };
        match *self {
            Form::Point(x) => x,
            Form::Uniform { low, high } => add(low, multiply(subtract(high, low), u)),
            Form::Normal { mean, sd } => add(mean, multiply(sd, normal_quantile(u))),
            Form::Lognormal { median, sigma } => multiply(median, exp(multiply(sigma, normal_quantile(u)))),
            Form::Triangular { low, mode, high } => {
                let width = subtract(high, low);
                let (rise, fall) = (subtract(mode, low), subtract(high, mode));
                if u < divide(rise, width) {
                    add(low, sqrt(multiply(multiply(u, width), rise)))
                } else {
                    subtract(high, sqrt(multiply(multiply(1.0 - u, width), fall)))
                }
            }
            Form::Beta { low, high, a, b } => {
                add(low, multiply(subtract(high, low), inverse_regularized_beta(u, a, b)))
            }
            Form::Exponential { mean } => multiply(-mean, ln(1.0 - u)),
            Form::Gamma { shape, scale } => multiply(scale, inverse_regularized_gamma_p(shape, u)),
            Form::Weibull { scale, shape } => multiply(scale, power(-ln(1.0 - u), divide(1.0, shape))),
        }
    }

    pub(super) fn cdf(&self, x: f64) -> f64 {
        match *self {
            Form::Point(point) => f64::from(u8::from(x >= point)),
            Form::Uniform { low, high } => share(x, low, high),
            Form::Normal { mean, sd } => normal_cdf(divide(subtract(x, mean), sd)),
            Form::Lognormal { median, sigma } => {
                if x > 0.0 {
                    normal_cdf(divide(ln(divide(x, median)), sigma))
                } else {
                    0.0
                }
            }
            Form::Triangular { low, mode, high } => {
                if x <= low {
                    0.0
                } else if x < mode {
                    share(x, low, high) * share(x, low, mode)
                } else if x < high {
                    1.0 - divide(subtract(high, x), subtract(high, low))
                        * divide(subtract(high, x), subtract(high, mode))
                } else {
                    1.0
                }
            }
            Form::Beta { low, high, a, b } => regularized_beta(share(x, low, high), a, b),
            Form::Exponential { mean } => -exp_m1(-divide(maximum(0.0, x), mean)),
            Form::Gamma { shape, scale } => regularized_gamma_p(shape, divide(maximum(0.0, x), scale)),
            Form::Weibull { scale, shape } => {
                if x > 0.0 {
                    -exp_m1(-power(divide(x, scale), shape))
                } else {
                    0.0
                }
            }
        }
    }

    pub(super) fn mass_in(&self, low: f64, high: f64) -> f64 {
        match *self {
            Form::Point(x) => f64::from(u8::from(low <= x && x <= high)),
            _ => maximum(0.0, self.cdf(high) - self.cdf(low)),
        }
    }

    pub(super) fn support(&self) -> (f64, f64) {
        match *self {
            Form::Point(x) => (x, x),
            Form::Uniform { low, high } | Form::Triangular { low, high, .. } | Form::Beta { low, high, .. } => {
                (low, high)
            }
            Form::Normal { .. } => (-f64::MAX, f64::MAX),
            Form::Lognormal { .. } | Form::Exponential { .. } | Form::Gamma { .. } | Form::Weibull { .. } => {
                (0.0, f64::MAX)
            }
        }
    }

    pub(super) fn mean(&self) -> f64 {
        match *self {
            Form::Point(x) => x,
            Form::Uniform { low, high } => low / 2.0 + high / 2.0,
            Form::Normal { mean, .. } | Form::Exponential { mean } => mean,
            Form::Lognormal { median, sigma } => multiply(median, exp(multiply(sigma, sigma) / 2.0)),
            Form::Triangular { low, mode, high } => low / 3.0 + mode / 3.0 + high / 3.0,
            Form::Beta { low, high, a, b } => add(low, multiply(subtract(high, low), a / (a + b))),
            Form::Gamma { shape, scale } => multiply(shape, scale),
            Form::Weibull { scale, shape } => multiply(scale, gamma(add(1.0, divide(1.0, shape)))),
        }
    }
}

/// (x - low) / (high - low), clamped to [0, 1].
fn share(x: f64, low: f64, high: f64) -> f64 {
    divide(subtract(x, low), subtract(high, low)).clamp(0.0, 1.0)
}
