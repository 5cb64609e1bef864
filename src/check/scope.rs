//! What an expression can see where it stands.

use super::typed::Type;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::expression::ast::Name;

/// What stands in an expression's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Literals and parameters only; the text says where: "a prior".
    Constant(&'static str),
    /// A definition's body.
    Definition,
    /// A rule, choice, option, flow.
    Happening(&'static str),
    /// A resting value.
    Rest,
    /// A measure or an outcome.
    Reading(&'static str),
    /// A query: may also ask `first` and `ended`.
    Query,
}

/// The names of a place.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) place: Place,
    /// Actor slots: the name in each, none where a slot is unused.
    pub(super) actors: Vec<Option<String>>,
    /// Value arguments of a definition: name, slot, type.
    pub(super) values: Vec<(String, usize, Type)>,
    /// Draws of the firing, in order.
    pub(super) draws: Vec<(String, Type)>,
    /// `own_start` and its type, in `rest`.
    pub(super) own_start: bool,
}

impl Scope {
    pub(super) fn new(place: Place) -> Self {
        Scope { place, actors: vec![None, None], values: Vec::new(), draws: Vec::new(), own_start: false }
    }

    /// The place of a happening: `actor` and `target` where it has them.
    pub(super) fn happening(what: &'static str, has_actor: bool, has_target: bool) -> Self {
        let mut scope = Scope::new(Place::Happening(what));
        scope.actors[0] = has_actor.then(|| "actor".to_owned());
        scope.actors[1] = has_target.then(|| "target".to_owned());
        scope
    }

    /// The slot of an actor variable.
    pub(super) fn slot(&self, name: &str) -> Option<usize> {
        self.actors.iter().rposition(|slot| slot.as_deref() == Some(name))
    }

    /// What to say of `actor` or `target` where there is none.
    pub(super) fn no_such_actor(&self, name: &Name) -> Diagnostic {
        let word = &name.text;
        let (message, help) = match self.place {
            Place::Definition => (
                format!("`{word}` is not visible inside a definition"),
                format!("pass it: write the definition as `\"name(m)\" = \"..\"` and use it as `name({word})`"),
            ),
            Place::Happening(what) => {
                (format!("{what} has no `{word}`"), format!("give it one: `{word} = \"..\"`, or name somebody"))
            }
            Place::Constant(what) => (
                format!("{what} reads literals and parameters only, not `{word}`"),
                "write a number or a parameter".to_owned(),
            ),
            Place::Rest => (
                format!("there is no `{word}` here"),
                "name somebody: only attributes have an `actor`, only relations a `target`".to_owned(),
            ),
            Place::Reading(_) | Place::Query => {
                (format!("there is no `{word}` here: nobody acts"), "name somebody, or use a fold".to_owned())
            }
        };
        Diagnostic::new(Code::NotVisible, name.span, message).help(help)
    }
}
