//! `manifest.json`: how a folder of results was made.

use serde::Serialize;

/// Version of the scenario language.
pub const FORMAT_VERSION: u32 = 1;
/// Version of the definition of random draws.
pub const DRAWS_VERSION: u32 = 1;

/// How results were made. All of it is told by the caller; nothing is looked up here. Keys stand in the file in this order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// Always `simulated`.
    pub provenance: Provenance,
    /// Version of the program.
    pub flashpoint_version: String,
    /// Title, file and fingerprint.
    pub scenario: ScenarioIdentity,
    /// Version of the scenario language: [`FORMAT_VERSION`].
    pub format: u32,
    /// Version of the definition of draws: [`DRAWS_VERSION`].
    pub draws: u32,
    /// Seed of all random numbers. A number of 64 bits, written as text because many programs read JSON numbers as doubles.
    pub seed: String,
    /// Runs asked for.
    pub runs_asked: u64,
    /// Runs done.
    pub runs_done: u64,
    /// True if it was stopped before all runs were done.
    pub interrupted: bool,
    /// The command as typed, word by word.
    pub command_line: Vec<String>,
    /// Variants laid over the scenario.
    pub variants: Vec<String>,
    /// `--set`s, as typed.
    pub set: Vec<String>,
    /// Rules, options and flows that were disabled.
    pub without: Vec<String>,
    /// Number of threads; it does not show in the results.
    pub threads: usize,
    /// Seconds from the first run to the last.
    pub wall_seconds: f64,
    /// Runs per second.
    pub runs_per_second: f64,
    /// Where.
    pub machine: Machine,
    /// What an experiment did at how many points; left out of the manifest of a single ensemble.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experiment: Option<ExperimentIdentity>,
    /// Files of the folder, by name.
    pub files: Vec<String>,
}

/// Where data come from. There is only one kind here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Made by a computer program; not observed.
    #[default]
    Simulated,
}

/// Which experiment. Runs are then counted per point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExperimentIdentity {
    /// `sweep`
    pub kind: String,
    /// What made the points: `grid`, `lhs`, `sobol`, `points`.
    pub design: String,
    /// Number of points.
    pub points: usize,
    /// What its columns move: parameters, and files of parameters as `files.PATH`.
    pub factors: Vec<String>,
    /// The file of the experiment, if it was read from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// Which scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScenarioIdentity {
    /// Its title.
    pub title: String,
    /// Its file, as given on the command line.
    pub file: String,
    /// Fingerprint of its content after layering: 64 hexadecimal digits.
    pub fingerprint: String,
}

/// The machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Machine {
    /// Operating system, such as `linux`.
    pub os: String,
    /// Architecture, such as `x86_64`.
    pub arch: String,
    /// Cores that the program may use.
    pub cores: usize,
}

impl Manifest {
    /// The text of `manifest.json`. A number that is not finite is written as `null`.
    ///
    /// # Errors
    /// Never with the fields as they are.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }
}
