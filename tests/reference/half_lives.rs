//! LANGUAGE 6.3.

use flashpoint::math;
use flashpoint::model::{Expression, HalfLife, Place, Start};
use flashpoint::reference::Reference;

use crate::support::model_builder::{
    ModelBuilder, assign, at_least, effect, flow, increase, later, number, plus, rule, state, time_at_least,
};

fn factor(step_days: f64, half_life_days: f64) -> f64 {
    math::exp(-step_days / half_life_days * math::ln(2.0))
}

fn half_life(days: f64, rest: Option<Expression>) -> Option<HalfLife> {
    Some(HalfLife { duration: number(days), rest })
}

fn values(model: &flashpoint::model::Model) -> Vec<f64> {
    Reference::new(model, 1).run(0).measures.chunks(3).map(|row| row[0]).collect()
}

#[test]
fn a_written_cell_comes_back_in_closed_form() {
    let mut shock = rule("shock");
    shock.opportunity.limit = Some(1);
    shock.event.effects.push(effect(assign(Place::State(0), number(0.9))));
    let model = ModelBuilder::new(1.0, 20, &[])
        .relaxing_state("tension", Start::Value(number(0.3)), Some((0.0, 1.0)), half_life(7.0, None))
        .rule(shock)
        .measure("tension", state(0))
        .build();
    let found = values(&model);
    assert_eq!(
        &found[..2],
        [0.3, 0.9],
        "a cell never written stays at its start; one written in 6 relaxes from the next step"
    );
    let mut product = 1.0;
    for value in &found[2..] {
        product *= factor(1.0, 7.0);
        assert_eq!(value.to_bits(), (0.3 + (0.9 - 0.3) * product).to_bits());
    }
    assert!((found[8] - 0.6).abs() < 1e-12, "half of the way after the half-life");
}

#[test]
fn a_cell_written_by_a_later_entry_relaxes_in_the_same_step() {
    let mut shock = rule("shock");
    shock.opportunity.limit = Some(1);
    shock.event.later.push(later("blow", number(2.0), vec![effect(assign(Place::State(0), number(1.0)))]));
    let model = ModelBuilder::new(1.0, 4, &[])
        .relaxing_state("tension", Start::Value(number(0.0)), None, half_life(1.0, None))
        .rule(shock)
        .measure("tension", state(0))
        .build();
    let f = factor(1.0, 1.0);
    assert_eq!(values(&model), [0.0, 0.0, 0.0, f, f * f]);
}

#[test]
fn a_write_that_keeps_the_value_counts() {
    let keep = flow("keep", vec![effect(increase(Place::State(0), number(0.0)))]);
    let mut shock = rule("shock");
    shock.opportunity.limit = Some(1);
    shock.event.effects.push(effect(assign(Place::State(0), number(1.0))));
    let model = ModelBuilder::new(1.0, 5, &[])
        .relaxing_state("tension", Start::Value(number(0.1)), None, half_life(3.0, None))
        .rule(shock)
        .flow(keep)
        .measure("tension", state(0))
        .build();
    let mut expected = 1.0;
    for value in &values(&model)[2..] {
        expected = 0.1 + (expected - 0.1) * factor(1.0, 3.0);
        assert_eq!(value.to_bits(), expected.to_bits(), "each step starts anew from what the flow wrote");
    }
}

#[test]
fn rests_are_read_before_any_cell_moves() {
    // Two cells that pull at each other.
    let model = ModelBuilder::new(1.0, 3, &[])
        .relaxing_state("a", Start::Value(number(0.0)), None, half_life(1.0, Some(state(1))))
        .relaxing_state("b", Start::Value(number(1.0)), None, half_life(1.0, Some(state(0))))
        .measure("a", state(0))
        .build();
    let move_by = 1.0 - factor(1.0, 1.0);
    let (mut a, mut b) = (0.0, 1.0);
    for value in &values(&model)[1..] {
        (a, b) = (a + (b - a) * move_by, b + (a - b) * move_by);
        assert_eq!(value.to_bits(), f64::to_bits(a));
    }
}

#[test]
fn own_start_as_rest_is_the_second_form() {
    let mut shock = rule("shock");
    shock.opportunity.limit = Some(1);
    shock.event.effects.push(effect(assign(Place::State(0), number(0.9))));
    let rest = plus(Expression::OwnStart, number(0.0));
    let model = ModelBuilder::new(1.0, 9, &[])
        .relaxing_state("tension", Start::Value(number(0.3)), None, half_life(7.0, Some(rest)))
        .rule(shock)
        .measure("tension", state(0))
        .build();
    let mut x = 0.9;
    for value in &values(&model)[2..] {
        x += (0.3 - x) * (1.0 - factor(1.0, 7.0));
        assert_eq!(value.to_bits(), x.to_bits());
    }
}

#[test]
fn a_computed_half_life_of_nothing_is_none_and_values_are_clamped() {
    let mut shock = rule("shock");
    shock.opportunity.limit = Some(1);
    shock.event.effects.push(effect(assign(Place::State(0), number(2.0))));
    let model = ModelBuilder::new(1.0, 3, &[])
        .relaxing_state("tension", Start::Value(number(0.5)), Some((0.0, 1.0)), half_life(-1.0, None))
        .rule(shock)
        .measure("tension", state(0))
        .build();
    assert_eq!(values(&model), [0.5, 1.0, 1.0, 1.0]);
}

#[test]
fn guards_see_the_relaxed_value() {
    let mut shock = rule("shock");
    shock.opportunity.limit = Some(1);
    shock.event.effects.push(effect(assign(Place::State(0), number(1.0))));
    let mut calm = rule("calm");
    calm.opportunity.when = Some(Expression::And(vec![
        time_at_least(Expression::Now, 2.0),
        Expression::Not(Box::new(at_least(state(0), 0.26))),
    ]));
    calm.opportunity.limit = Some(1);
    let model = ModelBuilder::new(1.0, 9, &[])
        .relaxing_state("tension", Start::Value(number(0.0)), None, half_life(1.0, None))
        .rule(calm)
        .rule(shock)
        .build();
    // 1 at the end of day 1, a half on day 2, a quarter on day 3.
    assert_eq!(Reference::new(&model, 1).run(0).events[0].first_step, 3);
}
