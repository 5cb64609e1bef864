//! The record: observed events to steps and instances.

use super::assemble::step_at;
use super::data::Tables;
use super::raw;
use super::scope::{Place, Scope};
use super::symbols::Symbol;
use super::typed::Type;
use super::typing::Typing;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{EventSource, Happening, History, HistoryEvent, Instance, Model};
use crate::scenario::expression::ast::{Expression, Kind, Name};

/// Checks `[history]` against the laid-out model.
pub(super) fn history(
    typing: &mut Typing,
    tables: &mut Tables,
    model: &Model,
    written: &raw::History,
) -> Option<History> {
    let until = written.until.as_ref().and_then(|until| date(typing, until))?;
    let last_step = step_at(model, until);
    if until <= 0.0 || last_step > model.n_steps {
        let span = written.until.as_ref().map_or(written.key, |until| until.span);
        bad(typing, span, "`until` is not within the run", "write a date after `start` and before the horizon");
        return None;
    }
    let mut all = written.events.clone();
    let n_listed = all.len();
    if let Some(file) = &written.file {
        all.extend(tables.observed(typing, file));
    }
    let mut events: Vec<(HistoryEvent, Span)> = Vec::new();
    for (position, observed) in all.iter().enumerate() {
        if let Some(event) = event(typing, model, observed, until) {
            if let Some((_, earlier)) = events.iter().find(|(other, _)| *other == event) {
                // List and file are united: what both say has happened once.
                let both_say = position >= n_listed && written.events.iter().any(|listed| listed.span == *earlier);
                if both_say {
                    continue;
                }
                let diagnostic = Diagnostic::new(Code::BadHistory, observed.span, "this happened twice in one step")
                    .also(*earlier, "the other one")
                    .help("delete one, or take a finer step");
                typing.report(diagnostic);
                continue;
            }
            let decided = decision(model, &event);
            let same_decision = |(other, _): &&(HistoryEvent, Span)| {
                other.step == event.step && decided.is_some() && decision(model, other) == decided
            };
            if let Some((_, earlier)) = events.iter().find(same_decision) {
                let diagnostic =
                    Diagnostic::new(Code::BadHistory, observed.span, "one decision took two options in one step")
                        .also(*earlier, "the other one")
                        .help("delete one, or take a finer step");
                typing.report(diagnostic);
                continue;
            }
            events.push((event, observed.span));
        }
    }
    let mut events: Vec<HistoryEvent> = events.into_iter().map(|(event, _)| event).collect();
    events.sort_by_key(|event| (event.step, event.happening, event.instance));
    Some(History { last_step, events })
}

/// The choice that an option's event decides, and which of the choice's instances.
fn decision(model: &Model, event: &HistoryEvent) -> Option<(usize, usize)> {
    let EventSource::Option { choice, option } = model.happenings[event.happening].source else { return None };
    let candidates = &model.choices[choice].options[option].instances;
    let found = candidates.iter().find(|candidate| candidate.instance == event.instance)?;
    Some((choice, found.choice_instance))
}

fn bad(typing: &mut Typing, span: Span, message: &str, help: &str) {
    typing.report(Diagnostic::new(Code::BadHistory, span, message).help(help));
}

fn date(typing: &mut Typing, expression: &Expression) -> Option<f64> {
    if let Kind::Date(_) = expression.kind {
        let mut scope = Scope::new(Place::Constant("a date of the record"));
        let typed = typing.expect(expression, &mut scope, Type::Date, "a date of the record");
        return typed.literal().filter(|_| !typed.is_wrong());
    }
    bad(typing, expression.span, "a date of the record is written year-month-day", "write `2023-08-03`");
    None
}

fn event(typing: &mut Typing, model: &Model, observed: &raw::HistoryEvent, until: f64) -> Option<HistoryEvent> {
    let date_span = observed.date.as_ref().map_or(observed.span, |date| date.span);
    let day = observed.date.as_ref().and_then(|expression| date(typing, expression));
    let happening = observed.rule.as_ref().and_then(|rule| happening(typing, model, rule));
    let who = |typing: &mut Typing, name: &Option<Name>| -> Result<Option<usize>, ()> {
        match name {
            None => Ok(None),
            Some(name) => match typing.symbols.find(&name.text) {
                Some(Symbol::Actor(actor)) => Ok(Some(actor)),
                _ => {
                    let diagnostic = typing.symbols.unknown_actor(name);
                    typing.report(diagnostic);
                    Err(())
                }
            },
        }
    };
    let (actor, target) = (who(typing, &observed.actor), who(typing, &observed.target));
    let (day, (index, happening)) = (day?, happening?);
    let instance = Instance { actor: actor.ok()?, target: target.ok()? };
    if day <= 0.0 {
        bad(typing, date_span, "this is not after the start", "write a date after `start` of [scenario]");
        return None;
    }
    if day > until {
        bad(typing, date_span, "this is after `until`", "move `until`, or delete the event");
        return None;
    }
    let rule_span = observed.rule.as_ref().map_or(observed.span, |rule| rule.span);
    let enabled = match happening.source {
        EventSource::Rule(rule) => model.rules[rule].opportunity.enabled,
        EventSource::Option { choice, option } => {
            model.choices[choice].opportunity.enabled && model.choices[choice].options[option].enabled
        }
        EventSource::Choice(_) => {
            bad(
                typing,
                rule_span,
                "this is a choice, and a record says what was chosen",
                &format!("write `{}.OPTION`", happening.id),
            );
            return None;
        }
    };
    if !enabled {
        bad(typing, rule_span, "this is disabled, so it cannot have happened", "enable it, or delete the event");
        return None;
    }
    if !happening.instances.contains(&instance) {
        let possible: Vec<String> =
            happening.instances.iter().take(3).map(|one| format!("({})", model.instance_text(*one))).collect();
        bad(
            typing,
            observed.span,
            &format!("`{}({})` can never happen", happening.id, model.instance_text(instance)),
            &format!("its actor and target can be {}", possible.join(", ")),
        );
        return None;
    }
    Some(HistoryEvent { step: step_at(model, day), happening: index, instance })
}

fn happening<'m>(typing: &mut Typing, model: &'m Model, rule: &Name) -> Option<(usize, &'m Happening)> {
    let found = model.happenings.iter().enumerate().find(|(_, happening)| happening.id == rule.text);
    if found.is_none() {
        let expression = Expression { kind: Kind::Name(rule.text.clone()), span: rule.span };
        let diagnostic = words::unknown_event(typing, &rule.text, &expression);
        typing.report(diagnostic);
    }
    found
}
