//! The lines of a text that a message shows: only those with marks, long ones cut around the mark.

use std::ops::Range;

use super::lines::Lines;

/// What stands where a line was cut.
const CUT: &str = "...";
/// Marks further apart than this many lines are shown as two excerpts.
const GREATEST_GAP: usize = 40;
/// Up to this many lines between two marks are shown.
const SHOWN_GAP: usize = 3;

/// A marked place of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Bytes of the text.
    pub(super) bytes: Range<usize>,
    /// What is written beside it.
    pub(super) label: String,
    /// The place the message is about, not one that explains it.
    pub(super) primary: bool,
}

/// Some consecutive lines with their marks, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Excerpt {
    /// Number of the first line, from 1.
    pub(super) first_line: usize,
    /// Number of the last line, from 1.
    pub(super) last_line: usize,
    /// The lines, joined by `\n`.
    pub(super) text: String,
    /// The marks, in bytes of `text`.
    pub(super) marks: Vec<Mark>,
}

/// The excerpts that show all marks, in order of lines; no line longer than about `width` characters.
///
/// A mark that runs over several lines is shown on its first.
pub(super) fn excerpts(lines: &Lines<'_>, marks: Vec<Mark>, width: usize) -> Vec<Excerpt> {
    let mut by_line: Vec<(usize, Vec<Mark>)> = Vec::new();
    let mut sorted = marks;
    sorted.sort_by_key(|mark| mark.bytes.start);
    for mark in sorted {
        let index = lines.index_of(mark.bytes.start);
        match by_line.last_mut() {
            Some((last, marks)) if *last == index => marks.push(mark),
            _ => by_line.push((index, vec![mark])),
        }
    }
    let mut found: Vec<Excerpt> = Vec::new();
    for (index, marks) in by_line {
        match found.last_mut() {
            Some(excerpt) if index < excerpt.last_line + GREATEST_GAP => {
                let show = index + 1 - excerpt.last_line <= SHOWN_GAP + 1;
                for between in excerpt.last_line..index {
                    excerpt.text.push('\n');
                    if show {
                        excerpt.text.push_str(&cut(lines.line(between), &[], width).0);
                    }
                }
                excerpt.text.push('\n');
                excerpt.append(lines, index, marks, width);
            }
            _ => {
                let first_line = index + 1;
                let mut excerpt = Excerpt { first_line, last_line: first_line, text: String::new(), marks: vec![] };
                excerpt.append(lines, index, marks, width);
                found.push(excerpt);
            }
        }
    }
    found
}

impl Excerpt {
    /// Adds one marked line.
    fn append(&mut self, lines: &Lines<'_>, index: usize, marks: Vec<Mark>, width: usize) {
        let (line, start) = (lines.line(index), lines.start_of(index));
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for mark in &marks {
            let from = (mark.bytes.start - start).min(line.len());
            ranges.push(from..(mark.bytes.end - start).clamp(from, line.len()));
        }
        let focus = marks.iter().position(|mark| mark.primary).unwrap_or(0);
        ranges.swap(0, focus);
        let (text, mut ranges) = cut(line, &ranges, width);
        ranges.swap(0, focus);
        let offset = self.text.len();
        self.text.push_str(&text);
        self.last_line = index + 1;
        self.marks.extend(
            marks
                .into_iter()
                .zip(ranges)
                .map(|(mark, range)| Mark { bytes: offset + range.start..offset + range.end, ..mark }),
        );
    }
}

/// Cuts a long line around the first of some ranges; ranges that are cut away point at the dots.
fn cut(line: &str, ranges: &[Range<usize>], width: usize) -> (String, Vec<Range<usize>>) {
    // The first bytes are enough to know that a line is short.
    if line.len() <= width || line.chars().nth(width).is_none() {
        return (line.to_owned(), ranges.to_vec());
    }
    let focus = ranges.first().cloned().unwrap_or(0..0);
    let lead = width / 3;
    let from = line[..focus.start].char_indices().rev().nth(lead).map_or(0, |(at, _)| at);
    let to = line[from..].char_indices().nth(width).map_or(line.len(), |(at, _)| from + at);
    let before = if from > 0 { CUT } else { "" };
    let after = if to < line.len() { CUT } else { "" };
    let text = format!("{before}{}{after}", &line[from..to]);
    let shift = |at: usize| {
        if at < from {
            0
        } else if at > to {
            text.len()
        } else {
            at - from + before.len()
        }
    };
    let ranges = ranges
        .iter()
        .map(|range| {
            if range.start > to {
                text.len() - after.len()..text.len()
            } else if range.end < from {
                0..before.len()
            } else {
                shift(range.start)..shift(range.end)
            }
        })
        .collect();
    (text, ranges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    fn mark(bytes: Range<usize>) -> Mark {
        Mark { bytes, label: String::new(), primary: true }
    }

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let text = format!("{}needle{}", "a".repeat(1000), "b".repeat(1000));
        let file = SourceFile { name: String::new(), text };
        let found = excerpts(&Lines::new(&file), vec![mark(1000..1006)], 60);
        assert_eq!(found.len(), 1);
        assert!(found[0].text.len() <= 66, "{}", found[0].text);
        assert_eq!(&found[0].text[found[0].marks[0].bytes.clone()], "needle");
    }

    #[test]
    fn far_marks_are_apart_and_near_marks_together() {
        let file = SourceFile { name: String::new(), text: "x\n".repeat(200) };
        let lines = Lines::new(&file);
        let found = excerpts(&lines, vec![mark(300..301), mark(0..1), mark(6..7)], 60);
        assert_eq!(
            found.iter().map(|excerpt| (excerpt.first_line, excerpt.last_line)).collect::<Vec<_>>(),
            [(1, 4), (151, 151)]
        );
        assert_eq!(found[0].text, "x\nx\nx\nx");
    }

    #[test]
    fn marks_that_were_cut_away_point_at_the_dots() {
        let text = "a".repeat(1000);
        let (cut_text, ranges) = cut(&text, &[500..503, 2..4, 990..991], 60);
        assert_eq!(&cut_text[ranges[1].clone()], "...");
        assert_eq!(&cut_text[ranges[2].clone()], "...");
    }
}
