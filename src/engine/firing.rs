//! What fires in a step. Only openings that are awake and whose draw may let them fire are looked at.

use crate::math;
use crate::random::{self, Site};

use super::memory::{Firing, Memory, Timed, WINDOW};
use super::program::{Decided, LeadsTo, Opening, Program};

/// 2^-8, the width of a coarse byte.
const COARSE_UNIT: f64 = 1.0 / 256.0;

impl Memory {
    /// All that fires in step `n`, in the order of id, actor, target.
    pub(super) fn firing(&mut self, program: &Program<'_>, n: u64, record: &mut crate::model::RunRecord) {
        self.firings.clear();
        match &program.model.history {
            Some(history) if n <= history.last_step => self.recorded_events(program, n, record),
            _ => {
                self.look_ahead(program, n);
                self.open_candidates(program, n);
                if program.any_exclusive {
                    self.exclude(program, n);
                }
            }
        }
        if self.firings.len() > 1 {
            self.firings.sort_by_key(|firing| firing.event);
        }
    }

    /// At the end of a window: all that is awake needs the bytes of the next.
    pub(super) fn end_window(&mut self) {
        self.candidates.clear();
    }

    /// Finds the candidates of the window's steps, for openings that are awake and not known.
    fn look_ahead(&mut self, program: &Program<'_>, n: u64) {
        let words = self.awake.len();
        if self.candidates.is_empty() && words > 0 {
            self.candidates.resize(words * WINDOW as usize, 0);
            self.without_bytes.clear();
            for word in 0..words {
                let mut bits = self.awake[word] & !self.always[word];
                while bits != 0 {
                    let opening = (word * 64) as u32 + bits.trailing_zeros();
                    bits &= bits - 1;
                    self.without_bytes.push(opening);
                }
            }
        }
        while let Some(opening) = self.without_bytes.pop() {
            let index = opening as usize;
            if self.firing_bytes[index] == 0 || self.sleeps_instead(program, index) {
                continue;
            }
            self.buy_bytes(program, index, n / WINDOW);
        }
    }

    /// A proof that the guard stays false is cheaper than a block of draws.
    fn sleeps_instead(&mut self, program: &Program<'_>, index: usize) -> bool {
        let guard = program.openings[index].guard;
        if self.holds(program, guard) || !self.stays_false(program, guard) {
            return false;
        }
        self.awake[index / 64] &= !(1 << (index % 64));
        true
    }

    fn buy_bytes(&mut self, program: &Program<'_>, index: usize, window: u64) {
        if self.coarse_window[index] == window {
            return;
        }
        self.coarse_window[index] = window;
        self.coarse[index] = random::coarse_block(program.seed, self.run, program.openings[index].site, window);
        let below = self.firing_bytes[index];
        let (words, word, bit) = (self.awake.len(), index / 64, 1_u64 << (index % 64));
        for (step, &byte) in self.coarse[index].iter().enumerate() {
            if u16::from(byte) < below {
                self.candidates[step * words + word] |= bit;
            }
        }
    }

    fn open_candidates(&mut self, program: &Program<'_>, n: u64) {
        let words = self.awake.len();
        let row = (n % WINDOW) as usize * words;
        for word in 0..words {
            let mut bits = (self.candidates[row + word] | self.always[word]) & self.awake[word];
            while bits != 0 {
                let index = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                self.open(program, index, n);
            }
        }
    }

    fn open(&mut self, program: &Program<'_>, index: usize, n: u64) {
        let opening = &program.openings[index];
        if !self.is_due(program, index, n) {
            return;
        }
        if !self.holds(program, opening.guard) {
            self.fall_asleep(program, index);
            return;
        }
        let at_once = opening.decided == Decided::AtOnce;
        if !at_once {
            self.opportunities[index] = n;
        }
        let Some(timed) = self.decide(program, index, n) else { return };
        let led_to = match &opening.leads_to {
            LeadsTo::Event { event, exclusive } => Some((*event, *exclusive)),
            LeadsTo::Options { .. } => self.pick_option(program, opening, n).map(|event| (event, None)),
        };
        let Some((event, exclusive)) = led_to else { return };
        if at_once {
            self.opportunities[index] = n;
        }
        let opening = index as u32;
        self.firings.push(Firing { event, opening, timed, wait: 0.0, uniform: 0.0, exclusive, rank: 0 });
    }

    /// Lets an opening sleep whose guard is false and stays so until something that it reads is written.
    fn fall_asleep(&mut self, program: &Program<'_>, index: usize) {
        let (patience, waited) = self.patience[index];
        if waited < patience {
            self.patience[index].1 += 1;
            return;
        }
        if self.stays_false(program, program.openings[index].guard) {
            self.awake[index / 64] &= !(1 << (index % 64));
        } else {
            self.patience[index] = ((patience * 2 + 1).min(63), 0);
        }
    }

    /// Opportunities of `every`.
    fn is_due(&mut self, program: &Program<'_>, index: usize, n: u64) -> bool {
        let Some(every) = program.openings[index].every else { return true };
        let last = self.opportunities[index];
        if last == 0 {
            return true;
        }
        let day = |step: u64| step as f64 * program.model.step_days;
        math::subtract(day(n), day(last)) >= self.value(program, every) - program.slack_days
    }

    fn decide(&mut self, program: &Program<'_>, index: usize, n: u64) -> Option<Timed> {
        let opening = &program.openings[index];
        let (p, timed) = match opening.decided {
            Decided::AtOnce => return Some(Timed::AtOnce),
            Decided::Chance(chance) => {
                let p = math::clamp(self.value(program, chance), 0.0, 1.0);
                (p, Timed::Chance(p))
            }
            Decided::Rate(rate) => {
                let rate = math::maximum(0.0, self.value(program, rate));
                let hazard = math::multiply(rate, program.model.step_days);
                (math::subtract(1.0, math::exp(-hazard)), Timed::Hazard(hazard))
            }
        };
        if opening.every.is_some() {
            return random::fires(program.seed, self.run, opening.site, n, p).then_some(timed);
        }
        let low = f64::from(self.coarse[index][(n % WINDOW) as usize]) * COARSE_UNIT;
        let fires = if p >= low + COARSE_UNIT {
            true
        } else if p > low {
            random::firing_uniform(program.seed, self.run, opening.site, n) < p
        } else {
            false
        };
        fires.then_some(timed)
    }

    /// When within the step, and by which uniform, a firing was decided.
    pub(super) fn find_time(&mut self, program: &Program<'_>, position: usize, n: u64) {
        let firing = self.firings[position];
        if matches!(firing.timed, Timed::Recorded) {
            return;
        }
        let site: Site = program.openings[firing.opening as usize].site;
        let u = random::firing_uniform(program.seed, self.run, site, n);
        let wait = match firing.timed {
            Timed::AtOnce | Timed::Recorded => 0.0,
            Timed::Chance(p) => math::divide(u, p),
            Timed::Hazard(hazard) => math::divide(-math::ln(math::subtract(1.0, u)), hazard),
        };
        let firing = &mut self.firings[position];
        (firing.wait, firing.uniform) = (wait, u);
    }

    fn pick_option(&mut self, program: &Program<'_>, opening: &Opening, n: u64) -> Option<u32> {
        let LeadsTo::Options { precision, pick_site, by_utility, options } = &opening.leads_to else { return None };
        let precision = math::maximum(0.0, self.value(program, *precision));
        self.eligible.clear();
        self.weights.clear();
        for option in options {
            if !self.holds(program, program.events[option.event as usize].eligible) {
                continue;
            }
            let worth = self.value(program, option.worth);
            let weight = if *by_utility { math::multiply(precision, worth) } else { math::maximum(0.0, worth) };
            self.eligible.push(option.event);
            self.weights.push(weight);
        }
        let greatest = self.weights.iter().copied().reduce(math::maximum)?;
        if *by_utility {
            for weight in &mut self.weights {
                *weight = math::exp(math::subtract(*weight, greatest));
            }
        }
        let u = random::uniform(program.seed, self.run, *pick_site, n);
        random::pick_weighted(&self.weights, u).map(|position| self.eligible[position])
    }

    /// Of all that would fire under one `exclusive` text only the first in time does.
    fn exclude(&mut self, program: &Program<'_>, n: u64) {
        let exclusive = self.firings.iter().filter(|firing| firing.exclusive.is_some()).count();
        if exclusive < 2 {
            return;
        }
        for position in 0..self.firings.len() {
            self.find_time(program, position, n);
        }
        self.firings.sort_by(Firing::in_time);
        self.taken.clear();
        let taken = &mut self.taken;
        self.firings.retain(|firing| {
            let Some(number) = firing.exclusive else { return true };
            let free = !taken.contains(&number);
            if free {
                taken.push(number);
            }
            free
        });
    }

    /// A step of the record: the listed events happen, guard or no guard; nothing else does.
    fn recorded_events(&mut self, program: &Program<'_>, n: u64, record: &mut crate::model::RunRecord) {
        let Some(history) = &program.model.history else { return };
        for listed in history.events.iter().filter(|listed| listed.step == n) {
            let row = program
                .model
                .events
                .binary_search_by_key(&(listed.happening, listed.instance), |row| (row.happening, row.instance));
            let Ok(event) = row else { continue };
            let mut expected = false;
            if let Some(opening) = program.events[event].opening {
                expected = self.is_allowed(program, opening as usize, n)
                    && self.holds(program, program.events[event].eligible);
                self.opportunities[opening as usize] = n;
            }
            record.history_misses += u32::from(!expected);
            let opening = program.events[event].opening.unwrap_or(u32::MAX);
            let event = event as u32;
            let timed = Timed::Recorded;
            self.firings.push(Firing { event, opening, timed, wait: 0.0, uniform: 0.0, exclusive: None, rank: 0 });
        }
    }

    fn is_allowed(&mut self, program: &Program<'_>, index: usize, n: u64) -> bool {
        let opening = &program.openings[index];
        opening.enabled
            && opening.limit.is_none_or(|limit| self.tallies[opening.tally as usize].count < limit)
            && self.is_due(program, index, n)
            && self.holds(program, opening.guard)
    }
}

impl Firing {
    /// Which of two comes first: least waiting time, then least uniform, then id, actor, target.
    pub(super) fn in_time(&self, other: &Firing) -> std::cmp::Ordering {
        self.wait.total_cmp(&other.wait).then(self.uniform.total_cmp(&other.uniform)).then(self.event.cmp(&other.event))
    }
}
