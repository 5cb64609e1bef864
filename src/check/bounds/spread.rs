//! What a distribution can give.

use super::interval::Interval;
use crate::check::distribution_values::{with_numbers, with_quantiles};
use crate::check::distributions::TypedDistribution;
use crate::check::typed::Typed;
use crate::random::Distribution;

/// Values of a distribution, truncated to the range of its place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Spread {
    /// No value lies outside.
    pub(in crate::check) outer: Interval,
    /// Ends that a modeller reckons with: those of the distribution where it has any, else its thousandths.
    pub(in crate::check) ends: Interval,
    pub(in crate::check) median: f64,
    /// The values, where they are few.
    pub(in crate::check) points: Option<Vec<f64>>,
}

/// Most values that are told apart.
const MOST_POINTS: usize = 16;

impl Spread {
    fn of_points(mut points: Vec<f64>, range: Option<(f64, f64)>) -> Self {
        if let Some((low, high)) = range {
            points.iter_mut().for_each(|point| *point = point.clamp(low, high));
        }
        points.sort_by(f64::total_cmp);
        points.dedup();
        let (Some(&low), Some(&high)) = (points.first(), points.last()) else { return Self::unknown(range) };
        let ends = Interval::new(low, high);
        let median = points[points.len() / 2];
        Spread { outer: ends, ends, median, points: (points.len() <= MOST_POINTS).then_some(points) }
    }

    fn unknown(range: Option<(f64, f64)>) -> Self {
        let outer = range.map_or(Interval::ALL, |(low, high)| Interval::new(low, high));
        Spread { outer, ends: outer, median: outer.low / 2.0 + outer.high / 2.0, points: None }
    }

    /// `argument` gives what each argument can be.
    pub(super) fn of(
        distribution: &TypedDistribution,
        argument: impl Fn(&Typed) -> Interval,
        range: Option<(f64, f64)>,
    ) -> Self {
        match distribution {
            TypedDistribution::Continuous { shape, arguments } => {
                let arguments: Vec<Interval> = arguments.iter().map(argument).collect();
                Self::of_all(&arguments, range, |numbers| with_numbers(*shape, numbers))
            }
            TypedDistribution::Quantiles { shape, lower, upper } => {
                let arguments = [argument(&lower.1), argument(&upper.1)];
                Self::of_all(&arguments, range, |numbers| {
                    with_quantiles(*shape, (lower.0, numbers[0]), (upper.0, numbers[1]))?.ok()
                })
            }
            TypedDistribution::Discrete { values, weights } => {
                let mut points = Vec::new();
                let mut outer: Option<Interval> = None;
                for (value, weight) in values.iter().zip(weights) {
                    if argument(weight).high <= 0.0 {
                        continue;
                    }
                    let value = argument(value);
                    outer = Some(outer.map_or(value, |outer| outer.hull(value)));
                    points.extend([value.low, value.high]);
                }
                let few = Self::of_points(points, range);
                match outer {
                    Some(outer) if few.points.is_none() => Spread { outer, ends: outer, ..few },
                    _ => few,
                }
            }
            TypedDistribution::Flip { probability } => {
                let probability = argument(probability);
                let mut points = Vec::new();
                if probability.low < 1.0 {
                    points.push(0.0);
                }
                if probability.high > 0.0 {
                    points.push(1.0);
                }
                Self::of_points(points, None)
            }
            TypedDistribution::Empirical { rows, .. } => Self::of_points(rows.clone(), range),
        }
    }

    /// Of a family whose arguments lie in intervals: looked at in every corner.
    fn of_all(
        arguments: &[Interval],
        range: Option<(f64, f64)>,
        make: impl Fn(&[f64]) -> Option<Distribution>,
    ) -> Self {
        let mut found: Option<Spread> = None;
        for corner in 0..1usize << arguments.len().min(3) {
            let numbers: Vec<f64> = arguments
                .iter()
                .enumerate()
                .map(|(at, interval)| if corner >> at & 1 == 0 { interval.low } else { interval.high })
                .collect();
            let again = arguments.iter().enumerate().any(|(at, interval)| interval.is_point() && corner >> at & 1 == 1);
            if again {
                continue;
            }
            let Some(distribution) = make(&numbers) else { continue };
            let spread = Self::of_one(distribution, range);
            found = Some(match found {
                None => spread,
                Some(other) => Spread {
                    outer: other.outer.hull(spread.outer),
                    ends: other.ends.hull(spread.ends),
                    median: other.median / 2.0 + spread.median / 2.0,
                    points: None,
                },
            });
        }
        found.unwrap_or_else(|| Self::unknown(range))
    }

    fn of_one(distribution: Distribution, range: Option<(f64, f64)>) -> Self {
        let clamp = |(low, high): (f64, f64)| {
            let interval = Interval::new(low, high);
            range.map_or(interval, |(low, high)| interval.clamped(low, high))
        };
        let support = clamp(distribution.support());
        let bounded = matches!(
            distribution,
            Distribution::Uniform { .. }
                | Distribution::Triangular { .. }
                | Distribution::Pert { .. }
                | Distribution::Beta { .. }
        );
        let ends = if bounded {
            support
        } else {
            let quantile = |level| distribution.truncated_quantile(level, range);
            Interval::new(quantile(0.001), quantile(0.999))
        };
        let median = distribution.truncated_quantile(0.5, range);
        let points = support.is_point().then(|| vec![support.low]);
        Spread { outer: support, ends, median, points }
    }
}
