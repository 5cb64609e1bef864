//! Commands in the pages on the crisis model and in the scenarios' own pages: each runs as typed, with fewer runs.

use std::path::Path;
use std::process::Command;

use super::markdown::{project, read};
use super::readme::{arguments, clone, run};

/// docs/bridge.md has a test of its own.
const PAGES: [&str; 4] = [
    "docs/model.md",
    "scenarios/niger-2023/README.md",
    "scenarios/gambia-2016/README.md",
    "scenarios/mali-2020/README.md",
];

/// The indented lines of a page.
fn lines(page: &str) -> Vec<String> {
    read(page).lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
}

#[test]
fn commands_run_as_typed() {
    let mut n_commands = 0;
    for page in PAGES {
        let folder = clone();
        for mut arguments in lines(page).iter().filter_map(|line| arguments(line)) {
            if arguments[0] == "run" {
                match arguments.iter().position(|argument| argument == "--runs") {
                    Some(at) => arguments[at + 1] = "10".to_owned(),
                    None => arguments.extend(["--runs", "10"].map(str::to_owned)),
                }
            }
            run(folder.path(), &arguments);
            n_commands += 1;
        }
    }
    assert!(n_commands >= 6, "{n_commands} commands");
}

/// `cargo test` builds the examples beside the program.
#[test]
fn the_sensitivities_can_be_measured_again() {
    let prefix = "cargo run --release --example sensitivity -- ";
    let commands: Vec<String> =
        lines("docs/model.md").iter().filter_map(|line| line.strip_prefix(prefix)).map(str::to_owned).collect();
    assert!(!commands.is_empty());
    let program = Path::new(env!("CARGO_BIN_EXE_flashpoint")).with_file_name("examples").join("sensitivity");
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    assert!(program.exists(), "{} is not there: the whole `cargo test` builds it", program.display());
    for command in commands {
        let mut words: Vec<&str> = command.split_whitespace().collect();
        // So many runs for each distance, so many draws for the indices.
        assert!(words[1..3].iter().all(|word| word.parse::<u64>().is_ok()), "{command}");
        words[1] = "1";
        words[2] = if words[2] == "0" { "0" } else { "20" };
        let output = Command::new(&program).current_dir(project("")).args(&words).output().expect("it can be started");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
        let n_levers = words.get(3).map_or(0, |path| read(path).lines().count() - 1);
        assert!(printed.lines().count() > n_levers, "{command}\n{printed}");
        assert!(printed.lines().all(|line| line.split(',').count() == 14), "{printed}");
    }
}
