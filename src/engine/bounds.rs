//! Bounds of nodes: what a value can be, whatever happens in the run, or as long as nothing that it reads is written.
//!
//! Why they are exact bounds: rounding to nearest is monotone, so a monotone operation on bounds, carried out as the run carries it out, bounds its
//! value in the run. Only exp, ln and logistic, whose last bit is not known to be monotone, are given room.

use crate::math;
use crate::model::{Calendar, Comparison, EventTest, FoldKind, NEVER_DAYS};

use super::memory::Memory;
use super::node::{Changes, List, Moment, Node, NodeId};
use super::program::Program;

/// What is assumed of the time for which bounds hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// The whole run, whatever happens.
    Run,
    /// From now on, as long as nothing that the node reads is written by an event.
    Still,
}

/// Lowest and highest value.
type Bounds = (f64, f64);

const ANYTHING: Bounds = (-f64::MAX, f64::MAX);
const TRUTH: Bounds = (0.0, 1.0);

/// Relative room for functions whose last bits are not known to be monotone; their error is below 1e-15.
const ROOM: f64 = 1e-12;

impl Memory {
    /// Forgets bounds: to be called when the state has changed or another span is asked about.
    pub(super) fn bounds_changed(&mut self) {
        self.bounds_stamp += 1;
    }

    /// Bounds of a node.
    pub(super) fn bounds(&mut self, program: &Program<'_>, node: NodeId, span: Span) -> Bounds {
        let index = node as usize;
        if program.nodes.changes[index] <= Changes::WithRun {
            let value = self.value(program, node);
            return (value, value);
        }
        let (stamp, low, high) = self.bounds[index];
        if stamp == self.bounds_stamp {
            return (low, high);
        }
        let (low, high) = self.find_bounds(program, program.nodes.nodes[index], span);
        self.bounds[index] = (self.bounds_stamp, low, high);
        (low, high)
    }

    fn find_bounds(&mut self, program: &Program<'_>, node: Node, span: Span) -> Bounds {
        let still = span == Span::Still;
        match node {
            Node::Constant(_) | Node::Parameter(_) | Node::Start(_) | Node::Draw(_) | Node::Ended(_) => ANYTHING,
            Node::Cell(cell) => {
                let cell = cell as usize;
                if still && !program.places.is_volatile[cell] {
                    (self.cells[cell], self.cells[cell])
                } else {
                    program.places.ranges[cell].unwrap_or(ANYTHING)
                }
            }
            Node::Relaxing(relaxing) => {
                let cell = program.places.relaxing[relaxing as usize].cell;
                if still && !program.places.is_volatile[cell] {
                    // It moves monotonely from where it is towards its start.
                    let (value, start) = (self.relaxed(program, relaxing as usize), self.starts[cell]);
                    (math::minimum(value, start), math::maximum(value, start))
                } else {
                    program.places.ranges[cell].unwrap_or(ANYTHING)
                }
            }
            Node::Lingering(lingering) => {
                let cell = program.places.lingering[lingering as usize].cell;
                if still && !program.places.is_volatile[cell] {
                    let value = self.lingered(program, lingering as usize);
                    let rest = self.value(program, program.lingering_rests[lingering as usize]);
                    // Each move goes a part of the way to the rest; rounding may overshoot it.
                    let room = ROOM * math::add(value.abs(), rest.abs());
                    let (low, high) = (math::minimum(value, rest), math::maximum(value, rest));
                    (math::subtract(low, room), math::add(high, room))
                } else {
                    program.places.ranges[cell].unwrap_or(ANYTHING)
                }
            }
            Node::Now(moment) => {
                let from = if still { self.now(program, moment) } else { 0.0 };
                (from, program.horizon_day())
            }
            Node::Negative(a) => {
                let (low, high) = self.bounds(program, a, span);
                (-high, -low)
            }
            Node::Add(a, b) => {
                let (a, b) = (self.bounds(program, a, span), self.bounds(program, b, span));
                (math::add(a.0, b.0), math::add(a.1, b.1))
            }
            Node::Subtract(a, b) => {
                let (a, b) = (self.bounds(program, a, span), self.bounds(program, b, span));
                (math::subtract(a.0, b.1), math::subtract(a.1, b.0))
            }
            Node::Multiply(a, b) => {
                let (a, b) = (self.bounds(program, a, span), self.bounds(program, b, span));
                corners(a, b, math::multiply)
            }
            Node::Divide(a, b) => {
                let (a, b) = (self.bounds(program, a, span), self.bounds(program, b, span));
                if b.0 <= 0.0 && b.1 >= 0.0 { ANYTHING } else { corners(a, b, math::divide) }
            }
            Node::IntegerPower(a, n) => {
                let (low, high) = self.bounds(program, a, span);
                if low >= 0.0 {
                    (math::integer_power(low, n), math::integer_power(high, n))
                } else {
                    let most = math::integer_power(math::maximum(low.abs(), high.abs()), n);
                    (if n % 2 == 0 { 0.0 } else { -most }, most)
                }
            }
            Node::Power(..) => (0.0, f64::MAX),
            Node::Not(a) => {
                let (low, high) = self.bounds(program, a, span);
                // A boolean cell has no range, so its bounds are wider than 0 to 1.
                truth_between(low == 0.0 && high == 0.0, low <= 0.0 && high >= 0.0)
            }
            Node::And(list) => {
                let (mut surely, mut possibly) = (true, true);
                for &part in program.nodes.list(list) {
                    let (low, high) = self.bounds(program, part, span);
                    surely &= low > 0.0;
                    possibly &= high > 0.0;
                    if !possibly {
                        break;
                    }
                }
                truth_between(surely && possibly, possibly)
            }
            Node::Or(list) => {
                let (mut surely, mut possibly) = (false, false);
                for &part in program.nodes.list(list) {
                    let (low, high) = self.bounds(program, part, span);
                    surely |= low > 0.0;
                    possibly |= high > 0.0;
                }
                truth_between(surely, possibly)
            }
            Node::If(condition, then, otherwise) => match self.bounds(program, condition, span) {
                (_, high) if high <= 0.0 => self.bounds(program, otherwise, span),
                (low, _) if low > 0.0 => self.bounds(program, then, span),
                _ => hull(self.bounds(program, then, span), self.bounds(program, otherwise, span)),
            },
            Node::Compare(comparison, slack, a, b) => {
                let slack = if slack { program.slack_days } else { 0.0 };
                let (a, b) = (self.bounds(program, a, span), self.bounds(program, b, span));
                let (surely, possibly) = compare_bounds(comparison, a, b, slack);
                truth_between(surely, possibly)
            }
            Node::SameValue(a, b) => {
                let (a, b) = (self.bounds(program, a, span), self.bounds(program, b, span));
                let (surely, possibly) = compare_bounds(Comparison::Equal, a, b, 0.0);
                truth_between(surely, possibly)
            }
            Node::Fold(fold) => self.fold_bounds(program, fold as usize, span),
            Node::Minimum(list) => self.extreme_bounds(program, list, span, math::minimum),
            Node::Maximum(list) => self.extreme_bounds(program, list, span, math::maximum),
            Node::Absolute(a) => {
                let (low, high) = self.bounds(program, a, span);
                let most = math::maximum(low.abs(), high.abs());
                (if low <= 0.0 && high >= 0.0 { 0.0 } else { math::minimum(low.abs(), high.abs()) }, most)
            }
            Node::Floor(a) => {
                let (low, high) = self.bounds(program, a, span);
                (low.floor(), high.floor())
            }
            Node::Clamp(x, low, high) => {
                let x = self.bounds(program, x, span);
                let (low, high) = (self.bounds(program, low, span), self.bounds(program, high, span));
                (math::clamp(x.0, low.0, high.0), math::clamp(x.1, low.1, high.1))
            }
            Node::Exponential(a) => with_room(self.bounds(program, a, span), math::exp),
            Node::Logarithm(a) => with_room(self.bounds(program, a, span), math::ln),
            Node::SquareRoot(a) => {
                let (low, high) = self.bounds(program, a, span);
                (math::sqrt(low), math::sqrt(high))
            }
            Node::Logistic(a) => with_room(self.bounds(program, a, span), math::logistic),
            Node::Events(test, moment, list) => self.event_bounds(program, test, moment, list, span),
            Node::Pressure(..) => (0.0, f64::MAX),
            Node::Running(clock, _) => match self.deadlines[clock as usize] {
                _ if !still => TRUTH,
                None => (0.0, 0.0),
                Some(deadline) if self.is_past(program, deadline, Moment::Middle) => (0.0, 0.0),
                Some(_) => TRUTH,
            },
            Node::Expired(clock, _) => match self.deadlines[clock as usize] {
                _ if !still => TRUTH,
                None => (0.0, 0.0),
                Some(deadline) if self.is_past(program, deadline, Moment::Middle) => (1.0, 1.0),
                Some(_) => TRUTH,
            },
            Node::Remaining(clock, _) => match self.deadlines[clock as usize] {
                _ if !still => (0.0, f64::MAX),
                None => (0.0, 0.0),
                Some(deadline) => {
                    (0.0, math::maximum(0.0, math::subtract(deadline, self.now(program, Moment::Middle))))
                }
            },
            Node::Calendar(Calendar::Month, _) => (1.0, 12.0),
            Node::Calendar(Calendar::Weekday, _) => (1.0, 7.0),
            Node::Calendar(Calendar::Year, _) => ANYTHING,
            Node::Size(list) if still => {
                let size = program.nodes.list(list).iter().filter(|&&place| self.members[place as usize]).count();
                (size as f64, size as f64)
            }
            Node::Size(list) => (0.0, f64::from(list.length)),
            Node::Member(place) if still => {
                let member = f64::from(u8::from(self.members[place as usize]));
                (member, member)
            }
            Node::Member(_) => TRUTH,
        }
    }

    fn event_bounds(
        &mut self,
        program: &Program<'_>,
        test: EventTest,
        moment: Moment,
        list: List,
        span: Span,
    ) -> Bounds {
        if span == Span::Run {
            return match test {
                EventTest::Fired => TRUTH,
                EventTest::Times => (0.0, f64::MAX),
                EventTest::Since | EventTest::First => (0.0, math::maximum(NEVER_DAYS, program.horizon_day())),
            };
        }
        let tally = self.tally(program, list);
        match test {
            EventTest::Fired => truth_between(tally.count > 0, tally.count > 0),
            EventTest::Times => (f64::from(tally.count), f64::from(tally.count)),
            EventTest::Since | EventTest::First if tally.count == 0 => (NEVER_DAYS, NEVER_DAYS),
            EventTest::Since => {
                let last = program.day_of(tally.last_step);
                (math::subtract(self.now(program, moment), last), math::subtract(program.horizon_day(), last))
            }
            EventTest::First => (program.day_of(tally.first_step), program.day_of(tally.first_step)),
        }
    }

    fn extreme_bounds(
        &mut self,
        program: &Program<'_>,
        list: List,
        span: Span,
        pick: impl Fn(f64, f64) -> f64,
    ) -> Bounds {
        let mut whole: Option<Bounds> = None;
        for &part in program.nodes.list(list) {
            let (low, high) = self.bounds(program, part, span);
            whole = Some(whole.map_or((low, high), |whole| (pick(whole.0, low), pick(whole.1, high))));
        }
        whole.unwrap_or((0.0, 0.0))
    }

    fn fold_bounds(&mut self, program: &Program<'_>, fold: usize, span: Span) -> Bounds {
        let fold = &program.nodes.folds[fold];
        let mut sum = (0.0, 0.0);
        let mut all: Option<Bounds> = None;
        let (mut surely_somebody, mut held) = (false, (0_u32, 0_u32));
        for &(condition, body) in &fold.items {
            let counts = self.bounds(program, condition, span);
            if counts.1 <= 0.0 {
                continue;
            }
            let value = self.bounds(program, body, span);
            all = Some(all.map_or(value, |all| hull(all, value)));
            let surely = counts.0 > 0.0;
            surely_somebody |= surely;
            let added = if surely { value } else { hull(value, (0.0, 0.0)) };
            sum = (math::add(sum.0, added.0), math::add(sum.1, added.1));
            let (surely_not_zero, possibly_not_zero) = (value.0 > 0.0 || value.1 < 0.0, value != (0.0, 0.0));
            held.0 += u32::from(surely && surely_not_zero);
            held.1 += u32::from(possibly_not_zero);
        }
        match fold.kind {
            FoldKind::Sum => sum,
            FoldKind::Count => (f64::from(held.0), f64::from(held.1)),
            FoldKind::Share => TRUTH,
            FoldKind::Any => truth_between(held.0 > 0, held.1 > 0),
            FoldKind::All => TRUTH,
            FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum => {
                let otherwise = self.bounds(program, fold.otherwise, span);
                let whole = match all {
                    None => return otherwise,
                    Some(all) if surely_somebody => all,
                    Some(all) => hull(all, otherwise),
                };
                // A mean may round beyond the values that it is of.
                let room =
                    if fold.kind == FoldKind::Mean { 1e-9 * math::add(whole.0.abs(), whole.1.abs()) } else { 0.0 };
                (math::subtract(whole.0, room), math::add(whole.1, room))
            }
        }
    }

    /// Is a condition false now and, as long as nothing that it reads is written by an event, from now on?
    pub(super) fn stays_false(&mut self, program: &Program<'_>, node: NodeId) -> bool {
        self.bounds_changed();
        self.bounds(program, node, Span::Still).1 <= 0.0
    }

    /// How many of the 256 coarse bytes can mean a uniform below the probability `p`?
    pub(super) fn bytes_below(p: f64) -> u16 {
        // Byte c means at least c / 256; scaling by a power of two is exact.
        (p * 256.0).ceil().clamp(0.0, 256.0) as u16
    }
}

fn truth_between(surely: bool, possibly: bool) -> Bounds {
    (f64::from(u8::from(surely)), f64::from(u8::from(possibly)))
}

fn hull(a: Bounds, b: Bounds) -> Bounds {
    (math::minimum(a.0, b.0), math::maximum(a.1, b.1))
}

fn corners(a: Bounds, b: Bounds, operation: impl Fn(f64, f64) -> f64) -> Bounds {
    let corners = [operation(a.0, b.0), operation(a.0, b.1), operation(a.1, b.0), operation(a.1, b.1)];
    corners.into_iter().fold((f64::MAX, -f64::MAX), |bounds, corner| hull(bounds, (corner, corner)))
}

fn with_room((low, high): Bounds, function: impl Fn(f64) -> f64) -> Bounds {
    let (low, high) = (function(low), function(high));
    (math::subtract(low, low.abs() * ROOM), math::add(high, high.abs() * ROOM))
}

/// Whether a comparison surely, and whether it possibly holds.
fn compare_bounds(comparison: Comparison, a: Bounds, b: Bounds, slack: f64) -> (bool, bool) {
    let both = |surely: (f64, f64), possibly: (f64, f64)| {
        let holds = |(a, b): (f64, f64)| super::evaluate::compare(comparison, a, b, slack);
        (holds(surely), holds(possibly))
    };
    match comparison {
        Comparison::Less | Comparison::LessOrEqual => both((a.1, b.0), (a.0, b.1)),
        Comparison::Greater | Comparison::GreaterOrEqual => both((a.0, b.1), (a.1, b.0)),
        Comparison::Equal | Comparison::NotEqual => {
            let apart = a.0 - b.1 > slack || b.0 - a.1 > slack;
            let together = (a.1 - b.0).abs() <= slack && (b.1 - a.0).abs() <= slack;
            if comparison == Comparison::Equal { (together, !apart) } else { (apart, !together) }
        }
    }
}
