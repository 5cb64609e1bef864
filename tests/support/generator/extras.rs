//! What stands around a scenario: a library with roles, tables of data, a record, variants.

use super::Maker;
use super::distributions::TABLE;
use super::draft::Section;
use super::piece::digits;
use super::things::quoted;
use super::world::{Kind, Shape, Who};

impl Maker {
    pub(super) fn write_extras(&mut self) {
        if self.world.has_table {
            let mut text = "loss,weight\n".to_owned();
            for _ in 0..self.dice.between(1, 6) {
                text.push_str(&format!("{},{}\n", digits(self.dice.share()), digits(self.dice.share())));
            }
            self.draft.files.push((TABLE.to_owned(), text));
        }
        self.write_library();
        if self.size.files && self.dice.percent(20) {
            self.write_data();
        }
        if self.size.history && self.world.start.is_some() && self.world.horizon_days() >= 4.0 && self.dice.percent(20)
        {
            self.write_history();
        }
        if self.dice.percent(40) {
            self.write_variant();
        }
    }

    fn write_library(&mut self) {
        let Some((role, player)) = self.world.role else { return };
        let per_day = digits(3.0 / self.world.horizon_days());
        let mut text = format!(
            "format = 1\n[roles.{role}]\nkind = \"actor\"\nabout = \"who is accused\"\n\
             [parameters.severity]\nrange = [0, 1]\nabout = \"how much it hurts\"\n\
             [state.docket]\nrange = [0, 10]\nstart = 1\n\
             [actors.{role}]\nresolve = 0.4\n\
             [rules.accuse]\ntarget = \"{role}\"\nladder = 3\n\
             when = \"{role}.resolve > 0.1 and docket < 9\"\nrate = \"{per_day} per day\"\n\
             effects = [\"docket += 1\", \"{role}.resolve -= 0.2 * severity\"]\n"
        );
        let name = self.world.actors[player];
        let mut roles = Section::new("roles").line(format!("{role} = {}", quoted(name)));
        if let Some((group_role, group)) = self.world.group_role {
            text.push_str(&format!(
                "[roles.{group_role}]\nkind = \"group\"\nabout = \"who judges\"\n\
                 [rules.judge]\nactor = \"{group_role}\"\ntarget = \"{role}\"\nexclusive = \"verdict on {{target}}\"\n\
                 when = \"fired(accuse) and actor.resolve < 0.95\"\nchance = 0.1\n\
                 effects = [\"actor.resolve += 0.1\", \
                 \"for juror in {group_role} where juror is not {role}: juror.resolve += 0.02\"]\n\
                 [measures]\njudges = \"count(juror in {group_role}: juror.resolve > 0.5)\"\n"
            ));
            roles.add(format!("{group_role} = {}", quoted(group)));
        }
        self.draft.includes.push("lib/common.toml".to_owned());
        self.draft.files.push(("lib/common.toml".to_owned(), text));
        self.draft.sections.push(roles);
        let value = digits(self.dice.share());
        self.draft.sections.push(Section::new("parameters.severity").line(format!("value = {value}")));
        self.draft.sections.push(Section::new("measures.accused").line(format!("value = \"{role}.resolve\"")));
    }

    fn write_data(&mut self) {
        let mut text = "id,note,resolve\n".to_owned();
        for at in 0..self.world.actors.len() {
            let value = if self.dice.percent(30) { String::new() } else { digits(self.dice.share()) };
            text.push_str(&format!("{},\"a note, quoted\",{value}\n", self.world.actors[at]));
        }
        self.draft.files.push(("data/actors.csv".to_owned(), text));
        let mut data = Section::new("data").line("actors = \"data/actors.csv\"").line("ignore = [\"note\"]");
        if self.world.relations.iter().any(|relation| relation.name == "hostility") && self.world.actors.len() > 1 {
            let pair = (self.world.actors[0], self.world.actors[1]);
            let text = format!("from,to,hostility\n{},{},{}\n", pair.0, pair.1, digits(self.dice.share()));
            self.draft.files.push(("data/pairs.csv".to_owned(), text));
            data.add("dyads = [\"data/pairs.csv\"]");
        }
        self.draft.sections.push(data);
    }

    /// Somebody who can stand there.
    fn somebody(&mut self, who: &Who) -> Option<usize> {
        let list = self.world.list(who.mask);
        (!list.is_empty()).then(|| self.dice.pick(&list))
    }

    /// An event that can have happened: its name, and whose.
    fn observed(&mut self, shape: &Shape) -> Option<(String, Option<&'static str>, Option<&'static str>)> {
        let (mut name, mut target) = (shape.name.clone(), shape.target.clone());
        if !shape.options.is_empty() {
            let option = &shape.options[self.dice.roll(shape.options.len())];
            name = format!("{}.{}", shape.name, option.name);
            target = target.or_else(|| option.target.clone());
        }
        let actor = match &shape.actor {
            Some(who) => Some(self.somebody(who)?),
            None => None,
        };
        let target = match target {
            Some(who) => Some(self.somebody(&Who { mask: who.mask & !actor.map_or(0, |at| 1 << at), ..who })?),
            None => None,
        };
        let id = |at: usize| self.world.actors[at];
        Some((name, actor.map(id), target.map(id)))
    }

    fn write_history(&mut self) {
        let horizon = self.world.horizon_days().floor();
        let until = (horizon * 0.4).max(1.0).min(horizon - 1.0).floor();
        let mut seen = Vec::new();
        let (mut events, mut rows) = (Vec::new(), "date,rule,actor,target\n".to_owned());
        let in_file = self.size.files && self.dice.percent(30);
        for _ in 0..self.dice.roll(6) {
            let chooses = self.dice.percent(30);
            let list = if chooses { &self.world.choices } else { &self.world.rules };
            let shape = list[self.dice.roll(list.len())].clone();
            // A guard that names decide would make an event of the record impossible.
            let guarded = self.draft.sections.iter().any(|section| {
                let own = section.header.split('.').nth(1) == Some(shape.name.as_str())
                    && (section.header.starts_with("rules.") || section.header.starts_with("choices."));
                own && section.lines.iter().any(|line| {
                    line == "enabled = false"
                        || line.starts_with("when") && (line.contains(" is ") || line.contains(" in "))
                        || line.starts_with("when") && line.contains("friendly")
                        || line.starts_with("when") && line.contains("crowded")
                })
            });
            let Some(event) = self.observed(&shape).filter(|_| !guarded) else { continue };
            let owner = (shape.name.clone(), event.1, event.2);
            if seen.contains(&owner) {
                continue;
            }
            seen.push(owner);
            let day = 1.0 + self.dice.roll(until as usize) as f64;
            let date = self.literal_date(day.min(until));
            let (name, actor, target) = event;
            if in_file && self.dice.percent(50) {
                rows.push_str(&format!("{date},{name},{},{}\n", actor.unwrap_or(""), target.unwrap_or("")));
                continue;
            }
            let actor = actor.map(|id| format!(", actor = \"{id}\"")).unwrap_or_default();
            let target = target.map(|id| format!(", target = \"{id}\"")).unwrap_or_default();
            events.push(format!("{{ date = {date}, rule = \"{name}\"{actor}{target} }}"));
        }
        let mut section = Section::new("history").line(format!("until = {}", self.literal_date(until)));
        section.add(format!("events = [{}]", events.join(", ")));
        if in_file {
            self.draft.files.push(("data/observed.csv".to_owned(), rows));
            section.add("file = \"data/observed.csv\"");
        }
        self.draft.sections.push(section);
    }

    fn write_variant(&mut self) {
        let mut section = Section::new("variants.firm").line("about = \"a harder line\"");
        if let Some((name, _)) = self.world.parameters.iter().find(|(_, kind)| matches!(kind, Kind::Number(..))) {
            section.add(format!("parameters.{name}.value = 0.25"));
        }
        let rule = self.world.rules[self.dice.roll(self.world.rules.len())].name.clone();
        section.add(format!("rules.{rule}.enabled = {}", self.dice.of(&["false", "true"])));
        section.add(format!("state.tension.start = {}", digits(self.dice.share())));
        self.draft.sections.push(section);
    }
}
