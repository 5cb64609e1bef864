//! Rules and flows.

use super::Maker;
use super::draft::Section;
use super::scope::Scope;
use super::things::quoted;
use super::world::Shape;

impl Maker {
    /// `actor` and `target`, and the scope that they make.
    pub(super) fn template(&self, section: &mut Section, shape: &Shape) -> Scope {
        if let Some(actor) = &shape.actor {
            section.add(format!("actor = {}", quoted(&actor.name)));
        }
        if let Some(target) = &shape.target {
            section.add(format!("target = {}", quoted(&target.name)));
        }
        Scope::acting(shape.actor.as_ref().map(|who| who.mask), shape.target.as_ref().map(|who| who.mask))
    }

    pub(super) fn write_rules(&mut self) {
        for shape in self.world.rules.clone() {
            let mut section = Section::new(format!("rules.{}", shape.name));
            let mut scope = self.template(&mut section, &shape);
            self.write_opportunity(&mut section, &mut scope);
            if self.dice.percent(25) {
                let text = match self.dice.roll(4) {
                    0 if shape.actor.is_some() => "move of {actor}",
                    1 if shape.target.is_some() => "hit {target}",
                    _ => self.dice.of(&["one", "other"]),
                };
                section.add(format!("exclusive = {}", quoted(text)));
            }
            self.write_event(&mut section, &mut scope);
            if self.dice.percent(6) {
                section.add("enabled = false");
            }
            self.draft.sections.push(section);
        }
        self.write_membership_rule();
        self.write_alarm();
    }

    /// Somebody joins and leaves in every scenario.
    fn write_membership_rule(&mut self) {
        let Some(group) = self.world.groups.iter().find(|group| group.name == "members").cloned() else { return };
        let joiner = self.world.list(group.potential);
        let joiner = self.world.actors[self.dice.pick(&joiner)];
        let chance = self.dice.of(&["0.2", "0.5"]);
        self.draft.sections.push(
            Section::new("rules.turnover").line(format!("chance = {chance}")).line("limit = 6").line(format!(
                "effects = [\"if {joiner} in members: leave(members, {joiner})\", \
                     \"if {joiner} not in members: join(members, {joiner})\"]"
            )),
        );
        self.world.rules.push(Shape { name: "turnover".to_owned(), actor: None, target: None, options: Vec::new() });
        let per_day = super::piece::digits(0.9 / self.world.horizon_days());
        self.draft
            .sections
            .push(Section::new("rules.settle").line(format!("rate = \"{per_day} per day\"")).line("ladder = 0"));
        if self.world.departing != 0 {
            let who = self.world.actors[self.world.list(self.world.departing)[0]];
            let per_day = super::piece::digits(0.6 / self.world.horizon_days());
            self.draft.sections.push(
                Section::new("rules.exile")
                    .line(format!("actor = \"{who}\""))
                    .line(format!("rate = \"{per_day} per day\""))
                    .line("limit = 1")
                    .line("effects = \"leave(actors, actor)\""),
            );
        }
    }

    /// A clock that is started and runs out.
    fn write_alarm(&mut self) {
        if self.dice.percent(60) {
            let (days, pause) = (self.some_days(), self.span(4.0 * self.world.step_days));
            self.draft.sections.push(
                Section::new("rules.warn")
                    .line("when = \"not running(ultimatum)\"")
                    .line(format!("every = \"{pause}\""))
                    .line("exclusive = \"deadline\"")
                    .line(format!("effects = [\"start(ultimatum, {days})\"]")),
            );
            self.draft.sections.push(
                Section::new("rules.lapse")
                    .line("when = \"expired(ultimatum) and remaining(ultimatum) <= 0 days\"")
                    .line("limit = 3")
                    .line("exclusive = \"deadline\"")
                    .line("effects = [\"stop(ultimatum)\", \"tension += 0.2\"]"),
            );
        }
    }

    pub(super) fn write_flows(&mut self) {
        for at in 0..self.dice.roll(3) {
            let actor = self.dice.percent(60).then(|| self.dice.roll(self.world.rules.len()));
            let shape = actor.map_or_else(
                || Shape { name: String::new(), actor: None, target: None, options: Vec::new() },
                |at| self.world.rules[at].clone(),
            );
            let mut section = Section::new(format!("flows.drift_{at}"));
            let mut scope = self.template(&mut section, &shape);
            if self.dice.percent(50) {
                let when = self.condition(&mut scope, 1);
                section.add(format!("when = {}", quoted(&when.text)));
            }
            let n = self.dice.between(1, 2);
            let effects: Vec<String> =
                (0..n).filter_map(|_| self.drift(&mut scope)).map(|effect| quoted(&effect)).collect();
            section.add(format!("effects = [{}]", effects.join(", ")));
            if self.dice.percent(5) {
                section.add("enabled = false");
            }
            self.draft.sections.push(section);
        }
    }
}
