//! What fires in a step, and in which order of time.

use flashpoint::math;
use flashpoint::random::pick_weighted;

use super::chacha;
use super::start::Setup;

/// An event that fires.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Firing {
    pub(crate) row: usize,
    /// Its hazard; 0 if it comes at once.
    hazard: f64,
    /// Where and with which coarse byte it was drawn.
    site: u64,
    coarse: u8,
    /// Its place in time, from 1; found only where it matters.
    pub(crate) rank: usize,
}

impl Firing {
    /// When within the step.
    pub(crate) fn wait(&self, setup: &Setup, run: u64, n: u32) -> (f64, f64) {
        if self.hazard == 0.0 {
            return (0.0, 0.0);
        }
        let u = chacha::firing_uniform(setup.seed, run, self.site, n, self.coarse);
        (-math::ln(1.0 - u) / self.hazard, u)
    }
}

/// The events of a step, in order of rows.
#[derive(Default)]
pub(crate) struct Firings {
    pub(crate) list: Vec<Firing>,
}

impl Firings {
    pub(crate) fn at_once(&mut self, row: usize) {
        self.list.push(Firing { row, hazard: 0.0, site: 0, coarse: 0, rank: 0 });
    }

    pub(crate) fn drawn(&mut self, row: usize, hazard: f64, site: u64, coarse: u8) {
        self.list.push(Firing { row, hazard, site, coarse, rank: 0 });
    }
}

/// Does a draw of this coarse byte fall below the probability?
#[inline(always)]
pub(crate) fn falls_below(setup: &Setup, run: u64, site: u64, n: u32, coarse: u8, probability: f64) -> bool {
    let low = f64::from(coarse) / 256.0;
    if probability <= low {
        false
    } else if probability >= low + 1.0 / 256.0 {
        true
    } else {
        chacha::firing_uniform(setup.seed, run, site, n, coarse) < probability
    }
}

/// One of some rows by utilities times precision; those that are not eligible are left out.
pub(crate) fn pick_by_utility<const N: usize>(u: f64, precision: f64, options: [(usize, Option<f64>); N]) -> usize {
    let mut eligible = Vec::with_capacity(N);
    for (row, utility) in options {
        if let Some(utility) = utility {
            eligible.push((row, precision * utility));
        }
    }
    let greatest = eligible.iter().map(|&(_, value)| value).reduce(math::maximum).unwrap_or(0.0);
    let weights: Vec<f64> = eligible.iter().map(|&(_, value)| math::exp(value - greatest)).collect();
    eligible[pick_weighted(&weights, u).unwrap_or(0)].0
}

/// One of some rows by weight.
pub(crate) fn pick_by_weight<const N: usize>(u: f64, options: [(usize, f64); N]) -> usize {
    options[pick_weighted(&options.map(|(_, weight)| weight), u).unwrap_or(0)].0
}
