//! What a run knows at a moment: cells, clocks, memberships, and how often everything has happened.

use crate::model::{ActorIndex, EventTally};

use super::run::Reference;

/// What day 0 fixes for the whole run.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// One value per parameter.
    pub(super) parameters: Vec<f64>,
    /// Start value of every cell.
    pub(super) starts: Vec<f64>,
    /// For each of [`Reference::relaxing`] what a step leaves of a distance, 2 ^ (-step / half_life); `None` where a computed half-life is none.
    pub(super) factors: Vec<Option<f64>>,
}

/// What somebody did to somebody in the previous step; read by `pressure`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deed {
    pub(super) actor: ActorIndex,
    pub(super) target: ActorIndex,
    pub(super) ladder: u8,
}

/// The state of a run.
#[derive(Debug, Default)]
pub(super) struct State {
    /// Value of every cell.
    pub(super) cells: Vec<f64>,
    /// The value w with which each cell was last written; its start value before the first time.
    pub(super) written: Vec<f64>,
    /// For each cell the product of the j equal factors of LANGUAGE 6.3, j steps after it was last written.
    pub(super) fading: Vec<f64>,
    /// Deadline of each clock in days; `None` while it is off.
    pub(super) deadlines: Vec<Option<f64>>,
    /// Is actor a a present member of group g: at `g * actors + a`. Who is no member of `actors` has left for good.
    pub(super) members: Vec<bool>,
    /// How often each instance of each happening has happened: at [`Reference::first_tally`] of the happening + instance index.
    pub(super) tallies: Vec<EventTally>,
    /// The same for all instances of each happening together.
    pub(super) totals: Vec<EventTally>,
    /// What was done in the previous step.
    pub(super) deeds: Vec<Deed>,
}

impl State {
    /// Brings everything back to day 0 with the start values given.
    pub(super) fn reset(&mut self, reference: &Reference<'_>, starts: &[f64]) {
        let model = reference.model;
        self.cells.clear();
        self.cells.extend_from_slice(starts);
        self.written.clear();
        self.written.extend_from_slice(starts);
        refill(&mut self.fading, starts.len(), 1.0);
        refill(&mut self.deadlines, model.clocks.len(), None);
        self.members.clone_from(&reference.members_on_day_0);
        refill(&mut self.tallies, reference.n_tallies, EventTally::default());
        refill(&mut self.totals, model.happenings.len(), EventTally::default());
        self.deeds.clear();
    }

    /// Becomes a copy of another state without asking for memory.
    pub(super) fn copy_from(&mut self, other: &State) {
        self.cells.clone_from(&other.cells);
        self.written.clone_from(&other.written);
        self.fading.clone_from(&other.fading);
        self.deadlines.clone_from(&other.deadlines);
        self.members.clone_from(&other.members);
        self.tallies.clone_from(&other.tallies);
        self.totals.clone_from(&other.totals);
        self.deeds.clone_from(&other.deeds);
    }

    /// Writes a cell: from here on it relaxes anew (j = 0).
    pub(super) fn write(&mut self, cell: usize, value: f64) {
        self.cells[cell] = value;
        self.written[cell] = value;
        self.fading[cell] = 1.0;
    }

    /// Counts one happening of step `n`.
    pub(super) fn count(&mut self, reference: &Reference<'_>, happening: usize, instance_index: usize, n: u64) {
        count(&mut self.tallies[reference.first_tally[happening] + instance_index], n);
        count(&mut self.totals[happening], n);
    }
}

fn count(tally: &mut EventTally, n: u64) {
    if tally.count == 0 {
        tally.first_step = n as u32;
    }
    tally.count = tally.count.saturating_add(1);
    tally.last_step = n as u32;
}

/// Empties a vector and fills it again.
pub(super) fn refill<T: Clone>(vector: &mut Vec<T>, length: usize, value: T) {
    vector.clear();
    vector.resize(length, value);
}
