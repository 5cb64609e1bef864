//! Two events that can set one cell, clock or membership in one step.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use super::contexts::Context;
use super::witness::{Hunt, Settled};
use crate::check::bounds::{
    Bound, Evaluator, EventKey, Frame, Leaf, Setting, Settings, Source, Variable, Write, cell_of,
};
use crate::check::content::{TypedAct, TypedPlace, TypedTiming};
use crate::check::symbols::Who;
use crate::check::typed::Typed;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ActorIndex, ActorTerm, Instance};

/// What is set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Cell(usize),
    Clock(usize),
    Membership(usize, ActorIndex),
}

/// Who sets it.
#[derive(Clone)]
struct Setter {
    write: usize,
    instance: Instance,
    frame: Frame,
}

/// So many setters of all kinds are looked at.
const MOST_SETTERS: usize = 20_000;
/// So many pairs of instances of two effects are looked at.
const MOST_PAIRS: u32 = 6;

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let mut told = BTreeSet::new();
    let mut looked: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut all = Vec::new();
    for (target, setters) in setters(found) {
        for (at, a) in setters.iter().enumerate() {
            for b in &setters[at + 1..] {
                let pair = (a.write.min(b.write), a.write.max(b.write));
                let names = (name(found, a), name(found, b));
                if told.contains(&names) {
                    continue;
                }
                let times = looked.entry(pair).or_default();
                if *times >= MOST_PAIRS {
                    continue;
                }
                *times += 1;
                if can_meet(found, a, b) {
                    all.push(tell(found, target, a, b));
                    told.insert(names);
                }
            }
        }
    }
    all
}

fn write<'f>(found: &'f Found, setter: &Setter) -> &'f Write<'f> {
    &found.subject.writes.all[setter.write]
}

/// `rule` or `choice.option`.
fn name(found: &Found, setter: &Setter) -> String {
    let content = found.subject.content;
    match write(found, setter).source {
        Source::Rule(rule) => content.rules[rule].id.clone(),
        Source::Option(choice, option) => {
            let choice = &content.choices[choice];
            format!("{}.{}", choice.id, choice.options[option].id)
        }
        Source::Flow(flow) => content.flows[flow].id.clone(),
    }
}

fn setters(found: &Found) -> BTreeMap<Target, Vec<Setter>> {
    let subject = found.subject;
    let mut all: BTreeMap<Target, Vec<Setter>> = BTreeMap::new();
    let mut left = MOST_SETTERS;
    for (at, write) in subject.writes.all.iter().enumerate() {
        if matches!(write.effect.act, TypedAct::Increase(..)) || !found.actual.can_act(write.source) {
            continue;
        }
        let instances: Vec<Instance> = match write.source {
            Source::Rule(rule) => subject.content.rules[rule].instances.clone(),
            Source::Option(choice, option) => {
                subject.content.choices[choice].options[option].instances.iter().map(|one| one.instance).collect()
            }
            Source::Flow(_) => Vec::new(),
        };
        for instance in instances {
            let mut frames = Vec::new();
            match &write.effect.each {
                None => frames.push(Frame::of(instance)),
                Some(each) => {
                    for member in &subject.symbols.groups[each.group].potential {
                        let mut frame = Frame::of(instance);
                        frame.put(each.slot, Bound::actor(Some(*member)));
                        frames.push(frame);
                    }
                }
            }
            for frame in frames {
                if left == 0 {
                    return all;
                }
                let who = |term: ActorTerm| frame.get(term).actor;
                let target = match &write.effect.act {
                    TypedAct::Assign(place, ..) => cell_of(*place, subject.model, who).map(Target::Cell),
                    TypedAct::Start(clock, _) | TypedAct::Stop(clock) => Some(Target::Clock(*clock)),
                    TypedAct::Join(group, actor) | TypedAct::Leave(group, actor) => {
                        who(*actor).map(|actor| Target::Membership(*group, actor))
                    }
                    TypedAct::Increase(..) => None,
                };
                if let Some(target) = target {
                    left -= 1;
                    all.entry(target).or_default().push(Setter { write: at, instance, frame });
                }
            }
        }
    }
    all
}

/// Can both do it in one step, with different results?
fn can_meet(found: &Found, a: &Setter, b: &Setter) -> bool {
    let (write_a, write_b) = (write(found, a), write(found, b));
    // What is due and what happens are two batches of a step, one after the other.
    if write_a.later.is_some() != write_b.later.is_some() {
        return false;
    }
    if write_a.source == write_b.source && a.instance == b.instance || one_decision(found, a, b) {
        return false;
    }
    if write_a.later.is_none() && one_exclusive(found, a, b) {
        return false;
    }
    !same_result(found, a, b) && !takes_itself_out(found, a, b) && is_feasible(found, a, b)
}

/// Two options of one decision never happen both.
fn one_decision(found: &Found, a: &Setter, b: &Setter) -> bool {
    let (Source::Option(choice, _), Source::Option(other, _)) = (write(found, a).source, write(found, b).source) else {
        return false;
    };
    let has_target = found.subject.content.choices[choice].opportunity.target.is_some();
    choice == other && a.instance.actor == b.instance.actor && (!has_target || a.instance.target == b.instance.target)
}

fn one_exclusive(found: &Found, a: &Setter, b: &Setter) -> bool {
    let text = |setter: &Setter| match write(found, setter).source {
        Source::Rule(rule) => {
            let id = |actor: Option<ActorIndex>| actor.map_or("", |actor| found.subject.symbols.actors[actor].as_str());
            found.subject.content.rules[rule].exclusive.as_ref().map(|text| {
                text.replace("{actor}", id(setter.instance.actor)).replace("{target}", id(setter.instance.target))
            })
        }
        _ => None,
    };
    text(a).is_some_and(|text_a| text(b) == Some(text_a))
}

fn same_result(found: &Found, a: &Setter, b: &Setter) -> bool {
    match (&write(found, a).effect.act, &write(found, b).effect.act) {
        (TypedAct::Assign(_, x, _), TypedAct::Assign(_, y, _)) | (TypedAct::Start(_, x), TypedAct::Start(_, y)) => {
            let value = |typed: &Typed, setter: &Setter| {
                let reader = Evaluator { draws: write(found, setter).draws, ..Evaluator::plain(found.actual) };
                reader.evaluate(typed, &mut setter.frame.clone())
            };
            let (x_value, y_value) = (value(x, a), value(y, b));
            (x_value.is_point() && x_value == y_value) || super::outcomes::same(x, y) && a.frame == b.frame
        }
        (TypedAct::Stop(_), TypedAct::Stop(_))
        | (TypedAct::Join(..), TypedAct::Join(..))
        | (TypedAct::Leave(..), TypedAct::Leave(..)) => true,
        _ => false,
    }
}

/// Only a member acts as one: who leaves what it acts as a member of cannot just be joining.
fn takes_itself_out(found: &Found, a: &Setter, b: &Setter) -> bool {
    let by_a_member = |setter: &Setter| {
        let TypedAct::Leave(group, term) = &write(found, setter).effect.act else { return false };
        let content = found.subject.content;
        let (actor, target) = match write(found, setter).source {
            Source::Rule(rule) => {
                let opportunity = &content.rules[rule].opportunity;
                (opportunity.actor, opportunity.target)
            }
            Source::Option(choice, option) => {
                let choice = &content.choices[choice];
                (choice.opportunity.actor, choice.options[option].target.or(choice.opportunity.target))
            }
            Source::Flow(_) => (None, None),
        };
        write(found, setter).later.is_none()
            && match term {
                ActorTerm::Slot(0) => actor == Some(Who::Group(*group)),
                ActorTerm::Slot(1) => target == Some(Who::Group(*group)),
                _ => false,
            }
    };
    by_a_member(a) || by_a_member(b)
}

/// The day on which a setter that waits for nothing but a day acts; `None` if it waits for anything else.
fn only_day(found: &Found, setter: &Setter) -> Option<f64> {
    const MOST_STEPS: u64 = 20_000;
    let write = write(found, setter);
    let content = found.subject.content;
    let opportunity = match write.source {
        Source::Rule(rule) => &content.rules[rule].opportunity,
        Source::Option(choice, _) => &content.choices[choice].opportunity,
        Source::Flow(_) => return None,
    };
    let at_once = matches!(opportunity.timing, TypedTiming::AtOnce) && opportunity.every.is_none();
    if write.later.is_some() || !at_once || opportunity.limit != Some(1) {
        return None;
    }
    let model = found.subject.model;
    let Some(when) = &opportunity.when else { return Some(model.step_days) };
    let hunt = Hunt { facts: found.actual, draws: &[], contexts: &[], earliest: 0.0 };
    let seen = hunt.occurrences(&[(when, &setter.frame)]);
    if seen.all.iter().any(|one| one.variable != Variable::One(Leaf::Now)) {
        return None;
    }
    (1..=model.n_steps.min(MOST_STEPS)).map(|step| model.day_of_step(step)).find(|day| {
        let settings = Settings { all: vec![(Leaf::Now, Setting::Value(*day))] };
        let reader = Evaluator { settings: &settings, ..Evaluator::plain(found.actual) };
        reader.evaluate(when, &mut setter.frame.clone()).is_true()
    })
}

/// What must hold for an effect to be carried out.
fn conditions<'f>(found: &'f Found, setter: &Setter) -> Vec<Context<'f>> {
    let content = found.subject.content;
    let write = write(found, setter);
    let mut typed: Vec<&Typed> = Vec::new();
    match (write.later, write.source) {
        (Some(later), _) => typed.extend(&later.when),
        (None, Source::Rule(rule)) => typed.extend(&content.rules[rule].opportunity.when),
        (None, Source::Option(choice, option)) => {
            typed.extend(&content.choices[choice].opportunity.when);
            typed.extend(&content.choices[choice].options[option].when);
        }
        (None, Source::Flow(flow)) => typed.extend(&content.flows[flow].when),
    }
    typed.extend(write.effect.each.as_ref().and_then(|each| each.filter.as_ref()));
    typed.extend(&write.effect.condition);
    Context::of_all(&typed, &setter.frame)
}

/// Whoever fires once has not fired before.
fn not_yet(found: &Found, setter: &Setter) -> Option<(Leaf, Setting)> {
    let subject = found.subject;
    let write = write(found, setter);
    let (limit, happening, target) = match write.source {
        Source::Rule(rule) => {
            (subject.content.rules[rule].opportunity.limit, subject.happening_of_rule(rule), setter.instance.target)
        }
        Source::Option(choice, _) => {
            let opportunity = &subject.content.choices[choice].opportunity;
            let target = opportunity.target.and(setter.instance.target);
            (opportunity.limit, subject.happening_of_choice(choice), target)
        }
        Source::Flow(_) => (None, None, None),
    };
    if write.later.is_some() || limit != Some(1) {
        return None;
    }
    let key = found.actual.key(EventKey { happening: happening?, actor: setter.instance.actor, target })?;
    Some((Leaf::Event(key), Setting::Never))
}

/// Is there a state in which both conditions may hold?
fn is_feasible(found: &Found, a: &Setter, b: &Setter) -> bool {
    let (of_a, of_b) = (conditions(found, a), conditions(found, b));
    let hunt = Hunt { facts: found.actual, draws: &[], contexts: &[], earliest: 0.0 };
    let seen = |contexts: &[Context]| {
        let parts: Vec<(&Typed, &Frame)> = contexts.iter().map(|one| (one.typed, &one.frame)).collect();
        hunt.occurrences(&parts)
    };
    let (seen_a, seen_b) = (seen(&of_a), seen(&of_b));
    let mut settings = Settings { all: not_yet(found, a).into_iter().chain(not_yet(found, b)).collect() };
    match (only_day(found, a), only_day(found, b)) {
        (Some(day_a), Some(day_b)) if day_a != day_b => return false,
        (Some(day), _) | (_, Some(day)) => settings.all.push((Leaf::Now, Setting::Value(day))),
        (None, None) => {}
    }
    let settled: Vec<Variable> = settings.all.iter().map(|(leaf, _)| Variable::One(*leaf)).collect();
    // Only what both speak of can set them against each other.
    let mut variables = Vec::new();
    for mut one in seen_a.all {
        let Some(other) = seen_b.all.iter().find(|other| other.variable == one.variable) else { continue };
        if settled.contains(&one.variable) {
            continue;
        }
        one.compared.extend(&other.compared);
        one.since |= other.since;
        one.times |= other.times;
        let candidates = hunt.candidates(&one, false);
        if !candidates.is_empty() {
            variables.push(candidates);
        }
    }
    let contexts: Vec<Context> = of_a.into_iter().chain(of_b).collect();
    let mut left = 400;
    search(found, &contexts, &variables, settings, &mut left)
}

fn search(found: &Found, contexts: &[Context], variables: &[Vec<Settled>], settings: Settings, left: &mut u32) -> bool {
    if *left == 0 {
        return false;
    }
    *left -= 1;
    let reader = Evaluator { settings: &settings, ..Evaluator::plain(found.actual) };
    if contexts.iter().any(|context| context.is_broken(&reader)) {
        return false;
    }
    let Some((first, others)) = variables.split_first() else { return true };
    first.iter().any(|candidate| {
        let mut inner = settings.clone();
        inner.all.extend(candidate.iter().copied());
        search(found, contexts, others, inner, left)
    })
}

fn tell(found: &Found, target: Target, a: &Setter, b: &Setter) -> Diagnostic {
    let subject = found.subject;
    let what = match target {
        Target::Cell(cell) => format!("`{}`", subject.cell_name(cell)),
        Target::Clock(clock) => format!("the clock `{}`", subject.symbols.clocks[clock]),
        Target::Membership(group, actor) => {
            format!("whether `{}` is in `{}`", subject.symbols.actors[actor], subject.symbols.groups[group].id)
        }
    };
    // The last in the order of id, actor, target wins.
    let (mut first, mut last) = ((name(found, a), a), (name(found, b), b));
    if (&first.0, first.1.instance) > (&last.0, last.1.instance) {
        std::mem::swap(&mut first, &mut last);
    }
    let span = |setter: &Setter| write(found, setter).effect.span;
    let message = if first.0 == last.0 {
        format!("two of `{}` can set {what} in one step; then the last actor in the alphabet wins", first.0)
    } else {
        format!(
            "`{}` and `{}` can set {what} in one step; then `{}` (later in the alphabet) wins",
            first.0, last.0, last.0
        )
    };
    let diagnostic = Diagnostic::new(Code::Overwritten, span(last.1), message);
    let diagnostic =
        if first.0 == last.0 { diagnostic } else { diagnostic.also(span(first.1), format!("`{}` here", first.0)) };
    let rules = [a, b]
        .iter()
        .all(|setter| matches!(write(found, setter).source, Source::Rule(_)) && write(found, setter).later.is_none());
    if !rules {
        return diagnostic.help("let one of them wait for the other, or let their guards require different values");
    }
    let both = if first.0 == last.0 { "it" } else { "both" };
    diagnostic.help(format!("give {both} `exclusive = \"{}\"`", exclusive_text(found, target, a, b)))
}

/// A text that tells the cells apart: `posture of {actor}`.
fn exclusive_text(found: &Found, target: Target, a: &Setter, b: &Setter) -> String {
    let holder = |setter: &Setter| match &write(found, setter).effect.act {
        TypedAct::Assign(TypedPlace::Attribute { holder, .. }, ..) => Some(*holder),
        _ => None,
    };
    let id = match target {
        Target::Cell(cell) => found.subject.info(cell).id.as_str(),
        Target::Clock(clock) => found.subject.symbols.clocks[clock].as_str(),
        Target::Membership(group, _) => found.subject.symbols.groups[group].id.as_str(),
    };
    match (holder(a), holder(b)) {
        (Some(ActorTerm::Slot(0)), Some(ActorTerm::Slot(0))) => format!("{id} of {{actor}}"),
        (Some(ActorTerm::Slot(1)), Some(ActorTerm::Slot(1))) => format!("{id} of {{target}}"),
        _ => id.to_owned(),
    }
}
