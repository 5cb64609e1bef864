//! TOML text to tree, with a place for every key and value.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{quoted, syntax};
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::scenario::document::{Entry, Node, Table, Text, Value};

/// Deepest nesting of tables and lists that is read. The language itself needs 13 levels.
pub const MAX_DEPTH: usize = 32;

/// Reads a TOML text as a tree. `text` is the text of `source`.
///
/// Every mistake is added to `diagnostics`, and what could be understood is returned, so that all mistakes are told at once; after an
/// error of syntax the tree may lack parts.
pub fn parse_document(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let (table, errors) = if text.len() <= LARGE {
        DeTable::parse_recoverable(text)
    } else {
        // Each mistake of a large text costs memory: then only the first is kept.
        match DeTable::parse(text) {
            Ok(table) => (table, Vec::new()),
            Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
        }
    };
    let mut converter = Converter { source, text, base: 0, told_too_deep: false, found: Vec::new() };
    let table = converter.table(table.get_ref(), 0);
    if !errors.is_empty() {
        diagnostics.extend(syntax::explain(source, text, &table, &errors));
    }
    diagnostics.append(&mut converter.found);
    table
}

/// What can be read of a text, whatever is wrong with it.
pub(super) fn recovered(source: SourceId, text: &str) -> Table {
    let (table, _) = DeTable::parse_recoverable(text);
    Converter { source, text, base: 0, told_too_deep: false, found: Vec::new() }.table(table.get_ref(), 0)
}

/// Up to this many bytes all mistakes of a text are collected.
const LARGE: usize = 1 << 20;

/// Reads a single value, such as that of `--set`: `text[start..]` of the source. `None` if it is not TOML.
pub(in crate::scenario) fn parse_value(
    source: SourceId,
    text: &str,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Node> {
    let value = &text[start..];
    let (node, errors) = DeValue::parse_recoverable(value);
    if !errors.is_empty() {
        return None;
    }
    let mut converter = Converter { source, text: value, base: start, told_too_deep: false, found: Vec::new() };
    let node = converter.node(&node, 0);
    diagnostics.append(&mut converter.found);
    node
}

struct Converter<'a> {
    source: SourceId,
    text: &'a str,
    /// Where `text` begins in the source.
    base: usize,
    told_too_deep: bool,
    found: Vec<Diagnostic>,
}

impl Converter<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        // Sources are at most 16 MiB, so that offsets fit.
        Span { source: self.source, start: (self.base + range.start) as u32, end: (self.base + range.end) as u32 }
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Table {
        let mut entries = std::collections::BTreeMap::new();
        for (key, value) in table {
            if let Some(node) = self.node(value, depth + 1) {
                entries.insert(key.get_ref().to_string(), Entry { key: self.span(key.span()), node });
            }
        }
        Table { entries }
    }

    fn node(&mut self, written: &Spanned<DeValue<'_>>, depth: usize) -> Option<Node> {
        let span = self.span(written.span());
        if depth > MAX_DEPTH {
            if !self.told_too_deep {
                self.told_too_deep = true;
                self.found.push(too_deep(span));
            }
            return None;
        }
        let value = match written.get_ref() {
            DeValue::String(text) => self.quoted(text, written.span(), span),
            DeValue::Boolean(value) => Value::Boolean(*value),
            DeValue::Integer(number) => self.integer(number.as_str(), number.radix(), span),
            DeValue::Float(number) => self.float(number.as_str(), self.text.get(written.span()).unwrap_or(""), span),
            DeValue::Datetime(date) => self.date(date, span),
            DeValue::Array(list) => Value::List(list.iter().filter_map(|item| self.node(item, depth + 1)).collect()),
            DeValue::Table(table) => Value::Table(self.table(table, depth)),
        };
        Some(Node { value, span })
    }

    fn quoted(&mut self, meant: &str, range: std::ops::Range<usize>, span: Span) -> Value {
        let meant = meant.replace("\r\n", "\n");
        match self.text.get(range).and_then(|written| quoted::decode(written, span.start)) {
            Some((text, offsets)) if text.replace("\r\n", "\n") == meant => Value::Text(Text { text, span, offsets }),
            // Only after an error of syntax.
            _ => Value::Text(Text { text: meant, span, offsets: Vec::new() }),
        }
    }

    fn integer(&mut self, digits: &str, radix: u32, span: Span) -> Value {
        match i64::from_str_radix(digits, radix) {
            Ok(number) => Value::Integer(number),
            // Not even a number: told as an error of syntax.
            Err(error)
                if matches!(error.kind(), std::num::IntErrorKind::InvalidDigit | std::num::IntErrorKind::Empty) =>
            {
                Value::Integer(0)
            }
            Err(_) => {
                self.wrong(
                    span,
                    "this whole number is too large",
                    "write it with a point or an exponent, such as `1e20`",
                );
                Value::Integer(0)
            }
        }
    }

    fn float(&mut self, digits: &str, written: &str, span: Span) -> Value {
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Float(number),
            // A word that only begins like one is told as an error of syntax.
            Ok(number) if number.is_nan() && !written.ends_with("nan") => Value::Float(0.0),
            Ok(_) if digits.ends_with("inf") && !written.ends_with("inf") => Value::Float(0.0),
            Ok(_) if digits.ends_with("inf") || digits.ends_with("nan") => {
                let message = format!("`{digits}` is not a number of the language");
                self.wrong(span, message, "write a plain number; for a time that never comes use a `limit` or a guard");
                Value::Float(0.0)
            }
            Ok(_) => {
                self.wrong(span, "this number is too large", "write a number below 1.8e308");
                Value::Float(0.0)
            }
            // Told as an error of syntax.
            Err(_) => Value::Float(0.0),
        }
    }

    fn date(&mut self, written: &toml::value::Datetime, span: Span) -> Value {
        let date = written.date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        let time = written.time.map(|time| {
            let mut text = format!("{:02}:{:02}", time.hour, time.minute);
            let (seconds, nanoseconds) = (time.second.unwrap_or(0), time.nanosecond.unwrap_or(0));
            if seconds != 0 || nanoseconds != 0 {
                text.push_str(&format!(":{seconds:02}"));
            }
            if nanoseconds != 0 {
                text.push_str(format!(".{nanoseconds:09}").trim_end_matches('0'));
            }
            text
        });
        let local = match (date, time) {
            (Some(date), Some(time)) => format!("{date}T{time}"),
            (Some(date), None) => date,
            (None, Some(time)) => {
                let help = format!("write the date before it, such as `2023-08-25T{time}`");
                self.wrong(span, "a time of day without its date", help);
                String::new()
            }
            // Not even a date: told as an error of syntax.
            (None, None) => String::new(),
        };
        if written.offset.is_some() {
            let help = format!("write the local time of the crisis without its zone: `{local}`");
            self.wrong(span, "a date has no time zone here", help);
        }
        Value::Date(local)
    }

    fn wrong(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::new(Code::WrongKind, span, message).help(help));
    }
}

/// The mistake of nesting too deep.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, span, format!("tables and lists may be nested {MAX_DEPTH} deep at most"))
        .help("take the tables apart; the language itself needs 13 levels")
}
