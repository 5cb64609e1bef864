//! Scenarios side by side: the same runs, on the same draws, under each; what differs, and how surely.
//!
//! [`play`] plays every run under all scenarios ([`Arm`]s) before the next one, so that a stop leaves equally many of each. [`Side`]s are what came of it,
//! and everything else is worked out of them: [`compare`] for variants against a base; [`rank`] does the same for
//! one rule after another taken away, [`refine`] for a step made shorter. Pairs of runs are told apart by their position alone; what the scenarios have in common has the same random numbers, because draws have
//! addresses.
//!
//! Unlike an ensemble's summary, what is kept grows with the number of runs: [`bytes_per_run`] tells how much.

mod changes;
mod competing;
mod knock_out;
mod numbers;
mod play;
mod refine;
mod side;

pub use changes::{Comparison, OutcomeChange, Transition, compare};
pub use competing::{CompetingRow, competing};
pub use knock_out::{
    Candidate, KnockOut, KnockedRun, Verdict, candidates, knock_out_bytes_per_run, play_without, rank,
};
pub use numbers::{MeasureChange, QueryChange};
pub use play::{Arm, Ended, bytes_per_run, play};
pub use refine::{Refined, RefinedKind, StepRuns, StepValue, per_step_happenings, refine};
pub use side::{BASE, OutcomeName, Side};
