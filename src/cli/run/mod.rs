//! `flashpoint run`: a scenario becomes tables.

mod expectations;
mod folder;
mod interrupt;
mod progress;
mod remarks;
mod tables;

use super::arguments::RunRequest;
use super::console::Console;
use super::failure::Failure;

/// Runs a scenario.
pub(super) fn run(request: &RunRequest, console: &Console) -> Result<(), Failure> {
    let _ = (request, console);
    Err(Failure::usage("`run` is not built yet"))
}
