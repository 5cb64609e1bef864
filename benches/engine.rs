//! How fast runs are: the engine beside the plain interpreter, in turns, on the same runs.

use std::time::{Duration, Instant};

use flashpoint::Scenario;
use flashpoint::engine::{Engine, Memory};
use flashpoint::model::RunRecord;
use flashpoint::reference::{Reference, Scratch};

fn main() {
    for (file, runs) in [
        ("scenarios/niger-2023/scenario.toml", 40),
        ("scenarios/gambia-2016/scenario.toml", 40),
        ("scenarios/mali-2020/scenario.toml", 40),
        ("scenarios/reference/reed_frost.toml", 2_000),
        ("scenarios/reference/granovetter.toml", 200),
    ] {
        compare(file, runs);
    }
}

fn compare(file: &str, runs: u64) {
    let Ok(scenario) = Scenario::open(file) else { return println!("{file}: cannot be opened") };
    let Ok(checked) = scenario.check() else { return println!("{file}: has mistakes") };
    let model = checked.model();
    let start = Instant::now();
    let engine = Engine::new(model, 1);
    let compiled = start.elapsed();
    let reference = Reference::new(model, 1);
    let (mut memory, mut scratch, mut record) = (Memory::default(), Scratch::default(), RunRecord::empty());
    let mut ratios = Vec::new();
    let (mut slow, mut fast) = (Duration::ZERO, Duration::ZERO);
    let mut steps = 0;
    for block in 0..5 {
        let from = block * runs;
        let start = Instant::now();
        (from..from + runs).for_each(|run| reference.simulate(run, &mut scratch, &mut record));
        let by_reference = start.elapsed();
        let start = Instant::now();
        for run in from..from + runs {
            engine.simulate(run, &mut memory, &mut record);
            steps += u64::from(record.end_step);
        }
        let by_engine = start.elapsed();
        ratios.push(by_reference.as_secs_f64() / by_engine.as_secs_f64());
        slow += by_reference;
        fast += by_engine;
    }
    ratios.sort_by(f64::total_cmp);
    println!(
        "{file}: {} nodes, compiled in {:.2?}; {:.1} us a run against {:.1} us, {:.0} ns a step; median ratio {:.1}",
        engine.n_nodes(),
        compiled,
        1e6 * fast.as_secs_f64() / (5 * runs) as f64,
        1e6 * slow.as_secs_f64() / (5 * runs) as f64,
        1e9 * fast.as_secs_f64() / steps as f64,
        ratios[2],
    );
}
