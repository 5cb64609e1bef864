//! `scenarios/README.md` lists what is in the folder, and all of it checks without a warning.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::markdown::{project, read, rows, ticked};

/// Every TOML file below a folder, with `/`, from the scenarios' folder.
fn files(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let relative = path.strip_prefix(project("scenarios")).expect("it is below");
            found.insert(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}

fn all() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    files(&project("scenarios"), &mut found);
    found.remove("flashpoint.toml");
    found
}

#[test]
fn the_index_lists_every_scenario_and_nothing_else() {
    let text = read("scenarios/README.md");
    let listed: Vec<String> = rows(&text).iter().map(|row| ticked(&row[0])[0].to_owned()).collect();
    let unique: BTreeSet<String> = listed.iter().cloned().collect();
    assert_eq!(unique.len(), listed.len(), "a scenario is listed twice");
    assert_eq!(unique, all());
}

#[test]
fn every_scenario_checks_without_a_warning() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flashpoint"));
    // Of those in `reference/` some are there to be warned of (nothing in them is random, say): `conformance` knows which.
    let checked = all().into_iter().filter(|name| !name.starts_with("reference/"));
    command.current_dir(project("scenarios")).args(["check", "--format", "text"]).args(checked);
    let output = command.stdin(Stdio::null()).output().expect("it can be started");
    let printed = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && !printed.contains("warning["), "{printed}");
}
