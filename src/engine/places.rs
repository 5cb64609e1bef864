//! Where things are held: cells, tallies, memberships by number; and which of them anything can change.

use crate::model::{Act, ActorIndex, ActorTerm, CellOwner, Effect, Expression, HalfLife, Instance, Model, Place};

/// A cell that relaxes towards its start in closed form.
#[derive(Clone, Copy, Debug)]
pub(super) struct RelaxingCell {
    pub(super) cell: usize,
    /// Place in [`Places::half_lives`].
    pub(super) half_life: usize,
}

/// Numbers of places in a run's memory.
#[derive(Debug)]
pub(super) struct Places {
    n_actors: usize,
    first_tally: Vec<usize>,
    n_tallies: usize,
    pub(super) ranges: Vec<Option<(f64, f64)>>,
    /// Can anything change a cell?
    pub(super) is_written: Vec<bool>,
    /// Can a flow or a second-form half-life change it: at any step, without an event?
    pub(super) is_volatile: Vec<bool>,
    /// Of a cell with a half-life of the first form its place in [`Places::relaxing`].
    pub(super) relaxing_of: Vec<Option<u32>>,
    pub(super) relaxing: Vec<RelaxingCell>,
    /// Cells that move towards a rest which anything can change.
    pub(super) resting: Vec<RelaxingCell>,
    /// Of a cell that moves towards a rest which is the same for the whole run its place in [`Places::lingering`].
    pub(super) lingering_of: Vec<Option<u32>>,
    pub(super) lingering: Vec<RelaxingCell>,
    /// For each cell with a half-life whose it is: attribute, relation or state, by its cells' owner.
    pub(super) half_lives: Vec<Kind>,
    /// Can anything change who is a member?
    pub(super) group_changes: Vec<bool>,
}

/// What has a half-life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Attribute(usize),
    Relation(usize),
    State(usize),
}

impl Kind {
    fn of(owner: CellOwner) -> Kind {
        match owner {
            CellOwner::Attribute { attribute, .. } => Kind::Attribute(attribute),
            CellOwner::Relation { relation, .. } => Kind::Relation(relation),
            CellOwner::State { state } => Kind::State(state),
        }
    }

    pub(super) fn half_life(self, model: &Model) -> Option<&HalfLife> {
        match self {
            Kind::Attribute(attribute) => model.attributes[attribute].half_life.as_ref(),
            Kind::Relation(relation) => model.relations[relation].half_life.as_ref(),
            Kind::State(state) => model.state[state].half_life.as_ref(),
        }
    }

    fn range(self, model: &Model) -> Option<(f64, f64)> {
        match self {
            Kind::Attribute(attribute) => model.attributes[attribute].range,
            Kind::Relation(relation) => model.relations[relation].range,
            Kind::State(state) => model.state[state].range,
        }
    }
}

impl Places {
    pub(super) fn new(model: &Model) -> Places {
        let mut n_tallies = 0;
        let first_tally = model.happenings.iter().map(|happening| {
            n_tallies += happening.instances.len();
            n_tallies - happening.instances.len()
        });
        let first_tally = first_tally.collect();
        let n_cells = model.cells.len();
        let mut places = Places {
            n_actors: model.actors.len(),
            first_tally,
            n_tallies,
            ranges: model.cells.iter().map(|cell| Kind::of(cell.owner).range(model)).collect(),
            is_written: vec![false; n_cells],
            is_volatile: vec![false; n_cells],
            relaxing_of: vec![None; n_cells],
            relaxing: Vec::new(),
            resting: Vec::new(),
            lingering_of: vec![None; n_cells],
            lingering: Vec::new(),
            half_lives: Vec::new(),
            group_changes: vec![false; model.groups.len()],
        };
        places.find_half_lives(model);
        places.find_writes(model);
        places
    }

    fn find_half_lives(&mut self, model: &Model) {
        for (cell, owner) in model.cells.iter().map(|cell| cell.owner).enumerate() {
            let kind = Kind::of(owner);
            let Some(half_life) = kind.half_life(model) else { continue };
            let known = self.half_lives.iter().position(|known| *known == kind);
            let place = known.unwrap_or_else(|| {
                self.half_lives.push(kind);
                self.half_lives.len() - 1
            });
            let relaxing = RelaxingCell { cell, half_life: place };
            match &half_life.rest {
                None => {
                    self.relaxing_of[cell] = Some(self.relaxing.len() as u32);
                    self.relaxing.push(relaxing);
                }
                Some(rest) if is_the_same_for_a_run(rest) => {
                    self.lingering_of[cell] = Some(self.lingering.len() as u32);
                    self.lingering.push(relaxing);
                }
                Some(_) => {
                    self.is_written[cell] = true;
                    self.is_volatile[cell] = true;
                    self.resting.push(relaxing);
                }
            }
        }
    }

    fn find_writes(&mut self, model: &Model) {
        for rule in &model.rules {
            for instance in &rule.instances {
                self.effects(model, &rule.event.effects, *instance, false);
                for later in &rule.event.later {
                    self.effects(model, &later.effects, *instance, false);
                }
            }
        }
        for option in model.choices.iter().flat_map(|choice| &choice.options) {
            for candidate in &option.instances {
                self.effects(model, &option.event.effects, candidate.instance, false);
                for later in &option.event.later {
                    self.effects(model, &later.effects, candidate.instance, false);
                }
            }
        }
        for flow in &model.flows {
            for instance in &flow.instances {
                self.effects(model, &flow.effects, *instance, true);
            }
        }
        if self.group_changes[model.everybody] {
            self.group_changes.fill(true);
        }
    }

    fn effects(&mut self, model: &Model, effects: &[Effect], instance: Instance, volatile: bool) {
        for effect in effects {
            let who = |term: ActorTerm, each: Option<ActorIndex>| match term {
                ActorTerm::Actor(actor) => Some(actor),
                ActorTerm::Slot(0) => instance.actor,
                ActorTerm::Slot(1) => instance.target,
                ActorTerm::Slot(_) => each,
            };
            let members: Vec<Option<ActorIndex>> = match &effect.each {
                None => vec![None],
                Some((group, _, _)) => model.groups[*group].potential.iter().map(|actor| Some(*actor)).collect(),
            };
            let place = match &effect.act {
                Act::Assign(place, _) | Act::Increase(place, _) => *place,
                Act::StartClock(..) | Act::StopClock(_) => continue,
                Act::Join(group, _) | Act::Leave(group, _) => {
                    self.group_changes[*group] = true;
                    continue;
                }
            };
            for each in members {
                let cell = match place {
                    Place::State(state) => Some(model.state[state].cell),
                    Place::Attribute { attribute, holder } => {
                        who(holder, each).and_then(|holder| self.attribute(model, attribute, holder))
                    }
                    Place::Relation { relation, from, to } => who(from, each)
                        .zip(who(to, each))
                        .and_then(|(from, to)| self.relation(model, relation, from, to)),
                };
                if let Some(cell) = cell {
                    self.is_written[cell] = true;
                    self.is_volatile[cell] |= volatile;
                }
            }
        }
    }

    /// The cell of an actor's attribute.
    pub(super) fn attribute(&self, model: &Model, attribute: usize, actor: ActorIndex) -> Option<usize> {
        model.attributes[attribute].cells.get(actor).copied().flatten()
    }

    /// The cell of a pair's relation.
    pub(super) fn relation(&self, model: &Model, relation: usize, from: ActorIndex, to: ActorIndex) -> Option<usize> {
        if from >= self.n_actors || to >= self.n_actors {
            return None;
        }
        model.relations[relation].cells.get(from, to)
    }

    /// The tally of an instance of a happening.
    pub(super) fn tally(&self, happening: usize, instance_index: usize) -> usize {
        self.first_tally[happening] + instance_index
    }

    /// The tally of all instances of a happening together.
    pub(super) fn total(&self, happening: usize) -> usize {
        self.n_tallies + happening
    }

    /// Number of tallies, totals included.
    pub(super) fn n_tallies(&self) -> usize {
        self.n_tallies + self.first_tally.len()
    }

    pub(super) fn member(&self, group: usize, actor: ActorIndex) -> usize {
        group * self.n_actors + actor
    }
}

/// Does an expression read nothing but numbers, parameters and the cell's own start?
fn is_the_same_for_a_run(expression: &Expression) -> bool {
    match expression {
        Expression::Constant(_) | Expression::Parameter(_) | Expression::OwnStart => true,
        Expression::Negative(_)
        | Expression::IntegerPower(..)
        | Expression::Add(..)
        | Expression::Subtract(..)
        | Expression::Multiply(..)
        | Expression::Divide(..)
        | Expression::Power(..)
        | Expression::Function(..) => expression.parts().into_iter().all(is_the_same_for_a_run),
        _ => false,
    }
}
