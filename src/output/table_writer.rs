//! Cells and rows as text.

use std::borrow::Cow;
use std::io::{self, Write};

use super::schema::{ColumnType, Decimals, ResolvedColumn, Table, resolve_design};
use crate::model::{CivilCalendar, Model};

/// One cell, before it is written as its column says.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known: an empty cell.
    Missing,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A number; in a column of dates the days since the start.
    Number(f64),
    /// True or false.
    Truth(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Missing } else { Self::Text(text.to_owned()) }
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Whole(number)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Missing, Into::into)
    }
}

/// Writes the rows of one table.
#[derive(Debug)]
pub struct TableWriter<W: Write> {
    columns: Vec<ResolvedColumn>,
    calendar: Option<CivilCalendar>,
    writer: csv::Writer<W>,
}

impl<W: Write> TableWriter<W> {
    /// Starts a table with its header.
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn new(table: &Table, model: &Model, to: W) -> io::Result<Self> {
        Self::of_design(table, model, &[], to)
    }

    /// Starts a table of an experiment whose design moves these parameters (indices into [`Model::parameters`]).
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn of_design(table: &Table, model: &Model, design: &[usize], to: W) -> io::Result<Self> {
        let columns = resolve_design(table, model, design);
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(to);
        writer.write_record(columns.iter().map(|column| column.name.as_str()))?;
        Ok(Self { columns, calendar: CivilCalendar::new(model), writer })
    }

    /// Writes a row, one cell for each column; a column of dates without a calendar has been left out and takes no cell.
    ///
    /// # Errors
    /// As the place it writes to says; also if the number of cells is not that of the columns.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        if cells.len() != self.columns.len() {
            let message = format!("a row of {} cells for {} columns", cells.len(), self.columns.len());
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let texts =
            self.columns.iter().zip(cells).map(|(column, cell)| cell_text(column, cell, self.calendar.as_ref()));
        self.writer.write_record(texts.map(String::into_bytes))?;
        Ok(())
    }

    /// Hands on what has been written.
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The text of a cell; the same on every machine and in every country.
pub(super) fn cell_text(column: &ResolvedColumn, cell: &Cell, calendar: Option<&CivilCalendar>) -> String {
    match (cell, column.column_type) {
        (Cell::Missing, _) => String::new(),
        (Cell::Text(text), _) => safe_text(text).into_owned(),
        (Cell::Whole(number), _) => number.to_string(),
        (Cell::Truth(truth), _) => truth.to_string(),
        (Cell::Number(day), ColumnType::Date(style)) => {
            calendar.and_then(|calendar| calendar.text(*day, style)).unwrap_or_default()
        }
        (Cell::Number(number), ColumnType::Number(Decimals::Fixed(decimals))) => format!("{number:.decimals$}"),
        (Cell::Number(number), ColumnType::Truth) => (*number != 0.0).to_string(),
        (Cell::Number(number), _) => shortest(*number),
    }
}

/// The shortest text that reads back as the same double: without an exponent between 0.00001 and 10^16 in size, with one beyond. -0 is 0.
pub(super) fn shortest(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if (1e-5..1e16).contains(&size) {
        number.to_string()
    } else {
        format!("{number:e}")
    }
}

/// Text that no spreadsheet takes for a formula: an apostrophe is put before a first `=`, `+`, `-`, `@`, tab or carriage return.
///
/// OWASP, "CSV Injection".
pub(super) fn safe_text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused() {
        for text in ["=1+1", "+1", "-1", "@a", "\tx", "\rx"] {
            assert_eq!(safe_text(text), format!("'{text}"));
        }
        assert_eq!(safe_text("a=1"), "a=1");
        assert_eq!(safe_text(""), "");
    }

    #[test]
    fn shortest_text_reads_back() {
        for (number, text) in
            [(0.1, "0.1"), (-0.0, "0"), (3.0, "3"), (1e16, "1e16"), (2.5e-7, "2.5e-7"), (-1234.5, "-1234.5")]
        {
            assert_eq!(shortest(number), text);
            assert_eq!(text.parse::<f64>().unwrap(), number);
        }
    }
}
