//! The engine: the same runs as the plain interpreter of `reference`, bit for bit, without the work that cannot matter.
//!
//! A model is compiled once (`compile`, `program`) to a graph of nodes in which equal parts stand once (`node`); a run keeps its state in a
//! [`Memory`] and computes a node only when it is asked for and something that it may read has changed (`evaluate`).
//!
//! | what is not done | why it cannot matter | file |
//! | --- | --- | --- |
//! | reading a guard whose draw cannot let it fire | the draw lies above every probability that is possible in the run | `start`, `firing`, `bounds` |
//! | reading a guard that is false | it is false for all values that its inputs can take until an event writes one, and that wakes it | `bounds`, `watch` |
//! | moving cells with a half-life | their value is a closed form of the last write, worked out where it is read | `memory` |
//! | times within a step | they decide only between exclusive events and in a step that ends the run | `firing`, `outcome` |
//! | copies of the state | only a step that ends the run goes back, along what it has overwritten | `batch`, `outcome` |
//!
//! It shares draws and arithmetic with `reference` and nothing else.

mod batch;
mod bounds;
mod compile;
mod drawing;
mod evaluate;
mod firing;
mod memory;
mod node;
mod outcome;
mod places;
mod program;
mod run;
mod start;
mod watch;

use crate::model::{Model, RunRecord};

pub use memory::Memory;

/// A compiled model, ready to be played under one seed.
#[derive(Debug)]
pub struct Engine<'m> {
    program: program::Program<'m>,
}

impl<'m> Engine<'m> {
    /// Compiles a model. `seed` is the ensemble's.
    #[must_use]
    pub fn new(model: &'m Model, seed: u64) -> Engine<'m> {
        Engine { program: program::compile(model, seed) }
    }

    /// Number of nodes of the compiled model.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.program.nodes.nodes.len()
    }

    /// Plays one run into `record`, whatever that held before. The memory must have served no other engine.
    pub fn simulate(&self, run: u64, memory: &mut Memory, record: &mut RunRecord) {
        memory.play(&self.program, run, record);
    }
}
