//! Crowds, contagion, opinions, groups.

use std::f64::consts::FRAC_PI_4;

use super::case::{Case, Subject::*};
use super::exact::{Chain, binomial};

const HAND: &str = "by hand";
const POWERS: &str = "the same chain by matrix powers";

pub(super) fn cases() -> Vec<Case> {
    let granovetter = "Granovetter 1978";
    let parking = 7.0_f64.powi(5) / 6.0_f64.powi(6);
    let (p, q): (f64, f64) = (0.3, 0.7);
    let reedfrost = "reedfrost (CDC)";
    let six_of_nine: f64 = (6..=9).map(|k| binomial(9, k, 0.6)).sum();
    let six_of_eight: f64 = (6..=8).map(|k| binomial(8, k, 0.6)).sum();
    let different: f64 = (0..23).map(|k| f64::from(365 - k) / 365.0).product();
    vec![
        Case::of("reference/granovetter")
            .deterministic()
            .runs(1)
            .always(Measure("rioters", 50.0), "rioters on day 50", 50.0, granovetter)
            .always(EndDayOf("everybody"), "day on which all 100 riot", 100.0, granovetter),
        Case::of("reference/granovetter").variant("one_threshold_raised").deterministic().runs(1).always(
            Measure("rioters", 101.0),
            "rioters with a threshold of 1 raised to 2",
            1.0,
            granovetter,
        ),
        Case::of("reference/parking").is(Outcome("all_defect"), "all six defect", parking, "Konheim & Weiss 1966"),
        Case::of("reference/reed_frost")
            .runs(5000)
            .is(Measure("nobody", 12.0), "nobody infected", 0.348_678_4, reedfrost)
            .is(Measure("untouched", 2.0), "mean untouched after two generations", reed_frost(2), "chain binomial")
            .is(Measure("untouched", 12.0), "mean untouched in the end", reed_frost(12), "chain binomial"),
        Case::of("reference/reed_frost_two")
            .is(Query("none"), "none infected", q * q, reedfrost)
            .is(Query("one"), "one infected", 2.0 * p * q * q, reedfrost)
            .is(Query("both"), "both infected", p * p + 2.0 * p * p * q, reedfrost),
        sis(),
        Case::of("reference/voter").runs(4000).is(
            Outcome("all_with_the_junta"),
            "all take the side of two of five",
            0.4,
            "Holley & Liggett 1975",
        ),
        Case::of("reference/random_graph")
            .is(Query("all_have_heard"), "the graph is connected", 38.0 / 64.0, "Gilbert 1959")
            .is(Measure("ties", 0.0), "mean number of ties", 3.0, "Gilbert 1959")
            .is(Measure("triangles", 0.0), "mean number of triangles", 0.5, "Gilbert 1959")
            .is(Measure("no_ties", 0.0), "no ties", 1.0 / 64.0, "Gilbert 1959"),
        coalition(),
        Case::of("reference/supermajority")
            .runs(20_000)
            .is(Query("carried"), "six of nine", six_of_nine, "binomial")
            .is(Query("carried_without_the_first"), "six of eight", six_of_eight, "binomial")
            .is(
                Query("unanimous_given_carried"),
                "all, given two thirds",
                binomial(9, 9, 0.6) / six_of_nine,
                "binomial",
            ),
        extremes(),
        Case::of("reference/birthdays").runs(4000).is(
            Outcome("shared"),
            "two of 23 share a birthday",
            1.0 - different,
            "Feller 1968",
        ),
        Case::of("reference/darts")
            .runs(40_000)
            .is(Outcome("inside"), "within the circle", FRAC_PI_4, "elementary")
            .is(EndDay, "mean day, 0 if inside", 1.0 - FRAC_PI_4, "elementary"),
    ]
}

/// Mean number of untouched of ten after so many generations, by the distribution of (calm, restless).
fn reed_frost(generations: usize) -> f64 {
    let place = |calm: usize, restless: usize| calm * 11 + restless;
    let mut now = vec![0.0; 11 * 11];
    now[place(10, 1)] = 1.0;
    for _ in 0..generations {
        let mut next = vec![0.0; 11 * 11];
        for calm in 0..=10_usize {
            for restless in 0..=10_usize {
                let infect = 1.0 - 0.9_f64.powi(restless as i32);
                for new in 0..=calm {
                    next[place(calm - new, new)] +=
                        now[place(calm, restless)] * binomial(calm as u32, new as u32, infect);
                }
            }
        }
        now = next;
    }
    (0..=10).map(|calm| calm as f64 * (0..=10).map(|restless| now[place(calm, restless)]).sum::<f64>()).sum()
}

fn sis() -> Case {
    let chain = Chain::of(5, |restless| {
        let infect = 1.0 - 0.85_f64.powi(restless as i32);
        let mut moves = Vec::new();
        for new in 0..=4 - restless {
            for calmed in 0..=restless {
                let probability =
                    binomial(4 - restless as u32, new as u32, infect) * binomial(restless as u32, calmed as u32, 0.25);
                moves.push((restless + new - calmed, probability));
            }
        }
        moves
    });
    Case::of("reference/sis")
        .is(Measure("unrest", 5.0), "mean restless on day 5", chain.mean_after(5, 1, |k| k as f64), POWERS)
        .is(Measure("unrest", 20.0), "mean restless on day 20", chain.mean_after(20, 1, |k| k as f64), POWERS)
        .is(Measure("none", 20.0), "none on day 20", chain.after(20, 1)[0], POWERS)
}

/// One state: in the coalition, outside of it, gone for good.
fn coalition() -> Case {
    let stay = 0.95;
    let chain = Chain::of(3, |state| match state {
        0 => vec![(0, 0.8 * stay), (1, 0.2 * stay), (2, 0.05)],
        1 => vec![(0, 0.1 * stay), (1, 0.9 * stay), (2, 0.05)],
        gone => vec![(gone, 1.0)],
    });
    let from = |state: usize, days: usize| chain.after(days, state)[0];
    Case::of("reference/coalition")
        .is(Measure("members", 5.0), "mean members on day 5", 4.0 * from(0, 5) + from(1, 5), POWERS)
        .is(Measure("members", 15.0), "mean members on day 15", 4.0 * from(0, 15) + from(1, 15), POWERS)
        .is(Measure("standing", 15.0), "mean states left on day 15", 5.0 * stay.powi(15), HAND)
        .is(Measure("yemen_in", 5.0), "an outsider is in on day 5", from(1, 5), POWERS)
}

fn extremes() -> Case {
    let source = "order statistics";
    Case::of("reference/uniform_extremes")
        .is(Measure("greatest", 0.0), "mean of the greatest", 0.8, source)
        .is(Measure("least", 0.0), "mean of the least", 0.2, source)
        .is(Measure("of_the_strong", 0.0), "mean of those above .5", 0.75, source)
        .is(Measure("strong", 0.0), "mean number above .5 of three", 1.5, source)
        .is(Measure("all_above", 0.0), "all above .2", 0.8_f64.powi(4), source)
        .is(Measure("any_above", 0.0), "any above .9", 1.0 - 0.9_f64.powi(4), source)
        .is(Measure("share_strong", 0.0), "mean share above .5", 0.5, source)
        .is(Measure("ordered", 0.0), "in one order", 1.0 / 24.0, source)
}
