//! Durations that fall inside a step, cooldowns that do nothing, clocks that are over before anybody looks.

use std::collections::BTreeSet;

use super::Found;
use super::contexts::{contains, definitions_with};
use super::roots::{Owner, Role};
use super::words::days;
use crate::check::bounds::{Evaluator, Frame};
use crate::check::content::{TypedAct, TypedOpportunity, TypedTiming};
use crate::check::typed::{Node, Typed};
use crate::diagnostic::{Code, Diagnostic, Span};

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let content = found.subject.content;
    let mut all = Vec::new();
    let rules = content.rules.iter().map(|rule| (rule.id.as_str(), &rule.opportunity));
    let choices = content.choices.iter().map(|choice| (choice.id.as_str(), &choice.opportunity));
    for (id, opportunity) in rules.chain(choices) {
        all.extend(cooldown(found, id, opportunity));
        if let Some(every) = &opportunity.every {
            all.extend(between(found, every, |after| format!("`{id}` comes every {after}")));
        }
    }
    let (unseen, told) = unseen_clocks(found);
    all.extend(unseen);
    for write in &found.subject.writes.all {
        if let TypedAct::Start(clock, length) = &write.effect.act
            && !told.contains(&length.span)
        {
            let clock = &found.subject.symbols.clocks[*clock];
            all.extend(between(found, length, |after| format!("`{clock}` is over after {after}")));
        }
    }
    let rules = content.rules.iter().map(|rule| &rule.event);
    let options = content.choices.iter().flat_map(|choice| choice.options.iter().map(|option| &option.event));
    for event in rules.chain(options) {
        for later in &event.later {
            all.extend(between(found, &later.after, |after| format!("`{}` comes after {after}", later.id)));
        }
    }
    all
}

/// A time that is the same in every run.
fn fixed(found: &Found, typed: &Typed) -> Option<f64> {
    let value = Evaluator::plain(found.actual).evaluate(typed, &mut Frame::anybody());
    value.is_point().then_some(value.low)
}

/// `7 days fall`, `1 day falls`.
fn falls(length: f64) -> String {
    let text = days(length);
    let verb = if text.ends_with('s') { "fall" } else { "falls" };
    format!("{text} {verb}")
}

/// What is due inside a step takes effect at its end.
fn between(found: &Found, typed: &Typed, what: impl FnOnce(String) -> String) -> Option<Diagnostic> {
    let model = found.subject.model;
    let length = fixed(found, typed).filter(|length| *length > 0.0)?;
    let steps = ((length - model.slack_days()) / model.step_days).ceil().max(1.0);
    let real = steps * model.step_days;
    ((real - length).abs() > model.slack_days()).then(|| {
        let (written, step) = (days(length), days(model.step_days));
        Diagnostic::new(
            Code::BetweenSteps,
            typed.span,
            format!("{} inside a step of {step}: {}", falls(length), what(days(real))),
        )
        .help(format!("take a step that divides {written}, or a multiple of {step}"))
    })
}

fn cooldown(found: &Found, id: &str, opportunity: &TypedOpportunity) -> Option<Diagnostic> {
    let model = found.subject.model;
    let cooldown = opportunity.cooldown.as_ref()?;
    let length = fixed(found, cooldown)?;
    let has_rate = matches!(opportunity.timing, TypedTiming::Rate(_));
    // A rate is read in the middle of a step.
    let first = if has_rate { 0.5 } else { 1.0 };
    if length <= first * model.step_days + model.slack_days() {
        let shortest = if has_rate { "half a step" } else { "a step" };
        let step = days(model.step_days);
        return Some(
            Diagnostic::new(
                Code::CooldownTooShort,
                cooldown.span,
                format!("a cooldown of {} does nothing: it is no longer than {shortest} of {step}", days(length)),
            )
            .help(format!("delete it, or rest longer than {}", days(first * model.step_days))),
        );
    }
    let steps = ((length - model.slack_days()) / model.step_days + (1.0 - first)).ceil();
    // Steps in which it rests, and the whole of the time from firing to firing where it is decided at the end of a step.
    let real = if has_rate { (steps - 1.0) * model.step_days } else { steps * model.step_days };
    ((real - length).abs() > model.slack_days()).then(|| {
        let step = days(model.step_days);
        Diagnostic::new(
            Code::BetweenSteps,
            cooldown.span,
            format!("{} inside a step of {step}: `{id}` rests {}", falls(length), days(real)),
        )
        .help(format!("take a step that divides {}, or a multiple of {step}", days(length)))
    })
}

/// Clocks that are over by the first step after their start wherever `running` or `remaining` of them is asked; and the places of the
/// times that they are started with.
fn unseen_clocks(found: &Found) -> (Vec<Diagnostic>, BTreeSet<Span>) {
    let subject = found.subject;
    let (step, slack) = (subject.model.step_days, subject.model.slack_days());
    let mut all = Vec::new();
    let mut told = BTreeSet::new();
    for clock in 0..subject.symbols.clocks.len() {
        let Some(longest) = found.free.clock_lengths(clock).map(|lengths| lengths.high) else { continue };
        if longest > step + slack || longest <= 0.0 {
            continue;
        }
        let asks =
            |part: &Typed| matches!(&part.node, Node::Running(other) | Node::Remaining(other) if *other == clock);
        let asking = definitions_with(subject, asks);
        let mut readers: BTreeSet<String> = BTreeSet::new();
        for root in found.roots.iter().filter(|root| root.enabled && contains(root.typed, &asking, &asks)) {
            // In a rate it is asked in the middle of the step, where something is read after a step in that very step.
            let first = match (root.role, root.owner) {
                _ if !root.acts() && root.owner != Owner::Rest => 0.0,
                (Role::Rate, _) => 0.5,
                (Role::When, Owner::Rule(_) | Owner::Choice(_)) if has_rate(found, root.owner) => 0.5,
                _ => 1.0,
            };
            if longest <= first * step + slack {
                readers.extend(reader_name(found, root.owner));
            }
        }
        let Some(reader) = readers.first() else { continue };
        let starts = subject.writes.all.iter().filter_map(|write| match &write.effect.act {
            TypedAct::Start(other, length) if *other == clock => Some(length.span),
            _ => None,
        });
        let starts: Vec<Span> = starts.collect();
        let Some(first) = starts.first() else { continue };
        let id = &subject.symbols.clocks[clock];
        all.push(
            Diagnostic::new(
                Code::ClockNeverSeen,
                *first,
                format!("`{id}` never shows as running to `{reader}`: it is over by the first step after its start"),
            )
            .help(format!("take a step below {}", days(longest))),
        );
        told.extend(starts);
    }
    (all, told)
}

fn has_rate(found: &Found, owner: Owner) -> bool {
    let content = found.subject.content;
    match owner {
        Owner::Rule(rule) => matches!(content.rules[rule].opportunity.timing, TypedTiming::Rate(_)),
        Owner::Choice(choice) => matches!(content.choices[choice].opportunity.timing, TypedTiming::Rate(_)),
        _ => false,
    }
}

fn reader_name(found: &Found, owner: Owner) -> Option<String> {
    let content = found.subject.content;
    Some(match owner {
        Owner::Rule(rule) => content.rules[rule].id.clone(),
        Owner::Choice(choice) => content.choices[choice].id.clone(),
        Owner::Option(choice, option) => {
            format!("{}.{}", content.choices[choice].id, content.choices[choice].options[option].id)
        }
        Owner::Flow(flow) => content.flows[flow].id.clone(),
        _ => return None,
    })
}
