//! `--expect`: queries whose whole interval lies outside what their author expects.

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::ensemble::Summary;
use crate::model::Model;
use crate::statistics::wilson;

/// One line for each query that fails its `expect`. A query whose `given` held in no run fails nothing.
pub(super) fn failures(model: &Model, summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    for (query, found) in model.queries.iter().zip(&summary.queries) {
        let (Some((low, high)), Some(interval)) = (query.expect, wilson(found.holds, found.given)) else { continue };
        if !interval.overlaps(low, high) {
            lines.push(format!(
                "query `{}`: the interval {:.4} - {:.4} lies outside the expected {low} - {high}",
                query.id, interval.low, interval.high
            ));
        }
    }
    lines
}

/// Tells every query that fails; the scenario is then at fault.
pub(super) fn hold(model: &Model, summary: &Summary, console: &Console) -> Result<(), Failure> {
    let failures = failures(model, summary);
    for line in &failures {
        console.tell_error(line, None);
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::Scenario) }
}
