//! docs/bridge.md: its commands run as typed, and end as its table says, within the error of fewer runs; the main steps go where it says they go.

use std::path::Path;

use super::markdown::{read, rows, section};
use super::readme::{arguments, clone, run};

/// Runs of each command.
const RUNS: u32 = 200;
/// Standard errors within which a probability of the page must lie: seven steps and seven outcomes, all at once.
const ERRORS: f64 = 4.0;

/// The probabilities in a folder of results, in the order of outcomes.
fn probabilities(folder: &Path) -> Vec<f64> {
    let text = std::fs::read_to_string(folder.join("outcomes.csv")).expect("there is a table of outcomes");
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let column =
        table.headers().expect("it has a head").iter().position(|name| name == "probability").expect("a column");
    table.records().map(|row| row.expect("a row")[column].parse().expect("a number")).collect()
}

#[test]
fn its_commands_end_as_its_table_says() {
    let text = read("docs/bridge.md");
    let commands: Vec<Vec<String>> =
        text.lines().filter(|line| line.starts_with("    ")).filter_map(arguments).collect();
    let table = rows(&section(&text, "What comes out"));
    let table: Vec<Vec<f64>> = table
        .iter()
        .filter(|row| row[0].parse::<usize>().is_ok())
        .map(|row| row[1..].iter().map(|cell| cell.parse().expect("a probability")).collect())
        .collect();
    assert_eq!((commands.len(), table.len()), (7, 7));
    let folder = clone();
    let mut found = Vec::new();
    for (step, mut arguments) in commands.into_iter().enumerate() {
        arguments.extend(["--runs", &RUNS.to_string()].map(str::to_owned));
        run(folder.path(), &arguments);
        let probabilities = probabilities(&folder.path().join(format!("out/bridge/{step}")));
        for (outcome, (is, said)) in probabilities.iter().zip(&table[step]).enumerate() {
            let error = (said.max(0.005) * (1.0 - said) / f64::from(RUNS)).sqrt();
            assert!(
                (is - said).abs() < ERRORS * error,
                "step {step}, outcome {outcome}: {is}, and the page says {said}"
            );
        }
        found.push(probabilities);
    }
    const INTERVENTION: usize = 0;
    const RESTORATION: usize = 1;
    const STANDOFF: usize = 6;
    let change = |step: usize, outcome: usize| found[step][outcome] - found[step - 1][outcome];
    assert!(change(2, INTERVENTION) > 0.0 && change(2, RESTORATION) < 0.0, "a short ultimatum spares no war");
    assert!(change(3, INTERVENTION) < 0.0, "soldiers deter");
    assert!(change(4, INTERVENTION) < 0.0 && change(4, RESTORATION) < 0.0 && change(4, STANDOFF) > 0.0);
    assert!(change(5, INTERVENTION) < -0.1, "a claimant without standing is not fought for");
    assert!(found[6][INTERVENTION] < 0.03);
}
