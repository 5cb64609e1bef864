//! Listens to a run and keeps what is to be told.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{EventSource, Expression, Instance, Model, Opportunity, RunRecord};
use crate::reference::{LaterDue, Moment, Observer, OpportunityDraw, OptionPick, ReadingMemory, Reference, Scratch};

use super::binding::bind_instance;
use super::entry::{Cause, Ending, Entry, Happened, Narration, OptionWeight, Pick, RefusedDraw, Told, UnpickedChoice};
use super::reasons::{Reason, reason};
use super::scan;
use super::thresholds::Threshold;
use super::words::Names;

/// How closely a run is listened to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NarrationOptions {
    /// Keep all draws, also those that led to nothing, guards with the values of their parts, and every number that was written.
    pub explain: bool,
}

/// Plays one run and tells it. The run is the same as in an ensemble of this model and seed.
#[must_use]
pub fn narrate(reference: &Reference<'_>, run: u64, options: NarrationOptions) -> Narration {
    let mut narrator = Narrator::new(reference.model(), options);
    let mut record = RunRecord::empty();
    reference.simulate_observed(run, &mut Scratch::default(), &mut record, &mut narrator);
    narrator.finish(reference.seed(), record)
}

/// A rule's or choice's instance: what draws, guards and picks are about.
type Opening = (usize, Instance);

/// Draws of an opening since it last came about.
#[derive(Clone, Copy, Debug)]
struct Draws {
    number: u32,
    /// Probability that all of them fail.
    all_fail: f64,
}

/// What was heard in the step under way.
#[derive(Debug, Default)]
struct StepLog {
    laters: Vec<LaterDue>,
    draws: Vec<(Opening, OpportunityDraw)>,
    guards: BTreeMap<Opening, Reason>,
    picks: BTreeMap<Opening, Pick>,
    unpicked: Vec<Opening>,
    /// Row of the event, waiting time, uniform.
    happened: Vec<(usize, f64, f64)>,
    written: Vec<(usize, f64, f64)>,
    membership_changed: bool,
}

struct Narrator<'m> {
    names: Names<'m>,
    explain: bool,
    memory: ReadingMemory,
    entries: Vec<Entry>,
    thresholds: Vec<Threshold>,
    thresholds_are_cut: bool,
    /// For each threshold the quantity and whether it was beyond, at the end of the step before.
    sides: Vec<(f64, bool)>,
    /// Cells that hold no number.
    named_cells: Vec<usize>,
    cells: Vec<f64>,
    deadlines: Vec<Option<f64>>,
    members: Vec<bool>,
    /// For each choice its happening.
    choice_happenings: Vec<usize>,
    draws: BTreeMap<Opening, Draws>,
    came_about: BTreeSet<Opening>,
    step: StepLog,
    came_true: Option<(usize, usize)>,
    reasons: Vec<(usize, Reason)>,
}

impl<'m> Narrator<'m> {
    fn new(model: &'m Model, options: NarrationOptions) -> Self {
        let names = Names::new(model);
        let (thresholds, thresholds_are_cut) = scan::thresholds(&names);
        let mut choice_happenings = vec![0; model.choices.len()];
        for (index, happening) in model.happenings.iter().enumerate() {
            if let EventSource::Choice(choice) = happening.source {
                choice_happenings[choice] = index;
            }
        }
        Self {
            names,
            explain: options.explain,
            memory: ReadingMemory::default(),
            entries: Vec::new(),
            thresholds,
            thresholds_are_cut,
            sides: Vec::new(),
            named_cells: (0..model.cells.len()).filter(|&cell| names.holds_names(cell)).collect(),
            cells: Vec::new(),
            deadlines: vec![None; model.clocks.len()],
            members: Vec::new(),
            choice_happenings,
            draws: BTreeMap::new(),
            came_about: BTreeSet::new(),
            step: StepLog::default(),
            came_true: None,
            reasons: Vec::new(),
        }
    }

    fn finish(self, seed: u64, record: RunRecord) -> Narration {
        let silent = self.draws.iter().filter(|(opening, _)| self.explain && !self.came_about.contains(opening));
        let silent =
            silent.map(|(&(happening, instance), draws)| (happening, instance, draws.number, 1.0 - draws.all_fail));
        let ending = Ending {
            outcome: record.outcome,
            rank: self.came_true.map(|(rank, _)| rank),
            n_ranks: self.came_true.map_or(0, |(_, n_ranks)| n_ranks),
            reasons: self.reasons,
            silent: silent.collect(),
        };
        Narration {
            seed,
            run: record.run,
            entries: self.entries,
            thresholds: self.thresholds,
            thresholds_are_cut: self.thresholds_are_cut,
            ending,
            record,
        }
    }

    fn tell(&mut self, step: u64, told: Told) {
        self.entries.push(Entry { step, told });
    }

    /// The opening that leads to an event.
    fn opening_of(&self, row: usize) -> Opening {
        let model = self.names.model;
        let recorded = model.events[row];
        let EventSource::Option { choice, option } = model.happenings[recorded.happening].source else {
            return (recorded.happening, recorded.instance);
        };
        let candidates = &model.choices[choice].options[option].instances;
        let found = candidates.binary_search_by_key(&recorded.instance, |candidate| candidate.instance).ok();
        let instance =
            found.map_or(recorded.instance, |found| model.choices[choice].instances[candidates[found].choice_instance]);
        (self.choice_happenings[choice], instance)
    }

    /// The events of a step in order of time, each with what decided it.
    fn tell_events(&mut self, step: u64) {
        let model = self.names.model;
        let recorded = model.history.as_ref().is_some_and(|history| step <= history.last_step);
        let mut happened = std::mem::take(&mut self.step.happened);
        happened.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2)).then(a.0.cmp(&b.0)));
        let draws: BTreeMap<Opening, OpportunityDraw> = std::mem::take(&mut self.step.draws).into_iter().collect();
        let mut led_to_something = BTreeSet::new();
        let mut rank = 0;
        for (position, (event, wait, _)) in happened.into_iter().enumerate() {
            if position == 0 || wait != 0.0 {
                rank += 1;
            }
            let opening = self.opening_of(event);
            led_to_something.insert(opening);
            self.came_about.insert(opening);
            let since = self.draws.remove(&opening);
            let cause = Cause {
                draw: draws.get(&opening).copied(),
                n_draws: since.map_or(0, |draws| draws.number),
                by_now: since.map_or(0.0, |draws| 1.0 - draws.all_fail),
                guard: self.step.guards.remove(&opening),
                pick: self.step.picks.remove(&opening),
            };
            self.tell(step, Told::Happened(Box::new(Happened { event, rank, recorded, cause })));
        }
        if self.explain {
            for (opening, draw) in draws {
                if !led_to_something.contains(&opening) {
                    let (happening, instance) = opening;
                    self.tell(step, Told::Refused(RefusedDraw { happening, instance, draw }));
                }
            }
            for (happening, instance) in std::mem::take(&mut self.step.unpicked) {
                self.tell(step, Told::Unpicked(UnpickedChoice { happening, instance }));
            }
        }
    }

    fn tell_clocks(&mut self, moment: &Moment<'_>) {
        for clock in 0..self.deadlines.len() {
            let (before, now) = (self.deadlines[clock], moment.deadline(clock));
            // Compared to the bit: what was not set anew is the very same number.
            if before.map(f64::to_bits) != now.map(f64::to_bits) {
                match (now, before) {
                    (Some(deadline), _) => {
                        self.tell(moment.step(), Told::ClockStarted { clock, deadline });
                        if is_past(moment, deadline) {
                            self.tell(moment.step(), Told::ClockExpired { clock });
                        }
                    }
                    (None, Some(deadline)) if !is_past(moment, deadline) => {
                        self.tell(moment.step(), Told::ClockStopped { clock });
                    }
                    (None, _) => {}
                }
            }
            self.deadlines[clock] = now;
        }
    }

    fn tell_membership(&mut self, moment: &Moment<'_>) {
        if !std::mem::take(&mut self.step.membership_changed) {
            return;
        }
        let model = self.names.model;
        let before = std::mem::replace(&mut self.members, members(moment));
        let n_actors = model.actors.len();
        let left_for_good = |actor: usize, members: &[bool]| {
            let place = model.everybody * n_actors + actor;
            before[place] && !members[place]
        };
        let mut told = Vec::new();
        for group in 0..model.groups.len() {
            for actor in 0..n_actors {
                let place = group * n_actors + actor;
                let for_good = left_for_good(actor, &self.members);
                match (before[place], self.members[place]) {
                    (false, true) => told.push(Told::Joined { group, actor }),
                    (true, false) if !for_good || group == model.everybody => told.push(Told::Left { group, actor }),
                    _ => {}
                }
            }
        }
        for told in told {
            self.tell(moment.step(), told);
        }
    }

    fn tell_values(&mut self, moment: &Moment<'_>) {
        for index in 0..self.named_cells.len() {
            let cell = self.named_cells[index];
            let (before, value) = (self.cells[cell], moment.cells()[cell]);
            if before != value {
                self.tell(moment.step(), Told::Became { cell, before, value });
            }
        }
        self.cells.clear();
        self.cells.extend_from_slice(moment.cells());
        let slack_days = self.names.model.slack_days();
        let mut memory = std::mem::take(&mut self.memory);
        let mut reading = moment.read(&mut memory);
        let mut crossed = Vec::new();
        for (index, threshold) in self.thresholds.iter().enumerate() {
            let (value, limit, beyond) = threshold.read(&mut reading, slack_days);
            let (before, was_beyond) = std::mem::replace(&mut self.sides[index], (value, beyond));
            if beyond != was_beyond {
                crossed.push(Told::Crossed { threshold: index, beyond, before, value, limit });
            }
        }
        self.memory = memory;
        for told in crossed {
            self.tell(moment.step(), told);
        }
    }

    /// Takes a condition apart at a moment.
    fn reason(&mut self, moment: &Moment<'_>, condition: &Expression) -> Reason {
        let mut reading = moment.read(&mut self.memory);
        reason(&self.names, &mut reading, condition)
    }
}

impl Observer for Narrator<'_> {
    const WATCHES_DRAWS: bool = true;

    fn run_started(&mut self, moment: &Moment<'_>, _run: u64) {
        self.cells = moment.cells().to_vec();
        self.members = members(moment);
        let slack_days = self.names.model.slack_days();
        let mut reading = moment.read(&mut self.memory);
        let side = |threshold: &Threshold| {
            let (value, _, beyond) = threshold.read(&mut reading, slack_days);
            (value, beyond)
        };
        self.sides = self.thresholds.iter().map(side).collect();
    }

    fn guard_read(&mut self, moment: &Moment<'_>, happening: usize, instance: Instance, holds: bool) {
        if !self.explain || !holds {
            return;
        }
        let Some(when) = opportunity(self.names.model, happening).and_then(|opportunity| opportunity.when.as_ref())
        else {
            return;
        };
        let reason = self.reason(moment, &bind_instance(when, instance));
        self.step.guards.insert((happening, instance), reason);
    }

    fn opportunity_drawn(&mut self, _step: u64, happening: usize, instance: Instance, draw: &OpportunityDraw) {
        let opening = (happening, instance);
        let draws = self.draws.entry(opening).or_insert(Draws { number: 0, all_fail: 1.0 });
        draws.number = draws.number.saturating_add(1);
        draws.all_fail *= 1.0 - draw.probability;
        self.step.draws.push((opening, *draw));
    }

    fn option_picked(&mut self, _step: u64, happening: usize, instance: Instance, pick: &OptionPick<'_>) {
        let Some(picked) = pick.picked else {
            self.step.unpicked.push((happening, instance));
            return;
        };
        let sum: f64 = pick.weights.iter().sum();
        let options = pick.eligible.iter().zip(pick.worth).zip(pick.weights).enumerate();
        let options = options.map(|(position, ((&event, &worth), &weight))| OptionWeight {
            event,
            worth,
            probability: if sum > 0.0 { weight / sum } else { 0.0 },
            picked: position == picked,
        });
        let pick = Pick { precision: pick.precision, options: options.collect(), uniform: pick.uniform };
        self.step.picks.insert((happening, instance), pick);
    }

    fn event_happened(&mut self, _step: u64, event: usize, wait: f64, uniform: f64) {
        self.step.happened.push((event, wait, uniform));
    }

    fn later_due(&mut self, _step: u64, due: &LaterDue) {
        self.step.laters.push(*due);
    }

    fn cell_written(&mut self, _step: u64, cell: usize, old: f64, new: f64) {
        if self.explain && old != new && !self.names.holds_names(cell) {
            self.step.written.push((cell, old, new));
        }
    }

    fn membership_changed(&mut self, _step: u64, _group: usize, _actor: usize, _member: bool) {
        self.step.membership_changed = true;
    }

    fn outcome_came_true(&mut self, _step: u64, _outcome: usize, rank: usize, n_ranks: usize) {
        self.came_true = Some((rank, n_ranks));
    }

    fn step_ended(&mut self, moment: &Moment<'_>) {
        let step = moment.step();
        if step == 0 {
            return;
        }
        let before = self.names.model.day_of_step(step - 1);
        let slack_days = self.names.model.slack_days();
        for clock in 0..self.deadlines.len() {
            let ran_out = |deadline: f64| before < deadline - slack_days && is_past(moment, deadline);
            if self.deadlines[clock].is_some_and(ran_out) {
                self.tell(step, Told::ClockExpired { clock });
            }
        }
        for LaterDue { event, later, number, fate } in std::mem::take(&mut self.step.laters) {
            self.tell(step, Told::LaterDue { event, later, number, fate });
        }
        self.tell_events(step);
        self.tell_clocks(moment);
        self.tell_membership(moment);
        self.tell_values(moment);
        for (cell, before, value) in std::mem::take(&mut self.step.written) {
            self.tell(step, Told::Written { cell, before, value });
        }
        self.step.guards.clear();
        self.step.picks.clear();
    }

    fn run_ended(&mut self, moment: &Moment<'_>, outcome: usize) {
        let model = self.names.model;
        for (index, candidate) in model.outcomes.iter().enumerate() {
            let is_asked = self.came_true.is_none() || index == outcome;
            if let (Some(when), true) = (&candidate.when, is_asked) {
                let reason = self.reason(moment, when);
                self.reasons.push((index, reason));
            }
        }
    }
}

fn is_past(moment: &Moment<'_>, deadline: f64) -> bool {
    moment.now() >= deadline - moment.model().slack_days()
}

/// Is actor a a present member of group g: at `g * actors + a`.
fn members(moment: &Moment<'_>) -> Vec<bool> {
    let model = moment.model();
    let of_group = |group: usize| (0..model.actors.len()).map(move |actor| moment.is_member(group, actor));
    (0..model.groups.len()).flat_map(of_group).collect()
}

fn opportunity(model: &Model, happening: usize) -> Option<&Opportunity> {
    match model.happenings[happening].source {
        EventSource::Rule(rule) => Some(&model.rules[rule].opportunity),
        EventSource::Choice(choice) => Some(&model.choices[choice].opportunity),
        EventSource::Option { .. } => None,
    }
}
