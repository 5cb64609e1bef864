//! Random trees for property tests: every tree that the parser can give, and no other.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::ast::{
    Action, Arithmetic, Assignment, Comparison, DateLiteral, Each, Effect, Expression, FoldKind, Kind, Name, Place,
    Unit,
};
use super::date::days_in_month;
use super::words::{FOLDS, FUNCTIONS, UNITS};
use crate::diagnostic::Span;

/// Names that may stand for anything, some of them words of other languages.
const PLAIN: &[&str] = &[
    "a",
    "b",
    "m",
    "x",
    "e1",
    "h",
    "d",
    "resolve",
    "hostility",
    "end",
    "elif",
    "mod",
    "of",
    "to",
    "between",
    "above",
    "equals",
    "each",
    "set",
    "add",
    "when",
    "x_2",
    "random",
];

/// Further names that only an expression may hold.
const READ_ONLY: &[&str] =
    &["actor", "target", "day", "today", "never", "own_start", "size", "min", "first", "normal", "stop"];

fn at_nowhere(kind: Kind) -> Expression {
    Expression { kind, span: Span::default() }
}

fn plain_name() -> impl Strategy<Value = Name> {
    select(PLAIN).prop_map(|text| Name { text: text.to_owned(), span: Span::default() })
}

fn any_name() -> impl Strategy<Value = Name> {
    let names = [PLAIN, READ_ONLY].concat();
    select(names).prop_map(|text| Name { text: text.to_owned(), span: Span::default() })
}

/// Numbers that a literal can be: finite, not negative.
pub(crate) fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..100).prop_map(f64::from),
        (0_u32..10_000).prop_map(|hundredths| f64::from(hundredths) / 100.0),
        any::<f64>().prop_map(f64::abs).prop_filter("finite", |number| number.is_finite()),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    select(UNITS).prop_map(|(_, unit)| unit)
}

fn date() -> impl Strategy<Value = DateLiteral> {
    let time = option::of((0_i8..24, 0_i8..60));
    (0_i16..10_000, 1_i8..13, 1_i8..32, time).prop_map(|(year, month, day, time)| {
        let last = days_in_month(year, i16::from(month)) as i8;
        DateLiteral { year, month, day: day.min(last), time }
    })
}

fn leaf() -> impl Strategy<Value = Expression> {
    prop_oneof![
        2 => number().prop_map(Kind::Number),
        1 => (number(), unit()).prop_map(|(amount, unit)| Kind::Duration(amount, unit)),
        1 => date().prop_map(Kind::Date),
        1 => any::<bool>().prop_map(Kind::Boolean),
        3 => any_name().prop_map(|name| Kind::Name(name.text)),
    ]
    .prop_map(at_nowhere)
}

/// Expressions of some ten levels.
pub(crate) fn expression() -> BoxedStrategy<Expression> {
    leaf().prop_recursive(7, 48, 4, |inner| node(inner).prop_map(at_nowhere)).boxed()
}

fn node(inner: BoxedStrategy<Expression>) -> BoxedStrategy<Kind> {
    let boxed = || inner.clone().prop_map(Box::new);
    let comparison = select(vec![
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
        Comparison::Equal,
        Comparison::NotEqual,
    ]);
    let arithmetic = select(vec![
        Arithmetic::Add,
        Arithmetic::Subtract,
        Arithmetic::Multiply,
        Arithmetic::Divide,
        Arithmetic::Power,
    ]);
    prop_oneof![
        1 => call(&inner),
        2 => (boxed(), any_name()).prop_map(|(owner, name)| Kind::Member { owner, name }),
        2 => fold(&inner),
        2 => boxed().prop_map(Kind::Negative),
        2 => boxed().prop_map(Kind::Not),
        1 => (boxed(), 0_u32..17).prop_map(|(base, exponent)| {
            let exponent = at_nowhere(Kind::Number(f64::from(exponent)));
            Kind::Arithmetic(Arithmetic::WholePower, base, Box::new(exponent))
        }),
        4 => (arithmetic, boxed(), boxed()).prop_map(|(sign, left, right)| Kind::Arithmetic(sign, left, right)),
        2 => (comparison, boxed(), boxed()).prop_map(|(sign, left, right)| Kind::Compare(sign, left, right)),
        1 => (boxed(), any::<bool>(), boxed()).prop_map(|(left, negated, right)| Kind::Is { left, negated, right }),
        1 => (boxed(), any::<bool>(), any_name()).prop_map(|(left, negated, group)| Kind::In { left, negated, group }),
        2 => vec(inner.clone(), 2..4).prop_map(Kind::And),
        2 => vec(inner.clone(), 2..4).prop_map(Kind::Or),
        3 => (boxed(), boxed(), boxed()).prop_map(|(test, then, otherwise)| Kind::If(test, then, otherwise)),
        3 => (boxed(), option::of(number()), unit()).prop_map(|(value, amount, unit)| Kind::Per(value, amount, unit)),
    ]
    .boxed()
}

fn call(inner: &BoxedStrategy<Expression>) -> BoxedStrategy<Kind> {
    let defined = (plain_name(), vec(inner.clone(), 1..4));
    let built_in = select(FUNCTIONS).prop_flat_map({
        let inner = inner.clone();
        move |function| {
            let name = Name { text: function.name.to_owned(), span: Span::default() };
            (Just(name), vec(inner.clone(), function.least..=function.most.unwrap_or(3)))
        }
    });
    prop_oneof![defined, built_in].prop_map(|(function, arguments)| Kind::Call { function, arguments }).boxed()
}

fn fold(inner: &BoxedStrategy<Expression>) -> BoxedStrategy<Kind> {
    let kind = select(FOLDS).prop_map(|(_, kind): (&str, FoldKind)| kind);
    let part = || option::of(inner.clone().prop_map(Box::new));
    (kind, plain_name(), any_name(), part(), inner.clone().prop_map(Box::new), part())
        .prop_map(|(fold, variable, group, filter, body, otherwise)| Kind::Fold {
            fold,
            variable,
            group,
            filter,
            body,
            otherwise,
        })
        .boxed()
}

/// Effects of all forms.
pub(crate) fn effect() -> impl Strategy<Value = Effect> {
    let each = (plain_name(), any_name(), option::of(expression())).prop_map(|(variable, group, filter)| Each {
        variable,
        group,
        filter,
    });
    (option::of(each), option::of(expression()), action()).prop_map(|(each, condition, action)| Effect {
        each,
        condition,
        action,
        span: Span::default(),
    })
}

fn action() -> impl Strategy<Value = Action> {
    let assignment = select(vec![Assignment::Set, Assignment::Add, Assignment::Subtract]);
    prop_oneof![
        4 => (place(), assignment, expression())
            .prop_map(|(place, assignment, value)| Action::Write { place, assignment, value }),
        1 => (any_name(), expression()).prop_map(|(clock, duration)| Action::Start { clock, duration }),
        1 => any_name().prop_map(|clock| Action::Stop { clock }),
        1 => (any_name(), expression()).prop_map(|(group, actor)| Action::Join { group, actor }),
        1 => (any_name(), expression()).prop_map(|(group, actor)| Action::Leave { group, actor }),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        plain_name().prop_map(Place::Name),
        // An owner is a name, a call or the like: what begins with `if` or `-` is no place.
        (leaf_owner(), any_name()).prop_map(|(owner, name)| Place::Attribute { owner, name }),
        (plain_name(), expression(), expression()).prop_map(|(name, from, to)| Place::Relation { name, from, to }),
    ]
}

fn leaf_owner() -> impl Strategy<Value = Expression> {
    prop_oneof![
        any_name().prop_filter("begins an action", |name| name.text != "stop").prop_map(|name| Kind::Name(name.text)),
        (plain_name(), vec(expression(), 1..3)).prop_map(|(function, arguments)| Kind::Call { function, arguments }),
    ]
    .prop_map(at_nowhere)
}

/// The tree without its places, to compare two.
pub(crate) fn without_places(mut expression: Expression) -> Expression {
    strip(&mut expression);
    expression
}

/// The effect without its places, to compare two.
pub(crate) fn effect_without_places(mut effect: Effect) -> Effect {
    effect.span = Span::default();
    if let Some(each) = &mut effect.each {
        strip_name(&mut each.variable);
        strip_name(&mut each.group);
        each.filter.iter_mut().for_each(strip);
    }
    effect.condition.iter_mut().for_each(strip);
    match &mut effect.action {
        Action::Write { place, value, .. } => {
            match place {
                Place::Name(name) => strip_name(name),
                Place::Attribute { owner, name } => {
                    strip(owner);
                    strip_name(name);
                }
                Place::Relation { name, from, to } => {
                    strip_name(name);
                    strip(from);
                    strip(to);
                }
            }
            strip(value);
        }
        Action::Start { clock: name, duration: value }
        | Action::Join { group: name, actor: value }
        | Action::Leave { group: name, actor: value } => {
            strip_name(name);
            strip(value);
        }
        Action::Stop { clock } => strip_name(clock),
    }
    effect
}

fn strip_name(name: &mut Name) {
    name.span = Span::default();
}

fn strip(expression: &mut Expression) {
    expression.span = Span::default();
    match &mut expression.kind {
        Kind::Number(_) | Kind::Duration(..) | Kind::Date(_) | Kind::Boolean(_) | Kind::Name(_) => {}
        Kind::Call { function, arguments } => {
            strip_name(function);
            arguments.iter_mut().for_each(strip);
        }
        Kind::Member { owner, name } => {
            strip(owner);
            strip_name(name);
        }
        Kind::Fold { variable, group, filter, body, otherwise, .. } => {
            strip_name(variable);
            strip_name(group);
            for part in filter.iter_mut().chain(otherwise) {
                strip(part);
            }
            strip(body);
        }
        Kind::Negative(part) | Kind::Not(part) | Kind::Per(part, ..) => strip(part),
        Kind::Arithmetic(_, left, right) | Kind::Compare(_, left, right) | Kind::Is { left, right, .. } => {
            strip(left);
            strip(right);
        }
        Kind::In { left, group, .. } => {
            strip(left);
            strip_name(group);
        }
        Kind::And(parts) | Kind::Or(parts) => parts.iter_mut().for_each(strip),
        Kind::If(test, then, otherwise) => {
            strip(test);
            strip(then);
            strip(otherwise);
        }
    }
}
