//! Whole numbers of any size, with just what the last step of an exact sum needs.

/// A whole number `(-1)^negative * digits` (little-endian, base 2^32) times `2^(32 * low)`.
#[derive(Clone, Debug)]
pub(super) struct Big {
    negative: bool,
    low: usize,
    digits: Vec<u32>,
}

impl Big {
    /// The sum over k of `buckets[k] * 2^(32 * (low + k))`.
    pub(super) fn from_buckets(low: usize, buckets: &[i128]) -> Self {
        let (digits, carry) = carry_through(buckets.iter().copied());
        let (negative, mut digits, carry) = if carry < 0 {
            let (digits, carry) = carry_through(buckets.iter().map(|bucket| bucket.wrapping_neg()));
            (true, digits, carry)
        } else {
            (false, digits, carry)
        };
        // What is left is not negative and below 2^96.
        let mut rest = carry.unsigned_abs();
        while rest > 0 {
            digits.push(rest as u32);
            rest >>= 32;
        }
        Self { negative, low, digits }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self
    }

    /// Times a whole number.
    pub(super) fn times(&self, factor: u64) -> Self {
        let factor = Self { negative: false, low: 0, digits: vec![factor as u32, (factor >> 32) as u32] };
        self.product(&factor)
    }

    /// Times another.
    pub(super) fn product(&self, other: &Self) -> Self {
        let mut digits = vec![0_u32; self.digits.len() + other.digits.len()];
        for (i, &a) in self.digits.iter().enumerate() {
            let mut carry = 0_u64;
            for (j, &b) in other.digits.iter().enumerate() {
                // At most (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1.
                let sum = u64::from(a) * u64::from(b) + u64::from(digits[i + j]) + carry;
                digits[i + j] = sum as u32;
                carry = sum >> 32;
            }
            digits[i + other.digits.len()] = carry as u32;
        }
        Self { negative: self.negative != other.negative, low: self.low + other.low, digits }.trimmed()
    }

    /// `self - other` of two numbers that are not negative, with `self >= other`.
    pub(super) fn minus(&self, other: &Self) -> Self {
        let low = self.low.min(other.low);
        let length = (self.low + self.digits.len()).max(other.low + other.digits.len()) - low;
        let digit = |number: &Self, k: usize| {
            (low + k).checked_sub(number.low).and_then(|at| number.digits.get(at)).map_or(0, |&digit| i64::from(digit))
        };
        let mut digits = Vec::with_capacity(length);
        let mut borrow = 0_i64;
        for k in 0..length {
            let difference = digit(self, k) - digit(other, k) - borrow;
            borrow = i64::from(difference < 0);
            digits.push(difference as u32);
        }
        Self { negative: false, low, digits }.trimmed()
    }

    /// `(mantissa, exponent)` with the number = mantissa * 2^exponent, the mantissa rounded once to the nearest double (ties to even).
    pub(super) fn to_scaled(&self) -> (f64, i64) {
        let n_digits = self.digits.len();
        let Some(&top) = self.digits.last() else { return (0.0, 0) };
        // The highest 64 bits, and whether any bit below them is set: enough to round 53 bits correctly.
        let digit = |k: usize| n_digits.checked_sub(k).and_then(|at| self.digits.get(at)).copied().unwrap_or(0);
        let window = (u128::from(top) << 64) | (u128::from(digit(2)) << 32) | u128::from(digit(3));
        let shift = 32 - top.leading_zeros();
        let mut bits = (window >> shift) as u64;
        let lost = window & ((1_u128 << shift) - 1) != 0;
        let below = n_digits > 3 && self.digits[..n_digits - 3].iter().any(|&digit| digit != 0);
        if lost || below {
            bits |= 1;
        }
        let exponent = 32 * (self.low as i64 + n_digits as i64 - 3) + i64::from(shift);
        (if self.negative { -(bits as f64) } else { bits as f64 }, exponent)
    }
}

fn carry_through(buckets: impl Iterator<Item = i128>) -> (Vec<u32>, i128) {
    let mut carry = 0_i128;
    let digits = buckets
        .map(|bucket| {
            let total = bucket.wrapping_add(carry);
            carry = total >> 32;
            total as u32
        })
        .collect();
    (digits, carry)
}

/// `number * 2^exponent`; beyond the largest double it stays there.
pub(super) fn scale(number: f64, exponent: i64) -> f64 {
    let mut number = number;
    let mut exponent = exponent.clamp(-4000, 4000);
    while exponent != 0 && number != 0.0 && number.is_finite() {
        let part = exponent.clamp(-1000, 1000);
        // 2^part, a normal number: the biased exponent lies between 23 and 2023.
        number *= f64::from_bits(((1023 + part) as u64) << 52);
        exponent -= part;
    }
    number.clamp(f64::MIN, f64::MAX)
}
