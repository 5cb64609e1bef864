//! The columns of a table for one scenario: repeated ones written out, dates only where there is a start.

use super::{Column, Decimals, Kind, Repeat, Table};
use crate::model::{CivilCalendar, DateStyle, Model, Parameter, ParameterSource, Quantity};

/// What a column holds, with all that is needed to write and to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Words, ids, codes.
    Text,
    /// A whole number.
    Whole,
    /// A number, written so.
    Number(Decimals),
    /// `true` or `false`.
    Truth,
    /// A date, written so.
    Date(DateStyle),
}

/// A column as it stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedColumn {
    /// Name in the header.
    pub name: String,
    /// What it holds.
    pub column_type: ColumnType,
    /// Unit; empty if it has none.
    pub unit: String,
    /// What it means.
    pub about: String,
    /// When a cell is empty; empty if it never is.
    pub missing: &'static str,
}

/// The columns of a table, in order.
#[must_use]
pub fn resolve(table: &Table, model: &Model) -> Vec<ResolvedColumn> {
    resolve_design(table, model, &[])
}

/// The columns of a table of an experiment, in order. `design`: the parameters that its design moves (indices into [`Model::parameters`]).
#[must_use]
pub fn resolve_design(table: &Table, model: &Model, design: &[usize]) -> Vec<ResolvedColumn> {
    let calendar = CivilCalendar::new(model);
    let style = calendar.as_ref().map_or(DateStyle::Day, |calendar| calendar.step_style());
    let mut resolved = Vec::new();
    for column in table.columns {
        let once = |name: String, about: String| ResolvedColumn {
            name,
            column_type: column_type(column, style),
            unit: column.unit.to_owned(),
            about,
            missing: column.missing,
        };
        match column.repeat {
            Repeat::Once => resolved.push(once(column.name.to_owned(), column.about.to_owned())),
            Repeat::WithStart => {
                if calendar.is_some() {
                    resolved.push(once(column.name.to_owned(), column.about.to_owned()));
                }
            }
            Repeat::PerOutcome => resolved.extend(model.outcomes.iter().map(|outcome| {
                once(
                    column.name.replace("{outcome}", &outcome.id),
                    format!("{} Here: {}.", column.about, outcome.label),
                )
            })),
            Repeat::PerParameter => {
                resolved.extend(
                    model.parameters.iter().map(|parameter| of_parameter(column, parameter, calendar.as_ref())),
                );
            }
            Repeat::PerDesignParameter => {
                let moved = design.iter().filter_map(|&index| model.parameters.get(index));
                resolved.extend(moved.map(|parameter| of_design_parameter(column, parameter)));
            }
            Repeat::PerEvent => resolved.extend(
                event_names(model).map(|event| once(column.name.replace("{event}", &event), column.about.to_owned())),
            ),
        }
    }
    resolved
}

/// `EVENT(ACTOR,TARGET)` of every event instance.
fn event_names(model: &Model) -> impl Iterator<Item = String> {
    model.events.iter().map(|event| {
        let id = model.happenings.get(event.happening).map_or("", |happening| happening.id.as_str());
        format!("{id}({})", model.instance_text(event.instance))
    })
}

fn column_type(column: &Column, style: DateStyle) -> ColumnType {
    match column.kind {
        Kind::Text | Kind::OfParameter => ColumnType::Text,
        Kind::Whole => ColumnType::Whole,
        Kind::Number => ColumnType::Number(column.decimals),
        Kind::Truth => ColumnType::Truth,
        Kind::Date => ColumnType::Date(style),
    }
}

fn of_parameter(column: &Column, parameter: &Parameter, calendar: Option<&CivilCalendar>) -> ResolvedColumn {
    let (column_type, unit) = match &parameter.quantity {
        Quantity::Number => (ColumnType::Number(Decimals::Shortest), ""),
        Quantity::Boolean => (ColumnType::Truth, ""),
        Quantity::Duration => (ColumnType::Number(Decimals::Shortest), "days"),
        Quantity::Rate => (ColumnType::Number(Decimals::Shortest), "per day"),
        Quantity::Date => (ColumnType::Date(parameter_date_style(parameter, calendar)), ""),
        Quantity::Enumeration(_) => (ColumnType::Text, ""),
    };
    let notes = &parameter.notes;
    let mut about = notes.about.clone().unwrap_or_else(|| column.about.to_owned());
    for (word, text) in [("Source", &notes.source), ("Basis", &notes.basis)] {
        if let Some(text) = text {
            about = format!("{about} {word}: {text}.");
        }
    }
    ResolvedColumn {
        name: column.name.replace("{parameter}", &parameter.id),
        column_type,
        unit: unit.to_owned(),
        about,
        missing: "",
    }
}

/// A parameter that is another at each point: a date is written to the second.
fn of_design_parameter(column: &Column, parameter: &Parameter) -> ResolvedColumn {
    let moved = Parameter { source: ParameterSource::Value(crate::model::Expression::Now), ..parameter.clone() };
    ResolvedColumn { missing: column.missing, ..of_parameter(column, &moved, None) }
}

/// A date that is one and the same midnight in every run is written as a date, any other to the second.
fn parameter_date_style(parameter: &Parameter, calendar: Option<&CivilCalendar>) -> DateStyle {
    match (&parameter.source, calendar) {
        (ParameterSource::Value(crate::model::Expression::Constant(day)), Some(calendar))
            if calendar.is_midnight(*day) =>
        {
            DateStyle::Day
        }
        _ => DateStyle::Second,
    }
}
