//! Who stands in the slots of an expression.

use super::interval::Interval;
use crate::model::{ActorIndex, ActorTerm, Instance};

/// An actor slot: who is in it, if that is known, and which group a fold or `for` walks through it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct Bound {
    /// Nobody in particular: anybody.
    pub(in crate::check) actor: Option<ActorIndex>,
    pub(in crate::check) group: Option<usize>,
}

impl Bound {
    pub(in crate::check) fn actor(actor: Option<ActorIndex>) -> Self {
        Bound { actor, group: None }
    }
}

/// The slots of an expression: actors, and the value arguments of the definition being read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::check) struct Frame {
    pub(in crate::check) actors: Vec<Bound>,
    pub(in crate::check) values: Vec<Interval>,
}

impl Frame {
    /// `actor` and `target` of an instance.
    pub(in crate::check) fn of(instance: Instance) -> Self {
        Frame { actors: vec![Bound::actor(instance.actor), Bound::actor(instance.target)], values: Vec::new() }
    }

    /// Anybody in every slot.
    pub(in crate::check) fn anybody() -> Self {
        Self::of(Instance { actor: None, target: None })
    }

    pub(in crate::check) fn get(&self, term: ActorTerm) -> Bound {
        match term {
            ActorTerm::Actor(actor) => Bound::actor(Some(actor)),
            ActorTerm::Slot(slot) => self.actors.get(slot).copied().unwrap_or_default(),
        }
    }

    /// Puts somebody into a slot and empties the slots behind.
    pub(in crate::check) fn put(&mut self, slot: usize, bound: Bound) {
        self.actors.truncate(slot);
        self.actors.resize(slot, Bound::default());
        self.actors.push(bound);
    }
}
