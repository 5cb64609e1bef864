//! Who can ever be a member of which group: found before anything else, because templates have an instance for each potential member.

use super::effects::named;
use super::raw::Raw;
use super::symbols::{Symbol, Symbols};
use crate::model::ActorIndex;
use crate::scenario::expression::ast::{Action, Effect, Name};

/// The effects of one template with what `actor` and `target` name.
struct Acting<'a> {
    actor: Option<&'a Name>,
    target: Option<&'a Name>,
    effects: Vec<&'a Effect>,
}

/// Adds to every group whom a `join` can name, and marks groups that some effect changes. Repeats until nothing changes,
/// because whom `actor` can name depends on who can join.
pub(super) fn extend(raw: &Raw, symbols: &mut Symbols) {
    let acting = acting(raw);
    loop {
        let mut changed = false;
        for template in &acting {
            for effect in &template.effects {
                let (group, actor, joins) = match &effect.action {
                    Action::Join { group, actor } => (group, actor, true),
                    Action::Leave { group, actor } => (group, actor, false),
                    _ => continue,
                };
                let Some(Symbol::Group(group)) = symbols.find(&group.text) else { continue };
                let who = named(actor).map_or_else(Vec::new, |name| possible(name, template, effect, symbols));
                if joins {
                    changed |= !symbols.groups[group].changes;
                    symbols.groups[group].changes = true;
                    for actor in who {
                        changed |= symbols.groups[group].potential.insert(actor);
                    }
                } else if group == symbols.everybody {
                    for index in 0..symbols.groups.len() {
                        let touched = who.iter().any(|actor| symbols.groups[index].potential.contains(actor));
                        changed |= touched && !symbols.groups[index].changes;
                        symbols.groups[index].changes |= touched;
                    }
                } else {
                    changed |= !symbols.groups[group].changes;
                    symbols.groups[group].changes = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

fn possible(name: &str, template: &Acting, effect: &Effect, symbols: &Symbols) -> Vec<ActorIndex> {
    let of = |name: Option<&Name>| {
        name.and_then(|name| symbols.who(name).ok()).map_or_else(Vec::new, |who| symbols.members(who))
    };
    if let Some(each) = &effect.each
        && each.variable.text == name
    {
        return of(Some(&each.group));
    }
    match name {
        "actor" => of(template.actor),
        "target" => of(template.target),
        _ => match symbols.find(name) {
            Some(Symbol::Actor(actor)) => vec![actor],
            _ => Vec::new(),
        },
    }
}

fn acting(raw: &Raw) -> Vec<Acting<'_>> {
    let mut all = Vec::new();
    for rule in raw.rules.values() {
        let mut effects: Vec<&Effect> = rule.event.effects.iter().collect();
        effects.extend(rule.event.later.values().flat_map(|later| &later.effects));
        all.push(Acting { actor: rule.opportunity.actor.as_ref(), target: rule.opportunity.target.as_ref(), effects });
    }
    for choice in raw.choices.values() {
        for option in choice.options.values() {
            let mut effects: Vec<&Effect> = option.event.effects.iter().collect();
            effects.extend(option.event.later.values().flat_map(|later| &later.effects));
            let target = option.target.as_ref().or(choice.opportunity.target.as_ref());
            all.push(Acting { actor: choice.opportunity.actor.as_ref(), target, effects });
        }
    }
    all
}
