//! Expressions that are true or false.

use super::Maker;
use super::piece::{AND, COMPARISON, LOOSE, NOT, OR, PRIMARY, Piece, SUM, UNARY, literal};
use super::scope::{Place, Scope};
use super::world::Kind;

impl Maker {
    /// A condition that is now true, now false.
    pub(super) fn condition(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        if depth == 0 || self.dice.percent(25) {
            return self.plain_condition(scope);
        }
        let inner = depth - 1;
        match self.dice.roll(16) {
            0..=2 => self.joined(scope, inner, "and", AND),
            3..=5 => self.joined(scope, inner, "or", OR),
            6 => {
                let part = self.condition(scope, inner);
                Piece::plain(format!("not {}", part.at(NOT)), NOT)
            }
            7 => {
                let (test, a, b) =
                    (self.condition(scope, inner), self.condition(scope, inner), self.condition(scope, inner));
                Piece::plain(format!("if {} then {} else {}", test.at(OR), a.at(OR), b.at(OR)), LOOSE)
            }
            8 | 9 if scope.place != Place::Constant && scope.variables.len() < 4 => {
                let word = self.dice.of(&["any", "all"]);
                let head = self.fold_head(scope, inner);
                let body = self.condition(scope, inner);
                Self::close_fold(scope);
                Piece::plain(format!("{word}({head}: {})", body.text), PRIMARY)
            }
            10 if scope.place != Place::Constant => self.defined(scope, &Kind::Boolean, inner),
            11 => self.cut_off(scope),
            _ => {
                let a = self.number(scope, inner);
                self.against_threshold(&a)
            }
        }
    }

    fn joined(&mut self, scope: &mut Scope, depth: usize, word: &str, level: u8) -> Piece {
        let n = if self.dice.percent(80) { 2 } else { 3 };
        let parts: Vec<String> = (0..n).map(|_| self.condition(scope, depth).at(level + 1)).collect();
        Piece::plain(parts.join(&format!(" {word} ")), level)
    }

    /// A number compared with something in the middle of what it can be.
    fn against_threshold(&mut self, a: &Piece) -> Piece {
        let sign = self.dice.of(&["<", "<=", ">", ">="]);
        let middle = a.low + (0.2 + 0.6 * self.dice.share()) * (a.high - a.low);
        let threshold = literal(middle);
        Piece::plain(format!("{} {sign} {}", a.at(SUM), threshold.at(SUM)), COMPARISON)
    }

    /// What names decide, with something behind it that only makes sense where they let it.
    fn cut_off(&mut self, scope: &mut Scope) -> Piece {
        let Some(variable) = scope.variables.last().cloned() else { return self.plain_condition(scope) };
        let fixed: Vec<(&'static str, super::world::Mask)> = self
            .world
            .groups
            .iter()
            .filter(|group| self.world.is_fixed(group) && group.members != 0)
            .map(|group| (group.name, group.members))
            .collect();
        if fixed.is_empty() {
            return self.plain_condition(scope);
        }
        let (group, mask) = self.dice.pick(&fixed);
        let mut narrow = scope.clone();
        if let Some(last) = narrow.variables.last_mut() {
            last.domain &= mask;
        }
        let rest = self.plain_condition(&mut narrow);
        let name = variable.name;
        if self.dice.percent(50) {
            Piece::plain(format!("{name} in {group} and {}", rest.at(NOT)), AND)
        } else {
            Piece::plain(format!("{name} not in {group} or {}", rest.at(AND)), OR)
        }
    }

    pub(super) fn plain_condition(&mut self, scope: &mut Scope) -> Piece {
        if scope.place == Place::Constant {
            return self.constant_condition(scope);
        }
        if let Some((name, _)) = scope.values.iter().find(|(_, kind)| *kind == Kind::Boolean)
            && self.dice.percent(50)
        {
            return Piece::plain(name.clone(), PRIMARY);
        }
        let roll = self.dice.roll(if scope.place == Place::Query { 26 } else { 22 });
        match roll {
            0..=4 => {
                let a = self.plain_number(scope);
                self.against_threshold(&a)
            }
            5 => {
                let (a, b) = (self.plain_number(scope), self.plain_number(scope));
                let sign = self.dice.of(&["<", "<=", ">", ">=", "!="]);
                Piece::plain(format!("{} {sign} {}", a.at(SUM), b.at(SUM)), COMPARISON)
            }
            6 => self.boolean_cell(scope),
            7 | 8 => self.enumeration(scope),
            9 => {
                let everybody = self.world.everybody();
                match (self.term(scope, everybody, false), self.term(scope, everybody, false)) {
                    (Some(a), Some(b)) => {
                        let word = self.dice.of(&["is", "is not"]);
                        Piece::plain(format!("{a} {word} {b}"), COMPARISON)
                    }
                    _ => self.boolean_cell(scope),
                }
            }
            10 | 11 => {
                let everybody = self.world.everybody();
                let (group, _) = self.some_group();
                match self.term(scope, everybody, false) {
                    Some(term) => {
                        let word = self.dice.of(&["in", "not in"]);
                        Piece::plain(format!("{term} {word} {group}"), COMPARISON)
                    }
                    None => self.boolean_cell(scope),
                }
            }
            12..=14 => {
                let event = self.event_words(scope);
                Piece::plain(format!("fired({event})"), PRIMARY)
            }
            15 | 16 => {
                let clock = self.dice.pick(&self.world.clocks);
                let word = self.dice.of(&["running", "expired"]);
                Piece::plain(format!("{word}({clock})"), PRIMARY)
            }
            17..=21 => self.times_compared(scope),
            22 | 23 => {
                let event = self.event_words(scope);
                let day = self.sooner_or_later();
                let sign = self.dice.of(&["<", "<=", ">", ">="]);
                Piece::plain(format!("first({event}) {sign} {day}"), COMPARISON)
            }
            24 => {
                let (a, b) = (self.event_words(scope), self.event_words(scope));
                Piece::plain(format!("first({a}) < first({b})"), COMPARISON)
            }
            _ => {
                let outcome = self.dice.roll(self.world.outcomes.len());
                Piece::plain(format!("ended({})", self.world.outcomes[outcome]), PRIMARY)
            }
        }
    }

    fn constant_condition(&mut self, scope: &mut Scope) -> Piece {
        let known = self.world.parameters.iter().take(scope.parameters);
        let booleans: Vec<&'static str> =
            known.filter(|(_, kind)| *kind == Kind::Boolean).map(|(name, _)| *name).collect();
        if !booleans.is_empty() && self.dice.percent(60) {
            return Piece::plain(self.dice.pick(&booleans), PRIMARY);
        }
        let a = self.plain_number(scope);
        self.against_threshold(&a)
    }

    /// Durations, rates or dates compared.
    fn times_compared(&mut self, scope: &mut Scope) -> Piece {
        let sign = self.dice.of(&["<", "<=", ">", ">=", "=="]);
        match self.dice.roll(8) {
            0..=2 => {
                let event = self.event_words(scope);
                let age = self.some_days();
                Piece::plain(format!("since({event}) {sign} {age}"), COMPARISON)
            }
            3 | 4 => {
                let (a, b) = (self.duration(scope, 1), self.duration(scope, 0));
                Piece::plain(format!("{} {sign} {}", a.at(SUM), b.at(SUM)), COMPARISON)
            }
            5 => {
                let (a, b) = (self.rate(scope, 1), self.rate(scope, 0));
                Piece::plain(format!("{} {sign} {}", a.at(SUM), b.at(UNARY)), COMPARISON)
            }
            6 if self.world.start.is_some() => {
                let (a, b) = (self.date(scope, 1), self.date(scope, 0));
                Piece::plain(format!("{} {sign} {}", a.at(SUM), b.at(SUM)), COMPARISON)
            }
            6 => Piece::plain(format!("day {sign} {}", self.dice.roll(30)), COMPARISON),
            _ => match self.pair(scope) {
                Some((a, b)) => Piece::plain(format!("pressure({a}, {b}) > (0.5 per day)"), COMPARISON),
                None => self.boolean_cell(scope),
            },
        }
    }

    /// A state, attribute, relation or parameter that is true or false.
    pub(super) fn boolean_cell(&mut self, scope: &mut Scope) -> Piece {
        let is_boolean = |kind: &Kind| *kind == Kind::Boolean;
        for _ in 0..3 {
            match self.dice.roll(4) {
                0 if self.world.parameters.iter().take(scope.parameters).any(|(_, kind)| is_boolean(kind)) => {
                    return Piece::plain("firm", PRIMARY);
                }
                1 if self.world.state.iter().any(|(_, kind)| is_boolean(kind)) => {
                    return Piece::plain("open_door", PRIMARY);
                }
                2 => {
                    if let Some((text, _)) = self.attribute_read(scope, is_boolean) {
                        return Piece::plain(text, PRIMARY);
                    }
                }
                _ => {
                    if let Some((name, _)) = self.some_relation(is_boolean)
                        && let Some((from, to)) = self.pair(scope)
                    {
                        return Piece::plain(format!("{name}({from}, {to})"), PRIMARY);
                    }
                }
            }
        }
        let a = self.plain_number(scope);
        self.against_threshold(&a)
    }

    /// An enumeration compared with one of its values.
    fn enumeration(&mut self, scope: &mut Scope) -> Piece {
        let is_enumeration = |kind: &Kind| matches!(kind, Kind::Enumeration(_));
        let mut found: Vec<(String, Kind)> = self
            .world
            .state
            .iter()
            .filter(|(_, kind)| is_enumeration(kind))
            .map(|(n, k)| ((*n).to_owned(), k.clone()))
            .collect();
        found.extend(self.attribute_read(scope, is_enumeration));
        if let Some((name, kind)) = self.some_relation(is_enumeration)
            && let Some((from, to)) = self.pair(scope)
        {
            found.push((format!("{name}({from}, {to})"), kind));
        }
        if found.is_empty() {
            return self.boolean_cell(scope);
        }
        let (text, kind) = self.dice.pick(&found);
        let Kind::Enumeration(values) = kind else { return self.boolean_cell(scope) };
        let (word, value) = (self.dice.of(&["is", "is", "is not"]), self.dice.of(values));
        Piece::plain(format!("{text} {word} {value}"), COMPARISON)
    }

    /// What stands in the brackets of `fired`: an event, of somebody or of a pair where it has them.
    pub(super) fn event_words(&mut self, scope: &mut Scope) -> String {
        let rule = self.dice.percent(65) || self.world.choices.is_empty();
        let list = if rule { &self.world.rules } else { &self.world.choices };
        let shape = list[self.dice.roll(list.len())].clone();
        let mut words = shape.name.clone();
        let mut target = shape.target.clone();
        if !shape.options.is_empty() && self.dice.percent(60) {
            let option = &shape.options[self.dice.roll(shape.options.len())];
            words = format!("{}.{}", shape.name, option.name);
            target = target.or_else(|| option.target.clone());
        }
        let Some(actor) = shape.actor else { return words };
        if !self.dice.percent(45) {
            return words;
        }
        if target.is_some()
            && self.dice.percent(50)
            && let Some((from, to)) = self.pair(scope)
        {
            return format!("{words}, {from}, {to}");
        }
        match self.term(scope, actor.mask, false) {
            Some(term) => format!("{words}, {term}"),
            None => words,
        }
    }
}
