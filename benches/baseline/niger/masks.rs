//! What the expert keeps beside the state: which rows may be drawn, and in which steps their draws leave them a chance.

use flashpoint::math;

use super::cells::World;
use super::chacha;
use super::rows::*;
use super::start::{CONTRIBUTORS, Given, REACH, Setup, probability};

const fn bits(first: usize, number: usize) -> u128 {
    ((1 << number) - 1) << first
}

/// Rows that happen at most once.
const ONCE: u128 = bits(0, ROWS)
    & !(bits(BLOC_SUMMIT_ACTIVATE, 5)
        | bits(COMMITS_TROOPS, CONTRIBUTORS)
        | bits(COUP_ELSEWHERE, 2)
        | bits(DEFIES_SANCTIONS, 1)
        | bits(JIHADIST_ATTACK, 1)
        | bits(MASS_PROTEST_AT_BASE, 1)
        | bits(MEDIATOR_PROPOSES, 1)
        | bits(MISSION_RECEPTION_REBUFF, 4)
        | bits(STREET_AGAINST_DEFIER, 2)
        | bits(THREAT_REAFFIRMED, 1)
        | bits(WITHDRAWS_OFFER, CONTRIBUTORS));

/// Rows whose rate is drawn from the first day on.
const FROM_THE_START: u128 = bits(ARMY_DECLARES, 2)
    | bits(AU_ANSWER_DEMAND, 1)
    | bits(AU_WITHHOLDS_BACKING, 1)
    | bits(BLOC_SANCTIONS_FULL, 1)
    | bits(BLOC_SUSPENDS, 1)
    | bits(CLERICS_MEDIATE, 1)
    | bits(CLOSES_AIRSPACE, 1)
    | bits(COUP_BY_LOYALISTS, 4)
    | bits(DECLINES_FORCE, 3)
    | bits(DETAINEE_HARMED, 1)
    | bits(FREES_DETAINEES, 1)
    | bits(JIHADIST_ATTACK, 1)
    | bits(LEADER_INCAPACITATED, 1)
    | bits(MEDIATOR_OPPOSES_FORCE, 2)
    | bits(MISSION_SENT, 1)
    | bits(OUSTED_ESCAPES, 2)
    | bits(PLEDGES_DEFENCE, 3)
    | bits(REJECTS_SANCTIONS, 1)
    | bits(SENATE_URGES_RESTRAINT, 3)
    | bits(SUSPENDS_AID, 3)
    | bits(TRANSITION_AGREED, 1)
    | bits(UN_ENDORSES, 2)
    | bits(YIELDS, 1);

/// What an event opens (rows that have no chance before) and what it closes for good.
const fn consequences(row: usize) -> (u128, u128) {
    const FORCE: u128 = bits(COMMITS_TROOPS, CONTRIBUTORS) | bits(DEFENCE_CHIEFS_PLAN, 1);
    match row {
        AMBASSADOR_LEAVES => (
            0,
            bits(AMBASSADOR_SUMMONED, 1)
                | bits(EMBASSY_BLOCKADE, 2)
                | bits(EXPEL_AMBASSADOR, 1)
                | bits(IMMUNITY_REVOKED, 1)
                | bits(PATRON_WITHDRAWS, 1)
                | bits(SUMMONS_IGNORED, 1),
        ),
        AMBASSADOR_SUMMONED => (bits(SUMMONS_IGNORED, 1), 0),
        APPOINTS_GOVERNMENT => (bits(DEFIES_SANCTIONS, 1), 0),
        ASSUMES_POWER => (
            bits(AMBASSADOR_SUMMONED, 3)
                | bits(CHARGES_OUSTED, 1)
                | bits(DENOUNCES_ACCORDS, 1)
                | bits(EXPEL_AMBASSADOR, 1)
                | bits(RIVAL_OFFERS_SUPPORT, 1),
            0,
        ),
        AU_ANSWER_DEMAND => (bits(AU_DEADLINE_ANSWER_EXTEND, 1), bits(AU_ANSWER_DEMAND, 1)),
        7..=8 => (0, bits(AU_ANSWER_DEMAND, 1)),
        AU_DEADLINE_ANSWER_SUSPEND => (0, bits(AU_DEADLINE_ANSWER_EXTEND, 1)),
        12..=13 => (bits(DEPLOYS + row - AUTHORISES_FORCES, 1), 0),
        BLOC_INTERVENES => (0, 0),
        BLOC_SANCTIONS_FULL => (bits(LEAD_CUTS_POWER, 1), 0),
        18..=19 => (0, bits(BLOC_SANCTIONS_FULL, 1)),
        BLOC_SUMMIT_ACTIVATE => (bits(DDAY_ANNOUNCED, 1) | FORCE, 0),
        BLOC_THREAT_NO_DEADLINE => (bits(BLOC_SUMMIT_ACTIVATE, 1), 0),
        BLOC_THREAT_ULTIMATUM => (bits(BLOC_SUMMIT_ACTIVATE, 1) | FORCE, 0),
        33..=40 => (bits(WITHDRAWS_OFFER + row - COMMITS_TROOPS, 1), 0),
        DEFENCE_CHIEFS_PLAN => (bits(FORCE_ORDERED, 1), 0),
        DENOUNCES_ACCORDS => (
            bits(FIRST_CONVOY_LEAVES, 1)
                | bits(MASS_PROTEST_AT_BASE, 1)
                | bits(PATRON_WITHDRAWS, 1)
                | bits(REJECTS_DENUNCIATION, 1),
            0,
        ),
        EMBASSY_BLOCKADE => (bits(EMBASSY_CLASH, 1), 0),
        EXPEL_AMBASSADOR => (bits(IMMUNITY_REVOKED, 1) | bits(PATRON_WITHDRAWS, 1), 0),
        FORCE_ORDERED => (bits(BLOC_INTERVENES, 1), 0),
        IMMUNITY_REVOKED => (bits(EMBASSY_BLOCKADE, 1), 0),
        LAST_SOLDIER_LEAVES => {
            (0, bits(MASS_PROTEST_AT_BASE, 1) | bits(PROTEST_AT_EMBASSY, 1) | bits(DENOUNCES_ACCORDS, 1))
        }
        MUTUAL_DEFENCE_PACT => (bits(LEAVES_BLOC, 1), 0),
        OUSTED_ESCAPES => (bits(CLAIMANT_INVITES, 1), bits(CHARGES_OUSTED, 1) | bits(DETAINEE_HARMED, 1)),
        88..=89 => (bits(MUTUAL_DEFENCE_PACT, 1) | bits(AUTHORISES_FORCES + row - PLEDGES_DEFENCE, 1), 0),
        RIVAL_OFFERS_SUPPORT => (bits(ENDS_US_ACCORD, 1) | bits(QUARREL_OVER_RIVAL, 1) | bits(RIVAL_DEPLOYS, 1), 0),
        TRANSITION_AGREED => (0, bits(BLOC_SUMMIT_ACTIVATE, 1) | bits(MEDIATOR_PROPOSES, 1)),
        ULTIMATUM_EXPIRES => (bits(EMBOLDENED, 2) | bits(THREAT_REAFFIRMED, 1), 0),
        _ => (0, 0),
    }
}

const CONSEQUENCES: [(u128, u128); ROWS] = {
    let mut all = [(0, 0); ROWS];
    let mut row = 0;
    while row < ROWS {
        all[row] = consequences(row);
        row += 1;
    }
    all
};

/// Which hazards decide a draw of which coarse byte without an exponential: at most the first leaves it failing, at least the second makes it
/// succeed. A little is left between for rounding.
#[derive(Debug)]
pub(crate) struct Decided {
    pub(crate) failing: [f64; 256],
    pub(crate) succeeding: [f64; 256],
}

impl Decided {
    pub(crate) fn new() -> Decided {
        let hazard = |share: f64| if share < 1.0 { -math::ln_1p(-share) } else { f64::INFINITY };
        let low = |byte: usize| byte as f64 / 256.0;
        Decided {
            failing: std::array::from_fn(|byte| hazard(low(byte)) * (1.0 - 1e-12)),
            succeeding: std::array::from_fn(|byte| hazard(low(byte + 1)) * (1.0 + 1e-12)),
        }
    }
}

/// The largest coarse byte that a greatest possible probability leaves a chance: that whose interval begins below it.
pub(crate) fn most(probability: f64) -> i16 {
    ((probability * (1.0 + 1e-9) * 256.0).ceil() as i16 - 1).min(255)
}

/// The greatest hazards that are the same in all runs, of rows whose hazard depends on the state.
pub(crate) const GREATEST_HAZARDS: [(usize, usize, f64); 28] = [
    (ANNOUNCES_TRANSITION, 1, 0.045),
    (ARMY_DECLARES, 1, 0.7),
    (AU_ANSWER_DEMAND, 1, 0.5),
    (AUTHORISES_FORCES, 2, 0.12),
    (BLOC_SUSPENDS, 1, 0.3),
    (CHARGES_OUSTED, 1, 0.012),
    (CLOSES_AIRSPACE, 1, 0.6),
    (DEFIES_SANCTIONS, 1, 0.03),
    (DENOUNCES_ACCORDS, 1, 0.15),
    (EMBASSY_BLOCKADE, 1, 0.12),
    (EMBASSY_CLASH, 1, 0.006),
    (ENDS_US_ACCORD, 1, 0.02),
    (FREES_DETAINEES, 1, 0.012),
    (JIHADIST_ATTACK, 1, 1.5 / 365.25 * 1.5),
    (MASS_PROTEST_AT_BASE, 1, 0.18),
    (MUTUAL_DEFENCE_PACT, 1, 0.03),
    (PATRON_BACKS_FORCE, 1, 0.1),
    (PLEDGES_DEFENCE, 2, 0.4),
    (PROTEST_AT_EMBASSY, 1, 0.15),
    (REJECTS_DENUNCIATION, 1, 0.5),
    (REJECTS_SANCTIONS, 1, 0.6),
    (RIVAL_DEPLOYS, 1, 0.002),
    (STREET_AGAINST_DEFIER, 1, 0.1),
    (STREET_RALLIES, 1, 0.05),
    (SUMMONS_IGNORED, 1, 0.4),
    (SUSPENDS_AID, 3, 0.4),
    (THREAT_REAFFIRMED, 1, 0.05),
    (UN_ENDORSES, 1, 0.0005),
];

/// What a run knows beside its state.
pub(crate) struct Masks {
    pub(crate) bytes: Box<[[u8; 64]; ROWS]>,
    /// For each step of the window the rows that its draws leave a chance.
    chances: [u128; 64],
    /// The largest coarse byte that leaves a row a chance in this run; -1: none does.
    most: [i16; ROWS],
    /// Rows whose draws are in `bytes` and `chances`.
    bought: u128,
    /// Rows that may be drawn.
    open: u128,
    /// Something has happened, so that what comes at once must be looked at.
    pub(crate) changed: bool,
    sites: Vec<u64>,
    rows: Vec<usize>,
}

impl Masks {
    pub(crate) fn new() -> Masks {
        Masks {
            bytes: Box::new([[0; 64]; ROWS]),
            chances: [0; 64],
            most: [-1; ROWS],
            bought: 0,
            open: 0,
            changed: true,
            sites: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Starts a run.
    pub(crate) fn begin(&mut self, setup: &Setup, given: &Given) {
        self.most = setup.most;
        let drawn = &given.drawn;
        let mut bound = |row: usize, hazard: f64| self.most[row] = most(probability(hazard));
        bound(AU_WITHHOLDS_BACKING, drawn.au_reluctance);
        bound(BLOC_INTERVENES, 2.5 * drawn.order_rate * REACH);
        bound(BLOC_SUMMIT_ACTIVATE, math::maximum(0.25, 1.0 / drawn.summit_interval));
        for contributor in 0..CONTRIBUTORS {
            bound(COMMITS_TROOPS + contributor, drawn.commit_rate);
        }
        let coup = drawn.coup_rate * 11.03;
        bound(COUP_BY_LOYALISTS, coup * drawn.coup_success * drawn.loyalist_share);
        bound(COUP_BY_RIVALS, coup * drawn.coup_success);
        bound(COUP_FAILS, coup * (1.0 - drawn.coup_success));
        bound(DEPLOYS, 0.02 * drawn.honour);
        bound(DEPLOYS + 1, 0.02 * drawn.honour);
        bound(EXPEL_AMBASSADOR, drawn.expulsion_rate * 2.0);
        bound(FORCE_ORDERED, 5.0 * drawn.order_rate * REACH);
        bound(LEAVES_BLOC, drawn.exit_rate);
        bound(MEDIATOR_PROPOSES, drawn.mediator_activity);
        bound(PATRON_WITHDRAWS, drawn.withdraw_rate);
        bound(TRANSITION_AGREED, drawn.deal_rate);
        bound(YIELDS, drawn.yield_rate);
        self.open = FROM_THE_START;
        self.bought = 0;
        self.chances = [0; 64];
        self.changed = true;
    }

    /// An event has happened.
    pub(crate) fn happened(&mut self, row: usize) {
        let (opened, closed) = CONSEQUENCES[row];
        self.open |= opened;
        self.open &= !closed;
        self.changed = true;
    }

    /// Rows that may be drawn in step `n` and that their draws leave a chance.
    pub(crate) fn candidates(&mut self, setup: &Setup, world: &World, run: u64, n: u32) -> u128 {
        if n.is_multiple_of(64) {
            self.bought = 0;
            self.chances = [0; 64];
            if n > 20 {
                self.open &= !bits(ARMY_DECLARES, 1);
            }
        }
        let open = self.open & !(world.happened & ONCE);
        if open & !self.bought != 0 {
            self.buy(setup, run, n, open & !self.bought);
        }
        self.chances[(n % 64) as usize] & open
    }

    /// Buys the draws of this window for rows that are open and have none.
    #[cold]
    fn buy(&mut self, setup: &Setup, run: u64, n: u32, mut wanted: u128) {
        self.bought |= wanted;
        self.rows.clear();
        self.sites.clear();
        while wanted != 0 {
            let row = wanted.trailing_zeros() as usize;
            wanted &= wanted - 1;
            self.rows.push(row);
            self.sites.push(setup.firing_sites[row]);
        }
        let (rows, bytes) = (&self.rows, &mut self.bytes);
        let block = u64::from(n / 64);
        if let ([row], [site]) = (&rows[..], &self.sites[..]) {
            bytes[*row] = chacha::coarse_block(setup.seed, run, *site, block);
        } else {
            chacha::coarse_blocks(setup.seed, run, &self.sites, block, |place, block| bytes[rows[place]] = block);
        }
        for &row in rows {
            let most = self.most[row];
            if let Ok(most) = u8::try_from(most) {
                mark(&bytes[row], most, 1 << row, &mut self.chances);
            }
        }
    }
}

/// Marks the steps whose bytes are at most `most` (below 255), eight at a time.
#[inline(always)]
fn mark(bytes: &[u8; 64], most: u8, row: u128, chances: &mut [u128; 64]) {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    let bound = ONES * (u64::from(most) + 1);
    for (word, eight) in bytes.chunks_exact(8).enumerate() {
        let x = u64::from_le_bytes(eight.try_into().unwrap_or([0; 8]));
        // Byte by byte x < bound: by the high bits where these differ, else by the borrow of the low ones.
        let borrow = !((x | HIGH) - (bound & !HIGH));
        let mut below = ((!x & bound) | (!(x ^ bound) & borrow)) & HIGH;
        while below != 0 {
            chances[8 * word + (below.trailing_zeros() / 8) as usize] |= row;
            below &= below - 1;
        }
    }
}
