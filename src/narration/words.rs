//! Numbers, days, names and labels as people read them.

use crate::model::{ActorTerm, CellOwner, CivilCalendar, Event, EventSource, Expression, Instance, Model};

use super::kinds::Kind;
use super::thresholds::Threshold;

/// Significant digits of a number in prose.
const DIGITS: usize = 4;

/// A number with four significant digits, zeros at the end left out.
pub(super) fn number(value: f64) -> String {
    with_digits(value, DIGITS)
}

/// A number with as many digits as it takes to tell it from another that it is compared with.
pub(super) fn number_beside(value: f64, other: f64) -> String {
    let apart = |digits: &usize| value == other || with_digits(value, *digits) != with_digits(other, *digits);
    with_digits(value, (DIGITS..17).find(apart).unwrap_or(17))
}

fn with_digits(value: f64, digits: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{value:.*e}", digits - 1);
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if !(-5..12).contains(&exponent) {
        return format!("{}e{exponent}", without_zeros(mantissa));
    }
    let decimals = usize::try_from(digits as i32 - 1 - exponent).unwrap_or(0);
    without_zeros(&format!("{value:.decimals$}")).to_owned()
}

fn without_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// A duration in days, or in hours or minutes where these are whole and fewer than two days.
pub(super) fn duration(days: f64) -> String {
    if days == 0.0 {
        return "0 days".to_owned();
    }
    if days.abs() >= crate::model::NEVER_DAYS {
        return "never".to_owned();
    }
    let amount = |amount: f64, unit: &str| {
        let text = number(amount);
        let plural = if text == "1" { "" } else { "s" };
        format!("{text} {unit}{plural}")
    };
    let is_whole = |x: f64| (x - x.round()).abs() < 1e-9 * x.abs().max(1.0);
    if !is_whole(days) && days.abs() < 2.0 {
        for (per_day, unit) in [(24.0, "hour"), (1440.0, "minute")] {
            if is_whole(days * per_day) {
                return amount((days * per_day).round(), unit);
            }
        }
    }
    amount(days, "day")
}

/// A probability: four digits, and never 0 or 1 where it is not.
pub(super) fn probability(p: f64) -> String {
    if p > 0.0 && p < 1.0 { number_beside(p, if p < 0.5 { 0.0 } else { 1.0 }) } else { number(p) }
}

/// The names of a model, ready to be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'m> {
    /// The scenario.
    pub(super) model: &'m Model,
    calendar: Option<CivilCalendar>,
}

impl<'m> Names<'m> {
    /// The names of a model.
    pub(super) fn new(model: &'m Model) -> Self {
        Self { model, calendar: CivilCalendar::new(model) }
    }

    /// A day since the start as a date, in the style of steps; `None` without a start or beyond the calendar.
    pub(super) fn date(&self, day: f64) -> Option<String> {
        self.calendar.and_then(|calendar| calendar.text(day, calendar.step_style()))
    }

    /// A day since the start: its date if there is one, else `day 3`.
    pub(super) fn day(&self, day: f64) -> String {
        self.date(day).unwrap_or_else(|| format!("day {}", number(day)))
    }

    /// A value of a kind.
    pub(super) fn value(&self, kind: Kind<'_>, value: f64) -> String {
        self.value_beside(kind, value, value)
    }

    /// A value of a kind, so that it can be told from another.
    pub(super) fn value_beside(&self, kind: Kind<'_>, value: f64, other: f64) -> String {
        match kind {
            Kind::Literal | Kind::Number | Kind::Now => number_beside(value, other),
            Kind::Truth => (value != 0.0).to_string(),
            Kind::Duration => duration(value),
            Kind::Rate => format!("{} per day", number_beside(value, other)),
            Kind::Date => self.day(value),
            Kind::Name(values) => values.get(value as usize).cloned().unwrap_or_default(),
        }
    }

    /// The display name of an actor.
    pub(super) fn actor(&self, actor: usize) -> &'m str {
        self.model.actors.get(actor).map_or("", |actor| actor.name.as_str())
    }

    /// The id of an actor.
    pub(super) fn actor_id(&self, actor: usize) -> &'m str {
        self.model.actors.get(actor).map_or("", |actor| actor.id.as_str())
    }

    /// `happening(actor, target)` with ids.
    pub(super) fn instance(&self, happening: usize, instance: Instance) -> String {
        let id = &self.model.happenings[happening].id;
        let who: Vec<&str> =
            [instance.actor, instance.target].into_iter().flatten().map(|who| self.actor_id(who)).collect();
        if who.is_empty() { id.clone() } else { format!("{id}({})", who.join(", ")) }
    }

    /// `event(actor, target)` of a row of events.
    pub(super) fn event_id(&self, row: usize) -> String {
        let recorded = self.model.events[row];
        self.instance(recorded.happening, recorded.instance)
    }

    /// What an event of that row is.
    pub(super) fn event(&self, row: usize) -> Option<&'m Event> {
        let model = self.model;
        match model.happenings[model.events[row].happening].source {
            EventSource::Rule(rule) => Some(&model.rules[rule].event),
            EventSource::Option { choice, option } => Some(&model.choices[choice].options[option].event),
            EventSource::Choice(_) => None,
        }
    }

    /// The label of an event with its names filled in, if it has one.
    pub(super) fn label(&self, row: usize) -> Option<String> {
        let Instance { actor, target } = self.model.events[row].instance;
        let name = |who: Option<usize>| who.map_or("", |who| self.actor(who));
        // From the left, so that a name that looks like a placeholder is left alone.
        let mut rest = self.event(row)?.label.as_deref()?;
        let mut text = String::new();
        let next = |rest: &str| {
            let places = [("{actor}", actor), ("{target}", target)];
            let found = places.into_iter().filter_map(|(word, who)| rest.find(word).map(|at| (at, word.len(), who)));
            found.min_by_key(|(at, ..)| *at)
        };
        while let Some((at, length, who)) = next(rest) {
            text.push_str(&rest[..at]);
            text.push_str(name(who));
            rest = &rest[at + length..];
        }
        text.push_str(rest);
        Some(plain(&text))
    }

    /// An event in words: its label, or its id and who acts towards whom.
    pub(super) fn told(&self, row: usize) -> String {
        self.label(row).unwrap_or_else(|| {
            let recorded = self.model.events[row];
            self.unlabelled(recorded.happening, recorded.instance)
        })
    }

    /// A happening in words without a label: `id: actor -> target`.
    pub(super) fn unlabelled(&self, happening: usize, instance: Instance) -> String {
        let id = &self.model.happenings[happening].id;
        match (instance.actor, instance.target) {
            (Some(actor), Some(target)) => format!("{id}: {} -> {}", self.actor(actor), self.actor(target)),
            (Some(actor), None) => format!("{id}: {}", self.actor(actor)),
            (None, Some(target)) => format!("{id}: -> {}", self.actor(target)),
            (None, None) => id.clone(),
        }
    }

    /// A cell in words: `support of CNSP`, `hostility of CNSP towards France`, `sanctions`.
    pub(super) fn cell(&self, cell: usize) -> String {
        let words = |id: &str| id.replace('_', " ");
        match self.model.cells[cell].owner {
            CellOwner::Attribute { attribute, actor } => {
                format!("{} of {}", words(&self.model.attributes[attribute].id), self.actor(actor))
            }
            CellOwner::Relation { relation, from, to } => {
                let relation = &self.model.relations[relation];
                let (join, id) = (if relation.symmetric { "and" } else { "towards" }, words(&relation.id));
                format!("{id} of {} {join} {}", self.actor(from), self.actor(to))
            }
            CellOwner::State { state } => words(&self.model.state[state].id),
        }
    }

    /// What a threshold watches: a cell or a definition in words, anything else as the language writes it.
    pub(super) fn quantity(&self, threshold: &Threshold) -> String {
        let model = self.model;
        let cell = match &threshold.quantity {
            Expression::State(state) => Some(model.state[*state].cell),
            Expression::Attribute { attribute, holder: ActorTerm::Actor(holder) } => {
                model.attributes[*attribute].cells[*holder]
            }
            Expression::Relation { relation, from: ActorTerm::Actor(from), to: ActorTerm::Actor(to) } => {
                model.relations[*relation].cells.get(*from, *to)
            }
            _ => None,
        };
        match &threshold.quantity {
            _ if cell.is_some() => cell.map_or(String::new(), |cell| self.cell(cell)),
            Expression::Definition { arguments, .. } if arguments.is_empty() => {
                threshold.quantity_text.replace('_', " ")
            }
            _ => threshold.quantity_text.clone(),
        }
    }

    /// A cell as an expression names it.
    pub(super) fn cell_id(&self, cell: usize) -> String {
        match self.model.cells[cell].owner {
            CellOwner::Attribute { attribute, actor } => {
                format!("{}.{}", self.actor_id(actor), self.model.attributes[attribute].id)
            }
            CellOwner::Relation { relation, from, to } => {
                format!("{}({}, {})", self.model.relations[relation].id, self.actor_id(from), self.actor_id(to))
            }
            CellOwner::State { state } => self.model.state[state].id.clone(),
        }
    }

    /// Does a cell hold a boolean or an enumeration?
    pub(super) fn holds_names(&self, cell: usize) -> bool {
        matches!(self.cell_kind(cell), Kind::Truth | Kind::Name(_))
    }

    /// The kind of a cell's value.
    pub(super) fn cell_kind(&self, cell: usize) -> Kind<'m> {
        Kind::of_quantity(match self.model.cells[cell].owner {
            CellOwner::Attribute { attribute, .. } => &self.model.attributes[attribute].quantity,
            CellOwner::Relation { relation, .. } => &self.model.relations[relation].quantity,
            CellOwner::State { state } => &self.model.state[state].quantity,
        })
    }
}

/// Text from a scenario on its way to a terminal: without control characters.
pub(super) fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

/// `1st`, `2nd`, `3rd`, `4th`, ..
pub(super) fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_digits() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (0.45, "0.45"),
            (0.123_456, "0.1235"),
            (1234.56, "1235"),
            (123_456.0, "123456"),
            (-2.5, "-2.5"),
            (1e-9, "1e-9"),
            (1.5e15, "1.5e15"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn numbers_that_are_compared_can_be_told_apart() {
        assert_eq!(number_beside(0.450_003, 0.45), "0.450003");
        assert_eq!(number_beside(0.45, 0.45), "0.45");
        assert_eq!(probability(0.999_999_9), "0.9999999");
    }

    #[test]
    fn durations_have_the_unit_that_suits_them() {
        let cases =
            [(1.0, "1 day"), (2.0, "2 days"), (0.25, "6 hours"), (1.5, "36 hours"), (2.5, "2.5 days"), (0.0, "0 days")];
        for (days, text) in cases {
            assert_eq!(duration(days), text);
        }
    }

    #[test]
    fn places_in_an_order_have_their_endings() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 22, 113].map(ordinal),
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "22nd", "113th"]
        );
    }
}
