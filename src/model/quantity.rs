//! What a place can hold, and where drawn values come from.

use super::Expression;

/// The type of a value. All are held as `f64`: durations in days, rates per day, dates in days since the scenario's start, booleans as 0 or 1,
/// enumeration values as their position in `values` (as the author listed them).
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// A number, without a unit.
    Number,
    /// True (1) or false (0).
    Boolean,
    /// Days.
    Duration,
    /// Per day.
    Rate,
    /// Days since the start.
    Date,
    /// One of named values, by position.
    Enumeration(Vec<String>),
}

/// A value with its quantity, for tables and messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Its quantity.
    pub quantity: Quantity,
    /// The value in canonical units.
    pub value: f64,
}

/// Families of continuous distributions. Arguments of a [`Distribution::Continuous`] stand in the order written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// low, high
    Uniform,
    /// mean, sd
    Normal,
    /// median, sigma
    Lognormal,
    /// low, mode, high
    Triangular,
    /// low, mode, high
    Pert,
    /// mean, sd
    Beta,
    /// mean
    Exponential,
    /// mean, sd
    Gamma,
    /// scale, shape
    Weibull,
}

/// Where a drawn value comes from. Arguments of priors and starts read parameters only; those of draws may read the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// A closed family, arguments in the order of [`Shape`].
    Continuous {
        /// Which family.
        shape: Shape,
        /// Its arguments, in canonical units.
        arguments: Vec<Expression>,
    },
    /// A family given by two quantiles (normal, lognormal, beta, gamma).
    Quantiles {
        /// Which family.
        shape: Shape,
        /// Level (0 to 1) and value of the lower quantile.
        lower: (f64, Expression),
        /// Level and value of the upper quantile.
        upper: (f64, Expression),
    },
    /// Values with weights, picked as a choice picks.
    Discrete {
        /// The values.
        values: Vec<Expression>,
        /// Their weights, as many.
        weights: Vec<Expression>,
    },
    /// True with this probability.
    Flip {
        /// The probability.
        probability: Expression,
    },
    /// A row of a table: the row is floor(u * rows), u of the file's own site.
    Empirical {
        /// Index into [`super::Model::files`].
        file: usize,
        /// The column's values in canonical units, one a row.
        rows: Vec<f64>,
    },
}
