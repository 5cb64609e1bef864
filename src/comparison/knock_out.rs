//! One rule after another taken away: what each of them moves.

use std::ops::Range;

use super::side::OutcomeName;
use crate::ensemble::{EnsembleError, Options, Simulate, Watch, each_block};
use crate::math::normal_quantile;
use crate::model::{EventSource, Model, RunRecord, StopReason};
use crate::statistics::{
    DifferenceInterval, Estimate, NORMAL_975, NumberChange, PairedChange, holm, mean_change, total_variation, wilson,
};

/// A rule or choice that is taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// A choice, not a rule.
    pub is_choice: bool,
    /// Its events: indices into `Model::events`; of a choice those of its options.
    events: Vec<usize>,
}

/// The rules and choices of a scenario that are switched on, in byte order of ids.
#[must_use]
pub fn candidates(model: &Model) -> Vec<Candidate> {
    let rules = model.rules.iter().filter(|rule| rule.opportunity.enabled).map(|rule| (&rule.id, false));
    let choices = model.choices.iter().filter(|choice| choice.opportunity.enabled).map(|choice| (&choice.id, true));
    let mut found: Vec<Candidate> = rules
        .chain(choices)
        .map(|(id, is_choice)| {
            let owner = |happening: usize| match model.happenings.get(happening).map(|happening| &happening.source) {
                Some(EventSource::Rule(rule)) => !is_choice && model.rules[*rule].id == *id,
                Some(EventSource::Choice(choice) | EventSource::Option { choice, .. }) => {
                    is_choice && model.choices[*choice].id == *id
                }
                None => false,
            };
            let of_it = model.events.iter().enumerate().filter(|(_, event)| owner(event.happening));
            Candidate { id: id.clone(), is_choice, events: of_it.map(|(index, _)| index).collect() }
        })
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// Outcome and last step of a run.
type End = (u32, u32);

/// How a run ends, with everything and without each candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnockedRun {
    /// With everything.
    with: End,
    /// Without each candidate.
    without: Vec<End>,
    /// Did the candidate happen, with everything?
    fired: Vec<bool>,
}

/// Bytes that are kept of each run.
#[must_use]
pub fn knock_out_bytes_per_run(n_candidates: usize) -> u64 {
    (size_of::<KnockedRun>() + n_candidates * (size_of::<End>() + 1) + 32) as u64
}

/// Plays runs with everything, and without each of the candidates (`without`: the scenarios that lack them, one each).
///
/// A run that reached the horizon and in which a candidate did not happen is the same run without it, and is not played again. (One that ended before is: what
/// happened in its last step behind the event that ended it has been undone, and might have kept another outcome from coming true.)
///
/// # Errors
/// If threads cannot be started.
pub fn play_without<S: Simulate>(
    with: &S,
    candidates: &[Candidate],
    without: &[S],
    runs: Range<u64>,
    options: Options,
    watch: Watch<'_>,
) -> Result<Vec<KnockedRun>, EnsembleError> {
    type Memory<S> = (<S as Simulate>::Scratch, Vec<Option<<S as Simulate>::Scratch>>, RunRecord);
    let memory = || -> Memory<S> { (with.scratch(), without.iter().map(|_| None).collect(), RunRecord::empty()) };
    let one = |(own, others, record): &mut Memory<S>, run: u64| {
        with.run(run, own, record);
        let end = |record: &RunRecord| (record.outcome as u32, record.end_step);
        let (whole, reached_horizon) = (end(record), record.stop_reason == StopReason::Horizon);
        let fired: Vec<bool> = candidates
            .iter()
            .map(|candidate| candidate.events.iter().any(|event| record.events[*event].count > 0))
            .collect();
        let ends = without.iter().zip(others).zip(&fired).map(|((without, other), fired)| {
            if reached_horizon && !fired {
                return whole;
            }
            without.run(run, other.get_or_insert_with(|| without.scratch()), record);
            end(record)
        });
        let ends = ends.collect();
        KnockedRun { with: whole, without: ends, fired }
    };
    each_block(runs, options, watch, memory, one)
}

/// What is to be said of a rule or choice, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It moves the probability of some outcome.
    Moves,
    /// Runs end otherwise without it, but no outcome becomes measurably rarer or more frequent.
    NotMeasurable,
    /// Every run has the outcome that it has with it.
    Nothing,
    /// It happened in no run.
    NeverHappened,
}

impl Verdict {
    /// The word in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Moves => "moves",
            Verdict::NotMeasurable => "not_measurable",
            Verdict::Nothing => "nothing",
            Verdict::NeverHappened => "never_happened",
        }
    }
}

/// What becomes of the outcomes without a rule or choice: with it first, without it second.
#[derive(Clone, Debug, PartialEq)]
pub struct KnockOut {
    /// Its id.
    pub id: String,
    /// A choice, not a rule.
    pub is_choice: bool,
    /// Runs.
    pub runs: u64,
    /// Runs in which it happens.
    pub runs_fired: u64,
    /// Runs that end in another outcome without it.
    pub runs_changed: u64,
    /// Runs that end in the same outcome on another day.
    pub runs_other_day: u64,
    /// Half the sum of the absolute changes of the outcomes' probabilities.
    pub total_variation: Estimate,
    /// Its 95 % interval; the lower end is above 0 only if some outcome has surely changed.
    pub interval: (f64, f64),
    /// Probability of so large a change of any outcome where nothing changes: the least of McNemar's, times the number of outcomes.
    pub p_value: f64,
    /// The same, adjusted for all rules and choices (Holm).
    pub p_holm: f64,
    /// The outcome that changes most, if any run ends otherwise.
    pub outcome: Option<OutcomeName>,
    /// Its change.
    pub change: PairedChange,
    /// The day on which runs end.
    pub end_day: Option<NumberChange>,
    /// In a word.
    pub verdict: Verdict,
}

/// With fewer changed runs the distance has no normal distribution.
const FEW: u64 = 20;
/// Below this an adjusted probability counts.
const SIGNIFICANT: f64 = 0.05;

/// Ranks rules and choices by the distance that their absence moves the outcomes, the farthest first; of equal ones by the runs that end otherwise, then by id.
#[must_use]
pub fn rank(model: &Model, candidates: &[Candidate], runs: &[KnockedRun]) -> Vec<KnockOut> {
    let mut rows: Vec<KnockOut> =
        candidates.iter().enumerate().map(|(at, candidate)| row(model, candidate, at, runs)).collect();
    let adjusted = holm(&rows.iter().map(|row| row.p_value).collect::<Vec<_>>());
    for (row, adjusted) in rows.iter_mut().zip(adjusted) {
        row.p_holm = adjusted;
        row.verdict = match row {
            KnockOut { runs_fired: 0, .. } => Verdict::NeverHappened,
            KnockOut { runs_changed: 0, .. } => Verdict::Nothing,
            _ if adjusted < SIGNIFICANT => Verdict::Moves,
            _ => Verdict::NotMeasurable,
        };
    }
    rows.sort_by(|a, b| {
        let distance = b.total_variation.value.total_cmp(&a.total_variation.value);
        distance.then(b.runs_changed.cmp(&a.runs_changed)).then(a.id.cmp(&b.id))
    });
    rows
}

fn row(model: &Model, candidate: &Candidate, at: usize, runs: &[KnockedRun]) -> KnockOut {
    let n = runs.len() as u64;
    let n_outcomes = model.outcomes.len();
    let pairs: Vec<(usize, usize)> = runs.iter().map(|run| (run.with.0 as usize, run.without[at].0 as usize)).collect();
    let changes: Vec<PairedChange> = (0..n_outcomes)
        .map(|outcome| PairedChange::of(pairs.iter().map(|(first, second)| (*first == outcome, *second == outcome))))
        .collect();
    let runs_changed = pairs.iter().filter(|(first, second)| first != second).count() as u64;
    let other_day = |run: &&KnockedRun| run.with.0 == run.without[at].0 && run.with.1 != run.without[at].1;
    let distance = total_variation(&pairs, n_outcomes);
    let least = changes.iter().map(|change| change.p_value()).fold(1.0, f64::min);
    let largest = (0..n_outcomes).max_by(|a, b| {
        let size = |outcome: usize| changes[outcome].change().abs();
        size(*a).total_cmp(&size(*b)).then(b.cmp(a))
    });
    let largest = largest.filter(|_| runs_changed > 0);
    let day = |end: End| Some(model.day_of_step(u64::from(end.1)));
    let with: Vec<Option<f64>> = runs.iter().map(|run| day(run.with)).collect();
    let without: Vec<Option<f64>> = runs.iter().map(|run| day(run.without[at])).collect();
    KnockOut {
        id: candidate.id.clone(),
        is_choice: candidate.is_choice,
        runs: n,
        runs_fired: runs.iter().filter(|run| run.fired[at]).count() as u64,
        runs_changed,
        runs_other_day: runs.iter().filter(other_day).count() as u64,
        total_variation: distance,
        interval: interval(&changes, runs_changed, n, distance),
        p_value: (least * n_outcomes as f64).min(1.0),
        p_holm: 1.0,
        outcome: largest
            .map(|at| OutcomeName { id: model.outcomes[at].id.clone(), label: model.outcomes[at].label.clone() }),
        change: largest.map_or(PairedChange { runs: n, ..PairedChange::default() }, |at| changes[at]),
        end_day: mean_change(&with, &without),
        verdict: Verdict::Nothing,
    }
}

/// A 95 % interval of the distance. It is at least what any one outcome has moved (all of them at once, by Bonferroni), and at most the share of runs that end
/// otherwise; within that, 1.96 standard errors above what is seen, which is itself rather too large than too small.
fn interval(changes: &[PairedChange], runs_changed: u64, n: u64, distance: Estimate) -> (f64, f64) {
    let z = normal_quantile(1.0 - 0.025 / changes.len().max(1) as f64);
    let least = |interval: DifferenceInterval| interval.low.max(-interval.high).max(0.0);
    let low = changes.iter().filter_map(|change| change.interval_at(z)).map(least).fold(0.0, f64::max);
    let most = wilson(runs_changed, n).map_or(1.0, |interval| interval.high);
    let high = if runs_changed < FEW { most } else { most.min(distance.value + NORMAL_975 * distance.standard_error) };
    (low.min(distance.value), high)
}
