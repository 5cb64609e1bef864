//! A run from day 0 to its end.

use flashpoint::model::EventTally;

use super::cells::*;
use super::effects::{Batch, LATER, NEVER};
use super::expert;
use super::firings::Firings;
use super::masks::Masks;
use super::measures::{self, STANDOFF};
use super::rows::*;
use super::start::{Given, Setup};
use super::straight;
use super::terms::Terms;
use super::window::Window;

/// The year.
pub(super) const STEPS: u32 = 364;

/// Day 0 without a run.
fn blank_world() -> World {
    World {
        cells: [0.0; CELLS],
        written: [0.0; N_FADING],
        fade: [1.0; N_FADING],
        flags: Flags::DAY_0,
        happened: 0,
        tallies: [EventTally::default(); ROWS],
    }
}

/// A run: how it ended, and all that is recorded of it.
pub(crate) struct ByHand {
    setup: Setup,
    world: World,
    before: World,
    window: Window,
    masks: Masks,
    firings: Firings,
    pub(crate) outcome: usize,
    pub(crate) end_step: u32,
    /// Measures row by row, if they are asked for.
    pub(crate) measures: Vec<f64>,
}

impl ByHand {
    /// `events` are the ids of the rows of the table of events, with actor and target.
    pub(crate) fn new(seed: u64, events: &[(String, String)], expert: bool) -> ByHand {
        ByHand {
            setup: Setup::new(seed, events, expert),
            world: blank_world(),
            before: blank_world(),
            window: Window::new(),
            masks: Masks::new(),
            firings: Firings::default(),
            outcome: STANDOFF,
            end_step: 0,
            measures: Vec::new(),
        }
    }

    /// How often each row has happened.
    pub(crate) fn tallies(&self) -> &[EventTally; ROWS] {
        &self.world.tallies
    }

    /// Plays a run; with or without recording the measures of each step.
    pub(crate) fn simulate<const EXPERT: bool, const MEASURED: bool>(&mut self, run: u64) {
        let ByHand { setup, world, before, window, masks, firings, .. } = self;
        let given = setup.start(run, world);
        let mut rests = given.rests;
        let mut due = [NEVER; LATER];
        let mut next_due = NEVER;
        let (mut peak_ladder, mut rivera_score) = (0, 0);
        self.measures.clear();
        if MEASURED {
            let terms = Terms { setup, given: &given, world };
            measures::record(&terms, 0.0, peak_ladder, rivera_score, &mut self.measures);
        }
        if EXPERT {
            masks.begin(setup, &given);
        } else {
            window.begin(setup, world, run, 1);
        }
        for n in 1..=STEPS {
            if !EXPERT && n.is_multiple_of(64) {
                window.begin(setup, world, run, n);
            }
            if n == next_due {
                let mut batch = Batch::begin(world, &due);
                batch.later(&Terms { setup, given: &given, world }, n);
                batch.apply(world);
                due = batch.due;
                next_due = due.into_iter().min().unwrap_or(NEVER);
                masks.changed = true;
            }
            measures::half_lives(&Terms { setup, given: &given, world }, &mut rests);
            measures::relax(setup, &given, world, &rests, n);
            firings.list.clear();
            if EXPERT {
                expert::firing(setup, &given, world, masks, firings, run, n);
            } else {
                straight::firing(setup, &given, world, window, firings, run, n);
            }
            let mut ended = None;
            if !firings.list.is_empty() {
                let may_end = firings.list.iter().any(|firing| measures::ENDING & (1 << firing.row) != 0);
                if may_end {
                    before.clone_from(world);
                }
                due = happen(setup, &given, world, firings, run, n, usize::MAX, &due);
                next_due = due.into_iter().min().unwrap_or(NEVER);
                let holding = measures::holding(world);
                if may_end && holding != 0 {
                    ended = Some(end(setup, &given, before, world, firings, run, n, holding));
                }
                if EXPERT {
                    for firing in &firings.list {
                        masks.happened(firing.row);
                    }
                }
                for firing in firings.list.iter().filter(|firing| world.tallies[firing.row].last_step == n) {
                    let ladder = LADDER[firing.row];
                    if ladder != NO_LADDER {
                        peak_ladder = ladder.max(peak_ladder);
                        rivera_score += RIVERA[usize::from(ladder)];
                    }
                }
            }
            if MEASURED {
                let terms = Terms { setup, given: &given, world };
                measures::record(&terms, f64::from(n), peak_ladder, rivera_score, &mut self.measures);
            }
            if let Some(outcome) = ended {
                (self.outcome, self.end_step) = (outcome, n);
                return;
            }
        }
        (self.outcome, self.end_step) = (STANDOFF, STEPS);
    }
}

/// Lets the events of the first `ranks` happen; the later entries then waiting.
#[expect(clippy::too_many_arguments, reason = "a step has these parts")]
fn happen(
    setup: &Setup,
    given: &Given,
    world: &mut World,
    firings: &Firings,
    run: u64,
    n: u32,
    ranks: usize,
    due: &[u32; LATER],
) -> [u32; LATER] {
    let terms = Terms { setup, given, world };
    let mut batch = Batch::begin(world, due);
    let happened = || firings.list.iter().filter(|firing| firing.rank <= ranks);
    for firing in happened() {
        batch.event(&terms, firing.row, n, run);
    }
    batch.apply(world);
    for firing in happened() {
        world.count(firing.row, n);
    }
    batch.due
}

/// Which of the outcomes that hold came true first; the world becomes what it was then.
#[expect(clippy::too_many_arguments, reason = "a step has these parts")]
#[cold]
fn end(
    setup: &Setup,
    given: &Given,
    before: &World,
    world: &mut World,
    firings: &mut Firings,
    run: u64,
    n: u32,
    mut holding: u32,
) -> usize {
    let ranks = rank(setup, firings, run, n);
    let mut to = |ranks: usize, firings: &Firings| {
        world.clone_from(before);
        happen(setup, given, world, firings, run, n, ranks, &[NEVER; LATER]);
        measures::holding(world)
    };
    // Whoever holds on the whole step and not without its last ranks came true with the last of them.
    let mut earliest = (holding.trailing_zeros() as usize, ranks);
    for fewer in (0..ranks).rev() {
        let still = holding & to(fewer, firings);
        let failing = holding & !still;
        if failing != 0 {
            earliest = (failing.trailing_zeros() as usize, fewer + 1);
        }
        holding = still;
        if holding == 0 {
            break;
        }
    }
    to(earliest.1, firings);
    earliest.0
}

/// Ranks the events of a step in time, from 1: all that come at once together.
fn rank(setup: &Setup, firings: &mut Firings, run: u64, n: u32) -> usize {
    let mut in_time: Vec<(f64, f64, usize)> = firings
        .list
        .iter()
        .enumerate()
        .map(|(place, firing)| {
            let (wait, u) = firing.wait(setup, run, n);
            (wait, u, place)
        })
        .collect();
    in_time.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut rank = 0;
    for (order, &(wait, _, place)) in in_time.iter().enumerate() {
        if order == 0 || wait != 0.0 {
            rank += 1;
        }
        firings.list[place].rank = rank;
    }
    rank
}
