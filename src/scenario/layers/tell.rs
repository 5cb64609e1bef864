//! What is said of layers: keys that a file overrides, and keys on which included files disagree.

use std::collections::BTreeMap;

use super::merge::{Override, Undecided};
use crate::diagnostic::{Code, Diagnostic, SourceId, Sources, Span};

/// A note for each named table that a file overrides.
pub(super) fn overrides(overrides: &[Override], sources: &Sources) -> Vec<Diagnostic> {
    // By the file that overrides, the file that is overridden, and the table.
    type Place<'a> = (SourceId, SourceId, &'a [String]);
    let mut tables: BTreeMap<Place<'_>, (Vec<String>, Span)> = BTreeMap::new();
    for one in overrides {
        let table = named_table(&one.path);
        let (keys, _) = tables.entry((one.by, one.of, table)).or_insert_with(|| (Vec::new(), one.span));
        let key = one.path[table.len()..].join(".");
        match &one.instead {
            Some(instead) if instead == "replace" => {
                keys.push(if key.is_empty() { "all".to_owned() } else { format!("{key}: all") })
            }
            Some(instead) => keys.push(format!("{instead} instead of {key}")),
            None if key.is_empty() => {}
            None => keys.push(key),
        }
    }
    let mut notes = Vec::new();
    for ((_, of, table), (keys, span)) in tables {
        // Saying in other words what a thing is, or where its number comes from, changes nothing that a reader could miss.
        if !keys.is_empty() && keys.iter().all(|key| ["about", "source", "basis"].contains(&key.as_str())) {
            continue;
        }
        let name = sources.get(of).map_or("", |file| file.name.as_str());
        let keys = if keys.is_empty() { String::new() } else { format!(" ({})", keys.join(", ")) };
        let table = if table.is_empty() { "everything".to_owned() } else { table.join(".") };
        notes.push(
            Diagnostic::new(Code::Overrides, span, format!("overrides {name}: {table}{keys}"))
                .help("rename it if that was not meant; write `replace = true` in the table to start afresh"),
        );
    }
    notes
}

/// An error for each named table on which two included files disagree.
pub(super) fn undecided(found: &[Undecided], sources: &Sources) -> Vec<Diagnostic> {
    let mut told: BTreeMap<(&[String], SourceId, SourceId), Diagnostic> = BTreeMap::new();
    for one in found {
        let name = |span: Span| sources.get(span.source).map_or("", |file| file.name.as_str());
        let place = (named_table(&one.path), one.earlier.source, one.later.source);
        if let Some(diagnostic) = told.get_mut(&place) {
            diagnostic.more_places += 1;
            continue;
        }
        let key = one.path.join(".");
        let (earlier, later) = (name(one.earlier), name(one.later));
        let diagnostic = Diagnostic::new(
            Code::UndecidedInclude,
            one.later,
            format!("`{earlier}` and `{later}` disagree on `{key}`"),
        )
        .also(one.earlier, format!("`{earlier}` says this"))
        .help(format!("say `{key}` in the file that includes both, or let one of the two include the other"));
        told.insert(place, diagnostic);
    }
    told.into_values().collect()
}

/// The part of a path that names a table (`rules.vote`), variants taken with what they change.
fn named_table(path: &[String]) -> &[String] {
    let length = if path.first().is_some_and(|first| first == "variants") { 4 } else { 2 };
    &path[..path.len().min(length)]
}
