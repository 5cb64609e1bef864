//! README.md: its commands run, and print what it shows.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::markdown::{blocks, project, read};

/// The words of a command line as a shell would take them apart: blanks between words, double quotes around blanks.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            other => word.push(other),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

/// The arguments of `flashpoint` in a command line; `None` if it calls something else.
fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let rest = line.strip_prefix("flashpoint ").or_else(|| line.strip_prefix("cargo run --release -- "))?;
    Some(words(rest))
}

/// A folder with the scenarios in it, as after a clone.
fn clone() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&project("scenarios"), &folder.path().join("scenarios"));
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be read") {
        let entry = entry.expect("an entry can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file can be copied");
        }
    }
}

/// Runs `flashpoint` in a folder; what it printed, its standard output first.
fn run(folder: &Path, arguments: &[String]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
    let output = command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().expect("it can be started");
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).expect("it prints UTF-8");
    assert!(output.status.success(), "{arguments:?} failed:\n{printed}");
    printed
}

/// Lines without those that tell of time.
fn lasting(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("Tables: ")).map(str::trim_end).collect()
}

#[test]
fn console_blocks_print_what_they_show() {
    let text = read("README.md");
    let folder = clone();
    let mut n_commands = 0;
    for block in blocks(&text).into_iter().filter(|block| block.info == "console") {
        let (command, shown) = block.content.split_once('\n').expect("a command and what it prints");
        let command = command.strip_prefix("$ ").expect("a command begins with `$ `");
        let arguments = arguments(command).unwrap_or_else(|| panic!("no command of flashpoint: {command}"));
        let printed = run(folder.path(), &arguments);
        let (printed, shown) = (lasting(&printed).join("\n"), lasting(shown).join("\n"));
        assert_eq!(printed.trim(), shown.trim(), "what `{command}` prints is not what README.md shows");
        n_commands += 1;
    }
    assert!(n_commands >= 3);
}

#[test]
fn the_two_commands_are_there_as_asked_for() {
    let text = read("README.md");
    let commands: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("    ")).collect();
    assert_eq!(
        commands,
        [
            "cargo run --release -- run scenarios/niger-2023/scenario.toml     # the main job",
            "cargo test                                                        # all its tests",
        ]
    );
}

#[test]
fn the_main_job_runs_as_typed() {
    let text = read("README.md");
    let command = text.lines().filter_map(|line| line.strip_prefix("    ")).find_map(arguments);
    let mut arguments = command.expect("the main command is there");
    // As typed it makes 10,000 runs, which is long without optimisation.
    arguments.extend(["--runs", "100"].map(str::to_owned));
    let folder = clone();
    let printed = run(folder.path(), &arguments);
    assert!(printed.contains("(simulated): 100 runs, seed 1"), "{printed}");
    let files = fs::read_dir(folder.path().join("out/niger-2023")).expect("there is a folder of tables").count();
    assert!(files >= 8, "{files} files");
}

#[test]
fn the_rule_is_the_teaching_scenario() {
    let text = read("README.md");
    let block = blocks(&text).into_iter().find(|block| block.info == "toml").expect("there is one");
    assert_eq!(block.content, read("scenarios/teaching/mediation.toml"));
}

#[test]
fn it_is_short_and_what_it_names_is_there() {
    let text = read("README.md");
    assert!(text.lines().count() <= 250, "README.md has {} lines", text.lines().count());
    for name in super::markdown::ticked(&text) {
        let is_path = [".md", ".toml", ".cff"].iter().any(|end| name.ends_with(end)) || name.starts_with("LICENSE");
        if is_path && !name.contains(' ') {
            assert!(project(name).exists(), "README.md names `{name}`, which is not there");
        }
    }
}
