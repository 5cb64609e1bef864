//! The generator itself: what it makes checks, has everything in it, and is lively.

use flashpoint::model::RunRecord;
use flashpoint::reference::{Reference, Scratch};

use super::acting::Acting;
use super::constructs::{Counts, Seen, note_model};
use super::support::{number_of_scenarios, seeds};
use crate::support::generator::{Size, scenario};

const RUNS: u64 = 12;

#[test]
fn it_makes_everything_and_everything_acts() {
    let n = number_of_scenarios(300);
    let mut counts = Counts::new();
    let (mut rejected, mut guards, mut turning) = (0, 0, 0);
    for seed in 0..n {
        let Ok(opened) = scenario(seed, Size::USUAL).open() else {
            rejected += 1;
            continue;
        };
        let model = &opened.model;
        let mut seen = Seen::default();
        note_model(&mut seen, &opened);
        let reference = Reference::new(model, seed);
        let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
        let mut acting = Acting::new(model);
        acting.seen = seen;
        for run in 0..RUNS {
            reference.simulate_observed(run, &mut scratch, &mut record, &mut acting);
            if record.history_misses > 0 {
                acting.seen.0.insert("acts: history misses".to_owned());
            }
            if record.pending_later > 0 {
                acting.seen.0.insert("acts: later pending at the end".to_owned());
            }
            for query in &record.queries {
                let word = if !query.given {
                    "given fails"
                } else if query.holds {
                    "holds"
                } else {
                    "fails"
                };
                acting.seen.0.insert(format!("acts: query {word}"));
            }
        }
        acting.finish();
        let (read, both) = acting.guards();
        guards += read;
        turning += both;
        for name in &acting.seen.0 {
            *counts.entry(name.clone()).or_default() += 1;
        }
    }
    let told: Vec<String> = counts.iter().map(|(name, count)| format!("{count:5} {name}")).collect();
    if std::env::var("FLASHPOINT_LAWS_TELL").is_ok() {
        for (name, size) in [("small", Size::SMALL), ("usual", Size::USUAL)] {
            let clock = std::time::Instant::now();
            let made: Vec<_> = (0..300).map(|seed| scenario(seed, size)).collect();
            let making = clock.elapsed() / 300;
            let clock = std::time::Instant::now();
            let checked = made.iter().filter(|generated| generated.open().is_ok()).count();
            println!(
                "{name}: {making:?} to make, {:?} to open and check; {checked} of 300 check",
                clock.elapsed() / 300
            );
        }
        println!(
            "{}\n{} constructs; {rejected} of {n} rejected; {turning} of {guards} guards turn",
            told.join("\n"),
            told.len()
        );
    }
    let missing: Vec<&str> =
        include_str!("constructs.txt").lines().filter(|name| counts.get(*name).copied().unwrap_or(0) < 2).collect();
    assert!(missing.is_empty(), "never made, or never acting: {missing:?}\n{}", told.join("\n"));
    assert!(rejected * 20 < n, "{rejected} of {n} do not check");
    assert!(turning * 2 > guards, "{turning} of {guards} guards are both true and false");
    let differently = counts["acts: runs end differently"];
    assert!(u64::from(differently) * 2 > n, "only {differently} of {n} end in several ways");
}

/// For other programs: `FLASHPOINT_LAWS_FOLDER=out FLASHPOINT_LAWS_FROM=0 cargo test --test tests writes_scenarios -- --ignored`.
#[test]
#[ignore = "writes files, for comparison with other programs"]
fn writes_scenarios() {
    let Ok(folder) = std::env::var("FLASHPOINT_LAWS_FOLDER") else { return };
    for seed in seeds("writes_scenarios", 100) {
        scenario(seed, Size::USUAL).write_into(&std::path::Path::new(&folder).join(seed.to_string()));
    }
}
