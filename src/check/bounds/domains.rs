//! What a cell can hold: its start, what is assigned, how far increments can carry it, where it relaxes to.

use std::collections::BTreeSet;

use super::evaluate::Evaluator;
use super::facts::{DEEPEST, Facts};
use super::frame::{Bound, Frame};
use super::interval::Interval;
use crate::check::content::{TypedAct, TypedStart};
use crate::check::symbols::CellInfo;
use crate::check::typed::Type;
use crate::math;
use crate::model::CellOwner;

/// What a cell can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::check) struct Domain {
    pub(in crate::check) outer: Interval,
    /// The values of an enumeration, by position; beyond 64 every bit is set.
    pub(in crate::check) mask: u64,
    /// False: it keeps its start.
    pub(in crate::check) moved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Memo {
    Unknown,
    BeingFound,
    Known(Domain),
}

/// The bit of a value of an enumeration.
pub(in crate::check) fn bit(value: f64) -> u64 {
    if (0.0..64.0).contains(&value) { 1 << value as u64 } else { u64::MAX }
}

/// All that a place of this kind can hold.
pub(super) fn whole(info: &CellInfo) -> Interval {
    match (info.range, info.kind) {
        (Some((low, high)), _) => Interval::new(low, high),
        (None, Type::Enumeration(_)) => Interval::new(0.0, info.values.len().saturating_sub(1) as f64),
        (None, _) => Interval::MAYBE,
    }
}

pub(super) fn domain(facts: &Facts, cell: usize) -> Domain {
    let memo = facts.domains.borrow()[cell];
    let anything = Domain { outer: facts.whole(cell), mask: u64::MAX, moved: true };
    match memo {
        Memo::Known(domain) => return domain,
        Memo::BeingFound => return anything,
        Memo::Unknown => {}
    }
    if facts.depth.get() > DEEPEST / 2 {
        return anything;
    }
    facts.domains.borrow_mut()[cell] = Memo::BeingFound;
    let found = find(facts, cell);
    facts.domains.borrow_mut()[cell] = Memo::Known(found);
    found
}

/// The frame of a cell's holder.
fn holder(facts: &Facts, cell: usize) -> Frame {
    let (actor, target) = match facts.subject.model.cells[cell].owner {
        CellOwner::Attribute { actor, .. } => (Some(actor), None),
        CellOwner::Relation { from, to, .. } => (Some(from), Some(to)),
        CellOwner::State { .. } => (None, None),
    };
    Frame { actors: vec![Bound::actor(actor), Bound::actor(target)], values: Vec::new() }
}

fn find(facts: &Facts, cell: usize) -> Domain {
    let reader = Evaluator::plain(facts);
    let whole = facts.whole(cell);
    let start = reader.start(cell);
    let mut mask = match facts.subject.start(cell) {
        Some(TypedStart::Value(value)) => reader.mask(value, &Frame::anybody()),
        Some(TypedStart::Drawn(_)) => match facts.drawn_start(cell).and_then(|spread| spread.points.clone()) {
            Some(points) => points.iter().fold(0, |mask, point| mask | bit(*point)),
            None => u64::MAX,
        },
        None => u64::MAX,
    };
    let kind = facts.subject.kind(cell);
    let mut outer = start;
    let mut moved = false;
    if let (Some(_), Some(rest)) = (&kind.half_life, &kind.rest) {
        let reader = Evaluator { own_start: Some(start), ..Evaluator::plain(facts) };
        let rest = reader.evaluate(rest, &mut holder(facts, cell)).clamped(whole.low, whole.high);
        outer = outer.hull(rest);
        moved = rest != start || !start.is_point();
    }
    let (mut down, mut up) = (0.0, 0.0);
    for &(at, number) in facts.subject.writes.of(cell) {
        let write = &facts.subject.writes.all[at];
        if !facts.can_act(write.source) {
            continue;
        }
        moved = true;
        let amount = facts.amount(at);
        match &write.effect.act {
            TypedAct::Assign(_, value, _) => {
                outer = outer.hull(amount.clamped(whole.low, whole.high));
                let reader = Evaluator { draws: write.draws, ..Evaluator::plain(facts) };
                mask |= reader.mask(value, &Frame::anybody());
            }
            _ => {
                let times = math::multiply(write.most, f64::from(number));
                down = math::add(down, math::multiply(times, amount.low.min(0.0)));
                up = math::add(up, math::multiply(times, amount.high.max(0.0)));
            }
        }
    }
    // What relaxes or is assigned comes no nearer to an end than where it starts, rests or is set.
    let outer = Interval::new(math::add(outer.low, down), math::add(outer.high, up)).clamped(whole.low, whole.high);
    Domain { outer, mask, moved }
}

/// What an attribute (`relation` false) or a relation can hold, whoever holds it.
pub(super) fn hull(facts: &Facts, relation: bool, index: usize) -> Interval {
    if let Some(known) = facts.hulls.borrow().get(&(relation, index)) {
        return known.unwrap_or_else(|| {
            let infos = if relation { &facts.subject.symbols.relations } else { &facts.subject.symbols.attributes };
            whole(&infos[index])
        });
    }
    facts.hulls.borrow_mut().insert((relation, index), None);
    let found = if relation { of_relation(facts, index) } else { of_attribute(facts, index) };
    facts.hulls.borrow_mut().insert((relation, index), Some(found));
    found
}

/// Beyond so many cells the range is good enough.
const MOST_CELLS: usize = 2000;

fn of_attribute(facts: &Facts, attribute: usize) -> Interval {
    let cells: Vec<usize> = facts.subject.model.attributes[attribute].cells.iter().flatten().copied().collect();
    let all = whole(&facts.subject.symbols.attributes[attribute]);
    if cells.len() > MOST_CELLS {
        return all;
    }
    hull_of(facts, cells).unwrap_or(all)
}

fn of_relation(facts: &Facts, relation: usize) -> Interval {
    let subject = facts.subject;
    let all = whole(&subject.symbols.relations[relation]);
    let cells = &subject.model.relations[relation].cells;
    let n_actors = subject.model.actors.len();
    let some: BTreeSet<usize> = cells.iter().map(|(_, cell)| cell).collect();
    if some.len() > MOST_CELLS {
        return all;
    }
    let elsewhere = (cells.len() < n_actors * n_actors.saturating_sub(1))
        .then(|| Interval::point(subject.model.relations[relation].elsewhere));
    hull_of(facts, some).into_iter().chain(elsewhere).reduce(Interval::hull).unwrap_or(all)
}

fn hull_of(facts: &Facts, cells: impl IntoIterator<Item = usize>) -> Option<Interval> {
    cells.into_iter().map(|cell| domain(facts, cell).outer).reduce(Interval::hull)
}
