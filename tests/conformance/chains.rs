//! Markov chains and urns.

use flashpoint::diagnostic::Code;

use super::case::{Case, Subject::*};
use super::exact::{Chain, choose};

const MATRIX: &str = "fundamental matrix";
const FELLER: &str = "Feller 1968";
const PLACKETT: &str = "Plackett 1975";

pub(super) fn cases() -> Vec<Case> {
    vec![
        ruin("odds=0.5", 0.5).is(EndDay, "mean duration", 21.0, FELLER),
        ruin("odds=0.6", 0.6),
        absorbing(),
        die(),
        six_states(),
        herman("reference/herman_3", 4.0 / 3.0),
        herman("reference/herman_5", 16.0 / 5.0),
        herman("reference/herman_7", 48.0 / 7.0),
        ehrenfest(),
        coupons(),
        polya(),
        moran(2.0, 5, 0.516129),
        moran(1.1, 10, 0.147950).runs(4000),
        Case::of("reference/cycle_walk")
            .runs(5000)
            .is(EndDay, "mean days to the opposite town", 9.0, "Levin, Peres & Wilmer 2009")
            .always(Measure("columns", 1.0), "one column", 1.0, "by hand"),
        Case::of("reference/ballot").is(Outcome("ahead_throughout"), "ahead throughout", 0.25, "Bertrand 1887"),
        queue(),
        Case::of("reference/penney").is(Outcome("tails_heads_heads"), "tails-heads-heads first", 0.75, "Penney 1969"),
        Case::of("reference/weighted_lottery")
            .is(Query("togo_last"), "the least comes last", 0.3 + 3.0 / 14.0, PLACKETT)
            .is(Query("togo_second"), "the least comes second", 0.2 + 0.6 / 7.0, PLACKETT)
            .is(Query("in_order"), "in order of standing", 0.3, PLACKETT),
        tug(None, 0.55, 1.0),
        tug(Some("fair"), 0.5, 1.0),
        tug(Some("lazy"), 0.55, 2.0),
    ]
}

/// A ruin from 2 of 6 that may be slowed down.
fn tug(variant: Option<&'static str>, p: f64, slower: f64) -> Case {
    let walk = Chain::of(7, |k| match k {
        0 | 6 => vec![(k, 1.0)],
        k => vec![(k + 1, p), (k - 1, 1.0 - p)],
    });
    let case = Case::of("reference/tug_of_war");
    let case = if let Some(variant) = variant { case.variant(variant) } else { case };
    case.is(Outcome("left_wins"), "the left side wins", walk.reach(6, &[0])[2], FELLER).is(
        EndDay,
        "mean days",
        walk.mean_steps(&[0, 6])[2] * slower,
        MATRIX,
    )
}

fn ruin(set: &str, p: f64) -> Case {
    let walk = Chain::of(11, |k| match k {
        0 | 10 => vec![(k, 1.0)],
        k => vec![(k + 1, p), (k - 1, 1.0 - p)],
    });
    Case::of("reference/gamblers_ruin")
        .set(format!("parameters.{set}"))
        .is(Outcome("won"), "won from 3 of 10", walk.reach(10, &[0])[3], FELLER)
        .is(EndDay, "mean duration, by linear algebra", walk.mean_steps(&[0, 10])[3], MATRIX)
}

fn absorbing() -> Case {
    let chain = Chain::of(5, |state| match state {
        0 => vec![(0, 0.7), (1, 0.25), (4, 0.05)],
        1 => vec![(0, 0.3), (1, 0.4), (2, 0.3)],
        2 => vec![(1, 0.4), (2, 0.3), (3, 0.2), (4, 0.1)],
        end => vec![(end, 1.0)],
    });
    Case::of("reference/absorbing_chain")
        .is(Outcome("war"), "ends in war", chain.reach(3, &[4])[0], MATRIX)
        .is(Outcome("settlement"), "ends in a settlement", chain.reach(4, &[3])[0], MATRIX)
        .is(EndDay, "mean days", chain.mean_steps(&[3, 4])[0], MATRIX)
}

fn die() -> Case {
    let case = Case::of("reference/knuth_yao_die").is(EndDay, "mean flips", 11.0 / 3.0, "PRISM case study \"dice\"");
    ["one", "two", "three", "four", "five", "six"]
        .into_iter()
        .fold(case, |case, face| case.is(Outcome(face), format!("face {face}"), 1.0 / 6.0, "PRISM case study \"dice\""))
}

fn six_states() -> Case {
    let source = "PRISM regression tests, dtmc_pctl";
    Case::of("reference/six_states")
        .is(Query("within_2"), "state 2 within 2 steps", 0.125, source)
        .is(Query("within_10"), "state 2 within 10 steps", 0.166_503_906_25, source)
        .is(Query("ever"), "state 2 ever", 1.0 / 6.0, source)
        .is(Query("s2_or_s4"), "state 2 or 4 ever", 1.0 / 3.0, source)
        .is(Measure("reward", 10.0), "mean reward of 10 steps", 14.060_546_875, source)
}

fn herman(file: &'static str, mean: f64) -> Case {
    Case::of(file).runs(4000).always(Measure("tokens", 0.0), "tokens at the start", 3.0, "by hand").is(
        EndDay,
        "mean steps to one token",
        mean,
        "McIver & Morgan 2005; Quantitative Verification Benchmark Set",
    )
}

fn ehrenfest() -> Case {
    let chain = Chain::of(7, |k| {
        let out = k as f64 / 6.0;
        let mut moves = Vec::new();
        if k > 0 {
            moves.push((k - 1, out));
        }
        if k < 6 {
            moves.push((k + 1, 1.0 - out));
        }
        moves
    });
    Case::of("reference/ehrenfest")
        .is(Measure("at_home", 4.0), "mean at home on day 4", 3.0 + 3.0 * (2.0_f64 / 3.0).powi(4), "Kac 1947")
        .is(Measure("at_home", 10.0), "mean at home on day 10", chain.mean_after(10, 6, |k| k as f64), "matrix powers")
        .is(Measure("half", 9.0), "half at home on day 9", chain.after(9, 6)[3], "matrix powers")
}

fn coupons() -> Case {
    let mean = 5.0 * (1..=5).map(|k| 1.0 / f64::from(k)).sum::<f64>();
    // Inclusion and exclusion of those that have not been visited.
    let sign = |k: u32| if k.is_multiple_of(2) { 1.0 } else { -1.0 };
    let by_10: f64 = (0..=5).map(|k| sign(k) * choose(5, k) * (1.0 - f64::from(k) / 5.0).powi(10)).sum();
    Case::of("reference/coupon_collector").is(EndDay, "mean days to all five", mean, FELLER).is(
        Query("within_10_days"),
        "all five within 10 days",
        by_10,
        "inclusion and exclusion",
    )
}

fn polya() -> Case {
    let source = "Eggenberger & Polya 1923";
    Case::of("reference/polya_urn")
        .is(Measure("first_camp", 10.0), "mean size of the first camp", 6.0, source)
        .is(Measure("all_to_the_first", 10.0), "all ten to the first", 1.0 / 11.0, source)
        .is(Measure("three_to_the_first", 10.0), "three to the first", 1.0 / 11.0, source)
}

fn moran(fitness: f64, size: u32, published: f64) -> Case {
    let exact = (1.0 - 1.0 / fitness) / (1.0 - fitness.powi(-(size as i32)));
    assert!((exact - published).abs() < 1e-6);
    Case::of("reference/moran")
        .set(format!("parameters.fitness={fitness}"))
        .set(format!("parameters.size_of_people={size}"))
        .is(Outcome("taken_over"), "takes over", exact, "Moran 1958")
}

fn queue() -> Case {
    let chain = Chain::of(6, |k| match k {
        0 => vec![(1, 0.3), (0, 0.7)],
        5 => vec![(5, 1.0)],
        k => vec![(k + 1, 0.3 * 0.6), (k - 1, 0.7 * 0.4), (k, 0.3 * 0.4 + 0.7 * 0.6)],
    });
    let now = chain.after(20, 0);
    // A run that ends on day 20 still has a value there; those that ended before have none.
    let before: f64 = chain.after(19, 0)[5];
    let mean = (now.iter().enumerate().map(|(k, p)| k as f64 * p).sum::<f64>() - 5.0 * before) / (1.0 - before);
    Case::of("reference/queue")
        .runs(1000)
        .warns(Code::CertainChance)
        .is(EndDay, "mean days until five lorries", chain.mean_steps(&[5])[0], MATRIX)
        .is(Measure("lorries", 20.0), "mean lorries on day 20 of runs not ended by day 19", mean, "matrix powers")
}
