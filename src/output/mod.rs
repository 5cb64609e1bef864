//! Summaries as files: tables, their description for programs, and how they were made; and the table of outcomes for the eye.
//!
//! Every function writes to what it is given; only [`Folder`] touches the file system.

mod data_package;
mod folder;
mod manifest;
mod replay;
mod rows;
mod run_rows;
pub mod schema;
mod sweep;
mod table_writer;
mod tables;
mod terminal;

pub use crate::model::{CivilCalendar, DateStyle};
pub use data_package::{data_package, design_package};
pub use folder::{Folder, FolderError};
pub use manifest::{
    DRAWS_VERSION, ExperimentIdentity, FORMAT_VERSION, Machine, Manifest, Provenance, ScenarioIdentity,
};
pub use replay::write_replay;
pub use rows::{
    EventRow, IncidenceRow, MeasureRow, OutcomeRow, QueryRow, event_rows, incidence_rows, measure_rows, outcome_rows,
    query_rows,
};
pub use run_rows::RunRows;
pub use sweep::{SweepResults, SweepRow};
pub use table_writer::{Cell, TableWriter};
pub use tables::{
    DiagnosticRow, write_diagnostics, write_events, write_incidence, write_measures, write_outcomes, write_queries,
};
pub use terminal::{Look, interval_text, outcome_table, probability_text};
