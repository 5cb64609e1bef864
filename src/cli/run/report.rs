//! What `run` prints: tables for a person, or one JSON object.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::arguments::RunRequest;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::numbers::grouped;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Model;
use crate::output::{Look, outcome_table};
use crate::statistics::{Interval, Level, share, standard_error, wilson};

use super::expectations::failures;
use super::findings::Findings;
use super::queries::query_table;
use super::remarks::remarks;
use super::simulation::Simulated;

/// Everything that is told of a run.
pub(super) struct Report<'a> {
    pub(super) model: &'a Model,
    pub(super) request: &'a RunRequest,
    /// The folder of results, as typed.
    pub(super) place: &'a Path,
    pub(super) simulated: &'a Simulated,
    pub(super) findings: &'a Findings,
    /// What the check had to say.
    pub(super) diagnostics: &'a [Diagnostic],
}

impl Report<'_> {
    /// Prints it, if it is wanted. A reader that has closed the pipe loses nothing: the tables are written.
    pub(super) fn print(&self, console: &Console) -> Result<(), Failure> {
        if self.simulated.interrupted {
            console.tell(&format!(
                "interrupted: the tables in {} hold the first {} of {} runs\n",
                self.place.display(),
                grouped(self.simulated.summary.runs),
                grouped(self.simulated.asked)
            ));
        }
        let text = match self.request {
            RunRequest { json: true, .. } => format!("{:#}\n", self.json()),
            RunRequest { quiet: true, .. } => return Ok(()),
            _ => self.text(),
        };
        match console.print(&text) {
            Err(Failure::ClosedOutput) => Ok(()),
            other => other,
        }
    }

    /// For a person.
    fn text(&self) -> String {
        let summary = &self.simulated.summary;
        let look = if self.request.plain { Look::Plain } else { Look::Unicode };
        let mut text = format!(
            "{} (simulated): {} runs, seed {}, fingerprint {}\n\n{}",
            self.model.title.replace(char::is_control, " "),
            grouped(summary.runs),
            self.request.seed,
            self.model.fingerprint.get(..12).unwrap_or(&self.model.fingerprint),
            outcome_table(self.model, summary, look),
        );
        let queries = query_table(self.model, summary);
        if !queries.is_empty() {
            text.push_str(&format!("\n{queries}"));
        }
        let remarks = self.remarks();
        if !remarks.is_empty() {
            text.push_str("\nWorth a look (more in diagnostics.csv):\n");
            text.extend(remarks.iter().map(|remark| format!("- {remark}\n")));
        }
        text.push_str(&format!(
            "\nTables: {} ({:.1} s, {} runs per second)\n",
            self.place.display(),
            self.simulated.wall_seconds,
            grouped(self.simulated.runs_per_second().round() as u64),
        ));
        text
    }

    fn remarks(&self) -> Vec<String> {
        remarks(self.model, &self.simulated.summary, self.findings, self.diagnostics)
    }

    /// For a program.
    fn json(&self) -> Value {
        let (model, summary) = (self.model, &self.simulated.summary);
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
        json!({
            "provenance": "simulated",
            "title": model.title,
            "file": self.request.file.display().to_string(),
            "fingerprint": model.fingerprint,
            // A seed of 64 bits does not fit into the doubles that many programs read numbers as.
            "seed": self.request.seed.to_string(),
            "runs": summary.runs,
            "runs_asked": self.simulated.asked,
            "interrupted": self.simulated.interrupted,
            "out": self.place.display().to_string(),
            "outcomes": outcomes.collect::<Vec<_>>(),
            "queries": queries.collect::<Vec<_>>(),
            "diagnostics": {
                "warnings": warnings.map(|warning| format!("{}: {}", warning.code.number(), warning.message)).collect::<Vec<_>>(),
                "remarks": self.remarks(),
            },
            "expectations_failed": failures(model, summary),
        })
    }
}

/// One object with the keys of several.
fn joined(parts: [Value; 3]) -> Value {
    let mut all = serde_json::Map::new();
    for part in parts {
        if let Value::Object(part) = part {
            all.extend(part);
        }
    }
    Value::Object(all)
}
