//! One scenario with its runs, and names that scenarios have in common.

use super::play::Ended;
use crate::model::Model;

/// The label of the scenario that variants are compared with.
pub const BASE: &str = "base";

/// A scenario and what came of its runs.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What it is called in tables.
    pub label: &'a str,
    /// The scenario.
    pub model: &'a Model,
    /// Its runs, from the first on.
    pub runs: &'a [Ended],
}

impl Side<'_> {
    /// The day on which a run ended.
    pub(super) fn end_day(&self, run: &Ended) -> f64 {
        self.model.day_of_step(u64::from(run.end_step))
    }
}

/// An outcome as all scenarios know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeName {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
}

/// The outcomes of several scenarios: those of the first in its order, then others as they come; and for each scenario which of its own is which.
pub(super) fn outcome_names(sides: &[&Side<'_>]) -> (Vec<OutcomeName>, Vec<Vec<usize>>) {
    let mut names: Vec<OutcomeName> = Vec::new();
    let places = sides.iter().map(|side| {
        let of_side = side.model.outcomes.iter().map(|outcome| {
            names.iter().position(|name| name.id == outcome.id).unwrap_or_else(|| {
                names.push(OutcomeName { id: outcome.id.clone(), label: outcome.label.clone() });
                names.len() - 1
            })
        });
        of_side.collect()
    });
    let places = places.collect();
    (names, places)
}
