//! What the length of the step does: the same scenario at finer and finer steps.

use super::play::Ended;
use crate::model::{BUILT_IN_MEASURES, Model, Timing};
use crate::statistics::{Estimate, NORMAL_975, PairedChange, combined_means};

/// A scenario at one step, with its runs.
#[derive(Clone, Copy, Debug)]
pub struct StepRuns<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// Its runs, from the first on.
    pub runs: &'a [Ended],
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefinedKind {
    /// The probability of an outcome.
    Outcome,
    /// The probability of a query, among the runs that its condition counts.
    Query,
    /// The mean day on which runs end.
    EndDay,
    /// The mean of a measure in the last step.
    Measure,
}

impl RefinedKind {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            RefinedKind::Outcome => "outcome",
            RefinedKind::Query => "query",
            RefinedKind::EndDay => "end_day",
            RefinedKind::Measure => "measure",
        }
    }

    fn is_share(self) -> bool {
        matches!(self, RefinedKind::Outcome | RefinedKind::Query)
    }
}

/// A number at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepValue {
    /// Length of the step in days; 0 for the value extrapolated to no step at all.
    pub step_days: f64,
    /// Runs that count; of the extrapolated value the least of those it is made of.
    pub runs: u64,
    /// The number and its standard error. `None` if no run counts.
    pub value: Option<Estimate>,
    /// This less the number at the scenario's own step, with its standard error.
    pub change: Option<Estimate>,
    /// The 95 % interval of the change.
    pub interval: Option<(f64, f64)>,
}

/// Something of the scenario at all steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Refined {
    /// What.
    pub kind: RefinedKind,
    /// Its name.
    pub name: String,
    /// At the scenario's own step, at finer ones, and extrapolated.
    pub values: Vec<StepValue>,
}

impl Refined {
    /// The value without any step.
    #[must_use]
    pub fn extrapolated(&self) -> Option<&StepValue> {
        self.values.last()
    }

    /// The interval of the extrapolated change at the level that belongs to `z`. A share that no run shows otherwise is still not known better than
    /// ± z² / (n + z²).
    #[must_use]
    pub fn interval_at(&self, z: f64) -> Option<(f64, f64)> {
        let last = self.extrapolated()?;
        let change = last.change?;
        let floor = if self.kind.is_share() { z * z / (last.runs as f64 + z * z) } else { 0.0 };
        let half = (z * change.standard_error).max(floor);
        Some((change.value - half, change.value + half))
    }
}

/// The rules and choices that have an opportunity at every step, or fire at once again and again: with a shorter step they would have more opportunities. For these
/// `every` must be the step that the scenario was written for, so that they keep what they mean in days. A guard alone with a limit of 1 is no such thing.
#[must_use]
pub fn per_step_happenings(model: &Model) -> Vec<String> {
    let rules = model.rules.iter().map(|rule| (format!("rules.{}", rule.id), &rule.opportunity));
    let choices = model.choices.iter().map(|choice| (format!("choices.{}", choice.id), &choice.opportunity));
    let each_step = rules.chain(choices).filter(|(_, opportunity)| {
        opportunity.every.is_none()
            && match opportunity.timing {
                Timing::Rate(_) => false,
                Timing::Chance(_) => true,
                Timing::AtOnce => opportunity.limit != Some(1),
            }
    });
    each_step.map(|(id, _)| id).collect()
}

/// Works out what the step does to outcomes, queries, the end day and measures. `steps` are the same scenario, each at half the step of the one before, with
/// equally many runs; nothing comes of less than two.
///
/// The extrapolated value is Richardson's for an error that is proportional to the step (Richardson 1911; Euler's method for flows, and events that wait for the
/// end of their step, err so): twice the value at the finest step less that at the one before. Its error is that of the Monte Carlo runs alone.
#[must_use]
pub fn refine(steps: &[StepRuns<'_>]) -> Vec<Refined> {
    let (Some(first), true) = (steps.first(), steps.len() > 1) else { return Vec::new() };
    let mut found = Vec::new();
    let model = first.model;
    for (at, outcome) in model.outcomes.iter().enumerate() {
        let ends_so = |run: &Ended, _: &Model| Some(f64::from(u8::from(run.outcome as usize == at)));
        found.push(row(RefinedKind::Outcome, &outcome.id, steps, ends_so));
    }
    for (at, query) in model.queries.iter().enumerate() {
        let answer = |run: &Ended, _: &Model| {
            let answer = run.queries.get(at).filter(|answer| answer.given)?;
            Some(f64::from(u8::from(answer.holds)))
        };
        found.push(row(RefinedKind::Query, &query.id, steps, answer));
    }
    found.push(row(RefinedKind::EndDay, "end_day", steps, |run, model| {
        Some(model.day_of_step(u64::from(run.end_step)))
    }));
    let names = model.measures.iter().map(|measure| measure.id.as_str()).chain(BUILT_IN_MEASURES);
    for (at, name) in names.enumerate() {
        found.push(row(RefinedKind::Measure, name, steps, |run, _| run.measures.get(at).copied()));
    }
    found
}

/// One number at all steps.
fn row(kind: RefinedKind, name: &str, steps: &[StepRuns<'_>], read: impl Fn(&Ended, &Model) -> Option<f64>) -> Refined {
    let samples: Vec<Vec<Option<f64>>> =
        steps.iter().map(|step| step.runs.iter().map(|run| read(run, step.model)).collect()).collect();
    let count = |sample: &Vec<Option<f64>>| sample.iter().flatten().count() as u64;
    let all_count = samples.iter().zip(steps).all(|(sample, step)| count(sample) == step.runs.len() as u64);
    let mut values: Vec<StepValue> = Vec::new();
    for (at, (sample, step)) in samples.iter().zip(steps).enumerate() {
        let change =
            if at > 0 { combined_means(&[(-1.0, samples[0].as_slice()), (1.0, sample.as_slice())]) } else { None };
        let interval = change.map(|change| {
            let pairs = samples[0].iter().zip(sample).map(|(a, b)| (*a == Some(1.0), *b == Some(1.0)));
            let score = if kind.is_share() && all_count { PairedChange::of(pairs).interval() } else { None };
            let half = NORMAL_975 * change.standard_error;
            score.map_or((change.value - half, change.value + half), |interval| (interval.low, interval.high))
        });
        let value = combined_means(&[(1.0, sample.as_slice())]);
        values.push(StepValue { step_days: step.model.step_days, runs: count(sample), value, change, interval });
    }
    // `refine` calls this with at least two steps.
    let (coarse, fine) = (samples[samples.len() - 2].as_slice(), samples[samples.len() - 1].as_slice());
    let value = combined_means(&[(-1.0, coarse), (2.0, fine)]);
    let change = combined_means(&[(-1.0, samples[0].as_slice()), (-1.0, coarse), (2.0, fine)]);
    let runs = samples.iter().map(count).min().unwrap_or(0);
    values.push(StepValue { step_days: 0.0, runs, value, change, interval: None });
    let mut refined = Refined { kind, name: name.to_owned(), values };
    let interval = refined.interval_at(NORMAL_975);
    if let Some(last) = refined.values.last_mut() {
        last.interval = interval;
    }
    refined
}
