//! Numbers that are the same everywhere: total arithmetic and portable special functions.
//!
//! Nothing here calls the functions of the system's mathematical library, which differ between platforms:
//! transcendental functions come from the `libm` crate, everything else is made of exact IEEE operations in a
//! written order (no fused multiply-add). Every function is total: no NaN and no infinity comes out of
//! finite arguments.

mod arithmetic;
mod beta;
mod calendar;
mod elementary;
mod gamma;
mod gamma_uniform;
mod normal;
mod order;
mod solve;
mod tails;

#[cfg(test)]
mod tests;

pub use arithmetic::{add, divide, finite, integer_power, multiply, subtract};
pub use beta::{inverse_regularized_beta, log_beta, regularized_beta};
pub use calendar::{CivilDate, civil_day};
pub use elementary::{LN_OF_NOTHING, exp, exp_m1, ln, ln_1p, logistic, power, sqrt};
pub use gamma::{gamma, inverse_regularized_gamma_p, log_gamma, regularized_gamma_p, regularized_gamma_q};
pub use normal::{normal_cdf, normal_quantile};
pub use order::{clamp, maximum, minimum};
pub use solve::find_root;
