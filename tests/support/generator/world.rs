//! Who and what there is: invented first, so that everything else can name it.

use super::Maker;
use super::scope::{Place, Scope};

/// A set of actors, by position.
pub(super) type Mask = u32;

/// How large a scenario is, and what it may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Fewest and most actors.
    pub(crate) actors: (usize, usize),
    /// Fewest and most rules.
    pub(crate) rules: (usize, usize),
    /// Fewest and most steps.
    pub(crate) steps: (usize, usize),
    /// How deep expressions are.
    pub(crate) depth: usize,
    /// Whether anything names the group of everybody.
    pub(crate) everybody: bool,
    /// Whether it may have a history.
    pub(crate) history: bool,
    /// Whether it may have further files.
    pub(crate) files: bool,
}

impl Size {
    pub(crate) const USUAL: Size =
        Size { actors: (2, 6), rules: (3, 10), steps: (20, 60), depth: 2, everybody: true, history: true, files: true };
    pub(crate) const LARGE: Size = Size { actors: (5, 9), rules: (8, 14), steps: (40, 90), depth: 3, ..Size::USUAL };
    pub(crate) const SMALL: Size = Size { actors: (2, 3), rules: (2, 5), steps: (8, 25), ..Size::USUAL };
}

/// What something holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Number(f64, f64),
    Boolean,
    Enumeration(&'static [&'static str]),
    Duration,
    Rate,
    Date,
}

#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) name: &'static str,
    /// Its list, as written.
    pub(super) listed: Vec<String>,
    /// Members on day 0.
    pub(super) members: Mask,
    /// Everybody who can ever be one.
    pub(super) potential: Mask,
    /// Whether effects change it.
    pub(super) changes: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) holders: Mask,
    /// The group under `holders`, and those who hold it by their own table.
    pub(super) group: Option<&'static str>,
    pub(super) private: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) symmetric: bool,
}

/// An actor or group in the place of `actor` or `target`.
#[derive(Clone, Debug)]
pub(super) struct Who {
    pub(super) name: String,
    pub(super) mask: Mask,
}

/// An option with a target of its own, if it has one.
#[derive(Clone, Debug)]
pub(super) struct OptionShape {
    pub(super) name: &'static str,
    pub(super) target: Option<Who>,
}

/// A rule (without options) or a choice.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) actor: Option<Who>,
    pub(super) target: Option<Who>,
    pub(super) options: Vec<OptionShape>,
}

#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Arguments: an actor of a set, or a value.
    pub(super) arguments: Vec<Argument>,
}

#[derive(Clone, Debug)]
pub(super) enum Argument {
    Actor(Mask),
    Value,
}

#[derive(Clone, Debug, Default)]
pub(super) struct World {
    pub(super) step: &'static str,
    pub(super) step_days: f64,
    pub(super) n_steps: usize,
    /// Year, month, day, hour of day 0.
    pub(super) start: Option<(i32, u32, u32, Option<u32>)>,
    pub(super) actors: Vec<&'static str>,
    pub(super) groups: Vec<Group>,
    /// Who may leave for good.
    pub(super) departing: Mask,
    pub(super) attributes: Vec<Attribute>,
    pub(super) relations: Vec<Relation>,
    pub(super) state: Vec<(&'static str, Kind)>,
    pub(super) clocks: Vec<&'static str>,
    pub(super) parameters: Vec<(&'static str, Kind)>,
    pub(super) definitions: Vec<Definition>,
    pub(super) rules: Vec<Shape>,
    pub(super) choices: Vec<Shape>,
    pub(super) outcomes: Vec<String>,
    /// Columns of the file of severities, if there is one.
    pub(super) has_table: bool,
    /// An actor and a group that a library knows by other names.
    pub(super) role: Option<(&'static str, usize)>,
    pub(super) group_role: Option<(&'static str, &'static str)>,
}

impl World {
    pub(super) fn everybody(&self) -> Mask {
        (1 << self.actors.len()) - 1
    }

    pub(super) fn horizon_days(&self) -> f64 {
        self.step_days * self.n_steps as f64
    }

    /// Whether names decide who is in a group.
    pub(super) fn is_fixed(&self, group: &Group) -> bool {
        !group.changes && group.potential & self.departing == 0
    }

    /// Positions of a set.
    pub(super) fn list(&self, mask: Mask) -> Vec<usize> {
        (0..self.actors.len()).filter(|at| mask >> at & 1 == 1).collect()
    }
}

const ACTORS: &[&str] =
    &["a", "a1", "a_b", "aa", "b", "ba", "france", "junta", "mali", "niger", "x", "y_2", "zed", "zz"];
const POSTURES: &[&str] = &["home", "deployed", "alarm"];
const PHASES: &[&str] = &["one", "two", "three", "four"];
const TIES: &[&str] = &["treaty", "none"];

impl Maker {
    pub(super) fn invent_world(&mut self) {
        self.invent_time();
        let (fewest, most) = self.size.actors;
        let n_actors = self.dice.between(fewest, most);
        let mut names = ACTORS.to_vec();
        self.dice.shuffle(&mut names);
        names.truncate(n_actors);
        self.world.actors = names;
        self.invent_groups();
        self.invent_cells();
        self.world.clocks = if self.dice.percent(60) { vec!["truce", "ultimatum"] } else { vec!["ultimatum"] };
        self.invent_parameters();
        self.invent_happenings();
        self.world.has_table = self.size.files && self.dice.percent(25);
        if self.size.files && self.dice.percent(25) {
            self.world.role = Some((self.dice.of(&["suspect", "broker"]), self.dice.roll(n_actors)));
            if self.dice.percent(60) {
                let group = self.dice.roll(self.world.groups.len());
                self.world.group_role = Some(("jury", self.world.groups[group].name));
            }
        }
        self.world.outcomes = ["collapse", "accord", "war", "relief"]
            .iter()
            .take(self.dice.between(1, 4))
            .map(|&id| id.to_owned())
            .collect();
        self.world.outcomes.push("standoff".to_owned());
    }

    fn invent_time(&mut self) {
        let steps: &[(&str, f64)] = &[
            ("1 day", 1.0),
            ("24 hours", 1.0),
            ("6 hours", 0.25),
            ("12 hours", 0.5),
            ("8 hours", 1.0 / 3.0),
            ("2 days", 2.0),
            ("1 week", 7.0),
            ("90 minutes", 0.0625),
            ("36 hours", 1.5),
        ];
        let (step, days) = if self.dice.percent(40) { steps[0] } else { self.dice.pick(steps) };
        let (fewest, most) = self.size.steps;
        self.world.step = step;
        self.world.step_days = days;
        self.world.n_steps = self.dice.between(fewest, most);
        if self.dice.percent(80) {
            let (month, day) = self.dice.pick(&[(2, 20), (12, 15), (7, 26), (1, 31), (3, 1), (10, 9)]);
            let hour = self.dice.percent(25).then(|| self.dice.roll(24) as u32);
            self.world.start = Some((self.dice.pick(&[2023, 2024, 1999, 2100]), month, day, hour));
        }
    }

    fn invent_groups(&mut self) {
        let everybody = self.world.everybody();
        let departing = if self.world.actors.len() > 2 && self.dice.percent(30) {
            1 << self.dice.roll(self.world.actors.len())
        } else {
            0
        };
        self.world.departing = departing;
        let mut groups: Vec<Group> = Vec::new();
        for name in ["bloc", "council", "members"] {
            if name == "council" && self.dice.percent(50) {
                continue;
            }
            let mut members = self.dice.bits() as Mask & everybody;
            if members.count_ones() < 2 {
                members |= 1 | 2;
            }
            let mut listed: Vec<String> =
                self.world.list(members).iter().map(|&at| self.world.actors[at].to_owned()).collect();
            if name == "council" {
                let inner = groups[0].clone();
                listed.push(inner.name.to_owned());
                members |= inner.members;
            }
            if listed.len() > 1 {
                self.dice.shuffle(&mut listed);
            }
            let changes = name == "members";
            let potential = if changes { members | self.dice.bits() as Mask & everybody } else { members };
            groups.push(Group { name, listed, members, potential, changes });
        }
        if self.dice.percent(30) {
            groups.push(Group { name: "fringe", listed: Vec::new(), members: 0, potential: everybody, changes: true });
        }
        self.world.groups = groups;
    }

    fn invent_cells(&mut self) {
        let everybody = self.world.everybody();
        let numbers = [Kind::Number(0.0, 1.0), Kind::Number(-1.0, 1.0), Kind::Number(0.0, 10.0)];
        for (name, kind, likely) in [
            ("resolve", Kind::Number(0.0, 1.0), 100),
            ("strain", self.dice.pick(&numbers), 60),
            ("threshold", Kind::Number(0.0, 1.0), 40),
            ("alert", Kind::Boolean, 50),
            ("posture", Kind::Enumeration(POSTURES), 60),
        ] {
            if !self.dice.percent(likely) {
                continue;
            }
            let (mut holders, mut group) = (everybody, None);
            if name != "resolve" && self.dice.percent(35) {
                let chosen = self.dice.roll(self.world.groups.len().min(2));
                let chosen = &self.world.groups[chosen];
                (holders, group) = (chosen.members, Some(chosen.name));
                if self.dice.percent(40) {
                    holders |= 1 << self.dice.roll(self.world.actors.len());
                }
            }
            let private = name == "threshold" && self.dice.percent(75);
            self.world.attributes.push(Attribute { name, kind, holders, group, private });
        }
        for (name, kind, symmetric, likely) in [
            ("hostility", Kind::Number(0.0, 1.0), false, 80),
            ("trade", self.dice.pick(&numbers), true, 40),
            ("pact", Kind::Boolean, self.dice.percent(50), 40),
            ("tie", Kind::Enumeration(TIES), self.dice.percent(50), 30),
        ] {
            if self.dice.percent(likely) {
                self.world.relations.push(Relation { name, kind, symmetric });
            }
        }
        for (name, kind, likely) in [
            ("tension", Kind::Number(0.0, 1.0), 100),
            ("stock", self.dice.pick(&[Kind::Number(-5.0, 20.0), Kind::Number(0.0, 3.0)]), 70),
            ("open_door", Kind::Boolean, 70),
            ("phase", Kind::Enumeration(PHASES), 50),
        ] {
            if self.dice.percent(likely) {
                self.world.state.push((name, kind));
            }
        }
    }

    fn invent_parameters(&mut self) {
        let mut all = vec![
            ("push", Kind::Number(0.0, 1.0)),
            ("pull", Kind::Number(0.0, 1.0)),
            ("mood", Kind::Number(-2.0, 2.0)),
            ("firm", Kind::Boolean),
            ("delay", Kind::Duration),
            ("notice", Kind::Duration),
            ("pace", Kind::Rate),
        ];
        if self.world.start.is_some() {
            all.push(("turning", Kind::Date));
        }
        for parameter in all {
            if self.dice.percent(55) {
                self.world.parameters.push(parameter);
            }
        }
    }

    /// Somebody who acts or is acted upon.
    fn who(&mut self) -> Who {
        if self.dice.percent(30) {
            let at = self.dice.roll(self.world.actors.len());
            return Who { name: self.world.actors[at].to_owned(), mask: 1 << at };
        }
        if self.size.everybody && self.dice.percent(20) {
            return Who { name: "actors".to_owned(), mask: self.world.everybody() };
        }
        let groups = &self.world.groups;
        let group = &groups[self.dice.roll(groups.len())];
        Who { name: group.name.to_owned(), mask: group.potential }
    }

    fn invent_happenings(&mut self) {
        let (fewest, most) = self.size.rules;
        let n_rules = self.dice.between(fewest, most);
        let mut names = vec![
            "attack", "appeal", "blockade", "coup", "denounce", "e1", "e_2", "offer", "protest", "retreat", "strike",
            "talk",
        ];
        self.dice.shuffle(&mut names);
        for at in 0..n_rules {
            let name = names.get(at).map_or_else(|| format!("more_{at}"), |&name| name.to_owned());
            let actor = self.dice.percent(75).then(|| self.who());
            let target = self.dice.percent(45).then(|| self.who());
            let (actor, target) = self.apart(actor, target);
            self.world.rules.push(Shape { name, actor, target, options: Vec::new() });
        }
        let n_choices = self.dice.between(1, 2 + n_rules / 5);
        for at in 0..n_choices {
            let name = ["answer", "vote", "choose", "pick"][at.min(3)].to_owned();
            let actor = self.dice.percent(85).then(|| self.who());
            let target = self.dice.percent(30).then(|| self.who());
            let (actor, target) = self.apart(actor, target);
            let mut names = vec!["comply", "refuse", "wait", "size"];
            self.dice.shuffle(&mut names);
            names.truncate(self.dice.between(2, 3));
            let own_targets = target.is_none() && self.dice.percent(50);
            let options = names
                .into_iter()
                .map(|name| {
                    let own = (own_targets && self.dice.percent(60)).then(|| self.who());
                    let (_, own) = self.apart(actor.clone(), own);
                    OptionShape { name, target: own }
                })
                .collect();
            self.world.choices.push(Shape { name, actor, target, options });
        }
    }

    /// Two that can be different: a single actor does nothing to itself.
    fn apart(&mut self, actor: Option<Who>, target: Option<Who>) -> (Option<Who>, Option<Who>) {
        match (&actor, &target) {
            (Some(one), Some(other)) if one.mask == other.mask && one.mask.count_ones() == 1 => (actor, None),
            _ => (actor, target),
        }
    }

    pub(super) fn reading(&self) -> Scope {
        Scope::new(Place::Reading)
    }
}
