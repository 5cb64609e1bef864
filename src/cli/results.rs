//! What every command that makes runs says of its results: whose they are, how they were made, where they went.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::arguments::Changes;
use super::console::Console;
use super::failure::Failure;
use super::numbers::grouped;
use super::run::interrupt;
use crate::model::Model;
use crate::output::schema::Table;
use crate::output::{
    DRAWS_VERSION, ExperimentIdentity, FORMAT_VERSION, Folder, FolderError, Machine, Manifest, Provenance,
    ScenarioIdentity,
};

/// What came of the runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    /// Runs that were asked for (of each scenario, at each point).
    pub(super) asked: u64,
    /// Runs of these that were done.
    pub(super) runs: u64,
    /// Runs under all scenarios, at all points together.
    pub(super) all_runs: u64,
    /// Number of threads.
    pub(super) threads: usize,
    /// Seconds that it took.
    pub(super) wall_seconds: f64,
}

impl Made {
    /// Did somebody stop it before all was done?
    pub(super) fn interrupted(self) -> bool {
        self.runs < self.asked
    }

    /// All runs in a second; 0 if they took no time that could be measured.
    pub(super) fn runs_per_second(self) -> f64 {
        if self.wall_seconds > 0.0 { self.all_runs as f64 / self.wall_seconds } else { 0.0 }
    }
}

/// Results: whose they are and how they were made.
#[derive(Clone, Copy)]
pub(super) struct Results<'a> {
    /// The scenario; where there are several, the first.
    pub(super) model: &'a Model,
    /// Its file, as typed.
    pub(super) file: &'a Path,
    /// The folder of results, as typed.
    pub(super) place: &'a Path,
    pub(super) seed: u64,
    pub(super) made: Made,
    /// Print one object for a program.
    pub(super) json: bool,
    /// Print nothing else.
    pub(super) quiet: bool,
}

impl Results<'_> {
    /// The first line for a person: `what` says how many runs of what.
    pub(super) fn heading(&self, what: &str) -> String {
        format!(
            "{} (simulated): {what}, seed {}, fingerprint {}\n",
            self.model.title.replace(char::is_control, " "),
            self.seed,
            self.model.fingerprint.get(..12).unwrap_or(&self.model.fingerprint),
        )
    }

    /// The last line for a person: where the `tables` are, and how long it took.
    pub(super) fn closing(&self, tables: &str) -> String {
        format!(
            "{tables}: {} ({:.1} s, {} runs per second)\n",
            self.place.display(),
            self.made.wall_seconds,
            grouped(self.made.runs_per_second().round() as u64),
        )
    }

    /// One object for a program: whose results, `design`, how many runs, and what was `found`.
    pub(super) fn object(&self, design: Value, found: Value) -> Value {
        let whose = json!({
            "provenance": "simulated",
            "title": self.model.title,
            "file": self.file.display().to_string(),
            "fingerprint": self.model.fingerprint,
            // A seed of 64 bits does not fit into the doubles that many programs read numbers as.
            "seed": self.seed.to_string(),
        });
        let runs = json!({
            "runs": self.made.runs,
            "runs_asked": self.made.asked,
            "interrupted": self.made.interrupted(),
            "out": self.place.display().to_string(),
        });
        joined([whose, design, runs, found])
    }

    /// Tells of an interruption (`of_what`: whose runs, ` of every point`) and prints what came of it, if it is wanted. A reader that has closed the pipe
    /// loses nothing: the tables are written.
    pub(super) fn print(
        &self,
        of_what: &str,
        console: &Console,
        object: impl FnOnce() -> Value,
        text: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if self.made.interrupted() {
            console.tell(&format!(
                "interrupted: the tables in {} hold the first {} of {} runs{of_what}\n",
                self.place.display(),
                grouped(self.made.runs),
                grouped(self.made.asked)
            ));
        }
        let text = match (self.json, self.quiet) {
            (true, _) => format!("{:#}\n", object()),
            (false, true) => return Ok(()),
            (false, false) => text(),
        };
        match console.print(&text) {
            Err(Failure::ClosedOutput) => Ok(()),
            other => other,
        }
    }

    /// How the results were made.
    pub(super) fn manifest(
        &self,
        changes: &Changes,
        tables: &[&Table],
        experiment: Option<ExperimentIdentity>,
    ) -> Manifest {
        let mut files: Vec<String> = tables.iter().map(|table| table.file.to_owned()).collect();
        files.extend(["datapackage.json", "manifest.json"].map(str::to_owned));
        files.sort();
        Manifest {
            provenance: Provenance::Simulated,
            flashpoint_version: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: ScenarioIdentity {
                title: self.model.title.clone(),
                file: self.file.display().to_string(),
                fingerprint: self.model.fingerprint.clone(),
            },
            format: FORMAT_VERSION,
            draws: DRAWS_VERSION,
            seed: self.seed.to_string(),
            runs_asked: self.made.asked,
            runs_done: self.made.runs,
            interrupted: self.made.interrupted(),
            command_line: std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect(),
            variants: changes.variants.clone(),
            set: changes.sets.clone(),
            without: changes.without.clone(),
            threads: self.made.threads,
            wall_seconds: self.made.wall_seconds,
            runs_per_second: self.made.runs_per_second(),
            machine: Machine {
                os: std::env::consts::OS.to_owned(),
                arch: std::env::consts::ARCH.to_owned(),
                cores: cores(),
            },
            experiment,
            files,
        }
    }
}

/// Writes the tables, the data package and the manifest, and puts the folder into its place.
pub(super) fn write(
    folder: Folder,
    package: &str,
    manifest: &Manifest,
    tables: impl FnOnce(&Folder) -> Result<(), FolderError>,
) -> Result<(), Failure> {
    let written = tables(&folder)
        .and_then(|()| folder.write("datapackage.json", |to| to.write_all(package.as_bytes())))
        .and_then(|()| folder.write("manifest.json", |to| to.write_all(manifest.to_json()?.as_bytes())));
    written
        .and_then(|()| interrupt::finishing(|| folder.finish()))
        .map_err(|error| Failure::File(error.to_string()))?;
    Ok(())
}

/// Nothing was done before the end was asked for.
pub(super) fn nothing_done(before: &str, console: &Console) -> Failure {
    console.tell(&format!("interrupted before {before}: nothing was written\n"));
    Failure::Interrupted
}

/// Where the results go if nothing is said: `out/` and the name of the scenario, with the command behind it if it is not `run`.
pub(super) fn usual_place(file: &Path, command: Option<&str>) -> PathBuf {
    let mut name = scenario_name(file);
    if let Some(command) = command {
        name.push(format!("-{command}"));
    }
    Path::new("out").join(name)
}

/// The name of a scenario: that of its folder if the file is called `scenario.toml`, else that of the file.
fn scenario_name(file: &Path) -> OsString {
    let of_folder = || {
        let folder = std::fs::canonicalize(file).ok()?.parent()?.file_name()?.to_owned();
        Some(folder)
    };
    let name = if file.file_name().is_some_and(|name| name == "scenario.toml") { of_folder() } else { None };
    name.or_else(|| file.file_stem().map(ToOwned::to_owned)).unwrap_or_else(|| "scenario".into())
}

/// Makes sure that results can be written there.
pub(super) fn prepare(place: &Path, force: bool) -> Result<Folder, Failure> {
    Folder::prepare(place, force).map_err(|error| {
        let help = match error {
            FolderError::HoldsResults(_) => "give another folder with `--out`, or replace the results with `--force`",
            FolderError::HoldsOther { .. } | FolderError::WorkingFolder(_) | FolderError::NoName(_) => {
                "give another folder with `--out`"
            }
            _ => return Failure::File(error.to_string()),
        };
        Failure::Usage { message: error.to_string(), help: Some(help.to_owned()) }
    })
}

/// Cores of the machine.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// One object with the keys of several.
pub(super) fn joined(parts: impl IntoIterator<Item = Value>) -> Value {
    let mut all = Map::new();
    for part in parts {
        if let Value::Object(part) = part {
            all.extend(part);
        }
    }
    Value::Object(all)
}
