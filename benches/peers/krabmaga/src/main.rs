//! The peer crisis in krABMaga: members, allies, the street and the bloc are agents of a schedule; what they share is the state.

use std::any::Any;

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const MEMBERS: usize = 12;
const ALLIES: usize = 3;
const STEPS: i32 = 365;
const NEVER: i32 = -1000;

const FORCE: usize = 0;
const COUP: usize = 1;
const RESTORATION: usize = 2;
const TRANSITION: usize = 3;
const EXIT: usize = 4;
const STANDOFF: usize = 5;

fn clamp(x: f64) -> f64 {
    x.clamp(0.0, 1.0)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// What a day leaves of a distance.
fn left(half_life: f64) -> f64 {
    (-1.0 / half_life).exp2()
}

/// What a day leaves of each distance; the same in all runs.
#[derive(Clone, Copy)]
struct Left {
    support: f64,
    cohesion: f64,
    resolve: f64,
    anger: f64,
    hostility: f64,
    opposition: f64,
    threat: f64,
    channel: f64,
    strain: f64,
}

impl Left {
    fn new() -> Left {
        Left {
            support: left(30.0),
            cohesion: left(60.0),
            resolve: left(90.0),
            anger: left(150.0),
            hostility: left(200.0),
            opposition: left(120.0),
            threat: left(45.0),
            channel: left(50.0),
            strain: left(75.0),
        }
    }
}

/// Numbers that the events of a day add up.
#[derive(Clone, Copy, Default)]
struct Sums {
    threat: f64,
    sanctions: f64,
    channel: f64,
    support: f64,
    cohesion: f64,
    resolve: f64,
    credibility: f64,
    anger: f64,
}

#[derive(Clone, Copy)]
struct MemberData {
    hostility: f64,
    start_hostility: f64,
    opposition: f64,
    start_opposition: f64,
    committed: bool,
}

#[derive(Clone, Copy)]
struct AllyData {
    solidarity: f64,
    pledge: f64,
}

struct Crisis {
    rng: SmallRng,
    left: Left,
    day: i32,
    now: Sums,
    start: Sums,
    strain: f64,
    add: Sums,
    members: [MemberData; MEMBERS],
    allies: [AllyData; ALLIES],
    bar: f64,
    order_rate: f64,
    exponent: f64,
    exit_rate: f64,
    deal_rate: f64,
    coup_rate: f64,
    imposed: bool,
    threatened: bool,
    expired: bool,
    deadline: f64,
    imposes: bool,
    threatens: bool,
    expires: bool,
    outrage: f64,
    p_win: f64,
    n_committed: usize,
    pledges: f64,
    solidarity: f64,
    outcome: usize,
}

impl Crisis {
    fn new(seed: u64, left: Left) -> Crisis {
        let mut rng = SmallRng::seed_from_u64(seed);
        let mut uniform = |low: f64, high: f64| low + (high - low) * rng.random::<f64>();
        let start = Sums {
            support: uniform(0.4, 0.7),
            cohesion: uniform(0.45, 0.8),
            resolve: uniform(0.5, 0.9),
            anger: uniform(0.3, 0.8),
            credibility: uniform(0.5, 0.8),
            ..Sums::default()
        };
        let members = std::array::from_fn(|_| {
            let (hostility, opposition) = (uniform(0.3, 0.9), uniform(0.1, 0.5));
            MemberData {
                hostility,
                start_hostility: hostility,
                opposition,
                start_opposition: opposition,
                committed: false,
            }
        });
        let allies = std::array::from_fn(|_| AllyData { solidarity: uniform(0.3, 0.9), pledge: 0.0 });
        Crisis {
            left,
            day: 0,
            now: start,
            start,
            strain: 0.1,
            add: Sums::default(),
            members,
            allies,
            bar: uniform(0.1, 0.35),
            order_rate: uniform(0.005, 0.03),
            exponent: uniform(0.7, 1.5),
            exit_rate: uniform(0.001, 0.008),
            deal_rate: uniform(0.002, 0.01),
            coup_rate: uniform(0.0002, 0.0008),
            imposed: false,
            threatened: false,
            expired: false,
            deadline: f64::INFINITY,
            imposes: false,
            threatens: false,
            expires: false,
            outrage: 0.0,
            p_win: 0.0,
            n_committed: 0,
            pledges: 0.0,
            solidarity: 0.0,
            outcome: STANDOFF,
            rng,
        }
    }

    fn fires(&mut self, rate: f64) -> bool {
        self.rng.random::<f64>() < 1.0 - (-rate).exp()
    }

    /// When within the day an event of this rate comes; beyond 1 it does not.
    fn wait(&mut self, rate: f64) -> f64 {
        if rate > 0.0 { -(1.0 - self.rng.random::<f64>()).ln() / rate } else { 2.0 }
    }

    fn relax(&mut self) {
        let (left, now, start) = (self.left, &mut self.now, self.start);
        let support = start.support - 0.4 * self.strain;
        let cohesion = start.cohesion + 0.2 * (now.support - 0.5) - 0.3 * self.strain;
        let strain = 0.1 + 0.6 * now.sanctions;
        now.support = clamp(now.support + (support - now.support) * (1.0 - left.support));
        now.cohesion = clamp(now.cohesion + (cohesion - now.cohesion) * (1.0 - left.cohesion));
        self.strain = clamp(self.strain + (strain - self.strain) * (1.0 - left.strain));
        now.threat = clamp(now.threat + (0.05 - now.threat) * (1.0 - left.threat));
        now.channel = clamp(now.channel + (0.1 - now.channel) * (1.0 - left.channel));
        now.resolve = start.resolve + (now.resolve - start.resolve) * left.resolve;
        now.anger = start.anger + (now.anger - start.anger) * left.anger;
        for member in &mut self.members {
            member.hostility += (0.6 * member.start_hostility - member.hostility) * (1.0 - left.hostility);
            member.opposition =
                member.start_opposition + (member.opposition - member.start_opposition) * left.opposition;
        }
    }

    /// The first in time of what would end the crisis on this day.
    fn end(&mut self) {
        let (mut first, mut outcome) = (1.0, STANDOFF);
        let mut take = |wait: f64, by: usize| {
            if wait < first {
                (first, outcome) = (wait, by);
            }
        };
        let now = self.now;
        if f64::from(self.day) - 0.5 >= self.deadline && self.p_win > 0.55 && 2 * self.n_committed >= MEMBERS {
            take(self.wait(self.order_rate), FORCE);
        }
        take(self.wait(self.coup_rate * (4.0 * (0.6 - now.cohesion)).exp()), COUP);
        let resistance = (now.resolve + now.support + now.cohesion) / 3.0;
        let pressure = now.credibility * now.threat * self.p_win + 0.4 * self.strain;
        take(self.wait(0.02 * logistic(9.0 * (pressure - resistance))), RESTORATION);
        if now.channel > 0.3 {
            take(self.wait(self.deal_rate * now.channel), TRANSITION);
        }
        if now.sanctions > 0.1 && self.pledges > 0.0 {
            let grievance = 0.8 * self.strain + 0.4 * self.solidarity / ALLIES as f64;
            take(self.wait(self.exit_rate * logistic(6.0 * (grievance - 0.5))), EXIT);
        }
        self.outcome = outcome;
    }
}

impl State for Crisis {
    fn init(&mut self, schedule: &mut Schedule) {
        for id in 0..MEMBERS {
            let member = Member { id, last_denounced: NEVER, last_committed: NEVER };
            schedule.schedule_repeating(Box::new(member), 0.0, 0);
        }
        for id in 0..ALLIES {
            schedule.schedule_repeating(Box::new(Ally { id, last_rejected: NEVER }), 0.0, 0);
        }
        schedule.schedule_repeating(Box::new(Bloc { last_renewed: NEVER, last_mission: NEVER }), 0.0, 0);
        schedule.schedule_repeating(Box::new(Street { last_rally: NEVER, last_attack: NEVER }), 0.0, 0);
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }

    fn reset(&mut self) {}

    fn update(&mut self, _step: u64) {}

    fn before_step(&mut self, _schedule: &mut Schedule) {
        self.day += 1;
        self.relax();
        self.outrage = self.members.iter().map(|member| member.hostility).sum::<f64>() / MEMBERS as f64;
        self.n_committed = self.members.iter().filter(|member| member.committed).count();
        self.pledges = self.allies.iter().map(|ally| ally.pledge).sum();
        self.solidarity = self.allies.iter().map(|ally| ally.solidarity).sum();
        let defence = 0.5 * self.now.cohesion + 0.25 * self.pledges;
        let offence = 0.05 + 0.06 * self.n_committed as f64;
        self.p_win = 1.0 / (1.0 + (defence / offence).powf(self.exponent));
        self.add = Sums::default();
    }

    fn after_step(&mut self, _schedule: &mut Schedule) {
        self.end();
        self.imposed |= std::mem::take(&mut self.imposes);
        self.expired |= std::mem::take(&mut self.expires);
        if std::mem::take(&mut self.threatens) {
            self.threatened = true;
            self.deadline = f64::from(self.day) + 14.0;
        }
        let (now, add) = (&mut self.now, self.add);
        now.threat = clamp(now.threat + add.threat);
        now.sanctions = clamp(now.sanctions + add.sanctions);
        now.channel = clamp(now.channel + add.channel);
        now.support = clamp(now.support + add.support);
        now.cohesion = clamp(now.cohesion + add.cohesion);
        now.resolve = clamp(now.resolve + add.resolve);
        now.credibility = clamp(now.credibility + add.credibility);
        now.anger = clamp(now.anger + add.anger);
    }

    fn end_condition(&mut self, _schedule: &mut Schedule) -> bool {
        self.outcome != STANDOFF || self.day == STEPS
    }
}

fn crisis(state: &mut dyn State) -> &mut Crisis {
    state.as_any_mut().downcast_mut::<Crisis>().expect("the only state")
}

#[derive(Clone)]
struct Member {
    id: usize,
    last_denounced: i32,
    last_committed: i32,
}

impl Agent for Member {
    fn step(&mut self, state: &mut dyn State) {
        let state = crisis(state);
        let mut own = state.members[self.id];
        let before = own;
        if state.day > self.last_denounced + 15 && state.fires(0.03 * before.hostility) {
            self.last_denounced = state.day;
            state.add.threat += 0.01;
            own.opposition -= 0.01;
        }
        if state.threatened {
            let utility = before.hostility * (0.3 + 0.7 * state.p_win) - 0.5 * before.opposition
                + 0.2 * state.now.credibility * state.now.threat;
            if !before.committed {
                if utility > state.bar && state.day > self.last_committed + 20 && state.fires(0.1) {
                    self.last_committed = state.day;
                    own.committed = true;
                    state.add.threat += 0.02;
                    own.opposition += 0.05;
                }
            } else if utility < state.bar - 0.03 && state.fires(0.05) {
                own.committed = false;
            }
        }
        own.opposition = clamp(own.opposition);
        state.members[self.id] = own;
    }
}

#[derive(Clone)]
struct Ally {
    id: usize,
    last_rejected: i32,
}

impl Agent for Ally {
    fn step(&mut self, state: &mut dyn State) {
        let state = crisis(state);
        let AllyData { solidarity, pledge } = state.allies[self.id];
        if pledge == 0.0 && state.now.threat > 0.2 && state.fires(0.2 * solidarity * solidarity) {
            state.allies[self.id].pledge = 0.5;
            state.add.resolve += 0.03;
        }
        if state.now.sanctions > 0.1 && state.day > self.last_rejected + 30 && state.fires(0.05 * solidarity) {
            self.last_rejected = state.day;
            state.add.resolve += 0.01;
            state.allies[self.id].solidarity = clamp(solidarity + 0.02);
        }
    }
}

#[derive(Clone)]
struct Street {
    last_rally: i32,
    last_attack: i32,
}

impl Agent for Street {
    fn step(&mut self, state: &mut dyn State) {
        let state = crisis(state);
        if state.day > self.last_rally + 10 && state.fires(0.06 * state.now.anger) {
            self.last_rally = state.day;
            state.add.support += 0.02;
            state.add.anger += 0.01;
        }
        if state.day > self.last_attack + 15 && state.fires(0.01) {
            self.last_attack = state.day;
            state.add.cohesion -= 0.04;
            state.add.support -= 0.02;
        }
    }
}

#[derive(Clone)]
struct Bloc {
    last_renewed: i32,
    last_mission: i32,
}

impl Bloc {
    fn meet(state: &mut Crisis) {
        let now = state.now;
        let hold = (6.0_f64 * 0.1).exp();
        let tighten = if now.sanctions < 0.9 { (6.0 * (0.6 * state.outrage - 0.2)).exp() } else { 0.0 };
        let ease = if now.sanctions > 0.2 { (6.0 * (0.5 * state.strain - 0.2 * state.outrage)).exp() } else { 0.0 };
        let u = state.rng.random::<f64>() * (hold + tighten + ease);
        if u < tighten {
            state.add.sanctions += 0.2;
            state.add.threat += 0.05;
        } else if u < tighten + ease {
            state.add.sanctions -= 0.3 * now.sanctions;
            state.add.channel += 0.1;
        }
    }
}

impl Agent for Bloc {
    fn step(&mut self, state: &mut dyn State) {
        let state = crisis(state);
        let (now, day, outrage) = (state.now, state.day, state.outrage);
        if !state.imposed && state.fires(0.15 * outrage) {
            state.imposes = true;
            state.add.sanctions += 0.5;
            state.add.support += 0.05;
            state.add.threat += 0.1;
        }
        if state.imposed && !state.threatened && state.fires(0.1 * outrage) {
            state.threatens = true;
            state.add.threat += 0.5;
            state.add.resolve += 0.02;
        }
        if !state.expired && f64::from(day) >= state.deadline {
            state.expires = true;
            state.add.credibility -= 0.3 * now.credibility;
            state.add.resolve += 0.05;
            state.add.threat -= 0.2 * now.threat;
        }
        if state.expired && now.threat < 0.5 && day > self.last_renewed + 15 && state.fires(0.04 * outrage) {
            self.last_renewed = day;
            state.add.threat += 0.2 * now.credibility;
        }
        if state.imposed && state.fires(0.03) {
            Bloc::meet(state);
        }
        if now.channel < 0.9 && day > self.last_mission + 10 && state.fires(0.08) {
            self.last_mission = day;
            state.add.channel += 0.12;
        }
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().expect("a number"));
    let (runs, seed) = (arguments.next().expect("runs"), arguments.next().expect("seed"));
    let (mut counts, mut days) = ([0_u64; 6], 0_i64);
    let left = Left::new();
    for run in 0..runs {
        let mut state = Crisis::new(seed.wrapping_mul(1_000_003).wrapping_add(run), left);
        let mut schedule = Schedule::new();
        state.init(&mut schedule);
        while !state.end_condition(&mut schedule) {
            schedule.step(&mut state);
        }
        counts[state.outcome] += 1;
        days += i64::from(state.day);
    }
    // The script that starts this program times it.
    println!("- {days} {}", counts.map(|count| count.to_string()).join(" "));
}
