//! Events, clocks and dates on intervals.

use super::evaluate::Evaluator;
use super::facts::View;
use super::frame::Bound;
use super::interval::Interval;
use super::leaf::{EventKey, Leaf, Setting};
use super::occurrence::Variable;
use crate::math;
use crate::model::{Calendar, EventTest, NEVER_DAYS};

impl Evaluator<'_> {
    pub(super) fn events(
        &self,
        test: EventTest,
        happening: usize,
        actor: Option<Bound>,
        target: Option<Bound>,
    ) -> Interval {
        let answer = |setting: Setting| match (test, setting) {
            (EventTest::Fired, Setting::Fired { .. }) => Interval::TRUE,
            (EventTest::Times, Setting::Fired { times, .. }) => Interval::point(times),
            // Nothing is longer ago than the start.
            (EventTest::Since, Setting::Fired { since, .. }) => Interval::point(since.min(self.latest())),
            (EventTest::First, Setting::Fired { .. }) => Interval::new(0.0, self.facts.subject.horizon_days()),
            (EventTest::Fired | EventTest::Times, _) => Interval::point(0.0),
            (EventTest::Since | EventTest::First, _) => Interval::point(NEVER_DAYS),
        };
        let never = answer(Setting::Never);
        let instances = &self.facts.subject.model.happenings[happening].instances;
        let lenient = self.facts.view == View::Free && instances.is_empty();
        let whole = match test {
            EventTest::Fired => Interval::MAYBE,
            EventTest::Times => {
                let steps = self.facts.subject.model.n_steps as f64;
                Interval::new(
                    0.0,
                    math::multiply(self.facts.possible.most(happening, steps), instances.len().max(1) as f64),
                )
            }
            EventTest::Since | EventTest::First => Interval::new(0.0, NEVER_DAYS),
        };
        if self.day_zero || !self.facts.possible.happenings[happening] {
            return never;
        }
        if lenient || [actor, target].iter().flatten().any(|bound| bound.actor.is_none()) {
            return whole;
        }
        let asked = EventKey {
            happening,
            actor: actor.and_then(|bound| bound.actor),
            target: target.and_then(|bound| bound.actor),
        };
        let Some(key) = self.facts.key(asked) else { return never };
        if let Some(setting) = self.event_setting(key) {
            return answer(setting);
        }
        if let Some(seen) = self.seen {
            let mut seen = seen.borrow_mut();
            let one = seen.see(Variable::One(Leaf::Event(key)), Leaf::Event(key));
            one.since |= test == EventTest::Since;
            one.times |= test == EventTest::Times;
        }
        whole
    }

    fn latest(&self) -> f64 {
        match self.settings.get(Leaf::Now) {
            Some(Setting::Value(now)) => now,
            _ => self.facts.subject.horizon_days(),
        }
    }

    /// What is settled of these events: of themselves, of all of them, of some of them, of the choice that an option belongs to.
    fn event_setting(&self, key: EventKey) -> Option<Setting> {
        let choice_of = &self.facts.subject.choice_of;
        let within = |part: EventKey, whole: EventKey| {
            (part.happening == whole.happening || choice_of[part.happening] == Some(whole.happening))
                && (whole.actor.is_none() || whole.actor == part.actor)
                && (whole.target.is_none() || whole.target == part.target)
        };
        self.settings.all.iter().rev().find_map(|(leaf, setting)| {
            let Leaf::Event(other) = leaf else { return None };
            let decides = *other == key
                || match setting {
                    Setting::Never => within(key, *other),
                    Setting::Fired { .. } => within(*other, key),
                    _ => false,
                };
            decides.then_some(*setting)
        })
    }

    /// A clock: off, with time left, or over.
    pub(super) fn clock(&self, clock: usize, of: impl Fn(Option<f64>) -> Interval, whole: Interval) -> Interval {
        if self.day_zero || !self.facts.possible.clocks[clock] {
            return of(None);
        }
        match self.settings.get(Leaf::Clock(clock)) {
            Some(Setting::Off) => of(None),
            Some(Setting::Running(left)) => of(Some(left)),
            Some(Setting::Expired) => of(Some(0.0)),
            _ => {
                self.see(Variable::One(Leaf::Clock(clock)), Leaf::Clock(clock));
                whole
            }
        }
    }

    pub(super) fn calendar(&self, part: Calendar, date: Interval) -> Interval {
        let model = self.facts.subject.model;
        let whole = match part {
            Calendar::Month => Interval::new(1.0, 12.0),
            Calendar::Weekday => Interval::new(1.0, 7.0),
            Calendar::Year => Interval::new(-9999.0, 9999.0),
        };
        let Some(start) = &model.start else { return whole };
        let date_of = |days: f64| {
            let midnight = start.datetime.date();
            let first =
                math::civil_day(i64::from(midnight.year()), i64::from(midnight.month()), i64::from(midnight.day()));
            let passed = start.datetime.time().duration_since(jiff::civil::Time::midnight()).as_secs_f64() / 86_400.0;
            // As runs compute it; a conversion that saturates keeps what is far away far away.
            let day = math::add(passed, math::add(days, model.slack_days())).floor();
            math::CivilDate::of_day(first.saturating_add(day as i64))
        };
        let (low, high) = (date_of(date.low), date_of(date.high));
        match part {
            Calendar::Year => Interval::new(low.year as f64, high.year as f64),
            Calendar::Month if low.year == high.year => Interval::new(f64::from(low.month), f64::from(high.month)),
            Calendar::Weekday if date.is_point() => Interval::point(f64::from(low.weekday)),
            _ => whole,
        }
    }
}
