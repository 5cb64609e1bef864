//! Diagnostics as text: rustc's look, one block for each mistake, a line of counts at the end.

use std::fmt::Write as _;

use annotate_snippets::renderer::{DEFAULT_EMPHASIS_STYLE, DEFAULT_LINE_NUM_STYLE, Style};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::{Excerpt, Mark, excerpts};
use super::lines::Lines;
use super::{Diagnostic, Label, Severity, SourceFile, SourceId, Sources};

/// How text is drawn. The caller knows the terminal; this room does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// With ANSI colours.
    pub colour: bool,
    /// About how many characters of a source line are shown.
    pub width: usize,
}

impl Default for TextOptions {
    fn default() -> Self {
        Self { colour: false, width: 140 }
    }
}

/// Draws diagnostics in the order given (see [`super::gather`]) and ends with the line of [`counts`]. Empty for none.
#[must_use]
pub fn render_text(diagnostics: &[Diagnostic], sources: &Sources, options: TextOptions) -> String {
    let lines: Vec<Lines<'_>> = sources.files().iter().map(Lines::new).collect();
    let mut text = String::new();
    for diagnostic in diagnostics {
        Drawing { sources, lines: &lines, options }.block(diagnostic, &mut text);
        text.push('\n');
    }
    if !diagnostics.is_empty() {
        text.push_str(&counts(diagnostics));
        text.push('\n');
    }
    text
}

/// `2 errors, 1 warning`; empty for none.
#[must_use]
pub fn counts(diagnostics: &[Diagnostic]) -> String {
    let count = |severity: Severity, word: &str| {
        let n = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (n > 0).then(|| format!("{n} {word}{}", if n == 1 { "" } else { "s" }))
    };
    let parts = [count(Severity::Error, "error"), count(Severity::Warning, "warning"), count(Severity::Note, "note")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What one block needs to know.
struct Drawing<'a> {
    sources: &'a Sources,
    lines: &'a [Lines<'a>],
    options: TextOptions,
}

impl Drawing<'_> {
    /// Draws one diagnostic, without the empty line behind it.
    fn block(&self, diagnostic: &Diagnostic, text: &mut String) {
        let renderer = if self.options.colour { Renderer::styled() } else { Renderer::plain() };
        // Lines are cut before they are drawn.
        let renderer = renderer.term_width(self.options.width.saturating_mul(8).max(4000));
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.clone().primary_title(one_line(&diagnostic.message)).id(diagnostic.code.number());
        text.push_str(&renderer.render(&[Group::with_title(title)]));
        text.push('\n');

        let shown = self.shown(diagnostic);
        let last_line = shown.iter().flat_map(|(_, excerpts)| excerpts).map(|excerpt| excerpt.last_line).max();
        let margin = " ".repeat(last_line.map_or(1, |line| line.to_string().len()));
        if let Some((file, line, column)) = diagnostic.primary.as_ref().and_then(|label| self.origin(label)) {
            let arrow = self.styled(DEFAULT_LINE_NUM_STYLE, "--> ");
            let _ = writeln!(text, "{margin}{arrow}{}:{line}:{column}", one_line(&file.name));
        }
        if let Some(group) = drawn(level, &shown) {
            text.push_str(&renderer.render(&[group]));
            text.push('\n');
        }
        for help in &diagnostic.help {
            self.remark(text, &margin, "help", help);
        }
        if diagnostic.more_places > 0 {
            let places = if diagnostic.more_places == 1 { "place" } else { "places" };
            self.remark(text, &margin, "note", &format!("and {} more {places}", diagnostic.more_places));
        }
    }

    /// The excerpts of each file that the labels lie in, the primary label's file first. Notes are told without their source.
    fn shown<'b>(&'b self, diagnostic: &Diagnostic) -> Vec<(&'b SourceFile, Vec<Excerpt>)> {
        if diagnostic.severity == Severity::Note {
            return Vec::new();
        }
        let mut files: Vec<(SourceId, Vec<Mark>)> = Vec::new();
        let labels = diagnostic.primary.iter().map(|label| (label, true));
        for (label, primary) in labels.chain(diagnostic.secondary.iter().map(|label| (label, false))) {
            let Some(lines) = self.lines.get(label.span.source.0 as usize) else { continue };
            let (start, end) = lines.clamp(label.span);
            let mark = Mark { bytes: start..end, label: one_line(&label.text), primary };
            match files.iter_mut().find(|(source, _)| *source == label.span.source) {
                Some((_, marks)) => marks.push(mark),
                None => files.push((label.span.source, vec![mark])),
            }
        }
        let mut shown = Vec::new();
        for (source, marks) in files {
            if let (Some(file), Some(lines)) = (self.sources.get(source), self.lines.get(source.0 as usize)) {
                shown.push((file, excerpts(lines, marks, self.options.width.max(20))));
            }
        }
        shown
    }

    /// File, line and column (from 1) of a label.
    fn origin(&self, label: &Label) -> Option<(&SourceFile, usize, usize)> {
        let lines = self.lines.get(label.span.source.0 as usize)?;
        let (line, column) = lines.position(lines.clamp(label.span).0, |_| 1);
        Some((self.sources.get(label.span.source)?, line + 1, column + 1))
    }

    /// `   = help: ..`
    fn remark(&self, text: &mut String, margin: &str, word: &str, remark: &str) {
        let sign = self.styled(DEFAULT_LINE_NUM_STYLE, "=");
        let word = self.styled(DEFAULT_EMPHASIS_STYLE, word);
        for (index, line) in remark.lines().enumerate() {
            let line = one_line(line);
            let _ = match index {
                0 => writeln!(text, "{margin} {sign} {word}: {line}"),
                _ => writeln!(text, "{margin}         {line}"),
            };
        }
    }

    fn styled(&self, style: Style, text: &str) -> String {
        if self.options.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The drawing of all excerpts; `None` if there are none. The first needs no head, since the arrow above it names its place.
fn drawn<'a>(level: Level<'a>, shown: &'a [(&'a SourceFile, Vec<Excerpt>)]) -> Option<Group<'a>> {
    let excerpts: Vec<(&SourceFile, &Excerpt)> =
        shown.iter().flat_map(|(file, excerpts)| excerpts.iter().map(move |excerpt| (*file, excerpt))).collect();
    // The primary place comes first, also where another mark stands further up in the same file.
    let has_primary = |excerpt: &Excerpt| excerpt.marks.iter().any(|mark| mark.primary);
    let (first, others): (Vec<_>, Vec<_>) = excerpts.into_iter().partition(|(_, excerpt)| has_primary(excerpt));
    if first.is_empty() {
        return None;
    }
    let snippets = first.into_iter().chain(others).enumerate().map(|(index, (file, excerpt))| {
        let marks = excerpt.marks.iter().map(|mark| {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            kind.span(mark.bytes.clone()).label((!mark.label.is_empty()).then_some(mark.label.as_str()))
        });
        let snippet = Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line).annotations(marks);
        if index == 0 { snippet } else { snippet.path(file.name.as_str()) }
    });
    Some(Group::with_level(level).elements(snippets))
}

/// A text without line ends and control characters, so that no input can draw outside its line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::{Code, Span};

    fn span(source: SourceId, text: &str, part: &str) -> Span {
        let start = text.find(part).expect("the part is in the text") as u32;
        Span { source, start, end: start + part.len() as u32 }
    }

    #[test]
    fn one_block_has_source_underline_label_and_help() {
        let text = format!("{}when = \"any(a in g: pledge(burkina_fasso, a) > 0.2)\"\n", "\n".repeat(93));
        let mut sources = Sources::default();
        let source = sources.add("niger.toml", text.as_str());
        let diagnostic =
            Diagnostic::new(Code::UnknownActor, span(source, &text, "burkina_fasso"), "no `burkina_fasso`")
                .label("not declared")
                .help("did you mean `burkina_faso`?");
        let diagnostic = Diagnostic { more_places: 19, ..diagnostic };
        insta::assert_snapshot!(render_text(&[diagnostic], &sources, TextOptions::default()), @r#"
        error[F0112]: no `burkina_fasso`
          --> niger.toml:94:28
           |
        94 | when = "any(a in g: pledge(burkina_fasso, a) > 0.2)"
           |                            ^^^^^^^^^^^^^ not declared
           = help: did you mean `burkina_faso`?
           = note: and 19 more places

        1 error
        "#);
    }

    #[test]
    fn other_places_are_shown_in_their_files() {
        let (first, second) = ("[clocks.ultimatum]\n", "x = 1\n\n\n\n\n\n[parameters.ultimatum]\nvalue = 2");
        let mut sources = Sources::default();
        let (a, b) = (sources.add("a.toml", first), sources.add("b.toml", second));
        let diagnostic =
            Diagnostic::new(Code::NameTaken, span(b, second, "ultimatum"), "the name `ultimatum` is taken")
                .also(span(a, first, "ultimatum"), "a clock")
                .also(span(b, second, "x"), "far above");
        let note = Diagnostic::new(Code::Overrides, span(b, second, "value"), "overrides a.toml: x");
        insta::assert_snapshot!(render_text(&[diagnostic, note], &sources, TextOptions::default()), @r#"
        error[F0102]: the name `ultimatum` is taken
         --> b.toml:7:13
          |
        1 | x = 1
          | - far above
        ...
        7 | [parameters.ultimatum]
          |             ^^^^^^^^^
          |
         ::: a.toml:1:9
          |
        1 | [clocks.ultimatum]
          |         --------- a clock

        note[F0013]: overrides a.toml: x
         --> b.toml:8:1

        1 error, 1 note
        "#);
    }

    #[test]
    fn colour_is_drawn_only_if_asked() {
        let mut sources = Sources::default();
        let source = sources.add("a.toml", "x = 1");
        let diagnostic =
            Diagnostic::new(Code::Unread, Span { source, start: 0, end: 1 }, "nothing reads `x`").help("use it");
        let render =
            |colour| render_text(std::slice::from_ref(&diagnostic), &sources, TextOptions { colour, width: 80 });
        assert!(render(true).contains('\u{1b}'));
        assert!(!render(false).contains('\u{1b}'));
    }

    #[test]
    fn a_diagnostic_without_a_place_is_its_title_and_help() {
        let diagnostic = Diagnostic::without_place(Code::UnreadableFile, "cannot read `a.toml`").help("check the path");
        insta::assert_snapshot!(render_text(&[diagnostic], &Sources::default(), TextOptions::default()), @r"
        error[F0001]: cannot read `a.toml`
          = help: check the path

        1 error
        ");
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(
            text in "[ -~\t\r\n\u{0}\u{7f}\u{200b}é日😀\u{301}]{0,200}",
            places in prop::collection::vec((0u32..3, 0u32..260, 0u32..260, ".{0,20}"), 1..6),
            width in 0usize..100,
        ) {
            let mut sources = Sources::default();
            sources.add("a.toml", text.as_str());
            sources.add("b.toml", "");
            let label = |(source, start, end, text): &(u32, u32, u32, String)| Label {
                span: Span { source: SourceId(*source), start: *start, end: *end },
                text: text.clone(),
            };
            let diagnostic = Diagnostic {
                primary: Some(label(&places[0])),
                secondary: places[1..].iter().map(label).collect(),
                ..Diagnostic::without_place(Code::TomlSyntax, text.clone()).help(text.clone())
            };
            let drawn = render_text(std::slice::from_ref(&diagnostic), &sources, TextOptions { colour: false, width });
            prop_assert!(drawn.starts_with("error[F0004]"));
            let drawn = crate::diagnostic::render_json(&[(&[diagnostic], &sources)]);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&drawn).is_ok());
        }
    }
}
