//! What a careful modeller would want to be told after a run: rules that never fired and why, rates too high for the step, cells that
//! stand at a bound, runs that are all the same.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::ensemble::Summary;
use crate::model::{CellOwner, EventSource, Model};
use crate::reference::ProbeReport;

/// A rate is remarked on when so large a share of its draws is too high for the step.
const REMARKABLE_RATE: f64 = 0.1;
/// A cell is remarked on when it stands at a bound so large a share of the time.
const REMARKABLE_BOUND: f64 = 0.5;
/// So many rules that never fired are told one by one.
const MOST_SILENT: usize = 6;
/// So many names are told in one line.
const MOST_NAMES: usize = 4;

/// The remarks, one line each and no more than about a dozen.
pub(super) fn remarks(
    model: &Model,
    summary: &Summary,
    probe: &ProbeReport,
    diagnostics: &[Diagnostic],
) -> Vec<String> {
    let mut lines = Vec::new();
    if diagnostics.iter().any(|diagnostic| diagnostic.code == Code::NothingRandom) {
        lines.push("nothing in this scenario is random: all runs are the same".to_owned());
    }
    let mut silent = silent(model, summary, probe);
    let more = silent.len().saturating_sub(MOST_SILENT);
    silent.truncate(MOST_SILENT);
    lines.extend(silent);
    if more > 0 {
        lines.push(format!("{more} more never happened"));
    }
    if let Some(names) = names(high_rates(model, probe), "of its draws") {
        lines.push(format!("rate * step above 0.1, where an event hides others (a finer step helps): {names}"));
    }
    if let Some(names) = names(bounded_cells(model, probe), "of the time") {
        lines.push(format!("stands at a bound: {names}"));
    }
    if summary.history_misses.runs > 0 {
        let mean = summary.history_misses.total as f64 / summary.runs.max(1) as f64;
        lines.push(format!("events of the record that the scenario itself would not have allowed: {mean:.2} a run"));
    }
    lines
}

/// What was seen of the guards of one rule or choice, over all its instances.
#[derive(Default)]
struct Guard {
    evaluations: u64,
    held: u64,
    term_was_false: Vec<u64>,
}

/// One line for each enabled rule or choice that never happened, and each option that was never picked though its choice was.
fn silent(model: &Model, summary: &Summary, probe: &ProbeReport) -> Vec<String> {
    let mut counts = vec![0_u64; model.happenings.len()];
    for (event, found) in model.events.iter().zip(&summary.events) {
        counts[event.happening] += found.count;
    }
    let mut guards: BTreeMap<usize, Guard> = BTreeMap::new();
    for seen in &probe.guards {
        let guard = guards.entry(seen.happening).or_default();
        guard.evaluations += seen.evaluations;
        guard.held += seen.held;
        guard.term_was_false.resize(guard.term_was_false.len().max(seen.term_was_false.len()), 0);
        for (sum, n) in guard.term_was_false.iter_mut().zip(&seen.term_was_false) {
            *sum += n;
        }
    }
    let was_decided = |choice: usize| {
        let of_choice = |source| matches!(source, EventSource::Option { choice: other, .. } if other == choice);
        model.happenings.iter().zip(&counts).any(|(happening, &count)| of_choice(happening.source) && count > 0)
    };
    let mut lines = Vec::new();
    for (index, happening) in model.happenings.iter().enumerate() {
        let (enabled, what) = match happening.source {
            EventSource::Rule(rule) => (model.rules[rule].opportunity.enabled && counts[index] == 0, "never fired"),
            EventSource::Choice(choice) => {
                (model.choices[choice].opportunity.enabled && !was_decided(choice), "was never decided")
            }
            EventSource::Option { choice, option } => {
                let enabled = model.choices[choice].options[option].enabled;
                (enabled && counts[index] == 0 && was_decided(choice), "was never picked")
            }
        };
        if enabled {
            let why = guards.get(&index).map_or(String::new(), |guard| why(model, &happening.id, guard));
            lines.push(format!("`{}` {what}{why}", happening.id));
        }
    }
    lines
}

/// Why a rule did not fire.
fn why(model: &Model, id: &str, guard: &Guard) -> String {
    if guard.evaluations == 0 {
        return ": it never had an opportunity".to_owned();
    }
    let share = |n: u64| n as f64 / guard.evaluations as f64;
    if guard.held > 0 {
        return format!(": its guard held {} of the time, but its turn never came", percent(share(guard.held)));
    }
    let most = guard.term_was_false.iter().enumerate().max_by_key(|&(index, &n)| (n, std::cmp::Reverse(index)));
    let Some((index, &n)) = most else { return String::new() };
    match model.guard_terms.get(id).and_then(|terms| terms.get(index)) {
        Some(term) => format!(": blocked most by `{}`, false {} of the time", shortened(term), percent(share(n))),
        None => format!(": its guard was false {} of the time", percent(share(n))),
    }
}

/// Rules and choices whose rate is often too high for the step, the worst first.
fn high_rates(model: &Model, probe: &ProbeReport) -> Vec<(f64, String)> {
    let mut seen: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    for guard in &probe.guards {
        let (draws, high) = seen.entry(guard.happening).or_default();
        *draws += guard.draws;
        *high += guard.high_hazards;
    }
    let shares = seen.into_iter().filter(|(_, (draws, _))| *draws > 0);
    let shares = shares.map(|(index, (draws, high))| (high as f64 / draws as f64, model.happenings[index].id.clone()));
    worst_first(shares.filter(|(share, _)| *share > REMARKABLE_RATE).collect())
}

/// Cells that stand at a bound most of the time, the worst first.
fn bounded_cells(model: &Model, probe: &ProbeReport) -> Vec<(f64, String)> {
    let shares = probe.cells.iter().map(|cell| (cell.share_at_bound(), cell.cell));
    let remarkable = shares.filter(|(share, _)| *share > REMARKABLE_BOUND);
    worst_first(remarkable.map(|(share, cell)| (share, cell_name(model, cell))).collect())
}

fn worst_first(mut shares: Vec<(f64, String)>) -> Vec<(f64, String)> {
    shares.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    shares
}

/// The worst few with their shares; `None` if there are none.
fn names(shares: Vec<(f64, String)>, of: &str) -> Option<String> {
    let more = shares.len().saturating_sub(MOST_NAMES);
    let mut names: Vec<String> = shares
        .iter()
        .take(MOST_NAMES)
        .enumerate()
        .map(|(index, (share, name))| {
            let of = if index == 0 { format!(" {of}") } else { String::new() };
            format!("`{name}` ({}{of})", percent(*share))
        })
        .collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// A cell as an expression would name it.
fn cell_name(model: &Model, cell: usize) -> String {
    match model.cells[cell].owner {
        CellOwner::Attribute { attribute, actor } => {
            format!("{}.{}", model.actors[actor].id, model.attributes[attribute].id)
        }
        CellOwner::Relation { relation, from, to } => {
            format!("{}({}, {})", model.relations[relation].id, model.actors[from].id, model.actors[to].id)
        }
        CellOwner::State { state } => model.state[state].id.clone(),
    }
}

/// A share in whole per cent; `100 %` only for all, `0 %` only for none.
fn percent(share: f64) -> String {
    match (share * 100.0).round() {
        _ if share >= 1.0 => "100 %".to_owned(),
        rounded if rounded >= 100.0 => "over 99 %".to_owned(),
        rounded if rounded < 1.0 && share > 0.0 => "under 1 %".to_owned(),
        rounded => format!("{rounded} %"),
    }
}

/// A term that fits into a line.
fn shortened(term: &str) -> String {
    const MOST: usize = 60;
    match term.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}..", term[..end].trim_end()),
        None => term.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_to_all_or_none() {
        assert_eq!([0.0, 0.001, 0.5, 0.999, 1.0].map(percent), ["0 %", "under 1 %", "50 %", "over 99 %", "100 %"]);
    }

    #[test]
    fn many_names_become_a_few() {
        let shares = (0..9).map(|n| (f64::from(n) / 10.0, format!("r{n}"))).collect();
        assert_eq!(
            names(worst_first(shares), "of the time").as_deref(),
            Some("`r8` (80 % of the time), `r7` (70 %), `r6` (60 %), `r5` (50 %), 5 more")
        );
        assert_eq!(names(Vec::new(), ""), None);
    }
}
