//! Measures and queries of variants against those of a base.

use super::play::Ended;
use super::side::{OutcomeName, Side};
use crate::model::{BUILT_IN_MEASURES, Model};
use crate::statistics::{NumberChange, PairedChange, mean_change, median_change};

/// A number of runs under a variant and under the base.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureChange {
    /// Label of the variant.
    pub variant: String,
    /// `end_day`, or a measure, which is read in the last step of a run.
    pub measure: String,
    /// Only runs with this outcome; `None`: all.
    pub outcome: Option<String>,
    /// Runs of the base that count.
    pub runs_base: u64,
    /// Runs of the variant that count.
    pub runs_variant: u64,
    /// The means, if there are runs on both sides.
    pub mean: Option<NumberChange>,
    /// The medians, and whether there are runs enough for an interval.
    pub median: Option<(NumberChange, bool)>,
}

/// A query under a variant and under the base.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryChange {
    /// Label of the variant.
    pub variant: String,
    /// The query.
    pub query: String,
    /// Its condition, as the base has it.
    pub given: Option<String>,
    /// Runs of the base in which the condition holds.
    pub runs_base: u64,
    /// Runs of the variant in which the condition holds.
    pub runs_variant: u64,
    /// Probability under the base.
    pub probability_base: Option<f64>,
    /// Probability under the variant.
    pub probability_variant: Option<f64>,
    /// Their difference, if there are runs on both sides, and its 95 % interval: Tango's without a condition, that of the delta method with one.
    pub difference: Option<(f64, f64, f64)>,
}

/// Name of the day on which a run ended, among measures.
const END_DAY: &str = "end_day";

/// The end day of all runs and by outcome, then the measures that both have.
pub(super) fn measure_changes(
    base: &Side<'_>,
    variant: &Side<'_>,
    names: &[OutcomeName],
    places_base: &[usize],
    places_variant: &[usize],
) -> Vec<MeasureChange> {
    let row = |measure: &str, outcome: Option<&str>, first: &[Option<f64>], second: &[Option<f64>]| MeasureChange {
        variant: variant.label.to_owned(),
        measure: measure.to_owned(),
        outcome: outcome.map(str::to_owned),
        runs_base: first.iter().flatten().count() as u64,
        runs_variant: second.iter().flatten().count() as u64,
        mean: mean_change(first, second),
        median: median_change(first, second),
    };
    let end_days = |side: &Side<'_>, places: &[usize], outcome: Option<usize>| -> Vec<Option<f64>> {
        let counts = |run: &Ended| outcome.is_none_or(|outcome| places[run.outcome as usize] == outcome);
        side.runs.iter().map(|run| counts(run).then(|| side.end_day(run))).collect()
    };
    let mut rows =
        vec![row(END_DAY, None, &end_days(base, places_base, None), &end_days(variant, places_variant, None))];
    for (index, name) in names.iter().enumerate() {
        let (first, second) =
            (end_days(base, places_base, Some(index)), end_days(variant, places_variant, Some(index)));
        rows.push(row(END_DAY, Some(&name.id), &first, &second));
    }
    let measures = |side: &Side<'_>, at: usize| -> Vec<Option<f64>> {
        side.runs.iter().map(|run| run.measures.get(at).copied()).collect()
    };
    for (at, name) in measure_names(base.model).enumerate() {
        let Some(other) = measure_names(variant.model).position(|other| other == name) else { continue };
        rows.push(row(name, None, &measures(base, at), &measures(variant, other)));
    }
    rows
}

/// The measures of a scenario, the built-in ones behind.
fn measure_names(model: &Model) -> impl Iterator<Item = &str> {
    model.measures.iter().map(|measure| measure.id.as_str()).chain(BUILT_IN_MEASURES)
}

/// The queries that both have.
pub(super) fn query_changes(base: &Side<'_>, variant: &Side<'_>) -> Vec<QueryChange> {
    let mut rows = Vec::new();
    for (at, query) in base.model.queries.iter().enumerate() {
        let Some(other) = variant.model.queries.iter().position(|other| other.id == query.id) else { continue };
        let answers = |side: &Side<'_>, at: usize| -> Vec<Option<f64>> {
            let answer = |run: &Ended| {
                let answer = run.queries.get(at).copied().filter(|answer| answer.given)?;
                Some(f64::from(u8::from(answer.holds)))
            };
            side.runs.iter().map(answer).collect()
        };
        let (first, second) = (answers(base, at), answers(variant, other));
        let count = |answers: &[Option<f64>]| answers.iter().flatten().count() as u64;
        let change = mean_change(&first, &second);
        let unconditional = query.given.is_none() && variant.model.queries[other].given.is_none();
        let difference = change.map(|change| {
            let pairs = first.iter().zip(&second).map(|(first, second)| (*first == Some(1.0), *second == Some(1.0)));
            let score = if unconditional { PairedChange::of(pairs).interval() } else { None };
            let (low, high) = score.map_or_else(|| change.interval(), |interval| (interval.low, interval.high));
            (change.difference.value, low.max(-1.0), high.min(1.0))
        });
        let share = |answers: &[Option<f64>]| {
            let n = count(answers);
            (n > 0).then(|| answers.iter().flatten().sum::<f64>() / n as f64)
        };
        rows.push(QueryChange {
            variant: variant.label.to_owned(),
            query: query.id.clone(),
            given: query.given_text.clone(),
            runs_base: count(&first),
            runs_variant: count(&second),
            probability_base: share(&first),
            probability_variant: share(&second),
            difference,
        });
    }
    rows
}
