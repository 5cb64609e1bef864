//! Many runs of a scenario.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use super::checked::CheckedScenario;
use super::results::Results;
use crate::ensemble::{self, EnsembleError, Options, UsualPlayer, Watch};
use crate::model::RunRecord;

/// Runs of a scenario to be made. By default 10,000 with seed 1, on as many threads as there are cores.
///
/// ```
/// use flashpoint::{Ensemble, Scenario};
///
/// let checked = Scenario::open("scenarios/teaching/coin.toml")?.check()?;
/// let whole = Ensemble::new(&checked).runs(200).run()?;
/// // A run depends on its number alone: parts that are made apart add up to the whole.
/// let mut part = Ensemble::new(&checked).range(0..50).threads(1).run()?;
/// part.merge(&Ensemble::new(&checked).range(50..200).run()?);
/// assert_eq!(part.outcomes(), whole.outcomes());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ensemble<'s> {
    scenario: &'s CheckedScenario,
    seed: u64,
    range: Range<u64>,
    threads: usize,
}

/// Why runs could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The threads could not be started.
    #[error(transparent)]
    Threads(#[from] EnsembleError),
}

impl<'s> Ensemble<'s> {
    /// Runs of this scenario.
    #[must_use]
    pub fn new(scenario: &'s CheckedScenario) -> Self {
        Self { scenario, seed: 1, range: 0..10_000, threads: 0 }
    }

    /// Seed of all random numbers.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// So many runs, from run 0 on.
    #[must_use]
    pub fn runs(self, runs: u64) -> Self {
        self.range(0..runs)
    }

    /// These runs alone. Two programs that make a part each can merge their results.
    #[must_use]
    pub fn range(mut self, range: Range<u64>) -> Self {
        self.range = range;
        self
    }

    /// Number of threads; 0 is one for each core. No result depends on it.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Makes the runs.
    ///
    /// # Errors
    /// If threads cannot be started.
    pub fn run(&self) -> Result<Results<'s>, RunError> {
        let model = self.scenario.model();
        let player = UsualPlayer::new(model, self.seed);
        let options = Options { threads: self.threads, ..Options::default() };
        let watch = Watch { progress: &|_| {}, stop: &AtomicBool::new(false) };
        let found = ensemble::run_ensemble(&player, model, self.range.clone(), options, watch, None)?;
        Ok(Results::new(model, found.summary))
    }

    /// Plays the runs and keeps what `read` makes of each, in order of runs. Two scenarios that are read with the same seed are paired by position:
    /// what they have in common has the same random numbers. [`crate::statistics::PairedChange`] says how sure a difference is.
    ///
    /// ```
    /// use flashpoint::statistics::PairedChange;
    /// use flashpoint::{Ensemble, Scenario};
    ///
    /// let file = "scenarios/teaching/letter.toml";
    /// let blockaded = |options: flashpoint::OpenOptions| -> Result<Vec<bool>, Box<dyn std::error::Error>> {
    ///     let checked = options.open(file)?.check()?;
    ///     let siege = checked.model().outcomes.iter().position(|outcome| outcome.id == "siege");
    ///     Ok(Ensemble::new(&checked).runs(500).each(|record| Some(record.outcome) == siege)?)
    /// };
    /// let (short, long) = (blockaded(Scenario::options())?, blockaded(Scenario::options().set("notice", "30 days"))?);
    /// assert!(PairedChange::of(short.into_iter().zip(long)).z() < -2.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If threads cannot be started.
    pub fn each<T: Send>(&self, read: impl Fn(&RunRecord) -> T + Sync) -> Result<Vec<T>, RunError> {
        let player = UsualPlayer::new(self.scenario.model(), self.seed);
        Ok(ensemble::each_run(&player, self.range.clone(), self.threads, read)?)
    }
}
