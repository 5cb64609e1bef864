//! Every expression of the scenario, with what is known where it stands.

use std::rc::Rc;

use crate::check::bounds::{Bound, Frame, Subject};
use crate::check::content::{
    ParameterSource, TypedAct, TypedEach, TypedEffect, TypedEvent, TypedKind, TypedOpportunity, TypedStart,
    TypedTiming, TypedWeighing,
};
use crate::check::distributions::TypedDistribution;
use crate::check::typed::Typed;
use crate::model::{ActorIndex, Instance};

/// Whose expression it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Rule(usize),
    Choice(usize),
    /// Of a choice (first) its option.
    Option(usize, usize),
    Flow(usize),
    Measure,
    Query,
    Outcome,
    /// A resting value.
    Rest,
    /// A parameter, start value or half-life.
    Constant,
}

/// What it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    When,
    Rate,
    Other,
}

/// Draws with their names.
pub(super) type Draws = [(String, TypedDistribution)];

/// An expression where it stands.
#[derive(Clone)]
pub(super) struct Root<'a> {
    pub(super) typed: &'a Typed,
    pub(super) owner: Owner,
    pub(super) role: Role,
    pub(super) enabled: bool,
    pub(super) instances: Rc<[Instance]>,
    /// What holds wherever it is read.
    pub(super) guards: Vec<&'a Typed>,
    pub(super) each: Option<&'a TypedEach>,
    pub(super) draws: &'a Draws,
}

/// Up to so many actors or pairs are looked at one by one.
const MOST_FRAMES: usize = 48;

impl Root<'_> {
    /// The actors it can speak of, so far as they are looked at one by one.
    pub(super) fn frames(&self, subject: &Subject) -> Vec<Frame> {
        let mut frames = Vec::new();
        for instance in self.instances.iter() {
            let Some(each) = self.each else {
                frames.push(Frame::of(*instance));
                continue;
            };
            for member in &subject.symbols.groups[each.group].potential {
                let mut frame = Frame::of(*instance);
                frame.put(each.slot, Bound { actor: Some(*member), group: Some(each.group) });
                frames.push(frame);
                if frames.len() >= MOST_FRAMES {
                    break;
                }
            }
            if frames.len() >= MOST_FRAMES {
                break;
            }
        }
        frames.truncate(MOST_FRAMES);
        frames
    }

    /// Does somebody act (as opposed to: it is only looked at)?
    pub(super) fn acts(&self) -> bool {
        matches!(self.owner, Owner::Rule(_) | Owner::Choice(_) | Owner::Option(..) | Owner::Flow(_))
    }
}

/// Finds them all.
pub(super) fn roots<'a>(subject: &Subject<'a>) -> Vec<Root<'a>> {
    let content = subject.content;
    let mut all = Collector { roots: Vec::new() };
    for (index, rule) in content.rules.iter().enumerate() {
        let base = Base {
            owner: Owner::Rule(index),
            enabled: rule.opportunity.enabled,
            instances: rule.instances.as_slice().into(),
        };
        all.opportunity(&base, &rule.opportunity);
        all.event(&base, &rule.event, rule.opportunity.when.iter().collect());
    }
    for (index, choice) in content.choices.iter().enumerate() {
        let enabled = choice.opportunity.enabled;
        let base = Base { owner: Owner::Choice(index), enabled, instances: choice.instances.as_slice().into() };
        all.opportunity(&base, &choice.opportunity);
        let guards: Vec<&Typed> = choice.opportunity.when.iter().collect();
        if let Some(precision) = &choice.precision {
            all.add(&base, precision, Role::Other, &guards, None, &[]);
        }
        for (option_index, option) in choice.options.iter().enumerate() {
            let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            let base = Base {
                owner: Owner::Option(index, option_index),
                enabled: enabled && option.enabled,
                instances: instances.into(),
            };
            let mut guards = guards.clone();
            if let Some(when) = &option.when {
                all.add(&base, when, Role::When, &guards, None, &[]);
                guards.push(when);
            }
            let (TypedWeighing::Utility(value) | TypedWeighing::Weight(value)) = &option.weighing;
            all.add(&base, value, Role::Other, &guards, None, &[]);
            all.event(&base, &option.event, guards);
        }
    }
    for (index, flow) in content.flows.iter().enumerate() {
        let base =
            Base { owner: Owner::Flow(index), enabled: flow.enabled, instances: flow.instances.as_slice().into() };
        if let Some(when) = &flow.when {
            all.add(&base, when, Role::When, &[], None, &[]);
        }
        all.effects(&base, &flow.effects, &flow.when.iter().collect::<Vec<_>>(), &[]);
    }
    all.readings(subject);
    all.roots
}

struct Base {
    owner: Owner,
    enabled: bool,
    instances: Rc<[Instance]>,
}

struct Collector<'a> {
    roots: Vec<Root<'a>>,
}

impl<'a> Collector<'a> {
    fn add(
        &mut self,
        base: &Base,
        typed: &'a Typed,
        role: Role,
        guards: &[&'a Typed],
        each: Option<&'a TypedEach>,
        draws: &'a Draws,
    ) {
        self.roots.push(Root {
            typed,
            owner: base.owner,
            role,
            enabled: base.enabled,
            instances: base.instances.clone(),
            guards: guards.to_vec(),
            each,
            draws,
        });
    }

    fn opportunity(&mut self, base: &Base, opportunity: &'a TypedOpportunity) {
        if let Some(when) = &opportunity.when {
            self.add(base, when, Role::When, &[], None, &[]);
        }
        let guards: Vec<&Typed> = opportunity.when.iter().collect();
        match &opportunity.timing {
            TypedTiming::Rate(value) => self.add(base, value, Role::Rate, &guards, None, &[]),
            TypedTiming::Chance(value) => self.add(base, value, Role::Other, &guards, None, &[]),
            TypedTiming::AtOnce => {}
        }
        for constant in opportunity.every.iter().chain(&opportunity.cooldown) {
            self.add(base, constant, Role::Other, &[], None, &[]);
        }
    }

    fn draws(&mut self, base: &Base, draws: &'a Draws, guards: &[&'a Typed]) {
        for (_, distribution) in draws {
            for argument in distribution.arguments() {
                self.add(base, argument, Role::Other, guards, None, &[]);
            }
        }
    }

    fn event(&mut self, base: &Base, event: &'a TypedEvent, guards: Vec<&'a Typed>) {
        self.draws(base, &event.draws, &guards);
        self.effects(base, &event.effects, &guards, &event.draws);
        for later in &event.later {
            self.add(base, &later.after, Role::Other, &guards, None, &event.draws);
            // When it is due the guard of the rule may long be false.
            let mut guards = Vec::new();
            if let Some(when) = &later.when {
                self.add(base, when, Role::When, &[], None, &[]);
                guards.push(when);
            }
            self.draws(base, &later.draws, &guards);
            self.effects(base, &later.effects, &guards, &later.draws);
        }
    }

    fn effects(&mut self, base: &Base, effects: &'a [TypedEffect], guards: &[&'a Typed], draws: &'a Draws) {
        for effect in effects {
            let mut guards = guards.to_vec();
            let each = effect.each.as_ref();
            if let Some(filter) = each.and_then(|each| each.filter.as_ref()) {
                self.add(base, filter, Role::Other, &guards, each, draws);
                guards.push(filter);
            }
            if let Some(condition) = &effect.condition {
                self.add(base, condition, Role::Other, &guards, each, draws);
                guards.push(condition);
            }
            match &effect.act {
                TypedAct::Assign(_, value, _) | TypedAct::Increase(_, value, _, _) | TypedAct::Start(_, value) => {
                    self.add(base, value, Role::Other, &guards, each, draws);
                }
                TypedAct::Stop(_) | TypedAct::Join(..) | TypedAct::Leave(..) => {}
            }
        }
    }

    fn readings(&mut self, subject: &Subject<'a>) {
        let content = subject.content;
        let nobody: Rc<[Instance]> = Rc::new([Instance { actor: None, target: None }]);
        let base = |owner| Base { owner, enabled: true, instances: nobody.clone() };
        for measure in &content.measures {
            self.add(&base(Owner::Measure), &measure.value, Role::Other, &[], None, &[]);
        }
        for query in &content.queries {
            let given: Vec<&Typed> = query.given.iter().collect();
            if let Some(given) = &query.given {
                self.add(&base(Owner::Query), given, Role::When, &[], None, &[]);
            }
            self.add(&base(Owner::Query), &query.when, Role::When, &given, None, &[]);
        }
        for when in content.outcomes.iter().filter_map(|outcome| outcome.when.as_ref()) {
            self.add(&base(Owner::Outcome), when, Role::When, &[], None, &[]);
        }
        let constant = base(Owner::Constant);
        for parameter in &content.parameters {
            match &parameter.source {
                ParameterSource::Value(value) => self.add(&constant, value, Role::Other, &[], None, &[]),
                ParameterSource::Prior(prior) => self.draws_of(&constant, prior),
                ParameterSource::Open => {}
            }
        }
        let starts = subject.starts;
        let attributes = starts.attributes.iter().flatten().flatten();
        let relations = starts.relations.iter().flat_map(|pairs| pairs.values());
        for start in attributes.chain(relations).chain(&starts.relation_defaults).chain(&starts.state) {
            match start {
                TypedStart::Value(value) => self.add(&constant, value, Role::Other, &[], None, &[]),
                TypedStart::Drawn(distribution) => self.draws_of(&constant, distribution),
            }
        }
        let kinds = [&content.attributes, &content.relations, &content.state];
        for (which, kinds) in kinds.into_iter().enumerate() {
            for (index, kind) in kinds.iter().enumerate() {
                if let Some(half_life) = &kind.half_life {
                    self.add(&constant, half_life, Role::Other, &[], None, &[]);
                }
                self.rest(subject, which, index, kind);
            }
        }
    }

    fn draws_of(&mut self, base: &Base, distribution: &'a TypedDistribution) {
        for argument in distribution.arguments() {
            self.add(base, argument, Role::Other, &[], None, &[]);
        }
    }

    fn rest(&mut self, subject: &Subject<'a>, which: usize, index: usize, kind: &'a TypedKind) {
        let Some(rest) = &kind.rest else { return };
        let of = |actor: Option<ActorIndex>, target: Option<ActorIndex>| Instance { actor, target };
        let n_actors = subject.model.actors.len();
        let instances: Vec<Instance> = match which {
            0 => (0..n_actors)
                .filter(|actor| subject.attribute_cell(index, *actor).is_some())
                .map(|actor| of(Some(actor), None))
                .collect(),
            1 => (0..n_actors)
                .flat_map(|from| (0..n_actors).map(move |to| (from, to)))
                .filter(|(from, to)| from != to)
                .take(MOST_FRAMES)
                .map(|(from, to)| of(Some(from), Some(to)))
                .collect(),
            _ => vec![of(None, None)],
        };
        let base = Base { owner: Owner::Rest, enabled: true, instances: instances.into() };
        self.add(&base, rest, Role::Other, &[], None, &[]);
    }
}
