//! Scenarios of which the answer is known: hazards that are constant between certain days race to end the run.

use super::Dice;
use super::draft::{Draft, Generated, Section};
use super::piece::digits;

/// Hazards of several rules, each of which ends the run.
#[derive(Clone, Debug)]
pub(crate) struct HazardRace {
    /// Days to the horizon.
    pub(crate) n_days: usize,
    /// For each outcome the hazard per day before and from its day of change on.
    pub(crate) hazards: Vec<(f64, f64, usize)>,
    /// Each hazard is that of so many actors.
    pub(crate) n_actors: usize,
}

/// A race from a seed.
pub(crate) fn hazard_race(seed: u64) -> HazardRace {
    let mut dice = Dice::new(seed ^ 0x00ab_cdef);
    let n_days = dice.between(3, 14);
    let hazards = (0..dice.between(2, 4))
        .map(|_| {
            let hazard = |dice: &mut Dice| {
                let value = dice.pick(&[0.0, 0.1, 0.4, 1.0, 3.0]) * (0.5 + dice.share()) / n_days as f64;
                digits(value).parse().unwrap_or(0.0)
            };
            (hazard(&mut dice), hazard(&mut dice), dice.between(1, n_days - 1))
        })
        .collect();
    HazardRace { n_days, hazards, n_actors: dice.between(1, 3) }
}

impl HazardRace {
    /// The probability of each outcome, then that of none: competing exponential times, day by day.
    pub(crate) fn probabilities(&self) -> Vec<f64> {
        let mut found = vec![0.0; self.hazards.len() + 1];
        let mut alive = 1.0;
        for day in 0..self.n_days {
            let now: Vec<f64> =
                self.hazards.iter().map(|&(early, late, change)| if day < change { early } else { late }).collect();
            let now: Vec<f64> = now.into_iter().map(|hazard| hazard * self.n_actors as f64).collect();
            let total: f64 = now.iter().sum();
            let ended = -(-total).exp_m1();
            for (share, hazard) in found.iter_mut().zip(&now) {
                *share += if total > 0.0 { alive * ended * hazard / total } else { 0.0 };
            }
            alive *= 1.0 - ended;
        }
        found[self.hazards.len()] = alive;
        found
    }

    /// The same race in steps of this length.
    pub(crate) fn scenario(&self, step: &str) -> Generated {
        let mut draft = Draft::default();
        draft.sections.push(
            Section::new("scenario")
                .line(format!("step = \"{step}\""))
                .line(format!("horizon = \"{} days\"", self.n_days)),
        );
        for actor in 0..self.n_actors {
            draft.sections.push(Section::new(format!("actors.a_{actor}")));
        }
        for (at, (early, late, change)) in self.hazards.iter().enumerate() {
            draft.sections.push(Section::new(format!("rules.end_{at}")).line("actor = \"actors\"").line(format!(
                "rate = \"if day < {change} then {} per day else {} per day\"",
                digits(*early),
                digits(*late)
            )));
        }
        for at in 0..self.hazards.len() {
            draft.sections.push(
                Section::new("[outcomes]")
                    .line(format!("id = \"won_{at}\""))
                    .line(format!("when = \"fired(end_{at})\"")),
            );
        }
        draft.sections.push(Section::new("[outcomes]").line("id = \"none\""));
        draft.written()
    }
}
