//! The checked scenario as the analysis sees it.

use std::collections::{BTreeMap, BTreeSet};

use super::writes::{Writes, index};
use crate::check::cells::Cells;
use crate::check::content::{Content, TypedKind, TypedStart};
use crate::check::definitions::Specialised;
use crate::check::raw::Raw;
use crate::check::symbols::{CellInfo, Symbols};
use crate::model::{ActorIndex, CellOwner, EventSource, Model};

/// Everything that is known of a scenario without errors.
pub(in crate::check) struct Subject<'a> {
    pub(in crate::check) raw: &'a Raw,
    pub(in crate::check) symbols: &'a Symbols,
    pub(in crate::check) content: &'a Content,
    pub(in crate::check) specialised: &'a [Specialised],
    pub(in crate::check) starts: &'a Cells,
    pub(in crate::check) model: &'a Model,
    /// Index of each happening by id.
    pub(in crate::check) happenings: BTreeMap<&'a str, usize>,
    /// The choice of each happening that is an option.
    pub(in crate::check) choice_of: Vec<Option<usize>>,
    pub(in crate::check) writes: Writes<'a>,
    /// What only the command switched off: taken as if it were on.
    pub(in crate::check) switched_off: &'a BTreeSet<String>,
}

impl<'a> Subject<'a> {
    pub(in crate::check) fn new(
        raw: &'a Raw,
        symbols: &'a Symbols,
        content: &'a Content,
        specialised: &'a [Specialised],
        starts: &'a Cells,
        model: &'a Model,
        switched_off: &'a BTreeSet<String>,
    ) -> Self {
        let happenings: BTreeMap<&str, usize> =
            model.happenings.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
        let choice_of = model
            .happenings
            .iter()
            .map(|one| match one.source {
                EventSource::Option { choice, .. } => happenings.get(model.choices[choice].id.as_str()).copied(),
                _ => None,
            })
            .collect();
        let writes = index(content, symbols, model, switched_off);
        Subject { raw, symbols, content, specialised, starts, model, happenings, choice_of, writes, switched_off }
    }

    /// Is it on in the scenario itself?
    pub(in crate::check) fn is_on(&self, id: &str, enabled: bool) -> bool {
        enabled || self.switched_off.contains(id)
    }

    pub(in crate::check) fn attribute_cell(&self, attribute: usize, holder: ActorIndex) -> Option<usize> {
        self.model.attributes[attribute].cells.get(holder).copied().flatten()
    }

    pub(in crate::check) fn relation_cell(&self, relation: usize, from: ActorIndex, to: ActorIndex) -> Option<usize> {
        self.model.relations[relation].cells.get(from, to)
    }

    /// How a cell starts.
    pub(in crate::check) fn start(&self, cell: usize) -> Option<&'a TypedStart> {
        match self.model.cells.get(cell)?.owner {
            CellOwner::Attribute { attribute, actor } => self.starts.attributes[attribute][actor].as_ref(),
            CellOwner::Relation { relation, from, to } => Some(
                self.starts.relations[relation].get(&(from, to)).unwrap_or(&self.starts.relation_defaults[relation]),
            ),
            CellOwner::State { state } => self.starts.state.get(state),
        }
    }

    /// Name, type and range of the owner of a cell.
    pub(in crate::check) fn info(&self, cell: usize) -> &'a CellInfo {
        match self.model.cells[cell].owner {
            CellOwner::Attribute { attribute, .. } => &self.symbols.attributes[attribute],
            CellOwner::Relation { relation, .. } => &self.symbols.relations[relation],
            CellOwner::State { state } => &self.symbols.state[state],
        }
    }

    /// Half-life and rest of the owner of a cell.
    pub(in crate::check) fn kind(&self, cell: usize) -> &'a TypedKind {
        match self.model.cells[cell].owner {
            CellOwner::Attribute { attribute, .. } => &self.content.attributes[attribute],
            CellOwner::Relation { relation, .. } => &self.content.relations[relation],
            CellOwner::State { state } => &self.content.state[state],
        }
    }

    pub(in crate::check) fn horizon_days(&self) -> f64 {
        self.model.day_of_step(self.model.n_steps)
    }

    /// `hostility(france, junta)`, `junta.resolve`, `tension`.
    pub(in crate::check) fn cell_name(&self, cell: usize) -> String {
        let actor = |actor: ActorIndex| self.symbols.actors[actor].as_str();
        let id = &self.info(cell).id;
        match self.model.cells[cell].owner {
            CellOwner::Attribute { actor: holder, .. } => format!("{}.{id}", actor(holder)),
            CellOwner::Relation { from, to, .. } => format!("{id}({}, {})", actor(from), actor(to)),
            CellOwner::State { .. } => id.clone(),
        }
    }
}
