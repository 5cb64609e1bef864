//! Sobol's sequence: points that fill a cube more evenly than random ones.

use super::directions::DIRECTIONS;
use crate::random::{Site, uniform};

/// Bits of a coordinate.
const BITS: usize = 52;
/// 2^-52.
const UNIT: f64 = f64::EPSILON;

/// The most dimensions.
pub const MOST_SOBOL_DIMENSIONS: usize = DIRECTIONS.len() + 1;
/// Points are numbered below 2^this.
const INDEX_BITS: usize = 32;

/// One coordinate of Sobol's sequence (Sobol 1967; direction numbers of Joe and Kuo 2008), in Gray-code order (Antonov and Saleev 1979).
#[derive(Clone, Debug)]
pub struct SobolDimension {
    /// Direction numbers: bit 51 is the first binary digit.
    directions: [u64; INDEX_BITS],
    shift: u64,
    centred: bool,
}

impl SobolDimension {
    /// The plain sequence in a dimension from 0; `None` from [`MOST_SOBOL_DIMENSIONS`] on. It begins with 0.
    #[must_use]
    pub fn plain(dimension: usize) -> Option<Self> {
        let mut directions = [0_u64; INDEX_BITS];
        match dimension.checked_sub(1) {
            None => directions.iter_mut().enumerate().for_each(|(k, v)| *v = 1 << (BITS - 1 - k)),
            Some(index) => {
                let &(polynomial, first) = DIRECTIONS.get(index)?;
                let degree = first.len();
                for k in 0..INDEX_BITS {
                    directions[k] = if k < degree {
                        u64::from(first[k]) << (BITS - 1 - k)
                    } else {
                        let mut v = directions[k - degree] ^ (directions[k - degree] >> degree);
                        for j in 1..degree {
                            if polynomial >> (degree - j) & 1 == 1 {
                                v ^= directions[k - j];
                            }
                        }
                        v
                    };
                }
            }
        }
        Some(Self { directions, shift: 0, centred: false })
    }

    /// The sequence scrambled by a random lower triangular matrix and a random shift (Matousek 1998; the same kind that SciPy uses): each coordinate alone is
    /// uniform, and nets stay nets. The random bits are those of a site of the seed (`run` 0, step 0 the shift, step i the i-th row of the matrix).
    #[must_use]
    pub fn scrambled(dimension: usize, seed: u64, site: Site) -> Option<Self> {
        let plain = Self::plain(dimension)?;
        // The uniform's 52 bits, back from ((bits) + 0.5) 2^-52: exact.
        let bits = |step: usize| (uniform(seed, 0, site, step as u64) / UNIT) as u64;
        let rows: Vec<u64> = (0..BITS)
            .map(|row| {
                // Digits before the row's own are random, its own is 1, those behind are 0.
                let before = if row == 0 { 0 } else { bits(row + 1) >> (BITS - row) << (BITS - row) };
                before | 1 << (BITS - 1 - row)
            })
            .collect();
        let scramble = |v: u64| {
            let digit = |row: usize| u64::from((rows[row] & v).count_ones() & 1) << (BITS - 1 - row);
            (0..BITS).map(digit).fold(0, |all, digit| all | digit)
        };
        Some(Self { directions: plain.directions.map(scramble), shift: bits(0), centred: true })
    }

    /// The coordinate of point `index`: in [0, 1), of a scrambled sequence in (0, 1).
    #[must_use]
    pub fn coordinate(&self, index: u32) -> f64 {
        let gray = index ^ (index >> 1);
        let mut digits = self.shift;
        for (k, direction) in self.directions.iter().enumerate() {
            if gray >> k & 1 == 1 {
                digits ^= direction;
            }
        }
        (digits as f64 + if self.centred { 0.5 } else { 0.0 }) * UNIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_sequence_is_that_of_scipy() {
        // scipy.stats.qmc.Sobol(d=5, scramble=False).random(8)
        let expected = [
            [0.0, 0.0, 0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375],
            [0.875, 0.875, 0.125, 0.375, 0.875],
            [0.625, 0.125, 0.875, 0.625, 0.625],
            [0.125, 0.625, 0.375, 0.125, 0.125],
        ];
        for (index, row) in expected.iter().enumerate() {
            for (dimension, &coordinate) in row.iter().enumerate() {
                let found = SobolDimension::plain(dimension).unwrap().coordinate(index as u32);
                assert_eq!(found, coordinate, "point {index}, dimension {dimension}");
            }
        }
        assert!(SobolDimension::plain(MOST_SOBOL_DIMENSIONS).is_none());
    }

    #[test]
    fn the_last_dimension_is_that_of_scipy() {
        let last = SobolDimension::plain(255).unwrap();
        let found: Vec<f64> = [1000, 1001, 4095].into_iter().map(|index| last.coordinate(index)).collect();
        assert_eq!(found, LAST_OF_SCIPY);
    }

    /// scipy.stats.qmc.Sobol(d=256, scramble=False).random(4096)[[1000, 1001, 4095], 255]
    const LAST_OF_SCIPY: [f64; 3] = [0.2490234375, 0.7490234375, 0.613037109375];

    #[test]
    fn a_scrambled_coordinate_falls_once_into_each_stratum() {
        for dimension in [0, 1, 7, 255] {
            let scrambled = SobolDimension::scrambled(dimension, 42, Site::named("design.sobol(x)")).unwrap();
            let mut strata: Vec<u64> = (0..256).map(|index| (scrambled.coordinate(index) * 256.0) as u64).collect();
            strata.sort_unstable();
            assert!(strata.into_iter().eq(0..256), "dimension {dimension}");
        }
    }

    #[test]
    fn two_scrambled_dimensions_stay_a_net() {
        let x = SobolDimension::scrambled(0, 7, Site::named("design.sobol(x)")).unwrap();
        let y = SobolDimension::scrambled(1, 7, Site::named("design.sobol(y)")).unwrap();
        // A (0, 8, 2)-net in base 2: one point in each box of 2^-a by 2^-(8 - a).
        for a in 0..=8 {
            let mut boxes: Vec<(u64, u64)> = (0..256)
                .map(|index| {
                    let scaled = |u: f64, digits: u32| (u * f64::from(1_u32 << digits)) as u64;
                    (scaled(x.coordinate(index), a), scaled(y.coordinate(index), 8 - a))
                })
                .collect();
            boxes.sort_unstable();
            boxes.dedup();
            assert_eq!(boxes.len(), 256);
        }
    }
}
