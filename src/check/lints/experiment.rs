//! What the command itself switches off, by `--without` or `--set`: an experiment, of whose consequences nobody needs to be warned.

use std::collections::BTreeSet;

use crate::diagnostic::SourceId;
use crate::scenario::document::{Table, Value};
use crate::scenario::{LayerKind, Loaded};

/// Ids of rules, choices, options (`choice.option`) and flows.
pub(in crate::check) fn switched_off(loaded: &Loaded) -> BTreeSet<String> {
    let by_command = |kind: LayerKind| matches!(kind, LayerKind::Set | LayerKind::Without);
    let words: BTreeSet<SourceId> =
        loaded.layers.iter().filter(|layer| by_command(layer.kind)).map(|layer| layer.source).collect();
    let mut found = BTreeSet::new();
    if words.is_empty() {
        return found;
    }
    let is_off = |table: &Table| match table.entries.get("enabled").map(|entry| &entry.node) {
        Some(node) => matches!(node.value, Value::Boolean(false)) && words.contains(&node.span.source),
        None => false,
    };
    for section in ["rules", "choices", "flows"] {
        for (id, table) in tables(&loaded.table, section) {
            if is_off(table) {
                found.insert(id.to_owned());
            }
            for (option, table) in tables(table, "options") {
                if is_off(table) {
                    found.insert(format!("{id}.{option}"));
                }
            }
        }
    }
    found
}

/// The tables in a part of a table.
fn tables<'t>(table: &'t Table, section: &str) -> Vec<(&'t str, &'t Table)> {
    let Some(Value::Table(inner)) = table.entries.get(section).map(|entry| &entry.node.value) else {
        return Vec::new();
    };
    let tables = inner.entries.iter().filter_map(|(id, entry)| match &entry.node.value {
        Value::Table(table) => Some((id.as_str(), table)),
        _ => None,
    });
    tables.collect()
}
