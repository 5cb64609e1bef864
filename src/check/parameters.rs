//! Parameters: their types, their order, their values.

use super::scope::{Place, Scope};
use super::symbols::Symbol;
use super::typed::{Type, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::Value;
use crate::scenario::expression::ast::{Expression, Kind};

/// Type of the parameter of an index, found from its value or prior. Parameters may read parameters; a cycle is told once.
pub(super) fn kind(typing: &mut Typing, index: usize) -> Type {
    let mut path = Vec::new();
    kind_along(typing, index, &mut path)
}

fn kind_along(typing: &mut Typing, index: usize, path: &mut Vec<usize>) -> Type {
    if path.contains(&index) {
        return Type::Wrong;
    }
    let raw = typing.raw;
    let Some(parameter) = raw.parameters.values().nth(index) else { return Type::Wrong };
    path.push(index);
    let kind = if let Some(value) = &parameter.value {
        shallow(typing, value, path)
    } else if let Some(prior) = &parameter.prior {
        super::distributions::shallow_kind(typing, prior, path)
    } else if let Some((low, _)) = &parameter.range {
        // A library may leave the value out; its range still says what it is.
        shallow(typing, low, path)
    } else {
        // Left open by a library that is checked alone: what it holds only a case can say.
        Type::Wrong
    };
    path.pop();
    kind
}

/// The type of a constant expression, without reporting anything: just enough to know what a parameter holds.
pub(super) fn shallow(typing: &mut Typing, expression: &Expression, path: &mut Vec<usize>) -> Type {
    use crate::scenario::expression::ast::Arithmetic as A;
    match &expression.kind {
        Kind::Number(_) => Type::Number,
        Kind::Boolean(_)
        | Kind::Not(_)
        | Kind::And(_)
        | Kind::Or(_)
        | Kind::Compare(..)
        | Kind::Is { .. }
        | Kind::In { .. } => Type::Boolean,
        Kind::Duration(..) => Type::Duration,
        Kind::Date(_) => Type::Date,
        Kind::Per(..) => Type::Rate,
        Kind::Negative(inner) => shallow(typing, inner, path),
        Kind::If(_, then, _) => shallow(typing, then, path),
        Kind::Name(name) => match typing.symbols.find(name) {
            Some(Symbol::Parameter(other)) => kind_along(typing, other, path),
            _ => Type::Wrong,
        },
        Kind::Call { function, arguments } => match (function.text.as_str(), arguments.first()) {
            ("min" | "max" | "clamp" | "abs", Some(first)) => shallow(typing, first, path),
            _ => Type::Number,
        },
        Kind::Arithmetic(operator, left, right) => {
            let (left, right) = (shallow(typing, left, path), shallow(typing, right, path));
            match (operator, left, right) {
                (_, Type::Wrong, _) | (_, _, Type::Wrong) => Type::Wrong,
                (A::Subtract, Type::Date, Type::Date) => Type::Duration,
                (A::Add | A::Subtract, kind, _) => kind,
                (A::Multiply, Type::Rate, Type::Duration) | (A::Multiply, Type::Duration, Type::Rate) => Type::Number,
                (A::Multiply, Type::Number, kind) => kind,
                (A::Multiply, kind, _) => kind,
                (A::Divide, Type::Number, Type::Duration) => Type::Rate,
                (A::Divide, a, b) if a == b => Type::Number,
                (A::Divide, kind, _) => kind,
                (A::Power, ..) => Type::Number,
            }
        }
        Kind::Member { .. } | Kind::Fold { .. } => Type::Wrong,
    }
}

/// Typed value or prior arguments of every parameter, and an order in which each reads only earlier ones.
pub(super) fn order(typing: &mut Typing, reads: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut mark = vec![0u8; reads.len()];
    for index in 0..reads.len() {
        follow(typing, index, reads, &mut mark, &mut Vec::new(), &mut order);
    }
    order
}

fn follow(
    typing: &mut Typing,
    index: usize,
    reads: &[Vec<usize>],
    mark: &mut [u8],
    path: &mut Vec<usize>,
    order: &mut Vec<usize>,
) {
    if mark[index] == 2 {
        return;
    }
    if mark[index] == 1 {
        let raw = typing.raw;
        let names: Vec<&str> = path
            .iter()
            .skip_while(|other| **other != index)
            .chain([&index])
            .filter_map(|index| raw.parameters.keys().nth(*index).map(String::as_str))
            .collect();
        if let Some((id, parameter)) = raw.parameters.iter().nth(index) {
            typing.report(
                Diagnostic::new(
                    Code::Cycle,
                    parameter.key,
                    format!("the parameter `{id}` is computed from itself: {}", names.join(" -> ")),
                )
                .help("give one of them a number or a prior of its own"),
            );
        }
        return;
    }
    mark[index] = 1;
    path.push(index);
    for &other in &reads[index] {
        follow(typing, other, reads, mark, path, order);
    }
    path.pop();
    mark[index] = 2;
    order.push(index);
}

/// A constant of a wanted type, over literals and parameters.
pub(super) fn constant(
    typing: &mut Typing,
    expression: &Expression,
    what: &'static str,
    wanted: Type,
) -> Option<Typed> {
    let mut scope = Scope::new(Place::Constant(what));
    let typed = typing.expect(expression, &mut scope, wanted, what);
    (!typed.is_wrong()).then_some(typed)
}

/// Parameters that a constant names, whether or not the rest of it makes sense.
pub(super) fn named_in(typing: &Typing, expression: &Expression, into: &mut Vec<usize>) {
    let mut parts = vec![expression];
    while let Some(part) = parts.pop() {
        match &part.kind {
            Kind::Name(name) => {
                if let Some(Symbol::Parameter(index)) = typing.symbols.find(name) {
                    into.push(index);
                }
            }
            Kind::Negative(a) | Kind::Not(a) | Kind::Per(a, ..) => parts.push(a),
            Kind::Arithmetic(_, a, b) | Kind::Compare(_, a, b) => parts.extend([a.as_ref(), b.as_ref()]),
            Kind::If(a, b, c) => parts.extend([a.as_ref(), b.as_ref(), c.as_ref()]),
            Kind::And(all) | Kind::Or(all) => parts.extend(all),
            Kind::Call { arguments, .. } => parts.extend(arguments),
            Kind::Number(_)
            | Kind::Duration(..)
            | Kind::Date(_)
            | Kind::Boolean(_)
            | Kind::Member { .. }
            | Kind::Fold { .. }
            | Kind::Is { .. }
            | Kind::In { .. } => {}
        }
    }
}

/// Parameters that the arguments of a prior name. The file and the column of an empirical one are texts: a column may be called like a parameter.
pub(super) fn named_in_prior(typing: &Typing, prior: &super::raw::Distribution, into: &mut Vec<usize>) {
    if prior.family.text == "empirical" {
        return;
    }
    for (_, node) in prior.arguments.values() {
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(node),
        };
        for node in nodes {
            if let Some(expression) = super::reader::expression(node, "prior", &mut Vec::new()) {
                named_in(typing, &expression, into);
            }
        }
    }
}
