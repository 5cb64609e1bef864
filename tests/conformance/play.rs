//! Playing a case and judging what came out.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use flashpoint::check::check;
use flashpoint::diagnostic::{Code, Severity, TextOptions, render_text};
use flashpoint::ensemble::{Options, Summary, Watch, run_ensemble};
use flashpoint::model::Model;
use flashpoint::reference::Reference;
use flashpoint::scenario::{FileError, Files, LoadOptions, load};

use super::case::{Case, Judgement, Subject, Truth};

/// The seed of every case.
pub(super) const SEED: u64 = 1;
/// A Z beyond this is rare: at most three in fifty may be.
pub(super) const RARE: f64 = 3.0;
/// A Z beyond this is a fault.
pub(super) const NEVER: f64 = 4.5;

/// What came out of one truth.
pub(super) struct Answer<'a> {
    /// The case it belongs to.
    pub(super) case: &'a Case,
    /// What was claimed.
    pub(super) truth: &'a Truth,
    /// Number of values that the estimate is made of.
    pub(super) n: u64,
    /// The estimate; `None` if no run has a value.
    pub(super) estimate: Option<f64>,
    /// Its Z; `None` for what is deterministic.
    pub(super) z: Option<f64>,
}

impl Answer<'_> {
    /// Whether it can be believed at all.
    pub(super) fn fails(&self) -> bool {
        match (self.truth.judgement, self.estimate) {
            (_, None) => true,
            (Judgement::Within(tolerance), Some(estimate)) => !((estimate - self.truth.exact).abs() <= tolerance),
            (Judgement::Estimate, Some(_)) => !self.z.is_some_and(|z| z.abs() <= NEVER),
        }
    }
}

/// The files of the machine.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(|_| FileError::Missing)?;
        file.take(limit).read_to_end(&mut bytes).map_err(|error| FileError::Other(error.to_string()))?;
        Ok(bytes)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, FileError> {
        fs::canonicalize(path).map_err(|_| FileError::Missing)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }
}

/// `scenarios/`
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios")
}

/// Reads and checks a scenario, with what a case lays over it. `Err`: what is wrong with it; a warning that is not announced is wrong too.
pub(super) fn model(case: &Case) -> Result<Model, String> {
    let options = LoadOptions {
        variants: case.variants.iter().map(|name| (*name).to_owned()).collect(),
        set: case.sets.clone(),
        without: Vec::new(),
    };
    let loaded = load(&folder().join(format!("{}.toml", case.file)), &options, &Disk);
    let (model, diagnostics) = check(&loaded);
    let wrong: Vec<_> = diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.severity != Severity::Note && diagnostic.code != Code::MissingSource)
        .filter(|diagnostic| !case.warnings.contains(&diagnostic.code))
        .collect();
    if !wrong.is_empty() {
        return Err(render_text(&wrong, &loaded.sources, TextOptions::default()));
    }
    model.ok_or_else(|| "there is no model".to_owned())
}

/// Plays a case.
pub(super) fn play(case: &Case) -> Result<Vec<Answer<'_>>, String> {
    let model = model(case)?;
    let reference = Reference::new(&model, SEED);
    let watch = Watch { progress: &|_| (), stop: &AtomicBool::new(false) };
    let result = run_ensemble(&reference, &model, 0..case.runs, Options::default(), watch, None)
        .map_err(|error| error.to_string())?;
    case.truths.iter().map(|truth| answer(case, truth, &model, &result.summary)).collect()
}

/// Number, mean and variance of what a subject reads.
struct Sample {
    n: u64,
    mean: f64,
    variance: f64,
}

fn answer<'a>(case: &'a Case, truth: &'a Truth, model: &Model, summary: &Summary) -> Result<Answer<'a>, String> {
    let exact = truth.exact;
    // Where the exact value is a probability so is the exact variance.
    let share =
        |successes: u64, n: u64| Sample { n, mean: successes as f64 / n as f64, variance: exact * (1.0 - exact) };
    let unknown = |name: &str| format!("{}: there is no `{name}`", case.file);
    let outcome = |id: &str| model.outcomes.iter().position(|outcome| outcome.id == id).ok_or_else(|| unknown(id));
    let sample = match truth.subject {
        Subject::Outcome(id) => share(summary.outcome_runs(outcome(id)?), summary.runs),
        Subject::EndDay => steps(model, summary.outcomes.iter().flat_map(|outcome| outcome.ends.iter())),
        Subject::EndDayOf(id) => steps(model, summary.outcomes[outcome(id)?].ends.iter()),
        Subject::Event(name) => {
            let event = event(model, name).ok_or_else(|| unknown(name))?;
            share(summary.events[event].runs(), summary.runs)
        }
        Subject::FirstDay(name) => {
            let event = event(model, name).ok_or_else(|| unknown(name))?;
            steps(model, summary.events[event].first_steps.iter())
        }
        Subject::Query(id) => {
            let query = model.queries.iter().position(|query| query.id == id).ok_or_else(|| unknown(id))?;
            share(summary.queries[query].holds, summary.queries[query].given)
        }
        Subject::Measure(id, day) => {
            let measure = model.measures.iter().position(|measure| measure.id == id);
            let built_in = ["peak_ladder", "rivera_score"].iter().position(|name| *name == id);
            let place = measure.or(built_in.map(|place| model.measures.len() + place)).ok_or_else(|| unknown(id))?;
            let row = (day / model.step_days).round() as usize;
            let (moments, _) = summary.measures[place].rows().nth(row).ok_or_else(|| unknown("such a day"))?;
            let is_share = measure.is_some_and(|measure| model.measures[measure].boolean);
            let variance = if is_share { exact * (1.0 - exact) } else { moments.variance.unwrap_or(0.0) };
            Sample { n: moments.n, mean: moments.mean.unwrap_or(0.0), variance }
        }
    };
    let estimate = (sample.n > 0).then_some(sample.mean);
    let z = match truth.judgement {
        Judgement::Within(_) => None,
        Judgement::Estimate => Some((sample.n as f64).sqrt() * (sample.mean - exact) / sample.variance.sqrt()),
    };
    Ok(Answer { case, truth, n: sample.n, estimate, z: z.filter(|z| z.is_finite()) })
}

/// The row of an event by its name in tables.
fn event(model: &Model, name: &str) -> Option<usize> {
    let (id, instance) = name.split_once('(').map_or((name, ","), |(id, rest)| (id, rest.trim_end_matches(')')));
    let is = |event: &flashpoint::model::RecordedEvent| {
        model.happenings[event.happening].id == id && model.instance_text(event.instance) == instance
    };
    model.events.iter().position(is)
}

/// Moments of days, from counts by step.
fn steps(model: &Model, counts: impl Iterator<Item = (u32, u64)>) -> Sample {
    let (mut n, mut sum, mut squares) = (0_u64, 0_u64, 0_u64);
    for (step, count) in counts {
        n += count;
        sum += u64::from(step) * count;
        squares += u64::from(step) * u64::from(step) * count;
    }
    let mean = sum as f64 / n as f64;
    let variance = squares as f64 / n as f64 - mean * mean;
    Sample { n, mean: mean * model.step_days, variance: variance * model.step_days * model.step_days }
}
