//! A narration for people.

use crate::model::{Event, ParameterSource};

use super::entry::{Entry, Happened, Narration, Told};
use super::kinds::Kind;
use super::reasons::{Join, Reason};
use super::sentences::{Teller, draw_text, pick_text, steps_text};
use super::words::{Names, number, plain, probability};
use super::wrap::wrap;
use crate::model::Model;
use crate::reference::Fate;

/// How a narration is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Tell everything; else only events with a `label` and what concerns them.
    pub all: bool,
    /// Tell the draws, the options and the guards behind events.
    pub explain: bool,
    /// Columns of a line.
    pub width: usize,
    /// Set off dates with escape codes of terminals.
    pub colour: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self { all: false, explain: false, width: 80, colour: false }
    }
}

/// The text of a narration, day by day.
#[must_use]
pub fn render_text(model: &Model, narration: &Narration, style: TextStyle) -> String {
    let names = Names::new(model);
    let mut page = Page { names: &names, teller: Teller { names: &names, narration }, style, text: String::new() };
    page.head();
    page.days();
    page.ending();
    page.text
}

struct Page<'p, 'm> {
    names: &'p Names<'m>,
    teller: Teller<'p, 'm>,
    style: TextStyle,
    text: String,
}

impl Page<'_, '_> {
    fn line(&mut self, text: &str, first: &str, rest: &str) {
        self.text.push_str(&wrap(text, first, rest, self.style.width));
    }

    fn heading(&mut self, text: &str) {
        let (bold, plain) = if self.style.colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        self.text.push_str(&format!("\n{bold}{text}{plain}\n"));
    }

    fn head(&mut self) {
        let (model, narration) = (self.names.model, self.teller.narration);
        let fingerprint = model.fingerprint.get(..12).unwrap_or(&model.fingerprint);
        let title = plain(&model.title);
        self.line(
            &format!("{title} (simulated): run {}, seed {}, fingerprint {fingerprint}", narration.run, narration.seed),
            "",
            "",
        );
        let from = self.names.date(0.0).map_or(String::new(), |date| format!(" from {date}"));
        self.line(
            &format!("At most {}{from}; the number before an event is its ladder level, 0 to 10.", steps_text(model)),
            "",
            "",
        );
        if narration.thresholds_are_cut {
            let note = "There are more thresholds than are watched (200,000): crossings of the others are not told.";
            self.line(note, "", "");
        }
        if self.style.explain {
            self.parameters();
        }
    }

    /// The values drawn for this run.
    fn parameters(&mut self) {
        let (model, narration) = (self.names.model, self.teller.narration);
        let drawn = model.parameters.iter().zip(&narration.record.parameters);
        let drawn = drawn.filter(|(parameter, _)| matches!(parameter.source, ParameterSource::Prior(_)));
        let drawn: Vec<String> = drawn
            .map(|(parameter, &value)| {
                format!("{} {}", parameter.id, self.names.value(Kind::of_quantity(&parameter.quantity), value))
            })
            .collect();
        if !drawn.is_empty() {
            self.heading("Drawn for this run");
            self.line(&format!("{}.", drawn.join(", ")), "  ", "  ");
        }
    }

    fn days(&mut self) {
        let entries = &self.teller.narration.entries;
        let mut first = 0;
        while let Some(entry) = entries.get(first) {
            let step = entry.step;
            let n = entries[first..].iter().take_while(|entry| entry.step == step).count();
            let told: Vec<&Entry> = entries[first..first + n].iter().filter(|entry| self.is_told(entry)).collect();
            first += n;
            if told.is_empty() {
                continue;
            }
            self.heading(&self.date_of(step));
            let quantity = |entry: &Entry| match entry.told {
                Told::Crossed { threshold, .. } => Some(&self.teller.narration.thresholds[threshold].quantity_text),
                _ => None,
            };
            let same_quantity = |a: &&Entry, b: &&Entry| quantity(a).is_some() && quantity(a) == quantity(b);
            for entries in told.chunk_by(same_quantity) {
                self.entries(entries);
            }
        }
    }

    /// `2023-07-30, day 4`, or `Day 4` without a start.
    fn date_of(&self, step: u64) -> String {
        let day = self.names.model.day_of_step(step);
        match self.names.date(day) {
            Some(date) => format!("{date}, day {}", number(day)),
            None => format!("Day {}", number(day)),
        }
    }

    /// Is it told, given how much was asked for?
    fn is_told(&self, entry: &Entry) -> bool {
        let has_label = |event: usize| self.names.event(event).is_some_and(|event: &Event| event.label.is_some());
        match &entry.told {
            // Draws that led to nothing are told in the last part, summed up.
            Told::Refused(_) => false,
            _ if self.style.all => true,
            Told::Happened(happened) => has_label(happened.event),
            Told::LaterDue { event, fate, .. } => *fate == Fate::CarriedOut && has_label(*event),
            Told::Crossed { threshold, .. } => {
                self.teller.narration.thresholds[*threshold].watchers.iter().any(|watcher| watcher.is_told)
            }
            Told::Unpicked(_) | Told::Written { .. } => false,
            _ => true,
        }
    }

    /// An entry, or several that tell of one quantity.
    fn entries(&mut self, entries: &[&Entry]) {
        let told: Vec<&Told> = entries.iter().map(|entry| &entry.told).collect();
        let together = if told.len() > 1 { self.teller.crossings(&told) } else { None };
        if let Some(text) = together {
            return self.consequence(&text, &told);
        }
        for told in told {
            let text = self.teller.sentence(told);
            match told {
                Told::Happened(happened) => self.event(happened, text),
                _ => self.consequence(&text, &[told]),
            }
        }
    }

    /// Something that is no event, with who watches it if that was asked for.
    fn consequence(&mut self, text: &str, told: &[&Told]) {
        let mut watchers: Vec<&str> = Vec::new();
        for told in told {
            if let (Told::Crossed { threshold, .. }, true) = (told, self.style.explain) {
                let of_threshold = &self.teller.narration.thresholds[*threshold].watchers;
                watchers.extend(of_threshold.iter().map(|watcher| watcher.id.as_str()));
            }
        }
        watchers.sort_unstable();
        watchers.dedup();
        let watched =
            if watchers.is_empty() { String::new() } else { format!(" (watched by {})", watchers.join(", ")) };
        self.line(&format!("{text}{watched}"), "      . ", "        ");
    }

    fn event(&mut self, happened: &Happened, mut text: String) {
        let ladder = self.names.event(happened.event).and_then(|event| event.ladder);
        let cause = &happened.cause;
        if let (Some(pick), false) = (&cause.pick, self.style.explain)
            && pick.options.len() > 1
        {
            text.push_str(&format!(" (one of {} options)", pick.options.len()));
        }
        if happened.recorded {
            text.push_str(" (as recorded)");
        }
        let ladder = ladder.map_or("-".to_owned(), |ladder| ladder.to_string());
        self.line(&text, &format!("{ladder:>4}  "), "      ");
        if !self.style.explain {
            return;
        }
        let id = self.names.event_id(happened.event);
        self.line(&id, "        = ", "          ");
        if let Some(guard) = &cause.guard {
            self.line(&format!("because {}", brief(guard)), "          ", "          ");
        }
        if let Some(draw) = &cause.draw {
            let so_far = if cause.n_draws > 1 {
                format!("; draw {} since it could, by now probability {}", cause.n_draws, probability(cause.by_now))
            } else {
                String::new()
            };
            self.line(&format!("drawn: {}{so_far}", draw_text(draw)), "          ", "          ");
        }
        if let Some(pick) = &cause.pick {
            self.line(&format!("options: {}", pick_text(self.names, pick)), "          ", "          ");
        }
    }

    fn ending(&mut self) {
        let narration = self.teller.narration;
        let model = self.names.model;
        let date = self.date_of(u64::from(narration.record.end_step));
        self.heading(&format!("How it ended: {date}"));
        self.line(&format!("{}.", self.teller.ending()), "  ", "  ");
        let by_horizon = narration.ending.rank.is_none();
        for (outcome, reason) in &narration.ending.reasons {
            let id = &model.outcomes[*outcome].id;
            let did = if by_horizon { "did not hold" } else { "held" };
            self.line(&format!("{id} {did}:"), "  ", "  ");
            self.reason(reason, 4);
        }
        if narration.record.pending_later > 0 {
            let n = narration.record.pending_later;
            let text = if n == 1 {
                "1 later entry was still to come.".to_owned()
            } else {
                format!("{n} later entries were still to come.")
            };
            self.line(&text, "  ", "  ");
        }
        if self.style.explain {
            self.queries();
            self.silent();
        }
    }

    /// A condition: its parts if it is a list of them, each with what it was.
    fn reason(&mut self, reason: &Reason, indent: usize) {
        let decisive = |part: &&Reason| match reason.join {
            Join::All => reason.holds || !part.holds,
            Join::Any => part.holds || !reason.holds,
            Join::Meaning => true,
        };
        if reason.join == Join::Meaning {
            let first = format!("{:indent$}{} ", "", if reason.holds { "yes" } else { "no " });
            let rest = format!("{:1$}", "", indent + 6);
            self.line(&with_values(reason), &first, &rest);
        }
        let deeper = match reason.join {
            Join::Meaning => indent + 4,
            Join::All => indent,
            Join::Any => {
                let text = if reason.holds { "any of these suffices:" } else { "none of these:" };
                let first = format!("{:indent$}{} ", "", if reason.holds { "yes" } else { "no " });
                self.line(text, &first, &first);
                indent + 4
            }
        };
        for part in reason.parts.iter().filter(decisive) {
            self.reason(part, deeper);
        }
    }

    /// The answers to the scenario's queries.
    fn queries(&mut self) {
        let model = self.names.model;
        if model.queries.is_empty() {
            return;
        }
        self.heading("Queries");
        for (query, answer) in model.queries.iter().zip(&self.teller.narration.record.queries) {
            let answer = match (answer.given, answer.holds) {
                (false, _) => "not asked: `given` does not hold",
                (true, true) => "yes",
                (true, false) => "no",
            };
            self.line(&format!("{}: {answer}", query.id), "  ", "    ");
        }
    }

    /// What was drawn and never happened.
    fn silent(&mut self) {
        let silent = &self.teller.narration.ending.silent;
        if silent.is_empty() {
            return;
        }
        self.heading("What might have happened");
        let mut order: Vec<_> = silent.iter().collect();
        order.sort_by(|a, b| b.3.total_cmp(&a.3).then((a.0, a.1).cmp(&(b.0, b.1))));
        for (happening, instance, n_draws, by_now) in order {
            let what = self.names.instance(*happening, *instance);
            let times = if *n_draws == 1 { "once".to_owned() } else { format!("{n_draws} times") };
            self.line(&format!("{what}: drawn {times}, probability {}", probability(*by_now)), "  ", "    ");
        }
    }
}

/// A guard in a line: its parts that decide, each with what it was.
fn brief(reason: &Reason) -> String {
    match reason.join {
        Join::All => reason.parts.iter().map(brief).collect::<Vec<_>>().join("; "),
        Join::Any => {
            let holding = reason.parts.iter().filter(|part| part.holds == reason.holds);
            holding.map(brief).collect::<Vec<_>>().join(", or ")
        }
        Join::Meaning => match reason.parts.as_slice() {
            [] => with_values(reason),
            parts => format!("{} [{}]", with_values(reason), parts.iter().map(brief).collect::<Vec<_>>().join("; ")),
        },
    }
}

/// A condition with the values that it read: `hostility(mali, france) > 0.5 (0.53)`.
fn with_values(reason: &Reason) -> String {
    let mut inside: Vec<String> = match reason.values.as_slice() {
        [(_, value)] => vec![value.clone()],
        values => values.iter().map(|(text, value)| format!("{text} is {value}")).collect(),
    };
    inside.extend(reason.remark.clone());
    if inside.is_empty() { reason.condition.clone() } else { format!("{} ({})", reason.condition, inside.join("; ")) }
}
