//! The texts that diagnostics point into: files, and the words of the command line (`--set`, `--variant`).

/// Which text. An index into [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A half-open range of bytes of one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From the start of `self` to the end of `other` (both of one text).
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start, end: other.end.max(self.start) }
    }
}

/// One text and what it is called in messages.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As shown to the user: the path as typed or relative to the working folder, or `--set` and its like.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
}

/// All texts that were read, in the order of reading.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and returns its index.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.files.push(SourceFile { name: name.into(), text: text.into() });
        // No more than a few thousand files are ever read (a limit of the loader), so the index fits.
        SourceId(self.files.len() as u32 - 1)
    }

    /// The text of an index, if there is one.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The piece of text that a span covers; empty if the span lies outside.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).and_then(|file| file.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// Line and column, both from 1, of the start of a span; the column counts characters.
    #[must_use]
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        let Some(file) = self.get(span.source) else {
            return (1, 1);
        };
        let mut start = (span.start as usize).min(file.text.len());
        while !file.text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &file.text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// `name:line` of a span, as used inside messages.
    #[must_use]
    pub fn line(&self, span: Span) -> usize {
        self.line_column(span).0
    }

    /// All texts.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }
}
