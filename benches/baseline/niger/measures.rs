//! The measures of a step, and the outcomes.

use flashpoint::math;

use super::cells::*;
use super::rows::*;
use super::start::{Given, Setup};
use super::terms::Terms;

/// How many numbers a step records.
pub(crate) const MEASURES: usize = 26;

// Outcomes in order of the list.
const INTERVENTION: usize = 0;
const RESTORATION: usize = 1;
const COUNTER_COUP: usize = 2;
const NEGOTIATED_TRANSITION: usize = 3;
const BLOC_EXIT: usize = 4;
const CONSOLIDATION: usize = 5;
pub(crate) const STANDOFF: usize = 6;

/// Rows without which no outcome comes true.
pub(crate) const ENDING: u128 = 3 << BATTLE_LOST
    | 1 << YIELDS
    | 1 << COUP_BY_LOYALISTS
    | 1 << COUP_BY_RIVALS
    | 1 << TRANSITION_AGREED
    | 1 << LEAVES_BLOC
    | 1 << BLOC_SUMMIT_LIFT;

/// A bit for each outcome that holds.
#[inline(always)]
pub(crate) fn holding(world: &World) -> u32 {
    if world.happened & ENDING == 0 {
        return 0;
    }
    let mut holding = u32::from(world.any_fired(BATTLE_LOST, 2)) << INTERVENTION;
    if !world.fired(BLOC_INTERVENES) {
        let fired = |row: usize| u32::from(world.fired(row));
        let agreed = fired(TRANSITION_AGREED);
        holding |= (fired(YIELDS) | fired(COUP_BY_LOYALISTS)) << RESTORATION
            | fired(COUP_BY_RIVALS) << COUNTER_COUP
            | (agreed & u32::from(world.cells[AGREED] <= 24.0)) << NEGOTIATED_TRANSITION
            | fired(LEAVES_BLOC) << BLOC_EXIT
            | (fired(BLOC_SUMMIT_LIFT) | agreed) << CONSOLIDATION;
    }
    holding
}

/// Records the measures at the end of step `now`.
pub(crate) fn record(terms: &Terms<'_>, now: f64, peak_ladder: u8, rivera_score: i64, into: &mut Vec<f64>) {
    let cell = |cell: usize| terms.cell(cell);
    let indicator = |holds: bool| if holds { 1.0 } else { 0.0 };
    let mean_hostility = terms.mean_hostility();
    let p_win = terms.p_win();
    let row: [f64; MEASURES] = [
        indicator(cell(PRESENCE) > 0.0 || cell(PRESENCE + 1) > 0.0),
        indicator(!terms.world.flags.ambassador_present),
        cell(ANGER),
        cell(CHANNEL),
        cell(COHESION),
        cell(CREDIBILITY),
        terms.grievance(now),
        cell(HOSTILITY_TO_PATRON),
        cell(LEARNING),
        cell(LEGITIMACY),
        terms.outrage_with(mean_hostility),
        p_win,
        cell(INFLUENCE),
        cell(PATRON_PRESENCE),
        terms.perceived_force(),
        terms.presence_cost(),
        cell(RESOLVE),
        cell(SANCTIONS),
        cell(STRAIN),
        cell(SUPPORT),
        0.5 * mean_hostility + 0.5 * cell(HOSTILITY_TO_BLOC),
        cell(THREAT),
        terms.votes(p_win),
        terms.zone(now),
        f64::from(peak_ladder),
        rivera_score as f64,
    ];
    into.extend_from_slice(&row);
}

/// Half-lives of a step: every resting place is read before anything moves.
#[inline(always)]
pub(crate) fn half_lives(terms: &Terms<'_>, rests: &mut [f64; RESTING]) {
    let drawn = &terms.given.drawn;
    let cell = |cell: usize| terms.cell(cell);
    rests[SUPPORT] =
        drawn.support - drawn.support_loss * cell(STRAIN) + drawn.sovereignty_dividend * (cell(ANGER) - 0.5);
    rests[COHESION] = drawn.cohesion + 0.2 * (cell(SUPPORT) - 0.5) - drawn.cohesion_loss * cell(STRAIN);
    rests[STRAIN] = 0.1 + terms.bite() + terms.aid_lost();
    rests[INFLUENCE] = drawn.influence * if terms.world.fired(EXPEL_AMBASSADOR) { 0.25 } else { 1.0 };
}

/// Moves what rests and what fades by a step.
#[inline(always)]
pub(crate) fn relax(setup: &Setup, given: &Given, world: &mut World, rests: &[f64; RESTING], n: u32) {
    let (moves, factors, starts) = (&given.moves, &setup.fade_factors, &given.fade_starts);
    let mut first = 0;
    if let Some(hostilities) = &setup.hostilities {
        let row = &hostilities[n as usize];
        world.cells[..MEMBERS].copy_from_slice(&row[..MEMBERS]);
        world.cells[MEAN_HOSTILITY] = row[MEMBERS];
        first = MEMBERS;
    }
    for cell in first..RESTING {
        let x = world.cells[cell];
        world.cells[cell] = math::clamp(x + (rests[cell] - x) * moves[cell], 0.0, 1.0);
    }
    for fading in 0..N_FADING {
        world.fade[fading] *= factors[fading];
        let value = starts[fading] + (world.written[fading] - starts[fading]) * world.fade[fading];
        world.cells[FADING + fading] = math::clamp(value, 0.0, 1.0);
    }
}
