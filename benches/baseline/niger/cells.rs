//! What changes in a run: numbers by a name each, conditions, deadlines, and what has happened.

use flashpoint::model::EventTally;

use super::rows::ROWS;

// Numbers that move to a resting place in every step. The members' hostility to the junta comes first, in byte order
// of the members.
pub(crate) const MEMBERS: usize = 11;
pub(crate) const MEMBER_HOSTILITY: usize = 0;
pub(crate) const BLOC_HOSTILITY: usize = 11;
pub(crate) const HOSTILITY_TO_BLOC: usize = 12;
pub(crate) const HOSTILITY_TO_PATRON: usize = 13;
pub(crate) const PATRON_HOSTILITY: usize = 14;
pub(crate) const HOSTILITY_TO_US: usize = 15;
pub(crate) const THREAT: usize = 16;
pub(crate) const CHANNEL: usize = 17;
pub(crate) const SUPPORT: usize = 18;
pub(crate) const COHESION: usize = 19;
pub(crate) const STRAIN: usize = 20;
pub(crate) const LEGITIMACY: usize = 21;
pub(crate) const INFLUENCE: usize = 22;
/// How many numbers have a resting place.
pub(crate) const RESTING: usize = 23;

/// For the expert: the mean of the members' hostilities.
pub(crate) const MEAN_HOSTILITY: usize = 23;

// Numbers that fade back to their start.
pub(crate) const RESOLVE: usize = 24;
pub(crate) const BLOC_RESOLVE: usize = 25;
pub(crate) const NIGERIAN_OPPOSITION: usize = 26;
pub(crate) const ANGER: usize = 27;
pub(crate) const MOBILISATION: usize = 28;
/// The first of those that fade.
pub(crate) const FADING: usize = RESOLVE;
/// How many fade.
pub(crate) const N_FADING: usize = 5;

// Numbers that only events move.
pub(crate) const ALTERNATIVES: usize = 29;
pub(crate) const LEARNING: usize = 30;
pub(crate) const CREDIBILITY: usize = 31;
pub(crate) const ALARM: usize = 32;
pub(crate) const SANCTIONS: usize = 33;
pub(crate) const COVER: usize = 34;
pub(crate) const RECOGNITION: usize = 35;
/// Burkina Faso's, then Mali's pledge to the junta.
pub(crate) const PLEDGE: usize = 36;
pub(crate) const PATRON_PLEDGE: usize = 38;
/// Burkina Faso's, then Mali's troops in Niger.
pub(crate) const PRESENCE: usize = 39;
pub(crate) const PATRON_PRESENCE: usize = 41;
pub(crate) const US_PRESENCE: usize = 42;
pub(crate) const RUSSIAN_PRESENCE: usize = 43;
/// Burkina Faso's, Guinea's, Mali's solidarity with the junta.
pub(crate) const SOLIDARITY: usize = 44;
pub(crate) const GUINEA: usize = 1;
/// From here on numbers lie between 0 and 60 (months) instead of 0 and 1.
pub(crate) const MONTHS: usize = 47;
pub(crate) const BLOC_IDEAL: usize = 47;
pub(crate) const IDEAL: usize = 48;
pub(crate) const AGREED: usize = 49;
pub(crate) const SLIP: usize = 50;
/// How many numbers there are.
pub(crate) const CELLS: usize = 51;

/// A deadline that is off.
pub(crate) const OFF: f64 = f64::INFINITY;

/// Comparisons of times allow for a billionth of a step.
pub(crate) const SLACK: f64 = 1e-9;

/// Conditions and deadlines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flags {
    pub(crate) detained: bool,
    pub(crate) invited: bool,
    pub(crate) ambassador_present: bool,
    /// A bit for each contributor.
    pub(crate) committed: u32,
    /// A bit for each donor.
    pub(crate) aid_suspended: u32,
    pub(crate) ultimatum: f64,
    pub(crate) last_warning: f64,
    pub(crate) sanctions_deadline: f64,
    pub(crate) au_deadline: f64,
    pub(crate) departure: f64,
}

impl Flags {
    pub(crate) const DAY_0: Flags = Flags {
        detained: true,
        invited: false,
        ambassador_present: true,
        committed: 0,
        aid_suspended: 0,
        ultimatum: OFF,
        last_warning: OFF,
        sanctions_deadline: OFF,
        au_deadline: OFF,
        departure: OFF,
    };
}

/// The state of a run.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) cells: [f64; CELLS],
    /// With which value those that fade were last written, and what time has left of the distance.
    pub(crate) written: [f64; N_FADING],
    pub(crate) fade: [f64; N_FADING],
    pub(crate) flags: Flags,
    /// A bit for each row that has happened.
    pub(crate) happened: u128,
    pub(crate) tallies: [EventTally; ROWS],
}

impl World {
    #[inline(always)]
    pub(crate) fn fired(&self, row: usize) -> bool {
        self.happened & (1 << row) != 0
    }

    /// Has any of some neighbouring rows happened?
    #[inline(always)]
    pub(crate) fn any_fired(&self, first: usize, number: usize) -> bool {
        self.happened & (((1 << number) - 1) << first) != 0
    }

    /// Days since a row that has happened.
    #[inline(always)]
    pub(crate) fn since(&self, row: usize, now: f64) -> f64 {
        now - f64::from(self.tallies[row].last_step)
    }

    /// Has a row of this rest (whole days, with a rate) rested in step `n`? The guard reads the middle of the step.
    #[inline(always)]
    pub(crate) fn rested(&self, row: usize, n: u32, days: u32) -> bool {
        let tally = &self.tallies[row];
        tally.count == 0 || n > tally.last_step + days
    }

    pub(crate) fn count(&mut self, row: usize, n: u32) {
        let tally = &mut self.tallies[row];
        if tally.count == 0 {
            tally.first_step = n;
        }
        tally.count += 1;
        tally.last_step = n;
        self.happened |= 1 << row;
    }
}

impl Flags {
    #[inline(always)]
    pub(crate) fn expired(deadline: f64, now: f64) -> bool {
        now >= deadline - SLACK
    }

    #[inline(always)]
    pub(crate) fn ultimatum_runs(&self, now: f64) -> bool {
        self.ultimatum < OFF && !Self::expired(self.ultimatum, now)
    }

    #[inline(always)]
    pub(crate) fn deadline_over(&self, now: f64) -> bool {
        Self::expired(self.ultimatum, now) || Self::expired(self.last_warning, now)
    }
}
