//! Variants against a base: how often each outcome, which runs end otherwise.

use super::competing::{CompetingRow, competing};
use super::numbers::{MeasureChange, QueryChange, measure_changes, query_changes};
use super::side::{OutcomeName, Side, outcome_names};
use crate::statistics::{PairedChange, holm};

/// An outcome under a variant and under the base.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeChange {
    /// Label of the variant.
    pub variant: String,
    /// The outcome.
    pub outcome: OutcomeName,
    /// Runs of the base that ended so.
    pub runs_base: u64,
    /// Runs of the variant that ended so.
    pub runs_variant: u64,
    /// Pairs of runs, and those in which only one ended so.
    pub change: PairedChange,
    /// Two-sided probability of such a change where nothing changes.
    pub p_value: f64,
    /// The same, adjusted for all rows of the table (Holm).
    pub p_holm: f64,
}

/// Runs that ended in one outcome under the base and in one under the variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Label of the variant.
    pub variant: String,
    /// Outcome under the base.
    pub from: String,
    /// Outcome under the variant.
    pub to: String,
    /// How many runs.
    pub runs: u64,
    /// Of how many.
    pub of: u64,
}

/// Everything that differs between variants and a base.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Variant by variant, outcomes in the order of the scenario.
    pub outcomes: Vec<OutcomeChange>,
    /// Variant by variant; pairs of outcomes that no run had are left out.
    pub transitions: Vec<Transition>,
    /// Variant by variant: the end day, the end day by outcome, the measures in the last step.
    pub measures: Vec<MeasureChange>,
    /// Variant by variant, queries that both have.
    pub queries: Vec<QueryChange>,
    /// The base and every variant: outcomes where another cannot end a run.
    pub competing: Vec<CompetingRow>,
}

/// Compares variants with a base: pair by pair of runs at the same position.
#[must_use]
pub fn compare(base: &Side<'_>, variants: &[Side<'_>]) -> Comparison {
    let sides: Vec<&Side<'_>> = std::iter::once(base).chain(variants).collect();
    let (names, places) = outcome_names(&sides);
    let mut found = Comparison::default();
    found.competing.extend(competing(base));
    for (variant, place) in variants.iter().zip(&places[1..]) {
        // How many pairs ended in which two outcomes.
        let mut table = vec![vec![0_u64; names.len()]; names.len()];
        for (first, second) in base.runs.iter().zip(variant.runs) {
            table[places[0][first.outcome as usize]][place[second.outcome as usize]] += 1;
        }
        let of: u64 = table.iter().flatten().sum();
        for (index, outcome) in names.iter().enumerate() {
            let runs_base = table[index].iter().sum::<u64>();
            let runs_variant = table.iter().map(|row| row[index]).sum::<u64>();
            let stayed = table[index][index];
            let change = PairedChange { runs: of, gained: runs_variant - stayed, lost: runs_base - stayed };
            let p_value = change.p_value();
            found.outcomes.push(OutcomeChange {
                variant: variant.label.to_owned(),
                outcome: outcome.clone(),
                runs_base,
                runs_variant,
                change,
                p_value,
                p_holm: p_value,
            });
        }
        for (from, row) in names.iter().zip(&table) {
            for (to, runs) in names.iter().zip(row).filter(|(_, runs)| **runs > 0) {
                found.transitions.push(Transition {
                    variant: variant.label.to_owned(),
                    from: from.id.clone(),
                    to: to.id.clone(),
                    runs: *runs,
                    of,
                });
            }
        }
        found.measures.extend(measure_changes(base, variant, &names, &places[0], place));
        found.queries.extend(query_changes(base, variant));
        found.competing.extend(competing(variant));
    }
    let adjusted = holm(&found.outcomes.iter().map(|row| row.p_value).collect::<Vec<_>>());
    for (row, adjusted) in found.outcomes.iter_mut().zip(adjusted) {
        row.p_holm = adjusted;
    }
    found
}
