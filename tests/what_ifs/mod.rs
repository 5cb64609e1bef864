//! What theory says of fifteen what-ifs of Niger 2023, held against paired runs: the direction of every difference that it names.
//!
//! Few runs show the large effects only. So every sign says at how many runs it was found to be significant; with fewer, the test asks that it is not
//! significantly the other way. `FLASHPOINT_WHAT_IFS=6000 cargo test --release what_ifs -- --nocapture` makes so many runs and prints the tables of
//! scenarios/niger-2023/README.md.

mod theory;

use std::path::Path;

use flashpoint::model::{Model, RunRecord};
use flashpoint::statistics::PairedChange;
use flashpoint::{CheckedScenario, Ensemble, OpenOptions, Scenario};

use theory::{Change, Of, WHAT_IFS, WhatIf};

/// Runs of each what-if in the ordinary tests. A faster engine may raise it.
const RUNS: u64 = 300;
/// A sign is significant beyond so many standard errors of McNemar's statistic.
const SIGNIFICANT: f64 = 2.0;

/// What is kept of a run: the outcome, and the first step of each rule and option by any of its instances (0: never).
struct Run {
    outcome: usize,
    first_steps: Vec<u32>,
}

/// All runs of one scenario.
struct Runs {
    outcomes: Vec<String>,
    happenings: Vec<String>,
    runs: Vec<Run>,
}

impl Runs {
    fn of(scenario: &CheckedScenario, runs: u64) -> Self {
        let model = scenario.model();
        let kept = Ensemble::new(scenario).threads(2).runs(runs).each(|record| kept(model, record));
        Runs {
            outcomes: model.outcomes.iter().map(|outcome| outcome.id.clone()).collect(),
            happenings: model.happenings.iter().map(|happening| happening.id.clone()).collect(),
            runs: kept.expect("threads can be started"),
        }
    }

    fn ends(&self, outcome: &str) -> impl Fn(&Run) -> bool + use<> {
        let at = self.outcomes.iter().position(|id| id == outcome).unwrap_or_else(|| panic!("no outcome {outcome}"));
        move |run| run.outcome == at
    }

    fn first(&self, event: &str) -> impl Fn(&Run) -> u32 + use<> {
        let at = self.happenings.iter().position(|id| id == event).unwrap_or_else(|| panic!("no event {event}"));
        move |run| run.first_steps[at]
    }
}

fn kept(model: &Model, record: &RunRecord) -> Run {
    let mut first_steps = vec![0; model.happenings.len()];
    for (recorded, tally) in model.events.iter().zip(&record.events) {
        let first = &mut first_steps[recorded.happening];
        if tally.count > 0 && (*first == 0 || tally.first_step < *first) {
            *first = tally.first_step;
        }
    }
    Run { outcome: record.outcome, first_steps }
}

/// How often what is asked for is so with the change and without it.
fn compare(of: Of, base: &Runs, changed: &Runs) -> PairedChange {
    let pairs = || base.runs.iter().zip(&changed.runs);
    match of {
        Of::Outcome(id) => {
            let (before, after) = (base.ends(id), changed.ends(id));
            PairedChange::of(pairs().map(|(a, b)| (before(a), after(b))))
        }
        Of::WithoutExit(id) => {
            let (exits, before, after) = (base.ends("bloc_exit"), base.ends(id), changed.ends(id));
            PairedChange::of(pairs().filter(|(a, _)| !exits(a)).map(|(a, b)| (before(a), after(b))))
        }
        Of::Event(id) => {
            let (before, after) = (base.first(id), changed.first(id));
            PairedChange::of(pairs().map(|(a, b)| (before(a) > 0, after(b) > 0)))
        }
        Of::Sooner(id) => {
            let (before, after) = (base.first(id), changed.first(id));
            let both = pairs().map(|(a, b)| (before(a), after(b))).filter(|(a, b)| *a > 0 && *b > 0);
            PairedChange::of(both.map(|(a, b)| (b > a, a > b)))
        }
    }
}

fn open(file: &str, change: &Change) -> CheckedScenario {
    let options = match change {
        Change::Nothing => Scenario::options(),
        Change::Variant(name) => Scenario::options().variant(name),
        Change::Set(key, value) => OpenOptions::default().set(key, value),
    };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/niger-2023").join(file);
    let scenario = options.open(path).unwrap_or_else(|error| panic!("{error}"));
    scenario.check().unwrap_or_else(|error| panic!("{error}"))
}

/// A row of the table of all outcomes, in percentage points.
fn row(what_if: &WhatIf, base: &Runs, changed: &Runs) -> String {
    let cells = base.outcomes.iter().map(|id| {
        let change = compare(Of::Outcome(id), base, changed);
        let star = if change.z().abs() > SIGNIFICANT { "*" } else { "" };
        format!("{:+.1} ± {:.1}{star}", 100.0 * change.change(), 100.0 * change.standard_error())
    });
    format!("| {} | {} |", what_if.name(), cells.collect::<Vec<_>>().join(" | "))
}

/// Every sign of a file (0: scenario.toml, 1: as-specified.toml); what is otherwise than theory says.
fn check(file: &str, which: usize) {
    let asked = std::env::var("FLASHPOINT_WHAT_IFS").ok().and_then(|text| text.parse().ok());
    let runs = asked.unwrap_or(RUNS);
    let base = Runs::of(&open(file, &Change::Nothing), runs);
    let (mut rows, mut signs, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for what_if in WHAT_IFS {
        let changed = Runs::of(&open(file, &what_if.change), runs);
        rows.push(row(what_if, &base, &changed));
        for sign in what_if.signs {
            let change = compare(sign.of, &base, &changed);
            let (z, shown_at) = (change.z() * sign.direction, sign.shown_at[which]);
            let holds =
                if shown_at.is_some_and(|shown_at| runs >= shown_at) { z > SIGNIFICANT } else { z > -SIGNIFICANT };
            let points = (100.0 * change.change(), 100.0 * change.standard_error());
            let line = format!(
                "| {} | {} | {:+.2} ± {:.2} | {z:.1} |",
                what_if.name(),
                sign.of.told(sign.direction),
                points.0,
                points.1
            );
            if !holds {
                wrong.push(line.clone());
            }
            signs.push(line);
        }
    }
    if asked.is_some() {
        println!("{file}, {runs} runs\n{}\n\n{}\n", rows.join("\n"), signs.join("\n"));
    }
    assert!(wrong.is_empty(), "{file}, {runs} runs: otherwise than theory says\n{}", wrong.join("\n"));
}

#[test]
fn the_scenario_moves_as_theory_says() {
    check("scenario.toml", 0);
}

#[test]
fn so_does_the_specification() {
    check("as-specified.toml", 1);
}
