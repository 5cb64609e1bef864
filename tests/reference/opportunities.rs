//! `limit`, `cooldown`, `every`, and clocks.

use flashpoint::model::{Act, Comparison, EventTest, Expression, Place, Slack, Timing};
use flashpoint::random::{Site, firing_uniform};
use flashpoint::reference::Reference;

use crate::support::model_builder::{
    ModelBuilder, all, assign, at_least, compare, effect, increase, number, plus, rule, state, time_at_least,
};

const SEED: u64 = 1;

fn days_of_firings(rule: flashpoint::model::Rule, step_days: f64, n_steps: u64) -> Vec<f64> {
    // A measure of the count tells in which steps it grew.
    let model = ModelBuilder::new(step_days, n_steps, &[])
        .rule(rule)
        .measure("count", Expression::Events(EventTest::Times, all(0)))
        .build();
    let record = Reference::new(&model, SEED).run(0);
    let counts: Vec<f64> = record.measures.chunks(3).map(|row| row[0]).collect();
    (1..counts.len()).filter(|&n| counts[n] > counts[n - 1]).map(|n| n as f64 * step_days).collect()
}

#[test]
fn limit_counts_firings() {
    let mut limited = rule("limited");
    limited.opportunity.limit = Some(3);
    assert_eq!(days_of_firings(limited, 1.0, 10), [1.0, 2.0, 3.0]);
}

#[test]
fn cooldown_of_a_chance_rests_whole_steps() {
    let mut resting = rule("resting");
    resting.opportunity.timing = Timing::Chance(number(1.0));
    resting.opportunity.cooldown = Some(number(3.0));
    assert_eq!(days_of_firings(resting, 1.0, 10), [1.0, 4.0, 7.0, 10.0]);
}

#[test]
fn cooldown_of_a_rate_is_read_in_the_middle_of_the_step() {
    let mut resting = rule("resting");
    resting.opportunity.timing = Timing::Rate(number(1e6));
    resting.opportunity.cooldown = Some(number(3.0));
    // From day 1 it rests until day 4: the middle of step 4 is too early, that of step 5 is not.
    assert_eq!(days_of_firings(resting, 1.0, 10), [1.0, 5.0, 9.0]);
}

#[test]
fn every_gives_an_opportunity_at_once_and_then_so_often() {
    let mut weekly = rule("weekly");
    weekly.opportunity.every = Some(number(7.0));
    weekly.opportunity.when = Some(time_at_least(Expression::Now, 3.0));
    assert_eq!(days_of_firings(weekly, 1.0, 20), [3.0, 10.0, 17.0]);
}

#[test]
fn every_in_steps_that_do_not_divide_it() {
    let mut weekly = rule("weekly");
    weekly.opportunity.every = Some(number(7.0));
    assert_eq!(days_of_firings(weekly, 2.0, 10), [2.0, 10.0, 18.0]);
}

#[test]
fn a_chance_uses_its_opportunity_up_whatever_it_gives() {
    let mut weekly = rule("weekly");
    weekly.opportunity.every = Some(number(7.0));
    weekly.opportunity.timing = Timing::Chance(number(0.5));
    let site = Site::named("rules.weekly(,)");
    let expected: Vec<f64> =
        (1..=40).step_by(7).filter(|&n| firing_uniform(SEED, 0, site, n) < 0.5).map(|n| n as f64).collect();
    assert!(!expected.is_empty() && expected.len() < 6);
    assert_eq!(days_of_firings(weekly, 1.0, 40), expected);
}

#[test]
fn a_cooldown_uses_no_opportunity_up() {
    let mut weekly = rule("weekly");
    weekly.opportunity.every = Some(number(2.0));
    weekly.opportunity.timing = Timing::Chance(number(1.0));
    weekly.opportunity.cooldown = Some(number(5.0));
    // On day 3 the opportunity is due but it rests; it stays due until day 6.
    assert_eq!(days_of_firings(weekly, 1.0, 12), [1.0, 6.0, 11.0]);
}

/// An ultimatum of two days put on the day on which `after_days` have passed; whoever waits for it acts at once when it has expired.
fn ultimatum_day(step_days: f64) -> (f64, f64) {
    let mut demand = rule("demand");
    demand.opportunity.when = Some(time_at_least(Expression::Now, 4.0));
    demand.opportunity.limit = Some(1);
    demand.event.effects.push(effect(Act::StartClock(0, number(6.0))));
    let mut strike = rule("strike");
    strike.opportunity.when = Some(Expression::Expired(0));
    strike.opportunity.limit = Some(1);
    let model = ModelBuilder::new(step_days, (20.0 / step_days) as u64, &[])
        .clock("ultimatum")
        .rule(demand)
        .rule(strike)
        .build();
    let record = Reference::new(&model, SEED).run(0);
    let day = |row: usize| f64::from(record.events[row].first_step) * step_days;
    (day(0), day(1))
}

#[test]
fn an_ultimatum_ends_on_the_same_day_at_every_step() {
    for step_days in [0.25, 1.0, 2.0] {
        assert_eq!(ultimatum_day(step_days), (4.0, 10.0), "step {step_days}");
    }
}

#[test]
fn clocks_run_expire_and_stop() {
    let mut begin = rule("begin");
    begin.opportunity.limit = Some(1);
    begin.event.effects.push(effect(Act::StartClock(0, number(2.0))));
    begin.event.effects.push(effect(Act::StartClock(1, number(0.0))));
    let mut halt = rule("halt");
    halt.opportunity.when = Some(time_at_least(Expression::Now, 5.0));
    halt.opportunity.limit = Some(1);
    halt.event.effects.push(effect(Act::StopClock(0)));
    let model = ModelBuilder::new(1.0, 6, &[])
        .clock("a")
        .clock("b")
        .rule(begin)
        .rule(halt)
        .measure("expired_a", Expression::Expired(0))
        .measure("expired_b", Expression::Expired(1))
        .measure("remaining_a", Expression::Remaining(0))
        .measure("running_a", Expression::Running(0))
        .build();
    let record = Reference::new(&model, SEED).run(0);
    let row = |n: usize| record.measures[6 * n..6 * n + 4].to_vec();
    assert_eq!(row(0), [0.0, 0.0, 0.0, 0.0]);
    assert_eq!(row(1), [0.0, 1.0, 2.0, 1.0], "no days: expired at once");
    assert_eq!(row(2), [0.0, 1.0, 1.0, 1.0]);
    assert_eq!(row(3), [1.0, 1.0, 0.0, 0.0]);
    assert_eq!(row(5), [0.0, 1.0, 0.0, 0.0], "stopped: neither running nor expired");
}

#[test]
fn rules_of_one_step_read_the_snapshot() {
    // Both read 0 in step 1: they swap no information inside a step.
    let mut first = rule("first");
    first.event.effects.push(effect(assign(Place::State(0), plus(state(1), number(1.0)))));
    let mut second = rule("second");
    second.event.effects.push(effect(assign(Place::State(1), plus(state(0), number(1.0)))));
    let mut third = rule("third");
    third.opportunity.when = Some(at_least(state(0), 1.0));
    third.event.effects.push(effect(increase(Place::State(2), number(1.0))));
    let model = ModelBuilder::new(1.0, 3, &[])
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .state("c", 0.0, None)
        .rule(first)
        .rule(second)
        .rule(third)
        .build();
    assert_eq!(Reference::new(&model, SEED).run(0).cells, [3.0, 3.0, 2.0]);
}

#[test]
fn since_is_never_before_the_first() {
    let mut waiting = rule("waiting");
    waiting.opportunity.when = Some(compare(
        Comparison::GreaterOrEqual,
        Slack::BillionthOfStep,
        Expression::Events(EventTest::Since, all(0)),
        number(6.0),
    ));
    assert_eq!(days_of_firings(waiting, 1.0, 15), [1.0, 7.0, 13.0]);
}
