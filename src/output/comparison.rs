//! The tables of comparisons as CSV.

use std::io::{self, Write};

use super::schema::{COMPARE, COMPARE_MEASURES, COMPARE_QUERIES, COMPETING, KNOCK_OUT, REFINE, TRANSITIONS, VARIANTS};
use super::table_writer::{Cell, TableWriter};
use crate::comparison::{CompetingRow, KnockOut, MeasureChange, OutcomeChange, QueryChange, Refined, Transition};
use crate::model::Model;
use crate::statistics::{DifferenceInterval, NumberChange, share};

/// A scenario that was compared: a row of variants.csv.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantRow {
    /// Its label.
    pub variant: String,
    /// What the command said; empty for the base.
    pub given: String,
    /// The scenario file.
    pub file: String,
    /// Fingerprint of its content after layering.
    pub fingerprint: String,
    /// Runs made.
    pub runs: u64,
}

/// Writes variants.csv.
///
/// # Errors
/// As the place it writes to says; the same goes for all functions of this file.
pub fn write_variants(model: &Model, rows: &[VariantRow], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&VARIANTS, model, to)?;
    for row in rows {
        table.row(&[
            row.variant.as_str().into(),
            row.given.as_str().into(),
            row.file.as_str().into(),
            row.fingerprint.as_str().into(),
            row.runs.into(),
        ])?;
    }
    table.finish()
}

/// Writes compare.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_compare(model: &Model, rows: &[OutcomeChange], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&COMPARE, model, to)?;
    for row in rows {
        let change = row.change;
        let [low, high] = interval_cells(change.interval());
        table.row(&[
            row.variant.as_str().into(),
            row.outcome.id.as_str().into(),
            row.outcome.label.as_str().into(),
            change.runs.into(),
            row.runs_base.into(),
            row.runs_variant.into(),
            share(row.runs_base, change.runs).into(),
            share(row.runs_variant, change.runs).into(),
            change.change().into(),
            low,
            high,
            change.standard_error().into(),
            change.gained.into(),
            change.lost.into(),
            change.z().into(),
            row.p_value.into(),
            row.p_holm.into(),
            change.runs_to_tell_apart().into(),
        ])?;
    }
    table.finish()
}

/// Writes transitions.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_transitions(model: &Model, rows: &[Transition], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&TRANSITIONS, model, to)?;
    for row in rows {
        let like = |other: &&Transition| other.variant == row.variant && other.from == row.from;
        let from: u64 = rows.iter().filter(like).map(|other| other.runs).sum();
        table.row(&[
            row.variant.as_str().into(),
            row.from.as_str().into(),
            row.to.as_str().into(),
            row.runs.into(),
            share(row.runs, row.of).into(),
            share(row.runs, from).into(),
        ])?;
    }
    table.finish()
}

/// Writes compare_measures.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_compare_measures(model: &Model, rows: &[MeasureChange], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&COMPARE_MEASURES, model, to)?;
    for row in rows {
        let mut cells: Vec<Cell> = vec![
            row.variant.as_str().into(),
            row.measure.as_str().into(),
            row.outcome.as_deref().into(),
            row.runs_base.into(),
            row.runs_variant.into(),
        ];
        cells.extend(number_cells(row.mean, true));
        cells.extend(number_cells(row.median.map(|(change, _)| change), row.median.is_some_and(|(_, enough)| enough)));
        table.row(&cells)?;
    }
    table.finish()
}

/// Writes compare_queries.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_compare_queries(model: &Model, rows: &[QueryChange], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&COMPARE_QUERIES, model, to)?;
    for row in rows {
        table.row(&[
            row.variant.as_str().into(),
            row.query.as_str().into(),
            row.given.as_deref().into(),
            row.runs_base.into(),
            row.runs_variant.into(),
            row.probability_base.into(),
            row.probability_variant.into(),
            row.difference.map(|(difference, _, _)| difference).into(),
            row.difference.map(|(_, low, _)| low).into(),
            row.difference.map(|(_, _, high)| high).into(),
        ])?;
    }
    table.finish()
}

/// Writes competing.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_competing(model: &Model, rows: &[CompetingRow], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&COMPETING, model, to)?;
    for row in rows {
        let runs = row.change.runs;
        let [low, high] = interval_cells(row.change.interval());
        table.row(&[
            row.variant.as_str().into(),
            row.removed.as_str().into(),
            row.outcome.id.as_str().into(),
            runs.into(),
            share(row.runs_outcome, runs).into(),
            share(row.runs_outcome, row.runs_others).into(),
            share(row.runs_without, runs).into(),
            row.change.change().into(),
            low,
            high,
        ])?;
    }
    table.finish()
}

/// Writes knock_out.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_knock_out(model: &Model, rows: &[KnockOut], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&KNOCK_OUT, model, to)?;
    for row in rows {
        // What is said of the outcome that changes most is said only if there is one.
        let change = row.outcome.as_ref().map(|_| row.change);
        let [change_low, change_high] = interval_cells(change.and_then(|change| change.interval()));
        let days = row.end_day.map(NumberChange::interval);
        table.row(&[
            row.id.as_str().into(),
            (if row.is_choice { "choice" } else { "rule" }).into(),
            row.runs.into(),
            row.runs_fired.into(),
            row.runs_changed.into(),
            row.runs_other_day.into(),
            row.total_variation.value.into(),
            row.interval.0.into(),
            row.interval.1.into(),
            row.p_value.into(),
            row.p_holm.into(),
            row.outcome.as_ref().map(|outcome| outcome.id.as_str()).into(),
            change.map(|change| change.change()).into(),
            change_low,
            change_high,
            row.end_day.map(|change| change.difference.value).into(),
            days.map(|(low, _)| low).into(),
            days.map(|(_, high)| high).into(),
            row.verdict.word().into(),
        ])?;
    }
    table.finish()
}

/// Writes refine.csv.
///
/// # Errors
/// As [`write_variants`].
pub fn write_refine(model: &Model, rows: &[Refined], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&REFINE, model, to)?;
    for row in rows {
        for at in &row.values {
            table.row(&[
                row.kind.word().into(),
                row.name.as_str().into(),
                at.step_days.into(),
                at.runs.into(),
                at.value.map(|value| value.value).into(),
                at.value.map(|value| value.standard_error).into(),
                at.change.map(|change| change.value).into(),
                at.interval.map(|(low, _)| low).into(),
                at.interval.map(|(_, high)| high).into(),
            ])?;
        }
    }
    table.finish()
}

fn interval_cells(interval: Option<DifferenceInterval>) -> [Cell; 2] {
    [interval.map(|interval| interval.low).into(), interval.map(|interval| interval.high).into()]
}

/// Both numbers, the difference and its interval.
fn number_cells(change: Option<NumberChange>, has_interval: bool) -> [Cell; 5] {
    let interval = change.filter(|_| has_interval).map(NumberChange::interval);
    [
        change.map(|change| change.first).into(),
        change.map(|change| change.second).into(),
        change.map(|change| change.difference.value).into(),
        interval.map(|(low, _)| low).into(),
        interval.map(|(_, high)| high).into(),
    ]
}
