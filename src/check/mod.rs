//! Tree to model: every mistake told at once, nothing run.
//!
//! The way: `read` (tables to [`raw`]) -> `data` (CSV under TOML) -> `symbols`, `membership` (names, groups) -> `typing`, `calls`,
//! `effects`, `happenings`, `readings` (types) -> `cells`, `fixed`, `instances`, `walk` (what shows only for certain actors) -> `assemble`,
//! `history` (the model) -> `lints` (warnings).

mod assemble;
mod bounds;
mod calls;
mod cells;
mod content;
mod data;
mod dates;
mod definitions;
mod distribution_values;
mod distributions;
mod effects;
mod fixed;
mod happenings;
mod history;
mod instances;
mod interval;
pub mod keys;
mod lints;
mod literal_value;
mod lower;
mod membership;
mod outcome_list;
mod parameters;
mod pipeline;
mod raw;
mod read;
mod read_happenings;
mod read_readings;
mod reader;
mod readings;
mod scope;
mod size;
mod symbols;
mod time;
mod typed;
mod typing;
mod walk;
mod words;

pub use lints::missing_sources;
pub use literal_value::literal_value;
pub use pipeline::check;
