//! Tree to text: the canonical way to write an expression, with the fewest brackets that give the same tree back.

use super::ast::{Action, Arithmetic, Assignment, Effect, Expression, Kind, Name, Place, Unit};
use super::comparison::comparison_text;
use super::date::print_date;
use super::operand::GREATEST_WHOLE_POWER;
use super::words::{fold, fold_word, unit_word};

/// How tightly the parts of an expression hold together; the loosest first, as in the grammar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Expression,
    Conditional,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Unary,
    Power,
    Postfix,
}

/// The canonical text of an expression.
///
/// For every tree that the parser can give, parsing the text gives the same tree (places aside).
#[must_use]
pub fn print(expression: &Expression) -> String {
    let mut text = String::new();
    write(&mut text, expression, Level::Expression);
    text
}

/// The canonical text of an effect; see [`print()`].
#[must_use]
pub fn print_effect(effect: &Effect) -> String {
    let mut text = String::new();
    if let Some(each) = &effect.each {
        text.push_str(&format!("for {} in {}", each.variable.text, each.group.text));
        if let Some(filter) = &each.filter {
            text.push_str(" where ");
            write(&mut text, filter, Level::Expression);
        }
        text.push_str(": ");
    }
    if let Some(condition) = &effect.condition {
        text.push_str("if ");
        write(&mut text, condition, Level::Expression);
        text.push_str(": ");
    }
    write_action(&mut text, &effect.action);
    text
}

/// A number as text: the shortest that reads back as the same double, with an exponent where it is very large or small.
#[must_use]
pub fn print_number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) { format!("{value:e}") } else { format!("{value}") }
}

/// An amount of a unit as text, such as `1 day` or `2.5 weeks`.
pub(super) fn duration(amount: f64, unit: Unit) -> String {
    format!("{} {}", print_number(amount), unit_word(unit, amount == 1.0))
}

fn write_action(text: &mut String, action: &Action) {
    let mut call = |word: &str, name: &Name, argument: Option<&Expression>| {
        text.push_str(word);
        text.push('(');
        text.push_str(&name.text);
        if let Some(argument) = argument {
            text.push_str(", ");
            write(text, argument, Level::Expression);
        }
        text.push(')');
    };
    match action {
        Action::Write { place, assignment, value } => {
            write_place(text, place);
            text.push_str(match assignment {
                Assignment::Set => " = ",
                Assignment::Add => " += ",
                Assignment::Subtract => " -= ",
            });
            write(text, value, Level::Expression);
        }
        Action::Start { clock, duration } => call("start", clock, Some(duration)),
        Action::Stop { clock } => call("stop", clock, None),
        Action::Join { group, actor } => call("join", group, Some(actor)),
        Action::Leave { group, actor } => call("leave", group, Some(actor)),
    }
}

fn write_place(text: &mut String, place: &Place) {
    match place {
        Place::Name(name) => text.push_str(&name.text),
        Place::Attribute { owner, name } => {
            write(text, owner, Level::Postfix);
            text.push('.');
            text.push_str(&name.text);
        }
        Place::Relation { name, from, to } => {
            text.push_str(&name.text);
            text.push('(');
            write(text, from, Level::Expression);
            text.push_str(", ");
            write(text, to, Level::Expression);
            text.push(')');
        }
    }
}

/// Where a kind of expression stands in the grammar.
fn level(kind: &Kind) -> Level {
    match kind {
        Kind::Per(..) => Level::Expression,
        Kind::If(..) => Level::Conditional,
        Kind::Or(_) => Level::Or,
        Kind::And(_) => Level::And,
        Kind::Not(_) => Level::Not,
        Kind::Compare(..) | Kind::Is { .. } | Kind::In { .. } => Level::Comparison,
        Kind::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Level::Sum,
        Kind::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, ..) => Level::Product,
        Kind::Negative(_) => Level::Unary,
        Kind::Number(value) | Kind::Duration(value, _) if value.is_sign_negative() => Level::Unary,
        Kind::Arithmetic(Arithmetic::Power | Arithmetic::WholePower, ..) => Level::Power,
        Kind::Number(_) | Kind::Duration(..) | Kind::Date(_) | Kind::Boolean(_) | Kind::Name(_) => Level::Postfix,
        Kind::Call { .. } | Kind::Member { .. } | Kind::Fold { .. } => Level::Postfix,
    }
}

/// Would it multiply as an exponent, written bare?
fn is_whole_power(exponent: f64) -> bool {
    exponent.fract() == 0.0 && (0.0..=GREATEST_WHOLE_POWER).contains(&exponent) && !exponent.is_sign_negative()
}

/// Writes an expression where the grammar wants one of at least `least`.
fn write(text: &mut String, expression: &Expression, least: Level) {
    if level(&expression.kind) < least {
        write_in_brackets(text, expression);
    } else {
        write_bare(text, expression);
    }
}

fn write_in_brackets(text: &mut String, expression: &Expression) {
    text.push('(');
    write_bare(text, expression);
    text.push(')');
}

fn write_bare(text: &mut String, expression: &Expression) {
    match &expression.kind {
        Kind::Number(value) => text.push_str(&print_number(*value)),
        Kind::Duration(amount, unit) => text.push_str(&duration(*amount, *unit)),
        Kind::Date(date) => text.push_str(&print_date(date)),
        Kind::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Kind::Name(name) => text.push_str(name),
        Kind::Call { function, arguments } => write_call(text, &function.text, arguments),
        Kind::Member { owner, name } => {
            write(text, owner, Level::Postfix);
            text.push('.');
            text.push_str(&name.text);
        }
        Kind::Fold { fold, variable, group, filter, body, otherwise } => {
            text.push_str(&format!("{}({} in {}", fold_word(*fold), variable.text, group.text));
            for (word, part) in [(" where ", filter), (": ", &Some(body.clone())), (" else ", otherwise)] {
                if let Some(part) = part {
                    text.push_str(word);
                    write(text, part, Level::Expression);
                }
            }
            text.push(')');
        }
        Kind::Negative(operand) => {
            text.push('-');
            write(text, operand, Level::Unary);
        }
        Kind::Not(operand) => {
            text.push_str("not ");
            write(text, operand, Level::Not);
        }
        Kind::Arithmetic(operator, left, right) => {
            let (sign, left_level, right_level) = match operator {
                Arithmetic::Add => (" + ", Level::Sum, Level::Product),
                Arithmetic::Subtract => (" - ", Level::Sum, Level::Product),
                Arithmetic::Multiply => (" * ", Level::Product, Level::Unary),
                Arithmetic::Divide => (" / ", Level::Product, Level::Unary),
                Arithmetic::Power | Arithmetic::WholePower => (" ^ ", Level::Postfix, Level::Unary),
            };
            if *operator == Arithmetic::Power
                && matches!(right.kind, Kind::Number(exponent) if is_whole_power(exponent))
            {
                // Bare, it would multiply.
                write(text, left, left_level);
                text.push_str(sign);
                write_in_brackets(text, right);
                return;
            }
            write_pair(text, (left, left_level), sign, (right, right_level));
        }
        Kind::Compare(comparison, left, right) => {
            let sign = format!(" {} ", comparison_text(*comparison));
            write_pair(text, (left, Level::Sum), &sign, (right, Level::Sum));
        }
        Kind::Is { left, negated, right } => {
            let word = if *negated { " is not " } else { " is " };
            write_pair(text, (left, Level::Sum), word, (right, Level::Sum));
        }
        Kind::In { left, negated, group } => {
            write(text, left, Level::Sum);
            text.push_str(if *negated { " not in " } else { " in " });
            text.push_str(&group.text);
        }
        Kind::And(parts) => write_list(text, parts, " and ", Level::Not),
        Kind::Or(parts) => write_list(text, parts, " or ", Level::And),
        Kind::If(condition, then, otherwise) => {
            text.push_str("if ");
            write(text, condition, Level::Expression);
            text.push_str(" then ");
            write(text, then, Level::Expression);
            text.push_str(" else ");
            write(text, otherwise, if ends_in_per(then) { Level::Expression } else { Level::Conditional });
        }
        Kind::Per(operand, amount, unit) => {
            if is_condition(&operand.kind) || takes_per(operand) {
                write_in_brackets(text, operand);
            } else {
                write(text, operand, Level::Conditional);
            }
            text.push_str(" per ");
            match amount {
                Some(amount) => text.push_str(&duration(*amount, *unit)),
                None => text.push_str(unit_word(*unit, true)),
            }
        }
    }
}

fn write_pair(text: &mut String, left: (&Expression, Level), sign: &str, right: (&Expression, Level)) {
    write(text, left.0, left.1);
    text.push_str(sign);
    write(text, right.0, right.1);
}

fn write_list(text: &mut String, parts: &[Expression], word: &str, least: Level) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(word);
        }
        write(text, part, least);
    }
}

fn write_call(text: &mut String, function: &str, arguments: &[Expression]) {
    text.push_str(function);
    text.push('(');
    for (index, argument) in arguments.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        // `min(a in g, ..)` would read like the fold `min(a in g: ..)`.
        if index == 0 && fold(function).is_some() && begins_with_membership(argument) {
            write_in_brackets(text, argument);
        } else {
            write(text, argument, Level::Expression);
        }
    }
    text.push(')');
}

/// Does its text begin with `name in`?
fn begins_with_membership(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::In { left, negated: false, .. } => matches!(left.kind, Kind::Name(_)),
        Kind::And(parts) | Kind::Or(parts) => parts.first().is_some_and(begins_with_membership),
        _ => false,
    }
}

/// Does its text end in `per day`, outside of brackets?
fn ends_in_per(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Per(..) => true,
        Kind::If(_, then, otherwise) => match otherwise.kind {
            Kind::Per(..) => ends_in_per(then),
            _ => ends_in_per(otherwise),
        },
        _ => false,
    }
}

/// Would a `per` behind its text belong to its last `else` part?
fn takes_per(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::If(_, then, otherwise) => ends_in_per(then) || takes_per(otherwise),
        _ => false,
    }
}

/// Is it a condition, which never stands bare before `per`?
fn is_condition(kind: &Kind) -> bool {
    level(kind) >= Level::Or && level(kind) <= Level::Comparison
}
