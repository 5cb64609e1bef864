//! The engine against programs written by hand: the same runs, checked to be equal first, then timed in turns in one process.

mod clock;
mod equal;
mod niger;

use flashpoint::Scenario;
use flashpoint::engine::{Engine, Memory};
use flashpoint::model::RunRecord;
use flashpoint::reference::{Reference, Scratch};

use niger::ByHand;

const SEED: u64 = 1;

fn main() {
    let scenario = match Scenario::open("scenarios/niger-2023/scenario.toml") {
        Ok(scenario) => scenario,
        Err(error) => return eprintln!("{error}"),
    };
    let checked = match scenario.check() {
        Ok(checked) => checked,
        Err(error) => return eprintln!("{error}"),
    };
    let model = checked.model();
    let names = equal::event_names(model);
    let reference = Reference::new(model, SEED);
    let mut straight = ByHand::new(SEED, &names, false);
    let mut expert = ByHand::new(SEED, &names, true);
    let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
    let mut different = 0;
    for run in 0..if std::env::var_os("PROFILE").is_some() {1} else {500} {
        reference.simulate(run, &mut scratch, &mut record);
        straight.simulate::<false, true>(run);
        expert.simulate::<true, true>(run);
        if let Some(difference) = equal::difference(model, &record, &straight).or_else(|| equal::difference(model, &record, &expert)) {
            println!("{difference}");
            different += 1;
            if different > 10 {
                return;
            }
        }
    }
    if std::env::var_os("PROFILE").is_some() { for _ in 0..20 { for run in 0..1000 { straight.simulate::<false, false>(run); } } return; }
    let engine = Engine::new(model, SEED);
    let mut memory = Memory::default();
    for _ in 0..5 {
        let a = clock::time(|| for run in 0..100 { engine.simulate(run, &mut memory, &mut record); });
        let b = clock::time(|| for run in 0..1000 { straight.simulate::<false, true>(run); });
        let c = clock::time(|| for run in 0..1000 { straight.simulate::<false, false>(run); });
        let d = clock::time(|| for run in 0..1000 { expert.simulate::<true, true>(run); });
        let e = clock::time(|| for run in 0..1000 { expert.simulate::<true, false>(run); });
        println!("engine {:?} straight {:?} without measures {:?} expert {:?} without {:?}", a / 100, b / 1000, c / 1000, d/1000, e/1000);
    }
    if std::env::var_os("PROFILE").is_some() { for _ in 0..10 { for run in 0..1000 { straight.simulate::<false, false>(run); } } return; }
    let mut steps = 0;
    for run in 0..1000 { straight.simulate::<false, false>(run); steps += straight.end_step; }
    println!("{steps}");
}
