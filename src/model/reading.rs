//! What is read and changes nothing: definitions, measures, queries, outcomes; and the record that runs are conditioned on.

use super::{Condition, Expression, Instance, Notes, Quantity};

/// A named expression, specialised to the types of its arguments. Argument i is in actor slot i or value slot i.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Its name.
    pub id: String,
    /// How many arguments.
    pub n_arguments: usize,
    /// Its quantity.
    pub quantity: Quantity,
    /// What it stands for.
    pub value: Expression,
    /// `about` and its like.
    pub notes: Notes,
}

/// Recorded every step. `peak_ladder` and `rivera_score` are not in this list; they are built in.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its name.
    pub id: String,
    /// A number, or a boolean (then its mean is a share of runs).
    pub value: Expression,
    /// True for a boolean.
    pub boolean: bool,
    /// Range declared, or else found by interval analysis; sizes the histogram.
    pub range: Option<(f64, f64)>,
    /// `about` and its like.
    pub notes: Notes,
}

/// A yes/no question to a finished run.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Its name.
    pub id: String,
    /// The question.
    pub when: Condition,
    /// Only runs in which this holds count.
    pub given: Option<Condition>,
    /// `given` as it is printed, for the table of queries.
    pub given_text: Option<String>,
    /// Lowest and highest probability that the author expects.
    pub expect: Option<(f64, f64)>,
    /// `about` and its like.
    pub notes: Notes,
}

/// A way for the crisis to end, in order of priority.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Its name.
    pub id: String,
    /// For display; the id if none was given.
    pub label: String,
    /// When it holds; only the last has none: the horizon's.
    pub when: Option<Condition>,
    /// `about` and its like.
    pub notes: Notes,
}

/// One observed event.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// The step in which it happens.
    pub step: u64,
    /// Index into [`super::Model::happenings`] (a rule or an option).
    pub happening: usize,
    /// Which instance.
    pub instance: Instance,
}

/// The record: in its steps only the listed events happen.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The last step of the record: the first that ends at or after `until`.
    pub last_step: u64,
    /// The events, sorted by step, then id, actor, target.
    pub events: Vec<HistoryEvent>,
}
