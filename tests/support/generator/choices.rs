//! Choices and their options.

use super::Maker;
use super::draft::Section;
use super::scope::Scope;
use super::things::quoted;

impl Maker {
    pub(super) fn write_choices(&mut self) {
        for shape in self.world.choices.clone() {
            let mut section = Section::new(format!("choices.{}", shape.name));
            let mut scope = self.template(&mut section, &shape);
            self.write_opportunity(&mut section, &mut scope);
            let utility = self.dice.percent(60);
            if utility && self.dice.percent(70) {
                let precision = match self.dice.roll(4) {
                    0 => "0".to_owned(),
                    1 => "4".to_owned(),
                    2 => "500".to_owned(),
                    _ => {
                        let piece = self.number(&mut scope, 1);
                        quoted(&format!("3 * {}", piece.at(super::piece::UNARY)))
                    }
                };
                section.add(format!("precision = {precision}"));
            }
            if self.dice.percent(20) {
                section.add("label = \"somebody decides\"");
            }
            if self.dice.percent(4) {
                section.add("enabled = false");
            }
            self.draft.sections.push(section);
            for option in &shape.options {
                let mut section = Section::new(format!("choices.{}.options.{}", shape.name, option.name));
                let mut scope = scope.clone();
                if let Some(target) = &option.target {
                    section.add(format!("target = {}", quoted(&target.name)));
                    scope = Scope::acting(shape.actor.as_ref().map(|who| who.mask), Some(target.mask));
                }
                if self.dice.percent(40) {
                    let when = self.condition(&mut scope, 1);
                    section.add(format!("when = {}", quoted(&when.text)));
                }
                let depth = self.dice.roll(self.size.depth + 1);
                let worth = if utility { self.number(&mut scope, depth) } else { self.unit(&mut scope, depth) };
                section.add(format!("{} = {}", if utility { "utility" } else { "weight" }, quoted(&worth.text)));
                self.write_event(&mut section, &mut scope);
                if self.dice.percent(4) {
                    section.add("enabled = false");
                }
                self.draft.sections.push(section);
            }
        }
    }
}
