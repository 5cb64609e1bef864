//! The table of outcomes for the eye: at most 80 columns wide.

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, Table, Width};

use super::calendar::Calendar;
use crate::ensemble::Summary;
use crate::model::Model;
use crate::statistics::{Level, rule_of_three_text, share, wilson};

/// Width of a table.
const WIDTH: u16 = 80;
/// Width of a bar for a probability of 1.
const BAR: usize = 16;
/// Between columns.
const GAP: u16 = 2;
/// Labels are not squeezed below this.
const NARROWEST_LABEL: u16 = 12;

/// How a table is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// With bars of block characters.
    Unicode,
    /// ASCII only.
    Plain,
}

/// Label, probability, interval, median day (or date) and a bar for every outcome, in the scenario's order.
///
/// An outcome that no run had reads `below 3/N`. No line is longer than 80 columns, trailing spaces are removed.
#[must_use]
pub fn outcome_table(model: &Model, summary: &Summary, look: Look) -> String {
    let calendar = Calendar::new(model);
    let head =
        ["outcome", "probability", "95 % interval", if calendar.is_some() { "median date" } else { "median day" }, ""];
    let rows: Vec<[String; 5]> = model
        .outcomes
        .iter()
        .zip(&summary.outcomes)
        .map(|(outcome, found)| {
            let runs = found.ends.total();
            let day = found.ends.quantile(Level::MEDIAN).map(|step| model.day_of_step(u64::from(step)));
            [
                // Nothing that an author wrote may draw outside its cell.
                outcome.label.replace(char::is_control, " "),
                probability_text(runs, summary.runs),
                interval_text(runs, summary.runs),
                day.map_or(String::new(), |day| match &calendar {
                    Some(calendar) => calendar.text(day, calendar.step_style()).unwrap_or_default(),
                    None => format!("{}", (day * 100.0).round() / 100.0),
                }),
                share(runs, summary.runs).map_or(String::new(), |share| bar(share, look)),
            ]
        })
        .collect();
    draw(head, rows)
}

fn draw(head: [&str; 5], rows: Vec<[String; 5]>) -> String {
    let width = |column: usize| -> u16 {
        let widest = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        u16::try_from(widest.max(head[column].len())).unwrap_or(WIDTH)
    };
    let others: u16 = (1..5).map(|column| width(column).saturating_add(GAP)).sum();
    let label = WIDTH.saturating_sub(others).max(NARROWEST_LABEL);
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.add_row(head);
    for row in rows {
        let [label, probability, interval, when, bar] = row;
        let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
        table.add_row(vec![Cell::new(label), right(probability), right(interval), Cell::new(when), Cell::new(bar)]);
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        if index == 0 {
            column.set_padding((0, 0)).set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(label)));
        } else {
            column.set_padding((GAP, 0)).set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Decimals of per cents that the number of runs can tell.
fn decimals(n_runs: u64) -> usize {
    match n_runs {
        0..1000 => 1,
        1000..1_000_000 => 2,
        _ => 3,
    }
}

/// A probability in per cent, with the decimals that the number of runs can tell; no hit reads `below 3/N`, no runs read nothing.
#[must_use]
pub fn probability_text(hits: u64, n_runs: u64) -> String {
    match share(hits, n_runs) {
        None => String::new(),
        Some(_) if hits == 0 => rule_of_three_text(n_runs),
        Some(share) => format!("{:.*} %", decimals(n_runs), share * 100.0),
    }
}

/// Its 95 % interval in per cent; empty without runs.
#[must_use]
pub fn interval_text(hits: u64, n_runs: u64) -> String {
    wilson(hits, n_runs).map_or(String::new(), |interval| {
        let decimals = decimals(n_runs);
        format!("{:.decimals$} - {:.decimals$} %", interval.low * 100.0, interval.high * 100.0)
    })
}

/// A bar of eighths of a character, or of `#`. What is not 0 shows.
fn bar(share: f64, look: Look) -> String {
    let share = share.clamp(0.0, 1.0);
    match look {
        Look::Plain => "#".repeat(((share * BAR as f64).round() as usize).max(usize::from(share > 0.0))),
        Look::Unicode => {
            const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
            let eighths = ((share * (8 * BAR) as f64).round() as usize).max(usize::from(share > 0.0));
            format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_zero_shows() {
        assert_eq!(bar(0.0, Look::Plain), "");
        assert_eq!(bar(1e-9, Look::Plain), "#");
        assert_eq!(bar(1e-9, Look::Unicode), "▏");
        assert_eq!(bar(1.0, Look::Unicode).chars().count(), BAR);
    }

    #[test]
    fn no_hit_reads_below() {
        assert_eq!(probability_text(0, 200_000), "below 3/200000");
        assert_eq!(probability_text(0, 0), "");
        assert_eq!(probability_text(50, 200), "25.0 %");
        assert_eq!(interval_text(0, 0), "");
    }
}
