//! What is the same in every run: places that no effect writes and that start with a literal, and what these decide (LANGUAGE 8). An instance
//! whose guard is so decided to be false takes no memory and no time, and a pair that only ever starts as all pairs do has no cell.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use super::content::{Content, Frame, TypedAct, TypedEffect, TypedEvent, TypedKind, TypedPlace, TypedStart};
use super::definitions::Specialised;
use super::symbols::Symbols;
use super::typed::{Node, Operator, Type, Typed, TypedArgument};
use crate::math;
use crate::model::{ActorIndex, ActorTerm, Comparison, Instance};

/// The values of one relation that nothing writes.
struct FixedPairs {
    /// Pairs of which something is said.
    said: BTreeMap<(ActorIndex, ActorIndex), Option<f64>>,
    /// All others.
    elsewhere: Option<f64>,
    symmetric: bool,
}

/// Values that never change. `None` is not known before the run.
pub(super) struct Fixed<'a> {
    symbols: &'a Symbols,
    specialised: &'a [Specialised],
    attributes: Vec<Option<Vec<Option<f64>>>>,
    relations: Vec<Option<FixedPairs>>,
    state: Vec<Option<f64>>,
    /// False: nothing is looked for, since a record may make happen what no guard allows.
    pub(super) drops: bool,
}

/// The literal that a start is.
pub(super) fn literal(start: &TypedStart) -> Option<f64> {
    match start {
        TypedStart::Value(value) => value.literal(),
        TypedStart::Drawn(_) => None,
    }
}

impl<'a> Fixed<'a> {
    /// Finds them. `symmetric`: for each relation.
    pub(super) fn new(
        symbols: &'a Symbols,
        specialised: &'a [Specialised],
        content: &Content,
        cells: &Cells,
        symmetric: &[bool],
        drops: bool,
    ) -> Self {
        let written = written(content);
        let kept = |kind: &TypedKind| kind.rest.is_none();
        let attributes = cells.attributes.iter().zip(&content.attributes).enumerate().map(|(index, (starts, kind))| {
            (kept(kind) && !written.contains(&(0, index)))
                .then(|| starts.iter().map(|start| start.as_ref().and_then(literal)).collect())
        });
        let relations = cells.relations.iter().zip(&content.relations).enumerate().map(|(index, (starts, kind))| {
            (kept(kind) && !written.contains(&(1, index))).then(|| FixedPairs {
                said: starts.iter().map(|(pair, start)| (*pair, literal(start))).collect(),
                elsewhere: literal(&cells.relation_defaults[index]),
                symmetric: symmetric[index],
            })
        });
        let state = cells.state.iter().zip(&content.state).enumerate().map(|(index, (start, kind))| {
            if kept(kind) && !written.contains(&(2, index)) { literal(start) } else { None }
        });
        Fixed {
            symbols,
            specialised,
            attributes: attributes.collect(),
            relations: relations.collect(),
            state: state.collect(),
            drops,
        }
    }

    /// Is a condition false in every run for whoever stands in the slots?
    pub(super) fn is_never(&self, condition: Option<&Typed>, frame: &Frame) -> bool {
        condition.is_some_and(|condition| self.value(condition, frame) == Some(0.0))
    }

    /// The same of a guard; never where a record may pass guards by.
    pub(super) fn drops(&self, guard: Option<&Typed>, instance: Instance) -> bool {
        self.drops && self.is_never(guard, &vec![instance.actor, instance.target])
    }

    fn actor(term: ActorTerm, frame: &Frame) -> Option<ActorIndex> {
        match term {
            ActorTerm::Actor(actor) => Some(actor),
            ActorTerm::Slot(slot) => frame.get(slot).copied().flatten(),
        }
    }

    fn pair(&self, relation: usize, from: ActorIndex, to: ActorIndex) -> Option<f64> {
        let fixed = self.relations[relation].as_ref()?;
        let pair = if fixed.symmetric && to < from { (to, from) } else { (from, to) };
        if from == to { None } else { fixed.said.get(&pair).copied().unwrap_or(fixed.elsewhere) }
    }

    /// The value that an expression has in every run; of a condition 0 or 1. `None` where that is not known.
    fn value(&self, typed: &Typed, frame: &Frame) -> Option<f64> {
        let truth = |holds: bool| Some(f64::from(u8::from(holds)));
        match &typed.node {
            Node::Constant(value) => Some(*value),
            Node::State(state) => self.state[*state],
            Node::Attribute { attribute, holder } => {
                self.attributes[*attribute].as_ref()?.get(Self::actor(*holder, frame)?).copied().flatten()
            }
            Node::Relation { relation, from, to } => {
                self.pair(*relation, Self::actor(*from, frame)?, Self::actor(*to, frame)?)
            }
            Node::Definition { definition, arguments } => {
                let inner = arguments.iter().map(|argument| match argument {
                    TypedArgument::Actor(term) => Self::actor(*term, frame),
                    TypedArgument::Value(_) => None,
                });
                self.value(&self.specialised[*definition].body, &inner.collect())
            }
            Node::Negative(inner) => self.value(inner, frame).map(|value| -value),
            Node::Binary(operator, a, b) => {
                let (a, b) = (self.value(a, frame)?, self.value(b, frame)?);
                match operator {
                    Operator::Add => Some(math::add(a, b)),
                    Operator::Subtract => Some(math::subtract(a, b)),
                    Operator::Multiply => Some(math::multiply(a, b)),
                    Operator::Divide => Some(math::divide(a, b)),
                    Operator::Power => None,
                }
            }
            Node::Not(inner) => truth(self.value(inner, frame)? == 0.0),
            Node::And(parts) => self.until(parts, frame, false),
            Node::Or(parts) => self.until(parts, frame, true),
            Node::If(condition, then, otherwise) => {
                self.value(if self.value(condition, frame)? != 0.0 { then } else { otherwise }, frame)
            }
            // Times are compared with a slack that depends on the step.
            Node::Compare(comparison, a, b) if a.kind == Type::Number => {
                let (a, b) = (self.value(a, frame)?, self.value(b, frame)?);
                truth(match comparison {
                    Comparison::Less => a < b,
                    Comparison::LessOrEqual => a <= b,
                    Comparison::Greater => a > b,
                    Comparison::GreaterOrEqual => a >= b,
                    Comparison::Equal => a == b,
                    Comparison::NotEqual => a != b,
                })
            }
            Node::SameValue(a, b) => truth(self.value(a, frame)? == self.value(b, frame)?),
            Node::SameActor(a, b) => truth(Self::actor(*a, frame)? == Self::actor(*b, frame)?),
            Node::InGroup(actor, group) => {
                let group = &self.symbols.groups[*group];
                let actor = Self::actor(*actor, frame)?;
                if group.changes { None } else { truth(group.potential.contains(&actor)) }
            }
            _ => None,
        }
    }

    /// `or` if one part is true (`decided`), `and` if one is false; else known if all parts are.
    fn until(&self, parts: &[Typed], frame: &Frame, decided: bool) -> Option<f64> {
        let mut all_known = true;
        for part in parts {
            match self.value(part, frame) {
                Some(value) if (value != 0.0) == decided => return Some(f64::from(u8::from(decided))),
                Some(_) => {}
                None => all_known = false,
            }
        }
        all_known.then(|| f64::from(u8::from(!decided)))
    }

    /// For each relation the pairs (at `from * actors + to`) that some effect of what is left may write.
    pub(super) fn written_pairs(&self, content: &Content) -> Vec<Vec<bool>> {
        let n_actors = self.symbols.actors.len();
        let mut pairs = vec![Vec::new(); self.relations.len()];
        let mut note = |effect: &TypedEffect, instances: &[Instance]| {
            let (TypedAct::Assign(place, ..) | TypedAct::Increase(place, ..)) = &effect.act else { return };
            let TypedPlace::Relation { relation, from, to } = *place else { return };
            let pairs: &mut Vec<bool> = &mut pairs[relation];
            pairs.resize(n_actors * n_actors, false);
            for instance in instances {
                let mut frame = vec![instance.actor, instance.target];
                let mut mark = |frame: &Frame| {
                    let ends = (Self::actor(from, frame), Self::actor(to, frame));
                    if let (Some(from), Some(to)) = ends
                        && !pairs[from * n_actors + to]
                        && !self.is_never(effect.condition.as_ref(), frame)
                    {
                        pairs[from * n_actors + to] = true;
                    }
                };
                let Some(each) = &effect.each else {
                    mark(&frame);
                    continue;
                };
                for &member in &self.symbols.groups[each.group].potential {
                    frame.resize(each.slot + 1, None);
                    frame[each.slot] = Some(member);
                    if !self.is_never(each.filter.as_ref(), &frame) {
                        mark(&frame);
                    }
                }
            }
        };
        for rule in &content.rules {
            effects(&rule.event).for_each(|effect| note(effect, &rule.instances));
        }
        for option in content.choices.iter().flat_map(|choice| &choice.options) {
            let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            effects(&option.event).for_each(|effect| note(effect, &instances));
        }
        for flow in &content.flows {
            flow.effects.iter().for_each(|effect| note(effect, &flow.instances));
        }
        pairs
    }
}

/// All effects of an event, those of its later entries included.
fn effects(event: &TypedEvent) -> impl Iterator<Item = &TypedEffect> {
    event.effects.iter().chain(event.later.iter().flat_map(|later| &later.effects))
}

/// Attributes (0), relations (1), states (2) that some effect writes for somebody, also one of what is disabled.
fn written(content: &Content) -> BTreeSet<(u8, usize)> {
    let of_rules = content.rules.iter().flat_map(|rule| effects(&rule.event));
    let options = content.choices.iter().flat_map(|choice| &choice.options);
    let of_options = options.flat_map(|option| effects(&option.event));
    let of_flows = content.flows.iter().flat_map(|flow| &flow.effects);
    of_rules
        .chain(of_options)
        .chain(of_flows)
        .filter_map(|effect| match &effect.act {
            TypedAct::Assign(place, ..) | TypedAct::Increase(place, ..) => Some(match *place {
                TypedPlace::Attribute { attribute, .. } => (0, attribute),
                TypedPlace::Relation { relation, .. } => (1, relation),
                TypedPlace::State(state) => (2, state),
            }),
            _ => None,
        })
        .collect()
}
