//! Distributions from two quantiles, as experts give them (`{ lognormal = { q05 = 5, q95 = 20 } }`).

use super::distribution::Distribution;
use crate::math::{exp, find_root, inverse_regularized_gamma_p, ln, logistic, normal_quantile, regularized_beta, sqrt};

/// The distributions that two quantiles determine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Normal.
    Normal,
    /// Lognormal; quantiles above 0.
    Lognormal,
    /// Beta; quantiles between 0 and 1.
    Beta,
    /// Gamma; quantiles above 0.
    Gamma,
}

/// The distribution of a family with quantile `x1` at `level1` and `x2` at `level2`, in either order.
///
/// Levels are probabilities, 0.01 to 0.99 in the language. Normal: sd = (x2 - x1) / (z2 - z1), mean = x1 - sd z1;
/// lognormal the same for the logarithms. Gamma: the shape at which the quantiles have the ratio x2 / x1. Beta: the sum
/// of the shapes at which, the mean being such that x1 is right, x2 is right too. Both solved to about 1e-13,
/// deterministically.
///
/// # Errors
/// Plain words: equal or reversed quantiles, quantiles outside the family's support, no member so narrow or so wide.
pub fn from_quantiles(family: Family, first: (f64, f64), second: (f64, f64)) -> Result<Distribution, String> {
    let (low, high) = if first.0 <= second.0 { (first, second) } else { (second, first) };
    check(family, low, high)?;
    match family {
        Family::Normal => {
            let (mean, sd) = normal(low, high);
            Ok(Distribution::Normal { mean, sd })
        }
        Family::Lognormal => {
            let (mean, sigma) = normal((low.0, ln(low.1)), (high.0, ln(high.1)));
            Ok(Distribution::Lognormal { median: exp(mean), sigma })
        }
        Family::Gamma => gamma(low, high),
        Family::Beta => beta(low, high),
    }
}

fn check(family: Family, low: (f64, f64), high: (f64, f64)) -> Result<(), String> {
    let ((low_level, low_x), (high_level, high_x)) = (low, high);
    if !(low_level > 0.0 && low_level < high_level && high_level < 1.0) {
        return Err("two different levels between 0 and 1 are needed".to_owned());
    }
    for (level, x) in [low, high] {
        let name = level_name(level);
        if !x.is_finite() {
            return Err(format!("{name} must be a finite number"));
        }
        if family != Family::Normal && x <= 0.0 {
            return Err(format!("{name} {x} must be above 0"));
        }
        if family == Family::Beta && x >= 1.0 {
            return Err(format!("{name} {x} must be below 1"));
        }
    }
    if low_x < high_x {
        return Ok(());
    }
    Err(format!("{} {low_x} must be below {} {high_x}", level_name(low_level), level_name(high_level)))
}

/// `q05` for 0.05, in backticks.
fn level_name(level: f64) -> String {
    format!("`q{:02.0}`", level * 100.0)
}

fn too_extreme(low: (f64, f64), high: (f64, f64), family: &str) -> String {
    let (low_name, high_name) = (level_name(low.0), level_name(high.0));
    format!("no {family} has {low_name} {} and {high_name} {}: too close together or too far apart", low.1, high.1)
}

/// Mean and standard deviation of the normal.
fn normal(low: (f64, f64), high: (f64, f64)) -> (f64, f64) {
    let (z_low, z_high) = (normal_quantile(low.0), normal_quantile(high.0));
    let sd = (high.1 - low.1) / (z_high - z_low);
    (low.1 - sd * z_low, sd)
}

/// Shapes from 0.01 to 1e10. The logarithm of the logarithm of the ratio is nearly straight in ln(shape).
fn gamma(low: (f64, f64), high: (f64, f64)) -> Result<Distribution, String> {
    let goal = ln(ln(high.1 / low.1));
    let misfit = |log_shape: f64| {
        let shape = exp(log_shape);
        let ratio = inverse_regularized_gamma_p(shape, high.0) / inverse_regularized_gamma_p(shape, low.0);
        ln(ln(ratio)) - goal
    };
    let log_shape = find_root(ln(0.01), ln(1e10), 1e-15, misfit).ok_or_else(|| too_extreme(low, high, "gamma"))?;
    let shape = exp(log_shape);
    let scale = low.1 / inverse_regularized_gamma_p(shape, low.0);
    Ok(Distribution::Gamma { mean: scale * shape, sd: scale * sqrt(shape) })
}

/// Sums of the shapes from 0.001 to 1e10.
fn beta(low: (f64, f64), high: (f64, f64)) -> Result<Distribution, String> {
    let deviate = |x: f64, sum: f64, mean_logit: f64| {
        let (a, b) = (logistic(mean_logit) * sum, logistic(-mean_logit) * sum);
        normal_quantile(regularized_beta(x, a, b))
    };
    // The mean, as its log-odds, that puts the lower quantile right: the lower it is, the more lies below x.
    let fitting_mean = |sum: f64| {
        let goal = normal_quantile(low.0);
        find_root(-80.0, 80.0, 1e-16, |mean_logit| deviate(low.1, sum, mean_logit) - goal)
    };
    let misfit = |log_sum: f64| {
        let sum = exp(log_sum);
        let at_high = fitting_mean(sum).map_or(0.0, |mean_logit| deviate(high.1, sum, mean_logit));
        at_high - normal_quantile(high.0)
    };
    let log_sum = find_root(ln(1e-3), ln(1e10), 1e-15, misfit).ok_or_else(|| too_extreme(low, high, "beta"))?;
    let sum = exp(log_sum);
    let mean_logit = fitting_mean(sum).ok_or_else(|| too_extreme(low, high, "beta"))?;
    let (mean, rest) = (logistic(mean_logit), logistic(-mean_logit));
    Ok(Distribution::Beta { mean, sd: sqrt(mean * rest / (sum + 1.0)) })
}
