//! What `run` prints: tables for a person, or one JSON object.

use serde_json::{Value, json};

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::numbers::grouped;
use crate::cli::results::{Results, joined};
use crate::diagnostic::{Diagnostic, Severity};
use crate::ensemble::Summary;
use crate::output::{Look, outcome_table};
use crate::statistics::{Interval, Level, share, standard_error, wilson};

use super::expectations::failures;
use super::findings::Findings;
use super::queries::query_table;
use super::remarks::remarks;

/// Everything that is told of a run.
pub(super) struct Report<'a> {
    pub(super) results: Results<'a>,
    /// No colour, no lines.
    pub(super) plain: bool,
    pub(super) summary: &'a Summary,
    pub(super) findings: &'a Findings,
    /// What the check had to say.
    pub(super) diagnostics: &'a [Diagnostic],
}

impl Report<'_> {
    /// Prints it, if it is wanted.
    pub(super) fn print(&self, console: &Console) -> Result<(), Failure> {
        self.results.print("", console, || self.json(), || self.text())
    }

    /// For a person.
    fn text(&self) -> String {
        let (model, summary) = (self.results.model, self.summary);
        let look = if self.plain { Look::Plain } else { Look::Unicode };
        let heading = self.results.heading(&format!("{} runs", grouped(summary.runs)));
        let mut text = format!("{heading}\n{}", outcome_table(model, summary, look));
        let queries = query_table(model, summary);
        if !queries.is_empty() {
            text.push_str(&format!("\n{queries}"));
        }
        let remarks = self.remarks();
        if !remarks.is_empty() {
            text.push_str("\nWorth a look (more in diagnostics.csv):\n");
            text.extend(remarks.iter().map(|remark| format!("- {remark}\n")));
        }
        text.push_str(&format!("\n{}", self.results.closing("Tables")));
        text
    }

    fn remarks(&self) -> Vec<String> {
        remarks(self.results.model, self.summary, self.findings, self.diagnostics)
    }

    /// For a program.
    fn json(&self) -> Value {
        let (model, summary) = (self.results.model, self.summary);
        let probability = |hits: u64, n_runs: u64| {
            let interval = wilson(hits, n_runs);
            json!({
                "probability": share(hits, n_runs),
                "ci_low": interval.map(|Interval { low, .. }| low),
                "ci_high": interval.map(|Interval { high, .. }| high),
                "mcse": standard_error(hits, n_runs),
            })
        };
        let outcomes = model.outcomes.iter().zip(&summary.outcomes).map(|(outcome, found)| {
            let runs = found.ends.total();
            let median = found.ends.quantile(Level::MEDIAN).map(|step| model.day_of_step(u64::from(step)));
            let head = json!({ "outcome": outcome.id, "label": outcome.label, "runs": runs });
            let tail = json!({ "median_day": median });
            joined([head, probability(runs, summary.runs), tail])
        });
        let queries = model.queries.iter().zip(&summary.queries).map(|(query, found)| {
            let head = json!({ "query": query.id, "given": query.given_text, "runs": found.given });
            let expected = query.expect.map(|(low, high)| [low, high]);
            let holds = wilson(found.holds, found.given).zip(query.expect);
            let holds = holds.map(|(interval, (low, high))| interval.overlaps(low, high));
            joined([head, probability(found.holds, found.given), json!({ "expected": expected, "holds": holds })])
        });
        let warnings = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
        let found = json!({
            "outcomes": outcomes.collect::<Vec<_>>(),
            "queries": queries.collect::<Vec<_>>(),
            "diagnostics": {
                "warnings": warnings.map(|warning| format!("{}: {}", warning.code.number(), warning.message)).collect::<Vec<_>>(),
                "remarks": self.remarks(),
            },
            "expectations_failed": failures(model, summary),
        });
        self.results.object(json!({}), found)
    }
}
