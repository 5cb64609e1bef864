//! Models of politics: arms races, elections, pressure, records.

use super::case::{Case, Subject::*};
use super::exact::{Chain, binomial, solve, within};

pub(super) fn cases() -> Vec<Case> {
    let equilibrium = solve(vec![vec![0.1, -0.05], vec![-0.04, 0.08]], vec![0.3, 0.2]);
    let mut cases = Vec::new();
    for step in ["1 day", "2 days"] {
        cases.push(
            Case::of("reference/richardson")
                .set(format!("scenario.step={step}"))
                .deterministic()
                .within(1e-9, Measure("france", 1000.0), "arms of France at rest", equilibrium[0], "Richardson 1960")
                .within(1e-9, Measure("germany", 1000.0), "arms of Germany at rest", equilibrium[1], "Richardson 1960"),
        );
    }
    cases.extend([condorcet(), pressure(), history()]);
    let lomax = "Lomax 1954";
    cases.push(
        Case::of("reference/common_cause")
            .runs(20_000)
            .is(Query("by_day_50"), "coup by day 50", 0.5, lomax)
            .is(Outcome("coup"), "coup by day 100", 2.0 / 3.0, lomax)
            .is(Query("by_day_100_given_none_by_50"), "by day 100, given none by day 50", 1.0 - 2.0 / 3.0, lomax),
    );
    let right: f64 = (5..=9).map(|k| binomial(9, k, 0.7)).sum();
    let evidence = (0.7_f64 / 0.3).ln();
    let belief = |k: u32| 1.0 / (1.0 + (-(2.0 * f64::from(k) - 9.0) * evidence).exp());
    let mean: f64 = (0..=9).map(|k| binomial(9, k, 0.7) * belief(k)).sum();
    let bayes = "Bayes' rule";
    cases.push(
        Case::of("reference/perception")
            .is(Query("believed_given_meant"), "believed, where it is meant", right, bayes)
            .is(Query("believed_given_not_meant"), "believed, where it is not meant", 1.0 - right, bayes)
            .is(Measure("belief", 9.0), "mean belief (a martingale)", 0.5, bayes)
            .is(Measure("belief_in_truth", 9.0), "mean belief in what is true", mean, bayes),
    );
    cases
}

fn condorcet() -> Case {
    let strength = [[0.0, 12.099, 54.921], [10.333, 0.0, 27.079], [5.007, 55.047, 0.0_f64]];
    let wins = |a: usize, b: usize| {
        let (own, other) = (strength[a][b] * strength[a][b], strength[b][a] * strength[b][a]);
        own / (own + other)
    };
    let close = |value: f64, published: f64| assert!((value - published).abs() < 5.1e-5, "{value} {published}");
    close(wins(0, 1), 0.5782);
    close(wins(0, 2), 0.9918);
    close(wins(1, 2), 0.1948);
    let sweeps = [wins(0, 1) * wins(0, 2), wins(1, 0) * wins(1, 2), wins(2, 0) * wins(2, 1)];
    let total: f64 = sweeps.iter().sum();
    for (sweep, published) in sweeps.iter().zip([0.8659, 0.1241, 0.0100]) {
        close(sweep / total, published);
    }
    let chain = Chain::of(3, |now| {
        let challenge = (0..3).filter(|rival| *rival != now).map(|rival| (rival, wins(rival, now) / 2.0));
        let mut moves: Vec<_> = challenge.collect();
        moves.push((now, 1.0 - moves.iter().map(|(_, probability)| probability).sum::<f64>()));
        moves
    });
    let rest = chain.after(80, 0);
    for (share, published) in rest.iter().zip([0.6351, 0.2148, 0.1501]) {
        close(*share, published);
    }
    let source = "KTAB, log of 2017-05-30";
    Case::of("reference/condorcet")
        .runs(5000)
        .is(Query("first_beats_second"), "first beats second", wins(0, 1), source)
        .is(Query("first_beats_third"), "first beats third", wins(0, 2), source)
        .is(Query("second_beats_third"), "second beats third", wins(1, 2), source)
        .is(Query("first_sweeps"), "first, given a winner of both", sweeps[0] / total, source)
        .is(Query("second_sweeps"), "second, given a winner of both", sweeps[1] / total, source)
        .is(Query("third_sweeps"), "third, given a winner of both", sweeps[2] / total, source)
        .is(Measure("first_in_force", 80.0), "first in force, random challenges", rest[0], source)
        .is(Measure("second_in_force", 80.0), "second in force", rest[1], source)
        .is(Measure("third_in_force", 80.0), "third in force", rest[2], source)
}

fn pressure() -> Case {
    let source = "binomial counts";
    let peak = 9.0 * (1.0 - 0.9_f64.powi(20))
        + 4.0 * 0.9_f64.powi(20) * (1.0 - 0.7_f64.powi(20))
        + 2.0 * 0.9_f64.powi(20) * 0.7_f64.powi(20) * (1.0 - 0.5_f64.powi(20));
    Case::of("reference/pressure")
        .is(Measure("anger", 20.0), "mean anger", 19.0 * (4.0 * 0.3 + 9.0 * 0.1), source)
        .is(Measure("peak_ladder", 20.0), "mean highest level", peak, source)
        .is(Measure("rivera_score", 20.0), "mean score", 20.0 * (12.0 * 0.3 + 28.0 * 0.1), source)
}

fn history() -> Case {
    let hazard = 0.02;
    let source = "no memory";
    // Runs that end in war on day 30 or before have no pressure then; whether they do has nothing to do with insults.
    Case::of("reference/history")
        .is(Outcome("war"), "40 days of hazard after the record", within(hazard, 40.0), source)
        .is(Query("war_by_day_40"), "20 days of hazard after the record", within(hazard, 20.0), source)
        .always(Query("no_war_in_the_record"), "none in the record", 1.0, "by hand")
        .always(Measure("strain", 20.0), "one insult in the record", 1.0, "by hand")
        .is(Measure("insults", 30.0), "mean insults by day 30, two at most", 1.0 + 1.0 - 0.9_f64.powi(10), "by hand")
        .is(Measure("strain", 41.0), "mean strain on day 41", 2.0 - 0.9_f64.powi(21), "by hand")
        .is(Measure("strain", 42.0), "mean strain on day 42", 12.0 - 0.9_f64.powi(22), "by hand")
}
