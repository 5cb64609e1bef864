//! Deadlines, dates, delays, half-lives, flows.

use flashpoint::diagnostic::Code;
use flashpoint::math::normal_cdf;

use super::case::{Case, Subject::*};
use super::exact::within;

const HAND: &str = "by hand";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for step in ["6 hours", "1 day", "2 days"] {
        cases.push(
            Case::of("reference/ultimatum")
                .set(format!("scenario.step={step}"))
                .deterministic()
                .always(EndDayOf("all_at_once"), "day on which all four ways are due", 10.0, HAND)
                .always(FirstDay("by_clock"), "day by a clock", 10.0, HAND)
                .always(FirstDay("by_since"), "day by the time since", 10.0, HAND)
                .always(FirstDay("by_date"), "day by a date", 10.0, HAND)
                .always(Measure("delivered", 8.0), "delivered by day 8", 0.0, HAND)
                .always(Measure("delivered", 10.0), "delivered by day 10", 1.0, HAND)
                .always(Measure("left", 8.0), "days left on day 8", 2.0, HAND)
                .always(Query("delivered_in_time"), "delivered at the end", 1.0, HAND),
        );
    }
    cases.push(calendar());
    for step in ["6 hours", "12 hours", "1 day"] {
        let case = Case::of("reference/delay_uniform").set(format!("scenario.step={step}"));
        cases.push(
            case.always(Measure("come", 6.0), "come after 5 days", 0.0, "elementary: uniform time")
                .is(Measure("come", 8.0), "come after 7 days", 0.4, "elementary: uniform time")
                .is(Measure("come", 10.0), "come after 9 days", 0.8, "elementary: uniform time")
                .always(Measure("come", 11.0), "come after 10 days", 1.0, "elementary: uniform time"),
        );
    }
    let under_way = |days: u32| (0..days).map(|k| 0.4 * (-f64::from(k) / 3.0).exp()).sum::<f64>();
    let queue = "queue with infinitely many servers";
    cases.push(
        Case::of("reference/delay_queue")
            .is(Measure("under_way", 5.0), "mean under way on day 5", under_way(5), queue)
            .is(Measure("under_way", 30.0), "mean under way on day 30", under_way(30), queue)
            .always(Measure("all", 30.0), "none is lost", 1.0, HAND),
    );
    let arrived = arrivals_of_battalion();
    let left = 1.0 - (0.0 + 0.1 + 0.5) / 3.0;
    cases.push(
        Case::of("reference/delay_cancelled")
            .is(Measure("arrived", 60.0), "mean number that arrives of three", 3.0 * arrived, "sum over days")
            .is(Measure("strength", 60.0), "mean strength that arrives", 3.0 * arrived * left, "sum over days"),
    );
    let half = 0.5_f64;
    cases.push(
        Case::of("reference/half_life")
            .deterministic()
            .within(1e-12, Measure("fading", 11.0), "half is left", 0.5, HAND)
            .within(1e-12, Measure("fading", 41.0), "a sixteenth is left", 0.2 + 0.6 / 16.0, HAND)
            .within(1e-12, Measure("resting", 11.0), "half is left, towards a stated rest", 0.5, HAND)
            .within(1e-12, Measure("resting", 41.0), "a sixteenth, towards a stated rest", 0.2 + 0.6 / 16.0, HAND)
            .within(1e-12, Measure("drawn_up", 10.0), "half way to a rest of .7", 0.45, HAND)
            .within(1e-12, Measure("drawn_up", 41.0), "41 days towards it", 0.7 - 0.5 * half.powf(4.1), HAND),
    );
    cases.extend([shot_noise(), mean_reversion(), mobilisation("1 day", 1.0), mobilisation("1 hour", 1.0 / 24.0)]);
    let aided = (1..=59).map(|k| within(0.2, 1.0) * (-0.2 * f64::from(k - 1)).exp() * 0.9_f64.powi(k - 1)).sum();
    cases.push(Case::of("reference/gone_for_good").is(Measure("aided", 60.0), "aid comes", aided, "sum over days").is(
        Measure("gone", 11.0),
        "gone by day 11",
        1.0 - 0.9_f64.powi(10),
        "geometric time",
    ));
    cases.push(
        Case::of("reference/stopped_sum")
            .warns(Code::CertainChance)
            .is(Measure("losses", 300.0), "mean loss", 30.0, "Wald 1944")
            .is(Measure("days", 300.0), "mean days", 10.0, "geometric time"),
    );
    let days_under: f64 = (1..30).map(|k| within(0.1, f64::from(k))).sum();
    cases.push(Case::of("reference/strain_under_sanctions").is(
        Measure("strain", 30.0),
        "mean strain",
        0.03 * days_under,
        "elementary: sum of the distribution function",
    ));
    let closed = |n: i32| (1.0 - 0.6_f64.powi(n)) / 4.0;
    let chain = "two-state Markov chain";
    cases.push(
        Case::of("reference/two_state")
            .is(Measure("closed", 3.0), "mean share closed on day 3", closed(3), chain)
            .is(Measure("closed", 10.0), "mean share closed on day 10", closed(10), chain)
            .is(Measure("both_closed", 10.0), "both closed on day 10", closed(10) * closed(10), chain),
    );
    cases
}

/// From noon on 1 February 2024 (a Thursday), steps end every 6 hours: 18:00, midnight, 06:00, ..
fn calendar() -> Case {
    // February: 29 days less the 12 hours before the start, less the step that ends at its midnight; that of 1 February 12:00 is day 0.
    let february = f64::from(28 * 4 + 1);
    // 60 days from Thursday noon end on Monday 1 April at noon: nine Saturdays and nine Sundays between.
    let weekends = f64::from(18 * 4);
    // Once a day from 18:00 on: 2 in the first week. Saturday 00:00 is closed, and the next is Monday 00:00, from when on the day's is at
    // midnight: 8 weeks of 5 and the last Monday.
    let letters = f64::from(2 + 8 * 5 + 1);
    Case::of("reference/calendar")
        .always(Measure("of_february", 60.0), "steps dated in February", february, HAND)
        .always(Measure("of_weekends", 60.0), "steps dated on a weekend", weekends, HAND)
        .always(Measure("of_the_leap_day", 60.0), "steps dated on the leap day", 4.0, HAND)
        .always(FirstDay("march_begins"), "first step of March", 28.5, HAND)
        .always(Measure("until_march", 0.0), "days until March", 28.5, HAND)
        .always(Measure("year", 60.0), "year", 2024.0, HAND)
        .is(Measure("letters", 60.0), "mean letters on working days", 0.25 * letters, HAND)
}

/// A battalion arrives on day k with the probability of its time, if it was not recalled on days 2 to k - 1: what is due on a day comes before
/// what happens on it, and an order of recall counts from the next day on.
fn arrivals_of_battalion() -> f64 {
    let by = |days: f64| if days > 0.0 { normal_cdf((days / 10.0).ln() / 0.5) } else { 0.0 };
    (1..=59).map(|d| (by(f64::from(d)) - by(f64::from(d - 1))) * 0.95_f64.powi(d - 1)).sum()
}

fn shot_noise() -> Case {
    let source = "Campbell's theorem";
    let kept = 0.5_f64.powf(0.25);
    let days = 30;
    let mean: f64 = 1.0 + (0..days).map(|j| 0.2 * 0.5 * kept.powi(j)).sum::<f64>();
    // Variance of one day: E size^2 p - (p E size)^2, an exponential size having E size^2 = 2 mean^2.
    let variance: f64 = (0..days).map(|j| (0.2 * 0.5 - 0.01) * kept.powi(2 * j)).sum();
    Case::of("reference/shot_noise")
        .is(Measure("tension", 30.0), "mean tension", mean, source)
        .is(Measure("squared", 30.0), "variance of tension", variance, source)
        .is(Measure("echo", 30.0), "mean tension, with a stated rest", mean, source)
        .within(0.01, Measure("apart", 30.0), "both forms apart, in billionths", 0.0, HAND)
}

/// Growth by a flow: the Euler map itself, and how near it comes to the logistic curve.
fn mobilisation(step: &str, days: f64) -> Case {
    let mut share = 0.01;
    for _ in 0..(10.0 / days).round() as u32 {
        share += 0.5 * share * (1.0 - share) * days;
    }
    let case = Case::of("reference/mass_mobilisation").set(format!("scenario.step={step}")).deterministic();
    let case = case.within(1e-12, Measure("mobilised", 10.0), "Euler's map on day 10", share, "Euler's method");
    if days == 1.0 {
        return case;
    }
    let curve = 1.0 / (1.0 + 99.0 * (-5.0_f64).exp());
    case.within(0.01, Measure("mobilised", 10.0), "the logistic curve on day 10, within .01", curve, "Verhulst 1838")
}

fn mean_reversion() -> Case {
    let source = "first-order autoregression";
    let kept = 0.5_f64.powf(1.0 / 3.0);
    let mean = 0.5 * kept.powi(20);
    let variance: f64 = (0..20).map(|j| 0.01 * kept.powi(2 * j)).sum();
    Case::of("reference/mean_reversion")
        .is(Measure("mood", 20.0), "mean mood", mean, source)
        .is(Measure("spread", 20.0), "variance of mood", variance, source)
        .is(Measure("below", 20.0), "mood below .05", normal_cdf((0.05 - mean) / variance.sqrt()), source)
}

#[test]
fn warnings_are_known() {
    // The two-day step of the ultimatum divides everything that it waits for.
    let ultimatum = cases().into_iter().find(|case| case.sets.iter().any(|word| word.contains("2 days")));
    assert!(ultimatum.is_some_and(|case| case.warnings == [Code::NothingRandom]));
}
