//! What rules and options share: labels, ladder, draws, effects, later entries.

use super::Maker;
use super::draft::Section;
use super::scope::Scope;

impl Maker {
    /// Adds an event's keys to its table.
    pub(super) fn write_event(&mut self, section: &mut Section, scope: &mut Scope) {
        if self.dice.percent(60) {
            section.add(format!("ladder = {}", self.dice.roll(11)));
        }
        if self.dice.percent(30) {
            section.add(format!("cameo = \"{}\"", self.dice.of(&["057", "161", "19"])));
        }
        if self.dice.percent(35) {
            let mut label = "something happens".to_owned();
            if scope.has("actor") {
                label.push_str(" by {actor}");
            }
            if scope.has("target") {
                label.push_str(" to {target}");
            }
            section.add(format!("label = \"{label}\""));
        }
        let mut drawing = scope.clone();
        if self.dice.percent(55) {
            let (written, held) = self.draws(scope);
            if !written.is_empty() {
                section.add(format!("draws = {{ {} }}", written.join(", ")));
            }
            drawing.values = held;
        }
        if self.dice.percent(92) {
            let effects = self.effects(&mut drawing);
            section.add(format!("effects = {effects}"));
        }
        for name in ["reply", "echo"] {
            if self.dice.percent(30) {
                let entry = self.later(scope, &mut drawing);
                section.add(format!("later.{name} = {{ {entry} }}"));
            }
        }
    }

    fn later(&mut self, scope: &mut Scope, drawing: &mut Scope) -> String {
        let mut parts = Vec::new();
        let after = match self.dice.roll(5) {
            0 => {
                let duration = self.duration(drawing, 1);
                duration.text
            }
            1 if drawing.values.iter().any(|(name, _)| name == "lag") => "lag".to_owned(),
            2 if drawing.values.iter().any(|(name, _)| name == "lag") => format!("lag + {}", self.some_days()),
            _ => self.some_days(),
        };
        parts.push(format!("after = \"{after}\""));
        if self.dice.percent(40) {
            let when = self.condition(scope, 1);
            parts.push(format!("when = \"{}\"", when.text));
        }
        let mut own = scope.clone();
        if self.dice.percent(45) {
            let (written, held) = self.draws(scope);
            if !written.is_empty() {
                parts.push(format!("draws = {{ {} }}", written.join(", ")));
            }
            own.values = held;
        }
        let effects = self.effects(&mut own);
        parts.push(format!("effects = {effects}"));
        parts.join(", ")
    }

    /// A guard: mostly with something in it that changes in most runs.
    fn guard(&mut self, scope: &mut Scope, depth: usize) -> String {
        if self.dice.percent(25) {
            return self.condition(scope, depth).text;
        }
        let first = match self.dice.roll(7) {
            0 | 1 => {
                let event = self.bare_event();
                let age = self.some_days();
                format!("since({event}) {} {age}", self.dice.of(&["<", "<=", ">", ">="]))
            }
            2 => format!("tension {} {}", self.dice.of(&["<", ">"]), self.dice.of(&["0.3", "0.5", "0.6"])),
            3 => {
                let clock = self.dice.pick(&self.world.clocks);
                format!("{}({clock})", self.dice.of(&["not running", "running", "expired", "not expired"]))
            }
            4 => {
                let day = super::piece::digits(self.dice.share() * 0.7 * self.world.horizon_days());
                format!("day {} {day}", self.dice.of(&["<", ">="]))
            }
            5 => format!("times({}) {} {}", self.bare_event(), self.dice.of(&["<", ">="]), self.dice.between(1, 4)),
            _ => format!("size(members) {} 2", self.dice.of(&["<", ">="])),
        };
        let more = self.condition(scope, depth.min(1));
        match self.dice.roll(4) {
            0 => format!("{first} and {}", more.at(super::piece::NOT)),
            1 => format!("{} or {first}", more.at(super::piece::AND)),
            _ => first,
        }
    }

    /// An event of anybody.
    pub(super) fn bare_event(&mut self) -> String {
        let list = if self.dice.percent(75) { &self.world.rules } else { &self.world.choices };
        list[self.dice.roll(list.len())].name.clone()
    }

    /// When a rule or choice may happen: `when`, and one of the ways to decide it.
    pub(super) fn write_opportunity(&mut self, section: &mut Section, scope: &mut Scope) {
        if self.dice.percent(60) {
            let depth = self.size.depth;
            let when = self.guard(scope, depth);
            section.add(format!("when = \"{when}\""));
        }
        let depth = self.dice.roll(self.size.depth + 1);
        let roll = self.dice.roll(12);
        match roll {
            0..=4 => {
                let hazard = self.hazard(scope, depth);
                section.add(format!("rate = \"{hazard}\""));
            }
            5..=8 => {
                let most = self.dice.pick(&[0.1, 0.3, 0.8]);
                let chance = self.unit(scope, depth);
                let text = format!("{most} * {}", chance.at(super::piece::UNARY));
                section.add(match self.dice.roll(3) {
                    0 => format!("chance = {most}"),
                    _ => format!("chance = \"{text}\""),
                });
                if roll > 6 {
                    let every = self.constant_duration();
                    section.add(format!("every = \"{every}\""));
                }
            }
            9 | 10 => {
                let every = self.constant_duration();
                section.add(format!("every = \"{every}\""));
            }
            _ => {}
        }
        if roll <= 8 && self.dice.percent(35) {
            let cooldown = self.constant_duration();
            section.add(format!("cooldown = \"{cooldown}\""));
        }
        if roll > 10 || self.dice.percent(25) {
            section.add(format!("limit = {}", self.dice.between(1, 3)));
        }
    }
}
