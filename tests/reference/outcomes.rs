//! LANGUAGE 6.7: outcomes.

use flashpoint::model::{EventTest, Expression, Place, StopReason, Timing};
use flashpoint::random::{Site, firing_uniform};
use flashpoint::reference::Reference;

use crate::support::model_builder::{
    ModelBuilder, all, assign, at_least, effect, flow, hazard, increase, later, number, rule, state, time_at_least,
};

#[test]
fn a_run_may_end_on_day_0() {
    let model = ModelBuilder::new(1.0, 5, &[])
        .state("a", 1.0, None)
        .outcome("no", at_least(state(0), 2.0))
        .outcome("yes", at_least(state(0), 1.0))
        .outcome("also", at_least(state(0), 0.5))
        .measure("a", state(0))
        .query("ended_so", Expression::Ended(1))
        .build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!((record.outcome, record.end_step, record.stop_reason), (1, 0, StopReason::Outcome));
    assert_eq!(record.measures, [1.0, 0.0, 0.0]);
    assert!(record.queries[0].holds && record.queries[0].given);
}

#[test]
fn without_an_outcome_the_last_is_the_horizons() {
    let model = ModelBuilder::new(1.0, 5, &[]).outcome("never", number(0.0)).build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!((record.outcome, record.end_step, record.stop_reason), (1, 5, StopReason::Horizon));
    assert_eq!(record.measures.len(), 12);
}

#[test]
fn what_holds_before_any_event_comes_last() {
    // A date and an event in the same step: the event came before the end of the step.
    let mut strike = rule("strike");
    strike.opportunity.when = Some(time_at_least(Expression::Now, 3.0));
    strike.opportunity.limit = Some(1);
    let by_date = time_at_least(Expression::Now, 3.0);
    let struck = Expression::Events(EventTest::Fired, all(0));
    let model = ModelBuilder::new(1.0, 5, &[]).outcome("date", by_date).outcome("struck", struck).rule(strike).build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!((record.outcome, record.end_step), (1, 3));
}

#[test]
fn flows_count_as_the_end_of_the_step() {
    let drift = flow("drift", vec![effect(increase(Place::State(0), number(1.0)))]);
    let mut event = hazard("event", 1e9, 1);
    event.opportunity.when = Some(time_at_least(Expression::Now, 1.4));
    let model = ModelBuilder::new(1.0, 5, &[])
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .outcome("drifted", at_least(state(0), 2.0))
        .outcome("happened", at_least(state(1), 1.0))
        .flow(drift)
        .rule(event)
        .build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!((record.outcome, record.end_step), (1, 2));
}

#[test]
fn what_needs_two_events_comes_true_with_the_second() {
    // `one` needs rule a, `both` needs a and b. Where both fire in one step the run ends as `one` with b undone only if a came first.
    let later_entry = later("tail", number(2.0), vec![]);
    let (mut a, mut b) = (hazard("a", 0.3, 0), hazard("b", 0.3, 1));
    a.opportunity.limit = Some(1);
    b.opportunity.limit = Some(1);
    b.event.ladder = Some(10);
    b.event.later.push(later_entry);
    let both = Expression::And(vec![at_least(state(0), 1.0), at_least(state(1), 1.0)]);
    let model = ModelBuilder::new(4.0, 6, &[])
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .outcome("both", both)
        .outcome(
            "a_alone",
            Expression::And(vec![at_least(state(0), 1.0), Expression::Not(Box::new(at_least(state(1), 1.0)))]),
        )
        .rule(a)
        .rule(b)
        .build();
    let reference = Reference::new(&model, 9);
    let (mut undone, mut together) = (0, 0);
    for run in 0..400 {
        let record = reference.run(run);
        let (a, b) = (record.events[0], record.events[1]);
        let uniform = |id: &str, n: u64| firing_uniform(9, run, Site::named(&format!("rules.{id}(,)")), n);
        if record.outcome == 0 {
            assert!(a.count == 1 && b.count == 1);
            together += u32::from(a.first_step == b.first_step);
        }
        if record.outcome == 1 {
            assert_eq!((b.count, record.cells[1], record.peak_ladder, record.pending_later), (0, 0.0, 0, 0));
        }
        // Equal hazards: the lesser uniform comes first. With b behind a in one step, `a_alone` held after a but no longer after b: it did
        // not come true, and `both` did with the second event.
        let n = u64::from(record.end_step);
        let fires = |u: f64| u < 1.0 - flashpoint::math::exp(-(0.3 * 4.0));
        undone += u32::from(record.outcome == 0 && a.first_step == b.first_step && uniform("a", n) < uniform("b", n));
        assert!(record.outcome == 2 || fires(uniform("a", n)) || b.first_step == record.end_step);
    }
    assert!(together > 0 && undone > 0);
}

#[test]
fn events_after_the_deciding_one_have_not_happened() {
    let mut slow = hazard("b_slow", 0.2, 1);
    slow.event.ladder = Some(9);
    slow.event.later.push(later("tail", number(2.0), vec![]));
    slow.opportunity.limit = Some(1);
    let mut fast = rule("a_fast");
    fast.opportunity.timing = Timing::Chance(number(0.3));
    fast.event.effects.push(effect(assign(Place::State(0), number(1.0))));
    let model = ModelBuilder::new(2.0, 30, &[])
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .outcome("over", at_least(state(0), 1.0))
        .rule(fast)
        .rule(slow)
        .measure("b", state(1))
        .build();
    let reference = Reference::new(&model, 4);
    let mut undone = 0;
    for run in 0..300 {
        let record = reference.run(run);
        let n = u64::from(record.end_step);
        if record.outcome != 0 {
            continue;
        }
        let u_fast = firing_uniform(4, run, Site::named("rules.a_fast(,)"), n);
        let u_slow = firing_uniform(4, run, Site::named("rules.b_slow(,)"), n);
        let slow_wait = -flashpoint::math::ln(1.0 - u_slow) / 0.4;
        let slow_before = record.events[1].count == 1 && record.events[1].last_step < record.end_step;
        let slow_in_time = slow_wait < 1.0 && slow_wait < u_fast / 0.3;
        if !slow_before {
            assert_eq!(record.events[1].count == 1, slow_in_time, "run {run}");
            assert_eq!(record.cells[1], f64::from(u8::from(slow_in_time)));
            assert_eq!(record.peak_ladder, if slow_in_time { 9 } else { 0 });
            assert_eq!(record.measures[record.measures.len() - 3], record.cells[1]);
            undone += u32::from(slow_wait < 1.0 && !slow_in_time);
        }
    }
    assert!(undone > 5, "{undone}");
}

#[test]
fn queries_know_first_days() {
    let mut once = rule("once");
    once.opportunity.when = Some(time_at_least(Expression::Now, 2.0));
    once.opportunity.limit = Some(2);
    let first = Expression::Events(EventTest::First, all(1));
    let unheard = Expression::Events(EventTest::First, all(0));
    let model = ModelBuilder::new(0.5, 10, &[])
        .rule({
            let mut rule = rule("no");
            rule.opportunity.enabled = false;
            rule
        })
        .rule(once)
        .query(
            "at_2",
            Expression::And(vec![
                time_at_least(first.clone(), 2.0),
                Expression::Not(Box::new(time_at_least(first, 2.5))),
            ]),
        )
        .query("never", time_at_least(unheard, 365_000_000.0))
        .build();
    let record = Reference::new(&model, 4).run(0);
    assert!(record.queries.iter().all(|answer| answer.holds));
    assert_eq!(record.events[1].count, 2);
}
