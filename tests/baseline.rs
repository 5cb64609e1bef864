//! The programs written by hand that the engine is timed against play the same runs as the plain interpreter.

#[path = "../benches/baseline/equal.rs"]
mod equal;
#[path = "../benches/baseline/niger/mod.rs"]
mod niger;

use std::path::Path;

use flashpoint::Scenario;
use flashpoint::model::RunRecord;
use flashpoint::reference::{Reference, Scratch};

use niger::ByHand;

const RUNS: u64 = 500;

#[test]
fn runs_by_hand_are_those_of_the_interpreter() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/niger-2023/scenario.toml");
    let scenario = Scenario::open(file).unwrap();
    let checked = scenario.check().unwrap();
    let model = checked.model();
    for seed in [1, u64::MAX] {
        let reference = Reference::new(model, seed);
        let names = equal::event_names(model);
        let (mut straight, mut expert) = (ByHand::new(seed, &names, false), ByHand::new(seed, &names, true));
        let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
        for run in 0..RUNS / 2 {
            reference.simulate(run, &mut scratch, &mut record);
            straight.simulate::<false, true>(run);
            expert.simulate::<true, true>(run);
            for by_hand in [&straight, &expert] {
                if let Some(difference) = equal::difference(model, &record, by_hand) {
                    panic!("seed {seed}, {difference}");
                }
            }
        }
    }
}
