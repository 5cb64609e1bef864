//! `flashpoint compare`: variants of a scenario, run by run on the same draws.

use std::path::Path;

use serde_json::Value;

use crate::support::scenario::RACE;
use crate::support::{Finished, Flashpoint};

const TABLES: [&str; 8] = [
    "compare.csv",
    "compare_measures.csv",
    "compare_queries.csv",
    "competing.csv",
    "datapackage.json",
    "manifest.json",
    "transitions.csv",
    "variants.csv",
];

/// Compares the race with variants of it.
#[track_caller]
fn compare(arguments: &[&str]) -> Finished {
    Flashpoint::new().file("race.toml", RACE).args(["compare", "race.toml", "--runs", "1000"]).args(arguments).run()
}

/// A table as rows of cells by column.
fn rows(finished: &Finished, table: &str) -> Vec<Vec<(String, String)>> {
    let text = finished.read(format!("out/race-compare/{table}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let records = reader.records().map(|record| record.expect("a row"));
    records.map(|record| header.iter().cloned().zip(record.iter().map(str::to_owned)).collect()).collect()
}

fn cell<'a>(row: &'a [(String, String)], column: &str) -> &'a str {
    let found = row.iter().find(|(name, _)| name == column);
    &found.unwrap_or_else(|| panic!("no column {column}")).1
}

fn number(row: &[(String, String)], column: &str) -> f64 {
    cell(row, column).parse().unwrap_or_else(|_| panic!("`{}` of {column} is no number", cell(row, column)))
}

/// Holds a text against a golden one.
#[track_caller]
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/compare").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(&path, text).expect("it can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name}: write it again with UPDATE_GOLDEN=1");
}

/// What is printed without the line that tells of time.
fn lasting(text: &str) -> String {
    text.lines().filter(|line| !line.starts_with("Tables: ")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn variants_become_a_folder_of_tables() {
    let finished = compare(&["--variant", "calm", "--variant", "push harder: push=0.08"]).success();
    let mut expected: Vec<String> = TABLES.iter().map(|name| format!("out/race-compare/{name}")).collect();
    expected.push("race.toml".to_owned());
    assert_eq!(finished.files(), expected);
    assert_eq!(finished.stderr, "");
    golden("report.txt", &lasting(&finished.stdout));
    for table in TABLES.into_iter().filter(|name| name.ends_with(".csv")) {
        golden(table, &finished.read(format!("out/race-compare/{table}")));
    }
    let manifest: Value = serde_json::from_str(&finished.read("out/race-compare/manifest.json")).expect("it is JSON");
    assert_eq!(manifest["variants"], serde_json::json!(["calm", "push harder: push=0.08"]));
    let package: Value = serde_json::from_str(&finished.read("out/race-compare/datapackage.json")).expect("it is JSON");
    let resources = package["resources"].as_array().expect("a list");
    assert_eq!(resources.len(), 6);
    for resource in resources {
        let text = finished.read(format!("out/race-compare/{}", resource["path"].as_str().expect("a path")));
        let header = text.lines().next().unwrap_or_default();
        let fields = resource["schema"]["fields"].as_array().expect("a list");
        let names: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(names.join(","), header);
    }
}

#[test]
fn each_side_is_what_run_makes_of_it() {
    let finished = compare(&["--variant", "without expel", "--variant", "push=0.1, pull=0.02"]).success();
    for (variant, change) in [
        ("without expel", vec!["--without", "expel"]),
        ("push=0.1, pull=0.02", vec!["--set", "push=0.1", "--set", "pull=0.02"]),
    ] {
        let run = Flashpoint::new().file("race.toml", RACE).args(["run", "race.toml", "--runs", "1000"]).args(change);
        let run = run.run().success();
        let outcomes = run.read("out/race/outcomes.csv");
        let expected: Vec<&str> =
            outcomes.lines().skip(1).map(|row| row.rsplit(',').nth(4 + 3).expect("a cell")).collect();
        let found = rows(&finished, "compare.csv");
        let found: Vec<&str> = found
            .iter()
            .filter(|row| cell(row, "variant") == variant)
            .map(|row| cell(row, "probability_variant"))
            .collect();
        assert_eq!(found, expected, "{variant}\n{outcomes}");
    }
}

#[test]
fn the_tables_agree_with_each_other() {
    let finished = compare(&["--variant", "calm", "--variant", "b: push=0.06"]).success();
    let (outcomes, transitions) = (rows(&finished, "compare.csv"), rows(&finished, "transitions.csv"));
    for row in &outcomes {
        let same = |other: &&Vec<(String, String)>| cell(other, "variant") == cell(row, "variant");
        let outcome = cell(row, "outcome");
        let sum = |column: &str, but: Option<&str>| -> f64 {
            let of = transitions.iter().filter(same).filter(|other| cell(other, column) == outcome);
            let other = if column == "outcome_base" { "outcome_variant" } else { "outcome_base" };
            of.filter(|row| but.is_none_or(|but| cell(row, other) != but)).map(|row| number(row, "runs")).sum()
        };
        assert_eq!(sum("outcome_base", None), number(row, "runs_base"));
        assert_eq!(sum("outcome_variant", None), number(row, "runs_variant"));
        assert_eq!(sum("outcome_variant", Some(outcome)), number(row, "runs_gained"));
        assert_eq!(sum("outcome_base", Some(outcome)), number(row, "runs_lost"));
        let (low, difference, high) = (number(row, "ci_low"), number(row, "difference"), number(row, "ci_high"));
        assert!(low <= difference && difference <= high);
        assert!(number(row, "p_holm") >= number(row, "p"));
        let gap = number(row, "probability_variant") - number(row, "probability_base");
        assert!((gap - difference).abs() < 1e-9);
    }
    let shares: f64 = transitions.iter().map(|row| number(row, "share")).sum();
    assert!((shares - 2.0).abs() < 1e-9);
    // Three outcomes, two of which can be switched off, of three scenarios.
    assert_eq!(rows(&finished, "competing.csv").len(), 2 * 2 * 3);
    let days = rows(&finished, "compare_measures.csv");
    assert_eq!(days.len(), 2 * (1 + 3 + 3));
    assert_eq!(rows(&finished, "compare_queries.csv").len(), 2);
}

#[test]
fn threads_leave_no_trace() {
    let arguments = ["--variant", "calm", "--variant", "without expel"];
    let tables = |threads: &str| -> Vec<String> {
        let finished = compare(&[&arguments[..], &["--threads", threads]].concat()).success();
        let names = TABLES.iter().filter(|name| **name != "manifest.json");
        names.map(|name| finished.read(format!("out/race-compare/{name}"))).collect()
    };
    let one = tables("1");
    for threads in ["2", "5"] {
        assert_eq!(one, tables(threads), "{threads} threads");
    }
}

#[test]
fn another_file_can_be_a_variant() {
    let other = RACE.replace("id = \"departure\"", "id = \"withdrawal\"");
    let what_if = "format = 1\ninclude = [\"race.toml\"]\n[parameters.push]\nvalue = 0.2\n";
    let flashpoint = Flashpoint::new().file("race.toml", RACE).file("other.toml", other).file("what_if.toml", what_if);
    let finished = flashpoint
        .args([
            "compare",
            "race.toml",
            "--runs",
            "500",
            "--variant",
            "other.toml",
            "--variant",
            "what if: what_if.toml",
        ])
        .run()
        .success();
    let outcomes = rows(&finished, "compare.csv");
    let ids: Vec<&str> = outcomes.iter().take(4).map(|row| cell(row, "outcome")).collect();
    assert_eq!(ids, ["expulsion", "departure", "standoff", "withdrawal"]);
    // The same runs under another name: what one loses the other gains.
    assert_eq!(number(&outcomes[1], "difference"), -number(&outcomes[3], "difference"));
    assert_eq!(number(&outcomes[0], "difference"), 0.0);
    let variants = rows(&finished, "variants.csv");
    assert_eq!(cell(&variants[2], "file"), "what_if.toml");
    assert_ne!(cell(&variants[0], "fingerprint"), cell(&variants[1], "fingerprint"));
}

#[test]
fn json_is_one_object_and_quiet_says_nothing() {
    let finished = compare(&["--variant", "calm", "--json"]).success();
    let result: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
    assert_eq!((&result["provenance"], &result["runs"]), (&Value::from("simulated"), &Value::from(1000)));
    let outcomes = result["variants"][0]["outcomes"].as_array().expect("a list");
    let sum: f64 = outcomes.iter().filter_map(|outcome| outcome["difference"].as_f64()).sum();
    assert!(outcomes.len() == 3 && sum.abs() < 1e-9);
    compare(&["--variant", "calm", "--quiet"]).success().silent();
}

#[test]
fn a_variant_that_changes_nothing_is_told() {
    let finished = compare(&["--variant", "push=0.04"]).success();
    golden("same.stderr", &finished.stderr);
    assert!(finished.stdout.contains("No run ends otherwise."), "{}", finished.stdout);
    for row in rows(&finished, "compare.csv") {
        assert_eq!(
            (cell(&row, "difference"), cell(&row, "p"), cell(&row, "runs_to_tell_apart")),
            ("0.000000000000", "1", "")
        );
    }
    compare(&["--variant", "push=0.04", "--quiet"]).success().silent();
}

#[test]
fn mistakes_are_told_before_the_first_run() {
    for (name, code, variants) in [
        ("unknown", 1, vec!["clam"]),
        ("unknown_value", 1, vec!["x: psh=0.1"]),
        ("unknown_rule", 1, vec!["without expell"]),
        ("unknown_outcome", 1, vec!["without outcomes.departur"]),
        ("horizons_outcome", 1, vec!["without outcomes.standoff"]),
        ("outside", 1, vec!["push=2"]),
        ("missing_file", 3, vec!["calm", "else.toml"]),
        ("step", 2, vec!["scenario.step=12 hours"]),
        ("horizon", 2, vec!["longer: scenario.horizon=90 days"]),
        ("twice", 2, vec!["calm", "calm: push=0.1"]),
        ("base", 2, vec!["base: push=0.1"]),
        ("empty", 2, vec!["calm,"]),
        ("file_and_more", 2, vec!["calm, else.toml"]),
        ("nothing", 2, vec![]),
    ] {
        let arguments: Vec<&str> = variants.iter().flat_map(|variant| ["--variant", variant]).collect();
        let finished = compare(&arguments).code(code);
        golden(&format!("{name}.stderr"), &finished.stderr);
        assert_eq!(finished.files(), ["race.toml"], "{name}");
    }
}

#[test]
fn more_runs_than_can_be_kept_are_refused() {
    let finished = Flashpoint::new().file("race.toml", RACE);
    let finished = finished.args(["compare", "race.toml", "--variant", "calm", "--runs", "1e10"]).run().code(2);
    finished.stderr_has("can be kept").stderr_has("make at most");
}

#[test]
#[cfg(unix)]
fn ctrl_c_keeps_as_many_runs_of_each() {
    let flashpoint = Flashpoint::new().file("race.toml", RACE);
    let arguments = ["compare", "race.toml", "--runs", "20_000_000", "--variant", "calm", "--variant", "push=0.1"];
    let (mut command, folder) = flashpoint.args(arguments).into_command();
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let child = command.spawn().expect("the program can be started");
    let started = std::time::Instant::now();
    while !folder.path().join("out").exists() {
        assert!(started.elapsed() < std::time::Duration::from_secs(60), "it does not start");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    std::thread::sleep(std::time::Duration::from_millis(300));
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("hold the first"), "{stderr}");
    let text = std::fs::read_to_string(folder.path().join("out/race-compare/variants.csv")).expect("it is there");
    let runs: Vec<&str> = text.lines().skip(1).filter_map(|row| row.rsplit(',').next()).collect();
    assert!(runs.len() == 3 && runs.iter().all(|n| *n == runs[0] && *n != "20000000"), "{text}");
}

/// The race with a rule that changes nothing.
fn decorated() -> String {
    let gossip = "[rules.gossip]\nactor = \"france\"\nrate = \"0.1 per day\"\n\n[variants.calm]";
    RACE.replace("[variants.calm]", gossip)
}

#[track_caller]
fn knock_out(arguments: &[&str]) -> Finished {
    let flashpoint = Flashpoint::new().file("race.toml", decorated());
    flashpoint.args(["compare", "race.toml", "--knock-out", "--runs", "1000"]).args(arguments).run()
}

#[test]
fn what_moves_nothing_is_named() {
    let finished = knock_out(&[]).success();
    assert_eq!(finished.stderr, "");
    golden("knock_out.txt", &lasting(&finished.stdout));
    golden("knock_out.csv", &finished.read("out/race-knock-out/knock_out.csv"));
    let names = ["datapackage.json", "knock_out.csv", "manifest.json"].map(|name| format!("out/race-knock-out/{name}"));
    assert_eq!(finished.files(), [&names[..], &["race.toml".to_owned()]].concat());
    let quiet = knock_out(&["--quiet", "--threads", "3"]).success().silent();
    assert_eq!(quiet.read("out/race-knock-out/knock_out.csv"), finished.read("out/race-knock-out/knock_out.csv"));
}

#[test]
fn a_knock_out_is_a_variant_without_the_rule() {
    let ranked: Value = serde_json::from_str(&knock_out(&["--json"]).success().stdout).expect("it is JSON");
    let ranked = ranked["knock_out"].as_array().expect("a list");
    assert_eq!(ranked.len(), 4);
    let variants: Vec<String> =
        ranked.iter().map(|row| format!("without {}", row["event"].as_str().unwrap_or_default())).collect();
    let arguments = variants.iter().flat_map(|variant| ["--variant", variant.as_str()]);
    let flashpoint =
        Flashpoint::new().file("race.toml", decorated()).args(["compare", "race.toml", "--runs", "1000", "--json"]);
    let finished = flashpoint.args(arguments).run().success();
    let compared: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
    for (row, variant) in ranked.iter().zip(compared["variants"].as_array().expect("a list")) {
        assert_eq!(row["runs_changed"], variant["runs_that_end_otherwise"], "{row}");
        let outcomes = variant["outcomes"].as_array().expect("a list");
        let difference = |outcome: &Value| outcome["difference"].as_f64().expect("a number");
        let distance: f64 = outcomes.iter().map(|outcome| 0.5 * difference(outcome).abs()).sum();
        assert!((distance - row["total_variation"].as_f64().expect("a number")).abs() < 1e-9);
        let (low, high) = (row["ci_low"].as_f64().expect("a number"), row["ci_high"].as_f64().expect("a number"));
        assert!(low <= distance + 1e-12 && distance <= high, "{row}");
        if let Some(most) = row["outcome"].as_str() {
            let found = outcomes.iter().find(|outcome| outcome["outcome"] == most).expect("it is there");
            assert_eq!(row["difference"], found["difference"]);
        }
    }
}

#[test]
fn knocking_out_and_variants_exclude_each_other() {
    let finished = knock_out(&["--variant", "calm"]).code(2);
    golden("knock_out_and_variant.stderr", &finished.stderr);
    let nothing = "format = 1\n[scenario]\nstep = \"1 day\"\nhorizon = \"2 days\"\n[[outcomes]]\nid = \"end\"\n";
    let finished =
        Flashpoint::new().file("a.toml", nothing).args(["compare", "a.toml", "--knock-out", "--quiet"]).run();
    golden("no_rules.stderr", &finished.code(2).stderr);
}
