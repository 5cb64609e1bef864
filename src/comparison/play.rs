//! Playing runs under several scenarios, and what is kept of each.

use std::ops::Range;

use crate::ensemble::{EnsembleError, Options, Simulate, Watch, each_block};
use crate::model::{BUILT_IN_MEASURES, Model, QueryAnswer, RunRecord};

/// A scenario to be played.
#[derive(Debug)]
pub struct Arm<S> {
    /// Plays it.
    pub simulate: S,
    /// For each of its outcomes the same scenario in which that outcome never ends a run, where this is wanted: a run that ends so is then played on.
    pub without: Vec<Option<S>>,
}

/// What is kept of a run under one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// Index into `Model::outcomes`.
    pub outcome: u32,
    /// Step in which it ended (0: on day 0).
    pub end_step: u32,
    /// How it ends where the outcome in which it ended cannot end it; `None` where that was not asked for.
    pub otherwise: Option<u32>,
    /// One answer per query.
    pub queries: Box<[QueryAnswer]>,
    /// The measures in its last step: those of the scenario, then `peak_ladder`, `rivera_score`.
    pub measures: Box<[f64]>,
}

impl Ended {
    /// What is kept of a finished run.
    #[must_use]
    pub fn of(record: &RunRecord, model_measures: usize) -> Self {
        let n_measures = model_measures + BUILT_IN_MEASURES.len();
        let last = record.measures.len().saturating_sub(n_measures);
        Self {
            outcome: record.outcome as u32,
            end_step: record.end_step,
            otherwise: None,
            queries: record.queries.clone().into(),
            measures: record.measures[last..].into(),
        }
    }
}

/// Bytes that are kept of each run under a scenario.
#[must_use]
pub fn bytes_per_run(model: &Model) -> u64 {
    // Two lists with what the memory manager adds to each.
    let lists = 8 * (model.measures.len() + BUILT_IN_MEASURES.len()) + 2 * model.queries.len() + 32;
    (size_of::<Ended>() + lists) as u64
}

/// Memory of a thread for an arm: for the scenario, and for each that lacks an outcome.
type Memories<S> = (Option<S>, Vec<Option<S>>);

/// Plays `runs` under all arms; what is kept, arm by arm, in order of runs. After a stop every arm has the same first runs. The number of measures is the
/// scenarios' own, one for each arm.
///
/// A run with an outcome switched off is the same run up to the moment when that outcome would have ended it. So only runs that ended so are played again.
///
/// # Errors
/// If threads cannot be started.
pub fn play<S: Simulate>(
    arms: &[Arm<S>],
    n_measures: &[usize],
    runs: Range<u64>,
    options: Options,
    watch: Watch<'_>,
) -> Result<Vec<Vec<Ended>>, EnsembleError> {
    let memory = || -> (Vec<Memories<S::Scratch>>, RunRecord) {
        let empty = arms.iter().map(|arm| (None, arm.without.iter().map(|_| None).collect()));
        (empty.collect(), RunRecord::empty())
    };
    let one = |(memories, record): &mut (Vec<Memories<S::Scratch>>, RunRecord), run: u64| -> Vec<Ended> {
        let under = arms.iter().zip(memories).zip(n_measures).map(|((arm, (own, others)), n_measures)| {
            arm.simulate.run(run, own.get_or_insert_with(|| arm.simulate.scratch()), record);
            let mut ended = Ended::of(record, *n_measures);
            let outcome = record.outcome;
            if let (Some(Some(without)), Some(other)) = (arm.without.get(outcome), others.get_mut(outcome)) {
                without.run(run, other.get_or_insert_with(|| without.scratch()), record);
                ended.otherwise = Some(record.outcome as u32);
            }
            ended
        });
        under.collect()
    };
    let made = each_block(runs, options, watch, memory, one)?;
    let mut by_arm: Vec<Vec<Ended>> = arms.iter().map(|_| Vec::with_capacity(made.len())).collect();
    for run in made {
        for (arm, ended) in by_arm.iter_mut().zip(run) {
            arm.push(ended);
        }
    }
    Ok(by_arm)
}
