//! The tables told in words: docs/tables.md.

use std::fmt::Write as _;

use super::{Decimals, Kind, REPLAY, Repeat, SWEEP_TABLES, TABLES, Table};

/// The text of docs/tables.md.
#[must_use]
pub fn schema_markdown() -> String {
    let mut text = String::from(
        "# The tables\n\n\
         This page is written from `src/output/schema/`; `UPDATE_GOLDEN=1 cargo test tables_page` writes it again.\n\n\
         All files are CSV (RFC 4180: comma, double quotes where needed, doubled inside) in UTF-8 without a byte order mark, one header line, lines ending \
         in a line feed. A missing value is an empty cell, never 0. Numbers have a decimal point and no thousands separators; days count from the start and \
         a day is 24 hours. Every number is of simulated runs. A text cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a \
         carriage return) has an apostrophe put in front. `datapackage.json` describes the files to programs (Frictionless Data), `manifest.json` says how they were made.\n\n\
         Columns named `date` and `end_date` stand only in scenarios with a start date. They are written `2023-08-25`, or `2023-08-25T18:00` when a step is not a whole \
         number of days or the start has a time of day (with seconds, if steps are not whole minutes).\n",
    );
    for table in TABLES.into_iter().chain([&REPLAY]).chain(SWEEP_TABLES) {
        describe(&mut text, table);
    }
    text
}

fn describe(text: &mut String, table: &Table) {
    // Writing to a string cannot fail, so its results are dropped here and below.
    let _ = write!(text, "\n## {}\n\n{}\n\nA row is {}.", table.file, table.about, table.row);
    if !table.key.is_empty() {
        let _ = write!(text, " Key: {}.", ticked(table.key.iter().copied()));
    }
    for key in table.foreign_keys {
        let _ = write!(text, " `{}` refers to `{}` of {}.", key.column, key.other, key.file);
    }
    text.push_str("\n\n| column | type | unit | meaning | empty when |\n| --- | --- | --- | --- | --- |\n");
    for column in table.columns {
        let kind = match (column.kind, column.decimals) {
            (Kind::Text, _) => "text".to_owned(),
            (Kind::Whole, _) => "whole number".to_owned(),
            (Kind::Number, Decimals::Fixed(decimals)) => format!("number, {decimals} decimals"),
            (Kind::Number, Decimals::Shortest) => "number, shortest text of the double".to_owned(),
            (Kind::Truth, _) => "true or false".to_owned(),
            (Kind::Date, _) => "date".to_owned(),
            (Kind::OfParameter, _) => "as the parameter: number, days, per day, date, true or false".to_owned(),
        };
        let repeat = match column.repeat {
            Repeat::Once | Repeat::WithStart => "",
            Repeat::PerOutcome => " One column for each outcome.",
            Repeat::PerParameter => " One column for each parameter, named as it is.",
            Repeat::PerDesignParameter => " One column for each parameter that the design moves, named as it is.",
            Repeat::PerEvent => " One column for each event instance.",
        };
        let missing = if column.missing.is_empty() { "never" } else { column.missing };
        let _ =
            writeln!(text, "| `{}` | {kind} | {} | {}{repeat} | {missing} |", column.name, column.unit, column.about);
    }
}

fn ticked<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
