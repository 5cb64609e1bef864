//! What came of many runs.

use crate::ensemble::Summary;
use crate::model::Model;
use crate::output::{
    EventRow, IncidenceRow, MeasureRow, OutcomeRow, QueryRow, event_rows, incidence_rows, measure_rows, outcome_rows,
    query_rows,
};

/// The tables of an ensemble, as plain structs: what `flashpoint run` writes as CSV. Every number is of simulated runs.
#[derive(Clone, Debug)]
pub struct Results<'s> {
    model: &'s Model,
    summary: Summary,
}

impl<'s> Results<'s> {
    pub(super) fn new(model: &'s Model, summary: Summary) -> Self {
        Self { model, summary }
    }

    /// Number of runs.
    #[must_use]
    pub fn n_runs(&self) -> u64 {
        self.summary.runs
    }

    /// The outcomes, in the scenario's order of priority: outcomes.csv.
    #[must_use]
    pub fn outcomes(&self) -> Vec<OutcomeRow> {
        outcome_rows(self.model, &self.summary)
    }

    /// The probability of one outcome; `None` if there is none of that id, or no run.
    #[must_use]
    pub fn probability(&self, outcome: &str) -> Option<f64> {
        self.outcomes().into_iter().find(|row| row.outcome == outcome)?.probability
    }

    /// The outcomes over time: incidence.csv.
    pub fn incidence(&self) -> impl Iterator<Item = IncidenceRow> {
        incidence_rows(self.model, &self.summary)
    }

    /// The instances of rules and options: events.csv.
    pub fn events(&self) -> impl Iterator<Item = EventRow> {
        event_rows(self.model, &self.summary)
    }

    /// The measures over time: measures.csv.
    pub fn measures(&self) -> impl Iterator<Item = MeasureRow> {
        measure_rows(self.model, &self.summary)
    }

    /// The answers to the scenario's queries: queries.csv.
    #[must_use]
    pub fn queries(&self) -> Vec<QueryRow> {
        query_rows(self.model, &self.summary)
    }

    /// Adds the results of other runs of the same scenario with the same seed; no run may be in both. The order of merging leaves no trace.
    pub fn merge(&mut self, other: &Results<'_>) {
        self.summary.merge(&other.summary);
    }

    /// The counts and sums that the tables are made of; the functions of [`crate::output`] write them as files.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// The scenario.
    #[must_use]
    pub fn model(&self) -> &'s Model {
        self.model
    }
}
