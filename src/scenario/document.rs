//! The tree of a TOML text, with a place for every key and value: what layers are laid over.

use std::collections::BTreeMap;

use crate::diagnostic::Span;

/// A key's value and both places.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where the key stands.
    pub key: Span,
    /// What it holds.
    pub node: Node,
}

/// A value and its place. A table that was written in several headers has the place of its first header.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place, quotes included.
    pub span: Span,
}

/// A TOML value. Tables keep byte order of keys: file order never matters.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(Text),
    /// A whole number.
    Integer(i64),
    /// A float, nearest to the decimal text.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A TOML date or date-time, as written (`2023-08-25`, `2023-08-25T18:00`).
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The entries in byte order of their keys.
    pub entries: BTreeMap<String, Entry>,
}

/// A text as meant, and the way back to where each byte of it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The text after TOML's escapes.
    pub text: String,
    /// Place of the whole value, quotes included.
    pub span: Span,
    /// File offset of every byte of `text`, and one past the end: `text.len() + 1` entries. Empty for a text that was never written
    /// in a file (then every part has the place of the whole).
    pub offsets: Vec<u32>,
}

impl Text {
    /// The place of the bytes `start..end` of the text.
    #[must_use]
    pub fn place(&self, start: usize, end: usize) -> Span {
        match (self.offsets.get(start), self.offsets.get(end)) {
            (Some(&from), Some(&to)) => Span { source: self.span.source, start: from, end: to },
            _ => self.span,
        }
    }
}

impl Table {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.get(key).map(|entry| &entry.node)
    }
}
