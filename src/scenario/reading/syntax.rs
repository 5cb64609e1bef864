//! What to say of a text that is not TOML: the parser's finding, told in the words of the mistake that was probably made.

use super::parse::too_deep;
use super::{duplicate, guess};
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::scenario::document::{Node, Table, Value};

/// Most mistakes of syntax that are told of one text.
const MOST: usize = 50;
/// For so many of them the first of two equal keys is searched, which reads the text again.
const SEARCHED: usize = 10;

/// One diagnostic for each line that the parser stumbled over. `table` is what it could read nevertheless.
pub(super) fn explain(source: SourceId, text: &str, table: &Table, errors: &[toml::de::Error]) -> Vec<Diagnostic> {
    let mut findings: Vec<Finding> = errors.iter().map(|error| Finding::new(error, text)).collect();
    findings.sort_by_key(|finding| finding.start);
    let told_deep = findings.iter().find(|finding| finding.message.contains("recurs"));
    if let Some(finding) = told_deep {
        return vec![too_deep(finding.span(source))];
    }
    let mut told = Vec::new();
    let unclosed_words = ["unclosed array, ", "unclosed inline table, ", "invalid multi-line "];
    if findings.iter().any(|finding| unclosed_words.iter().any(|words| finding.message.starts_with(words))) {
        // It has swallowed all that follows, so that whatever else is said of that says nothing.
        if let Some(open) = unclosed(text, table) {
            findings.retain(|finding| finding.start < open.span.start as usize);
            told.push(unclosed_diagnostic(open));
        }
    }
    let mut own = Vec::new();
    let mut told_until = None;
    for finding in &findings {
        if told_until.is_some_and(|end| finding.start <= end) {
            continue;
        }
        if own.len() >= MOST {
            break;
        }
        told_until = Some(guess::line_at(text, finding.start).end);
        own.push(finding.explain(source, text, own.len() < SEARCHED));
    }
    own.append(&mut told);
    own
}

/// A finding of the parser: a place and its words.
pub(super) struct Finding {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) message: String,
}

impl Finding {
    fn new(error: &toml::de::Error, text: &str) -> Self {
        let range = error.span().unwrap_or(0..0);
        let mut start = range.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = range.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Finding { start, end, message: error.message().to_owned() }
    }

    pub(super) fn span(&self, source: SourceId) -> Span {
        Span { source, start: self.start as u32, end: self.end as u32 }
    }

    fn explain(&self, source: SourceId, text: &str, search: bool) -> Diagnostic {
        if self.message == "duplicate key" {
            return duplicate::explain(source, text, self, search);
        }
        if self.message.starts_with("cannot extend value") {
            let name = &text[self.start..self.end];
            return Diagnostic::new(
                Code::TomlSyntax,
                self.span(source),
                format!("`{name}` already has a value that is no table"),
            )
            .help("write the keys in one table, such as `name = { start = 1, range = [0, 2] }`");
        }
        let line = guess::line_at(text, self.start);
        if let Some(guess) = guess::guess(text, line, self) {
            let place = Span { source, start: guess.start as u32, end: guess.end as u32 };
            return Diagnostic::new(Code::TomlSyntax, place, guess.message).help(guess.help);
        }
        Diagnostic::new(Code::TomlSyntax, self.span(source), self.message.replace(", expected nothing", ""))
            .help("write `key = value`, `[table]`, or a comment after `#`")
    }
}

/// The innermost list or table in braces that reaches the end of the text without its closing bracket.
fn unclosed<'a>(text: &str, table: &'a Table) -> Option<&'a Node> {
    fn search<'a>(text: &str, node: &'a Node, found: &mut Option<&'a Node>) {
        let written = text.get(node.span.start as usize..node.span.end as usize).unwrap_or("");
        let open = match &node.value {
            Value::List(_) => written.starts_with('[') && !written.ends_with(']'),
            Value::Table(_) => written.starts_with('{') && !written.ends_with('}'),
            Value::Text(_) if !written.starts_with("\"\"\"") && !written.starts_with("'''") => false,
            Value::Text(_) => written.len() < 6 || !written.ends_with(&written[..3]),
            _ => false,
        };
        if open && found.is_none_or(|found| found.span.start < node.span.start) {
            *found = Some(node);
        }
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| search(text, item, found)),
            Value::Table(table) => table.entries.values().for_each(|entry| search(text, &entry.node, found)),
            _ => {}
        }
    }
    let mut found = None;
    table.entries.values().for_each(|entry| search(text, &entry.node, &mut found));
    found
}

fn unclosed_diagnostic(open: &Node) -> Diagnostic {
    let (what, size, help) = match open.value {
        Value::List(_) => ("list", 1, "add `]` after its last entry, and commas between the entries"),
        Value::Table(_) => ("table", 1, "add `}` after its last entry, and commas between the entries"),
        _ => ("text of several lines", 3, "close it with the same three quotes that open it"),
    };
    let place = Span { end: open.span.start + size, ..open.span };
    Diagnostic::new(Code::TomlSyntax, place, format!("this {what} is never closed")).help(help)
}
