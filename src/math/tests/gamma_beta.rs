//! Incomplete gamma and beta functions against mpmath, and their laws.

use proptest::prelude::*;

use super::reference_values::{BETA_QUANTILE, BETA_TAILS, GAMMA_QUANTILE, GAMMA_TAILS, LOG_GAMMA};
use super::{assert_close, relative_error};
use crate::math::beta::beta_tails;
use crate::math::gamma::gamma_tails;
use crate::math::tails::{ln_1p_minus, stirling_correction};
use crate::math::*;

#[test]
fn log_gamma_values() {
    for (x, expected) in LOG_GAMMA {
        assert_close(&format!("ln Γ({x})"), log_gamma(x), expected, 2e-15);
    }
    assert_eq!(log_gamma(1.0), 0.0);
    assert_eq!(log_gamma(2.0), 0.0);
    assert_eq!(log_gamma(0.0), f64::MAX);
    assert_eq!(log_gamma(-3.0), f64::MAX);
}

#[test]
fn gamma_tail_values() {
    let mut worst = 0.0_f64;
    for (a, x, lower, upper) in GAMMA_TAILS {
        let name = format!("P({a}, {x})");
        worst = worst.max(assert_close(&name, regularized_gamma_p(a, x), lower, GAMMA_TOLERANCE));
        // Below the mean Q is 1 - P: only its absolute error is small.
        let error = (regularized_gamma_q(a, x) - upper).abs();
        assert!(error <= GAMMA_TOLERANCE * upper + 3e-16, "Q({a}, {x}): error {error:e}");
    }
    println!("worst relative error of P: {worst:.2e}");
}

#[test]
fn beta_tail_values() {
    let mut worst = 0.0_f64;
    for (x, a, b, lower, upper) in BETA_TAILS {
        let name = format!("I_{x}({a}, {b})");
        worst = worst.max(assert_close(&name, regularized_beta(x, a, b), lower, BETA_TOLERANCE));
        let tails = beta_tails(x, 1.0 - x, a, b);
        let error = (tails.upper - upper).abs();
        assert!(error <= BETA_TOLERANCE * upper + 3e-16, "1 - {name}: error {error:e}");
    }
    println!("worst relative error of I: {worst:.2e}");
}

#[test]
fn gamma_quantile_values() {
    let mut worst = 0.0_f64;
    for (a, p, expected) in GAMMA_QUANTILE {
        let got = inverse_regularized_gamma_p(a, p);
        if expected < 1e-290 {
            assert!(got < 1e-290, "{a} {p}: {got:e}");
            continue;
        }
        // Small shapes: x ~ p^(1/a), whose relative error is that of ln p, divided by a.
        worst = worst.max(assert_close(&format!("P({a}, x) = {p}"), got, expected, QUANTILE_TOLERANCE));
    }
    println!("worst relative error of the gamma quantile: {worst:.2e}");
}

#[test]
fn beta_quantile_values() {
    let mut worst = 0.0_f64;
    for (a, b, p, expected) in BETA_QUANTILE {
        let got = inverse_regularized_beta(p, a, b);
        if expected < 1e-290 {
            assert!(got < 1e-290, "{a} {b} {p}: {got:e}");
            continue;
        }
        worst = worst.max(assert_close(&format!("I_x({a}, {b}) = {p}"), got, expected, QUANTILE_TOLERANCE));
    }
    println!("worst relative error of the beta quantile: {worst:.2e}");
}

const GAMMA_TOLERANCE: f64 = 1e-12;
const BETA_TOLERANCE: f64 = 1e-12;
const QUANTILE_TOLERANCE: f64 = 1e-12;

#[test]
fn closed_forms() {
    for x in [1e-8, 0.1, 0.5, 1.0, 3.0, 30.0, 200.0] {
        assert_close("P(1, x) = 1 - e^-x", regularized_gamma_p(1.0, x), -exp_m1(-x), 1e-14);
        assert_close("Q(1, x) = e^-x", regularized_gamma_q(1.0, x), exp(-x), 1e-13);
    }
    for x in [1e-8, 0.1, 0.4, 0.7, 0.999] {
        assert_close("I_x(1, 1) = x", regularized_beta(x, 1.0, 1.0), x, 1e-14);
        assert_close("I_x(3, 1) = x³", regularized_beta(x, 3.0, 1.0), x * x * x, 1e-14);
    }
    assert_close("median of symmetric beta", inverse_regularized_beta(0.5, 7.5, 7.5), 0.5, 1e-14);
    assert_close("median of the exponential", inverse_regularized_gamma_p(1.0, 0.5), std::f64::consts::LN_2, 1e-14);
}

#[test]
fn pieces_of_the_density() {
    // mpmath: log(1 + t) - t.
    for (t, expected) in [
        (1e-9, -4.999_999_996_666_666e-19),
        (0.3, -0.037_635_735_532_508_8),
        (-0.3, -0.056_674_943_938_732_4),
        (-0.9, -1.402_585_092_994_045_7),
        (5.0, -3.208_240_530_771_945),
    ] {
        assert_close("ln(1 + t) - t", ln_1p_minus(t), expected, 1e-14);
    }
    // ln Γ(10) = ln 362880 from both formulas.
    let below = stirling_correction(10.0 - 1e-12);
    assert!((below - stirling_correction(10.0)).abs() < 1e-14);
}

#[test]
fn ends_and_limits() {
    assert_eq!(regularized_gamma_p(2.0, 0.0), 0.0);
    assert_eq!(regularized_gamma_p(2.0, -1.0), 0.0);
    assert_eq!(regularized_gamma_p(2.0, f64::MAX), 1.0);
    assert_eq!(regularized_gamma_p(0.0, 1.0), 1.0);
    assert_eq!(inverse_regularized_gamma_p(2.0, 0.0), 0.0);
    assert_eq!(inverse_regularized_gamma_p(2.0, 1.0), f64::MAX);
    assert_eq!(inverse_regularized_gamma_p(1e-3, 0.01), 0.0);
    assert_eq!(regularized_beta(0.0, 2.0, 3.0), 0.0);
    assert_eq!(regularized_beta(1.0, 2.0, 3.0), 1.0);
    assert_eq!(regularized_beta(0.5, 0.0, 3.0), 1.0);
    assert_eq!(regularized_beta(0.5, 3.0, 0.0), 0.0);
    assert_eq!(inverse_regularized_beta(0.0, 2.0, 3.0), 0.0);
    assert_eq!(inverse_regularized_beta(1.0, 2.0, 3.0), 1.0);
}

/// The continued fraction below the switch to the normal expansion and the expansion above it agree.
#[test]
fn huge_beta_shapes_join_smoothly() {
    for ratio in [1.0, 3.0] {
        for deviate in [-5.0, -1.0, 0.0, 0.3, 4.0] {
            let level = |a: f64| {
                let b = a * ratio;
                let mean = a / (a + b);
                let sd = sqrt(mean * (1.0 - mean) / (a + b + 1.0));
                let x = mean + deviate * sd;
                let z = (x - mean) / sd;
                regularized_beta(x, a, b) / normal_cdf(z)
            };
            let (below, above) = (level(0.999e8), level(1.001e8));
            assert!((below - above).abs() < 1e-6, "{ratio} {deviate}: {below} {above}");
        }
    }
}

/// A shape that grows from just below to just above a switch of method must not make the tail jump.
#[test]
fn methods_join_smoothly() {
    for x in [20.0, 35.0, 40.0, 47.0, 70.0] {
        let (below, above) = (regularized_gamma_p(40.0 - 1e-10, x), regularized_gamma_p(40.0, x));
        assert!(relative_error(below, above) < 3e-10, "{x}: {below:e} {above:e}");
    }
}

fn shape() -> impl Strategy<Value = f64> {
    (-3.0_f64..6.0).prop_map(|exponent| exp(exponent * std::f64::consts::LN_10))
}

fn any_shape() -> impl Strategy<Value = f64> {
    (-300.0_f64..300.0).prop_map(|exponent| exp(exponent * std::f64::consts::LN_10))
}

proptest! {
    #[test]
    fn gamma_inverts(a in shape(), p in 1e-9_f64..0.999_999) {
        let x = inverse_regularized_gamma_p(a, p);
        prop_assume!(x > 1e-290);
        let tails = gamma_tails(a, x);
        // What a rounding of x alone does to the level.
        let allowed = 1e-12 * p + 4e-16 * (1.0 + tails.log_density);
        prop_assert!((tails.lower - p).abs() <= allowed, "a {a}, p {p}, x {x}: {}", tails.lower);
    }

    #[test]
    fn beta_inverts(a in shape(), b in shape(), p in 1e-9_f64..0.999_999) {
        let x = inverse_regularized_beta(p, a, b);
        prop_assume!(x > 1e-290 && x < 1.0 - 1e-12);
        let tails = beta_tails(x, 1.0 - x, a, b);
        let allowed = 1e-12 * p + 4e-16 * (1.0 + tails.log_density / (1.0 - x));
        prop_assert!((tails.lower - p).abs() <= allowed, "a {a}, b {b}, p {p}, x {x}: {}", tails.lower);
    }

    #[test]
    fn beta_is_symmetric(a in shape(), b in shape(), x in 0.0_f64..1.0) {
        let (one, other) = (beta_tails(x, 1.0 - x, a, b), beta_tails(1.0 - x, x, b, a));
        prop_assert!((one.lower - other.upper).abs() <= 1e-9 * one.lower.min(one.upper) + 1e-15);
    }

    #[test]
    fn gamma_rises(a in shape(), x in 0.0_f64..10.0, factor in 1.0_f64..2.0) {
        let (one, more) = (regularized_gamma_p(a, a * x), regularized_gamma_p(a, a * x * factor));
        prop_assert!(more >= one * (1.0 - 1e-12));
    }

    #[test]
    fn no_shape_gives_nan(a in any_shape(), b in any_shape(), x in any_shape(), u in 0.0_f64..1.0) {
        let p = regularized_gamma_p(a, x);
        prop_assert!((0.0..=1.0).contains(&p));
        let p = regularized_beta(u, a, b);
        prop_assert!((0.0..=1.0).contains(&p));
        prop_assert!((0.0..=f64::MAX).contains(&inverse_regularized_gamma_p(a, u)));
        prop_assert!((0.0..=1.0).contains(&inverse_regularized_beta(u, a, b)));
    }
}
