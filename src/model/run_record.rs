//! What is known of one finished run: all that tables are made of.

/// Why a run stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// An outcome came true.
    Outcome,
    /// The horizon came first.
    Horizon,
}

/// How often an event instance happened in a run, and in which steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventTally {
    /// Number of firings.
    pub count: u32,
    /// Step of the first; 0 if none.
    pub first_step: u32,
    /// Step of the last; 0 if none.
    pub last_step: u32,
}

/// The answer of a run to a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryAnswer {
    /// Does `given` hold (true when there is none).
    pub given: bool,
    /// Does `when` hold.
    pub holds: bool,
}

/// One finished run. A pure function of (scenario, seed, run index).
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// Index of the run, from 0.
    pub run: u64,
    /// Index into `Model::outcomes`.
    pub outcome: usize,
    /// Step in which it ended (0: on day 0).
    pub end_step: u32,
    /// Why it stopped.
    pub stop_reason: StopReason,
    /// One value per parameter, in canonical units.
    pub parameters: Vec<f64>,
    /// One tally per `Model::events`.
    pub events: Vec<EventTally>,
    /// Final value of every cell.
    pub cells: Vec<f64>,
    /// Measures at steps 0, 1, .., `end_step`: row by row, a row being `Model::measures` in order, then `peak_ladder`, `rivera_score`.
    pub measures: Vec<f64>,
    /// One answer per query.
    pub queries: Vec<QueryAnswer>,
    /// Highest ladder level of any event, 0 if none.
    pub peak_ladder: u8,
    /// Listed events of the record whose guard did not hold.
    pub history_misses: u32,
    /// Later entries that were still pending at the end.
    pub pending_later: u32,
}

impl RunRecord {
    /// A record of nothing, to be filled by a run.
    #[must_use]
    pub fn empty() -> Self {
        RunRecord {
            run: 0,
            outcome: 0,
            end_step: 0,
            stop_reason: StopReason::Horizon,
            parameters: Vec::new(),
            events: Vec::new(),
            cells: Vec::new(),
            measures: Vec::new(),
            queries: Vec::new(),
            peak_ladder: 0,
            history_misses: 0,
            pending_later: 0,
        }
    }
}

/// Number of built-in measures, which come behind the scenario's own: `peak_ladder`, `rivera_score`.
pub const BUILT_IN_MEASURES: [&str; 2] = ["peak_ladder", "rivera_score"];
