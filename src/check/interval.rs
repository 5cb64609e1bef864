//! Values of expressions that are the same in every run.

use super::typed::{Node, Operator, Type, Typed};
use crate::math;
use crate::model::Function;

/// The value of an expression over literals and parameters that are `known` to be the same in every run.
pub(super) fn constant_value(typed: &Typed, known: &[Option<f64>]) -> Option<f64> {
    let constant_value = |part: &Typed| constant_value(part, known);
    let both = |a: &Typed, b: &Typed| Some((constant_value(a)?, constant_value(b)?));
    match &typed.node {
        Node::Constant(value) => Some(*value),
        Node::Parameter(index) => known.get(*index).copied().flatten(),
        Node::Negative(inner) => constant_value(inner).map(|value| -value),
        Node::Binary(operator, a, b) => {
            let (a, b) = both(a, b)?;
            Some(match operator {
                Operator::Add => math::add(a, b),
                Operator::Subtract => math::subtract(a, b),
                Operator::Multiply => math::multiply(a, b),
                Operator::Divide => math::divide(a, b),
                Operator::Power => math::power(a, b),
            })
        }
        Node::IntegerPower(a, n) => constant_value(a).map(|a| math::integer_power(a, *n)),
        Node::Function(function, parts) => {
            let parts: Option<Vec<f64>> = parts.iter().map(constant_value).collect();
            let parts = parts?;
            let first = *parts.first()?;
            Some(match function {
                Function::Minimum => parts.iter().copied().fold(first, f64::min),
                Function::Maximum => parts.iter().copied().fold(first, f64::max),
                Function::Absolute => first.abs(),
                Function::Floor => first.floor(),
                Function::Clamp => parts[1].max(first.min(parts[2])),
                Function::Exponential => math::exp(first),
                Function::Logarithm => math::ln(first),
                Function::SquareRoot => math::sqrt(first),
                Function::Logistic => math::logistic(first),
            })
        }
        Node::If(condition, then, otherwise) => {
            if constant_value(condition)? != 0.0 {
                constant_value(then)
            } else {
                constant_value(otherwise)
            }
        }
        Node::Not(inner) => constant_value(inner).map(|value| 1.0 - value),
        _ if typed.kind == Type::Wrong => None,
        _ => None,
    }
}
