//! Durations, rates and dates.

use super::Maker;
use super::piece::{LOOSE, OR, PRIMARY, PRODUCT, Piece, SUM, UNARY, corners, digits, literal};
use super::scope::{Place, Scope};
use super::world::Kind;

impl Maker {
    /// A literal duration of some steps, in some unit.
    pub(super) fn some_days(&mut self) -> String {
        let steps = self.dice.pick(&[0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0]);
        self.span(steps * self.world.step_days)
    }

    /// A literal duration somewhere within the run.
    pub(super) fn sooner_or_later(&mut self) -> String {
        let share = 0.1 + 0.8 * self.dice.share();
        self.span(share * self.world.horizon_days())
    }

    /// A literal duration of about so many days.
    pub(super) fn span(&mut self, days: f64) -> String {
        let (unit, per_day) =
            self.dice.pick(&[("days", 1.0), ("days", 1.0), ("hours", 24.0), ("weeks", 1.0 / 7.0), ("minutes", 1440.0)]);
        let amount = digits(days * per_day);
        let (amount, unit) = if amount == "0" { ("1".to_owned(), "hours") } else { (amount, unit) };
        if amount == "1" { format!("1 {}", unit.trim_end_matches('s')) } else { format!("{amount} {unit}") }
    }

    fn named(&self, scope: &Scope, wanted: &Kind) -> Vec<String> {
        let known = self.world.parameters.iter().take(scope.parameters);
        let parameters = known.filter(|(_, kind)| kind == wanted).map(|(name, _)| (*name).to_owned());
        let values = scope.values.iter().filter(|(_, kind)| kind == wanted).map(|(name, _)| name.clone());
        parameters.chain(values).collect()
    }

    /// A duration.
    pub(super) fn duration(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        let step = self.world.step_days;
        let constant = scope.place == Place::Constant;
        if depth == 0 || self.dice.percent(30) {
            let named = self.named(scope, &Kind::Duration);
            if !named.is_empty() && self.dice.percent(60) {
                return Piece::primary(self.dice.pick(&named), step, 5.0 * step);
            }
            return match self.dice.roll(if constant { 4 } else { 8 }) {
                4 | 5 => {
                    let clock = self.dice.pick(&self.world.clocks);
                    Piece::primary(format!("remaining({clock})"), 0.0, 5.0 * step)
                }
                6 => {
                    let event = self.event_words(scope);
                    Piece::primary(format!("since({event})"), 0.0, 10.0 * step)
                }
                7 if self.dice.percent(20) => Piece::primary("never", 1e8, 1e8),
                _ => Piece::primary(self.some_days(), step, 5.0 * step),
            };
        }
        let inner = depth - 1;
        match self.dice.roll(11) {
            0 | 1 => {
                let (a, b) = (self.duration(scope, inner), self.duration(scope, inner));
                a.operate("+", &b, SUM, (a.low + b.low, a.high + b.high))
            }
            2 => {
                let (a, b) = (self.duration(scope, inner), self.duration(scope, inner));
                a.operate("-", &b, SUM, (a.low - b.high, a.high - b.low))
            }
            3 => {
                let (a, b) = (self.number(scope, inner), self.duration(scope, inner));
                let bounds = corners(&a, &b, |x, y| x * y);
                a.operate("*", &b, PRODUCT, bounds)
            }
            4 => {
                let (a, b) = (self.duration(scope, inner), self.plain_number(scope));
                a.operate("/", &b, PRODUCT, (a.low, a.high))
            }
            5 if self.world.start.is_some() => {
                let (a, b) = (self.date(scope, inner), self.date(scope, 0));
                a.operate("-", &b, SUM, (a.low - b.high, a.high - b.low))
            }
            6 => {
                let (a, b) = (self.duration(scope, inner), self.duration(scope, inner));
                self.least_or_greatest(&a, &b)
            }
            7 => {
                let a = self.duration(scope, inner);
                let (low, high) = (self.span(step), self.span(6.0 * step));
                Piece::primary(format!("clamp(abs({}), {low}, {high})", a.text), step, 6.0 * step)
            }
            8 => {
                let (test, a, b) =
                    (self.condition(scope, inner), self.duration(scope, inner), self.duration(scope, inner));
                let text = format!("if {} then {} else {}", test.at(OR), a.at(OR), b.at(OR));
                Piece::new(text, LOOSE, a.low.min(b.low), a.high.max(b.high))
            }
            9 if !constant && scope.variables.len() < 4 => {
                let word = self.dice.of(&["sum", "mean", "min", "max"]);
                let head = self.fold_head(scope, inner);
                let body = self.duration(scope, inner);
                Self::close_fold(scope);
                let otherwise = if word == "sum" { String::new() } else { format!(" else {}", self.some_days()) };
                Piece::primary(format!("{word}({head}: {}{otherwise})", body.text), body.low, body.high)
            }
            _ => self.duration(scope, 0),
        }
    }

    /// A rate without a bare `per` in it: to be part of something.
    pub(super) fn rate(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        let constant = scope.place == Place::Constant;
        if depth == 0 || self.dice.percent(25) {
            let named = self.named(scope, &Kind::Rate);
            if !named.is_empty() && self.dice.percent(50) {
                return Piece::primary(self.dice.pick(&named), 0.0, 0.3);
            }
            if !constant
                && self.dice.percent(50)
                && let Some((a, b)) = self.pair(scope)
            {
                return Piece::primary(format!("pressure({a}, {b})"), 0.0, 5.0 / self.world.step_days);
            }
            let value = self.dice.share() / self.world.step_days;
            return Piece::primary(format!("({} per day)", digits(value)), value, value);
        }
        let inner = depth - 1;
        match self.dice.roll(7) {
            0 => {
                let (a, b) = (self.rate(scope, inner), self.rate(scope, inner));
                a.operate("+", &b, SUM, (a.low + b.low, a.high + b.high))
            }
            1 => {
                let (a, b) = (self.rate(scope, inner), self.rate(scope, inner));
                a.operate("-", &b, SUM, (a.low - b.high, a.high - b.low))
            }
            2 => {
                let (a, b) = (self.plain_number(scope), self.rate(scope, inner));
                let bounds = corners(&a, &b, |x, y| x * y);
                a.operate("*", &b, PRODUCT, bounds)
            }
            3 => {
                let (a, b) = (self.plain_number(scope), self.duration(scope, inner));
                a.operate("/", &b, PRODUCT, (0.0, a.high / self.world.step_days))
            }
            4 => {
                let (a, b) = (self.rate(scope, inner), self.rate(scope, inner));
                self.least_or_greatest(&a, &b)
            }
            5 => {
                let (a, b) = (self.rate(scope, inner), self.plain_number(scope));
                a.operate("/", &b, PRODUCT, (a.low, a.high))
            }
            _ => {
                let a = self.rate(scope, inner);
                Piece::primary(format!("abs({})", a.text), 0.0, a.high.abs())
            }
        }
    }

    /// The hazard of a rule or choice: a few events in a run, most often.
    pub(super) fn hazard(&mut self, scope: &mut Scope, depth: usize) -> String {
        let times = self.dice.pick(&[0.5, 1.0, 2.0, 3.0, 5.0, 8.0]);
        let per_day = times / self.world.horizon_days();
        match self.dice.roll(12) {
            0..=5 => {
                let unit = self.unit(scope, depth);
                format!("{} * {} per day", digits(2.0 * per_day), unit.at(UNARY))
            }
            6 => format!("{} per week", digits(7.0 * per_day)),
            7 => format!("{} per 3.5 days", digits(3.5 * per_day)),
            8 => {
                let test = self.condition(scope, depth);
                format!("if {} then {} per day else {} per 2 days", test.at(OR), digits(3.0 * per_day), digits(per_day))
            }
            9 => {
                let test = self.condition(scope, depth);
                format!("if {} then {} else {} per day", test.at(OR), digits(3.0 * per_day), digits(per_day))
            }
            10 => {
                let rate = self.rate(scope, depth);
                rate.text
            }
            _ => {
                let unit = self.unit(scope, depth);
                format!("{} / {}", unit.at(PRODUCT), self.span(1.0 / per_day))
            }
        }
    }

    /// A literal date about so many days after the start, not before it.
    pub(super) fn literal_date(&mut self, days: f64) -> String {
        let (mut year, mut month, mut day, _) = self.world.start.unwrap_or((2023, 1, 1, None));
        day += days.max(0.0) as u32;
        loop {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let length = match month {
                2 => 28 + u32::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if day <= length {
                break;
            }
            day -= length;
            month += 1;
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
        }
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// A date, if the scenario has any.
    pub(super) fn date(&mut self, scope: &mut Scope, depth: usize) -> Piece {
        let horizon = self.world.horizon_days();
        let constant = scope.place == Place::Constant;
        if depth == 0 || self.dice.percent(35) {
            let named = self.named(scope, &Kind::Date);
            if !named.is_empty() && self.dice.percent(50) {
                return Piece::primary(self.dice.pick(&named), 0.0, horizon);
            }
            if !constant && self.dice.percent(50) {
                return Piece::primary("today", 0.0, horizon);
            }
            let days = self.dice.share() * horizon;
            let mut text = self.literal_date(days);
            if self.dice.percent(25) {
                text.push_str(self.dice.of(&["T18:00", "T06:30"]));
            }
            return Piece::primary(text, days, days);
        }
        let inner = depth - 1;
        match self.dice.roll(4) {
            0 | 1 => {
                let (a, b) = (self.date(scope, inner), self.duration(scope, inner));
                let sign = self.dice.of(&["+", "-"]);
                a.operate(sign, &b, SUM, (a.low - b.high.abs(), a.high + b.high.abs()))
            }
            2 if !constant && scope.variables.len() < 4 => {
                let word = self.dice.of(&["min", "max"]);
                let head = self.fold_head(scope, inner);
                let body = self.date(scope, inner);
                Self::close_fold(scope);
                let otherwise = self.date(scope, 0);
                Piece::new(format!("{word}({head}: {} else {})", body.text, otherwise.text), PRIMARY, 0.0, horizon)
            }
            _ => {
                let (test, a, b) = (self.condition(scope, inner), self.date(scope, inner), self.date(scope, inner));
                Piece::new(format!("if {} then {} else {}", test.at(OR), a.at(OR), b.at(OR)), LOOSE, 0.0, horizon)
            }
        }
    }

    /// A positive constant duration, often computed: for `every`, `cooldown`, half-lives.
    pub(super) fn constant_duration(&mut self) -> String {
        let mut scope = Scope::new(Place::Constant);
        let named = self.named(&scope, &Kind::Duration);
        if named.is_empty() || self.dice.percent(60) {
            return self.some_days();
        }
        match self.dice.roll(3) {
            0 => self.dice.pick(&named),
            1 => format!("{} + {}", self.dice.pick(&named), self.some_days()),
            _ => {
                let factor = self.number(&mut scope, 0);
                let factor = if factor.low < 0.0 { literal(2.0) } else { factor };
                format!("({} + 0.5) * {}", factor.at(SUM), self.dice.pick(&named))
            }
        }
    }
}
