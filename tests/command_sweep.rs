//! `flashpoint sweep` and files of experiments. Goldens: what is said of bad designs in `tests/golden/sweep/`; `UPDATE_GOLDEN=1` writes them again.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::scenario::RACE;
use crate::support::{Finished, Flashpoint};

/// The race with a lever of each type.
fn levers() -> String {
    RACE.replace(
        "[state.tension]",
        "[parameters.wait]\nvalue = \"10 days\"\nrange = [\"1 days\", \"30 days\"]\n\n[parameters.armed]\nvalue = true\n\n\
         [parameters.deadline]\nvalue = 2023-08-10\n\n[parameters.anger]\nvalue = \"0.1 per day\"\n\n[state.tension]",
    )
    .replace("tension > 0.9 and day > 10\"\nrate = \"0.1 per day\"", "armed and today > deadline + wait\"\nrate = \"anger\"")
}

fn start() -> Flashpoint {
    Flashpoint::new().file("race.toml", RACE).file("levers.toml", levers())
}

#[track_caller]
fn sweep(arguments: &[&str]) -> Finished {
    start().args(["sweep", "race.toml", "--runs", "300"]).args(arguments).run()
}

/// The files of results of a folder, with their content; the manifest tells the time and is left out.
fn results(finished: &Finished, folder: &str) -> Vec<(String, String)> {
    let names = finished.files().into_iter().filter(|name| name.starts_with(&format!("{folder}/")));
    let names = names.filter(|name| !name.ends_with("manifest.json"));
    names.map(|name| (name.rsplit('/').next().unwrap_or_default().to_owned(), finished.read(&name))).collect()
}

/// Rows of a CSV text by column.
fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
        })
        .collect()
}

#[test]
fn a_sweep_becomes_a_folder_of_tables() {
    let finished = sweep(&["--grid", "push=0.02,0.04", "--grid", "pull=0.01:0.03:3"]).success();
    let names: Vec<String> = results(&finished, "out/race-sweep").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["datapackage.json", "design.csv", "sweep.csv", "sweep_measures.csv", "sweep_queries.csv"]);
    let design = finished.read("out/race-sweep/design.csv");
    assert_eq!(
        design,
        "point,pull,push\n0,0.01,0.02\n1,0.02,0.02\n2,0.03,0.02\n3,0.01,0.04\n4,0.02,0.04\n5,0.03,0.04\n"
    );
    let sweep = rows(&finished.read("out/race-sweep/sweep.csv"));
    assert_eq!(sweep.len(), 6 * 3);
    for point in 0..6 {
        let of_point = sweep.iter().filter(|row| row["point"] == point.to_string());
        assert_eq!(of_point.map(|row| row["runs"].parse::<u64>().unwrap()).sum::<u64>(), 300);
    }
    let manifest: Value = serde_json::from_str(&finished.read("out/race-sweep/manifest.json")).expect("it is JSON");
    assert_eq!(manifest["experiment"]["points"], 6);
    assert_eq!(manifest["experiment"]["factors"], serde_json::json!(["push", "pull"]));
    assert!(finished.stderr.starts_with("6 points x 300 runs: about a second; "), "{}", finished.stderr);
    assert!(finished.stdout.contains("6 points x 300 runs, seed 1"), "{}", finished.stdout);
}

/// Every number of a point is that of `run --set`, to the last byte.
#[test]
fn a_point_is_what_set_says() {
    let flags = [
        ("push", "0.05", "0.05"),
        ("pull", "1/64", "0.015625"),
        ("wait", "2w", "14 days"),
        ("armed", "false", "false"),
        ("deadline", "2023-08-20", "2023-08-20"),
        ("anger", "0.3 per day", "0.3 per day"),
    ];
    let mut swept = start().args(["sweep", "levers.toml", "--runs", "400", "--seed", "9", "--out", "swept"]);
    for (name, value, _) in flags {
        swept = swept.args(["--grid", &format!("{name}={value}")]);
    }
    let swept = swept.run().success();
    let found = ["sweep", "sweep_queries"].map(|name| rows(&swept.read(format!("swept/{name}.csv"))));
    let mut alone = swept.then().args(["run", "levers.toml", "--runs", "400", "--seed", "9", "--out", "alone"]);
    for (name, _, value) in flags {
        alone = alone.args(["--set", &format!("{name}={value}")]);
    }
    let alone = alone.run().success();
    let expected = ["outcomes", "queries"].map(|name| rows(&alone.read(format!("alone/{name}.csv"))));
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            for column in ["outcome", "query", "runs", "probability", "ci_low", "ci_high", "mcse", "mean_day"] {
                if let (Some(found), Some(expected)) = (found.get(column), expected.get(column)) {
                    assert_eq!(found, expected, "{column}");
                }
            }
        }
    }
}

#[test]
fn threads_leave_no_trace() {
    let arguments = ["--lhs", "20", "--seed", "18446744073709551615"];
    let one = sweep(&[&arguments[..], &["--threads", "1"]].concat()).success();
    for threads in ["2", "5"] {
        let other = sweep(&[&arguments[..], &["--threads", threads]].concat()).success();
        assert_eq!(results(&one, "out/race-sweep"), results(&other, "out/race-sweep"), "{threads} threads");
    }
}

#[test]
fn a_point_does_not_see_its_neighbours() {
    let both = sweep(&["--grid", "push=0.02,0.07"]).success();
    let alone = sweep(&["--grid", "push=0.07"]).success();
    let numbers = |text: &str| -> Vec<String> {
        let of_point = |line: &&str| line.contains(",0.07,");
        text.lines().filter(of_point).map(|line| line.split_once(',').expect("columns").1.to_owned()).collect()
    };
    for name in ["sweep", "sweep_measures", "sweep_queries"] {
        let path = format!("out/race-sweep/{name}.csv");
        assert_eq!(numbers(&both.read(&path)), numbers(&alone.read(&path)), "{name}");
        assert!(!numbers(&both.read(&path)).is_empty());
    }
}

/// `--points design.csv` plays the points of another sweep again.
#[test]
fn a_design_can_be_played_again() {
    for design in [
        &["--lhs", "12"][..],
        &["--sobol", "8", "--over", "wait,armed,pull"],
        &["--grid", "deadline=2023-08-01,2023-08-15T12:00", "--grid", "anger=0 per day,2 per 30 days"],
    ] {
        let first =
            start().args(["sweep", "levers.toml", "--runs", "50", "--out", "first"]).args(design).run().success();
        let tables = results(&first, "first");
        let again = first.then().args([
            "sweep",
            "levers.toml",
            "--runs",
            "50",
            "--out",
            "again",
            "--points",
            "first/design.csv",
        ]);
        let again = again.run().success();
        assert!(!again.stderr.contains("passed over"), "{}", again.stderr);
        assert_eq!(results(&again, "again"), tables, "{design:?}");
    }
}

/// Every stratum of a Latin hypercube is hit once, of a scrambled Sobol sequence of a power of 2 too; another seed is another design.
#[test]
fn sampled_designs_are_spread_out() {
    for kind in ["--lhs", "--sobol"] {
        let designs = ["1", "2"].map(|seed| {
            let finished = start()
                .args([
                    "sweep",
                    "levers.toml",
                    "--runs",
                    "1",
                    "--seed",
                    seed,
                    "--over",
                    "wait,push,armed",
                    kind,
                    "64",
                    "--quiet",
                ])
                .run()
                .success()
                .silent();
            finished.read("out/levers-sweep/design.csv")
        });
        assert_ne!(designs[0], designs[1]);
        let points = rows(&designs[0]);
        for (name, low, high) in [("push", 0.0, 1.0), ("wait", 1.0, 30.0)] {
            let stratum = |row: &std::collections::BTreeMap<String, String>| {
                ((row[name].parse::<f64>().unwrap() - low) / (high - low) * 64.0) as usize
            };
            let mut strata: Vec<usize> = points.iter().map(stratum).collect();
            strata.sort_unstable();
            assert!(strata.into_iter().eq(0..64), "{kind} {name}");
        }
        assert_eq!(points.iter().filter(|row| row["armed"] == "true").count(), 32);
    }
}

/// An uncertainty goes through its prior's quantile function; all are taken, and all levers with a range.
#[test]
fn priors_are_sampled_by_their_quantiles() {
    let finished = start().args(["sweep", "levers.toml", "--runs", "1", "--lhs", "100"]).run().success();
    let design = finished.read("out/levers-sweep/design.csv");
    assert_eq!(design.lines().next(), Some("point,pull,push,wait"));
    let mut pulls: Vec<f64> = rows(&design).iter().map(|row| row["pull"].parse().unwrap()).collect();
    pulls.sort_by(f64::total_cmp);
    for (stratum, pull) in pulls.into_iter().enumerate() {
        let low = 0.01 + 0.02 * stratum as f64 / 100.0;
        assert!((low..=low + 0.0002).contains(&pull), "{stratum}: {pull}");
    }
}

const EXPERIMENT: &str = r#"format = 1

[experiment]
kind = "sweep"
scenario = "../levers.toml"
set = ["anger=0.2 per day"]
runs = 40
seed = 7
out = "study-of-waiting"

[design]
grid.wait = "1 day:29 days:3"
grid.armed = [true, false]
grid.push = 0.1
"#;

#[test]
fn a_study_is_a_file() {
    let by_file =
        start().file("studies/waiting.toml", EXPERIMENT).args(["run", "studies/waiting.toml"]).run().success();
    let tables = results(&by_file, "study-of-waiting");
    let design = by_file.read("study-of-waiting/design.csv");
    assert_eq!(design.lines().nth(1), Some("0,true,0.1,1"));
    let by_flags = by_file.then().args([
        "sweep",
        "levers.toml",
        "--set",
        "anger=0.2 per day",
        "--runs",
        "40",
        "--seed",
        "7",
        "--out",
        "by-flags",
        "--grid",
        "armed=true,false",
        "--grid",
        "push=0.1",
        "--grid",
        "wait=1d:29d:3",
    ]);
    let by_flags = by_flags.run().success();
    assert_eq!(results(&by_flags, "by-flags"), tables);
    // Flags beside the file win; `sweep` takes the file too.
    let fewer =
        by_flags.then().args(["sweep", "studies/waiting.toml", "--runs", "10", "--out", "fewer"]).run().success();
    let manifest: Value = serde_json::from_str(&fewer.read("fewer/manifest.json")).expect("it is JSON");
    assert_eq!((&manifest["runs_done"], &manifest["seed"]), (&Value::from(10), &Value::from("7")));
    let fewer = fewer.then().args([
        "run",
        "studies/waiting.toml",
        "--runs",
        "10000",
        "--seed",
        "1",
        "--out",
        "many",
        "--quiet",
    ]);
    let many = fewer.run().success().silent();
    let manifest: Value = serde_json::from_str(&many.read("many/manifest.json")).expect("it is JSON");
    assert_eq!((&manifest["runs_done"], &manifest["seed"]), (&Value::from(10000), &Value::from("1")));
}

#[test]
fn json_tells_where_outcomes_are_least_and_most_probable() {
    let finished = sweep(&["--grid", "push=0,0.01,1", "--json"]).success();
    let told: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
    assert_eq!((&told["provenance"], &told["points"]), (&Value::from("simulated"), &Value::from(3)));
    let expulsion = &told["outcomes"][0];
    assert_eq!((&expulsion["least"]["point"], &expulsion["most"]["point"]), (&Value::from(0), &Value::from(2)));
    assert_eq!(expulsion["least"]["probability"], 0.0);
}

/// Prior arguments that are drawn: the value is another in each run, and its cell is empty.
#[test]
fn a_value_that_differs_between_runs_is_an_empty_cell() {
    let scenario = RACE.replace("{ low = 0.01, high = 0.03 }", "{ low = 0.01, high = \"0.03 + base\" }");
    let scenario = scenario.replace(
        "[parameters.pull]",
        "[parameters.base]\nprior = { uniform = { low = 0, high = 0.1 } }\n\n[parameters.pull]",
    );
    let finished = Flashpoint::new().file("a.toml", scenario).args(["sweep", "a.toml", "--runs", "20", "--lhs", "4"]);
    let finished = finished.args(["--over", "pull", "--out", "a"]).run().success();
    assert_eq!(finished.read("a/design.csv"), "point,pull\n0,\n1,\n2,\n3,\n");
    let both =
        finished.then().args(["sweep", "a.toml", "--runs", "20", "--lhs", "4", "--over", "pull,base", "--out", "b"]);
    assert!(rows(&both.run().success().read("b/design.csv")).iter().all(|row| !row["pull"].is_empty()));
}

/// Parameters drawn from one file are one column of the design: its rows move together.
#[test]
fn a_file_of_parameters_moves_together() {
    let scenario = RACE
        .replace(
            "prior = { uniform = { low = 0.01, high = 0.03 } }",
            "prior = { empirical = { file = \"past.csv\", column = \"pull\" } }",
        )
        .replace("value = 0.04", "prior = { empirical = { file = \"past.csv\", column = \"push\" } }");
    let past = "push,pull\n0.1,0.01\n0.2,0.02\n0.3,0.03\n0.4,0.04\n";
    let finished = Flashpoint::new().file("a.toml", scenario).file("past.csv", past);
    let finished = finished.args(["sweep", "a.toml", "--runs", "20", "--lhs", "8", "--out", "a"]).run().success();
    let points = rows(&finished.read("a/design.csv"));
    assert_eq!(points.len(), 8);
    for push in ["0.1", "0.2", "0.3", "0.4"] {
        let of_row: Vec<&str> =
            points.iter().filter(|row| row["push"] == push).map(|row| row["pull"].as_str()).collect();
        assert_eq!(of_row, [push.replace("0.", "0.0"), push.replace("0.", "0.0")]);
    }
    let manifest: Value = serde_json::from_str(&finished.read("a/manifest.json")).expect("it is JSON");
    assert_eq!(manifest["experiment"]["factors"], serde_json::json!(["files.past.csv"]));
}

#[test]
fn results_are_replaced_only_if_forced() {
    let first = sweep(&["--grid", "push=0.1"]).success();
    let second = first.then().args(["sweep", "race.toml", "--grid", "push=0.1,0.2", "--runs", "5"]).run().code(2);
    let third = second.stderr_has("--force").then();
    let third = third.args(["sweep", "race.toml", "--grid", "push=0.1,0.2", "--runs", "5", "--force"]).run().success();
    assert_eq!(third.read("out/race-sweep/design.csv").lines().count(), 3);
}

/// Ctrl-C keeps whole blocks: every point has the same runs.
#[test]
#[cfg(unix)]
fn ctrl_c_leaves_a_balanced_design() {
    use std::time::{Duration, Instant};
    let flashpoint = start().args(["sweep", "race.toml", "--runs", "1_000_000_000", "--grid", "push=0:1:100"]);
    let (mut command, folder) = flashpoint.into_command();
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let child = command.spawn().expect("the program can be started");
    let started = Instant::now();
    while !folder.path().join("out").exists() {
        assert!(started.elapsed() < Duration::from_secs(60), "it does not start");
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_secs(2));
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal can be sent");
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("interrupted"), "{stderr}");
    let read = |name: &str| std::fs::read_to_string(folder.path().join("out/race-sweep").join(name));
    let Ok(manifest) = read("manifest.json") else {
        assert!(stderr.contains("nothing was written"), "{stderr}");
        return;
    };
    let manifest: Value = serde_json::from_str(&manifest).expect("it is JSON");
    assert_eq!(manifest["interrupted"], true);
    let runs = manifest["runs_done"].as_u64().expect("a number");
    let table = rows(&read("sweep.csv").expect("it is there"));
    for point in 0..100 {
        let of_point = table.iter().filter(|row| row["point"] == point.to_string());
        assert_eq!(of_point.map(|row| row["runs"].parse::<u64>().unwrap()).sum::<u64>(), runs);
    }
}

/// What is wrong, what else is in the folder, and the arguments.
type Bad<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

const POINTS: &str = "points.csv";
const STUDY: &str = "study.toml";

const BAD: &[Bad<'_>] = &[
    ("no-design", &[], &["sweep", "levers.toml"]),
    ("two-designs", &[], &["sweep", "levers.toml", "--lhs", "10", "--sobol", "8"]),
    ("grid-and-sample", &[], &["sweep", "levers.toml", "--grid", "push=0.1", "--lhs", "10"]),
    ("grid-with-over", &[], &["sweep", "levers.toml", "--grid", "push=0.1", "--over", "push"]),
    ("unknown-parameter", &[], &["sweep", "levers.toml", "--grid", "pusch=0.1,0.2"]),
    ("unknown-without-suggestion", &[], &["sweep", "levers.toml", "--lhs", "8", "--over", "ecowas"]),
    ("outside-range", &[], &["sweep", "levers.toml", "--grid", "wait=1d:45d:5", "--grid", "push=0.5,1.5"]),
    ("empty-grid", &[], &["sweep", "levers.toml", "--grid", "push=", "--grid", "wait=1d:3d:0"]),
    ("no-values", &[], &["sweep", "levers.toml", "--grid", "push"]),
    ("half-a-range", &[], &["sweep", "levers.toml", "--grid", "wait=1d:30d"]),
    ("number-of-values", &[], &["sweep", "levers.toml", "--grid", "wait=1d:30d:many"]),
    ("one-value", &[], &["sweep", "levers.toml", "--grid", "wait=3d:3d:5"]),
    ("missing-unit", &[], &["sweep", "levers.toml", "--grid", "wait=1:30:5", "--grid", "anger=0.1"]),
    ("wrong-type", &[], &["sweep", "levers.toml", "--grid", "armed=1,0", "--grid", "deadline=3 days"]),
    ("not-a-literal", &[], &["sweep", "levers.toml", "--grid", "push=pull * 2", "--grid", "wait=soon"]),
    ("named-twice", &[], &["sweep", "levers.toml", "--grid", "push=0.1", "--grid", "push=0.2"]),
    ("value-twice", &[], &["sweep", "race.toml", "--grid", "push=0.1,0.10", "--runs", "5", "--json"]),
    (
        "a-thousand-million-points",
        &[],
        &["sweep", "levers.toml", "--grid", "push=0:1:1000", "--grid", "wait=1d:30d:1_000_000"],
    ),
    ("a-thousand-million-values", &[], &["sweep", "levers.toml", "--grid", "push=0:1:1000000000"]),
    ("a-thousand-million-samples", &[], &["sweep", "levers.toml", "--lhs", "1e9"]),
    ("no-range", &[], &["sweep", "levers.toml", "--lhs", "10", "--over", "anger,push"]),
    ("missing-table", &[], &["sweep", "levers.toml", "--points", "none.csv"]),
    ("empty-table", &[(POINTS, "push,wait\n")], &["sweep", "levers.toml", "--points", POINTS]),
    (
        "bad-cells",
        &[(POINTS, "push,wait\n0.1,3\nNaN,4\n0.2,\n0.3,40\nNA,5\n")],
        &["sweep", "levers.toml", "--points", POINTS],
    ),
    ("ragged-rows", &[(POINTS, "push,wait\n0.1\n0.2,5,6\n")], &["sweep", "levers.toml", "--points", POINTS]),
    (
        "missing-columns",
        &[(POINTS, "push,wayt\n0.1,3\n")],
        &["sweep", "levers.toml", "--points", POINTS, "--over", "push,wait"],
    ),
    ("no-column", &[(POINTS, "a,pusch\n0.1,3\n")], &["sweep", "levers.toml", "--points", POINTS]),
    (
        "extra-columns",
        &[(POINTS, "push,note\n0.1,3\n")],
        &["sweep", "race.toml", "--points", POINTS, "--runs", "5", "--json"],
    ),
    (
        "duplicated-rows",
        &[(POINTS, "push,pull\n0.1,0.02\n0.2,0.02\n0.1,0.02\n0.1,0.02\n")],
        &["sweep", "race.toml", "--points", POINTS, "--runs", "5", "--json"],
    ),
    (
        "study-two-designs",
        &[(
            STUDY,
            "format = 1\n[experiment]\nkind = \"sweep\"\nscenario = \"race.toml\"\n[design]\nlhs = 5\nsobol = 8\n",
        )],
        &["run", STUDY],
    ),
    (
        "study-keys",
        &[(STUDY, "format = 1\n[experiment]\nkind = \"swep\"\nscenario = \"race.toml\"\nrun = 5\n[design]\nlhs = 0\n")],
        &["run", STUDY],
    ),
    ("study-missing", &[(STUDY, "[experiment]\n[design]\n")], &["run", STUDY]),
    (
        "study-unknown-parameter",
        &[(
            STUDY,
            "format = 1\n[experiment]\nkind = \"sweep\"\nscenario = \"race.toml\"\n[design]\ngrid.pusch = [0.1, 0.2]\ngrid.push = [0.5, 7]\n",
        )],
        &["run", STUDY],
    ),
    (
        "study-with-set",
        &[(STUDY, "format = 1\n[experiment]\nkind = \"sweep\"\nscenario = \"race.toml\"\n[design]\nlhs = 3\n")],
        &["run", STUDY, "--set", "push=1"],
    ),
    (
        "study-with-precision",
        &[(STUDY, "format = 1\n[experiment]\nkind = \"sweep\"\nscenario = \"race.toml\"\n[design]\nlhs = 3\n")],
        &["run", STUDY, "--precision", "0.01"],
    ),
    (
        "study-of-no-scenario",
        &[(STUDY, "format = 1\n[experiment]\nkind = \"sweep\"\nscenario = \"nowhere.toml\"\n[design]\nlhs = 3\n")],
        &["run", STUDY],
    ),
];

#[test]
fn bad_designs_are_told_as_expected() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sweep");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut failures = Vec::new();
    for (name, files, arguments) in BAD {
        let start = files.iter().fold(start(), |start, (path, text)| start.file(path, text));
        let finished = start.args(*arguments).run();
        // The time that it takes is not the same everywhere.
        let lines = finished.stderr.lines().filter(|line| !line.contains(" runs: about "));
        let said: String = lines.map(|line| format!("{line}\n")).collect();
        let said = format!("exit {}\n{said}", finished.code.unwrap_or(-1));
        assert!(said.lines().count() > 1, "{name} is not told");
        let path = folder.join(format!("{name}.txt"));
        if update {
            std::fs::write(&path, &said).expect("a golden file can be written");
        } else if std::fs::read_to_string(&path).unwrap_or_default() != said {
            failures.push(format!("{name} is told otherwise:\n{said}"));
        }
    }
    assert!(failures.is_empty(), "{}\n(UPDATE_GOLDEN=1 rewrites the files)", failures.join("\n"));
}
