//! Folds on intervals.

use super::evaluate::Evaluator;
use super::facts::View;
use super::frame::{Bound, Frame};
use super::interval::Interval;
use crate::check::typed::TypedFold;
use crate::math;
use crate::model::{ActorIndex, FoldKind};

/// A member: does it count, and with what.
struct Member {
    counts: Interval,
    value: Interval,
}

/// Beyond so many members all are looked at as one.
const MOST_MEMBERS: usize = 40;

impl Evaluator<'_> {
    pub(super) fn fold(&self, fold: &TypedFold, frame: &mut Frame) -> Interval {
        let group = &self.facts.subject.symbols.groups[fold.group];
        let settled = !group.changes || self.day_zero;
        let actors: Vec<ActorIndex> =
            if self.day_zero { group.members.clone() } else { group.potential.iter().copied().collect() };
        if actors.is_empty() && self.facts.view == View::Free {
            return match fold.kind {
                FoldKind::Any | FoldKind::All | FoldKind::Share => Interval::MAYBE,
                FoldKind::Count => Interval::new(0.0, f64::MAX),
                _ => Interval::ALL,
            };
        }
        let mut members = Vec::new();
        if actors.len() > MOST_MEMBERS {
            let member = self.member(fold, frame, Bound { actor: None, group: Some(fold.group) }, settled);
            members.extend(actors.iter().map(|_| Member { ..member }));
        } else {
            for actor in actors {
                let bound = Bound { actor: Some(actor), group: Some(fold.group) };
                members.push(self.member(fold, frame, bound, settled));
            }
        }
        members.retain(|member| !member.counts.is_false());
        let otherwise = |frame: &mut Frame| {
            fold.otherwise.as_ref().map_or(Interval::point(0.0), |otherwise| self.evaluate(otherwise, frame))
        };
        combine(fold.kind, &members, || otherwise(frame))
    }

    fn member(&self, fold: &TypedFold, frame: &mut Frame, bound: Bound, settled: bool) -> Member {
        let depth = frame.actors.len();
        frame.put(fold.slot, bound);
        let mut counts = if settled { Interval::TRUE } else { Interval::MAYBE };
        if let Some(filter) = &fold.filter {
            let filter = self.evaluate(filter, frame);
            counts = if filter.is_true() {
                counts
            } else if filter.is_false() {
                filter
            } else {
                Interval::MAYBE
            };
        }
        let value = if counts.is_false() { Interval::point(0.0) } else { self.evaluate(&fold.body, frame) };
        frame.actors.truncate(depth);
        Member { counts, value }
    }
}

fn combine(kind: FoldKind, members: &[Member], otherwise: impl FnOnce() -> Interval) -> Interval {
    let certain = members.iter().filter(|member| member.counts.is_true()).count();
    let all_certain = certain == members.len();
    let holding = members.iter().filter(|member| member.counts.is_true() && member.value.is_true()).count();
    let perhaps = members.iter().filter(|member| !member.value.is_false()).count();
    match kind {
        FoldKind::Sum => sum(members),
        FoldKind::Count => Interval::new(holding as f64, perhaps as f64),
        FoldKind::Any if holding > 0 => Interval::TRUE,
        FoldKind::Any if perhaps == 0 => Interval::FALSE,
        FoldKind::All if members.iter().any(|member| member.counts.is_true() && member.value.is_false()) => {
            Interval::FALSE
        }
        FoldKind::All if members.iter().all(|member| member.value.is_true()) => Interval::TRUE,
        FoldKind::Any | FoldKind::All => Interval::MAYBE,
        FoldKind::Share => {
            let low = math::divide(holding as f64, members.len() as f64);
            let high = math::divide(perhaps as f64, certain.max(1) as f64).min(1.0);
            Interval::new(low, high)
        }
        FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum => {
            let Some(hull) = members.iter().map(|member| member.value).reduce(Interval::hull) else {
                return otherwise();
            };
            let found = match kind {
                FoldKind::Mean if all_certain => {
                    let n = members.len() as f64;
                    let total = sum(members);
                    Interval::new(math::divide(total.low, n), math::divide(total.high, n))
                }
                FoldKind::Mean => hull,
                FoldKind::Minimum => {
                    let bound = certain_ends(members).map(|value| value.high).fold(f64::MAX, f64::min);
                    Interval::new(hull.low, bound.min(hull.high))
                }
                _ => {
                    let bound = certain_ends(members).map(|value| value.low).fold(-f64::MAX, f64::max);
                    Interval::new(bound.max(hull.low), hull.high)
                }
            };
            if certain == 0 { found.hull(otherwise()) } else { found }
        }
    }
}

fn certain_ends(members: &[Member]) -> impl Iterator<Item = Interval> + '_ {
    members.iter().filter(|member| member.counts.is_true()).map(|member| member.value)
}

fn sum(members: &[Member]) -> Interval {
    members.iter().fold(Interval::point(0.0), |sum, member| {
        let value = if member.counts.is_true() { member.value } else { member.value.hull(Interval::point(0.0)) };
        sum.add(value)
    })
}
