//! What a careful modeller would want to be told after a run, in about a dozen lines; all of it stands in diagnostics.csv.

use crate::diagnostic::{Code, Diagnostic};
use crate::ensemble::Summary;
use crate::model::Model;

use super::findings::{Findings, Share, percent};

/// A rate is remarked on when so large a share of its draws is too high for the step.
const REMARKABLE_RATE: f64 = 0.1;
/// A cell is remarked on when it stands at a bound so large a share of the time.
const REMARKABLE_BOUND: f64 = 0.5;
/// So many rules that never fired are told one by one.
const MOST_SILENT: usize = 6;
/// So many names are told in one line.
const MOST_NAMES: usize = 4;

/// The remarks, one line each.
pub(super) fn remarks(
    model: &Model,
    summary: &Summary,
    findings: &Findings,
    diagnostics: &[Diagnostic],
) -> Vec<String> {
    let mut lines = Vec::new();
    if diagnostics.iter().any(|diagnostic| diagnostic.code == Code::NothingRandom) {
        lines.push("nothing in this scenario is random: all runs are the same".to_owned());
    }
    // Single instances of a template that did happen are told in diagnostics.csv alone.
    let silent: Vec<_> = findings.silent.iter().filter(|silent| silent.instance.is_none()).collect();
    for silent in silent.iter().take(MOST_SILENT) {
        let id = &model.happenings[silent.happening].id;
        lines.push(format!("`{id}` {}{}", silent.what, silent.why.written()));
    }
    if silent.len() > MOST_SILENT {
        lines.push(format!("{} more never happened", silent.len() - MOST_SILENT));
    }
    if let Some(names) = names(&findings.high_rates, REMARKABLE_RATE, "of its draws") {
        lines.push(format!("rate * step above 0.1, where one event hides another (a finer step helps): {names}"));
    }
    if let Some(names) = names(&findings.bounded, REMARKABLE_BOUND, "of the time") {
        lines.push(format!("at a bound: {names}"));
    }
    if summary.history_misses.runs > 0 {
        let mean = summary.history_misses.total as f64 / summary.runs.max(1) as f64;
        lines.push(format!("events of the record whose guard did not hold: {mean:.2} a run"));
    }
    lines
}

/// The first few with a share above `least`; `None` if there are none.
fn names(shares: &[Share], least: f64, of: &str) -> Option<String> {
    let remarkable: Vec<&Share> = shares.iter().filter(|share| share.share > least).collect();
    let mut names: Vec<String> = Vec::new();
    for (index, share) in remarkable.iter().take(MOST_NAMES).enumerate() {
        let of = if index == 0 { format!(" {of}") } else { String::new() };
        names.push(format!("`{}` ({}{of})", share.written(), percent(share.share)));
    }
    if remarkable.len() > MOST_NAMES {
        names.push(format!("{} more", remarkable.len() - MOST_NAMES));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_become_a_few() {
        let share =
            |n: u32| Share { name: format!("r{n}"), actor: None, target: None, share: 1.0 - f64::from(n) / 10.0 };
        let shares: Vec<Share> = (1..9).map(share).collect();
        assert_eq!(
            names(&shares, 0.25, "of the time").as_deref(),
            Some("`r1` (90 % of the time), `r2` (80 %), `r3` (70 %), `r4` (60 %), 3 more")
        );
        assert_eq!(names(&shares, 0.95, ""), None);
    }
}
