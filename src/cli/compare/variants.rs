//! `--variant` of `flashpoint compare`: from a text to a checked scenario.

use std::path::PathBuf;

use crate::cli::arguments::Changes;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::loading::{Checked, Telling};
use crate::comparison::BASE;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Model;

use super::CompareRequest;

/// A scenario to be compared.
#[derive(Debug)]
pub(in crate::cli) struct Variant {
    /// What it is called in tables.
    pub(in crate::cli) label: String,
    /// What was typed; empty for the base.
    pub(in crate::cli) given: String,
    /// Its file.
    pub(in crate::cli) file: PathBuf,
    /// The scenario.
    pub(in crate::cli) model: Model,
}

/// What a text asks for.
#[derive(Debug)]
struct Asked {
    label: String,
    /// Another file than the scenario's.
    file: Option<PathBuf>,
    changes: Changes,
}

/// Reads all variants; tells what is wrong with them, and what is odd.
pub(super) fn read(
    request: &CompareRequest,
    base: &Variant,
    base_diagnostics: &[Diagnostic],
    console: &Console,
) -> Result<Vec<Variant>, Failure> {
    let mut variants: Vec<Variant> = Vec::new();
    for given in &request.variants {
        let asked = take_apart(given)?;
        if asked.label == BASE {
            return Err(usage(
                format!("`{BASE}` is what the scenario itself is called"),
                format!("give the variant another label: `--variant \"LABEL: {}\"`", without_label(given)),
            ));
        }
        if let Some(other) = variants.iter().find(|other| other.label == asked.label) {
            let help = format!("give one another label: `--variant \"LABEL: {}\"`", without_label(given));
            return Err(usage(format!("two variants are called `{}`", other.label), help));
        }
        let file = asked.file.clone().unwrap_or_else(|| request.file.clone());
        let checked = Checked::read(&file, &asked.changes, Telling::Brief);
        let fails = checked.has(Severity::Error) || checked.is_library || checked.unreadable;
        // What is switched off leaves things without use; that is no news.
        let is_news = !asked.changes.variants.is_empty() || !asked.changes.sets.is_empty() || asked.file.is_some();
        let known = |diagnostic: &&Diagnostic| base_diagnostics.iter().any(|known| known.message == diagnostic.message);
        let news = is_news && checked.diagnostics.iter().any(|diagnostic| !known(&diagnostic));
        let tells = fails || (news && !request.making.quiet);
        if tells {
            console.tell(&format!("of the variant `{}`:\n", asked.label));
        }
        let (model, _) = checked.into_runnable(console, !tells)?;
        agree(&asked.label, &model, &base.model)?;
        if !request.making.quiet {
            let twin =
                std::iter::once(base).chain(&variants).find(|other| other.model.fingerprint == model.fingerprint);
            if let Some(twin) = twin {
                let other =
                    if twin.label == BASE { "the scenario itself".to_owned() } else { format!("`{}`", twin.label) };
                console.tell(&format!(
                    "warning: the variant `{}` is the same as {other}: no run will differ\n",
                    asked.label
                ));
            }
        }
        variants.push(Variant { label: asked.label, given: given.clone(), file, model });
    }
    Ok(variants)
}

/// Runs are paired step by step: refuses another step and another horizon.
fn agree(label: &str, model: &Model, base: &Model) -> Result<(), Failure> {
    if model.step_days != base.step_days {
        return Err(usage(
            format!("the variant `{label}` has steps of {} days, the scenario of {}", model.step_days, base.step_days),
            "compare scenarios of one step: runs share their draws step by step. `flashpoint refine` shows what the step does".to_owned(),
        ));
    }
    if model.n_steps != base.n_steps {
        let days = |model: &Model| model.day_of_step(model.n_steps);
        return Err(usage(
            format!("the variant `{label}` goes on for {} days, the scenario for {}", days(model), days(base)),
            "compare scenarios of one horizon: otherwise the horizon's outcome means two things".to_owned(),
        ));
    }
    Ok(())
}

fn usage(message: String, help: String) -> Failure {
    Failure::Usage { message, help: Some(help) }
}

/// What stands behind the label, if there is one.
fn without_label(given: &str) -> &str {
    split_label(given).map_or(given, |(_, rest)| rest).trim()
}

/// A label and what is behind its `: `. Behind a `=` there are no labels.
fn split_label(given: &str) -> Option<(&str, &str)> {
    let (label, rest) = given.split_once(": ")?;
    (!label.contains(['=', '"', '\'', '{', '['])).then_some((label, rest))
}

/// Takes `[label: ]part, part` apart.
fn take_apart(given: &str) -> Result<Asked, Failure> {
    let (label, rest) = split_label(given).unwrap_or((given, given));
    let mut asked = Asked { label: label.trim().to_owned(), file: None, changes: Changes::default() };
    let is_file = |part: &str| {
        let part = part.trim();
        !part.contains('=') && (part.ends_with(".toml") || part.contains(['/', '\\']))
    };
    let parts = parts(rest);
    if parts.len() == 1 && is_file(rest) {
        asked.file = Some(PathBuf::from(rest.trim()));
        return named(asked, given);
    }
    for part in parts {
        let part = part.trim();
        if part.is_empty() {
            let help = "write a name, `name=value`, `without RULE` or a file, with commas between several";
            return Err(usage(format!("the variant `{given}` has an empty part"), help.to_owned()));
        }
        if is_file(part) {
            let help = "write a file that includes it and says the rest";
            return Err(usage(format!("`{part}` is a file, which stands alone in a variant"), help.to_owned()));
        }
        match part.strip_prefix("without ") {
            Some(rule) => asked.changes.without.push(rule.trim().to_owned()),
            None if part.contains('=') => asked.changes.sets.push(part.to_owned()),
            None => asked.changes.variants.push(part.to_owned()),
        }
    }
    named(asked, given)
}

/// Refuses an empty label.
fn named(asked: Asked, given: &str) -> Result<Asked, Failure> {
    if asked.label.is_empty() {
        let help = "write it before the colon: `no pledges: pledge_size=0`";
        return Err(usage(format!("the variant `{given}` has an empty label"), help.to_owned()));
    }
    Ok(asked)
}

/// The parts between commas that stand in no brackets and no quotes.
fn parts(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_i32, None);
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth <= 0 => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_of_a_variant() {
        let read = |text: &str| take_apart(text).unwrap_or_else(|failure| panic!("{text}: {failure:?}"));
        let firm = read("firm");
        assert_eq!((firm.label.as_str(), firm.changes.variants), ("firm", vec!["firm".to_owned()]));
        let labelled =
            read("no pledges: pledge_size=0, hostility(a, b)=0.5, prior={ uniform = { low = 1, high = 2 } }");
        assert_eq!(labelled.label, "no pledges");
        assert_eq!(
            labelled.changes.sets,
            ["pledge_size=0", "hostility(a, b)=0.5", "prior={ uniform = { low = 1, high = 2 } }"]
        );
        let mixed = read("firm, without rules.expel, start=2023-08-25T18:00");
        assert_eq!((mixed.changes.variants.len(), mixed.changes.without), (1, vec!["rules.expel".to_owned()]));
        assert_eq!(mixed.label, "firm, without rules.expel, start=2023-08-25T18:00");
        for (text, label) in [("other.toml", "other.toml"), ("the other: cases/other.toml", "the other")] {
            let other = read(text);
            assert!(other.file.is_some_and(|file| file.ends_with("other.toml")), "{text}");
            assert_eq!(other.label, label);
        }
        for text in ["", " , firm", "firm, other.toml", ": firm"] {
            assert!(take_apart(text).is_err(), "{text}");
        }
    }
}
