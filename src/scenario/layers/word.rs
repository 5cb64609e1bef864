//! The words of the command, `--set NAME=VALUE` and `--without NAME`, taken apart.

use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::scenario::document::{Node, Text, Value};
use crate::scenario::reading::{parse_document, parse_value};

/// A name and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) span: Span,
}

/// What a word of the command speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Address {
    /// `a.b.c`
    Path(Vec<Key>),
    /// `hostility(junta, france)`
    Pair { relation: Key, from: Key, to: Key },
}

/// Takes `NAME=VALUE` apart.
///
/// # Errors
/// [`Code::BadSet`]
pub(super) fn take_apart(
    source: SourceId,
    word: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Address, Node), Diagnostic> {
    let whole = Span { source, start: 0, end: word.len() as u32 };
    let Some(equals) = equals_sign(word) else {
        return Err(bad(whole, format!("`{word}` sets nothing"))
            .help("write `--set NAME=VALUE`, such as `--set ultimatum=\"3 days\"`"));
    };
    let address = address(source, &word[..equals])?;
    let value = &word[equals + 1..];
    let start = equals + 1 + (value.len() - value.trim_start().len());
    let value = value.trim();
    let span = Span { source, start: start as u32, end: (start + value.len()) as u32 };
    if value.is_empty() {
        let help = format!("write `--set {}=VALUE`", word[..equals].trim());
        return Err(bad(whole, "nothing stands after `=`".to_owned()).help(help));
    }
    if let Some(node) = parse_value(source, &word[..start + value.len()], start, diagnostics) {
        return Ok((address, node));
    }
    if value.starts_with(['[', '{', '"', '\'']) {
        let help = "write it as in a scenario file, and put the whole word between single quotes for the shell";
        return Err(bad(span, format!("`{value}` is not a value")).help(help));
    }
    // Text that stands as it is: every byte is its own place.
    let offsets = (span.start..=span.end).collect();
    Ok((address, Node { value: Value::Text(Text { text: value.to_owned(), span, offsets }), span }))
}

/// Reads the name that a word of the command begins with.
///
/// # Errors
/// [`Code::BadSet`]
pub(super) fn address(source: SourceId, name: &str) -> Result<Address, Diagnostic> {
    let span = |start: usize, end: usize| Span { source, start: start as u32, end: end as u32 };
    let whole = span(0, name.len());
    let not_a_name = || {
        let message = if name.trim().is_empty() {
            "a name is missing".to_owned()
        } else {
            format!("`{}` is not a name", name.trim())
        };
        Err(bad(whole, message).help(
            "write a parameter, a path such as `rules.vote.rate`, or a start such as `france.resolve` or `hostility(junta, france)`",
        ))
    };
    if let Some(open) = name.find('(').filter(|_| !name.contains(['"', '\'', '.'])) {
        let inside = name[open + 1..].trim_end().strip_suffix(')');
        let Some((from, to)) = inside.and_then(|inside| inside.split_once(',')) else {
            return not_a_name();
        };
        let key = |text: &str, start: usize| {
            let start = start + (text.len() - text.trim_start().len());
            let text = text.trim();
            Key { text: text.to_owned(), span: span(start, start + text.len()) }
        };
        let (relation, from, to) = (key(&name[..open], 0), key(from, open + 1), key(to, open + 2 + from.len()));
        if [&relation, &from, &to].iter().any(|key| !is_name(&key.text)) {
            return not_a_name();
        }
        return Ok(Address::Pair { relation, from, to });
    }
    if name.contains(['\n', '\r', '#', '=']) && !name.contains(['"', '\'']) {
        return not_a_name();
    }
    let mut mistakes = Vec::new();
    let mut table = parse_document(source, &format!("{name} = 0"), &mut mistakes);
    let mut path = Vec::new();
    while mistakes.is_empty() && table.entries.len() == 1 {
        let Some((text, entry)) = table.entries.pop_first() else { break };
        path.push(Key { text, span: entry.key });
        match entry.node.value {
            Value::Table(below) => table = below,
            _ => return Ok(Address::Path(path)),
        }
    }
    not_a_name()
}

/// The mistake in a word of the command.
pub(super) fn bad(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::BadSet, span, message)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// The place of the first `=` outside quotes.
fn equals_sign(word: &str) -> Option<usize> {
    let mut quote = None;
    for (index, character) in word.char_indices() {
        match quote {
            None if character == '=' => return Some(index),
            None if ['"', '\''].contains(&character) => quote = Some(character),
            Some(open) if open == character => quote = None,
            _ => {}
        }
    }
    None
}
