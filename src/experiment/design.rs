//! Designs: the tables of points that an experiment plays.

use super::factor::Factor;
use super::sobol::{MOST_SOBOL_DIMENSIONS, SobolDimension};
use crate::model::{Distribution, Expression, Model, ParameterSource, Point, Setting};
use crate::random::{Site, uniform};
use crate::reference::Reference;

/// The most points of a design: each takes about a kilobyte while it is played, and a table of more rows helps nobody.
pub const MOST_POINTS: u64 = 1_000_000;

/// Points, as a table of numbers: one row a point, one column a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    factors: Vec<Factor>,
    /// Row by row.
    numbers: Vec<f64>,
    n_points: usize,
}

/// Why there is no such design.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DesignError {
    /// It would have no point.
    #[error("the design has no point")]
    Empty,
    /// It would have more than [`MOST_POINTS`].
    #[error("the design has {0} points; {MOST_POINTS} is the most")]
    TooLarge(u128),
    /// Sobol's sequence has not so many dimensions.
    #[error("the design moves {0} parameters; Sobol's sequence is known here for {MOST_SOBOL_DIMENSIONS}")]
    TooWide(usize),
}

impl Design {
    /// A design from its numbers, row by row, as the factors' axes understand them. Values are taken as they are: whoever has them from a user
    /// looks at ranges before.
    ///
    /// # Errors
    /// [`DesignError::Empty`], [`DesignError::TooLarge`].
    pub fn of_rows(factors: Vec<Factor>, numbers: Vec<f64>) -> Result<Self, DesignError> {
        let n_points = if factors.is_empty() { 0 } else { numbers.len() / factors.len() };
        size(n_points as u128)?;
        Ok(Self { factors, numbers, n_points })
    }

    /// Every combination of the given values; the last factor moves fastest. Values in canonical units.
    ///
    /// # Errors
    /// [`DesignError::Empty`] if a factor has no value, [`DesignError::TooLarge`].
    pub fn grid(axes: Vec<(Factor, Vec<f64>)>) -> Result<Self, DesignError> {
        let product = |product: u128, axis: &(Factor, Vec<f64>)| product.saturating_mul(axis.1.len() as u128);
        let n_points = size(if axes.is_empty() { 0 } else { axes.iter().fold(1, product) })?;
        let mut numbers = Vec::with_capacity(n_points * axes.len());
        for point in 0..n_points {
            let mut after = n_points;
            for (_, values) in &axes {
                after /= values.len();
                numbers.push(values[point / after % values.len()]);
            }
        }
        Ok(Self { factors: axes.into_iter().map(|(factor, _)| factor).collect(), numbers, n_points })
    }

    /// A Latin hypercube (McKay, Beckman and Conover 1979): of every factor's `n_points` equal strata each is hit once, at a random place inside.
    ///
    /// The order of strata of a factor is that of the uniforms of the site `design.lhs(NAME)`, one for each point as its `run`, step 0; the place inside is
    /// the uniform of step 1. So a factor more moves no other.
    ///
    /// # Errors
    /// [`DesignError::Empty`], [`DesignError::TooLarge`].
    pub fn latin_hypercube(factors: Vec<Factor>, n_points: u64, seed: u64) -> Result<Self, DesignError> {
        let columns = |factor: &Factor, n_points: usize| {
            let site = Site::named(&format!("design.lhs({})", factor.name));
            let mut order: Vec<(f64, usize)> =
                (0..n_points).map(|point| (uniform(seed, point as u64, site, 0), point)).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut column = vec![0.0; n_points];
            for (stratum, &(_, point)) in order.iter().enumerate() {
                let inside = uniform(seed, point as u64, site, 1);
                column[point] = inner((stratum as f64 + inside) / n_points as f64);
            }
            Ok(column)
        };
        Self::by_columns(factors, n_points, columns)
    }

    /// The first points of a scrambled Sobol sequence; best where `n_points` is a power of 2. A factor's random bits are those of the site `design.sobol(NAME)`.
    ///
    /// # Errors
    /// [`DesignError`]
    pub fn sobol(factors: Vec<Factor>, n_points: u64, seed: u64) -> Result<Self, DesignError> {
        let width = factors.len();
        let mut dimension = 0;
        let columns = |factor: &Factor, n_points: usize| {
            let site = Site::named(&format!("design.sobol({})", factor.name));
            let sequence = SobolDimension::scrambled(dimension, seed, site).ok_or(DesignError::TooWide(width))?;
            dimension += 1;
            // At most a million points.
            Ok((0..n_points).map(|point| inner(sequence.coordinate(point as u32))).collect())
        };
        Self::by_columns(factors, n_points, columns)
    }

    fn by_columns(
        factors: Vec<Factor>,
        n_points: u64,
        mut column: impl FnMut(&Factor, usize) -> Result<Vec<f64>, DesignError>,
    ) -> Result<Self, DesignError> {
        let n_points = size(if factors.is_empty() { 0 } else { u128::from(n_points) })?;
        let mut numbers = vec![0.0; n_points * factors.len()];
        for (index, factor) in factors.iter().enumerate() {
            for (point, number) in column(factor, n_points)?.into_iter().enumerate() {
                numbers[point * factors.len() + index] = number;
            }
        }
        Ok(Self { factors, numbers, n_points })
    }

    /// What its columns move.
    #[must_use]
    pub fn factors(&self) -> &[Factor] {
        &self.factors
    }

    /// Number of points, at least 1.
    #[must_use]
    pub fn n_points(&self) -> usize {
        self.n_points
    }

    /// The numbers of a point, one for each factor.
    #[must_use]
    pub fn row(&self, point: usize) -> &[f64] {
        let width = self.factors.len();
        self.numbers.get(point * width..(point + 1) * width).unwrap_or(&[])
    }

    /// What a point imposes.
    #[must_use]
    pub fn point(&self, point: usize) -> Point {
        let imposed = self.factors.iter().zip(self.row(point));
        imposed.fold(Point::SCENARIO, |point, (factor, &number)| factor.impose(point, number))
    }

    /// All points in order.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        (0..self.n_points).map(|point| self.point(point)).collect()
    }

    /// The parameters that the design moves, ascending: those of its factors, not those computed from them.
    #[must_use]
    pub fn parameters(&self, model: &Model) -> Vec<usize> {
        let mut all: Vec<usize> = self.factors.iter().flat_map(|factor| factor.parameters(model)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The values that a point gives to the parameters of the design (in the order of [`Design::parameters`]), in canonical units; `None` where the value is
    /// another in each run, because the prior's arguments are drawn.
    #[must_use]
    pub fn values(&self, reference: &Reference<'_>, point: usize) -> Vec<Option<f64>> {
        let model = reference.model();
        let imposed = self.point(point);
        let values = reference.parameters_at(&imposed, 0);
        let same = same_in_all_runs(model, &imposed, self);
        self.parameters(model).into_iter().map(|index| same[index].then(|| values[index])).collect()
    }
}

/// For each parameter, whether its value at a point is the same in all runs.
fn same_in_all_runs(model: &Model, point: &Point, design: &Design) -> Vec<bool> {
    let mut same = vec![false; model.parameters.len()];
    let mut of_files = vec![false; model.parameters.len()];
    for factor in design.factors.iter().filter(|factor| matches!(factor.axis, super::Axis::File(_))) {
        factor.parameters(model).into_iter().for_each(|index| of_files[index] = true);
    }
    for &index in &model.parameter_order {
        same[index] = match (point.setting(index), &model.parameters[index].source) {
            (Setting::Value(_), _) => true,
            (_, ParameterSource::Value(expression)) => reads_only(&same, expression),
            (Setting::Uniform(_), ParameterSource::Prior(prior)) => {
                arguments(prior).into_iter().all(|argument| reads_only(&same, argument))
            }
            (Setting::Scenario, ParameterSource::Prior(_)) => of_files[index],
        };
    }
    same
}

fn reads_only(same: &[bool], expression: &Expression) -> bool {
    match expression {
        Expression::Parameter(parameter) => same.get(*parameter).copied().unwrap_or(false),
        _ => expression.parts().into_iter().all(|part| reads_only(same, part)),
    }
}

/// The expressions that a prior is made of.
fn arguments(prior: &Distribution) -> Vec<&Expression> {
    match prior {
        Distribution::Continuous { arguments, .. } => arguments.iter().collect(),
        Distribution::Quantiles { lower, upper, .. } => vec![&lower.1, &upper.1],
        Distribution::Discrete { values, weights } => values.iter().chain(weights).collect(),
        Distribution::Flip { probability } => vec![probability],
        Distribution::Empirical { .. } => Vec::new(),
    }
}

/// A uniform strictly inside (0, 1): the quantile of 0 or 1 may be infinite.
fn inner(u: f64) -> f64 {
    u.clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0)
}

fn size(n_points: u128) -> Result<usize, DesignError> {
    match n_points {
        0 => Err(DesignError::Empty),
        1.. if n_points <= u128::from(MOST_POINTS) => Ok(n_points as usize),
        _ => Err(DesignError::TooLarge(n_points)),
    }
}

/// `number` values from `low` to `high` at equal distances, both ends among them; one value is `low`.
#[must_use]
pub fn evenly(low: f64, high: f64, number: u64) -> Vec<f64> {
    let last = number.saturating_sub(1);
    (0..number)
        .map(|index| match index {
            0 => low,
            _ if index == last => high,
            // Weighted so that round ends give round values: 0.02 between 0.01 and 0.03.
            _ => (low * (last - index) as f64 + high * index as f64) / last as f64,
        })
        .collect()
}
