//! Uniform random numbers by address (LANGUAGE, "Draws"): ChaCha8 with the address as key, stream and block.
//!
//! Key (32 bytes): seed, site number, 16 zeros; stream: the run; all little-endian. Every uniform is exact in a
//! double, an odd multiple of 2^-53, so never 0 or 1.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::site::Site;

/// Where the fine words of firing sites begin: coarse blocks, 64 steps each, end far before.
const FIRST_FINE_BLOCK: u64 = 1 << 32;

/// 2^-8, the width of a coarse byte.
const COARSE_UNIT: f64 = 1.0 / 256.0;

/// 2^-52, the spacing of the uniforms.
const FINE_UNIT: f64 = f64::EPSILON;

/// The uniform of a site that is no firing site, in (0, 1); step 0 for parameters and start values.
///
/// w = 64-bit word (step mod 8) of block floor(step / 8): u = ((w >> 12) + 0.5) 2^-52.
#[must_use]
pub fn uniform(seed: u64, run: u64, site: Site, step: u64) -> f64 {
    uniform_from_word(word(seed, run, site, step / 8, step % 8))
}

/// The uniform of a firing site (`rules.ID(..)`, `choices.ID(..)#when`), in (0, 1): u = c 2^-8 + (f + 0.5) 2^-52 with
/// the [coarse byte](coarse_byte) c and the [fine number](fine) f.
#[must_use]
pub fn firing_uniform(seed: u64, run: u64, site: Site, step: u64) -> f64 {
    combine(coarse_byte(seed, run, site, step), fine(seed, run, site, step))
}

/// The coarse byte of a firing site's step: byte (step mod 64) of block floor(step / 64). The uniform lies
/// strictly between c / 256 and (c + 1) / 256.
#[must_use]
pub fn coarse_byte(seed: u64, run: u64, site: Site, step: u64) -> u8 {
    coarse_block(seed, run, site, step / 64)[coarse_place(step)]
}

/// The coarse bytes of the 64 steps `64 * block` to `64 * block + 63` of a firing site.
#[must_use]
pub fn coarse_block(seed: u64, run: u64, site: Site, block: u64) -> [u8; 64] {
    let mut bytes = [0; 64];
    generator(seed, run, site, block).fill_bytes(&mut bytes);
    bytes
}

/// The fine number of a firing site's step, below 2^44: the top 44 bits of word (step mod 8) of
/// block 2^32 + floor(step / 8).
#[must_use]
pub fn fine(seed: u64, run: u64, site: Site, step: u64) -> u64 {
    word(seed, run, site, FIRST_FINE_BLOCK + step / 8, step % 8) >> 20
}

/// Does the firing site's uniform fall below the probability `p`? Equal to `firing_uniform(..) < p`, but
/// looks at the fine number only where the coarse byte does not decide, one time in 256.
#[must_use]
pub fn fires(seed: u64, run: u64, site: Site, step: u64, p: f64) -> bool {
    let coarse = coarse_byte(seed, run, site, step);
    match coarse_decides(coarse, p) {
        Some(fires) => fires,
        None => combine(coarse, fine(seed, run, site, step)) < p,
    }
}

/// What the coarse byte alone says about `u < p`; `None` where the fine number is needed.
#[inline]
pub(super) fn coarse_decides(coarse: u8, p: f64) -> Option<bool> {
    let low = f64::from(coarse) * COARSE_UNIT;
    if p >= low + COARSE_UNIT {
        Some(true)
    } else if p > low {
        None
    } else {
        Some(false)
    }
}

/// c 2^-8 + (f + 0.5) 2^-52, exact.
#[inline]
pub(super) fn combine(coarse: u8, fine: u64) -> f64 {
    f64::from(coarse) * COARSE_UNIT + (fine as f64 + 0.5) * FINE_UNIT
}

/// ((w >> 12) + 0.5) 2^-52, exact.
#[inline]
pub(super) fn uniform_from_word(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * FINE_UNIT
}

/// Place of a step's byte in its coarse block.
#[inline]
pub(super) fn coarse_place(step: u64) -> usize {
    (step % 64) as usize
}

/// The eight 64-bit words of a block.
pub(super) fn block_words(seed: u64, run: u64, site: Site, block: u64) -> [u64; 8] {
    let mut generator = generator(seed, run, site, block);
    std::array::from_fn(|_| generator.next_u64())
}

/// One 64-bit word (place 0 to 7) of a block.
fn word(seed: u64, run: u64, site: Site, block: u64, place: u64) -> u64 {
    let mut generator = generator(seed, run, site, block);
    generator.set_word_pos(16 * u128::from(block) + 2 * u128::from(place));
    generator.next_u64()
}

/// ChaCha8 at the beginning of a block of 64 bytes.
fn generator(seed: u64, run: u64, site: Site, block: u64) -> ChaCha8Rng {
    let mut key = [0_u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&site.number().to_le_bytes());
    let mut generator = ChaCha8Rng::from_seed(key);
    generator.set_stream(run);
    generator.set_word_pos(16 * u128::from(block));
    generator
}
