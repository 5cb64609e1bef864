//! Sites (where a draw happens) and seeds.

use std::fmt;

/// Where a draw happens: the number of a text made of names, such as `rules.expel_ambassador(junta,france)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(u64);

impl Site {
    /// The site of a text: the first 8 bytes, little-endian, of its BLAKE3 hash.
    ///
    /// Two texts with one number are to be expected once in 10^13 scenarios of 1,000 sites; whoever names sites checks.
    #[must_use]
    pub fn named(text: &str) -> Site {
        let hash = blake3::hash(text.as_bytes());
        let mut first = [0_u8; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        Site(u64::from_le_bytes(first))
    }

    /// The number, as it enters the key.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}

/// The seed of an ensemble: any 64-bit number, part of every draw's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(pub u64);

impl fmt::Display for Seed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}
