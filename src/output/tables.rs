//! The rows of every table that is made from a summary.

use std::io::{self, Write};

use super::schema::{DIAGNOSTICS, EVENTS, INCIDENCE, MEASURES, OUTCOMES, QUERIES};
use super::table_writer::{Cell, TableWriter};
use crate::ensemble::Summary;
use crate::model::{BUILT_IN_MEASURES, Event, EventSource, Model};
use crate::statistics::{Interval, Level, StepCounts, cumulative_incidence, share, standard_error, wilson};

/// Writes outcomes.csv.
///
/// # Errors
/// As the place it writes to says; the same goes for all functions of this file.
pub fn write_outcomes(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&OUTCOMES, model, to)?;
    for (outcome, found) in model.outcomes.iter().zip(&summary.outcomes) {
        let runs = found.ends.total();
        let [low, high] = interval_cells(wilson(runs, summary.runs));
        table.row(&[
            outcome.id.as_str().into(),
            outcome.label.as_str().into(),
            runs.into(),
            share(runs, summary.runs).into(),
            low,
            high,
            standard_error(runs, summary.runs).into(),
            found.ends.mean().map(|step| step * model.step_days).into(),
            quantile_day(model, &found.ends, Level::MEDIAN),
            quantile_day(model, &found.ends, Level::percent(5)),
            quantile_day(model, &found.ends, Level::percent(95)),
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
    for (outcome, found) in model.outcomes.iter().zip(&summary.outcomes) {
        for point in cumulative_incidence(&found.ends, summary.runs, summary.grid.steps()) {
            let [low, high] = interval_cells(point.interval);
            let mut row = day_cells(model, point.step);
            row.extend([outcome.id.as_str().into(), point.probability.into(), low, high]);
            table.row(&row)?;
        }
    }
    table.finish()
}

/// Writes events.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_events(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&EVENTS, model, to)?;
    for (recorded, found) in model.events.iter().zip(&summary.events) {
        let happening = model.happenings.get(recorded.happening);
        let event = happening.and_then(|happening| event_of(model, happening.source));
        let actor = |index: Option<usize>| -> Cell {
            index.and_then(|index| model.actors.get(index)).map(|actor| actor.id.as_str()).into()
        };
        let runs = found.runs();
        let [low, high] = interval_cells(wilson(runs, summary.runs));
        let mut row = vec![
            happening.map(|happening| happening.id.as_str()).into(),
            actor(recorded.instance.actor),
            actor(recorded.instance.target),
            event.and_then(|event| event.cameo.as_deref()).into(),
            event.and_then(|event| event.ladder).map(u64::from).into(),
            runs.into(),
            share(runs, summary.runs).into(),
            low,
            high,
            share(found.count, summary.runs).into(),
            quantile_day(model, &found.first_steps, Level::percent(5)),
            quantile_day(model, &found.first_steps, Level::MEDIAN),
            quantile_day(model, &found.first_steps, Level::percent(95)),
        ];
        let given = found.runs_by_outcome.iter().enumerate();
        row.extend(given.map(|(outcome, &runs)| Cell::from(share(runs, summary.outcome_runs(outcome)))));
        table.row(&row)?;
    }
    table.finish()
}

/// Writes measures.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_measures(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&MEASURES, model, to)?;
    for (name, trajectory) in measure_names(model).zip(&summary.measures) {
        for (step, (moments, distribution)) in summary.grid.steps().zip(trajectory.rows()) {
            let mut row = day_cells(model, step);
            row.extend([name.into(), moments.mean.into(), moments.standard_error().into()]);
            row.extend([5, 25, 50, 75, 95].map(|percent| Cell::from(distribution.quantile(Level::percent(percent)))));
            row.push(moments.n.into());
            table.row(&row)?;
        }
    }
    table.finish()
}

/// Writes queries.csv.
///
/// # Errors
/// As [`write_outcomes`].
pub fn write_queries(model: &Model, summary: &Summary, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&QUERIES, model, to)?;
    for (query, found) in model.queries.iter().zip(&summary.queries) {
        let interval = wilson(found.holds, found.given);
        let holds = interval.zip(query.expect).map(|(interval, (low, high))| interval.overlaps(low, high));
        let [low, high] = interval_cells(interval);
        table.row(&[
            query.id.as_str().into(),
            query.given_text.as_deref().into(),
            found.given.into(),
            share(found.holds, found.given).into(),
            low,
            high,
            query.expect.map(|(low, _)| low).into(),
            query.expect.map(|(_, high)| high).into(),
            holds.into(),
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

/// Names of measures in the order of [`Summary::measures`]: the scenario's own, then the built-in ones.
pub(super) fn measure_names(model: &Model) -> impl Iterator<Item = &str> {
    model.measures.iter().map(|measure| measure.id.as_str()).chain(BUILT_IN_MEASURES)
}

/// What a rule or option is; a choice as such is no event of the tables.
fn event_of(model: &Model, source: EventSource) -> Option<&Event> {
    match source {
        EventSource::Rule(rule) => model.rules.get(rule).map(|rule| &rule.event),
        EventSource::Choice(_) => None,
        EventSource::Option { choice, option } => {
            model.choices.get(choice)?.options.get(option).map(|option| &option.event)
        }
    }
}

fn interval_cells(interval: Option<Interval>) -> [Cell; 2] {
    [interval.map(|interval| interval.low).into(), interval.map(|interval| interval.high).into()]
}

fn quantile_day(model: &Model, steps: &StepCounts, level: Level) -> Cell {
    steps.quantile(level).map(|step| model.day_of_step(u64::from(step))).into()
}

/// `day`, and `date` if there is a start.
fn day_cells(model: &Model, step: u32) -> Vec<Cell> {
    let day = model.day_of_step(u64::from(step));
    if model.start.is_some() { vec![day.into(), day.into()] } else { vec![day.into()] }
}
