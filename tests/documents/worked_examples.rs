//! `docs/worked-examples.md`: what was worked out by hand is what the program gives.

use flashpoint::model::{BUILT_IN_MEASURES, Model, RunRecord};
use flashpoint::reference::Reference;
use flashpoint::{Ensemble, Results, Scenario};

use super::markdown::{blocks, read, rows};

const RUNS: u64 = 20_000;

/// What a row says of the first run: a measure on a day, the day of an event's first firing (of any instance), its number of firings, the last day,
/// later entries that were pending then, misses of the record.
#[track_caller]
fn of_one_run(model: &Model, record: &RunRecord, what: &str) -> f64 {
    let event = |id: &str| {
        let is_it = |&index: &usize| model.happenings[model.events[index].happening].id == id;
        let tallies: Vec<_> = (0..model.events.len()).filter(is_it).map(|index| record.events[index]).collect();
        assert!(!tallies.is_empty(), "`{what}`: there is no such event");
        tallies
    };
    if let Some(id) = what.strip_prefix("first ") {
        let steps = event(id).into_iter().filter(|tally| tally.count > 0).map(|tally| tally.first_step);
        return f64::from(steps.min().unwrap_or_else(|| panic!("`{what}`: it has not fired"))) * model.step_days;
    }
    if let Some(id) = what.strip_prefix("times ") {
        return event(id).into_iter().map(|tally| f64::from(tally.count)).sum();
    }
    if what == "last day" {
        return f64::from(record.end_step) * model.step_days;
    }
    if what == "pending at the end" {
        return f64::from(record.pending_later);
    }
    if what == "misses" {
        return f64::from(record.history_misses);
    }
    let (name, day) = what.split_once(" on day ").unwrap_or_else(|| panic!("`{what}` is no form of a row"));
    let step = (day.parse::<f64>().expect("a day is a number") / model.step_days).round() as usize;
    let mut measures = model.measures.iter().map(|measure| measure.id.as_str()).chain(BUILT_IN_MEASURES);
    let place = measures.position(|id| id == name).unwrap_or_else(|| panic!("there is no measure `{name}`"));
    let width = record.measures.len() / (record.end_step as usize + 1);
    record.measures[step * width + place]
}

/// The share of runs that a row asks for, and of how many runs it is one: those with an outcome, or with a query's answer where `given` holds.
#[track_caller]
fn share_of_runs(results: &Results<'_>, what: &str) -> (f64, u64) {
    let Some(id) = what.strip_prefix("query ") else {
        let share = results.probability(what);
        return (share.unwrap_or_else(|| panic!("there is no outcome `{what}`")), results.n_runs());
    };
    let row = results.queries().into_iter().find(|row| row.query == id);
    let row = row.unwrap_or_else(|| panic!("there is no query `{id}`"));
    (row.probability.expect("`given` holds in some run"), row.runs)
}

#[test]
fn every_row_is_what_the_program_gives() {
    let text = read("docs/worked-examples.md");
    let mut n_rows = 0;
    for example in text.split("\n```toml").skip(1) {
        let example = format!("```toml{example}");
        let block = &blocks(&example)[0];
        let scenario = Scenario::parse(&block.content).unwrap_or_else(|error| panic!("{error}\n{}", block.content));
        let checked = scenario.check().unwrap_or_else(|error| panic!("{error}\n{}", block.content));
        let warned: Vec<String> = checked.warnings().iter().map(|warning| warning.code.number()).collect();
        let allowed = block.info.strip_prefix("toml").expect("it is one").trim().trim_start_matches("warns");
        let allowed: Vec<&str> = allowed.split_whitespace().collect();
        assert_eq!(warned, allowed, "{}\n{}", checked.warnings_text(), block.content);

        let rows = rows(&example);
        assert!(!rows.is_empty(), "an example without rows:\n{}", block.content);
        n_rows += rows.len();
        let record = Reference::new(checked.model(), 1).run(0);
        let is_random = |row: &&Vec<String>| row[0].starts_with("probability of ");
        let needs_runs = rows.iter().any(|row| is_random(&row));
        let results = needs_runs.then(|| Ensemble::new(&checked).runs(RUNS).seed(1).threads(2).run());
        let results = results.map(|results| results.expect("threads can be started"));
        for row in &rows {
            let (what, value) = (&row[0], &row[1]);
            let expected: f64 = value.parse().expect("a value is a number");
            if let (Some(asked), Some(results)) = (what.strip_prefix("probability of "), &results) {
                let (share, n_runs) = share_of_runs(results, asked);
                let z = (share - expected) / (expected * (1.0 - expected) / n_runs as f64).sqrt();
                assert!(z.abs() < 4.0, "{what}: {share}, not {expected} (Z = {z})\n{}", block.content);
            } else {
                let digits = value.split_once('.').map_or(0, |(_, behind)| behind.len());
                let found = of_one_run(checked.model(), &record, what);
                assert_eq!(format!("{found:.digits$}"), *value, "{what}\n{}", block.content);
            }
        }
    }
    assert!(n_rows >= 120, "only {n_rows} rows were found");
}
