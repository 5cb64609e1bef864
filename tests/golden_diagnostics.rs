//! Golden pairs: a bad scenario in `tests/diagnostics/` and, beside it, exactly what `flashpoint check` says of it.
//!
//! A case is `NNN-name.toml`, or a folder `NNN-name/` with a `scenario.toml`, where `FNNN` is the code it is about; what is expected stands
//! in `NNN-name.stderr`. A first line `#! --strict` gives further arguments. `UPDATE_GOLDEN=1 cargo test` writes what is said now.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flashpoint::diagnostic::Code;

/// Codes that no file of this size can bring about; each has a test elsewhere.
const ELSEWHERE: &[Code] = &[
    // A file of 16 MiB: `command_check`.
    Code::FileTooLarge,
    // Two texts with one 64-bit hash: a unit test of the check.
    Code::SiteCollision,
    // `check` accepts a library: `command_run`.
    Code::NotAScenario,
];

/// Codes that are not told yet.
const MISSING: &[Code] = &[];

struct Case {
    name: String,
    /// Below the folder of all cases.
    scenario: String,
    arguments: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let path = entry.expect("an entry can be read").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let scenario = match path.extension() {
            Some(extension) if extension == "toml" => format!("{name}.toml"),
            None if path.is_dir() => format!("{name}/scenario.toml"),
            _ => continue,
        };
        let content = fs::read(folder().join(&scenario)).unwrap_or_default();
        let first_line = String::from_utf8_lossy(&content).lines().next().unwrap_or_default().to_owned();
        let arguments = first_line.strip_prefix("#! ").unwrap_or_default();
        cases.push(Case { name, scenario, arguments: arguments.split_whitespace().map(str::to_owned).collect() });
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The code that a case is about.
fn code_of(name: &str) -> Code {
    let number = name.split('-').next().unwrap_or_default();
    Code::find(number).unwrap_or_else(|| panic!("`{name}` does not begin with the number of a code"))
}

#[test]
fn every_bad_scenario_is_told_as_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut failures = Vec::new();
    for case in cases() {
        let output = Command::new(env!("CARGO_BIN_EXE_flashpoint"))
            .arg("check")
            .arg(&case.scenario)
            .args(&case.arguments)
            .current_dir(folder())
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null())
            .output()
            .expect("the program can be started");
        let said = String::from_utf8(output.stderr).expect("the program writes UTF-8");
        // Where the project lies is different on each machine.
        let said = said.replace(&*folder().to_string_lossy(), "FOLDER");
        let code = code_of(&case.name);
        if MISSING.contains(&code) {
            assert!(!said.contains(&code.number()), "{} is told now: take it off the list", code.name());
            continue;
        }
        if !said.contains(&format!("[{}]", code.number())) {
            failures.push(format!("{} is not told {}; what is said:\n{said}", case.name, code.number()));
            continue;
        }
        let expected_exit = i32::from(said.contains("error["));
        if output.status.code() != Some(expected_exit) && !case.arguments.iter().any(|argument| argument == "--strict")
        {
            failures.push(format!("{} ended with {:?}", case.name, output.status.code()));
        }
        let golden = folder().join(format!("{}.stderr", case.name));
        if update {
            fs::write(&golden, &said).expect("a golden file can be written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != said {
            failures
                .push(format!("{} is told otherwise than in its .stderr file; what is said now:\n{said}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}\n(UPDATE_GOLDEN=1 rewrites the files)", failures.join("\n"));
}

#[test]
fn every_code_has_a_pair() {
    let have: BTreeSet<Code> = cases().iter().map(|case| code_of(&case.name)).collect();
    for code in Code::ALL {
        let wanted = !ELSEWHERE.contains(code);
        assert_eq!(have.contains(code), wanted, "{} {}: is a pair there?", code.number(), code.name());
    }
}

#[test]
fn no_golden_file_is_left_over() {
    let names: BTreeSet<String> = cases().into_iter().map(|case| format!("{}.stderr", case.name)).collect();
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("an entry can be read").file_name().to_string_lossy().into_owned();
        assert!(!name.ends_with(".stderr") || names.contains(&name), "`{name}` belongs to no case");
    }
}
