//! Threads, blocks and the split of a range of runs leave no trace; tables add up and hold numbers only.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use flashpoint::ensemble::{Options, Summary, Watch, run_ensemble};
use flashpoint::model::Model;
use flashpoint::output;
use flashpoint::reference::Reference;

use super::support::every_scenario;
use crate::support::generator::Size;

/// All tables of results, as the bytes of their files, and the counts that stand in none.
pub(super) fn tables(model: &Model, summary: &Summary) -> Result<String, String> {
    let mut bytes = Vec::new();
    let write = |bytes: &mut Vec<u8>| -> std::io::Result<()> {
        output::write_outcomes(model, summary, &mut *bytes)?;
        output::write_incidence(model, summary, &mut *bytes)?;
        output::write_events(model, summary, &mut *bytes)?;
        output::write_measures(model, summary, &mut *bytes)?;
        output::write_queries(model, summary, &mut *bytes)
    };
    write(&mut bytes).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let Summary { runs, history_misses, pending_later, stops, .. } = summary;
    Ok(format!("{text}{runs} {history_misses:?} {pending_later:?} {stops:?}"))
}

fn summary(model: &Model, seed: u64, runs: Range<u64>, threads: usize, block_size: u64) -> Result<Summary, String> {
    let reference = Reference::new(model, seed);
    let stop = AtomicBool::new(false);
    let watch = Watch { progress: &|_| {}, stop: &stop };
    let options = Options { threads, block_size };
    let result = run_ensemble(&reference, model, runs, options, watch, None).map_err(|error| error.to_string())?;
    Ok(result.summary)
}

#[test]
fn threads_and_blocks() {
    every_scenario("threads_and_blocks", 40, Size::SMALL, |case| {
        let model = &case.opened.model;
        let alone = tables(model, &summary(model, case.seed, 0..40, 1, 0)?)?;
        for (threads, block) in [(2, 1), (3, 7), (5, 0)] {
            if tables(model, &summary(model, case.seed, 0..40, threads, block)?)? != alone {
                return Err(format!("{threads} threads and blocks of {block} give other tables"));
            }
        }
        Ok(())
    });
}

#[test]
fn merging_parts() {
    every_scenario("merging_parts", 60, Size::SMALL, |case| {
        let model = &case.opened.model;
        // One after the other, merged with nothing.
        let mut plain = Summary::new(model);
        let reference = Reference::new(model, case.seed);
        (0..30).for_each(|run| plain.add(&reference.run(run)));
        sound(model, &plain)?;
        let whole = tables(model, &plain)?;
        let (first, second) = (case.dice.between(0, 15) as u64, case.dice.between(15, 30) as u64);
        let part = |runs| summary(model, case.seed, runs, 1, 0);
        let parts = [part(0..first)?, part(first..second)?, part(second..30)?];
        for (a, b, c) in [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)] {
            let mut left = parts[a].clone();
            left.merge(&parts[b]);
            left.merge(&parts[c]);
            let mut right = parts[b].clone();
            right.merge(&parts[c]);
            let mut other = parts[a].clone();
            other.merge(&right);
            if tables(model, &left)? != whole || tables(model, &other)? != whole {
                return Err(format!("parts up to {first} and {second}, merged as {a}, {b}, {c}, give other tables"));
            }
        }
        Ok(())
    });
}

/// Says what is no number in tables, or does not add up.
///
/// # Errors
/// The first thing found.
pub(super) fn sound(model: &Model, summary: &Summary) -> Result<(), String> {
    let text = tables(model, summary)?;
    for line in text.lines() {
        let odd = line.split(',').any(|cell| matches!(cell, "NaN" | "inf" | "-inf" | "nan" | "infinity"));
        if odd {
            return Err(format!("a table holds what is no number: {line}"));
        }
    }
    let ended: u64 = (0..model.outcomes.len()).map(|outcome| summary.outcome_runs(outcome)).sum();
    if ended != summary.runs || summary.stops.outcome + summary.stops.horizon != summary.runs {
        return Err(format!("{ended} runs ended in {} runs", summary.runs));
    }
    let rows = output::outcome_rows(model, summary);
    let total: f64 = rows.iter().filter_map(|row| row.probability).sum();
    if summary.runs > 0 && (total - 1.0).abs() > 1e-9 {
        return Err(format!("the probabilities of outcomes sum to {total}"));
    }
    for row in output::event_rows(model, summary) {
        let inside = row.probability.is_none_or(|probability| (0.0..=1.0).contains(&probability));
        if !inside {
            return Err(format!("an event has the probability {:?}", row.probability));
        }
    }
    let mut before = std::collections::BTreeMap::new();
    for row in output::incidence_rows(model, summary) {
        let now = row.cumulative_probability.unwrap_or(0.0);
        let last = before.insert(row.outcome.clone(), now).unwrap_or(0.0);
        if now < last {
            return Err(format!("the share of runs that ended in {} falls from {last} to {now}", row.outcome));
        }
    }
    Ok(())
}

#[test]
fn tables_add_up() {
    every_scenario("tables_add_up", 120, Size::USUAL, |case| {
        let model = &case.opened.model;
        let reference = Reference::new(model, case.seed);
        let mut summary = Summary::new(model);
        for run in 0..20 {
            let record = reference.run(run);
            finite(&record)?;
            summary.add(&record);
        }
        sound(model, &summary)
    });
}

#[test]
fn large_scenarios() {
    every_scenario("large_scenarios", 15, Size::LARGE, |case| {
        let model = &case.opened.model;
        let mut summary = Summary::new(model);
        for run in 0..3 {
            let record = Reference::new(model, case.seed).run(run);
            finite(&record)?;
            summary.add(&record);
        }
        sound(model, &summary)
    });
}

/// Says which value of a run is no finite number.
///
/// # Errors
/// The first one.
pub(super) fn finite(record: &flashpoint::model::RunRecord) -> Result<(), String> {
    for (what, values) in [("parameter", &record.parameters), ("cell", &record.cells), ("measure", &record.measures)] {
        if let Some(at) = values.iter().position(|value| !value.is_finite()) {
            return Err(format!("run {}: {what} {at} is {}", record.run, values[at]));
        }
    }
    Ok(())
}
