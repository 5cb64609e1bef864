//! What a run knows at a moment; used again run after run. Nothing is carried from one run to the next.

use crate::math;
use crate::model::EventTally;

use super::program::Program;

/// Steps whose draws are looked at together: the bytes of a block.
pub(super) const WINDOW: u64 = 64;

/// What somebody did to somebody in a step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done {
    pub(super) actor: u32,
    pub(super) target: u32,
    pub(super) ladder: u8,
}

/// A later entry that waits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    pub(super) event: u32,
    pub(super) later: u32,
    pub(super) due_day: f64,
}

/// When and how something was decided; its time within the step is worked out only where it matters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Timed {
    AtOnce,
    Chance(f64),
    /// rate * step
    Hazard(f64),
    /// An event of the record: at the very beginning.
    Recorded,
}

/// An event that fires in the step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Firing {
    pub(super) event: u32,
    pub(super) opening: u32,
    pub(super) timed: Timed,
    pub(super) wait: f64,
    pub(super) uniform: f64,
    pub(super) exclusive: Option<u32>,
    pub(super) rank: usize,
}

/// What one effect does, its value known. `position` among the firings; `u32::MAX` for flows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) position: u32,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Assign(u32, f64),
    Increase(u32, f64),
    Clock(u32, Option<f64>),
    Membership { group: u32, actor: u32, member: bool },
}

/// What a step overwrote, to take it back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Undo {
    Cell { cell: u32, value: f64, written_at: u64 },
    Clock(u32, Option<f64>),
    Member(u32, bool),
    Tally(u32, EventTally),
}

/// Memory of a run.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) run: u64,
    pub(super) step: u64,
    /// Half-lives so far: n once those of step n have acted.
    pub(super) relaxed: u64,
    /// Counts changes of anything that nodes read; a value found before the last change is forgotten.
    pub(super) state_stamp: u64,
    /// The count when the run began.
    pub(super) run_stamp: u64,
    pub(super) known: Vec<(u64, f64)>,

    pub(super) parameters: Vec<f64>,
    pub(super) starts: Vec<f64>,
    /// Of each half-life of the first form the powers of its factor; `None` where a computed half-life is none.
    pub(super) powers: Vec<Option<Powers>>,

    /// Cells; of one that relaxes in closed form the value last written.
    pub(super) cells: Vec<f64>,
    /// `relaxed` when the cell was last written (of one that lingers: when it was last looked at).
    pub(super) written_at: Vec<u64>,
    pub(super) deadlines: Vec<Option<f64>>,
    pub(super) members: Vec<bool>,
    pub(super) tallies: Vec<EventTally>,
    pub(super) deeds: Vec<Done>,
    pub(super) new_deeds: Vec<Done>,
    pub(super) pending: Vec<Pending>,
    /// The first day on which something is due.
    pub(super) next_due: f64,
    pub(super) rivera_score: i64,
    pub(super) ended: Option<usize>,

    pub(super) opportunities: Vec<u64>,
    /// Openings that must be looked at: one bit each.
    pub(super) awake: Vec<u64>,
    /// Openings that need no draw.
    pub(super) always: Vec<u64>,
    /// For each step of the window the openings whose draw may let them fire.
    pub(super) candidates: Vec<u64>,
    /// Coarse bytes of this window, by opening.
    pub(super) coarse: Vec<[u8; 64]>,
    /// Window of the bytes; `u64::MAX` where there are none.
    pub(super) coarse_window: Vec<u64>,
    /// Awake openings whose bytes of this window are still to be had.
    pub(super) without_bytes: Vec<u32>,
    /// How many of the 256 coarse bytes can fire, at the greatest probability that the run allows.
    pub(super) firing_bytes: Vec<u16>,
    /// How often a proof that a guard stays false is passed over, and how often it has been since the last.
    pub(super) patience: Vec<(u8, u8)>,

    pub(super) firings: Vec<Firing>,
    pub(super) taken: Vec<u32>,
    pub(super) changes: Vec<Change>,
    pub(super) planned: Vec<(u32, Pending)>,
    pub(super) due: Vec<Pending>,
    pub(super) undo: Vec<Undo>,
    pub(super) assigned: Vec<Option<f64>>,
    pub(super) increments: Vec<f64>,
    pub(super) is_touched: Vec<bool>,
    pub(super) touched: Vec<u32>,
    pub(super) drawn: Vec<f64>,
    pub(super) rests: Vec<f64>,
    pub(super) eligible: Vec<u32>,
    pub(super) weights: Vec<f64>,
    pub(super) holding: Vec<usize>,
    pub(super) in_time: Vec<usize>,

    /// The last moves of a lingering cell, by value, rest, half-life and number, and where they led: many cells are alike.
    pub(super) last_lingered: Option<((u64, u64, usize, u64), f64)>,

    pub(super) bounds_stamp: u64,
    pub(super) bounds: Vec<(u64, f64, f64)>,
}

/// Powers of the factor that one step leaves of a distance, each the one before times the factor.
#[derive(Clone, Debug, Default)]
pub(super) struct Powers {
    pub(super) factor: f64,
    pub(super) powers: Vec<f64>,
}

impl Powers {
    /// The product of `j` equal factors.
    #[inline]
    fn power(&mut self, j: usize) -> f64 {
        while self.powers.len() <= j {
            let last = self.powers.last().copied().unwrap_or(1.0);
            let next = if self.powers.is_empty() { 1.0 } else { math::multiply(last, self.factor) };
            self.powers.push(next);
        }
        self.powers[j]
    }
}

impl Memory {
    /// Forgets values that have been computed: something they read has changed.
    #[inline]
    pub(super) fn state_changed(&mut self) {
        self.state_stamp += 1;
    }

    /// The present value of a cell.
    pub(super) fn cell(&mut self, program: &Program<'_>, cell: usize) -> f64 {
        match (program.places.relaxing_of[cell], program.places.lingering_of[cell]) {
            (Some(relaxing), _) => self.relaxed(program, relaxing as usize),
            (None, Some(lingering)) => self.lingered(program, lingering as usize),
            (None, None) => self.cells[cell],
        }
    }

    /// The present value of a cell that moves towards a rest which is the same for the whole run: all moves since it was last looked at.
    pub(super) fn lingered(&mut self, program: &Program<'_>, lingering: usize) -> f64 {
        let place = program.places.lingering[lingering];
        let mut x = self.cells[place.cell];
        let from = self.written_at[place.cell];
        if from == self.relaxed {
            return x;
        }
        self.written_at[place.cell] = self.relaxed;
        let Some(powers) = &self.powers[place.half_life] else { return x };
        let part = math::subtract(1.0, powers.factor);
        let rest = self.value(program, program.lingering_rests[lingering]);
        let before = (x.to_bits(), rest.to_bits(), place.half_life, self.relaxed - from);
        if let Some((known, value)) = self.last_lingered
            && known == before
        {
            x = value;
        } else {
            for _ in from..self.relaxed {
                let moved = math::add(x, math::multiply(math::subtract(rest, x), part));
                let next = Self::clamp(program, place.cell, moved);
                // Where a move changes nothing no later one does.
                if next.to_bits() == x.to_bits() {
                    break;
                }
                x = next;
            }
            self.last_lingered = Some((before, x));
        }
        self.cells[place.cell] = x;
        x
    }

    /// The present value of a cell that relaxes in closed form.
    #[inline]
    pub(super) fn relaxed(&mut self, program: &Program<'_>, relaxing: usize) -> f64 {
        let place = program.places.relaxing[relaxing];
        let j = self.relaxed - self.written_at[place.cell];
        let written = self.cells[place.cell];
        if j == 0 {
            return written;
        }
        let Some(powers) = &mut self.powers[place.half_life] else { return written };
        let start = self.starts[place.cell];
        let value = math::add(start, math::multiply(math::subtract(written, start), powers.power(j as usize)));
        match program.places.ranges[place.cell] {
            Some((low, high)) => math::clamp(value, low, high),
            None => value,
        }
    }

    /// Clamps to the range of a cell.
    #[inline]
    pub(super) fn clamp(program: &Program<'_>, cell: usize, value: f64) -> f64 {
        match program.places.ranges[cell] {
            Some((low, high)) => math::clamp(value, low, high),
            None => value,
        }
    }

    /// Looks again at all openings of a list.
    #[inline]
    pub(super) fn wake(&mut self, program: &Program<'_>, openings: &[u32]) {
        for &opening in openings {
            let (word, bit) = ((opening / 64) as usize, 1_u64 << (opening % 64));
            if self.awake[word] & bit == 0 && program.openings[opening as usize].enabled {
                if let Some(limit) = program.openings[opening as usize].limit
                    && self.tallies[program.openings[opening as usize].tally as usize].count >= limit
                {
                    continue;
                }
                self.awake[word] |= bit;
                self.patience[opening as usize] = (0, 0);
                if self.always[word] & bit == 0 {
                    self.without_bytes.push(opening);
                }
            }
        }
    }
}

/// Empties a vector and fills it again.
pub(super) fn refill<T: Clone>(vector: &mut Vec<T>, length: usize, value: T) {
    vector.clear();
    vector.resize(length, value);
}
