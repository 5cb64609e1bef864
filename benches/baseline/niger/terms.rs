//! The definitions of the scenario, one function each.

use flashpoint::math;

use super::cells::*;
use super::rows::*;
use super::start::{CONTRIBUTOR_MEMBER, CONTRIBUTORS, Given, LEVERAGE, NIGERIA, Setup};

/// Burkina Faso's and Mali's capability.
const ALLIED_CAPABILITY: [f64; 2] = [0.05, 0.06];

/// What the definitions read.
#[derive(Clone, Copy)]
pub(crate) struct Terms<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) given: &'a Given,
    pub(crate) world: &'a World,
}

impl Terms<'_> {
    #[inline(always)]
    pub(crate) fn cell(&self, cell: usize) -> f64 {
        self.world.cells[cell]
    }

    #[inline(always)]
    pub(crate) fn mean_hostility(&self) -> f64 {
        if self.setup.hostilities.is_some() {
            return self.cell(MEAN_HOSTILITY);
        }
        self.world.cells[..MEMBERS].iter().fold(0.0, |sum, hostility| sum + hostility) / MEMBERS as f64
    }

    #[inline(always)]
    pub(crate) fn perceived_force(&self) -> f64 {
        self.cell(CREDIBILITY) * self.cell(THREAT)
    }

    fn reliability(&self, ally: usize) -> f64 {
        if self.cell(PRESENCE + ally) > 0.0 {
            1.0
        } else if self.world.fired(BLOC_INTERVENES) {
            0.0
        } else {
            let bonus = if self.world.fired(AUTHORISES_FORCES + ally) { 0.15 } else { 0.0 };
            math::minimum(1.0, self.given.drawn.honour + bonus)
        }
    }

    pub(crate) fn reliability_tested(&self, ally: usize) -> f64 {
        let proven = self.cell(PRESENCE + ally) > 0.0 || self.world.fired(AUTHORISES_FORCES + ally);
        math::minimum(1.0, self.given.drawn.honour + if proven { 0.15 } else { 0.0 })
    }

    pub(crate) fn offence(&self) -> f64 {
        self.given.bloc_capability + 0.08 * self.cell(PATRON_PRESENCE) * self.cell(PATRON_PLEDGE)
    }

    pub(crate) fn defence(&self) -> f64 {
        let drawn = &self.given.drawn;
        let mut pledged = 0.0;
        for (ally, capability) in ALLIED_CAPABILITY.into_iter().enumerate() {
            // Nobody's pledge is worth nothing, however reliable.
            if self.cell(PLEDGE + ally) > 0.0 {
                pledged += capability * self.cell(PLEDGE + ally) * self.reliability(ally);
            }
        }
        drawn.defender_advantage * (drawn.capability * self.cell(COHESION) + pledged)
    }

    pub(crate) fn p_win(&self) -> f64 {
        let ratio = self.defence() / math::maximum(self.offence(), 0.001);
        1.0 / (1.0 + math::power(ratio, self.given.drawn.contest_exponent))
    }

    pub(crate) fn odds(&self) -> f64 {
        math::minimum(10.0, self.offence() / math::maximum(self.defence(), 0.001))
    }

    #[inline(always)]
    pub(crate) fn mandate(&self) -> f64 {
        self.cell(LEGITIMACY) * (0.5 + 0.5 * self.cell(COVER))
    }

    pub(crate) fn lawful(&self) -> bool {
        self.world.flags.invited || self.world.fired(UN_ENDORSES) || self.given.uninvited
    }

    /// Utility of war of a member, given the chance of winning it.
    #[inline(always)]
    pub(crate) fn war_utility(&self, member: usize, p_win: f64, mandate: f64) -> f64 {
        let Given { drawn, oppositions, burdens, bluff, .. } = self.given;
        let opposition = if member == NIGERIA {
            drawn.opposition_weight * self.cell(NIGERIAN_OPPOSITION)
        } else {
            oppositions[member]
        };
        let share_committed = f64::from(self.world.flags.committed.count_ones()) / CONTRIBUTORS as f64;
        self.cell(MEMBER_HOSTILITY + member) * mandate * p_win
            - drawn.war_cost * (1.0 - p_win)
            - opposition
            - burdens[member]
            + drawn.bandwagon * share_committed
            + bluff * self.cell(THREAT)
    }

    #[inline(always)]
    pub(crate) fn votes(&self, p_win: f64) -> f64 {
        let mandate = self.mandate();
        let in_favour = (0..MEMBERS)
            .map(|member| u32::from(self.war_utility(member, p_win, mandate) > self.given.bars[member]))
            .sum::<u32>();
        f64::from(in_favour) / MEMBERS as f64
    }

    /// Cheapest first: what has been committed against what stands in the way, then the vote.
    pub(crate) fn coalition_ready(&self) -> bool {
        let mut committed = 0.0;
        for (contributor, &member) in CONTRIBUTOR_MEMBER.iter().enumerate() {
            if self.world.flags.committed & (1 << contributor) != 0 {
                committed += self.given.capabilities[member];
            }
        }
        committed > self.given.drawn.capability_margin * self.defence() && self.votes(self.p_win()) >= 2.0 / 3.0
    }

    #[inline(always)]
    pub(crate) fn bite(&self) -> f64 {
        self.cell(SANCTIONS) * LEVERAGE * (1.0 - self.cell(ALTERNATIVES))
    }

    #[inline(always)]
    pub(crate) fn aid_lost(&self) -> f64 {
        self.setup.aid[self.world.flags.aid_suspended as usize] * (1.0 - self.cell(ALTERNATIVES))
    }

    #[inline(always)]
    pub(crate) fn concession(&self) -> f64 {
        1.0 - self.given.drawn.learning_effect * self.cell(LEARNING)
    }

    #[inline(always)]
    pub(crate) fn outrage(&self) -> f64 {
        self.outrage_with(self.mean_hostility())
    }

    #[inline(always)]
    pub(crate) fn outrage_with(&self, mean_hostility: f64) -> f64 {
        0.35 * mean_hostility
            + 0.25 * self.cell(BLOC_HOSTILITY)
            + 0.2 * self.cell(ALARM)
            + 0.2 * self.cell(BLOC_RESOLVE)
    }

    pub(crate) fn fatigue(&self, now: f64) -> f64 {
        0.5 * self.cell(STRAIN) + 0.05 * math::minimum(elapsed(now), 12.0) + 0.5 * (1.0 - self.cell(LEGITIMACY))
    }

    pub(crate) fn squeeze(&self) -> f64 {
        0.9 * self.perceived_force() * self.p_win() + 0.3 * self.cell(STRAIN) * self.concession()
    }

    pub(crate) fn resistance(&self) -> f64 {
        (self.cell(RESOLVE) + self.cell(SUPPORT) + self.cell(COHESION)) / 3.0
    }

    /// `coup_slope` is 4.
    pub(crate) fn coup_hazard(&self) -> f64 {
        self.given.drawn.coup_rate * math::exp(4.0 * (0.6 - self.cell(COHESION)))
    }

    #[inline(always)]
    pub(crate) fn grievance(&self, now: f64) -> f64 {
        let months = if self.world.fired(BLOC_SANCTIONS_FULL) {
            self.world.since(BLOC_SANCTIONS_FULL, now) / 30.4375
        } else {
            0.0
        };
        0.8 * self.cell(HOSTILITY_TO_BLOC)
            + 0.25 * self.cell(HOSTILITY_TO_PATRON)
            + 0.4 * ((self.cell(SOLIDARITY) + self.cell(SOLIDARITY + 2)) / 2.0)
            + 0.07 * months
    }

    #[inline(always)]
    fn bends(&self, now: f64) -> (f64, f64) {
        let drawn = &self.given.drawn;
        let with_time = drawn.tolerance_time * elapsed(now);
        let defier = drawn.tolerance_base
            + drawn.tolerance_strain * self.cell(STRAIN) * self.concession()
            + drawn.tolerance_resolve * (1.0 - self.cell(RESOLVE))
            + with_time;
        let bloc = drawn.tolerance_base + drawn.tolerance_standing * (1.0 - self.cell(LEGITIMACY)) + with_time;
        (defier, bloc)
    }

    #[inline(always)]
    pub(crate) fn zone(&self, now: f64) -> f64 {
        let (defier, bloc) = self.bends(now);
        defier + bloc - (self.cell(IDEAL) - self.cell(BLOC_IDEAL))
    }

    /// `split` is 0.3.
    pub(crate) fn deal_months(&self, now: f64) -> f64 {
        let (defier, bloc) = self.bends(now);
        let low = math::maximum(self.cell(BLOC_IDEAL), self.cell(IDEAL) - defier);
        let high = math::minimum(self.cell(IDEAL), self.cell(BLOC_IDEAL) + bloc);
        let place = math::minimum(1.0, 0.3 + 0.5 * self.cell(LEARNING));
        math::clamp(low + place * (high - low), 1.0, 60.0)
    }

    #[inline(always)]
    pub(crate) fn exposure(&self) -> f64 {
        let part = |row| if self.world.fired(row) { 0.25 } else { 0.0 };
        let crowds = self.cell(MOBILISATION) * self.cell(ANGER);
        math::minimum(1.0, crowds + part(IMMUNITY_REVOKED) + part(EMBASSY_BLOCKADE))
    }

    #[inline(always)]
    pub(crate) fn presence_cost(&self) -> f64 {
        0.1 + 0.6 * self.exposure() + 0.25 * self.cell(HOSTILITY_TO_PATRON)
    }

    /// The patron's resolve is 0.7.
    pub(crate) fn staying_power(&self) -> f64 {
        0.6 * self.cell(INFLUENCE) + 0.3 * 0.7
    }

    pub(crate) fn grounds(&self) -> f64 {
        let indicator = |row| if self.world.fired(row) { 1.0 } else { 0.0 };
        let contrary_acts = 0.4 * indicator(PATRON_BACKS_FORCE) + 0.3 * indicator(REJECTS_DENUNCIATION);
        0.3 + contrary_acts + indicator(SUMMONS_IGNORED)
    }
}

/// Months since the start.
#[inline(always)]
pub(crate) fn elapsed(now: f64) -> f64 {
    now / 30.4375
}
