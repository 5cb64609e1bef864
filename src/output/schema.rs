//! The columns of every table, declared once: headers, the data package and docs/tables.md all come from here.

mod columns;
mod experiments;
mod markdown;
mod resolve;

pub use columns::{DIAGNOSTICS, EVENTS, INCIDENCE, MEASURES, OUTCOMES, QUERIES, REPLAY, RUNS, TABLES};
pub use experiments::{DESIGN, SWEEP, SWEEP_MEASURES, SWEEP_QUERIES, SWEEP_TABLES};
pub use markdown::schema_markdown;
pub use resolve::{ColumnType, ResolvedColumn, resolve, resolve_design};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, ids, codes.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// `true` or `false`.
    Truth,
    /// A civil date, with the time of day where steps are shorter than a day or the start has one.
    Date,
    /// As the quantity of the parameter says.
    OfParameter,
}

/// How numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// Always so many decimals.
    Fixed(usize),
    /// The shortest decimal text that reads back as the same double.
    Shortest,
}

/// How often a column stands in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Once.
    Once,
    /// Once, if the scenario has a start date.
    WithStart,
    /// For every outcome, in the scenario's order; its name holds `{outcome}`.
    PerOutcome,
    /// For every parameter, in byte order; its name is `{parameter}`.
    PerParameter,
    /// For every parameter that the design moves, in byte order; its name is `{parameter}`.
    PerDesignParameter,
    /// For every event instance, in the order of events.csv; its name holds `{event}`.
    PerEvent,
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// How often it stands.
    pub repeat: Repeat,
    /// What it holds.
    pub kind: Kind,
    /// How its numbers are written.
    pub decimals: Decimals,
    /// Unit; empty if it has none.
    pub unit: &'static str,
    /// What it means.
    pub about: &'static str,
    /// When a cell is empty; empty if it never is.
    pub missing: &'static str,
}

/// A column whose values are those of another table's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The column here.
    pub column: &'static str,
    /// File of the other table.
    pub file: &'static str,
    /// The column there.
    pub other: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Table {
    /// File name, such as `outcomes.csv`.
    pub file: &'static str,
    /// What it is.
    pub about: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Columns that together name a row; empty if none do.
    pub key: &'static [&'static str],
    /// References to other tables.
    pub foreign_keys: &'static [ForeignKey],
}

impl Table {
    /// The file name without its ending.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.file.strip_suffix(".csv").unwrap_or(self.file)
    }
}
