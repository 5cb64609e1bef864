//! Closing expressions: named actors in place of slots, so that they can be read and written without a frame.

use crate::model::{ActorTerm, Argument, Expression, Fold, Instance, Selector};

/// What the slots of a frame stand for. Slots that nothing is said of stay: those of variables of folds.
#[derive(Clone, Copy)]
pub(super) struct Binding<'a> {
    /// Who is in a slot, if that is to be filled in.
    pub(super) actor: &'a dyn Fn(usize) -> Option<ActorTerm>,
    /// The value arguments, closed.
    pub(super) values: &'a [Expression],
}

/// An expression with the actor and the target of an instance filled in.
pub(super) fn bind_instance(expression: &Expression, instance: Instance) -> Expression {
    let actor = |slot| match slot {
        0 => instance.actor.map(ActorTerm::Actor),
        1 => instance.target.map(ActorTerm::Actor),
        _ => None,
    };
    bind(expression, Binding { actor: &actor, values: &[] })
}

/// An expression with the slots filled that `who` knows.
pub(super) fn bind_slots(expression: &Expression, who: &dyn Fn(usize) -> Option<ActorTerm>) -> Expression {
    bind(expression, Binding { actor: who, values: &[] })
}

/// A part of a fold with its variable filled in.
pub(super) fn bind_variable(expression: &Expression, variable: usize, who: ActorTerm) -> Expression {
    bind(expression, Binding { actor: &|slot| (slot == variable).then_some(who), values: &[] })
}

/// The body of a definition with its arguments filled in. Arguments must be closed, or name variables that no fold of the body can take for its own.
pub(super) fn bind_body(body: &Expression, arguments: &[Argument]) -> Expression {
    // An argument takes its place among actors and among values; what stands in the other is never read.
    let actor = |slot: usize| match arguments.get(slot) {
        Some(Argument::Actor(term)) => Some(*term),
        _ => None,
    };
    let value = |argument: &Argument| match argument {
        Argument::Actor(_) => Expression::Constant(0.0),
        Argument::Value(value) => value.clone(),
    };
    let values: Vec<Expression> = arguments.iter().map(value).collect();
    bind(body, Binding { actor: &actor, values: &values })
}

fn bind(expression: &Expression, binding: Binding<'_>) -> Expression {
    let again = |part: &Expression| bind(part, binding);
    let boxed = |part: &Expression| Box::new(bind(part, binding));
    let all = |parts: &[Expression]| parts.iter().map(again).collect();
    let who = |term: &ActorTerm| bind_actor(*term, binding);
    match expression {
        Expression::Constant(_)
        | Expression::Parameter(_)
        | Expression::State(_)
        | Expression::Draw(_)
        | Expression::OwnStart
        | Expression::Now
        | Expression::Ended(_)
        | Expression::Running(_)
        | Expression::Expired(_)
        | Expression::Remaining(_)
        | Expression::Size(_) => expression.clone(),
        Expression::Attribute { attribute, holder } => {
            Expression::Attribute { attribute: *attribute, holder: who(holder) }
        }
        Expression::Relation { relation, from, to } => {
            Expression::Relation { relation: *relation, from: who(from), to: who(to) }
        }
        Expression::ValueArgument(slot) => binding.values.get(*slot).unwrap_or(expression).clone(),
        Expression::Definition { definition, arguments } => {
            Expression::Definition { definition: *definition, arguments: bind_arguments(arguments, binding) }
        }
        Expression::Negative(a) => Expression::Negative(boxed(a)),
        Expression::Add(a, b) => Expression::Add(boxed(a), boxed(b)),
        Expression::Subtract(a, b) => Expression::Subtract(boxed(a), boxed(b)),
        Expression::Multiply(a, b) => Expression::Multiply(boxed(a), boxed(b)),
        Expression::Divide(a, b) => Expression::Divide(boxed(a), boxed(b)),
        Expression::IntegerPower(a, n) => Expression::IntegerPower(boxed(a), *n),
        Expression::Power(a, b) => Expression::Power(boxed(a), boxed(b)),
        Expression::Not(a) => Expression::Not(boxed(a)),
        Expression::And(parts) => Expression::And(all(parts)),
        Expression::Or(parts) => Expression::Or(all(parts)),
        Expression::If(a, b, c) => Expression::If(boxed(a), boxed(b), boxed(c)),
        Expression::Compare(comparison, slack, a, b) => Expression::Compare(*comparison, *slack, boxed(a), boxed(b)),
        Expression::SameActor(a, b) => Expression::SameActor(who(a), who(b)),
        Expression::InGroup(a, group) => Expression::InGroup(who(a), *group),
        Expression::SameValue(a, b) => Expression::SameValue(boxed(a), boxed(b)),
        Expression::Fold(fold) => Expression::Fold(Box::new(Fold {
            kind: fold.kind,
            group: fold.group,
            slot: fold.slot,
            filter: fold.filter.as_ref().map(again),
            body: again(&fold.body),
            otherwise: fold.otherwise.as_ref().map(again),
        })),
        Expression::Function(function, arguments) => Expression::Function(*function, all(arguments)),
        Expression::Events(test, selector) => Expression::Events(
            *test,
            Selector {
                happening: selector.happening,
                actor: selector.actor.as_ref().map(who),
                target: selector.target.as_ref().map(who),
            },
        ),
        Expression::Pressure(a, b) => Expression::Pressure(who(a), who(b)),
        Expression::Calendar(part, a) => Expression::Calendar(*part, boxed(a)),
    }
}

fn bind_arguments(arguments: &[Argument], binding: Binding<'_>) -> Vec<Argument> {
    let one = |argument: &Argument| match argument {
        Argument::Actor(term) => Argument::Actor(bind_actor(*term, binding)),
        Argument::Value(value) => Argument::Value(bind(value, binding)),
    };
    arguments.iter().map(one).collect()
}

fn bind_actor(term: ActorTerm, binding: Binding<'_>) -> ActorTerm {
    match term {
        ActorTerm::Slot(slot) => (binding.actor)(slot).unwrap_or(term),
        ActorTerm::Actor(_) => term,
    }
}
