//! LANGUAGE 6.2: later entries that are due.

use super::batch::Part;
use super::evaluate::Reader;
use super::observe::{Fate, LaterDue, Observer};
use super::run::Run;

/// A later entry of a firing, waiting to be due. Compares by event (id, actor, target), then entry (name).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pending {
    /// Row in [`crate::model::Model::events`].
    pub(super) event: usize,
    /// Which of the event's later entries.
    pub(super) later: usize,
    /// Due in the first step after the firing that ends at or after this day.
    pub(super) due_day: f64,
}

impl<O: Observer> Run<'_, '_, O> {
    /// LANGUAGE 6.2: what is due reads the state that the last step left, and is carried out as one batch.
    pub(super) fn due_later_entries(&mut self, n: u64) {
        let reference = self.reference;
        let now = reference.model.day_of_step(n);
        let due_now = |pending: &Pending| now >= pending.due_day - reference.slack_days;
        self.scratch.due.clear();
        self.scratch.due.extend(self.scratch.pending.iter().copied().filter(due_now));
        if self.scratch.due.is_empty() {
            return;
        }
        self.scratch.pending.retain(|pending| !due_now(pending));
        self.scratch.due.sort_by_key(|pending| (pending.event, pending.later));
        self.scratch.batch.begin(reference.model.cells.len());
        let mut first = 0;
        while let Some(&pending) = self.scratch.due.get(first) {
            // Entries of one instance and one name act as one.
            let same = |other: &&Pending| other.event == pending.event && other.later == pending.later;
            let number = self.scratch.due[first..].iter().take_while(same).count();
            let fate = self.carry_out(n, first, number);
            first += number;
            let due = LaterDue { event: pending.event, later: pending.later, number, fate };
            self.observer.later_due(n, &due);
        }
        self.scratch.batch.apply(reference, &mut self.scratch.state, |_| true);
        self.scratch.frame.state_changed();
        self.narrate_due(n);
    }

    /// Adds what `number` entries from `position` on, which act as one, do to the batch.
    fn carry_out(&mut self, n: u64, position: usize, number: usize) -> Fate {
        let reference = self.reference;
        let pending = self.scratch.due[position];
        let event = &reference.events[pending.event];
        if !reference.is_present(&self.scratch.state, event.instance, None, None) {
            return Fate::Dropped;
        }
        let later = &event.event.later[pending.later];
        self.draw_numbers(n, event.instance, &later.draws, &event.later_sites[pending.later]);
        let now = reference.model.day_of_step(n);
        let scratch = &mut *self.scratch;
        let mut reader =
            Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, event.instance);
        reader.draws = &scratch.drawn;
        if !reader.allows(later.when.as_ref()) {
            return Fate::Cancelled;
        }
        scratch.batch.collect(&mut reader, &later.effects, Part::Event(position), number as f64);
        Fate::CarriedOut
    }
}
