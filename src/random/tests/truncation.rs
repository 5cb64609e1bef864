//! Truncation to the range of a place.

use proptest::prelude::*;

use super::any_distribution::usual;
use super::assert_close;
use crate::random::*;

/// mpmath 1.3 at 50 digits: m + s √2 erfinv(2 (Φ(l) + u (Φ(h) - Φ(l))) - 1) and -7 ln(1 - ..).
#[test]
fn truncated_values() {
    let cases = [
        (Distribution::Normal { mean: 0.4, sd: 0.3 }, (0.0, 1.0), 0.1, 0.125_178_992_955_711_67),
        (Distribution::Normal { mean: 0.4, sd: 0.3 }, (0.0, 1.0), 0.9, 0.765_807_676_818_240_4),
        (Distribution::Normal { mean: 0.0, sd: 1.0 }, (2.0, 3.0), 0.5, 2.255_530_820_420_438_5),
        (Distribution::Normal { mean: 0.0, sd: 1.0 }, (-4.0, -3.0), 0.25, -3.380_912_336_872_366),
        (Distribution::Exponential { mean: 7.0 }, (1.0, 20.0), 0.4, 4.273_235_435_759_496),
    ];
    for (distribution, range, u, expected) in cases {
        let got = distribution.truncated_quantile(u, Some(range));
        assert_close(&format!("{distribution:?} in {range:?} at {u}"), got, expected, 2e-13);
    }
}

#[test]
fn the_formula_is_literal() {
    let distribution = Distribution::Normal { mean: 0.4, sd: 0.3 };
    let (low, high, u) = (distribution.cdf(0.0), distribution.cdf(1.0), 0.37);
    let expected = distribution.quantile(low + u * (high - low));
    assert_eq!(distribution.truncated_quantile(u, Some((0.0, 1.0))), expected);
    assert_eq!(distribution.truncated_quantile(u, None), distribution.quantile(u));
}

#[test]
fn a_range_without_mass_gives_its_point_nearest_to_the_median() {
    let normal = Distribution::Normal { mean: 0.0, sd: 1.0 };
    assert_eq!(normal.mass_in(9.0, 10.0), 0.0);
    assert_eq!(normal.truncated_quantile(0.3, Some((9.0, 10.0))), 9.0);
    assert_eq!(normal.truncated_quantile(0.3, Some((-60.0, -50.0))), -50.0);
    let uniform = Distribution::Uniform { low: 2.0, high: 3.0 };
    assert_eq!(uniform.mass_in(0.0, 1.0), 0.0);
    assert_eq!(uniform.truncated_quantile(0.3, Some((0.0, 1.0))), 1.0);
    assert_eq!(uniform.truncated_quantile(0.3, Some((2.5, 2.5))), 2.5);
}

#[test]
fn points_are_clamped() {
    let point = Distribution::Normal { mean: 2.0, sd: 0.0 };
    assert_eq!(point.mass_in(2.0, 3.0), 1.0);
    assert_eq!(point.mass_in(0.0, 2.0), 1.0);
    assert_eq!(point.mass_in(0.0, 1.0), 0.0);
    assert_eq!(point.truncated_quantile(0.9, Some((2.0, 3.0))), 2.0);
    assert_eq!(point.truncated_quantile(0.9, Some((0.0, 1.0))), 1.0);
    assert_eq!((point.cdf(1.999), point.cdf(2.0)), (0.0, 1.0));
}

proptest! {
    /// The share of the mass below the value is u: truncation renormalises, nothing heaps at the ends.
    #[test]
    fn truncation_renormalises(distribution in usual(), from in 0.02_f64..0.5, to in 0.55_f64..0.97, u in 0.001_f64..0.999) {
        let range = (distribution.quantile(from), distribution.quantile(to));
        prop_assume!(range.0 > 1e-200 || range.0 < 0.0);
        prop_assume!(!matches!(distribution, Distribution::Beta { .. }) || range.1 < 1.0 - 1e-9);
        let value = distribution.truncated_quantile(u, Some(range));
        prop_assert!(range.0 <= value && value <= range.1);
        let share = distribution.mass_in(range.0, value) / distribution.mass_in(range.0, range.1);
        prop_assert!((share - u).abs() < 1e-8, "{distribution:?} {range:?} {u}: {share}");
    }

    #[test]
    fn a_sampler_is_the_truncated_quantile(distribution in usual(), u in 0.0_f64..1.0, low in -5.0_f64..0.0) {
        let range = Some((low, 5.0));
        let sampler = Sampler::new(distribution, range);
        prop_assert_eq!(sampler.value(u), distribution.truncated_quantile(u, range));
        prop_assert_eq!(sampler.value(u), sampler.value(u));
    }
}
