//! A race of hazards ends as it must, whatever the step: held against the answer in closed form and against each other.
//!
//! Both tests are exact; all together they err with a probability below one in a million, once and for all, since seeds are fixed.

use flashpoint::ensemble::Summary;
use flashpoint::reference::Reference;

use super::support::{fail, seeds};
use crate::support::generator::hazard_race;

const RUNS: u64 = 2500;
const STEPS: [&str; 3] = ["1 day", "12 hours", "6 hours"];
const FAMILY_ERROR: f64 = 1e-6;

/// Natural logarithms of factorials, up to that of `most`.
fn logarithms_of_factorials(most: u64) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain((1..=most).map(|n| {
            sum += (n as f64).ln();
            sum
        }))
        .collect()
}

/// Twice the smaller tail of a distribution on whole numbers, given its logarithmic weights: how odd `seen` is.
fn two_sided(seen: u64, values: impl Iterator<Item = (u64, f64)>) -> f64 {
    let (mut below, mut above) = (0.0, 0.0);
    for (value, logarithm) in values {
        let probability = logarithm.exp();
        below += if value <= seen { probability } else { 0.0 };
        above += if value >= seen { probability } else { 0.0 };
    }
    (2.0 * f64::min(below, above)).min(1.0)
}

/// How odd `seen` hits in `n` tries of probability `p` are.
fn binomial(seen: u64, n: u64, p: f64, factorials: &[f64]) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return if seen as f64 == p.round() * n as f64 { 1.0 } else { 0.0 };
    }
    let choose = |k: u64| factorials[n as usize] - factorials[k as usize] - factorials[(n - k) as usize];
    two_sided(seen, (0..=n).map(|k| (k, choose(k) + k as f64 * p.ln() + (n - k) as f64 * (-p).ln_1p())))
}

/// How odd it is that of the hits in two samples of `n` so many are in the first (Fisher's exact test).
fn two_samples(first: u64, second: u64, n: u64, factorials: &[f64]) -> f64 {
    let hits = first + second;
    let choose = |n: u64, k: u64| factorials[n as usize] - factorials[k as usize] - factorials[(n - k) as usize];
    let total = choose(2 * n, hits);
    two_sided(first, (hits.saturating_sub(n)..=hits.min(n)).map(|k| (k, choose(n, k) + choose(n, hits - k) - total)))
}

#[test]
fn finer_steps() {
    let seeds = seeds("finer_steps", 12);
    let factorials = logarithms_of_factorials(2 * RUNS);
    // Five outcomes at most, each held against the answer and against the steps before.
    let level = FAMILY_ERROR / (seeds.len() * 5 * STEPS.len() * 2) as f64;
    for seed in seeds {
        let race = hazard_race(seed);
        let exact = race.probabilities();
        let mut before: Option<Vec<u64>> = None;
        for step in STEPS {
            let generated = race.scenario(step);
            let opened = generated.open().unwrap_or_else(|told| fail("finer_steps", seed, &generated, &told));
            let model = &opened.model;
            let reference = Reference::new(model, seed);
            let mut summary = Summary::new(model);
            (0..RUNS).for_each(|run| summary.add(&reference.run(run)));
            let hits: Vec<u64> = (0..model.outcomes.len()).map(|outcome| summary.outcome_runs(outcome)).collect();
            for (outcome, (&seen, &p)) in hits.iter().zip(&exact).enumerate() {
                let odd = binomial(seen, RUNS, p, &factorials);
                if odd < level {
                    let found =
                        format!("step {step}: {seen} of {RUNS} runs end in {outcome}, of probability {p} ({odd:e})");
                    fail("finer_steps", seed, &generated, &found);
                }
                if let Some(before) = &before {
                    let odd = two_samples(before[outcome], seen, RUNS, &factorials);
                    if odd < level {
                        let found = format!(
                            "step {step}: {seen} end in {outcome}, in longer steps {} ({odd:e})",
                            before[outcome]
                        );
                        fail("finer_steps", seed, &generated, &found);
                    }
                }
            }
            before = Some(hits);
        }
    }
}

#[test]
fn the_tests_themselves() {
    let factorials = logarithms_of_factorials(200);
    assert!((binomial(5, 10, 0.5, &factorials) - 1.0).abs() < 1e-12);
    // 2 * 0.5 ^ 10
    assert!((binomial(0, 10, 0.5, &factorials) - 2.0_f64.powi(-9)).abs() < 1e-12);
    // Fisher's tea: 4 of 4 right has probability 1 / 70.
    assert!((two_samples(4, 0, 4, &factorials) - 2.0 / 70.0).abs() < 1e-12);
    assert!(binomial(90, 100, 0.5, &factorials) < 1e-15);
}
