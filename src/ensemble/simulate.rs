//! What an ensemble runs.

use crate::engine::{Engine, Memory};
use crate::model::RunRecord;
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

/// The engine.
impl Simulate for Engine<'_> {
    type Scratch = Memory;

    fn scratch(&self) -> Memory {
        Memory::default()
    }

    fn run(&self, run: u64, memory: &mut Memory, record: &mut RunRecord) {
        self.simulate(run, memory, record);
    }
}
