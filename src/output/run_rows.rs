//! runs.csv: formatted run by run, on any thread.

use std::io;

use super::calendar::Calendar;
use super::schema::{ColumnType, RUNS, ResolvedColumn, resolve};
use super::table_writer::{Cell, TableWriter, cell_text, shortest};
use crate::model::{Model, Quantity, RunRecord, StopReason};

/// The text of days is kept for so many steps; that of later ones is made when needed.
const KEPT_DAYS: u64 = 100_000;

/// Formats rows of runs.csv.
#[derive(Debug)]
pub struct RunRows<'m> {
    model: &'m Model,
    calendar: Option<Calendar>,
    parameters: Vec<ResolvedColumn>,
    days: Vec<String>,
}

impl<'m> RunRows<'m> {
    /// For the runs of a model.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let columns = resolve(&RUNS, model);
        let is_parameter =
            |column: &ResolvedColumn| model.parameters.iter().any(|parameter| parameter.id == column.name);
        Self {
            model,
            calendar: Calendar::new(model),
            parameters: columns.into_iter().filter(is_parameter).collect(),
            days: (0..=model.n_steps.min(KEPT_DAYS)).map(|step| shortest(model.day_of_step(step))).collect(),
        }
    }

    /// The header line.
    ///
    /// # Errors
    /// Never, as it writes to memory.
    pub fn header(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        TableWriter::new(&RUNS, self.model, &mut bytes)?.finish()?;
        Ok(bytes)
    }

    /// Appends the row of a run.
    ///
    /// No cell of this table needs quotes: there are only numbers, dates, and names that the language limits to letters, digits and `_`.
    pub fn append(&self, record: &RunRecord, bytes: &mut Vec<u8>) {
        let outcome = self.model.outcomes.get(record.outcome).map_or("", |outcome| outcome.id.as_str());
        let stop_reason = match record.stop_reason {
            StopReason::Outcome => "outcome",
            StopReason::Horizon => "horizon",
        };
        bytes.extend_from_slice(record.run.to_string().as_bytes());
        append_cell(bytes, outcome);
        self.append_day(bytes, record.end_step);
        if let Some(calendar) = &self.calendar {
            let day = self.model.day_of_step(u64::from(record.end_step));
            append_cell(bytes, &calendar.text(day, calendar.step_style()).unwrap_or_default());
        }
        append_cell(bytes, stop_reason);
        append_cell(bytes, &record.peak_ladder.to_string());
        for (index, column) in self.parameters.iter().enumerate() {
            append_cell(bytes, &self.parameter_text(index, column, record.parameters.get(index).copied()));
        }
        for event in 0..self.model.events.len() {
            match record.events.get(event) {
                Some(tally) if tally.count > 0 => self.append_day(bytes, tally.first_step),
                _ => bytes.push(b','),
            }
        }
        bytes.push(b'\n');
    }

    fn append_day(&self, bytes: &mut Vec<u8>, step: u32) {
        match self.days.get(step as usize) {
            Some(text) => append_cell(bytes, text),
            None => append_cell(bytes, &shortest(self.model.day_of_step(u64::from(step)))),
        }
    }

    fn parameter_text(&self, index: usize, column: &ResolvedColumn, value: Option<f64>) -> String {
        let cell =
            match (value, column.column_type, self.model.parameters.get(index).map(|parameter| &parameter.quantity)) {
                (Some(value), ColumnType::Text, Some(Quantity::Enumeration(names))) => {
                    names.get(value as usize).map(String::as_str).into()
                }
                (value, _, _) => Cell::from(value),
            };
        cell_text(column, &cell, self.calendar.as_ref())
    }
}

fn append_cell(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(b',');
    bytes.extend_from_slice(text.as_bytes());
}
