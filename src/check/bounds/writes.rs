//! Who writes which cell.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::content::{Content, TypedAct, TypedEffect, TypedEvent, TypedLater, TypedOpportunity, TypedPlace};
use crate::check::distributions::TypedDistribution;
use crate::check::symbols::Symbols;
use crate::check::typed::Typed;
use crate::model::{ActorIndex, ActorTerm, Instance, Model};

/// Whose effect it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Source {
    Rule(usize),
    /// Of a choice (first) its option.
    Option(usize, usize),
    Flow(usize),
}

/// One effect of a template.
pub(in crate::check) struct Write<'a> {
    pub(in crate::check) source: Source,
    pub(in crate::check) effect: &'a TypedEffect,
    /// The draws that it can read.
    pub(in crate::check) draws: &'a [(String, TypedDistribution)],
    /// The later entry that it belongs to.
    pub(in crate::check) later: Option<&'a TypedLater>,
    /// How often an instance can carry it out in a run.
    pub(in crate::check) most: f64,
}

/// All effects of what is not disabled, and the cells that each writes.
pub(in crate::check) struct Writes<'a> {
    pub(in crate::check) all: Vec<Write<'a>>,
    /// For each cell: which effects, and how many instances of each.
    pub(in crate::check) by_cell: BTreeMap<usize, Vec<(usize, u32)>>,
}

impl Writes<'_> {
    /// The effects that write a cell.
    pub(in crate::check) fn of(&self, cell: usize) -> &[(usize, u32)] {
        self.by_cell.get(&cell).map_or(&[], Vec::as_slice)
    }
}

/// How often an instance can fire in a run.
fn most(opportunity: &TypedOpportunity, model: &Model) -> f64 {
    let horizon = model.day_of_step(model.n_steps);
    let rhythm = |gap: &Option<Typed>| {
        gap.as_ref()
            .and_then(Typed::literal)
            .filter(|days| *days > model.step_days)
            .map_or(f64::MAX, |days| (horizon / days).floor() + 1.0)
    };
    let limit = opportunity.limit.map_or(f64::MAX, f64::from);
    // What is on record asks for no opportunity.
    let recorded = model.history.as_ref().map_or(0.0, |history| history.events.len() as f64);
    let opportunities = limit.min(rhythm(&opportunity.every)).min(rhythm(&opportunity.cooldown));
    (model.n_steps as f64).min(opportunities + recorded)
}

/// Finds every effect and the cells it can write. Filters and conditions are not looked at.
pub(super) fn index<'a>(
    content: &'a Content,
    symbols: &Symbols,
    model: &Model,
    switched_off: &BTreeSet<String>,
) -> Writes<'a> {
    let is_on = |id: &str, enabled: bool| enabled || switched_off.contains(id);
    let mut writes = Writes { all: Vec::new(), by_cell: BTreeMap::new() };
    let mut add = Indexer { writes: &mut writes, symbols, model };
    for (index, rule) in content.rules.iter().enumerate().filter(|(_, rule)| is_on(&rule.id, rule.opportunity.enabled))
    {
        add.event(Source::Rule(index), &rule.event, &rule.instances, most(&rule.opportunity, model));
    }
    for (index, choice) in
        content.choices.iter().enumerate().filter(|(_, choice)| is_on(&choice.id, choice.opportunity.enabled))
    {
        for (option_index, option) in choice
            .options
            .iter()
            .enumerate()
            .filter(|(_, option)| is_on(&format!("{}.{}", choice.id, option.id), option.enabled))
        {
            let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            let source = Source::Option(index, option_index);
            add.event(source, &option.event, &instances, most(&choice.opportunity, model));
        }
    }
    for (index, flow) in content.flows.iter().enumerate().filter(|(_, flow)| is_on(&flow.id, flow.enabled)) {
        // A flow adds its rate times the step, every step: the rate times the horizon at most.
        let most = model.day_of_step(model.n_steps);
        for effect in &flow.effects {
            add.effect(Write { source: Source::Flow(index), effect, draws: &[], later: None, most }, &flow.instances);
        }
    }
    writes
}

struct Indexer<'w, 'a, 's> {
    writes: &'w mut Writes<'a>,
    symbols: &'s Symbols,
    model: &'s Model,
}

impl<'a> Indexer<'_, 'a, '_> {
    fn event(&mut self, source: Source, event: &'a TypedEvent, instances: &[Instance], most: f64) {
        for effect in &event.effects {
            self.effect(Write { source, effect, draws: &event.draws, later: None, most }, instances);
        }
        for later in &event.later {
            for effect in &later.effects {
                self.effect(Write { source, effect, draws: &later.draws, later: Some(later), most }, instances);
            }
        }
    }

    fn effect(&mut self, write: Write<'a>, instances: &[Instance]) {
        let effect = write.effect;
        let at = self.writes.all.len();
        self.writes.all.push(write);
        let place = match &effect.act {
            TypedAct::Assign(place, ..) | TypedAct::Increase(place, ..) => *place,
            _ => return,
        };
        let nobody = [None];
        let members: Vec<Option<ActorIndex>> = match &effect.each {
            Some(each) => self.symbols.groups[each.group].potential.iter().copied().map(Some).collect(),
            None => nobody.to_vec(),
        };
        let slot = effect.each.as_ref().map_or(usize::MAX, |each| each.slot);
        if let TypedPlace::State(state) = place {
            let number = instances.len().saturating_mul(members.len());
            self.note(self.model.state[state].cell, at, u32::try_from(number).unwrap_or(u32::MAX));
            return;
        }
        for instance in instances {
            for member in &members {
                let actor = |term: ActorTerm| match term {
                    ActorTerm::Actor(actor) => Some(actor),
                    ActorTerm::Slot(0) => instance.actor,
                    ActorTerm::Slot(1) => instance.target,
                    ActorTerm::Slot(other) if other == slot => *member,
                    ActorTerm::Slot(_) => None,
                };
                if let Some(cell) = cell_of(place, self.model, actor) {
                    self.note(cell, at, 1);
                }
            }
        }
    }

    fn note(&mut self, cell: usize, write: usize, number: u32) {
        if number == 0 {
            return;
        }
        let all = self.writes.by_cell.entry(cell).or_default();
        match all.last_mut() {
            Some((last, count)) if *last == write => *count = count.saturating_add(number),
            _ => all.push((write, number)),
        }
    }
}

/// The cell of a place.
pub(in crate::check) fn cell_of(
    place: TypedPlace,
    model: &Model,
    actor: impl Fn(ActorTerm) -> Option<ActorIndex>,
) -> Option<usize> {
    match place {
        TypedPlace::State(state) => Some(model.state[state].cell),
        TypedPlace::Attribute { attribute, holder } => {
            model.attributes[attribute].cells.get(actor(holder)?).copied()?
        }
        TypedPlace::Relation { relation, from, to } => model.relations[relation].cells.get(actor(from)?, actor(to)?),
    }
}
