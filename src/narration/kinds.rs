//! What kind of value an expression has: units decide how its numbers are written.

use crate::model::{EventTest, Expression, FoldKind, Function, Model, Quantity, Slack};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind<'m> {
    /// A literal: its kind is that of what it stands beside.
    Literal,
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// Days.
    Duration,
    /// Per day.
    Rate,
    /// Days since the start, meant as a date.
    Date,
    /// `day` or `today`.
    Now,
    /// A value of these.
    Name(&'m [String]),
}

impl<'m> Kind<'m> {
    /// The kind of a quantity.
    pub(super) fn of_quantity(quantity: &'m Quantity) -> Self {
        match quantity {
            Quantity::Number => Kind::Number,
            Quantity::Boolean => Kind::Truth,
            Quantity::Duration => Kind::Duration,
            Quantity::Rate => Kind::Rate,
            Quantity::Date => Kind::Date,
            Quantity::Enumeration(values) => Kind::Name(values),
        }
    }

    /// The kind of an expression.
    pub(super) fn of(model: &'m Model, expression: &Expression) -> Self {
        let of = |part: &Expression| Kind::of(model, part);
        match expression {
            Expression::Constant(_) | Expression::ValueArgument(_) | Expression::Draw(_) | Expression::OwnStart => {
                Kind::Literal
            }
            Expression::Parameter(parameter) => Kind::of_quantity(&model.parameters[*parameter].quantity),
            Expression::State(state) => Kind::of_quantity(&model.state[*state].quantity),
            Expression::Attribute { attribute, .. } => Kind::of_quantity(&model.attributes[*attribute].quantity),
            Expression::Relation { relation, .. } => Kind::of_quantity(&model.relations[*relation].quantity),
            Expression::Definition { definition, .. } => Kind::of_quantity(&model.definitions[*definition].quantity),
            Expression::Now => Kind::Now,
            Expression::Negative(a) => of(a),
            Expression::Add(a, b) => match (of(a), of(b)) {
                (Kind::Date | Kind::Now, Kind::Duration) | (Kind::Duration, Kind::Date | Kind::Now) => Kind::Date,
                (a, b) => a.or(b),
            },
            Expression::Subtract(a, b) => match (of(a), of(b)) {
                (Kind::Date | Kind::Now, Kind::Date | Kind::Now) => Kind::Duration,
                (Kind::Date | Kind::Now, Kind::Duration) => Kind::Date,
                (a, b) => a.or(b),
            },
            Expression::Multiply(a, b) => match (of(a), of(b)) {
                (Kind::Rate, Kind::Duration) | (Kind::Duration, Kind::Rate) => Kind::Number,
                (Kind::Number | Kind::Literal, b) => b,
                (a, _) => a,
            },
            Expression::Divide(a, b) => match (of(a), of(b)) {
                (Kind::Duration, Kind::Duration) | (Kind::Rate, Kind::Rate) => Kind::Number,
                (Kind::Number | Kind::Literal, Kind::Duration) => Kind::Rate,
                (a, _) => a,
            },
            Expression::IntegerPower(..) | Expression::Power(..) | Expression::Calendar(..) | Expression::Size(_) => {
                Kind::Number
            }
            Expression::Not(_)
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Compare(..)
            | Expression::SameActor(..)
            | Expression::InGroup(..)
            | Expression::SameValue(..)
            | Expression::Ended(_)
            | Expression::Running(_)
            | Expression::Expired(_) => Kind::Truth,
            Expression::If(_, a, b) => of(a).or(of(b)),
            Expression::Fold(fold) => match fold.kind {
                FoldKind::Count | FoldKind::Share => Kind::Number,
                FoldKind::Any | FoldKind::All => Kind::Truth,
                FoldKind::Sum | FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum => of(&fold.body),
            },
            Expression::Function(function, arguments) => match function {
                Function::Minimum | Function::Maximum | Function::Absolute | Function::Clamp => {
                    arguments.iter().map(of).fold(Kind::Literal, Kind::or)
                }
                Function::Floor
                | Function::Exponential
                | Function::Logarithm
                | Function::SquareRoot
                | Function::Logistic => Kind::Number,
            },
            Expression::Events(test, _) => match test {
                EventTest::Fired => Kind::Truth,
                EventTest::Times => Kind::Number,
                EventTest::Since | EventTest::First => Kind::Duration,
            },
            Expression::Pressure(..) => Kind::Rate,
            Expression::Remaining(_) => Kind::Duration,
        }
    }

    /// The kind of both sides of a comparison.
    pub(super) fn of_comparison(model: &'m Model, slack: Slack, a: &Expression, b: &Expression) -> Self {
        match (Kind::of(model, a).or(Kind::of(model, b)), slack) {
            (Kind::Now, Slack::BillionthOfStep) => Kind::Date,
            (Kind::Now, Slack::None) => Kind::Number,
            (Kind::Literal, Slack::BillionthOfStep) => Kind::Duration,
            (kind, _) => kind,
        }
    }

    /// This kind, or the other where nothing but literals tells of this.
    fn or(self, other: Self) -> Self {
        if self == Kind::Literal { other } else { self }
    }
}
