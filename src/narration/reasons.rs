//! Why a condition holds, or does not: taken apart, with the values of its parts.

use crate::model::{ActorTerm, Argument, EventTest, Expression, Fold, FoldKind, Instance, NEVER_DAYS};
use crate::reference::Reading;

use super::binding::{bind_body, bind_variable};
use super::expressions::{text, text_beside};
use super::kinds::Kind;
use super::words::Names;

/// Definitions within definitions are opened up to this depth.
const DEEPEST: usize = 4;

/// The instance of what has neither actor nor target: expressions that are closed.
pub(super) const NOBODY: Instance = Instance { actor: None, target: None };

/// How the parts of a condition make it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// It holds if all of them do.
    All,
    /// It holds if any of them does.
    Any,
    /// They say what it means: the body of a definition, what is negated, the branch taken.
    Meaning,
}

/// A condition, or a part of one, and what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// As the language writes it, actors in place of `actor`, `target` and arguments.
    pub condition: String,
    /// Did it hold?
    pub holds: bool,
    /// Quantities that it reads, each with its value.
    pub values: Vec<(String, String)>,
    /// What else is to be known, such as since when something has happened.
    pub remark: Option<String>,
    /// How it is made up of its parts; [`Join::Meaning`] also where there are none.
    pub join: Join,
    /// What it is made of, where that tells more.
    pub parts: Vec<Reason>,
}

/// Takes a closed condition apart.
pub(super) fn reason(names: &Names<'_>, reading: &mut Reading<'_>, condition: &Expression) -> Reason {
    Taker { names, reading }.take(condition, 0)
}

struct Taker<'t, 'm, 'r> {
    names: &'t Names<'m>,
    reading: &'t mut Reading<'r>,
}

impl Taker<'_, '_, '_> {
    fn take(&mut self, condition: &Expression, depth: usize) -> Reason {
        let mut reason = Reason {
            condition: text(self.names, condition),
            holds: self.value(condition) != 0.0,
            values: Vec::new(),
            remark: None,
            join: match condition {
                Expression::And(_) => Join::All,
                Expression::Or(_) => Join::Any,
                _ => Join::Meaning,
            },
            parts: Vec::new(),
        };
        match condition {
            Expression::And(parts) | Expression::Or(parts) => {
                reason.parts = parts.iter().map(|part| self.take(part, depth)).collect();
            }
            Expression::Not(inner) => {
                let inner = self.take(inner, depth);
                // `not` of several parts is told with these as they are.
                (reason.values, reason.remark, reason.parts) = match inner.join {
                    Join::Meaning => (inner.values, inner.remark, inner.parts),
                    Join::All | Join::Any => (Vec::new(), None, vec![inner]),
                };
            }
            Expression::If(test, then, otherwise) => {
                let test = self.take(test, depth);
                let chosen = self.take(if test.holds { then } else { otherwise }, depth);
                reason.parts = vec![test, chosen];
            }
            Expression::Definition { definition, arguments } if depth < DEEPEST && is_closed(arguments) => {
                let body = bind_body(&self.names.model.definitions[*definition].value, arguments);
                reason.parts = vec![self.take(&body, depth + 1)];
            }
            Expression::Compare(_, slack, a, b) => {
                let kind = Kind::of_comparison(self.names.model, *slack, a, b);
                let (value_a, value_b) = (self.value(a), self.value(b));
                for (side, value, other) in [(a, value_a, value_b), (b, value_b, value_a)] {
                    if !matches!(**side, Expression::Constant(_)) {
                        let value = self.names.value_beside(kind, value, other);
                        reason.values.push((text_beside(self.names, side, kind), value));
                    }
                }
            }
            Expression::SameValue(a, b) => {
                for side in [a, b] {
                    if !matches!(**side, Expression::Constant(_)) {
                        let kind = Kind::of(self.names.model, side);
                        let value = self.value(side);
                        reason.values.push((text(self.names, side), self.names.value(kind, value)));
                    }
                }
            }
            Expression::Events(EventTest::Fired, selector) if reason.holds => {
                let first = self.value(&Expression::Events(EventTest::First, selector.clone()));
                let times = self.value(&Expression::Events(EventTest::Times, selector.clone()));
                if first < NEVER_DAYS {
                    let day = self.names.day(first);
                    reason.remark = Some(if times > 1.0 { format!("{times} times, first {day}") } else { day });
                }
            }
            Expression::Running(clock) | Expression::Expired(clock) => {
                reason.remark = Some(match self.reading.moment().deadline(*clock) {
                    Some(deadline) => format!("deadline {}", self.names.day(deadline)),
                    None => "off".to_owned(),
                });
            }
            Expression::Fold(fold) => reason.remark = self.members(fold),
            _ => {}
        }
        reason
    }

    fn value(&mut self, expression: &Expression) -> f64 {
        self.reading.value(expression, NOBODY)
    }

    /// Of whom the body of a fold over conditions is true (or, where all should be, of whom it is not).
    fn members(&mut self, fold: &Fold) -> Option<String> {
        let wanted = match fold.kind {
            FoldKind::Any => true,
            FoldKind::All => false,
            _ => return None,
        };
        let model = self.names.model;
        let mut found = Vec::new();
        for &member in &model.groups[fold.group].potential {
            if !self.reading.moment().is_member(fold.group, member) {
                continue;
            }
            let at = |part: &Expression| bind_variable(part, fold.slot, ActorTerm::Actor(member));
            let (filter, body) = (fold.filter.as_ref().map(at), at(&fold.body));
            if filter.is_none_or(|filter| self.value(&filter) != 0.0) && (self.value(&body) != 0.0) == wanted {
                found.push(self.names.actor_id(member));
            }
        }
        if found.is_empty() {
            return None;
        }
        Some(format!("{} of {}", if wanted { "true" } else { "false" }, found.join(", ")))
    }
}

/// Do all arguments name actors, or read nothing of an outer fold? Only then can the definition be opened.
fn is_closed(arguments: &[Argument]) -> bool {
    arguments.iter().all(|argument| match argument {
        Argument::Actor(term) => matches!(term, ActorTerm::Actor(_)),
        Argument::Value(value) => matches!(value, Expression::Constant(_) | Expression::Parameter(_)),
    })
}
