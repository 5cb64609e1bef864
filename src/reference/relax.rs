//! LANGUAGE 6.3: half-lives.

use crate::math;
use crate::model::{CellOwner, HalfLife, Instance, Model};

use super::evaluate::{NOBODY, Reader};
use super::observe::Observer;
use super::run::Run;

/// A cell with a half-life.
#[derive(Debug)]
pub(super) struct Relaxing<'m> {
    pub(super) cell: usize,
    pub(super) half_life: &'m HalfLife,
    /// The cell's holder, and the other side of a relation: `actor` and `target` of its `rest`.
    pub(super) holder: Instance,
}

/// All cells with a half-life, in order.
pub(super) fn relaxing_cells(model: &Model) -> Vec<Relaxing<'_>> {
    let relaxing = |(cell, owner): (usize, CellOwner)| {
        let (half_life, holder) = match owner {
            CellOwner::Attribute { attribute, actor } => {
                (&model.attributes[attribute].half_life, Instance { actor: Some(actor), target: None })
            }
            CellOwner::Relation { relation, from, to } => {
                (&model.relations[relation].half_life, Instance { actor: Some(from), target: Some(to) })
            }
            CellOwner::State { state } => (&model.state[state].half_life, Instance { actor: None, target: None }),
        };
        half_life.as_ref().map(|half_life| Relaxing { cell, half_life, holder })
    };
    model.cells.iter().map(|cell| cell.owner).enumerate().filter_map(relaxing).collect()
}

/// What one step leaves of a distance: 2 ^ y as exp(y * ln 2), y = -step / half_life. `None` where the half-life is none.
pub(super) fn factor_of_step(step_days: f64, half_life_days: f64) -> Option<f64> {
    if half_life_days <= 0.0 {
        return None;
    }
    Some(math::exp(math::multiply(math::divide(-step_days, half_life_days), math::ln(2.0))))
}

impl<O: Observer> Run<'_, '_, O> {
    /// LANGUAGE 6.3. Every `rest` is read on the state after 2, then all cells move at once.
    pub(super) fn half_lives(&mut self, n: u64) {
        let reference = self.reference;
        let scratch = &mut *self.scratch;
        let now = reference.model.day_of_step(n);
        scratch.rests.clear();
        let mut reader = Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, NOBODY);
        for relaxing in &reference.relaxing {
            let rest = relaxing.half_life.rest.as_ref().map_or(0.0, |rest| {
                reader.enter(relaxing.holder);
                reader.own_start = reader.given.starts[relaxing.cell];
                reader.evaluate(rest)
            });
            scratch.rests.push(rest);
        }
        let (given, state) = (&scratch.given, &mut scratch.state);
        for (index, relaxing) in reference.relaxing.iter().enumerate() {
            let Some(factor) = given.factors[index] else { continue };
            let cell = relaxing.cell;
            let value = if relaxing.half_life.rest.is_some() {
                let x = state.cells[cell];
                math::add(x, math::multiply(math::subtract(scratch.rests[index], x), math::subtract(1.0, factor)))
            } else {
                state.fading[cell] = math::multiply(state.fading[cell], factor);
                let (start, written) = (given.starts[cell], state.written[cell]);
                math::add(start, math::multiply(math::subtract(written, start), state.fading[cell]))
            };
            state.cells[cell] = reference.clamp(cell, value);
        }
        scratch.frame.state_changed();
    }
}
