//! The engine plays the runs of the plain interpreter, bit for bit: 2,000 generated scenarios, 200 runs of each.

use crate::engine::first_difference;
use crate::support::generator::Size;

use super::support::every_scenario;

fn same(law: &str, usual: u64, size: Size, runs: u64) {
    every_scenario(law, usual, size, |case| {
        let differs = first_difference(&case.opened.model, case.seed, runs);
        differs.map_or(Ok(()), Err)
    });
}

#[test]
fn small_scenarios() {
    same("engines-small", 1_300, Size::SMALL, 200);
}

#[test]
fn usual_scenarios() {
    same("engines-usual", 700, Size::USUAL, 200);
}

#[test]
fn large_scenarios() {
    same("engines-large", 20, Size::LARGE, 20);
}
