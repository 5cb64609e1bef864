//! LANGUAGE 6.2: later entries.

use flashpoint::model::{Act, ActorTerm, Comparison, Distribution, Draw, Expression, Place, Slack};
use flashpoint::random::{Site, uniform};
use flashpoint::reference::Reference;

use crate::support::model_builder::{ModelBuilder, assign, compare, effect, increase, later, number, of, rule, state};

fn measured(model: &flashpoint::model::Model, place: usize) -> Vec<f64> {
    let width = model.measures.len() + 2;
    Reference::new(model, 1).run(0).measures.chunks(width).map(|row| row[place]).collect()
}

#[test]
fn an_entry_is_due_in_the_first_step_that_ends_at_or_after_its_time() {
    for (step_days, after, due_step) in [(1.0, 7.0, 8), (2.0, 7.0, 5), (1.0, 0.5, 2), (0.25, 2.0, 9), (1.0, -4.0, 2)] {
        let mut send = rule("send");
        send.opportunity.limit = Some(1);
        send.event.later.push(later("arrive", number(after), vec![effect(increase(Place::State(0), number(1.0)))]));
        let model = ModelBuilder::new(step_days, 40, &[])
            .state("count", 0.0, None)
            .rule(send)
            .measure("count", state(0))
            .build();
        let counts = measured(&model, 0);
        assert_eq!(counts.iter().position(|&count| count == 1.0), Some(due_step), "{step_days} {after}");
    }
}

/// Fires on days 1 and 2; after 3 and 2 days: both entries are due on day 4.
fn two_at_once(changes: Vec<flashpoint::model::Effect>, draws: Vec<Draw>) -> flashpoint::model::Rule {
    let first_day = compare(Comparison::Less, Slack::None, Expression::Now, number(1.5));
    let after = Expression::If(Box::new(first_day), Box::new(number(3.0)), Box::new(number(2.0)));
    let mut send = rule("send");
    send.opportunity.limit = Some(2);
    let mut entry = later("arrive", after, changes);
    entry.draws = draws;
    send.event.later.push(entry);
    send
}

#[test]
fn entries_that_are_due_together_act_as_one() {
    let draw = Draw {
        id: "lost".into(),
        distribution: Distribution::Continuous {
            shape: flashpoint::model::Shape::Uniform,
            arguments: vec![number(0.0), number(1.0)],
        },
    };
    let changes = vec![
        effect(increase(Place::State(0), Expression::Draw(0))),
        effect(assign(Place::State(1), number(5.0))),
        effect(increase(Place::State(1), number(0.25))),
    ];
    let model = ModelBuilder::new(1.0, 6, &[])
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .rule(two_at_once(changes, vec![draw]))
        .measure("a", state(0))
        .measure("b", state(1))
        .build();
    // One draw, addressed by the step when due; the increment twice, the assignment once.
    let u = uniform(1, 0, Site::named("rules.send.later.arrive(,)#lost"), 4);
    assert_eq!(measured(&model, 0), [0.0, 0.0, 0.0, 0.0, 2.0 * u, 2.0 * u, 2.0 * u]);
    assert_eq!(measured(&model, 1)[4], 5.5);
    assert_eq!(Reference::new(&model, 1).run(0).pending_later, 0);
}

#[test]
fn when_cancels_and_the_horizon_drops() {
    let mut send = rule("send");
    send.opportunity.limit = Some(1);
    let arrive = |id: &str, after: f64| later(id, number(after), vec![effect(increase(Place::State(0), number(1.0)))]);
    let mut cancelled = arrive("cancelled", 2.0);
    cancelled.when = Some(number(0.0));
    send.event.later = vec![cancelled, arrive("in_time", 3.0), arrive("too_late", 30.0)];
    let model = ModelBuilder::new(1.0, 6, &[]).state("count", 0.0, None).rule(send).build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!(record.cells, [1.0]);
    assert_eq!(record.pending_later, 1);
}

#[test]
fn entries_of_those_who_left_for_good_are_dropped() {
    let mut send = rule("send");
    send.opportunity.limit = Some(1);
    send.instances = vec![of(0), of(1)];
    send.event.later.push(later("arrive", number(3.0), vec![effect(increase(Place::State(0), number(1.0)))]));
    let mut vanish = rule("vanish");
    vanish.opportunity.limit = Some(1);
    vanish.event.effects.push(effect(Act::Leave(0, ActorTerm::Actor(1))));
    let model = ModelBuilder::new(1.0, 6, &["a", "b"]).state("count", 0.0, None).rule(send).rule(vanish).build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!(record.cells, [1.0]);
    assert_eq!(record.pending_later, 0);
}

#[test]
fn after_may_use_the_draws_of_the_firing() {
    let mut send = rule("send");
    send.opportunity.limit = Some(1);
    send.event.draws.push(Draw {
        id: "delay".into(),
        distribution: Distribution::Discrete {
            values: vec![number(2.0), number(4.0)],
            weights: vec![number(1.0), number(1.0)],
        },
    });
    send.event.later.push(later("arrive", Expression::Draw(0), vec![effect(increase(Place::State(0), number(1.0)))]));
    let model = ModelBuilder::new(1.0, 8, &[]).state("count", 0.0, None).rule(send).measure("count", state(0)).build();
    let u = uniform(1, 0, Site::named("rules.send(,)#delay"), 1);
    let due = if u * 2.0 < 1.0 { 3 } else { 5 };
    assert_eq!(measured(&model, 0).iter().position(|&count| count == 1.0), Some(due));
}
