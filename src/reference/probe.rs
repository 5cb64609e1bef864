//! Why things did not happen: how often each guard held and which of its terms failed, how often a rate was too high for the step, and how
//! often a cell stood at a bound. It is the ground of diagnostics.csv.

use std::ops::Range;

use crate::model::{Act, ActorTerm, Effect, EventSource, Expression, Instance, Model, Opportunity, Place, RunRecord};

use super::observe::{Moment, Observer, OpportunityDraw, Reading, ReadingMemory};
use super::run::{Reference, Scratch};

/// A rate times the step above this is too high: competing events then hide behind each other.
const HIGH_HAZARD: f64 = 0.1;

/// What was seen of one instance of a rule or choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardProbe {
    /// Index into [`Model::happenings`].
    pub happening: usize,
    /// Which instance.
    pub instance: Instance,
    /// How often the guard was read: membership, limit, cooldown and `every` allowed it to happen.
    pub evaluations: u64,
    /// How often it held.
    pub held: u64,
    /// For each term of the guard (the parts of a top-level `and`, or the whole; none if there is no guard) how often it was false when the
    /// guard was read, whatever the other terms were.
    pub term_was_false: Vec<u64>,
    /// How often its chance or rate was drawn.
    pub draws: u64,
    /// How often rate * step was above 0.1.
    pub high_hazards: u64,
}

/// What was seen of one cell with a range that something writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellProbe {
    /// Index into [`Model::cells`].
    pub cell: usize,
    /// Ends of steps at which it was looked at.
    pub steps: u64,
    /// How often it stood at its low bound, brought there by a write that its range cut short.
    pub at_low: u64,
    /// How often it stood at its high bound, likewise.
    pub at_high: u64,
}

impl CellProbe {
    /// Share of steps at a bound, 0 to 1; 0 if no step was seen.
    #[must_use]
    pub fn share_at_bound(&self) -> f64 {
        if self.steps == 0 { 0.0 } else { (self.at_low + self.at_high) as f64 / self.steps as f64 }
    }
}

/// What was seen of a range of runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeReport {
    /// Runs looked at.
    pub runs: u64,
    /// Instances of rules, then of choices, each in order of id, actor, target.
    pub guards: Vec<GuardProbe>,
    /// Cells that something writes.
    pub cells: Vec<CellProbe>,
    /// Later entries that were still pending at the end of their run.
    pub pending_later: u64,
    /// Listed events of the record that the model would not have allowed.
    pub history_misses: u64,
}

impl ProbeReport {
    /// Adds what was seen of other runs of the same model.
    pub fn merge(&mut self, other: &ProbeReport) {
        self.runs += other.runs;
        self.pending_later += other.pending_later;
        self.history_misses += other.history_misses;
        for (mine, theirs) in self.guards.iter_mut().zip(&other.guards) {
            mine.evaluations += theirs.evaluations;
            mine.held += theirs.held;
            mine.draws += theirs.draws;
            mine.high_hazards += theirs.high_hazards;
            for (sum, n) in mine.term_was_false.iter_mut().zip(&theirs.term_was_false) {
                *sum += n;
            }
        }
        for (mine, theirs) in self.cells.iter_mut().zip(&other.cells) {
            mine.steps += theirs.steps;
            mine.at_low += theirs.at_low;
            mine.at_high += theirs.at_high;
        }
    }
}

/// Plays a range of runs and counts.
#[must_use]
pub fn probe(reference: &Reference<'_>, runs: Range<u64>) -> ProbeReport {
    let mut probe = Probe::new(reference);
    let mut scratch = Scratch::default();
    let mut record = RunRecord::empty();
    for run in runs {
        reference.simulate_observed(run, &mut scratch, &mut record, &mut probe);
        probe.report.pending_later += u64::from(record.pending_later);
        probe.report.history_misses += u64::from(record.history_misses);
    }
    probe.report
}

/// The observer that counts.
#[derive(Clone, Debug)]
pub struct Probe {
    report: ProbeReport,
    /// For each cell: was its last write cut short by its range? A value that starts at a bound, or is set to it, is nothing odd.
    cut_short: Vec<bool>,
    /// For each happening where the guards of its instances begin.
    first_guard: Vec<Option<usize>>,
    memory: ReadingMemory,
}

impl Probe {
    /// Has seen nothing yet.
    #[must_use]
    pub fn new(reference: &Reference<'_>) -> Probe {
        let model = reference.model;
        let mut first_guard = vec![None; model.happenings.len()];
        let mut guards = Vec::new();
        for (index, opening) in reference.openings.iter().enumerate() {
            first_guard[opening.happening].get_or_insert(index);
            guards.push(GuardProbe {
                happening: opening.happening,
                instance: opening.instance,
                evaluations: 0,
                held: 0,
                term_was_false: vec![0; terms(opening.opportunity).len()],
                draws: 0,
                high_hazards: 0,
            });
        }
        let written = written_cells(model);
        let cells = (0..model.cells.len()).filter(|&cell| written[cell] && reference.ranges[cell].is_some());
        let cells = cells.map(|cell| CellProbe { cell, steps: 0, at_low: 0, at_high: 0 }).collect();
        let report = ProbeReport { runs: 0, guards, cells, pending_later: 0, history_misses: 0 };
        Probe { report, cut_short: vec![false; model.cells.len()], first_guard, memory: ReadingMemory::default() }
    }

    /// What has been counted.
    #[must_use]
    pub fn report(&self) -> &ProbeReport {
        &self.report
    }

    fn count_guard(
        &mut self,
        model: &Model,
        reading: &mut Reading<'_>,
        happening: usize,
        instance: Instance,
        holds: bool,
    ) {
        let Some(guard) = self.guard_of(happening, instance) else { return };
        guard.evaluations += 1;
        guard.held += u64::from(holds);
        if holds {
            return;
        }
        let Some(opportunity) = opportunity(model, happening) else { return };
        for (term, was_false) in terms(opportunity).iter().zip(&mut guard.term_was_false) {
            *was_false += u64::from(reading.value(term, instance) == 0.0);
        }
    }

    fn guard_of(&mut self, happening: usize, instance: Instance) -> Option<&mut GuardProbe> {
        let guards = self.report.guards.get_mut(self.first_guard[happening]?..)?;
        let end = guards.partition_point(|guard| guard.happening == happening);
        let place = guards[..end].binary_search_by_key(&instance, |guard| guard.instance).ok()?;
        guards.get_mut(place)
    }
}

impl Observer for Probe {
    const WATCHES_DRAWS: bool = true;

    fn run_started(&mut self, _moment: &Moment<'_>, _run: u64) {
        self.report.runs += 1;
        self.cut_short.fill(false);
    }

    fn cell_written(&mut self, _step: u64, cell: usize, _old: f64, _new: f64) {
        self.cut_short[cell] = false;
    }

    fn cell_clamped(&mut self, _step: u64, cell: usize, _sought: f64) {
        self.cut_short[cell] = true;
    }

    fn guard_read(&mut self, moment: &Moment<'_>, happening: usize, instance: Instance, holds: bool) {
        let mut memory = std::mem::take(&mut self.memory);
        let mut reading = moment.read(&mut memory);
        self.count_guard(moment.model(), &mut reading, happening, instance, holds);
        self.memory = memory;
    }

    fn opportunity_drawn(&mut self, _step: u64, happening: usize, instance: Instance, draw: &OpportunityDraw) {
        let Some(guard) = self.guard_of(happening, instance) else { return };
        guard.draws += 1;
        guard.high_hazards += u64::from(draw.hazard.is_some_and(|hazard| hazard > HIGH_HAZARD));
    }

    fn step_ended(&mut self, moment: &Moment<'_>) {
        if moment.step() == 0 {
            return;
        }
        for probe in &mut self.report.cells {
            let Some((low, high)) = moment.range(probe.cell) else { continue };
            let value = moment.cells()[probe.cell];
            probe.steps += 1;
            let cut_short = self.cut_short[probe.cell];
            probe.at_low += u64::from(cut_short && value <= low);
            probe.at_high += u64::from(cut_short && value >= high && high > low);
        }
    }
}

/// The parts of a guard's top-level `and`, or the whole guard.
fn terms(opportunity: &Opportunity) -> &[Expression] {
    match &opportunity.when {
        None => &[],
        Some(Expression::And(terms)) => terms,
        Some(whole) => std::slice::from_ref(whole),
    }
}

fn opportunity(model: &Model, happening: usize) -> Option<&Opportunity> {
    match model.happenings[happening].source {
        EventSource::Rule(rule) => Some(&model.rules[rule].opportunity),
        EventSource::Choice(choice) => Some(&model.choices[choice].opportunity),
        EventSource::Option { .. } => None,
    }
}

/// Which cells some effect can write: told by template, so that an attribute or relation written through `actor`, `target` or a variable
/// counts for all its instances' or all its cells.
fn written_cells(model: &Model) -> Vec<bool> {
    let mut written = vec![false; model.cells.len()];
    let events = model.rules.iter().map(|rule| (&rule.event, rule.instances.clone())).chain(
        model
            .choices
            .iter()
            .flat_map(|choice| &choice.options)
            .map(|option| (&option.event, option.instances.iter().map(|candidate| candidate.instance).collect())),
    );
    for (event, instances) in events {
        let later = event.later.iter().flat_map(|later| &later.effects);
        for effect in event.effects.iter().chain(later) {
            mark(model, effect, &instances, &mut written);
        }
    }
    for flow in &model.flows {
        for effect in &flow.effects {
            mark(model, effect, &flow.instances, &mut written);
        }
    }
    written
}

fn mark(model: &Model, effect: &Effect, instances: &[Instance], written: &mut [bool]) {
    let (Act::Assign(place, _) | Act::Increase(place, _)) = &effect.act else { return };
    for &instance in instances {
        let whom = |term: ActorTerm| -> Vec<usize> {
            match term {
                ActorTerm::Actor(actor) => vec![actor],
                ActorTerm::Slot(0) => instance.actor.into_iter().collect(),
                ActorTerm::Slot(1) => instance.target.into_iter().collect(),
                ActorTerm::Slot(_) => {
                    effect.each.as_ref().map_or_else(Vec::new, |(group, _, _)| model.groups[*group].potential.clone())
                }
            }
        };
        match *place {
            Place::State(state) => written[model.state[state].cell] = true,
            Place::Attribute { attribute, holder } => {
                for actor in whom(holder) {
                    if let Some(cell) = model.attributes[attribute].cells[actor] {
                        written[cell] = true;
                    }
                }
            }
            Place::Relation { relation, from, to } => {
                for from in whom(from) {
                    for to in whom(to) {
                        if let Some(cell) = model.relations[relation].cells.get(from, to) {
                            written[cell] = true;
                        }
                    }
                }
            }
        }
    }
}
