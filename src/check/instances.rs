//! Templates to instances: one for each actor (and target) that a template can stand for, unless names, or what never changes, decide that its
//! guard is false.

use std::collections::BTreeSet;

use super::content::{
    Content, Frame, TypedEvent, TypedKind, TypedOpportunity, TypedOption, TypedTiming, TypedWeighing,
};
use super::fixed::Fixed;
use super::symbols::Who;
use super::typed::{Node, Typed};
use super::walk::Walker;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ActorIndex, ActorTerm, Instance, OptionInstance};

/// Most instances of all templates together.
pub(super) const MAX_INSTANCES: usize = 1_000_000;

/// Most pairs that are looked at to find them.
const MAX_PAIRS: usize = 20_000_000;

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

/// How many instances a template has, or would have.
struct Size {
    number: usize,
    id: String,
    key: Span,
}

/// The number of pairs that every template stands for: rules, choices, flows.
fn sizes(walker: &Walker, content: &Content) -> Vec<Size> {
    let mut sizes = Vec::new();
    for rule in &content.rules {
        let number = number_of_pairs(walker, rule.opportunity.actor, rule.opportunity.target);
        sizes.push(Size { number, id: format!("rules.{}", rule.id), key: rule.key });
    }
    for choice in &content.choices {
        let base = number_of_pairs(walker, choice.opportunity.actor, choice.opportunity.target);
        let options: usize =
            choice.options.iter().map(|option| base.saturating_mul(number_of_pairs(walker, None, option.target))).sum();
        let number = base.saturating_add(options);
        sizes.push(Size { number, id: format!("choices.{}", choice.id), key: choice.key });
    }
    for flow in &content.flows {
        let number = number_of_pairs(walker, flow.actor, flow.target);
        sizes.push(Size { number, id: format!("flows.{}", flow.id), key: flow.key });
    }
    sizes
}

/// Tells templates of more instances than `most`.
fn too_large(mut sizes: Vec<Size>, most: usize) -> Option<Diagnostic> {
    let total = sizes.iter().fold(0usize, |total, size| total.saturating_add(size.number));
    if total <= most {
        return None;
    }
    sizes.sort_by(|a, b| b.number.cmp(&a.number).then_with(|| a.id.cmp(&b.id)));
    let largest: Vec<String> = sizes.iter().take(3).map(|size| format!("`{}` {}", size.id, size.number)).collect();
    let message = format!("{total} instances of templates are more than {most}; the largest: {}", largest.join(", "));
    Some(
        Diagnostic::new(Code::TooLarge, sizes[0].key, message)
            .help("narrow a group, or write the rule for one actor and fold over the others"),
    )
}

/// Fills in the instances of every template and looks at each expression for every actor that it can speak of.
pub(super) fn expand(walker: &mut Walker, content: &mut Content, fixed: &Fixed) -> Vec<Diagnostic> {
    let mut sizes = sizes(walker, content);
    if let Some(diagnostic) = too_large(sizes, MAX_PAIRS) {
        return vec![diagnostic];
    }
    sizes = live(walker, content, fixed);
    if let Some(diagnostic) = too_large(sizes, MAX_INSTANCES) {
        return vec![diagnostic];
    }
    for rule in &content.rules {
        timing(walker, &rule.opportunity, &rule.instances);
        event(walker, &rule.event, &rule.instances, rule.opportunity.target.is_some());
    }
    for choice in &content.choices {
        timing(walker, &choice.opportunity, &choice.instances);
        let names = slots();
        let precisions: Vec<&Typed> = choice.precision.iter().collect();
        each(walker, &precisions, &choice.instances, &names, false);
        for option in &choice.options {
            let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            let mut expressions: Vec<&Typed> = option.when.iter().collect();
            expressions.push(match &option.weighing {
                TypedWeighing::Utility(value) | TypedWeighing::Weight(value) => value,
            });
            let pair = choice.opportunity.actor.is_some();
            each(walker, &expressions, &instances, &names, pair);
            event(walker, &option.event, &instances, pair);
        }
    }
    for flow in &content.flows {
        let names = slots();
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
    Vec::new()
}

/// Fills in the instances that are left; how many each template has.
fn live(walker: &mut Walker, content: &mut Content, fixed: &Fixed) -> Vec<Size> {
    let mut sizes = Vec::new();
    for rule in &mut content.rules {
        rule.instances = opportunity(walker, &rule.opportunity, fixed);
        sizes.push(Size { number: rule.instances.len(), id: format!("rules.{}", rule.id), key: rule.key });
    }
    for choice in &mut content.choices {
        choice.instances = opportunity(walker, &choice.opportunity, fixed);
        let mut number = choice.instances.len();
        for option in &mut choice.options {
            option.instances = options(walker, option, &choice.instances, fixed);
            number += option.instances.len();
        }
        sizes.push(Size { number, id: format!("choices.{}", choice.id), key: choice.key });
    }
    for flow in &mut content.flows {
        let all = pairs(walker, flow.actor, flow.target);
        let left = all.into_iter().filter(|instance| {
            flow.when.as_ref().is_none_or(|when| walker.decide(when, &frame(*instance)) != Some(false))
        });
        flow.instances = some_of(left.collect(), |instance| fixed.drops(flow.when.as_ref(), *instance));
        sizes.push(Size { number: flow.instances.len(), id: format!("flows.{}", flow.id), key: flow.key });
    }
    sizes
}

/// What is not dropped; the first if that is nothing, so that there is somebody to say of why it never happens.
fn some_of<T: Copy>(all: Vec<T>, drops: impl Fn(&T) -> bool) -> Vec<T> {
    let left: Vec<T> = all.iter().filter(|one| !drops(one)).copied().collect();
    if left.is_empty() { all.into_iter().take(1).collect() } else { left }
}

/// The instances of an option, for those of its choice.
fn options(walker: &Walker, option: &TypedOption, choice_instances: &[Instance], fixed: &Fixed) -> Vec<OptionInstance> {
    let members: Option<Vec<ActorIndex>> = option.target.map(|who| walker.symbols.members(who));
    let mut all = Vec::new();
    for (choice_instance, of_choice) in choice_instances.iter().enumerate() {
        let targets = match &members {
            None => vec![of_choice.target],
            Some(members) => members.iter().copied().map(Some).filter(|target| *target != of_choice.actor).collect(),
        };
        for target in targets {
            let instance = Instance { actor: of_choice.actor, target };
            let cut = option.when.as_ref().is_some_and(|when| walker.decide(when, &frame(instance)) == Some(false));
            if !cut {
                all.push(OptionInstance { choice_instance, instance });
            }
        }
    }
    all.sort_by_key(|one| one.instance);
    some_of(all, |one| fixed.drops(option.when.as_ref(), one.instance))
}

fn slots() -> Vec<String> {
    vec!["actor".to_owned(), "target".to_owned()]
}

/// Instances of a rule or choice whose guard neither names nor what never changes decide to be false; guards are walked.
fn opportunity(walker: &mut Walker, opportunity: &TypedOpportunity, fixed: &Fixed) -> Vec<Instance> {
    let all = pairs(walker, opportunity.actor, opportunity.target);
    let names = slots();
    let Some(when) = &opportunity.when else { return all };
    let by_names = speaks_of_names(when);
    let mut shown = Vec::new();
    let mut left = Vec::new();
    let mut first = None;
    for instance in all {
        let cut = by_names && walker.decide(when, &frame(instance)) == Some(false);
        if !cut && fixed.drops(Some(when), instance) {
            first.get_or_insert(instance);
            continue;
        }
        // What names rule out is looked at as far as they do not cut it off; what can never happen in any run is not.
        shown.push(instance);
        if !cut {
            left.push(instance);
        }
    }
    if left.is_empty() {
        left.extend(first);
        shown.extend(first);
    }
    each(walker, &[when], &shown, &names, true);
    left
}

/// Walks the rate or chance.
fn timing(walker: &mut Walker, opportunity: &TypedOpportunity, instances: &[Instance]) {
    match &opportunity.timing {
        TypedTiming::AtOnce => {}
        TypedTiming::Chance(value) | TypedTiming::Rate(value) => each(walker, &[value], instances, &slots(), true),
    }
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
