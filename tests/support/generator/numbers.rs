//! Expressions that give numbers.

use super::Maker;
use super::piece::{LOOSE, OR, POWER, PRIMARY, PRODUCT, Piece, SUM, UNARY, corners, digits, literal};
use super::scope::{Place, Scope};
use super::world::{Argument, Kind};

impl Maker {
    /// A number.
    pub(super) fn number(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        if depth == 0 || self.dice.percent(15) {
            return self.plain_number(scope);
        }
        let inner = depth - 1;
        match self.dice.roll(32) {
            0..=2 => {
                let (a, b) = (self.number(scope, inner), self.number(scope, inner));
                a.operate("+", &b, SUM, (a.low + b.low, a.high + b.high))
            }
            3 | 4 => {
                let (a, b) = (self.number(scope, inner), self.number(scope, inner));
                a.operate("-", &b, SUM, (a.low - b.high, a.high - b.low))
            }
            5..=7 => {
                let (a, b) = (self.number(scope, inner), self.number(scope, inner));
                let bounds = corners(&a, &b, |x, y| x * y);
                a.operate("*", &b, PRODUCT, bounds)
            }
            8 => {
                let (a, b) = (self.number(scope, inner), self.number(scope, inner));
                let safe = |y: f64| if y == 0.0 { 0.1 } else { y };
                let bounds = corners(&a, &b, |x, y| x / safe(y));
                a.operate("/", &b, PRODUCT, bounds)
            }
            9 => self.power(scope, inner),
            10 => {
                let a = self.number(scope, inner);
                Piece::new(format!("-{}", a.at(UNARY)), UNARY, -a.high, -a.low)
            }
            11 | 12 => {
                let (a, b) = (self.number(scope, inner), self.number(scope, inner));
                self.least_or_greatest(&a, &b)
            }
            13 => {
                let a = self.number(scope, inner);
                self.clamped(&a)
            }
            14..=16 => {
                let a = self.number(scope, inner);
                self.function(&a)
            }
            17 => {
                let test = self.condition(scope, inner);
                Piece::primary(format!("indicator({})", test.text), 0.0, 1.0)
            }
            18..=20 => self.either_number(scope, inner),
            21..=25 => self.fold_of_numbers(scope, inner),
            26 | 27 if scope.place != Place::Constant => self.count_of_events(scope),
            28 => {
                let (a, b) = (self.duration(scope, inner), self.duration(scope, 0));
                let most = a.high / b.low.abs().max(self.world.step_days);
                a.operate("/", &b, PRODUCT, (0.0, most))
            }
            29 => {
                let (a, b) = (self.rate(scope, 0), self.duration(scope, 0));
                let bounds = corners(&a, &b, |x, y| x * y);
                Piece::new(format!("{} * {}", a.at(PRODUCT), b.at(UNARY)), PRODUCT, bounds.0, bounds.1)
            }
            30 if self.world.start.is_some() => {
                let (word, low, high) =
                    self.dice.pick(&[("month", 1.0, 12.0), ("weekday", 1.0, 7.0), ("year", 1998.0, 2101.0)]);
                let date = self.date(scope, inner);
                Piece::primary(format!("{word}({})", date.text), low, high)
            }
            31 if scope.place != Place::Constant => self.defined(scope, &Kind::Number(0.0, 1.0), inner),
            _ => self.plain_number(scope),
        }
    }

    /// A number from 0 to 1, mostly somewhere between.
    pub(super) fn unit(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        let piece = self.number(scope, depth);
        if piece.low >= 0.0 && piece.high <= 1.0 && piece.high > 0.0 {
            return piece;
        }
        let width = piece.high - piece.low;
        if width <= 0.0 {
            let value = self.dice.share();
            return literal(value);
        }
        let middle = literal((piece.low + piece.high) / 2.0);
        match self.dice.roll(3) {
            0 => {
                let slope = digits(4.0 / width);
                let text = format!("logistic({slope} * ({} - {}))", piece.at(SUM), middle.at(PRODUCT));
                Piece::primary(text, 0.1, 0.9)
            }
            1 => {
                let (low, width) = (literal(piece.low), literal(width));
                let text = format!("({} - {}) / {}", piece.at(SUM), low.at(PRODUCT), width.at(UNARY));
                Piece::new(text, PRODUCT, 0.0, 1.0)
            }
            _ => Piece::primary(format!("clamp({}, 0, 1)", piece.text), 0.0, 1.0),
        }
    }

    fn power(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        let a = self.number(scope, depth);
        let most = a.low.abs().max(a.high.abs());
        match self.dice.roll(4) {
            0 => Piece::new(format!("{} ^ 2", a.at(PRIMARY)), POWER, 0.0, most * most),
            1 => {
                let n = self.dice.pick(&[0, 1, 3, 5]);
                let high = most.min(1e3).powi(n);
                Piece::new(format!("{} ^ {n}", a.at(PRIMARY)), POWER, a.low.min(0.0) * high, high)
            }
            2 => Piece::new(format!("{} ^ 0.5", a.at(PRIMARY)), POWER, 0.0, most.sqrt()),
            _ => {
                let b = self.plain_number(scope);
                Piece::new(format!("{} ^ {}", a.at(PRIMARY), b.at(UNARY)), POWER, 0.0, most.max(1.0))
            }
        }
    }

    pub(super) fn least_or_greatest(&mut self, a: &Piece, b: &Piece) -> Piece {
        if self.dice.percent(50) {
            Piece::primary(format!("min({}, {})", a.text, b.text), a.low.min(b.low), a.high.min(b.high))
        } else {
            Piece::primary(format!("max({}, {})", a.text, b.text), a.low.max(b.low), a.high.max(b.high))
        }
    }

    fn clamped(&mut self, a: &Piece) -> Piece {
        let width = a.high - a.low;
        let (low, high) = (literal(a.low + 0.1 * width), literal(a.low + 0.8 * width));
        Piece::primary(format!("clamp({}, {}, {})", a.text, low.text, high.text), low.low, high.high)
    }

    fn function(&mut self, a: &Piece) -> Piece {
        let word = self.dice.of(&["abs", "floor", "exp", "ln", "sqrt", "logistic"]);
        let most = a.low.abs().max(a.high.abs());
        let (low, high) = match word {
            "abs" => (0.0, most),
            "floor" => (a.low.floor(), a.high),
            "exp" => (a.low.clamp(-20.0, 20.0).exp(), a.high.clamp(-20.0, 20.0).exp()),
            "ln" => (a.low.max(0.01).ln(), a.high.max(0.02).ln()),
            "sqrt" => (0.0, a.high.max(0.0).sqrt()),
            _ => (1.0 / (1.0 + (-a.low).exp()), 1.0 / (1.0 + (-a.high).exp())),
        };
        Piece::primary(format!("{word}({})", a.text), low, high)
    }

    fn either_number(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        let test = self.condition(scope, depth);
        let (a, b) = (self.number(scope, depth), self.number(scope, depth));
        let text = format!("if {} then {} else {}", test.at(OR), a.at(OR), b.at(OR));
        Piece::new(text, LOOSE, a.low.min(b.low), a.high.max(b.high))
    }

    fn fold_of_numbers(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        if scope.place == Place::Constant || scope.variables.len() > 3 {
            return self.plain_number(scope);
        }
        let word = self.dice.of(&["sum", "mean", "min", "max", "count", "share"]);
        let head = self.fold_head(scope, depth);
        let size = self.world.actors.len() as f64 / 2.0;
        let piece = match word {
            "count" | "share" => {
                let body = self.condition(scope, depth);
                let most = if word == "share" { 1.0 } else { size };
                Piece::primary(format!("{word}({head}: {})", body.text), 0.0, most)
            }
            _ => {
                let body = self.number(scope, depth);
                let times = if word == "sum" { size } else { 1.0 };
                Piece::primary(format!("{word}({head}: {}", body.text), body.low * times, body.high * times)
            }
        };
        Self::close_fold(scope);
        match word {
            "count" | "share" => piece,
            "sum" => Piece::primary(format!("{})", piece.text), piece.low, piece.high),
            _ => {
                let otherwise = self.plain_number(scope);
                let text = format!("{} else {})", piece.text, otherwise.text);
                Piece::primary(text, piece.low.min(otherwise.low), piece.high.max(otherwise.high))
            }
        }
    }

    fn count_of_events(&mut self, scope: &mut Scope) -> Piece {
        let event = self.event_words(scope);
        Piece::primary(format!("times({event})"), 0.0, 3.0)
    }

    /// A definition used, or something else where none fits.
    pub(super) fn defined(&mut self, scope: &mut Scope, kind: &Kind, depth: usize) -> Piece {
        let same = |other: &Kind| std::mem::discriminant(other) == std::mem::discriminant(kind);
        let fitting: Vec<usize> = (0..self.world.definitions.len().min(scope.definitions))
            .filter(|&at| same(&self.world.definitions[at].kind))
            .collect();
        let fallback = |maker: &mut Self, scope: &mut Scope| match kind {
            Kind::Boolean => maker.plain_condition(scope),
            _ => maker.plain_number(scope),
        };
        if fitting.is_empty() || scope.place == Place::Constant {
            return fallback(self, scope);
        }
        let definition = self.world.definitions[self.dice.pick(&fitting)].clone();
        let mut arguments = Vec::new();
        for argument in &definition.arguments {
            match argument {
                Argument::Actor(mask) => match self.term(scope, *mask, false) {
                    Some(term) => arguments.push(term),
                    None => return fallback(self, scope),
                },
                Argument::Value => arguments.push(self.unit(scope, depth.min(1)).text),
            }
        }
        let (low, high) = match definition.kind {
            Kind::Number(low, high) => (low, high),
            _ => (0.0, 1.0),
        };
        let text = if arguments.is_empty() {
            definition.name.to_owned()
        } else {
            format!("{}({})", definition.name, arguments.join(", "))
        };
        Piece::primary(text, low, high)
    }

    pub(super) fn plain_number(&mut self, scope: &mut Scope) -> Piece {
        let constant = scope.place == Place::Constant;
        let values: Vec<(String, f64, f64)> = scope
            .values
            .iter()
            .filter_map(|(name, kind)| match kind {
                Kind::Number(low, high) => Some((name.clone(), *low, *high)),
                _ => None,
            })
            .collect();
        if !values.is_empty() && self.dice.percent(40) {
            let (name, low, high) = self.dice.pick(&values);
            return Piece::primary(name, low, high);
        }
        if let Some((low, high)) = scope.own_start
            && self.dice.percent(40)
        {
            return Piece::primary("own_start", low, high);
        }
        match self.dice.roll(if constant { 5 } else { 16 }) {
            0 | 1 => literal(self.dice.share()),
            2 => {
                let value = self.dice.pick(&[0.25, 0.5, 1.5, 2.0, 3.0, -0.5, -1.0, 1e-3]);
                literal(value)
            }
            3 | 4 => self.numeric_parameter(scope),
            5..=7 => self.numeric_state(),
            8..=11 => self.numeric_attribute(scope),
            12 | 13 => self.numeric_relation(scope),
            14 => {
                let (group, mask) = self.some_group();
                Piece::primary(format!("size({group})"), 0.0, f64::from(mask.count_ones()))
            }
            _ => Piece::primary("day", 0.0, self.world.horizon_days()),
        }
    }

    fn numeric_parameter(&mut self, scope: &Scope) -> Piece {
        let known = self.world.parameters.iter().take(scope.parameters);
        let numbers: Vec<(&str, f64, f64)> = known
            .filter_map(|(name, kind)| match kind {
                Kind::Number(low, high) => Some((*name, *low, *high)),
                _ => None,
            })
            .collect();
        if numbers.is_empty() {
            return literal(self.dice.share());
        }
        let (name, low, high) = self.dice.pick(&numbers);
        Piece::primary(name, low, high)
    }

    fn numeric_state(&mut self) -> Piece {
        let numbers: Vec<(&str, f64, f64)> = self
            .world
            .state
            .iter()
            .filter_map(|(name, kind)| match kind {
                Kind::Number(low, high) => Some((*name, *low, *high)),
                _ => None,
            })
            .collect();
        let (name, low, high) = self.dice.pick(&numbers);
        Piece::primary(name, low, high)
    }

    fn numeric_attribute(&mut self, scope: &mut Scope) -> Piece {
        match self.attribute_read(scope, |kind| matches!(kind, Kind::Number(..))) {
            Some((text, Kind::Number(low, high))) => Piece::primary(text, low, high),
            _ => self.numeric_state(),
        }
    }

    fn numeric_relation(&mut self, scope: &mut Scope) -> Piece {
        let Some(relation) = self.some_relation(|kind| matches!(kind, Kind::Number(..))) else {
            return self.numeric_state();
        };
        let Kind::Number(low, high) = relation.1 else { return self.numeric_state() };
        match self.pair(scope) {
            Some((from, to)) if self.dice.percent(85) => {
                Piece::primary(format!("{}({from}, {to})", relation.0), low, high)
            }
            _ => {
                // One who may be the other: names decide, and cut off the relation to oneself.
                let everybody = self.world.everybody();
                let (Some(a), Some(b)) = (self.term(scope, everybody, false), self.term(scope, everybody, false))
                else {
                    return self.numeric_state();
                };
                let text = format!("if {a} is {b} then {} else {}({a}, {b})", digits(high / 2.0), relation.0);
                Piece::new(text, LOOSE, low, high)
            }
        }
    }
}
