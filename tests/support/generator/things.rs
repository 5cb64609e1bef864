//! Tables of what there is: the scenario, parameters, cells, actors, groups, clocks, definitions.

use super::Maker;
use super::draft::Section;
use super::piece::digits;
use super::scope::{Place, Scope};
use super::world::{Argument, Definition, Kind, Mask};

/// An expression as a TOML text.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

impl Maker {
    pub(super) fn write_things(&mut self) {
        let mut scenario = Section::new("scenario");
        if self.dice.percent(50) {
            scenario.add("title = \"A generated crisis\"");
        }
        if let Some((year, month, day, hour)) = self.world.start {
            let time = hour.map(|hour| format!("T{hour:02}:00:00")).unwrap_or_default();
            scenario.add(format!("start = {year:04}-{month:02}-{day:02}{time}"));
        }
        scenario.add(format!("step = \"{}\"", self.world.step));
        let (amount, unit) = self.world.step.split_once(' ').unwrap_or(("1", "day"));
        let amount: usize = amount.parse().unwrap_or(1);
        scenario.add(format!("horizon = \"{} {}s\"", amount * self.world.n_steps, unit.trim_end_matches('s')));
        self.draft.sections.push(scenario);
        self.write_parameters();
        self.write_attributes();
        self.write_relations();
        self.write_state();
        self.write_actors();
        let mut groups = Section::new("groups");
        for group in &self.world.groups {
            let listed: Vec<String> = group.listed.iter().map(|name| quoted(name)).collect();
            groups.add(format!("{} = [{}]", group.name, listed.join(", ")));
        }
        self.draft.sections.push(groups);
        for clock in &self.world.clocks {
            self.draft.sections.push(Section::new(format!("clocks.{clock}")).line("about = \"a deadline\""));
        }
    }

    fn write_parameters(&mut self) {
        for at in 0..self.world.parameters.len() {
            let (name, kind) = self.world.parameters[at].clone();
            let mut section = Section::new(format!("parameters.{name}"));
            if self.dice.percent(20) {
                section.add("basis = \"judgement\"");
            }
            let mut scope = Scope { parameters: at, ..Scope::new(Place::Constant) };
            let step = self.world.step_days;
            match kind {
                Kind::Number(low, high) => match self.dice.roll(6) {
                    0 => {
                        let value = low + self.dice.share() * (high - low);
                        section.add(format!("value = {}", digits(value)));
                    }
                    1 => {
                        let value = self.number(&mut scope, 2);
                        section.add(format!("value = {}", quoted(&value.text)));
                    }
                    2 => section.add(format!("prior = {}", self.computed_prior(at))),
                    _ => section.add(format!("prior = {}", self.constant_distribution(low, high))),
                },
                Kind::Boolean => {
                    let text = match self.dice.roll(3) {
                        0 => format!("value = {}", self.dice.of(&["true", "false"])),
                        1 => format!("value = {}", quoted(&self.condition(&mut scope, 1).text)),
                        _ => format!("prior = {{ flip = {{ probability = {} }} }}", digits(self.dice.share())),
                    };
                    section.add(text);
                }
                Kind::Duration => {
                    let (low, high) = (self.span(step), self.span(6.0 * step));
                    let text = match self.dice.roll(7) {
                        0 => format!("value = {}", quoted(&self.some_days())),
                        1 => format!("prior = {{ uniform = {{ low = \"{low}\", high = \"{high}\" }} }}"),
                        2 => format!("prior = {{ gamma = {{ mean = \"{high}\", sd = \"{low}\" }} }}"),
                        3 => format!("prior = {{ weibull = {{ scale = \"{high}\", shape = 0.8 }} }}"),
                        4 => format!("prior = {{ lognormal = {{ q05 = \"{low}\", q95 = \"{high}\" }} }}"),
                        5 => format!("prior = {{ exponential = {{ mean = \"{high}\" }} }}"),
                        _ => {
                            format!("prior = {{ discrete = {{ values = [\"{low}\", \"{high}\"], weights = [1, 3] }} }}")
                        }
                    };
                    section.add(text);
                    let (low, high) = (self.span(0.25 * step), self.span(30.0 * step));
                    section.add(format!("range = [\"{low}\", \"{high}\"]"));
                }
                Kind::Rate => {
                    let slow = digits(0.02 / step);
                    let fast = digits(0.2 / step);
                    let text = match self.dice.roll(3) {
                        0 => format!("value = \"{fast} per day\""),
                        1 => format!("prior = {{ lognormal = {{ median = \"{slow} per day\", sigma = 0.7 }} }}"),
                        _ => {
                            format!("prior = {{ uniform = {{ low = \"{slow} per day\", high = \"{fast} per day\" }} }}")
                        }
                    };
                    section.add(text);
                }
                _ => {
                    let horizon = self.world.horizon_days();
                    let (early, late) = (self.literal_date(0.2 * horizon), self.literal_date(0.9 * horizon));
                    let text = match self.dice.roll(3) {
                        0 => format!("value = {late}"),
                        1 => format!("prior = {{ uniform = {{ low = {early}, high = {late} }} }}"),
                        _ => format!("prior = {{ discrete = {{ values = [{early}, {late}], weights = [1, 1] }} }}"),
                    };
                    section.add(text);
                }
            }
            if let Kind::Number(low, high) = kind {
                let computed = section.lines.iter().any(|line| line.starts_with("value = \""));
                if !computed && self.dice.percent(50) {
                    section.add(format!("range = [{}, {}]", digits(low), digits(high)));
                }
            }
            self.draft.sections.push(section);
        }
    }

    /// A start within a kind, as it stands in TOML. `strict`: it lies within the range for sure.
    fn start(&mut self, kind: &Kind) -> String {
        match kind {
            Kind::Number(low, high) => match self.dice.roll(6) {
                0 | 1 => digits(low + self.dice.share() * (high - low)),
                2 => {
                    let mut scope = Scope::new(Place::Constant);
                    let unit = self.unit(&mut scope, 1);
                    quoted(&unit.text)
                }
                _ => self.constant_distribution(*low, *high),
            },
            Kind::Enumeration(values) => {
                if self.dice.percent(30) {
                    format!(
                        "{{ discrete = {{ values = [\"{}\", \"{}\"], weights = [1, 2] }} }}",
                        values[0],
                        values[values.len() - 1]
                    )
                } else {
                    quoted(self.dice.of(values))
                }
            }
            _ => match self.dice.roll(3) {
                0 => format!("{{ flip = {{ probability = {} }} }}", digits(self.dice.share())),
                _ => self.dice.of(&["true", "false"]).to_owned(),
            },
        }
    }

    fn kind_lines(&mut self, section: &mut Section, kind: &Kind) {
        match kind {
            Kind::Number(low, high) => section.add(format!("range = [{}, {}]", digits(*low), digits(*high))),
            Kind::Enumeration(values) => {
                let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                section.add(format!("values = [{}]", values.join(", ")));
            }
            _ => {}
        }
    }

    fn half_life(&mut self, section: &mut Section, kind: &Kind, people: &[(&str, Mask)]) {
        let Kind::Number(low, high) = *kind else { return };
        if !self.dice.percent(40) {
            return;
        }
        let days = self.constant_duration();
        section.add(format!("half_life = {}", quoted(&days)));
        if self.dice.percent(55) {
            let mut scope = Scope::new(Place::Rest);
            scope.own_start = Some((low, high));
            for (name, domain) in people {
                scope = scope.with(name, *domain);
            }
            if people.len() == 2 {
                scope.different.push(("actor".to_owned(), "target".to_owned()));
            }
            let rest = if self.dice.percent(20) {
                "own_start".to_owned()
            } else {
                let depth = self.size.depth;
                let unit = self.unit(&mut scope, depth.min(2));
                if high == 1.0 { unit.text } else { format!("{} * {}", unit.at(super::piece::PRODUCT), digits(high)) }
            };
            section.add(format!("rest = {}", quoted(&rest)));
        }
    }

    fn write_attributes(&mut self) {
        for attribute in self.world.attributes.clone() {
            let mut section = Section::new(format!("attributes.{}", attribute.name));
            self.kind_lines(&mut section, &attribute.kind);
            let start = self.start(&attribute.kind);
            section.add(format!("start = {start}"));
            if let Some(group) = attribute.group {
                section.add(format!("holders = {}", quoted(group)));
            }
            if attribute.private {
                section.add("private = true");
            }
            self.half_life(&mut section, &attribute.kind, &[("actor", attribute.holders)]);
            self.draft.sections.push(section);
        }
    }

    fn write_relations(&mut self) {
        let everybody = self.world.everybody();
        for relation in self.world.relations.clone() {
            let mut section = Section::new(format!("relations.{}", relation.name));
            self.kind_lines(&mut section, &relation.kind);
            if self.dice.percent(75) {
                let start = self.start(&relation.kind);
                section.add(format!("start = {start}"));
            }
            if relation.symmetric {
                section.add("symmetric = true");
            }
            self.half_life(&mut section, &relation.kind, &[("actor", everybody), ("target", everybody)]);
            self.draft.sections.push(section);
        }
    }

    fn write_state(&mut self) {
        let mut short = Section::new("state");
        for (name, kind) in self.world.state.clone() {
            let start = self.start(&kind);
            if kind == Kind::Boolean && self.dice.percent(60) && !start.starts_with('{') {
                short.add(format!("{name} = {start}"));
                continue;
            }
            let mut section = Section::new(format!("state.{name}"));
            self.kind_lines(&mut section, &kind);
            section.add(format!("start = {start}"));
            self.half_life(&mut section, &kind, &[]);
            self.draft.sections.push(section);
        }
        if !short.lines.is_empty() {
            self.draft.sections.push(short);
        }
    }

    fn write_actors(&mut self) {
        for at in 0..self.world.actors.len() {
            let name = self.world.actors[at];
            let mut section = Section::new(format!("actors.{name}"));
            if self.dice.percent(30) {
                section.add(format!("name = \"{} the {}\"", name.to_uppercase(), self.dice.of(&["first", "Élysée"])));
            }
            for attribute in self.world.attributes.clone() {
                let by_group = attribute.group.is_none_or(|group| {
                    self.world.groups.iter().any(|other| other.name == group && other.members >> at & 1 == 1)
                });
                let holds = attribute.holders >> at & 1 == 1;
                if holds && (!by_group || self.dice.percent(25)) {
                    let start = self.start(&attribute.kind);
                    section.add(format!("{} = {start}", attribute.name));
                }
            }
            for relation in self.world.relations.clone() {
                if relation.symmetric || !self.dice.percent(30) {
                    continue;
                }
                let mut parts = Vec::new();
                let other = self.dice.roll(self.world.actors.len());
                if other != at {
                    let start = self.start(&relation.kind);
                    parts.push(format!("{} = {start}", self.world.actors[other]));
                }
                if self.dice.percent(50) {
                    let group = self.dice.roll(self.world.groups.len());
                    let start = self.start(&relation.kind);
                    parts.push(format!("{} = {start}", self.world.groups[group].name));
                }
                if !parts.is_empty() {
                    section.add(format!("{} = {{ {} }}", relation.name, parts.join(", ")));
                }
            }
            self.draft.sections.push(section);
        }
    }

    pub(super) fn write_definitions(&mut self) {
        let everybody = self.world.everybody();
        let mut short = Section::new("definitions");
        for (name, likely) in
            [("balance", 60), ("worth", 70), ("mixed", 40), ("crowded", 50), ("friendly", 40), ("apart", 30)]
        {
            if !self.dice.percent(likely) {
                continue;
            }
            let mut scope = Scope::new(Place::Definition);
            scope.definitions = self.world.definitions.len();
            let mask = if self.dice.percent(60) {
                everybody
            } else {
                let group = self.dice.roll(self.world.groups.len());
                self.world.groups[group].potential
            };
            let mut arguments = Vec::new();
            if matches!(name, "worth" | "mixed" | "friendly" | "apart") {
                scope = scope.with("who", mask);
                arguments.push(("who", Argument::Actor(mask)));
            }
            if name == "apart" {
                scope = scope.with("whom", everybody);
                arguments.push(("whom", Argument::Actor(everybody)));
            }
            if name == "mixed" {
                scope.values.push(("amount".to_owned(), Kind::Number(0.0, 1.0)));
                arguments.push(("amount", Argument::Value));
            }
            let depth = self.size.depth;
            let (text, kind) = if matches!(name, "crowded" | "friendly") {
                (self.condition(&mut scope, depth).text, Kind::Boolean)
            } else {
                let piece = self.number(&mut scope, depth);
                let kind = Kind::Number(piece.low, piece.high);
                (piece.text, kind)
            };
            let head = if arguments.is_empty() {
                name.to_owned()
            } else {
                let names: Vec<&str> = arguments.iter().map(|(name, _)| *name).collect();
                quoted(&format!("{name}({})", names.join(", ")))
            };
            if self.dice.percent(20) {
                self.draft.sections.push(
                    Section::new(format!("definitions.{head}"))
                        .line(format!("value = {}", quoted(&text)))
                        .line("about = \"a definition\""),
                );
            } else {
                short.add(format!("{head} = {}", quoted(&text)));
            }
            let arguments = arguments.into_iter().map(|(_, argument)| argument).collect();
            self.world.definitions.push(Definition { name, kind, arguments });
        }
        if !short.lines.is_empty() {
            self.draft.sections.push(short);
        }
    }
}
