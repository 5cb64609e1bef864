//! All that is kept of an ensemble: counts and exact sums, whatever the number of runs.

use crate::model::{BUILT_IN_MEASURES, Model, RunRecord, StopReason};
use crate::statistics::{Bins, Held, StepCounts, StepGrid, Trajectory};

/// Histograms of all measures at all steps together have at most so many counts (8 bytes each), as long as each keeps [`FEWEST_BINS`].
const HISTOGRAM_CELLS: usize = 1 << 22;
const FEWEST_BINS: usize = 64;
const MOST_BINS: usize = 1024;

/// What is known of the runs with one outcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutcomeSummary {
    /// Runs by the step in which they ended (0: on day 0).
    pub ends: StepCounts,
}

/// What is known of one event instance.
#[derive(Clone, Debug, PartialEq)]
pub struct EventSummary {
    /// Firings in all runs together.
    pub count: u64,
    /// Runs in which it fired, by the step of the first time.
    pub first_steps: StepCounts,
    /// For each outcome the runs that ended so and in which it fired.
    pub runs_by_outcome: Vec<u64>,
}

impl EventSummary {
    /// Runs in which it fired.
    #[must_use]
    pub fn runs(&self) -> u64 {
        self.first_steps.total()
    }
}

/// What is known of the answers to one query.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuerySummary {
    /// Runs in which `given` holds (all, if there is none).
    pub given: u64,
    /// Those of them in which `when` holds too.
    pub holds: u64,
}

/// Something counted over all runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sum over all runs.
    pub total: u64,
    /// Runs in which it is not 0.
    pub runs: u64,
}

impl Tally {
    fn add(&mut self, count: u32) {
        self.total += u64::from(count);
        self.runs += u64::from(count > 0);
    }

    fn merge(&mut self, other: Self) {
        self.total += other.total;
        self.runs += other.runs;
    }
}

/// How many runs stopped for which reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StopTally {
    /// An outcome came true.
    pub outcome: u64,
    /// The horizon came first.
    pub horizon: u64,
}

/// The summary of any set of runs of one model.
///
/// [`Summary::merge`] is associative and commutative to the last bit: how runs were divided among threads, blocks and shards leaves no trace.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Number of runs.
    pub runs: u64,
    /// One per `Model::outcomes`.
    pub outcomes: Vec<OutcomeSummary>,
    /// One per `Model::events`.
    pub events: Vec<EventSummary>,
    /// One per `Model::measures`, then `peak_ladder`, `rivera_score`. The rows are those of [`Summary::grid`].
    pub measures: Vec<Trajectory>,
    /// One per `Model::queries`.
    pub queries: Vec<QuerySummary>,
    /// Listed events of the record whose guard did not hold.
    pub history_misses: Tally,
    /// Later entries that were still pending at the end.
    pub pending_later: Tally,
    /// Why runs stopped.
    pub stops: StopTally,
    /// The steps at which measures are recorded.
    pub grid: StepGrid,
    /// Values of the row before, while a run is added.
    before: Vec<Held>,
}

impl Summary {
    /// A summary of no runs.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let grid = StepGrid::new(model.n_steps);
        let n_measures = model.measures.len() + BUILT_IN_MEASURES.len();
        let n_bins = (HISTOGRAM_CELLS / (n_measures * grid.n_rows())).clamp(FEWEST_BINS, MOST_BINS) as u32;
        let declared =
            model.measures.iter().map(|measure| if measure.boolean { Some((0.0, 1.0)) } else { measure.range });
        // `peak_ladder` lies between 0 and 10; `rivera_score` has no bound.
        let ranges = declared.chain([Some((0.0, 10.0)), None]);
        let event = EventSummary {
            count: 0,
            first_steps: StepCounts::default(),
            runs_by_outcome: vec![0; model.outcomes.len()],
        };
        Self {
            runs: 0,
            outcomes: vec![OutcomeSummary::default(); model.outcomes.len()],
            events: vec![event; model.events.len()],
            measures: ranges.map(|range| Trajectory::new(Bins::for_range(range, n_bins), grid.n_rows())).collect(),
            queries: vec![QuerySummary::default(); model.queries.len()],
            history_misses: Tally::default(),
            pending_later: Tally::default(),
            stops: StopTally::default(),
            grid,
            before: Vec::new(),
        }
    }

    /// Adds a run of the same model.
    pub fn add(&mut self, record: &RunRecord) {
        self.runs += 1;
        if let Some(outcome) = self.outcomes.get_mut(record.outcome) {
            outcome.ends.add(record.end_step);
        }
        for (event, tally) in self.events.iter_mut().zip(&record.events) {
            if tally.count > 0 {
                event.count += u64::from(tally.count);
                event.first_steps.add(tally.first_step);
                if let Some(runs) = event.runs_by_outcome.get_mut(record.outcome) {
                    *runs += 1;
                }
            }
        }
        for (query, answer) in self.queries.iter_mut().zip(&record.queries) {
            query.given += u64::from(answer.given);
            query.holds += u64::from(answer.given && answer.holds);
        }
        self.history_misses.add(record.history_misses);
        self.pending_later.add(record.pending_later);
        match record.stop_reason {
            StopReason::Outcome => self.stops.outcome += 1,
            StopReason::Horizon => self.stops.horizon += 1,
        }
        self.add_measures(record);
    }

    /// Measures of a run: work is done only where a value changes.
    fn add_measures(&mut self, record: &RunRecord) {
        let n_measures = self.measures.len();
        let stride = self.grid.stride() as usize;
        let n_rows = self.grid.rows_until(record.end_step);
        let mut before = std::mem::take(&mut self.before);
        before.clear();
        let mut row = 0;
        while row < n_rows {
            let step = if stride == 1 { row } else { self.grid.step(row) as usize };
            let Some(values) = record.measures.get(step * n_measures..(step + 1) * n_measures) else { break };
            if row == 0 {
                before.extend(self.measures.iter_mut().zip(values).map(|(measure, &value)| measure.begin(0, value)));
            } else {
                for ((measure, held), &value) in self.measures.iter_mut().zip(&mut before).zip(values) {
                    if !held.is(value) {
                        measure.change(row, held, value);
                    }
                }
            }
            row += 1;
        }
        for (measure, &held) in self.measures.iter_mut().zip(&before) {
            measure.end(row, held);
        }
        self.before = before;
    }

    /// Adds the runs of another summary of the same model.
    pub fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (mine, theirs) in self.outcomes.iter_mut().zip(&other.outcomes) {
            mine.ends.merge(&theirs.ends);
        }
        for (mine, theirs) in self.events.iter_mut().zip(&other.events) {
            mine.count += theirs.count;
            mine.first_steps.merge(&theirs.first_steps);
            for (mine, theirs) in mine.runs_by_outcome.iter_mut().zip(&theirs.runs_by_outcome) {
                *mine += theirs;
            }
        }
        for (mine, theirs) in self.measures.iter_mut().zip(&other.measures) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.queries.iter_mut().zip(&other.queries) {
            mine.given += theirs.given;
            mine.holds += theirs.holds;
        }
        self.history_misses.merge(other.history_misses);
        self.pending_later.merge(other.pending_later);
        self.stops.outcome += other.stops.outcome;
        self.stops.horizon += other.stops.horizon;
    }

    /// Runs with an outcome (index into `Model::outcomes`).
    #[must_use]
    pub fn outcome_runs(&self, outcome: usize) -> u64 {
        self.outcomes.get(outcome).map_or(0, |outcome| outcome.ends.total())
    }
}
