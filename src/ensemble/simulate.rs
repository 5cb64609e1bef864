//! What an ensemble runs.

use crate::engine::{Engine, Memory};
use crate::model::{Point, RunRecord};
use crate::reference::{Reference, Scratch};

/// Something that can play any run of a scenario at any point: a pure function of the point and the run's index.
pub trait Simulate: Sync {
    /// Memory that one thread uses again for run after run. It carries nothing from one run to the next.
    type Scratch;

    /// Fresh memory for a thread.
    fn scratch(&self) -> Self::Scratch;

    /// Plays a run at a point and overwrites every field of `record` (its lists keep their memory).
    fn run_at(&self, point: &Point, run: u64, scratch: &mut Self::Scratch, record: &mut RunRecord);

    /// Plays a run of the scenario as it is.
    fn run(&self, run: u64, scratch: &mut Self::Scratch, record: &mut RunRecord) {
        self.run_at(&Point::SCENARIO, run, scratch, record);
    }
}

/// What plays runs where nothing else is asked for, here and in every experiment.
pub type UsualPlayer<'m> = Engine<'m>;

/// The plain interpreter.
impl Simulate for Reference<'_> {
    type Scratch = Scratch;

    fn scratch(&self) -> Scratch {
        Scratch::default()
    }

    fn run_at(&self, point: &Point, run: u64, scratch: &mut Scratch, record: &mut RunRecord) {
        self.simulate_at(point, run, scratch, record);
    }
}

/// The engine.
impl Simulate for Engine<'_> {
    type Scratch = Memory;

    fn scratch(&self) -> Memory {
        Memory::default()
    }

    fn run_at(&self, point: &Point, run: u64, memory: &mut Memory, record: &mut RunRecord) {
        self.simulate_at(point, run, memory, record);
    }
}
