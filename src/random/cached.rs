//! Draws of one (run, site) over many steps, without computing a block again for each step.

use super::site::{Seed, Site};
use super::uniform::{block_words, coarse_block, coarse_decides, coarse_place, combine, fine, uniform_from_word};

/// The draws of a firing site in one run; remembers the last block of 64 coarse bytes.
#[derive(Clone, Debug)]
pub struct FiringDraws {
    seed: u64,
    run: u64,
    site: Site,
    block: Option<u64>,
    bytes: [u8; 64],
}

impl FiringDraws {
    /// The draws of `site` in `run`; nothing is computed yet.
    #[must_use]
    pub fn new(seed: Seed, run: u64, site: Site) -> FiringDraws {
        FiringDraws { seed: seed.0, run, site, block: None, bytes: [0; 64] }
    }

    /// The coarse byte of a step, as [`super::coarse_byte`].
    #[inline]
    pub fn coarse(&mut self, step: u64) -> u8 {
        let block = step / 64;
        if self.block != Some(block) {
            self.bytes = coarse_block(self.seed, self.run, self.site, block);
            self.block = Some(block);
        }
        self.bytes[coarse_place(step)]
    }

    /// The fine number of a step, as [`super::fine`]; not remembered.
    #[must_use]
    pub fn fine(&self, step: u64) -> u64 {
        fine(self.seed, self.run, self.site, step)
    }

    /// The uniform of a step, as [`super::firing_uniform`].
    pub fn uniform(&mut self, step: u64) -> f64 {
        let coarse = self.coarse(step);
        combine(coarse, self.fine(step))
    }

    /// Does the step's uniform fall below the probability `p`? As [`super::fires`].
    #[inline]
    pub fn fires(&mut self, step: u64, p: f64) -> bool {
        let coarse = self.coarse(step);
        match coarse_decides(coarse, p) {
            Some(fires) => fires,
            None => combine(coarse, self.fine(step)) < p,
        }
    }

    /// The uniform that made the step fire with probability `p`; `None` if it does not fire.
    #[inline]
    pub fn firing(&mut self, step: u64, p: f64) -> Option<f64> {
        self.fires(step, p).then(|| self.uniform(step))
    }
}

/// The draws of any other site in one run; remembers the last block of eight words.
#[derive(Clone, Debug)]
pub struct SiteDraws {
    seed: u64,
    run: u64,
    site: Site,
    block: Option<u64>,
    words: [u64; 8],
}

impl SiteDraws {
    /// The draws of `site` in `run`; nothing is computed yet.
    #[must_use]
    pub fn new(seed: Seed, run: u64, site: Site) -> SiteDraws {
        SiteDraws { seed: seed.0, run, site, block: None, words: [0; 8] }
    }

    /// The uniform of a step, as [`super::uniform`].
    pub fn uniform(&mut self, step: u64) -> f64 {
        let block = step / 8;
        if self.block != Some(block) {
            self.words = block_words(self.seed, self.run, self.site, block);
            self.block = Some(block);
        }
        uniform_from_word(self.words[(step % 8) as usize])
    }
}
