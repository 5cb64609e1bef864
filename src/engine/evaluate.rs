//! Values of nodes on a run's state; each is computed at most once as long as nothing it can read has changed.

use crate::math;
use crate::model::{Calendar, Comparison, EventTally, EventTest, FoldKind, NEVER_DAYS};

use super::compile::truth;
use super::memory::Memory;
use super::node::{Changes, List, Moment, Node, NodeId};
use super::program::Program;

impl Memory {
    /// Does a condition hold?
    #[inline]
    pub(super) fn holds(&mut self, program: &Program<'_>, node: NodeId) -> bool {
        self.value(program, node) != 0.0
    }

    /// The value of a node now; of a condition exactly 0 or 1.
    pub(super) fn value(&mut self, program: &Program<'_>, node: NodeId) -> f64 {
        let index = node as usize;
        let oldest = match program.nodes.changes[index] {
            Changes::Never => match program.nodes.nodes[index] {
                Node::Constant(bits) => return f64::from_bits(bits),
                _ => self.run_stamp,
            },
            Changes::WithRun => self.run_stamp,
            Changes::WithState => self.state_stamp,
            Changes::WithFiring => return self.compute(program, program.nodes.nodes[index]),
        };
        let (stamp, value) = self.known[index];
        if stamp >= oldest {
            return value;
        }
        let value = self.compute(program, program.nodes.nodes[index]);
        self.known[index] = (self.state_stamp, value);
        value
    }

    fn compute(&mut self, program: &Program<'_>, node: Node) -> f64 {
        match node {
            Node::Constant(bits) => f64::from_bits(bits),
            Node::Parameter(parameter) => self.parameters[parameter as usize],
            Node::Start(cell) => self.starts[cell as usize],
            Node::Cell(cell) => self.cells[cell as usize],
            Node::Relaxing(relaxing) => self.relaxed(program, relaxing as usize),
            Node::Lingering(lingering) => self.lingered(program, lingering as usize),
            Node::Draw(draw) => self.drawn[draw as usize],
            Node::Now(moment) => self.now(program, moment),
            Node::Negative(a) => -self.value(program, a),
            Node::Add(a, b) => math::add(self.value(program, a), self.value(program, b)),
            Node::Subtract(a, b) => math::subtract(self.value(program, a), self.value(program, b)),
            Node::Multiply(a, b) => math::multiply(self.value(program, a), self.value(program, b)),
            Node::Divide(a, b) => math::divide(self.value(program, a), self.value(program, b)),
            Node::IntegerPower(a, n) => math::integer_power(self.value(program, a), n),
            Node::Power(a, b) => math::power(self.value(program, a), self.value(program, b)),
            Node::Not(a) => truth(!self.holds(program, a)),
            Node::And(list) => truth(program.nodes.list(list).iter().all(|&part| self.holds(program, part))),
            Node::Or(list) => truth(program.nodes.list(list).iter().any(|&part| self.holds(program, part))),
            Node::If(condition, then, otherwise) => {
                let part = if self.holds(program, condition) { then } else { otherwise };
                self.value(program, part)
            }
            Node::Compare(comparison, slack, a, b) => {
                let slack = if slack { program.slack_days } else { 0.0 };
                truth(compare(comparison, self.value(program, a), self.value(program, b), slack))
            }
            Node::SameValue(a, b) => truth(self.value(program, a) == self.value(program, b)),
            Node::Fold(fold) => self.fold(program, fold as usize),
            Node::Minimum(list) => self.extreme(program, list, math::minimum),
            Node::Maximum(list) => self.extreme(program, list, math::maximum),
            Node::Absolute(a) => self.value(program, a).abs(),
            Node::Floor(a) => self.value(program, a).floor(),
            Node::Clamp(x, low, high) => {
                math::clamp(self.value(program, x), self.value(program, low), self.value(program, high))
            }
            Node::Exponential(a) => math::exp(self.value(program, a)),
            Node::Logarithm(a) => math::ln(self.value(program, a)),
            Node::SquareRoot(a) => math::sqrt(self.value(program, a)),
            Node::Logistic(a) => math::logistic(self.value(program, a)),
            Node::Events(test, moment, list) => {
                let tally = self.tally(program, list);
                match test {
                    EventTest::Fired => truth(tally.count > 0),
                    EventTest::Times => f64::from(tally.count),
                    EventTest::Since if tally.count == 0 => NEVER_DAYS,
                    EventTest::Since => math::subtract(self.now(program, moment), program.day_of(tally.last_step)),
                    EventTest::First if tally.count == 0 => NEVER_DAYS,
                    EventTest::First => program.day_of(tally.first_step),
                }
            }
            Node::Ended(outcome) => truth(self.ended == Some(outcome as usize)),
            Node::Pressure(by, on) => {
                let deeds = self.deeds.iter().filter(|deed| deed.actor == by && deed.target == on);
                let levels: u64 = deeds.map(|deed| u64::from(deed.ladder)).sum();
                math::divide(levels as f64, program.model.step_days)
            }
            Node::Running(clock, moment) => match self.deadlines[clock as usize] {
                Some(deadline) => truth(!self.is_past(program, deadline, moment)),
                None => 0.0,
            },
            Node::Expired(clock, moment) => match self.deadlines[clock as usize] {
                Some(deadline) => truth(self.is_past(program, deadline, moment)),
                None => 0.0,
            },
            Node::Remaining(clock, moment) => match self.deadlines[clock as usize] {
                Some(deadline) if !self.is_past(program, deadline, moment) => {
                    math::subtract(deadline, self.now(program, moment))
                }
                _ => 0.0,
            },
            Node::Calendar(part, date) => {
                let date = self.value(program, date);
                calendar(program, part, date)
            }
            Node::Size(list) => {
                program.nodes.list(list).iter().filter(|&&place| self.members[place as usize]).count() as f64
            }
            Node::Member(place) => truth(self.members[place as usize]),
        }
    }

    /// Now in days since the start.
    pub(super) fn now(&self, program: &Program<'_>, moment: Moment) -> f64 {
        match moment {
            Moment::Middle => (self.step as f64 - 0.5) * program.model.step_days,
            Moment::End => self.step as f64 * program.model.step_days,
        }
    }

    pub(super) fn is_past(&self, program: &Program<'_>, deadline: f64, moment: Moment) -> bool {
        self.now(program, moment) >= deadline - program.slack_days
    }

    /// All that a list of tallies counts together.
    pub(super) fn tally(&self, program: &Program<'_>, list: List) -> EventTally {
        let places = program.nodes.list(list);
        if let [place] = places {
            return self.tallies[*place as usize];
        }
        let mut whole = EventTally::default();
        for place in places {
            let part = self.tallies[*place as usize];
            if part.count > 0 {
                let is_first = whole.count == 0;
                whole.first_step = if is_first { part.first_step } else { whole.first_step.min(part.first_step) };
                whole.last_step = whole.last_step.max(part.last_step);
                whole.count = whole.count.saturating_add(part.count);
            }
        }
        whole
    }

    fn extreme(&mut self, program: &Program<'_>, list: List, pick: impl Fn(f64, f64) -> f64) -> f64 {
        let mut parts = program.nodes.list(list).iter();
        let Some(&first) = parts.next() else { return 0.0 };
        let first = self.value(program, first);
        parts.fold(first, |extreme, &part| pick(extreme, self.value(program, part)))
    }

    /// Left to right in order of actors, from 0; never reassociated.
    fn fold(&mut self, program: &Program<'_>, fold: usize) -> f64 {
        let fold = &program.nodes.folds[fold];
        let (mut counted, mut held) = (0_u64, 0_u64);
        let (mut sum, mut least, mut greatest) = (0.0, 0.0, 0.0);
        for &(condition, body) in &fold.items {
            if !self.holds(program, condition) {
                continue;
            }
            let value = self.value(program, body);
            sum = math::add(sum, value);
            least = if counted == 0 { value } else { math::minimum(least, value) };
            greatest = if counted == 0 { value } else { math::maximum(greatest, value) };
            counted += 1;
            held += u64::from(value != 0.0);
        }
        match fold.kind {
            FoldKind::Sum => sum,
            FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum if counted == 0 => {
                self.value(program, fold.otherwise)
            }
            FoldKind::Mean => math::divide(sum, counted as f64),
            FoldKind::Minimum => least,
            FoldKind::Maximum => greatest,
            FoldKind::Count => held as f64,
            FoldKind::Share => math::divide(held as f64, counted as f64),
            FoldKind::Any => truth(held > 0),
            FoldKind::All => truth(held == counted),
        }
    }
}

/// A part of the civil date of `date` plus the slack.
pub(super) fn calendar(program: &Program<'_>, part: Calendar, date: f64) -> f64 {
    let (first_day, passed) = program.civil_start;
    let day = math::add(passed, math::add(date, program.slack_days)).floor();
    let civil = math::CivilDate::of_day(first_day.saturating_add(day as i64));
    match part {
        Calendar::Year => civil.year as f64,
        Calendar::Month => f64::from(civil.month),
        Calendar::Weekday => f64::from(civil.weekday),
    }
}

/// Compares with a slack.
pub(super) fn compare(comparison: Comparison, a: f64, b: f64, slack: f64) -> bool {
    match comparison {
        Comparison::Less => a < b - slack,
        Comparison::LessOrEqual => a <= b + slack,
        Comparison::Greater => a > b + slack,
        Comparison::GreaterOrEqual => a >= b - slack,
        Comparison::Equal => (a - b).abs() <= slack,
        Comparison::NotEqual => (a - b).abs() > slack,
    }
}
