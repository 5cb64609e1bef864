//! LANGUAGE 6.5: firing.

use std::cmp::Ordering;

use crate::math;
use crate::model::{Instance, Timing};

use super::evaluate::{NOBODY, since};
use super::instances::{LeadsTo, Opening};
use super::observe::{Moment, Observer, OpportunityDraw};
use super::run::Run;

/// An event that fires in the step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Firing {
    /// Row in [`crate::model::Model::events`].
    pub(super) event: usize,
    /// Waiting time within the step.
    pub(super) wait: f64,
    /// The uniform that decided it, or else that of its site.
    pub(super) uniform: f64,
    /// At most one event of a number happens in a step.
    pub(super) exclusive: Option<usize>,
    /// With which group of events of the step it came in time, from 1; found in 6.7 and only where it matters.
    pub(super) rank: usize,
}

impl Firing {
    /// Which of two comes first: least waiting time, then least uniform, then id, actor, target.
    pub(super) fn in_time(&self, other: &Firing) -> Ordering {
        self.wait.total_cmp(&other.wait).then(self.uniform.total_cmp(&other.uniform)).then(self.event.cmp(&other.event))
    }
}

/// When within the step, and by which number, something was decided.
#[derive(Clone, Copy, Debug)]
struct Decision {
    wait: f64,
    uniform: f64,
}

impl<O: Observer> Run<'_, '_, O> {
    /// LANGUAGE 6.5: all that fires in step `n`, in the order of id, actor, target.
    pub(super) fn firing(&mut self, n: u64) {
        self.scratch.firings.clear();
        match &self.reference.model.history {
            Some(history) if n <= history.last_step => self.recorded_events(n),
            _ => {
                for index in 0..self.reference.openings.len() {
                    self.open(index, n);
                }
                self.exclude();
            }
        }
        self.scratch.firings.sort_by_key(|firing| firing.event);
    }

    /// Lets one instance of a rule or choice happen, if all allows it and its draw decides for it.
    fn open(&mut self, index: usize, n: u64) {
        let reference = self.reference;
        let opening = &reference.openings[index];
        if !self.is_allowed(index, n) {
            return;
        }
        let at_once = matches!(opening.opportunity.timing, Timing::AtOnce);
        if !at_once {
            self.use_opportunity(index, n);
        }
        let Some(Decision { wait, uniform }) = self.decide(index, n) else { return };
        let led_to = match &opening.leads_to {
            LeadsTo::Event { event, exclusive } => Some((*event, *exclusive)),
            LeadsTo::Options { .. } => self.pick_option(index, n).map(|event| (event, None)),
        };
        let Some((event, exclusive)) = led_to else { return };
        if at_once {
            self.use_opportunity(index, n);
        }
        self.scratch.firings.push(Firing { event, wait, uniform, exclusive, rank: 0 });
    }

    /// Do membership, guard, limit, cooldown and opportunity allow it in step `n`?
    pub(super) fn is_allowed(&mut self, index: usize, n: u64) -> bool {
        let reference = self.reference;
        let opening = &reference.openings[index];
        opening.opportunity.enabled
            && reference.is_present(&self.scratch.state, opening.instance, opening.actor_group, opening.target_group)
            && self.is_below_limit(opening)
            && self.has_rested(opening, n)
            && self.is_due(index, n)
            && self.guard(index, n)
    }

    fn is_below_limit(&self, opening: &Opening<'_>) -> bool {
        opening.opportunity.limit.is_none_or(|limit| {
            let tally = self.reference.first_tally[opening.happening] + opening.instance_index;
            self.scratch.state.tallies[tally].count < limit
        })
    }

    /// Cooldown: the guard `since(itself) >= cooldown`, read at the same now as `when`.
    fn has_rested(&mut self, opening: &Opening<'_>, n: u64) -> bool {
        let Some(cooldown) = &opening.opportunity.cooldown else { return true };
        let reference = self.reference;
        let now = now_of_guard(opening, n, reference.model.step_days);
        let tally = self.scratch.state.tallies[reference.first_tally[opening.happening] + opening.instance_index];
        let day_of = |step: u32| reference.model.day_of_step(u64::from(step));
        since(now, &tally, day_of) >= self.reader(now, NOBODY).evaluate(cooldown) - reference.slack_days
    }

    /// Opportunities of `every`: one if there never was any, then again when this time has passed since the last.
    fn is_due(&mut self, index: usize, n: u64) -> bool {
        let reference = self.reference;
        let Some(every) = &reference.openings[index].opportunity.every else { return true };
        let now = reference.model.day_of_step(n);
        let last = self.scratch.opportunities[index];
        if last == 0 {
            return true;
        }
        let passed = math::subtract(now, reference.model.day_of_step(last));
        passed >= self.reader(now, NOBODY).evaluate(every) - reference.slack_days
    }

    fn use_opportunity(&mut self, index: usize, n: u64) {
        self.scratch.opportunities[index] = n;
    }

    fn guard(&mut self, index: usize, n: u64) -> bool {
        let reference = self.reference;
        let opening = &reference.openings[index];
        let now = now_of_guard(opening, n, reference.model.step_days);
        let holds = self.reader(now, opening.instance).allows(opening.opportunity.when.as_ref());
        let scratch = &*self.scratch;
        let moment = Moment { reference, given: &scratch.given, state: &scratch.state, step: n, now };
        self.observer.guard_read(&moment, opening.happening, opening.instance, holds);
        holds
    }

    /// Does it come about, given that everything allows it? At once and with `every` alone it does; with a chance or a rate when u < p.
    fn decide(&mut self, index: usize, n: u64) -> Option<Decision> {
        let reference = self.reference;
        let opening = &reference.openings[index];
        let now = now_of_guard(opening, n, reference.model.step_days);
        let (probability, hazard) = match &opening.opportunity.timing {
            Timing::AtOnce => {
                let uniform = self.scratch.firing_draws[index].uniform(n);
                return Some(Decision { wait: 0.0, uniform });
            }
            Timing::Chance(chance) => {
                let chance = self.reader(now, opening.instance).evaluate(chance);
                (math::clamp(chance, 0.0, 1.0), None)
            }
            Timing::Rate(rate) => {
                let rate = math::maximum(0.0, self.reader(now, opening.instance).evaluate(rate));
                let hazard = math::multiply(rate, reference.model.step_days);
                (math::subtract(1.0, math::exp(-hazard)), Some(hazard))
            }
        };
        let draws = &mut self.scratch.firing_draws[index];
        let fired = draws.firing(n, probability);
        if O::WATCHES_DRAWS {
            let uniform = fired.unwrap_or_else(|| draws.uniform(n));
            let draw = OpportunityDraw { probability, hazard, uniform, fired: fired.is_some() };
            self.observer.opportunity_drawn(n, opening.happening, opening.instance, &draw);
        }
        fired.map(|uniform| {
            let wait = match hazard {
                None => math::divide(uniform, probability),
                Some(hazard) => math::divide(-math::ln(math::subtract(1.0, uniform)), hazard),
            };
            Decision { wait, uniform }
        })
    }

    /// Of all that fire under one `exclusive` text only the first in time does; the others have not fired in any sense.
    fn exclude(&mut self) {
        let firings = &mut self.scratch.firings;
        if firings.iter().all(|firing| firing.exclusive.is_none()) {
            return;
        }
        firings.sort_by(Firing::in_time);
        let taken = &mut self.scratch.taken;
        taken.clear();
        firings.retain(|firing| {
            let Some(number) = firing.exclusive else { return true };
            let free = !taken.contains(&number);
            if free {
                taken.push(number);
            }
            free
        });
    }

    /// A step of the record (LANGUAGE 3, history): the listed events happen, guard or no guard, all at once; nothing else does.
    fn recorded_events(&mut self, n: u64) {
        let reference = self.reference;
        let Some(history) = &reference.model.history else { return };
        for listed in history.events.iter().filter(|listed| listed.step == n) {
            let Some(event) = reference.event_row(listed.happening, listed.instance) else { continue };
            let mut expected = false;
            if let Some(index) = reference.events[event].opening {
                expected = self.is_allowed(index, n) && self.is_eligible(event, n);
                self.use_opportunity(index, n);
            }
            self.record.history_misses += u32::from(!expected);
            self.scratch.firings.push(Firing { event, wait: 0.0, uniform: 0.0, exclusive: None, rank: 0 });
        }
    }

    /// Is an option's event eligible? A rule's always is.
    pub(super) fn is_eligible(&mut self, event: usize, n: u64) -> bool {
        let reference = self.reference;
        let Some(option) = reference.events[event].option else { return true };
        let instance = reference.events[event].instance;
        let target = Instance { actor: None, target: instance.target };
        option.enabled
            && reference.is_present(&self.scratch.state, target, None, option.target_group)
            && self.reader(reference.model.day_of_step(n), instance).allows(option.when.as_ref())
    }
}

/// LANGUAGE 6.1: now is the end of the step, but its middle in `when` and `rate` of a rule or choice with a rate.
fn now_of_guard(opening: &Opening<'_>, n: u64, step_days: f64) -> f64 {
    match opening.opportunity.timing {
        Timing::Rate(_) => (n as f64 - 0.5) * step_days,
        Timing::AtOnce | Timing::Chance(_) => n as f64 * step_days,
    }
}
