//! LANGUAGE 6.6: effects of all that fired and all flows, as one batch. Everything is read on the snapshot; nothing sees what another effect does.

use crate::math;
use crate::model::{Act, ActorIndex, Effect, Place};

use super::evaluate::{NOBODY, Reader};
use super::fire::Firing;
use super::instances::EventInstance;
use super::later::Pending;
use super::observe::Observer;
use super::run::{Reference, Run};
use super::state::{State, refill};

/// Whose part of a batch it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// That of the event at this place among those that fire (or of the entry at this place among those that are due).
    Event(usize),
    /// A flow's.
    Flow,
}

/// What one effect does, its value known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    Assign { cell: usize, value: f64 },
    Increase { cell: usize, value: f64 },
    Clock { clock: usize, deadline: Option<f64> },
    Membership { group: usize, actor: ActorIndex, member: bool },
}

/// A cell that the batch wrote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) cell: usize,
    pub(super) old: f64,
    pub(super) new: f64,
    /// What it would be without its range.
    sought: f64,
}

/// A batch: changes in the order in which they are added up.
#[derive(Debug, Default)]
pub(super) struct Batch {
    changes: Vec<(Part, Change)>,
    /// For each cell the value assigned, if any.
    assigned: Vec<Option<f64>>,
    /// For each cell the sum of increments, from 0.
    increments: Vec<f64>,
    /// The cells that the batch writes.
    touched: Vec<usize>,
    is_touched: Vec<bool>,
    /// What `apply` wrote the last time.
    pub(super) written: Vec<Written>,
}

impl Batch {
    /// Starts an empty batch.
    pub(super) fn begin(&mut self, n_cells: usize) {
        self.changes.clear();
        if self.is_touched.len() != n_cells {
            refill(&mut self.assigned, n_cells, None);
            refill(&mut self.increments, n_cells, 0.0);
            refill(&mut self.is_touched, n_cells, false);
        }
    }

    /// The changes of some parts, in order.
    pub(super) fn changes(&self, includes: impl Fn(Part) -> bool) -> impl Iterator<Item = Change> {
        self.changes.iter().filter(move |(part, _)| includes(*part)).map(|&(_, change)| change)
    }

    /// Reads a list of effects on the reader's state. Increments are taken `times` over: entries that are due together, or the days of a step.
    pub(super) fn collect(&mut self, reader: &mut Reader<'_>, effects: &[Effect], part: Part, times: f64) {
        for effect in effects {
            let Some((group, slot, filter)) = &effect.each else {
                self.collect_one(reader, effect, part, times);
                continue;
            };
            for member in reader.members(*group) {
                reader.set_actor(*slot, member);
                if reader.allows(filter.as_ref()) {
                    self.collect_one(reader, effect, part, times);
                }
            }
        }
    }

    fn collect_one(&mut self, reader: &mut Reader<'_>, effect: &Effect, part: Part, times: f64) {
        if !reader.allows(effect.condition.as_ref()) {
            return;
        }
        let change = match &effect.act {
            Act::Assign(place, value) => {
                let value = reader.evaluate(value);
                cell_of(reader, *place).map(|cell| Change::Assign { cell, value })
            }
            Act::Increase(place, value) => {
                let value = math::multiply(reader.evaluate(value), times);
                cell_of(reader, *place).map(|cell| Change::Increase { cell, value })
            }
            Act::StartClock(clock, days) => {
                let deadline = math::add(reader.now, reader.evaluate(days));
                Some(Change::Clock { clock: *clock, deadline: Some(deadline) })
            }
            Act::StopClock(clock) => Some(Change::Clock { clock: *clock, deadline: None }),
            Act::Join(group, who) => Some(Change::Membership { group: *group, actor: reader.who(*who), member: true }),
            Act::Leave(group, who) => {
                Some(Change::Membership { group: *group, actor: reader.who(*who), member: false })
            }
        };
        self.changes.extend(change.map(|change| (part, change)));
    }

    /// Carries out the changes of some parts, all at once: per cell new = clamp(base + (i_1 + i_2 + ..)), then clocks, then membership.
    pub(super) fn apply(&mut self, reference: &Reference<'_>, state: &mut State, includes: impl Fn(Part) -> bool) {
        self.add_up(&includes);
        self.written.clear();
        for &cell in &self.touched {
            let old = state.cells[cell];
            let base = self.assigned[cell].unwrap_or(old);
            let sought = math::add(base, self.increments[cell]);
            let new = reference.clamp(cell, sought);
            state.write(cell, new);
            self.written.push(Written { cell, old, new, sought });
        }
        for change in self.changes(&includes) {
            if let Change::Clock { clock, deadline } = change {
                state.deadlines[clock] = deadline;
            }
        }
        self.change_membership(reference, state, &includes);
    }

    /// Assignments (the last wins) and sums of increments per cell, in the order of the batch.
    fn add_up(&mut self, includes: impl Fn(Part) -> bool) {
        for cell in self.touched.drain(..) {
            self.assigned[cell] = None;
            self.increments[cell] = 0.0;
            self.is_touched[cell] = false;
        }
        for &(part, change) in &self.changes {
            if !includes(part) {
                continue;
            }
            let cell = match change {
                Change::Assign { cell, value } => {
                    self.assigned[cell] = Some(value);
                    cell
                }
                Change::Increase { cell, value } => {
                    self.increments[cell] = math::add(self.increments[cell], value);
                    cell
                }
                Change::Clock { .. } | Change::Membership { .. } => continue,
            };
            if !self.is_touched[cell] {
                self.is_touched[cell] = true;
                self.touched.push(cell);
            }
        }
    }

    /// Per group and actor the last of the batch wins; whoever leaves `actors` leaves every group for good.
    fn change_membership(&self, reference: &Reference<'_>, state: &mut State, includes: impl Fn(Part) -> bool) {
        let everybody = reference.model.everybody;
        for change in self.changes(&includes) {
            if let Change::Membership { group, actor, member } = change
                && group != everybody
                && reference.is_member(state, everybody, actor)
            {
                state.members[reference.member_place(group, actor)] = member;
            }
        }
        for change in self.changes(&includes) {
            if let Change::Membership { group, actor, member: false } = change
                && group == everybody
            {
                for group in 0..reference.model.groups.len() {
                    state.members[reference.member_place(group, actor)] = false;
                }
            }
        }
    }
}

fn cell_of(reader: &Reader<'_>, place: Place) -> Option<usize> {
    match place {
        Place::State(state) => Some(reader.reference.model.state[state].cell),
        Place::Attribute { attribute, holder } => reader.reference.attribute_cell(attribute, reader.who(holder)),
        Place::Relation { relation, from, to } => {
            reader.reference.relation_cell(relation, reader.who(from), reader.who(to))
        }
    }
}

impl<O: Observer> Run<'_, '_, O> {
    /// LANGUAGE 6.6: collects the batch of step `n` (events by id, actor, target; then flows), plans later entries, and applies it all.
    pub(super) fn effects(&mut self, n: u64) {
        let reference = self.reference;
        self.scratch.batch.begin(reference.model.cells.len());
        self.scratch.planned.clear();
        for position in 0..self.scratch.firings.len() {
            self.event_effects(n, position);
        }
        self.flow_effects(n);
        if !self.scratch.firings.is_empty() {
            self.scratch.snapshot.copy_from(&self.scratch.state);
        }
        self.apply_effects(n, usize::MAX);
    }

    /// Draws, effects and later entries of one event that fired.
    fn event_effects(&mut self, n: u64, position: usize) {
        let reference = self.reference;
        let row = self.scratch.firings[position].event;
        let EventInstance { event, instance, draw_sites, .. } = &reference.events[row];
        self.draw_numbers(n, *instance, &event.draws, draw_sites);
        let now = reference.model.day_of_step(n);
        let scratch = &mut *self.scratch;
        let mut reader = Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, *instance);
        reader.draws = &scratch.drawn;
        scratch.batch.collect(&mut reader, &event.effects, Part::Event(position), 1.0);
        for (later, entry) in event.later.iter().enumerate() {
            let due_day = math::add(now, reader.evaluate(&entry.after));
            scratch.planned.push((position, Pending { event: row, later, due_day }));
        }
    }

    /// Flows by id, actor, target: rates times the step.
    fn flow_effects(&mut self, n: u64) {
        let reference = self.reference;
        let scratch = &mut *self.scratch;
        let now = reference.model.day_of_step(n);
        let mut reader = Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, NOBODY);
        for flow in reference.model.flows.iter().filter(|flow| flow.enabled) {
            for &instance in &flow.instances {
                if !reference.is_present(&scratch.state, instance, flow.actor_group, flow.target_group) {
                    continue;
                }
                reader.enter(instance);
                if reader.allows(flow.when.as_ref()) {
                    scratch.batch.collect(&mut reader, &flow.effects, Part::Flow, reference.model.step_days);
                }
            }
        }
    }

    /// Applies the batch of step `n` with the events of the first `last_rank` ranks in time (and all flows), and counts these events.
    pub(super) fn apply_effects(&mut self, n: u64, last_rank: usize) {
        let reference = self.reference;
        let scratch = &mut *self.scratch;
        let includes = happened(&scratch.firings, last_rank);
        scratch.batch.apply(reference, &mut scratch.state, includes);
        for firing in scratch.firings.iter().filter(|firing| firing.rank <= last_rank) {
            let event = &reference.events[firing.event];
            scratch.state.count(reference, event.happening, event.instance_index, n);
            if let Some((happening, instance_index)) = event.decision {
                scratch.state.count(reference, happening, instance_index, n);
            }
        }
        scratch.frame.state_changed();
    }

    /// Tells the observer what the batch of step `n` did with the events of the first `last_rank` ranks.
    pub(super) fn narrate_effects(&mut self, n: u64, last_rank: usize) {
        let scratch = &*self.scratch;
        narrate(self.observer, &scratch.batch, n, happened(&scratch.firings, last_rank));
    }

    /// Tells the observer what the batch of due later entries did.
    pub(super) fn narrate_due(&mut self, n: u64) {
        narrate(self.observer, &self.scratch.batch, n, |_| true);
    }
}

/// The parts of a batch that belong to the events of the first `last_rank` ranks in time; flows always do.
fn happened(firings: &[Firing], last_rank: usize) -> impl Fn(Part) -> bool + Copy + '_ {
    move |part| match part {
        Part::Flow => true,
        Part::Event(position) => firings[position].rank <= last_rank,
    }
}

fn narrate<O: Observer>(observer: &mut O, batch: &Batch, n: u64, includes: impl Fn(Part) -> bool) {
    for written in &batch.written {
        observer.cell_written(n, written.cell, written.old, written.new);
        if written.sought != written.new {
            observer.cell_clamped(n, written.cell, written.sought);
        }
    }
    for change in batch.changes(includes) {
        match change {
            Change::Clock { clock, deadline } => observer.clock_set(n, clock, deadline),
            Change::Membership { group, actor, member } => observer.membership_changed(n, group, actor, member),
            Change::Assign { .. } | Change::Increase { .. } => {}
        }
    }
}
