//! The checked model from its typed parts.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::content::{
    Content, ParameterSource as TypedSource, TypedEvent, TypedKind, TypedOpportunity, TypedStart, TypedTiming,
    TypedWeighing,
};
use super::definitions::Specialised;
use super::fixed;
use super::lower::{self, HappeningIndex};
use super::raw::Raw;
use super::symbols::{CellInfo, Symbols, Who};
use super::typed::Type;
use crate::math;
use crate::model::{
    Actor, Attribute, Cell, CellOwner, Choice, ChoiceOption, Clock, DataFile, Definition, Draw, Event, EventSource,
    Expression, Flow, Group, HalfLife, Happening, Instance, Later, Measure, Model, Notes, Opportunity, Outcome,
    PairCells, Parameter, ParameterSource, Quantity, Query, RecordedEvent, Relation, Rule, ScenarioStart, Start,
    StateVariable, Timing, Weighing,
};

/// First step that ends at or after a day (with the slack), at least 1.
pub(super) fn step_at(model: &Model, day: f64) -> u64 {
    let target = day - model.slack_days();
    let mut step = ((target / model.step_days).floor().max(0.0) as u64).max(1);
    while step > 1 && model.day_of_step(step - 1) >= target {
        step -= 1;
    }
    while model.day_of_step(step) < target {
        step += 1;
    }
    step
}

/// What comes from outside the tables of content.
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) notes: Notes,
    pub(super) start: Option<ScenarioStart>,
    pub(super) step_days: f64,
    pub(super) n_steps: u64,
    pub(super) files: Vec<DataFile>,
    pub(super) fingerprint: String,
}

/// Builds the model. History comes later, because it needs the happenings. `written`: [`super::fixed::Fixed::written_pairs`].
pub(super) fn assemble(
    raw: &Raw,
    symbols: &Symbols,
    content: &Content,
    specialised: &[Specialised],
    cells: &Cells,
    written: &[Vec<bool>],
    frame: Frame,
) -> Model {
    let (happenings, events) = happenings(content);
    let index: HappeningIndex = happenings.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    let mut all_cells = Vec::new();
    let attributes = attributes(raw, symbols, content, cells, &index, &mut all_cells);
    let relations = relations(raw, symbols, content, cells, written, &index, &mut all_cells);
    let state = state(raw, symbols, content, cells, &index, &mut all_cells);
    let lower = |typed| lower::expression(typed, &index);
    Model {
        title: frame.title,
        notes: frame.notes,
        start: frame.start,
        step_days: frame.step_days,
        n_steps: frame.n_steps,
        actors: actors(raw, symbols),
        groups: symbols
            .groups
            .iter()
            .map(|group| Group {
                id: group.id.clone(),
                members: group.members.clone(),
                potential: group.potential.iter().copied().collect(),
                changes: group.changes,
            })
            .collect(),
        everybody: symbols.everybody,
        clocks: raw.clocks.iter().map(|(id, (_, notes))| Clock { id: id.clone(), notes: notes.clone() }).collect(),
        parameters: content
            .parameters
            .iter()
            .zip(raw.parameters.values())
            .map(|(typed, written)| Parameter {
                id: typed.id.clone(),
                quantity: quantity(typed.kind, symbols),
                range: typed.range,
                source: match &typed.source {
                    TypedSource::Value(value) => ParameterSource::Value(lower(value)),
                    TypedSource::Prior(prior) => ParameterSource::Prior(lower::distribution(prior, &index)),
                    TypedSource::Open => {
                        ParameterSource::Value(Expression::Constant(typed.range.map_or(0.0, |(low, _)| low)))
                    }
                },
                notes: written.notes.clone(),
            })
            .collect(),
        parameter_order: content.parameter_order.clone(),
        attributes,
        relations,
        state,
        cells: all_cells,
        definitions: specialised
            .iter()
            .filter_map(|one| {
                let (id, written) = raw.definitions.iter().nth(one.definition)?;
                Some(Definition {
                    id: id.clone(),
                    n_arguments: one.arguments.len(),
                    quantity: quantity(one.body.kind, symbols),
                    value: lower(&one.body),
                    notes: written.notes.clone(),
                })
            })
            .collect(),
        rules: content
            .rules
            .iter()
            .map(|rule| Rule {
                id: rule.id.clone(),
                opportunity: opportunity(&rule.opportunity, &index),
                exclusive: rule.exclusive.clone(),
                event: event(&rule.event, &index),
                instances: rule.instances.clone(),
                actor_group: group_of(rule.opportunity.actor),
                target_group: group_of(rule.opportunity.target),
            })
            .collect(),
        choices: choices(content, &index),
        flows: content
            .flows
            .iter()
            .map(|flow| Flow {
                id: flow.id.clone(),
                when: flow.when.as_ref().map(lower),
                effects: lower::effects(&flow.effects, &index),
                enabled: flow.enabled,
                instances: flow.instances.clone(),
                actor_group: group_of(flow.actor),
                target_group: group_of(flow.target),
            })
            .collect(),
        happenings,
        events,
        measures: content
            .measures
            .iter()
            .map(|measure| Measure {
                id: measure.id.clone(),
                value: lower(&measure.value),
                boolean: measure.value.kind == Type::Boolean,
                range: measure.range.or((measure.value.kind == Type::Boolean).then_some((0.0, 1.0))),
                notes: measure.notes.clone(),
            })
            .collect(),
        queries: content
            .queries
            .iter()
            .map(|query| Query {
                id: query.id.clone(),
                when: lower(&query.when),
                given: query.given.as_ref().map(lower),
                given_text: query.given_text.clone(),
                expect: query.expect,
                notes: query.notes.clone(),
            })
            .collect(),
        outcomes: content
            .outcomes
            .iter()
            .map(|outcome| Outcome {
                id: outcome.id.clone(),
                label: outcome.label.clone().unwrap_or_else(|| outcome.id.clone()),
                when: outcome.when.as_ref().map(lower),
                notes: outcome.notes.clone(),
            })
            .collect(),
        history: None,
        files: frame.files,
        guard_terms: guard_terms(content),
        fingerprint: frame.fingerprint,
    }
}

fn guard_terms(content: &Content) -> BTreeMap<String, Vec<String>> {
    let rules = content.rules.iter().map(|rule| (&rule.id, &rule.opportunity));
    let choices = content.choices.iter().map(|choice| (&choice.id, &choice.opportunity));
    rules.chain(choices).map(|(id, opportunity)| (id.clone(), opportunity.terms.clone())).collect()
}

fn quantity(kind: Type, symbols: &Symbols) -> Quantity {
    match kind {
        Type::Boolean => Quantity::Boolean,
        Type::Duration => Quantity::Duration,
        Type::Rate => Quantity::Rate,
        Type::Date => Quantity::Date,
        Type::Enumeration(owner) => Quantity::Enumeration(symbols.values(owner).to_vec()),
        Type::Number | Type::Wrong => Quantity::Number,
    }
}

fn group_of(who: Option<Who>) -> Option<usize> {
    match who {
        Some(Who::Group(group)) => Some(group),
        _ => None,
    }
}

fn actors(raw: &Raw, symbols: &Symbols) -> Vec<Actor> {
    symbols
        .actors
        .iter()
        .map(|id| {
            let written = raw.actors.get(id);
            Actor {
                id: id.clone(),
                name: written.and_then(|actor| actor.name.clone()).unwrap_or_else(|| id.clone()),
                notes: written.map(|actor| actor.notes.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

fn half_life(kind: &TypedKind, index: &HappeningIndex) -> Option<HalfLife> {
    kind.half_life.as_ref().map(|duration| HalfLife {
        duration: lower::expression(duration, index),
        rest: kind.rest.as_ref().map(|rest| lower::expression(rest, index)),
    })
}

fn start(typed: &TypedStart, site: impl FnOnce() -> String, index: &HappeningIndex) -> Start {
    match typed {
        TypedStart::Value(value) => Start::Value(lower::expression(value, index)),
        TypedStart::Drawn(distribution) => {
            Start::Drawn { distribution: lower::distribution(distribution, index), site: site() }
        }
    }
}

fn attributes(
    raw: &Raw,
    symbols: &Symbols,
    content: &Content,
    cells: &Cells,
    index: &HappeningIndex,
    all: &mut Vec<Cell>,
) -> Vec<Attribute> {
    let infos = symbols.attributes.iter().zip(raw.attributes.values()).zip(&content.attributes).zip(&cells.attributes);
    infos
        .enumerate()
        .map(|(attribute, (((info, written), kind), starts))| Attribute {
            id: info.id.clone(),
            quantity: quantity(info.kind, symbols),
            range: info.range,
            half_life: half_life(kind, index),
            cells: starts
                .iter()
                .enumerate()
                .map(|(actor, typed)| {
                    let typed = typed.as_ref()?;
                    let site = || format!("attributes.{}({})", info.id, symbols.actors[actor]);
                    all.push(Cell {
                        owner: CellOwner::Attribute { attribute, actor },
                        start: start(typed, site, index),
                    });
                    Some(all.len() - 1)
                })
                .collect(),
            private: written.private,
            notes: written.notes.clone(),
        })
        .collect()
}

fn relations(
    raw: &Raw,
    symbols: &Symbols,
    content: &Content,
    cells: &Cells,
    written: &[Vec<bool>],
    index: &HappeningIndex,
    all: &mut Vec<Cell>,
) -> Vec<Relation> {
    let n_actors = symbols.actors.len();
    let infos: Vec<(&CellInfo, &super::raw::CellKind)> = symbols.relations.iter().zip(raw.relations.values()).collect();
    infos
        .iter()
        .enumerate()
        .map(|(relation, (info, written_of))| {
            // Whatever starts like all the others and stays so needs no cell.
            let default = &cells.relation_defaults[relation];
            let elsewhere = fixed::literal(default).filter(|_| content.relations[relation].rest.is_none());
            let is_written = |from: usize, to: usize| written[relation].get(from * n_actors + to) == Some(&true);
            let mut lookup = Vec::new();
            for from in 0..n_actors {
                for to in 0..n_actors {
                    if from == to || (written_of.symmetric && to < from) {
                        continue;
                    }
                    let said = cells.relations[relation].get(&(from, to));
                    let is_written = is_written(from, to) || (written_of.symmetric && is_written(to, from));
                    if said.is_none() && !is_written && elsewhere.is_some() {
                        continue;
                    }
                    let typed = said.unwrap_or(default);
                    let site = || format!("relations.{}({},{})", info.id, symbols.actors[from], symbols.actors[to]);
                    all.push(Cell {
                        owner: CellOwner::Relation { relation, from, to },
                        start: start(typed, site, index),
                    });
                    lookup.push(((from, to), all.len() - 1));
                    if written_of.symmetric {
                        lookup.push(((to, from), all.len() - 1));
                    }
                }
            }
            Relation {
                id: info.id.clone(),
                quantity: quantity(info.kind, symbols),
                range: info.range,
                half_life: half_life(&content.relations[relation], index),
                symmetric: written_of.symmetric,
                cells: PairCells::new(n_actors, lookup),
                elsewhere: elsewhere.map_or(0.0, |value| clamped(value, info.range)),
                notes: written_of.notes.clone(),
            }
        })
        .collect()
}

fn clamped(value: f64, range: Option<(f64, f64)>) -> f64 {
    range.map_or(value, |(low, high)| math::clamp(value, low, high))
}

fn state(
    raw: &Raw,
    symbols: &Symbols,
    content: &Content,
    cells: &Cells,
    index: &HappeningIndex,
    all: &mut Vec<Cell>,
) -> Vec<StateVariable> {
    symbols
        .state
        .iter()
        .zip(raw.state.values())
        .enumerate()
        .map(|(state, (info, written))| {
            let site = || format!("state.{}", info.id);
            all.push(Cell { owner: CellOwner::State { state }, start: start(&cells.state[state], site, index) });
            StateVariable {
                id: info.id.clone(),
                quantity: quantity(info.kind, symbols),
                range: info.range,
                half_life: half_life(&content.state[state], index),
                cell: all.len() - 1,
                notes: written.notes.clone(),
            }
        })
        .collect()
}

fn opportunity(typed: &TypedOpportunity, index: &HappeningIndex) -> Opportunity {
    let lower = |typed| lower::expression(typed, index);
    Opportunity {
        when: typed.when.as_ref().map(lower),
        timing: match &typed.timing {
            TypedTiming::AtOnce => Timing::AtOnce,
            TypedTiming::Chance(chance) => Timing::Chance(lower(chance)),
            TypedTiming::Rate(rate) => Timing::Rate(lower(rate)),
        },
        every: typed.every.as_ref().map(lower),
        cooldown: typed.cooldown.as_ref().map(lower),
        limit: typed.limit,
        enabled: typed.enabled,
    }
}

fn draws(typed: &[(String, super::distributions::TypedDistribution)], index: &HappeningIndex) -> Vec<Draw> {
    typed
        .iter()
        .map(|(id, distribution)| Draw { id: id.clone(), distribution: lower::distribution(distribution, index) })
        .collect()
}

fn event(typed: &TypedEvent, index: &HappeningIndex) -> Event {
    Event {
        ladder: typed.ladder,
        cameo: typed.cameo.clone(),
        label: typed.label.clone(),
        draws: draws(&typed.draws, index),
        effects: lower::effects(&typed.effects, index),
        later: typed
            .later
            .iter()
            .map(|later| Later {
                id: later.id.clone(),
                after: lower::expression(&later.after, index),
                when: later.when.as_ref().map(|when| lower::expression(when, index)),
                draws: draws(&later.draws, index),
                effects: lower::effects(&later.effects, index),
            })
            .collect(),
        notes: typed.notes.clone(),
    }
}

fn choices(content: &Content, index: &HappeningIndex) -> Vec<Choice> {
    content
        .choices
        .iter()
        .map(|choice| Choice {
            id: choice.id.clone(),
            opportunity: opportunity(&choice.opportunity, index),
            precision: choice.precision.as_ref().map(|value| lower::expression(value, index)),
            notes: choice.notes.clone(),
            options: choice
                .options
                .iter()
                .map(|option| ChoiceOption {
                    id: option.id.clone(),
                    when: option.when.as_ref().map(|when| lower::expression(when, index)),
                    weighing: match &option.weighing {
                        TypedWeighing::Utility(value) => Weighing::Utility(lower::expression(value, index)),
                        TypedWeighing::Weight(value) => Weighing::Weight(lower::expression(value, index)),
                    },
                    enabled: option.enabled,
                    event: event(&option.event, index),
                    target_group: group_of(option.target),
                    instances: option.instances.clone(),
                })
                .collect(),
            instances: choice.instances.clone(),
            actor_group: group_of(choice.opportunity.actor),
            target_group: group_of(choice.opportunity.target),
        })
        .collect()
}

/// Everything that `fired` can name, and the rows of the event tables.
fn happenings(content: &Content) -> (Vec<Happening>, Vec<RecordedEvent>) {
    let mut all = Vec::new();
    for (index, rule) in content.rules.iter().enumerate() {
        all.push(Happening {
            id: rule.id.clone(),
            source: EventSource::Rule(index),
            instances: rule.instances.clone(),
        });
    }
    for (index, choice) in content.choices.iter().enumerate() {
        all.push(Happening {
            id: choice.id.clone(),
            source: EventSource::Choice(index),
            instances: choice.instances.clone(),
        });
        for (option_index, option) in choice.options.iter().enumerate() {
            let mut instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            instances.sort_unstable();
            instances.dedup();
            all.push(Happening {
                id: format!("{}.{}", choice.id, option.id),
                source: EventSource::Option { choice: index, option: option_index },
                instances,
            });
        }
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let mut events = Vec::new();
    for (happening, one) in all.iter().enumerate() {
        if !matches!(one.source, EventSource::Choice(_)) {
            for (instance_index, &instance) in one.instances.iter().enumerate() {
                events.push(RecordedEvent { happening, instance_index, instance });
            }
        }
    }
    (all, events)
}
