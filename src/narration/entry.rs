//! What is told of a run, as plain data.

use crate::model::{Instance, RunRecord};
use crate::reference::{Fate, OpportunityDraw};

use super::reasons::Reason;
use super::thresholds::Threshold;

/// One run, told.
#[derive(Clone, Debug, PartialEq)]
pub struct Narration {
    /// Seed of the ensemble.
    pub seed: u64,
    /// Index of the run, from 0.
    pub run: u64,
    /// What happened, in the order of steps. Within a step: clocks that ran out, later entries that were due, events in order of time, then what
    /// they changed.
    pub entries: Vec<Entry>,
    /// The thresholds that guards and outcomes watch.
    pub thresholds: Vec<Threshold>,
    /// True if there are more than are watched (200,000): crossings of the others are not told.
    pub thresholds_are_cut: bool,
    /// How the run ended, and why.
    pub ending: Ending,
    /// The run as every table knows it.
    pub record: RunRecord,
}

/// Something that is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The step; what happens in it is dated at its end. 0 is day 0.
    pub step: u64,
    /// What.
    pub told: Told,
}

/// What can be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// A clock ran out.
    ClockExpired {
        /// Index into `Model::clocks`.
        clock: usize,
    },
    /// Later entries were due.
    LaterDue {
        /// Row in `Model::events` of the event that brought them about.
        event: usize,
        /// Which of the event's later entries.
        later: usize,
        /// How many, acting as one.
        number: usize,
        /// What became of them.
        fate: Fate,
    },
    /// A rule fired, or an option was chosen.
    Happened(Box<Happened>),
    /// A draw that led to nothing. Only when draws are asked for.
    Refused(RefusedDraw),
    /// A decision without an option to pick. Only when draws are asked for.
    Unpicked(UnpickedChoice),
    /// A clock was started, or started anew.
    ClockStarted {
        /// Index into `Model::clocks`.
        clock: usize,
        /// Day on which it runs out.
        deadline: f64,
    },
    /// A clock was stopped before it ran out.
    ClockStopped {
        /// Index into `Model::clocks`.
        clock: usize,
    },
    /// Somebody joined a group.
    Joined {
        /// Index into `Model::groups`.
        group: usize,
        /// Who.
        actor: usize,
    },
    /// Somebody left a group. Leaving the group of everybody is for good; the other groups are then not told one by one.
    Left {
        /// Index into `Model::groups`.
        group: usize,
        /// Who.
        actor: usize,
    },
    /// A boolean or an enumeration has another value.
    Became {
        /// Index into `Model::cells`.
        cell: usize,
        /// Value at the end of the step before.
        before: f64,
        /// Value now.
        value: f64,
    },
    /// A quantity crossed a threshold that a guard or an outcome watches.
    Crossed {
        /// Index into [`Narration::thresholds`].
        threshold: usize,
        /// Is it now beyond the threshold (see [`super::Edge`])?
        beyond: bool,
        /// Value at the end of the step before.
        before: f64,
        /// Value now.
        value: f64,
        /// The threshold's value now.
        limit: f64,
    },
    /// Effects or flows changed a number. Only when draws are asked for.
    Written {
        /// Index into `Model::cells`.
        cell: usize,
        /// Value before.
        before: f64,
        /// Value behind.
        value: f64,
    },
}

/// An event and what decided it.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// Row in `Model::events`.
    pub event: usize,
    /// With which group of the step's events, in order of time, it came, from 1. All with a waiting time of 0 come together.
    pub rank: usize,
    /// It stands in the record, and happened for that alone.
    pub recorded: bool,
    /// What decided it.
    pub cause: Cause,
}

/// What decided an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cause {
    /// The draw of a chance or a rate; `None` where none is needed.
    pub draw: Option<OpportunityDraw>,
    /// How often its chance or rate has been drawn since the last time that it happened, this draw included; 0 without draws.
    pub n_draws: u32,
    /// With which probability at least one of these draws succeeds.
    pub by_now: f64,
    /// The guard and its parts, as they were read. Only when draws are asked for.
    pub guard: Option<Reason>,
    /// The options that could have been picked, if it is one.
    pub pick: Option<Pick>,
}

/// A pick among options.
#[derive(Clone, Debug, PartialEq)]
pub struct Pick {
    /// What utilities were multiplied by; `None` where options have weights.
    pub precision: Option<f64>,
    /// The eligible options, in order.
    pub options: Vec<OptionWeight>,
    /// The uniform.
    pub uniform: f64,
}

/// An option that could be picked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionWeight {
    /// Row in `Model::events` of its event.
    pub event: usize,
    /// Utility, or weight.
    pub worth: f64,
    /// Probability of being picked, 0 to 1.
    pub probability: f64,
    /// The one that was picked.
    pub picked: bool,
}

/// A draw that led to nothing: u was not below p, or another event of its `exclusive` came first, or the run had ended before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RefusedDraw {
    /// Index into `Model::happenings`.
    pub happening: usize,
    /// Which instance.
    pub instance: Instance,
    /// The draw.
    pub draw: OpportunityDraw,
}

/// A choice that had come about, with nothing to pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnpickedChoice {
    /// Index into `Model::happenings`.
    pub happening: usize,
    /// Which instance.
    pub instance: Instance,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// Index into `Model::outcomes`.
    pub outcome: usize,
    /// With which group of the step's events, in order of time, the outcome came true; 0 where it held before any of them (a date, a drift); `None`
    /// where the horizon came first.
    pub rank: Option<usize>,
    /// How many groups of events the step had; those behind `rank` have not happened.
    pub n_ranks: usize,
    /// The outcomes with a condition, and what these were on the last state: the one that came true alone, or all where none did.
    pub reasons: Vec<(usize, Reason)>,
    /// Draws of what never happened: index into `Model::happenings`, instance, number of draws, probability that one of them succeeds. Only when
    /// draws are asked for.
    pub silent: Vec<(usize, Instance, u32, f64)>,
}
