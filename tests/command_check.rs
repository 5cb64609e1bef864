//! `flashpoint check`: exit codes, formats, bad files. What each message says is told by the golden pairs.

use serde_json::Value;

use crate::support::Flashpoint;
use crate::support::scenario::RACE;

/// The race with an actor misspelt in two places.
fn misspelt() -> String {
    RACE.replace("target = \"france\"", "target = \"farnce\"").replace("fired(withdraw)", "fired(withdraw, farnce)")
}

#[test]
fn a_good_scenario_is_told_to_be_fine() {
    let finished = Flashpoint::new().file("race.toml", RACE).args(["check", "race.toml"]).run().success();
    assert_eq!(finished.stderr, "");
    assert!(finished.stdout.starts_with("race.toml: "), "{}", finished.stdout);
    assert!(finished.stdout.contains("2 actors"), "{}", finished.stdout);
}

#[test]
fn mistakes_are_told_on_standard_error_once_each() {
    let finished = Flashpoint::new().file("race.toml", misspelt()).args(["check", "race.toml"]).run().code(1);
    assert_eq!(finished.stdout, "");
    let finished = finished.stderr_has("error[F0112]").stderr_has("did you mean `france`?");
    assert_eq!(finished.stderr.matches("error[F0112]").count(), 1, "{}", finished.stderr);
    finished.stderr_has("1 error\n");
}

#[test]
fn json_has_positions_from_zero() {
    let finished =
        Flashpoint::new().file("race.toml", misspelt()).args(["check", "race.toml", "--format", "json"]).run().code(1);
    assert_eq!(finished.stderr, "");
    let report: Value = serde_json::from_str(&finished.stdout).expect("it is JSON");
    let first = &report["diagnostics"][0];
    let text = misspelt();
    let line = text.lines().position(|line| line.contains("farnce")).expect("it is there");
    assert_eq!((first["code"].as_str(), first["name"].as_str()), (Some("F0112"), Some("unknown-actor")));
    assert_eq!(first["range"]["start"]["line"].as_u64(), Some(line as u64));
    assert_eq!((first["severity"].as_u64(), first["file"].as_str()), (Some(1), Some("race.toml")));
    let good = Flashpoint::new().file("race.toml", RACE).args(["check", "race.toml", "--format=json"]).run().success();
    let report: Value = serde_json::from_str(&good.stdout).expect("it is JSON");
    assert_eq!((report["errors"].as_u64(), report["diagnostics"].as_array().map(Vec::len)), (Some(0), Some(0)));
}

#[test]
fn strict_stops_at_warnings() {
    let unread = RACE.replace("[state.tension]", "[parameters.forgotten]\nvalue = 1\n\n[state.tension]");
    let finished = Flashpoint::new().file("a.toml", &unread).args(["check", "a.toml"]).run().success();
    let finished = finished.stderr_has("warning[F0513]").then().args(["check", "--strict", "a.toml"]).run().code(1);
    finished.stderr_has("warning[F0513]");
}

#[test]
fn several_files_are_checked_each() {
    let finished = Flashpoint::new()
        .file("good.toml", RACE)
        .file("bad.toml", misspelt())
        .args(["check", "good.toml", "bad.toml"])
        .run()
        .code(1);
    finished.stdout_has("good.toml: ").stderr_has("bad.toml:");
}

#[test]
fn settings_and_variants_are_laid_over() {
    let check =
        |arguments: &[&str]| Flashpoint::new().file("a.toml", RACE).args(["check", "a.toml"]).args(arguments).run();
    check(&["--set", "parameters.push.value=0.1", "--variant", "calm", "--without", "expel"]).success();
    check(&["--set", "parameters.push.value=7"]).code(1).stderr_has("F0206");
    check(&["--set", "parameters.pusch.value=0.1"]).code(1).stderr_has("--set");
    check(&["--set", "push"]).code(1).stderr_has("F0010");
    check(&["--variant", "clam"]).code(1).stderr_has("did you mean `calm`?");
    check(&["--without", "expell"]).code(1).stderr_has("expel");
}

#[test]
fn what_cannot_be_read_is_an_input_fault() {
    let check = |file: &str| Flashpoint::new().file("folder/a.toml", RACE).args(["check", file]).run();
    check("missing.toml").code(3).stderr_has("error[F0001]").stderr_has("missing.toml");
    check("folder").code(3).stderr_has("folder");
    check("folder/a.toml/b").code(3);
}

#[test]
fn what_is_no_text_is_a_fault_of_the_scenario() {
    let check = |bytes: &[u8]| Flashpoint::new().file("a.toml", bytes).args(["check", "a.toml"]).run();
    check(b"\xff\xfe\x00\x01 binary \x00\x00").code(1).stderr_has("error[F0002]");
    check(b"format = 1 # \xe9").code(1).stderr_has("error[F0002]");
    check(b"").code(1);
    check(b"\x00").code(1);
    let large = vec![b'#'; (16 << 20) + 1];
    check(&large).code(1).stderr_has("error[F0003]");
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_fine() {
    let text = format!("\u{feff}{}", RACE.replace('\n', "\r\n"));
    Flashpoint::new().file("a.toml", text).args(["check", "a.toml"]).run().success();
}

#[test]
fn deep_nesting_is_told() {
    let deep = format!("{}0{}", "(".repeat(10_000), ")".repeat(10_000));
    let text = RACE.replace("\"tension\"", &format!("\"{deep}\""));
    Flashpoint::new().file("a.toml", text).args(["check", "a.toml"]).run().code(1).stderr_has("F0015");
    let text = format!("{RACE}\n[actors.x]\nabout = {}1{}\n", "[".repeat(10_000), "]".repeat(10_000));
    Flashpoint::new().file("a.toml", text).args(["check", "a.toml"]).run().code(1);
}

#[test]
fn colour_is_for_terminals() {
    let check = |name: &str, value: &str| {
        let check = Flashpoint::new().file("a.toml", misspelt()).args(["check", "a.toml"]);
        check.env(name, value).run().code(1).stderr.contains('\u{1b}')
    };
    assert!(!check("TERM", "xterm-256color"));
    assert!(check("CLICOLOR_FORCE", "1"));
    assert!(!check("NO_COLOR", "1"));
}
