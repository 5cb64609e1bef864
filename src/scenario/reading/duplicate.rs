//! A key that is given twice in one file: where it was given first.

use super::guess;
use super::syntax::Finding;
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::scenario::document::{Node, Table, Value};

/// Says of a duplicate key where the first one is, if that is to be searched. `finding` is the place of the second.
pub(super) fn explain(source: SourceId, text: &str, finding: &Finding, search: bool) -> Diagnostic {
    let key = &text[finding.start..finding.end];
    let span = finding.span(source);
    let line = guess::line_at(text, finding.start);
    let header = text[line.clone()].trim_start().starts_with('[');
    let first = if search { first_place(source, text, finding, header) } else { None };
    let what = if header { "table" } else { "key" };
    let name = if header { text[line].trim().trim_matches(['[', ']']).trim() } else { key };
    let diagnostic = Diagnostic::new(Code::TomlSyntax, span, format!("the {what} `{name}` is given twice"));
    let diagnostic = match first {
        Some(first) if first.start < span.start => diagnostic.also(first, "first given here"),
        _ => diagnostic,
    };
    if header {
        diagnostic.help("put the keys of both under one header, or call one of them something else")
    } else {
        diagnostic.help("delete one of the two, or call one of them something else")
    }
}

fn first_place(source: SourceId, text: &str, finding: &Finding, header: bool) -> Option<Span> {
    let line = guess::line_at(text, finding.start);
    // What stands before the second one, read by itself, still has the first.
    let before = if header { &text[..line.start] } else { &text[..finding.start] };
    let table = super::parse::recovered(source, cut_to_line(before, header));
    if header {
        return follow(&table, &keys_in(&text[line])?);
    }
    let mut path = prefix_keys(&text[line.start..finding.start]).unwrap_or_default();
    path.push(text[finding.start..finding.end].trim_matches(['"', '\'']).to_owned());
    in_braces(text, source, finding, &path).or_else(|| follow(last_header(text, &table), &path))
}

/// Whole lines only: the line of the second key would be read half.
fn cut_to_line(before: &str, header: bool) -> &str {
    if header { before } else { &before[..before.rfind('\n').map_or(0, |newline| newline + 1)] }
}

/// The keys of `[a.b]`.
fn keys_in(header: &str) -> Option<Vec<String>> {
    let inside = header.trim().trim_start_matches('[');
    prefix_keys(&format!("{}.", &inside[..inside.find(']')?]))
}

/// The keys `a`, `b` of a text `a.b.` (with what braces and commas stand before it).
fn prefix_keys(text: &str) -> Option<Vec<String>> {
    let text = &text[text.rfind(['{', ',', '[']).map_or(0, |bracket| bracket + 1)..];
    let path = text.trim().strip_suffix('.')?;
    Some(path.split('.').map(|key| key.trim().trim_matches(['"', '\'']).to_owned()).collect())
}

/// The place of the last key of a path.
fn follow(table: &Table, path: &[String]) -> Option<Span> {
    let entry = table.entries.get(path.first()?)?;
    match (&entry.node.value, &path[1..]) {
        (_, []) => Some(entry.key),
        (Value::Table(table), rest) => follow(table, rest),
        (Value::List(items), rest) => match items.last().map(|item| &item.value) {
            Some(Value::Table(table)) => follow(table, rest),
            _ => None,
        },
        _ => None,
    }
}

/// The table of the last header of a text, or the whole.
fn last_header<'a>(text: &str, table: &'a Table) -> &'a Table {
    fn search<'a>(text: &str, node: &'a Node, found: &mut (u32, &'a Table)) {
        match &node.value {
            Value::Table(table) => {
                let written = &text[node.span.start as usize..];
                if written.starts_with('[') && node.span.start >= found.0 {
                    *found = (node.span.start, table);
                }
                table.entries.values().for_each(|entry| search(text, &entry.node, found));
            }
            Value::List(items) => items.iter().for_each(|item| search(text, item, found)),
            _ => {}
        }
    }
    let mut found = (0, table);
    table.entries.values().for_each(|entry| search(text, &entry.node, &mut found));
    found.1
}

/// The first key, if both stand in one table in braces.
fn in_braces(text: &str, source: SourceId, finding: &Finding, path: &[String]) -> Option<Span> {
    fn search(text: &str, node: &Node, place: u32, path: &[String], found: &mut Option<Span>) {
        match &node.value {
            Value::Table(table) => {
                let braces = text[node.span.start as usize..].starts_with('{');
                if braces && node.span.start < place && place < node.span.end {
                    *found = follow(table, path).filter(|first| first.start < place).or(*found);
                }
                table.entries.values().for_each(|entry| search(text, &entry.node, place, path, found));
            }
            Value::List(items) => items.iter().for_each(|item| search(text, item, place, path, found)),
            _ => {}
        }
    }
    let whole = super::parse::recovered(source, text);
    let mut found = None;
    whole.entries.values().for_each(|entry| search(text, &entry.node, finding.start as u32, path, &mut found));
    found
}
