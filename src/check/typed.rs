//! Expressions with types and places: what the checker thinks in, before places are dropped.

use crate::diagnostic::Span;
use crate::model::{ActorTerm, Calendar, Comparison, EventTest, FoldKind, Function};

/// Whose enumeration it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EnumerationOwner {
    Attribute(usize),
    Relation(usize),
    State(usize),
}

/// The type of an expression. `Wrong` failed and silences what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Type {
    Number,
    Boolean,
    Duration,
    Rate,
    Date,
    Enumeration(EnumerationOwner),
    Wrong,
}

impl Type {
    /// With its article, as in messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Type::Number => "a number",
            Type::Boolean => "a yes/no",
            Type::Duration => "a duration",
            Type::Rate => "a rate",
            Type::Date => "a date",
            Type::Enumeration(_) => "an enumeration value",
            Type::Wrong => "a mistake",
        }
    }
}

/// An expression with its type and place.
#[derive(Clone, Debug)]
pub(super) struct Typed {
    pub(super) node: Node,
    pub(super) kind: Type,
    pub(super) span: Span,
}

/// Operators of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// The shapes of [`crate::model::Expression`], with typed parts.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Constant(f64),
    Parameter(usize),
    State(usize),
    Attribute { attribute: usize, holder: ActorTerm },
    Relation { relation: usize, from: ActorTerm, to: ActorTerm },
    ValueArgument(usize),
    Draw(usize),
    OwnStart,
    Definition { definition: usize, arguments: Vec<TypedArgument> },
    Now,
    Negative(Box<Typed>),
    Binary(Operator, Box<Typed>, Box<Typed>),
    IntegerPower(Box<Typed>, u32),
    Not(Box<Typed>),
    And(Vec<Typed>),
    Or(Vec<Typed>),
    If(Box<Typed>, Box<Typed>, Box<Typed>),
    Compare(Comparison, Box<Typed>, Box<Typed>),
    SameActor(ActorTerm, ActorTerm),
    InGroup(ActorTerm, usize),
    SameValue(Box<Typed>, Box<Typed>),
    Fold(Box<TypedFold>),
    Function(Function, Vec<Typed>),
    Events { test: EventTest, happening: HappeningRef, actor: Option<ActorTerm>, target: Option<ActorTerm> },
    Ended(usize),
    Pressure(ActorTerm, ActorTerm),
    Running(usize),
    Expired(usize),
    Remaining(usize),
    Calendar(Calendar, Box<Typed>),
    Size(usize),
}

/// A fold with typed parts.
#[derive(Clone, Debug)]
pub(super) struct TypedFold {
    pub(super) kind: FoldKind,
    /// The name of the variable, for messages.
    pub(super) variable: String,
    pub(super) group: usize,
    pub(super) slot: usize,
    pub(super) filter: Option<Typed>,
    pub(super) body: Typed,
    pub(super) otherwise: Option<Typed>,
}

/// An argument of a definition.
#[derive(Clone, Debug)]
pub(super) enum TypedArgument {
    Actor(ActorTerm),
    Value(Typed),
}

/// A rule, choice or option by name, before happenings have indices.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HappeningRef {
    /// `rule`, `choice` or `choice.option`.
    pub(super) id: String,
}

impl Typed {
    pub(super) fn wrong(span: Span) -> Self {
        Typed { node: Node::Constant(0.0), kind: Type::Wrong, span }
    }

    pub(super) fn is_wrong(&self) -> bool {
        self.kind == Type::Wrong
    }

    /// The value of a literal.
    pub(super) fn literal(&self) -> Option<f64> {
        match &self.node {
            Node::Constant(value) => Some(*value),
            Node::Negative(inner) => inner.literal().map(|value| -value),
            _ => None,
        }
    }

    /// Calls `visit` for this expression and every part of it, outermost first.
    pub(super) fn visit<'a>(&'a self, visit: &mut impl FnMut(&'a Typed)) {
        visit(self);
        match &self.node {
            Node::Negative(a) | Node::IntegerPower(a, _) | Node::Not(a) | Node::Calendar(_, a) => a.visit(visit),
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::SameValue(a, b) => {
                a.visit(visit);
                b.visit(visit);
            }
            Node::And(parts) | Node::Or(parts) | Node::Function(_, parts) => {
                parts.iter().for_each(|part| part.visit(visit));
            }
            Node::If(a, b, c) => [a, b, c].into_iter().for_each(|part| part.visit(visit)),
            Node::Fold(fold) => {
                if let Some(filter) = &fold.filter {
                    filter.visit(visit);
                }
                fold.body.visit(visit);
                if let Some(otherwise) = &fold.otherwise {
                    otherwise.visit(visit);
                }
            }
            Node::Definition { arguments, .. } => {
                for argument in arguments {
                    if let TypedArgument::Value(value) = argument {
                        value.visit(visit);
                    }
                }
            }
            Node::Constant(_)
            | Node::Parameter(_)
            | Node::State(_)
            | Node::Attribute { .. }
            | Node::Relation { .. }
            | Node::ValueArgument(_)
            | Node::Draw(_)
            | Node::OwnStart
            | Node::Now
            | Node::SameActor(..)
            | Node::InGroup(..)
            | Node::Events { .. }
            | Node::Ended(_)
            | Node::Pressure(..)
            | Node::Running(_)
            | Node::Expired(_)
            | Node::Remaining(_)
            | Node::Size(_) => {}
        }
    }
}
