//! Estimators, intervals, and accumulators that merge exactly.
//!
//! Every accumulator has `add` and `merge`; merging is associative and commutative to the last bit, and memory does not grow
//! with the number of runs. Missing is `None`, never 0.

mod association;
mod big;
mod bins;
mod discordance;
mod exact_sum;
mod histogram;
mod incidence;
mod jackknife;
mod many;
mod order_statistics;
mod paired;
mod paired_numbers;
mod prim;
mod proportion;
mod quantile;
mod sensitivity;
mod step_counts;
mod step_grid;
mod survival;
mod trajectory;

pub use association::{Association, earlier, two_sided};
pub use bins::Bins;
pub use discordance::{DifferenceInterval, holm};
pub use exact_sum::{ExactMoments, ExactSum, Moments};
pub use histogram::{BinCount, Distribution, Histogram};
pub use incidence::{Incidence, cumulative_incidence};
pub use many::{false_discovery, many_intervals_note};
pub use order_statistics::{RankInterval, quantile_ranks};
pub use paired::{Estimate, PairedChange, first_order_index, total_variation};
pub use paired_numbers::{NumberChange, combined_means, mean_change, median_change};
pub use prim::{
    Column, Limit, PrimBox, PrimData, PrimOptions, QuasiP, Reproduced, best_box, find_box, find_boxes, reproduced,
};
pub use proportion::{
    Interval, NORMAL_975, expected_width, rule_of_three, rule_of_three_text, runs_needed, share, standard_error, wilson,
};
pub use quantile::Level;
pub use sensitivity::{
    Classes, MorrisIndices, PawnIndices, Resamples, SaltelliOutputs, Slices, SobolIndices, elementary_effects,
    given_data_index, kolmogorov_smirnov, morris_indices, pawn_indices, shuffled, sobol_indices,
};
pub use step_counts::StepCounts;
pub use step_grid::StepGrid;
pub use survival::{Ended, IncidenceStep, aalen_johansen};
pub use trajectory::{Held, Trajectory};
