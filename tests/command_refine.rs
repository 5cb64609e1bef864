//! `flashpoint refine`: what the length of the step does.

use std::path::Path;

use serde_json::Value;

use crate::support::scenario::RACE;
use crate::support::{Finished, Flashpoint};

/// A sum that grows by itself, 100 % a day; a hazard, which no step changes; a chance, which is meant once a day.
const GROWTH: &str = r#"format = 1

[scenario]
title = "Growth"
step = "1 day"
horizon = "10 days"

[actors.bank]

[parameters.speed]
prior = { uniform = { low = 0.05, high = 0.15 } }

[state.capital]
range = [0, 100000]
start = 1

[state.small]
range = [0, 100]
start = 1

[flows.interest]
effects = ["capital += capital per day", "small += 0.1 * small per day"]

[rules.theft]
actor = "bank"
rate = "speed per day"
limit = 1

[rules.visit]
actor = "bank"
chance = 0.05
limit = 1

[measures]
capital = "capital"
small = "small"

[queries.rich]
when = "small >= 2.6"

[[outcomes]]
id = "visited"
when = "fired(visit)"

[[outcomes]]
id = "stolen"
when = "fired(theft)"

[[outcomes]]
id = "end"
"#;

#[track_caller]
fn refine(scenario: &str, arguments: &[&str]) -> Finished {
    let flashpoint = Flashpoint::new().file("growth.toml", scenario);
    let usual: &[&str] = if arguments.contains(&"--runs") { &[] } else { &["--runs", "2000"] };
    flashpoint.args(["refine", "growth.toml"]).args(usual).args(arguments).run()
}

/// Holds a text against a golden one.
#[track_caller]
fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/refine").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(&path, text).expect("it can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, expected, "{name}: write it again with UPDATE_GOLDEN=1");
}

/// A change with both ends of its interval.
type Change = Option<(f64, f64, f64)>;

/// The values at all steps of something, and their changes.
fn values(json: &Value, kind: &str, name: &str) -> Vec<(f64, Change)> {
    let rows = json["refine"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["kind"] == kind && row["name"] == name).expect("it is there");
    let number = |value: &Value| value.as_f64();
    let values = row["values"].as_array().expect("a list").iter();
    values
        .map(|at| {
            let change = number(&at["change"]).zip(number(&at["ci_low"])).zip(number(&at["ci_high"]));
            (number(&at["value"]).expect("a number"), change.map(|((change, low), high)| (change, low, high)))
        })
        .collect()
}

#[test]
fn a_flow_is_extrapolated_to_its_differential_equation() {
    // Euler's method for x' = x over a day: 2, 2.25, 2.4414..; Richardson makes 2.6328 of the last two, the solution is e.
    let one_day = GROWTH.replace("horizon = \"10 days\"", "horizon = \"1 day\"");
    let calm = one_day.replace("rate = \"speed per day\"", "enabled = false\nrate = \"speed per day\"");
    let calm = calm.replace("chance = 0.05", "enabled = false\nchance = 0.05");
    let finished = refine(&calm, &["--runs", "20", "--json", "--quiet"]).success();
    let json: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
    let capital: Vec<f64> = values(&json, "measure", "capital").into_iter().map(|(value, _)| value).collect();
    for (found, expected) in capital.iter().zip([2.0, 2.25, 2.44140625, 2.6328125]) {
        assert!((found - expected).abs() < 1e-9, "{capital:?}");
    }
    let (_, change) = values(&json, "measure", "capital")[3];
    assert_eq!(change, Some((0.6328125, 0.6328125, 0.6328125)));
}

#[test]
fn what_happens_at_each_step_keeps_its_meaning() {
    let finished = refine(GROWTH, &[]).success();
    assert_eq!(finished.stderr, "");
    let lasting: String =
        finished.stdout.lines().filter(|line| !line.starts_with("Table: ")).map(|line| format!("{line}\n")).collect();
    golden("report.txt", &lasting);
    golden("refine.csv", &finished.read("out/growth-refine/refine.csv"));
    assert!(finished.stdout.contains("`rules.visit`"), "{}", finished.stdout);
    // A chance of 5 % a day in ten days, with a thief about whose speed is not known, is what it was: no outcome changes.
    let json = refine(GROWTH, &["--json"]).success();
    let json: Value = serde_json::from_str(&json.stdout).expect("it is JSON");
    for outcome in ["visited", "stolen", "end"] {
        for (value, change) in values(&json, "outcome", outcome).into_iter().skip(1) {
            let (change, low, high) = change.expect("there is a change");
            assert!(low <= change && change <= high && change.abs() < 0.06, "{outcome} {value} {change}");
        }
    }
    // 1.1 ^ 10 = 2.594 falls short of 2.6, exp(1) = 2.718 does not: what is seen in a run is a matter of the step.
    let rich = values(&json, "query", "rich");
    assert!(rich[0].0 == 0.0 && rich[3].0 > 0.1 && rich[3].1.is_some_and(|(_, low, _)| low > 0.1), "{rich:?}");
    assert!(json["verdict"].to_string().contains("`rich`"), "{}", json["verdict"]);
}

#[test]
fn threads_leave_no_trace_and_levels_can_be_chosen() {
    let table = |arguments: &[&str]| refine(GROWTH, arguments).success().read("out/growth-refine/refine.csv");
    assert_eq!(table(&["--threads", "1", "--runs", "200"]), table(&["--threads", "3", "--runs", "200"]));
    let one = table(&["--halvings", "1", "--runs", "200"]);
    // Outcomes, a query, the end day, measures and the built-in ones; at two steps and extrapolated.
    assert_eq!(one.lines().count(), 1 + 3 * (3 + 1 + 1 + 2 + 2));
    refine(RACE, &["--variant", "calm", "--set", "pull=0.02", "--runs", "50", "--quiet"]).success().silent();
}

#[test]
fn mistakes_are_told() {
    for (name, code, arguments) in [
        ("unknown", 1, vec!["--set", "sped=0.1"]),
        ("halvings", 2, vec!["--halvings", "0"]),
        ("many", 2, vec!["--runs", "1e11"]),
    ] {
        golden(&format!("{name}.stderr"), &refine(GROWTH, &arguments).code(code).stderr);
    }
    // Ten minutes have halves too.
    let odd = GROWTH
        .replace("step = \"1 day\"", "step = \"10 minutes\"")
        .replace("horizon = \"10 days\"", "horizon = \"1 day\"");
    refine(&odd, &["--runs", "5", "--quiet"]).success();
}
