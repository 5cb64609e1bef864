//! Typed to model: places are dropped, names of happenings become indices.

use std::collections::BTreeMap;

use super::content::{TypedAct, TypedEffect, TypedPlace};
use super::distributions::TypedDistribution;
use super::typed::{Node, Operator, Type, Typed, TypedArgument};
use crate::model::{Act, Argument, Distribution, Effect, Expression, Fold, Place, Selector, Slack};

/// Indices of happenings by id.
pub(super) type HappeningIndex = BTreeMap<String, usize>;

/// Lowers an expression.
pub(super) fn expression(typed: &Typed, happenings: &HappeningIndex) -> Expression {
    let lower = |part: &Typed| expression(part, happenings);
    let boxed = |part: &Typed| Box::new(expression(part, happenings));
    let all = |parts: &[Typed]| parts.iter().map(|part| expression(part, happenings)).collect();
    match &typed.node {
        Node::Constant(value) => Expression::Constant(*value),
        Node::Parameter(index) => Expression::Parameter(*index),
        Node::State(index) => Expression::State(*index),
        Node::Attribute { attribute, holder } => Expression::Attribute { attribute: *attribute, holder: *holder },
        Node::Relation { relation, from, to } => Expression::Relation { relation: *relation, from: *from, to: *to },
        Node::ValueArgument(slot) => Expression::ValueArgument(*slot),
        Node::Draw(position) => Expression::Draw(*position),
        Node::OwnStart => Expression::OwnStart,
        Node::Definition { definition, arguments } => Expression::Definition {
            definition: *definition,
            arguments: arguments
                .iter()
                .map(|argument| match argument {
                    TypedArgument::Actor(term) => Argument::Actor(*term),
                    TypedArgument::Value(value) => Argument::Value(lower(value)),
                })
                .collect(),
        },
        Node::Now => Expression::Now,
        Node::Negative(a) => Expression::Negative(boxed(a)),
        Node::Binary(operator, a, b) => {
            let (a, b) = (boxed(a), boxed(b));
            match operator {
                Operator::Add => Expression::Add(a, b),
                Operator::Subtract => Expression::Subtract(a, b),
                Operator::Multiply => Expression::Multiply(a, b),
                Operator::Divide => Expression::Divide(a, b),
                Operator::Power => Expression::Power(a, b),
            }
        }
        Node::IntegerPower(a, n) => Expression::IntegerPower(boxed(a), *n),
        Node::Not(a) => Expression::Not(boxed(a)),
        Node::And(parts) => Expression::And(all(parts)),
        Node::Or(parts) => Expression::Or(all(parts)),
        Node::If(a, b, c) => Expression::If(boxed(a), boxed(b), boxed(c)),
        Node::Compare(comparison, a, b) => {
            let slack = match a.kind {
                Type::Duration | Type::Date => Slack::BillionthOfStep,
                _ => Slack::None,
            };
            Expression::Compare(*comparison, slack, boxed(a), boxed(b))
        }
        Node::SameActor(a, b) => Expression::SameActor(*a, *b),
        Node::InGroup(actor, group) => Expression::InGroup(*actor, *group),
        Node::SameValue(a, b) => Expression::SameValue(boxed(a), boxed(b)),
        Node::Fold(fold) => Expression::Fold(Box::new(Fold {
            kind: fold.kind,
            group: fold.group,
            slot: fold.slot,
            filter: fold.filter.as_ref().map(lower),
            body: lower(&fold.body),
            otherwise: fold.otherwise.as_ref().map(lower),
        })),
        Node::Function(function, parts) => Expression::Function(*function, all(parts)),
        Node::Events { test, happening, actor, target } => Expression::Events(
            *test,
            Selector {
                // Names were resolved against the same happenings that the index is made of.
                happening: happenings.get(&happening.id).copied().unwrap_or(0),
                actor: *actor,
                target: *target,
            },
        ),
        Node::Ended(outcome) => Expression::Ended(*outcome),
        Node::Pressure(from, to) => Expression::Pressure(*from, *to),
        Node::Running(clock) => Expression::Running(*clock),
        Node::Expired(clock) => Expression::Expired(*clock),
        Node::Remaining(clock) => Expression::Remaining(*clock),
        Node::Calendar(part, a) => Expression::Calendar(*part, boxed(a)),
        Node::Size(group) => Expression::Size(*group),
    }
}

/// Lowers a distribution.
pub(super) fn distribution(typed: &TypedDistribution, happenings: &HappeningIndex) -> Distribution {
    let lower = |part: &Typed| expression(part, happenings);
    match typed {
        TypedDistribution::Continuous { shape, arguments } => {
            Distribution::Continuous { shape: *shape, arguments: arguments.iter().map(lower).collect() }
        }
        TypedDistribution::Quantiles { shape, lower: (low_level, low), upper: (high_level, high) } => {
            Distribution::Quantiles {
                shape: *shape,
                lower: (*low_level, lower(low)),
                upper: (*high_level, lower(high)),
            }
        }
        TypedDistribution::Discrete { values, weights } => Distribution::Discrete {
            values: values.iter().map(lower).collect(),
            weights: weights.iter().map(lower).collect(),
        },
        TypedDistribution::Flip { probability } => Distribution::Flip { probability: lower(probability) },
        TypedDistribution::Empirical { file, rows } => Distribution::Empirical { file: *file, rows: rows.clone() },
    }
}

fn place(typed: TypedPlace) -> Place {
    match typed {
        TypedPlace::State(state) => Place::State(state),
        TypedPlace::Attribute { attribute, holder } => Place::Attribute { attribute, holder },
        TypedPlace::Relation { relation, from, to } => Place::Relation { relation, from, to },
    }
}

/// Lowers effects.
pub(super) fn effects(typed: &[TypedEffect], happenings: &HappeningIndex) -> Vec<Effect> {
    let lower = |part: &Typed| expression(part, happenings);
    typed
        .iter()
        .map(|effect| Effect {
            each: effect.each.as_ref().map(|each| (each.group, each.slot, each.filter.as_ref().map(lower))),
            condition: effect.condition.as_ref().map(lower),
            act: match &effect.act {
                TypedAct::Assign(to, value, _) => Act::Assign(place(*to), lower(value)),
                TypedAct::Increase(to, value, negative, _) => {
                    let value = lower(value);
                    let value = if *negative { Expression::Negative(Box::new(value)) } else { value };
                    Act::Increase(place(*to), value)
                }
                TypedAct::Start(clock, duration) => Act::StartClock(*clock, lower(duration)),
                TypedAct::Stop(clock) => Act::StopClock(*clock),
                TypedAct::Join(group, actor) => Act::Join(*group, *actor),
                TypedAct::Leave(group, actor) => Act::Leave(*group, *actor),
            },
        })
        .collect()
}
