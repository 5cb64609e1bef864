//! README.md: its commands run, and print what it shows.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

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
pub(super) fn arguments(line: &str) -> Option<Vec<String>> {
    let line = line.split(" #").next().unwrap_or(line).trim();
    let rest = line.strip_prefix("flashpoint ").or_else(|| line.strip_prefix("cargo run --release -- "))?;
    Some(words(rest))
}

/// A folder with the scenarios in it, as after a clone.
pub(super) fn clone() -> tempfile::TempDir {
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
pub(super) fn run(folder: &Path, arguments: &[String]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
    let output = command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().expect("it can be started");
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).expect("it prints UTF-8");
    assert!(output.status.success(), "{arguments:?} failed:\n{printed}");
    printed
}

/// Held by whoever writes README.md anew (`UPDATE_GOLDEN=1`).
static WRITING: Mutex<()> = Mutex::new(());

/// Writes new texts over old ones in README.md.
fn rewrite(replacements: &[(String, String)]) {
    let _guard = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let text = read("README.md");
    let updated = replacements.iter().fold(text.clone(), |text, (old, new)| text.replace(old, new));
    if updated != text {
        fs::write(project("README.md"), updated).expect("it can be written");
    }
}

/// Stands for what is left out of what a command prints.
const CUT: &str = "[..]";

/// Lines without those that tell of time, up to a cut.
fn lasting(text: &str) -> Vec<&str> {
    text.lines()
        .take_while(|line| *line != CUT)
        .filter(|line| !line.starts_with("Tables: "))
        .map(str::trim_end)
        .collect()
}

/// Does a command print what is shown, up to a cut if there is one?
pub(super) fn prints(printed: &str, shown: &str) -> bool {
    let (printed, shown) = (lasting(printed), lasting(shown));
    shown.iter().zip(&printed).all(|(shown, printed)| shown == printed)
        && (shown.len() <= printed.len() || shown[printed.len()..].iter().all(|line| line.is_empty()))
}

/// The command of a console block, its arguments, and what it shows.
pub(super) fn console(content: &str) -> (&str, Vec<String>, &str) {
    let (command, shown) = content.split_once('\n').expect("a command and what it prints");
    let command = command.strip_prefix("$ ").expect("a command begins with `$ `");
    let arguments = arguments(command).unwrap_or_else(|| panic!("no command of flashpoint: {command}"));
    (command, arguments, shown)
}

#[test]
fn console_blocks_print_what_they_show() {
    let text = read("README.md");
    let folder = clone();
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut updated = Vec::new();
    let mut n_commands = 0;
    for block in blocks(&text).into_iter().filter(|block| block.info == "console") {
        let (command, arguments, shown) = console(&block.content);
        let printed = run(folder.path(), &arguments);
        if update {
            updated.push((shown.to_owned(), as_shown(&printed, shown)));
        } else if !prints(&printed, shown) {
            panic!(
                "`{command}` prints something else than README.md shows; UPDATE_GOLDEN=1 writes it anew:\n{printed}"
            );
        }
        n_commands += 1;
    }
    assert!(n_commands >= 3);
    rewrite(&updated);
}

/// What a command printed in the way in which its block shows it: cut where that is cut, the line that tells of time kept.
pub(super) fn as_shown(printed: &str, shown: &str) -> String {
    let n_shown = shown.lines().position(|line| line == CUT);
    let kept = shown.lines().find(|line| line.starts_with("Tables: "));
    let mut text = String::new();
    for (index, line) in printed.lines().enumerate() {
        if Some(index) == n_shown {
            text.push_str(CUT);
            text.push('\n');
        }
        match kept {
            Some(kept) if line.starts_with("Tables: ") => text += kept,
            _ if n_shown.is_some_and(|n_shown| index >= n_shown) => continue,
            _ => text += line,
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_two_commands_are_there_as_asked_for() {
    let text = read("README.md");
    // What stands between fences is no command by itself: every second part.
    let outside: Vec<&str> = text.split("```").step_by(2).collect();
    let lines = outside.iter().flat_map(|part| part.lines());
    let commands: Vec<&str> = lines.filter_map(|line| line.strip_prefix("    ")).collect();
    assert_eq!(
        commands,
        [
            "cargo run --release -- run scenarios/niger-2023/scenario.toml     # the main job",
            "cargo test                                                        # all its tests",
        ]
    );
}

/// The main job takes long without optimisation: it is tried with few runs, and what is shown of it must come from the scenario as it is.
#[test]
fn the_main_job_runs_as_typed() {
    let text = read("README.md");
    let command = text.lines().filter_map(|line| line.strip_prefix("    ")).find_map(arguments);
    let mut arguments = command.expect("the main command is there");
    let folder = clone();
    let shown = blocks(&text).into_iter().find(|block| block.info == "text").expect("its output is shown").content;
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let printed = run(folder.path(), &arguments);
        rewrite(&[(shown.clone(), as_shown(&printed, &shown))]);
        return;
    }
    arguments.extend(["--runs", "100"].map(str::to_owned));
    let printed = run(folder.path(), &arguments);
    let files = fs::read_dir(folder.path().join("out/niger-2023")).expect("there is a folder of tables").count();
    assert!(files >= 8, "{files} files");
    let head = printed.lines().next().unwrap_or_default();
    assert!(head.contains("(simulated): 100 runs, seed 1, fingerprint "), "{head}");
    let fingerprint = head.rsplit(' ').next().unwrap_or_default();
    assert!(
        shown.contains(fingerprint),
        "the scenario has changed since README.md was written; write its output anew with\n\
         UPDATE_GOLDEN=1 cargo test --release the_main_job_runs_as_typed"
    );
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
