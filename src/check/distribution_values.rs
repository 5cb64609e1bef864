//! Do literal arguments make a distribution?

use super::distributions::{TypedDistribution, Wanted};
use super::interval::constant_value;
use super::raw;
use super::typed::Typed;
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Shape;
use crate::random::{self, Family};

/// The distribution of a shape with numbers for arguments.
pub(super) fn with_numbers(shape: Shape, arguments: &[f64]) -> Option<random::Distribution> {
    use random::Distribution as D;
    Some(match (shape, arguments) {
        (Shape::Uniform, &[low, high]) => D::Uniform { low, high },
        (Shape::Normal, &[mean, sd]) => D::Normal { mean, sd },
        (Shape::Lognormal, &[median, sigma]) => D::Lognormal { median, sigma },
        (Shape::Triangular, &[low, mode, high]) => D::Triangular { low, mode, high },
        (Shape::Pert, &[low, mode, high]) => D::Pert { low, mode, high },
        (Shape::Beta, &[mean, sd]) => D::Beta { mean, sd },
        (Shape::Exponential, &[mean]) => D::Exponential { mean },
        (Shape::Gamma, &[mean, sd]) => D::Gamma { mean, sd },
        (Shape::Weibull, &[scale, shape]) => D::Weibull { scale, shape },
        _ => return None,
    })
}

fn family(shape: Shape) -> Option<Family> {
    Some(match shape {
        Shape::Normal => Family::Normal,
        Shape::Lognormal => Family::Lognormal,
        Shape::Beta => Family::Beta,
        Shape::Gamma => Family::Gamma,
        _ => return None,
    })
}

/// The distribution that two quantiles make.
pub(super) fn with_quantiles(
    shape: Shape,
    lower: (f64, f64),
    upper: (f64, f64),
) -> Option<Result<random::Distribution, String>> {
    family(shape).map(|family| random::from_quantiles(family, lower, upper))
}

/// Tells literal arguments that make no distribution, or one without mass in its range. Draws are repaired instead.
pub(super) fn validate(
    typing: &mut Typing,
    written: &raw::Distribution,
    distribution: &TypedDistribution,
    wanted: &Wanted,
) {
    if wanted.repaired {
        return;
    }
    let numbers =
        |parts: &[&Typed]| -> Option<Vec<f64>> { parts.iter().map(|part| constant_value(part, &[])).collect() };
    let made = match distribution {
        TypedDistribution::Continuous { shape, arguments } => {
            let Some(arguments) = numbers(&arguments.iter().collect::<Vec<_>>()) else { return };
            with_numbers(*shape, &arguments).map(|made| made.validate().map(|()| made))
        }
        TypedDistribution::Quantiles { shape, lower, upper } => {
            let Some(values) = numbers(&[&lower.1, &upper.1]) else { return };
            with_quantiles(*shape, (lower.0, values[0]), (upper.0, values[1]))
        }
        _ => None,
    };
    match made {
        Some(Err(reason)) => {
            typing.report(
                Diagnostic::new(
                    Code::BadDistribution,
                    written.span,
                    format!("these numbers make no `{}`: {reason}", written.family.text),
                )
                .help("change the numbers"),
            );
        }
        Some(Ok(made)) => {
            if let Some((low, high)) = wanted.range
                && !(made.mass_in(low, high) > 0.0 || point_inside(&made, low, high))
            {
                typing.report(
                    Diagnostic::new(
                        Code::BadDistribution,
                        written.span,
                        format!("the distribution has no probability inside the range [{low}, {high}]"),
                    )
                    .help("move the distribution, or widen the range"),
                );
            }
        }
        None => {}
    }
}

/// A distribution of no width lies inside.
fn point_inside(made: &random::Distribution, low: f64, high: f64) -> bool {
    let (from, to) = (made.quantile(0.25), made.quantile(0.75));
    from == to && (low..=high).contains(&from)
}
