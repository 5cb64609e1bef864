//! Walks through an expression and the definitions that it reads, remembering what must hold (or must not) where each part is read.

use std::cell::Cell;

use crate::check::bounds::{Bound, Evaluator, Frame, Interval, Subject};
use crate::check::definitions::Specialised;
use crate::check::typed::{Node, Typed, TypedArgument};

/// A condition in force.
#[derive(Clone)]
pub(super) struct Context<'a> {
    pub(super) typed: &'a Typed,
    pub(super) frame: Frame,
    /// It must hold, or must not.
    pub(super) holds: bool,
    /// It stands beside the part in an `and`, behind it.
    pub(super) behind: bool,
}

impl<'a> Context<'a> {
    /// Conditions that hold, all read for the same actors.
    pub(super) fn of_all(conditions: &[&'a Typed], frame: &Frame) -> Vec<Self> {
        let context = |&typed: &&'a Typed| Context { typed, frame: frame.clone(), holds: true, behind: false };
        conditions.iter().map(context).collect()
    }

    /// Is it settled the wrong way?
    pub(super) fn is_broken(&self, reader: &Evaluator) -> bool {
        let found = reader.evaluate(self.typed, &mut self.frame.clone());
        if self.holds { found.is_false() } else { found.is_true() }
    }
}

/// What is called for every part: the part, who is in its slots, what is in force.
pub(super) type Visit<'v, 'a> = &'v mut dyn FnMut(&'a Typed, &Frame, &[Context<'a>]);

/// A walk that looks into certain definitions only and stops at a budget.
pub(super) struct Walk<'a> {
    pub(super) specialised: &'a [Specialised],
    /// Members of each group, a few of each.
    members: Vec<Vec<Bound>>,
    /// Which definitions are worth it.
    pub(super) worth: Vec<bool>,
    left: Cell<u32>,
}

/// So many members of a group are walked through where a few are as good as all.
pub(super) const A_FEW: usize = 6;
/// So many parts are walked through in all.
const MOST_PARTS: u32 = 300_000;

/// For each definition: is there anything wanted in it, or in what it uses?
pub(super) fn definitions_with(subject: &Subject, is_wanted: impl Fn(&Typed) -> bool) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::new();
    // Each uses only earlier ones.
    for definition in subject.specialised {
        let wanted = contains(&definition.body, &found, &is_wanted);
        found.push(wanted);
    }
    found
}

impl<'a> Walk<'a> {
    /// `is_wanted` says which parts the walk is for; at most `most_members` of each group are walked through.
    pub(super) fn new(subject: &Subject<'a>, most_members: usize, is_wanted: impl Fn(&Typed) -> bool) -> Self {
        let worth = definitions_with(subject, is_wanted);
        let members = subject
            .symbols
            .groups
            .iter()
            .enumerate()
            .map(|(group, info)| {
                let bound = |actor: &usize| Bound { actor: Some(*actor), group: Some(group) };
                info.potential.iter().take(most_members).map(bound).collect()
            })
            .collect();
        Walk { specialised: subject.specialised, members, worth, left: Cell::new(MOST_PARTS) }
    }

    /// Is there anything wanted in it?
    pub(super) fn is_worth(&self, typed: &Typed, is_wanted: impl Fn(&Typed) -> bool) -> bool {
        contains(typed, &self.worth, &is_wanted)
    }

    /// Visits every part, until the budget is spent.
    pub(super) fn walk(&self, typed: &'a Typed, frame: &Frame, contexts: &mut Vec<Context<'a>>, visit: Visit<'_, 'a>) {
        if self.left.get() == 0 {
            return;
        }
        self.left.set(self.left.get() - 1);
        visit(typed, frame, contexts);
        let n_contexts = contexts.len();
        match &typed.node {
            Node::And(parts) | Node::Or(parts) => {
                let holds = matches!(typed.node, Node::And(_));
                for (at, part) in parts.iter().enumerate() {
                    for (other_at, other) in parts.iter().enumerate().filter(|(other_at, _)| *other_at != at) {
                        let behind = other_at > at;
                        contexts.push(Context { typed: other, frame: frame.clone(), holds, behind });
                    }
                    self.walk(part, frame, contexts, visit);
                    contexts.truncate(n_contexts);
                }
            }
            Node::If(condition, then, otherwise) => {
                self.walk(condition, frame, contexts, visit);
                for (part, holds) in [(then, true), (otherwise, false)] {
                    contexts.push(Context { typed: condition, frame: frame.clone(), holds, behind: false });
                    self.walk(part, frame, contexts, visit);
                    contexts.truncate(n_contexts);
                }
            }
            Node::Fold(fold) => {
                for member in &self.members[fold.group] {
                    let mut inner = frame.clone();
                    inner.put(fold.slot, *member);
                    if let Some(filter) = &fold.filter {
                        self.walk(filter, &inner, contexts, visit);
                        contexts.push(Context { typed: filter, frame: inner.clone(), holds: true, behind: false });
                    }
                    self.walk(&fold.body, &inner, contexts, visit);
                    contexts.truncate(n_contexts);
                }
                if let Some(otherwise) = &fold.otherwise {
                    self.walk(otherwise, frame, contexts, visit);
                }
            }
            Node::Definition { definition, arguments } => {
                let mut inner = Frame::default();
                for argument in arguments {
                    match argument {
                        TypedArgument::Actor(term) => inner.actors.push(frame.get(*term)),
                        TypedArgument::Value(value) => {
                            self.walk(value, frame, contexts, visit);
                            inner.actors.push(Bound::default());
                        }
                    }
                    inner.values.push(Interval::ALL);
                }
                if self.worth[*definition] {
                    self.walk(&self.specialised[*definition].body, &inner, contexts, visit);
                }
            }
            Node::Negative(a) | Node::IntegerPower(a, _) | Node::Not(a) | Node::Calendar(_, a) => {
                self.walk(a, frame, contexts, visit);
            }
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::SameValue(a, b) => {
                self.walk(a, frame, contexts, visit);
                self.walk(b, frame, contexts, visit);
            }
            Node::Function(_, parts) => parts.iter().for_each(|part| self.walk(part, frame, contexts, visit)),
            _ => {}
        }
    }
}

/// Is there anything wanted in an expression, given which definitions hold any?
pub(super) fn contains(typed: &Typed, worth: &[bool], is_wanted: &impl Fn(&Typed) -> bool) -> bool {
    let mut found = false;
    typed.visit(&mut |part| {
        found |= is_wanted(part)
            || matches!(&part.node, Node::Definition { definition, .. }
                if worth.get(*definition).copied().unwrap_or(false));
    });
    found
}
