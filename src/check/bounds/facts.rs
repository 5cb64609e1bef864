//! What each place can hold.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::domains::{Domain, Memo};
use super::evaluate::Evaluator;
use super::frame::Frame;
use super::interval::Interval;
use super::leaf::EventKey;
use super::possible::Possible;
use super::spread::Spread;
use super::subject::Subject;
use super::writes::{Source, Write};
use crate::check::content::{ParameterSource, TypedAct, TypedStart};
use crate::model::ActorIndex;

/// Which values parameters are taken to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum View {
    /// The values and priors as they stand.
    Actual,
    /// Whatever an experiment may set, where a range says so.
    Settable,
    /// Whatever anybody may ever set; and groups that are empty here may have members elsewhere.
    Free,
}

/// What each place can hold, given which events can happen. Found when first asked for.
pub(in crate::check) struct Facts<'a> {
    pub(in crate::check) subject: &'a Subject<'a>,
    pub(in crate::check) view: View,
    pub(in crate::check) possible: &'a Possible,
    pub(super) domains: RefCell<Vec<Memo>>,
    pub(super) hulls: RefCell<BTreeMap<(bool, usize), Option<Interval>>>,
    pub(super) amounts: RefCell<Vec<Option<Interval>>>,
    parameters: RefCell<Vec<Option<Rc<Spread>>>>,
    starts: RefCell<BTreeMap<usize, Rc<Spread>>>,
    keys: RefCell<BTreeMap<EventKey, Option<EventKey>>>,
    /// How deep the reading of expressions is nested; beyond [`DEEPEST`] everything is unknown.
    pub(super) depth: Cell<u32>,
}

/// Deepest nesting of reading within reading.
pub(super) const DEEPEST: u32 = 300;

impl<'a> Facts<'a> {
    pub(in crate::check) fn new(subject: &'a Subject<'a>, view: View, possible: &'a Possible) -> Self {
        Facts {
            subject,
            view,
            possible,
            domains: RefCell::new(vec![Memo::Unknown; subject.model.cells.len()]),
            hulls: RefCell::default(),
            amounts: RefCell::new(vec![None; subject.writes.all.len()]),
            parameters: RefCell::new(vec![None; subject.content.parameters.len()]),
            starts: RefCell::default(),
            keys: RefCell::default(),
            depth: Cell::new(0),
        }
    }

    /// Can this be carried out at all?
    pub(in crate::check) fn can_act(&self, source: Source) -> bool {
        self.possible.source(self.subject, source)
    }

    /// What a prior can give. `None` for what is no prior.
    pub(in crate::check) fn prior(&self, parameter: usize) -> Option<Rc<Spread>> {
        let typed = &self.subject.content.parameters[parameter];
        let ParameterSource::Prior(distribution) = &typed.source else { return None };
        if let Some(known) = &self.parameters.borrow()[parameter] {
            return Some(known.clone());
        }
        let reader = Evaluator::plain(self);
        let spread = Spread::of(distribution, |part| reader.evaluate(part, &mut Frame::anybody()), typed.range);
        let spread = Rc::new(spread);
        self.parameters.borrow_mut()[parameter] = Some(spread.clone());
        Some(spread)
    }

    /// What the start of a cell can be drawn as. `None` for what is not drawn.
    pub(in crate::check) fn drawn_start(&self, cell: usize) -> Option<Rc<Spread>> {
        let Some(TypedStart::Drawn(distribution)) = self.subject.start(cell) else { return None };
        if let Some(known) = self.starts.borrow().get(&cell) {
            return Some(known.clone());
        }
        let reader = Evaluator::plain(self);
        let range = self.subject.info(cell).range;
        let spread = Spread::of(distribution, |part| reader.evaluate(part, &mut Frame::anybody()), range);
        let spread = Rc::new(spread);
        self.starts.borrow_mut().insert(cell, spread.clone());
        Some(spread)
    }

    /// What an effect adds, assigns, or starts a clock with, for anybody.
    pub(in crate::check) fn amount(&self, write: usize) -> Interval {
        if let Some(known) = self.amounts.borrow()[write] {
            return known;
        }
        // While it is being found it may be anything.
        self.amounts.borrow_mut()[write] = Some(Interval::ALL);
        let Write { effect, draws, .. } = &self.subject.writes.all[write];
        let found = match &effect.act {
            TypedAct::Assign(_, value, _) | TypedAct::Increase(_, value, _, _) | TypedAct::Start(_, value) => {
                let reader = Evaluator { draws, ..Evaluator::plain(self) };
                reader.evaluate(value, &mut Frame::anybody())
            }
            _ => Interval::ALL,
        };
        let found = match &effect.act {
            TypedAct::Increase(_, _, true, _) => found.negative(),
            _ => found,
        };
        self.amounts.borrow_mut()[write] = Some(found);
        found
    }

    /// The longest and shortest time that a clock is started with.
    pub(in crate::check) fn clock_lengths(&self, clock: usize) -> Option<Interval> {
        let mut found: Option<Interval> = None;
        for (at, write) in self.subject.writes.all.iter().enumerate() {
            if matches!(write.effect.act, TypedAct::Start(other, _) if other == clock) && self.can_act(write.source) {
                let length = self.amount(at);
                found = Some(found.map_or(length, |found| found.hull(length)));
            }
        }
        found
    }

    /// Events in their shortest form: the instance where there is one only, all where those named are all. `None` where there is none.
    pub(in crate::check) fn key(&self, asked: EventKey) -> Option<EventKey> {
        if let Some(known) = self.keys.borrow().get(&asked) {
            return *known;
        }
        let instances = &self.subject.model.happenings[asked.happening].instances;
        let matches = |wanted: Option<ActorIndex>, found: Option<ActorIndex>| wanted.is_none() || wanted == found;
        let mut matching =
            instances.iter().filter(|one| matches(asked.actor, one.actor) && matches(asked.target, one.target));
        let key = matching.next().map(|first| match matching.count() {
            0 => EventKey { happening: asked.happening, actor: first.actor, target: first.target },
            others if others + 1 == instances.len() => {
                EventKey { happening: asked.happening, actor: None, target: None }
            }
            _ => asked,
        });
        self.keys.borrow_mut().insert(asked, key);
        key
    }

    /// How often events can happen at most.
    pub(in crate::check) fn most_firings(&self, key: EventKey) -> f64 {
        let steps = self.subject.model.n_steps as f64;
        let matches = |wanted: Option<ActorIndex>, found: Option<ActorIndex>| wanted.is_none() || wanted == found;
        let instances = &self.subject.model.happenings[key.happening].instances;
        let n = instances.iter().filter(|one| matches(key.actor, one.actor) && matches(key.target, one.target)).count();
        crate::math::multiply(self.possible.most(key.happening, steps), n.max(1) as f64)
    }

    /// What a cell can hold at any time.
    pub(in crate::check) fn domain(&self, cell: usize) -> Domain {
        super::domains::domain(self, cell)
    }

    /// The interval of a cell's whole range.
    pub(in crate::check) fn whole(&self, cell: usize) -> Interval {
        super::domains::whole(self.subject.info(cell))
    }
}
