//! Distributions of priors, starts and draws.

use super::Maker;
use super::piece::digits;
use super::scope::{Place, Scope};
use super::world::Kind;

/// The file of severities, with these columns.
pub(super) const TABLE: &str = "data/severity.csv";

impl Maker {
    /// A prior or start of numbers, about within these bounds. Arguments are literals.
    pub(super) fn constant_distribution(&mut self, low: f64, high: f64) -> String {
        let width = high - low;
        let at = |share: f64| digits(low + share * width);
        let spread = |share: f64| digits(share * width);
        let positive = low >= 0.0;
        loop {
            let text = match self.dice.roll(16) {
                0 | 1 => format!("uniform = {{ low = {}, high = {} }}", at(0.1), at(0.9)),
                2 => format!("normal = {{ mean = {}, sd = {} }}", at(0.5), spread(0.3)),
                3 if positive => format!("lognormal = {{ median = {}, sigma = 0.5 }}", at(0.3)),
                4 => format!("triangular = {{ low = {}, mode = {}, high = {} }}", at(0.0), at(0.2), at(1.0)),
                5 => format!("pert = {{ low = {}, mode = {}, high = {} }}", at(0.0), at(0.7), at(0.9)),
                6 if positive => format!("beta = {{ mean = 0.4, sd = {} }}", self.dice.of(&["0.1", "0.2", "0.4"])),
                7 if positive => format!("exponential = {{ mean = {} }}", spread(0.3)),
                8 if positive => format!("gamma = {{ mean = {}, sd = {} }}", spread(0.4), spread(0.2)),
                9 if positive => format!("weibull = {{ scale = {}, shape = 1.5 }}", spread(0.4)),
                10 => {
                    let values = [at(0.0), at(0.25), at(0.5), at(1.0)].join(", ");
                    format!("discrete = {{ values = [{values}], weights = [1, 0, 2.5, 1] }}")
                }
                11 => format!("normal = {{ q05 = {}, q90 = {} }}", at(0.2), at(0.8)),
                12 if positive => format!("lognormal = {{ q10 = {}, q95 = {} }}", spread(0.1), spread(0.8)),
                13 if positive && high <= 1.0 => "beta = { q05 = 0.2, q75 = 0.6 }".to_owned(),
                14 if positive => format!("gamma = {{ q25 = {}, q75 = {} }}", spread(0.2), spread(0.6)),
                15 if self.world.has_table && low <= 0.0 && high >= 1.0 => {
                    format!("empirical = {{ file = \"{TABLE}\", column = \"{}\" }}", self.dice.of(&["loss", "weight"]))
                }
                _ => continue,
            };
            return format!("{{ {text} }}");
        }
    }

    /// A prior whose arguments are computed from earlier parameters.
    pub(super) fn computed_prior(&mut self, parameters: usize) -> String {
        let mut scope = Scope { parameters, ..Scope::new(Place::Constant) };
        let middle = self.unit(&mut scope, 1);
        match self.dice.roll(3) {
            0 => format!("{{ normal = {{ mean = \"{}\", sd = 0.2 }} }}", middle.text),
            1 => format!("{{ triangular = {{ low = -0.5, mode = \"{}\", high = 1.5 }} }}", middle.text),
            _ => format!("{{ uniform = {{ low = -0.2, high = \"{} + 0.1\" }} }}", middle.at(super::piece::SUM)),
        }
    }

    /// A draw of numbers about from 0 to 1; arguments may read what the scope shows.
    pub(super) fn numeric_draw(&mut self, scope: &mut Scope) -> String {
        let depth = self.dice.roll(2);
        let text = match self.dice.roll(9) {
            0 => {
                let high = self.unit(scope, depth);
                format!("uniform = {{ low = 0, high = \"{}\" }}", high.text)
            }
            1 => {
                let mean = self.unit(scope, depth);
                let sd = self.number(scope, 0);
                format!("normal = {{ mean = \"{}\", sd = \"{}\" }}", mean.text, sd.text)
            }
            2 => {
                let median = self.unit(scope, depth);
                format!("lognormal = {{ median = \"{}\", sigma = 0.4 }}", median.text)
            }
            3 => {
                let mode = self.number(scope, depth);
                format!("triangular = {{ low = 0, mode = \"{}\", high = 0.8 }}", mode.text)
            }
            4 => {
                let mean = self.unit(scope, depth);
                format!("exponential = {{ mean = \"{}\" }}", mean.text)
            }
            _ => return self.constant_distribution(0.0, 1.0),
        };
        format!("{{ {text} }}")
    }

    /// The draws of an event or later entry: lines' contents and what they hold.
    pub(super) fn draws(&mut self, scope: &mut Scope) -> (Vec<String>, Vec<(String, Kind)>) {
        let (mut written, mut held) = (Vec::new(), Vec::new());
        for (name, likely) in [("size", 45), ("damage", 30), ("lag", 30), ("luck", 25)] {
            if !self.dice.percent(likely) {
                continue;
            }
            let step = self.world.step_days;
            let (text, kind) = match name {
                "lag" => {
                    let (low, high) = (self.span(step), self.span(6.0 * step));
                    let text = match self.dice.roll(4) {
                        0 => format!("{{ exponential = {{ mean = \"{high}\" }} }}"),
                        1 => format!("{{ lognormal = {{ q05 = \"{low}\", q95 = \"{high}\" }} }}"),
                        2 => format!("{{ discrete = {{ values = [\"{low}\", \"{high}\"], weights = [2, 1] }} }}"),
                        _ => format!("{{ uniform = {{ low = \"{low}\", high = \"{high}\" }} }}"),
                    };
                    (text, Kind::Duration)
                }
                "luck" => {
                    let chance = self.unit(scope, 1);
                    (format!("{{ flip = {{ probability = \"{}\" }} }}", chance.text), Kind::Boolean)
                }
                _ => (self.numeric_draw(scope), Kind::Number(0.0, 1.0)),
            };
            written.push(format!("{name} = {text}"));
            held.push((name.to_owned(), kind));
        }
        (written, held)
    }
}
