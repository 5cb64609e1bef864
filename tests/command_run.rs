//! `flashpoint run`: from a scenario to a folder of tables.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::scenario::RACE;
use crate::support::{Finished, Flashpoint};

const TABLES: [&str; 8] = [
    "datapackage.json",
    "diagnostics.csv",
    "events.csv",
    "incidence.csv",
    "manifest.json",
    "measures.csv",
    "outcomes.csv",
    "queries.csv",
];

/// Runs the race with arguments.
#[track_caller]
fn run(arguments: &[&str]) -> Finished {
    Flashpoint::new().file("race.toml", RACE).args(["run", "race.toml", "--runs", "2000"]).args(arguments).run()
}

/// The files of results of a folder, with their content; the manifest tells the time and is left out.
fn results(finished: &Finished, folder: &str) -> Vec<(String, String)> {
    let names = finished.files().into_iter().filter(|name| name.starts_with(&format!("{folder}/")));
    let names = names.filter(|name| !name.ends_with("manifest.json"));
    names.map(|name| (name.clone(), finished.read(&name))).collect()
}

#[test]
fn a_scenario_becomes_a_folder_of_tables() {
    let finished = run(&[]).success();
    let mut expected: Vec<String> = TABLES.iter().map(|name| format!("out/race/{name}")).collect();
    expected.push("race.toml".to_owned());
    assert_eq!(finished.files(), expected);
    for part in ["France is told to leave", "departure", "standoff", "soon", "out/race", "simulated"] {
        assert!(finished.stdout.contains(part), "no `{part}`:\n{}", finished.stdout);
    }
    assert_eq!(finished.stderr, "");
    let outcomes = finished.read("out/race/outcomes.csv");
    assert!(outcomes.starts_with("outcome,label,runs,probability,"), "{outcomes}");
    assert_eq!(outcomes.lines().count(), 4);
    let manifest: Value = serde_json::from_str(&finished.read("out/race/manifest.json")).expect("it is JSON");
    assert_eq!((&manifest["seed"], &manifest["runs_done"]), (&Value::from("1"), &Value::from(2000)));
}

#[test]
fn the_folder_is_called_after_the_scenario() {
    let finished = Flashpoint::new()
        .file("niger/scenario.toml", RACE)
        .args(["run", "niger/scenario.toml", "--runs", "10"])
        .run()
        .success();
    assert!(finished.path("out/niger/outcomes.csv").is_file());
}

#[test]
fn threads_leave_no_trace() {
    let one = run(&["--threads", "1", "--runs-csv"]).success();
    for threads in ["2", "3", "7"] {
        let other = run(&["--threads", threads, "--runs-csv"]).success();
        assert_eq!(results(&one, "out/race"), results(&other, "out/race"), "{threads} threads");
    }
    let lines = one.read("out/race/runs.csv").lines().count();
    assert_eq!(lines, 2001);
}

#[test]
fn another_seed_is_another_result() {
    let (one, other) = (run(&[]).success(), run(&["--seed", "18446744073709551615"]).success());
    assert_ne!(one.read("out/race/outcomes.csv"), other.read("out/race/outcomes.csv"));
    let manifest: Value = serde_json::from_str(&other.read("out/race/manifest.json")).expect("it is JSON");
    assert_eq!(manifest["seed"], "18446744073709551615");
}

#[test]
fn results_are_replaced_only_if_forced() {
    let first = run(&["--runs-csv"]).success();
    let before = first.read("out/race/outcomes.csv");
    let second = first.then().args(["run", "race.toml", "--runs", "10"]).run().code(2).stderr_has("--force");
    assert_eq!(second.read("out/race/outcomes.csv"), before);
    let third = second.then().args(["run", "race.toml", "--runs", "10", "--force"]).run().success();
    assert_ne!(third.read("out/race/outcomes.csv"), before);
    assert!(!third.path("out/race/runs.csv").exists(), "a table of the old result was left behind");
}

#[test]
fn a_folder_with_anything_else_is_refused() {
    let finished = Flashpoint::new()
        .file("race.toml", RACE)
        .file("here/notes.txt", "mine")
        .args(["run", "race.toml", "--runs", "10", "--force", "--out", "here"])
        .run()
        .code(2)
        .stderr_has("notes.txt")
        .stderr_has("--out");
    assert_eq!(finished.files(), ["here/notes.txt", "race.toml"]);
}

#[test]
fn a_folder_that_cannot_be_written_is_found_before_the_first_run() {
    let flashpoint = Flashpoint::new().file("race.toml", RACE).file("taken", "a file");
    let started = Instant::now();
    let finished = flashpoint.args(["run", "race.toml", "--runs", "1_000_000_000", "--out", "taken"]).run().code(3);
    assert!(started.elapsed() < Duration::from_secs(20));
    let finished = finished.stderr_has("`taken` is a file");
    finished.then().args(["run", "race.toml", "--out", "taken/below"]).run().code(3);
}

#[test]
fn quiet_says_nothing() {
    run(&["--quiet"]).success().silent();
    Flashpoint::new().args(["run", "missing.toml", "--quiet"]).run().code(3).stderr_has("missing.toml");
}

#[test]
fn json_is_one_object() {
    let finished = run(&["--json"]).success();
    let result: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
    assert_eq!((result["runs"].as_u64(), result["seed"].as_str()), (Some(2000), Some("1")));
    let outcomes = result["outcomes"].as_array().expect("a list");
    assert_eq!(outcomes.len(), 3);
    let sum: f64 = outcomes.iter().filter_map(|outcome| outcome["probability"].as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert_eq!(result["queries"][0]["query"], "soon");
    assert_eq!(result["out"], "out/race");
}

#[test]
fn plain_has_words_and_spaces_alone() {
    let finished = run(&["--plain"]).success();
    assert!(finished.stdout.is_ascii(), "{}", finished.stdout);
}

#[test]
fn expectations_are_held_against_the_interval() {
    let narrow = RACE.replace("expect = [0, 1]", "expect = [0.9, 1]");
    let flashpoint = Flashpoint::new().file("race.toml", &narrow).args(["run", "race.toml", "--runs", "1000"]);
    let finished = flashpoint.run().success();
    let finished = finished.then().args(["run", "race.toml", "--runs", "1000", "--expect", "--out", "o"]).run().code(1);
    assert!(finished.path("o/outcomes.csv").is_file());
    finished.stderr_has("`soon`").stderr_has("0.9 - 1");
    run(&["--expect"]).success();
}

#[test]
fn precision_goes_on_until_it_is_reached() {
    let flashpoint = Flashpoint::new().file("race.toml", RACE);
    let flashpoint = flashpoint.args(["run", "race.toml", "--runs", "100", "--precision", "0.03"]);
    let finished = flashpoint.run().success().stderr_has("about").stderr_has("going on to");
    let manifest: Value = serde_json::from_str(&finished.read("out/race/manifest.json")).expect("it is JSON");
    let runs = manifest["runs_done"].as_u64().expect("a number");
    assert!((2000..10_000).contains(&runs), "{runs}");
    let outcomes = finished.read("out/race/outcomes.csv");
    for row in outcomes.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |index: usize| cells[index].parse::<f64>().expect("a number");
        assert!(number(5) - number(4) <= 0.03, "{row}");
    }
}

#[test]
fn what_is_laid_over_changes_the_result() {
    let base = run(&[]).success().read("out/race/outcomes.csv");
    for change in [["--set", "parameters.push.value=0.2"], ["--variant", "calm"], ["--without", "expel"]] {
        assert_ne!(run(&change).success().read("out/race/outcomes.csv"), base, "{change:?}");
    }
}

#[test]
fn a_rule_that_never_fired_is_told_with_what_blocked_it() {
    let finished = run(&[]).success().stdout_has("`attack` never fired").stdout_has("tension > 0.9");
    assert!(finished.read("out/race/diagnostics.csv").contains("attack"));
}

#[test]
fn a_bad_scenario_is_not_run() {
    let bad = RACE.replace("target = \"france\"", "target = \"farnce\"");
    let finished = Flashpoint::new().file("a.toml", bad).args(["run", "a.toml"]).run().code(1).stderr_has("F0112");
    assert_eq!((finished.files(), finished.stdout.as_str()), (vec!["a.toml".to_owned()], ""));
    let library = "format = 1\n[actors.junta]\n";
    Flashpoint::new().file("a.toml", library).args(["run", "a.toml"]).run().code(1).stderr_has("F0014");
}

#[test]
fn a_closed_pipe_loses_no_table() {
    let (mut command, folder) =
        Flashpoint::new().file("race.toml", RACE).args(["run", "race.toml", "--runs", "100"]).into_command();
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    assert!(folder.path().join("out/race/outcomes.csv").is_file());
}

/// Sends a signal to a child.
#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
}

/// Starts a run that would take very long, and waits until it is under way.
#[cfg(unix)]
fn long_run(arguments: &[&str]) -> (std::process::Child, tempfile::TempDir) {
    let flashpoint = Flashpoint::new().file("race.toml", RACE).args(["run", "race.toml", "--runs", "10_000_000_000"]);
    let (mut command, folder) = flashpoint.args(arguments).into_command();
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let child = command.spawn().expect("the program can be started");
    let started = Instant::now();
    while !folder.path().join("out").exists() {
        assert!(started.elapsed() < Duration::from_secs(60), "it does not start");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(500));
    (child, folder)
}

#[test]
#[cfg(unix)]
fn ctrl_c_leaves_the_tables_of_the_first_runs() {
    let (child, folder) = long_run(&["--runs-csv"]);
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("interrupted"), "{stderr}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join("out/race").join(name)).expect("it is there");
    let manifest: Value = serde_json::from_str(&read("manifest.json")).expect("it is JSON");
    assert_eq!(manifest["interrupted"], true);
    let runs = manifest["runs_done"].as_u64().expect("a number");
    assert!(runs > 0 && runs < 10_000_000_000);
    let rows = read("runs.csv");
    assert_eq!(rows.lines().count() as u64, runs + 1);
    assert!(rows.lines().nth(1).is_some_and(|row| row.starts_with("0,")));
    assert!(rows.lines().last().is_some_and(|row| row.starts_with(&format!("{},", runs - 1))));
}

#[test]
#[cfg(unix)]
fn a_second_ctrl_c_leaves_nothing_half_written() {
    let (child, folder) = long_run(&["--runs-csv"]);
    interrupt(&child);
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    // Either the second came in time, or the tables were complete before it: never anything between.
    let names: Vec<String> = std::fs::read_dir(folder.path().join("out"))
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    assert!(names.is_empty() || names == ["race"], "{names:?}");
    if !names.is_empty() {
        assert!(folder.path().join("out/race/manifest.json").is_file());
    }
}
