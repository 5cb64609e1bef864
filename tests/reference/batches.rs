//! LANGUAGE 6.6: batches of effects, flows, membership.

use flashpoint::model::{Act, ActorTerm, Effect, EventTest, Expression, Fold, FoldKind, Place, Selector, Start};
use flashpoint::reference::Reference;

use crate::support::model_builder::{
    ModelBuilder, actor_slot, all, assign, effect, flow, increase, number, of, pair, rule, state, target_slot,
};

#[test]
fn increments_are_summed_from_0_and_clamped_once() {
    let mut up = rule("a_up");
    up.event.effects.push(effect(increase(Place::State(0), number(0.9))));
    let mut down = rule("b_down");
    down.event.effects.push(effect(increase(Place::State(0), number(-0.7))));
    let model = ModelBuilder::new(1.0, 1, &[]).state("x", 0.3, Some((0.0, 1.0))).rule(up).rule(down).build();
    assert_eq!(Reference::new(&model, 1).run(0).cells[0].to_bits(), (0.3 + (0.9 - 0.7_f64)).to_bits());
}

#[test]
fn the_last_assignment_wins_and_increments_come_on_top() {
    let mut early = rule("a");
    early.event.effects =
        vec![effect(assign(Place::State(0), number(5.0))), effect(increase(Place::State(0), number(1.0)))];
    let mut late = rule("b");
    late.event.effects = vec![effect(assign(Place::State(0), number(7.0)))];
    let model = ModelBuilder::new(1.0, 1, &[]).state("x", 0.0, None).rule(early).rule(late).build();
    assert_eq!(Reference::new(&model, 1).run(0).cells, [8.0]);
}

#[test]
fn flows_are_rates() {
    let drift = flow("drift", vec![effect(increase(Place::State(0), number(0.3)))]);
    let model = ModelBuilder::new(0.25, 2, &[]).state("x", 1.0, None).flow(drift).build();
    assert_eq!(Reference::new(&model, 1).run(0).cells[0].to_bits(), (1.0 + 0.075 + 0.3_f64 * 0.25).to_bits());
}

#[test]
fn effects_for_members_and_relations() {
    let trust = |from, to| Place::Relation { relation: 0, from, to };
    let mut call = rule("call");
    call.opportunity.limit = Some(1);
    call.instances = vec![pair(0, 1)];
    call.event.effects = vec![
        effect(increase(trust(actor_slot(), target_slot()), number(0.25))),
        Effect {
            each: Some((
                1,
                2,
                Some(Expression::Not(Box::new(Expression::SameActor(ActorTerm::Slot(2), actor_slot())))),
            )),
            condition: None,
            act: assign(Place::Attribute { attribute: 0, holder: ActorTerm::Slot(2) }, number(1.0)),
        },
    ];
    let starts = vec![Start::Value(number(0.5)); 3];
    let model = ModelBuilder::new(1.0, 1, &["a", "b", "c"])
        .group("voters", &[0, 2])
        .attribute("mood", &starts)
        .relation("trust", 0.5, true)
        .rule(call)
        .build();
    let record = Reference::new(&model, 1).run(0);
    assert_eq!(record.cells, [0.5, 0.5, 1.0, 0.75, 0.5, 0.5]);
}

fn join_and_leave() -> flashpoint::model::Model {
    let once_on = |id: &str, day: f64, act: Act| {
        let mut rule = rule(id);
        rule.opportunity.when = Some(crate::support::model_builder::time_at_least(Expression::Now, day));
        rule.opportunity.limit = Some(1);
        rule.event.effects.push(effect(act));
        rule
    };
    let mut vote = rule("vote");
    vote.instances = vec![of(0), of(1), of(2)];
    vote.actor_group = Some(1);
    ModelBuilder::new(1.0, 8, &["a", "b", "c"])
        .group("voters", &[0, 1])
        .state("x", 0.0, None)
        .rule(once_on("c_joins", 2.0, Act::Join(1, ActorTerm::Actor(2))))
        .rule(once_on("d_a_leaves", 4.0, Act::Leave(1, ActorTerm::Actor(0))))
        .rule(once_on("e_b_goes", 5.0, Act::Leave(0, ActorTerm::Actor(1))))
        .rule(once_on("f_b_returns", 6.0, Act::Join(1, ActorTerm::Actor(1))))
        .rule(once_on("g_a_returns", 7.0, Act::Join(1, ActorTerm::Actor(0))))
        .rule(vote)
        .measure("everybody", Expression::Size(0))
        .measure("voters", Expression::Size(1))
        .measure("b_votes", Expression::InGroup(ActorTerm::Actor(1), 1))
        .build()
}

#[test]
fn members_join_and_leave_and_the_gone_stay_gone() {
    let model = join_and_leave();
    let record = Reference::new(&model, 1).run(0);
    let column = |place: usize| -> Vec<f64> { record.measures.chunks(5).map(|row| row[place]).collect() };
    assert_eq!(column(0), [3.0, 3.0, 3.0, 3.0, 3.0, 2.0, 2.0, 2.0, 2.0]);
    assert_eq!(column(1), [2.0, 2.0, 3.0, 3.0, 2.0, 1.0, 1.0, 2.0, 2.0]);
    assert_eq!(column(2), [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    let votes: Vec<u32> = record.events[5..].iter().map(|event| event.count).collect();
    assert_eq!(votes, [5, 5, 6], "a votes on days 1-4 and 8, b on 1-5, c from day 3");
}

#[test]
fn leaving_for_good_beats_a_join_of_the_same_step() {
    let mut both = rule("both");
    both.opportunity.limit = Some(1);
    both.event.effects = vec![effect(Act::Leave(0, ActorTerm::Actor(0))), effect(Act::Join(1, ActorTerm::Actor(0)))];
    let model = ModelBuilder::new(1.0, 1, &["a"])
        .group("voters", &[])
        .rule(both)
        .measure("voters", Expression::Size(1))
        .build();
    assert_eq!(Reference::new(&model, 1).run(0).measures[3], 0.0);
}

#[test]
fn folds_and_counts_of_events_by_actor() {
    let mut strike = rule("strike");
    strike.opportunity.limit = Some(2);
    strike.instances = vec![pair(0, 1), pair(0, 2), pair(1, 2)];
    strike.event.ladder = Some(8);
    let times = |actor: Option<usize>, target: Option<usize>| {
        let term = |actor: Option<usize>| actor.map(ActorTerm::Actor);
        Expression::Events(EventTest::Times, Selector { happening: 0, actor: term(actor), target: term(target) })
    };
    let fold =
        |kind, body| Expression::Fold(Box::new(Fold { kind, group: 0, slot: 2, filter: None, body, otherwise: None }));
    let by_member =
        Expression::Events(EventTest::Times, Selector { happening: 0, actor: Some(ActorTerm::Slot(2)), target: None });
    let model = ModelBuilder::new(0.5, 3, &["a", "b", "c"])
        .rule(strike)
        .measure("all", times(None, None))
        .measure("by_a", times(Some(0), None))
        .measure("mean", fold(FoldKind::Mean, by_member.clone()))
        .measure("of_a_on_c", times(Some(0), Some(2)))
        .measure("pressure", Expression::Pressure(ActorTerm::Actor(0), ActorTerm::Actor(1)))
        .measure("share", fold(FoldKind::Share, by_member))
        .measure("since", Expression::Events(EventTest::Since, all(0)))
        .build();
    let record = Reference::new(&model, 1).run(0);
    let row = |n: usize| record.measures[9 * n..9 * n + 9].to_vec();
    assert_eq!(row(0)[..6], [0.0; 6]);
    assert_eq!(row(1), [3.0, 2.0, 1.0, 1.0, 0.0, 2.0 / 3.0, 0.0, 8.0, 36.0]);
    assert_eq!(row(2), [6.0, 4.0, 2.0, 2.0, 16.0, 2.0 / 3.0, 0.0, 8.0, 72.0], "pressure is that of the step before");
    assert_eq!(row(3), [6.0, 4.0, 2.0, 2.0, 16.0, 2.0 / 3.0, 0.5, 8.0, 72.0]);
    assert_eq!(record.peak_ladder, 8);
}

#[test]
fn conditions_of_effects() {
    let mut tick = rule("tick");
    tick.event.effects.push(Effect {
        each: None,
        condition: Some(crate::support::model_builder::at_least(state(0), 2.0)),
        act: increase(Place::State(1), number(1.0)),
    });
    tick.event.effects.push(effect(increase(Place::State(0), number(1.0))));
    let model = ModelBuilder::new(1.0, 5, &[]).state("a", 0.0, None).state("b", 0.0, None).rule(tick).build();
    assert_eq!(Reference::new(&model, 1).run(0).cells, [5.0, 3.0]);
}
