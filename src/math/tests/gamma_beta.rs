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
fn log_beta_values() {
    // mpmath.log(mpmath.beta(a, b)) at 60 digits.
    for (a, b, expected) in LOG_BETA {
        assert_close(&format!("ln B({a}, {b})"), log_beta(a, b), expected, 1e-14);
        assert_close(&format!("ln B({b}, {a})"), log_beta(b, a), expected, 1e-14);
    }
}

#[rustfmt::skip]
const LOG_BETA: [(f64, f64, f64); 7] = [
    (0.001, 0.001, 7.600900817008347),
    (0.001, 1000000.0, 6.893363375325389),
    (0.5, 0.5, 1.1447298858494002),
    (2.0, 3.0, -2.4849066497880004),
    (0.3, 250.0, -0.5602201687760894),
    (30.0, 100000.0, -274.1350745542519),
    (1000000.0, 1000000.0, -1386300.003362921),
];

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

/// x, a, b, I_x(a, b), 1 - I_x(a, b) beyond the switch to the normal expansion: the density integrated by mpmath's
/// `quad` at 50 digits in pieces of two standard deviations; the two tails sum to 1 within 1e-25.
#[rustfmt::skip]
const HUGE_BETA_TAILS: [(f64, f64, f64, f64, f64); 18] = [
    (0.4998500000001875, 200000000.0, 200000000.0, 9.865868931420129e-10, 0.9999999990134131),
    (0.49997500000003126, 200000000.0, 200000000.0, 0.158655254233974, 0.841344745766026),
    (0.5, 200000000.0, 200000000.0, 0.5, 0.5),
    (0.5000062499999922, 200000000.0, 200000000.0, 0.598706325505857, 0.401293674494143),
    (0.5000249999999687, 200000000.0, 200000000.0, 0.841344745766026, 0.158655254233974),
    (0.5001249999998437, 200000000.0, 200000000.0, 0.9999997133485303, 2.8665146966888617e-07),
    (0.24990814413470305, 200000000.0, 600000000.0, 9.836970984587958e-10, 0.9999999990163029),
    (0.24998469068911716, 200000000.0, 600000000.0, 0.1586552540152873, 0.8413447459847126),
    (0.25, 200000000.0, 600000000.0, 0.5000054289168, 0.4999945710832),
    (0.2500038273277207, 200000000.0, 600000000.0, 0.5987112586022052, 0.40128874139779475),
    (0.25001530931088284, 200000000.0, 600000000.0, 0.8413447459847121, 0.15865525401528793),
    (0.25007654655441414, 200000000.0, 600000000.0, 0.999999712862582, 2.871374179585609e-07),
    (0.9615334015883502, 50000000000.0, 2000000000.0, 9.880807188430072e-10, 0.9999999990119193),
    (0.961537618213443, 50000000000.0, 2000000000.0, 0.15865525391196184, 0.8413447460880382),
    (0.9615384615384616, 50000000000.0, 2000000000.0, 0.4999972008479099, 0.5000027991520901),
    (0.9615386723697161, 50000000000.0, 2000000000.0, 0.5987037821790882, 0.4012962178209119),
    (0.96153930486348, 50000000000.0, 2000000000.0, 0.8413447460708858, 0.15865525392911414),
    (0.9615426781635543, 50000000000.0, 2000000000.0, 0.9999997135986958, 2.8640130421357797e-07),
];

#[test]
fn huge_beta_shapes() {
    for (x, a, b, lower, upper) in HUGE_BETA_TAILS {
        let tails = beta_tails(x, 1.0 - x, a, b);
        // A rounding of x alone moves the level by this much.
        let inherent = 2e-16 * tails.log_density;
        assert!((tails.lower - lower).abs() <= 2e-12 * lower + inherent, "I_{x}({a}, {b}): {}", tails.lower);
        assert!((tails.upper - upper).abs() <= 2e-12 * upper + inherent, "1 - I_{x}({a}, {b}): {}", tails.upper);
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
