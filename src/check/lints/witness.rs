//! Looks for a witness: values that places really take, at which an expression is as large, as small, or as zero as it is said to be.
//!
//! Intervals alone would cry wolf wherever a place is read twice. Here each place has one value at a time: ends of what it can hold, numbers it
//! is compared with, the middle. Branches that the intervals rule out are not looked into; the order of search depends on names alone.

use std::cell::{Cell, RefCell};

use super::contexts::Context;
use super::roots::Draws;
use super::words;
use crate::check::bounds::{
    Evaluator, Facts, Frame, Interval, Leaf, Occurrence, Occurrences, Setting, Settings, Spread, Variable,
};
use crate::check::typed::{Type, Typed};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    Highest,
    Lowest,
    /// Exactly 0.
    Zero,
}

/// A value of an expression and what gives it.
#[derive(Clone, Debug)]
pub(super) struct Witness {
    pub(super) value: f64,
    /// Each with the leaves that were settled together.
    settled: Vec<(Variable, Settled)>,
}

impl Witness {
    /// `junta.resolve` 1, `expel` not fired; empty where it always has this value.
    pub(super) fn text(&self, hunt: &Hunt) -> String {
        const MOST: usize = 4;
        let subject = hunt.facts.subject;
        let names: Vec<String> = hunt.draws.iter().map(|(name, _)| name.clone()).collect();
        let mut parts = Vec::new();
        for (variable, leaves) in self.settled.iter().take(MOST) {
            match (variable, leaves.as_slice()) {
                (_, [(leaf, setting)]) => parts.push(words::setting(subject, &names, *leaf, *setting)),
                (Variable::Many { relation, index, .. }, [(leaf, setting), ..]) => {
                    let info = if *relation {
                        &subject.symbols.relations[*index]
                    } else {
                        &subject.symbols.attributes[*index]
                    };
                    let text = words::setting(subject, &names, *leaf, *setting);
                    let alike = leaves.iter().all(|(_, other)| other == setting);
                    let value = text.rsplit(' ').next().filter(|_| alike).unwrap_or("at its end");
                    parts.push(format!("every `{}` {value}", info.id));
                }
                _ => {}
            }
        }
        if self.settled.len() > MOST {
            parts.push("..".to_owned());
        }
        parts.join(", ")
    }

    /// The text in brackets, with a space before, or nothing.
    pub(super) fn in_brackets(&self, hunt: &Hunt) -> String {
        let text = self.text(hunt);
        if text.is_empty() { text } else { format!(" ({text})") }
    }
}

/// So many readings are made for one witness.
const MOST_READINGS: u32 = 600;

/// Where an expression is read.
pub(super) struct Hunt<'h> {
    pub(super) facts: &'h Facts<'h>,
    pub(super) draws: &'h Draws,
    pub(super) contexts: &'h [Context<'h>],
    /// The first day on which it is read.
    pub(super) earliest: f64,
}

/// Leaves that are settled together.
pub(super) type Settled = Vec<(Leaf, Setting)>;

/// A branch: what is settled, what the expression can be then.
type Branch = (Settled, Interval);

struct Search<'s, 'h> {
    hunt: &'s Hunt<'h>,
    typed: &'s Typed,
    frame: &'s Frame,
    aim: Aim,
    /// Each with all that is tried for it.
    variables: Vec<(Variable, Vec<Settled>)>,
    best: RefCell<Option<(f64, Settings)>>,
    left: Cell<u32>,
}

impl Hunt<'_> {
    fn reader<'r>(&'r self, settings: &'r Settings) -> Evaluator<'r> {
        Evaluator { settings, draws: self.draws, ..Evaluator::plain(self.facts) }
    }

    /// What an expression can be, without looking for witnesses.
    pub(super) fn outer(&self, typed: &Typed, frame: &Frame) -> Interval {
        self.reader(&Settings::default()).evaluate(typed, &mut frame.clone())
    }

    /// Everything that an expression depends on.
    pub(super) fn occurrences(&self, parts: &[(&Typed, &Frame)]) -> Occurrences {
        let seen = RefCell::new(Occurrences::default());
        let settings = Settings::default();
        let reader = Evaluator { seen: Some(&seen), ..self.reader(&settings) };
        for (typed, frame) in parts {
            reader.evaluate(typed, &mut (*frame).clone());
        }
        seen.into_inner()
    }

    /// Looks for a witness.
    pub(super) fn find(&self, typed: &Typed, frame: &Frame, aim: Aim) -> Option<Witness> {
        let mut occurrences = self.occurrences(&[(typed, frame)]);
        self.note_comparisons(&mut occurrences);
        let variables = occurrences
            .all
            .iter()
            .map(|one| (one.variable, self.candidates(one, aim == Aim::Zero)))
            .filter(|(_, candidates)| !candidates.is_empty())
            .collect();
        let search = Search {
            hunt: self,
            typed,
            frame,
            aim,
            variables,
            best: RefCell::new(None),
            left: Cell::new(MOST_READINGS),
        };
        let start = Settings::default();
        let whole = search.read(&start)?;
        search.descend(0, start, whole);
        let (value, settings) = search.best.take()?;
        Some(search.essential(value, settings))
    }

    /// Numbers that the conditions in force compare with.
    fn note_comparisons(&self, occurrences: &mut Occurrences) {
        let parts: Vec<(&Typed, &Frame)> = self.contexts.iter().map(|one| (one.typed, &one.frame)).collect();
        for other in self.occurrences(&parts).all {
            if let Some(one) = occurrences.all.iter_mut().find(|one| one.variable == other.variable) {
                one.compared.extend(other.compared);
            }
        }
    }

    /// What is tried for a variable.
    pub(super) fn candidates(&self, one: &Occurrence, inside: bool) -> Vec<Settled> {
        if let [leaf] = one.leaves.as_slice() {
            return self.values(*leaf, one, inside).into_iter().map(|setting| vec![(*leaf, setting)]).collect();
        }
        let all: Vec<(Leaf, Vec<Setting>)> =
            one.leaves.iter().map(|leaf| (*leaf, self.values(*leaf, one, inside))).collect();
        if all.iter().any(|(_, values)| values.is_empty()) {
            return Vec::new();
        }
        let most = all.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        (0..most)
            .map(|at| all.iter().map(|(leaf, values)| (*leaf, values[at.min(values.len() - 1)])).collect())
            .collect()
    }

    fn values(&self, leaf: Leaf, one: &Occurrence, inside: bool) -> Vec<Setting> {
        let subject = self.facts.subject;
        let step = subject.model.step_days;
        let spread = |spread: &Spread| match &spread.points {
            Some(points) => points.iter().map(|point| Setting::Value(*point)).collect(),
            None => {
                let width = spread.ends.high - spread.ends.low;
                // The very ends of a distribution are never drawn.
                let aside = if inside { width / 1000.0 } else { 0.0 };
                let ends = Interval::new(spread.ends.low + aside, spread.ends.high - aside);
                numbers(ends, Some(spread.median), &one.compared)
            }
        };
        match leaf {
            Leaf::Parameter(parameter) => self.facts.prior(parameter).map_or(Vec::new(), |prior| spread(&prior)),
            Leaf::Draw(position) => {
                let settings = Settings::default();
                self.reader(&settings).draw_spread(position).map_or(Vec::new(), |found| spread(&found))
            }
            Leaf::Cell(cell) => {
                let domain = self.facts.domain(cell);
                if !domain.moved {
                    return self.facts.drawn_start(cell).map_or(Vec::new(), |start| spread(&start));
                }
                let info = subject.info(cell);
                match info.kind {
                    Type::Boolean => [0.0, 1.0]
                        .into_iter()
                        .filter(|value| domain.outer.contains(*value))
                        .map(Setting::Value)
                        .collect(),
                    Type::Enumeration(_) => (0..info.values.len().min(64))
                        .filter(|value| domain.mask >> value & 1 == 1)
                        .map(|value| Setting::Value(value as f64))
                        .collect(),
                    _ => numbers(domain.outer, None, &one.compared),
                }
            }
            Leaf::Now => {
                let horizon = subject.horizon_days();
                numbers(Interval::new(self.earliest, horizon), None, &one.compared)
            }
            Leaf::Event(key) => {
                let fired = |times: f64, since: f64| Setting::Fired { times, since };
                let mut values = vec![Setting::Never, fired(1.0, step)];
                if one.since {
                    let aside = step / 1000.0;
                    let compared = one.compared.iter().flat_map(|days| [*days - aside, *days, *days + aside]);
                    let horizon = subject.horizon_days();
                    values.extend(
                        compared
                            .chain([horizon])
                            .filter(|days| *days > 0.0 && *days <= horizon)
                            .map(|days| fired(1.0, days)),
                    );
                }
                if one.times {
                    let most = self.facts.most_firings(key);
                    values.push(fired(most, step));
                }
                values
            }
            Leaf::Clock(clock) => {
                let mut values = vec![Setting::Off, Setting::Expired];
                if let Some(lengths) = self.facts.clock_lengths(clock) {
                    values.push(Setting::Running(lengths.high.max(step / 2.0)));
                    values.push(Setting::Running(step / 2.0));
                }
                values
            }
        }
    }
}

/// The ends, the middle, and what is compared with (just below, at, just above).
fn numbers(ends: Interval, middle: Option<f64>, compared: &[f64]) -> Vec<Setting> {
    let middle = middle.unwrap_or(ends.low / 2.0 + ends.high / 2.0);
    let aside = (ends.high - ends.low) * 1e-6;
    let mut values = vec![ends.low, ends.high, middle];
    for number in compared {
        values.extend([number - aside, *number, number + aside]);
    }
    if ends.contains(0.0) {
        values.push(0.0);
    }
    values.retain(|value| ends.contains(*value));
    let mut seen: Vec<f64> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen.into_iter().map(Setting::Value).collect()
}

impl Search<'_, '_> {
    /// What the expression can be; `None` if what must hold does not.
    fn read(&self, settings: &Settings) -> Option<Interval> {
        self.left.set(self.left.get().checked_sub(1)?);
        let reader = self.hunt.reader(settings);
        if self.hunt.contexts.iter().any(|context| context.is_broken(&reader)) {
            return None;
        }
        Some(reader.evaluate(self.typed, &mut self.frame.clone()))
    }

    /// Can a branch give anything better?
    fn is_promising(&self, found: Interval) -> bool {
        let best = self.best.borrow().as_ref().map(|(value, _)| *value);
        match (self.aim, best) {
            (Aim::Zero, Some(_)) => false,
            (Aim::Zero, None) => found.contains(0.0),
            (_, None) => true,
            (Aim::Highest, Some(best)) => found.high > best,
            (Aim::Lowest, Some(best)) => found.low < best,
        }
    }

    fn descend(&self, depth: usize, settings: Settings, whole: Interval) {
        if !self.is_promising(whole) {
            return;
        }
        if whole.is_point() {
            *self.best.borrow_mut() = Some((whole.low, settings));
            return;
        }
        let Some((_, candidates)) = self.variables.get(depth) else { return };
        let mut branches: Vec<Branch> = Vec::new();
        for candidate in candidates {
            let mut inner = settings.clone();
            inner.all.extend(candidate.iter().copied());
            if let Some(found) = self.read(&inner) {
                branches.push((candidate.clone(), found));
            }
        }
        branches.sort_by(|(_, a), (_, b)| match self.aim {
            Aim::Highest => b.high.total_cmp(&a.high),
            Aim::Lowest => a.low.total_cmp(&b.low),
            Aim::Zero => (a.high - a.low).total_cmp(&(b.high - b.low)),
        });
        for (candidate, found) in branches {
            let mut inner = settings.clone();
            inner.all.extend(candidate);
            self.descend(depth + 1, inner, found);
        }
    }

    /// Leaves out what makes no difference.
    fn essential(&self, value: f64, settings: Settings) -> Witness {
        self.left.set(MOST_READINGS);
        let mut settled: Vec<(Variable, Settled)> = Vec::new();
        for (variable, candidates) in &self.variables {
            let leaves: Vec<Leaf> = candidates[0].iter().map(|(leaf, _)| *leaf).collect();
            let of: Settled = settings.all.iter().filter(|(leaf, _)| leaves.contains(leaf)).copied().collect();
            if !of.is_empty() {
                settled.push((*variable, of));
            }
        }
        let mut at = 0;
        while at < settled.len() {
            let others = settled
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .flat_map(|(_, (_, leaves))| leaves.clone());
            let without = Settings { all: others.collect() };
            if self.read(&without) == Some(Interval::point(value)) {
                settled.remove(at);
            } else {
                at += 1;
            }
        }
        Witness { value, settled }
    }
}
