//! A run from day 0 to its end.

use crate::math;
use crate::model::{Model, Point, RunRecord};

use super::memory::{Memory, WINDOW};
use super::program::{Program, compile};

/// A compiled model, ready to be played under one seed.
#[derive(Debug)]
pub struct Engine<'m> {
    program: Program<'m>,
}

impl<'m> Engine<'m> {
    /// Compiles a model. `seed` is the ensemble's.
    #[must_use]
    pub fn new(model: &'m Model, seed: u64) -> Engine<'m> {
        Engine { program: compile(model, seed) }
    }

    /// Number of nodes of the compiled model.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.program.nodes.nodes.len()
    }

    /// Plays one run into `record`, whatever that held before. The memory must have served no other engine.
    pub fn simulate(&self, run: u64, memory: &mut Memory, record: &mut RunRecord) {
        self.simulate_at(&Point::SCENARIO, run, memory, record);
    }

    /// Plays one run at a point: the same run, but for what is imposed on its parameters.
    pub fn simulate_at(&self, point: &Point, run: u64, memory: &mut Memory, record: &mut RunRecord) {
        memory.play(&self.program, point, run, record);
    }
}

impl Memory {
    /// Plays a run at a point into `record`.
    pub(super) fn play(&mut self, program: &Program<'_>, point: &Point, run: u64, record: &mut RunRecord) {
        self.start(program, point, run);
        record.run = run;
        record.peak_ladder = 0;
        record.history_misses = 0;
        record.measures.clear();
        self.measures(program, record);
        if let Some(ending) = self.outcomes_on_day_0(program) {
            return self.finish(program, Some(ending), record);
        }
        for n in 1..=program.model.n_steps {
            self.step = n;
            std::mem::swap(&mut self.deeds, &mut self.new_deeds);
            self.state_changed();
            self.due_later_entries(program, n);
            self.half_lives(program, n);
            self.firing(program, n, record);
            self.effects(program, n);
            let ending = self.outcomes(program, n);
            let last_rank = ending.filter(|ending| ending.rank > 0).map_or(usize::MAX, |ending| ending.rank);
            self.settle(program, last_rank, record);
            self.measures(program, record);
            if ending.is_some() {
                return self.finish(program, ending, record);
            }
            if n % WINDOW == WINDOW - 1 {
                self.end_window();
            }
        }
        self.finish(program, None, record);
    }

    fn measures(&mut self, program: &Program<'_>, record: &mut RunRecord) {
        for &measure in &program.measures {
            let value = self.value(program, measure);
            record.measures.push(value);
        }
        record.measures.push(f64::from(record.peak_ladder));
        record.measures.push(self.rivera_score as f64);
    }

    /// Half-lives with a rest move each step; those without are worked out where they are read.
    fn half_lives(&mut self, program: &Program<'_>, n: u64) {
        if !program.rests.is_empty() {
            self.rests.clear();
            for &rest in &program.rests {
                let value = self.value(program, rest);
                self.rests.push(value);
            }
        }
        self.relaxed = n;
        for (index, place) in program.places.resting.iter().enumerate() {
            let Some(powers) = &self.powers[place.half_life] else { continue };
            let x = self.cells[place.cell];
            let moved = math::multiply(math::subtract(self.rests[index], x), math::subtract(1.0, powers.factor));
            self.cells[place.cell] = Self::clamp(program, place.cell, math::add(x, moved));
        }
        let places = &program.places;
        if !(places.resting.is_empty() && places.relaxing.is_empty() && places.lingering.is_empty()) {
            self.state_changed();
        }
    }
}
