//! What can be heard of a run while it is played: the ground of `replay` and of diagnostics. Listening changes nothing.

use crate::model::{ActorIndex, Expression, Instance, Model};

use super::evaluate::{Frame, Reader};
use super::run::Reference;
use super::state::{Given, State};

/// The state of a run at a moment, to be read by an observer.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    pub(super) reference: &'a Reference<'a>,
    pub(super) given: &'a Given,
    pub(super) state: &'a State,
    pub(super) step: u64,
    pub(super) now: f64,
}

impl Moment<'_> {
    /// The step.
    #[must_use]
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Now in days since the start, as the expressions read at this moment see it.
    #[must_use]
    pub fn now(&self) -> f64 {
        self.now
    }

    /// The scenario.
    #[must_use]
    pub fn model(&self) -> &Model {
        self.reference.model
    }

    /// Value of every parameter.
    #[must_use]
    pub fn parameters(&self) -> &[f64] {
        &self.given.parameters
    }

    /// Value of every cell.
    #[must_use]
    pub fn cells(&self) -> &[f64] {
        &self.state.cells
    }

    /// Bounds of a cell.
    #[must_use]
    pub fn range(&self, cell: usize) -> Option<(f64, f64)> {
        self.reference.ranges[cell]
    }

    /// Deadline of a clock in days; `None` while it is off.
    #[must_use]
    pub fn deadline(&self, clock: usize) -> Option<f64> {
        self.state.deadlines[clock]
    }

    /// Is an actor a present member of a group?
    #[must_use]
    pub fn is_member(&self, group: usize, actor: ActorIndex) -> bool {
        self.reference.is_member(self.state, group, actor)
    }

    /// The value of an expression for an instance (without draws).
    #[must_use]
    pub fn evaluate(&self, expression: &Expression, instance: Instance) -> f64 {
        self.read(&mut ReadingMemory::default()).value(expression, instance)
    }

    /// Reads many expressions, each definition among them once.
    pub fn read<'b>(&self, memory: &'b mut ReadingMemory) -> Reading<'b>
    where
        Self: 'b,
    {
        memory.frame.state_changed();
        Reading { moment: *self, memory }
    }
}

/// Memory that one [`Reading`] after another uses. It carries nothing from one to the next.
#[derive(Clone, Debug, Default)]
pub struct ReadingMemory {
    frame: Frame,
}

/// Reads expressions at a moment.
#[derive(Debug)]
pub struct Reading<'a> {
    moment: Moment<'a>,
    memory: &'a mut ReadingMemory,
}

impl Reading<'_> {
    /// The value of an expression for an instance (without draws).
    pub fn value(&mut self, expression: &Expression, instance: Instance) -> f64 {
        let Moment { reference, given, state, now, .. } = self.moment;
        Reader::new(reference, given, state, &mut self.memory.frame, now, instance).evaluate(expression)
    }

    /// The moment that is read.
    #[must_use]
    pub fn moment(&self) -> &Moment<'_> {
        &self.moment
    }
}

/// How an opportunity was decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpportunityDraw {
    /// The probability p, 0 to 1.
    pub probability: f64,
    /// rate * step, if it has a rate.
    pub hazard: Option<f64>,
    /// The uniform u.
    pub uniform: f64,
    /// u < p.
    pub fired: bool,
}

/// A pick among the eligible options of a choice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionPick<'a> {
    /// Rows of the eligible options' events in [`Model::events`].
    pub eligible: &'a [usize],
    /// Utility (or weight, at least 0) of each, before precision; empty if the observer does not watch draws.
    pub worth: &'a [f64],
    /// What the utilities were multiplied by; `None` where options have weights.
    pub precision: Option<f64>,
    /// Weight of each in the pick.
    pub weights: &'a [f64],
    /// The uniform u.
    pub uniform: f64,
    /// Position of the one picked; `None` where no weight is above 0.
    pub picked: Option<usize>,
}

/// What became of a later entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its effects were carried out.
    CarriedOut,
    /// Its `when` did not hold.
    Cancelled,
    /// Its actor or target has left for good.
    Dropped,
}

/// Later entries of one event and one name that were due together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaterDue {
    /// Row in [`Model::events`].
    pub event: usize,
    /// Which of the event's later entries.
    pub later: usize,
    /// How many, acting as one.
    pub number: usize,
    /// What became of them.
    pub fate: Fate,
}

/// Listens to runs. Every method does nothing unless it is written anew; happenings are indices into [`Model::happenings`], events rows of
/// [`Model::events`], steps count from 1 (0 is day 0).
#[expect(unused_variables, reason = "the names of what is heard are the documentation of methods that do nothing")]
pub trait Observer {
    /// True if [`Observer::opportunity_drawn`] is wanted: the numbers of draws that fail are then computed too.
    const WATCHES_DRAWS: bool = false;

    /// Day 0: parameters and start values are there.
    fn run_started(&mut self, moment: &Moment<'_>, run: u64) {}

    /// A guard was read, membership, limit, cooldown and `every` allowing it. The moment is that of the guard (mid-step with a rate).
    fn guard_read(&mut self, moment: &Moment<'_>, happening: usize, instance: Instance, holds: bool) {}

    /// A chance or rate was drawn.
    fn opportunity_drawn(&mut self, step: u64, happening: usize, instance: Instance, draw: &OpportunityDraw) {}

    /// An option was picked.
    fn option_picked(&mut self, step: u64, happening: usize, instance: Instance, pick: &OptionPick<'_>) {}

    /// An event happened, with its waiting time within the step and its uniform. Told in order of id, actor, target, before what the step wrote.
    fn event_happened(&mut self, step: u64, event: usize, wait: f64, uniform: f64) {}

    /// Later entries were due.
    fn later_due(&mut self, step: u64, due: &LaterDue) {}

    /// A batch wrote a cell.
    fn cell_written(&mut self, step: u64, cell: usize, old: f64, new: f64) {}

    /// A batch would have written this value to a cell, and its range kept it out. Told after [`Observer::cell_written`].
    fn cell_clamped(&mut self, step: u64, cell: usize, sought: f64) {}

    /// A clock was started (with its deadline in days) or stopped.
    fn clock_set(&mut self, step: u64, clock: usize, deadline: Option<f64>) {}

    /// Somebody joined or left a group.
    fn membership_changed(&mut self, step: u64, group: usize, actor: usize, member: bool) {}

    /// An outcome came true with the `rank`-th group of the step's `n_ranks` events in order of time; 0 if it held before any of them.
    fn outcome_came_true(&mut self, step: u64, outcome: usize, rank: usize, n_ranks: usize) {}

    /// A step (or day 0) is over, its measures recorded.
    fn step_ended(&mut self, moment: &Moment<'_>) {}

    /// The run is over, with this outcome (by the horizon if none came true). Told last.
    fn run_ended(&mut self, moment: &Moment<'_>, outcome: usize) {}
}

/// Listens to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {}
