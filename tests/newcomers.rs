//! Scenarios as newcomers write them: what `flashpoint check` says of each, and what is left when its advice is followed.
//!
//! A case is a folder below `tests/newcomers/`: `scenario.toml` with its mistakes, `answer.stderr` with what is said of it, and, of
//! most, `mended.toml`, the same scenario without them.
//! `UPDATE_GOLDEN=1 cargo test newcomers` writes the answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/newcomers");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry can be read").path()).collect();
    cases.sort();
    cases
}

fn check(case: &Path, scenario: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_flashpoint"))
        .args(["check", scenario])
        .current_dir(case)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .expect("the program can be started")
}

#[test]
fn newcomers_are_answered_as_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut failures = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 20, "there are twenty newcomers and more");
    for case in cases {
        let output = check(&case, "scenario.toml");
        let said = String::from_utf8(output.stderr).expect("the program writes UTF-8");
        let said = said.replace(&*case.to_string_lossy(), "FOLDER");
        assert_eq!(output.status.code(), Some(1), "{}: {said}", case.display());
        let golden = case.join("answer.stderr");
        if update {
            fs::write(&golden, &said).expect("a golden file can be written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != said {
            failures.push(format!("{} is told otherwise; what is said now:\n{said}", case.display()));
        }
    }
    assert!(failures.is_empty(), "{}\n(UPDATE_GOLDEN=1 rewrites the files)", failures.join("\n"));
}

#[test]
fn mended_scenarios_of_newcomers_have_no_mistakes() {
    let mended: Vec<PathBuf> = cases().into_iter().filter(|case| case.join("mended.toml").is_file()).collect();
    assert!(!mended.is_empty(), "some scenarios are mended");
    for case in mended {
        let output = check(&case, "mended.toml");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !said.contains("error["), "{}:\n{said}", case.display());
    }
}
