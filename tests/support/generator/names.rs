//! Who and what an expression names: groups, actors, pairs, whose attribute.

use super::Maker;
use super::scope::{Place, Scope, Variable};
use super::world::{Kind, Mask};

impl Maker {
    /// A group to go over, and who it can be: by name.
    pub(super) fn some_group(&mut self) -> (String, Mask) {
        if self.size.everybody && self.dice.percent(25) {
            return ("actors".to_owned(), self.world.everybody());
        }
        let at = self.dice.roll(self.world.groups.len());
        (self.world.groups[at].name.to_owned(), self.world.groups[at].potential)
    }

    /// Opens a fold: its head up to the colon, with the variable in the scope. What is behind must be made before [`Scope::variables`] is cut.
    pub(super) fn fold_head(&mut self, scope: &mut Scope, depth: usize) -> String {
        let name = scope.fresh();
        let (group, mask) = self.some_group();
        let before = scope.variables.last().map(|variable| variable.name.clone());
        scope.variables.push(Variable { name: name.to_owned(), domain: mask });
        let mut head = format!("{name} in {group}");
        let other = before.filter(|_| self.dice.percent(45)).or_else(|| {
            self.dice.percent(20).then(|| self.world.actors[self.dice.roll(self.world.actors.len())].to_owned())
        });
        if let Some(other) = other {
            scope.different.push((name.to_owned(), other.clone()));
            head.push_str(&format!(" where {name} is not {other}"));
            if self.dice.percent(25) {
                let more = self.condition(scope, 0);
                head.push_str(&format!(" and {}", more.at(super::piece::NOT)));
            }
        } else if self.dice.percent(35) {
            let filter = self.condition(scope, depth.min(1));
            head.push_str(&format!(" where {}", filter.text));
        }
        head
    }

    pub(super) fn close_fold(scope: &mut Scope) {
        if let Some(variable) = scope.variables.pop() {
            scope.different.retain(|(one, other)| *one != variable.name && *other != variable.name);
        }
    }

    pub(super) fn some_relation(&mut self, fits: impl Fn(&Kind) -> bool) -> Option<(&'static str, Kind)> {
        let fitting: Vec<(&'static str, Kind)> = self
            .world
            .relations
            .iter()
            .filter(|relation| fits(&relation.kind))
            .map(|relation| (relation.name, relation.kind.clone()))
            .collect();
        (!fitting.is_empty()).then(|| self.dice.pick(&fitting))
    }

    /// Somebody who is surely in a set: a variable or a name. `private`: only `actor` where somebody acts.
    pub(super) fn term(&mut self, scope: &Scope, mask: Mask, private: bool) -> Option<String> {
        let acts = scope.has("actor");
        let private = private && (acts || scope.place == Place::Definition || scope.place == Place::Rest);
        let variables: Vec<String> = scope
            .variables
            .iter()
            .filter(|variable| variable.domain & !mask == 0 && variable.domain != 0)
            .filter(|variable| !private || variable.name == "actor")
            .map(|variable| variable.name.clone())
            .collect();
        if !variables.is_empty() && (private || self.dice.percent(75)) {
            return Some(self.dice.pick(&variables));
        }
        if private || mask == 0 {
            return None;
        }
        let named = self.world.list(mask);
        (!named.is_empty()).then(|| self.world.actors[self.dice.pick(&named)].to_owned())
    }

    /// An attribute of somebody who holds it, with what it holds.
    pub(super) fn attribute_read(&mut self, scope: &Scope, fits: impl Fn(&Kind) -> bool) -> Option<(String, Kind)> {
        let fitting: Vec<usize> =
            (0..self.world.attributes.len()).filter(|&at| fits(&self.world.attributes[at].kind)).collect();
        if fitting.is_empty() {
            return None;
        }
        let attribute = self.world.attributes[self.dice.pick(&fitting)].clone();
        let term = self.term(scope, attribute.holders, attribute.private)?;
        Some((format!("{term}.{}", attribute.name), attribute.kind))
    }

    /// Two who are surely not the same.
    pub(super) fn pair(&mut self, scope: &Scope) -> Option<(String, String)> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (one, other) in &scope.different {
            pairs.push((one.clone(), other.clone()));
            pairs.push((other.clone(), one.clone()));
        }
        if !pairs.is_empty() && self.dice.percent(75) {
            return Some(self.dice.pick(&pairs));
        }
        let everybody = self.world.everybody();
        let mut named = self.world.list(everybody);
        if let Some(variable) = scope.variables.last()
            && self.dice.percent(60)
        {
            let others = self.world.list(everybody & !variable.domain);
            if !others.is_empty() {
                let other = self.world.actors[self.dice.pick(&others)].to_owned();
                let name = variable.name.clone();
                return Some(if self.dice.percent(50) { (name, other) } else { (other, name) });
            }
        }
        if named.len() < 2 {
            return None;
        }
        self.dice.shuffle(&mut named);
        Some((self.world.actors[named[0]].to_owned(), self.world.actors[named[1]].to_owned()))
    }
}
