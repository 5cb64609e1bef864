//! Random numbers by address: (seed, run, site, step) to a uniform, and a uniform to a value.
//!
//! No generator is ever stepped in sequence: a draw is a pure function of its address (LANGUAGE, "Draws"), so that
//! nothing that is added, removed or reordered moves another draw. Every distribution is drawn through its quantile
//! function, one uniform per value.

mod cached;
mod distribution;
mod elicited;
mod form;
mod pick;
mod sampler;
mod site;
mod uniform;

#[cfg(test)]
mod tests;

pub use cached::{FiringDraws, SiteDraws};
pub use distribution::Distribution;
pub use elicited::{Family, from_quantiles};
pub use pick::pick_weighted;
pub use sampler::Sampler;
pub use site::{Seed, Site};
pub use uniform::{coarse_block, coarse_byte, fine, fires, firing_uniform, uniform};
