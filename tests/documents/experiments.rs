//! docs/experiments.md: its commands print what it shows, its files of experiments run.

use std::fs;

use super::markdown::{blocks, project, read};
use super::readme::{as_shown, clone, console, prints, run};

const PAGE: &str = "docs/experiments.md";

#[test]
fn console_blocks_print_what_they_show() {
    let text = read(PAGE);
    let folder = clone();
    let mut updated = text.clone();
    let mut n_commands = 0;
    for block in blocks(&text).into_iter().filter(|block| block.info == "console") {
        let (command, arguments, shown) = console(&block.content);
        let printed = run(folder.path(), &arguments);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            // What is told on standard error, the time that it takes, is not shown.
            let lines: Vec<&str> = printed.lines().filter(|line| !line.contains(" runs: about ")).collect();
            updated = updated.replace(shown, &as_shown(&lines.join("\n"), shown));
        } else if !prints(&printed, shown) {
            panic!("`{command}` prints something else than {PAGE} shows; UPDATE_GOLDEN=1 writes it anew:\n{printed}");
        }
        n_commands += 1;
    }
    assert!(n_commands >= 1);
    if updated != text {
        fs::write(project(PAGE), updated).expect("it can be written");
    }
}

#[test]
fn the_studies_run() {
    let text = read(PAGE);
    let studies: Vec<_> = blocks(&text).into_iter().filter(|block| block.info == "toml").collect();
    assert!(!studies.is_empty());
    for study in studies {
        let folder = clone();
        fs::write(folder.path().join("study.toml"), &study.content).expect("it can be written");
        let words = ["run", "study.toml", "--runs", "20", "--out", "study"].map(str::to_owned);
        let printed = run(folder.path(), &words);
        assert!(printed.contains(" x 20 runs, seed 1"), "{printed}");
        assert!(folder.path().join("study/manifest.json").is_file());
    }
}
