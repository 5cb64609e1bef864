//! What is told, in a sentence each; and as rows, with numbers in places of their own.

use crate::model::{Expression, Instance, Model, StopReason};
use crate::reference::{Fate, OpportunityDraw};

use super::entry::{Entry, Happened, Narration, OptionWeight, Pick, Told};
use super::thresholds::{Edge, Threshold};
use super::words::{Names, duration, number, number_beside, ordinal, plain, probability};

/// Something told, as a row of a table: what does not apply is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The step; 0 is day 0.
    pub step: u64,
    /// `event`, `option`, `later`, `clock_started`, `clock_stopped`, `clock_expired`, `joined`, `left`, `became`, `crossed`, `outcome`; where draws were
    /// kept also `draw`, `unpicked`, `written`.
    pub kind: &'static str,
    /// Of what: the id of the event, later entry, clock, group or outcome, or the quantity as the language writes it.
    pub name: String,
    /// Id of who acts (joins, leaves).
    pub actor: Option<String>,
    /// Id of the target.
    pub target: Option<String>,
    /// Ladder level.
    pub ladder: Option<u8>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Probability of what was drawn, or of the option.
    pub probability: Option<f64>,
    /// The uniform that it was drawn with.
    pub uniform: Option<f64>,
    /// Value at the end of the step before.
    pub before: Option<f64>,
    /// Value now; of an option its utility or weight.
    pub value: Option<f64>,
    /// The threshold, or the deadline of a clock in days since the start.
    pub limit: Option<f64>,
    /// The same in words: an event's label with its names filled in, if it has one.
    pub text: String,
}

/// All that is told, as rows, the outcome last.
#[must_use]
pub fn rows(model: &Model, narration: &Narration) -> Vec<Row> {
    let names = Names::new(model);
    let teller = Teller { names: &names, narration };
    let mut rows: Vec<Row> = narration.entries.iter().flat_map(|entry| teller.rows(entry)).collect();
    let outcome = model.outcomes.get(narration.ending.outcome);
    rows.push(Row {
        step: u64::from(narration.record.end_step),
        kind: "outcome",
        name: outcome.map_or(String::new(), |outcome| outcome.id.clone()),
        text: teller.ending(),
        ..Row::default()
    });
    rows
}

/// Puts a narration into words.
pub(super) struct Teller<'t, 'm> {
    pub(super) names: &'t Names<'m>,
    pub(super) narration: &'t Narration,
}

impl Teller<'_, '_> {
    /// What happened, in a sentence without a full stop.
    pub(super) fn sentence(&self, told: &Told) -> String {
        let (names, model) = (self.names, self.names.model);
        let words = |id: &str| id.replace('_', " ");
        match told {
            Told::ClockExpired { clock } => format!("the clock {} ran out", model.clocks[*clock].id),
            Told::ClockStarted { clock, deadline } => {
                format!("the clock {} started; it runs out on {}", model.clocks[*clock].id, names.day(*deadline))
            }
            Told::ClockStopped { clock } => format!("the clock {} stopped", model.clocks[*clock].id),
            Told::LaterDue { event, later, number, fate } => {
                let id = names.event(*event).and_then(|event| event.later.get(*later)).map_or("", |later| &later.id);
                let came = match fate {
                    Fate::CarriedOut => "took effect",
                    Fate::Cancelled => "came to nothing: its condition did not hold",
                    Fate::Dropped => "was dropped: somebody whom it concerns has left",
                };
                let times = if *number > 1 { format!(" ({number} at once)") } else { String::new() };
                format!("{} after \"{}\"{times} {came}", words(id), names.told(*event))
            }
            Told::Happened(happened) => names.told(happened.event),
            Told::Refused(refused) => {
                let what = names.instance(refused.happening, refused.instance);
                if refused.draw.fired {
                    format!("{what} came too late: {}", draw_text(&refused.draw))
                } else {
                    format!("{what} was not drawn: {}", draw_text(&refused.draw))
                }
            }
            Told::Unpicked(unpicked) => {
                format!("{} found nothing to pick", names.instance(unpicked.happening, unpicked.instance))
            }
            Told::Joined { group, actor } => {
                format!("{} joined {}", names.actor(*actor), words(&model.groups[*group].id))
            }
            Told::Left { group, actor } if *group == model.everybody => {
                format!("{} left for good", names.actor(*actor))
            }
            Told::Left { group, actor } => format!("{} left {}", names.actor(*actor), words(&model.groups[*group].id)),
            Told::Became { cell, value, .. } => {
                format!("{} became {}", names.cell(*cell), words(&names.value(names.cell_kind(*cell), *value)))
            }
            Told::Crossed { threshold, beyond, before, value, limit } => {
                self.crossing(&self.narration.thresholds[*threshold], *beyond, *before, *value, *limit)
            }
            Told::Written { cell, before, value } => {
                let kind = names.cell_kind(*cell);
                let (from, to) = (names.value_beside(kind, *before, *value), names.value_beside(kind, *value, *before));
                format!("{} from {from} to {to}", names.cell(*cell))
            }
        }
    }

    fn crossing(&self, threshold: &Threshold, beyond: bool, before: f64, value: f64, limit: f64) -> String {
        let kind = threshold.kind(self.names.model);
        let limit_text = self.limit(threshold, value, limit);
        let did = match (threshold.edge, beyond) {
            (Edge::Above, true) => format!("rose above {limit_text}"),
            (Edge::Above, false) if value == limit => format!("fell to {limit_text}"),
            (Edge::Above, false) => format!("fell to {limit_text} or below"),
            (Edge::From, true) => format!("reached {limit_text}"),
            (Edge::From, false) => format!("fell below {limit_text}"),
            (Edge::At, true) => format!("came to {limit_text}"),
            (Edge::At, false) => format!("left {limit_text}"),
        };
        let (from, to) = (self.names.value(kind, before), self.names.value_beside(kind, value, limit));
        format!("{} {did}: from {from} to {to}", self.names.quantity(threshold))
    }

    /// The limit of a threshold: its value, and what it is if it is not a number alone.
    fn limit(&self, threshold: &Threshold, value: f64, limit: f64) -> String {
        let text = self.names.value_beside(threshold.kind(self.names.model), limit, value);
        match threshold.limit {
            Expression::Constant(_) => text,
            _ => format!("{text} ({})", threshold.limit_text),
        }
    }

    /// Several thresholds that one quantity crossed in one step: `threat rose from 0.1 to 0.6, past 0.2, 0.3, 0.4`. `None` unless they were
    /// crossed in the direction in which the quantity moved.
    pub(super) fn crossings(&self, told: &[&Told]) -> Option<String> {
        let mut limits = Vec::new();
        let mut moved = None;
        for told in told {
            let Told::Crossed { threshold, beyond, before, value, limit } = told else { return None };
            let threshold = &self.narration.thresholds[*threshold];
            if threshold.edge == Edge::At || *beyond != (value > before) {
                return None;
            }
            let text = self.limit(threshold, *value, *limit);
            if !limits.iter().any(|(_, other)| *other == text) {
                limits.push((*limit, text));
            }
            moved = Some((threshold, *before, *value));
        }
        let (threshold, before, value) = moved?;
        let kind = threshold.kind(self.names.model);
        let (from, to) = (self.names.value_beside(kind, before, value), self.names.value_beside(kind, value, before));
        limits.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        if value < before {
            limits.reverse();
        }
        let did = if value > before { "rose" } else { "fell" };
        let limits: Vec<String> = limits.into_iter().map(|(_, text)| text).collect();
        Some(format!("{} {did} from {from} to {to}, past {}", self.names.quantity(threshold), limits.join(", ")))
    }

    /// How the run ended, in a sentence without a full stop.
    pub(super) fn ending(&self) -> String {
        let (model, ending) = (self.names.model, &self.narration.ending);
        let label = model.outcomes.get(ending.outcome).map_or(String::new(), |outcome| plain(&outcome.label));
        let why = match (self.narration.record.stop_reason, ending.rank) {
            (StopReason::Horizon, _) | (_, None) => "nothing else had come true by the horizon".to_owned(),
            (_, Some(_)) if self.narration.record.end_step == 0 => "it was so on day 0".to_owned(),
            (_, Some(0)) => "it came true by the passing of time, not by an event".to_owned(),
            (_, Some(rank)) => {
                let with: Vec<String> = self.events_of_rank(rank).map(|row| self.names.event_id(row)).collect();
                let order = if ending.n_ranks > 1 {
                    format!(", {} of {} in the order of time in that step", ordinal(rank), ending.n_ranks)
                } else {
                    String::new()
                };
                format!("it came true with {}{order}", with.join(", "))
            }
        };
        format!("{label}: {why}")
    }

    /// Rows of the events of the last step that came with a group of events in order of time.
    fn events_of_rank(&self, rank: usize) -> impl Iterator<Item = usize> + '_ {
        let last = u64::from(self.narration.record.end_step);
        self.narration.entries.iter().filter(move |entry| entry.step == last).filter_map(move |entry| {
            match &entry.told {
                Told::Happened(happened) if happened.rank == rank => Some(happened.event),
                _ => None,
            }
        })
    }

    fn rows(&self, entry: &Entry) -> Vec<Row> {
        let (names, model) = (self.names, self.names.model);
        let id = |who: Option<usize>| who.map(|who| names.actor_id(who).to_owned());
        let row = |kind: &'static str, name: &str| Row {
            step: entry.step,
            kind,
            name: name.to_owned(),
            text: self.sentence(&entry.told),
            ..Row::default()
        };
        let of_instance =
            |row: Row, instance: Instance| Row { actor: id(instance.actor), target: id(instance.target), ..row };
        let happening = |index: usize| model.happenings[index].id.as_str();
        match &entry.told {
            Told::ClockExpired { clock } => vec![row("clock_expired", &model.clocks[*clock].id)],
            Told::ClockStarted { clock, deadline } => {
                vec![Row { limit: Some(*deadline), ..row("clock_started", &model.clocks[*clock].id) }]
            }
            Told::ClockStopped { clock } => vec![row("clock_stopped", &model.clocks[*clock].id)],
            Told::LaterDue { event, later, .. } => {
                let recorded = model.events[*event];
                let later = names.event(*event).and_then(|event| event.later.get(*later)).map_or("", |later| &later.id);
                let name = format!("{}.later.{later}", happening(recorded.happening));
                vec![of_instance(row("later", &name), recorded.instance)]
            }
            Told::Happened(happened) => self.event_rows(entry.step, happened),
            Told::Refused(refused) => vec![Row {
                probability: Some(refused.draw.probability),
                uniform: Some(refused.draw.uniform),
                ..of_instance(row("draw", happening(refused.happening)), refused.instance)
            }],
            Told::Unpicked(unpicked) => {
                vec![of_instance(row("unpicked", happening(unpicked.happening)), unpicked.instance)]
            }
            Told::Joined { group, actor } => {
                vec![Row { actor: id(Some(*actor)), ..row("joined", &model.groups[*group].id) }]
            }
            Told::Left { group, actor } => {
                vec![Row { actor: id(Some(*actor)), ..row("left", &model.groups[*group].id) }]
            }
            Told::Became { cell, before, value } => {
                vec![Row { before: Some(*before), value: Some(*value), ..row("became", &names.cell_id(*cell)) }]
            }
            Told::Crossed { threshold, before, value, limit, .. } => {
                let quantity = &self.narration.thresholds[*threshold].quantity_text;
                vec![Row {
                    before: Some(*before),
                    value: Some(*value),
                    limit: Some(*limit),
                    ..row("crossed", quantity)
                }]
            }
            Told::Written { cell, before, value } => {
                vec![Row { before: Some(*before), value: Some(*value), ..row("written", &names.cell_id(*cell)) }]
            }
        }
    }

    /// An event, and behind it the options of its choice.
    fn event_rows(&self, step: u64, happened: &Happened) -> Vec<Row> {
        let (names, model) = (self.names, self.names.model);
        let row = |kind: &'static str, event: usize, text: String| {
            let recorded = model.events[event];
            let what = names.event(event);
            let id = |who: Option<usize>| who.map(|who| names.actor_id(who).to_owned());
            Row {
                step,
                kind,
                name: model.happenings[recorded.happening].id.clone(),
                actor: id(recorded.instance.actor),
                target: id(recorded.instance.target),
                ladder: what.and_then(|what| what.ladder),
                cameo: what.and_then(|what| what.cameo.clone()),
                text,
                ..Row::default()
            }
        };
        let mut event = row("event", happened.event, names.told(happened.event));
        (event.probability, event.uniform) =
            happened.cause.draw.map_or((None, None), |draw| (Some(draw.probability), Some(draw.uniform)));
        let mut rows = vec![event];
        if let Some(pick) = &happened.cause.pick {
            rows.extend(pick.options.iter().map(|option| Row {
                probability: Some(option.probability),
                uniform: Some(pick.uniform),
                value: Some(option.worth),
                ..row("option", option.event, if option.picked { "picked" } else { "not picked" }.to_owned())
            }));
        }
        rows
    }
}

/// A draw in words: `u 0.013 < p 0.045 (rate * step 0.046)`.
pub(super) fn draw_text(draw: &OpportunityDraw) -> String {
    let sign = if draw.fired { "<" } else { ">=" };
    let (u, p) = (number_beside(draw.uniform, draw.probability), number_beside(draw.probability, draw.uniform));
    let hazard = draw.hazard.map_or(String::new(), |hazard| format!(" (rate * step {})", number(hazard)));
    format!("u {u} {sign} p {p}{hazard}")
}

/// A pick in words: every option with its probability and what it is worth.
pub(super) fn pick_text(names: &Names<'_>, pick: &Pick) -> String {
    let worth = if pick.precision.is_some() { "utility" } else { "weight" };
    let option = |option: &OptionWeight| {
        let id = names.event_id(option.event);
        let id = id.split_once('.').map_or(id.as_str(), |(_, option)| option);
        let mark = if option.picked { ", picked" } else { "" };
        format!("{id} {} ({worth} {}{mark})", probability(option.probability), number(option.worth))
    };
    let options: Vec<String> = pick.options.iter().map(option).collect();
    let precision = pick.precision.map_or(String::new(), |precision| format!("; precision {}", number(precision)));
    format!("{}; u {}{precision}", options.join(", "), number(pick.uniform))
}

/// The length of a run in words: `364 steps of 1 day`.
pub(super) fn steps_text(model: &Model) -> String {
    let plural = if model.n_steps == 1 { "" } else { "s" };
    format!("{} step{plural} of {}", model.n_steps, duration(model.step_days))
}
