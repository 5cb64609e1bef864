//! What an expression reads, and what it is taken to be while a witness is looked for.

use super::interval::Interval;
use crate::model::ActorIndex;

/// Events of a happening: all, those of an actor, one instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct EventKey {
    /// Index into [`crate::model::Model::happenings`].
    pub(in crate::check) happening: usize,
    pub(in crate::check) actor: Option<ActorIndex>,
    pub(in crate::check) target: Option<ActorIndex>,
}

/// Something that can differ between runs or steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Leaf {
    Parameter(usize),
    /// Index into [`crate::model::Model::cells`].
    Cell(usize),
    Event(EventKey),
    Clock(usize),
    Now,
    /// A draw of the event at hand.
    Draw(usize),
}

/// What a leaf is taken to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::check) enum Setting {
    Value(f64),
    Never,
    /// So often, the last so many days ago.
    Fired {
        times: f64,
        since: f64,
    },
    Off,
    /// With so many days left.
    Running(f64),
    Expired,
}

impl Setting {
    pub(super) fn value(self) -> Option<Interval> {
        match self {
            Setting::Value(value) => Some(Interval::point(value)),
            _ => None,
        }
    }
}

/// Leaves that are settled; a handful at most, so a list.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Settings {
    pub(in crate::check) all: Vec<(Leaf, Setting)>,
}

impl Settings {
    /// What a leaf was settled to last.
    pub(in crate::check) fn get(&self, leaf: Leaf) -> Option<Setting> {
        self.all.iter().rev().find(|(other, _)| *other == leaf).map(|(_, setting)| *setting)
    }
}
