//! Outcomes that can never be reached, and outcomes that hold before anything happens.

use std::cell::Cell;

use super::Found;
use super::contexts::{contains, definitions_with};
use crate::check::bounds::{Evaluator, Frame, Interval, Source};
use crate::check::content::{TypedAct, TypedKind, TypedPlace, TypedStart};
use crate::check::typed::{Node, Typed, TypedArgument};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Comparison, EventTest};

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = holds_at_start(found).into_iter().collect();
    let outcomes = &found.subject.content.outcomes;
    if found.subject.model.history.is_some() {
        // Under a record an outcome may have come true long before it is tested.
        return all;
    }
    let (timed, changing) = (Timed::new(found), Changing::new(found));
    for (at, outcome) in outcomes.iter().enumerate() {
        let Some(when) = &outcome.when else { continue };
        let above = outcomes[..at].iter().find_map(|above| {
            let above_when = above.when.as_ref()?;
            // What comes true without an event comes true at the end of its step, behind what an event brings about (6.7).
            if timed.has(above_when) && changing.has(when) {
                return None;
            }
            Implication { found, left: Cell::new(MOST_STEPS) }.implies(when, above_when).then_some(above)
        });
        if let Some(above) = above {
            all.push(
                Diagnostic::new(
                    Code::UnreachableOutcome,
                    when.span,
                    format!("`{}` cannot be reached: whenever it holds, `{}` above holds", outcome.id, above.id),
                )
                .also(above.when.as_ref().map_or(above.span, |when| when.span), format!("`{}`", above.id))
                .help(format!("move `{}` up, or narrow `{}`", outcome.id, above.id)),
            );
        }
    }
    all
}

/// Can a condition come true without an event of its step: by a day, a deadline, a drift, something due?
struct Timed<'t> {
    found: &'t Found<'t>,
    definitions: Vec<bool>,
}

impl<'t> Timed<'t> {
    fn new(found: &'t Found<'t>) -> Self {
        Timed { found, definitions: definitions_with(found.subject, |part| Self::is_timed(found, part)) }
    }

    fn has(&self, typed: &Typed) -> bool {
        contains(typed, &self.definitions, &|part: &Typed| Self::is_timed(self.found, part))
    }

    fn is_timed(found: &Found, part: &Typed) -> bool {
        let content = found.subject.content;
        let groups = &found.subject.symbols.groups;
        let moves = |kind: &TypedKind, is_place: &dyn Fn(TypedPlace) -> bool| {
            kind.half_life.is_some()
                || found.subject.writes.all.iter().any(|write| {
                    let place = match &write.effect.act {
                        TypedAct::Assign(place, ..) | TypedAct::Increase(place, ..) => *place,
                        _ => return false,
                    };
                    is_place(place) && (write.later.is_some() || matches!(write.source, Source::Flow(_)))
                })
        };
        match &part.node {
            Node::State(state) => {
                moves(&content.state[*state], &|place| matches!(place, TypedPlace::State(other) if other == *state))
            }
            Node::Attribute { attribute, .. } => moves(
                &content.attributes[*attribute],
                &|place| matches!(place, TypedPlace::Attribute { attribute: other, .. } if other == *attribute),
            ),
            Node::Relation { relation, .. } => moves(
                &content.relations[*relation],
                &|place| matches!(place, TypedPlace::Relation { relation: other, .. } if other == *relation),
            ),
            Node::Events { test, .. } => !matches!(test, EventTest::Fired | EventTest::Times),
            Node::InGroup(_, group) | Node::Size(group) => groups[*group].changes,
            Node::Fold(fold) => groups[fold.group].changes,
            Node::Now | Node::Running(_) | Node::Expired(_) | Node::Remaining(_) | Node::Pressure(..) => true,
            _ => false,
        }
    }
}

/// Can an event make a condition true?
struct Changing {
    definitions: Vec<bool>,
}

impl Changing {
    fn new(found: &Found) -> Self {
        Changing { definitions: definitions_with(found.subject, Self::is_changing) }
    }

    fn has(&self, typed: &Typed) -> bool {
        contains(typed, &self.definitions, &Self::is_changing)
    }

    fn is_changing(part: &Typed) -> bool {
        matches!(
            part.node,
            Node::State(_)
                | Node::Attribute { .. }
                | Node::Relation { .. }
                | Node::Events { .. }
                | Node::InGroup(..)
                | Node::Size(_)
                | Node::Fold(_)
                | Node::Running(_)
                | Node::Expired(_)
                | Node::Remaining(_)
                | Node::Pressure(..)
        )
    }
}

/// An outcome that holds on day 0 in every run. Under a record outcomes are not tested then.
fn holds_at_start(found: &Found) -> Option<Diagnostic> {
    let subject = found.subject;
    if subject.model.history.is_some() {
        return None;
    }
    let reader = Evaluator { day_zero: true, ..Evaluator::plain(found.actual) };
    let outcome = subject.content.outcomes.iter().find(|outcome| {
        outcome.when.as_ref().is_some_and(|when| reader.evaluate(when, &mut Frame::anybody()).is_true())
    })?;
    let when = outcome.when.as_ref()?;
    let help = flipped(found, when).unwrap_or_else(|| "narrow it: no run comes past its start".to_owned());
    Some(
        Diagnostic::new(
            Code::HoldsAtStart,
            when.span,
            format!("`{}` holds on day 0 in every run: nothing is simulated", outcome.id),
        )
        .help(help),
    )
}

/// "Start it the other way round", where a condition is a yes/no with a written start.
fn flipped(found: &Found, when: &Typed) -> Option<String> {
    let (inner, wanted) = match &when.node {
        Node::Not(inner) => (inner.as_ref(), "true"),
        _ => (when, "false"),
    };
    let Node::State(state) = inner.node else { return None };
    let TypedStart::Value(value) = &found.subject.starts.state[state] else { return None };
    value.literal()?;
    Some(format!("start `{} = {wanted}`?", found.subject.symbols.state[state].id))
}

/// So many pairs of parts are compared for one pair of outcomes.
const MOST_STEPS: u32 = 5000;

struct Implication<'i> {
    found: &'i Found<'i>,
    left: Cell<u32>,
}

impl Implication<'_> {
    /// Is `b` true wherever `a` is? False where that is not plain to see.
    fn implies(&self, a: &Typed, b: &Typed) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        let (a, b) = (self.read_through(a), self.read_through(b));
        if same(a, b) || self.value(b).is_true() {
            return true;
        }
        match (&a.node, &b.node) {
            (Node::Or(parts), _) => parts.iter().all(|part| self.implies(part, b)),
            (_, Node::And(parts)) => parts.iter().all(|part| self.implies(a, part)),
            (_, Node::Or(parts)) if parts.iter().any(|part| self.implies(a, part)) => true,
            (Node::And(parts), _) => parts.iter().any(|part| self.implies(part, b)),
            (Node::Not(a), Node::Not(b)) => self.implies(b, a),
            (Node::Compare(a_is, a_left, a_right), Node::Compare(b_is, b_left, b_right)) => {
                same(a_left, b_left) && self.narrower((*a_is, a_right), (*b_is, b_right))
            }
            (
                Node::Events { test: EventTest::Fired, happening: a, actor: a_actor, target: a_target },
                Node::Events { test: EventTest::Fired, happening: b, actor: b_actor, target: b_target },
            ) => {
                let within = a.id == b.id || a.id.strip_prefix(b.id.as_str()).is_some_and(|rest| rest.starts_with('.'));
                within && (b_actor.is_none() || a_actor == b_actor) && (b_target.is_none() || a_target == b_target)
            }
            _ => false,
        }
    }

    /// The body of a definition without arguments.
    fn read_through<'t>(&'t self, typed: &'t Typed) -> &'t Typed {
        match &typed.node {
            Node::Definition { definition, arguments } if arguments.is_empty() => {
                self.read_through(&self.found.subject.specialised[*definition].body)
            }
            _ => typed,
        }
    }

    fn value(&self, typed: &Typed) -> Interval {
        Evaluator::plain(self.found.actual).evaluate(typed, &mut Frame::anybody())
    }

    /// Does `x a_is a_right` say at least as much as `x b_is b_right`?
    fn narrower(&self, a: (Comparison, &Typed), b: (Comparison, &Typed)) -> bool {
        use Comparison as C;
        let (x, y) = (self.value(a.1), self.value(b.1));
        match (a.0, b.0) {
            (C::Greater, C::Greater | C::GreaterOrEqual) | (C::GreaterOrEqual, C::GreaterOrEqual) => x.low >= y.high,
            (C::Less, C::Less | C::LessOrEqual) | (C::LessOrEqual, C::LessOrEqual) => x.high <= y.low,
            (C::GreaterOrEqual | C::Equal, C::Greater) => x.low > y.high,
            (C::LessOrEqual | C::Equal, C::Less) => x.high < y.low,
            (C::Equal, C::GreaterOrEqual) => x.low >= y.high,
            (C::Equal, C::LessOrEqual) => x.high <= y.low,
            _ => false,
        }
    }
}

/// The same expression, wherever it stands.
pub(super) fn same(a: &Typed, b: &Typed) -> bool {
    let all = |a: &[Typed], b: &[Typed]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    let some = |a: &Option<Typed>, b: &Option<Typed>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    };
    match (&a.node, &b.node) {
        (Node::Constant(a), Node::Constant(b)) => a == b,
        (Node::Parameter(a), Node::Parameter(b)) | (Node::State(a), Node::State(b)) => a == b,
        (Node::ValueArgument(a), Node::ValueArgument(b)) | (Node::Draw(a), Node::Draw(b)) => a == b,
        (Node::OwnStart, Node::OwnStart) | (Node::Now, Node::Now) => true,
        (Node::Attribute { attribute: a, holder: a_holder }, Node::Attribute { attribute: b, holder: b_holder }) => {
            a == b && a_holder == b_holder
        }
        (
            Node::Relation { relation: a, from: a_from, to: a_to },
            Node::Relation { relation: b, from: b_from, to: b_to },
        ) => a == b && a_from == b_from && a_to == b_to,
        (
            Node::Definition { definition: a, arguments: a_all },
            Node::Definition { definition: b, arguments: b_all },
        ) => {
            a == b
                && a_all.iter().zip(b_all).all(|pair| match pair {
                    (TypedArgument::Actor(a), TypedArgument::Actor(b)) => a == b,
                    (TypedArgument::Value(a), TypedArgument::Value(b)) => same(a, b),
                    _ => false,
                })
        }
        (Node::Negative(a), Node::Negative(b)) | (Node::Not(a), Node::Not(b)) => same(a, b),
        (Node::Binary(a_is, a, c), Node::Binary(b_is, b, d)) => a_is == b_is && same(a, b) && same(c, d),
        (Node::IntegerPower(a, m), Node::IntegerPower(b, n)) => m == n && same(a, b),
        (Node::And(a), Node::And(b)) | (Node::Or(a), Node::Or(b)) => all(a, b),
        (Node::If(a, c, e), Node::If(b, d, f)) => same(a, b) && same(c, d) && same(e, f),
        (Node::Compare(a_is, a, c), Node::Compare(b_is, b, d)) => a_is == b_is && same(a, b) && same(c, d),
        (Node::SameActor(a, c), Node::SameActor(b, d)) => a == b && c == d,
        (Node::InGroup(a, c), Node::InGroup(b, d)) => a == b && c == d,
        (Node::SameValue(a, c), Node::SameValue(b, d)) => same(a, b) && same(c, d),
        (Node::Fold(a), Node::Fold(b)) => {
            a.kind == b.kind
                && a.group == b.group
                && a.slot == b.slot
                && some(&a.filter, &b.filter)
                && same(&a.body, &b.body)
                && some(&a.otherwise, &b.otherwise)
        }
        (Node::Function(a_is, a), Node::Function(b_is, b)) => a_is == b_is && all(a, b),
        (
            Node::Events { test: a_test, happening: a, actor: a_actor, target: a_target },
            Node::Events { test: b_test, happening: b, actor: b_actor, target: b_target },
        ) => a_test == b_test && a == b && a_actor == b_actor && a_target == b_target,
        (Node::Ended(a), Node::Ended(b)) | (Node::Running(a), Node::Running(b)) => a == b,
        (Node::Expired(a), Node::Expired(b)) | (Node::Remaining(a), Node::Remaining(b)) => a == b,
        (Node::Size(a), Node::Size(b)) => a == b,
        (Node::Pressure(a, c), Node::Pressure(b, d)) => a == b && c == d,
        (Node::Calendar(a_is, a), Node::Calendar(b_is, b)) => a_is == b_is && same(a, b),
        _ => false,
    }
}
