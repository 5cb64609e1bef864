//! From a path to a checked scenario, and telling what was found on the way.

use std::path::Path;

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Severity, Sources, TextOptions, gather, render_text};
use crate::library::Disk;
use crate::model::Model;
use crate::scenario::{self, LoadOptions};

use super::arguments::Changes;
use super::console::Console;
use super::failure::Failure;

/// A scenario file, read and checked.
#[derive(Debug)]
pub(super) struct Checked {
    /// All texts that were read.
    pub(super) sources: Sources,
    /// What was found, in the order in which it is told.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The model, if there is no error. That of a library cannot be run.
    pub(super) model: Option<Model>,
    /// Nothing in it says `[scenario]`.
    pub(super) is_library: bool,
    /// The file itself could not be read.
    pub(super) unreadable: bool,
}

/// What is worth telling of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// Mistakes and warnings, before a run.
    Brief,
    /// Notes too.
    Full,
    /// Everything, missing sources too.
    Strict,
}

impl Checked {
    /// Reads and checks a file with all that it includes, and with what the command lays over it.
    pub(super) fn read(file: &Path, changes: &Changes, telling: Telling) -> Self {
        let options = LoadOptions {
            variants: changes.variants.clone(),
            set: changes.sets.clone(),
            without: changes.without.clone(),
        };
        let loaded = scenario::load(file, &options, &Disk);
        let (model, mut found) = check::check(&loaded);
        if telling == Telling::Strict {
            found.extend(check::missing_sources(&loaded));
        }
        let is_told = |diagnostic: &Diagnostic| telling != Telling::Brief || diagnostic.severity != Severity::Note;
        let told = found.into_iter().filter(is_told);
        Self {
            diagnostics: gather(told.collect()),
            sources: loaded.sources,
            model,
            is_library: loaded.is_library,
            unreadable: loaded.main_unreadable,
        }
    }

    /// Whether there is something of a severity.
    pub(super) fn has(&self, severity: Severity) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == severity)
    }

    /// What was found, as text for standard error.
    pub(super) fn text(&self, console: &Console) -> String {
        let options = TextOptions { colour: console.error_colour, ..TextOptions::default() };
        render_text(&self.diagnostics, &self.sources, options)
    }

    /// The model to be run. Tells what was found (warnings only if not `quiet`).
    pub(super) fn into_runnable(mut self, console: &Console, quiet: bool) -> Result<(Model, Vec<Diagnostic>), Failure> {
        if self.is_library && !self.has(Severity::Error) {
            let message = "there is no [scenario] table: this is a library, which cannot be run";
            let help = "run a scenario that includes it, or add [scenario] with `step` and `horizon`";
            self.diagnostics.insert(0, Diagnostic::without_place(Code::NotAScenario, message).help(help));
        }
        let fails = self.has(Severity::Error);
        if fails || !quiet {
            console.tell(&self.text(console));
        }
        match self.model {
            Some(model) if !fails => Ok((model, self.diagnostics)),
            _ if self.unreadable => Err(Failure::ToldFile),
            _ => Err(Failure::Scenario),
        }
    }
}
