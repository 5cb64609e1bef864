//! All expressions and distributions of a model.

use flashpoint::model::{
    Act, Argument, Distribution, Effect, Event, Expression, Model, ParameterSource, Start, Timing, Weighing,
};

/// Where an expression or distribution stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Prior,
    Start,
    Draw,
}

/// Hears every expression, outer ones first, and every distribution.
pub(super) trait Visitor {
    fn expression(&mut self, expression: &Expression);
    fn distribution(&mut self, part: Part, distribution: &Distribution);
}

pub(super) fn walk(expression: &Expression, visitor: &mut impl Visitor) {
    visitor.expression(expression);
    match expression {
        Expression::Definition { arguments, .. } => {
            for argument in arguments {
                if let Argument::Value(value) = argument {
                    walk(value, visitor);
                }
            }
        }
        Expression::Negative(a) | Expression::IntegerPower(a, _) | Expression::Not(a) | Expression::Calendar(_, a) => {
            walk(a, visitor)
        }
        Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b)
        | Expression::Power(a, b)
        | Expression::SameValue(a, b)
        | Expression::Compare(_, _, a, b) => {
            walk(a, visitor);
            walk(b, visitor);
        }
        Expression::And(parts) | Expression::Or(parts) | Expression::Function(_, parts) => {
            parts.iter().for_each(|part| walk(part, visitor));
        }
        Expression::If(a, b, c) => [a, b, c].into_iter().for_each(|part| walk(part, visitor)),
        Expression::Fold(fold) => {
            fold.filter.iter().chain([&fold.body]).chain(&fold.otherwise).for_each(|part| walk(part, visitor));
        }
        _ => {}
    }
}

fn distribution(part: Part, distribution: &Distribution, visitor: &mut impl Visitor) {
    visitor.distribution(part, distribution);
    match distribution {
        Distribution::Continuous { arguments, .. } => arguments.iter().for_each(|one| walk(one, visitor)),
        Distribution::Quantiles { lower, upper, .. } => {
            walk(&lower.1, visitor);
            walk(&upper.1, visitor);
        }
        Distribution::Discrete { values, weights } => {
            values.iter().chain(weights).for_each(|one| walk(one, visitor));
        }
        Distribution::Flip { probability } => walk(probability, visitor),
        Distribution::Empirical { .. } => {}
    }
}

fn effects(effects: &[Effect], visitor: &mut impl Visitor) {
    for effect in effects {
        if let Some((_, _, Some(filter))) = &effect.each {
            walk(filter, visitor);
        }
        effect.condition.iter().for_each(|one| walk(one, visitor));
        match &effect.act {
            Act::Assign(_, value) | Act::Increase(_, value) | Act::StartClock(_, value) => walk(value, visitor),
            _ => {}
        }
    }
}

fn event(event: &Event, visitor: &mut impl Visitor) {
    event.draws.iter().for_each(|draw| distribution(Part::Draw, &draw.distribution, visitor));
    effects(&event.effects, visitor);
    for later in &event.later {
        walk(&later.after, visitor);
        later.when.iter().for_each(|one| walk(one, visitor));
        later.draws.iter().for_each(|draw| distribution(Part::Draw, &draw.distribution, visitor));
        effects(&later.effects, visitor);
    }
}

/// Everything that a model says.
pub(super) fn walk_model(model: &Model, visitor: &mut impl Visitor) {
    for parameter in &model.parameters {
        match &parameter.source {
            ParameterSource::Value(value) => walk(value, visitor),
            ParameterSource::Prior(prior) => distribution(Part::Prior, prior, visitor),
        }
    }
    for cell in &model.cells {
        match &cell.start {
            Start::Value(value) => walk(value, visitor),
            Start::Drawn { distribution: drawn, .. } => distribution(Part::Start, drawn, visitor),
        }
    }
    let half_lives = model.attributes.iter().filter_map(|one| one.half_life.as_ref());
    let half_lives = half_lives.chain(model.relations.iter().filter_map(|one| one.half_life.as_ref()));
    for half_life in half_lives.chain(model.state.iter().filter_map(|one| one.half_life.as_ref())) {
        walk(&half_life.duration, visitor);
        half_life.rest.iter().for_each(|one| walk(one, visitor));
    }
    model.definitions.iter().for_each(|one| walk(&one.value, visitor));
    let opportunities = model.rules.iter().map(|one| &one.opportunity);
    for opportunity in opportunities.chain(model.choices.iter().map(|one| &one.opportunity)) {
        let parts = [&opportunity.when, &opportunity.every, &opportunity.cooldown];
        parts.into_iter().flatten().for_each(|one| walk(one, visitor));
        match &opportunity.timing {
            Timing::Chance(one) | Timing::Rate(one) => walk(one, visitor),
            Timing::AtOnce => {}
        }
    }
    model.rules.iter().for_each(|one| event(&one.event, visitor));
    for choice in &model.choices {
        choice.precision.iter().for_each(|one| walk(one, visitor));
        for option in &choice.options {
            option.when.iter().for_each(|one| walk(one, visitor));
            match &option.weighing {
                Weighing::Utility(one) | Weighing::Weight(one) => walk(one, visitor),
            }
            event(&option.event, visitor);
        }
    }
    for flow in &model.flows {
        flow.when.iter().for_each(|one| walk(one, visitor));
        effects(&flow.effects, visitor);
    }
    model.measures.iter().for_each(|one| walk(&one.value, visitor));
    for query in &model.queries {
        walk(&query.when, visitor);
        query.given.iter().for_each(|one| walk(one, visitor));
    }
    model.outcomes.iter().filter_map(|one| one.when.as_ref()).for_each(|one| walk(one, visitor));
}
