//! The Niger scenario four ways: the plain interpreter, the engine, a program written straight by hand, and one written by an expert. First all are
//! checked to play the same runs, bit for bit; then they are timed in turns, block by block, in one process. `benches/README.md` has the rules.
//!
//! `cargo bench --bench baseline` prints one table; `-- PROGRAM` plays runs of one program only, for a profiler; `-- --tsv` prints bare numbers.

mod clock;
mod equal;
mod niger;

use std::hint::black_box;
use std::time::Duration;

use flashpoint::Scenario;
use flashpoint::engine::{Engine, Memory};
use flashpoint::model::{Model, RunRecord};
use flashpoint::reference::{Reference, Scratch};

use niger::ByHand;

const FILE: &str = "scenarios/niger-2023/scenario.toml";
const SEED: u64 = 1;
/// Runs that are compared before anything is timed.
const COMPARED: u64 = 500;
/// Blocks that each program plays in turns; medians are over these.
const BLOCKS: u64 = 15;
/// Runs of a block, the same for all programs.
const BLOCK_RUNS: u64 = 40;
/// Runs of a program alone.
const PROFILED: u64 = 20_000;

/// A program that plays runs.
struct Player<'a> {
    name: &'static str,
    /// How often it plays the runs of a block: a block must last long enough to be timed.
    times: u32,
    play: Box<dyn FnMut(u64) + 'a>,
}

fn main() {
    if let Err(message) = compare_and_time() {
        eprintln!("{message}");
        std::process::exit(1);
    }
}

fn compare_and_time() -> Result<(), String> {
    let scenario = Scenario::open(FILE).map_err(|error| error.to_string())?;
    let checked = scenario.check().map_err(|error| error.to_string())?;
    let model = checked.model();
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let mut players = players(model);
    if let Some(alone) = players.iter_mut().find(|player| arguments.iter().any(|argument| argument == player.name)) {
        (0..PROFILED).for_each(&mut alone.play);
        return Ok(());
    }
    let steps_per_run = compare(model)?;
    let mut times = vec![Vec::new(); players.len()];
    for block in 0..BLOCKS {
        for (player, times) in players.iter_mut().zip(&mut times) {
            let runs = block * BLOCK_RUNS..(block + 1) * BLOCK_RUNS;
            let spent = clock::time(|| {
                for _ in 0..player.times {
                    runs.clone().for_each(|run| (player.play)(black_box(run)));
                }
            });
            times.push(spent / (player.times * BLOCK_RUNS as u32));
        }
    }
    let medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    let straight = players.iter().position(|player| player.name == "straight").unwrap_or(0);
    if arguments.iter().any(|argument| argument == "--tsv") {
        for (player, median) in players.iter().zip(&medians) {
            println!("{}\t{}", player.name, median.as_nanos());
        }
        return Ok(());
    }
    println!("{FILE}: {COMPARED} runs are equal bit for bit; {BLOCKS} blocks in turns, medians");
    println!("{:<24}{:>10}{:>10}{:>14}", "program", "us a run", "ns a step", "of straight");
    for (player, median) in players.iter().zip(&medians) {
        let (nanoseconds, ratio) = (median.as_nanos() as f64, median.as_secs_f64() / medians[straight].as_secs_f64());
        println!("{:<24}{:>10.1}{:>10.0}{:>14.2}", player.name, nanoseconds / 1e3, nanoseconds / steps_per_run, ratio);
    }
    Ok(())
}

/// Checks that every program plays the same runs; the mean number of steps of a run.
fn compare(model: &Model) -> Result<f64, String> {
    let names = equal::event_names(model);
    let (reference, engine) = (Reference::new(model, SEED), Engine::new(model, SEED));
    let (mut straight, mut expert) = (ByHand::new(SEED, &names, false), ByHand::new(SEED, &names, true));
    let (mut scratch, mut memory) = (Scratch::default(), Memory::default());
    let (mut record, mut other) = (RunRecord::empty(), RunRecord::empty());
    let mut steps = 0;
    for run in 0..COMPARED {
        reference.simulate(run, &mut scratch, &mut record);
        engine.simulate(run, &mut memory, &mut other);
        if record != other {
            return Err(format!("run {run}: the engine and the interpreter differ"));
        }
        straight.simulate::<false, true>(run);
        expert.simulate::<true, true>(run);
        for (name, by_hand) in [("straight", &straight), ("expert", &expert)] {
            if let Some(difference) = equal::difference(model, &record, by_hand) {
                return Err(format!("{name} and the interpreter differ: {difference}"));
            }
        }
        steps += u64::from(record.end_step);
    }
    Ok(steps as f64 / COMPARED as f64)
}

fn players(model: &Model) -> Vec<Player<'_>> {
    let names = equal::event_names(model);
    let by_hand = |expert: bool| ByHand::new(SEED, &names, expert);
    let (reference, mut scratch, mut told) = (Reference::new(model, SEED), Scratch::default(), RunRecord::empty());
    let (engine, mut memory, mut record) = (Engine::new(model, SEED), Memory::default(), RunRecord::empty());
    let (mut straight, mut bare_straight) = (by_hand(false), by_hand(false));
    let (mut expert, mut bare_expert) = (by_hand(true), by_hand(true));
    vec![
        Player {
            name: "reference",
            times: 1,
            play: Box::new(move |run| reference.simulate(run, &mut scratch, &mut told)),
        },
        Player { name: "engine", times: 1, play: Box::new(move |run| engine.simulate(run, &mut memory, &mut record)) },
        Player { name: "straight", times: 5, play: Box::new(move |run| straight.simulate::<false, true>(run)) },
        Player { name: "expert", times: 5, play: Box::new(move |run| expert.simulate::<true, true>(run)) },
        Player {
            name: "straight-unmeasured",
            times: 5,
            play: Box::new(move |run| bare_straight.simulate::<false, false>(run)),
        },
        Player {
            name: "expert-unmeasured",
            times: 5,
            play: Box::new(move |run| bare_expert.simulate::<true, false>(run)),
        },
    ]
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
