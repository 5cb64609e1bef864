//! What a person sees of the results: the table of outcomes and that of queries.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

use crate::ensemble::Summary;
use crate::model::Model;
use crate::statistics::{Interval, Level, rule_of_three_text, share, wilson};

/// How tables look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Words and spaces alone.
    Plain,
    /// With a line below the head.
    Lined,
}

/// The table of outcomes, in the scenario's order: probability, interval, and when.
pub(super) fn outcome_table(model: &Model, summary: &Summary, look: Look) -> String {
    let has_labels = model.outcomes.iter().any(|outcome| outcome.label != outcome.id);
    let mut head = vec!["outcome", "probability", "95 % interval", "median day", "5 % - 95 %"];
    if has_labels {
        head.push("label");
    }
    let rows = model.outcomes.iter().zip(&summary.outcomes).map(|(outcome, found)| {
        let day = |level| found.ends.quantile(level).map(|step| model.day_of_step(u64::from(step)));
        let span = match (day(Level::percent(5)), day(Level::percent(95))) {
            (Some(low), Some(high)) => format!("{} - {}", number(low), number(high)),
            _ => String::new(),
        };
        let [probability, interval] = probability(found.ends.total(), summary.runs);
        let mut row =
            vec![outcome.id.clone(), probability, interval, day(Level::MEDIAN).map_or(String::new(), number), span];
        if has_labels {
            row.push(outcome.label.clone());
        }
        row
    });
    draw(&head, rows.collect(), 1..5, look)
}

/// The table of queries; empty if there are none.
pub(super) fn query_table(model: &Model, summary: &Summary, look: Look) -> String {
    if model.queries.is_empty() {
        return String::new();
    }
    let has_expected = model.queries.iter().any(|query| query.expect.is_some());
    let mut head = vec!["query", "probability", "95 % interval", "of runs"];
    if has_expected {
        head.extend(["expected", ""]);
    }
    let rows = model.queries.iter().zip(&summary.queries).map(|(query, found)| {
        let [probability, interval] = probability(found.holds, found.given);
        let mut row = vec![query.id.clone(), probability, interval, found.given.to_string()];
        if has_expected {
            row.extend(match query.expect {
                None => [String::new(), String::new()],
                Some((low, high)) => {
                    let meets = wilson(found.holds, found.given).is_none_or(|interval| interval.overlaps(low, high));
                    [format!("{low} - {high}"), if meets { "" } else { "outside" }.to_owned()]
                }
            });
        }
        row
    });
    draw(&head, rows.collect(), 1..5, look)
}

/// A probability and its interval as shown: no hit is `below 3/N`, and without runs both are empty.
fn probability(hits: u64, n_runs: u64) -> [String; 2] {
    let (Some(probability), Some(Interval { low, high })) = (share(hits, n_runs), wilson(hits, n_runs)) else {
        return [String::new(), String::new()];
    };
    let decimals = decimals(n_runs);
    let shown = if hits == 0 { rule_of_three_text(n_runs) } else { format!("{probability:.decimals$}") };
    [shown, format!("{low:.decimals$} - {high:.decimals$}")]
}

/// As many decimals as the number of runs can tell, at least four.
fn decimals(n_runs: u64) -> usize {
    match n_runs {
        0..1_000_000 => 4,
        1_000_000..100_000_000 => 5,
        _ => 6,
    }
}

/// A number of days with at most two decimals.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Draws a table; the columns `right` are aligned to the right.
fn draw(head: &[&str], rows: Vec<Vec<String>>, right: std::ops::Range<usize>, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.add_row(head.iter().map(|text| (*text).to_owned()));
    for row in rows {
        // Nothing of a scenario may draw outside its cell.
        table.add_row(row.into_iter().map(|text| text.replace(char::is_control, " ")));
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if index == 0 { 0 } else { 2 }, 0));
        if right.contains(&index) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for (index, line) in table.lines().enumerate() {
        let line = line.trim_end();
        text.push_str(line);
        text.push('\n');
        if index == 0 && look == Look::Lined {
            let width = table.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
            text.push_str(&"─".repeat(width));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_seen_is_not_zero() {
        assert_eq!(probability(0, 10_000), ["below 3/10000".to_owned(), "0.0000 - 0.0004".to_owned()]);
        assert_eq!(probability(0, 0), [String::new(), String::new()]);
        assert_eq!(probability(5000, 10_000)[0], "0.5000");
    }

    #[test]
    fn columns_are_aligned() {
        let rows = vec![vec!["intervention".to_owned(), "0.17".to_owned()], vec!["x".to_owned(), "0.0001".to_owned()]];
        let drawn = draw(&["outcome", "p"], rows, 1..2, Look::Lined);
        insta::assert_snapshot!(drawn, @r"
        outcome            p
        ────────────────────
        intervention    0.17
        x             0.0001
        ");
    }

    #[test]
    fn days_are_short() {
        assert_eq!([0.0, 63.0, 2.5, 1.0 / 24.0].map(number), ["0", "63", "2.5", "0.04"].map(String::from));
    }
}
