//! Tests of `math`: totals and laws here, special functions against values computed elsewhere.

mod gamma_beta;
mod reference_values;
mod totals;

/// Asserts that `got` is within `tolerance` of `expected`, relatively and returns the error.
#[track_caller]
fn assert_close(what: &str, got: f64, expected: f64, tolerance: f64) -> f64 {
    let error = relative_error(got, expected);
    assert!(error <= tolerance, "{what}: got {got:e}, expected {expected:e}, relative error {error:.2e}");
    error
}

fn relative_error(got: f64, expected: f64) -> f64 {
    if got == expected { 0.0 } else { ((got - expected) / expected).abs() }
}
