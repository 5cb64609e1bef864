//! `flashpoint explain`, `flashpoint help`, and what is said of a command that was not understood.

use flashpoint::diagnostic::Code;

use crate::support::Flashpoint;

#[test]
fn a_code_is_explained_by_number_or_name() {
    for text in ["F0112", "112", "unknown-actor", "error[F0112]"] {
        Flashpoint::new().args(["explain", text]).run().success().stdout_has("# F0112 unknown-actor\n");
    }
}

#[test]
fn all_pages_are_printed_in_order() {
    let finished = Flashpoint::new().args(["explain", "--all"]).run().success();
    let titles: Vec<&str> = finished.stdout.lines().filter(|line| line.starts_with("# F")).collect();
    let expected: Vec<String> = Code::ALL.iter().map(|code| format!("# {} {}", code.number(), code.name())).collect();
    assert_eq!(titles, expected);
}

#[test]
fn an_unknown_code_is_a_wrong_use_with_a_suggestion() {
    Flashpoint::new()
        .args(["explain", "unknown-acter"])
        .run()
        .code(2)
        .stderr_has("error: there is no message `unknown-acter`")
        .stderr_has("help: did you mean F0112 (unknown-actor)?");
    Flashpoint::new().args(["explain", "F9999"]).run().code(2).stderr_has("flashpoint explain --all");
    Flashpoint::new().args(["explain"]).run().code(2);
}

#[test]
fn help_prints_the_reference_the_grammar_and_commands() {
    let language = Flashpoint::new().args(["help", "language"]).run().success();
    assert_eq!(language.stdout, include_str!("../scenarios/FORMAT.md"));
    let grammar = Flashpoint::new().args(["help", "grammar"]).run().success();
    assert_eq!(grammar.stdout, include_str!("../scenarios/GRAMMAR.md"));
    Flashpoint::new().args(["help", "run"]).run().success().stdout_has("--precision");
    Flashpoint::new().args(["help"]).run().success().stdout_has("explain");
    Flashpoint::new().args(["help", "cooking"]).run().code(2).stderr_has("there is no help on `cooking`");
}

#[test]
fn a_command_that_was_not_understood_is_a_wrong_use() {
    for arguments in [&[][..], &["fly"], &["run"], &["check"], &["run", "a.toml", "--cloud"]] {
        let finished = Flashpoint::new().args(arguments).run().code(2);
        assert_eq!(finished.stdout, "");
        assert!(finished.stderr.contains("Usage"), "{}", finished.stderr);
    }
    Flashpoint::new().args(["--version"]).run().success().stdout_has(env!("CARGO_PKG_VERSION"));
    Flashpoint::new().args(["run", "--help"]).run().success().stdout_has("10_000");
}

#[test]
fn senseless_numbers_are_refused_with_a_reason() {
    for (option, value, reason) in [
        ("--runs", "1000000000000000000", "would take weeks"),
        ("--runs", "1e18", "would take weeks"),
        ("--runs", "0", "at least 1 run"),
        ("--runs", "1.5", "not a whole number"),
        ("--seed", "-1", "a seed is a whole number"),
        ("--threads", "0", "1..=1024"),
        ("--precision", "1e-9", "would take about"),
        ("--precision", "nan", "greatest width"),
    ] {
        let option_and_value = format!("{option}={value}");
        Flashpoint::new().args(["run", "a.toml", &option_and_value]).run().code(2).stderr_has(reason);
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let (mut command, _folder) = Flashpoint::new().args(["explain", "--all"]).into_command();
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn every_page_has_all_sections_and_examples_that_are_toml() {
    for code in Code::ALL {
        let (page, name) = (code.manual(), code.name());
        assert!(page.starts_with(&format!("# {} {name}\n", code.number())), "{name} has another title");
        let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, ["What is wrong", "Why it matters", "Example", "Instead", "See also"], "{name}");
        assert!((10..=45).contains(&page.lines().count()), "{name} has {} lines", page.lines().count());
        assert!(page.lines().all(|line| line.chars().count() <= 110), "{name} has a long line");
        for fence in page.split("```toml\n").skip(1) {
            let example = fence.split("```").next().unwrap_or_default();
            if let Err(error) = toml::from_str::<toml::Table>(example) {
                panic!("an example of {name} is no TOML: {error}\n{example}");
            }
        }
        let (_, see_also) = page.split_once("## See also\n").expect("the section is there");
        for reference in see_also.split([',', ';', '\n']).map(str::trim).filter(|text| text.starts_with('F')) {
            let (number, other) = reference.split_once(' ').expect("a number and a name");
            assert_eq!(Code::find(number).map(Code::name), Some(other), "{name} refers to {reference}");
        }
    }
}
