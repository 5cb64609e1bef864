//! What really acts in the runs of a scenario: rules that fire, clocks that run out, entries that are due.

use std::collections::{BTreeMap, BTreeSet};

use flashpoint::model::{ActorTerm, CellOwner, EventSource, Expression, Instance, Model};
use flashpoint::reference::{Fate, LaterDue, Moment, Observer, OpportunityDraw, OptionPick};

use super::constructs::{Seen, timing_word};

/// Notes what acts in the runs of one scenario.
pub(super) struct Acting<'m> {
    pub(super) seen: Seen,
    model: &'m Model,
    guards: BTreeMap<usize, (bool, bool)>,
    picks: BTreeMap<usize, BTreeSet<usize>>,
    outcomes: BTreeSet<usize>,
    /// Firing of rules with `exclusive` that were drawn in this step, and those that happened.
    drawn: u32,
    happened: u32,
    step: u64,
    written: BTreeSet<usize>,
    start: Vec<f64>,
}

impl<'m> Acting<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        Acting {
            seen: Seen::default(),
            model,
            guards: BTreeMap::new(),
            picks: BTreeMap::new(),
            outcomes: BTreeSet::new(),
            drawn: 0,
            happened: 0,
            step: 0,
            written: BTreeSet::new(),
            start: Vec::new(),
        }
    }

    /// After all runs: what only several tell.
    pub(super) fn finish(&mut self) {
        self.seen.note_if(self.outcomes.len() > 1, "acts: runs end differently");
        self.seen.note_if(self.outcomes.len() > 2, "acts: runs end in three ways");
        self.seen.note_if(self.guards.values().any(|&(yes, no)| yes && no), "acts: a guard turns");
        self.seen.note_if(self.picks.values().any(|options| options.len() > 1), "acts: a choice alternates");
    }

    /// Guards that were read, and those of them that were both true and false.
    pub(super) fn guards(&self) -> (usize, usize) {
        (self.guards.len(), self.guards.values().filter(|&&(yes, no)| yes && no).count())
    }

    fn exclusive(&self, happening: usize) -> bool {
        match self.model.happenings[happening].source {
            EventSource::Rule(rule) => self.model.rules[rule].exclusive.is_some(),
            _ => false,
        }
    }
}

impl Observer for Acting<'_> {
    const WATCHES_DRAWS: bool = true;

    fn run_started(&mut self, moment: &Moment<'_>, _: u64) {
        self.start = moment.cells().to_vec();
        self.written.clear();
        (self.drawn, self.happened, self.step) = (0, 0, 0);
    }

    fn guard_read(&mut self, _: &Moment<'_>, happening: usize, _: Instance, holds: bool) {
        let opportunity = match self.model.happenings[happening].source {
            EventSource::Rule(rule) => &self.model.rules[rule].opportunity,
            EventSource::Choice(choice) | EventSource::Option { choice, .. } => &self.model.choices[choice].opportunity,
        };
        if opportunity.when.is_none() {
            return;
        }
        let guard = self.guards.entry(happening).or_default();
        guard.0 |= holds;
        guard.1 |= !holds;
    }

    fn opportunity_drawn(&mut self, _: u64, happening: usize, _: Instance, draw: &OpportunityDraw) {
        if draw.fired && self.exclusive(happening) {
            self.drawn += 1;
        }
        self.seen.note_if(draw.probability > 0.0 && draw.probability < 1.0, "acts: a probability between 0 and 1");
    }

    fn option_picked(&mut self, _: u64, happening: usize, _: Instance, pick: &OptionPick<'_>) {
        let Some(picked) = pick.picked else { return };
        self.seen.note_if(pick.eligible.len() > 1, "acts: a pick among several");
        self.picks.entry(happening).or_default().insert(pick.eligible[picked]);
    }

    fn event_happened(&mut self, _: u64, event: usize, wait: f64, _: f64) {
        let happening = self.model.events[event].happening;
        if self.exclusive(happening) && wait > 0.0 {
            self.happened += 1;
        }
        let (of, opportunity) = match self.model.happenings[happening].source {
            EventSource::Rule(rule) => ("rule", &self.model.rules[rule].opportunity),
            EventSource::Choice(choice) | EventSource::Option { choice, .. } => {
                ("choice", &self.model.choices[choice].opportunity)
            }
        };
        let word = timing_word(opportunity);
        self.seen.note(format!("acts: {of} fires, {word}"));
        self.seen.note_if(opportunity.cooldown.is_some(), "acts: fires with a cooldown");
        let instance = self.model.events[event].instance;
        self.seen.note_if(instance.target.is_some(), "acts: fires at a target");
    }

    fn later_due(&mut self, _: u64, due: &LaterDue) {
        self.seen.note(match due.fate {
            Fate::CarriedOut => "acts: later carried out",
            Fate::Cancelled => "acts: later cancelled",
            Fate::Dropped => "acts: later dropped",
        });
        self.seen.note_if(due.number > 1, "acts: several later at once");
    }

    fn cell_written(&mut self, _: u64, cell: usize, old: f64, new: f64) {
        self.written.insert(cell);
        if old != new {
            let word = match self.model.cells[cell].owner {
                CellOwner::Attribute { .. } => "acts: attribute changes",
                CellOwner::Relation { .. } => "acts: relation changes",
                CellOwner::State { .. } => "acts: state changes",
            };
            self.seen.note(word);
        }
    }

    fn cell_clamped(&mut self, _: u64, _: usize, _: f64) {
        self.seen.note("acts: a range keeps a value out");
    }

    fn clock_set(&mut self, _: u64, _: usize, deadline: Option<f64>) {
        self.seen.note(if deadline.is_some() { "acts: clock started" } else { "acts: clock stopped" });
    }

    fn membership_changed(&mut self, _: u64, group: usize, _: usize, member: bool) {
        self.seen.note(match (member, group == self.model.everybody) {
            (true, _) => "acts: joined",
            (false, true) => "acts: left for good",
            (false, false) => "acts: left",
        });
    }

    fn outcome_came_true(&mut self, _: u64, _: usize, rank: usize, n_ranks: usize) {
        self.seen.note(if rank == 0 { "acts: outcome without an event" } else { "acts: outcome by an event" });
        self.seen.note_if(rank > 0 && rank < n_ranks, "acts: events after the outcome are undone");
    }

    fn step_ended(&mut self, moment: &Moment<'_>) {
        let model = self.model;
        for clock in 0..model.clocks.len() {
            let deadline = moment.deadline(clock);
            self.seen.note_if(deadline.is_some_and(|deadline| deadline <= moment.now()), "acts: clock expired");
            self.seen.note_if(deadline.is_some_and(|deadline| deadline > moment.now()), "acts: clock running");
        }
        if moment.step() > 0
            && moment
                .cells()
                .iter()
                .zip(&self.start)
                .enumerate()
                .any(|(cell, (now, start))| now != start && !self.written.contains(&cell))
        {
            self.seen.note("acts: half-life moves a cell that nothing wrote");
        }
        self.seen.note_if(self.drawn > self.happened, "acts: exclusive keeps one back");
        (self.drawn, self.happened) = (0, 0);
    }

    fn run_ended(&mut self, moment: &Moment<'_>, outcome: usize) {
        self.outcomes.insert(outcome);
        self.seen.note(if moment.step() < self.model.n_steps {
            "acts: ends before the horizon"
        } else {
            "acts: ends at the horizon"
        });
        let nobody = Instance { actor: None, target: None };
        for from in 0..self.model.actors.len() {
            for to in (0..self.model.actors.len()).filter(|&to| to != from) {
                let term = ActorTerm::Actor;
                let pressure = moment.evaluate(&Expression::Pressure(term(from), term(to)), nobody);
                self.seen.note_if(pressure > 0.0, "acts: pressure");
            }
        }
    }
}
