//! Tests of `random`: draws against the language's table, distributions against mpmath, laws of both.

mod any_distribution;
mod distributions;
mod draws;
mod elicited;
mod reference_values;
mod truncation;

/// Asserts that `got` is within `tolerance` of `expected`, relatively.
#[track_caller]
fn assert_close(what: &str, got: f64, expected: f64, tolerance: f64) {
    let error = if got == expected { 0.0 } else { ((got - expected) / expected).abs() };
    assert!(error <= tolerance, "{what}: got {got:e}, expected {expected:e}, relative error {error:.2e}");
}
