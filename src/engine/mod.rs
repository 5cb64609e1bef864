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

pub use memory::Memory;
pub use run::Engine;
