//! What stands where: which tables are values, which keys exclude each other, which short forms there are.

use crate::scenario::document::{Entry, Node, Table, Value};

/// The distributions of the language, in byte order.
pub const DISTRIBUTIONS: [&str; 12] = [
    "beta",
    "discrete",
    "empirical",
    "exponential",
    "flip",
    "gamma",
    "lognormal",
    "normal",
    "pert",
    "triangular",
    "uniform",
    "weibull",
];

/// Keys that explain and may stand in every table.
const EXPLAINING: [&str; 3] = ["about", "basis", "source"];

/// The short forms: in this table, a value that is no table stands for a table with this key.
pub(super) const SHORT_FORMS: [(&str, &str); 3] = [("measures", "value"), ("roles", "is"), ("state", "start")];

/// Whether an entry explains its table (`about`, `basis`, `source` with a text) instead of being something of that name.
pub(in crate::scenario) fn explains(key: &str, node: &Node) -> bool {
    EXPLAINING.contains(&key) && matches!(node.value, Value::Text(_))
}

/// Whether a table is a distribution, well-formed or not.
pub(in crate::scenario) fn is_distribution(table: &Table) -> bool {
    table.entries.keys().any(|key| DISTRIBUTIONS.contains(&key.as_str()))
}

/// A path without the `variants.NAME` before it: what stands in a variant stands where it will be laid.
pub(super) fn place(path: &[String]) -> Vec<&str> {
    let skipped = if path.first().is_some_and(|first| first == "variants") { path.len().min(2) } else { 0 };
    path[skipped..].iter().map(String::as_str).collect()
}

/// Whether the table at a path is a value: replaced whole, never merged.
pub(in crate::scenario) fn is_value(path: &[String], table: &Table) -> bool {
    match place(path)[..] {
        ["parameters", _, "prior"] | ["attributes" | "relations" | "state", _, "start"] | ["actors", _, _, _] => true,
        ["actors", _, _] => is_distribution(table),
        ["rules", _, "draws", _]
        | ["rules", _, "later", _, "draws", _]
        | ["choices", _, "options", _, "draws", _]
        | ["choices", _, "options", _, "later", _, "draws", _] => true,
        _ => false,
    }
}

/// The keys that a key of the table at a path takes the place of, when a later layer gives it.
pub(super) fn excluded_by(path: &[String], key: &str) -> &'static [&'static str] {
    match (&place(path)[..], key) {
        (["parameters", _], "value") => &["prior"],
        (["parameters", _], "prior") => &["value"],
        (["rules" | "choices", _], "rate") => &["chance", "every"],
        (["rules" | "choices", _], "chance" | "every") => &["rate"],
        (["choices", _, "options", _], "utility") => &["weight"],
        (["choices", _, "options", _], "weight") => &["utility"],
        _ => &[],
    }
}

/// Whether an entry is `replace = true` or `replace = false`, which speaks of its table.
pub(super) fn is_replace(key: &str, node: &Node) -> bool {
    key == "replace" && matches!(node.value, Value::Boolean(_))
}

/// Writes out the short forms of a scenario and of the variants in it: `x = true` in `[state]` is `x = { start = true }`.
pub(super) fn write_out(table: &mut Table) {
    for (section, key) in SHORT_FORMS {
        if let Some(Value::Table(section)) = table.entries.get_mut(section).map(|entry| &mut entry.node.value) {
            for (name, entry) in &mut section.entries {
                if !matches!(entry.node.value, Value::Table(_))
                    && !explains(name, &entry.node)
                    && !is_replace(name, &entry.node)
                {
                    write_out_entry(entry, key);
                }
            }
        }
    }
    if let Some(Value::Table(variants)) = table.entries.get_mut("variants").map(|entry| &mut entry.node.value) {
        for entry in variants.entries.values_mut() {
            if let Value::Table(variant) = &mut entry.node.value {
                write_out(variant);
            }
        }
    }
}

fn write_out_entry(entry: &mut Entry, key: &str) {
    let span = entry.node.span;
    let node = std::mem::replace(&mut entry.node, Node { value: Value::Table(Table::default()), span });
    if let Value::Table(table) = &mut entry.node.value {
        table.entries.insert(key.to_owned(), Entry { key: entry.key, node });
    }
}
