//! Reads an expression on intervals.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::facts::{DEEPEST, Facts, View};
use super::frame::{Bound, Frame};
use super::interval::Interval;
use super::leaf::{EventKey, Leaf, Setting, Settings};
use super::occurrence::{Holder, Occurrences, Variable};
use super::spread::Spread;
use crate::check::content::{ParameterSource, TypedStart};
use crate::check::distributions::TypedDistribution;
use crate::check::typed::{Node, Operator, Type, Typed, TypedArgument};
use crate::math;
use crate::model::{ActorTerm, Comparison, EventTest, Function};

static NOTHING: Settings = Settings { all: Vec::new() };

/// What definitions of actors gave, by definition and who was in its slots.
type Known = BTreeMap<(usize, Vec<Bound>), Interval>;

/// Reads expressions, some leaves being settled.
pub(in crate::check) struct Evaluator<'e> {
    pub(in crate::check) facts: &'e Facts<'e>,
    pub(in crate::check) settings: &'e Settings,
    /// Draws of the event at hand.
    pub(in crate::check) draws: &'e [(String, TypedDistribution)],
    /// The start of the cell whose rest is read.
    pub(in crate::check) own_start: Option<Interval>,
    /// On day 0: every cell at its start, nothing has happened.
    pub(in crate::check) day_zero: bool,
    /// Where to write down what is read, if anywhere.
    pub(in crate::check) seen: Option<&'e RefCell<Occurrences>>,
    pub(in crate::check) known: RefCell<Known>,
}

impl<'e> Evaluator<'e> {
    /// Nothing settled, at any time.
    pub(in crate::check) fn plain(facts: &'e Facts<'e>) -> Self {
        Evaluator {
            facts,
            settings: &NOTHING,
            draws: &[],
            own_start: None,
            day_zero: false,
            seen: None,
            known: RefCell::default(),
        }
    }

    /// All values that an expression can have; with everything settled, its value.
    pub(in crate::check) fn evaluate(&self, typed: &Typed, frame: &mut Frame) -> Interval {
        let depth = self.facts.depth.get();
        let left = self.facts.left.get();
        if depth > DEEPEST || left == 0 {
            return unknown(typed);
        }
        self.facts.left.set(left - 1);
        self.facts.depth.set(depth + 1);
        let found = self.node(typed, frame);
        self.facts.depth.set(depth);
        found
    }

    fn node(&self, typed: &Typed, frame: &mut Frame) -> Interval {
        match &typed.node {
            Node::Constant(value) => Interval::point(*value),
            Node::Parameter(index) => self.parameter(*index),
            Node::State(state) => {
                let cell = self.facts.subject.model.state[*state].cell;
                self.cell(cell, Variable::One(Leaf::Cell(cell)))
            }
            Node::Attribute { attribute, holder } => self.attribute(*attribute, frame.get(*holder)),
            Node::Relation { relation, from, to } => self.relation(*relation, frame.get(*from), frame.get(*to)),
            Node::ValueArgument(slot) => frame.values.get(*slot).copied().unwrap_or_else(|| unknown(typed)),
            Node::Draw(position) => self.draw(*position),
            Node::OwnStart => self.own_start.unwrap_or(Interval::ALL),
            Node::Definition { definition, arguments } => self.definition(*definition, arguments, frame),
            Node::Now => self.now(),
            Node::Negative(a) => self.evaluate(a, frame).negative(),
            Node::Binary(operator, a, b) => {
                let (a, b) = (self.evaluate(a, frame), self.evaluate(b, frame));
                match operator {
                    Operator::Add => a.add(b),
                    Operator::Subtract => a.subtract(b),
                    Operator::Multiply => a.multiply(b),
                    Operator::Divide => a.divide(b),
                    Operator::Power => a.power(b),
                }
            }
            Node::IntegerPower(a, n) => self.evaluate(a, frame).integer_power(*n),
            Node::Not(a) => self.evaluate(a, frame).not(),
            Node::And(parts) => self.connect(parts, frame, false),
            Node::Or(parts) => self.connect(parts, frame, true),
            Node::If(condition, then, otherwise) => {
                let condition = self.evaluate(condition, frame);
                if condition.is_true() {
                    self.evaluate(then, frame)
                } else if condition.is_false() {
                    self.evaluate(otherwise, frame)
                } else {
                    self.evaluate(then, frame).hull(self.evaluate(otherwise, frame))
                }
            }
            Node::Compare(comparison, a, b) => self.compare(*comparison, a, b, frame),
            Node::SameActor(a, b) => match (frame.get(*a).actor, frame.get(*b).actor) {
                (Some(a), Some(b)) => Interval::truth(a == b),
                _ => Interval::MAYBE,
            },
            Node::InGroup(actor, group) => self.in_group(*actor, *group, frame),
            Node::SameValue(a, b) => self.same_value(a, b, frame),
            Node::Fold(fold) => self.fold(fold, frame),
            Node::Function(function, parts) => self.function(*function, parts, frame),
            Node::Events { test, happening, actor, target } => {
                let Some(&index) = self.facts.subject.happenings.get(happening.id.as_str()) else {
                    return unknown(typed);
                };
                let bound = |term: &Option<ActorTerm>| term.map(|term| frame.get(term));
                self.events(*test, index, bound(actor), bound(target))
            }
            Node::Ended(_) => Interval::MAYBE,
            Node::Pressure(..) if self.day_zero => Interval::point(0.0),
            Node::Pressure(..) => Interval::new(0.0, f64::MAX),
            Node::Running(clock) => {
                self.clock(*clock, |left| Interval::truth(left.is_some_and(|left| left > 0.0)), Interval::MAYBE)
            }
            Node::Expired(clock) => self.clock(*clock, |left| Interval::truth(left == Some(0.0)), Interval::MAYBE),
            Node::Remaining(clock) => {
                let longest = self.facts.clock_lengths(*clock).map_or(0.0, |lengths| lengths.high.max(0.0));
                self.clock(*clock, |left| Interval::point(left.unwrap_or(0.0)), Interval::new(0.0, longest))
            }
            Node::Calendar(part, date) => self.calendar(*part, self.evaluate(date, frame)),
            Node::Size(group) => {
                let group = &self.facts.subject.symbols.groups[*group];
                if !group.changes || self.day_zero {
                    return Interval::point(group.members.len() as f64);
                }
                Interval::new(0.0, group.potential.len() as f64)
            }
        }
    }

    /// `and` (decided by a false part) and `or` (by a true one).
    fn connect(&self, parts: &[Typed], frame: &mut Frame, decided: bool) -> Interval {
        let mut certain = true;
        for part in parts {
            let part = self.evaluate(part, frame);
            if if decided { part.is_true() } else { part.is_false() } {
                return Interval::truth(decided);
            }
            certain &= part.is_point();
        }
        if certain { Interval::truth(!decided) } else { Interval::MAYBE }
    }

    fn parameter(&self, index: usize) -> Interval {
        let leaf = Leaf::Parameter(index);
        if let Some(value) = self.settings.get(leaf).and_then(Setting::value) {
            return value;
        }
        let typed = &self.facts.subject.content.parameters[index];
        let range = typed.range.map(|(low, high)| Interval::new(low, high));
        match (&typed.source, self.facts.view, range) {
            (ParameterSource::Value(value), View::Actual, _) => self.evaluate(value, &mut Frame::default()),
            (_, View::Settable | View::Free, Some(range)) => range,
            (ParameterSource::Value(value), View::Free, None) if value.literal().is_some() => match typed.kind {
                Type::Boolean => Interval::MAYBE,
                Type::Number | Type::Date => Interval::ALL,
                _ => Interval::new(0.0, f64::MAX),
            },
            (ParameterSource::Value(value), ..) => self.evaluate(value, &mut Frame::default()),
            (ParameterSource::Prior(_), ..) => {
                let Some(spread) = self.facts.prior(index) else { return Interval::ALL };
                if !spread.outer.is_point() {
                    self.see(Variable::One(leaf), leaf);
                }
                spread.outer
            }
            (ParameterSource::Open, ..) => range.unwrap_or(Interval::ALL),
        }
    }

    pub(super) fn see(&self, variable: Variable, leaf: Leaf) {
        if let Some(seen) = self.seen {
            seen.borrow_mut().see(variable, leaf);
        }
    }

    fn attribute(&self, attribute: usize, holder: Bound) -> Interval {
        let Some(actor) = holder.actor else { return super::domains::hull(self.facts, false, attribute) };
        let Some(cell) = self.facts.subject.attribute_cell(attribute, actor) else { return Interval::point(0.0) };
        let variable = match holder.group {
            Some(group) => {
                Variable::Many { relation: false, index: attribute, from: Holder::Each(group), to: Holder::Nobody }
            }
            None => Variable::One(Leaf::Cell(cell)),
        };
        self.cell(cell, variable)
    }

    fn relation(&self, relation: usize, from: Bound, to: Bound) -> Interval {
        let (Some(a), Some(b)) = (from.actor, to.actor) else {
            return super::domains::hull(self.facts, true, relation);
        };
        let Some(cell) = self.facts.subject.relation_cell(relation, a, b) else {
            return Interval::point(self.facts.subject.model.relations[relation].elsewhere);
        };
        let holder = |bound: Bound, actor| bound.group.map_or(Holder::Actor(actor), Holder::Each);
        let variable = if from.group.is_none() && to.group.is_none() {
            Variable::One(Leaf::Cell(cell))
        } else {
            Variable::Many { relation: true, index: relation, from: holder(from, a), to: holder(to, b) }
        };
        self.cell(cell, variable)
    }

    fn cell(&self, cell: usize, variable: Variable) -> Interval {
        let leaf = Leaf::Cell(cell);
        if let Some(value) = self.settings.get(leaf).and_then(Setting::value) {
            return value;
        }
        if self.day_zero {
            return self.start(cell);
        }
        let domain = self.facts.domain(cell);
        if !domain.moved {
            if self.facts.drawn_start(cell).is_some() && !domain.outer.is_point() {
                self.see(variable, leaf);
            }
            return self.start(cell);
        }
        if !domain.outer.is_point() {
            self.see(variable, leaf);
        }
        domain.outer
    }

    /// What a cell starts with.
    pub(in crate::check) fn start(&self, cell: usize) -> Interval {
        let whole = self.facts.whole(cell);
        match self.facts.subject.start(cell) {
            Some(TypedStart::Value(value)) => {
                self.evaluate(value, &mut Frame::default()).clamped(whole.low, whole.high)
            }
            Some(TypedStart::Drawn(_)) => self.facts.drawn_start(cell).map_or(whole, |spread| spread.outer),
            None => whole,
        }
    }

    /// What a draw of the event at hand can give.
    pub(in crate::check) fn draw_spread(&self, position: usize) -> Option<Spread> {
        let (_, distribution) = self.draws.get(position)?;
        Some(Spread::of(distribution, |part| self.evaluate(part, &mut Frame::anybody()), None))
    }

    fn draw(&self, position: usize) -> Interval {
        let leaf = Leaf::Draw(position);
        if let Some(value) = self.settings.get(leaf).and_then(Setting::value) {
            return value;
        }
        let Some(spread) = self.draw_spread(position) else { return Interval::ALL };
        if !spread.outer.is_point() {
            self.see(Variable::One(leaf), leaf);
        }
        spread.outer
    }

    fn now(&self) -> Interval {
        if self.day_zero {
            return Interval::point(0.0);
        }
        if let Some(value) = self.settings.get(Leaf::Now).and_then(Setting::value) {
            return value;
        }
        self.see(Variable::One(Leaf::Now), Leaf::Now);
        Interval::new(0.0, self.facts.subject.horizon_days())
    }

    fn definition(&self, definition: usize, arguments: &[TypedArgument], frame: &mut Frame) -> Interval {
        let mut inner = Frame::default();
        let mut only_actors = true;
        for argument in arguments {
            let (actor, value) = match argument {
                TypedArgument::Actor(term) => (frame.get(*term), Interval::ALL),
                TypedArgument::Value(value) => {
                    only_actors = false;
                    (Bound::default(), self.evaluate(value, frame))
                }
            };
            inner.actors.push(actor);
            inner.values.push(value);
        }
        let body = &self.facts.subject.specialised[definition].body;
        if !only_actors {
            return self.evaluate(body, &mut inner);
        }
        let key = (definition, inner.actors.clone());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let found = self.evaluate(body, &mut inner);
        self.known.borrow_mut().insert(key, found);
        found
    }

    fn compare(&self, comparison: Comparison, a: &Typed, b: &Typed, frame: &mut Frame) -> Interval {
        let slack = match a.kind {
            Type::Duration | Type::Date => self.facts.subject.model.slack_days(),
            _ => 0.0,
        };
        let (left, right) = (self.evaluate(a, frame), self.evaluate(b, frame));
        self.note_comparison(a, right, frame);
        self.note_comparison(b, left, frame);
        let less = |a: Interval, b: Interval, slack: f64| {
            if a.high < b.low - slack {
                Interval::TRUE
            } else if a.low >= b.high - slack {
                Interval::FALSE
            } else {
                Interval::MAYBE
            }
        };
        match comparison {
            Comparison::Less => less(left, right, slack),
            Comparison::GreaterOrEqual => less(left, right, slack).not(),
            Comparison::Greater => less(right, left, slack),
            Comparison::LessOrEqual => less(right, left, slack).not(),
            Comparison::Equal | Comparison::NotEqual => {
                let apart = left.high < right.low - slack || right.high < left.low - slack;
                let equal = if apart {
                    Interval::FALSE
                } else if left.is_point() && right.is_point() {
                    Interval::TRUE
                } else {
                    Interval::MAYBE
                };
                if comparison == Comparison::Equal { equal } else { equal.not() }
            }
        }
    }

    /// Remembers the number that a place is compared with.
    fn note_comparison(&self, side: &Typed, other: Interval, frame: &Frame) {
        let Some(seen) = self.seen else { return };
        if !other.is_point() {
            return;
        }
        let subject = self.facts.subject;
        let leaf = match &side.node {
            Node::State(state) => Leaf::Cell(subject.model.state[*state].cell),
            Node::Attribute { attribute, holder } => {
                match frame.get(*holder).actor.and_then(|actor| subject.attribute_cell(*attribute, actor)) {
                    Some(cell) => Leaf::Cell(cell),
                    None => return,
                }
            }
            Node::Relation { relation, from, to } => match (frame.get(*from).actor, frame.get(*to).actor) {
                (Some(a), Some(b)) => match subject.relation_cell(*relation, a, b) {
                    Some(cell) => Leaf::Cell(cell),
                    None => return,
                },
                _ => return,
            },
            Node::Parameter(parameter) => Leaf::Parameter(*parameter),
            Node::Now => Leaf::Now,
            Node::Events { test: EventTest::Since, happening, actor, target } => {
                let Some(&index) = subject.happenings.get(happening.id.as_str()) else { return };
                let who = |term: &Option<ActorTerm>| term.and_then(|term| frame.get(term).actor);
                match self.facts.key(EventKey { happening: index, actor: who(actor), target: who(target) }) {
                    Some(key) => Leaf::Event(key),
                    None => return,
                }
            }
            _ => return,
        };
        let mut seen = seen.borrow_mut();
        if let Some(one) = seen.all.iter_mut().find(|one| one.leaves.contains(&leaf))
            && !one.compared.contains(&other.low)
            && one.compared.len() < 4
        {
            one.compared.push(other.low);
        }
    }

    fn in_group(&self, actor: ActorTerm, group: usize, frame: &Frame) -> Interval {
        let Some(actor) = frame.get(actor).actor else { return Interval::MAYBE };
        let group = &self.facts.subject.symbols.groups[group];
        if !group.potential.contains(&actor) {
            Interval::FALSE
        } else if !group.changes || self.day_zero {
            Interval::truth(group.members.contains(&actor))
        } else {
            Interval::MAYBE
        }
    }

    fn same_value(&self, a: &Typed, b: &Typed, frame: &mut Frame) -> Interval {
        let (left, right) = (self.evaluate(a, frame), self.evaluate(b, frame));
        if left.is_point() && right.is_point() {
            return Interval::truth(left.low == right.low);
        }
        let (left, right) = (self.mask(a, frame), self.mask(b, frame));
        if left & right == 0 { Interval::FALSE } else { Interval::MAYBE }
    }

    /// Which values of its enumeration an expression can have; every bit where that is not known.
    pub(in crate::check) fn mask(&self, typed: &Typed, frame: &Frame) -> u64 {
        let subject = self.facts.subject;
        let of_cell = |cell: usize| match self.settings.get(Leaf::Cell(cell)) {
            Some(Setting::Value(value)) => super::domains::bit(value),
            _ if self.day_zero => u64::MAX,
            _ => self.facts.domain(cell).mask,
        };
        match &typed.node {
            Node::Constant(value) => super::domains::bit(*value),
            Node::State(state) => of_cell(subject.model.state[*state].cell),
            Node::Attribute { attribute, holder } => frame
                .get(*holder)
                .actor
                .and_then(|actor| subject.attribute_cell(*attribute, actor))
                .map_or(u64::MAX, of_cell),
            Node::Relation { relation, from, to } => match (frame.get(*from).actor, frame.get(*to).actor) {
                (Some(a), Some(b)) => match subject.relation_cell(*relation, a, b) {
                    Some(cell) => of_cell(cell),
                    None => super::domains::bit(subject.model.relations[*relation].elsewhere),
                },
                _ => u64::MAX,
            },
            Node::If(_, then, otherwise) => self.mask(then, frame) | self.mask(otherwise, frame),
            Node::Definition { definition, arguments } if arguments.is_empty() => {
                self.mask(&subject.specialised[*definition].body, &Frame::default())
            }
            _ => u64::MAX,
        }
    }

    fn function(&self, function: Function, parts: &[Typed], frame: &mut Frame) -> Interval {
        let mut all = parts.iter().map(|part| self.evaluate(part, frame));
        let Some(first) = all.next() else { return Interval::ALL };
        match function {
            Function::Minimum => all.fold(first, Interval::minimum),
            Function::Maximum => all.fold(first, Interval::maximum),
            Function::Absolute => first.absolute(),
            Function::Floor => first.rising(f64::floor),
            Function::Clamp => {
                let (low, high) = (all.next().unwrap_or(first), all.next().unwrap_or(first));
                first.minimum(high).maximum(low)
            }
            Function::Exponential => first.rising(math::exp),
            Function::Logarithm => first.rising(math::ln),
            Function::SquareRoot => first.rising(math::sqrt),
            Function::Logistic => first.rising(math::logistic),
        }
    }
}

/// Any value of its type.
pub(super) fn unknown(typed: &Typed) -> Interval {
    if typed.kind == Type::Boolean { Interval::MAYBE } else { Interval::ALL }
}
