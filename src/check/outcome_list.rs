//! The list of outcomes: there is one for the horizon, and it is the last.

use super::raw::Raw;
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Tells a list without, or with a misplaced, last outcome.
pub(super) fn check(typing: &mut Typing, raw: &Raw) {
    let open: Vec<usize> =
        raw.outcomes.iter().enumerate().filter(|(_, outcome)| !outcome.has_when).map(|(index, _)| index).collect();
    let span = raw.outcomes_span.unwrap_or_else(|| raw.header.as_ref().map_or(Span::default(), |header| header.span));
    if open.is_empty() {
        if typing.alone || raw.outcomes_unread {
            return;
        }
        let span = raw.outcomes.last().map_or(span, |outcome| outcome.span);
        typing.report(
            Diagnostic::new(Code::NoFinalOutcome, span, "what if the horizon comes? every outcome has a `when`")
                .help("add a last outcome without `when`: `[[outcomes]]` with `id = \"standoff\"`"),
        );
        return;
    }
    for &index in &open {
        if index + 1 == raw.outcomes.len() {
            continue;
        }
        let outcome = &raw.outcomes[index];
        typing.report(
            Diagnostic::new(
                Code::NoFinalOutcome,
                outcome.span,
                format!("`{}` has no `when`, so it is the horizon's outcome, and it is not the last", outcome.id),
            )
            .help("move it to the end, or give it a `when`"),
        );
    }
}
