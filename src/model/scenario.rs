//! The whole checked scenario.

use std::collections::BTreeMap;

use super::{
    ActorIndex, Attribute, Cell, Choice, Definition, Distribution, Expression, Flow, Happening, History, Instance,
    Measure, Outcome, Quantity, Query, Relation, Rule, StateVariable,
};

/// `about`, `source`, `basis`: carried into the data dictionary and the report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// What it is.
    pub about: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// `data`, `literature` or `judgement`.
    pub basis: Option<String>,
}

/// Day 0 as a civil date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start {
    /// The civil date and time of day 0.
    pub datetime: jiff::civil::DateTime,
    /// True if the author wrote a time of day.
    pub has_time: bool,
}

/// A decision-making agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Its name.
    pub id: String,
    /// For display; the id if none was given.
    pub name: String,
    /// `about` and its like.
    pub notes: Notes,
}

/// A named list of actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub id: String,
    /// Members on day 0, sorted.
    pub members: Vec<ActorIndex>,
    /// Members on day 0 and every actor that a `join` can name, sorted.
    pub potential: Vec<ActorIndex>,
    /// True if some effect can change it (for `actors`: if somebody can leave for good).
    pub changes: bool,
}

/// A deadline; off on day 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Its name.
    pub id: String,
    /// `about` and its like.
    pub notes: Notes,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterSource {
    /// A lever or constant, or computed from other parameters.
    Value(Expression),
    /// Drawn once per run at the site `parameters.NAME`, truncated to the range.
    Prior(Distribution),
}

/// A number drawn once per run, or set.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub quantity: Quantity,
    /// What an experiment may set; truncates the prior.
    pub range: Option<(f64, f64)>,
    /// Its value.
    pub source: ParameterSource,
    /// `about`, `source`, `basis`.
    pub notes: Notes,
}

/// A table that empirical distributions draw rows from.
#[derive(Clone, Debug, PartialEq)]
pub struct DataFile {
    /// Path from the scenario's folder, with `/`: the site is `files.PATH`.
    pub path: String,
    /// Number of rows.
    pub n_rows: usize,
}

/// One row of events.csv: an instance of a rule or of an option, in byte order of id, then actor, target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Index into [`Model::happenings`].
    pub happening: usize,
    /// Which instance of it (index into its `instances`).
    pub instance_index: usize,
    /// Actor and target.
    pub instance: Instance,
}

/// A checked scenario. Built by `check` only; valid by construction.
#[derive(Clone, Debug)]
pub struct Model {
    /// Title of the scenario.
    pub title: String,
    /// `about` and its like of [scenario].
    pub notes: Notes,
    /// Civil date of day 0.
    pub start: Option<Start>,
    /// Length of a step in days.
    pub step_days: f64,
    /// Number of steps to the horizon.
    pub n_steps: u64,
    /// Actors, in byte order of ids.
    pub actors: Vec<Actor>,
    /// Groups, in byte order of ids; one of them is `actors`, everybody.
    pub groups: Vec<Group>,
    /// Index of the group `actors`.
    pub everybody: usize,
    /// Clocks.
    pub clocks: Vec<Clock>,
    /// Parameters.
    pub parameters: Vec<Parameter>,
    /// Parameters in an order in which each reads only earlier ones.
    pub parameter_order: Vec<usize>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// State variables.
    pub state: Vec<StateVariable>,
    /// All cells: attributes by actor, then relations by pair, then state.
    pub cells: Vec<Cell>,
    /// Definitions, each specialised to its argument types, in an order in which each reads only earlier ones.
    pub definitions: Vec<Definition>,
    /// Rules, disabled ones included.
    pub rules: Vec<Rule>,
    /// Choices.
    pub choices: Vec<Choice>,
    /// Flows.
    pub flows: Vec<Flow>,
    /// Rules, choices and options by id.
    pub happenings: Vec<Happening>,
    /// All event instances, in the order of every table.
    pub events: Vec<RecordedEvent>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Queries.
    pub queries: Vec<Query>,
    /// Outcomes in order of priority; the last is the horizon's.
    pub outcomes: Vec<Outcome>,
    /// The record, if there is one.
    pub history: Option<History>,
    /// Files of empirical distributions.
    pub files: Vec<DataFile>,
    /// For the id of each rule and choice the text of each term of its guard (the parts of a top-level `and`, or the whole), in order.
    pub guard_terms: BTreeMap<String, Vec<String>>,
    /// Fingerprint of the content after layering: 64 hexadecimal digits.
    pub fingerprint: String,
}

impl Model {
    /// Days since the start at the end of step `n`.
    #[must_use]
    pub fn day_of_step(&self, n: u64) -> f64 {
        n as f64 * self.step_days
    }

    /// Slack of comparisons of times: a billionth of a step, in days.
    #[must_use]
    pub fn slack_days(&self) -> f64 {
        self.step_days * 1e-9
    }

    /// The same crisis, in which one outcome can never end a run: its condition is never true, and the others are what they were. What led to it still
    /// happens, and the run goes on past it. The horizon's outcome, which has no condition, stays as it is.
    #[must_use]
    pub fn with_outcome_off(&self, outcome: usize) -> Self {
        let mut model = self.clone();
        if let Some(condition) = model.outcomes.get_mut(outcome).and_then(|outcome| outcome.when.as_mut()) {
            *condition = Expression::Constant(0.0);
        }
        model
    }

    /// The same crisis without a rule or choice, of this id: as `enabled = false`. Draws have addresses, so that nothing else is drawn otherwise.
    #[must_use]
    pub fn with_happening_off(&self, id: &str) -> Self {
        let mut model = self.clone();
        for rule in model.rules.iter_mut().filter(|rule| rule.id == id) {
            rule.opportunity.enabled = false;
        }
        for choice in model.choices.iter_mut().filter(|choice| choice.id == id) {
            choice.opportunity.enabled = false;
        }
        model
    }

    /// The inside of a site's brackets: `actor,target`, empty for none.
    #[must_use]
    pub fn instance_text(&self, instance: Instance) -> String {
        let id = |actor: Option<ActorIndex>| {
            actor.and_then(|index| self.actors.get(index)).map_or("", |actor| actor.id.as_str())
        };
        format!("{},{}", id(instance.actor), id(instance.target))
    }
}
