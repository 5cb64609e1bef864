//! What a sweep prints: a table for a person, or one JSON object.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use serde_json::{Value, json};

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::numbers::grouped;
use crate::cli::results::Results;
use crate::experiment::Design;
use crate::model::{CivilCalendar, DateStyle, Model, Parameter, Quantity};
use crate::output::{SweepResults, SweepRow, probability_text};

use super::plan::Plan;

/// So many points are told one by one.
const FEW_POINTS: usize = 24;
/// So many columns of parameters and outcomes fit beside each other.
const FEW_COLUMNS: usize = 12;

/// Prints what came of it, if it is wanted.
pub(super) fn print(
    plan: &Plan,
    design: &Design,
    results: Results<'_>,
    found: &SweepResults<'_>,
    console: &Console,
) -> Result<(), Failure> {
    let object = || as_json(plan, design, results, found);
    results.print(" of every point", console, object, || as_text(design, results, found))
}

fn as_text(design: &Design, results: Results<'_>, found: &SweepResults<'_>) -> String {
    let (model, runs) = (results.model, results.made.runs);
    let n_points = design.n_points();
    let columns = found.parameters().len() + model.outcomes.len();
    let table = if n_points <= FEW_POINTS && columns <= FEW_COLUMNS {
        point_table(model, n_points, runs, found)
    } else {
        extremes_table(model, n_points, runs, found)
    };
    let what = format!("{} points x {} runs", grouped(n_points as u64), grouped(runs));
    format!("{}\n{table}\n{}", results.heading(&what), results.closing("Tables"))
}

/// A row for each point: its values, and the probability of each outcome.
fn point_table(model: &Model, n_points: usize, runs: u64, found: &SweepResults<'_>) -> String {
    let mut head: Vec<String> = vec!["point".to_owned()];
    head.extend(found.parameters().iter().map(|&parameter| model.parameters[parameter].id.clone()));
    head.extend(model.outcomes.iter().map(|outcome| outcome.id.clone()));
    let rows = (0..n_points).map(|point| {
        let mut row = vec![point.to_string()];
        row.extend(value_texts(model, found, point));
        row.extend(found.rows(point).iter().map(|row| probability_text(row.runs, runs)));
        row
    });
    draw(head, rows.collect(), 0)
}

/// A row for each outcome: where it is least and where it is most probable.
fn extremes_table(model: &Model, n_points: usize, runs: u64, found: &SweepResults<'_>) -> String {
    let head = ["outcome", "least", "at point", "most", "at point"].map(str::to_owned).to_vec();
    let rows = extremes(model, n_points, found).into_iter().map(|(least, most)| {
        let text = |row: &SweepRow| probability_text(row.runs, runs);
        vec![least.outcome.clone(), text(&least), least.point.to_string(), text(&most), most.point.to_string()]
    });
    draw(head, rows.collect(), 1)
}

/// For each outcome the rows of the points (the first ones) where it is least and most probable.
fn extremes(model: &Model, n_points: usize, found: &SweepResults<'_>) -> Vec<(SweepRow, SweepRow)> {
    let mut extremes: Vec<(SweepRow, SweepRow)> = found.rows(0).into_iter().map(|row| (row.clone(), row)).collect();
    for point in 1..n_points {
        for ((least, most), row) in extremes.iter_mut().zip(found.rows(point)) {
            if row.runs < least.runs {
                *least = row;
            } else if row.runs > most.runs {
                *most = row;
            }
        }
    }
    debug_assert_eq!(extremes.len(), model.outcomes.len());
    extremes
}

/// Columns side by side; the first `n_left` to the left, numbers to the right.
fn draw(head: Vec<String>, rows: Vec<Vec<String>>, n_left: usize) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    for row in std::iter::once(head).chain(rows) {
        let cell = |(column, text): (usize, String)| {
            let side = if column < n_left { CellAlignment::Left } else { CellAlignment::Right };
            Cell::new(text).set_alignment(side)
        };
        table.add_row(row.into_iter().enumerate().map(cell).collect::<Vec<_>>());
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding(if index == 0 { (0, 0) } else { (2, 0) });
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// The values of a point's parameters for the eye.
fn value_texts(model: &Model, found: &SweepResults<'_>, point: usize) -> Vec<String> {
    let text = |(&parameter, value): (&usize, Option<f64>)| {
        value.map_or(String::new(), |value| value_text(model, &model.parameters[parameter], value))
    };
    found.parameters().iter().zip(found.values(point)).map(text).collect()
}

fn value_text(model: &Model, parameter: &Parameter, value: f64) -> String {
    let number = || format!("{}", (value * 1e6).round() / 1e6);
    match parameter.quantity {
        Quantity::Boolean => (value != 0.0).to_string(),
        Quantity::Duration => format!("{} d", number()),
        Quantity::Rate => format!("{} / d", number()),
        Quantity::Date => CivilCalendar::new(model)
            .and_then(|calendar| calendar.text(value, DateStyle::Minute))
            .unwrap_or_else(number),
        Quantity::Number | Quantity::Enumeration(_) => number(),
    }
}

fn as_json(plan: &Plan, design: &Design, results: Results<'_>, found: &SweepResults<'_>) -> Value {
    let model = results.model;
    let at = |row: &SweepRow| {
        json!({
            "point": row.point,
            "probability": row.probability,
            "ci_low": row.interval.map(|interval| interval.low),
            "ci_high": row.interval.map(|interval| interval.high),
        })
    };
    let outcomes = extremes(model, design.n_points(), found).into_iter().zip(&model.outcomes).map(|((least, most), outcome)| {
        json!({ "outcome": outcome.id, "label": outcome.label, "least": at(&least), "most": at(&most) })
    });
    let points = json!({
        "design": plan.design_word(),
        "factors": design.factors().iter().map(|factor| factor.name.clone()).collect::<Vec<_>>(),
        "points": design.n_points(),
    });
    results.object(points, json!({ "outcomes": outcomes.collect::<Vec<_>>() }))
}
