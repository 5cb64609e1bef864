//! The rows of every table that is made from a summary, as CSV.

use std::io::{self, Write};

use super::rows::{event_rows, incidence_rows, measure_rows, outcome_rows, query_rows};
use super::schema::{DIAGNOSTICS, EVENTS, INCIDENCE, MEASURES, OUTCOMES, QUERIES};
use super::table_writer::{Cell, TableWriter};
use crate::ensemble::Summary;
use crate::model::Model;
use crate::statistics::Interval;

/// Writes outcomes.csv.
///
/// # Errors
/// As the place it writes to says; the same goes for all functions of this file.
pub fn write_outcomes(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&OUTCOMES, model, to)?;
    for row in outcome_rows(model, summary) {
        let [low, high] = interval_cells(row.interval);
        table.row(&[
            row.outcome.as_str().into(),
            row.label.as_str().into(),
            row.runs.into(),
            row.probability.into(),
            low,
            high,
            row.mcse.into(),
            row.mean_day.into(),
            row.median_day.into(),
            row.q05_day.into(),
            row.q95_day.into(),
        ])?;
    }
    table.finish()
}

/// Writes incidence.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_incidence(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&INCIDENCE, model, to)?;
    for row in incidence_rows(model, summary) {
        let [low, high] = interval_cells(row.interval);
        let mut cells = day_cells(model, row.day);
        cells.extend([row.outcome.as_str().into(), row.cumulative_probability.into(), low, high]);
        table.row(&cells)?;
    }
    table.finish()
}

/// Writes events.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_events(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&EVENTS, model, to)?;
    for row in event_rows(model, summary) {
        let [low, high] = interval_cells(row.interval);
        let mut cells = vec![
            row.event.as_str().into(),
            row.actor.as_deref().into(),
            row.target.as_deref().into(),
            row.cameo.as_deref().into(),
            row.ladder.map(u64::from).into(),
            row.runs.into(),
            row.probability.into(),
            low,
            high,
            row.mean_count.into(),
            row.q05_first_day.into(),
            row.median_first_day.into(),
            row.q95_first_day.into(),
        ];
        cells.extend(row.probability_given_outcome.into_iter().map(Cell::from));
        table.row(&cells)?;
    }
    table.finish()
}

/// Writes measures.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_measures(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&MEASURES, model, to)?;
    for row in measure_rows(model, summary) {
        let mut cells = day_cells(model, row.day);
        cells.extend([row.measure.as_str().into(), row.mean.into(), row.mcse.into()]);
        cells.extend(row.quantiles.map(Cell::from));
        cells.push(row.runs_alive.into());
        table.row(&cells)?;
    }
    table.finish()
}

/// Writes queries.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_queries(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&QUERIES, model, to)?;
    for row in query_rows(model, summary) {
        let [low, high] = interval_cells(row.interval);
        table.row(&[
            row.query.as_str().into(),
            row.given.as_deref().into(),
            row.runs.into(),
            row.probability.into(),
            low,
            high,
            row.expected.map(|(low, _)| low).into(),
            row.expected.map(|(_, high)| high).into(),
            row.holds.into(),
        ])?;
    }
    table.finish()
}

/// Something odd that was seen in the runs: a row of diagnostics.csv.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiagnosticRow {
    /// What is odd, in a word or two.
    pub kind: String,
    /// Of what.
    pub name: String,
    /// Id of the actor; empty for none.
    pub actor: String,
    /// Id of the target; empty for none.
    pub target: String,
    /// How odd.
    pub value: Option<f64>,
    /// The same in a sentence.
    pub detail: String,
}

/// Writes diagnostics.csv, rows as they come.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_diagnostics(model: &Model, rows: &[DiagnosticRow], to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&DIAGNOSTICS, model, to)?;
    for row in rows {
        table.row(&[
            row.kind.as_str().into(),
            row.name.as_str().into(),
            row.actor.as_str().into(),
            row.target.as_str().into(),
            row.value.into(),
            row.detail.as_str().into(),
        ])?;
    }
    table.finish()
}

fn interval_cells(interval: Option<Interval>) -> [Cell; 2] {
    [interval.map(|interval| interval.low).into(), interval.map(|interval| interval.high).into()]
}

/// `day`, and `date` if there is a start.
fn day_cells(model: &Model, day: f64) -> Vec<Cell> {
    if model.start.is_some() { vec![day.into(), day.into()] } else { vec![day.into()] }
}
