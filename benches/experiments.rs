//! What many points cost beside many runs of one, and what common draws buy. Processor time of the whole process, so that other programs do not count.
//!
//! `cargo bench --bench experiments`

use std::sync::atomic::AtomicBool;

use flashpoint::engine::Engine;
use flashpoint::ensemble::{Options, Watch, run_ensemble};
use flashpoint::experiment::{Design, Factor, Point, PointSummary, Setting, play, play_each};
use flashpoint::{CheckedScenario, Scenario};

fn main() {
    many_points("scenarios/teaching/letter.toml", 10_000, 100);
    many_points("scenarios/niger-2023/scenario.toml", 1_000, 10);
    common_draws(4_000);
}

/// Seconds of processor time so far: user and system, in ticks of a hundredth of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // The state, a letter, is left out: user time is then the eleventh number.
    (fields.get(10).unwrap_or(&0.0) + fields.get(11).unwrap_or(&0.0)) / 100.0
}

fn open(file: &str) -> Option<CheckedScenario> {
    Scenario::open(file).ok()?.check().ok()
}

/// `n_points` points of a Latin hypercube over all uncertainties, `runs` runs each, against one point with as many runs.
fn many_points(file: &str, n_points: u64, runs: u64) {
    let Some(checked) = open(file) else { return println!("{file}: cannot be played") };
    let model = checked.model();
    let (stop, options) = (AtomicBool::new(false), Options::default());
    let watch = Watch { progress: &|_| {}, stop: &stop };
    let empty = || PointSummary::new(model);
    let mut ratios = Vec::new();
    let mut plain_ratios = Vec::new();
    for seed in 0..3 {
        let start = processor_seconds();
        let Ok(design) = Design::latin_hypercube(Factor::usual(model), n_points, seed) else { return };
        let engine = Engine::new(model, seed);
        let _ = play(&engine, model, &design.points(), 0..runs, options, watch, empty);
        let many = processor_seconds() - start;
        let start = processor_seconds();
        let engine = Engine::new(model, seed);
        let _ = play(&engine, model, &[Point::SCENARIO], 0..n_points * runs, options, watch, empty);
        let one = processor_seconds() - start;
        let start = processor_seconds();
        let engine = Engine::new(model, seed);
        let _ = run_ensemble(&engine, model, 0..n_points * runs, options, watch, None);
        let plain = processor_seconds() - start;
        println!("{file}: {many:.2} s, one point {one:.2} s, as `run` {plain:.2} s");
        ratios.push(many / one);
        plain_ratios.push(many / plain);
    }
    ratios.sort_by(f64::total_cmp);
    plain_ratios.sort_by(f64::total_cmp);
    println!(
        "{file}: {n_points} points x {runs} runs cost {:.2} of one point x {} runs (median of 3), {:.2} of `run`",
        ratios[1],
        n_points * runs,
        plain_ratios[1],
    );
}

/// The standard error of the change of each outcome's probability between ultimatums of 7 and of 30 days.
fn common_draws(runs: u64) {
    let file = "scenarios/niger-2023/scenario.toml";
    let Some(checked) = open(file) else { return println!("{file}: cannot be played") };
    let model = checked.model();
    let Some(ultimatum) = model.parameters.iter().position(|parameter| parameter.id == "ultimatum_length") else {
        return;
    };
    let engine = Engine::new(model, 1);
    let stop = AtomicBool::new(false);
    let watch = Watch { progress: &|_| {}, stop: &stop };
    let points = [7.0, 30.0].map(|days| Point::SCENARIO.with(ultimatum, Setting::Value(days)));
    let Ok(played) = play_each(&engine, model, &points, 0..runs, Options::default(), watch, |record| record.outcome)
    else {
        return;
    };
    let n = runs as f64;
    for (index, outcome) in model.outcomes.iter().enumerate() {
        let share = |point: usize| played.points[point].iter().filter(|ended| **ended == index).count() as f64 / n;
        let changes = played.points[0].iter().zip(&played.points[1]);
        let (gained, lost) = changes.fold((0.0, 0.0), |(gained, lost), (before, after)| {
            let change = (*after == index, *before == index);
            (gained + f64::from(u8::from(change == (true, false))), lost + f64::from(u8::from(change == (false, true))))
        });
        let change = (gained - lost) / n;
        let paired = (((gained + lost) / n - change * change) / n).sqrt();
        let (p, q) = (share(0), share(1));
        let apart = ((p * (1.0 - p) + q * (1.0 - q)) / n).sqrt();
        println!(
            "{}: {p:.4} -> {q:.4}, change {change:+.4}; standard error {paired:.5} with common draws, {apart:.5} without: {:.1} times the runs",
            outcome.id,
            (apart / paired).powi(2)
        );
    }
}
