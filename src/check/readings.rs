//! Parameters, resting values, measures, queries, outcomes: their expressions with types.

use super::content::{
    Content, ParameterSource, TypedKind, TypedMeasure, TypedOutcome, TypedParameter, TypedQuery, TypedStart,
};
use super::data::Tables;
use super::definitions::ArgumentType;
use super::distributions::{self, Wanted};
use super::happenings::reading;
use super::interval::constant_value;
use super::parameters::constant;
use super::raw::{self, CellKind};
use super::scope::{Place, Scope};
use super::symbols::CellInfo;
use super::typed::{Type, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::BUILT_IN_MEASURES;
use crate::scenario::expression::ast::{Expression, Kind};
use crate::scenario::expression::print;

/// Types all parameters.
pub(super) fn parameters(typing: &mut Typing, tables: &mut Tables, content: &mut Content) {
    let raw = typing.raw;
    for ((id, parameter), kind) in raw.parameters.iter().zip(typing.parameter_kinds.iter().copied()) {
        let range = parameter.range.as_ref().and_then(|range| literal_range(typing, range, kind));
        let mut source = ParameterSource::Open;
        if let (Some(value), Some(_)) = (&parameter.value, &parameter.prior) {
            typing.report(
                Diagnostic::new(Code::ExclusiveKeys, value.span, format!("`{id}` has a `value` and a `prior`"))
                    .help("delete one of them"),
            );
        }
        if let Some(value) = &parameter.value {
            let typed = parameter_value(typing, value, kind);
            if let Some(typed) = typed {
                source = ParameterSource::Value(typed);
            }
        } else if let Some(prior) = &parameter.prior {
            let mut scope = Scope::new(Place::Constant("a prior"));
            let wanted = Wanted { kind: None, range, scope: &mut scope, repaired: false };
            if let Some((distribution, _)) = distributions::check(typing, tables, prior, wanted) {
                source = ParameterSource::Prior(distribution);
            }
        } else if parameter.open && !typing.alone {
            let about = parameter.notes.about.as_ref().map_or(String::new(), |about| format!(": {about}"));
            typing.report(
                Diagnostic::new(Code::MissingKey, parameter.key, format!("the parameter `{id}` has no value{about}"))
                    .help(format!("add `[parameters.{id}]` with `value = ..` or `prior = {{ .. }}`")),
            );
        }
        content.parameters.push(TypedParameter { id: id.clone(), key: parameter.key, kind, range, source });
    }
    values_inside(typing, content);
}

/// A value that is the same in every run lies inside its range; one that is computed from what is drawn is clamped.
fn values_inside(typing: &mut Typing, content: &Content) {
    let mut known = vec![None; content.parameters.len()];
    for &index in &content.parameter_order {
        let parameter = &content.parameters[index];
        let ParameterSource::Value(typed) = &parameter.source else { continue };
        let Some(number) = constant_value(typed, &known) else { continue };
        known[index] = Some(number);
        if let Some((low, high)) = parameter.range
            && !(low..=high).contains(&number)
        {
            typing.report(
                Diagnostic::new(
                    Code::OutsideRange,
                    typed.span,
                    format!("{number} is outside the range of `{}`, [{low}, {high}]", parameter.id),
                )
                .help("give a value inside, or widen the range"),
            );
        }
    }
}

fn parameter_value(typing: &mut Typing, value: &Expression, kind: Type) -> Option<Typed> {
    if kind == Type::Wrong {
        let mut scope = Scope::new(Place::Constant("a parameter"));
        let typed = typing.expression(value, &mut scope, None);
        return (!typed.is_wrong()).then_some(typed);
    }
    constant(typing, value, "a parameter", kind)
}

/// A range of literals, the lower first.
pub(super) fn literal_range(typing: &mut Typing, range: &(Expression, Expression), kind: Type) -> Option<(f64, f64)> {
    let mut end = |expression: &Expression| -> Option<f64> {
        let typed = constant(typing, expression, "a range", if kind == Type::Wrong { Type::Number } else { kind })?;
        let value = constant_value(&typed, &[]);
        if value.is_none() {
            typing.report(
                Diagnostic::new(Code::NotConstant, expression.span, "the ends of a range are literals")
                    .help("write numbers: `range = [0, 1]`"),
            );
        }
        value
    };
    let (low, high) = (end(&range.0), end(&range.1));
    let (low, high) = (low?, high?);
    if low < high {
        return Some((low, high));
    }
    typing.report(
        Diagnostic::new(
            Code::BadRange,
            range.0.span.to(range.1.span),
            format!("the range from {low} to {high} is empty"),
        )
        .help("write the lower end first: `range = [0, 1]`"),
    );
    None
}

/// Half-life, rest and default start of all attributes, relations, states.
pub(super) fn kinds(
    typing: &mut Typing,
    tables: &mut Tables,
    written: &std::collections::BTreeMap<String, CellKind>,
    infos: &[CellInfo],
    slots: [bool; 2],
) -> Vec<TypedKind> {
    let mut all = Vec::new();
    for (kind, info) in written.values().zip(infos) {
        let half_life = kind.half_life.as_ref().and_then(|half_life| half_life_of(typing, half_life, info, kind));
        let rest = kind.rest.as_ref().and_then(|rest| {
            if kind.half_life.is_none() {
                typing.report(
                    Diagnostic::new(Code::MissingKey, rest.span, "`rest` needs a `half_life`: how fast it gets there")
                        .help("add `half_life = \"30 days\"`"),
                );
            }
            let mut scope = Scope::new(Place::Rest);
            scope.own_start = true;
            scope.actors[0] = slots[0].then(|| "actor".to_owned());
            scope.actors[1] = slots[1].then(|| "target".to_owned());
            let typed = typing.expect(rest, &mut scope, Type::Number, "`rest`");
            (!typed.is_wrong()).then_some(typed)
        });
        let start = kind.start.as_ref().and_then(|start| typed_start(typing, tables, start, info));
        if let Some(values) = &kind.values {
            enumeration(typing, values, kind);
        }
        all.push(TypedKind { half_life, rest, start });
    }
    all
}

fn enumeration(typing: &mut Typing, values: &[crate::scenario::expression::ast::Name], kind: &CellKind) {
    let mut seen = std::collections::BTreeSet::new();
    for value in values {
        if !super::read::valid_name(&value.text, value.span, &mut typing.diagnostics) {
            continue;
        }
        if !seen.insert(&value.text) {
            typing.report(
                Diagnostic::new(Code::NameTaken, value.span, format!("the value `{}` is listed twice", value.text))
                    .help("delete one"),
            );
        }
    }
    if values.is_empty() {
        typing.report(
            Diagnostic::new(Code::MissingKey, kind.key, "`values` lists nothing")
                .help("write `values = [\"home\", \"deployed\"]`"),
        );
    }
}

fn half_life_of(typing: &mut Typing, half_life: &Expression, info: &CellInfo, kind: &CellKind) -> Option<Typed> {
    let typed = constant(typing, half_life, "`half_life`", Type::Duration)?;
    if typed.literal().is_some_and(|days| days <= 0.0) {
        typing.report(
            Diagnostic::new(Code::OutsideRange, typed.span, "a half-life is above 0")
                .help("write a duration such as `30 days`, or delete the key"),
        );
        return None;
    }
    if info.kind != Type::Number {
        typing.report(
            Diagnostic::new(
                Code::TypeMismatch,
                typed.span,
                format!("only numbers relax, and `{}` is {}", info.id, info.kind.name()),
            )
            .also(kind.key, "declared here")
            .help("give it a `range`, or delete `half_life`"),
        );
        return None;
    }
    Some(typed)
}

/// A start value or distribution for a place of this kind.
pub(super) fn typed_start(
    typing: &mut Typing,
    tables: &mut Tables,
    start: &raw::Start,
    info: &CellInfo,
) -> Option<TypedStart> {
    match start {
        raw::Start::Value(expression) => {
            if info.kind == Type::Boolean
                && let Kind::Number(number) = expression.kind
            {
                typing.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        expression.span,
                        format!("`{}` is a yes/no, because it has neither `range` nor `values`", info.id),
                    )
                    .help(format!("give it `range = [0, {}]`, or write true or false", number.max(1.0))),
                );
                return None;
            }
            let mut scope = Scope::new(Place::Constant("a start value"));
            let typed = match info.kind {
                Type::Enumeration(owner) => typing.value_of(expression, &mut scope, owner),
                kind => typing.expect(expression, &mut scope, kind, &format!("the start of `{}`", info.id)),
            };
            if typed.is_wrong() {
                return None;
            }
            if let (Some(number), Some((low, high))) = (typed.literal(), info.range)
                && !(low..=high).contains(&number)
            {
                let scaled = number / 100.0;
                let help = if (low..=high).contains(&scaled) && number > 1.0 {
                    format!("write {scaled}, or widen the range of `{}`", info.id)
                } else {
                    format!("give a value inside, or widen the range of `{}`", info.id)
                };
                typing.report(
                    Diagnostic::new(
                        Code::OutsideRange,
                        typed.span,
                        format!("{number} is outside the range of `{}`, [{low}, {high}]", info.id),
                    )
                    .help(help),
                );
                return None;
            }
            Some(TypedStart::Value(typed))
        }
        raw::Start::Drawn(distribution) => {
            let mut scope = Scope::new(Place::Constant("a start value"));
            let wanted = Wanted { kind: Some(info.kind), range: info.range, scope: &mut scope, repaired: false };
            let (distribution, _) = distributions::check(typing, tables, distribution, wanted)?;
            Some(TypedStart::Drawn(distribution))
        }
    }
}

/// Measures, queries, outcomes; and definitions that nothing uses, so that their mistakes are told too.
pub(super) fn readings(typing: &mut Typing, content: &mut Content) {
    let raw = typing.raw;
    for (id, measure) in &raw.measures {
        if BUILT_IN_MEASURES.contains(&id.as_str()) {
            typing.report(
                Diagnostic::new(Code::ReservedName, measure.key, format!("`{id}` is built in"))
                    .help("call the measure something else"),
            );
        }
        let value = measure
            .value
            .as_ref()
            .and_then(|value| reading(typing, value, Place::Reading("a measure"), None, "a measure"));
        let range = measure.range.as_ref().and_then(|range| literal_range(typing, range, Type::Number));
        let Some(value) = value else { continue };
        if !matches!(value.kind, Type::Number | Type::Boolean) {
            let help = match value.kind {
                Type::Duration => "divide it by a duration: `(..) / 1 day`",
                Type::Rate => "multiply it by a duration: `(..) * 1 day`",
                _ => "compare it, or count with a fold",
            };
            typing.report(
                Diagnostic::new(
                    Code::TypeMismatch,
                    value.span,
                    format!("a measure is a number or a yes/no, and this is {}", value.kind.name()),
                )
                .help(help),
            );
            continue;
        }
        content.measures.push(TypedMeasure { id: id.clone(), value, range, notes: measure.notes.clone() });
    }
    for (id, query) in &raw.queries {
        let mut ask = |expression: &Option<Expression>, what| {
            expression.as_ref().map(|expression| reading(typing, expression, Place::Query, Some(Type::Boolean), what))
        };
        let when = ask(&query.when, "`when`");
        let given = ask(&query.given, "`given`");
        if let Some(Some(when)) = when
            && given.as_ref().is_none_or(Option::is_some)
        {
            content.queries.push(TypedQuery {
                id: id.clone(),
                when,
                given: given.flatten(),
                given_text: query.given.as_ref().map(print),
                expect: query.expect,
                notes: query.notes.clone(),
            });
        }
    }
    let mut seen = std::collections::BTreeMap::new();
    for outcome in &raw.outcomes {
        if let Some(earlier) = seen.insert(&outcome.id, outcome.span) {
            typing.report(
                Diagnostic::new(Code::NameTaken, outcome.span, format!("the outcome `{}` is listed twice", outcome.id))
                    .also(earlier, "first here")
                    .help("join their conditions with `or`, or call one something else"),
            );
        }
        let when = outcome
            .when
            .as_ref()
            .and_then(|when| reading(typing, when, Place::Reading("an outcome"), Some(Type::Boolean), "`when`"));
        content.outcomes.push(TypedOutcome {
            id: outcome.id.clone(),
            span: outcome.span,
            label: outcome.label.clone(),
            when,
            notes: outcome.notes.clone(),
        });
    }
    unused_definitions(typing);
}

fn unused_definitions(typing: &mut Typing) {
    let raw = typing.raw;
    for (index, definition) in raw.definitions.values().enumerate() {
        let used = typing.cache.keys().any(|(other, _)| *other == index);
        if used {
            continue;
        }
        if definition.value.is_some() {
            unused_definition(typing, index, definition);
        }
    }
}

/// Types are checked at each use; where there is none, some types of arguments must make sense.
fn unused_definition(typing: &mut Typing, index: usize, definition: &raw::Definition) {
    let n_arguments = definition.arguments.len();
    let before = typing.diagnostics.len();
    let mut first_tries = Vec::new();
    let kinds = [
        ArgumentType::Actor,
        ArgumentType::Value(Type::Number),
        ArgumentType::Value(Type::Duration),
        ArgumentType::Value(Type::Boolean),
        ArgumentType::Value(Type::Rate),
        ArgumentType::Value(Type::Date),
    ];
    // All ways to take the arguments; of many only the first three are varied.
    for which in 0..kinds.len().pow(n_arguments.min(3) as u32) {
        let kind = |position: usize| {
            if position < 3 { kinds[which / kinds.len().pow(position as u32) % kinds.len()] } else { kinds[0] }
        };
        if typing.specialise(index, (0..n_arguments).map(kind).collect()).is_some() {
            typing.diagnostics.truncate(before);
            return;
        }
        let told = typing.diagnostics.split_off(before);
        if first_tries.is_empty() || told.len() < first_tries.len() {
            first_tries = told;
        }
    }
    typing.diagnostics.extend(first_tries);
}
