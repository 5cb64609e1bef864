//! Intervals and tests as SciPy computes them.

use flashpoint::statistics::{Association, Interval, earlier, false_discovery, quantile_ranks, two_sided, wilson};

use super::{Deviation, cases, list, number, numbers};

#[test]
fn intervals_of_quantiles() {
    for case in list(&cases("small.json")["quantiles"]) {
        let ours = quantile_ranks(number(&case["n"]) as u64, number(&case["p"]));
        assert_eq!((ours.low, ours.high), (case["low"].as_u64(), case["high"].as_u64()), "{case}");
    }
}

#[test]
fn ratios_of_risks_and_their_tests() {
    let mut deviation = Deviation::new(1e-10);
    for case in list(&cases("small.json")["ratios"]) {
        let count = |key: &str| number(&case[key]) as u64;
        let association =
            Association { n: count("n"), first: count("first"), second: count("second"), both: count("both") };
        let (ratio, Interval { low, high }) = association.risk_ratio().expect("no share is 0");
        for (ours, key) in [(ratio, "ratio"), (low, "low"), (high, "high"), (association.p_value(), "p")] {
            deviation.see(ours, number(&case[key]), key);
        }
    }
    deviation.tell("SciPy's risk ratios");
}

#[test]
fn who_is_earlier() {
    let mut deviation = Deviation::new(1e-10);
    for case in list(&cases("small.json")["earlier"]) {
        let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
        let ours = earlier(&x, &y).expect("two samples");
        // SciPy counts the pairs in which the first is greater.
        deviation.see((1.0 - ours.value) * (x.len() * y.len()) as f64, number(&case["u"]), "u");
        deviation.see(two_sided((ours.value - 0.5) / ours.standard_error), number(&case["p"]), "p");
    }
    deviation.tell("SciPy's Mann-Whitney test");
}

#[test]
fn many_tests_at_once() {
    let mut deviation = Deviation::new(1e-12);
    let case = &cases("small.json")["discoveries"];
    for (ours, theirs) in false_discovery(&numbers(&case["p"])).into_iter().zip(numbers(&case["adjusted"])) {
        deviation.see(ours, theirs, "adjusted p");
    }
    deviation.tell("SciPy's false discovery control");
}

#[test]
fn shares() {
    let mut deviation = Deviation::new(1e-12);
    for case in list(&cases("small.json")["wilson"]) {
        let ours = wilson(number(&case["k"]) as u64, number(&case["n"]) as u64).expect("there are runs");
        deviation.see(ours.low, number(&case["low"]), "low");
        deviation.see(ours.high, number(&case["high"]), "high");
    }
    deviation.tell("SciPy's Wilson intervals");
}
