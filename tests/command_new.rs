//! `flashpoint new`: what it makes passes the check and runs.

use crate::support::Flashpoint;

#[test]
fn what_is_made_passes_the_check_and_runs() {
    for minimal in [&[][..], &["--minimal"]] {
        let made = Flashpoint::new().args(["new", "north-border"]).args(minimal).run().success();
        assert_eq!(made.files(), ["north-border/scenario.toml"]);
        assert_eq!(made.stderr, "");
        for line in made.stdout.lines().filter(|line| line.starts_with("  flashpoint ")) {
            let command = line.trim_start().split("   ").next().unwrap_or_default();
            assert!(line.len() <= 80, "{line}");
            let said = ["check ", "run ", "replay ", "help "].iter().any(|word| command.contains(word));
            assert!(said, "{command}");
        }
        let text = made.read("north-border/scenario.toml");
        assert!(text.contains("title = \"North border\"") && !text.contains("{{"), "{text}");
        for check in [&["check"][..], &["check", "--strict"]] {
            let file = "north-border/scenario.toml";
            let checked = Flashpoint::new().file(file, &text).args(check).args([file]).run().success();
            assert_eq!(checked.stderr, "", "{minimal:?} {check:?}");
        }
        let run = made.then().args(["run", "north-border/scenario.toml", "--runs", "500"]).run().success();
        assert_eq!(run.stderr, "");
        assert!(!run.stdout.contains("Worth a look") && !run.stdout.contains("below 3/"), "{}", run.stdout);
        run.then()
            .args(["replay", "north-border/scenario.toml", "--run", "0"])
            .run()
            .success()
            .stdout_has("How it ended");
    }
}

#[test]
fn it_has_what_a_scenario_is_made_of() {
    let made = Flashpoint::new().args(["new", "a"]).run().success();
    let text = made.read("a/scenario.toml");
    let parts = ["actors", "relations", "rules", "choices", "clocks", "queries", "parameters", "attributes"];
    let n = |part: &str| text.matches(&format!("\n[{part}.")).count();
    assert!(parts.iter().all(|part| n(part) > 0) && n("actors") == 3 && text.matches("[[outcomes]]").count() == 3);
    let commented = text.lines().filter(|line| line.starts_with('#')).count();
    assert!(commented >= 15 && text.lines().count() <= 170);
}

#[test]
fn nothing_is_overwritten() {
    let made = Flashpoint::new().file("a/notes.txt", "mine").file("b", "a file").args(["new", "a"]).run().success();
    let text = made.read("a/scenario.toml");
    let again = made.then().args(["new", "a", "--minimal"]).run().code(2).stderr_has("a/scenario.toml` already");
    assert_eq!((again.read("a/scenario.toml"), again.read("a/notes.txt")), (text, "mine".to_owned()));
    let again = again.then().args(["new", "b"]).run().code(2).stderr_has("there is a file `b` already");
    assert_eq!(again.read("b"), "a file");
}

#[test]
fn names_are_those_of_folders() {
    for name in ["", "../a", "a/b", "a b", "a.toml", "1st", "con"] {
        let refused =
            Flashpoint::new().args(["new", name]).run().code(2).stderr_has("cannot be the name of a scenario");
        assert!(refused.files().is_empty(), "{name}");
    }
    Flashpoint::new().args(["new"]).run().code(2).stderr_has("<NAME>");
}
