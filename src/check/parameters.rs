//! Parameters: their types, their order, their values.

use super::raw::{Distribution, Parameter, Raw};
use super::scope::{Place, Scope};
use super::symbols::{Symbol, Symbols};
use super::typed::{Type, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::Value;
use crate::scenario::expression::ast::{Expression, Kind};

/// In which order parameters can be computed, and what each holds.
#[derive(Default)]
pub(super) struct Sorted {
    /// Indices, each behind those that it reads.
    pub(super) order: Vec<usize>,
    /// The type of each parameter; wrong where it cannot be told.
    pub(super) kinds: Vec<Type>,
    /// Parameters that are computed from themselves.
    pub(super) circles: Vec<Diagnostic>,
}

/// Sorts parameters by what they name, and finds the type of each once, from those before it.
pub(super) fn sort(raw: &Raw, symbols: &Symbols) -> Sorted {
    let parameters: Vec<(&String, &Parameter)> = raw.parameters.iter().collect();
    let reads: Vec<Vec<usize>> = parameters.iter().map(|(_, parameter)| named_by(symbols, parameter)).collect();
    let mut sorted = Sorted { kinds: vec![Type::Wrong; parameters.len()], ..Sorted::default() };
    let mut mark = vec![Mark::New; parameters.len()];
    // A stack of our own: chains of parameters may be longer than the program's stack is deep.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for index in 0..parameters.len() {
        if mark[index] == Mark::New {
            mark[index] = Mark::OnPath;
            path.push((index, 0));
        }
        while let Some((index, next)) = path.last_mut() {
            let index = *index;
            let Some(&other) = reads[index].get(*next) else {
                path.pop();
                mark[index] = Mark::Sorted;
                sorted.kinds[index] = kind(symbols, &sorted.kinds, parameters[index].1);
                sorted.order.push(index);
                continue;
            };
            *next += 1;
            match mark[other] {
                Mark::New => {
                    mark[other] = Mark::OnPath;
                    path.push((other, 0));
                }
                Mark::OnPath => sorted.circles.push(circle(&parameters, &path, other)),
                Mark::Sorted => {}
            }
        }
    }
    sorted
}

/// How far sorting has come with a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    OnPath,
    Sorted,
}

fn circle(parameters: &[(&String, &Parameter)], path: &[(usize, usize)], index: usize) -> Diagnostic {
    let (id, parameter) = parameters[index];
    let names: Vec<&str> = path
        .iter()
        .map(|(other, _)| *other)
        .skip_while(|other| *other != index)
        .chain([index])
        .map(|other| parameters[other].0.as_str())
        .collect();
    Diagnostic::new(
        Code::Cycle,
        parameter.key,
        format!("the parameter `{id}` is computed from itself: {}", names.join(" -> ")),
    )
    .help("give one of them a number or a prior of its own")
}

/// What a parameter holds, found from its value or prior.
fn kind(symbols: &Symbols, kinds: &[Type], parameter: &Parameter) -> Type {
    if let Some(value) = &parameter.value {
        shallow(symbols, kinds, value)
    } else if let Some(prior) = &parameter.prior {
        super::distributions::shallow_kind(symbols, kinds, prior)
    } else if let Some((low, _)) = &parameter.range {
        // A library may leave the value out; its range still says what it is.
        shallow(symbols, kinds, low)
    } else {
        // Left open by a library that is checked alone: what it holds only a case can say.
        Type::Wrong
    }
}

/// The type of a constant expression, without reporting anything: just enough to know what a parameter holds.
pub(super) fn shallow(symbols: &Symbols, kinds: &[Type], expression: &Expression) -> Type {
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
        Kind::Negative(inner) => shallow(symbols, kinds, inner),
        Kind::If(_, then, _) => shallow(symbols, kinds, then),
        Kind::Name(name) => match symbols.find(name) {
            Some(Symbol::Parameter(other)) => kinds.get(other).copied().unwrap_or(Type::Wrong),
            _ => Type::Wrong,
        },
        Kind::Call { function, arguments } => match (function.text.as_str(), arguments.first()) {
            ("min" | "max" | "clamp" | "abs", Some(first)) => shallow(symbols, kinds, first),
            _ => Type::Number,
        },
        Kind::Arithmetic(operator, left, right) => {
            let (left, right) = (shallow(symbols, kinds, left), shallow(symbols, kinds, right));
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
                (A::Power | A::WholePower, ..) => Type::Number,
            }
        }
        Kind::Member { .. } | Kind::Fold { .. } => Type::Wrong,
    }
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

/// Parameters that the value, prior or, where it has neither, the range of a parameter names.
fn named_by(symbols: &Symbols, parameter: &Parameter) -> Vec<usize> {
    let mut named = Vec::new();
    if let Some(value) = &parameter.value {
        named_in(symbols, value, &mut named);
    } else if let Some(prior) = &parameter.prior {
        named_in_prior(symbols, prior, &mut named);
    } else if let Some((low, _)) = &parameter.range {
        named_in(symbols, low, &mut named);
    }
    named
}

/// Parameters that a constant names, whether or not the rest of it makes sense.
fn named_in(symbols: &Symbols, expression: &Expression, into: &mut Vec<usize>) {
    let mut parts = vec![expression];
    while let Some(part) = parts.pop() {
        match &part.kind {
            Kind::Name(name) => {
                if let Some(Symbol::Parameter(index)) = symbols.find(name) {
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
fn named_in_prior(symbols: &Symbols, prior: &Distribution, into: &mut Vec<usize>) {
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
                named_in(symbols, &expression, into);
            }
        }
    }
}
