//! What the probe counts for diagnostics, and what an observer hears.

use flashpoint::model::{Expression, Instance, Place, RunRecord, Timing};
use flashpoint::reference::{Observer, Reference, Scratch, probe};

use crate::support::model_builder::{
    ModelBuilder, at_least, effect, hazard, increase, number, rule, state, time_at_least,
};

#[test]
fn the_probe_finds_what_blocks_what_is_too_fast_and_what_saturates() {
    let mut blocked = rule("a_blocked");
    blocked.opportunity.timing = Timing::Chance(number(0.5));
    blocked.opportunity.when =
        Some(Expression::And(vec![time_at_least(Expression::Now, 3.0), at_least(state(1), 5.0)]));
    let mut fast = hazard("b_fast", 0.5, 1);
    fast.event.effects.push(effect(increase(Place::State(0), number(1.0))));
    let slow = hazard("c_slow", 0.01, 1);
    let model = ModelBuilder::new(1.0, 10, &[])
        .state("full", 0.0, Some((0.0, 1.0)))
        .state("hit", 0.0, Some((0.0, 1.0)))
        .state("unwritten", 0.0, Some((0.0, 1.0)))
        .rule(blocked)
        .rule(fast)
        .rule(slow)
        .build();
    let reference = Reference::new(&model, 1);
    let report = probe(&reference, 0..20);
    assert_eq!(report.runs, 20);
    let guard = &report.guards[0];
    assert_eq!((guard.evaluations, guard.held, guard.draws), (200, 0, 0));
    assert_eq!(guard.term_was_false, [40, 200]);
    assert_eq!((report.guards[1].draws, report.guards[1].high_hazards), (200, 200));
    assert_eq!((report.guards[2].draws, report.guards[2].high_hazards), (200, 0));
    let cells: Vec<usize> = report.cells.iter().map(|cell| cell.cell).collect();
    assert_eq!(cells, [0, 1]);
    // It starts at its low bound, which is nothing odd, and is pushed against the high one from the second firing on.
    assert_eq!(report.cells[0].at_low, 0);
    assert!(report.cells[0].at_high > 100);
    assert!(report.cells[0].share_at_bound() < 1.0);
}

#[derive(Default)]
struct Log {
    happened: Vec<(u64, usize)>,
    written: Vec<(u64, usize, f64, f64)>,
    ended: Option<(u64, usize, usize, usize)>,
    guards: usize,
}

impl Observer for Log {
    fn guard_read(&mut self, _: &flashpoint::reference::Moment<'_>, _: usize, _: Instance, _: bool) {
        self.guards += 1;
    }

    fn event_happened(&mut self, step: u64, event: usize, _wait: f64, _uniform: f64) {
        self.happened.push((step, event));
    }

    fn cell_written(&mut self, step: u64, cell: usize, old: f64, new: f64) {
        self.written.push((step, cell, old, new));
    }

    fn outcome_came_true(&mut self, step: u64, outcome: usize, rank: usize, n_ranks: usize) {
        self.ended = Some((step, outcome, rank, n_ranks));
    }
}

#[test]
fn an_observer_hears_the_run_and_changes_nothing() {
    let mut tick = rule("tick");
    tick.event.effects.push(effect(increase(Place::State(0), number(1.0))));
    let mut late = rule("vast");
    late.opportunity.timing = Timing::Chance(number(0.9));
    late.event.effects.push(effect(increase(Place::State(1), number(1.0))));
    let model = ModelBuilder::new(1.0, 9, &[])
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .rule(tick)
        .rule(late)
        .outcome("three", at_least(state(0), 3.0))
        .build();
    let reference = Reference::new(&model, 2);
    let (mut log, mut record) = (Log::default(), RunRecord::empty());
    reference.simulate_observed(0, &mut Scratch::default(), &mut record, &mut log);
    assert_eq!(record, reference.run(0));
    assert_eq!(log.guards, 6);
    let (step, outcome, rank, _) = log.ended.unwrap();
    assert_eq!((step, outcome, rank), (3, 0, 1), "at once comes before a chance");
    let ticks: Vec<u64> = log.happened.iter().filter(|(_, event)| *event == 0).map(|(step, _)| *step).collect();
    assert_eq!(ticks, [1, 2, 3]);
    assert_eq!(log.happened.iter().filter(|(step, event)| (*step, *event) == (3, 1)).count(), 0, "undone");
    let of_a: Vec<(u64, f64, f64)> =
        log.written.iter().filter(|w| w.1 == 0).map(|&(step, _, old, new)| (step, old, new)).collect();
    assert_eq!(of_a, [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 2.0, 3.0)]);
}
