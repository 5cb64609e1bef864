//! The rules as an expert would write them: draws first. A window of 64 steps knows for each step which rows its draws leave any chance, given the
//! greatest hazard that the row can have in this run; only these are looked at, and of these only those that still wait for something.

use flashpoint::math;

use super::cells::*;
use super::choices::pick;
use super::firings::{Firings, falls_below};
use super::masks::{Decided, Masks};
use super::rows::*;
use super::start::{CONTRIBUTOR_MEMBER, Given, REACH, Setup, probability};
use super::terms::Terms;

/// The firing of one step.
struct Step<'a> {
    terms: Terms<'a>,
    bytes: &'a [[u8; 64]; ROWS],
    decided: &'a Decided,
    firings: &'a mut Firings,
    run: u64,
    n: u32,
    known_p_win: Option<f64>,
}

impl Step<'_> {
    #[inline(always)]
    fn coarse(&self, row: usize) -> u8 {
        self.bytes[row][(self.n % 64) as usize]
    }

    #[inline(always)]
    fn met(&self, row: usize, probability: f64) -> bool {
        let site = self.terms.setup.firing_sites[row];
        falls_below(self.terms.setup, self.run, site, self.n, self.coarse(row), probability)
    }

    #[inline(always)]
    fn hazard_met(&self, row: usize, hazard: f64) -> bool {
        let coarse = usize::from(self.coarse(row));
        if hazard <= self.decided.failing[coarse] {
            false
        } else if hazard >= self.decided.succeeding[coarse] {
            true
        } else {
            self.met(row, probability(hazard))
        }
    }

    #[inline(always)]
    fn hazard(&mut self, row: usize, hazard: f64) {
        if self.hazard_met(row, hazard) {
            self.fire(row, row, hazard);
        }
    }

    #[inline(always)]
    fn constant(&mut self, row: usize, kind: usize) {
        if self.met(row, self.terms.setup.constant[kind]) {
            self.fire(row, row, self.terms.setup.rates[kind]);
        }
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

    /// Utility of war of a member; where it cannot reach a bar even if victory were certain, that bound.
    fn war_utility(&mut self, member: usize, bar: f64) -> f64 {
        let terms = self.terms;
        let mandate = terms.mandate();
        if self.known_p_win.is_none() {
            let greatest = terms.war_utility(member, 1.0, mandate);
            if greatest < bar - 1e-9 {
                return greatest;
            }
        }
        let p_win = *self.known_p_win.get_or_insert_with(|| terms.p_win());
        terms.war_utility(member, p_win, mandate)
    }
}

/// All that fires in step `n`, in order of rows.
pub(crate) fn firing(
    setup: &Setup,
    given: &Given,
    world: &World,
    masks: &mut Masks,
    firings: &mut Firings,
    run: u64,
    n: u32,
) {
    let mut candidates = masks.candidates(setup, world, run, n);
    let now = f64::from(n);
    let at_once = masks.changed
        || (world.flags.sanctions_deadline <= now && !world.any_fired(SANCTIONS_DEADLINE_ANSWER_CARRY_OUT, 2))
        || (world.flags.ultimatum <= now && !world.fired(ULTIMATUM_EXPIRES))
        || (world.fired(MISSION_SENT) && world.since(MISSION_SENT, now) < 3.0)
        || world.fired(BLOC_INTERVENES);
    if candidates == 0 && !at_once {
        return;
    }
    masks.changed = false;
    let terms = Terms { setup, given, world };
    let bytes = &masks.bytes;
    let mut step = Step { terms, bytes, decided: &setup.decided, firings, run, n, known_p_win: None };
    while candidates != 0 {
        let row = candidates.trailing_zeros() as usize;
        candidates &= candidates - 1;
        consider(&mut step, row);
    }
    if at_once {
        what_comes_at_once(&mut step);
    }
}

/// Looks at a row that its draw leaves a chance, that has not happened if it can once, and that what it waits for has.
#[inline(always)]
fn consider(step: &mut Step<'_>, row: usize) {
    let Step { terms, n, .. } = *step;
    let Terms { setup, given, world } = terms;
    let drawn = &given.drawn;
    let cell = |cell: usize| world.cells[cell];
    let flags = &world.flags;
    let mid = f64::from(n) - 0.5;
    let fired = |row: usize| world.fired(row);
    let threat = cell(THREAT);
    match row {
        AMBASSADOR_SUMMONED => {
            if flags.ambassador_present && n >= 11 && cell(HOSTILITY_TO_PATRON) > 0.35 {
                step.constant(row, row);
            }
        }
        ANNOUNCES_TRANSITION => {
            if n >= 8 {
                step.hazard(row, 0.015 + 0.03 * cell(CHANNEL));
            }
        }
        APPOINTS_GOVERNMENT => {
            if n >= 8 {
                step.constant(row, row);
            }
        }
        ARMY_DECLARES => {
            if n <= 20 {
                step.hazard(row, 0.7 * (cell(COHESION) * cell(COHESION)));
            }
        }
        AU_ANSWER_DEMAND => {
            let hazard = 0.5 * cell(LEGITIMACY);
            if step.hazard_met(row, hazard) {
                step.pick_drawn(row, hazard);
            }
        }
        AU_DEADLINE_ANSWER_EXTEND => {
            if Flags::expired(flags.au_deadline, mid) && step.met(row, setup.constant[row]) {
                step.pick_drawn(row, setup.rates[row]);
            }
        }
        AU_WITHHOLDS_BACKING => {
            if threat > 0.3 && step.met(row, given.p_au_withholds) {
                step.fire(row, row, drawn.au_reluctance);
            }
        }
        12..=13 => {
            let perceived_force = terms.perceived_force();
            if perceived_force > 0.15 && cell(PLEDGE + row - AUTHORISES_FORCES) > 0.0 {
                step.hazard(row, 0.12 * perceived_force);
            }
        }
        BLOC_INTERVENES => {
            if world.since(FORCE_ORDERED, mid) >= 2.0 && terms.coalition_ready() {
                step.hazard(row, 0.25 * drawn.order_rate * terms.odds() * REACH);
            }
        }
        BLOC_SANCTIONS_FULL => {
            if n >= 3 && step.met(row, setup.constant[row]) {
                step.pick_drawn(row, setup.rates[row]);
            }
        }
        BLOC_SUMMIT_ACTIVATE => {
            if cell(AGREED) < 1.0 {
                let aftermath = fired(ULTIMATUM_EXPIRES) && world.since(ULTIMATUM_EXPIRES, mid) < 10.0;
                let hazard = if aftermath { 0.25 } else { 1.0 / drawn.summit_interval };
                if step.hazard_met(row, hazard) {
                    step.pick_drawn(row, hazard);
                }
            }
        }
        BLOC_SUSPENDS => step.hazard(row, 0.3 * terms.outrage()),
        CHARGES_OUSTED => {
            if flags.detained && n >= 6 {
                step.hazard(row, 0.012 * cell(RESOLVE));
            }
        }
        CLAIMANT_INVITES => {
            if !flags.detained {
                step.constant(row, row);
            }
        }
        CLERICS_MEDIATE => {
            if fired(SENATE_URGES_RESTRAINT) || threat > 0.6 {
                step.constant(row, row);
            }
        }
        CLOSES_AIRSPACE => {
            let perceived_force = terms.perceived_force();
            if perceived_force > 0.25 && cell(RESOLVE) > 0.4 {
                step.hazard(row, 0.6 * perceived_force);
            }
        }
        33..=40 => {
            let contributor = row - COMMITS_TROOPS;
            let member = CONTRIBUTOR_MEMBER[contributor];
            if flags.committed & (1 << contributor) == 0
                && (flags.ultimatum_runs(mid) || flags.deadline_over(mid))
                && world.rested(row, n, 20)
                && step.war_utility(member, given.bars[member]) > given.bars[member]
                && step.met(row, given.p_commits)
            {
                step.fire(row, row, drawn.commit_rate);
            }
        }
        COUP_BY_LOYALISTS => {
            let hazard = terms.coup_hazard() * drawn.coup_success * drawn.loyalist_share * cell(LEGITIMACY);
            step.hazard(row, hazard);
        }
        COUP_BY_RIVALS => {
            let rivals = 1.0 - drawn.loyalist_share * cell(LEGITIMACY);
            step.hazard(row, terms.coup_hazard() * drawn.coup_success * rivals);
        }
        COUP_ELSEWHERE => {
            if world.tallies[row].count < 2 {
                step.constant(row, row);
            }
        }
        COUP_FAILS => {
            if world.tallies[row].count < 2 {
                step.hazard(row, terms.coup_hazard() * (1.0 - drawn.coup_success));
            }
        }
        DDAY_ANNOUNCED => {
            if flags.deadline_over(mid) {
                step.constant(row, row);
            }
        }
        46..=48 => {
            if threat > 0.4 {
                step.constant(row, DECLINES_FORCE);
            }
        }
        DEFENCE_CHIEFS_PLAN => {
            if flags.ultimatum_runs(mid) || flags.deadline_over(mid) {
                step.constant(row, row);
            }
        }
        DEFIES_SANCTIONS => {
            if cell(SANCTIONS) > 0.1 && world.rested(row, n, 30) {
                step.hazard(row, 0.03 * cell(RESOLVE));
            }
        }
        DENOUNCES_ACCORDS => {
            if cell(PATRON_PRESENCE) > 0.0 && n >= 5 {
                step.hazard(row, 0.15 * cell(HOSTILITY_TO_PATRON));
            }
        }
        52..=53 => {
            let ally = row - DEPLOYS;
            if terms.perceived_force() > 0.15 && cell(PLEDGE + ally) > 0.0 {
                step.hazard(row, 0.02 * drawn.honour * cell(SOLIDARITY + 2 * ally));
            }
        }
        DETAINEE_HARMED | OUSTED_ESCAPES => {
            if flags.detained {
                step.constant(row, row);
            }
        }
        EMBASSY_BLOCKADE => {
            if flags.ambassador_present {
                step.hazard(row, 0.08 * (0.5 + cell(MOBILISATION)));
            }
        }
        EMBASSY_CLASH => {
            if flags.ambassador_present {
                step.hazard(row, 0.006 * cell(MOBILISATION));
            }
        }
        57..=58 => {
            if cell(SOLIDARITY + 2 * (row - EMBOLDENED)) > 0.4 {
                step.constant(row, EMBOLDENED);
            }
        }
        ENDS_US_ACCORD => {
            if cell(PATRON_PRESENCE) < 0.5 && cell(US_PRESENCE) > 0.0 {
                step.hazard(row, 0.02 * cell(HOSTILITY_TO_US));
            }
        }
        EXPEL_AMBASSADOR => {
            if flags.ambassador_present
                && cell(HOSTILITY_TO_PATRON) > drawn.expulsion_threshold
                && cell(RECOGNITION) < 0.2
            {
                let anger = math::logistic(8.0 * (cell(ANGER) - 0.6));
                step.hazard(row, drawn.expulsion_rate * anger * terms.grounds());
            }
        }
        FIRST_CONVOY_LEAVES => {
            if cell(PATRON_PRESENCE) > 0.0
                && fired(DENOUNCES_ACCORDS)
                && (fired(PATRON_WITHDRAWS)
                    || (!flags.ambassador_present && terms.presence_cost() > terms.staying_power()))
            {
                step.constant(row, row);
            }
        }
        FORCE_ORDERED => {
            if terms.lawful() && flags.deadline_over(mid) && terms.coalition_ready() {
                step.hazard(row, 0.5 * drawn.order_rate * terms.odds() * REACH);
            }
        }
        FREES_DETAINEES => {
            if cell(CHANNEL) > 0.4 {
                step.hazard(row, 0.008 * (0.5 + cell(STRAIN)));
            }
        }
        IMMUNITY_REVOKED => {
            if flags.ambassador_present && Flags::expired(flags.departure, mid) {
                step.constant(row, row);
            }
        }
        JIHADIST_ATTACK => {
            if world.rested(row, n, 15) {
                step.hazard(row, 1.5 / 365.25 * 0.5 * (2.0 + (1.0 - cell(PATRON_PRESENCE))));
            }
        }
        LEAVES_BLOC => {
            if cell(SANCTIONS) > 0.1 {
                let excess = terms.grievance(mid) - drawn.exit_threshold;
                step.hazard(row, drawn.exit_rate * math::logistic(8.0 * excess));
            }
        }
        MASS_PROTEST_AT_BASE => {
            if cell(PATRON_PRESENCE) > 0.0 && cell(ANGER) > 0.4 && n >= 15 && world.rested(row, n, 20) {
                let times = if fired(EXPEL_AMBASSADOR) { 3.0 } else { 1.0 };
                step.hazard(row, 0.06 * cell(ANGER) * times);
            }
        }
        MEDIATOR_OPPOSES_FORCE | SENATE_URGES_RESTRAINT => {
            if threat > 0.4 {
                step.constant(row, row);
            }
        }
        MEDIATOR_PROPOSES => {
            if n >= 11 && cell(AGREED) < 1.0 && world.tallies[row].count < 3 && world.rested(row, n, 60) {
                step.hazard(row, drawn.mediator_activity * (1.0 - cell(CHANNEL)));
            }
        }
        MISSION_SENT => {
            if n >= 3 && cell(CHANNEL) < 0.9 && world.rested(row, n, 10) {
                step.constant(row, row);
            }
        }
        MUTUAL_DEFENCE_PACT => {
            let stands_by = |ally: usize| cell(PLEDGE + ally) > 0.0 && cell(SOLIDARITY + 2 * ally) > 0.5;
            if n >= 15 && (stands_by(0) || stands_by(1)) {
                step.hazard(row, 0.02 * (0.5 + cell(HOSTILITY_TO_BLOC)));
            }
        }
        PATRON_BACKS_FORCE => {
            if threat > 0.4 {
                step.hazard(row, 0.1 * (1.0 - cell(RECOGNITION)));
            }
        }
        PATRON_WITHDRAWS => {
            if flags.ambassador_present && n >= 15 {
                let excess = terms.presence_cost() - terms.staying_power();
                step.hazard(row, drawn.withdraw_rate * math::logistic(10.0 * excess));
            }
        }
        88..=89 => {
            if threat > 0.2 {
                let solidarity = cell(SOLIDARITY + 2 * (row - PLEDGES_DEFENCE));
                step.hazard(row, 0.4 * (solidarity * solidarity));
            }
        }
        PROTEST_AT_EMBASSY => {
            if cell(PATRON_PRESENCE) > 0.0 && cell(ANGER) > 0.4 {
                step.hazard(row, 0.15 * cell(ANGER));
            }
        }
        REJECTS_DENUNCIATION => step.hazard(row, 0.5 * (1.0 - cell(RECOGNITION))),
        REJECTS_SANCTIONS => {
            if cell(SANCTIONS) > 0.1 {
                step.hazard(row, 0.6 * cell(SOLIDARITY + GUINEA));
            }
        }
        RIVAL_DEPLOYS => {
            if n >= 61 {
                step.hazard(row, 0.004 * 0.5 * (1.0 - cell(PATRON_PRESENCE)));
            }
        }
        RIVAL_OFFERS_SUPPORT | US_ENVOY_TALKS => {
            if n >= 4 {
                step.constant(row, row);
            }
        }
        STREET_AGAINST_DEFIER => {
            if cell(SUPPORT) < 0.4 && world.rested(row, n, 30) {
                step.hazard(row, 0.25 * math::maximum(0.4 - cell(SUPPORT), 0.0));
            }
        }
        STREET_RALLIES => {
            if cell(SANCTIONS) > 0.1 && cell(SUPPORT) > 0.4 && world.rested(row, n, 30) {
                step.hazard(row, 0.05 * cell(SUPPORT));
            }
        }
        SUMMONS_IGNORED => {
            if flags.ambassador_present && world.since(AMBASSADOR_SUMMONED, mid) <= 5.0 {
                step.hazard(row, 0.4 * (1.0 - cell(RECOGNITION)));
            }
        }
        102..=104 => step.hazard(row, 0.5 * 0.8 * cell(LEGITIMACY)),
        THREAT_REAFFIRMED => {
            if threat > 0.2 && threat < 0.75 && world.rested(row, n, 15) {
                step.hazard(row, 0.05 * terms.outrage());
            }
        }
        TRANSITION_AGREED => {
            if cell(CHANNEL) > 0.3 && terms.zone(mid) > 0.0 {
                step.hazard(row, drawn.deal_rate * cell(CHANNEL) * terms.concession());
            }
        }
        UN_ENDORSES => {
            if threat > 0.3 && n >= 11 && cell(LEGITIMACY) > 0.6 {
                step.hazard(row, 0.0005 * if flags.invited { 1.0 } else { 0.2 });
            }
        }
        110..=117 => {
            let contributor = row - WITHDRAWS_OFFER;
            let member = CONTRIBUTOR_MEMBER[contributor];
            if flags.committed & (1 << contributor) != 0 && world.rested(row, n, 20) {
                let bar = given.bars[member] - 0.03;
                if step.war_utility(member, bar) < bar && step.met(row, setup.constant[WITHDRAWS_OFFER]) {
                    step.fire(row, row, setup.rates[WITHDRAWS_OFFER]);
                }
            }
        }
        YIELDS => {
            if n >= 4 {
                let excess = terms.squeeze() - terms.resistance();
                step.hazard(row, drawn.yield_rate * math::logistic(drawn.yield_slope * excess));
            }
        }
        // Rates that are the same in all runs, without a condition but what they wait for.
        _ => step.constant(row, row),
    }
}

/// What needs no draw of a rate.
#[inline(never)]
fn what_comes_at_once(step: &mut Step<'_>) {
    let Step { terms: Terms { world, .. }, n, .. } = *step;
    let (flags, now) = (&world.flags, f64::from(n));
    let fired = |row: usize| world.fired(row);
    let before = step.firings.list.len();
    if !flags.ambassador_present && !fired(AMBASSADOR_LEAVES) {
        step.firings.at_once(AMBASSADOR_LEAVES);
    }
    if fired(BLOC_INTERVENES) {
        if !world.any_fired(BATTLE_LOST, 2) && world.since(BLOC_INTERVENES, now) >= 3.0 {
            step.pick_at_once(BATTLE_LOST);
        }
        for ally in 0..2 {
            let (abandons, honours) = (PLEDGE_TESTED_ABANDONS + ally, PLEDGE_TESTED_HONOURS + ally);
            if !fired(abandons) && !fired(honours) && world.cells[PLEDGE + ally] > 0.0 {
                step.pick_at_once(abandons);
            }
        }
    }
    if world.any_fired(BLOC_SANCTIONS_FULL, 3) && !world.any_fired(BLOC_THREAT_NO_DEADLINE, 2) {
        step.pick_at_once(BLOC_THREAT_NO_DEADLINE);
    }
    if fired(EXPEL_AMBASSADOR) && !world.any_fired(EXPULSION_ANSWER_COMPLY, 3) {
        step.pick_at_once(EXPULSION_ANSWER_COMPLY);
    }
    if fired(FIRST_CONVOY_LEAVES) && !fired(LAST_SOLDIER_LEAVES) && world.cells[PATRON_PRESENCE] <= 0.001 {
        step.firings.at_once(LAST_SOLDIER_LEAVES);
    }
    if fired(MISSION_SENT) && world.since(MISSION_SENT, now) < 3.0 {
        let answers = MISSION_RECEPTION_REBUFF..MISSION_RECEPTION_REBUFF + 3;
        let last = answers.map(|row| world.tallies[row].last_step).max().unwrap_or(0);
        if last == 0 || n >= last + 9 {
            step.pick_at_once(MISSION_RECEPTION_REBUFF);
        }
    }
    if Flags::expired(flags.sanctions_deadline, now)
        && !world.any_fired(SANCTIONS_DEADLINE_ANSWER_CARRY_OUT, 2)
        && !fired(ANNOUNCES_TRANSITION)
    {
        step.pick_at_once(SANCTIONS_DEADLINE_ANSWER_CARRY_OUT);
    }
    if Flags::expired(flags.ultimatum, now) && !fired(ULTIMATUM_EXPIRES) {
        step.firings.at_once(ULTIMATUM_EXPIRES);
    }
    if step.firings.list.len() > before {
        step.firings.list.sort_by_key(|firing| firing.row);
    }
}
