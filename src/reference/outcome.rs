//! LANGUAGE 6.7: outcomes, decided in time.

use super::evaluate::NOBODY;
use super::observe::Observer;
use super::run::Run;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// Index into [`crate::model::Model::outcomes`].
    pub(super) outcome: usize,
    /// With which group of the step's events, in order of time, the outcome came true; 0 where it held before any.
    pub(super) rank: usize,
    /// How many groups there were.
    pub(super) n_ranks: usize,
}

impl<O: Observer> Run<'_, '_, O> {
    /// Outcomes on day 0: the first in the list that holds. None is tested while there is a record.
    pub(super) fn outcomes_on_day_0(&mut self) -> Option<Ending> {
        if self.reference.model.history.is_some() {
            return None;
        }
        self.find_holding(0);
        self.scratch.holding.first().map(|&outcome| Ending { outcome, rank: 0, n_ranks: 0 })
    }

    /// LANGUAGE 6.7, on the state after the effects of step `n`. If the run ends before some events of the step, these are undone.
    pub(super) fn outcomes(&mut self, n: u64) -> Option<Ending> {
        if self.reference.model.history.as_ref().is_some_and(|history| n < history.last_step) {
            return None;
        }
        self.find_holding(n);
        if self.scratch.holding.is_empty() {
            return None;
        }
        let n_ranks = self.rank_firings();
        let ending = self.earliest(n, n_ranks);
        if n_ranks > 0 {
            self.restore(n, if ending.rank == 0 { n_ranks } else { ending.rank });
        }
        Some(ending)
    }

    /// Of the outcomes that hold on the whole step the one that came true first. It came true with rank k if it holds on the batch of the
    /// first k ranks, of the first k + 1, .. and of all, but not of the first k - 1.
    fn earliest(&mut self, n: u64, n_ranks: usize) -> Ending {
        let mut holding = std::mem::take(&mut self.scratch.holding);
        let mut earliest: Option<Ending> = None;
        for last_rank in (0..n_ranks).rev() {
            self.restore(n, last_rank);
            // Whoever no longer holds came true with the rank behind; those found later in this loop came true earlier.
            let mut first_to_fail = None;
            holding.retain(|&outcome| {
                let holds = self.outcome_holds(outcome, n);
                if !holds && first_to_fail.is_none() {
                    first_to_fail = Some(outcome);
                }
                holds
            });
            if let Some(outcome) = first_to_fail {
                earliest = Some(Ending { outcome, rank: last_rank + 1, n_ranks });
            }
            if holding.is_empty() {
                break;
            }
        }
        // What held before any event came true at the end of the step, after all others. `find_holding` found at least one, so one is left.
        let before_all = holding.first().map_or(0, |&outcome| outcome);
        self.scratch.holding = holding;
        earliest.unwrap_or(Ending { outcome: before_all, rank: 0, n_ranks })
    }

    /// Brings the state to what it would be if only the events of the first `last_rank` ranks had happened in step `n`.
    fn restore(&mut self, n: u64, last_rank: usize) {
        self.scratch.state.copy_from(&self.scratch.snapshot);
        self.apply_effects(n, last_rank);
    }

    /// Ranks the step's events in time, from 1: all with waiting time 0 together, then one by one. The number of ranks.
    fn rank_firings(&mut self) -> usize {
        let scratch = &mut *self.scratch;
        scratch.in_time.clear();
        scratch.in_time.extend(0..scratch.firings.len());
        let firings = &mut scratch.firings;
        scratch.in_time.sort_by(|&a, &b| firings[a].in_time(&firings[b]));
        let mut rank = 0;
        for (place, &position) in scratch.in_time.iter().enumerate() {
            if place == 0 || firings[position].wait != 0.0 {
                rank += 1;
            }
            firings[position].rank = rank;
        }
        rank
    }

    /// The outcomes that hold now, in order of the list.
    fn find_holding(&mut self, n: u64) {
        self.scratch.holding.clear();
        for outcome in 0..self.reference.model.outcomes.len() {
            if self.outcome_holds(outcome, n) {
                self.scratch.holding.push(outcome);
            }
        }
    }

    /// Does an outcome's condition hold at the end of step `n`? The horizon's, which has none, is never tested.
    fn outcome_holds(&mut self, outcome: usize, n: u64) -> bool {
        let reference = self.reference;
        let Some(when) = &reference.model.outcomes[outcome].when else { return false };
        self.reader(reference.model.day_of_step(n), NOBODY).holds(when)
    }

    /// What the events of the step that have happened leave behind: ladder levels, deeds, pending later entries. `last_rank`: who has happened.
    pub(super) fn settle(&mut self, n: u64, last_rank: usize) {
        let reference = self.reference;
        self.scratch.deeds.clear();
        for firing in self.scratch.firings.iter().filter(|firing| firing.rank <= last_rank) {
            let event = &reference.events[firing.event];
            self.observer.event_happened(n, firing.event, firing.wait, firing.uniform);
            let Some(ladder) = event.event.ladder else { continue };
            self.record.peak_ladder = self.record.peak_ladder.max(ladder);
            self.scratch.rivera_score += rivera_weight(ladder);
            if let (Some(actor), Some(target)) = (event.instance.actor, event.instance.target) {
                self.scratch.deeds.push(super::state::Deed { actor, target, ladder });
            }
        }
        let scratch = &mut *self.scratch;
        let firings = &scratch.firings;
        let happened = |position: usize| firings[position].rank <= last_rank;
        let planned = scratch.planned.iter().filter(|(position, _)| happened(*position));
        scratch.pending.extend(planned.map(|&(_, pending)| pending));
        self.narrate_effects(n, last_rank);
    }
}

/// Weights of Rivera et al. 2024 by ladder level (our mapping).
fn rivera_weight(ladder: u8) -> i64 {
    match ladder {
        0 | 1 => -2,
        2 | 3 => 0,
        4 | 5 | 8 => 12,
        6 | 7 => 4,
        _ => 28,
    }
}
