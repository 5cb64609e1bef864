//! What `refine` prints: a table of outcomes at every step and a verdict in words, or one JSON object.

use serde_json::{Value, json};

use crate::cli::compare::points;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::numbers::grouped;
use crate::cli::results::Results;
use crate::cli::run::queries::draw;
use crate::comparison::{Refined, RefinedKind};
use crate::math::normal_quantile;
use crate::model::Model;

/// Everything that is told of a refinement.
pub(super) struct Report<'a> {
    /// The scenario's own step first.
    pub(super) models: &'a [Model],
    pub(super) rows: &'a [Refined],
    /// Rules and choices that keep the opportunities of the scenario's own step.
    pub(super) kept: &'a [String],
    /// Warnings of durations that are no whole number of steps.
    pub(super) n_between: usize,
    pub(super) results: Results<'a>,
}

/// A change of which this is the greatest that is possible is small enough for most uses; so many runs are told that would show it.
const SMALL: f64 = 0.005;
/// So many queries are named.
const NAMED: usize = 5;

impl Report<'_> {
    /// Prints it, if it is wanted.
    pub(super) fn print(&self, console: &Console) -> Result<(), Failure> {
        self.results.print("", console, || self.json(), || self.text())
    }

    fn of_kind(&self, kind: RefinedKind) -> impl Iterator<Item = &Refined> {
        self.rows.iter().filter(move |row| row.kind == kind)
    }

    fn text(&self) -> String {
        let what = format!("{} runs at each of {} steps", grouped(self.results.made.runs), self.models.len());
        let mut text = format!("{}\n", self.results.heading(&what));
        let mut head = vec!["outcome".to_owned()];
        head.extend(self.models.iter().map(|model| format!("{} d", model.step_days)));
        head.extend(["no step", "change", "95 % interval"].map(str::to_owned));
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let rows = self.of_kind(RefinedKind::Outcome).map(|row| {
            let mut cells = vec![row.name.clone()];
            let percent = |value: f64| format!("{:.2}", value * 100.0);
            cells.extend(row.values.iter().map(|at| at.value.map_or(String::new(), |value| percent(value.value))));
            let last = row.extrapolated();
            cells.push(last.and_then(|at| at.change).map_or(String::new(), |change| points(change.value)));
            let interval = last.and_then(|at| at.interval);
            cells.push(interval.map_or(String::new(), |(low, high)| format!("{} to {}", points(low), points(high))));
            cells
        });
        text.push_str(&draw(&head, rows));
        text.push_str("\nProbabilities in per cent; `no step` is extrapolated from the two finest (Richardson), `change` is that less the first.\n\n");
        for sentence in self.verdict() {
            text.push_str(&format!("{sentence}\n"));
        }
        text.push_str(&self.results.closing("Table"));
        text
    }

    /// What the step does, in words.
    fn verdict(&self) -> Vec<String> {
        let step = step_text(self.models[0].step_days);
        let n_outcomes = self.of_kind(RefinedKind::Outcome).count().max(1);
        let z = normal_quantile(1.0 - 0.025 / n_outcomes as f64);
        let intervals: Vec<(&Refined, (f64, f64))> =
            self.of_kind(RefinedKind::Outcome).filter_map(|row| Some((row, row.interval_at(z)?))).collect();
        let bound = intervals.iter().map(|(_, (low, high))| low.abs().max(high.abs())).fold(0.0, f64::max);
        let moved: Vec<String> = intervals
            .iter()
            .filter(|(_, (low, high))| *low > 0.0 || *high < 0.0)
            .map(|(row, (low, high))| {
                // The step's own doing is the other way round: what it has made of what would be without it.
                let change = row.extrapolated().and_then(|at| at.change).map_or(0.0, |change| -change.value);
                format!("`{}` by {} points ({} to {})", row.name, points(change), points(-high), points(-low))
            })
            .collect();
        let mut sentences = vec![if moved.is_empty() {
            format!(
                "The {step} step moves no outcome by more than {bound:.3}, as far as these runs tell (95 %, all outcomes at once)."
            )
        } else {
            format!(
                "The {step} step moves {}; it moves no outcome by more than {bound:.3} (95 %, all outcomes at once).",
                moved.join(", ")
            )
        }];
        if moved.is_empty() && bound > SMALL {
            let needed = self.results.made.runs as f64 * (bound / SMALL) * (bound / SMALL);
            sentences.push(format!(
                "No change is seen; about {} runs would show one of {SMALL}.",
                grouped(((needed / 1000.0).ceil() * 1000.0) as u64)
            ));
        }
        sentences.extend(self.moved_queries());
        if !self.kept.is_empty() {
            let ids: Vec<String> = self.kept.iter().map(|id| format!("`{id}`")).collect();
            sentences.push(format!(
                "Kept at one opportunity in {} day{}, because they have one at each step: {}.",
                self.models[0].step_days,
                if self.models[0].step_days == 1.0 { "" } else { "s" },
                ids.join(", ")
            ));
        }
        if self.n_between > 0 {
            sentences.push(format!(
                "{} no whole number of steps and become what they say with a finer one: part of the change is that.",
                if self.n_between == 1 {
                    "One duration is".to_owned()
                } else {
                    format!("{} durations are", self.n_between)
                }
            ));
        }
        sentences
    }

    /// Queries that the step moves, each judged with all others (Bonferroni).
    fn moved_queries(&self) -> Option<String> {
        let n_queries = self.of_kind(RefinedKind::Query).count();
        if n_queries == 0 {
            return None;
        }
        let z = normal_quantile(1.0 - 0.025 / n_queries as f64);
        let mut moved: Vec<(&Refined, f64)> = self
            .of_kind(RefinedKind::Query)
            .filter(|row| row.interval_at(z).is_some_and(|(low, high)| low > 0.0 || high < 0.0))
            .filter_map(|row| Some((row, -row.extrapolated()?.change?.value)))
            .collect();
        moved.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        if moved.is_empty() {
            return Some(format!("It moves none of the {n_queries} queries measurably."));
        }
        let named: Vec<String> = moved
            .iter()
            .take(NAMED)
            .map(|(row, change)| format!("`{}` by {} points", row.name, points(*change)))
            .collect();
        let more = if moved.len() > NAMED { format!(" and {} more", moved.len() - NAMED) } else { String::new() };
        Some(format!("It moves of the queries {}{more}.", named.join(", ")))
    }

    /// For a program.
    fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let values = row.values.iter().map(|at| {
                json!({
                    "step_days": at.step_days,
                    "value": at.value.map(|value| value.value),
                    "mcse": at.value.map(|value| value.standard_error),
                    "change": at.change.map(|change| change.value),
                    "ci_low": at.interval.map(|(low, _)| low),
                    "ci_high": at.interval.map(|(_, high)| high),
                })
            });
            json!({ "kind": row.kind.word(), "name": row.name, "values": values.collect::<Vec<_>>() })
        });
        let found = json!({
            "kept_per_step": self.kept,
            "verdict": self.verdict(),
            "refine": rows.collect::<Vec<_>>(),
        });
        self.results.object(json!({}), found)
    }
}

/// A length of time as a sentence has it: `1-day`, `6-hour`, `0.3-day`.
fn step_text(days: f64) -> String {
    let hours = days * 24.0;
    if days < 1.0 && (hours - hours.round()).abs() < 1e-9 {
        format!("{}-hour", hours.round())
    } else {
        format!("{days}-day")
    }
}
