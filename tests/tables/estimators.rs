//! Estimators against other programs on the same numbers.

use flashpoint::statistics::{Bins, ExactMoments, Histogram, Level, StepCounts, wilson};

#[test]
fn wilson_as_scipy_computes_it() {
    // scipy 1.17.1: binomtest(k, n).proportion_ci(method="wilson"); R's prop.test(k, n, correct = FALSE) is the same formula.
    for (hits, n_runs, low, high) in [
        (0, 1, 0.0, 0.7934506856227626),
        (1, 1, 0.20654931437723745, 1.0),
        (0, 10, 0.0, 0.27753279986288926),
        (1, 10, 0.017876213095072896, 0.4041500267952385),
        (5, 10, 0.236593090512564, 0.7634069094874361),
        (15, 148, 0.06238639953073629, 0.16048724172330803),
        (81, 263, 0.2552885198782742, 0.36620957698280004),
        (1, 1000000, 1.765245767453709e-07, 5.664911804311442e-06),
        (501450, 1000000, 0.50047001844072, 0.502429970419092),
        (999999997, 1000000000, 0.999999991178812, 0.9999999989797292),
    ] {
        let interval = wilson(hits, n_runs).unwrap();
        assert!((interval.low - low).abs() <= 1e-12 * low.max(1e-3), "{hits} of {n_runs}: {interval:?}");
        assert!((interval.high - high).abs() <= 1e-12 * high, "{hits} of {n_runs}: {interval:?}");
    }
}

#[test]
fn quantiles_and_moments_as_numpy_computes_them() {
    // numpy 2.4.6: quantile(x, q, method="inverted_cdf"), mean(), var(ddof=1).
    let values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9_u32];
    let mut steps = StepCounts::default();
    let mut histogram = Histogram::new(Bins::for_range(Some((0.0, 10.0)), 40));
    let mut moments = ExactMoments::default();
    for value in values {
        steps.add(value);
        histogram.add(f64::from(value));
        moments.add(f64::from(value));
    }
    let counts = histogram.distribution();
    for (percent, expected) in [(5, 1), (25, 3), (50, 5), (75, 8), (95, 9)] {
        assert_eq!(steps.quantile(Level::percent(percent)), Some(expected));
        assert_eq!(counts.quantile(Level::percent(percent)), Some(f64::from(expected)));
    }
    let moments = moments.moments();
    assert!((moments.mean.unwrap() - 5.133333333333334).abs() < 1e-14);
    assert!((moments.variance.unwrap() - 7.98095238095238).abs() < 1e-13);
    assert!((moments.standard_error().unwrap() - 0.7294268243377755).abs() < 1e-14);
    assert_eq!(steps.mean(), moments.mean);
}
