//! Day 0, and the end of a run.

use crate::math;
use crate::model::{EventTally, Point, QueryAnswer, RunRecord, Setting, StopReason};

use super::bounds::Span;
use super::drawing::Drawing;
use super::memory::{Memory, Powers, refill};
use super::outcome::Ending;
use super::program::{Decided, Program};

impl Memory {
    /// Brings everything back to day 0 of a run at a point and draws what it starts with.
    pub(super) fn start(&mut self, program: &Program<'_>, point: &Point, run: u64) {
        self.run = run;
        self.step = 0;
        self.relaxed = 0;
        self.rivera_score = 0;
        self.ended = None;
        self.last_lingered = None;
        let n_nodes = program.nodes.nodes.len();
        if self.known.len() != n_nodes {
            refill(&mut self.known, n_nodes, (0, 0.0));
            refill(&mut self.bounds, n_nodes, (0, 0.0, 0.0));
        }
        self.state_stamp += 1;
        self.run_stamp = self.state_stamp;
        self.empty(program);
        self.draw_parameters(program, point);
        self.draw_starts(program, point);
        self.cells.clone_from(&self.starts);
        refill(&mut self.written_at, self.cells.len(), 0);
        self.find_powers(program);
        self.state_changed();
        self.wake_all(program);
    }

    fn empty(&mut self, program: &Program<'_>) {
        let model = program.model;
        refill(&mut self.deadlines, model.clocks.len(), None);
        self.members.clone_from(&program.members);
        refill(&mut self.tallies, program.places.n_tallies(), EventTally::default());
        self.deeds.clear();
        self.new_deeds.clear();
        self.pending.clear();
        self.next_due = f64::MAX;
        refill(&mut self.opportunities, program.openings.len(), 0);
        if self.assigned.len() != model.cells.len() {
            refill(&mut self.assigned, model.cells.len(), None);
            refill(&mut self.increments, model.cells.len(), 0.0);
            refill(&mut self.is_touched, model.cells.len(), false);
        }
    }

    fn draw_parameters(&mut self, program: &Program<'_>, point: &Point) {
        let model = program.model;
        refill(&mut self.parameters, model.parameters.len(), 0.0);
        for &index in &model.parameter_order {
            let value = match (point.setting(index), &program.parameters[index]) {
                (Setting::Value(value), _) => value,
                (Setting::Uniform(u), Drawing::Drawn(draw)) => self.draw_with(program, draw, u),
                (_, drawing) => self.drawing(program, point, drawing),
            };
            self.parameters[index] = match model.parameters[index].range {
                Some((low, high)) => math::clamp(value, low, high),
                None => value,
            };
        }
    }

    fn draw_starts(&mut self, program: &Program<'_>, point: &Point) {
        refill(&mut self.starts, program.starts.len(), 0.0);
        for (cell, start) in program.starts.iter().enumerate() {
            let value = self.drawing(program, point, start);
            self.starts[cell] = Self::clamp(program, cell, value);
        }
    }

    fn drawing(&mut self, program: &Program<'_>, point: &Point, drawing: &Drawing) -> f64 {
        match drawing {
            Drawing::Value(node) => self.value(program, *node),
            Drawing::Drawn(draw) => self.draw_at(program, point, draw),
        }
    }

    fn find_powers(&mut self, program: &Program<'_>) {
        self.powers.resize(program.half_lives.len(), None);
        for (place, &duration) in program.half_lives.iter().enumerate() {
            let factor = factor_of_step(program.model.step_days, self.value(program, duration));
            let known = self.powers[place].as_ref().map(|powers| powers.factor);
            // Powers of the same factor are those of the run before.
            if known.map(f64::to_bits) != factor.map(f64::to_bits) {
                self.powers[place] = factor.map(|factor| Powers { factor, powers: Vec::new() });
            }
        }
    }

    /// All openings must be looked at; what their greatest probabilities are in this run.
    fn wake_all(&mut self, program: &Program<'_>) {
        let n = program.openings.len();
        let words = n.div_ceil(64);
        refill(&mut self.awake, words, 0);
        refill(&mut self.always, words, 0);
        refill(&mut self.patience, n, (0, 0));
        refill(&mut self.coarse_window, n, u64::MAX);
        self.coarse.resize(n, [0; 64]);
        refill(&mut self.firing_bytes, n, 256);
        self.without_bytes.clear();
        self.candidates.clear();
        self.bounds_changed();
        for (index, opening) in program.openings.iter().enumerate() {
            if !opening.enabled || opening.limit == Some(0) {
                continue;
            }
            let (word, bit) = (index / 64, 1_u64 << (index % 64));
            self.awake[word] |= bit;
            let greatest = match opening.decided {
                // An opportunity is used up also where the draw decides against.
                _ if opening.every.is_some() => None,
                Decided::AtOnce => None,
                Decided::Chance(chance) => Some(self.bounds(program, chance, Span::Run).1),
                Decided::Rate(rate) => {
                    let rate = math::maximum(0.0, self.bounds(program, rate, Span::Run).1);
                    let hazard = math::multiply(rate, program.model.step_days);
                    // Room for the last bits of exp.
                    Some(math::subtract(1.0, math::exp(-hazard)) + 1e-12)
                }
            };
            match greatest {
                None => self.always[word] |= bit,
                Some(p) => self.firing_bytes[index] = Self::bytes_below(p),
            }
        }
    }

    /// The record of the finished run, and the answers to queries on its last state.
    pub(super) fn finish(&mut self, program: &Program<'_>, ending: Option<Ending>, record: &mut RunRecord) {
        let model = program.model;
        let outcome = ending.map_or(model.outcomes.len().saturating_sub(1), |ending| ending.outcome);
        record.outcome = outcome;
        record.end_step = self.step as u32;
        record.stop_reason = if ending.is_some() { StopReason::Outcome } else { StopReason::Horizon };
        record.parameters.clone_from(&self.parameters);
        record.pending_later = u32::try_from(self.pending.len()).unwrap_or(u32::MAX);
        record.events.clear();
        record.events.extend(program.events.iter().map(|event| self.tallies[event.tallies[0] as usize]));
        record.cells.clone_from(&self.cells);
        for (relaxing, place) in program.places.relaxing.iter().enumerate() {
            record.cells[place.cell] = self.relaxed(program, relaxing);
        }
        for (lingering, place) in program.places.lingering.iter().enumerate() {
            record.cells[place.cell] = self.lingered(program, lingering);
        }
        self.ended = Some(outcome);
        self.state_changed();
        record.queries.clear();
        for &(given, when) in &program.queries {
            let answer = QueryAnswer { given: self.holds(program, given), holds: self.holds(program, when) };
            record.queries.push(answer);
        }
    }
}

/// What one step leaves of a distance, 2 ^ (-step / half_life); `None` where the half-life is none.
fn factor_of_step(step_days: f64, half_life_days: f64) -> Option<f64> {
    if half_life_days <= 0.0 {
        return None;
    }
    Some(math::exp(math::multiply(math::divide(-step_days, half_life_days), math::ln(2.0))))
}
