//! Which runs, on which threads, when to stop; and the [`Summary`] that is kept of them.

mod each;
mod precision;
mod queue;
mod run;
mod simulate;
mod summary;

pub use each::{each_block, each_run};
pub use precision::{PILOT_RUNS, PreciseResult, Precision, ensemble_runs_needed, widest_interval};
pub(crate) use run::thread_pool;
pub use run::{
    Ensemble, EnsembleError, EnsembleResult, FormatRow, Options, RowSink, Watch, WriteRows, block_size, run_ensemble,
};
pub use simulate::{Simulate, UsualPlayer};
pub use summary::{EventSummary, OutcomeSummary, QuerySummary, StopTally, Summary, Tally};
