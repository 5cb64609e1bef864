//! A point of a design: what an experiment imposes on the parameters of a run.

/// Where one parameter's value comes from at a point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Setting {
    /// As the scenario says: its value, or a draw from its prior at the site `parameters.NAME`.
    #[default]
    Scenario,
    /// From its prior, with this uniform (0 to 1) in place of the site's. A parameter without a prior keeps its value.
    Uniform(f64),
    /// This value, in canonical units, whatever the scenario says: as `--set NAME=VALUE`. It is clamped to the parameter's range.
    Value(f64),
}

/// What is imposed on the parameters of every run at a point; all else is drawn as always, from the same sites.
///
/// So two points share every draw that neither imposes, and a difference between them is one between paired runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// By index of the parameter; what is not there is [`Setting::Scenario`].
    settings: Vec<Setting>,
    /// By index of the file of parameters: the uniform in place of that of the site `files.PATH`.
    files: Vec<Option<f64>>,
}

impl Point {
    /// Nothing is imposed.
    pub const SCENARIO: Point = Point { settings: Vec::new(), files: Vec::new() };

    /// The same with a setting for a parameter (index into [`super::Model::parameters`]).
    #[must_use]
    pub fn with(mut self, parameter: usize, setting: Setting) -> Self {
        if self.settings.len() <= parameter {
            self.settings.resize(parameter + 1, Setting::Scenario);
        }
        self.settings[parameter] = setting;
        self
    }

    /// The same with a uniform (0 to 1) for a file (index into [`super::Model::files`]): it picks the row of everything that is drawn from the file
    /// on day 0, which moves together as always.
    #[must_use]
    pub fn with_file(mut self, file: usize, uniform: f64) -> Self {
        if self.files.len() <= file {
            self.files.resize(file + 1, None);
        }
        self.files[file] = Some(uniform);
        self
    }

    /// Where a parameter's value comes from.
    #[must_use]
    pub fn setting(&self, parameter: usize) -> Setting {
        self.settings.get(parameter).copied().unwrap_or_default()
    }

    /// The uniform imposed on a file; `None` where its site decides as always.
    #[must_use]
    pub fn file_uniform(&self, file: usize) -> Option<f64> {
        self.files.get(file).copied().flatten()
    }
}
