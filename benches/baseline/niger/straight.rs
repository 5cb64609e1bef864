//! The rules, straight: row by row in every step, the cheapest part of a guard first, a rule's draw as one part of it.

use flashpoint::math;

use super::cells::*;
use super::choices::pick;
use super::firings::{Firings, falls_below};
use super::rows::*;
use super::start::{CONTRIBUTOR_MEMBER, Given, REACH, Setup, probability};
use super::terms::Terms;
use super::window::{Window, bits};

/// The firing of one step.
struct Step<'a> {
    terms: Terms<'a>,
    window: &'a mut Window,
    firings: &'a mut Firings,
    run: u64,
    n: u32,
    /// The chance of winning, once somebody has asked.
    known_p_win: Option<f64>,
}

impl Step<'_> {
    #[inline(always)]
    fn coarse(&mut self, row: usize) -> u8 {
        if self.window.bought & (1 << row) == 0 {
            self.window.buy(self.terms.setup, row, self.run, self.n);
        }
        self.window.bytes[row][(self.n % 64) as usize]
    }

    /// Can a hazard of at most this much be met? A probability is never above its hazard.
    #[inline(always)]
    fn may(&mut self, row: usize, greatest_hazard: f64) -> bool {
        greatest_hazard > f64::from(self.coarse(row)) / 256.0
    }

    /// Is a hazard met, whose probability is known?
    #[inline(always)]
    fn met(&mut self, row: usize, probability: f64) -> bool {
        let coarse = self.coarse(row);
        let site = self.terms.setup.firing_sites[row];
        falls_below(self.terms.setup, self.run, site, self.n, coarse, probability)
    }

    /// Fires if the draw falls below the probability of a hazard.
    #[inline(always)]
    fn hazard(&mut self, row: usize, hazard: f64) {
        if self.may(row, hazard) && self.met(row, probability(hazard)) {
            self.fire(row, row, hazard);
        }
    }

    /// The same for a rate that is the same in all runs.
    #[inline(always)]
    fn constant(&mut self, row: usize, kind: usize) {
        if self.met(row, self.terms.setup.constant[kind]) {
            self.fire(row, row, self.terms.setup.rates[kind]);
        }
    }

    fn war_utility(&mut self, member: usize) -> f64 {
        let terms = self.terms;
        let p_win = *self.known_p_win.get_or_insert_with(|| terms.p_win());
        terms.war_utility(member, p_win, terms.mandate())
    }

    #[inline(never)]
    fn fire(&mut self, row: usize, drawn_as: usize, hazard: f64) {
        let coarse = self.coarse(drawn_as);
        self.firings.drawn(row, hazard, self.terms.setup.firing_sites[drawn_as], coarse);
    }

    #[inline(never)]
    fn pick_drawn(&mut self, first: usize, hazard: f64) {
        let row = pick(&self.terms, first, self.n, self.run);
        self.fire(row, first, hazard);
    }

    #[inline(never)]
    fn pick_at_once(&mut self, first: usize) {
        let row = pick(&self.terms, first, self.n, self.run);
        self.firings.at_once(row);
    }
}

/// All that fires in step `n`, in order of rows.
#[inline(never)]
pub(crate) fn firing(
    setup: &Setup,
    given: &Given,
    world: &World,
    window: &mut Window,
    firings: &mut Firings,
    run: u64,
    n: u32,
) {
    let terms = Terms { setup, given, world };
    let mut step = Step { terms, window, firings, run, n, known_p_win: None };
    let drawn = &given.drawn;
    let cell = |cell: usize| world.cells[cell];
    let (flags, now) = (&world.flags, f64::from(n));
    let mid = now - 0.5;
    let fired = |row: usize| world.fired(row);
    let force_is_near = flags.ultimatum_runs(mid) || flags.deadline_over(mid);
    let perceived_force = terms.perceived_force();
    let threat = cell(THREAT);
    let (patron_presence, ambassador) = (cell(PATRON_PRESENCE), flags.ambassador_present);
    let assumed = fired(ASSUMES_POWER);

    if !ambassador && !fired(AMBASSADOR_LEAVES) {
        step.firings.at_once(AMBASSADOR_LEAVES);
    }
    if !fired(AMBASSADOR_SUMMONED) && ambassador && assumed && n >= 11 && cell(HOSTILITY_TO_PATRON) > 0.35 {
        step.constant(AMBASSADOR_SUMMONED, AMBASSADOR_SUMMONED);
    }
    if !fired(ANNOUNCES_TRANSITION) && assumed && n >= 8 {
        step.hazard(ANNOUNCES_TRANSITION, 0.015 + 0.03 * cell(CHANNEL));
    }
    if !fired(APPOINTS_GOVERNMENT) && assumed && n >= 8 {
        step.constant(APPOINTS_GOVERNMENT, APPOINTS_GOVERNMENT);
    }
    if n <= 20 && !fired(ARMY_DECLARES) {
        step.hazard(ARMY_DECLARES, 0.7 * (cell(COHESION) * cell(COHESION)));
    }
    if !assumed {
        step.constant(ASSUMES_POWER, ASSUMES_POWER);
    }
    if !world.any_fired(AU_ANSWER_DEMAND, 3) {
        let hazard = 0.5 * cell(LEGITIMACY);
        if step.may(AU_ANSWER_DEMAND, hazard) && step.met(AU_ANSWER_DEMAND, probability(hazard)) {
            step.pick_drawn(AU_ANSWER_DEMAND, hazard);
        }
    }
    if Flags::expired(flags.au_deadline, mid)
        && !world.any_fired(AU_DEADLINE_ANSWER_EXTEND, 2)
        && step.met(AU_DEADLINE_ANSWER_EXTEND, setup.constant[AU_DEADLINE_ANSWER_EXTEND])
    {
        step.pick_drawn(AU_DEADLINE_ANSWER_EXTEND, setup.rates[AU_DEADLINE_ANSWER_EXTEND]);
    }
    if threat > 0.3 && !fired(AU_WITHHOLDS_BACKING) && step.met(AU_WITHHOLDS_BACKING, given.p_au_withholds) {
        step.fire(AU_WITHHOLDS_BACKING, AU_WITHHOLDS_BACKING, drawn.au_reluctance);
    }
    if perceived_force > 0.15 {
        for ally in 0..2 {
            if !fired(AUTHORISES_FORCES + ally) && cell(PLEDGE + ally) > 0.0 {
                step.hazard(AUTHORISES_FORCES + ally, 0.12 * perceived_force);
            }
        }
    }
    if fired(FORCE_ORDERED) {
        if fired(BLOC_INTERVENES) && !world.any_fired(BATTLE_LOST, 2) && world.since(BLOC_INTERVENES, now) >= 3.0 {
            step.pick_at_once(BATTLE_LOST);
        }
        if !fired(BLOC_INTERVENES) && world.since(FORCE_ORDERED, mid) >= 2.0 {
            let pace = 0.25 * drawn.order_rate;
            if step.may(BLOC_INTERVENES, pace * 10.0) && terms.coalition_ready() {
                step.hazard(BLOC_INTERVENES, pace * terms.odds() * REACH);
            }
        }
    }
    if !world.any_fired(BLOC_SANCTIONS_FULL, 3)
        && n >= 3
        && step.met(BLOC_SANCTIONS_FULL, setup.constant[BLOC_SANCTIONS_FULL])
    {
        step.pick_drawn(BLOC_SANCTIONS_FULL, setup.rates[BLOC_SANCTIONS_FULL]);
    }
    if world.any_fired(BLOC_THREAT_NO_DEADLINE, 2) && cell(AGREED) < 1.0 {
        let aftermath = fired(ULTIMATUM_EXPIRES) && world.since(ULTIMATUM_EXPIRES, mid) < 10.0;
        let hazard = if aftermath { 0.25 } else { 1.0 / drawn.summit_interval };
        if step.may(BLOC_SUMMIT_ACTIVATE, hazard) && step.met(BLOC_SUMMIT_ACTIVATE, probability(hazard)) {
            step.pick_drawn(BLOC_SUMMIT_ACTIVATE, hazard);
        }
    }
    if !fired(BLOC_SUSPENDS) && step.may(BLOC_SUSPENDS, 0.3) {
        step.hazard(BLOC_SUSPENDS, 0.3 * terms.outrage());
    }
    if world.any_fired(BLOC_SANCTIONS_FULL, 3) && !world.any_fired(BLOC_THREAT_NO_DEADLINE, 2) {
        step.pick_at_once(BLOC_THREAT_NO_DEADLINE);
    }
    if !fired(CHARGES_OUSTED) && flags.detained && assumed && n >= 6 {
        step.hazard(CHARGES_OUSTED, 0.012 * cell(RESOLVE));
    }
    if !flags.detained {
        if !fired(CLAIMANT_INVITES) {
            step.constant(CLAIMANT_INVITES, CLAIMANT_INVITES);
        }
        if !fired(CLAIMANT_SEIZED) && !flags.invited && !fired(OUSTED_ESCAPES) {
            step.constant(CLAIMANT_SEIZED, CLAIMANT_SEIZED);
        }
    }
    if !fired(CLERICS_MEDIATE) && (fired(SENATE_URGES_RESTRAINT) || threat > 0.6) {
        step.constant(CLERICS_MEDIATE, CLERICS_MEDIATE);
    }
    if perceived_force > 0.25 && !fired(CLOSES_AIRSPACE) && cell(RESOLVE) > 0.4 {
        step.hazard(CLOSES_AIRSPACE, 0.6 * perceived_force);
    }
    if force_is_near {
        for (contributor, member) in CONTRIBUTOR_MEMBER.into_iter().enumerate() {
            let row = COMMITS_TROOPS + contributor;
            if flags.committed & (1 << contributor) == 0
                && world.rested(row, n, 20)
                && step.met(row, given.p_commits)
                && step.war_utility(member) > given.bars[member]
            {
                step.fire(row, row, drawn.commit_rate);
            }
        }
    }
    // exp(4 * (0.6 - cohesion)) is at most exp(2.4) < 11.03.
    let greatest_coup = drawn.coup_rate * 11.03;
    if !fired(COUP_BY_LOYALISTS) && step.may(COUP_BY_LOYALISTS, greatest_coup) {
        let hazard = terms.coup_hazard() * drawn.coup_success * drawn.loyalist_share * cell(LEGITIMACY);
        step.hazard(COUP_BY_LOYALISTS, hazard);
    }
    if !fired(COUP_BY_RIVALS) && step.may(COUP_BY_RIVALS, greatest_coup) {
        let rivals = 1.0 - drawn.loyalist_share * cell(LEGITIMACY);
        step.hazard(COUP_BY_RIVALS, terms.coup_hazard() * drawn.coup_success * rivals);
    }
    if world.tallies[COUP_ELSEWHERE].count < 2 {
        step.constant(COUP_ELSEWHERE, COUP_ELSEWHERE);
    }
    if world.tallies[COUP_FAILS].count < 2 && step.may(COUP_FAILS, greatest_coup) {
        step.hazard(COUP_FAILS, terms.coup_hazard() * (1.0 - drawn.coup_success));
    }
    if !fired(DDAY_ANNOUNCED) && fired(BLOC_SUMMIT_ACTIVATE) && flags.deadline_over(mid) {
        step.constant(DDAY_ANNOUNCED, DDAY_ANNOUNCED);
    }
    if threat > 0.4 {
        for row in DECLINES_FORCE..DECLINES_FORCE + 3 {
            if !fired(row) {
                step.constant(row, DECLINES_FORCE);
            }
        }
    }
    if force_is_near && !fired(DEFENCE_CHIEFS_PLAN) {
        step.constant(DEFENCE_CHIEFS_PLAN, DEFENCE_CHIEFS_PLAN);
    }
    if cell(SANCTIONS) > 0.1 && fired(APPOINTS_GOVERNMENT) && world.rested(DEFIES_SANCTIONS, n, 30) {
        step.hazard(DEFIES_SANCTIONS, 0.03 * cell(RESOLVE));
    }
    if patron_presence > 0.0 && !fired(DENOUNCES_ACCORDS) && assumed && n >= 5 {
        step.hazard(DENOUNCES_ACCORDS, 0.15 * cell(HOSTILITY_TO_PATRON));
    }
    if perceived_force > 0.15 {
        for ally in 0..2 {
            let row = DEPLOYS + ally;
            if fired(AUTHORISES_FORCES + ally) && !fired(row) && cell(PLEDGE + ally) > 0.0 {
                step.hazard(row, 0.02 * drawn.honour * cell(SOLIDARITY + 2 * ally));
            }
        }
    }
    if flags.detained && !fired(DETAINEE_HARMED) {
        step.constant(DETAINEE_HARMED, DETAINEE_HARMED);
    }
    if ambassador && fired(IMMUNITY_REVOKED) {
        if !fired(EMBASSY_BLOCKADE) {
            step.hazard(EMBASSY_BLOCKADE, 0.08 * (0.5 + cell(MOBILISATION)));
        } else if !fired(EMBASSY_CLASH) {
            step.hazard(EMBASSY_CLASH, 0.006 * cell(MOBILISATION));
        }
    }
    if fired(ULTIMATUM_EXPIRES) {
        for ally in 0..2 {
            if !fired(EMBOLDENED + ally) && cell(SOLIDARITY + 2 * ally) > 0.4 {
                step.constant(EMBOLDENED + ally, EMBOLDENED);
            }
        }
    }
    if fired(RIVAL_OFFERS_SUPPORT) && !fired(ENDS_US_ACCORD) && patron_presence < 0.5 && cell(US_PRESENCE) > 0.0 {
        step.hazard(ENDS_US_ACCORD, 0.02 * cell(HOSTILITY_TO_US));
    }
    if !fired(EXPEL_AMBASSADOR)
        && ambassador
        && assumed
        && cell(HOSTILITY_TO_PATRON) > drawn.expulsion_threshold
        && cell(RECOGNITION) < 0.2
        && step.may(EXPEL_AMBASSADOR, drawn.expulsion_rate * 2.1)
    {
        let anger = math::logistic(8.0 * (cell(ANGER) - 0.6));
        step.hazard(EXPEL_AMBASSADOR, drawn.expulsion_rate * anger * terms.grounds());
    }
    if fired(EXPEL_AMBASSADOR) && !world.any_fired(EXPULSION_ANSWER_COMPLY, 3) {
        step.pick_at_once(EXPULSION_ANSWER_COMPLY);
    }
    if !fired(FIRST_CONVOY_LEAVES)
        && patron_presence > 0.0
        && fired(DENOUNCES_ACCORDS)
        && (fired(PATRON_WITHDRAWS) || (!ambassador && terms.presence_cost() > terms.staying_power()))
    {
        step.constant(FIRST_CONVOY_LEAVES, FIRST_CONVOY_LEAVES);
    }
    if fired(DEFENCE_CHIEFS_PLAN) && !fired(FORCE_ORDERED) && terms.lawful() && flags.deadline_over(mid) {
        let pace = 0.5 * drawn.order_rate;
        if step.may(FORCE_ORDERED, pace * 10.0) && terms.coalition_ready() {
            step.hazard(FORCE_ORDERED, pace * terms.odds() * REACH);
        }
    }
    if cell(CHANNEL) > 0.4 && !fired(FREES_DETAINEES) {
        step.hazard(FREES_DETAINEES, 0.008 * (0.5 + cell(STRAIN)));
    }
    if ambassador && !fired(IMMUNITY_REVOKED) && Flags::expired(flags.departure, mid) {
        step.constant(IMMUNITY_REVOKED, IMMUNITY_REVOKED);
    }
    if world.rested(JIHADIST_ATTACK, n, 15) {
        step.hazard(JIHADIST_ATTACK, 1.5 / 365.25 * 0.5 * (2.0 + (1.0 - patron_presence)));
    }
    if fired(FIRST_CONVOY_LEAVES) && !fired(LAST_SOLDIER_LEAVES) && patron_presence <= 0.001 {
        step.firings.at_once(LAST_SOLDIER_LEAVES);
    }
    if fired(BLOC_SANCTIONS_FULL) && !fired(LEAD_CUTS_POWER) {
        step.constant(LEAD_CUTS_POWER, LEAD_CUTS_POWER);
    }
    if !fired(LEADER_INCAPACITATED) {
        step.constant(LEADER_INCAPACITATED, LEADER_INCAPACITATED);
    }
    if fired(MUTUAL_DEFENCE_PACT)
        && !fired(LEAVES_BLOC)
        && cell(SANCTIONS) > 0.1
        && step.may(LEAVES_BLOC, drawn.exit_rate)
    {
        let grievance = terms.grievance(mid);
        step.hazard(LEAVES_BLOC, drawn.exit_rate * math::logistic(8.0 * (grievance - drawn.exit_threshold)));
    }
    if fired(DENOUNCES_ACCORDS)
        && patron_presence > 0.0
        && cell(ANGER) > 0.4
        && n >= 15
        && world.rested(MASS_PROTEST_AT_BASE, n, 20)
    {
        let times = if fired(EXPEL_AMBASSADOR) { 3.0 } else { 1.0 };
        step.hazard(MASS_PROTEST_AT_BASE, 0.06 * cell(ANGER) * times);
    }
    if threat > 0.4 && !fired(MEDIATOR_OPPOSES_FORCE) {
        step.constant(MEDIATOR_OPPOSES_FORCE, MEDIATOR_OPPOSES_FORCE);
    }
    if n >= 11
        && cell(AGREED) < 1.0
        && world.tallies[MEDIATOR_PROPOSES].count < 3
        && world.rested(MEDIATOR_PROPOSES, n, 60)
    {
        step.hazard(MEDIATOR_PROPOSES, drawn.mediator_activity * (1.0 - cell(CHANNEL)));
    }
    if fired(MISSION_SENT) && world.since(MISSION_SENT, now) < 3.0 {
        let answers = MISSION_RECEPTION_REBUFF..MISSION_RECEPTION_REBUFF + 3;
        let last = answers.map(|row| world.tallies[row].last_step).max().unwrap_or(0);
        if last == 0 || n >= last + 9 {
            step.pick_at_once(MISSION_RECEPTION_REBUFF);
        }
    }
    if n >= 3 && cell(CHANNEL) < 0.9 && world.rested(MISSION_SENT, n, 10) {
        step.constant(MISSION_SENT, MISSION_SENT);
    }
    if !fired(MUTUAL_DEFENCE_PACT) && n >= 15 {
        let stands_by = |ally: usize| cell(PLEDGE + ally) > 0.0 && cell(SOLIDARITY + 2 * ally) > 0.5;
        if stands_by(0) || stands_by(1) {
            step.hazard(MUTUAL_DEFENCE_PACT, 0.02 * (0.5 + cell(HOSTILITY_TO_BLOC)));
        }
    }
    if flags.detained && !fired(OUSTED_ESCAPES) {
        step.constant(OUSTED_ESCAPES, OUSTED_ESCAPES);
    }
    if threat > 0.4 && !fired(PATRON_BACKS_FORCE) {
        step.hazard(PATRON_BACKS_FORCE, 0.1 * (1.0 - cell(RECOGNITION)));
    }
    if ambassador
        && !fired(PATRON_WITHDRAWS)
        && (fired(DENOUNCES_ACCORDS) || fired(EXPEL_AMBASSADOR))
        && n >= 15
        && step.may(PATRON_WITHDRAWS, drawn.withdraw_rate)
    {
        let excess = terms.presence_cost() - terms.staying_power();
        step.hazard(PATRON_WITHDRAWS, drawn.withdraw_rate * math::logistic(10.0 * excess));
    }
    if fired(BLOC_INTERVENES) {
        for ally in 0..2 {
            let (abandons, honours) = (PLEDGE_TESTED_ABANDONS + ally, PLEDGE_TESTED_HONOURS + ally);
            if !fired(abandons) && !fired(honours) && cell(PLEDGE + ally) > 0.0 {
                step.pick_at_once(abandons);
            }
        }
    }
    if threat > 0.2 {
        for ally in 0..2 {
            let solidarity = cell(SOLIDARITY + 2 * ally);
            if !fired(PLEDGES_DEFENCE + ally) {
                step.hazard(PLEDGES_DEFENCE + ally, 0.4 * (solidarity * solidarity));
            }
        }
    }
    if !fired(PROTEST_AT_EMBASSY) && patron_presence > 0.0 && cell(ANGER) > 0.4 {
        step.hazard(PROTEST_AT_EMBASSY, 0.15 * cell(ANGER));
    }
    if fired(RIVAL_OFFERS_SUPPORT) && !fired(QUARREL_OVER_RIVAL) {
        step.constant(QUARREL_OVER_RIVAL, QUARREL_OVER_RIVAL);
    }
    if fired(DENOUNCES_ACCORDS) && !fired(REJECTS_DENUNCIATION) {
        step.hazard(REJECTS_DENUNCIATION, 0.5 * (1.0 - cell(RECOGNITION)));
    }
    if cell(SANCTIONS) > 0.1 && !fired(REJECTS_SANCTIONS) {
        step.hazard(REJECTS_SANCTIONS, 0.6 * cell(SOLIDARITY + GUINEA));
    }
    if fired(RIVAL_OFFERS_SUPPORT) && n >= 61 && !fired(RIVAL_DEPLOYS) {
        step.hazard(RIVAL_DEPLOYS, 0.004 * 0.5 * (1.0 - patron_presence));
    }
    if assumed && n >= 4 && !fired(RIVAL_OFFERS_SUPPORT) {
        step.constant(RIVAL_OFFERS_SUPPORT, RIVAL_OFFERS_SUPPORT);
    }
    if Flags::expired(flags.sanctions_deadline, now)
        && !world.any_fired(SANCTIONS_DEADLINE_ANSWER_CARRY_OUT, 2)
        && !fired(ANNOUNCES_TRANSITION)
    {
        step.pick_at_once(SANCTIONS_DEADLINE_ANSWER_CARRY_OUT);
    }
    if threat > 0.4 && !fired(SENATE_URGES_RESTRAINT) {
        step.constant(SENATE_URGES_RESTRAINT, SENATE_URGES_RESTRAINT);
    }
    if cell(SUPPORT) < 0.4 && world.rested(STREET_AGAINST_DEFIER, n, 30) {
        step.hazard(STREET_AGAINST_DEFIER, 0.25 * math::maximum(0.4 - cell(SUPPORT), 0.0));
    }
    if cell(SANCTIONS) > 0.1 && cell(SUPPORT) > 0.4 && world.rested(STREET_RALLIES, n, 30) {
        step.hazard(STREET_RALLIES, 0.05 * cell(SUPPORT));
    }
    if fired(AMBASSADOR_SUMMONED)
        && !fired(SUMMONS_IGNORED)
        && ambassador
        && world.since(AMBASSADOR_SUMMONED, mid) <= 5.0
    {
        step.hazard(SUMMONS_IGNORED, 0.4 * (1.0 - cell(RECOGNITION)));
    }
    if world.happened & bits(SUSPENDS_AID, 3) != bits(SUSPENDS_AID, 3) {
        for row in SUSPENDS_AID..SUSPENDS_AID + 3 {
            if !fired(row) {
                step.hazard(row, 0.5 * 0.8 * cell(LEGITIMACY));
            }
        }
    }
    if fired(ULTIMATUM_EXPIRES)
        && threat > 0.2
        && threat < 0.75
        && world.rested(THREAT_REAFFIRMED, n, 15)
        && step.may(THREAT_REAFFIRMED, 0.05)
    {
        step.hazard(THREAT_REAFFIRMED, 0.05 * terms.outrage());
    }
    if cell(CHANNEL) > 0.3
        && !fired(TRANSITION_AGREED)
        && step.may(TRANSITION_AGREED, drawn.deal_rate)
        && terms.zone(mid) > 0.0
    {
        step.hazard(TRANSITION_AGREED, drawn.deal_rate * cell(CHANNEL) * terms.concession());
    }
    if Flags::expired(flags.ultimatum, now) && !fired(ULTIMATUM_EXPIRES) {
        step.firings.at_once(ULTIMATUM_EXPIRES);
    }
    if threat > 0.3 && n >= 11 && !fired(UN_ENDORSES) && cell(LEGITIMACY) > 0.6 {
        step.hazard(UN_ENDORSES, 0.0005 * if flags.invited { 1.0 } else { 0.2 });
    }
    if n >= 4 && !fired(US_ENVOY_TALKS) {
        step.constant(US_ENVOY_TALKS, US_ENVOY_TALKS);
    }
    if flags.committed != 0 {
        for (contributor, member) in CONTRIBUTOR_MEMBER.into_iter().enumerate() {
            let row = WITHDRAWS_OFFER + contributor;
            if flags.committed & (1 << contributor) != 0
                && world.rested(row, n, 20)
                && step.met(row, setup.constant[WITHDRAWS_OFFER])
                && step.war_utility(member) < given.bars[member] - 0.03
            {
                step.fire(row, row, setup.rates[WITHDRAWS_OFFER]);
            }
        }
    }
    if n >= 4 && step.may(YIELDS, drawn.yield_rate) {
        let hazard = drawn.yield_rate * math::logistic(drawn.yield_slope * (terms.squeeze() - terms.resistance()));
        step.hazard(YIELDS, hazard);
    }
}
