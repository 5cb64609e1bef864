//! Pieces of expressions: a text, how tightly it binds, and about which numbers it gives.

/// What binds loosest: `per`, `if`.
pub(super) const LOOSE: u8 = 0;
pub(super) const OR: u8 = 1;
pub(super) const AND: u8 = 2;
pub(super) const NOT: u8 = 3;
pub(super) const COMPARISON: u8 = 4;
pub(super) const SUM: u8 = 5;
pub(super) const PRODUCT: u8 = 6;
pub(super) const UNARY: u8 = 7;
pub(super) const POWER: u8 = 8;
pub(super) const PRIMARY: u8 = 9;

/// A piece of an expression. The bounds are a guess at what it usually gives (days for durations and dates, per day for rates).
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    binds: u8,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Piece {
    pub(super) fn new(text: impl Into<String>, binds: u8, low: f64, high: f64) -> Self {
        let bound = |value: f64| if value.is_finite() { value.clamp(-1e9, 1e9) } else { 0.0 };
        let (low, high) = (bound(low), bound(high));
        Self { text: text.into(), binds, low: low.min(high), high: low.max(high) }
    }

    /// A condition or anything else without bounds.
    pub(super) fn plain(text: impl Into<String>, binds: u8) -> Self {
        Self::new(text, binds, 0.0, 1.0)
    }

    pub(super) fn primary(text: impl Into<String>, low: f64, high: f64) -> Self {
        Self::new(text, PRIMARY, low, high)
    }

    /// Its text where something binding at least so tightly must stand: in brackets if it needs them.
    pub(super) fn at(&self, level: u8) -> String {
        if self.binds < level { format!("({})", self.text) } else { self.text.clone() }
    }

    /// A two-sided operator that is read from the left.
    pub(super) fn operate(&self, sign: &str, other: &Piece, level: u8, (low, high): (f64, f64)) -> Piece {
        Piece::new(format!("{} {sign} {}", self.at(level), other.at(level + 1)), level, low, high)
    }
}

/// Bounds of all four corners.
pub(super) fn corners(a: &Piece, b: &Piece, of: impl Fn(f64, f64) -> f64) -> (f64, f64) {
    let all = [of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)];
    (all.iter().copied().fold(f64::INFINITY, f64::min), all.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// A number in three digits, as it is written in a scenario.
pub(super) fn digits(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2e}");
    let rounded: f64 = text.parse().unwrap_or(0.0);
    if (1e-4..1e7).contains(&rounded.abs()) { format!("{rounded}") } else { text }
}

/// A number as it stands in an expression: below 0 with a sign before it.
pub(super) fn literal(value: f64) -> Piece {
    let text = digits(value);
    let value: f64 = text.parse().unwrap_or(0.0);
    Piece::new(text, if value < 0.0 { UNARY } else { PRIMARY }, value, value)
}
