//! Quantiles and distribution functions of the language's distributions.

use proptest::prelude::*;

use super::any_distribution::{usual, wild};
use super::assert_close;
use super::reference_values::{LEVELS, QUANTILES};
use crate::math::{exp, ln, normal_quantile, power};
use crate::random::*;

#[test]
fn quantiles_against_mpmath() {
    for (distribution, values) in QUANTILES {
        for (u, expected) in LEVELS.into_iter().zip(values) {
            let what = format!("{distribution:?} at {u}");
            // `1 - u`, as the language writes it, rounds small levels.
            assert_close(&what, distribution.quantile(u), expected, 1e-12 + 3e-16 / u);
            if expected < 0.999_999 || distribution.support().1 > 1.0 {
                assert!((distribution.cdf(expected) - u).abs() < 1e-12, "{what}: {}", distribution.cdf(expected));
            }
        }
    }
}

/// The closed forms, operation by operation, give the same bits.
#[test]
fn closed_forms_are_literal() {
    for u in [0.001, 0.2, 0.25, 0.6, 0.97] {
        let (low, mode, high) = (0.1, 0.3, 1.1);
        assert_eq!(Distribution::Uniform { low, high }.quantile(u), low + (high - low) * u);
        assert_eq!(Distribution::Normal { mean: 3.0, sd: 0.7 }.quantile(u), 3.0 + 0.7 * normal_quantile(u));
        assert_eq!(
            Distribution::Lognormal { median: 3.0, sigma: 0.7 }.quantile(u),
            3.0 * exp(0.7 * normal_quantile(u))
        );
        assert_eq!(Distribution::Exponential { mean: 3.0 }.quantile(u), -3.0 * ln(1.0 - u));
        let weibull = Distribution::Weibull { scale: 3.0, shape: 1.7 };
        assert_eq!(weibull.quantile(u), 3.0 * power(-ln(1.0 - u), 1.0 / 1.7));
        let triangular = if u < (mode - low) / (high - low) {
            low + (u * (high - low) * (mode - low)).sqrt()
        } else {
            high - ((1.0 - u) * (high - low) * (high - mode)).sqrt()
        };
        assert_eq!(Distribution::Triangular { low, mode, high }.quantile(u), triangular);
    }
}

#[test]
fn means() {
    let cases = [
        (Distribution::Uniform { low: 1.0, high: 4.0 }, 2.5),
        (Distribution::Normal { mean: 3.0, sd: 1.0 }, 3.0),
        (Distribution::Lognormal { median: 2.0, sigma: 0.5 }, 2.0 * exp(0.125)),
        (Distribution::Triangular { low: 0.0, mode: 1.0, high: 5.0 }, 2.0),
        (Distribution::Pert { low: 0.0, mode: 1.0, high: 8.0 }, 2.0),
        (Distribution::Beta { mean: 0.3, sd: 0.1 }, 0.3),
        (Distribution::Exponential { mean: 3.0 }, 3.0),
        (Distribution::Gamma { mean: 3.0, sd: 2.0 }, 3.0),
        // Γ(1 + 1 / 0.5) = 2.
        (Distribution::Weibull { scale: 3.0, shape: 0.5 }, 6.0),
    ];
    for (distribution, expected) in cases {
        assert_close(distribution.name(), distribution.mean(), expected, 1e-14);
        // The mean of the quantile function over a fine grid of levels.
        let n = 20_000_u32;
        let sum: f64 = (0..n).map(|i| distribution.quantile((f64::from(i) + 0.5) / f64::from(n))).sum();
        assert_close(distribution.name(), sum / f64::from(n), expected, 2e-3);
    }
}

#[test]
fn messages_name_the_argument() {
    use Distribution as D;
    let cases = [
        (D::Triangular { low: 0.6, mode: 0.4, high: 1.0 }, "`low` 0.6 is above `mode` 0.4"),
        (D::Pert { low: 0.0, mode: 2.0, high: 1.0 }, "`mode` 2 is above `high` 1"),
        (D::Uniform { low: 3.0, high: 2.0 }, "`low` 3 is above `high` 2"),
        (D::Normal { mean: 0.0, sd: -1.0 }, "`sd` -1 must not be below 0"),
        (D::Normal { mean: f64::NAN, sd: 1.0 }, "`mean` must be a finite number"),
        (D::Lognormal { median: 0.0, sigma: 1.0 }, "`median` 0 must be above 0"),
        (D::Lognormal { median: 1.0, sigma: -0.5 }, "`sigma` -0.5 must not be below 0"),
        (D::Beta { mean: 1.0, sd: 0.1 }, "`mean` 1 must lie between 0 and 1"),
        (D::Beta { mean: 0.5, sd: 0.5 }, "`sd` 0.5 is too large: with `mean` 0.5 it must be below 0.5000"),
        (D::Exponential { mean: 0.0 }, "`mean` 0 must be above 0"),
        (D::Gamma { mean: -2.0, sd: 1.0 }, "`mean` -2 must be above 0"),
        (D::Weibull { scale: 1.0, shape: 0.0 }, "`shape` 0 must be above 0"),
    ];
    for (distribution, message) in cases {
        assert_eq!(distribution.validate(), Err(message.to_owned()));
    }
    for (distribution, _) in QUANTILES {
        assert_eq!(distribution.validate(), Ok(()));
    }
}

#[test]
fn what_makes_no_distribution_gives_its_centre() {
    use Distribution as D;
    let cases = [
        (D::Uniform { low: 3.0, high: 2.0 }, 3.0),
        (D::Normal { mean: 1.5, sd: -1.0 }, 1.5),
        (D::Lognormal { median: -2.0, sigma: 1.0 }, 0.0),
        (D::Lognormal { median: 2.0, sigma: -1.0 }, 2.0),
        (D::Triangular { low: 2.0, mode: 5.0, high: 1.0 }, 2.0),
        (D::Exponential { mean: -3.0 }, 0.0),
        (D::Gamma { mean: 0.0, sd: 1.0 }, 0.0),
        (D::Gamma { mean: 2.0, sd: -1.0 }, 2.0),
        (D::Beta { mean: 0.5, sd: 0.7 }, 0.5),
        (D::Beta { mean: 1.5, sd: 0.1 }, 1.0),
        (D::Weibull { scale: -1.0, shape: 2.0 }, 0.0),
        (D::Weibull { scale: 4.0, shape: 0.0 }, 4.0),
    ];
    for (distribution, centre) in cases {
        for u in [1e-16, 0.3, 0.999] {
            assert_eq!(distribution.quantile(u), centre, "{distribution:?}");
        }
        assert_eq!(distribution.support(), (centre, centre));
        assert_eq!(distribution.mean(), centre);
    }
    let clamped = D::Triangular { low: 0.0, mode: 3.0, high: 1.0 }.centre_if_invalid();
    assert_eq!(clamped, D::Triangular { low: 0.0, mode: 1.0, high: 1.0 });
}

#[test]
fn modes_at_the_ends() {
    let rising = Distribution::Triangular { low: 0.0, mode: 2.0, high: 2.0 };
    let falling = Distribution::Triangular { low: 0.0, mode: 0.0, high: 2.0 };
    assert_eq!(rising.quantile(0.25), 1.0);
    assert_eq!(falling.quantile(0.75), 1.0);
    assert_eq!(rising.cdf(1.0), 0.25);
    assert_eq!(falling.cdf(1.0), 0.75);
    assert_eq!((rising.cdf(2.0), falling.cdf(0.0)), (1.0, 0.0));
}

proptest! {
    #[test]
    fn quantile_and_cdf_are_inverse(distribution in usual(), u in 1e-4_f64..0.9999) {
        let x = distribution.quantile(u);
        // A beta that crowds at an end of [0, 1] has levels that no double reaches.
        prop_assume!(!matches!(distribution, Distribution::Beta { .. }) || (x > 1e-290 && x < 1.0 - 1e-9));
        prop_assume!(x != 0.0);
        let back = distribution.cdf(x);
        prop_assert!((back - u).abs() < 1e-9, "{distribution:?} {u}: {x} {back}");
        let (low, high) = distribution.support();
        prop_assert!(low <= x && x <= high);
    }

    #[test]
    fn quantile_rises(distribution in usual(), u in 1e-6_f64..1.0, v in 1e-6_f64..1.0) {
        let (low, high) = (distribution.quantile(u.min(v)), distribution.quantile(u.max(v)));
        prop_assert!(low <= high + 1e-12 * high.abs(), "{distribution:?}: {low} {high}");
    }

    #[test]
    fn nothing_wild_leaves_the_finite_doubles(distribution in wild(), u in 0.0_f64..1.0, x in proptest::num::f64::ANY) {
        let x = crate::math::finite(x);
        let range = (x.min(0.5), x.max(0.5));
        for value in [u, 0.0, 1.0].map(|u| distribution.quantile(u)) {
            prop_assert!(value.is_finite(), "{distribution:?} {value}");
        }
        let truncated = distribution.truncated_quantile(u, Some(range));
        prop_assert!(range.0 <= truncated && truncated <= range.1, "{distribution:?} {range:?} {truncated}");
        prop_assert!((0.0..=1.0).contains(&distribution.cdf(x)), "{distribution:?} {x} {}", distribution.cdf(x));
        prop_assert!((0.0..=1.0).contains(&distribution.mass_in(range.0, range.1)));
        prop_assert!(distribution.mean().is_finite());
        let (low, high) = distribution.support();
        prop_assert!(low.is_finite() && high.is_finite() && low <= high);
        let repaired = distribution.centre_if_invalid();
        prop_assert_eq!(repaired.centre_if_invalid(), repaired);
        if distribution.validate().is_ok() {
            prop_assert_eq!(repaired, distribution);
        }
    }
}
