//! LANGUAGE 6.5: somebody picks one option.

use crate::math;
use crate::model::Weighing;
use crate::random;

use super::instances::LeadsTo;
use super::observe::Observer;
use super::run::Run;

impl<O: Observer> Run<'_, '_, O> {
    /// Picks among the eligible options of an opening, all read at the end of the step (a precision below 0 counts as 0); the row of the option's event, or `None` if there is none or no weight above 0.
    pub(super) fn pick_option(&mut self, index: usize, n: u64) -> Option<usize> {
        let reference = self.reference;
        let opening = &reference.openings[index];
        let LeadsTo::Options { choice, pick_site, options } = &opening.leads_to else { return None };
        let now = reference.model.day_of_step(n);
        let precision = choice
            .precision
            .as_ref()
            .map_or(1.0, |precision| math::maximum(0.0, self.reader(now, opening.instance).evaluate(precision)));
        self.scratch.eligible.clear();
        self.scratch.weights.clear();
        for candidate in options {
            if !self.is_eligible(candidate.event, n) {
                continue;
            }
            let mut reader = self.reader(now, candidate.instance);
            let weight = match &candidate.option.weighing {
                Weighing::Utility(utility) => math::multiply(precision, reader.evaluate(utility)),
                Weighing::Weight(weight) => math::maximum(0.0, reader.evaluate(weight)),
            };
            self.scratch.eligible.push(candidate.event);
            self.scratch.weights.push(weight);
        }
        let by_utility = options.iter().any(|candidate| matches!(candidate.option.weighing, Weighing::Utility(_)));
        let (eligible, weights) = (&self.scratch.eligible, &mut self.scratch.weights);
        if by_utility {
            exponentiate(weights);
        }
        if weights.is_empty() {
            return None;
        }
        let u = random::uniform(reference.seed, self.number, *pick_site, n);
        let picked = random::pick_weighted(weights, u);
        self.observer.option_picked(n, opening.happening, opening.instance, eligible, weights, u, picked);
        picked.map(|position| eligible[position])
    }
}

/// v_i to exp(v_i - max v).
fn exponentiate(values: &mut [f64]) {
    let Some(greatest) = values.iter().copied().reduce(math::maximum) else { return };
    for value in values {
        *value = math::exp(math::subtract(*value, greatest));
    }
}
