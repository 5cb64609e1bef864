//! What is left out because it cannot matter, made in full.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use flashpoint::comparison::{Arm, Ended, Side, competing, play};
use flashpoint::engine::Engine;
use flashpoint::ensemble::{Options, Watch};
use flashpoint::{CheckedScenario, Ensemble, OpenOptions, Scenario};

const SEED: u64 = 3;

fn checked(options: OpenOptions, file: &str) -> CheckedScenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file);
    options.open(path).expect("it can be opened").check().unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Runs under a scenario, those with an outcome that can be switched off played on.
fn played(scenario: &CheckedScenario, runs: u64, threads: usize, block_size: u64) -> Vec<Ended> {
    let model = scenario.model();
    let off: Vec<_> = (0..model.outcomes.len())
        .map(|at| model.outcomes[at].when.is_some().then(|| model.with_outcome_off(at)))
        .collect();
    let engine = |model| Engine::new(model, SEED);
    let arm = Arm { simulate: engine(model), without: off.iter().map(|model| model.as_ref().map(engine)).collect() };
    let stop = AtomicBool::new(false);
    let watch = Watch { progress: &|_| {}, stop: &stop };
    let made = play(&[arm], &[model.measures.len()], 0..runs, Options { threads, block_size }, watch);
    made.expect("threads can be started").remove(0)
}

fn outcomes(scenario: &CheckedScenario, runs: u64) -> Vec<usize> {
    let made = Ensemble::new(scenario).seed(SEED).runs(runs).threads(2).each(|record| record.outcome);
    made.expect("threads can be started")
}

#[test]
fn runs_that_end_otherwise_need_not_be_played_again() {
    for (file, runs) in [
        ("teaching/letter.toml", 300),
        ("reference/three_hazards.toml", 300),
        ("reference/ultimatum.toml", 300),
        ("reference/truel.toml", 300),
        ("niger-2023/scenario.toml", 40),
    ] {
        let base = checked(Scenario::options(), file);
        let ended = played(&base, runs, 2, 7);
        assert_eq!(ended, played(&base, runs, 1, 1000), "{file}: threads and blocks show");
        for (at, outcome) in base.model().outcomes.iter().enumerate().filter(|(_, outcome)| outcome.when.is_some()) {
            let without = Scenario::options().without(&format!("outcomes.{}", outcome.id));
            let in_full = outcomes(&checked(without, file), runs);
            for (run, (ended, in_full)) in ended.iter().zip(in_full).enumerate() {
                let short = if ended.outcome as usize == at { ended.otherwise } else { Some(ended.outcome) };
                assert_eq!(short, Some(in_full as u32), "{file}, run {run}, without {}", outcome.id);
            }
        }
    }
}

#[test]
fn what_is_switched_off_in_a_model_is_what_the_command_switches_off() {
    for (file, id, runs) in [
        ("teaching/letter.toml", "siege", 200),
        ("niger-2023/scenario.toml", "expel_ambassador", 30),
        ("niger-2023/scenario.toml", "expulsion_answer", 30),
    ] {
        let base = checked(Scenario::options(), file);
        let off = base.model().with_happening_off(id);
        let engine = Engine::new(&off, SEED);
        let mut memory = Default::default();
        let by_command = checked(Scenario::options().without(id), file);
        let expected = Ensemble::new(&by_command)
            .seed(SEED)
            .runs(runs)
            .threads(2)
            .each(|record| (record.outcome, record.end_step, record.parameters.clone(), record.measures.clone()));
        let expected = expected.expect("threads can be started");
        for (run, expected) in expected.into_iter().enumerate() {
            let mut record = flashpoint::model::RunRecord::empty();
            engine.simulate(run as u64, &mut memory, &mut record);
            let found = (record.outcome, record.end_step, record.parameters, record.measures);
            assert_eq!(found, expected, "{file}, run {run}, without {id}");
        }
    }
}

#[test]
fn three_hazards_without_one_of_them() {
    // .02, .01 and .005 a day for 60 days; where the first cannot end a run the second has .01 / .015 of what happens.
    let scenario = checked(Scenario::options(), "reference/three_hazards.toml");
    let model = scenario.model();
    let runs = played(&scenario, 20_000, 2, 256);
    let rows = competing(&Side { label: "base", model, runs: &runs });
    let n_outcomes = model.outcomes.len();
    assert_eq!(rows.len(), (n_outcomes - 1) * (n_outcomes - 1));
    let row = rows.iter().find(|row| row.removed == "intervened" && row.outcome.id == "restored");
    let row = row.expect("there is such a row");
    let exact = 0.01 / 0.015 * (1.0 - (-0.015_f64 * 60.0).exp());
    let found = row.runs_without as f64 / 20_000.0;
    assert!((found - exact).abs() < 4.0 * (exact * (1.0 - exact) / 20_000.0).sqrt(), "{found} is not {exact}");
    // Among the runs that do not end in the first it is less: they had 60 days to do so.
    let among = row.runs_outcome as f64 / row.runs_others as f64;
    assert!(among < found + 0.2 && row.runs_without > row.runs_outcome);
}
