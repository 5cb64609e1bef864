//! Step and horizon.

use super::raw::Raw;
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Sources, Span};

/// Most steps of a run.
const MAX_STEPS: f64 = 10_000_000.0;

/// Step in days and number of steps. A library checked alone gets daily steps for a year.
pub(super) fn grid(typing: &mut Typing, raw: &Raw, sources: &Sources) -> Option<(f64, u64)> {
    if typing.alone {
        return Some((1.0, 365));
    }
    let header = raw.header.as_ref()?;
    let ((step, step_span), (horizon, span)) = (header.step?, header.horizon?);
    let steps = horizon / step;
    let whole = steps.round();
    if whole > MAX_STEPS {
        typing.report(
            Diagnostic::new(
                Code::TooLarge,
                span,
                format!("{whole:.0} steps are more than {MAX_STEPS:.0}, the most that a run has"),
            )
            .help("take a longer step or a shorter horizon"),
        );
        return None;
    }
    if whole >= 1.0 && (whole * step - horizon).abs() <= step * 1e-9 {
        return Some((step, whole as u64));
    }
    let text = |steps: f64| in_units(steps.max(1.0) * step, sources.slice(step_span));
    typing.report(
        Diagnostic::new(
            Code::BrokenHorizon,
            span,
            format!("{horizon} days are not a whole number of steps of {step} days"),
        )
        .also(step_span, "the step")
        .help(format!(
            "write `horizon = \"{}\"` or `horizon = \"{}\"`",
            text(steps.floor()),
            text(steps.floor() + 1.0)
        )),
    );
    None
}

/// A duration in the unit of a text such as `"1 week"`.
fn in_units(days: f64, like: &str) -> String {
    let (amount, unit) =
        [("week", 7.0), ("hour", 1.0 / 24.0), ("minute", 1.0 / 1440.0), ("month", 30.4375), ("year", 365.25)]
            .iter()
            .find(|(unit, _)| like.contains(unit))
            .map_or((days, "day"), |(unit, length)| (days / length, unit));
    let amount = (amount * 1e6).round() / 1e6;
    format!("{amount} {unit}{}", if amount == 1.0 { "" } else { "s" })
}

/// The place of the header, for faults of the whole.
pub(super) fn header_span(raw: &Raw) -> Span {
    raw.header.as_ref().map_or(Span::default(), |header| header.span)
}
