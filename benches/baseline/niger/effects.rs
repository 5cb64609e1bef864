//! What events do: all read the state before, their increments are added up in order of rows, then each number is clamped once.

use flashpoint::math;

use super::cells::*;
use super::chacha;
use super::rows::*;
use super::start::triangular;
use super::terms::Terms;

/// Later entries, in order of rows: at most one of each waits, of a purge two.
pub(crate) const PURGE: usize = 0;
pub(crate) const NO_DAY: usize = 2;
pub(crate) const FLIGHT: usize = 3;
pub(crate) const LAST_CONVOY: usize = 4;
pub(crate) const NO_ORDER: usize = 5;
pub(crate) const WITHDRAWN: usize = 6;
pub(crate) const LATER: usize = 7;
/// Nothing waits.
pub(crate) const NEVER: u32 = u32::MAX;

/// What the events of a step write.
pub(crate) struct Batch {
    increments: [f64; CELLS],
    touched: u64,
    flags: Flags,
    /// Steps in which later entries are due.
    pub(crate) due: [u32; LATER],
}

impl Batch {
    pub(crate) fn begin(world: &World, due: &[u32; LATER]) -> Batch {
        Batch { increments: [0.0; CELLS], touched: 0, flags: world.flags, due: *due }
    }

    #[inline(always)]
    fn add(&mut self, cell: usize, value: f64) {
        self.increments[cell] += value;
        self.touched |= 1 << cell;
    }

    pub(crate) fn apply(&self, world: &mut World) {
        let mut touched = self.touched;
        while touched != 0 {
            let cell = touched.trailing_zeros() as usize;
            touched &= touched - 1;
            let high = if cell < MONTHS { 1.0 } else { 60.0 };
            let new = math::clamp(world.cells[cell] + self.increments[cell], 0.0, high);
            world.cells[cell] = new;
            if let Some(fading) = cell.checked_sub(FADING).filter(|&fading| fading < N_FADING) {
                world.written[fading] = new;
                world.fade[fading] = 1.0;
            }
        }
        world.flags = self.flags;
    }

    /// Later entries of step `n`.
    pub(crate) fn later(&mut self, terms: &Terms<'_>, n: u32) {
        for entry in 0..LATER {
            if self.due[entry] != n {
                continue;
            }
            self.due[entry] = NEVER;
            match entry {
                NO_DAY | NO_ORDER if !terms.world.fired(BLOC_INTERVENES) => {
                    let credibility = terms.cell(CREDIBILITY);
                    self.add(CREDIBILITY, -(0.5 * terms.given.drawn.audience_cost * credibility));
                }
                FLIGHT | WITHDRAWN => self.flags.ambassador_present = false,
                LAST_CONVOY => {
                    self.add(PATRON_PRESENCE, -terms.cell(PATRON_PRESENCE));
                    self.add(ANGER, -0.05);
                }
                NO_DAY | NO_ORDER => {}
                _ => self.add(COHESION, 0.08),
            }
        }
    }

    /// Effects of the event of a row in step `n` of a run.
    pub(crate) fn event(&mut self, terms: &Terms<'_>, row: usize, n: u32, run: u64) {
        let drawn = &terms.given.drawn;
        let cell = |cell: usize| terms.cell(cell);
        let now = f64::from(n);
        let seed = terms.setup.seed;
        match row {
            AMBASSADOR_LEAVES => {
                self.add(RESOLVE, 0.03);
                self.add(SUPPORT, 0.04);
            }
            ANNOUNCES_TRANSITION => {
                self.add(LEGITIMACY, -0.04);
                self.add(CHANNEL, 0.15);
            }
            APPOINTS_GOVERNMENT => {
                self.add(COHESION, 0.03);
                self.add(LEGITIMACY, -0.02);
            }
            ARMY_DECLARES => self.add(COHESION, 0.08),
            ASSUMES_POWER => self.add(LEGITIMACY, -0.03),
            AU_ANSWER_DEMAND => self.flags.au_deadline = now + 15.0,
            AU_ANSWER_SUSPEND | AU_DEADLINE_ANSWER_SUSPEND => self.add(LEGITIMACY, 0.03),
            AU_DEADLINE_ANSWER_EXTEND => self.add(RESOLVE, 0.01),
            AU_WITHHOLDS_BACKING => self.add(COVER, -0.2),
            12..=13 => {
                self.add(RESOLVE, 0.01);
                self.add(HOSTILITY_TO_BLOC, 0.01);
            }
            BLOC_SANCTIONS_FULL => {
                self.add(SANCTIONS, 0.9);
                self.add(HOSTILITY_TO_BLOC, 0.12);
                self.add(SUPPORT, drawn.rally);
                self.add(RESOLVE, 0.03);
                self.add(ANGER, 0.02);
            }
            BLOC_SANCTIONS_NONE => self.flags.sanctions_deadline = now + 15.0,
            BLOC_SANCTIONS_TARGETED => {
                self.add(SANCTIONS, 0.28 * 0.9);
                self.flags.sanctions_deadline = now + 15.0;
                self.add(HOSTILITY_TO_BLOC, 0.05);
                self.add(SUPPORT, 0.5 * drawn.rally);
            }
            BLOC_SUMMIT_ACTIVATE => {
                self.add(THREAT, math::maximum(0.8 - cell(THREAT), 0.0));
                self.add(HOSTILITY_TO_BLOC, 0.05);
                if !terms.world.fired(BLOC_THREAT_ULTIMATUM) {
                    self.flags.last_warning = now + 21.0;
                }
            }
            BLOC_SUMMIT_EASE => {
                self.add(SANCTIONS, -(0.4 * cell(SANCTIONS)));
                self.add(CHANNEL, 0.1);
            }
            BLOC_SUMMIT_LIFT => self.add(SANCTIONS, -cell(SANCTIONS)),
            BLOC_SUMMIT_TIGHTEN => {
                self.add(SANCTIONS, 0.4 * 0.9);
                self.add(HOSTILITY_TO_BLOC, 0.06);
            }
            BLOC_SUSPENDS => self.add(HOSTILITY_TO_BLOC, 0.04),
            BLOC_THREAT_ULTIMATUM => {
                self.flags.ultimatum = now + 7.0;
                self.add(THREAT, math::maximum(0.6 - cell(THREAT), 0.0));
                self.add(SUPPORT, drawn.rally);
                self.add(HOSTILITY_TO_BLOC, 0.08);
            }
            CHARGES_OUSTED => {
                self.add(BLOC_HOSTILITY, 0.1);
                self.add(THREAT, 0.05);
                self.add(CHANNEL, -(0.3 * cell(CHANNEL)));
            }
            CLAIMANT_INVITES => {
                self.flags.invited = true;
                self.add(COVER, 0.1);
                self.add(LEGITIMACY, 0.05);
            }
            CLAIMANT_SEIZED => {
                self.flags.detained = true;
                self.add(BLOC_HOSTILITY, 0.1);
                self.add(THREAT, 0.05);
            }
            CLERICS_MEDIATE => self.add(CHANNEL, 0.15),
            CLOSES_AIRSPACE => self.add(HOSTILITY_TO_BLOC, 0.03),
            33..=40 => {
                self.flags.committed |= 1 << (row - COMMITS_TROOPS);
                self.add(THREAT, 0.03);
            }
            COUP_ELSEWHERE => {
                self.add(ALARM, 0.1);
                self.add(RESOLVE, 0.03);
                self.add(LEARNING, 0.05);
                self.add(CREDIBILITY, -0.05);
                self.add(BLOC_RESOLVE, -0.1);
                self.add(COVER, -0.05);
                self.add(ANGER, 0.05);
            }
            COUP_FAILS => {
                self.add(COHESION, -0.1);
                self.add(RESOLVE, 0.03);
                let free = if self.due[PURGE] == NEVER { PURGE } else { PURGE + 1 };
                self.due[free] = n + 30;
            }
            DDAY_ANNOUNCED => {
                self.add(THREAT, math::maximum(0.9 - cell(THREAT), 0.0));
                self.add(HOSTILITY_TO_BLOC, 0.03);
                self.due[NO_DAY] = n + 30;
            }
            46..=48 => {
                self.add(COVER, -0.04);
                self.add(SOLIDARITY + row - DECLINES_FORCE, 0.03);
            }
            DEFENCE_CHIEFS_PLAN => self.add(THREAT, 0.08),
            DEFIES_SANCTIONS => {
                self.add(ALTERNATIVES, 0.02);
                self.add(LEARNING, 0.02);
                self.add(COHESION, 0.02);
                self.add(LEGITIMACY, -0.01);
            }
            DENOUNCES_ACCORDS => {
                self.add(PATRON_HOSTILITY, drawn.patron_reciprocity);
                self.add(INFLUENCE, -0.04);
            }
            52..=53 => self.deploys(terms, row - DEPLOYS),
            DETAINEE_HARMED => {
                self.add(THREAT, 0.3);
                self.add(BLOC_HOSTILITY, 0.3);
                self.add(COVER, 0.3);
                self.add(CHANNEL, -(0.7 * cell(CHANNEL)));
            }
            EMBASSY_BLOCKADE => self.add(PATRON_HOSTILITY, drawn.patron_reciprocity),
            EMBASSY_CLASH => {
                self.add(PATRON_HOSTILITY, 0.2);
                self.add(HOSTILITY_TO_PATRON, 0.1);
                self.add(PATRON_PLEDGE, 0.4);
                self.add(COVER, 0.1);
                self.add(THREAT, 0.1);
            }
            57..=58 => {
                self.add(SOLIDARITY + 2 * (row - EMBOLDENED), 0.05);
                self.add(ALTERNATIVES, 0.02);
            }
            ENDS_US_ACCORD => self.add(US_PRESENCE, -cell(US_PRESENCE)),
            EXPEL_AMBASSADOR => {
                self.flags.departure = now + 2.0;
                self.add(PATRON_HOSTILITY, 1.5 * drawn.patron_reciprocity);
                self.add(SUPPORT, 0.03);
            }
            EXPULSION_ANSWER_COMPLY => self.due[FLIGHT] = n + 1,
            EXPULSION_ANSWER_REFUSE => {
                self.add(HOSTILITY_TO_PATRON, drawn.patron_reciprocity);
                self.add(MOBILISATION, 0.15);
            }
            EXPULSION_ANSWER_RETALIATE => {
                self.add(HOSTILITY_TO_PATRON, 1.5 * drawn.patron_reciprocity);
                self.add(MOBILISATION, 0.2);
                self.add(STRAIN, 0.03);
            }
            FIRST_CONVOY_LEAVES => {
                self.add(PATRON_PRESENCE, -(0.2 * cell(PATRON_PRESENCE)));
                self.due[LAST_CONVOY] = (now + drawn.troop_exit - SLACK).ceil() as u32;
            }
            FORCE_ORDERED => {
                self.add(THREAT, 1.0 - cell(THREAT));
                self.add(CREDIBILITY, 0.2);
                self.add(HOSTILITY_TO_BLOC, 0.05);
                self.due[NO_ORDER] = n + 25;
            }
            FREES_DETAINEES => {
                self.add(BLOC_HOSTILITY, -0.1);
                self.add(CHANNEL, 0.2);
                self.add(THREAT, -0.1);
            }
            IMMUNITY_REVOKED => self.add(INFLUENCE, -0.05),
            JIHADIST_ATTACK => {
                self.add(COHESION, -0.04);
                self.add(SUPPORT, -0.02);
            }
            LAST_SOLDIER_LEAVES => {
                self.add(RESOLVE, 0.03);
                self.add(SUPPORT, 0.03);
            }
            LEAD_CUTS_POWER => {
                self.add(STRAIN, 0.04);
                self.add(SUPPORT, 0.3 * drawn.rally);
            }
            LEADER_INCAPACITATED => {
                self.add(COHESION, -0.2);
                self.add(RESOLVE, -0.1);
            }
            MASS_PROTEST_AT_BASE => {
                self.add(MOBILISATION, 0.3);
                self.add(INFLUENCE, -0.03);
                self.add(HOSTILITY_TO_PATRON, 0.03);
            }
            MEDIATOR_OPPOSES_FORCE => {
                self.add(COVER, -0.1);
                self.add(CHANNEL, 0.05);
            }
            MEDIATOR_PROPOSES => {
                self.add(CHANNEL, 0.1);
                self.add(BLOC_IDEAL, drawn.mediator_pull * math::maximum(6.0 - cell(BLOC_IDEAL), 0.0));
                self.add(IDEAL, -(drawn.mediator_pull * math::maximum(cell(IDEAL) - 6.0, 0.0)));
            }
            MISSION_RECEPTION_REBUFF => self.add(THREAT, 0.03),
            MISSION_RECEPTION_RECEIVE => self.add(CHANNEL, 0.25),
            MISSION_RECEPTION_SHOWN_THE_OUSTED => {
                self.add(CHANNEL, 0.35);
                self.add(BLOC_HOSTILITY, -0.03);
                self.add(THREAT, -0.05);
            }
            MISSION_SENT => self.add(CHANNEL, 0.05),
            MUTUAL_DEFENCE_PACT => {
                self.add(RESOLVE, 0.02);
                self.add(ALTERNATIVES, 0.05);
                self.add(HOSTILITY_TO_BLOC, 0.03);
            }
            OUSTED_ESCAPES => {
                self.flags.detained = false;
                self.add(LEGITIMACY, 0.1);
            }
            PATRON_BACKS_FORCE => {
                self.add(PATRON_PLEDGE, 0.5);
                self.add(HOSTILITY_TO_PATRON, drawn.patron_reciprocity);
                self.add(ANGER, 0.04);
                self.add(HOSTILITY_TO_BLOC, 0.03);
            }
            PATRON_WITHDRAWS => {
                self.add(HOSTILITY_TO_PATRON, -0.05);
                self.add(ANGER, -0.05);
                self.due[WITHDRAWN] = n + 3;
            }
            86..=87 => self.deploys(terms, row - PLEDGE_TESTED_HONOURS),
            88..=89 => {
                let u = chacha::uniform(seed, run, terms.setup.draw_sites[row], n);
                let mode = drawn.pledge_size;
                let size = triangular(u, 0.5 * mode, mode, math::minimum(1.0, 1.5 * mode));
                self.add(PLEDGE + row - PLEDGES_DEFENCE, size);
                self.add(RESOLVE, 0.03);
            }
            PROTEST_AT_EMBASSY => {
                self.add(PATRON_HOSTILITY, 0.08);
                self.add(MOBILISATION, 0.25);
                self.add(INFLUENCE, -0.03);
            }
            QUARREL_OVER_RIVAL => {
                self.add(RECOGNITION, -0.3);
                self.add(PATRON_HOSTILITY, drawn.patron_reciprocity);
                self.add(HOSTILITY_TO_PATRON, drawn.patron_reciprocity);
            }
            REJECTS_DENUNCIATION => self.add(HOSTILITY_TO_PATRON, drawn.patron_reciprocity),
            REJECTS_SANCTIONS => {
                self.add(RESOLVE, 0.02);
                self.add(ALTERNATIVES, 0.04);
            }
            RIVAL_DEPLOYS => {
                self.add(RUSSIAN_PRESENCE, 0.5);
                self.add(ALTERNATIVES, 0.08);
                self.add(COHESION, 0.03);
            }
            RIVAL_OFFERS_SUPPORT => {
                self.add(ALTERNATIVES, 0.12);
                self.add(RESOLVE, 0.04);
            }
            SANCTIONS_DEADLINE_ANSWER_CARRY_OUT => {
                self.add(SANCTIONS, 0.4 * 0.9);
                self.add(HOSTILITY_TO_BLOC, 0.06);
                self.add(SUPPORT, 0.5 * drawn.rally);
            }
            SANCTIONS_DEADLINE_ANSWER_LET_PASS => {
                self.add(CREDIBILITY, -(0.3 * drawn.audience_cost * cell(CREDIBILITY)));
            }
            SENATE_URGES_RESTRAINT => self.add(NIGERIAN_OPPOSITION, drawn.senate_weight),
            STREET_AGAINST_DEFIER => {
                self.add(COHESION, -0.03);
                self.add(RESOLVE, -0.02);
            }
            STREET_RALLIES => {
                self.add(MOBILISATION, 0.2);
                self.add(SUPPORT, 0.03);
            }
            SUMMONS_IGNORED => self.add(HOSTILITY_TO_PATRON, 0.7 * drawn.patron_reciprocity),
            102..=104 => self.suspends_aid(row - SUSPENDS_AID),
            THREAT_REAFFIRMED => self.add(THREAT, 0.1 * cell(CREDIBILITY)),
            TRANSITION_AGREED => {
                self.add(AGREED, terms.deal_months(now) - cell(AGREED));
                self.add(SANCTIONS, -cell(SANCTIONS));
                self.add(THREAT, -cell(THREAT));
                if chacha::uniform(seed, run, terms.setup.draw_sites[row], n) < 1.0 - terms.given.on_time {
                    let lag = 12.0 + (36.0 - 12.0) * chacha::uniform(seed, run, terms.setup.lag_site, n);
                    self.add(SLIP, lag);
                }
            }
            ULTIMATUM_EXPIRES => {
                let ready = if terms.coalition_ready() { 1.0 } else { 0.0 };
                self.add(CREDIBILITY, -(cell(CREDIBILITY) * drawn.audience_cost * (1.0 - 0.7 * ready)));
                self.add(RESOLVE, 0.05);
                self.add(LEARNING, 0.05);
                self.add(THREAT, -(0.2 * cell(THREAT)));
            }
            UN_ENDORSES => {
                self.add(COVER, 0.4);
                self.add(CREDIBILITY, 0.1);
            }
            US_ENVOY_TALKS => {
                self.add(LEGITIMACY, -0.02);
                self.add(CHANNEL, 0.05);
            }
            110..=117 => self.flags.committed &= !(1 << (row - WITHDRAWS_OFFER)),
            _ => {}
        }
    }

    /// An ally's troops come, as many as it has pledged.
    fn deploys(&mut self, terms: &Terms<'_>, ally: usize) {
        let (pledge, presence) = (terms.cell(PLEDGE + ally), terms.cell(PRESENCE + ally));
        self.add(PRESENCE + ally, math::maximum(pledge - presence, 0.0));
    }

    /// The European Union, France, the United States.
    fn suspends_aid(&mut self, donor: usize) {
        self.flags.aid_suspended |= 1 << donor;
        match donor {
            1 => self.add(HOSTILITY_TO_PATRON, 0.06),
            2 => self.add(HOSTILITY_TO_US, 0.06),
            _ => {}
        }
    }
}
