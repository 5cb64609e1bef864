//! LANGUAGE 3, history: conditioning on what was observed.

use flashpoint::model::{EventTest, Expression, History, HistoryEvent, Place, Timing, Weighing};
use flashpoint::reference::Reference;

use crate::support::model_builder::{
    ModelBuilder, NOBODY, all, at_least, choice, effect, increase, later, number, option, rule, state, time_at_least,
};

fn listed(step: u64, happening: usize) -> HistoryEvent {
    HistoryEvent { step, happening, instance: NOBODY }
}

#[test]
fn only_the_listed_happens_and_it_counts_in_every_way() {
    // Happenings: answer, answer.no, answer.yes, strike.
    let options = ["no", "yes"].map(|id| option(id, Weighing::Weight(number(1.0))));
    let mut answer = choice("answer", options.to_vec());
    answer.opportunity.limit = Some(1);
    let mut strike = rule("strike");
    strike.opportunity.timing = Timing::Chance(number(1.0));
    strike.opportunity.when = Some(time_at_least(Expression::Now, 3.0));
    strike.opportunity.cooldown = Some(number(4.0));
    strike.event.effects.push(effect(increase(Place::State(0), number(1.0))));
    strike.event.later.push(later("echo", number(2.0), vec![effect(increase(Place::State(1), number(1.0)))]));
    let model = ModelBuilder::new(1.0, 12, &[])
        .state("echoes", 0.0, None)
        .state("hits", 0.0, None)
        .choice(answer)
        .rule(strike)
        .with(|model| {
            let events = vec![listed(2, 3), listed(3, 2), listed(5, 3)];
            model.history = Some(History { last_step: 5, events });
        })
        .measure("decided", Expression::Events(EventTest::Times, all(0)))
        .measure("strikes", Expression::Events(EventTest::Times, all(3)))
        .build();
    let record = Reference::new(&model, 1).run(0);
    let column = |place: usize| -> Vec<f64> { record.measures.chunks(4).map(|row| row[place]).collect() };
    assert_eq!(column(0), [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "the limit is used up");
    // Listed on days 2 and 5; then it has rested by day 9.
    assert_eq!(column(1), [0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0, 3.0]);
    assert_eq!(record.history_misses, 2, "day 2 is before its guard, day 5 within its cooldown");
    assert_eq!(record.cells, [3.0, 3.0], "later entries go on");
    assert_eq!(record.events[1].count, 1);
}

#[test]
fn outcomes_wait_for_the_end_of_the_record() {
    let strike = || {
        let mut strike = rule("strike");
        strike.opportunity.enabled = true;
        strike.opportunity.timing = Timing::Chance(number(0.0));
        strike.event.effects.push(effect(increase(Place::State(0), number(1.0))));
        strike
    };
    let with_record = |last_step: u64, events: Vec<HistoryEvent>| {
        ModelBuilder::new(1.0, 9, &[])
            .state("hits", 1.0, None)
            .rule(strike())
            .outcome("begun", at_least(state(0), 1.0))
            .outcome("struck", at_least(state(0), 2.0))
            .with(|model| model.history = Some(History { last_step, events }))
            .build()
    };
    // Neither on day 0 nor before the last step of the record; there what the listed events made true comes first.
    let record = Reference::new(&with_record(4, vec![listed(4, 0)]), 1).run(0);
    assert_eq!((record.outcome, record.end_step), (1, 4));
    let record = Reference::new(&with_record(4, vec![listed(2, 0)]), 1).run(0);
    assert_eq!((record.outcome, record.end_step), (0, 4));
}
