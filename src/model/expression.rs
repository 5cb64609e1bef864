//! Expressions after checking: indices for names, `f64` for every value, nothing that can fail.

use super::ActorIndex;

/// Who is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorTerm {
    /// A fixed actor.
    Actor(ActorIndex),
    /// The actor in a slot of the frame. In rules, choices, options, flows and rests slot 0 is `actor`, slot 1 `target`; in definitions argument i is in
    /// slot i; variables of folds and of `for` come in the slots behind, by depth.
    Slot(usize),
}

/// An argument of a definition, in its own place: actors go to actor slot i, values to value slot i.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// An actor.
    Actor(ActorTerm),
    /// A value, computed once at the call.
    Value(Expression),
}

/// Functions of values. Semantics in LANGUAGE 5; all total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Least of two or more.
    Minimum,
    /// Greatest of two or more.
    Maximum,
    /// Absolute value.
    Absolute,
    /// Greatest whole number not above.
    Floor,
    /// max(low, min(x, high)), arguments x, low, high.
    Clamp,
    /// e to the x.
    Exponential,
    /// Natural logarithm.
    Logarithm,
    /// Square root.
    SquareRoot,
    /// 1 / (1 + exp(-x)).
    Logistic,
}

/// Parts of a civil date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Calendar {
    /// 1 to 12.
    Month,
    /// 1 (Monday) to 7.
    Weekday,
    /// Such as 2023.
    Year,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// Whether a comparison has the slack of a billionth of a step: durations and dates have, numbers and rates have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slack {
    /// Exact.
    None,
    /// A billionth of a step (LANGUAGE 6, Times).
    BillionthOfStep,
}

/// What is asked about events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventTest {
    /// 1 if any has happened.
    Fired,
    /// How often.
    Times,
    /// Days since the last, `never` before the first.
    Since,
    /// Day of the first, `never` if none (queries).
    First,
}

/// Which events are meant: all instances of a happening, those of an actor, or one instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    /// Index into [`super::Model::happenings`].
    pub happening: usize,
    /// Whose, if said.
    pub actor: Option<ActorTerm>,
    /// Towards whom, if said (only with `actor`, or when the happening has a target and no actor).
    pub target: Option<ActorTerm>,
}

/// A condition is an expression whose value is 0 or 1.
pub type Condition = Expression;

/// Folds over the present members of a group, in order of actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// Sum; of nobody 0.
    Sum,
    /// Mean; of nobody the `otherwise`.
    Mean,
    /// Least.
    Minimum,
    /// Greatest.
    Maximum,
    /// How many hold; of nobody 0.
    Count,
    /// Count through the number left by `filter`; of nobody 0.
    Share,
    /// Does any hold; of nobody 0.
    Any,
    /// Do all hold; of nobody 1.
    All,
}

impl FoldKind {
    /// The word of the language, such as `sum`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            FoldKind::Sum => "sum",
            FoldKind::Mean => "mean",
            FoldKind::Minimum => "min",
            FoldKind::Maximum => "max",
            FoldKind::Count => "count",
            FoldKind::Share => "share",
            FoldKind::Any => "any",
            FoldKind::All => "all",
        }
    }
}

/// A fold.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// Which.
    pub kind: FoldKind,
    /// Over whom: index into [`super::Model::groups`].
    pub group: usize,
    /// The actor slot of the variable.
    pub slot: usize,
    /// Who counts.
    pub filter: Option<Condition>,
    /// The value.
    pub body: Expression,
    /// The value when nobody is left (mean, min, max).
    pub otherwise: Option<Expression>,
}

/// An expression. Evaluates to an `f64` (see [`super::Quantity`] for the units); conditions to exactly 0 or 1.
///
/// Parts of `And`, `Or`, `If` and filters are evaluated left to right and cut off (LANGUAGE 5): what is cut off is never evaluated.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A value.
    Constant(f64),
    /// A parameter of the run.
    Parameter(usize),
    /// A state variable.
    State(usize),
    /// An attribute of somebody.
    Attribute {
        /// Which.
        attribute: usize,
        /// Whose.
        holder: ActorTerm,
    },
    /// A relation of a pair.
    Relation {
        /// Which.
        relation: usize,
        /// From whom.
        from: ActorTerm,
        /// Towards whom.
        to: ActorTerm,
    },
    /// A value argument of the definition being read.
    ValueArgument(usize),
    /// A draw of the firing (or of the later entry) being carried out, by its position in `draws`.
    Draw(usize),
    /// The cell's start value as drawn; only in `rest`.
    OwnStart,
    /// A definition.
    Definition {
        /// Index into [`super::Model::definitions`].
        definition: usize,
        /// Its arguments.
        arguments: Vec<Argument>,
    },
    /// Now in days since the start: `day`, and `today` as a date.
    Now,
    /// `-x`
    Negative(Box<Expression>),
    /// `a + b`
    Add(Box<Expression>, Box<Expression>),
    /// `a - b`
    Subtract(Box<Expression>, Box<Expression>),
    /// `a * b`
    Multiply(Box<Expression>, Box<Expression>),
    /// `a / b`; x / 0 = 0.
    Divide(Box<Expression>, Box<Expression>),
    /// `x ^ n`, n a bare whole number 0..16: multiplied from the left.
    IntegerPower(Box<Expression>, u32),
    /// `x ^ y` otherwise.
    Power(Box<Expression>, Box<Expression>),
    /// `not x`
    Not(Box<Expression>),
    /// `a and b and ..`
    And(Vec<Expression>),
    /// `a or b or ..`
    Or(Vec<Expression>),
    /// `if c then a else b`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `a < b` and its like.
    Compare(Comparison, Slack, Box<Expression>, Box<Expression>),
    /// `a is b` of actors.
    SameActor(ActorTerm, ActorTerm),
    /// `a in g`: a member now.
    InGroup(ActorTerm, usize),
    /// `a is v` of enumeration values.
    SameValue(Box<Expression>, Box<Expression>),
    /// A fold.
    Fold(Box<Fold>),
    /// A function.
    Function(Function, Vec<Expression>),
    /// `fired times since first`
    Events(EventTest, Selector),
    /// `ended(o)`; queries only.
    Ended(usize),
    /// `pressure(a, b)`: ladder levels of all that a did to b in the previous step, per day.
    Pressure(ActorTerm, ActorTerm),
    /// Started and before the deadline.
    Running(usize),
    /// Started and at or past the deadline.
    Expired(usize),
    /// Time left in days, else 0.
    Remaining(usize),
    /// A part of the civil date of a date (plus the slack).
    Calendar(Calendar, Box<Expression>),
    /// Members now.
    Size(usize),
}

impl Expression {
    /// The expressions that an expression is made of; the bodies of definitions are not among them.
    #[must_use]
    pub fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::Constant(_)
            | Expression::Parameter(_)
            | Expression::State(_)
            | Expression::Attribute { .. }
            | Expression::Relation { .. }
            | Expression::ValueArgument(_)
            | Expression::Draw(_)
            | Expression::OwnStart
            | Expression::Now
            | Expression::SameActor(..)
            | Expression::InGroup(..)
            | Expression::Events(..)
            | Expression::Ended(_)
            | Expression::Pressure(..)
            | Expression::Running(_)
            | Expression::Expired(_)
            | Expression::Remaining(_)
            | Expression::Size(_) => Vec::new(),
            Expression::Definition { arguments, .. } => {
                let mut values = Vec::new();
                for argument in arguments {
                    if let Argument::Value(value) = argument {
                        values.push(value);
                    }
                }
                values
            }
            Expression::Negative(a)
            | Expression::IntegerPower(a, _)
            | Expression::Not(a)
            | Expression::Calendar(_, a) => {
                vec![a]
            }
            Expression::Add(a, b)
            | Expression::Subtract(a, b)
            | Expression::Multiply(a, b)
            | Expression::Divide(a, b)
            | Expression::Power(a, b)
            | Expression::Compare(_, _, a, b)
            | Expression::SameValue(a, b) => vec![a, b],
            Expression::If(a, b, c) => vec![a, b, c],
            Expression::And(parts) | Expression::Or(parts) | Expression::Function(_, parts) => parts.iter().collect(),
            Expression::Fold(fold) => fold.filter.iter().chain([&fold.body]).chain(&fold.otherwise).collect(),
        }
    }
}

/// `never`: a million years of 365.25 days, in days.
pub const NEVER_DAYS: f64 = 365_250_000.0;
