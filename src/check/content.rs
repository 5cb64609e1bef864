//! The scenario with types: everything that happens and is read, before places are dropped.

use super::distributions::TypedDistribution;
use super::symbols::Who;
use super::typed::{Type, Typed};
use crate::diagnostic::Span;
use crate::model::{ActorIndex, ActorTerm, Instance, Notes};

/// Everything typed.
#[derive(Default)]
pub(super) struct Content {
    pub(super) parameters: Vec<TypedParameter>,
    pub(super) parameter_order: Vec<usize>,
    pub(super) attributes: Vec<TypedKind>,
    pub(super) relations: Vec<TypedKind>,
    pub(super) state: Vec<TypedKind>,
    pub(super) rules: Vec<TypedRule>,
    pub(super) choices: Vec<TypedChoice>,
    pub(super) flows: Vec<TypedFlow>,
    pub(super) measures: Vec<TypedMeasure>,
    pub(super) queries: Vec<TypedQuery>,
    pub(super) outcomes: Vec<TypedOutcome>,
}

pub(super) struct TypedParameter {
    pub(super) id: String,
    pub(super) key: Span,
    pub(super) kind: Type,
    pub(super) range: Option<(f64, f64)>,
    pub(super) source: ParameterSource,
}

pub(super) enum ParameterSource {
    Value(Typed),
    Prior(TypedDistribution),
    /// Left open by a library that is checked alone, or failed.
    Open,
}

/// Half-life, rest and default start of an attribute, relation or state.
pub(super) struct TypedKind {
    pub(super) half_life: Option<Typed>,
    pub(super) rest: Option<Typed>,
    pub(super) start: Option<TypedStart>,
}

#[derive(Clone, Debug)]
pub(super) enum TypedStart {
    Value(Typed),
    Drawn(TypedDistribution),
}

pub(super) enum TypedTiming {
    AtOnce,
    Chance(Typed),
    Rate(Typed),
}

pub(super) struct TypedOpportunity {
    pub(super) actor: Option<Who>,
    pub(super) target: Option<Who>,
    pub(super) when: Option<Typed>,
    pub(super) timing: TypedTiming,
    pub(super) every: Option<Typed>,
    pub(super) cooldown: Option<Typed>,
    pub(super) limit: Option<u32>,
    pub(super) enabled: bool,
    /// Printed terms of the guard.
    pub(super) terms: Vec<String>,
}

pub(super) struct TypedEvent {
    pub(super) ladder: Option<u8>,
    pub(super) cameo: Option<String>,
    pub(super) label: Option<String>,
    pub(super) draws: Vec<(String, TypedDistribution)>,
    pub(super) effects: Vec<TypedEffect>,
    pub(super) later: Vec<TypedLater>,
    pub(super) notes: Notes,
}

pub(super) struct TypedLater {
    pub(super) id: String,
    pub(super) after: Typed,
    pub(super) when: Option<Typed>,
    pub(super) draws: Vec<(String, TypedDistribution)>,
    pub(super) effects: Vec<TypedEffect>,
}

pub(super) struct TypedEach {
    pub(super) variable: String,
    pub(super) group: usize,
    pub(super) slot: usize,
    pub(super) filter: Option<Typed>,
}

pub(super) struct TypedEffect {
    pub(super) span: Span,
    pub(super) each: Option<TypedEach>,
    pub(super) condition: Option<Typed>,
    /// The condition as text: two assignments under different conditions are allowed.
    pub(super) condition_text: String,
    pub(super) act: TypedAct,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TypedPlace {
    State(usize),
    Attribute { attribute: usize, holder: ActorTerm },
    Relation { relation: usize, from: ActorTerm, to: ActorTerm },
}

pub(super) enum TypedAct {
    Assign(TypedPlace, Typed, Span),
    /// The flag: `-=`.
    Increase(TypedPlace, Typed, bool, Span),
    Start(usize, Typed),
    Stop(usize),
    Join(usize, ActorTerm),
    Leave(usize, ActorTerm),
}

pub(super) struct TypedRule {
    pub(super) id: String,
    pub(super) key: Span,
    pub(super) opportunity: TypedOpportunity,
    pub(super) exclusive: Option<String>,
    pub(super) event: TypedEvent,
    pub(super) instances: Vec<Instance>,
}

pub(super) enum TypedWeighing {
    Utility(Typed),
    Weight(Typed),
}

pub(super) struct TypedOption {
    pub(super) id: String,
    pub(super) when: Option<Typed>,
    pub(super) weighing: TypedWeighing,
    pub(super) target: Option<Who>,
    pub(super) enabled: bool,
    pub(super) event: TypedEvent,
    pub(super) instances: Vec<crate::model::OptionInstance>,
}

pub(super) struct TypedChoice {
    pub(super) id: String,
    pub(super) key: Span,
    pub(super) opportunity: TypedOpportunity,
    pub(super) precision: Option<Typed>,
    pub(super) notes: Notes,
    pub(super) options: Vec<TypedOption>,
    pub(super) instances: Vec<Instance>,
}

pub(super) struct TypedFlow {
    pub(super) id: String,
    pub(super) key: Span,
    pub(super) actor: Option<Who>,
    pub(super) target: Option<Who>,
    pub(super) when: Option<Typed>,
    pub(super) effects: Vec<TypedEffect>,
    pub(super) enabled: bool,
    pub(super) instances: Vec<Instance>,
}

pub(super) struct TypedMeasure {
    pub(super) id: String,
    pub(super) value: Typed,
    pub(super) range: Option<(f64, f64)>,
    pub(super) notes: Notes,
}

pub(super) struct TypedQuery {
    pub(super) id: String,
    pub(super) when: Typed,
    pub(super) given: Option<Typed>,
    /// Printed `given`, for the table.
    pub(super) given_text: Option<String>,
    pub(super) expect: Option<(f64, f64)>,
    pub(super) notes: Notes,
}

pub(super) struct TypedOutcome {
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) label: Option<String>,
    pub(super) when: Option<Typed>,
    pub(super) notes: Notes,
}

/// Whether an actor's slot is bound, and to whom: the frame of a walk.
pub(super) type Frame = Vec<Option<ActorIndex>>;
