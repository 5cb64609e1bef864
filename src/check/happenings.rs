//! Rules, choices, flows: their keys with types, and what must not be missing.

use std::collections::BTreeMap;

use super::content::{
    TypedChoice, TypedEvent, TypedFlow, TypedLater, TypedOpportunity, TypedOption, TypedRule, TypedTiming,
    TypedWeighing,
};
use super::data::Tables;
use super::distributions::{self, TypedDistribution, Wanted};
use super::parameters::constant;
use super::raw;
use super::scope::Scope;
use super::symbols::Who;
use super::typed::{Type, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::expression::ast::{Expression, Kind, Name};
use crate::scenario::expression::print;
use crate::scenario::expression::words::{is_name, is_reserved};

/// Types every rule.
pub(super) fn rules(typing: &mut Typing, tables: &mut Tables) -> Vec<TypedRule> {
    let raw = typing.raw;
    let mut all = Vec::new();
    for (id, rule) in &raw.rules {
        if let Some(text) = &rule.exclusive {
            placeholders(typing, &text.0, text.1, &rule.opportunity, None);
        }
        let Some(opportunity) = opportunity(typing, id, &rule.opportunity, rule.key, "this rule") else { continue };
        let mut scope =
            Scope::happening("this rule", rule.opportunity.actor.is_some(), rule.opportunity.target.is_some());
        let event = event(typing, tables, &rule.event, &mut scope, &rule.opportunity, None);
        all.push(TypedRule {
            id: id.clone(),
            key: rule.key,
            opportunity,
            exclusive: rule.exclusive.as_ref().map(|(text, _)| text.clone()),
            event,
            instances: Vec::new(),
        });
    }
    all
}

/// Types every choice.
pub(super) fn choices(typing: &mut Typing, tables: &mut Tables) -> Vec<TypedChoice> {
    let raw = typing.raw;
    let mut all = Vec::new();
    for (id, choice) in &raw.choices {
        let has_actor = choice.opportunity.actor.is_some();
        let has_target = choice.opportunity.target.is_some();
        let opportunity = opportunity(typing, id, &choice.opportunity, choice.key, "this choice");
        let mut scope = Scope::happening("this choice", has_actor, has_target);
        let precision =
            choice.precision.as_ref().map(|value| typing.expect(value, &mut scope, Type::Number, "`precision`"));
        weighed_alike(typing, id, choice);
        let mut options = Vec::new();
        for (option_id, option) in &choice.options {
            if let Some(target) = &option.target
                && has_target
            {
                typing.report(
                    Diagnostic::new(
                        Code::ExclusiveKeys,
                        target.span,
                        "an option has a `target` only where its choice has none",
                    )
                    .help("delete one of the two"),
                );
            }
            let target = option.target.as_ref().and_then(|name| who(typing, name));
            let mut scope = Scope::happening("this option", has_actor, has_target || option.target.is_some());
            let when = option.when.as_ref().map(|when| typing.expect(when, &mut scope, Type::Boolean, "`when`"));
            let weighing = match (&option.utility, &option.weight) {
                (Some(utility), _) => {
                    TypedWeighing::Utility(typing.expect(utility, &mut scope, Type::Number, "`utility`"))
                }
                (None, Some(weight)) => {
                    TypedWeighing::Weight(typing.expect(weight, &mut scope, Type::Number, "`weight`"))
                }
                (None, None) => {
                    if option.unweighed {
                        typing.report(
                            Diagnostic::new(
                                Code::MissingKey,
                                option.key,
                                format!("the option `{option_id}` has neither `utility` nor `weight`"),
                            )
                            .help("add `utility = 0`, or a `weight` to every option"),
                        );
                    }
                    TypedWeighing::Weight(Typed::wrong(option.key))
                }
            };
            let event = event(typing, tables, &option.event, &mut scope, &choice.opportunity, option.target.as_ref());
            options.push(TypedOption {
                id: option_id.clone(),
                when,
                weighing,
                target,
                enabled: option.enabled,
                event,
                instances: Vec::new(),
            });
        }
        let Some(opportunity) = opportunity else { continue };
        all.push(TypedChoice {
            id: id.clone(),
            key: choice.key,
            opportunity,
            precision,
            notes: choice.notes.clone(),
            options,
            instances: Vec::new(),
        });
    }
    all
}

fn weighed_alike(typing: &mut Typing, id: &str, choice: &raw::Choice) {
    let utility = choice.options.values().find(|option| option.utility.is_some());
    let weight = choice.options.values().find(|option| option.weight.is_some());
    if let (Some(utility), Some(weight)) = (utility, weight) {
        typing.report(
            Diagnostic::new(
                Code::MixedOptions,
                weight.key,
                format!("the options of `{id}` are weighed in two ways: all take `utility`, or all take `weight`"),
            )
            .also(utility.key, "this one has a utility")
            .help("give all of them `utility`, or all of them `weight`"),
        );
    }
    if let (Some(_), Some(precision)) = (weight, &choice.precision) {
        typing.report(
            Diagnostic::new(
                Code::ExclusiveKeys,
                precision.span,
                "`precision` goes with `utility`, and these options have weights",
            )
            .help("delete `precision`, or give the options utilities"),
        );
    }
    if choice.options.is_empty() {
        typing.report(
            Diagnostic::new(Code::MissingKey, choice.key, format!("the choice `{id}` has no options"))
                .help(format!("add a table `[choices.{id}.options.NAME]` for each")),
        );
    }
}

/// Types every flow.
pub(super) fn flows(typing: &mut Typing) -> Vec<TypedFlow> {
    let raw = typing.raw;
    let mut all = Vec::new();
    for (id, flow) in &raw.flows {
        let mut scope = Scope::happening("this flow", flow.actor.is_some(), flow.target.is_some());
        let actor = flow.actor.as_ref().map(|name| who(typing, name));
        let target = flow.target.as_ref().map(|name| who(typing, name));
        let when = flow.when.as_ref().map(|when| typing.expect(when, &mut scope, Type::Boolean, "`when`"));
        let effects = typing.effects(&flow.effects, &mut scope, true);
        if actor == Some(None) || target == Some(None) {
            continue;
        }
        all.push(TypedFlow {
            id: id.clone(),
            key: flow.key,
            actor: actor.flatten(),
            target: target.flatten(),
            when,
            effects,
            enabled: flow.enabled,
            instances: Vec::new(),
        });
    }
    all
}

fn who(typing: &mut Typing, name: &Name) -> Option<Who> {
    match typing.symbols.who(name) {
        Ok(who) => Some(who),
        Err(diagnostic) => {
            typing.report(diagnostic);
            None
        }
    }
}

/// The time between opportunities. A literal one of 0 or less would be every step, which nobody means.
fn rhythm(typing: &mut Typing, every: &Expression) -> Option<Typed> {
    let typed = constant(typing, every, "`every`", Type::Duration)?;
    if typed.literal().is_some_and(|days| days <= 0.0) {
        typing.report(
            Diagnostic::new(Code::OutsideRange, typed.span, "the time between opportunities is above 0")
                .help("write a duration such as `7 days`, or a `rate`"),
        );
        return None;
    }
    Some(typed)
}

fn opportunity(
    typing: &mut Typing,
    id: &str,
    written: &raw::Opportunity,
    key: Span,
    what: &'static str,
) -> Option<TypedOpportunity> {
    let mut scope = Scope::happening(what, written.actor.is_some(), written.target.is_some());
    let actor = written.actor.as_ref().map(|name| who(typing, name));
    let target = written.target.as_ref().map(|name| who(typing, name));
    let when = written.when.as_ref().map(|when| typing.expect(when, &mut scope, Type::Boolean, "`when`"));
    let rate = written.rate.as_ref().map(|rate| typing.expect(rate, &mut scope, Type::Rate, "`rate`"));
    let chance = written.chance.as_ref().map(|chance| typing.expect(chance, &mut scope, Type::Number, "`chance`"));
    let every = written.every.as_ref().map(|every| rhythm(typing, every));
    let cooldown = written.cooldown.as_ref().map(|rest| constant(typing, rest, "`cooldown`", Type::Duration));
    if let Some(rest) = &written.cooldown
        && written.rate.is_none()
        && written.chance.is_none()
    {
        let help = if written.every.is_some() {
            "delete it, or lengthen `every`"
        } else {
            "write `every` instead: the next opportunity comes so long after the last"
        };
        typing.report(
            Diagnostic::new(Code::ExclusiveKeys, rest.span, "`cooldown` goes with `rate` or `chance`").help(help),
        );
    }
    if !written.timed {
        typing.report(
            Diagnostic::new(
                Code::UnlimitedRule,
                key,
                format!("`{id}` would happen on every step on which its guard holds"),
            )
            .help("write `limit = 1`, `every = \"7 days\"` or a `rate`; for a steady small change make it a flow"),
        );
    }
    if actor == Some(None) || target == Some(None) {
        return None;
    }
    let terms = written.when.as_ref().map_or_else(Vec::new, |when| match &when.kind {
        Kind::And(parts) => parts.iter().map(print).collect(),
        _ => vec![print(when)],
    });
    let timing = match (rate, chance) {
        (Some(rate), _) => TypedTiming::Rate(rate),
        (None, Some(chance)) => TypedTiming::Chance(chance),
        (None, None) => TypedTiming::AtOnce,
    };
    Some(TypedOpportunity {
        actor: actor.flatten(),
        target: target.flatten(),
        when,
        timing,
        every: every.flatten(),
        cooldown: cooldown.flatten(),
        limit: written.limit,
        enabled: written.enabled,
        terms,
    })
}

fn event(
    typing: &mut Typing,
    tables: &mut Tables,
    written: &raw::Event,
    scope: &mut Scope,
    opportunity: &raw::Opportunity,
    own_target: Option<&Name>,
) -> TypedEvent {
    if let Some((text, span)) = &written.label {
        placeholders(typing, text, *span, opportunity, own_target);
    }
    let draws = draws(typing, tables, &written.draws, scope);
    scope.draws = kinds_of(&draws);
    let effects = typing.effects(&written.effects, scope, false);
    let mut later = Vec::new();
    for (id, entry) in &written.later {
        let after = entry.after.as_ref().map(|after| typing.expect(after, scope, Type::Duration, "`after`"));
        if let Some(after) = &after
            && after.kind == Type::Duration
            && after.literal().is_some_and(|days| days <= 0.0)
        {
            typing.report(
                Diagnostic::new(Code::ZeroDelay, after.span, "a later entry comes at least one step later")
                    .help("write the effects into the rule itself, or a time above 0"),
            );
        }
        let mut own = Scope { draws: Vec::new(), ..scope.clone() };
        let when = entry.when.as_ref().map(|when| typing.expect(when, &mut own, Type::Boolean, "`when`"));
        let own_draws = self::draws(typing, tables, &entry.draws, &mut own);
        own.draws = kinds_of(&own_draws);
        let effects = typing.effects(&entry.effects, &mut own, false);
        if let Some(after) = after {
            later.push(TypedLater { id: id.clone(), after, when, draws: without_kinds(own_draws), effects });
        }
    }
    scope.draws.clear();
    TypedEvent {
        ladder: written.ladder,
        cameo: written.cameo.clone(),
        label: written.label.as_ref().map(|(text, _)| text.clone()),
        draws: without_kinds(draws),
        effects,
        later,
        notes: written.notes.clone(),
    }
}

type KindedDraws = Vec<(String, TypedDistribution, Type)>;

fn kinds_of(draws: &KindedDraws) -> Vec<(String, Type)> {
    draws.iter().map(|(id, _, kind)| (id.clone(), *kind)).collect()
}

fn without_kinds(draws: KindedDraws) -> Vec<(String, TypedDistribution)> {
    draws.into_iter().map(|(id, distribution, _)| (id, distribution)).collect()
}

fn draws(
    typing: &mut Typing,
    tables: &mut Tables,
    written: &BTreeMap<String, (Span, raw::Distribution)>,
    scope: &mut Scope,
) -> KindedDraws {
    const EXPRESSIVE: &[&str] = &["uniform", "normal", "lognormal", "triangular", "exponential", "flip"];
    let mut all = Vec::new();
    for (id, (span, distribution)) in written {
        if typing.symbols.find(id).is_some() {
            let mut diagnostic =
                Diagnostic::new(Code::HiddenName, *span, format!("the draw `{id}` hides another name"))
                    .help("call the draw something else");
            if let Some(place) = typing.symbols.place(id) {
                diagnostic = diagnostic.also(place, "declared here");
            }
            typing.report(diagnostic);
            continue;
        }
        if is_reserved(id) && ["actor", "target", "day", "today", "true", "false", "never"].contains(&id.as_str()) {
            typing.report(
                Diagnostic::new(Code::ReservedName, *span, format!("`{id}` is a word of the language"))
                    .help("call the draw something else"),
            );
            continue;
        }
        let constant_only = !EXPRESSIVE.contains(&distribution.family.text.as_str());
        let mut constant_scope = Scope::new(super::scope::Place::Constant("this distribution"));
        let used = if constant_only { &mut constant_scope } else { &mut *scope };
        let wanted = Wanted { kind: None, range: None, scope: used, repaired: true };
        if let Some((distribution, kind)) = distributions::check(typing, tables, distribution, wanted) {
            all.push((id.clone(), distribution, kind));
        }
    }
    all
}

/// `{actor}` and `{target}` are all that a label knows.
fn placeholders(
    typing: &mut Typing,
    text: &str,
    span: Span,
    opportunity: &raw::Opportunity,
    own_target: Option<&Name>,
) {
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let after = &rest[open + 1..];
        let Some(close) = after.find('}') else {
            typing.report(
                Diagnostic::new(Code::UnknownPlaceholder, span, "a `{` without its `}`")
                    .help("write `{actor}` or `{target}`"),
            );
            return;
        };
        let word = &after[..close];
        let known = match word {
            "actor" => opportunity.actor.is_some(),
            "target" => opportunity.target.is_some() || own_target.is_some(),
            _ => false,
        };
        if !known {
            let message = if word == "actor" || word == "target" {
                format!("there is no {word} here for `{{{word}}}` to stand for")
            } else {
                format!("a text knows `{{actor}}` and `{{target}}`, not `{{{word}}}`")
            };
            let help = if is_name(word) && word != "actor" && word != "target" {
                "write `{actor}`"
            } else {
                "delete it, or give the rule an actor and a target"
            };
            typing.report(Diagnostic::new(Code::UnknownPlaceholder, span, message).help(help));
        }
        rest = &after[close + 1..];
    }
}

/// A measure, query or outcome: an expression that sees everything.
pub(super) fn reading(
    typing: &mut Typing,
    expression: &Expression,
    place: super::scope::Place,
    wanted: Option<Type>,
    what: &str,
) -> Option<Typed> {
    let mut scope = Scope::new(place);
    let typed = match wanted {
        Some(kind) => typing.expect(expression, &mut scope, kind, what),
        None => typing.expression(expression, &mut scope, None),
    };
    (!typed.is_wrong()).then_some(typed)
}
