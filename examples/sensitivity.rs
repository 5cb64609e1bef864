//! Which numbers carry most weight? Every uncertain parameter of a scenario, and the levers listed in a file, at a low and at a high value on the same
//! random numbers: total variation distance between the two outcome tables. For parameters also the first-order index from the draws of one ensemble.
//!
//! `cargo run --release --example sensitivity -- SCENARIO RUNS DRAWS [LEVERS.csv]`: RUNS for each distance, DRAWS for the indices (0: the levers alone);
//! a row of LEVERS.csv is `key,low,high`, and the key what `--set` takes.

use std::error::Error;
use std::process::exit;

use flashpoint::model::{ParameterSource, Quantity};
use flashpoint::statistics::{Estimate, first_order_index, total_variation};
use flashpoint::{CheckedScenario, Ensemble, Scenario};

/// Classes of equal size that the draws of a parameter are cut into.
const N_CLASSES: usize = 20;

/// A number to be varied.
struct Lever {
    key: String,
    low: String,
    high: String,
    index: Option<Estimate>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, runs, draws, levers @ ..] = arguments.as_slice() else {
        eprintln!("usage: sensitivity SCENARIO RUNS DRAWS [LEVERS.csv]");
        exit(2);
    };
    let runs: u64 = runs.parse()?;
    let base = Scenario::open(file)?.check()?;
    let mut all = uncertain(&base, draws.parse()?)?;
    for path in levers {
        all.extend(listed(&std::fs::read_to_string(path)?));
    }
    let outcomes = &base.model().outcomes;
    let ids: Vec<&str> = outcomes.iter().map(|outcome| outcome.id.as_str()).collect();
    println!("key,low,high,distance,standard_error,index,index_standard_error,{}", ids.join(","));
    for lever in all {
        let at = |value: &str| -> Result<Vec<usize>, Box<dyn Error>> {
            let checked = Scenario::options().set(&lever.key, value).open(file)?.check()?;
            Ok(Ensemble::new(&checked).runs(runs).each(|record| record.outcome)?)
        };
        let pairs: Vec<(usize, usize)> = at(&lever.low)?.into_iter().zip(at(&lever.high)?).collect();
        let distance = total_variation(&pairs, outcomes.len());
        let index =
            lever.index.map_or(",".to_owned(), |index| format!("{:.4},{:.4}", index.value, index.standard_error));
        let share = |outcome, pick: fn(&(usize, usize)) -> usize| {
            pairs.iter().filter(|pair| pick(pair) == outcome).count() as f64 / runs as f64
        };
        let changes = (0..outcomes.len())
            .map(|outcome| format!("{:+.4}", share(outcome, |pair| pair.1) - share(outcome, |pair| pair.0)));
        let (key, low, high, changes) = (&lever.key, &lever.low, &lever.high, changes.collect::<Vec<_>>().join(","));
        println!("{key},{low},{high},{:.4},{:.4},{index},{changes}", distance.value, distance.standard_error);
    }
    Ok(())
}

/// The parameters that have a prior, from so many runs: low and high are the values that 5 and 95 % of their draws do not exceed.
fn uncertain(base: &CheckedScenario, runs: u64) -> Result<Vec<Lever>, Box<dyn Error>> {
    let model = base.model();
    if runs == 0 {
        return Ok(Vec::new());
    }
    let records = Ensemble::new(base).runs(runs).each(|record| (record.outcome, record.parameters.clone()))?;
    let outcomes: Vec<usize> = records.iter().map(|(outcome, _)| *outcome).collect();
    let mut found = Vec::new();
    for (at, parameter) in model.parameters.iter().enumerate() {
        if !matches!(parameter.source, ParameterSource::Prior(_)) {
            continue;
        }
        let draws: Vec<f64> = records.iter().map(|(_, parameters)| parameters[at]).collect();
        let mut sorted = draws.clone();
        sorted.sort_by(f64::total_cmp);
        let quantile = |level: f64| written(&parameter.quantity, sorted[((sorted.len() - 1) as f64 * level) as usize]);
        let index = first_order_index(&draws, &outcomes, model.outcomes.len(), N_CLASSES);
        let key = format!("parameters.{}.value", parameter.id);
        found.push(Lever { key, low: quantile(0.05), high: quantile(0.95), index: Some(index) });
    }
    Ok(found)
}

/// A value as a scenario file writes it.
fn written(quantity: &Quantity, value: f64) -> String {
    match quantity {
        Quantity::Boolean => (value != 0.0).to_string(),
        Quantity::Duration => format!("{value:.2} days"),
        Quantity::Rate => format!("{value:.6} per day"),
        _ => format!("{value:.4}"),
    }
}

/// The rows of a table of levers, below its head.
fn listed(text: &str) -> Vec<Lever> {
    let cells = |line: &str| line.splitn(3, ',').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lever = |cells: Vec<String>| match <[String; 3]>::try_from(cells) {
        Ok([key, low, high]) => Some(Lever { key, low, high, index: None }),
        Err(_) => None,
    };
    text.lines().skip(1).filter_map(|line| lever(cells(line))).collect()
}
