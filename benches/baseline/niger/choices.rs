//! The picks of the choices: somebody takes one option.

use flashpoint::math;

use super::cells::*;
use super::chacha;
use super::firings::{pick_by_utility, pick_by_weight};
use super::rows::*;
use super::start::LEVERAGE;
use super::terms::{Terms, elapsed};

/// The row of the option that is taken, in step `n` of a run, of the choice whose first option has this row.
pub(crate) fn pick(terms: &Terms<'_>, first: usize, n: u32, run: u64) -> usize {
    let u = chacha::uniform(terms.setup.seed, run, terms.setup.pick_sites[first], n);
    let (given, world) = (terms.given, terms.world);
    let drawn = &given.drawn;
    let cell = |cell: usize| terms.cell(cell);
    let now = f64::from(n);
    match first {
        AU_ANSWER_DEMAND => {
            pick_by_weight(u, [(AU_ANSWER_DEMAND, 0.35), (AU_ANSWER_SUSPEND, 0.5), (AU_ANSWER_WAIT, 0.15)])
        }
        AU_DEADLINE_ANSWER_EXTEND => pick_by_weight(
            u,
            [
                (AU_DEADLINE_ANSWER_EXTEND, 1.0 - given.suspension_kept),
                (AU_DEADLINE_ANSWER_SUSPEND, given.suspension_kept),
            ],
        ),
        BATTLE_LOST => {
            let p_win = terms.p_win();
            pick_by_weight(u, [(BATTLE_LOST, 1.0 - p_win), (BATTLE_WON, p_win)])
        }
        BLOC_SANCTIONS_FULL => {
            let outrage = terms.outrage();
            let force_looks_easy = math::maximum(0.0, terms.p_win() * cell(LEGITIMACY) - 0.7);
            let full = 1.5 * outrage * (0.5 + 1.5 * LEVERAGE) - drawn.embargo_cost - force_looks_easy;
            let targeted = 1.2 * outrage - 0.55;
            pick_by_utility(
                u,
                drawn.summit_precision,
                [
                    (BLOC_SANCTIONS_FULL, Some(full)),
                    (BLOC_SANCTIONS_NONE, Some(0.0)),
                    (BLOC_SANCTIONS_TARGETED, Some(targeted)),
                ],
            )
        }
        BLOC_SUMMIT_ACTIVATE => {
            let outrage = terms.outrage();
            let tired = drawn.fatigue_weight * terms.fatigue(now);
            let may_activate = !world.fired(BLOC_SUMMIT_ACTIVATE) && !world.flags.ultimatum_runs(now);
            let activate = may_activate
                .then(|| 2.0 * outrage * terms.p_win() * cell(LEGITIMACY) * (0.5 + cell(CREDIBILITY)) - 0.45);
            let ease = (cell(SANCTIONS) > 0.3 && now >= 45.0).then_some(0.6 * (tired - 1.1 * outrage) - 0.1);
            let lift = (now >= 45.0).then_some(tired - 1.2 * outrage - 0.55);
            let may_tighten = cell(SANCTIONS) < 0.9 && now >= 40.0 && !world.fired(BLOC_SANCTIONS_FULL);
            let tighten = may_tighten.then(|| 0.9 * outrage - 0.5 + 0.1 * math::minimum(elapsed(now), 6.0));
            pick_by_utility(
                u,
                drawn.summit_precision,
                [
                    (BLOC_SUMMIT_ACTIVATE, activate),
                    (BLOC_SUMMIT_EASE, ease),
                    (BLOC_SUMMIT_HOLD, Some(0.0)),
                    (BLOC_SUMMIT_LIFT, lift),
                    (BLOC_SUMMIT_TIGHTEN, tighten),
                ],
            )
        }
        BLOC_THREAT_NO_DEADLINE => {
            let ultimatum = 2.0 * terms.outrage() * terms.p_win() * cell(LEGITIMACY) - 0.45;
            pick_by_utility(
                u,
                drawn.summit_precision,
                [(BLOC_THREAT_NO_DEADLINE, Some(0.0)), (BLOC_THREAT_ULTIMATUM, Some(ultimatum))],
            )
        }
        EXPULSION_ANSWER_COMPLY => {
            let (exposure, recognition) = (terms.exposure(), cell(RECOGNITION));
            let comply = 0.35 + exposure - cell(INFLUENCE) + 1.5 * recognition;
            let refuse = 0.4 + 0.3 * 0.7 - 0.5 * exposure - 0.6 * recognition;
            let retaliate = 0.1 + 0.5 * cell(PATRON_HOSTILITY) - 0.5 * exposure;
            pick_by_utility(
                u,
                drawn.answer_precision,
                [
                    (EXPULSION_ANSWER_COMPLY, Some(comply)),
                    (EXPULSION_ANSWER_REFUSE, Some(refuse)),
                    (EXPULSION_ANSWER_RETALIATE, Some(retaliate)),
                ],
            )
        }
        MISSION_RECEPTION_REBUFF => {
            let fear = 0.5 * terms.perceived_force();
            let rebuff = 0.6 * cell(RESOLVE) + 0.5 * cell(HOSTILITY_TO_BLOC) - 0.3 * cell(STRAIN);
            let receive = 0.35 + fear + 0.3 * cell(STRAIN);
            let shown = world.flags.detained.then(|| 0.15 + fear + 0.4 * cell(STRAIN));
            pick_by_utility(
                u,
                drawn.answer_precision,
                [
                    (MISSION_RECEPTION_REBUFF, Some(rebuff)),
                    (MISSION_RECEPTION_RECEIVE, Some(receive)),
                    (MISSION_RECEPTION_SHOWN_THE_OUSTED, shown),
                ],
            )
        }
        84..=85 => {
            let ally = first - PLEDGE_TESTED_ABANDONS;
            let honours = terms.reliability_tested(ally);
            pick_by_weight(u, [(first, 1.0 - honours), (PLEDGE_TESTED_HONOURS + ally, honours)])
        }
        _ => pick_by_weight(
            u,
            [
                (SANCTIONS_DEADLINE_ANSWER_CARRY_OUT, given.sanctions_kept),
                (SANCTIONS_DEADLINE_ANSWER_LET_PASS, 1.0 - given.sanctions_kept),
            ],
        ),
    }
}
