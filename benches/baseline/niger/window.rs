//! The coarse bytes of a window of 64 steps, for the rules written straight.

use super::cells::World;
use super::chacha;
use super::rows::*;
use super::start::{CONTRIBUTORS, Setup};

/// Rows that can be drawn more than once (or, of a choice, whose first option may happen again).
const REPEATED: [(usize, usize); 13] = [
    (BLOC_SUMMIT_ACTIVATE, 1),
    (COMMITS_TROOPS, CONTRIBUTORS),
    (COUP_ELSEWHERE, 1),
    (COUP_FAILS, 1),
    (DEFIES_SANCTIONS, 1),
    (JIHADIST_ATTACK, 1),
    (MASS_PROTEST_AT_BASE, 1),
    (MEDIATOR_PROPOSES, 1),
    (MISSION_SENT, 1),
    (STREET_AGAINST_DEFIER, 1),
    (STREET_RALLIES, 1),
    (THREAT_REAFFIRMED, 1),
    (WITHDRAWS_OFFER, CONTRIBUTORS),
];

/// Rows of which no rate is drawn.
const UNDRAWN: [(usize, usize); 17] = [
    (AMBASSADOR_LEAVES, 1),
    (AU_ANSWER_SUSPEND, 2),
    (AU_DEADLINE_ANSWER_SUSPEND, 1),
    (BATTLE_LOST, 2),
    (BLOC_SANCTIONS_NONE, 2),
    (BLOC_SUMMIT_EASE, 4),
    (BLOC_THREAT_NO_DEADLINE, 2),
    (EXPULSION_ANSWER_COMPLY, 3),
    (LAST_SOLDIER_LEAVES, 1),
    (MISSION_RECEPTION_REBUFF, 3),
    (PLEDGE_TESTED_ABANDONS, 4),
    (SANCTIONS_DEADLINE_ANSWER_CARRY_OUT, 2),
    (ULTIMATUM_EXPIRES, 1),
    // Rare enough to be bought one by one.
    (BLOC_INTERVENES, 1),
    (FORCE_ORDERED, 1),
    (CLAIMANT_INVITES, 2),
    (EMBASSY_CLASH, 1),
];

/// Rows that wait for one or any of two others: no use before.
const WAITING: [(usize, usize, u128); 25] = [
    (AU_DEADLINE_ANSWER_EXTEND, 1, 1 << AU_ANSWER_DEMAND),
    (AUTHORISES_FORCES, 1, 1 << PLEDGES_DEFENCE),
    (AUTHORISES_FORCES + 1, 1, 1 << (PLEDGES_DEFENCE + 1)),
    (COMMITS_TROOPS, CONTRIBUTORS, 1 << BLOC_THREAT_ULTIMATUM | 1 << BLOC_SUMMIT_ACTIVATE),
    (DDAY_ANNOUNCED, 1, 1 << BLOC_SUMMIT_ACTIVATE),
    (DECLINES_FORCE, 3, 1 << BLOC_THREAT_ULTIMATUM | 1 << BLOC_SUMMIT_ACTIVATE),
    (DEFENCE_CHIEFS_PLAN, 1, 1 << BLOC_THREAT_ULTIMATUM | 1 << BLOC_SUMMIT_ACTIVATE),
    (DEPLOYS, 1, 1 << AUTHORISES_FORCES),
    (DEPLOYS + 1, 1, 1 << (AUTHORISES_FORCES + 1)),
    (EMBASSY_BLOCKADE, 1, 1 << IMMUNITY_REVOKED),
    (EMBOLDENED, 2, 1 << ULTIMATUM_EXPIRES),
    (ENDS_US_ACCORD, 1, 1 << RIVAL_OFFERS_SUPPORT),
    (FIRST_CONVOY_LEAVES, 1, 1 << PATRON_WITHDRAWS | 1 << AMBASSADOR_LEAVES),
    (IMMUNITY_REVOKED, 1, 1 << EXPEL_AMBASSADOR),
    (LEAD_CUTS_POWER, 1, 1 << BLOC_SANCTIONS_FULL),
    (LEAVES_BLOC, 1, 1 << MUTUAL_DEFENCE_PACT),
    (MASS_PROTEST_AT_BASE, 1, 1 << DENOUNCES_ACCORDS),
    (MUTUAL_DEFENCE_PACT, 1, 3 << PLEDGES_DEFENCE),
    (QUARREL_OVER_RIVAL, 1, 1 << RIVAL_OFFERS_SUPPORT),
    (REJECTS_DENUNCIATION, 1, 1 << DENOUNCES_ACCORDS),
    (RIVAL_DEPLOYS, 1, 1 << RIVAL_OFFERS_SUPPORT),
    (SUMMONS_IGNORED, 1, 1 << AMBASSADOR_SUMMONED),
    (THREAT_REAFFIRMED, 1, 1 << ULTIMATUM_EXPIRES),
    (DEFIES_SANCTIONS, 1, 1 << APPOINTS_GOVERNMENT),
    (WITHDRAWS_OFFER, CONTRIBUTORS, 0xff << COMMITS_TROOPS),
];

pub(crate) const fn bits(first: usize, number: usize) -> u128 {
    ((1 << number) - 1) << first
}

/// Coarse bytes of a window of 64 steps, by row; bought for all rows together that can be expected to read them.
pub(crate) struct Window {
    pub(crate) bytes: Box<[[u8; 64]; ROWS]>,
    pub(crate) bought: u128,
    drawn: u128,
    repeated: u128,
    sites: Vec<u64>,
    rows: Vec<usize>,
}

impl Window {
    pub(crate) fn new() -> Window {
        let union = |lists: &[(usize, usize)]| lists.iter().fold(0, |all, &(row, number)| all | bits(row, number));
        Window {
            bytes: Box::new([[0; 64]; ROWS]),
            bought: 0,
            drawn: bits(0, ROWS) & !union(&UNDRAWN),
            repeated: union(&REPEATED),
            sites: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Starts the window of step `n`.
    pub(crate) fn begin(&mut self, setup: &Setup, world: &World, run: u64, n: u32) {
        let mut wanted = self.drawn & !(world.happened & !self.repeated);
        for (row, number, needs) in WAITING {
            if world.happened & needs == 0 {
                wanted &= !bits(row, number);
            }
        }
        if world.any_fired(AU_ANSWER_DEMAND, 3) {
            wanted &= !bits(AU_ANSWER_DEMAND, 1);
        }
        if world.any_fired(BLOC_SANCTIONS_FULL, 3) {
            wanted &= !bits(BLOC_SANCTIONS_FULL, 1);
        }
        if n > 20 {
            wanted &= !bits(ARMY_DECLARES, 1);
        }
        self.bought = wanted;
        self.rows.clear();
        self.sites.clear();
        while wanted != 0 {
            let row = wanted.trailing_zeros() as usize;
            wanted &= wanted - 1;
            self.rows.push(row);
            self.sites.push(setup.firing_sites[row]);
        }
        let (rows, bytes) = (&self.rows, &mut self.bytes);
        chacha::coarse_blocks(setup.seed, run, &self.sites, u64::from(n / 64), |place, block| {
            bytes[rows[place]] = block;
        });
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn buy(&mut self, setup: &Setup, row: usize, run: u64, n: u32) {
        self.bytes[row] = chacha::coarse_block(setup.seed, run, setup.firing_sites[row], u64::from(n / 64));
        self.bought |= 1 << row;
    }
}
