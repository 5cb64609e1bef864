//! A mistake as data.

use super::{Code, Span};

/// How bad it is. Errors stop, warnings run, notes only inform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be run.
    Error,
    /// The scenario runs, but probably does not mean what it says.
    Warning,
    /// Worth knowing, never counted against the scenario.
    Note,
}

/// A place with a short remark that is written under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The underlined place.
    pub span: Span,
    /// What is written beside the underline; may be empty.
    pub text: String,
}

/// One mistake (or remark), told once, with every place it was made in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of mistake; its manual page is `flashpoint explain CODE`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line: what is wrong. Starts with a small letter, ends without a full stop, names in backticks.
    pub message: String,
    /// Where. `None` only when the fault lies in no file (a missing file, say).
    pub primary: Option<Label>,
    /// Other places that explain the fault (the earlier declaration, say).
    pub secondary: Vec<Label>,
    /// What to do: begins with a verb and can be pasted.
    pub help: Vec<String>,
    /// Further places of the very same mistake ("and 19 more places").
    pub more_places: usize,
}

impl Diagnostic {
    /// A diagnostic of the code's own severity at a place.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Some(Label { span, text: String::new() }),
            secondary: Vec::new(),
            help: Vec::new(),
            more_places: 0,
        }
    }

    /// A diagnostic about something that is in no file.
    #[must_use]
    pub fn without_place(code: Code, message: impl Into<String>) -> Self {
        Self { primary: None, ..Self::new(code, Span::default(), message) }
    }

    /// Adds the remark under the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// Adds another place with its remark.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds a help line (begins with a verb).
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}
