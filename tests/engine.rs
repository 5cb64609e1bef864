//! The engine and the plain interpreter play the same runs, bit for bit.

use std::path::{Path, PathBuf};

use flashpoint::Scenario;
use flashpoint::engine::{Engine, Memory};
use flashpoint::model::{Model, RunRecord};
use flashpoint::reference::{Reference, Scratch};

/// What differs between two records of one run; `None` if nothing does, to the last bit.
pub(crate) fn difference(model: &Model, slow: &RunRecord, fast: &RunRecord) -> Option<String> {
    let bits = |values: &[f64]| -> Vec<u64> { values.iter().map(|value| value.to_bits()).collect() };
    let run = slow.run;
    if bits(&slow.parameters) != bits(&fast.parameters) {
        return Some(format!("run {run}: parameters {:?} / {:?}", slow.parameters, fast.parameters));
    }
    if bits(&slow.measures) != bits(&fast.measures) {
        let width = model.measures.len() + 2;
        let place = slow.measures.iter().zip(&fast.measures).position(|(a, b)| a.to_bits() != b.to_bits());
        let (step, measure) = place.map_or((0, 0), |place| (place / width, place % width));
        let values = place.map(|place| (slow.measures[place], fast.measures[place]));
        return Some(format!("run {run}: measure {measure} at step {step}: {values:?}"));
    }
    if let Some(row) = (0..slow.events.len()).find(|&row| slow.events[row] != fast.events[row]) {
        let id = &model.happenings[model.events[row].happening].id;
        return Some(format!("run {run}: event {row} {id}: {:?} / {:?}", slow.events[row], fast.events[row]));
    }
    if bits(&slow.cells) != bits(&fast.cells) {
        let place = slow.cells.iter().zip(&fast.cells).position(|(a, b)| a.to_bits() != b.to_bits());
        let values = place.map(|place| (model.cells[place].owner, slow.cells[place], fast.cells[place]));
        return Some(format!("run {run}: cell {values:?}"));
    }
    (slow != fast).then(|| format!("run {run}: {slow:?} / {fast:?}"))
}

/// Plays runs both ways; the first difference, if there is one.
pub(crate) fn first_difference(model: &Model, seed: u64, runs: u64) -> Option<String> {
    let (reference, engine) = (Reference::new(model, seed), Engine::new(model, seed));
    let (mut scratch, mut memory) = (Scratch::default(), Memory::default());
    let (mut slow, mut fast) = (RunRecord::empty(), RunRecord::empty());
    (0..runs).find_map(|run| {
        reference.simulate(run, &mut scratch, &mut slow);
        engine.simulate(run, &mut memory, &mut fast);
        difference(model, &slow, &fast)
    })
}

fn scenario_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            scenario_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            into.push(path);
        }
    }
}

#[test]
fn shipped_scenarios() {
    let mut files = Vec::new();
    scenario_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &mut files);
    let mut played = 0;
    for file in files {
        let Ok(scenario) = Scenario::open(&file) else { continue };
        let Ok(checked) = scenario.check() else { continue };
        let model = checked.model();
        let work = model.n_steps * (model.events.len() + model.cells.len()) as u64;
        let runs = (2_000_000 / work.max(1)).clamp(3, 100);
        if let Some(difference) = first_difference(model, 1, runs) {
            panic!("{}: {difference}", file.display());
        }
        played += 1;
    }
    assert!(played > 80, "{played} scenarios");
}
