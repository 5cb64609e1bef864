//! `docs/mistakes.md`: every kind of mistake, from the manual pages and the golden pairs of `tests/diagnostics/`.

use std::fmt::Write;

use flashpoint::diagnostic::{Code, Severity};

use super::markdown::{project, read, section};

const HEAD: &str = "\
# Mistakes: what one writes, what is said, how to mend it

Written by the tests (`UPDATE_GOLDEN=1 cargo test mistakes`) from the manual pages and from `tests/diagnostics/`; do not edit.

Each kind of mistake has a code. `flashpoint explain CODE` prints its manual page with an example; here it stands in short: what is wrong,
what `flashpoint check` says of a scenario that has it (the first line of each message, and its help), and the scenario itself.
Errors stop a run; warnings do not, unless `--strict` is given; notes never do.
";

/// The groups of the page: the hundreds of the numbers.
const GROUPS: &[(u16, &str)] = &[
    (0, "Files and layers"),
    (1, "Names"),
    (2, "Types and units"),
    (3, "Syntax of expressions"),
    (4, "Meaning"),
    (5, "Warnings"),
    (6, "Tables of data"),
];

fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "an error",
        Severity::Warning => "a warning",
        Severity::Note => "a note",
    }
}

/// The names of the golden answers that are about a code, in order.
fn answers(code: Code) -> Vec<String> {
    let prefix = format!("{:03}-", code as u16);
    let folder = std::fs::read_dir(project("tests/diagnostics")).expect("the folder is there");
    let names = folder.map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned());
    let mut found: Vec<String> = names.filter_map(|name| name.strip_suffix(".stderr").map(str::to_owned)).collect();
    found.retain(|name| name.starts_with(&prefix));
    found.sort();
    found
}

/// Of the messages with this code: the first line, and each line of help.
fn in_short(said: &str, code: Code) -> String {
    let mut short = String::new();
    let mut is_of_code = false;
    let mark = format!("[{}]: ", code.number());
    for line in said.lines() {
        if line.is_empty() {
            is_of_code = false;
        }
        let is_help = is_of_code && line.trim_start().starts_with("= help: ");
        is_of_code |= line.contains(&mark);
        if line.contains(&mark) || is_help {
            let _ = writeln!(short, "{}{}", if is_help { "  " } else { "" }, line.trim_start());
        }
    }
    short
}

fn entry(code: Code) -> String {
    let mut text = format!("### {} {}\n\n", code.number(), code.name());
    let wrong = section(code.manual(), "What is wrong");
    let _ = writeln!(text, "{} ({}.)\n", wrong.trim(), severity(code));
    let answers = answers(code);
    for name in &answers {
        let said = in_short(&read(&format!("tests/diagnostics/{name}.stderr")), code);
        let scenario = if project(&format!("tests/diagnostics/{name}.toml")).is_file() {
            format!("{name}.toml")
        } else {
            format!("{name}/")
        };
        let _ = writeln!(text, "Said of [`{scenario}`](../tests/diagnostics/{scenario}):\n\n```text\n{said}```\n");
    }
    if answers.is_empty() {
        let _ = writeln!(text, "No small scenario shows it: see `flashpoint explain {}`.\n", code.number());
    }
    text
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (hundreds, title) in GROUPS {
        let _ = write!(page, "\n## {title}\n\n");
        for code in Code::ALL.iter().filter(|code| **code as u16 / 100 == *hundreds) {
            page.push_str(&entry(*code));
        }
        page.truncate(page.trim_end().len());
        page.push('\n');
    }
    page
}

#[test]
fn the_page_of_mistakes_is_what_is_said() {
    let page = page();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(project("docs/mistakes.md"), &page).expect("the page can be written");
    }
    assert!(read("docs/mistakes.md") == page, "docs/mistakes.md is stale: write it again with UPDATE_GOLDEN=1");
}

#[test]
fn every_mistake_is_on_the_page() {
    let page = read("docs/mistakes.md");
    for code in Code::ALL {
        assert!(page.contains(&format!("\n### {} {}\n", code.number(), code.name())), "{} is not there", code.name());
        for name in answers(*code) {
            let said = in_short(&read(&format!("tests/diagnostics/{name}.stderr")), *code);
            assert!(!said.is_empty(), "{name} is not told {}", code.number());
        }
    }
}
