//! Outcomes, decided in time.

use crate::model::RunRecord;

use super::memory::{Done, Firing, Memory};
use super::program::Program;

/// How a run ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    pub(super) outcome: usize,
    /// With which group of the step's events, in order of time, it came true; 0 where it held before any.
    pub(super) rank: usize,
}

impl Memory {
    pub(super) fn outcomes_on_day_0(&mut self, program: &Program<'_>) -> Option<Ending> {
        if program.model.history.is_some() {
            return None;
        }
        self.find_holding(program);
        self.holding.first().map(|&outcome| Ending { outcome, rank: 0 })
    }

    /// On the state after the effects of step `n`. If the run ends before some events of the step, these are undone.
    pub(super) fn outcomes(&mut self, program: &Program<'_>, n: u64) -> Option<Ending> {
        if program.model.history.as_ref().is_some_and(|history| n < history.last_step) {
            return None;
        }
        self.find_holding(program);
        if self.holding.is_empty() {
            return None;
        }
        let n_ranks = self.rank_firings(program, n);
        let ending = self.earliest(program, n, n_ranks);
        if n_ranks > 0 {
            self.restore(program, n, if ending.rank == 0 { n_ranks } else { ending.rank });
        }
        Some(ending)
    }

    /// Of the outcomes that hold on the whole step the one that came true first.
    fn earliest(&mut self, program: &Program<'_>, n: u64, n_ranks: usize) -> Ending {
        let mut holding = std::mem::take(&mut self.holding);
        let mut earliest = None;
        for last_rank in (0..n_ranks).rev() {
            self.restore(program, n, last_rank);
            let mut first_to_fail = None;
            holding.retain(|&outcome| {
                let holds = self.outcome_holds(program, outcome);
                if !holds && first_to_fail.is_none() {
                    first_to_fail = Some(outcome);
                }
                holds
            });
            if let Some(outcome) = first_to_fail {
                earliest = Some(Ending { outcome, rank: last_rank + 1 });
            }
            if holding.is_empty() {
                break;
            }
        }
        let before_all = holding.first().copied().unwrap_or(0);
        self.holding = holding;
        earliest.unwrap_or(Ending { outcome: before_all, rank: 0 })
    }

    /// Brings the state to what it would be if only the events of the first `last_rank` ranks had happened.
    fn restore(&mut self, program: &Program<'_>, n: u64, last_rank: usize) {
        self.take_back();
        self.carry_out(program, n, last_rank);
    }

    /// Ranks the step's events in time, from 1: all with waiting time 0 together, then one by one.
    fn rank_firings(&mut self, program: &Program<'_>, n: u64) -> usize {
        for position in 0..self.firings.len() {
            self.find_time(program, position, n);
        }
        let firings = &mut self.firings;
        self.in_time.clear();
        self.in_time.extend(0..firings.len());
        self.in_time.sort_by(|&a, &b| Firing::in_time(&firings[a], &firings[b]));
        let mut rank = 0;
        for (place, &position) in self.in_time.iter().enumerate() {
            if place == 0 || firings[position].wait != 0.0 {
                rank += 1;
            }
            firings[position].rank = rank;
        }
        rank
    }

    fn find_holding(&mut self, program: &Program<'_>) {
        self.holding.clear();
        for outcome in 0..program.outcomes.len() {
            if self.outcome_holds(program, outcome) {
                self.holding.push(outcome);
            }
        }
    }

    fn outcome_holds(&mut self, program: &Program<'_>, outcome: usize) -> bool {
        program.outcomes[outcome].is_some_and(|when| self.holds(program, when))
    }

    /// What the events of the step that have happened leave behind: ladder levels, deeds, pending later entries.
    pub(super) fn settle(&mut self, program: &Program<'_>, last_rank: usize, record: &mut RunRecord) {
        self.new_deeds.clear();
        for firing in self.firings.iter().filter(|firing| firing.rank <= last_rank) {
            let event = &program.events[firing.event as usize];
            let Some(ladder) = event.ladder else { continue };
            record.peak_ladder = record.peak_ladder.max(ladder);
            self.rivera_score += rivera_weight(ladder);
            if let (Some(actor), Some(target)) = (event.actor, event.target) {
                self.new_deeds.push(Done { actor, target, ladder });
            }
        }
        for &(position, pending) in &self.planned {
            if self.firings[position as usize].rank <= last_rank {
                self.pending.push(pending);
                self.next_due = self.next_due.min(pending.due_day);
            }
        }
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
