//! The table of queries for the eye.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};

use crate::ensemble::Summary;
use crate::model::Model;
use crate::output::{interval_text, probability_text};
use crate::statistics::wilson;

/// Every query with its probability, interval and what its author expects; empty if there are none.
pub(super) fn query_table(model: &Model, summary: &Summary) -> String {
    if model.queries.is_empty() {
        return String::new();
    }
    let has_expected = model.queries.iter().any(|query| query.expect.is_some());
    let mut head = vec!["query", "probability", "95 % interval", "of runs"];
    if has_expected {
        head.extend(["expected", ""]);
    }
    let rows = model.queries.iter().zip(&summary.queries).map(|(query, found)| {
        let (probability, interval) =
            (probability_text(found.holds, found.given), interval_text(found.holds, found.given));
        let mut row = vec![query.id.clone(), probability, interval, found.given.to_string()];
        if has_expected {
            row.extend(match query.expect {
                None => [String::new(), String::new()],
                Some((low, high)) => {
                    let meets = wilson(found.holds, found.given).is_none_or(|interval| interval.overlaps(low, high));
                    [format!("{} - {} %", percent(low), percent(high)), if meets { "" } else { "outside" }.to_owned()]
                }
            });
        }
        row
    });
    draw(&head, rows)
}

/// A share in per cent, with at most two decimals.
fn percent(share: f64) -> f64 {
    (share * 10_000.0).round() / 100.0
}

/// Draws a table whose columns but the first are aligned to the right.
pub(in crate::cli) fn draw(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.add_row(head);
    for row in rows {
        table.add_row(row);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if index == 0 { 0 } else { 2 }, 0));
        if index > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let rows = vec![vec!["soon".to_owned(), "0.17".to_owned()], vec!["x".to_owned(), "0.0001".to_owned()]];
        insta::assert_snapshot!(draw(&["query", "p"], rows.into_iter()), @r"
        query       p
        soon     0.17
        x      0.0001
        ");
    }
}
