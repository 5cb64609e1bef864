//! Standard errors without a formula.

use super::Estimate;

/// Parts that rows are cut into: row r belongs to part r mod `N_PARTS`.
pub(super) const N_PARTS: usize = 10;

/// A statistic and its standard error by the grouped jackknife (Quenouille 1956, Biometrika 43, 353-360): `without` is the statistic of all rows but those of
/// one part, or of all.
pub(super) fn jackknife(without: impl Fn(Option<usize>) -> f64) -> Estimate {
    let parts: Vec<f64> = (0..N_PARTS).map(|part| without(Some(part))).collect();
    let mean = parts.iter().sum::<f64>() / N_PARTS as f64;
    let squares: f64 = parts.iter().map(|part| (part - mean) * (part - mean)).sum();
    let standard_error = (squares * (N_PARTS - 1) as f64 / N_PARTS as f64).sqrt();
    Estimate { value: without(None), standard_error }
}
