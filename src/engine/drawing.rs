//! Drawn values: parameters, start values, draws of firings. What does not depend on the run is worked out once.

use crate::math;
use crate::model::{Distribution, Draw, Expression, Instance, ParameterSource, Point, Shape, Start};
use crate::random::{self, Family, Sampler, Site};

use super::compile::{Compiler, Scope, truth};
use super::memory::Memory;
use super::node::{Moment, NodeId};
use super::program::Program;

/// How a parameter or a start comes by its value.
#[derive(Debug)]
pub(super) enum Drawing {
    Value(NodeId),
    Drawn(SitedDraw),
}

/// A draw with its site.
#[derive(Debug)]
pub(super) struct SitedDraw {
    pub(super) site: Site,
    /// On day 0 the file whose row is drawn, if it is one.
    file: Option<usize>,
    shape: DrawNode,
    range: Option<(f64, f64)>,
}

#[derive(Debug)]
enum DrawNode {
    /// All arguments are constants.
    Ready(Box<Sampler>),
    Continuous(Shape, [NodeId; 3]),
    Quantiles(Shape, (f64, NodeId), (f64, NodeId)),
    Discrete {
        values: Vec<NodeId>,
        weights: Vec<NodeId>,
    },
    Flip(NodeId),
    Empirical(Vec<f64>),
}

const NOBODY: Instance = Instance { actor: None, target: None };

/// One for each parameter.
pub(super) fn parameters(compiler: &mut Compiler<'_>) -> Vec<Drawing> {
    let model = compiler.model;
    let mut drawings = Vec::with_capacity(model.parameters.len());
    for parameter in &model.parameters {
        drawings.push(match &parameter.source {
            ParameterSource::Value(value) => value_of(compiler, value),
            ParameterSource::Prior(distribution) => {
                let site = format!("parameters.{}", parameter.id);
                Drawing::Drawn(on_day_0(compiler, distribution, &site, parameter.range))
            }
        });
    }
    drawings
}

/// One for each cell.
pub(super) fn starts(compiler: &mut Compiler<'_>) -> Vec<Drawing> {
    let model = compiler.model;
    let mut drawings = Vec::with_capacity(model.cells.len());
    for (index, cell) in model.cells.iter().enumerate() {
        let range = compiler.places.ranges[index];
        drawings.push(match &cell.start {
            Start::Value(value) => value_of(compiler, value),
            Start::Drawn { distribution, site } => Drawing::Drawn(on_day_0(compiler, distribution, site, range)),
        });
    }
    drawings
}

fn value_of(compiler: &mut Compiler<'_>, value: &Expression) -> Drawing {
    Drawing::Value(compiler.expression(value, &mut Scope::new(NOBODY, Moment::End)))
}

fn on_day_0(
    compiler: &mut Compiler<'_>,
    distribution: &Distribution,
    site: &str,
    range: Option<(f64, f64)>,
) -> SitedDraw {
    let (site, file) = match distribution {
        Distribution::Empirical { file, .. } => {
            (Site::named(&format!("files.{}", compiler.model.files[*file].path)), Some(*file))
        }
        _ => (Site::named(site), None),
    };
    let shape = draw_node(compiler, distribution, NOBODY, range);
    SitedDraw { site, file, shape, range }
}

/// The draws of a firing, or of a later entry, of one instance.
pub(super) fn draws(
    compiler: &mut Compiler<'_>,
    draws: &[Draw],
    instance: Instance,
    event_site: &str,
) -> Vec<SitedDraw> {
    let mut sited = Vec::with_capacity(draws.len());
    for draw in draws {
        let site = match &draw.distribution {
            Distribution::Empirical { file, .. } => {
                Site::named(&format!("{event_site}#file({})", compiler.model.files[*file].path))
            }
            _ => Site::named(&format!("{event_site}#{}", draw.id)),
        };
        let shape = draw_node(compiler, &draw.distribution, instance, None);
        sited.push(SitedDraw { site, file: None, shape, range: None });
    }
    sited
}

fn draw_node(
    compiler: &mut Compiler<'_>,
    distribution: &Distribution,
    instance: Instance,
    range: Option<(f64, f64)>,
) -> DrawNode {
    let mut scope = Scope::new(instance, Moment::End);
    match distribution {
        Distribution::Continuous { shape, arguments } => {
            let mut nodes = [compiler.nodes.constant(0.0); 3];
            for (node, argument) in nodes.iter_mut().zip(arguments) {
                *node = compiler.expression(argument, &mut scope);
            }
            match nodes.map(|node| compiler.nodes.as_constant(node)) {
                [Some(a), Some(b), Some(c)] => {
                    let family = family(*shape, [a, b, c]).centre_if_invalid();
                    DrawNode::Ready(Box::new(Sampler::new(family, range)))
                }
                _ => DrawNode::Continuous(*shape, nodes),
            }
        }
        Distribution::Quantiles { shape, lower, upper } => {
            let low = compiler.expression(&lower.1, &mut scope);
            let high = compiler.expression(&upper.1, &mut scope);
            if let (Some(a), Some(b)) = (compiler.nodes.as_constant(low), compiler.nodes.as_constant(high))
                && let Ok(found) = random::from_quantiles(elicited_family(*shape), (lower.0, a), (upper.0, b))
            {
                return DrawNode::Ready(Box::new(Sampler::new(found, range)));
            }
            DrawNode::Quantiles(*shape, (lower.0, low), (upper.0, high))
        }
        Distribution::Discrete { values, weights } => DrawNode::Discrete {
            values: values.iter().map(|value| compiler.expression(value, &mut scope)).collect(),
            weights: weights.iter().map(|weight| compiler.expression(weight, &mut scope)).collect(),
        },
        Distribution::Flip { probability } => DrawNode::Flip(compiler.expression(probability, &mut scope)),
        Distribution::Empirical { rows, .. } => DrawNode::Empirical(rows.clone()),
    }
}

impl Memory {
    /// The value that the site's uniform of step `n` stands for.
    pub(super) fn draw(&mut self, program: &Program<'_>, draw: &SitedDraw, n: u64) -> f64 {
        let u = random::uniform(program.seed, self.run, draw.site, n);
        self.draw_with(program, draw, u)
    }

    /// The value of a draw of day 0 at a point.
    pub(super) fn draw_at(&mut self, program: &Program<'_>, point: &Point, draw: &SitedDraw) -> f64 {
        match draw.file.and_then(|file| point.file_uniform(file)) {
            Some(u) => self.draw_with(program, draw, u),
            None => self.draw(program, draw, 0),
        }
    }

    /// The value that a uniform stands for.
    pub(super) fn draw_with(&mut self, program: &Program<'_>, draw: &SitedDraw, u: f64) -> f64 {
        match &draw.shape {
            DrawNode::Ready(sampler) => sampler.value(u),
            DrawNode::Continuous(shape, arguments) => {
                let arguments = arguments.map(|argument| self.value(program, argument));
                family(*shape, arguments).centre_if_invalid().truncated_quantile(u, draw.range)
            }
            DrawNode::Quantiles(shape, lower, upper) => {
                let (low, high) = (self.value(program, lower.1), self.value(program, upper.1));
                match random::from_quantiles(elicited_family(*shape), (lower.0, low), (upper.0, high)) {
                    Ok(found) => found.truncated_quantile(u, draw.range),
                    Err(_) => math::divide(math::add(low, high), 2.0),
                }
            }
            DrawNode::Discrete { values, weights } => {
                let weights: Vec<f64> = weights.iter().map(|weight| self.value(program, *weight)).collect();
                let picked = random::pick_weighted(&weights, u).unwrap_or(0);
                values.get(picked).map_or(0.0, |value| self.value(program, *value))
            }
            DrawNode::Flip(probability) => truth(u < self.value(program, *probability)),
            DrawNode::Empirical(rows) => {
                let row = (u * rows.len() as f64).floor() as usize;
                rows.get(row.min(rows.len().saturating_sub(1))).copied().unwrap_or(0.0)
            }
        }
    }

    /// The draws of a firing or a later entry, into `drawn`.
    pub(super) fn draw_all(&mut self, program: &Program<'_>, draws: &[SitedDraw], n: u64) {
        self.drawn.clear();
        for draw in draws {
            let value = self.draw(program, draw, n);
            self.drawn.push(value);
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

fn elicited_family(shape: Shape) -> Family {
    match shape {
        Shape::Lognormal => Family::Lognormal,
        Shape::Beta => Family::Beta,
        Shape::Gamma => Family::Gamma,
        _ => Family::Normal,
    }
}
