//! Variants: parts of a scenario that are laid over it when the command asks.

use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::scenario::document::{Table, Value};

/// A variant that the scenario or what it includes declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it says of itself (`about`).
    pub about: Option<String>,
    /// Where it is declared.
    pub span: Span,
    /// What it lays over the scenario.
    pub(super) table: Table,
}

/// Takes the variants out of a scenario, in byte order of their names.
pub(super) fn take_variants(table: &mut Table, diagnostics: &mut Vec<Diagnostic>) -> Vec<Variant> {
    let Some(entry) = table.entries.remove("variants") else { return Vec::new() };
    let Value::Table(variants) = entry.node.value else {
        diagnostics.push(
            Diagnostic::new(Code::WrongKind, entry.node.span, "`variants` holds tables")
                .help("write `[variants.firm]` and below it `parameters.ultimatum.value = \"3 days\"`"),
        );
        return Vec::new();
    };
    let mut found = Vec::new();
    for (name, entry) in variants.entries {
        let span = entry.key;
        match entry.node.value {
            Value::Table(mut table) => {
                let about = match table.entries.get("about").map(|entry| &entry.node.value) {
                    Some(Value::Text(text)) => Some(text.text.clone()),
                    _ => None,
                };
                for key in ["about", "source", "basis"] {
                    table.entries.remove(key);
                }
                refuse(&name, &mut table, diagnostics);
                found.push(Variant { name, about, span, table });
            }
            Value::Text(_) if ["about", "source", "basis"].contains(&name.as_str()) => {}
            _ => diagnostics.push(
                Diagnostic::new(Code::WrongKind, entry.node.span, format!("the variant `{name}` is no table"))
                    .help(format!("write `[variants.{name}]` and below it what it changes")),
            ),
        }
    }
    found
}

/// Takes out what a variant may not change.
fn refuse(name: &str, table: &mut Table, diagnostics: &mut Vec<Diagnostic>) {
    let mut tell = |key: &str, span: Span, why: &str| {
        diagnostics.push(
            Diagnostic::new(Code::UnknownKey, span, format!("the variant `{name}` may not change `{key}`: {why}"))
                .help("delete it here; make a file that includes the scenario and says it there"),
        );
    };
    let reasons = [
        ("format", "it belongs to a file"),
        ("history", "what was observed is the same in all variants"),
        ("include", "it belongs to a file"),
        ("variants", "a variant holds no variants"),
    ];
    for (key, why) in reasons {
        if let Some(entry) = table.entries.remove(key) {
            tell(key, entry.key, why);
        }
    }
    if let Some(Value::Table(scenario)) = table.entries.get_mut("scenario").map(|entry| &mut entry.node.value) {
        for key in ["start", "step"] {
            if let Some(entry) = scenario.entries.remove(key) {
                tell(&format!("scenario.{key}"), entry.key, "all variants share their draws, step by step");
            }
        }
    }
}

/// What to say of a variant that there is not. `source` is the word of the command.
pub(super) fn unknown(name: &str, source: SourceId, variants: &[Variant]) -> Diagnostic {
    let span = Span { source, start: 0, end: name.len() as u32 };
    let names: Vec<&str> = variants.iter().map(|variant| variant.name.as_str()).collect();
    let diagnostic = Diagnostic::new(Code::UnknownVariant, span, format!("there is no variant `{name}`"));
    if let Some(near) = crate::diagnostic::suggest(name, names.iter().copied()) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    if names.is_empty() {
        return diagnostic.help("declare it as `[variants.NAME]`: the scenario has no variants");
    }
    diagnostic.help(format!("choose one of {}", crate::scenario::layers::load::listed(&names)))
}
