//! Definitions: typed anew for each combination of argument types that they are used with.

use super::scope::{Place, Scope};
use super::symbols::Symbol;
use super::typed::{Node, Type, Typed, TypedArgument};
use super::typing::Typing;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::expression::ast::{Expression, Kind, Name};

/// What an argument of a definition is: part of what a definition is specialised to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ArgumentType {
    Actor,
    Value(Type),
}

/// A definition for certain types of arguments.
pub(super) struct Specialised {
    pub(super) definition: usize,
    pub(super) arguments: Vec<ArgumentType>,
    pub(super) body: Typed,
}

/// Most definitions that read each other in a chain: reading them takes a piece of the stack for each.
pub(super) const DEEPEST_DEFINITIONS: usize = 200;

impl Typing<'_> {
    /// A definition used with arguments.
    pub(super) fn definition(
        &mut self,
        index: usize,
        name: &Name,
        arguments: &[Expression],
        scope: &mut Scope,
        span: Span,
    ) -> Typed {
        let raw = self.raw;
        let Some((id, declared)) = raw.definitions.iter().nth(index) else { return Typed::wrong(span) };
        if declared.arguments.len() != arguments.len() {
            let expected: Vec<&str> = declared.arguments.iter().map(|argument| argument.text.as_str()).collect();
            let form = if expected.is_empty() { id.clone() } else { format!("{id}({})", expected.join(", ")) };
            return self.fail(
                span,
                Diagnostic::new(
                    Code::WrongArguments,
                    name.span,
                    format!("`{id}` takes {} and got {}", words::count(expected.len(), "argument"), arguments.len()),
                )
                .also(declared.key, "declared here")
                .help(format!("write it like `{form}`")),
            );
        }
        let mut kinds = Vec::new();
        let mut typed_arguments = Vec::new();
        for argument in arguments {
            if self.names_an_actor(argument, scope) {
                match self.actor(argument, scope) {
                    Some(term) => {
                        kinds.push(ArgumentType::Actor);
                        typed_arguments.push(TypedArgument::Actor(term));
                    }
                    None => return Typed::wrong(span),
                }
            } else {
                let value = self.expression(argument, scope, None);
                if value.is_wrong() {
                    return Typed::wrong(span);
                }
                kinds.push(ArgumentType::Value(value.kind));
                typed_arguments.push(TypedArgument::Value(value));
            }
        }
        match self.specialise(index, kinds) {
            Some(definition) => Typed {
                kind: self.specialised[definition].body.kind,
                node: Node::Definition { definition, arguments: typed_arguments },
                span,
            },
            None => Typed::wrong(span),
        }
    }

    fn names_an_actor(&self, expression: &Expression, scope: &Scope) -> bool {
        let Kind::Name(text) = &expression.kind else { return false };
        scope.slot(text).is_some()
            || matches!(self.symbols.find(text), Some(Symbol::Actor(_) | Symbol::Group(_)))
            || ((text == "actor" || text == "target") && scope.slot(text).is_none())
    }

    /// The body of a definition for certain types of arguments, typed once.
    pub(super) fn specialise(&mut self, index: usize, kinds: Vec<ArgumentType>) -> Option<usize> {
        let key = (index, kinds.clone());
        if let Some(known) = self.cache.get(&key) {
            return *known;
        }
        let raw = self.raw;
        let (id, declared) = raw.definitions.iter().nth(index)?;
        if self.stack.contains(&index) {
            let names: Vec<&str> = self
                .stack
                .iter()
                .skip_while(|other| **other != index)
                .chain([&index])
                .filter_map(|index| raw.definitions.keys().nth(*index).map(String::as_str))
                .collect();
            self.report(
                Diagnostic::new(
                    Code::Cycle,
                    declared.key,
                    format!("`{id}` is defined by itself: {}", names.join(" -> ")),
                )
                .help("use an attribute or state that a flow pulls along for values of the last step"),
            );
            return None;
        }
        if self.stack.len() >= DEEPEST_DEFINITIONS {
            self.report(
                Diagnostic::new(
                    Code::TooDeep,
                    declared.key,
                    format!("`{id}` stands behind more than {DEEPEST_DEFINITIONS} definitions that read each other"),
                )
                .help("compute it from fewer steps: let one definition do the work of several"),
            );
            return None;
        }
        self.stack.push(index);
        let mut scope = Scope::new(Place::Definition);
        scope.actors = vec![None; declared.arguments.len()];
        for (slot, (name, kind)) in declared.arguments.iter().zip(&kinds).enumerate() {
            match kind {
                ArgumentType::Actor => scope.actors[slot] = Some(name.text.clone()),
                ArgumentType::Value(kind) => scope.values.push((name.text.clone(), slot, *kind)),
            }
        }
        let body = declared.value.as_ref().map(|value| self.expression(value, &mut scope, None));
        self.stack.pop();
        let specialised = match body {
            Some(body) if !body.is_wrong() => {
                self.specialised.push(Specialised { definition: index, arguments: kinds, body });
                Some(self.specialised.len() - 1)
            }
            _ => None,
        };
        self.cache.insert(key, specialised);
        specialised
    }
}
