//! Expressions read on a state at a moment (LANGUAGE, section 5). Nothing here changes anything; every operation is total.

use crate::math;
use crate::model::{
    ActorIndex, ActorTerm, Argument, Calendar, Comparison, EventTally, EventTest, Expression, Fold, FoldKind, Function,
    Instance, NEVER_DAYS, Selector, Slack,
};

use super::run::Reference;
use super::state::{Given, State};

/// Stands in an actor slot that nobody fills; never read in a checked model.
const EMPTY: ActorIndex = ActorIndex::MAX;

/// The instance of what has neither actor nor target, such as a measure.
pub(super) const NOBODY: Instance = Instance { actor: None, target: None };

/// The actor and value slots that expressions see; kept between evaluations to spare memory requests.
///
/// `actors` and `values` are stacks: each definition being read has its own slots above those of its caller. Arguments are collected in `staged`
/// until all are known, since computing them needs the caller's slots.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    actors: Vec<ActorIndex>,
    values: Vec<f64>,
    first_actor: usize,
    first_value: usize,
    staged: Vec<(ActorIndex, f64)>,
    known: Known,
}

/// Values of definitions that are known on the state as it is. A definition whose arguments are actors is a pure function of state, moment and
/// arguments, so that it is computed once for all that read it; each value is good only for the state and the moment it was computed at.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Counts changes of the state; a value found under another number is forgotten.
    state_number: u64,
    /// For each definition and arguments, twice (steps are read at their middle and at their end): state number, moment, value.
    values: Vec<(u64, f64, f64)>,
}

impl Frame {
    /// Outside of definitions: whatever these put on the stacks they have taken off again.
    fn enter(&mut self, instance: Instance) {
        self.actors.clear();
        self.actors.push(instance.actor.unwrap_or(EMPTY));
        self.actors.push(instance.target.unwrap_or(EMPTY));
    }

    /// Must be called whenever anything that expressions read has changed.
    pub(super) fn state_changed(&mut self) {
        self.known.state_number += 1;
    }

    /// Puts an actor into a slot, as variables of folds and of `for` do.
    fn set_actor(&mut self, slot: usize, actor: ActorIndex) {
        let position = self.first_actor + slot;
        if position >= self.actors.len() {
            self.actors.resize(position + 1, EMPTY);
        }
        self.actors[position] = actor;
    }
}

/// Reads expressions: on which state, at which moment, for whom.
pub(super) struct Reader<'a> {
    pub(super) reference: &'a Reference<'a>,
    pub(super) given: &'a Given,
    pub(super) state: &'a State,
    frame: &'a mut Frame,
    /// Now, in days since the start.
    pub(super) now: f64,
    /// The draws of the firing or later entry being carried out.
    pub(super) draws: &'a [f64],
    /// The start value of the cell whose `rest` is read.
    pub(super) own_start: f64,
    /// In which outcome the run ended (queries).
    pub(super) ended: Option<usize>,
}

impl<'a> Reader<'a> {
    /// A reader of a state at a moment, `actor` and `target` being the instance's.
    pub(super) fn new(
        reference: &'a Reference<'a>,
        given: &'a Given,
        state: &'a State,
        frame: &'a mut Frame,
        now: f64,
        instance: Instance,
    ) -> Reader<'a> {
        frame.enter(instance);
        Reader { reference, given, state, frame, now, draws: &[], own_start: 0.0, ended: None }
    }

    /// From here on `actor` and `target` are these.
    pub(super) fn enter(&mut self, instance: Instance) {
        self.frame.enter(instance);
    }

    /// Puts an actor into a slot, for `for`.
    pub(super) fn set_actor(&mut self, slot: usize, actor: ActorIndex) {
        self.frame.set_actor(slot, actor);
    }

    /// Does a condition hold?
    pub(super) fn holds(&mut self, condition: &Expression) -> bool {
        self.evaluate(condition) != 0.0
    }

    /// Does a condition hold that may be left out, and then does?
    pub(super) fn allows(&mut self, condition: Option<&Expression>) -> bool {
        condition.is_none_or(|condition| self.holds(condition))
    }

    /// The value of an expression; of a condition exactly 0 or 1.
    pub(super) fn evaluate(&mut self, expression: &Expression) -> f64 {
        match expression {
            Expression::Constant(value) => *value,
            Expression::Parameter(parameter) => self.given.parameters[*parameter],
            Expression::State(state) => self.state.cells[self.reference.model.state[*state].cell],
            Expression::Attribute { attribute, holder } => {
                let cell = self.reference.attribute_cell(*attribute, self.actor(*holder));
                cell.map_or(0.0, |cell| self.state.cells[cell])
            }
            Expression::Relation { relation, from, to } => {
                let cell = self.reference.relation_cell(*relation, self.actor(*from), self.actor(*to));
                cell.map_or(self.reference.model.relations[*relation].elsewhere, |cell| self.state.cells[cell])
            }
            Expression::ValueArgument(slot) => self.frame.values[self.frame.first_value + slot],
            Expression::Draw(draw) => self.draws[*draw],
            Expression::OwnStart => self.own_start,
            Expression::Definition { definition, arguments } => self.definition(*definition, arguments),
            Expression::Now => self.now,
            Expression::Negative(x) => -self.evaluate(x),
            Expression::Add(a, b) => math::add(self.evaluate(a), self.evaluate(b)),
            Expression::Subtract(a, b) => math::subtract(self.evaluate(a), self.evaluate(b)),
            Expression::Multiply(a, b) => math::multiply(self.evaluate(a), self.evaluate(b)),
            Expression::Divide(a, b) => math::divide(self.evaluate(a), self.evaluate(b)),
            Expression::IntegerPower(x, n) => math::integer_power(self.evaluate(x), *n),
            Expression::Power(x, y) => math::power(self.evaluate(x), self.evaluate(y)),
            Expression::Not(x) => truth(!self.holds(x)),
            Expression::And(terms) => truth(terms.iter().all(|term| self.holds(term))),
            Expression::Or(terms) => truth(terms.iter().any(|term| self.holds(term))),
            Expression::If(condition, then, otherwise) => {
                if self.holds(condition) {
                    self.evaluate(then)
                } else {
                    self.evaluate(otherwise)
                }
            }
            Expression::Compare(comparison, slack, a, b) => {
                let (a, b) = (self.evaluate(a), self.evaluate(b));
                let slack = match slack {
                    Slack::None => 0.0,
                    Slack::BillionthOfStep => self.reference.slack_days,
                };
                truth(compare(*comparison, a, b, slack))
            }
            Expression::SameActor(a, b) => truth(self.actor(*a) == self.actor(*b)),
            Expression::InGroup(actor, group) => {
                truth(self.reference.is_member(self.state, *group, self.actor(*actor)))
            }
            Expression::SameValue(a, b) => truth(self.evaluate(a) == self.evaluate(b)),
            Expression::Fold(fold) => self.fold(fold),
            Expression::Function(function, arguments) => self.function(*function, arguments),
            Expression::Events(test, selector) => self.events(*test, selector),
            Expression::Ended(outcome) => truth(self.ended == Some(*outcome)),
            Expression::Pressure(by, on) => self.pressure(self.actor(*by), self.actor(*on)),
            Expression::Running(clock) => {
                truth(self.state.deadlines[*clock].is_some_and(|deadline| !self.is_past(deadline)))
            }
            Expression::Expired(clock) => {
                truth(self.state.deadlines[*clock].is_some_and(|deadline| self.is_past(deadline)))
            }
            Expression::Remaining(clock) => match self.state.deadlines[*clock] {
                Some(deadline) if !self.is_past(deadline) => math::subtract(deadline, self.now),
                _ => 0.0,
            },
            Expression::Calendar(part, date) => {
                let date = self.evaluate(date);
                self.calendar(*part, date)
            }
            Expression::Size(group) => self.members(*group).count() as f64,
        }
    }

    fn actor(&self, term: ActorTerm) -> ActorIndex {
        match term {
            ActorTerm::Actor(actor) => actor,
            ActorTerm::Slot(slot) => self.frame.actors[self.frame.first_actor + slot],
        }
    }

    /// Who is meant by a term that an effect names.
    pub(super) fn who(&self, term: ActorTerm) -> ActorIndex {
        self.actor(term)
    }

    /// The present members of a group, in order.
    pub(super) fn members(&self, group: usize) -> impl Iterator<Item = ActorIndex> + use<'a> {
        let (reference, state) = (self.reference, self.state);
        reference.model.groups[group]
            .potential
            .iter()
            .copied()
            .filter(move |&actor| reference.is_member(state, group, actor))
    }

    fn is_past(&self, deadline: f64) -> bool {
        self.now >= deadline - self.reference.slack_days
    }

    fn definition(&mut self, definition: usize, arguments: &[Argument]) -> f64 {
        let Some(place) = self.place_of_known(definition, arguments) else {
            return self.compute_definition(definition, arguments);
        };
        let (state_number, now) = (self.frame.known.state_number, self.now);
        match self.frame.known.values.get(place) {
            Some(&(number, moment, value)) if number == state_number && moment == now => return value,
            Some(_) => {}
            None => self.frame.known.values.resize(self.reference.n_known, (u64::MAX, 0.0, 0.0)),
        }
        let value = self.compute_definition(definition, arguments);
        self.frame.known.values[place] = (state_number, now, value);
        value
    }

    /// Where the value of a definition for these arguments is remembered, if it is.
    fn place_of_known(&self, definition: usize, arguments: &[Argument]) -> Option<usize> {
        let mut place = 0;
        for argument in arguments {
            match argument {
                Argument::Actor(term) => place = place * self.reference.model.actors.len() + self.actor(*term),
                Argument::Value(_) => return None,
            }
        }
        let first = self.reference.first_known[definition]?;
        // Middles of steps are odd numbers of half steps.
        let half_steps = (2.0 * self.now / self.reference.model.step_days).round() as u64;
        Some(first + 2 * place + (half_steps % 2) as usize)
    }

    fn compute_definition(&mut self, definition: usize, arguments: &[Argument]) -> f64 {
        let first_staged = self.frame.staged.len();
        for argument in arguments {
            let staged = match argument {
                Argument::Actor(term) => (self.actor(*term), 0.0),
                Argument::Value(expression) => (EMPTY, self.evaluate(expression)),
            };
            self.frame.staged.push(staged);
        }
        let frame = &mut *self.frame;
        let (callers_actor, callers_value) = (frame.first_actor, frame.first_value);
        (frame.first_actor, frame.first_value) = (frame.actors.len(), frame.values.len());
        for (actor, value) in frame.staged.drain(first_staged..) {
            frame.actors.push(actor);
            frame.values.push(value);
        }
        let reference = self.reference;
        let value = self.evaluate(&reference.model.definitions[definition].value);
        let frame = &mut *self.frame;
        frame.actors.truncate(frame.first_actor);
        frame.values.truncate(frame.first_value);
        (frame.first_actor, frame.first_value) = (callers_actor, callers_value);
        value
    }

    /// Left to right in order of actors, from 0; never reassociated.
    fn fold(&mut self, fold: &Fold) -> f64 {
        let n_actors = self.frame.actors.len();
        let (mut counted, mut held) = (0_u64, 0_u64);
        let (mut sum, mut least, mut greatest) = (0.0, 0.0, 0.0);
        for member in self.members(fold.group) {
            self.frame.set_actor(fold.slot, member);
            if !self.allows(fold.filter.as_ref()) {
                continue;
            }
            let value = self.evaluate(&fold.body);
            sum = math::add(sum, value);
            least = if counted == 0 { value } else { math::minimum(least, value) };
            greatest = if counted == 0 { value } else { math::maximum(greatest, value) };
            counted += 1;
            held += u64::from(value != 0.0);
        }
        self.frame.actors.truncate(n_actors);
        let nobody = counted == 0;
        match fold.kind {
            FoldKind::Sum => sum,
            FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum if nobody => {
                fold.otherwise.as_ref().map_or(0.0, |otherwise| self.evaluate(otherwise))
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

    fn function(&mut self, function: Function, arguments: &[Expression]) -> f64 {
        let first = arguments.first().map_or(0.0, |argument| self.evaluate(argument));
        match function {
            Function::Minimum => {
                arguments.iter().skip(1).fold(first, |least, argument| math::minimum(least, self.evaluate(argument)))
            }
            Function::Maximum => {
                arguments.iter().skip(1).fold(first, |most, argument| math::maximum(most, self.evaluate(argument)))
            }
            Function::Absolute => first.abs(),
            Function::Floor => first.floor(),
            Function::Clamp => {
                let low = self.evaluate(&arguments[1]);
                let high = self.evaluate(&arguments[2]);
                math::clamp(first, low, high)
            }
            Function::Exponential => math::exp(first),
            Function::Logarithm => math::ln(first),
            Function::SquareRoot => math::sqrt(first),
            Function::Logistic => math::logistic(first),
        }
    }

    fn events(&self, test: EventTest, selector: &Selector) -> f64 {
        let actor = selector.actor.map(|term| self.actor(term));
        let target = selector.target.map(|term| self.actor(term));
        let tally = self.tally(selector.happening, actor, target);
        let day_of = |step: u32| self.reference.model.day_of_step(u64::from(step));
        match test {
            EventTest::Fired => truth(tally.count > 0),
            EventTest::Times => f64::from(tally.count),
            EventTest::Since => since(self.now, &tally, day_of),
            EventTest::First if tally.count == 0 => NEVER_DAYS,
            EventTest::First => day_of(tally.first_step),
        }
    }

    /// Whatever happened of all instances, of those of an actor, or of one instance.
    fn tally(&self, happening: usize, actor: Option<ActorIndex>, target: Option<ActorIndex>) -> EventTally {
        if actor.is_none() && target.is_none() {
            return self.state.totals[happening];
        }
        let instances = &self.reference.model.happenings[happening].instances;
        let first_tally = self.reference.first_tally[happening];
        let from = instances.partition_point(|instance| instance.actor < actor);
        let mut whole = EventTally::default();
        for (index, instance) in instances.iter().enumerate().skip(from) {
            if instance.actor != actor {
                break;
            }
            if target.is_none() || instance.target == target {
                merge(&mut whole, &self.state.tallies[first_tally + index]);
            }
        }
        whole
    }

    /// Ladder levels of all that `by` did to `on` in the previous step, per day.
    fn pressure(&self, by: ActorIndex, on: ActorIndex) -> f64 {
        let deeds = self.state.deeds.iter().filter(|deed| deed.actor == by && deed.target == on);
        let levels: u64 = deeds.map(|deed| u64::from(deed.ladder)).sum();
        math::divide(levels as f64, self.reference.model.step_days)
    }

    /// A part of the civil date of `date` plus the slack.
    fn calendar(&self, part: Calendar, date: f64) -> f64 {
        let (first_day, passed) = self.reference.civil_start;
        let day = math::add(passed, math::add(date, self.reference.slack_days)).floor();
        let civil = math::CivilDate::of_day(first_day.saturating_add(day as i64));
        match part {
            Calendar::Year => civil.year as f64,
            Calendar::Month => f64::from(civil.month),
            Calendar::Weekday => f64::from(civil.weekday),
        }
    }
}

/// A truth as the value of a condition.
pub(super) fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// Time since the last of a tally, `never` before the first.
pub(super) fn since(now: f64, tally: &EventTally, day_of: impl Fn(u32) -> f64) -> f64 {
    if tally.count == 0 { NEVER_DAYS } else { math::subtract(now, day_of(tally.last_step)) }
}

/// Compares with a slack (LANGUAGE 6, Times).
fn compare(comparison: Comparison, a: f64, b: f64, slack: f64) -> bool {
    match comparison {
        Comparison::Less => a < b - slack,
        Comparison::LessOrEqual => a <= b + slack,
        Comparison::Greater => a > b + slack,
        Comparison::GreaterOrEqual => a >= b - slack,
        Comparison::Equal => (a - b).abs() <= slack,
        Comparison::NotEqual => (a - b).abs() > slack,
    }
}

fn merge(whole: &mut EventTally, part: &EventTally) {
    if part.count == 0 {
        return;
    }
    whole.first_step = if whole.count == 0 { part.first_step } else { whole.first_step.min(part.first_step) };
    whole.last_step = whole.last_step.max(part.last_step);
    whole.count = whole.count.saturating_add(part.count);
}
