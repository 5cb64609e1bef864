//! Expressions: definitions, folds with filters, dates, totals.

use flashpoint::model::{
    ActorTerm, Argument, Calendar, Definition, Expression, Fold, FoldKind, Function, Notes, Quantity, ScenarioStart,
    Start,
};
use flashpoint::reference::Reference;

use crate::support::model_builder::{ModelBuilder, at_least, number, plus, state};

fn first_row(builder: ModelBuilder) -> Vec<f64> {
    let model = builder.build();
    let width = model.measures.len();
    Reference::new(&model, 1).run(0).measures[..width].to_vec()
}

fn mood(holder: ActorTerm) -> Expression {
    Expression::Attribute { attribute: 0, holder }
}

fn moods() -> ModelBuilder {
    let starts = [0.25, 0.5, 1.0].map(|start| Start::Value(number(start)));
    ModelBuilder::new(1.0, 1, &["a", "b", "c"]).group("pair", &[0, 2]).attribute("mood", &starts)
}

fn fold(kind: FoldKind, slot: usize, filter: Option<Expression>, body: Expression) -> Expression {
    Expression::Fold(Box::new(Fold { kind, group: 0, slot, filter, body, otherwise: Some(number(-1.0)) }))
}

#[test]
fn definitions_have_slots_of_their_own() {
    // inner(m, k) = m.mood + k; outer(m) = sum over x of inner(x, inner(m, 10)).
    let define = |id: &str, n_arguments, value| Definition {
        id: id.into(),
        n_arguments,
        quantity: Quantity::Number,
        value,
        notes: Notes::default(),
    };
    let call = |definition, arguments| Expression::Definition { definition, arguments };
    let inner = define("inner", 2, plus(mood(ActorTerm::Slot(0)), Expression::ValueArgument(1)));
    let innermost = call(0, vec![Argument::Actor(ActorTerm::Slot(0)), Argument::Value(number(10.0))]);
    let body = call(0, vec![Argument::Actor(ActorTerm::Slot(1)), Argument::Value(innermost)]);
    let outer = define("outer", 1, fold(FoldKind::Sum, 1, None, body));
    let of_each = call(1, vec![Argument::Actor(ActorTerm::Slot(2))]);
    // A fold inside an argument must not disturb arguments that are already known.
    let folded = call(
        0,
        vec![
            Argument::Actor(ActorTerm::Actor(1)),
            Argument::Value(fold(FoldKind::Sum, 2, None, mood(ActorTerm::Slot(2)))),
        ],
    );
    let builder = moods()
        .with(|model| model.definitions.extend([inner, outer]))
        .measure("all", fold(FoldKind::Sum, 2, None, of_each))
        .measure("folded", folded)
        .measure("one", call(1, vec![Argument::Actor(ActorTerm::Actor(0))]));
    // outer(m) = 1.75 + 3 (m.mood + 10)
    assert_eq!(first_row(builder), [3.0 * 1.75 + 3.0 * 31.75, 2.25, 1.75 + 3.0 * 10.25]);
}

#[test]
fn folds_with_and_without_anybody() {
    let high = || Some(at_least(mood(ActorTerm::Slot(2)), 0.5));
    let nobody = || Some(at_least(mood(ActorTerm::Slot(2)), 5.0));
    let of = |kind, filter| fold(kind, 2, filter, mood(ActorTerm::Slot(2)));
    let top = || at_least(mood(ActorTerm::Slot(2)), 1.0);
    let builder = moods()
        .measure("a", of(FoldKind::Sum, high()))
        .measure("b", of(FoldKind::Mean, high()))
        .measure("c", of(FoldKind::Minimum, high()))
        .measure("d", of(FoldKind::Maximum, None))
        .measure("e", fold(FoldKind::Count, 2, high(), top()))
        .measure("f", fold(FoldKind::Share, 2, high(), top()))
        .measure("g", fold(FoldKind::Any, 2, None, top()))
        .measure("h", fold(FoldKind::All, 2, None, top()))
        .measure("i", of(FoldKind::Sum, nobody()))
        .measure("j", of(FoldKind::Mean, nobody()))
        .measure("k", of(FoldKind::Minimum, nobody()))
        .measure("l", fold(FoldKind::Share, 2, nobody(), top()))
        .measure("m", fold(FoldKind::Any, 2, nobody(), top()))
        .measure("n", fold(FoldKind::All, 2, nobody(), top()))
        .measure("o", Expression::Size(1));
    let expected = [1.5, 0.75, 0.5, 1.0, 1.0, 0.5, 1.0, 0.0, 0.0, -1.0, -1.0, 0.0, 0.0, 1.0, 2.0];
    assert_eq!(first_row(builder), expected);
}

#[test]
fn arithmetic_is_total() {
    let boxed = |value: f64| Box::new(number(value));
    let function = |function, arguments: &[f64]| {
        Expression::Function(function, arguments.iter().map(|&value| number(value)).collect())
    };
    let builder = ModelBuilder::new(1.0, 1, &[])
        .measure("a", Expression::Divide(boxed(3.0), boxed(0.0)))
        .measure("b", Expression::Multiply(boxed(1e300), boxed(-1e300)))
        .measure("c", function(Function::Logarithm, &[-1.0]))
        .measure("d", function(Function::SquareRoot, &[-4.0]))
        .measure("e", Expression::Power(boxed(0.0), boxed(0.0)))
        .measure("f", Expression::IntegerPower(boxed(-2.0), 3))
        .measure("g", function(Function::Clamp, &[5.0, 0.0, 1.0]))
        .measure("h", function(Function::Maximum, &[1.0, 3.0, 2.0]))
        .measure("i", function(Function::Floor, &[-0.5]))
        .measure("j", Expression::Running(0))
        .clock("c");
    let expected = [0.0, -f64::MAX, -745.0, 0.0, 1.0, -8.0, 1.0, 3.0, -1.0, 0.0];
    assert_eq!(first_row(builder), expected);
}

#[test]
fn dates_are_civil() {
    let part = |part| Expression::Calendar(part, Box::new(Expression::Now));
    let model = ModelBuilder::new(0.25, 240 * 4, &[])
        .state("x", 0.0, None)
        .with(|model| {
            let datetime = jiff::civil::date(2023, 7, 26).at(18, 0, 0, 0);
            model.start = Some(ScenarioStart { datetime, has_time: true });
        })
        .measure("month", part(Calendar::Month))
        .measure("weekday", part(Calendar::Weekday))
        .measure("x", state(0))
        .measure("year", part(Calendar::Year))
        .build();
    let record = Reference::new(&model, 1).run(0);
    let row = |n: usize| record.measures[6 * n..6 * n + 4].to_vec();
    assert_eq!(row(0), [7.0, 3.0, 0.0, 2023.0], "a Wednesday");
    assert_eq!(row(1), [7.0, 4.0, 0.0, 2023.0], "midnight belongs to the next day");
    let leap_day = jiff::civil::date(2023, 7, 26).until(jiff::civil::date(2024, 2, 29)).unwrap().get_days() as usize;
    assert_eq!(row(4 * leap_day), [2.0, 4.0, 0.0, 2024.0]);
    assert_eq!(row(4 * leap_day + 1), [3.0, 5.0, 0.0, 2024.0]);
}
