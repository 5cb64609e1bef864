//! Tokens, and the collecting of what is wrong with a text.

use super::ast::DateLiteral;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::document::Text;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind<'text> {
    /// A number, nearest to its decimal text.
    Number(f64),
    /// A date.
    Date(DateLiteral),
    /// A name or a word of the language.
    Word(&'text str),
    /// An operator, a bracket, a mark.
    Symbol(&'static str),
    /// Something in quotes, which the language has not; the part between them.
    Quoted(&'text str),
    /// A character that was reported already.
    Wrong,
    /// The end of the text.
    End,
}

/// A token and its bytes in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'text> {
    /// What it is.
    pub(super) kind: TokenKind<'text>,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
}

/// No text has more complaints than this: what comes later is mostly an echo.
const MOST_COMPLAINTS: usize = 20;

/// Complaints about one text, in the order found.
pub(super) struct Complaints<'text> {
    /// The text.
    pub(super) text: &'text Text,
    /// What was found.
    found: Vec<Diagnostic>,
    /// How much was found, told or not.
    count: usize,
    /// Whether anything was wrong, told or not.
    failed: bool,
    /// Whether nothing more is to be told.
    silent: bool,
}

impl<'text> Complaints<'text> {
    /// None yet.
    pub(super) fn new(text: &'text Text) -> Self {
        Self { text, found: Vec::new(), count: 0, failed: false, silent: false }
    }

    /// The file's place of some bytes of the text.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        self.text.place(start, end)
    }

    /// A diagnostic at some bytes of the text, not yet told.
    pub(super) fn at(&self, code: Code, start: usize, end: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.place(start, end), message)
    }

    /// Tells it.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.count += 1;
        if !self.silent && self.found.len() < MOST_COMPLAINTS {
            self.found.push(diagnostic);
        }
    }

    /// Tells it unless something else was told before.
    pub(super) fn tell_first(&mut self, diagnostic: Diagnostic) {
        if !self.failed {
            self.tell(diagnostic);
        }
    }

    /// How much was found so far, told or not.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Something is wrong that was told already.
    pub(super) fn fail(&mut self) {
        self.failed = true;
    }

    /// Nothing more is told from here on.
    pub(super) fn hush(&mut self) {
        self.failed = true;
        self.silent = true;
    }

    /// Hands over the complaints by place. True if there was nothing wrong.
    pub(super) fn finish(mut self, diagnostics: &mut Vec<Diagnostic>) -> bool {
        self.found.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map(|label| label.span.start));
        diagnostics.append(&mut self.found);
        !self.failed
    }
}

/// A piece of the user's text for a message: short, on one line.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut cut = text.len().min(8 * LONGEST);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let mut line = String::new();
    let text = &text[..cut];
    for (count, word) in text.split_whitespace().enumerate() {
        if count > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.chars().count() <= LONGEST {
        return line;
    }
    let start: String = line.chars().take(LONGEST - 3).collect();
    format!("{start} ..")
}
