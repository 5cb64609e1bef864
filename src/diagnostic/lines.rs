//! Where the lines of a text begin: found once for each text, used by every renderer.

use super::{SourceFile, Span};

/// The lines of one text. A line ends before `\n` or `\r\n`.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text. An empty text has one empty line.
    pub(super) fn new(file: &'a SourceFile) -> Self {
        let starts = std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text: &file.text, starts }
    }

    /// The span's bytes, made to lie within the text and on character boundaries: a renderer must not panic on a wrong span.
    pub(super) fn clamp(&self, span: Span) -> (usize, usize) {
        let boundary = |offset: u32| {
            let mut offset = (offset as usize).min(self.text.len());
            while !self.text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        let (start, end) = (boundary(span.start), boundary(span.end));
        (start, end.max(start))
    }

    /// Index, from 0, of the line that holds a byte.
    pub(super) fn index_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// First byte of a line.
    pub(super) fn start_of(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// A line without its end; empty if there is no such line.
    pub(super) fn line(&self, index: usize) -> &'a str {
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(self.start_of(index)..end).unwrap_or("");
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Line and column of a byte, both from 0; the column counts with `width`. A byte of a line's end has the column behind its last character.
    pub(super) fn position(&self, offset: usize, width: impl Fn(char) -> usize) -> (usize, usize) {
        let index = self.index_of(offset);
        let line = self.line(index);
        let before = line.get(..offset - self.start_of(index)).unwrap_or(line);
        (index, before.chars().map(width).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile { name: "a.toml".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn lines_end_before_carriage_returns() {
        let file = file("one\r\ntwo\n\nfour");
        let lines = Lines::new(&file);
        assert_eq!([0, 1, 2, 3, 4].map(|index| lines.line(index)), ["one", "two", "", "four", ""]);
        assert_eq!(lines.position(7, |_| 1), (1, 2));
        assert_eq!(lines.position(4, |_| 1), (0, 3));
    }

    #[test]
    fn spans_outside_are_brought_inside() {
        let file = file("aé");
        let lines = Lines::new(&file);
        assert_eq!(lines.clamp(Span { start: 2, end: 900, ..Span::default() }), (1, 3));
        assert_eq!(lines.clamp(Span { start: 900, end: 1, ..Span::default() }), (3, 3));
    }
}
