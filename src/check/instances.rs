//! Templates to instances: one for each actor (and target) that a template can stand for, unless names decide that its guard is false.

use std::collections::BTreeSet;

use super::content::{Content, Frame, TypedEvent, TypedKind, TypedOpportunity, TypedTiming, TypedWeighing};
use super::symbols::Who;
use super::typed::{Node, Typed};
use super::walk::Walker;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ActorIndex, ActorTerm, Instance, OptionInstance};

/// Most instances of all templates together.
pub(super) const MAX_INSTANCES: usize = 1_000_000;

/// All pairs that a template can stand for, sorted, never an actor with itself.
fn pairs(walker: &Walker, actor: Option<Who>, target: Option<Who>) -> Vec<Instance> {
    let members = |who: Option<Who>| -> Vec<Option<ActorIndex>> {
        who.map_or(vec![None], |who| walker.symbols.members(who).into_iter().map(Some).collect())
    };
    let targets = members(target);
    let mut all = Vec::new();
    for actor in members(actor) {
        for &target in &targets {
            if actor.is_none() || actor != target {
                all.push(Instance { actor, target });
            }
        }
    }
    all.sort_unstable();
    all
}

fn number_of_pairs(walker: &Walker, actor: Option<Who>, target: Option<Who>) -> usize {
    let members = |who: Option<Who>| who.map_or(1, |who| walker.symbols.members(who).len());
    members(actor).saturating_mul(members(target))
}

fn frame(instance: Instance) -> Frame {
    vec![instance.actor, instance.target]
}

/// Fills in the instances of every template and looks at each expression for every actor that it can speak of.
pub(super) fn expand(walker: &mut Walker, content: &mut Content) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut total = 0usize;
    let mut sizes: Vec<(usize, String, Span)> = Vec::new();
    for rule in &content.rules {
        let number = number_of_pairs(walker, rule.opportunity.actor, rule.opportunity.target);
        sizes.push((number, format!("rules.{}", rule.id), rule.key));
    }
    for choice in &content.choices {
        let base = number_of_pairs(walker, choice.opportunity.actor, choice.opportunity.target);
        let options: usize =
            choice.options.iter().map(|option| base.saturating_mul(number_of_pairs(walker, None, option.target))).sum();
        sizes.push((base.saturating_add(options), format!("choices.{}", choice.id), choice.key));
    }
    for flow in &content.flows {
        sizes.push((number_of_pairs(walker, flow.actor, flow.target), format!("flows.{}", flow.id), flow.key));
    }
    for (number, ..) in &sizes {
        total = total.saturating_add(*number);
    }
    if total > MAX_INSTANCES {
        sizes.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let largest: Vec<String> = sizes.iter().take(3).map(|(number, id, _)| format!("`{id}` {number}")).collect();
        diagnostics.push(
            Diagnostic::new(
                Code::TooLarge,
                sizes[0].2,
                format!(
                    "{total} instances of templates are more than {MAX_INSTANCES}; the largest: {}",
                    largest.join(", ")
                ),
            )
            .help("narrow a group, or write the rule for one actor and fold over the others"),
        );
        return diagnostics;
    }
    for rule in &mut content.rules {
        rule.instances = opportunity(walker, &rule.opportunity);
        event(walker, &rule.event, &rule.instances, rule.opportunity.target.is_some());
    }
    for choice in &mut content.choices {
        choice.instances = opportunity(walker, &choice.opportunity);
        let names = slots();
        let precisions: Vec<&Typed> = choice.precision.iter().collect();
        each(walker, &precisions, &choice.instances, &names, false);
        for option in &mut choice.options {
            let mut all = Vec::new();
            for (choice_instance, instance) in choice.instances.iter().enumerate() {
                let targets = match option.target {
                    None => vec![instance.target],
                    Some(who) => walker
                        .symbols
                        .members(who)
                        .into_iter()
                        .map(Some)
                        .filter(|target| *target != instance.actor)
                        .collect(),
                };
                for target in targets {
                    let instance = Instance { actor: instance.actor, target };
                    let cut =
                        option.when.as_ref().is_some_and(|when| walker.decide(when, &frame(instance)) == Some(false));
                    if !cut {
                        all.push(OptionInstance { choice_instance, instance });
                    }
                }
            }
            all.sort_by_key(|one| one.instance);
            let instances: Vec<Instance> = all.iter().map(|one| one.instance).collect();
            option.instances = all;
            let mut expressions: Vec<&Typed> = option.when.iter().collect();
            expressions.push(match &option.weighing {
                TypedWeighing::Utility(value) | TypedWeighing::Weight(value) => value,
            });
            let pair = choice.opportunity.actor.is_some();
            each(walker, &expressions, &instances, &names, pair);
            event(walker, &option.event, &instances, pair);
        }
    }
    for flow in &mut content.flows {
        let names = slots();
        let all = pairs(walker, flow.actor, flow.target);
        flow.instances = all
            .into_iter()
            .filter(|instance| {
                flow.when.as_ref().is_none_or(|when| walker.decide(when, &frame(*instance)) != Some(false))
            })
            .collect();
        let guards: Vec<&Typed> = flow.when.iter().collect();
        each(walker, &guards, &flow.instances, &names, true);
        for instance in &flow.instances {
            walker.acting = instance.actor;
            walker.slots = names.clone();
            walker.effects(&flow.effects, &mut frame(*instance));
        }
        walker.acting = None;
    }
    readings(walker, content);
    diagnostics
}

fn slots() -> Vec<String> {
    vec!["actor".to_owned(), "target".to_owned()]
}

/// Instances of a rule or choice whose guard names do not decide to be false; guard and timing are walked.
fn opportunity(walker: &mut Walker, opportunity: &TypedOpportunity) -> Vec<Instance> {
    let all = pairs(walker, opportunity.actor, opportunity.target);
    let names = slots();
    let guards: Vec<&Typed> = opportunity.when.iter().collect();
    each(walker, &guards, &all, &names, true);
    let live: Vec<Instance> = match &opportunity.when {
        Some(when) if speaks_of_names(when) => {
            all.into_iter().filter(|instance| walker.decide(when, &frame(*instance)) != Some(false)).collect()
        }
        _ => all,
    };
    let timing: Vec<&Typed> = match &opportunity.timing {
        TypedTiming::AtOnce => Vec::new(),
        TypedTiming::Chance(value) | TypedTiming::Rate(value) => vec![value],
    };
    each(walker, &timing, &live, &names, true);
    live
}

/// Can names decide any part of it?
fn speaks_of_names(typed: &Typed) -> bool {
    let mut speaks = false;
    typed.visit(&mut |part| {
        speaks |= matches!(part.node, Node::SameActor(..) | Node::InGroup(..) | Node::Definition { .. });
    });
    speaks
}

/// Walks expressions for every instance, or for as many as they can tell apart.
fn each(walker: &mut Walker, expressions: &[&Typed], instances: &[Instance], names: &[String], pair: bool) {
    for typed in expressions {
        if !walker.worth_walking(typed, pair) {
            continue;
        }
        let (uses_actor, uses_target) = used_slots(typed);
        let private = walker.private.contains(&true);
        let mut seen = BTreeSet::new();
        for instance in instances {
            // What an expression does not speak of cannot matter to it; a private attribute depends on who acts.
            let shown = (
                if uses_actor || private { instance.actor } else { None },
                if uses_target { instance.target } else { None },
            );
            if seen.insert(shown) {
                walker.acting = instance.actor;
                walker.slots = names.to_vec();
                walker.walk(typed, &mut frame(*instance));
            }
        }
        walker.acting = None;
    }
}

fn used_slots(typed: &Typed) -> (bool, bool) {
    let mut used = (false, false);
    let mut note = |term: ActorTerm| match term {
        ActorTerm::Slot(0) => used.0 = true,
        ActorTerm::Slot(1) => used.1 = true,
        _ => {}
    };
    typed.visit(&mut |part| match &part.node {
        Node::Attribute { holder, .. } => note(*holder),
        Node::Relation { from, to, .. } | Node::Pressure(from, to) | Node::SameActor(from, to) => {
            note(*from);
            note(*to);
        }
        Node::InGroup(actor, _) => note(*actor),
        Node::Events { actor, target, .. } => actor.iter().chain(target).for_each(|term| note(*term)),
        Node::Definition { arguments, .. } => {
            for argument in arguments {
                if let super::typed::TypedArgument::Actor(term) = argument {
                    note(*term);
                }
            }
        }
        _ => {}
    });
    used
}

fn event(walker: &mut Walker, event: &TypedEvent, instances: &[Instance], pair: bool) {
    let names = slots();
    let mut expressions: Vec<&Typed> = Vec::new();
    for (_, distribution) in &event.draws {
        expressions.extend(distribution.arguments());
    }
    for later in &event.later {
        expressions.push(&later.after);
        expressions.extend(&later.when);
        for (_, distribution) in &later.draws {
            expressions.extend(distribution.arguments());
        }
    }
    each(walker, &expressions, instances, &names, pair);
    for instance in instances {
        walker.acting = instance.actor;
        walker.slots = names.clone();
        walker.effects(&event.effects, &mut frame(*instance));
        for later in &event.later {
            walker.slots = names.clone();
            walker.effects(&later.effects, &mut frame(*instance));
        }
    }
    walker.acting = None;
}

/// Measures, queries, outcomes, resting values: nobody acts.
fn readings(walker: &mut Walker, content: &Content) {
    walker.acting = None;
    walker.slots = Vec::new();
    let nobody: Frame = vec![None, None];
    let readings = content
        .measures
        .iter()
        .map(|measure| &measure.value)
        .chain(content.queries.iter().flat_map(|query| query.given.iter().chain([&query.when])))
        .chain(content.outcomes.iter().filter_map(|outcome| outcome.when.as_ref()));
    for typed in readings {
        walker.walk(typed, &mut nobody.clone());
    }
    for kind in content.state.iter().filter_map(|kind| kind.rest.as_ref()) {
        walker.walk(kind, &mut nobody.clone());
    }
    for (attribute, kind) in content.attributes.iter().enumerate() {
        let Some(rest) = &kind.rest else { continue };
        for actor in 0..walker.symbols.actors.len() {
            if walker.holds[attribute][actor] {
                walker.slots = vec!["actor".to_owned()];
                walker.walk(rest, &mut vec![Some(actor), None]);
            }
        }
    }
    relation_rests(walker, &content.relations);
}

fn relation_rests(walker: &mut Walker, relations: &[TypedKind]) {
    for rest in relations.iter().filter_map(|kind| kind.rest.as_ref()) {
        if !walker.worth_walking(rest, true) {
            continue;
        }
        let n_actors = walker.symbols.actors.len();
        for from in 0..n_actors {
            for to in (0..n_actors).filter(|to| *to != from) {
                walker.slots = vec!["actor".to_owned(), "target".to_owned()];
                walker.walk(rest, &mut vec![Some(from), Some(to)]);
            }
        }
    }
}
