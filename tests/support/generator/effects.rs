//! What events and flows do.

use std::collections::BTreeSet;

use super::Maker;
use super::piece::{PRODUCT, SUM, UNARY, digits};
use super::scope::Scope;
use super::things::quoted;
use super::world::Kind;

/// A place that can be written to.
struct Target {
    text: String,
    /// The name of the state, attribute or relation.
    owner: &'static str,
    kind: Kind,
}

impl Maker {
    /// The effects of an event or later entry, as a TOML list.
    pub(super) fn effects(&mut self, scope: &mut Scope) -> String {
        let n = self.dice.pick(&[1, 1, 2, 2, 3, 4]);
        let mut assigned = BTreeSet::new();
        let mut list: Vec<String> = Vec::new();
        for _ in 0..n {
            list.extend(self.effect(scope, &mut assigned));
        }
        if list.len() == 1 && self.dice.percent(25) {
            return quoted(&list[0]);
        }
        format!("[{}]", list.iter().map(|effect| quoted(effect)).collect::<Vec<_>>().join(", "))
    }

    fn effect(&mut self, scope: &mut Scope, assigned: &mut BTreeSet<&'static str>) -> Option<String> {
        let mut text = String::new();
        let each = self.dice.percent(25).then(|| self.fold_head(scope, 1));
        if let Some(head) = &each {
            text.push_str(&format!("for {head}: "));
        }
        if self.dice.percent(30) {
            let condition = self.condition(scope, 1);
            text.push_str(&format!("if {}: ", condition.text));
        }
        let action = match self.dice.roll(20) {
            0..=2 => Some(self.clock_action(scope)),
            3..=5 => self.membership(scope, each.is_some()),
            _ => None,
        };
        let action = action.or_else(|| self.write(scope, assigned, each.is_some()));
        if each.is_some() {
            Self::close_fold(scope);
        }
        Some(text + &action?)
    }

    fn clock_action(&mut self, scope: &mut Scope) -> String {
        let clock = self.dice.pick(&self.world.clocks);
        match self.dice.roll(8) {
            0 | 1 => format!("stop({clock})"),
            2 => format!("start({clock}, 0 days)"),
            _ => {
                let depth = self.dice.roll(2);
                let duration = self.duration(scope, depth);
                format!("start({clock}, {})", duration.text)
            }
        }
    }

    fn membership(&mut self, scope: &mut Scope, each: bool) -> Option<String> {
        if self.world.departing != 0 && self.dice.percent(12) {
            let who = self.world.list(self.world.departing)[0];
            return Some(format!("leave(actors, {})", self.world.actors[who]));
        }
        let changing: Vec<usize> = (0..self.world.groups.len()).filter(|&at| self.world.groups[at].changes).collect();
        let group = self.world.groups[self.dice.pick(&changing)].clone();
        let joins = self.dice.percent(if group.members == 0 { 75 } else { 45 });
        let mask = if joins { group.potential } else { self.world.everybody() };
        let term = match scope.variables.last() {
            Some(variable) if each && variable.domain & !mask == 0 => variable.name.clone(),
            _ => self.term(scope, mask, false)?,
        };
        Some(format!("{}({}, {term})", if joins { "join" } else { "leave" }, group.name))
    }

    /// Somewhere to write. With `each` it is the variable's.
    fn target(&mut self, scope: &mut Scope, each: bool, numbers_only: bool) -> Option<Target> {
        let fits = |kind: &Kind| !numbers_only || matches!(kind, Kind::Number(..));
        let variable = scope.variables.last().cloned().filter(|_| each);
        match self.dice.roll(10) {
            0..=2 if !each => {}
            3..=7 => {
                let fitting: Vec<usize> = (0..self.world.attributes.len())
                    .filter(|&at| fits(&self.world.attributes[at].kind))
                    .filter(|&at| {
                        variable.as_ref().is_none_or(|one| one.domain & !self.world.attributes[at].holders == 0)
                    })
                    .collect();
                if !fitting.is_empty() {
                    let attribute = self.world.attributes[self.dice.pick(&fitting)].clone();
                    let term = match &variable {
                        Some(variable) => Some(variable.name.clone()),
                        None => self.term(scope, attribute.holders, false),
                    };
                    if let Some(term) = term {
                        let text = format!("{term}.{}", attribute.name);
                        return Some(Target { text, owner: attribute.name, kind: attribute.kind });
                    }
                }
            }
            _ => {
                if let Some((name, kind)) = self.some_relation(fits)
                    && let Some((from, to)) = self.pair(scope)
                    && (!each || variable.as_ref().is_some_and(|one| one.name == from || one.name == to))
                {
                    return Some(Target { text: format!("{name}({from}, {to})"), owner: name, kind });
                }
            }
        }
        let fitting: Vec<(&'static str, Kind)> =
            self.world.state.iter().filter(|(_, kind)| fits(kind)).cloned().collect();
        let (name, kind) = self.dice.pick(&fitting);
        // Under `for` a state is only added to.
        (!each || matches!(kind, Kind::Number(..))).then(|| Target { text: name.to_owned(), owner: name, kind })
    }

    fn write(&mut self, scope: &mut Scope, assigned: &mut BTreeSet<&'static str>, each: bool) -> Option<String> {
        let target = self.target(scope, each, false)?;
        let is_state = !target.text.contains(['.', '(']);
        let depth = self.dice.roll(self.size.depth + 1);
        if let Kind::Number(low, high) = target.kind {
            let may_assign = !(assigned.contains(target.owner) || each && is_state);
            if !may_assign || self.dice.percent(75) {
                let sign = self.dice.of(&["+=", "-="]);
                let width = (high - low) * self.dice.pick(&[0.05, 0.1, 0.2, 0.4]);
                let amount = if self.dice.percent(40) {
                    digits(width)
                } else {
                    format!("{} * {}", digits(width), self.unit(scope, depth).at(UNARY))
                };
                return Some(format!("{} {sign} {amount}", target.text));
            }
            assigned.insert(target.owner);
            let unit = self.unit(scope, depth);
            let value = match (low == 0.0, high == 1.0) {
                (true, true) => unit.text,
                (true, false) => format!("{} * {}", unit.at(PRODUCT), digits(high)),
                _ => format!("{} - {}", unit.at(SUM), digits(-low)),
            };
            return Some(format!("{} = {value}", target.text));
        }
        if (each && is_state) || !assigned.insert(target.owner) {
            return Some(format!("tension += {}", self.dice.of(&["0.05", "0.1", "-0.1"])));
        }
        if let Kind::Enumeration(values) = target.kind {
            let value = self.dice.of(values);
            if self.dice.percent(25) {
                let (condition, other) = (self.condition(scope, 1), self.dice.of(values));
                let text = format!("if {} then {value} else {other}", condition.at(super::piece::OR));
                return Some(format!("{} = {text}", target.text));
            }
            return Some(format!("{} = {value}", target.text));
        }
        let value = match self.dice.roll(5) {
            0 | 1 if !target.text.contains(".threshold") => format!("not {}", target.text),
            2 => "true".to_owned(),
            3 => "false".to_owned(),
            _ => self.condition(scope, depth).text,
        };
        Some(format!("{} = {value}", target.text))
    }

    /// One effect of a flow.
    pub(super) fn drift(&mut self, scope: &mut Scope) -> Option<String> {
        let mut text = String::new();
        let each = self.dice.percent(20).then(|| self.fold_head(scope, 1));
        if let Some(head) = &each {
            text.push_str(&format!("for {head}: "));
        }
        if self.dice.percent(25) {
            let condition = self.condition(scope, 1);
            text.push_str(&format!("if {}: ", condition.text));
        }
        let target = self.target(scope, each.is_some(), true);
        if let Some(target) = &target {
            let Kind::Number(low, high) = target.kind else { return None };
            let sign = self.dice.of(&["+=", "-="]);
            let per_day = digits((high - low) * self.dice.pick(&[0.2, 0.5, 1.5]) / self.world.horizon_days());
            let rate = match self.dice.roll(5) {
                0 => self.rate(scope, 1).text,
                1 => format!("{per_day} per day"),
                2 => {
                    let condition = self.condition(scope, 1);
                    format!("if {} then {per_day} per day else 0 per week", condition.at(super::piece::OR))
                }
                _ => format!("{per_day} * {} per day", self.unit(scope, 1).at(UNARY)),
            };
            text.push_str(&format!("{} {sign} {rate}", target.text));
        }
        if each.is_some() {
            Self::close_fold(scope);
        }
        target.map(|_| text)
    }
}
