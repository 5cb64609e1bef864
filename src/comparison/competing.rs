//! Competing risks: how often an outcome where another cannot end a run.
//!
//! That an outcome becomes rarer may only mean that another comes first. So beside P(B) stands the share of B among the runs that do not end in A, and the share
//! of B where A can end no run: the same runs, those that ended in A played on. Neither is the probability of B in a world without A: what led to A (an
//! intervention, a coup) has happened in the runs that are played on, and goes on having its effects. To take that away, take away the rules behind it.

use super::side::{OutcomeName, Side};
use crate::statistics::PairedChange;

/// An outcome where another cannot end a run.
#[derive(Clone, Debug, PartialEq)]
pub struct CompetingRow {
    /// Label of the scenario.
    pub variant: String,
    /// Id of the outcome that is switched off.
    pub removed: String,
    /// The outcome that is looked at.
    pub outcome: OutcomeName,
    /// Runs that end in it as the scenario stands.
    pub runs_outcome: u64,
    /// Runs that do not end in the removed outcome as the scenario stands.
    pub runs_others: u64,
    /// Runs that end in it where the other cannot end them.
    pub runs_without: u64,
    /// Pairs of runs without the change and with it.
    pub change: PairedChange,
}

/// For every outcome but the horizon's, and every other: what becomes of the second where the first cannot end a run. Empty if runs have not been played on.
#[must_use]
pub fn competing(side: &Side<'_>) -> Vec<CompetingRow> {
    let outcomes = &side.model.outcomes;
    let n = side.runs.len() as u64;
    let mut ended = vec![0_u64; outcomes.len()];
    // Runs that ended in the first and end in the second where the first cannot.
    let mut instead = vec![vec![0_u64; outcomes.len()]; outcomes.len()];
    let mut played_on = false;
    for run in side.runs {
        ended[run.outcome as usize] += 1;
        if let Some(otherwise) = run.otherwise {
            instead[run.outcome as usize][otherwise as usize] += 1;
            played_on = true;
        }
    }
    let mut rows = Vec::new();
    if !played_on {
        return rows;
    }
    for (removed, instead) in instead.iter().enumerate().filter(|(removed, _)| outcomes[*removed].when.is_some()) {
        for (index, outcome) in outcomes.iter().enumerate().filter(|(index, _)| *index != removed) {
            rows.push(CompetingRow {
                variant: side.label.to_owned(),
                removed: outcomes[removed].id.clone(),
                outcome: OutcomeName { id: outcome.id.clone(), label: outcome.label.clone() },
                runs_outcome: ended[index],
                runs_others: n - ended[removed],
                runs_without: ended[index] + instead[index],
                change: PairedChange { runs: n, gained: instead[index], lost: 0 },
            });
        }
    }
    rows
}
