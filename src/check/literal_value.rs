//! One value for one parameter, as an experiment says it: a literal of the parameter's type, inside its range.

use super::dates;
use crate::diagnostic::{Code, Diagnostic};
use crate::math;
use crate::model::{Model, Parameter, Quantity};
use crate::scenario::document::Text;
use crate::scenario::expression::ast::{Arithmetic, Expression, Kind};
use crate::scenario::expression::parse_expression;

/// What a literal is, and its value in canonical units.
type Literal = (Quantity, f64);

/// The value that a text gives to a parameter (index into `Model::parameters`), in canonical units; the same as `--set NAME=TEXT` gives it.
///
/// A text is a number, also as `1/3`; `true` or `false`; a duration such as `30 days`, for short `30d`, `12h`, `2w`, `45min`; a rate such as
/// `0.1 per day`; a date. `bare`: a plain number stands for days, a rate per day or days since the start, as in the tables that this program writes,
/// and `TRUE` is as good as `true`.
///
/// What is wrong is told; then there is no value.
pub fn literal_value(
    model: &Model,
    parameter: usize,
    text: &Text,
    bare: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<f64> {
    let parameter = model.parameters.get(parameter)?;
    match read(model, parameter, text, bare) {
        Ok(value) => Some(value),
        Err(mistake) => {
            diagnostics.push(mistake);
            None
        }
    }
}

fn read(model: &Model, parameter: &Parameter, text: &Text, bare: bool) -> Result<f64, Diagnostic> {
    let words = text.text.trim();
    let nothing = ["", "nan", "na", "n/a", "null", "none", "inf", "-inf", "infinity", "-infinity"];
    if nothing.contains(&words.to_ascii_lowercase().as_str()) {
        let message = if words.is_empty() {
            format!("`{}` has no value here", parameter.id)
        } else {
            format!("`{words}` is not a value of `{}`", parameter.id)
        };
        return Err(
            Diagnostic::new(Code::BadCell, text.span, message).help("give every point a value, or leave the point out")
        );
    }
    let (quantity, value) = literal(model, parameter, text, bare)?;
    let takes_bare = bare && quantity == Quantity::Number && parameter.quantity != Quantity::Boolean;
    if quantity != parameter.quantity && !takes_bare {
        return Err(wrong_type(parameter, text, &quantity));
    }
    match parameter.range {
        Some((low, high)) if !(low..=high).contains(&value) => {
            let unit = unit(&parameter.quantity);
            let message = format!("{words} is outside the range of `{}`, {low} to {high}{unit}", parameter.id);
            let help = format!("give a value inside, or widen the range in [parameters.{}]", parameter.id);
            Err(Diagnostic::new(Code::OutsideRange, text.span, message).help(help))
        }
        _ => Ok(value),
    }
}

fn literal(model: &Model, parameter: &Parameter, text: &Text, bare: bool) -> Result<Literal, Diagnostic> {
    let words = text.text.trim();
    if parameter.quantity == Quantity::Boolean && bare {
        match words.to_ascii_lowercase().as_str() {
            "true" => return Ok((Quantity::Boolean, 1.0)),
            "false" => return Ok((Quantity::Boolean, 0.0)),
            _ => {}
        }
    }
    // Cells write large and small numbers as `1e-7` and `1E-07`; the language knows the first only.
    if let Ok(number) = words.parse::<f64>()
        && number.is_finite()
    {
        return Ok((Quantity::Number, number));
    }
    let written = match long_unit(words) {
        Some(long) => Text { text: long, span: text.span, offsets: Vec::new() },
        None => text.clone(),
    };
    let mut mistakes = Vec::new();
    match parse_expression(&written, &mut mistakes) {
        Some(expression) => evaluate(model, parameter, &expression, text),
        None => Err(mistakes.into_iter().next().unwrap_or_else(|| no_literal(parameter, text))),
    }
}

/// `30d` as `30 days`.
fn long_unit(words: &str) -> Option<String> {
    let at = words.find(|character: char| character.is_ascii_alphabetic())?;
    let (number, unit) = words.split_at(at);
    number.parse::<f64>().ok()?;
    let unit = match unit {
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "w" => "weeks",
        "y" => "years",
        _ => return None,
    };
    Some(format!("{number} {unit}"))
}

fn evaluate(model: &Model, parameter: &Parameter, expression: &Expression, text: &Text) -> Result<Literal, Diagnostic> {
    let number = |part: &Expression| match evaluate(model, parameter, part, text)? {
        (Quantity::Number, value) => Ok(value),
        _ => Err(no_literal(parameter, text)),
    };
    match &expression.kind {
        Kind::Number(value) => Ok((Quantity::Number, *value)),
        Kind::Boolean(truth) => Ok((Quantity::Boolean, f64::from(u8::from(*truth)))),
        Kind::Duration(amount, unit) => Ok((Quantity::Duration, unit.days(*amount))),
        Kind::Date(date) => {
            let Some((date, _)) = dates::datetime(*date) else {
                let help = "write an existing date, year-month-day";
                return Err(Diagnostic::new(Code::BadDate, text.span, "there is no such day").help(help));
            };
            match &model.start {
                Some(start) => Ok((Quantity::Date, dates::days_since(start.datetime, date))),
                None => Err(Diagnostic::new(
                    Code::NoStartDate,
                    text.span,
                    "the scenario has no start date, so there are no dates",
                )),
            }
        }
        Kind::Negative(part) => match evaluate(model, parameter, part, text)? {
            (quantity @ (Quantity::Number | Quantity::Duration | Quantity::Rate), value) => Ok((quantity, -value)),
            _ => Err(no_literal(parameter, text)),
        },
        Kind::Arithmetic(operator, a, b) => {
            let (a, b) = (number(a)?, number(b)?);
            let value = match operator {
                Arithmetic::Add => math::add(a, b),
                Arithmetic::Subtract => math::subtract(a, b),
                Arithmetic::Multiply => math::multiply(a, b),
                Arithmetic::Divide => math::divide(a, b),
                Arithmetic::Power | Arithmetic::WholePower => return Err(no_literal(parameter, text)),
            };
            Ok((Quantity::Number, value))
        }
        Kind::Per(amount, duration, unit) => {
            let days = unit.days(duration.unwrap_or(1.0));
            if days <= 0.0 {
                let message = "a rate is so much per a time above 0";
                return Err(Diagnostic::new(Code::RateExpected, text.span, message).help("write `0.1 per day`"));
            }
            Ok((Quantity::Rate, math::divide(number(amount)?, days)))
        }
        _ => Err(no_literal(parameter, text)),
    }
}

fn no_literal(parameter: &Parameter, text: &Text) -> Diagnostic {
    let message = format!("`{}` is not a value of `{}`", text.text.trim(), parameter.id);
    Diagnostic::new(Code::NotConstant, text.span, message).help(format!("write {}", example(&parameter.quantity)))
}

fn wrong_type(parameter: &Parameter, text: &Text, found: &Quantity) -> Diagnostic {
    let words = text.text.trim();
    let needs_unit = *found == Quantity::Number && matches!(parameter.quantity, Quantity::Duration | Quantity::Rate);
    let code = if needs_unit { Code::MissingUnit } else { Code::TypeMismatch };
    let help = match parameter.quantity {
        Quantity::Duration if needs_unit && words == "1" => "write `1 day` or `1d`".to_owned(),
        Quantity::Duration if needs_unit => format!("write `{words} days` or `{words}d`"),
        Quantity::Rate if needs_unit => format!("write `{words} per day`"),
        _ => format!("write {}", example(&parameter.quantity)),
    };
    let message = format!("`{}` is {}, `{words}` is {}", parameter.id, name(&parameter.quantity), name(found));
    Diagnostic::new(code, text.span, message).help(help)
}

fn name(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Number => "a number",
        Quantity::Boolean => "true or false",
        Quantity::Duration => "a duration",
        Quantity::Rate => "a rate",
        Quantity::Date => "a date",
        Quantity::Enumeration(_) => "one of named values",
    }
}

fn example(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Number => "a number such as `0.4`",
        Quantity::Boolean => "`true` or `false`",
        Quantity::Duration => "a duration such as `30 days`",
        Quantity::Rate => "a rate such as `0.1 per day`",
        Quantity::Date => "a date such as `2023-08-25`",
        Quantity::Enumeration(_) => "one of its values",
    }
}

fn unit(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Duration => " days",
        Quantity::Rate => " per day",
        Quantity::Date => " days after the start",
        _ => "",
    }
}
