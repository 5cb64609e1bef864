//! What an expression may name where it stands.

use super::world::{Kind, Mask};

/// What stands in an expression's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Literals and parameters only.
    Constant,
    Definition,
    Happening,
    Rest,
    Reading,
    Query,
}

/// An actor variable and who it can be.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) domain: Mask,
}

#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) place: Place,
    pub(super) variables: Vec<Variable>,
    /// Variables that are never the same actor.
    pub(super) different: Vec<(String, String)>,
    /// Draws and arguments that hold values.
    pub(super) values: Vec<(String, Kind)>,
    /// Bounds of the cell whose rest it is.
    pub(super) own_start: Option<(f64, f64)>,
    /// Definitions up to this one may be read.
    pub(super) definitions: usize,
    /// Parameters up to this one may be read.
    pub(super) parameters: usize,
}

impl Scope {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            variables: Vec::new(),
            different: Vec::new(),
            values: Vec::new(),
            own_start: None,
            definitions: usize::MAX,
            parameters: usize::MAX,
        }
    }

    pub(super) fn with(mut self, name: &str, domain: Mask) -> Self {
        self.variables.push(Variable { name: name.to_owned(), domain });
        self
    }

    /// The place of a happening with this actor and target.
    pub(super) fn acting(actor: Option<Mask>, target: Option<Mask>) -> Self {
        let mut scope = Self::new(Place::Happening);
        if let Some(actor) = actor {
            scope = scope.with("actor", actor);
        }
        if let Some(target) = target {
            scope = scope.with("target", target);
        }
        if actor.is_some() && target.is_some() {
            scope.different.push(("actor".to_owned(), "target".to_owned()));
        }
        scope
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.name == name)
    }

    /// A name for one more variable.
    pub(super) fn fresh(&self) -> &'static str {
        ["m", "o", "q", "z"].into_iter().find(|name| !self.has(name)).unwrap_or("y")
    }
}
