//! A scenario without mistakes.

use std::fmt;

use crate::check::check;
use crate::diagnostic::{Code, Diagnostic, Severity, Sources, TextOptions, gather, render_text};
use crate::model::Model;
use crate::narration::{Narration, NarrationOptions, narrate};
use crate::reference::Reference;
use crate::scenario::Loaded;

/// A scenario that can be run.
#[derive(Clone, Debug)]
pub struct CheckedScenario {
    model: Model,
    warnings: Vec<Diagnostic>,
    sources: Sources,
}

/// Why a scenario cannot be run.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CheckError {
    /// It has mistakes.
    #[error("the scenario has mistakes:\n{0}")]
    Mistakes(Mistakes),
    /// It is a library: it has no `[scenario]`, and is there to be included.
    #[error("there is no [scenario] table: this is a library, which cannot be run")]
    Library,
}

/// The mistakes of a scenario. Displayed as `flashpoint check` tells them, without colour.
#[derive(Clone, Debug)]
pub struct Mistakes {
    diagnostics: Vec<Diagnostic>,
    text: String,
}

impl Mistakes {
    /// Everything that was found, errors first; warnings may be among it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The codes of the errors, in order of places.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        let errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.map(|diagnostic| diagnostic.code)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.text.trim_end())
    }
}

impl CheckedScenario {
    pub(super) fn of(loaded: &Loaded) -> Result<Self, CheckError> {
        let (model, found) = check(loaded);
        // As before a run: notes and missing sources are for `flashpoint check`.
        let told = found
            .into_iter()
            .filter(|diagnostic| diagnostic.code != Code::MissingSource && diagnostic.severity != Severity::Note);
        let diagnostics = gather(told.collect());
        let fails = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        match model {
            Some(_) if loaded.is_library && !fails => Err(CheckError::Library),
            Some(model) if !fails => Ok(Self { model, warnings: diagnostics, sources: loaded.sources.clone() }),
            _ => {
                let text = render_text(&diagnostics, &loaded.sources, TextOptions::default());
                Err(CheckError::Mistakes(Mistakes { diagnostics, text }))
            }
        }
    }

    /// The scenario as data: actors, rules, outcomes, everything.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What is odd without being wrong.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The warnings as `flashpoint check` tells them, without colour; empty if there are none.
    #[must_use]
    pub fn warnings_text(&self) -> String {
        render_text(&self.warnings, &self.sources, TextOptions::default())
    }

    /// One run of an ensemble with this seed, told: the same run, event by event, with what decided it.
    ///
    /// ```
    /// use flashpoint::Scenario;
    /// use flashpoint::narration::{TextStyle, render_text};
    ///
    /// let checked = Scenario::open("scenarios/teaching/letter.toml")?.check()?;
    /// let told = checked.replay(3, 1);
    /// assert!(render_text(checked.model(), &told, TextStyle::default()).contains("How it ended"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn replay(&self, run: u64, seed: u64) -> Narration {
        narrate(&Reference::new(&self.model, seed), run, NarrationOptions { explain: true })
    }
}
