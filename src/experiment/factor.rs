//! What one column of a design moves.

use crate::model::{Distribution, Model, ParameterSource, Point, Quantity, Setting};

/// How the numbers of a design's column become settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Axis {
    /// Each number is the parameter's value, in canonical units (booleans 0 or 1).
    Value,
    /// Each number is a uniform that goes through the parameter's prior.
    Prior,
    /// Each number is a uniform that picks the row of this file (index into [`Model::files`]) for everything drawn from it on day 0.
    File(usize),
    /// Each number is a uniform between these ends of a lever's range.
    Between(f64, f64),
    /// A number below one half is false, any other true.
    Either,
}

/// One column of a design: a parameter, or a file of parameters whose rows move together.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The parameter's name; of a file `files.PATH`, as its site.
    pub name: String,
    /// Index into [`Model::parameters`]; of a file the first parameter that is drawn from it.
    pub parameter: usize,
    /// What its numbers mean.
    pub axis: Axis,
}

impl Factor {
    /// The factor that sets a parameter to given values.
    #[must_use]
    pub fn of_values(model: &Model, parameter: usize) -> Self {
        let name = model.parameters.get(parameter).map_or(String::new(), |parameter| parameter.id.clone());
        Self { name, parameter, axis: Axis::Value }
    }

    /// The factor that samples a parameter: an uncertainty from its prior, a lever evenly over its range, a boolean lever as false or true with equal
    /// chances. `None` for a lever without a range: nothing says what may be tried.
    #[must_use]
    pub fn sampled(model: &Model, index: usize) -> Option<Self> {
        let parameter = model.parameters.get(index)?;
        let named = |name: String, axis| Some(Self { name, parameter: index, axis });
        match &parameter.source {
            ParameterSource::Prior(Distribution::Empirical { file, .. }) => {
                let first = model.parameters.iter().position(|other| file_of(&other.source) == Some(*file));
                let path = model.files.get(*file).map_or("", |file| file.path.as_str());
                let axis = Axis::File(*file);
                Some(Self { name: format!("files.{path}"), parameter: first.unwrap_or(index), axis })
            }
            ParameterSource::Prior(_) => named(parameter.id.clone(), Axis::Prior),
            ParameterSource::Value(_) => match parameter.range {
                Some((low, high)) => named(parameter.id.clone(), Axis::Between(low, high)),
                None if parameter.quantity == Quantity::Boolean => named(parameter.id.clone(), Axis::Either),
                None => None,
            },
        }
    }

    /// All that a sampled design moves unless it is told otherwise: every uncertainty, and every lever that has a range; in byte order of names, files
    /// behind them, each once.
    #[must_use]
    pub fn usual(model: &Model) -> Vec<Self> {
        let mut factors: Vec<Self> = Vec::new();
        for index in 0..model.parameters.len() {
            match Self::sampled(model, index) {
                Some(factor) if factor.axis != Axis::Either && !factors.contains(&factor) => factors.push(factor),
                _ => {}
            }
        }
        factors.sort_by(|a, b| a.order().cmp(&b.order()));
        factors
    }

    /// Files stand behind parameters.
    pub(super) fn order(&self) -> (bool, &str) {
        (matches!(self.axis, Axis::File(_)), &self.name)
    }

    /// The point with this factor's setting added.
    #[must_use]
    pub fn impose(&self, point: Point, number: f64) -> Point {
        match self.axis {
            Axis::Value => point.with(self.parameter, Setting::Value(number)),
            Axis::Prior => point.with(self.parameter, Setting::Uniform(number)),
            Axis::File(file) => point.with_file(file, number),
            Axis::Between(low, high) => {
                let value = low + (high - low) * number;
                point.with(self.parameter, Setting::Value(value.clamp(low, high)))
            }
            Axis::Either => point.with(self.parameter, Setting::Value(f64::from(u8::from(number >= 0.5)))),
        }
    }

    /// The parameters that it moves, ascending.
    #[must_use]
    pub fn parameters(&self, model: &Model) -> Vec<usize> {
        match self.axis {
            Axis::File(file) => {
                let of_file = |index: &usize| file_of(&model.parameters[*index].source) == Some(file);
                (0..model.parameters.len()).filter(of_file).collect()
            }
            _ => vec![self.parameter],
        }
    }
}

/// The file that a parameter is drawn from.
fn file_of(source: &ParameterSource) -> Option<usize> {
    match source {
        ParameterSource::Prior(Distribution::Empirical { file, .. }) => Some(*file),
        _ => None,
    }
}
