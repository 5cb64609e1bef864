//! Opening a scenario: texts read, layers laid over each other.

use std::path::{Path, PathBuf};

use super::checked::{CheckError, CheckedScenario};
use super::disk::Disk;
use crate::scenario::{self, Files, LoadOptions, Loaded, MemoryFiles};

/// A scenario whose files have been read. Nothing is known of its meaning yet: see [`Scenario::check`].
#[derive(Clone, Debug)]
pub struct Scenario {
    loaded: Loaded,
}

/// Why a scenario could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The file itself could not be read. (A file that it includes and that cannot be read is a mistake of the scenario: a [`CheckError`].)
    #[error("cannot open the scenario `{}`: {reason}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// What is laid over a scenario when it is opened: as `--variant`, `--set` and `--without` of the command line, in that order.
///
/// ```
/// use flashpoint::Scenario;
///
/// let scenario = Scenario::options()
///     .set("parameters.notice.value", "7 days")
///     .without("siege")
///     .open("scenarios/teaching/letter.toml")?;
/// # assert!(scenario.check().is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenOptions {
    load: LoadOptions,
}

impl OpenOptions {
    /// Lays a variant of the scenario over it.
    #[must_use]
    pub fn variant(mut self, name: &str) -> Self {
        self.load.variants.push(name.to_owned());
        self
    }

    /// Sets a value, such as `parameters.notice.value` to `7 days`; a parameter's value also by the parameter's name alone.
    #[must_use]
    pub fn set(mut self, key: &str, value: &str) -> Self {
        self.load.set.push(format!("{key}={value}"));
        self
    }

    /// Disables a rule, a choice, an option (`choice.option`) or a flow; or an outcome (`outcomes.ID`), which then ends no run.
    #[must_use]
    pub fn without(mut self, id: &str) -> Self {
        self.load.without.push(id.to_owned());
        self
    }

    /// Reads a scenario file and all that it includes.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Scenario, OpenError> {
        self.load_from(path.as_ref(), &Disk)
    }

    /// Takes a scenario from a text, which cannot include files.
    ///
    /// # Errors
    /// If it is larger than a file may be (16 MiB). What is wrong with it otherwise is told by [`Scenario::check`].
    pub fn parse(&self, text: &str) -> Result<Scenario, OpenError> {
        self.load_from(Path::new("/scenario.toml"), &MemoryFiles::new().file("/scenario.toml", text))
    }

    fn load_from(&self, path: &Path, files: &dyn Files) -> Result<Scenario, OpenError> {
        let loaded = scenario::load(path, &self.load, files);
        if loaded.main_unreadable {
            let reason = loaded.diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default();
            return Err(OpenError::Unreadable { path: path.to_owned(), reason });
        }
        Ok(Scenario { loaded })
    }
}

impl Scenario {
    /// Reads a scenario file and all that it includes.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        OpenOptions::default().open(path)
    }

    /// Takes a scenario from a text, which cannot include files.
    ///
    /// # Errors
    /// If it is larger than a file may be (16 MiB). What is wrong with it otherwise is told by [`Scenario::check`].
    pub fn parse(text: &str) -> Result<Self, OpenError> {
        OpenOptions::default().parse(text)
    }

    /// To open a scenario with something laid over it.
    #[must_use]
    pub fn options() -> OpenOptions {
        OpenOptions::default()
    }

    /// The text of the scenario's identity: 64 hexadecimal digits that change with its content and with nothing else (comments, order, layers).
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.loaded.fingerprint()
    }

    /// Looks for mistakes: all of them at once, each with its place.
    ///
    /// # Errors
    /// [`CheckError::Mistakes`] if there are any; [`CheckError::Library`] if it has no `[scenario]` and cannot be run.
    pub fn check(&self) -> Result<CheckedScenario, CheckError> {
        CheckedScenario::of(&self.loaded)
    }
}
