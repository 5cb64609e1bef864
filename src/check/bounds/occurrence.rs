//! What an expression was seen to depend on, so that a witness can be looked for.

use super::leaf::Leaf;
use crate::model::ActorIndex;

/// Who holds what is read: a certain actor, or each member of a group in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Holder {
    Nobody,
    Actor(ActorIndex),
    Each(usize),
}

/// What is varied as one: a leaf, or the same attribute or relation of all members of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Variable {
    One(Leaf),
    Many { relation: bool, index: usize, from: Holder, to: Holder },
}

/// A variable with all that belongs to it.
#[derive(Clone, Debug)]
pub(in crate::check) struct Occurrence {
    pub(in crate::check) variable: Variable,
    pub(in crate::check) leaves: Vec<Leaf>,
    /// Numbers that it is compared with.
    pub(in crate::check) compared: Vec<f64>,
    /// Of events: the time since is asked, how often is asked.
    pub(in crate::check) since: bool,
    pub(in crate::check) times: bool,
}

/// Everything seen, in the order of first sight.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Occurrences {
    pub(in crate::check) all: Vec<Occurrence>,
}

/// Beyond so many members a group is not varied.
const MOST_LEAVES: usize = 200;

impl Occurrences {
    pub(super) fn see(&mut self, variable: Variable, leaf: Leaf) -> &mut Occurrence {
        let at = match self.all.iter().position(|one| one.variable == variable) {
            Some(at) => at,
            None => {
                let leaves = Vec::new();
                self.all.push(Occurrence { variable, leaves, compared: Vec::new(), since: false, times: false });
                self.all.len() - 1
            }
        };
        let one = &mut self.all[at];
        if !one.leaves.contains(&leaf) && one.leaves.len() < MOST_LEAVES {
            one.leaves.push(leaf);
        }
        one
    }
}
