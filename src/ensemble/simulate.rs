//! What an ensemble runs.

use crate::model::{RunRecord, StopReason};
use crate::reference::{Reference, Scratch};

/// Something that can play any run of a scenario: a pure function of the run's index.
pub trait Simulate: Sync {
    /// Memory that one thread uses again for run after run. It carries nothing from one run to the next.
    type Scratch;

    /// Fresh memory for a thread.
    fn scratch(&self) -> Self::Scratch;

    /// Plays a run and overwrites every field of `record` (its lists keep their memory).
    fn run(&self, run: u64, scratch: &mut Self::Scratch, record: &mut RunRecord);
}

/// The plain interpreter.
impl Simulate for Reference<'_> {
    type Scratch = Scratch;

    fn scratch(&self) -> Scratch {
        Scratch::default()
    }

    fn run(&self, run: u64, scratch: &mut Scratch, record: &mut RunRecord) {
        self.simulate(run, scratch, record);
    }
}

/// A record with empty lists, to be overwritten.
#[must_use]
pub fn empty_record() -> RunRecord {
    RunRecord {
        run: 0,
        outcome: 0,
        end_step: 0,
        stop_reason: StopReason::Horizon,
        parameters: Vec::new(),
        events: Vec::new(),
        cells: Vec::new(),
        measures: Vec::new(),
        queries: Vec::new(),
        peak_ladder: 0,
        history_misses: 0,
        pending_later: 0,
    }
}
