//! Sensitivity indices: numbers at designed points (or drawn ones) in, indices with bootstrap errors out.
//!
//! Every index is an [`Estimate`](super::Estimate); SALib's `_conf` is the half-width of its 95 % interval, [`super::Estimate::half_width`].
//! Nothing here draws random numbers: whoever calls says which rows each bootstrap repetition takes. An output that never changes has indices of 0 with
//! error 0; no index is ever not-a-number.

mod given_data;
mod morris;
mod pawn;
mod resample;
mod sobol;

pub use given_data::{Classes, given_data_index};
pub use morris::{MorrisIndices, elementary_effects, morris_indices};
pub use pawn::{PawnIndices, Slices, kolmogorov_smirnov, pawn_indices};
pub use resample::{Resamples, shuffled};
pub use sobol::{SaltelliOutputs, SobolIndices, sobol_indices};
