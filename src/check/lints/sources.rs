//! Numbers without a source, told under `--strict` only.

use crate::check::raw::{CellKind, Raw};
use crate::check::read;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::Notes;
use crate::scenario::Loaded;

/// Priors that do not say what they rest on, and whatever claims to rest on data or literature without naming it.
///
/// Not part of [`check`](crate::check::check): only those who ask for it are told.
#[must_use]
pub fn missing_sources(loaded: &Loaded) -> Vec<Diagnostic> {
    let raw = read::read(&loaded.table, &mut Vec::new());
    let mut all = Vec::new();
    for (id, parameter) in &raw.parameters {
        let basis = parameter.notes.basis.as_deref();
        let unexplained = basis.is_none() && (parameter.notes.source.is_none() || parameter.prior.is_some());
        if unexplained && (parameter.prior.is_some() || parameter.value.is_some()) {
            all.push(
                Diagnostic::new(
                    Code::MissingSource,
                    parameter.key,
                    format!("`{id}` does not say what its number rests on"),
                )
                .help("add `source = \"..\"` and `basis = \"data\"`, `\"literature\"` or `\"judgement\"`"),
            );
        } else {
            all.extend(unnamed(&format!("parameters.{id}"), &parameter.notes, parameter.key));
        }
    }
    for (path, notes, key) in others(&raw) {
        all.extend(unnamed(&path, notes, key));
    }
    all
}

fn others(raw: &Raw) -> Vec<(String, &Notes, Span)> {
    fn cells<'r>(table: &'r str, (id, kind): (&'r String, &'r CellKind)) -> (String, &'r Notes, Span) {
        (format!("{table}.{id}"), &kind.notes, kind.key)
    }
    let mut all: Vec<(String, &Notes, Span)> = Vec::new();
    all.extend(raw.attributes.iter().map(|kind| cells("attributes", kind)));
    all.extend(raw.relations.iter().map(|kind| cells("relations", kind)));
    all.extend(raw.state.iter().map(|kind| cells("state", kind)));
    all.extend(raw.actors.iter().map(|(id, actor)| (format!("actors.{id}"), &actor.notes, actor.key)));
    all.extend(raw.rules.iter().map(|(id, rule)| (format!("rules.{id}"), &rule.event.notes, rule.key)));
    for (id, choice) in &raw.choices {
        all.push((format!("choices.{id}"), &choice.notes, choice.key));
        let options = choice.options.iter();
        all.extend(
            options
                .map(|(option, written)| (format!("choices.{id}.options.{option}"), &written.event.notes, written.key)),
        );
    }
    all.extend(raw.queries.iter().map(|(id, query)| (format!("queries.{id}"), &query.notes, query.key)));
    all
}

/// A claim without a reference.
fn unnamed(path: &str, notes: &Notes, key: Span) -> Option<Diagnostic> {
    let basis = notes.basis.as_deref().filter(|basis| *basis == "data" || *basis == "literature")?;
    notes.source.is_none().then(|| {
        Diagnostic::new(Code::MissingSource, key, format!("`{path}` rests on {basis} and does not say which"))
            .help("add `source = \"..\"`")
    })
}
