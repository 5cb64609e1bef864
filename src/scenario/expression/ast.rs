//! Expressions and effects as written: names are still text, nothing has a type.

use crate::diagnostic::Span;

/// A name and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// An expression and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: Kind,
    /// Its place, brackets included where it has some.
    pub span: Span,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 1/1440 day.
    Minute,
    /// 1/24 day.
    Hour,
    /// 24 hours.
    Day,
    /// 7 days.
    Week,
    /// 30.4375 days.
    Month,
    /// 365.25 days.
    Year,
}

impl Unit {
    /// `amount` of this unit in days: weeks are n * 7, hours n / 24, minutes n / 1440, months n * 30.4375, years n * 365.25.
    #[must_use]
    pub fn days(self, amount: f64) -> f64 {
        match self {
            Unit::Minute => amount / 1440.0,
            Unit::Hour => amount / 24.0,
            Unit::Day => amount,
            Unit::Week => amount * 7.0,
            Unit::Month => amount * 30.4375,
            Unit::Year => amount * 365.25,
        }
    }
}

/// A civil date as written, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateLiteral {
    /// Year, such as 2023.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31, valid for the month.
    pub day: i8,
    /// Hour and minute, when written.
    pub time: Option<(i8, i8)>,
}

/// Two-sided operators of arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^` with any other exponent.
    Power,
    /// `^` with an exponent written as a bare whole number from 0 to 16: it multiplies. The right side is that number.
    WholePower,
}

/// Comparisons of numbers, durations, rates, dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
}

/// The folds over a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// `sum`
    Sum,
    /// `mean`
    Mean,
    /// `min`
    Min,
    /// `max`
    Max,
    /// `count`
    Count,
    /// `share`
    Share,
    /// `any`
    Any,
    /// `all`
    All,
}

/// What an expression is. Operands are boxed; `And` and `Or` hold two or more parts in the order written.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A bare number.
    Number(f64),
    /// A number with a unit: a duration.
    Duration(f64, Unit),
    /// A date.
    Date(DateLiteral),
    /// `true`, `false`.
    Boolean(bool),
    /// A name: parameter, state, actor, enumeration value, definition, ...
    Name(String),
    /// `f(a, b)`: function, relation, definition with arguments.
    Call {
        /// What is called.
        function: Name,
        /// One or more arguments.
        arguments: Vec<Expression>,
    },
    /// `owner.name`: an attribute, or `choice.option` where a happening is named.
    Member {
        /// What stands before the point.
        owner: Box<Expression>,
        /// What stands behind it.
        name: Name,
    },
    /// `fold(v in g where c: body else e)`.
    Fold {
        /// Which fold.
        fold: FoldKind,
        /// The variable.
        variable: Name,
        /// The group.
        group: Name,
        /// The condition behind `where`.
        filter: Option<Box<Expression>>,
        /// The value.
        body: Box<Expression>,
        /// The value when nobody is left.
        otherwise: Option<Box<Expression>>,
    },
    /// `-x`
    Negative(Box<Expression>),
    /// `not x`
    Not(Box<Expression>),
    /// `a + b` and its like.
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>),
    /// `a < b` and its like.
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `a is b`, `a is not b`.
    Is {
        /// Left side.
        left: Box<Expression>,
        /// True for `is not`.
        negated: bool,
        /// Right side.
        right: Box<Expression>,
    },
    /// `a in g`, `a not in g`.
    In {
        /// Left side.
        left: Box<Expression>,
        /// True for `not in`.
        negated: bool,
        /// The group.
        group: Name,
    },
    /// `a and b and c`.
    And(Vec<Expression>),
    /// `a or b or c`.
    Or(Vec<Expression>),
    /// `if c then a else b`.
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `x per 30 days`: amount and unit of the duration; `x per day` has no amount.
    Per(Box<Expression>, Option<f64>, Unit),
}

/// One line of `effects`.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// `for v in g where c:`
    pub each: Option<Each>,
    /// `if c:`
    pub condition: Option<Expression>,
    /// What is done.
    pub action: Action,
    /// Its place.
    pub span: Span,
}

/// The `for` of an effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// The variable.
    pub variable: Name,
    /// The group.
    pub group: Name,
    /// The condition behind `where`.
    pub filter: Option<Expression>,
}

/// How a place is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment {
    /// `=`
    Set,
    /// `+=`
    Add,
    /// `-=`
    Subtract,
}

/// What an effect does.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a scenario has some hundreds of effects, nearly all of the large kind")]
pub enum Action {
    /// `place = value`, `place += value`, `place -= value`.
    Write {
        /// What is written to.
        place: Place,
        /// How.
        assignment: Assignment,
        /// The value.
        value: Expression,
    },
    /// `start(clock, duration)`
    Start {
        /// The clock.
        clock: Name,
        /// How long from now.
        duration: Expression,
    },
    /// `stop(clock)`
    Stop {
        /// The clock.
        clock: Name,
    },
    /// `join(group, actor)`
    Join {
        /// The group.
        group: Name,
        /// Who.
        actor: Expression,
    },
    /// `leave(group, actor)`
    Leave {
        /// The group.
        group: Name,
        /// Who.
        actor: Expression,
    },
}

/// What an effect writes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// State.
    Name(Name),
    /// `owner.attribute`
    Attribute {
        /// Whose.
        owner: Expression,
        /// Which.
        name: Name,
    },
    /// `relation(a, b)`
    Relation {
        /// Which.
        name: Name,
        /// From whom.
        from: Expression,
        /// Towards whom.
        to: Expression,
    },
}
