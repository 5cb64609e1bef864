//! Numbers, durations and values of places, as they stand in warnings.

use crate::check::bounds::{EventKey, Leaf, Setting, Subject};
use crate::check::symbols::CellInfo;
use crate::check::typed::{Type, Typed};
use crate::diagnostic::Sources;
use crate::scenario::expression::print_number;

/// Four digits are enough to recognise a number.
pub(super) fn number(value: f64) -> String {
    let rounded = format!("{value:.3e}").parse().unwrap_or(value);
    print_number(if rounded == 0.0 { 0.0 } else { rounded })
}

/// `7 days`, `6 hours`, `30 minutes`.
pub(super) fn days(days: f64) -> String {
    let (amount, unit) = if days >= 1.0 || days <= 0.0 {
        (days, "day")
    } else if days * 24.0 >= 0.999 {
        (days * 24.0, "hour")
    } else {
        (days * 1440.0, "minute")
    };
    let amount = number(amount);
    let plural = if amount == "1" { "" } else { "s" };
    format!("{amount} {unit}{plural}")
}

/// The text of an expression as written; empty where it was never written.
pub(super) fn written<'s>(sources: &'s Sources, typed: &Typed) -> &'s str {
    sources.slice(typed.span)
}

/// A value of a place.
pub(super) fn value_of(info: &CellInfo, value: f64) -> String {
    match info.kind {
        Type::Boolean => (if value == 0.0 { "false" } else { "true" }).to_owned(),
        Type::Enumeration(_) => info.values.get(value as usize).cloned().unwrap_or_default(),
        _ => number(value),
    }
}

/// `expel(junta, france)`.
pub(super) fn event_name(subject: &Subject, key: EventKey) -> String {
    let id = &subject.model.happenings[key.happening].id;
    let who: Vec<&str> =
        [key.actor, key.target].into_iter().flatten().map(|actor| subject.symbols.actors[actor].as_str()).collect();
    // Of a rule of one actor the name is enough.
    if who.is_empty() || subject.model.happenings[key.happening].instances.len() == 1 {
        format!("`{id}`")
    } else {
        format!("`{id}({})`", who.join(", "))
    }
}

/// What a leaf is taken to be.
pub(super) fn setting(subject: &Subject, draws: &[String], leaf: Leaf, setting: Setting) -> String {
    match (leaf, setting) {
        (Leaf::Cell(cell), Setting::Value(value)) => {
            format!("`{}` {}", subject.cell_name(cell), value_of(subject.info(cell), value))
        }
        (Leaf::Parameter(parameter), Setting::Value(value)) => {
            let typed = &subject.content.parameters[parameter];
            let value = match typed.kind {
                Type::Boolean => (if value == 0.0 { "false" } else { "true" }).to_owned(),
                Type::Duration => days(value),
                Type::Rate => format!("{} per day", number(value)),
                _ => number(value),
            };
            format!("`{}` {value}", typed.id)
        }
        (Leaf::Draw(position), Setting::Value(value)) => {
            let name = draws.get(position).map_or("a draw", String::as_str);
            format!("`{name}` {}", number(value))
        }
        (_, Setting::Value(value)) => format!("day {}", number(value)),
        (Leaf::Event(key), Setting::Fired { since, .. }) => {
            format!("{} fired {} ago", event_name(subject, key), days(since))
        }
        (Leaf::Event(key), _) => format!("{} not fired", event_name(subject, key)),
        (Leaf::Clock(clock), setting) => {
            let id = &subject.symbols.clocks[clock];
            match setting {
                Setting::Running(_) => format!("`{id}` running"),
                Setting::Expired => format!("`{id}` expired"),
                _ => format!("`{id}` off"),
            }
        }
        _ => String::new(),
    }
}
