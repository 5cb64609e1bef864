//! Effects as one batch: later entries that are due; all that fired, and flows.

use crate::math;

use super::memory::{Change, Memory, Pending, Undo, What};
use super::program::{Deed, EffectNode, Program};

/// Position of flows among the firings.
const FLOWS: u32 = u32::MAX;

impl Memory {
    /// Later entries that are due read the state that the last step left, and act as one batch.
    pub(super) fn due_later_entries(&mut self, program: &Program<'_>, n: u64) {
        let now = n as f64 * program.model.step_days;
        if now < self.next_due - program.slack_days {
            return;
        }
        let due_now = |pending: &Pending| now >= pending.due_day - program.slack_days;
        self.due.clear();
        self.due.extend(self.pending.iter().copied().filter(due_now));
        self.pending.retain(|pending| !due_now(pending));
        self.next_due = self.pending.iter().map(|pending| pending.due_day).fold(f64::MAX, f64::min);
        if self.due.is_empty() {
            return;
        }
        self.due.sort_by_key(|pending| (pending.event, pending.later));
        self.changes.clear();
        let mut first = 0;
        while let Some(&pending) = self.due.get(first) {
            let same = |other: &&Pending| (other.event, other.later) == (pending.event, pending.later);
            let number = self.due[first..].iter().take_while(same).count();
            first += number;
            let entry = &program.events[pending.event as usize].later[pending.later as usize];
            if !self.holds(program, entry.present) {
                continue;
            }
            self.draw_all(program, &entry.draws, n);
            if self.holds(program, entry.when) {
                self.collect(program, &entry.effects, 0, number as f64);
            }
        }
        self.apply(program, usize::MAX);
        self.undo.clear();
    }

    /// The batch of step `n`.
    pub(super) fn effects(&mut self, program: &Program<'_>, n: u64) {
        self.changes.clear();
        self.planned.clear();
        self.undo.clear();
        for position in 0..self.firings.len() {
            self.event_effects(program, n, position);
        }
        for flow in &program.flows {
            if self.holds(program, flow.guard) {
                self.collect(program, &flow.effects, FLOWS, program.model.step_days);
            }
        }
        self.carry_out(program, n, usize::MAX);
    }

    fn event_effects(&mut self, program: &Program<'_>, n: u64, position: usize) {
        let row = self.firings[position].event;
        let event = &program.events[row as usize];
        self.draw_all(program, &event.draws, n);
        self.collect(program, &event.effects, position as u32, 1.0);
        let now = n as f64 * program.model.step_days;
        for (later, entry) in event.later.iter().enumerate() {
            let due_day = math::add(now, self.value(program, entry.after));
            self.planned.push((position as u32, Pending { event: row, later: later as u32, due_day }));
        }
    }

    /// Reads effects on the state as it is.
    fn collect(&mut self, program: &Program<'_>, effects: &[EffectNode], position: u32, times: f64) {
        for effect in effects {
            if !self.holds(program, effect.condition) {
                continue;
            }
            let what = match effect.deed {
                Deed::Assign { cell, value } => What::Assign(cell, self.value(program, value)),
                Deed::Increase { cell, value } => {
                    What::Increase(cell, math::multiply(self.value(program, value), times))
                }
                Deed::Start { clock, days } => {
                    let now = self.now(program, super::node::Moment::End);
                    What::Clock(clock, Some(math::add(now, self.value(program, days))))
                }
                Deed::Stop { clock } => What::Clock(clock, None),
                Deed::Membership { group, actor, member } => What::Membership { group, actor, member },
            };
            self.changes.push(Change { position, what });
        }
    }

    /// Applies the batch with the events of the first `last_rank` ranks in time, and counts these events.
    pub(super) fn carry_out(&mut self, program: &Program<'_>, n: u64, last_rank: usize) {
        self.apply(program, last_rank);
        for position in 0..self.firings.len() {
            let firing = self.firings[position];
            if firing.rank > last_rank {
                continue;
            }
            for &tally in &program.events[firing.event as usize].tallies {
                self.count(program, tally, n);
            }
            self.retire(program, firing.opening);
        }
        if !self.firings.is_empty() {
            self.state_changed();
        }
    }

    fn count(&mut self, program: &Program<'_>, place: u32, n: u64) {
        let tally = &mut self.tallies[place as usize];
        self.undo.push(Undo::Tally(place, *tally));
        if tally.count == 0 {
            tally.first_step = n as u32;
        }
        tally.count = tally.count.saturating_add(1);
        tally.last_step = n as u32;
        self.wake(program, program.watches.of_tally(place as usize));
    }

    /// Who has reached the limit is not looked at again.
    fn retire(&mut self, program: &Program<'_>, opening: u32) {
        let Some(node) = program.openings.get(opening as usize) else { return };
        if node.limit.is_some_and(|limit| self.tallies[node.tally as usize].count >= limit) {
            self.awake[(opening / 64) as usize] &= !(1 << (opening % 64));
        }
    }

    /// Carries out changes, all at once: cells, then clocks, then membership.
    fn apply(&mut self, program: &Program<'_>, last_rank: usize) {
        if self.changes.is_empty() {
            return;
        }
        let changes = std::mem::take(&mut self.changes);
        let firings = std::mem::take(&mut self.firings);
        let includes = |change: &&Change| {
            last_rank == usize::MAX
                || firings.get(change.position as usize).is_none_or(|firing| firing.rank <= last_rank)
        };
        self.write_cells(program, changes.iter().filter(includes));
        for change in changes.iter().filter(includes) {
            if let What::Clock(clock, deadline) = change.what {
                self.undo.push(Undo::Clock(clock, self.deadlines[clock as usize]));
                self.deadlines[clock as usize] = deadline;
                self.wake(program, program.watches.of_clock(clock as usize));
            }
        }
        self.change_membership(program, changes.iter().filter(includes));
        self.changes = changes;
        self.firings = firings;
        self.state_changed();
    }

    fn write_cells<'c>(&mut self, program: &Program<'_>, changes: impl Iterator<Item = &'c Change>) {
        self.touched.clear();
        for change in changes {
            let cell = match change.what {
                What::Assign(cell, value) => {
                    self.assigned[cell as usize] = Some(value);
                    cell
                }
                What::Increase(cell, value) => {
                    let sum = &mut self.increments[cell as usize];
                    *sum = math::add(*sum, value);
                    cell
                }
                What::Clock(..) | What::Membership { .. } => continue,
            };
            if !self.is_touched[cell as usize] {
                self.is_touched[cell as usize] = true;
                self.touched.push(cell);
            }
        }
        let touched = std::mem::take(&mut self.touched);
        for &place in &touched {
            let cell = place as usize;
            let (value, written_at) = (self.cells[cell], self.written_at[cell]);
            self.undo.push(Undo::Cell { cell: place, value, written_at });
            let old = self.cell(program, cell);
            let base = self.assigned[cell].take().unwrap_or(old);
            let new = Self::clamp(program, cell, math::add(base, std::mem::take(&mut self.increments[cell])));
            self.is_touched[cell] = false;
            self.cells[cell] = new;
            self.written_at[cell] = self.relaxed;
            self.wake(program, program.watches.of_cell(cell));
        }
        self.touched = touched;
    }

    fn change_membership<'c>(&mut self, program: &Program<'_>, changes: impl Iterator<Item = &'c Change> + Clone) {
        let (model, places) = (program.model, &program.places);
        for change in changes.clone() {
            if let What::Membership { group, actor, member } = change.what
                && group as usize != model.everybody
                && self.members[places.member(model.everybody, actor as usize)]
            {
                self.set_member(program, places.member(group as usize, actor as usize), member);
            }
        }
        for change in changes {
            if let What::Membership { group, actor, member: false } = change.what
                && group as usize == model.everybody
            {
                for group in 0..model.groups.len() {
                    self.set_member(program, places.member(group, actor as usize), false);
                }
            }
        }
    }

    fn set_member(&mut self, program: &Program<'_>, place: usize, member: bool) {
        self.undo.push(Undo::Member(place as u32, self.members[place]));
        self.members[place] = member;
        self.wake(program, program.watches.of_member(place));
    }

    /// Takes back what the batch did.
    pub(super) fn take_back(&mut self) {
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Cell { cell, value, written_at } => {
                    self.cells[cell as usize] = value;
                    self.written_at[cell as usize] = written_at;
                }
                Undo::Clock(clock, deadline) => self.deadlines[clock as usize] = deadline,
                Undo::Member(place, member) => self.members[place as usize] = member,
                Undo::Tally(place, tally) => self.tallies[place as usize] = tally,
            }
        }
        self.state_changed();
    }
}
