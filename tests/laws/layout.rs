//! How a scenario is written down changes nothing.

use flashpoint::Scenario;
use flashpoint::diagnostic::{SourceId, Span};
use flashpoint::scenario::LoadOptions;
use flashpoint::scenario::document::Text;
use flashpoint::scenario::expression::{parse_effect, parse_expression, print, print_effect};

use super::story::{same_model, same_runs};
use super::support::{Case, every_scenario, reopen, replace_word};
use crate::support::generator::{Draft, Opened, Section, Size};

/// The same model, fingerprint and runs.
fn same_scenario(case: &Case, opened: &Opened) -> Result<(), String> {
    same_model(&case.opened.model, &opened.model)?;
    if opened.model.fingerprint != case.opened.model.fingerprint {
        return Err("the fingerprint is another".to_owned());
    }
    same_runs(&case.opened.model, &opened.model, case.seed, 3)
}

#[test]
fn order_of_tables() {
    every_scenario("order_of_tables", 150, Size::USUAL, |case| {
        let mut changed = case.draft.clone();
        changed.shuffle(&mut case.dice);
        let opened = reopen(&changed.written())?;
        same_scenario(case, &opened)
    });
}

#[test]
fn tables_in_an_include() {
    every_scenario("tables_in_an_include", 150, Size::USUAL, |case| {
        let mut changed = case.draft.clone();
        changed.move_into_include(&mut case.dice);
        changed.shuffle(&mut case.dice);
        let opened = reopen(&changed.written())?;
        same_scenario(case, &opened)
    });
}

#[test]
fn a_variant_without_content() {
    every_scenario("a_variant_without_content", 100, Size::USUAL, |case| {
        let mut changed = case.draft.clone();
        changed.sections.push(Section::new("variants.nothing").line("about = \"nothing at all\""));
        let options = LoadOptions { variants: vec!["nothing".to_owned()], ..LoadOptions::default() };
        let opened = changed.written().open_with(&options)?;
        same_scenario(case, &opened)
    });
}

#[test]
fn notes_and_comments() {
    every_scenario("notes_and_comments", 60, Size::USUAL, |case| {
        let mut generated = case.draft.written();
        generated.files[0].1.push_str("\n# The end.\n");
        let opened = reopen(&generated)?;
        same_model(&case.opened.model, &opened.model)
    });
}

#[test]
fn files_of_the_disk() {
    every_scenario("files_of_the_disk", 30, Size::USUAL, |case| {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let scenario = Scenario::open(case.base.write_into(folder.path())).map_err(|error| error.to_string())?;
        let checked = scenario.check().map_err(|error| error.to_string())?;
        same_model(&case.opened.model, checked.model())
    });
}

#[test]
fn a_role_by_another_name() {
    let with_roles = std::cell::Cell::new(0);
    every_scenario("a_role_by_another_name", 200, Size::USUAL, |case| {
        if !case.draft.includes.iter().any(|path| path == "lib/common.toml") {
            return Ok(());
        }
        with_roles.set(with_roles.get() + 1);
        let renamed = |text: &str| {
            ["suspect", "broker", "jury"]
                .iter()
                .fold(text.to_owned(), |text, word| replace_word(&text, word, &format!("w_{word}")))
        };
        let mut changed = case.draft.clone();
        for section in &mut changed.sections {
            section.header = renamed(&section.header);
            section.lines.iter_mut().for_each(|line| *line = renamed(line));
        }
        changed.files.iter_mut().for_each(|(_, text)| *text = renamed(text));
        let opened = reopen(&changed.written())?;
        same_runs(&case.opened.model, &opened.model, case.seed, 5)
    });
    assert!(with_roles.get() > 10 || std::env::var("FLASHPOINT_LAWS_SEED").is_ok());
}

fn text(source: &str) -> Text {
    let end = source.len() as u32;
    Text { text: source.to_owned(), span: Span { source: SourceId(0), start: 0, end }, offsets: (0..=end).collect() }
}

/// Every text of a line that is an expression or effect, printed anew.
fn printed_anew(line: &str) -> Result<String, String> {
    let no_expressions =
        ["cameo", "label", "title", "name", "exclusive", "about", "file", "actors", "dyads", "ignore", "basis"];
    if no_expressions.iter().any(|key| line.starts_with(&format!("{key} ="))) {
        return Ok(line.to_owned());
    }
    let mut parts: Vec<String> = line.split('"').map(str::to_owned).collect();
    for part in parts.iter_mut().skip(1).step_by(2).filter(|part| !part.ends_with(".csv")) {
        let mut diagnostics = Vec::new();
        let again = |printed: &str, what: &str| format!("`{part}` is printed as `{printed}`, which {what}");
        let printed = if let Some(tree) = parse_expression(&text(part), &mut diagnostics) {
            let printed = print(&tree);
            let tree =
                parse_expression(&text(&printed), &mut diagnostics).ok_or_else(|| again(&printed, "cannot be read"))?;
            if print(&tree) != printed {
                return Err(again(&printed, "is printed differently"));
            }
            printed
        } else if let Some(tree) = parse_effect(&text(part), &mut diagnostics) {
            let printed = print_effect(&tree);
            let tree =
                parse_effect(&text(&printed), &mut diagnostics).ok_or_else(|| again(&printed, "cannot be read"))?;
            if print_effect(&tree) != printed {
                return Err(again(&printed, "is printed differently"));
            }
            printed
        } else {
            continue;
        };
        *part = printed;
    }
    Ok(parts.join("\""))
}

#[test]
fn printing_and_reading() {
    every_scenario("printing_and_reading", 150, Size::USUAL, |case| {
        let mut changed: Draft = case.draft.clone();
        for section in &mut changed.sections {
            for line in &mut section.lines {
                *line = printed_anew(line)?;
            }
        }
        let opened = reopen(&changed.written())?;
        same_model(&case.opened.model, &opened.model)
    });
}
