//! `flashpoint check`: every mistake of some scenario files, and nothing else.

use super::arguments::CheckRequest;
use super::console::Console;
use super::failure::Failure;

/// Checks files.
pub(super) fn check(request: &CheckRequest, console: &Console) -> Result<(), Failure> {
    let _ = (request, console);
    Err(Failure::usage("`check` is not built yet"))
}
