//! What `compare` prints: a table for each variant, or one JSON object.

use serde_json::{Value, json};

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::numbers::grouped;
use crate::cli::results::Results;
use crate::cli::run::queries::draw;
use crate::comparison::{BASE, Comparison, CompetingRow, OutcomeChange};
use crate::output::probability_text;
use crate::statistics::share;

use super::variants::Variant;

/// Everything that is told of a comparison.
pub(super) struct Report<'a> {
    /// The base first.
    pub(super) scenarios: &'a [&'a Variant],
    pub(super) comparison: &'a Comparison,
    pub(super) results: Results<'a>,
}

/// Below this an adjusted probability counts as a difference.
const SIGNIFICANT: f64 = 0.05;
/// So many of the most frequent ways to end otherwise are named.
const NAMED: usize = 3;

impl Report<'_> {
    /// Prints it, if it is wanted.
    pub(super) fn print(&self, console: &Console) -> Result<(), Failure> {
        self.results.print("", console, || self.json(), || self.text())
    }

    fn text(&self) -> String {
        let mut text = self.results.heading(&format!("{} paired runs", grouped(self.runs())));
        for variant in &self.scenarios[1..] {
            text.push_str(&self.variant(variant));
        }
        text.push_str(&self.competing());
        let n_rows = self.comparison.outcomes.len();
        text.push_str(&format!(
            "\nDifferences in percentage points; p is McNemar's, adjusted for all {n_rows} rows (Holm).\n\
             Intervals cover Monte Carlo error only, not doubt about the scenario.\n{}",
            self.results.closing("Tables"),
        ));
        text
    }

    fn runs(&self) -> u64 {
        self.results.made.runs
    }

    /// The rows of compare.csv of a variant.
    fn rows<'r>(&'r self, variant: &'r Variant) -> impl Iterator<Item = &'r OutcomeChange> {
        self.comparison.outcomes.iter().filter(|row| row.variant == variant.label)
    }

    /// The table of a variant, and what is to be said of it.
    fn variant(&self, variant: &Variant) -> String {
        let n = self.runs();
        let rows = self.rows(variant).map(|row| {
            let interval = row.change.interval();
            vec![
                row.outcome.id.clone(),
                probability_text(row.runs_base, n),
                probability_text(row.runs_variant, n),
                points(row.change.change()),
                interval.map_or(String::new(), |it| format!("{} to {}", points(it.low), points(it.high))),
                p_text(row.p_holm),
            ]
        });
        let table = draw(&["outcome", "base", "variant", "difference", "95 % interval", "p"], rows);
        format!(
            "\n{}\n{table}{}{}{}",
            variant.label.replace(char::is_control, " "),
            self.moved(variant),
            self.end_day(variant),
            self.not_told_apart(variant)
        )
    }

    /// How many runs end otherwise, and how most of these.
    fn moved(&self, variant: &Variant) -> String {
        let transitions = self.comparison.transitions.iter();
        let mut moved: Vec<_> = transitions.filter(|row| row.variant == variant.label && row.from != row.to).collect();
        let runs: u64 = moved.iter().map(|row| row.runs).sum();
        if runs == 0 {
            return "No run ends otherwise.\n".to_owned();
        }
        // In order of the table where equally many: sorting is stable.
        moved.sort_by_key(|row| std::cmp::Reverse(row.runs));
        let named: Vec<String> =
            moved.iter().take(NAMED).map(|row| format!("{} to {} {}", row.from, row.to, grouped(row.runs))).collect();
        let share = share(runs, self.runs()).unwrap_or(0.0);
        format!(
            "{:.1} % of runs end otherwise: {}{}\n",
            share * 100.0,
            named.join(", "),
            if moved.len() > NAMED { ", .." } else { "" }
        )
    }

    fn end_day(&self, variant: &Variant) -> String {
        let row = self
            .comparison
            .measures
            .iter()
            .find(|row| row.variant == variant.label && row.measure == "end_day" && row.outcome.is_none());
        let Some((mean, (median, _))) = row.and_then(|row| row.mean.zip(row.median)) else { return String::new() };
        let (low, high) = mean.interval();
        format!(
            "Runs end {} days {} on average ({} to {}); median day {} and {}.\n",
            tenth(mean.difference.value.abs()),
            if mean.difference.value < 0.0 { "earlier" } else { "later" },
            signed_tenth(low),
            signed_tenth(high),
            tenth(median.first),
            tenth(median.second)
        )
    }

    /// Differences that these runs do not show, and how many would.
    fn not_told_apart(&self, variant: &Variant) -> String {
        let mut open: Vec<(u64, &str)> = self
            .rows(variant)
            .filter(|row| row.p_holm >= SIGNIFICANT)
            .filter_map(|row| Some((row.change.runs_to_tell_apart()?, row.outcome.id.as_str())))
            .collect();
        open.sort_unstable();
        if open.is_empty() {
            return String::new();
        }
        let named: Vec<String> =
            open.iter().take(NAMED).map(|(runs, outcome)| format!("{outcome} {}", grouped(*runs))).collect();
        format!("Runs that would show a difference as small as the one seen: {}\n", named.join(", "))
    }

    /// Where competing outcomes hide each other most, in the base.
    fn competing(&self) -> String {
        let mut rows: Vec<&CompetingRow> =
            self.comparison.competing.iter().filter(|row| row.variant == BASE && row.change.gained > 0).collect();
        if rows.is_empty() {
            return String::new();
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.change.gained));
        let mut text =
            "\nCompeting outcomes hide each other (more in competing.csv); in the scenario as it stands\n".to_owned();
        for row in rows.into_iter().take(NAMED) {
            let percent = |runs: u64| share(runs, row.change.runs).unwrap_or(0.0) * 100.0;
            text.push_str(&format!(
                "- {} is {:.1} %; if {} could end no run it would be {:.1} %\n",
                row.outcome.id,
                percent(row.runs_outcome),
                row.removed,
                percent(row.runs_without)
            ));
        }
        text
    }

    /// For a program.
    fn json(&self) -> Value {
        let variants = self.scenarios[1..].iter().map(|variant| {
            let outcomes = self.rows(variant).map(|row| {
                let (change, interval) = (row.change, row.change.interval());
                json!({
                    "outcome": row.outcome.id,
                    "label": row.outcome.label,
                    "probability_base": share(row.runs_base, change.runs),
                    "probability_variant": share(row.runs_variant, change.runs),
                    "difference": change.change(),
                    "ci_low": interval.map(|interval| interval.low),
                    "ci_high": interval.map(|interval| interval.high),
                    "mcse": change.standard_error(),
                    "runs_gained": change.gained,
                    "runs_lost": change.lost,
                    "p": row.p_value,
                    "p_holm": row.p_holm,
                    "runs_to_tell_apart": change.runs_to_tell_apart(),
                })
            });
            let moved = self.comparison.transitions.iter();
            let moved = moved.filter(|row| row.variant == variant.label && row.from != row.to);
            json!({
                "variant": variant.label,
                "given": variant.given,
                "file": variant.file.display().to_string(),
                "fingerprint": variant.model.fingerprint,
                "runs_that_end_otherwise": moved.map(|row| row.runs).sum::<u64>(),
                "outcomes": outcomes.collect::<Vec<_>>(),
            })
        });
        self.results.object(json!({}), json!({ "variants": variants.collect::<Vec<_>>() }))
    }
}

/// A difference of shares in percentage points, always with a sign.
pub(in crate::cli) fn points(difference: f64) -> String {
    let text = format!("{:+.2}", difference * 100.0);
    if text == "-0.00" { "+0.00".to_owned() } else { text }
}

/// A probability of a test in three decimals at most.
pub(super) fn p_text(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

/// One decimal at most.
fn tenth(number: f64) -> String {
    format!("{}", (number * 10.0).round() / 10.0)
}

fn signed_tenth(number: f64) -> String {
    let text = format!("{number:+.1}");
    if text == "-0.0" { "+0.0".to_owned() } else { text }
}
