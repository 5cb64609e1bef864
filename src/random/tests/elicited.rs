//! Distributions from two quantiles.

use proptest::prelude::*;

use super::assert_close;
use crate::math::ln;
use crate::random::*;

#[test]
fn normal_and_lognormal_in_closed_form() {
    // z(0.95) = 1.6448536269514722.
    let normal = from_quantiles(Family::Normal, (0.05, -1.0), (0.95, 3.0)).unwrap();
    let Distribution::Normal { mean, sd } = normal else { panic!("{normal:?}") };
    assert_close("mean", mean, 1.0, 1e-15);
    assert_close("sd", sd, 2.0 / 1.644_853_626_951_472_2, 1e-15);
    let lognormal = from_quantiles(Family::Lognormal, (0.05, 5.0), (0.95, 20.0)).unwrap();
    let Distribution::Lognormal { median, sigma } = lognormal else { panic!("{lognormal:?}") };
    assert_close("median", median, 10.0, 1e-14);
    assert_close("sigma", sigma, ln(2.0) / 1.644_853_626_951_472_2, 1e-14);
}

#[test]
fn order_does_not_matter() {
    for family in [Family::Normal, Family::Lognormal, Family::Beta, Family::Gamma] {
        let one = from_quantiles(family, (0.1, 0.2), (0.5, 0.4)).unwrap();
        assert_eq!(from_quantiles(family, (0.5, 0.4), (0.1, 0.2)).unwrap(), one);
    }
}

/// Beta(2, 3) and a gamma of shape 4 and scale 1/2 are found again from their own quantiles.
#[test]
fn known_distributions_are_found_again() {
    let beta = Distribution::Beta { mean: 0.4, sd: 0.2 };
    let found = from_quantiles(Family::Beta, (0.05, beta.quantile(0.05)), (0.9, beta.quantile(0.9))).unwrap();
    let Distribution::Beta { mean, sd } = found else { panic!("{found:?}") };
    assert_close("mean", mean, 0.4, 1e-12);
    assert_close("sd", sd, 0.2, 1e-12);
    let gamma = Distribution::Gamma { mean: 2.0, sd: 1.0 };
    let found = from_quantiles(Family::Gamma, (0.25, gamma.quantile(0.25)), (0.75, gamma.quantile(0.75))).unwrap();
    let Distribution::Gamma { mean, sd } = found else { panic!("{found:?}") };
    assert_close("mean", mean, 2.0, 1e-12);
    assert_close("sd", sd, 1.0, 1e-12);
}

#[test]
fn what_cannot_be_is_said() {
    let message = |family, first, second| from_quantiles(family, first, second).unwrap_err();
    assert_eq!(message(Family::Normal, (0.05, 3.0), (0.95, 2.0)), "`q05` 3 must be below `q95` 2");
    assert_eq!(message(Family::Gamma, (0.05, 0.0), (0.95, 2.0)), "`q05` 0 must be above 0");
    assert_eq!(message(Family::Beta, (0.05, 0.1), (0.95, 1.0)), "`q95` 1 must be below 1");
    assert_eq!(message(Family::Normal, (0.5, 0.1), (0.5, 1.0)), "two different levels between 0 and 1 are needed");
    assert!(message(Family::Gamma, (0.05, 1.0), (0.95, 1.0 + 1e-12)).starts_with("no gamma has `q05` 1 and `q95` 1.0"));
    assert!(message(Family::Beta, (0.05, 0.5), (0.95, 0.5 + 1e-12)).starts_with("no beta has `q05` 0.5"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_quantiles_are_met(
        low_level in 1_u32..50, high_level in 51_u32..100, x in 0.01_f64..0.9, share in 0.05_f64..0.95,
    ) {
        let levels = (f64::from(low_level) / 100.0, f64::from(high_level) / 100.0);
        let y = x + share * (1.0 - x);
        for family in [Family::Normal, Family::Lognormal, Family::Beta, Family::Gamma] {
            let found = from_quantiles(family, (levels.0, x), (levels.1, y));
            prop_assert!(found.is_ok(), "{family:?} {levels:?} {x} {y}: {found:?}");
            let found = found.unwrap();
            prop_assert_eq!(found.validate(), Ok(()));
            for (level, value) in [(levels.0, x), (levels.1, y)] {
                let got = found.cdf(value);
                prop_assert!((got - level).abs() < 1e-11, "{found:?} {level} {value}: {got}");
            }
        }
    }
}
