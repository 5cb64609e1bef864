//! Which events can happen at all: what can happen at the start, what that makes possible, and so on.

use super::evaluate::Evaluator;
use super::facts::{Facts, View};
use super::frame::Frame;
use super::subject::Subject;
use super::writes::Source;
use crate::check::content::TypedAct;
use crate::check::typed::Typed;
use crate::model::Instance;

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Possible {
    /// By index of [`crate::model::Model::happenings`].
    pub(in crate::check) happenings: Vec<bool>,
    pub(in crate::check) flows: Vec<bool>,
    /// Clocks that something can start.
    pub(in crate::check) clocks: Vec<bool>,
    /// Greatest number of firings of an instance.
    limits: Vec<Option<u32>>,
}

impl Possible {
    pub(super) fn source(&self, subject: &Subject, source: Source) -> bool {
        match source {
            Source::Rule(rule) => subject.happening_of_rule(rule).is_none_or(|index| self.happenings[index]),
            Source::Option(choice, option) => {
                subject.happening_of_option(choice, option).is_none_or(|index| self.happenings[index])
            }
            Source::Flow(flow) => self.flows[flow],
        }
    }

    /// How often an instance fires at most, of so many steps.
    pub(super) fn most(&self, happening: usize, steps: f64) -> f64 {
        self.limits[happening].map_or(steps, |limit| steps.min(f64::from(limit)))
    }
}

impl Subject<'_> {
    pub(in crate::check) fn happening_of_rule(&self, rule: usize) -> Option<usize> {
        self.happenings.get(self.content.rules[rule].id.as_str()).copied()
    }

    pub(in crate::check) fn happening_of_choice(&self, choice: usize) -> Option<usize> {
        self.happenings.get(self.content.choices[choice].id.as_str()).copied()
    }

    pub(in crate::check) fn happening_of_option(&self, choice: usize, option: usize) -> Option<usize> {
        let choice = &self.content.choices[choice];
        self.happenings.get(format!("{}.{}", choice.id, choice.options[option].id).as_str()).copied()
    }
}

/// Up to so many instances are each looked at; more are taken as one.
const MOST_INSTANCES: usize = 16;

/// Can a guard hold for some instance?
fn can(facts: &Facts, guard: Option<&Typed>, instances: &[Instance]) -> bool {
    let Some(guard) = guard else { return true };
    let reader = Evaluator::plain(facts);
    if reader.evaluate(guard, &mut Frame::anybody()).is_false() {
        return false;
    }
    instances.len() > MOST_INSTANCES
        || instances.iter().any(|instance| !reader.evaluate(guard, &mut Frame::of(*instance)).is_false())
}

/// Finds what can happen, whatever the parameters that anybody may set.
pub(in crate::check) fn possible(subject: &Subject) -> Possible {
    let content = subject.content;
    let mut possible = Possible {
        happenings: vec![false; subject.model.happenings.len()],
        flows: vec![false; content.flows.len()],
        clocks: vec![false; subject.model.clocks.len()],
        limits: limits(subject),
    };
    // What is on record has happened, whatever its guard says.
    if let Some(history) = &subject.model.history {
        for event in &history.events {
            possible.happenings[event.happening] = true;
            if let Some(choice) = subject.choice_of[event.happening] {
                possible.happenings[choice] = true;
            }
        }
    }
    loop {
        let mut next = possible.clone();
        let facts = Facts::new(subject, View::Free, &possible);
        for (index, rule) in content.rules.iter().enumerate() {
            if let Some(at) = subject.happening_of_rule(index)
                && !possible.happenings[at]
                && rule.opportunity.enabled
            {
                // A rule without instances is one of a library whose group is empty here.
                next.happenings[at] =
                    rule.instances.is_empty() || can(&facts, rule.opportunity.when.as_ref(), &rule.instances);
            }
        }
        for (index, choice) in content.choices.iter().enumerate() {
            let Some(at) = subject.happening_of_choice(index) else { continue };
            if !choice.opportunity.enabled {
                continue;
            }
            let open = possible.happenings[at]
                || choice.instances.is_empty()
                || can(&facts, choice.opportunity.when.as_ref(), &choice.instances);
            if !open {
                continue;
            }
            for (option_index, option) in choice.options.iter().enumerate() {
                let Some(option_at) = subject.happening_of_option(index, option_index) else { continue };
                if possible.happenings[option_at] || !option.enabled {
                    continue;
                }
                let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
                if instances.is_empty() || can(&facts, option.when.as_ref(), &instances) {
                    next.happenings[option_at] = true;
                    next.happenings[at] = true;
                }
            }
        }
        for (index, flow) in content.flows.iter().enumerate() {
            next.flows[index] = possible.flows[index]
                || flow.enabled && (flow.instances.is_empty() || can(&facts, flow.when.as_ref(), &flow.instances));
        }
        for write in &subject.writes.all {
            if let TypedAct::Start(clock, _) = &write.effect.act {
                next.clocks[*clock] |= next.source(subject, write.source);
            }
        }
        if next == possible {
            return possible;
        }
        possible = next;
    }
}

fn limits(subject: &Subject) -> Vec<Option<u32>> {
    let mut limits = vec![None; subject.model.happenings.len()];
    for (index, rule) in subject.content.rules.iter().enumerate() {
        if let Some(at) = subject.happening_of_rule(index) {
            limits[at] = rule.opportunity.limit;
        }
    }
    for (index, choice) in subject.content.choices.iter().enumerate() {
        let of_options = (0..choice.options.len()).filter_map(|option| subject.happening_of_option(index, option));
        for at in of_options.chain(subject.happening_of_choice(index)) {
            limits[at] = choice.opportunity.limit;
        }
    }
    limits
}
