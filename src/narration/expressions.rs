//! Checked expressions as text: as the language writes them, with the ids of actors in place of `actor`, `target` and arguments.

use crate::model::{
    ActorTerm, Argument, Calendar, Comparison, EventTest, Expression, Fold, FoldKind, Function, Selector, Slack,
};

use super::kinds::Kind;
use super::words::{Names, duration};

/// How tightly the parts of an expression hold together; the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Conditional,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Unary,
    Power,
    Primary,
}

/// The text of an expression.
pub(super) fn text(names: &Names<'_>, expression: &Expression) -> String {
    text_beside(names, expression, Kind::of(names.model, expression))
}

/// The text of an expression that stands beside one of a kind: literals are written as values of it.
pub(super) fn text_beside(names: &Names<'_>, expression: &Expression, kind: Kind<'_>) -> String {
    Writer { names, folds: Vec::new() }.write(expression, Level::Conditional, kind)
}

/// The sign of a comparison.
pub(super) fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
    }
}

struct Writer<'n, 'm> {
    names: &'n Names<'m>,
    /// Slots of the variables of the folds around, the outermost first.
    folds: Vec<usize>,
}

impl Writer<'_, '_> {
    /// Writes an expression where one of at least `least` is wanted.
    fn write(&self, expression: &Expression, least: Level, kind: Kind<'_>) -> String {
        let (level, text) = self.bare(expression, kind);
        if level < least { format!("({text})") } else { text }
    }

    fn bare(&self, expression: &Expression, kind: Kind<'_>) -> (Level, String) {
        let model = self.names.model;
        let primary = |text: String| (Level::Primary, text);
        let own = |part: &Expression| Kind::of(model, part);
        match expression {
            Expression::Constant(value) => self.constant(*value, kind),
            Expression::Parameter(parameter) => primary(model.parameters[*parameter].id.clone()),
            Expression::State(state) => primary(model.state[*state].id.clone()),
            Expression::Attribute { attribute, holder } => {
                primary(format!("{}.{}", self.actor(*holder), model.attributes[*attribute].id))
            }
            Expression::Relation { relation, from, to } => {
                primary(self.call(&model.relations[*relation].id, &[self.actor(*from), self.actor(*to)]))
            }
            Expression::ValueArgument(slot) => primary(format!("value_{slot}")),
            Expression::Draw(draw) => primary(format!("draw_{draw}")),
            Expression::OwnStart => primary("own_start".to_owned()),
            Expression::Definition { definition, arguments } => {
                let argument = |argument: &Argument| match argument {
                    Argument::Actor(term) => self.actor(*term),
                    Argument::Value(value) => self.write(value, Level::Conditional, own(value)),
                };
                let arguments: Vec<String> = arguments.iter().map(argument).collect();
                // With arguments the id is written as declared: `net_gain(m)`.
                let id = &model.definitions[*definition].id;
                primary(self.call(id.split('(').next().unwrap_or(id), &arguments))
            }
            Expression::Now => {
                primary(if matches!(kind, Kind::Date | Kind::Duration) { "today" } else { "day" }.to_owned())
            }
            Expression::Negative(a) => (Level::Unary, format!("-{}", self.write(a, Level::Unary, kind))),
            Expression::Add(a, b) => self.sum(a, "+", b, kind),
            Expression::Subtract(a, b) => self.sum(a, "-", b, kind),
            Expression::Multiply(a, b) => self.product(a, "*", b),
            Expression::Divide(a, b) => match **b {
                // `a per 30 days` is held as a division.
                Expression::Constant(days) if kind == Kind::Rate && own(a) != Kind::Rate => self.rate(a, days),
                _ => self.product(a, "/", b),
            },
            Expression::IntegerPower(a, n) => {
                (Level::Power, format!("{} ^ {n}", self.write(a, Level::Primary, own(a))))
            }
            Expression::Power(a, b) => {
                let (base, exponent) = (self.write(a, Level::Primary, own(a)), self.write(b, Level::Unary, own(b)));
                // A bare number would multiply.
                let is_number = matches!(**b, Expression::Constant(n) if n.fract() == 0.0 && (0.0..=16.0).contains(&n));
                (
                    Level::Power,
                    if is_number { format!("{base} ^ ({exponent})") } else { format!("{base} ^ {exponent}") },
                )
            }
            Expression::Not(a) => self.negated(a),
            Expression::And(parts) => (Level::And, self.list(parts, " and ", Level::Not)),
            Expression::Or(parts) => (Level::Or, self.list(parts, " or ", Level::And)),
            Expression::If(condition, a, b) => {
                let condition = self.write(condition, Level::Or, Kind::Truth);
                let (a, b) = (self.write(a, Level::Or, kind), self.write(b, Level::Conditional, kind));
                (Level::Conditional, format!("if {condition} then {a} else {b}"))
            }
            Expression::Compare(comparison, slack, a, b) => {
                (Level::Comparison, self.compare(*comparison, *slack, a, b))
            }
            Expression::SameActor(a, b) => (Level::Comparison, format!("{} is {}", self.actor(*a), self.actor(*b))),
            Expression::InGroup(a, group) => {
                (Level::Comparison, format!("{} in {}", self.actor(*a), model.groups[*group].id))
            }
            Expression::SameValue(a, b) => {
                let kind = if own(a) == Kind::Literal { own(b) } else { own(a) };
                (
                    Level::Comparison,
                    format!("{} is {}", self.write(a, Level::Sum, kind), self.write(b, Level::Sum, kind)),
                )
            }
            Expression::Fold(fold) => primary(self.fold(fold, kind)),
            Expression::Function(function, arguments) => {
                let kind = match own(expression) {
                    Kind::Literal => kind,
                    own => own,
                };
                let arguments: Vec<String> =
                    arguments.iter().map(|part| self.write(part, Level::Conditional, kind)).collect();
                primary(self.call(function_word(*function), &arguments))
            }
            Expression::Events(test, selector) => primary(self.events(*test, selector)),
            Expression::Ended(outcome) => primary(format!("ended({})", model.outcomes[*outcome].id)),
            Expression::Pressure(a, b) => primary(self.call("pressure", &[self.actor(*a), self.actor(*b)])),
            Expression::Running(clock) => primary(format!("running({})", model.clocks[*clock].id)),
            Expression::Expired(clock) => primary(format!("expired({})", model.clocks[*clock].id)),
            Expression::Remaining(clock) => primary(format!("remaining({})", model.clocks[*clock].id)),
            Expression::Calendar(part, a) => {
                let word = match part {
                    Calendar::Month => "month",
                    Calendar::Weekday => "weekday",
                    Calendar::Year => "year",
                };
                primary(self.call(word, &[self.write(a, Level::Conditional, Kind::Date)]))
            }
            Expression::Size(group) => primary(format!("size({})", model.groups[*group].id)),
        }
    }

    fn constant(&self, value: f64, kind: Kind<'_>) -> (Level, String) {
        let text = self.names.value(kind, value);
        // `0.1 per day` is held together more loosely than anything.
        let level = match kind {
            Kind::Rate => Level::Conditional,
            _ if value < 0.0 => Level::Unary,
            _ => Level::Primary,
        };
        (level, text)
    }

    fn rate(&self, a: &Expression, days: f64) -> (Level, String) {
        let per = if days == 1.0 { "day".to_owned() } else { duration(days) };
        (Level::Conditional, format!("{} per {per}", self.write(a, Level::Or, Kind::Number)))
    }

    fn sum(&self, a: &Expression, sign: &str, b: &Expression, kind: Kind<'_>) -> (Level, String) {
        let (kind_a, kind_b) = (Kind::of(self.names.model, a), Kind::of(self.names.model, b));
        // What is added to a date and is no date is a duration.
        let beside = |own: Kind<'_>, other: Kind<'_>| match (own, other) {
            (Kind::Literal, Kind::Date) => Kind::Duration,
            (Kind::Literal, Kind::Now) if kind == Kind::Date => Kind::Duration,
            _ => kind,
        };
        let left = self.write(a, Level::Sum, beside(kind_a, kind_b));
        (Level::Sum, format!("{left} {sign} {}", self.write(b, Level::Product, beside(kind_b, kind_a))))
    }

    fn product(&self, a: &Expression, sign: &str, b: &Expression) -> (Level, String) {
        let own = |part: &Expression| match Kind::of(self.names.model, part) {
            Kind::Literal => Kind::Number,
            kind => kind,
        };
        (
            Level::Product,
            format!("{} {sign} {}", self.write(a, Level::Product, own(a)), self.write(b, Level::Unary, own(b))),
        )
    }

    fn compare(&self, comparison: Comparison, slack: Slack, a: &Expression, b: &Expression) -> String {
        let kind = Kind::of_comparison(self.names.model, slack, a, b);
        format!("{} {} {}", self.write(a, Level::Sum, kind), sign(comparison), self.write(b, Level::Sum, kind))
    }

    fn negated(&self, a: &Expression) -> (Level, String) {
        let model = self.names.model;
        match a {
            Expression::SameActor(a, b) => (Level::Comparison, format!("{} is not {}", self.actor(*a), self.actor(*b))),
            Expression::InGroup(a, group) => {
                (Level::Comparison, format!("{} not in {}", self.actor(*a), model.groups[*group].id))
            }
            Expression::SameValue(..) => {
                (Level::Comparison, self.bare(a, Kind::Truth).1.replacen(" is ", " is not ", 1))
            }
            _ => (Level::Not, format!("not {}", self.write(a, Level::Not, Kind::Truth))),
        }
    }

    fn list(&self, parts: &[Expression], word: &str, least: Level) -> String {
        parts.iter().map(|part| self.write(part, least, Kind::Truth)).collect::<Vec<_>>().join(word)
    }

    fn fold(&self, fold: &Fold, kind: Kind<'_>) -> String {
        let word = fold.kind.word();
        let kind = match fold.kind {
            FoldKind::Count | FoldKind::Share | FoldKind::Any | FoldKind::All => Kind::Truth,
            _ => kind,
        };
        let mut inside = Writer { names: self.names, folds: self.folds.clone() };
        inside.folds.push(fold.slot);
        let part = |part: &Expression, kind: Kind<'_>| inside.write(part, Level::Conditional, kind);
        let variable = inside.actor(ActorTerm::Slot(fold.slot));
        let mut text = format!("{word}({variable} in {}", self.names.model.groups[fold.group].id);
        if let Some(filter) = &fold.filter {
            text.push_str(&format!(" where {}", part(filter, Kind::Truth)));
        }
        text.push_str(&format!(": {}", part(&fold.body, kind)));
        if let Some(otherwise) = &fold.otherwise {
            text.push_str(&format!(" else {}", self.write(otherwise, Level::Conditional, kind)));
        }
        text + ")"
    }

    fn events(&self, test: EventTest, selector: &Selector) -> String {
        let word = match test {
            EventTest::Fired => "fired",
            EventTest::Times => "times",
            EventTest::Since => "since",
            EventTest::First => "first",
        };
        let who = [selector.actor, selector.target].into_iter().flatten().map(|term| self.actor(term));
        let arguments: Vec<String> =
            std::iter::once(self.names.model.happenings[selector.happening].id.clone()).chain(who).collect();
        self.call(word, &arguments)
    }

    fn call(&self, word: &str, arguments: &[String]) -> String {
        if arguments.is_empty() { word.to_owned() } else { format!("{word}({})", arguments.join(", ")) }
    }

    fn actor(&self, term: ActorTerm) -> String {
        match term {
            ActorTerm::Actor(actor) => self.names.actor_id(actor).to_owned(),
            ActorTerm::Slot(slot) => match self.folds.iter().rposition(|other| *other == slot) {
                Some(depth) => variable(depth),
                None => ["actor", "target"].get(slot).map_or_else(|| format!("slot_{slot}"), |word| (*word).to_owned()),
            },
        }
    }
}

/// The names of variables are gone; they get letters by depth.
fn variable(depth: usize) -> String {
    ["m", "n", "k"].get(depth).map_or_else(|| format!("m{depth}"), |letter| (*letter).to_owned())
}

fn function_word(function: Function) -> &'static str {
    match function {
        Function::Minimum => "min",
        Function::Maximum => "max",
        Function::Absolute => "abs",
        Function::Floor => "floor",
        Function::Clamp => "clamp",
        Function::Exponential => "exp",
        Function::Logarithm => "ln",
        Function::SquareRoot => "sqrt",
        Function::Logistic => "logistic",
    }
}
