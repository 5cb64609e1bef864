//! A model compiled: everything that can happen written out over its instances, with places instead of names.

use std::collections::BTreeMap;

use crate::math;
use crate::model::{Act, Effect, Event, EventSource, Instance, Model, Opportunity, Timing, Weighing};
use crate::random::Site;

use super::compile::{Compiler, Scope};
use super::drawing::{Drawing, SitedDraw};
use super::node::{Moment, NodeId, Nodes};
use super::places::{Places, RelaxingCell};
use super::watch::Watches;

const SECONDS_PER_DAY: f64 = 86_400.0;

/// What an effect does where its condition holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    Assign { cell: u32, value: NodeId },
    Increase { cell: u32, value: NodeId },
    Start { clock: u32, days: NodeId },
    Stop { clock: u32 },
    Membership { group: u32, actor: u32, member: bool },
}

/// An effect of one instance, `for` written out.
#[derive(Clone, Copy, Debug)]
pub(super) struct EffectNode {
    pub(super) condition: NodeId,
    pub(super) deed: Deed,
}

/// A later entry of one event instance.
#[derive(Debug)]
pub(super) struct LaterEntry {
    pub(super) after: NodeId,
    /// Are actor and target still there?
    pub(super) present: NodeId,
    pub(super) when: NodeId,
    pub(super) draws: Vec<SitedDraw>,
    pub(super) effects: Vec<EffectNode>,
}

/// A row of `Model::events`.
#[derive(Debug)]
pub(super) struct EventNode {
    /// Tallies that count it: its own, its happening's, and those of the decision behind an option.
    pub(super) tallies: Vec<u32>,
    pub(super) actor: Option<u32>,
    pub(super) target: Option<u32>,
    pub(super) ladder: Option<u8>,
    pub(super) draws: Vec<SitedDraw>,
    pub(super) effects: Vec<EffectNode>,
    pub(super) later: Vec<LaterEntry>,
    /// Of an option: may it be picked? Of a rule: true.
    pub(super) eligible: NodeId,
    pub(super) opening: Option<u32>,
}

/// How it is decided whether an opening comes about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Decided {
    AtOnce,
    Chance(NodeId),
    Rate(NodeId),
}

/// What an opening leads to.
#[derive(Debug)]
pub(super) enum LeadsTo {
    Event { event: u32, exclusive: Option<u32> },
    Options { precision: NodeId, pick_site: Site, by_utility: bool, options: Vec<OptionNode> },
}

#[derive(Clone, Copy, Debug)]
pub(super) struct OptionNode {
    pub(super) event: u32,
    /// Its utility or weight.
    pub(super) worth: NodeId,
}

/// One instance of a rule or choice.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) enabled: bool,
    /// Membership, cooldown and guard together.
    pub(super) guard: NodeId,
    pub(super) every: Option<NodeId>,
    pub(super) limit: Option<u32>,
    /// The tally that `limit` is about.
    pub(super) tally: u32,
    pub(super) decided: Decided,
    pub(super) site: Site,
    pub(super) leads_to: LeadsTo,
}

#[derive(Debug)]
pub(super) struct FlowNode {
    /// Membership and guard.
    pub(super) guard: NodeId,
    pub(super) effects: Vec<EffectNode>,
}

/// A query: `given` and `when`.
pub(super) type QueryNodes = (NodeId, NodeId);

/// A compiled model, under one seed.
#[derive(Debug)]
pub(super) struct Program<'m> {
    pub(super) model: &'m Model,
    pub(super) seed: u64,
    pub(super) slack_days: f64,
    pub(super) civil_start: (i64, f64),
    pub(super) nodes: Nodes,
    pub(super) places: Places,
    pub(super) watches: Watches,
    pub(super) openings: Vec<Opening>,
    pub(super) events: Vec<EventNode>,
    pub(super) flows: Vec<FlowNode>,
    pub(super) parameters: Vec<Drawing>,
    pub(super) starts: Vec<Drawing>,
    /// Duration of each of `Places::half_lives`.
    pub(super) half_lives: Vec<NodeId>,
    /// Rest of each of `Places::resting`.
    pub(super) rests: Vec<NodeId>,
    /// Rest of each of `Places::lingering`.
    pub(super) lingering_rests: Vec<NodeId>,
    pub(super) measures: Vec<NodeId>,
    /// Of each outcome its condition; the horizon's has none.
    pub(super) outcomes: Vec<Option<NodeId>>,
    pub(super) queries: Vec<QueryNodes>,
    pub(super) members: Vec<bool>,
    /// Does nothing but firings and starts of clocks hold `u` back: is any rule exclusive?
    pub(super) any_exclusive: bool,
}

impl Program<'_> {
    #[inline]
    pub(super) fn day_of(&self, step: u32) -> f64 {
        f64::from(step) * self.model.step_days
    }

    /// The end of the last step, in days since the start.
    pub(super) fn horizon_day(&self) -> f64 {
        self.model.n_steps as f64 * self.model.step_days
    }
}

const NOBODY: Instance = Instance { actor: None, target: None };

/// Compiles a model.
pub(super) fn compile(model: &Model, seed: u64) -> Program<'_> {
    let mut compiler = Compiler::new(model);
    let half_lives: Vec<NodeId> = (0..compiler.places.half_lives.len())
        .map(|index| match compiler.places.half_lives[index].half_life(model) {
            Some(half_life) => compiler.expression(&half_life.duration, &mut Scope::new(NOBODY, Moment::End)),
            None => compiler.nodes.constant(0.0),
        })
        .collect();
    let parameters = super::drawing::parameters(&mut compiler);
    let starts = super::drawing::starts(&mut compiler);
    let mut events = events(&mut compiler);
    let openings = openings(&mut compiler, &mut events);
    let flows = flows(&mut compiler);
    let rest_of = |compiler: &mut Compiler<'_>, places: Vec<RelaxingCell>| -> Vec<NodeId> {
        places.into_iter().map(|place| rest(compiler, place)).collect()
    };
    let resting = compiler.places.resting.clone();
    let rests = rest_of(&mut compiler, resting);
    let lingering = compiler.places.lingering.clone();
    let lingering_rests = rest_of(&mut compiler, lingering);
    let scope = || Scope::new(NOBODY, Moment::End);
    let measures = model.measures.iter().map(|measure| compiler.expression(&measure.value, &mut scope())).collect();
    let outcomes = model
        .outcomes
        .iter()
        .map(|outcome| outcome.when.as_ref().map(|when| compiler.expression(when, &mut scope())))
        .collect();
    let queries = model
        .queries
        .iter()
        .map(|query| {
            let given = compiler.condition(query.given.as_ref(), &mut scope());
            (given, compiler.expression(&query.when, &mut scope()))
        })
        .collect();
    let n_actors = model.actors.len();
    let members = model
        .groups
        .iter()
        .flat_map(|group| (0..n_actors).map(|actor| group.members.binary_search(&actor).is_ok()))
        .collect();
    let Compiler { nodes, places, .. } = compiler;
    let watches = Watches::new(&nodes, &places, model, &openings);
    let any_exclusive =
        openings.iter().any(|opening| matches!(opening.leads_to, LeadsTo::Event { exclusive: Some(_), .. }));
    Program {
        model,
        seed,
        slack_days: model.slack_days(),
        civil_start: civil_start(model),
        nodes,
        places,
        watches,
        openings,
        events,
        flows,
        parameters,
        starts,
        half_lives,
        rests,
        lingering_rests,
        measures,
        outcomes,
        queries,
        members,
        any_exclusive,
    }
}

fn civil_start(model: &Model) -> (i64, f64) {
    let Some(start) = &model.start else { return (0, 0.0) };
    let datetime = start.datetime;
    let day = math::civil_day(i64::from(datetime.year()), i64::from(datetime.month()), i64::from(datetime.day()));
    let seconds = 3600 * i32::from(datetime.hour()) + 60 * i32::from(datetime.minute()) + i32::from(datetime.second());
    (day, f64::from(seconds) / SECONDS_PER_DAY)
}

fn rest(compiler: &mut Compiler<'_>, place: RelaxingCell) -> NodeId {
    let model = compiler.model;
    let cell = place.cell;
    let kind = compiler.places.half_lives[place.half_life];
    let holder = match model.cells[cell].owner {
        crate::model::CellOwner::Attribute { actor, .. } => Instance { actor: Some(actor), target: None },
        crate::model::CellOwner::Relation { from, to, .. } => Instance { actor: Some(from), target: Some(to) },
        crate::model::CellOwner::State { .. } => NOBODY,
    };
    match kind.half_life(model).and_then(|half_life| half_life.rest.as_ref()) {
        Some(rest) => compiler.expression(rest, &mut Scope::of_cell(holder, cell)),
        None => compiler.nodes.constant(0.0),
    }
}

/// Effects of an instance, `for` written out over whoever may be a member.
fn effects(compiler: &mut Compiler<'_>, effects: &[Effect], instance: Instance) -> Vec<EffectNode> {
    let mut written_out = Vec::new();
    for effect in effects {
        match &effect.each {
            None => {
                let always = compiler.nodes.constant(1.0);
                one_effect(compiler, effect, &mut Scope::new(instance, Moment::End), always, &mut written_out);
            }
            Some((group, slot, filter)) => {
                let model = compiler.model;
                for &actor in &model.groups[*group].potential {
                    let mut scope = Scope::new(instance, Moment::End);
                    scope.set_actor(*slot, actor);
                    let present = compiler.member(*group, actor);
                    if compiler.nodes.as_constant(present) == Some(0.0) {
                        continue;
                    }
                    let filter = compiler.condition(filter.as_ref(), &mut scope);
                    let counts = compiler.nodes.all(vec![present, filter]);
                    one_effect(compiler, effect, &mut scope, counts, &mut written_out);
                }
            }
        }
    }
    written_out
}

fn one_effect(
    compiler: &mut Compiler<'_>,
    effect: &Effect,
    scope: &mut Scope,
    counts: NodeId,
    into: &mut Vec<EffectNode>,
) {
    let condition = compiler.condition(effect.condition.as_ref(), scope);
    let condition = compiler.nodes.all(vec![counts, condition]);
    if compiler.nodes.as_constant(condition) == Some(0.0) {
        return;
    }
    let deed = match &effect.act {
        Act::Assign(place, value) | Act::Increase(place, value) => {
            let Some(cell) = compiler.cell(*place, scope) else { return };
            let (cell, value) = (cell as u32, compiler.expression(value, scope));
            if matches!(effect.act, Act::Assign(..)) {
                Deed::Assign { cell, value }
            } else {
                Deed::Increase { cell, value }
            }
        }
        Act::StartClock(clock, days) => Deed::Start { clock: *clock as u32, days: compiler.expression(days, scope) },
        Act::StopClock(clock) => Deed::Stop { clock: *clock as u32 },
        Act::Join(group, who) => {
            Deed::Membership { group: *group as u32, actor: scope.actor(*who) as u32, member: true }
        }
        Act::Leave(group, who) => {
            Deed::Membership { group: *group as u32, actor: scope.actor(*who) as u32, member: false }
        }
    };
    into.push(EffectNode { condition, deed });
}

fn events(compiler: &mut Compiler<'_>) -> Vec<EventNode> {
    let model = compiler.model;
    let mut nodes = Vec::with_capacity(model.events.len());
    for recorded in &model.events {
        let instance = recorded.instance;
        let own = compiler.places.tally(recorded.happening, recorded.instance_index) as u32;
        let mut tallies = vec![own, compiler.places.total(recorded.happening) as u32];
        let (owner, event, eligible) = match model.happenings[recorded.happening].source {
            EventSource::Rule(rule) => {
                let always = compiler.nodes.constant(1.0);
                (format!("rules.{}", model.rules[rule].id), &model.rules[rule].event, always)
            }
            EventSource::Option { choice, option } => {
                let (choice, option) = (&model.choices[choice], &model.choices[choice].options[option]);
                let found = option.instances.binary_search_by_key(&instance, |candidate| candidate.instance).ok();
                let decision = model.happenings.iter().position(|happening| happening.id == choice.id);
                if let Some((found, decision)) = found.zip(decision) {
                    let choice_instance = option.instances[found].choice_instance;
                    tallies.push(compiler.places.tally(decision, choice_instance) as u32);
                    tallies.push(compiler.places.total(decision) as u32);
                }
                let target = Instance { actor: None, target: instance.target };
                let present = compiler.present(target, [None, option.target_group]);
                let when = compiler.condition(option.when.as_ref(), &mut Scope::new(instance, Moment::End));
                let enabled = compiler.nodes.constant(f64::from(u8::from(option.enabled)));
                let eligible = compiler.nodes.all(vec![enabled, present, when]);
                (format!("choices.{}.{}", choice.id, option.id), &option.event, eligible)
            }
            EventSource::Choice(choice) => {
                // Decisions as such are no rows; a checked model has none here.
                let never = compiler.nodes.constant(0.0);
                nodes.push(EventNode {
                    tallies,
                    actor: None,
                    target: None,
                    ladder: None,
                    draws: Vec::new(),
                    effects: Vec::new(),
                    later: Vec::new(),
                    eligible: never,
                    opening: None,
                });
                debug_assert!(false, "a decision of {} among events", model.choices[choice].id);
                continue;
            }
        };
        nodes.push(event_node(compiler, event, instance, &owner, tallies, eligible));
    }
    nodes
}

fn event_node(
    compiler: &mut Compiler<'_>,
    event: &Event,
    instance: Instance,
    owner: &str,
    tallies: Vec<u32>,
    eligible: NodeId,
) -> EventNode {
    let brackets = compiler.model.instance_text(instance);
    let draws = super::drawing::draws(compiler, &event.draws, instance, &format!("{owner}({brackets})"));
    let effect_nodes = effects(compiler, &event.effects, instance);
    let present = compiler.present(instance, [None, None]);
    let mut later = Vec::with_capacity(event.later.len());
    for entry in &event.later {
        let mut scope = Scope::new(instance, Moment::End);
        let site = format!("{owner}.later.{}({brackets})", entry.id);
        later.push(LaterEntry {
            after: compiler.expression(&entry.after, &mut scope),
            present,
            when: compiler.condition(entry.when.as_ref(), &mut scope),
            draws: super::drawing::draws(compiler, &entry.draws, instance, &site),
            effects: effects(compiler, &entry.effects, instance),
        });
    }
    EventNode {
        tallies,
        actor: instance.actor.map(|actor| actor as u32),
        target: instance.target.map(|target| target as u32),
        ladder: event.ladder,
        draws,
        effects: effect_nodes,
        later,
        eligible,
        opening: None,
    }
}

/// All instances of rules, then of choices.
fn openings(compiler: &mut Compiler<'_>, events: &mut [EventNode]) -> Vec<Opening> {
    let model = compiler.model;
    let rows: BTreeMap<(usize, Instance), u32> = model
        .events
        .iter()
        .enumerate()
        .map(|(row, recorded)| ((recorded.happening, recorded.instance), row as u32))
        .collect();
    let mut exclusive_texts = BTreeMap::new();
    let mut openings = Vec::new();
    for (happening, named) in model.happenings.iter().enumerate() {
        let EventSource::Rule(rule) = named.source else { continue };
        let rule = &model.rules[rule];
        for (index, &instance) in named.instances.iter().enumerate() {
            let Some(&event) = rows.get(&(happening, instance)) else { continue };
            let text = rule.exclusive.as_ref().map(|text| {
                let id = |actor: Option<usize>| actor.map_or("", |actor| model.actors[actor].id.as_str());
                text.replace("{actor}", id(instance.actor)).replace("{target}", id(instance.target))
            });
            let exclusive = text.map(|text| {
                let next = exclusive_texts.len() as u32;
                *exclusive_texts.entry(text).or_insert(next)
            });
            let site = Site::named(&format!("rules.{}({})", rule.id, model.instance_text(instance)));
            let groups = [rule.actor_group, rule.target_group];
            let leads_to = LeadsTo::Event { event, exclusive };
            events[event as usize].opening = Some(openings.len() as u32);
            openings.push(opening(compiler, &rule.opportunity, (happening, index), instance, groups, site, leads_to));
        }
    }
    for (happening, named) in model.happenings.iter().enumerate() {
        let EventSource::Choice(choice) = named.source else { continue };
        let choice = &model.choices[choice];
        let mut options = vec![Vec::new(); choice.instances.len()];
        let mut by_utility = vec![false; choice.instances.len()];
        for option in &choice.options {
            let id = format!("{}.{}", choice.id, option.id);
            let Some(happening) = model.happenings.iter().position(|named| named.id == id) else { continue };
            for candidate in &option.instances {
                let Some(&event) = rows.get(&(happening, candidate.instance)) else { continue };
                let (Weighing::Utility(worth) | Weighing::Weight(worth)) = &option.weighing;
                let worth = compiler.expression(worth, &mut Scope::new(candidate.instance, Moment::End));
                by_utility[candidate.choice_instance] |= matches!(option.weighing, Weighing::Utility(_));
                options[candidate.choice_instance].push(OptionNode { event, worth });
            }
        }
        for (index, &instance) in named.instances.iter().enumerate() {
            let text = model.instance_text(instance);
            for option in options.get(index).into_iter().flatten() {
                events[option.event as usize].opening = Some(openings.len() as u32);
            }
            let precision = match &choice.precision {
                Some(precision) => compiler.expression(precision, &mut Scope::new(instance, Moment::End)),
                None => compiler.nodes.constant(1.0),
            };
            let leads_to = LeadsTo::Options {
                precision,
                pick_site: Site::named(&format!("choices.{}({text})", choice.id)),
                by_utility: by_utility.get(index).copied().unwrap_or(false),
                options: options.get_mut(index).map(std::mem::take).unwrap_or_default(),
            };
            let site = Site::named(&format!("choices.{}({text})#when", choice.id));
            let groups = [choice.actor_group, choice.target_group];
            openings.push(opening(compiler, &choice.opportunity, (happening, index), instance, groups, site, leads_to));
        }
    }
    openings
}

fn opening(
    compiler: &mut Compiler<'_>,
    opportunity: &Opportunity,
    (happening, index): (usize, usize),
    instance: Instance,
    groups: [Option<usize>; 2],
    site: Site,
    leads_to: LeadsTo,
) -> Opening {
    let moment = match opportunity.timing {
        Timing::Rate(_) => Moment::Middle,
        Timing::AtOnce | Timing::Chance(_) => Moment::End,
    };
    let tally = compiler.places.tally(happening, index) as u32;
    let mut parts = vec![compiler.present(instance, groups)];
    parts.push(compiler.condition(opportunity.when.as_ref(), &mut Scope::new(instance, moment)));
    if let Some(cooldown) = &opportunity.cooldown {
        let cooldown = compiler.expression(cooldown, &mut Scope::new(NOBODY, moment));
        parts.push(compiler.rested(tally, moment, cooldown));
    }
    let guard = compiler.nodes.all(parts);
    let decided = match &opportunity.timing {
        Timing::AtOnce => Decided::AtOnce,
        Timing::Chance(chance) => Decided::Chance(compiler.expression(chance, &mut Scope::new(instance, moment))),
        Timing::Rate(rate) => Decided::Rate(compiler.expression(rate, &mut Scope::new(instance, moment))),
    };
    let every =
        opportunity.every.as_ref().map(|every| compiler.expression(every, &mut Scope::new(NOBODY, Moment::End)));
    let enabled = opportunity.enabled && compiler.nodes.as_constant(guard) != Some(0.0);
    Opening { enabled, guard, every, limit: opportunity.limit, tally, decided, site, leads_to }
}

fn flows(compiler: &mut Compiler<'_>) -> Vec<FlowNode> {
    let mut nodes = Vec::new();
    let model = compiler.model;
    for flow in model.flows.iter().filter(|flow| flow.enabled) {
        for &instance in &flow.instances {
            let present = compiler.present(instance, [flow.actor_group, flow.target_group]);
            let when = compiler.condition(flow.when.as_ref(), &mut Scope::new(instance, Moment::End));
            let guard = compiler.nodes.all(vec![present, when]);
            if compiler.nodes.as_constant(guard) != Some(0.0) {
                nodes.push(FlowNode { guard, effects: effects(compiler, &flow.effects, instance) });
            }
        }
    }
    nodes
}
