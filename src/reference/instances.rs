//! Everything that can happen, one by one, with the addresses of its draws: templates written out over their instances.

use std::collections::BTreeMap;

use crate::model::{
    Choice, ChoiceOption, Distribution, Draw, Event, EventSource, Instance, Model, Opportunity, RecordedEvent, Rule,
};
use crate::random::Site;

/// One row of [`Model::events`]. Rows stand in the order of id, actor, target: comparing two indices compares these.
#[derive(Debug)]
pub(super) struct EventInstance<'m> {
    /// The rule's or option's happening.
    pub(super) happening: usize,
    pub(super) instance_index: usize,
    pub(super) instance: Instance,
    pub(super) event: &'m Event,
    /// Of an option's event: happening and instance index of the choice that it decides.
    pub(super) decision: Option<(usize, usize)>,
    /// Of an option's event: its guard.
    pub(super) option: Option<&'m ChoiceOption>,
    /// Which opening leads to it; `None` if none can.
    pub(super) opening: Option<usize>,
    /// One site per draw.
    pub(super) draw_sites: Vec<Site>,
    /// For each later entry one site per draw.
    pub(super) later_sites: Vec<Vec<Site>>,
}

/// One instance of a rule or a choice: something that may happen in each step.
#[derive(Debug)]
pub(super) struct Opening<'m> {
    pub(super) opportunity: &'m Opportunity,
    pub(super) happening: usize,
    pub(super) instance_index: usize,
    pub(super) instance: Instance,
    pub(super) actor_group: Option<usize>,
    pub(super) target_group: Option<usize>,
    /// Where its rate or chance is drawn: `rules.ID(..)` or `choices.ID(..)#when`.
    pub(super) site: Site,
    pub(super) leads_to: LeadsTo<'m>,
}

/// What an opening leads to when it comes about.
#[derive(Debug)]
pub(super) enum LeadsTo<'m> {
    /// The event of a rule.
    Event {
        /// Its row in [`Model::events`].
        event: usize,
        /// Number of its `exclusive` text: at most one event of a number happens in a step.
        exclusive: Option<usize>,
    },
    /// A pick among options.
    Options {
        choice: &'m Choice,
        /// Where the pick is drawn: `choices.ID(..)`.
        pick_site: Site,
        /// In byte order of option ids, then by target.
        options: Vec<OptionCandidate<'m>>,
    },
}

/// One option that may be picked.
#[derive(Clone, Copy, Debug)]
pub(super) struct OptionCandidate<'m> {
    pub(super) option: &'m ChoiceOption,
    /// Its row in [`Model::events`].
    pub(super) event: usize,
    pub(super) instance: Instance,
}

/// All rows of [`Model::events`], without the openings that lead to them.
pub(super) fn event_instances(model: &Model) -> Vec<EventInstance<'_>> {
    let row = |recorded: &RecordedEvent| {
        let instance = recorded.instance;
        let brackets = model.instance_text(instance);
        let (owner, event, option, decision) = match model.happenings[recorded.happening].source {
            EventSource::Rule(rule) => {
                let rule = &model.rules[rule];
                (format!("rules.{}", rule.id), &rule.event, None, None)
            }
            EventSource::Option { choice, option } => {
                let (choice, option) = (&model.choices[choice], &model.choices[choice].options[option]);
                let found = option.instances.binary_search_by_key(&instance, |candidate| candidate.instance).ok();
                let decision = found.map(|found| option.instances[found]);
                let of_choice = happening_named(model, &choice.id);
                let decision = of_choice.zip(decision).map(|(happening, found)| (happening, found.choice_instance));
                (format!("choices.{}.{}", choice.id, option.id), &option.event, Some(option), decision)
            }
            // Decisions as such are no rows of the table.
            EventSource::Choice(_) => return None,
        };
        let later_sites = event
            .later
            .iter()
            .map(|later| draw_sites(model, &later.draws, &format!("{owner}.later.{}({brackets})", later.id)));
        Some(EventInstance {
            happening: recorded.happening,
            instance_index: recorded.instance_index,
            instance,
            event,
            decision,
            option,
            opening: None,
            draw_sites: draw_sites(model, &event.draws, &format!("{owner}({brackets})")),
            later_sites: later_sites.collect(),
        })
    };
    model.events.iter().filter_map(row).collect()
}

fn happening_named(model: &Model, id: &str) -> Option<usize> {
    model.happenings.iter().position(|happening| happening.id == id)
}

fn draw_sites(model: &Model, draws: &[Draw], event_site: &str) -> Vec<Site> {
    let site = |draw: &Draw| match &draw.distribution {
        Distribution::Empirical { file, .. } => Site::named(&format!("{event_site}#file({})", model.files[*file].path)),
        _ => Site::named(&format!("{event_site}#{}", draw.id)),
    };
    draws.iter().map(site).collect()
}

/// All instances of rules, then of choices, that are not disabled; tells each event which opening leads to it.
pub(super) fn openings<'m>(model: &'m Model, events: &mut [EventInstance<'m>]) -> Vec<Opening<'m>> {
    let rows: BTreeMap<(usize, usize), usize> =
        events.iter().enumerate().map(|(row, event)| ((event.happening, event.instance_index), row)).collect();
    let mut exclusive_texts = BTreeMap::new();
    let mut openings = Vec::new();
    for (happening, named) in model.happenings.iter().enumerate() {
        if let EventSource::Rule(rule) = named.source {
            let rule = &model.rules[rule];
            for (instance_index, &instance) in named.instances.iter().enumerate() {
                if let Some(&event) = rows.get(&(happening, instance_index)) {
                    let exclusive = exclusive_number(model, rule, instance, &mut exclusive_texts);
                    openings.push(Opening {
                        opportunity: &rule.opportunity,
                        happening,
                        instance_index,
                        instance,
                        actor_group: rule.actor_group,
                        target_group: rule.target_group,
                        site: Site::named(&format!("rules.{}({})", rule.id, model.instance_text(instance))),
                        leads_to: LeadsTo::Event { event, exclusive },
                    });
                }
            }
        }
    }
    for (happening, named) in model.happenings.iter().enumerate() {
        if let EventSource::Choice(choice) = named.source {
            let choice = &model.choices[choice];
            let mut candidates = option_candidates(model, choice, &rows);
            for (instance_index, &instance) in named.instances.iter().enumerate() {
                let text = model.instance_text(instance);
                openings.push(Opening {
                    opportunity: &choice.opportunity,
                    happening,
                    instance_index,
                    instance,
                    actor_group: choice.actor_group,
                    target_group: choice.target_group,
                    site: Site::named(&format!("choices.{}({text})#when", choice.id)),
                    leads_to: LeadsTo::Options {
                        choice,
                        pick_site: Site::named(&format!("choices.{}({text})", choice.id)),
                        options: candidates.get_mut(instance_index).map(std::mem::take).unwrap_or_default(),
                    },
                });
            }
        }
    }
    for (index, opening) in openings.iter().enumerate() {
        match &opening.leads_to {
            LeadsTo::Event { event, .. } => events[*event].opening = Some(index),
            LeadsTo::Options { options, .. } => {
                for candidate in options {
                    events[candidate.event].opening = Some(index);
                }
            }
        }
    }
    openings
}

/// For each instance of a choice its options.
fn option_candidates<'m>(
    model: &Model,
    choice: &'m Choice,
    rows: &BTreeMap<(usize, usize), usize>,
) -> Vec<Vec<OptionCandidate<'m>>> {
    let mut candidates = vec![Vec::new(); choice.instances.len()];
    for option in &choice.options {
        let Some(happening) = happening_named(model, &format!("{}.{}", choice.id, option.id)) else { continue };
        for candidate in &option.instances {
            let instance = candidate.instance;
            let index = model.happenings[happening].instances.binary_search(&instance).ok();
            let row = index.and_then(|instance_index| rows.get(&(happening, instance_index)));
            if let Some(&event) = row {
                candidates[candidate.choice_instance].push(OptionCandidate { option, event, instance });
            }
        }
    }
    candidates
}

/// The number of a rule instance's `exclusive` text, with `{actor}` and `{target}` replaced by ids.
fn exclusive_number(
    model: &Model,
    rule: &Rule,
    instance: Instance,
    texts: &mut BTreeMap<String, usize>,
) -> Option<usize> {
    let id = |actor: Option<usize>| actor.map_or("", |actor| model.actors[actor].id.as_str());
    let text = rule.exclusive.as_ref()?.replace("{actor}", id(instance.actor)).replace("{target}", id(instance.target));
    let next = texts.len();
    Some(*texts.entry(text).or_insert(next))
}
