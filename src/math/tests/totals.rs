//! Arithmetic is total, elementary functions are as the language says.

use proptest::prelude::*;

use super::assert_close;
use super::reference_values::{NORMAL_CDF, NORMAL_QUANTILE};
use crate::math::*;

#[test]
fn division_by_zero_is_zero() {
    assert_eq!(divide(3.0, 0.0), 0.0);
    assert_eq!(divide(0.0, 0.0), 0.0);
    assert_eq!(divide(-1e308, 1e-308), -f64::MAX);
    assert_eq!(divide(1.0, 4.0), 0.25);
}

#[test]
fn overflow_stays_at_the_largest_double() {
    assert_eq!(add(f64::MAX, f64::MAX), f64::MAX);
    assert_eq!(subtract(-f64::MAX, f64::MAX), -f64::MAX);
    assert_eq!(multiply(1e200, -1e200), -f64::MAX);
    assert_eq!(exp(710.0), f64::MAX);
    assert_eq!(integer_power(-1e100, 5), -f64::MAX);
    assert_eq!(power(10.0, 400.0), f64::MAX);
    assert_eq!(finite(f64::NAN), 0.0);
    assert_eq!(finite(f64::NEG_INFINITY), -f64::MAX);
}

#[test]
fn logarithms_and_roots_of_what_has_none() {
    assert_eq!(ln(0.0), -745.0);
    assert_eq!(ln(-2.0), -745.0);
    assert!(ln(5e-324) > -745.0);
    assert_eq!(ln_1p(-1.0), -745.0);
    assert_eq!(sqrt(-4.0), 0.0);
    assert_eq!(sqrt(2.0), std::f64::consts::SQRT_2);
}

#[test]
fn powers() {
    assert_eq!(integer_power(0.0, 0), 1.0);
    assert_eq!(integer_power(-2.0, 3), -8.0);
    assert_eq!(integer_power(0.1, 3), (0.1 * 0.1) * 0.1);
    assert_eq!(integer_power(1.1, 16), (1..16).fold(1.1, |product, _| product * 1.1));
    assert_eq!(power(0.0, 0.0), 1.0);
    assert_eq!(power(0.0, 2.5), 0.0);
    assert_eq!(power(-8.0, 1.0 / 3.0), 0.0);
    assert_eq!(power(2.0, 0.5), exp(0.5 * ln(2.0)));
}

#[test]
fn logistic_is_the_formula() {
    assert_eq!(logistic(0.0), 0.5);
    assert_eq!(logistic(40.0), 1.0);
    assert_eq!(logistic(-2.0), 1.0 / (1.0 + exp(2.0)));
    assert!(logistic(-1e9) < 1e-300);
}

#[test]
fn normal_distribution_function() {
    for (x, expected) in NORMAL_CDF {
        assert_close(&format!("Φ({x})"), normal_cdf(x), expected, if x <= -8.0 { 3e-13 } else { 1e-14 });
    }
}

#[test]
fn normal_quantile_is_wichuras() {
    for (p, expected) in NORMAL_QUANTILE {
        assert_close(&format!("z({p})"), normal_quantile(p), expected, 1e-15);
    }
    // The examples of the paper (Wichura 1988, p. 480).
    assert_close("z(0.25)", normal_quantile(0.25), -0.674_489_750_196_081_7, 1e-15);
    assert_close("z(0.001)", normal_quantile(0.001), -3.090_232_306_167_814, 1e-15);
    assert_close("z(1e-20)", normal_quantile(1e-20), -9.262_340_089_798_408, 1e-15);
    assert_eq!(normal_quantile(0.5), 0.0);
}

#[test]
fn normal_quantile_ends_are_finite() {
    assert!((-38.6..-38.4).contains(&normal_quantile(0.0)));
    assert_eq!(normal_quantile(1.0), -normal_quantile(0.0));
}

#[test]
fn roots_are_found_and_missing_ones_reported() {
    let root = find_root(0.0, 2.0, 0.0, |x| x * x - 2.0).unwrap();
    assert_close("√2", root, std::f64::consts::SQRT_2, 1e-15);
    let steep = find_root(-50.0, 50.0, 1e-14, |x| exp(x) - 1e-9).unwrap();
    assert_close("ln 1e-9", steep, ln(1e-9), 1e-14);
    assert_eq!(find_root(1.0, 2.0, 0.0, |x| x), None);
}

proptest! {
    #[test]
    fn nothing_leaves_the_finite_doubles(a in proptest::num::f64::ANY, b in proptest::num::f64::ANY, n in 0_u32..17) {
        let (a, b) = (finite(a), finite(b));
        let results = [
            add(a, b), subtract(a, b), multiply(a, b), divide(a, b), power(a, b), integer_power(a, n), exp(a), ln(a),
            sqrt(a), logistic(a), exp_m1(a), ln_1p(a), normal_cdf(a), normal_quantile(a), log_gamma(a), gamma(a),
        ];
        for result in results {
            prop_assert!(result.is_finite());
        }
    }

    #[test]
    fn the_normal_quantile_inverts_the_distribution_function(exponent in -300.0_f64..-0.31) {
        let p = exp(exponent * std::f64::consts::LN_10);
        let back = normal_cdf(normal_quantile(p));
        prop_assert!((back / p - 1.0).abs() < 1e-12, "{p:e} {back:e}");
    }
}
