//! Sums without rounding: what is added, in whichever order and however grouped, gives the same bits.
//!
//! Every double is a whole multiple of 2^-1074. A sum is kept as whole numbers (`i128`), each for 32 neighbouring exponents, so that adding
//! is one shift and one addition; it is exact, hence associative and commutative, and rounds once, when it is read. This is the
//! small superaccumulator of Neal (2015), "Fast exact summation using small and large superaccumulators", arXiv:1505.05571, with
//! wider chunks. A bucket takes 2^42 additions before it could overflow.

use super::big::{Big, scale};

/// Exponent of the unit of sums: the smallest double is 2^-1074.
const UNIT: i64 = -1074;
/// Exponent of the unit of sums of squares.
const SQUARE_UNIT: i64 = 2 * UNIT;

/// A double as a whole number (below 2^53 in size) times `2^position` units.
#[derive(Clone, Copy)]
struct Parts {
    number: i64,
    position: u32,
}

#[inline]
fn parts(value: f64) -> Parts {
    let bits = value.to_bits();
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let biased = ((bits >> 52) & 0x7ff) as u32;
    let (magnitude, position) = match biased {
        0 => (fraction, 0),
        // Not finite: counts as nothing. Arithmetic of scenarios is total and never makes one.
        0x7ff => (0, 0),
        _ => (fraction | (1 << 52), biased - 1),
    };
    Parts { number: if value < 0.0 { -magnitude } else { magnitude }, position }
}

impl Parts {
    /// The square of the number alone: at most 106 bits, no rounding.
    #[inline]
    fn squared_number(self) -> i128 {
        let size = u128::from(self.number.unsigned_abs());
        (size * size) as i128
    }

    fn negated(self) -> Self {
        Self { number: -self.number, ..self }
    }

    /// The square as two such numbers, low part first.
    fn square(self) -> [Self; 2] {
        cut(self.squared_number(), 2 * self.position)
    }
}

/// A number below 2^107 in size, times `2^position` units, as two parts: the low 53 bits (not negative) and the rest.
#[inline]
fn cut(number: i128, position: u32) -> [Parts; 2] {
    let low = (number & ((1 << 53) - 1)) as i64;
    [Parts { number: low, position }, Parts { number: (number >> 53) as i64, position: position + 53 }]
}

/// Several sums (rows) side by side, over a window of buckets that grows as needed and is the same for all rows.
#[derive(Clone, Debug)]
struct Buckets {
    n_rows: usize,
    low: usize,
    width: usize,
    values: Vec<i128>,
}

impl Buckets {
    fn new(n_rows: usize) -> Self {
        Self { n_rows, low: 0, width: 0, values: Vec::new() }
    }

    /// Makes room for a bucket.
    #[cold]
    fn grow(&mut self, bucket: usize) {
        let low = if self.width == 0 { bucket } else { self.low.min(bucket) };
        let end = if self.width == 0 { bucket + 1 } else { (self.low + self.width).max(bucket + 1) };
        let width = end - low;
        let mut values = vec![0; self.n_rows * width];
        if self.width > 0 {
            let offset = self.low - low;
            for (new, old) in values.chunks_exact_mut(width).zip(self.values.chunks_exact(self.width)) {
                new[offset..offset + self.width].copy_from_slice(old);
            }
        }
        *self = Self { n_rows: self.n_rows, low, width, values };
    }

    #[inline]
    fn add_shifted(&mut self, row: usize, bucket: usize, value: i128) {
        if bucket.wrapping_sub(self.low) >= self.width {
            self.grow(bucket);
        }
        if let Some(cell) = self.values.get_mut(row * self.width + (bucket - self.low)) {
            *cell = cell.wrapping_add(value);
        }
    }

    #[inline]
    fn add(&mut self, row: usize, parts: Parts) {
        if parts.number != 0 {
            self.add_shifted(row, (parts.position / 32) as usize, i128::from(parts.number) << (parts.position % 32));
        }
    }

    fn merge(&mut self, other: &Self) {
        if other.width == 0 {
            return;
        }
        for bucket in [other.low, other.low + other.width - 1] {
            if bucket.wrapping_sub(self.low) >= self.width {
                self.grow(bucket);
            }
        }
        let offset = other.low - self.low;
        for (mine, theirs) in self.values.chunks_exact_mut(self.width).zip(other.values.chunks_exact(other.width)) {
            for (cell, value) in mine[offset..].iter_mut().zip(theirs) {
                *cell = cell.wrapping_add(*value);
            }
        }
    }

    fn row(&self, row: usize) -> &[i128] {
        self.values.get(row * self.width..(row + 1) * self.width).unwrap_or(&[])
    }

    fn n_bytes(&self) -> usize {
        self.values.capacity() * size_of::<i128>()
    }
}

/// An exact sum of doubles.
///
/// Values that are not finite add nothing. Takes up to 2^42 additions; memory grows with the spread of exponents (at most about 1 KiB),
/// never with their number.
#[derive(Clone, Debug)]
pub struct ExactSum {
    buckets: Buckets,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self { buckets: Buckets::new(1) }
    }
}

impl ExactSum {
    /// Adds a value.
    pub fn add(&mut self, value: f64) {
        self.buckets.add(0, parts(value));
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.buckets.merge(&other.buckets);
    }

    /// The sum, rounded once to the nearest double (ties to even); beyond the largest double it stays there.
    #[must_use]
    pub fn value(&self) -> f64 {
        let (mantissa, exponent) = Big::from_buckets(self.buckets.low, self.buckets.row(0)).to_scaled();
        scale(mantissa, exponent + UNIT)
    }
}

/// Mean and spread of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Size of the sample.
    pub n: u64,
    /// Mean; `None` for an empty sample.
    pub mean: Option<f64>,
    /// Variance with n - 1 below the line; `None` below two values.
    pub variance: Option<f64>,
}

impl Moments {
    /// Standard error of the mean, `sqrt(variance / n)`; `None` below two values.
    #[must_use]
    pub fn standard_error(&self) -> Option<f64> {
        self.variance.map(|variance| (variance / self.n as f64).sqrt())
    }
}

/// The exact sum of a sample and that of its squares.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    sum: Big,
    squares: Big,
}

impl Sums {
    /// Mean and variance of `n` values: variance = (n Q - S^2) / (n (n - 1)), the numerator without any rounding, so that nothing cancels.
    pub(super) fn moments(&self, n: u64) -> Moments {
        let number = n as f64;
        let mean = (n > 0).then(|| {
            let (mantissa, exponent) = self.sum.to_scaled();
            scale(mantissa / number, exponent + UNIT)
        });
        // n Q >= S^2 by the inequality of Cauchy and Schwarz.
        let variance = (n > 1).then(|| {
            let (mantissa, exponent) = self.squares.times(n).minus(&self.sum.product(&self.sum)).to_scaled();
            scale(mantissa / number / (number - 1.0), exponent + SQUARE_UNIT)
        });
        Moments { n, mean, variance }
    }
}

/// Count, exact sum and exact sum of squares: mean and variance of a sample, the same in any order.
#[derive(Clone, Debug)]
pub struct ExactMoments {
    n: u64,
    rows: MomentRows,
}

impl Default for ExactMoments {
    fn default() -> Self {
        Self { n: 0, rows: MomentRows::new(1) }
    }
}

impl ExactMoments {
    /// Adds a value.
    pub fn add(&mut self, value: f64) {
        self.n += 1;
        self.rows.add(0, value);
    }

    /// Adds another sample.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.rows.merge(&other.rows);
    }

    /// Mean and variance.
    #[must_use]
    pub fn moments(&self) -> Moments {
        self.rows.cumulative().next().map_or(Moments { n: 0, mean: None, variance: None }, |sums| sums.moments(self.n))
    }
}

/// Sums and sums of squares for each of a sequence of rows, kept as differences to the row before.
///
/// A value that holds from row a to row b (without b) is added at a and removed at b, however long it holds: exact sums can be taken back.
#[derive(Clone, Debug)]
pub(super) struct MomentRows {
    sums: Buckets,
    squares: Buckets,
}

impl MomentRows {
    pub(super) fn new(n_rows: usize) -> Self {
        Self { sums: Buckets::new(n_rows), squares: Buckets::new(n_rows) }
    }

    /// From this row on a value more.
    pub(super) fn add(&mut self, row: usize, value: f64) {
        let parts = parts(value);
        self.sums.add(row, parts);
        parts.square().into_iter().for_each(|part| self.squares.add(row, part));
    }

    /// From this row on a value less.
    pub(super) fn remove(&mut self, row: usize, value: f64) {
        let parts = parts(value);
        self.sums.add(row, parts.negated());
        parts.square().into_iter().for_each(|part| self.squares.add(row, part.negated()));
    }

    /// From this row on another value in place of an old one.
    pub(super) fn replace(&mut self, row: usize, old: f64, new: f64) {
        let (from, to) = (parts(old), parts(new));
        if from.position == to.position {
            // Mostly a value moves little: then one addition does for both.
            let position = to.position;
            self.sums.add(row, Parts { number: to.number - from.number, position });
            let [low, high] = cut(to.squared_number() - from.squared_number(), 2 * position);
            self.squares.add(row, low);
            self.squares.add(row, high);
        } else {
            self.remove(row, old);
            self.add(row, new);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.sums.merge(&other.sums);
        self.squares.merge(&other.squares);
    }

    /// The sums of each row.
    pub(super) fn cumulative(&self) -> impl Iterator<Item = Sums> {
        let mut sum = vec![0_i128; self.sums.width];
        let mut squares = vec![0_i128; self.squares.width];
        (0..self.sums.n_rows).map(move |row| {
            for (total, value) in sum.iter_mut().zip(self.sums.row(row)) {
                *total = total.wrapping_add(*value);
            }
            for (total, value) in squares.iter_mut().zip(self.squares.row(row)) {
                *total = total.wrapping_add(*value);
            }
            Sums { sum: Big::from_buckets(self.sums.low, &sum), squares: Big::from_buckets(self.squares.low, &squares) }
        })
    }

    pub(super) fn n_bytes(&self) -> usize {
        self.sums.n_bytes() + self.squares.n_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(values: &[f64]) -> f64 {
        let mut sum = ExactSum::default();
        for &value in values {
            sum.add(value);
        }
        sum.value()
    }

    #[test]
    fn nothing_is_lost_to_rounding() {
        assert_eq!(sum(&[]), 0.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum(&[0.1; 10]), 1.0);
        assert_eq!(sum(&[1.0, f64::MIN_POSITIVE, -1.0]), f64::MIN_POSITIVE);
        assert_eq!(sum(&[5e-324, 5e-324]), 1e-323);
        assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]), f64::MAX);
        assert_eq!(sum(&[f64::MAX, f64::MAX]), f64::MAX);
        assert_eq!(sum(&[-0.75, 0.25]), -0.5);
        assert_eq!(sum(&[f64::NAN, f64::INFINITY, 2.0]), 2.0);
    }

    #[test]
    fn ties_go_to_even() {
        let half_unit = f64::EPSILON / 2.0;
        assert_eq!(sum(&[1.0, half_unit]), 1.0);
        assert_eq!(sum(&[1.0, half_unit, 5e-324]), 1.0 + f64::EPSILON);
        assert_eq!(sum(&[1.0 + f64::EPSILON, half_unit]), 1.0 + 2.0 * f64::EPSILON);
    }

    #[test]
    fn variance_does_not_cancel() {
        // NIST StRD univariate data set NumAcc4: 10000000.2, then .1 and .3 in turn, 1001 values: mean 10000000.2, deviation 0.1
        // (the exact decimals; doubles near 1e7 are 1.9e-9 apart).
        let mut moments = ExactMoments::default();
        moments.add(10_000_000.2);
        for _ in 0..500 {
            moments.add(10_000_000.1);
            moments.add(10_000_000.3);
        }
        let moments = moments.moments();
        assert!((moments.mean.unwrap() - 10_000_000.2).abs() < 1e-8);
        assert!((moments.variance.unwrap().sqrt() - 0.1).abs() < 1e-9);
    }

    #[test]
    fn few_values() {
        let mut moments = ExactMoments::default();
        assert_eq!(moments.moments(), Moments { n: 0, mean: None, variance: None });
        moments.add(3.0);
        assert_eq!(moments.moments(), Moments { n: 1, mean: Some(3.0), variance: None });
        moments.add(5.0);
        assert_eq!(moments.moments(), Moments { n: 2, mean: Some(4.0), variance: Some(2.0) });
        assert_eq!(moments.moments().standard_error(), Some(1.0));
    }
}
