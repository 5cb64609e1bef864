//! LANGUAGE 6.0: parameters and start values; and the draws of firings. All draws are pure functions of their address.

use crate::math;
use crate::model::{Distribution, Draw, Instance, ParameterSource, Point, Setting, Shape, Start};
use crate::random::{self, Family, Site};

use super::evaluate::{NOBODY, Reader, truth};
use super::observe::Observer;
use super::relax::factor_of_step;
use super::run::Run;
use super::state::refill;

impl<O: Observer> Run<'_, '_, O> {
    /// Parameters, in an order in which each reads only earlier ones.
    pub(super) fn draw_parameters(&mut self) {
        let reference = self.reference;
        let (model, run, point) = (reference.model, self.number, self.point);
        refill(&mut self.scratch.given.parameters, model.parameters.len(), 0.0);
        for &index in &model.parameter_order {
            let parameter = &model.parameters[index];
            let mut reader = self.reader(0.0, NOBODY);
            let value = match (point.setting(index), &parameter.source) {
                (Setting::Value(value), _) => value,
                (_, ParameterSource::Value(expression)) => reader.evaluate(expression),
                (Setting::Uniform(u), ParameterSource::Prior(distribution)) => {
                    drawn_value(distribution, u, parameter.range, &mut reader)
                }
                (Setting::Scenario, ParameterSource::Prior(distribution)) => {
                    let u = reference.uniform_on_day_0(point, run, distribution, reference.parameter_sites[index]);
                    drawn_value(distribution, u, parameter.range, &mut reader)
                }
            };
            self.scratch.given.parameters[index] = clamp_to(parameter.range, value);
        }
    }

    /// Start values of all cells, and what a step leaves of a distance for those with a half-life.
    pub(super) fn draw_starts(&mut self) {
        let (reference, run, point) = (self.reference, self.number, self.point);
        refill(&mut self.scratch.given.starts, reference.model.cells.len(), 0.0);
        for (index, cell) in reference.model.cells.iter().enumerate() {
            let mut reader = self.reader(0.0, NOBODY);
            let value = match &cell.start {
                Start::Value(expression) => reader.evaluate(expression),
                Start::Drawn { distribution, .. } => {
                    let u = reference.uniform_on_day_0(point, run, distribution, reference.start_sites[index]);
                    drawn_value(distribution, u, reference.ranges[index], &mut reader)
                }
            };
            self.scratch.given.starts[index] = reference.clamp(index, value);
        }
        self.scratch.given.factors.clear();
        for relaxing in &reference.relaxing {
            let mut reader = self.reader(0.0, NOBODY);
            let half_life_days = reader.evaluate(&relaxing.half_life.duration);
            self.scratch.given.factors.push(factor_of_step(reference.model.step_days, half_life_days));
        }
    }

    /// The draws of a firing or of a later entry in step `n`, into `scratch.drawn`; their arguments are read now, on the state as it is.
    pub(super) fn draw_numbers(&mut self, n: u64, instance: Instance, draws: &[Draw], sites: &[Site]) {
        let reference = self.reference;
        let scratch = &mut *self.scratch;
        let now = reference.model.day_of_step(n);
        scratch.drawn.clear();
        let mut reader = Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, instance);
        for (draw, &site) in draws.iter().zip(sites) {
            let u = random::uniform(reference.seed, self.number, site, n);
            scratch.drawn.push(drawn_value(&draw.distribution, u, None, &mut reader));
        }
    }
}

impl super::run::Reference<'_> {
    /// The uniform of the place's own site, or of the file that its rows come from: the file's site, unless the point says another.
    fn uniform_on_day_0(&self, point: &Point, run: u64, distribution: &Distribution, own: Site) -> f64 {
        match distribution {
            Distribution::Empirical { file, .. } => {
                point.file_uniform(*file).unwrap_or_else(|| random::uniform(self.seed, run, self.file_sites[*file], 0))
            }
            _ => random::uniform(self.seed, run, own, 0),
        }
    }
}

/// The value that the uniform `u` stands for, truncated to a range if there is one. Arguments that make no distribution give its centre.
fn drawn_value(distribution: &Distribution, u: f64, range: Option<(f64, f64)>, reader: &mut Reader<'_>) -> f64 {
    match distribution {
        Distribution::Continuous { shape, arguments } => {
            let argument = |index: usize, reader: &mut Reader<'_>| {
                arguments.get(index).map_or(0.0, |expression| reader.evaluate(expression))
            };
            let arguments = [argument(0, reader), argument(1, reader), argument(2, reader)];
            family(*shape, arguments).centre_if_invalid().truncated_quantile(u, range)
        }
        Distribution::Quantiles { shape, lower, upper } => {
            let (low, high) = (reader.evaluate(&lower.1), reader.evaluate(&upper.1));
            match random::from_quantiles(elicited_family(*shape), (lower.0, low), (upper.0, high)) {
                Ok(found) => found.truncated_quantile(u, range),
                Err(_) => math::divide(math::add(low, high), 2.0),
            }
        }
        Distribution::Discrete { values, weights } => {
            let weights: Vec<f64> = weights.iter().map(|weight| reader.evaluate(weight)).collect();
            let picked = random::pick_weighted(&weights, u).unwrap_or(0);
            values.get(picked).map_or(0.0, |value| reader.evaluate(value))
        }
        Distribution::Flip { probability } => truth(u < reader.evaluate(probability)),
        Distribution::Empirical { rows, .. } => {
            // The last row also when rounding takes u * rows up to the number of rows.
            let row = (u * rows.len() as f64).floor() as usize;
            rows.get(row.min(rows.len().saturating_sub(1))).copied().unwrap_or(0.0)
        }
    }
}

fn family(shape: Shape, [a, b, c]: [f64; 3]) -> random::Distribution {
    match shape {
        Shape::Uniform => random::Distribution::Uniform { low: a, high: b },
        Shape::Normal => random::Distribution::Normal { mean: a, sd: b },
        Shape::Lognormal => random::Distribution::Lognormal { median: a, sigma: b },
        Shape::Triangular => random::Distribution::Triangular { low: a, mode: b, high: c },
        Shape::Pert => random::Distribution::Pert { low: a, mode: b, high: c },
        Shape::Beta => random::Distribution::Beta { mean: a, sd: b },
        Shape::Exponential => random::Distribution::Exponential { mean: a },
        Shape::Gamma => random::Distribution::Gamma { mean: a, sd: b },
        Shape::Weibull => random::Distribution::Weibull { scale: a, shape: b },
    }
}

/// Only four families are given by quantiles; a checked model has no other here.
fn elicited_family(shape: Shape) -> Family {
    match shape {
        Shape::Lognormal => Family::Lognormal,
        Shape::Beta => Family::Beta,
        Shape::Gamma => Family::Gamma,
        _ => Family::Normal,
    }
}

/// Clamps to a range if there is one.
pub(super) fn clamp_to(range: Option<(f64, f64)>, value: f64) -> f64 {
    range.map_or(value, |(low, high)| math::clamp(value, low, high))
}
