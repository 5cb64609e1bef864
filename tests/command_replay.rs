//! `flashpoint replay`: one run, told. Goldens: what is told of the quarrel in `tests/golden/replay/`; `UPDATE_GOLDEN=1` writes them again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use flashpoint::check::check;
use flashpoint::narration::{Join, Narration, NarrationOptions, Told, narrate};
use flashpoint::reference::Reference;
use flashpoint::scenario::{LoadOptions, MemoryFiles, load};
use serde_json::Value;

use crate::support::scenario::RACE;
use crate::support::{Finished, Flashpoint};

const QUARREL: &str = include_str!("golden/replay/quarrel.toml");

fn replay(arguments: &[&str]) -> Finished {
    Flashpoint::new().file("quarrel.toml", QUARREL).args(["replay", "quarrel.toml"]).args(arguments).run()
}

#[test]
fn a_quarrel_is_told_as_before() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/replay");
    let cases: [(&str, &[&str]); 6] = [
        ("war.txt", &["--run", "1"]),
        ("settled.txt", &["--run", "4", "--all"]),
        ("war-explained.txt", &["--run", "5", "--explain"]),
        ("peace.txt", &["--run", "0", "--without", "attack", "--without", "yield", "--explain", "--all"]),
        ("war.csv", &["--run", "1", "--format", "csv"]),
        ("war.json", &["--run", "1", "--format", "json"]),
    ];
    for (name, arguments) in cases {
        let told = replay(arguments).success();
        assert_eq!(told.stderr, "", "{name}");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(folder.join(name), &told.stdout).expect("a golden file can be written");
        }
        let expected = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert_eq!(told.stdout, expected, "{name}");
        if name.ends_with(".txt") {
            let widest = told.stdout.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
            assert!(widest.chars().count() <= 80, "{name}: {widest}");
        }
    }
}

/// `first_day EVENT(ACTOR,TARGET)` of a replay's rows.
fn first_days(rows: &[BTreeMap<String, String>]) -> BTreeMap<String, String> {
    let mut days = BTreeMap::new();
    for row in rows.iter().filter(|row| row["kind"] == "event") {
        let column = format!("first_day {}({},{})", row["name"], row["actor"], row["target"]);
        days.entry(column).or_insert_with(|| row["day"].clone());
    }
    days
}

fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let row =
        |record: csv::StringRecord| header.iter().zip(&record).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    reader.records().map(|record| row(record.expect("a row"))).collect()
}

#[test]
fn a_replay_is_the_run_of_the_table() {
    for (text, seed) in [(QUARREL, "1"), (RACE, "18446744073709551615")] {
        let run =
            ["run", "a.toml", "--runs", "30", "--runs-csv", "--seed", seed, "--set", "scenario.horizon=\"20 days\""];
        let mut finished = Flashpoint::new().file("a.toml", text).args(run).run().success();
        let runs = table(&finished.read("out/a/runs.csv"));
        assert_eq!(runs.len(), 30);
        for row in runs.iter().step_by(3) {
            let arguments = ["replay", "a.toml", "--seed", seed, "--set", "scenario.horizon=\"20 days\"", "--format"];
            let index = ["--run", row["run"].as_str()];
            finished = finished.then().args(arguments).args(["csv"]).args(index).run().success();
            let told = table(&finished.stdout);
            let last = told.last().expect("a row");
            assert_eq!(
                (last["kind"].as_str(), &last["name"], &last["day"]),
                ("outcome", &row["outcome"], &row["end_day"])
            );
            assert_eq!(last["date"], row["end_date"]);
            let of_runs: BTreeMap<String, String> = row
                .iter()
                .filter(|(column, day)| column.starts_with("first_day ") && !day.is_empty())
                .map(|(column, day)| (column.clone(), day.clone()))
                .collect();
            assert_eq!(first_days(&told), of_runs, "run {}", row["run"]);
            finished = finished.then().args(arguments).args(["json"]).args(index).run().success();
            let json: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
            assert_eq!(json["ending"]["outcome"], row["outcome"].as_str());
            assert_eq!(json["ending"]["stop_reason"], row["stop_reason"].as_str());
            assert_eq!(json["ending"]["peak_ladder"].to_string(), row["peak_ladder"]);
            for (parameter, value) in json["parameters"].as_object().expect("an object") {
                let (value, text) = (value.as_f64().expect("a number"), &row[parameter]);
                let expected: f64 = text.parse().expect("a number");
                // Reading JSON may round otherwise than reading CSV.
                assert!((value - expected).abs() <= 1e-15 * expected.abs(), "{parameter}: {value}, {text}");
            }
        }
    }
}

#[test]
fn only_labelled_events_are_told_unless_all_are_asked_for() {
    let brief = replay(&["--run", "1"]).success().stdout;
    let all = replay(&["--run", "1", "--all"]).success().stdout;
    assert!(!brief.contains("grumble") && all.contains("grumble: The Bloc -> the Junta"));
    assert!(brief.contains("the Junta insults the Host"));
    let explained = replay(&["--run", "1", "--explain"]).success().stdout;
    assert!(explained.contains("drawn: u 0.") && !brief.contains("drawn: u 0."));
}

#[test]
fn explained_tables_hold_every_draw() {
    let rows = table(&replay(&["--run", "1", "--format", "csv", "--explain"]).success().stdout);
    let of_kind = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).collect::<Vec<_>>();
    for row in of_kind("draw") {
        let number = |column: &str| row[column].parse::<f64>().expect("a number");
        assert!(number("uniform") >= number("probability") || row["text"].contains("came too late"), "{row:?}");
    }
    assert!(!of_kind("draw").is_empty() && !of_kind("written").is_empty());
    let shares: f64 = of_kind("option").iter().map(|row| row["probability"].parse::<f64>().expect("a number")).sum();
    let n_picks = of_kind("option").iter().filter(|row| row["text"] == "picked").count();
    assert!((shares - n_picks as f64).abs() < 1e-9 && n_picks > 0);
}

#[test]
fn colour_is_for_terminals() {
    let escape = '\u{1b}';
    assert!(!replay(&["--run", "1"]).success().stdout.contains(escape));
    let with = |name: &str, value: &str| {
        let command = Flashpoint::new().file("quarrel.toml", QUARREL).env("CLICOLOR_FORCE", "1").env(name, value);
        command.args(["replay", "quarrel.toml", "--run", "1"]).run().success().stdout
    };
    assert!(with("CLICOLOR_FORCE", "1").contains(escape));
    assert!(!with("NO_COLOR", "1").contains(escape));
}

#[test]
fn a_file_takes_the_place_of_standard_output() {
    let finished = replay(&["--run", "1", "--out", "told/run-1.txt"]).success();
    assert_eq!(finished.stdout, "");
    let told = finished.read("told/run-1.txt");
    assert_eq!(told, replay(&["--run", "1"]).success().stdout);
    assert_eq!(finished.files(), ["quarrel.toml", "told/run-1.txt"]);
    let again = finished.then().args(["replay", "quarrel.toml", "--run", "2", "--out", "told/run-1.txt"]);
    let again = again.run().code(2).stderr_has("--force");
    assert_eq!(again.read("told/run-1.txt"), told);
    let forced = ["replay", "quarrel.toml", "--run", "2", "--out", "told/run-1.txt", "--force"];
    let forced = again.then().args(forced).run().success();
    assert_ne!(forced.read("told/run-1.txt"), told);
    forced.then().args(["replay", "quarrel.toml", "--run", "2", "--out", "told", "--force"]).run().code(3);
}

#[test]
fn a_run_must_be_named() {
    replay(&[]).code(2).stderr_has("--run");
    replay(&["--run", "-1"]).code(2);
    replay(&["--run", "many"]).code(2).stderr_has("whole number");
    replay(&["--run", "18446744073709551615"]).success();
    Flashpoint::new().args(["replay", "none.toml", "--run", "0"]).run().code(3).stderr_has("none.toml");
}

#[test]
fn warnings_are_told_unless_quiet() {
    let odd = format!("{RACE}\n[state.unused]\nrange = [0, 1]\nstart = 0\n");
    let command = |quiet: &[&str]| {
        let command = Flashpoint::new().file("race.toml", &odd).args(["replay", "race.toml", "--run", "0"]);
        command.args(quiet).run().success()
    };
    let (loud, quiet) = (command(&[]), command(&["--quiet"]));
    assert_eq!(quiet.stderr, "");
    assert_eq!(quiet.stdout, loud.stdout);
}

/// What is told of run 0 of a scenario that ends when a condition holds, or after ten days.
#[track_caller]
fn narration(body: &str, condition: &str) -> Narration {
    let text = format!(
        "format = 1\n[scenario]\nstart = 2023-07-26\nstep = \"1 day\"\nhorizon = \"10 days\"\n{body}\n\
         [[outcomes]]\nid = \"done\"\nwhen = \"{condition}\"\n[[outcomes]]\nid = \"end\"\n"
    );
    let files = MemoryFiles::new().file("/scenario.toml", text);
    let loaded = load(Path::new("/scenario.toml"), &LoadOptions::default(), &files);
    let (model, diagnostics) = check(&loaded);
    let model = model.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    narrate(&Reference::new(&model, 1), 0, NarrationOptions { explain: true })
}

const PAIR: &str = r#"
[actors]
a = { power = 0.5 }
b = { power = 0.2 }
[groups]
both = ["a", "b"]
[attributes.power]
range = [0, 1]
[attributes.stance]
values = ["mild", "hard"]
start = "hard"
[relations.fear]
range = [0, 1]
start = 0.25
[parameters]
limit = { value = 0.5 }
length = { value = "36 hours" }
speed = { value = "0.2 per day" }
[state]
heat = { range = [0, 10], start = 3 }
quiet = true
[clocks.bell]
[definitions]
strong = "mean(m in both: m.power else 0)"
"weak(m)" = "m.power < limit or m is b"
"by(m, x)" = "m.power * x"
[rules.ring]
when = "day >= 2"
limit = 1
effects = ["start(bell, 3 days)", "heat += 4"]
[rules.strike]
actor = "a"
target = "b"
ladder = 4
limit = 1
when = "day >= 4"
effects = ["quiet = false", "b.stance = mild"]
"#;

#[test]
fn conditions_are_written_as_the_language_writes_them() {
    let conditions = [
        "heat > 12 and not (quiet and heat < 1)",
        "heat - (heat - 1) >= 20 or heat / (2 * heat) == 1 and heat ^ 2 != 4",
        "-heat ^ 2 > 0",
        "fear(a, b) > limit",
        "a.power > by(b, 5)",
        "a.stance is mild and b.stance is not mild",
        "strong >= 0.9 and not weak(a) or not weak(b)",
        "fired(strike, a, b) and times(strike) >= 2 and since(strike) < 36 hours",
        "length > 2 days or length < 1 day",
        "speed > (0.5 per day) or pressure(a, b) > (10 per day)",
        "today >= 2023-08-28 and day < 3",
        "today - 3 days > 2023-08-20 or today > 2023-08-10 + length",
        "running(bell) and remaining(bell) > 4 days or expired(bell) and quiet",
        "share(m in both where m.power > 0.1: weak(m)) < 1 / 2",
        "count(m in both: m.power > 0.3) == 3 or any(m in both: m is not a and fear(m, a) > 0.8)",
        "size(both) == 4 and all(m in both: m.power > 0.9)",
        "if quiet then heat > 11 else heat > 12",
        "min(heat, 1) < clamp(heat, 0, 1) or max(1, heat) < abs(-1) or logistic(heat) > exp(heat)",
        "month(today) == 9 and weekday(today + 1 day) <= 4",
    ];
    for condition in conditions {
        let told = narration(PAIR, condition);
        let (_, reason) = told.ending.reasons.first().expect("a reason");
        assert_eq!(reason.condition, condition);
        assert!(!reason.holds, "{condition}");
    }
}

#[test]
fn a_reason_has_the_values_that_decided() {
    let told = narration(PAIR, "weak(b) and heat > limit and fired(strike) and any(m in both: m.stance is mild)");
    assert_eq!((told.record.end_step, told.ending.rank, told.ending.n_ranks), (4, Some(1), 1));
    let (_, reason) = &told.ending.reasons[0];
    assert!(reason.holds && reason.join == Join::All);
    let [weak, heat, fired, any] = reason.parts.as_slice() else { panic!("{reason:#?}") };
    let [meaning] = weak.parts.as_slice() else { panic!("{weak:#?}") };
    assert_eq!((meaning.condition.as_str(), meaning.join), ("b.power < limit or b is b", Join::Any));
    assert_eq!(heat.values, [("heat".to_owned(), "7".to_owned()), ("limit".to_owned(), "0.5".to_owned())]);
    assert_eq!(fired.remark.as_deref(), Some("2023-07-30"));
    assert_eq!(any.remark.as_deref(), Some("true of b"));
}

#[test]
fn what_changes_is_told_once() {
    let told = narration(PAIR, "heat > 8").entries;
    let at =
        |step: u64| told.iter().filter(move |entry| entry.step == step).map(|entry| &entry.told).collect::<Vec<_>>();
    assert!(matches!(
        at(2)[..],
        [
            Told::Happened(_),
            Told::ClockStarted { clock: 0, deadline: 5.0 },
            Told::Written { before: 3.0, value: 7.0, .. }
        ]
    ));
    assert!(matches!(at(4)[..], [Told::Happened(_), Told::Became { .. }, Told::Became { .. }]));
    assert!(matches!(at(5)[..], [Told::ClockExpired { clock: 0 }]));
    assert_eq!(told.len(), 7);
}

#[test]
fn a_threshold_is_crossed_in_both_directions() {
    let body = r#"
        [state.heat]
        range = [0, 10]
        start = 3
        [state.cold]
        range = [0, 10]
        start = 3
        [rules.up]
        chance = "if day == 2 then 1 else 0"
        when = "5 <= heat or heat < 4"
        effects = ["heat = 5"]
        [rules.down]
        chance = "if day == 3 then 1 else 0"
        effects = ["heat = 1"]
    "#;
    let told = narration(body, "heat > 5");
    let crossed = told.entries.iter().filter_map(|entry| match entry.told {
        Told::Crossed { threshold, beyond, before, value, limit } => {
            Some((entry.step, told.thresholds[threshold].quantity_text.as_str(), limit, beyond, before, value))
        }
        _ => None,
    });
    let expected = [
        (2, "heat", 4.0, true, 3.0, 5.0),
        (2, "heat", 5.0, true, 3.0, 5.0),
        (3, "heat", 4.0, false, 5.0, 1.0),
        (3, "heat", 5.0, false, 5.0, 1.0),
    ];
    assert_eq!(crossed.collect::<Vec<_>>(), expected);
}

#[test]
fn thresholds_are_closed_over_instances_and_folds() {
    let body = format!(
        "{PAIR}\n[rules.watch]\nactor = \"both\"\ntarget = \"both\"\n\
         when = \"fear(actor, target) > 0.5 and any(m in both: m.power > limit)\"\nlimit = 1\n\
         effects = [\"fear(actor, target) += 0.1\"]\n"
    );
    let told = narration(&body, "heat > 8");
    let mut texts: Vec<String> = told
        .thresholds
        .iter()
        .map(|threshold| format!("{} beside {}", threshold.quantity_text, threshold.limit_text))
        .collect();
    texts.sort();
    let expected = [
        "a.power beside limit",
        "b.power beside limit",
        "fear(a, b) beside 0.5",
        "fear(b, a) beside 0.5",
        "heat beside 8",
    ];
    assert_eq!(texts, expected);
}

#[test]
fn the_record_is_told_as_such() {
    let history = "[history]\nuntil = 2023-07-30\nevents = [{ date = 2023-07-28, rule = \"expel\", actor = \"junta\", target = \"france\" }]\n";
    let text = RACE
        .replace("[measures]", &format!("{history}[measures]"))
        .replace("rate = \"push", "label = \"out\"\nrate = \"push");
    let told = Flashpoint::new().file("a.toml", text).args(["replay", "a.toml", "--run", "0"]).run().success();
    told.stdout_has("2023-07-28, day 2\n   4  out (as recorded)\n");
}
