//! Contests, games and strategies.

use super::case::{Case, Subject::*};
use super::exact::Chain;

const HAND: &str = "by hand";
const POWERS: &str = "the same chain by matrix powers";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::of("reference/lanchester").runs(20_000).is(
            Outcome("red_wins"),
            "6 against 5",
            lanchester(6, 5, 1.0, 2_318_377.0 / 3_326_400.0),
            "2318377/3326400",
        ),
        Case::of("reference/lanchester").variant("equal_numbers").runs(20_000).is(
            Outcome("red_wins"),
            "5 against 5, skill 2 : 1",
            lanchester(5, 5, 2.0, 75_139.0 / 90_090.0),
            "75139/90090",
        ),
    ];
    for step in ["1 day", "6 hours"] {
        cases.push(Case::of("reference/lanchester_hazards").set(format!("scenario.step={step}")).runs(3000).is(
            Outcome("red_wins"),
            "6 against 5, by hazards",
            2_318_377.0 / 3_326_400.0,
            "2318377/3326400",
        ));
    }
    let osborne = "Osborne 2003";
    cases.push(
        Case::of("reference/risk_roll")
            .runs(30_000)
            .is(Query("attacker_wins_both"), "attacker wins both", 2890.0 / 7776.0, osborne)
            .is(Query("one_each"), "one each", 2611.0 / 7776.0, osborne)
            .is(Query("defender_wins_both"), "defender wins both", 2275.0 / 7776.0, osborne),
    );
    cases.push(Case::of("reference/risk_battle").is(Outcome("taken"), "attacker wins", risk(5, 5), osborne));
    cases.extend(["0", "2", "10"].map(logit));
    cases.push(tit_for_tat());
    cases.push(noisy());
    let duel = |p: f64, q: f64| p / (1.0 - (1.0 - p) * (1.0 - q));
    cases.push(
        Case::of("reference/duel")
            .is(Outcome("challenger_lives"), "first shot with .3 against .5", duel(0.3, 0.5), "geometric series")
            .is(EndDay, "mean shots", (1.0 + 0.7) / (1.0 - 0.35), "geometric series")
            .always(Measure("witnesses", 0.0), "a group fills a role", 2.0, HAND),
    );
    cases.push(Case::of("reference/duel").variant("lensky_first").is(
        Outcome("challenger_lives"),
        "first shot with .5 against .3",
        duel(0.5, 0.3),
        "geometric series",
    ));
    cases.extend([truel(false), truel(true), attrition(), cascade()]);
    let best = 3.0 / 8.0 * (3..=7).map(|k| 1.0 / f64::from(k)).sum::<f64>();
    cases.push(Case::of("reference/secretary").runs(5000).is(
        Query("the_best"),
        "the best is taken",
        best,
        "Lindley 1961",
    ));
    cases
}

/// Probability that red wins, by the jump chain; it must be the published fraction.
fn lanchester(red: u32, blue: u32, skill: f64, published: f64) -> f64 {
    fn wins(red: u32, blue: u32, skill: f64) -> f64 {
        if blue == 0 {
            return 1.0;
        }
        if red == 0 {
            return 0.0;
        }
        let hit = skill * f64::from(red) / (skill * f64::from(red) + f64::from(blue));
        hit * wins(red, blue - 1, skill) + (1.0 - hit) * wins(red - 1, blue, skill)
    }
    let exact = wins(red, blue, skill);
    assert!((exact - published).abs() < 1e-12, "{exact}");
    exact
}

/// Probability that the attacker wins, by counting all throws.
fn risk(attackers: usize, defenders: usize) -> f64 {
    fn throws(dice: usize) -> Vec<Vec<u32>> {
        let mut all = vec![Vec::new()];
        for _ in 0..dice {
            all = all.iter().flat_map(|throw| (1..=6).map(|face| [throw.clone(), vec![face]].concat())).collect();
        }
        for throw in &mut all {
            throw.sort_unstable_by(|a, b| b.cmp(a));
        }
        all
    }
    if defenders == 0 {
        return 1.0;
    }
    if attackers == 0 {
        return 0.0;
    }
    let (attack, defence) = (throws(attackers.min(3)), throws(defenders.min(2)));
    let pairs = attackers.min(defenders).min(2);
    let mut falls = [0.0; 3];
    for one in &attack {
        for other in &defence {
            falls[one.iter().zip(other).filter(|(a, d)| a > d).count()] += 1.0;
        }
    }
    let total = (attack.len() * defence.len()) as f64;
    (0..=pairs).map(|fall| falls[fall] / total * risk(attackers - (pairs - fall), defenders - fall)).sum()
}

fn logit(precision: &'static str) -> Case {
    let lambda: f64 = precision.parse().expect("a number");
    let share = |utilities: &[f64], of: usize| {
        (lambda * utilities[of]).exp() / utilities.iter().map(|utility| (lambda * utility).exp()).sum::<f64>()
    };
    let (answers, appeals) = ([0.0, 0.5, 1.2], [0.8, 0.3, 0.1, 0.2]);
    let source = "McKelvey & Palfrey 1995";
    Case::of("reference/logit_choice")
        .set(format!("parameters.lambda={precision}"))
        .runs(20_000)
        .is(Event("answer.bargain"), "utility .5 of 0, .5, 1.2", share(&answers, 1), source)
        .is(Event("answer.refuse"), "utility 1.2 of 0, .5, 1.2", share(&answers, 2), source)
        .is(Event("appeal.to(,russia)"), "target with utility .8 of .8, .3, .1, .2", share(&appeals, 0), source)
        .is(Event("appeal.to(,iran)"), "target with utility .1", share(&appeals, 2), source)
        .is(Event("appeal.to_nobody"), "no target, utility .2", share(&appeals, 3), source)
}

fn tit_for_tat() -> Case {
    let mut case = Case::of("reference/tit_for_tat").deterministic();
    for day in [0.0, 1.0, 2.0, 99.0, 100.0, 101.0] {
        let even = if day % 2.0 == 0.0 { 1.0 } else { 0.0 };
        case = case
            .always(Measure("india", day), format!("who defected first defects on day {day}"), even, "Axelrod 1984")
            .always(Measure("pakistan", day), format!("the other defects on day {day}"), 1.0 - even, "Axelrod 1984")
            .always(Measure("defectors", day), format!("defectors on day {day}"), 1.0, "Axelrod 1984");
    }
    case
}

/// Two players with memory one: states are (a defects) + 2 (b defects).
fn memory_one(cooperates: impl Fn(bool, bool) -> f64) -> Chain {
    Chain::of(4, |state| {
        let (a, b) = (state & 1 == 1, state & 2 == 2);
        let (p, q) = (cooperates(a, b), cooperates(b, a));
        let moves = [(0, p * q), (1, (1.0 - p) * q), (2, p * (1.0 - q)), (3, (1.0 - p) * (1.0 - q))];
        moves.to_vec()
    })
}

fn noisy() -> Case {
    let repay = memory_one(|_, other| if other { 0.1 } else { 0.9 });
    let shift = memory_one(|own, other| if own == other { 0.9 } else { 0.1 });
    let share = |state: usize| 1.0 - f64::from(state.count_ones()) / 2.0;
    Case::of("reference/noisy_tit_for_tat")
        .is(Measure("repayers_cooperate", 5.0), "tit for tat, day 5", repay.mean_after(5, 0, share), POWERS)
        .is(Measure("repayers_cooperate", 30.0), "tit for tat, day 30", repay.mean_after(30, 0, share), POWERS)
        .is(Measure("both_repayers_cooperate", 5.0), "tit for tat, both on day 5", repay.after(5, 0)[0], POWERS)
        .is(Measure("shifters_cooperate", 5.0), "win-stay lose-shift, day 5", shift.mean_after(5, 0, share), POWERS)
        .is(Measure("shifters_cooperate", 30.0), "win-stay lose-shift, day 30", shift.mean_after(30, 0, share), POWERS)
}

/// States: who is left (bits) and whose turn it is; a chain by linear algebra.
fn truel(cunning: bool) -> Case {
    let aims = [1.0 / 3.0, 2.0 / 3.0, 1.0];
    let chain = Chain::of(24, |state| {
        let (left, turn) = (state / 3, state % 3);
        let next = |left: usize| left * 3 + (turn + 1) % 3;
        let target = (0..3).rev().find(|other| *other != turn && left >> other & 1 == 1);
        match target {
            _ if left.count_ones() <= 1 => vec![(left * 3, 1.0)],
            Some(target) if left >> turn & 1 == 1 && !(cunning && turn == 0 && left == 7) => {
                vec![(next(left & !(1 << target)), aims[turn]), (next(left), 1.0 - aims[turn])]
            }
            _ => vec![(next(left), 1.0)],
        }
    });
    let after = chain.after(400, 7 * 3);
    let lives = |who: usize| after[(1 << who) * 3..(1 << who) * 3 + 3].iter().sum::<f64>();
    let source = "Kilgour & Brams 1997; matrix powers";
    let case = Case::of("reference/truel");
    let case = if cunning { case.variant("cunning") } else { case };
    if cunning {
        assert!((lives(0) - 25.0 / 63.0).abs() < 1e-9, "{}", lives(0));
    }
    case.is(Outcome("black_lives"), "the worst shot lives", lives(0), source)
        .is(Outcome("grey_lives"), "the second shot lives", lives(1), source)
        .is(Outcome("white_lives"), "the best shot lives", lives(2), source)
}

fn attrition() -> Case {
    // On each of days 1 to 10 the defender breaks with 1/10; the besieger breaks on each of days 1 to 20 with 1/20.
    let draw = 10.0 / 200.0;
    let besieger: f64 = (1..=10).map(|day| 0.1 * f64::from(20 - day) / 20.0).sum();
    let source = "elementary: uniform times";
    Case::of("reference/attrition")
        .is(Outcome("draw"), "both on one day", draw, source)
        .is(Outcome("besieger_wins"), "the defender first", besieger, source)
        .is(Outcome("defender_wins"), "the besieger first", 1.0 - draw - besieger, source)
}

fn cascade() -> Case {
    let p: f64 = 0.7;
    let mixed = p - p * p;
    let right = |pairs: i32| p * (p + 1.0) * (1.0 - mixed.powi(pairs)) / (2.0 * (1.0 - mixed));
    let wrong = |pairs: i32| (p - 2.0) * (p - 1.0) * (1.0 - mixed.powi(pairs)) / (2.0 * (1.0 - mixed));
    let source = "Bikhchandani, Hirshleifer & Welch 1992";
    Case::of("reference/information_cascade")
        .is(Measure("right", 2.0), "right cascade after one pair", right(1), source)
        .is(Measure("right", 10.0), "right cascade after five pairs", right(5), source)
        .is(Measure("wrong", 2.0), "wrong cascade after one pair", wrong(1), source)
        .is(Measure("wrong", 10.0), "wrong cascade after five pairs", wrong(5), source)
}

#[test]
fn the_battle_of_risk_is_the_published_one() {
    assert!((risk(5, 5) - 0.506_203).abs() < 1e-6, "{}", risk(5, 5));
}
