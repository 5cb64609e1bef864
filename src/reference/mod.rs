//! A plain interpreter of the checked model: one run at a time, a pure function of (model, seed, run index). It is the oracle that every faster
//! engine must equal bit for bit, and the narrator behind `replay`.
//!
//! It is written to be read beside the meaning of a step (LANGUAGE, section 6), clause by clause:
//!
//! | clause | function | file |
//! | --- | --- | --- |
//! | 6.0 day 0 | `day_0` | `run`, `draw` |
//! | 6.1 now | `now_of_guard`, `end_of_step` | `fire`, `run` |
//! | 6.2 due later entries | `due_later_entries` | `later` |
//! | 6.3 half-lives | `half_lives` | `relax` |
//! | 6.4 snapshot | the state between `half_lives` and `effects` | `run` |
//! | 6.5 firing | `firing` | `fire`, `choose` |
//! | 6.6 effects | `effects` | `batch` |
//! | 6.7 outcomes | `outcomes` | `outcome` |
//! | 6.8 measures | `measures` | `run` |
//!
//! No masks, no tables, no watching of what may change: whatever a clause names is read anew each time.

mod batch;
mod choose;
mod draw;
mod evaluate;
mod fire;
mod instances;
mod later;
mod observe;
mod outcome;
mod probe;
mod relax;
mod remembered;
mod run;
mod state;

pub use observe::{Fate, LaterDue, Moment, Observer, OpportunityDraw, OptionPick, Reading, ReadingMemory, Silent};
pub use probe::{CellProbe, GuardProbe, Probe, ProbeReport, probe};
pub use run::{Reference, Scratch};
