//! The scenario as read: every table with its keys, expressions as trees, names still text.

use std::collections::BTreeMap;

use crate::diagnostic::Span;
use crate::model::Notes;
use crate::scenario::document::Node;
use crate::scenario::expression::ast::{Effect, Expression, Name};

/// Everything that was read.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) header: Option<Header>,
    pub(super) parameters: BTreeMap<String, Parameter>,
    pub(super) attributes: BTreeMap<String, CellKind>,
    pub(super) relations: BTreeMap<String, CellKind>,
    pub(super) state: BTreeMap<String, CellKind>,
    pub(super) actors: BTreeMap<String, Actor>,
    pub(super) groups: BTreeMap<String, Group>,
    pub(super) clocks: BTreeMap<String, (Span, Notes)>,
    pub(super) roles: BTreeMap<String, Role>,
    pub(super) definitions: BTreeMap<String, Definition>,
    pub(super) rules: BTreeMap<String, Rule>,
    pub(super) choices: BTreeMap<String, Choice>,
    pub(super) flows: BTreeMap<String, Flow>,
    pub(super) measures: BTreeMap<String, Measure>,
    pub(super) queries: BTreeMap<String, Query>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) outcomes_span: Option<Span>,
    /// Whether there is something instead of a list of outcomes, which has been told.
    pub(super) outcomes_unread: bool,
    pub(super) data: Data,
    pub(super) history: Option<History>,
}

pub(super) struct Header {
    pub(super) span: Span,
    pub(super) title: Option<String>,
    pub(super) start: Option<(jiff::civil::DateTime, bool)>,
    pub(super) step: Option<(f64, Span)>,
    pub(super) horizon: Option<(f64, Span)>,
    pub(super) notes: Notes,
}

pub(super) struct Parameter {
    pub(super) key: Span,
    pub(super) value: Option<Expression>,
    pub(super) prior: Option<Distribution>,
    /// True if neither key was written (as opposed to written wrongly).
    pub(super) open: bool,
    pub(super) range: Option<(Expression, Expression)>,
    pub(super) notes: Notes,
}

/// A distribution: its family and the arguments as written.
#[derive(Clone)]
pub(super) struct Distribution {
    pub(super) family: Name,
    pub(super) arguments: BTreeMap<String, (Span, Node)>,
    pub(super) span: Span,
}

/// A start value: a constant or a distribution.
#[derive(Clone)]
pub(super) enum Start {
    Value(Expression),
    Drawn(Distribution),
}

/// An attribute, relation or state variable.
pub(super) struct CellKind {
    pub(super) key: Span,
    pub(super) range: Option<(Expression, Expression)>,
    pub(super) values: Option<Vec<Name>>,
    pub(super) start: Option<Start>,
    pub(super) half_life: Option<Expression>,
    pub(super) rest: Option<Expression>,
    pub(super) holders: Option<Name>,
    pub(super) symmetric: bool,
    pub(super) private: bool,
    pub(super) notes: Notes,
}

pub(super) struct Actor {
    pub(super) key: Span,
    pub(super) name: Option<String>,
    /// Attributes and relations: key, and the value as written.
    pub(super) cells: BTreeMap<String, (Span, Node)>,
    pub(super) notes: Notes,
}

pub(super) struct Group {
    pub(super) key: Span,
    pub(super) members: Vec<Name>,
}

pub(super) struct Role {
    pub(super) key: Span,
    /// True for `kind = "group"`.
    pub(super) is_group: bool,
    /// Declared by a library (with `kind`), not only filled.
    pub(super) declared: bool,
    pub(super) is: Option<Name>,
    pub(super) notes: Notes,
}

pub(super) struct Definition {
    pub(super) key: Span,
    pub(super) arguments: Vec<Name>,
    pub(super) value: Option<Expression>,
    pub(super) notes: Notes,
}

/// The keys that say when a rule or choice may happen.
pub(super) struct Opportunity {
    pub(super) actor: Option<Name>,
    pub(super) target: Option<Name>,
    pub(super) when: Option<Expression>,
    pub(super) rate: Option<Expression>,
    pub(super) chance: Option<Expression>,
    pub(super) every: Option<Expression>,
    pub(super) cooldown: Option<Expression>,
    pub(super) limit: Option<u32>,
    pub(super) enabled: bool,
    /// Which of `rate`, `chance`, `every`, `limit` were written, rightly or wrongly.
    pub(super) timed: bool,
}

/// The keys that say what an event is and does.
pub(super) struct Event {
    pub(super) ladder: Option<u8>,
    pub(super) cameo: Option<String>,
    pub(super) label: Option<(String, Span)>,
    pub(super) draws: BTreeMap<String, (Span, Distribution)>,
    pub(super) effects: Vec<Effect>,
    pub(super) later: BTreeMap<String, Later>,
    pub(super) notes: Notes,
}

pub(super) struct Later {
    pub(super) after: Option<Expression>,
    pub(super) when: Option<Expression>,
    pub(super) draws: BTreeMap<String, (Span, Distribution)>,
    pub(super) effects: Vec<Effect>,
}

pub(super) struct Rule {
    pub(super) key: Span,
    pub(super) opportunity: Opportunity,
    pub(super) exclusive: Option<(String, Span)>,
    pub(super) event: Event,
}

pub(super) struct Choice {
    pub(super) key: Span,
    pub(super) opportunity: Opportunity,
    pub(super) precision: Option<Expression>,
    pub(super) notes: Notes,
    pub(super) options: BTreeMap<String, ChoiceOption>,
}

pub(super) struct ChoiceOption {
    pub(super) key: Span,
    pub(super) when: Option<Expression>,
    pub(super) utility: Option<Expression>,
    pub(super) weight: Option<Expression>,
    /// Both keys missing (as opposed to written wrongly).
    pub(super) unweighed: bool,
    pub(super) target: Option<Name>,
    pub(super) enabled: bool,
    pub(super) event: Event,
}

pub(super) struct Flow {
    pub(super) key: Span,
    pub(super) actor: Option<Name>,
    pub(super) target: Option<Name>,
    pub(super) when: Option<Expression>,
    pub(super) effects: Vec<Effect>,
    pub(super) enabled: bool,
}

pub(super) struct Measure {
    pub(super) key: Span,
    pub(super) value: Option<Expression>,
    pub(super) range: Option<(Expression, Expression)>,
    pub(super) notes: Notes,
}

pub(super) struct Query {
    pub(super) key: Span,
    pub(super) when: Option<Expression>,
    pub(super) given: Option<Expression>,
    pub(super) expect: Option<(f64, f64)>,
    pub(super) notes: Notes,
}

pub(super) struct Outcome {
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) label: Option<String>,
    pub(super) when: Option<Expression>,
    pub(super) has_when: bool,
    pub(super) notes: Notes,
}

#[derive(Default)]
pub(super) struct Data {
    pub(super) actors: Vec<Name>,
    pub(super) dyads: Vec<Name>,
    pub(super) ignore: Vec<Name>,
}

pub(super) struct History {
    pub(super) key: Span,
    pub(super) until: Option<Expression>,
    pub(super) events: Vec<HistoryEvent>,
    pub(super) file: Option<Name>,
}

#[derive(Clone)]
pub(super) struct HistoryEvent {
    pub(super) span: Span,
    pub(super) date: Option<Expression>,
    pub(super) rule: Option<Name>,
    pub(super) actor: Option<Name>,
    pub(super) target: Option<Name>,
}
