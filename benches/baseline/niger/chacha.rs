//! ChaCha8 by address, several blocks at once: the draws of LANGUAGE 7 without a general generator.

/// How many blocks are computed together: as many as fill the registers.
const LANES: usize = if cfg!(target_feature = "avx2") { 8 } else { 4 };

/// First block of the fine words of firing sites.
const FIRST_FINE_BLOCK: u64 = 1 << 32;

#[expect(clippy::needless_range_loop, reason = "two rows of lanes are read at once")]
#[inline(always)]
fn quarter_round<const N: usize>(x: &mut [[u32; N]; 16], a: usize, b: usize, c: usize, d: usize) {
    for lane in 0..N {
        x[a][lane] = x[a][lane].wrapping_add(x[b][lane]);
        x[d][lane] = (x[d][lane] ^ x[a][lane]).rotate_left(16);
    }
    for lane in 0..N {
        x[c][lane] = x[c][lane].wrapping_add(x[d][lane]);
        x[b][lane] = (x[b][lane] ^ x[c][lane]).rotate_left(12);
    }
    for lane in 0..N {
        x[a][lane] = x[a][lane].wrapping_add(x[b][lane]);
        x[d][lane] = (x[d][lane] ^ x[a][lane]).rotate_left(8);
    }
    for lane in 0..N {
        x[c][lane] = x[c][lane].wrapping_add(x[d][lane]);
        x[b][lane] = (x[b][lane] ^ x[c][lane]).rotate_left(7);
    }
}

/// One block for each of some sites, as words.
#[inline(always)]
fn blocks<const N: usize>(seed: u64, run: u64, sites: &[u64; N], block: u64) -> [[u32; N]; 16] {
    let low = |word: u64| word as u32;
    let high = |word: u64| (word >> 32) as u32;
    let start: [[u32; N]; 16] = [
        [0x6170_7865; N],
        [0x3320_646e; N],
        [0x7962_2d32; N],
        [0x6b20_6574; N],
        [low(seed); N],
        [high(seed); N],
        sites.map(low),
        sites.map(high),
        [0; N],
        [0; N],
        [0; N],
        [0; N],
        [low(block); N],
        [high(block); N],
        [low(run); N],
        [high(run); N],
    ];
    let mut x = start;
    for _ in 0..4 {
        quarter_round(&mut x, 0, 4, 8, 12);
        quarter_round(&mut x, 1, 5, 9, 13);
        quarter_round(&mut x, 2, 6, 10, 14);
        quarter_round(&mut x, 3, 7, 11, 15);
        quarter_round(&mut x, 0, 5, 10, 15);
        quarter_round(&mut x, 1, 6, 11, 12);
        quarter_round(&mut x, 2, 7, 8, 13);
        quarter_round(&mut x, 3, 4, 9, 14);
    }
    for (word, start) in x.iter_mut().zip(&start) {
        for lane in 0..N {
            word[lane] = word[lane].wrapping_add(start[lane]);
        }
    }
    x
}

/// The 64 coarse bytes of a block of each of some sites; `keep(i, bytes)` takes those of the i-th.
pub(crate) fn coarse_blocks(seed: u64, run: u64, sites: &[u64], block: u64, mut keep: impl FnMut(usize, [u8; 64])) {
    for (chunk, sites) in sites.chunks(LANES).enumerate() {
        let mut several = [0; LANES];
        several[..sites.len()].copy_from_slice(sites);
        let words = blocks(seed, run, &several, block);
        for lane in 0..sites.len() {
            let mut bytes = [0; 64];
            for (place, word) in words.iter().enumerate() {
                bytes[4 * place..4 * place + 4].copy_from_slice(&word[lane].to_le_bytes());
            }
            keep(chunk * LANES + lane, bytes);
        }
    }
}

/// The first 64-bit word of each of some sites: what start values and parameters are drawn with.
pub(crate) fn first_uniforms(seed: u64, run: u64, sites: &[u64], uniforms: &mut [f64]) {
    for (sites, uniforms) in sites.chunks(LANES).zip(uniforms.chunks_mut(LANES)) {
        let mut several = [0; LANES];
        several[..sites.len()].copy_from_slice(sites);
        let words = blocks(seed, run, &several, 0);
        for (lane, uniform) in uniforms.iter_mut().enumerate() {
            let word = u64::from(words[0][lane]) | u64::from(words[1][lane]) << 32;
            *uniform = ((word >> 12) as f64 + 0.5) * f64::EPSILON;
        }
    }
}

/// The 64 coarse bytes of a block of one site.
pub(crate) fn coarse_block(seed: u64, run: u64, site: u64, block: u64) -> [u8; 64] {
    let words = blocks(seed, run, &[site], block);
    let mut bytes = [0; 64];
    for (place, [word]) in words.iter().enumerate() {
        bytes[4 * place..4 * place + 4].copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

fn word(seed: u64, run: u64, site: u64, block: u64, place: usize) -> u64 {
    let words = blocks(seed, run, &[site], block);
    u64::from(words[2 * place][0]) | u64::from(words[2 * place + 1][0]) << 32
}

/// The uniform of a site that is no firing site.
#[cold]
pub(crate) fn uniform(seed: u64, run: u64, site: u64, n: u32) -> f64 {
    let word = word(seed, run, site, u64::from(n / 8), (n % 8) as usize);
    ((word >> 12) as f64 + 0.5) * f64::EPSILON
}

/// The uniform of a firing site whose coarse byte is known.
#[cold]
pub(crate) fn firing_uniform(seed: u64, run: u64, site: u64, n: u32, coarse: u8) -> f64 {
    let fine = word(seed, run, site, FIRST_FINE_BLOCK + u64::from(n / 8), (n % 8) as usize) >> 20;
    f64::from(coarse) / 256.0 + (fine as f64 + 0.5) * f64::EPSILON
}
