//! What is fixed for all runs, and what a run draws on day 0.

use flashpoint::math;
use flashpoint::random::{Distribution, Sampler, Site};

use super::cells::*;
use super::chacha;
use super::masks::{self, Decided};
use super::rows::*;

/// The quantile of a triangular distribution whose support lies within the range of its place.
#[inline(always)]
pub(crate) fn triangular(u: f64, low: f64, mode: f64, high: f64) -> f64 {
    let (width, rise, fall) = (high - low, mode - low, high - mode);
    if u < rise / width { low + (u * width * rise).sqrt() } else { high - ((1.0 - u) * width * fall).sqrt() }
}

/// Names fields, their sites and their triangular distributions in one place.
macro_rules! triangulars {
    ($($name:ident: $site:literal $low:expr, $mode:expr, $high:expr;)*) => {
        /// What a run draws from triangular distributions.
        #[derive(Clone, Copy, Debug, Default)]
        pub(crate) struct Drawn { $(pub(crate) $name: f64,)* }

        const DRAWN_SITES: &[&str] = &[$($site),*];

        impl Drawn {
            fn of(uniforms: &[f64]) -> Drawn {
                let mut uniforms = uniforms.iter().copied();
                let mut next = || uniforms.next().unwrap_or(0.5);
                Drawn { $($name: triangular(next(), $low, $mode, $high),)* }
            }
        }
    };
}

const YEAR: f64 = 365.25;

triangulars! {
    answer_precision: "parameters.answer_precision" 3.0, 6.0, 10.0;
    au_reluctance: "parameters.au_reluctance" 0.01, 0.04, 0.08;
    audience_cost: "parameters.audience_cost" 0.15, 0.35, 0.6;
    audience_pull: "parameters.audience_pull" 0.0, 0.15, 0.3;
    bandwagon: "parameters.bandwagon" 0.0, 0.04, 0.1;
    burden_weight: "parameters.burden_weight" 0.05, 0.18, 0.35;
    capability_margin: "parameters.capability_margin" 1.0, 1.4, 2.2;
    cohesion_loss: "parameters.cohesion_loss" 0.1, 0.3, 0.5;
    commit_rate: "parameters.commit_rate" 0.05, 0.12, 0.25;
    contest_exponent: "parameters.contest_exponent" 0.7, 1.0, 1.5;
    coup_rate: "parameters.coup_rate" 0.08 / YEAR, 0.2 / YEAR, 0.42 / YEAR;
    coup_success: "parameters.coup_success" 0.25, 0.45, 0.65;
    deal_rate: "parameters.deal_rate" 0.003, 0.009, 0.022;
    defender_advantage: "parameters.defender_advantage" 1.0, 1.3, 1.8;
    embargo_cost: "parameters.embargo_cost" 0.3, 0.7, 1.3;
    exit_rate: "parameters.exit_rate" 0.0002, 0.001, 0.0035;
    exit_threshold: "parameters.exit_threshold" 1.15, 1.35, 1.55;
    expulsion_rate: "parameters.expulsion_rate" 0.01, 0.04, 0.1;
    expulsion_threshold: "parameters.expulsion_threshold" 0.4, 0.6, 0.85;
    fait_accompli_half_life: "parameters.fait_accompli_half_life" 60.0, 130.0, 300.0;
    fatigue_weight: "parameters.fatigue_weight" 0.5, 1.0, 1.6;
    honour: "parameters.honour" 0.2, 0.4, 0.75;
    learning_effect: "parameters.learning_effect" 0.2, 0.5, 0.8;
    loyalist_share: "parameters.loyalist_share" 0.05, 0.25, 0.5;
    mediator_activity: "parameters.mediator_activity" 0.008, 0.02, 0.04;
    mediator_pull: "parameters.mediator_pull" 0.0, 0.08, 0.2;
    opposition_weight: "parameters.opposition_weight" 0.1, 0.2, 0.35;
    order_rate: "parameters.order_rate" 0.008, 0.025, 0.07;
    patron_reciprocity: "parameters.patron_reciprocity" 0.03, 0.07, 0.13;
    pledge_size: "parameters.pledge_size" 0.3, 0.6, 1.0;
    rally: "parameters.rally" 0.0, 0.06, 0.14;
    senate_weight: "parameters.senate_weight" 0.1, 0.3, 0.5;
    sovereignty_dividend: "parameters.sovereignty_dividend" 0.0, 0.15, 0.35;
    strain_half_life: "parameters.strain_half_life" 40.0, 75.0, 150.0;
    summit_interval: "parameters.summit_interval" 25.0, 45.0, 75.0;
    summit_precision: "parameters.summit_precision" 5.0, 8.0, 12.0;
    support_loss: "parameters.support_loss" 0.1, 0.3, 0.6;
    tolerance_base: "parameters.tolerance_base" 0.0, 2.0, 5.0;
    tolerance_resolve: "parameters.tolerance_resolve" 4.0, 10.0, 20.0;
    tolerance_standing: "parameters.tolerance_standing" 4.0, 10.0, 20.0;
    tolerance_strain: "parameters.tolerance_strain" 4.0, 10.0, 20.0;
    tolerance_time: "parameters.tolerance_time" 0.1, 0.4, 1.0;
    troop_exit: "parameters.troop_exit" 45.0, 75.0, 130.0;
    war_cost: "parameters.war_cost" 0.05, 0.15, 0.3;
    war_threshold: "parameters.war_threshold" 0.02, 0.1, 0.21;
    withdraw_rate: "parameters.withdraw_rate" 0.01, 0.025, 0.05;
    yield_rate: "parameters.yield_rate" 0.006, 0.018, 0.045;
    yield_slope: "parameters.yield_slope" 8.0, 11.0, 14.0;
    alternatives: "attributes.alternatives(junta)" 0.05, 0.15, 0.3;
    anger: "attributes.anger(niamey)" 0.45, 0.65, 0.8;
    capability: "attributes.capability(junta)" 0.15, 0.25, 0.35;
    nigerian_capability: "attributes.capability(nigeria)" 0.25, 0.4, 0.5;
    cohesion: "attributes.cohesion(junta)" 0.45, 0.62, 0.8;
    credibility: "attributes.credibility(ecowas)" 0.45, 0.65, 0.8;
    bloc_ideal: "attributes.ideal(ecowas)" 6.0, 9.0, 12.0;
    ideal: "attributes.ideal(junta)" 28.0, 36.0, 54.0;
    influence: "attributes.influence(france)" 0.5, 0.7, 0.85;
    legitimacy: "attributes.legitimacy(bazoum)" 0.75, 0.88, 0.97;
    nigerian_opposition: "attributes.opposition(nigeria)" 0.1, 0.2, 0.35;
    bloc_resolve: "attributes.resolve(ecowas)" 0.6, 0.8, 0.95;
    resolve: "attributes.resolve(junta)" 0.6, 0.75, 0.9;
    support: "attributes.support(junta)" 0.4, 0.6, 0.75;
    hostility_to_bloc: "relations.hostility(junta,ecowas)" 0.2, 0.3, 0.45;
    hostility_to_patron: "relations.hostility(junta,france)" 0.35, 0.45, 0.6;
}

/// The members in byte order.
const MEMBER_NAMES: [&str; MEMBERS] = [
    "benin",
    "cabo_verde",
    "cote_divoire",
    "gambia",
    "ghana",
    "guinea_bissau",
    "liberia",
    "nigeria",
    "senegal",
    "sierra_leone",
    "togo",
];
const MEMBER_HOSTILITIES: [f64; MEMBERS] = [0.65, 0.3, 0.85, 0.55, 0.6, 0.6, 0.5, 0.75, 0.7, 0.55, 0.3];
const MEMBER_OPPOSITIONS: [f64; MEMBERS] = [0.2, 0.6, 0.1, 0.2, 0.4, 0.2, 0.3, 0.0, 0.3, 0.3, 0.3];
const MEMBER_CAPABILITIES: [f64; MEMBERS] = [0.03, 0.002, 0.06, 0.005, 0.05, 0.01, 0.005, 0.0, 0.08, 0.02, 0.02];
pub(crate) const NIGERIA: usize = 7;

pub(crate) const CONTRIBUTORS: usize = 8;
/// Which members contribute, in order.
pub(crate) const CONTRIBUTOR_MEMBER: [usize; CONTRIBUTORS] = [0, 2, 4, 5, 7, 8, 9, 10];

/// Captured while the junta depends on its neighbours: Benin, Côte d'Ivoire, Ghana, Nigeria, Senegal, Togo.
pub(crate) const LEVERAGE: f64 = 0.22 + 0.05 + 0.02 + 0.3 + 0.01 + 0.02;
pub(crate) const REACH: f64 = 0.2 + 0.8 * 0.6;

/// Numbers of the ensemble.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) seed: u64,
    /// Sites of draws on day 0: triangular ones, members' thresholds, betas, the flip.
    start_sites: Vec<u64>,
    /// Where a row's chance (or that of the choice whose first option it is) is drawn.
    pub(crate) firing_sites: [u64; ROWS],
    /// Where a choice picks, by the row of its first option (and for the second ally the row behind).
    pub(crate) pick_sites: [u64; ROWS],
    /// Draws of events, by row.
    pub(crate) draw_sites: [u64; ROWS],
    pub(crate) lag_site: u64,
    betas: [Sampler; 3],
    /// What moves in a step of the distance to the resting place, where that is the same in all runs.
    moves: [f64; RESTING],
    pub(crate) fade_factors: [f64; N_FADING],
    /// Probability of a step for rows of a rate that is the same in all runs.
    pub(crate) constant: [f64; ROWS],
    pub(crate) rates: [f64; ROWS],
    /// For the expert: the largest coarse byte that leaves a row a chance, where that is the same in all runs.
    pub(crate) most: [i16; ROWS],
    /// For the expert: what hazards decide without an exponential.
    pub(crate) decided: Decided,
    /// For the expert: the members' hostilities in each step, which nothing but time moves, and their mean behind.
    pub(crate) hostilities: Option<Vec<[f64; MEMBERS + 1]>>,
    /// The junta's dependence on each set of donors.
    pub(crate) aid: [f64; 8],
}

/// What day 0 fixes for a run.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) drawn: Drawn,
    /// `war_threshold + threshold` of each member.
    pub(crate) bars: [f64; MEMBERS],
    /// What opposition and burden take from each member's utility of war; Nigeria's opposition is not among them.
    pub(crate) oppositions: [f64; MEMBERS],
    pub(crate) burdens: [f64; MEMBERS],
    pub(crate) bloc_capability: f64,
    pub(crate) capabilities: [f64; MEMBERS],
    pub(crate) bluff: f64,
    pub(crate) on_time: f64,
    pub(crate) sanctions_kept: f64,
    pub(crate) suspension_kept: f64,
    pub(crate) uninvited: bool,
    /// Where the resting numbers rest; those that depend on the state are filled in each step.
    pub(crate) rests: [f64; RESTING],
    pub(crate) moves: [f64; RESTING],
    pub(crate) fade_starts: [f64; N_FADING],
    pub(crate) p_au_withholds: f64,
    pub(crate) p_commits: f64,
}

/// The probability of a step under a hazard.
#[inline(always)]
pub(crate) fn probability(hazard: f64) -> f64 {
    1.0 - math::exp(-hazard)
}

/// What a step leaves of a distance.
fn factor(half_life: f64) -> f64 {
    math::exp(-1.0 / half_life * math::ln(2.0))
}

/// Rows whose rate is the same in all runs, with it.
const CONSTANT_RATES: &[(usize, f64)] = &[
    (AMBASSADOR_SUMMONED, 0.06),
    (APPOINTS_GOVERNMENT, 0.1),
    (ASSUMES_POWER, 0.6),
    (AU_DEADLINE_ANSWER_EXTEND, 0.15),
    (BLOC_SANCTIONS_FULL, 0.7),
    (CLAIMANT_INVITES, 0.05),
    (CLAIMANT_SEIZED, 0.002),
    (CLERICS_MEDIATE, 0.06),
    (COUP_ELSEWHERE, 0.4 / YEAR),
    (DDAY_ANNOUNCED, 0.06),
    (DECLINES_FORCE, 0.1),
    (DEFENCE_CHIEFS_PLAN, 0.15),
    (DETAINEE_HARMED, 0.00025),
    (EMBOLDENED, 0.2),
    (FIRST_CONVOY_LEAVES, 0.06),
    (IMMUNITY_REVOKED, 0.25),
    (LEAD_CUTS_POWER, 0.2),
    (LEADER_INCAPACITATED, 0.0001),
    (MEDIATOR_OPPOSES_FORCE, 0.06),
    (MISSION_SENT, 0.08),
    (OUSTED_ESCAPES, 0.0002),
    (QUARREL_OVER_RIVAL, 0.01),
    (RIVAL_OFFERS_SUPPORT, 0.02 * 0.5),
    (SENATE_URGES_RESTRAINT, 0.15),
    (US_ENVOY_TALKS, 0.06),
    (WITHDRAWS_OFFER, 0.05),
];

/// The members' hostilities and their mean, step by step.
fn hostilities(moves: f64) -> Vec<[f64; MEMBERS + 1]> {
    let mut now = MEMBER_HOSTILITIES;
    let mut all = Vec::new();
    for _ in 0..=super::run::STEPS {
        let mut row = [0.0; MEMBERS + 1];
        row[..MEMBERS].copy_from_slice(&now);
        row[MEMBERS] = now.iter().fold(0.0, |sum, hostility| sum + hostility) / MEMBERS as f64;
        all.push(row);
        for (hostility, start) in now.iter_mut().zip(MEMBER_HOSTILITIES) {
            *hostility = math::clamp(*hostility + (0.6 * start - *hostility) * moves, 0.0, 1.0);
        }
    }
    all
}

impl Setup {
    pub(crate) fn new(seed: u64, events: &[(String, String)], expert: bool) -> Setup {
        let site = |text: &str| Site::named(text).number();
        let mut start_sites: Vec<u64> = DRAWN_SITES.iter().map(|name| site(name)).collect();
        start_sites.extend(MEMBER_NAMES.iter().map(|name| site(&format!("attributes.threshold({name})"))));
        for name in ["on_time", "sanctions_kept", "suspension_kept", "uninvited"] {
            start_sites.push(site(&format!("parameters.{name}")));
        }
        let (mut firing_sites, mut pick_sites, mut draw_sites) = ([0; ROWS], [0; ROWS], [0; ROWS]);
        for (row, (id, instance)) in events.iter().enumerate() {
            if let Some((choice, _)) = id.split_once('.') {
                firing_sites[row] = site(&format!("choices.{choice}({instance})#when"));
                pick_sites[row] = site(&format!("choices.{choice}({instance})"));
            } else {
                firing_sites[row] = site(&format!("rules.{id}({instance})"));
                let draw = if row == TRANSITION_AGREED { "late" } else { "size" };
                draw_sites[row] = site(&format!("rules.{id}({instance})#{draw}"));
            }
        }
        let beta = |mean, sd| Sampler::new(Distribution::Beta { mean, sd }, None);
        let mut moves = [0.0; RESTING];
        moves[..=HOSTILITY_TO_US].fill(1.0 - factor(200.0));
        for (cell, half_life) in [(THREAT, 45.0), (CHANNEL, 50.0), (SUPPORT, 30.0), (COHESION, 60.0), (INFLUENCE, 45.0)]
        {
            moves[cell] = 1.0 - factor(half_life);
        }
        let (mut constant, mut rates) = ([0.0; ROWS], [0.0; ROWS]);
        for &(row, rate) in CONSTANT_RATES {
            constant[row] = probability(rate);
            rates[row] = rate;
        }
        let mut most = constant.map(|constant| if constant > 0.0 { masks::most(constant) } else { -1 });
        for (row, number) in [(DECLINES_FORCE, 3), (EMBOLDENED, 2), (WITHDRAWS_OFFER, CONTRIBUTORS)] {
            let first = most[row];
            most[row..row + number].fill(first);
        }
        for (row, number, hazard) in masks::GREATEST_HAZARDS {
            most[row..row + number].fill(masks::most(probability(hazard)));
        }
        let mut aid = [0.0; 8];
        for (donors, aid) in aid.iter_mut().enumerate() {
            for (donor, dependence) in [0.08, 0.07, 0.05].into_iter().enumerate() {
                *aid += if donors & (1 << donor) != 0 { dependence } else { 0.0 };
            }
        }
        Setup {
            seed,
            start_sites,
            firing_sites,
            pick_sites,
            draw_sites,
            lag_site: site("rules.transition_agreed(junta,ecowas)#lag"),
            betas: [beta(0.4, 0.1), beta(0.5, 0.12), beta(0.8, 0.1)],
            most,
            decided: Decided::new(),
            hostilities: expert.then(|| hostilities(moves[MEMBER_HOSTILITY])),
            moves,
            fade_factors: [90.0, 90.0, 150.0, 150.0, 25.0].map(factor),
            constant,
            rates,
            aid,
        }
    }

    /// Parameters and start values of a run.
    pub(crate) fn start(&self, run: u64, world: &mut World) -> Given {
        const N_DRAWN: usize = DRAWN_SITES.len();
        const BETAS: usize = N_DRAWN + MEMBERS;
        let mut uniforms = [0.0; BETAS + 4];
        chacha::first_uniforms(self.seed, run, &self.start_sites, &mut uniforms);
        let drawn = Drawn::of(&uniforms[..N_DRAWN]);
        let mut thresholds = [0.0; MEMBERS];
        for (threshold, &u) in thresholds.iter_mut().zip(&uniforms[N_DRAWN..]) {
            *threshold = triangular(u, -0.1, 0.0, 0.1);
        }

        let mut capabilities = MEMBER_CAPABILITIES;
        capabilities[NIGERIA] = drawn.nigerian_capability;
        let bloc_capability = capabilities.iter().fold(0.0, |sum, capability| sum + capability);

        let cells = &mut world.cells;
        *cells = [0.0; CELLS];
        cells[..MEMBERS].copy_from_slice(&MEMBER_HOSTILITIES);
        for (cell, value) in [
            (BLOC_HOSTILITY, 0.6),
            (HOSTILITY_TO_BLOC, drawn.hostility_to_bloc),
            (HOSTILITY_TO_PATRON, drawn.hostility_to_patron),
            (PATRON_HOSTILITY, 0.5),
            (HOSTILITY_TO_US, 0.1),
            (SUPPORT, drawn.support),
            (COHESION, drawn.cohesion),
            (STRAIN, 0.1),
            (LEGITIMACY, drawn.legitimacy),
            (INFLUENCE, drawn.influence),
            (RESOLVE, drawn.resolve),
            (BLOC_RESOLVE, drawn.bloc_resolve),
            (NIGERIAN_OPPOSITION, drawn.nigerian_opposition),
            (ANGER, drawn.anger),
            (MOBILISATION, 0.3),
            (ALTERNATIVES, drawn.alternatives),
            (LEARNING, 0.75),
            (CREDIBILITY, drawn.credibility),
            (ALARM, 0.9),
            (COVER, 0.5),
            (PATRON_PRESENCE, 1.0),
            (US_PRESENCE, 0.7),
            (SOLIDARITY, 0.85),
            (SOLIDARITY + GUINEA, 0.5),
            (SOLIDARITY + 2, 0.85),
            (BLOC_IDEAL, drawn.bloc_ideal),
            (IDEAL, drawn.ideal),
        ] {
            cells[cell] = value;
        }
        if let Some(hostilities) = &self.hostilities {
            cells[MEAN_HOSTILITY] = hostilities[0][MEMBERS];
        }
        let mut rests = [0.0; RESTING];
        for (rest, start) in rests[..=HOSTILITY_TO_US].iter_mut().zip(&*cells) {
            *rest = 0.6 * start;
        }
        rests[THREAT] = 0.05;
        rests[CHANNEL] = 0.1;
        rests[LEGITIMACY] = drawn.legitimacy * 0.45;
        let mut moves = self.moves;
        moves[STRAIN] = 1.0 - factor(drawn.strain_half_life);
        moves[LEGITIMACY] = 1.0 - factor(drawn.fait_accompli_half_life);
        let mut fade_starts = [0.0; N_FADING];
        fade_starts.copy_from_slice(&cells[FADING..FADING + N_FADING]);

        world.written = fade_starts;
        world.fade = [1.0; N_FADING];
        world.flags = Flags::DAY_0;
        world.happened = 0;
        world.tallies.fill(flashpoint::model::EventTally::default());

        Given {
            bars: thresholds.map(|threshold| drawn.war_threshold + threshold),
            oppositions: MEMBER_OPPOSITIONS.map(|opposition| drawn.opposition_weight * opposition),
            burdens: capabilities
                .map(|capability| drawn.burden_weight * capability / math::maximum(bloc_capability, 0.01)),
            bloc_capability,
            capabilities,
            bluff: drawn.audience_pull * drawn.audience_cost,
            on_time: self.betas[0].value(uniforms[BETAS]),
            sanctions_kept: self.betas[1].value(uniforms[BETAS + 1]),
            suspension_kept: self.betas[2].value(uniforms[BETAS + 2]),
            uninvited: uniforms[BETAS + 3] < 0.25,
            rests,
            moves,
            fade_starts,
            p_au_withholds: probability(drawn.au_reluctance),
            p_commits: probability(drawn.commit_rate),
            drawn,
        }
    }
}
