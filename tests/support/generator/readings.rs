//! Measures, queries and outcomes.

use super::Maker;
use super::draft::Section;
use super::piece::{AND, NOT, digits};
use super::scope::{Place, Scope};
use super::things::quoted;
use super::world::Kind;

impl Maker {
    pub(super) fn write_readings(&mut self) {
        let mut short = Section::new("measures");
        let depth = self.size.depth;
        for at in 0..self.dice.between(1, 4) {
            let mut scope = self.reading();
            if self.dice.percent(30) {
                let condition = self.condition(&mut scope, depth);
                short.add(format!("holds_{at} = {}", quoted(&condition.text)));
            } else {
                let number = self.number(&mut scope, depth);
                match self.dice.roll(3) {
                    0 => short.add(format!(
                        "level_{at} = {{ value = {}, range = [{}, {}] }}",
                        quoted(&number.text),
                        digits(number.low),
                        digits(number.high + 1.0)
                    )),
                    1 => self.draft.sections.push(
                        Section::new(format!("measures.level_{at}")).line(format!("value = {}", quoted(&number.text))),
                    ),
                    _ => short.add(format!("level_{at} = {}", quoted(&number.text))),
                }
            }
        }
        self.draft.sections.push(short);
        for at in 0..self.dice.roll(4) {
            let mut section = Section::new(format!("queries.question_{at}"));
            let mut scope = Scope::new(Place::Query);
            let when = self.condition(&mut scope, depth.max(1));
            section.add(format!("when = {}", quoted(&when.text)));
            if self.dice.percent(50) {
                let given = self.condition(&mut scope, 1);
                section.add(format!("given = {}", quoted(&given.text)));
            }
            if self.dice.percent(30) {
                section.add("expect = [0.1, 0.9]");
            }
            self.draft.sections.push(section);
        }
    }

    pub(super) fn write_outcomes(&mut self) {
        let n = self.world.outcomes.len() - 1;
        for at in 0..n {
            let id = self.world.outcomes[at].clone();
            let mut scope = self.reading();
            let early = 0.3 + 0.5 * self.dice.share();
            let day = digits((early * self.world.n_steps as f64).ceil() * self.world.step_days);
            let when = match if at == 0 && self.dice.percent(65) { 8 } else { self.dice.roll(8) } {
                0 | 1 => {
                    let event = self.bare_event();
                    format!("times({event}) >= {}", self.dice.between(1, 6))
                }
                2 => {
                    let (a, b) = (self.bare_event(), self.bare_event());
                    format!("fired({a}) and since({b}) < {}", self.some_days())
                }
                3 => {
                    let Kind::Number(low, high) = self.world.state[0].1 else { continue };
                    format!("tension >= {}", digits(low + self.dice.pick(&[0.7, 0.9, 1.0]) * (high - low)))
                }
                4 => format!("expired(ultimatum) and day >= {day}"),
                5 => {
                    let condition = self.condition(&mut scope, 1);
                    let event = self.bare_event();
                    format!("fired({event}) and {}", condition.at(NOT))
                }
                8 => "fired(settle)".to_owned(),
                6 if self.world.start.is_some() => {
                    let date = self.literal_date(early * self.world.horizon_days());
                    let condition = self.condition(&mut scope, 1);
                    format!("today >= {date} and {}", condition.at(NOT))
                }
                _ => {
                    let condition = self.condition(&mut scope, self.size.depth);
                    format!("day >= {day} and {}", condition.at(AND + 1))
                }
            };
            let mut section = Section::new("[outcomes]").line(format!("id = {}", quoted(&id)));
            if self.dice.percent(40) {
                section.add(format!("label = \"the end: {id}\""));
            }
            section.add(format!("when = {}", quoted(&when)));
            self.draft.sections.push(section);
        }
        self.draft.sections.push(Section::new("[outcomes]").line("id = \"standoff\""));
    }
}
