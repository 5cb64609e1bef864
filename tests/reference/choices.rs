//! Choices and their options.

use flashpoint::math;
use flashpoint::model::{EventTest, Expression, OptionInstance, Place, Timing, Weighing};
use flashpoint::random::{Site, firing_uniform, pick_weighted, uniform};
use flashpoint::reference::Reference;

use crate::support::model_builder::{
    ModelBuilder, all, choice, effect, increase, number, of, option, pair, time_at_least,
};

const SEED: u64 = 77;

#[test]
fn a_lottery_is_decided_by_one_uniform() {
    let weights = [1.0, 0.0, 3.0];
    let options = ["a", "b", "c"].iter().zip(weights).map(|(id, weight)| option(id, Weighing::Weight(number(weight))));
    let model = ModelBuilder::new(1.0, 60, &[]).choice(choice("answer", options.collect())).build();
    let record = Reference::new(&model, SEED).run(5);
    let mut counts = [0; 3];
    for n in 1..=60 {
        let u = uniform(SEED, 5, Site::named("choices.answer(,)"), n);
        counts[pick_weighted(&weights, u).unwrap()] += 1;
    }
    let found: Vec<u32> = record.events.iter().map(|event| event.count).collect();
    assert_eq!(found, counts);
}

#[test]
fn logit_choices() {
    let utilities = [0.2, 0.9, -0.5];
    let options =
        ["a", "b", "c"].iter().zip(utilities).map(|(id, utility)| option(id, Weighing::Utility(number(utility))));
    let mut answer = choice("answer", options.collect());
    answer.precision = Some(number(2.0));
    let model = ModelBuilder::new(1.0, 2000, &[]).choice(answer).build();
    let record = Reference::new(&model, SEED).run(0);
    let weights = utilities.map(|utility| math::exp(2.0 * utility - 2.0 * 0.9));
    let total: f64 = weights.iter().sum();
    for (event, weight) in record.events.iter().zip(weights) {
        let (exact, share) = (weight / total, f64::from(event.count) / 2000.0);
        assert!((share - exact).abs() < 3.5 * (exact * (1.0 - exact) / 2000.0).sqrt(), "{share} {exact}");
    }
}

#[test]
fn no_eligible_option_is_no_decision_and_uses_nothing_up() {
    let mut late = option("late", Weighing::Weight(number(1.0)));
    late.when = Some(time_at_least(Expression::Now, 4.0));
    let mut weekly = choice("weekly", vec![late]);
    weekly.opportunity.every = Some(number(7.0));
    let model = ModelBuilder::new(1.0, 12, &[])
        .choice(weekly)
        .measure("decisions", Expression::Events(EventTest::Times, all(0)))
        .build();
    let record = Reference::new(&model, SEED).run(0);
    let decisions: Vec<f64> = record.measures.chunks(3).map(|row| row[0]).collect();
    assert_eq!(decisions, [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]);
}

#[test]
fn a_chance_uses_the_opportunity_up_even_without_a_decision() {
    let mut late = option("late", Weighing::Weight(number(1.0)));
    late.when = Some(time_at_least(Expression::Now, 4.0));
    let mut weekly = choice("weekly", vec![late]);
    weekly.opportunity.every = Some(number(7.0));
    weekly.opportunity.timing = Timing::Chance(number(1.0));
    weekly.opportunity.limit = Some(1);
    let model = ModelBuilder::new(1.0, 20, &[]).choice(weekly).build();
    assert_eq!(Reference::new(&model, SEED).run(0).events[0].first_step, 8);
    assert_eq!(Reference::new(&model, SEED).run(0).events[0].count, 1);
}

#[test]
fn weights_of_nothing_decide_nothing() {
    let options = vec![option("a", Weighing::Weight(number(0.0))), option("b", Weighing::Weight(number(-2.0)))];
    let model = ModelBuilder::new(1.0, 5, &[])
        .choice(choice("answer", options))
        .measure("decisions", Expression::Events(EventTest::Times, all(0)))
        .build();
    let record = Reference::new(&model, SEED).run(0);
    assert_eq!(record.measures[15], 0.0);
    assert!(record.events.iter().all(|event| event.count == 0));
}

#[test]
fn options_may_have_targets_of_their_own() {
    // a and b each call one of the others; c is no member of the group that may be called.
    let mut call = option("call", Weighing::Weight(number(1.0)));
    call.instances = vec![
        OptionInstance { choice_instance: 0, instance: pair(0, 1) },
        OptionInstance { choice_instance: 0, instance: pair(0, 2) },
        OptionInstance { choice_instance: 1, instance: pair(1, 0) },
        OptionInstance { choice_instance: 1, instance: pair(1, 2) },
    ];
    call.target_group = Some(1);
    call.event.effects.push(effect(increase(Place::State(0), number(1.0))));
    let mut turn = choice("turn", vec![call]);
    turn.instances = vec![of(0), of(1)];
    turn.opportunity.timing = Timing::Rate(number(0.5));
    let model = ModelBuilder::new(1.0, 50, &["a", "b", "c"])
        .group("callable", &[0, 1])
        .state("calls", 0.0, None)
        .choice(turn)
        .build();
    let record = Reference::new(&model, SEED).run(1);
    let counts: Vec<u32> = record.events.iter().map(|event| event.count).collect();
    let expected = |id: &str| {
        let site = Site::named(&format!("choices.turn({id},)#when"));
        (1..=50).filter(|&n| firing_uniform(SEED, 1, site, n) < 1.0 - math::exp(-0.5)).count() as u32
    };
    assert_eq!(counts, [expected("a"), 0, expected("b"), 0]);
    assert_eq!(record.cells[0], f64::from(expected("a") + expected("b")));
}
