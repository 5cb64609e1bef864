//! What was odd in the runs: rules that never fired and why, rates too high for the step, cells that stand at a bound.
//!
//! How often things happened is known of all runs (the summary); guards, draws and cells were watched in the first runs (the probe).

use std::collections::BTreeMap;

use crate::ensemble::Summary;
use crate::model::{CellOwner, EventSource, Instance, Model};
use crate::reference::ProbeReport;

/// A rule, choice or option that never happened.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Silent {
    /// Index into [`Model::happenings`].
    pub(super) happening: usize,
    /// Which instance, where others of its template did happen.
    pub(super) instance: Option<Instance>,
    /// `never fired`, `was never decided`, `was never picked`.
    pub(super) what: &'static str,
    /// What stood in its way.
    pub(super) why: Why,
}

/// Why something did not happen, as far as was seen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Why {
    /// Nothing is known.
    Unknown,
    /// Its guard was never read: limit, cooldown, `every` or membership did not allow it.
    NoOpportunity,
    /// Its guard held in this share of readings, but chance or rate was too small.
    TurnNeverCame(f64),
    /// The guard was false; the term that was false most often, if its text is known, and in which share of readings.
    Blocked(Option<String>, f64),
}

/// Something that holds in a share of cases.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Share {
    /// The rule or cell.
    pub(super) name: String,
    /// Id of its actor (for a cell the holder), if it has one.
    pub(super) actor: Option<String>,
    /// Id of its target.
    pub(super) target: Option<String>,
    /// The share, 0 to 1.
    pub(super) share: f64,
}

/// Everything odd, in order of ids; of shares the greatest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Findings {
    /// What never happened.
    pub(super) silent: Vec<Silent>,
    /// Rules and choices, and the share of their draws with rate * step above 0.1, where there are any.
    pub(super) high_rates: Vec<Share>,
    /// Cells and the share of time that they stood at a bound, where that is not 0.
    pub(super) bounded: Vec<Share>,
}

/// What was seen of guards, of one instance or all.
#[derive(Clone, Debug, Default)]
struct Guard {
    evaluations: u64,
    held: u64,
    term_was_false: Vec<u64>,
    draws: u64,
    high_hazards: u64,
}

impl Findings {
    /// Looks through what is known.
    pub(super) fn of(model: &Model, summary: &Summary, probe: &ProbeReport) -> Self {
        let mut guards: BTreeMap<(usize, Option<Instance>), Guard> = BTreeMap::new();
        for seen in &probe.guards {
            for instance in [None, Some(seen.instance)] {
                let guard = guards.entry((seen.happening, instance)).or_default();
                guard.evaluations += seen.evaluations;
                guard.held += seen.held;
                guard.draws += seen.draws;
                guard.high_hazards += seen.high_hazards;
                guard.term_was_false.resize(guard.term_was_false.len().max(seen.term_was_false.len()), 0);
                for (sum, n) in guard.term_was_false.iter_mut().zip(&seen.term_was_false) {
                    *sum += n;
                }
            }
        }
        let silent = silent(model, summary).map(|(happening, instance, what)| {
            let why = guards.get(&(happening, instance)).map_or(Why::Unknown, |guard| why(model, happening, guard));
            Silent { happening, instance, what, why }
        });
        let high_rates = guards.iter().filter(|((_, instance), guard)| instance.is_none() && guard.high_hazards > 0);
        let high_rates = high_rates.map(|((happening, _), guard)| Share {
            name: model.happenings[*happening].id.clone(),
            actor: None,
            target: None,
            share: guard.high_hazards as f64 / guard.draws.max(1) as f64,
        });
        let bounded = probe.cells.iter().map(|seen| (seen.cell, seen.share_at_bound()));
        let bounded = bounded.filter(|(_, share)| *share > 0.0).map(|(cell, share)| cell_share(model, cell, share));
        Self {
            silent: silent.collect(),
            high_rates: greatest_first(high_rates.collect()),
            bounded: greatest_first(bounded.collect()),
        }
    }
}

/// What is enabled and never happened: a template as a whole, or single instances of it; an option only if its choice was decided.
fn silent(model: &Model, summary: &Summary) -> impl Iterator<Item = (usize, Option<Instance>, &'static str)> {
    let mut counts = vec![0_u64; model.happenings.len()];
    let mut silent_instances: Vec<Vec<Instance>> = vec![Vec::new(); model.happenings.len()];
    for (event, found) in model.events.iter().zip(&summary.events) {
        counts[event.happening] += found.count;
        if found.count == 0 {
            silent_instances[event.happening].push(event.instance);
        }
    }
    let mut decisions = vec![0_u64; model.choices.len()];
    for (happening, count) in model.happenings.iter().zip(&counts) {
        if let EventSource::Option { choice, .. } = happening.source {
            decisions[choice] += count;
        }
    }
    let mut found = Vec::new();
    for (index, happening) in model.happenings.iter().enumerate() {
        let (counts_as_silent, count, what) = match happening.source {
            EventSource::Rule(rule) => (model.rules[rule].opportunity.enabled, counts[index], "never fired"),
            EventSource::Choice(choice) => {
                (model.choices[choice].opportunity.enabled, decisions[choice], "was never decided")
            }
            EventSource::Option { choice, option } => {
                let open = model.choices[choice].options[option].enabled && decisions[choice] > 0;
                (open, counts[index], "was never picked")
            }
        };
        if !counts_as_silent {
            continue;
        }
        if count == 0 {
            found.push((index, None, what));
        } else {
            found.extend(silent_instances[index].iter().map(|&instance| (index, Some(instance), what)));
        }
    }
    found.into_iter()
}

fn why(model: &Model, happening: usize, guard: &Guard) -> Why {
    if guard.evaluations == 0 {
        return Why::NoOpportunity;
    }
    let share = |n: u64| n as f64 / guard.evaluations as f64;
    if guard.held > 0 {
        return Why::TurnNeverCame(share(guard.held));
    }
    // Of terms that were false equally often the first is told.
    let most = guard.term_was_false.iter().enumerate().max_by_key(|&(index, &n)| (n, std::cmp::Reverse(index)));
    let Some((index, &n)) = most else { return Why::Unknown };
    let terms = model.guard_terms.get(&model.happenings[happening].id);
    Why::Blocked(terms.and_then(|terms| terms.get(index)).cloned(), share(n))
}

fn cell_share(model: &Model, cell: usize, share: f64) -> Share {
    let id = |actor: usize| Some(model.actors[actor].id.clone());
    let (name, actor, target) = match model.cells[cell].owner {
        CellOwner::Attribute { attribute, actor } => (&model.attributes[attribute].id, id(actor), None),
        CellOwner::Relation { relation, from, to } => (&model.relations[relation].id, id(from), id(to)),
        CellOwner::State { state } => (&model.state[state].id, None, None),
    };
    Share { name: name.clone(), actor, target, share }
}

fn greatest_first(mut shares: Vec<Share>) -> Vec<Share> {
    shares.sort_by(|a, b| {
        let names = |share: &Share| (share.name.clone(), share.actor.clone(), share.target.clone());
        b.share.total_cmp(&a.share).then_with(|| names(a).cmp(&names(b)))
    });
    shares
}

impl Share {
    /// As an expression would name it: `junta.resolve`, `hostility(junta, france)`, `sanctions`.
    pub(super) fn written(&self) -> String {
        match (&self.actor, &self.target) {
            (Some(actor), Some(target)) => format!("{}({actor}, {target})", self.name),
            (Some(actor), None) => format!("{actor}.{}", self.name),
            _ => self.name.clone(),
        }
    }
}

impl Why {
    /// As the end of a sentence, with the punctuation before it; empty if nothing is known.
    pub(super) fn written(&self) -> String {
        match self {
            Why::Unknown => String::new(),
            Why::NoOpportunity => ": it never had an opportunity".to_owned(),
            Why::TurnNeverCame(share) => {
                format!(": its guard held {} of the time, but its turn never came", percent(*share))
            }
            Why::Blocked(Some(term), share) => {
                format!(": blocked most by `{}`, false {} of the time", shortened(term), percent(*share))
            }
            Why::Blocked(None, share) => format!(": its guard was false {} of the time", percent(*share)),
        }
    }

    /// The share that it rests on.
    pub(super) fn share(&self) -> Option<f64> {
        match self {
            Why::Unknown | Why::NoOpportunity => None,
            Why::TurnNeverCame(share) | Why::Blocked(_, share) => Some(*share),
        }
    }
}

/// A share in whole per cent; `100 %` only for all, `0 %` only for none.
pub(super) fn percent(share: f64) -> String {
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
    fn a_long_term_is_shortened() {
        let why = Why::Blocked(Some("x".repeat(100)), 1.0);
        assert_eq!(why.written(), format!(": blocked most by `{}..`, false 100 % of the time", "x".repeat(60)));
    }
}
