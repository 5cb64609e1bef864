//! Distributions: families and arguments as written become checked ones.

use super::data::Tables;
use super::parameters;
use super::raw;
use super::reader::{self, wrong_kind};
use super::scope::Scope;
use super::symbols::Symbols;
use super::typed::{EnumerationOwner, Type, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::Shape;
use crate::scenario::document::{Node, Value};
use crate::scenario::expression::words::DISTRIBUTIONS;

/// A checked distribution with typed arguments.
#[derive(Clone, Debug)]
pub(super) enum TypedDistribution {
    Continuous { shape: Shape, arguments: Vec<Typed> },
    Quantiles { shape: Shape, lower: (f64, Typed), upper: (f64, Typed) },
    Discrete { values: Vec<Typed>, weights: Vec<Typed> },
    Flip { probability: Typed },
    Empirical { file: usize, rows: Vec<f64> },
}

impl TypedDistribution {
    /// Its arguments.
    pub(super) fn arguments(&self) -> Vec<&Typed> {
        match self {
            TypedDistribution::Continuous { arguments, .. } => arguments.iter().collect(),
            TypedDistribution::Quantiles { lower, upper, .. } => vec![&lower.1, &upper.1],
            TypedDistribution::Discrete { values, weights } => values.iter().chain(weights).collect(),
            TypedDistribution::Flip { probability } => vec![probability],
            TypedDistribution::Empirical { .. } => Vec::new(),
        }
    }
}

/// What a distribution must give, and where it stands.
pub(super) struct Wanted<'a> {
    /// The type, if it is known beforehand.
    pub(super) kind: Option<Type>,
    /// The range that it is truncated to.
    pub(super) range: Option<(f64, f64)>,
    /// The scope of its arguments.
    pub(super) scope: &'a mut Scope,
    /// True where arguments may be expressions (draws), repaired when they make no distribution.
    pub(super) repaired: bool,
}

fn shape(family: &str) -> Option<(Shape, &'static [&'static str], bool)> {
    Some(match family {
        "uniform" => (Shape::Uniform, &["low", "high"], false),
        "normal" => (Shape::Normal, &["mean", "sd"], true),
        "lognormal" => (Shape::Lognormal, &["median", "sigma"], true),
        "triangular" => (Shape::Triangular, &["low", "mode", "high"], false),
        "pert" => (Shape::Pert, &["low", "mode", "high"], false),
        "beta" => (Shape::Beta, &["mean", "sd"], true),
        "exponential" => (Shape::Exponential, &["mean"], false),
        "gamma" => (Shape::Gamma, &["mean", "sd"], true),
        "weibull" => (Shape::Weibull, &["scale", "shape"], false),
        _ => return None,
    })
}

/// The type a prior gives, without reporting anything.
pub(super) fn shallow_kind(symbols: &Symbols, kinds: &[Type], prior: &raw::Distribution) -> Type {
    if prior.family.text == "flip" {
        return Type::Boolean;
    }
    let skip = ["sigma", "shape", "weights", "file", "column"];
    let first =
        prior.arguments.iter().find(|(key, _)| !skip.contains(&key.as_str())).map(|(_, (_, node))| node.clone());
    let node = match first {
        Some(Node { value: Value::List(nodes), .. }) => nodes.first().cloned(),
        other => other,
    };
    match node {
        None => Type::Number,
        Some(node) => match reader::expression(&node, "prior", &mut Vec::new()) {
            Some(expression) => parameters::shallow(symbols, kinds, &expression),
            None => Type::Wrong,
        },
    }
}

/// Checks a distribution; its type comes with it.
pub(super) fn check(
    typing: &mut Typing,
    tables: &mut Tables,
    written: &raw::Distribution,
    wanted: Wanted,
) -> Option<(TypedDistribution, Type)> {
    let family = written.family.text.as_str();
    match family {
        "flip" => flip(typing, written, wanted),
        "discrete" => discrete(typing, written, wanted),
        "empirical" => empirical(typing, tables, written, &wanted),
        _ => match shape(family) {
            Some((shape, names, quantiles)) => continuous(typing, written, wanted, shape, names, quantiles),
            None => {
                let everyday = [
                    ("gaussian", "normal"),
                    ("bernoulli", "flip"),
                    ("coin", "flip"),
                    ("constant", "uniform"),
                    ("log_normal", "lognormal"),
                    ("categorical", "discrete"),
                    ("choice", "discrete"),
                    ("poisson", "exponential"),
                ];
                let near = suggest(family, DISTRIBUTIONS.iter().map(|(name, _)| *name))
                    .or_else(|| everyday.iter().find(|(word, _)| *word == family).map(|(_, name)| (*name).to_owned()));
                let diagnostic = Diagnostic::new(
                    Code::BadDistribution,
                    written.family.span,
                    format!("there is no distribution `{family}`"),
                );
                let names: Vec<&str> = DISTRIBUTIONS.iter().map(|(name, _)| *name).collect();
                typing.report(match near {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help(format!("use one of {}", super::words::list(&names))),
                });
                None
            }
        },
    }
}

/// Tells arguments that the family does not take.
fn only(typing: &mut Typing, written: &raw::Distribution, allowed: &[&str]) -> bool {
    let mut fine = true;
    for (key, (span, _)) in &written.arguments {
        if allowed.contains(&key.as_str()) {
            continue;
        }
        fine = false;
        let synonym = super::keys::SYNONYMS.iter().find(|(word, name)| word == key && allowed.contains(name));
        let near = suggest(key, allowed.iter().copied()).or_else(|| synonym.map(|(_, name)| (*name).to_owned()));
        let family = &written.family.text;
        let diagnostic = Diagnostic::new(
            Code::BadDistribution,
            *span,
            format!("`{family}` takes {}, not `{key}`", super::words::list(allowed)),
        );
        typing.report(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("delete `{key}`")),
        });
    }
    fine
}

fn missing(typing: &mut Typing, written: &raw::Distribution, key: &str) {
    typing.report(
        Diagnostic::new(Code::BadDistribution, written.family.span, format!("`{}` needs `{key}`", written.family.text))
            .help(format!("add `{key} = ..`")),
    );
}

fn argument(
    typing: &mut Typing,
    written: &raw::Distribution,
    key: &str,
    scope: &mut Scope,
    wanted: Option<Type>,
) -> Option<Typed> {
    let Some((_, node)) = written.arguments.get(key) else {
        missing(typing, written, key);
        return None;
    };
    let mut diagnostics = Vec::new();
    let expression = reader::expression(node, key, &mut diagnostics);
    typing.diagnostics.extend(diagnostics);
    let expression = expression?;
    let typed = match wanted {
        Some(kind) => typing.expect(&expression, scope, kind, &format!("`{key}`")),
        None => typing.expression(&expression, scope, None),
    };
    (!typed.is_wrong()).then_some(typed)
}

fn continuous(
    typing: &mut Typing,
    written: &raw::Distribution,
    wanted: Wanted,
    shape: Shape,
    names: &'static [&'static str],
    takes_quantiles: bool,
) -> Option<(TypedDistribution, Type)> {
    let level = |key: &str| -> Option<f64> {
        let digits = key.strip_prefix('q').filter(|digits| digits.len() == 2)?;
        digits.parse::<u32>().ok().filter(|number| (1..=99).contains(number)).map(|number| f64::from(number) / 100.0)
    };
    let quantiles: Vec<(String, f64)> =
        written.arguments.keys().filter_map(|key| level(key).map(|level| (key.clone(), level))).collect();
    if !quantiles.is_empty() && takes_quantiles {
        let keys: Vec<&str> = quantiles.iter().map(|(key, _)| key.as_str()).collect();
        if !only(typing, written, &keys) {
            return None;
        }
        let [(lower_key, lower_level), (upper_key, upper_level)] = quantiles.as_slice() else {
            typing.report(
                Diagnostic::new(
                    Code::BadDistribution,
                    written.family.span,
                    format!("`{}` takes two quantiles and got {}", written.family.text, quantiles.len()),
                )
                .help("write `{ q05 = .., q95 = .. }`"),
            );
            return None;
        };
        let lower = argument(typing, written, lower_key, wanted.scope, wanted.kind)?;
        let upper = argument(typing, written, upper_key, wanted.scope, Some(wanted.kind.unwrap_or(lower.kind)))?;
        let kind = lower.kind;
        let distribution =
            TypedDistribution::Quantiles { shape, lower: (*lower_level, lower), upper: (*upper_level, upper) };
        super::distribution_values::validate(typing, written, &distribution, &wanted);
        return Some((distribution, kind));
    }
    if !only(typing, written, names) {
        return None;
    }
    let mut kind = wanted.kind;
    let mut arguments = Vec::new();
    for &name in names {
        // A spread in standard units and a shape have no unit of their own.
        let expected = if matches!(name, "sigma" | "shape") { Some(Type::Number) } else { kind };
        let typed = argument(typing, written, name, wanted.scope, expected);
        if let Some(typed) = &typed
            && expected.is_none()
        {
            if !matches!(typed.kind, Type::Number | Type::Duration | Type::Rate | Type::Date) {
                let diagnostic = Diagnostic::new(
                    Code::TypeMismatch,
                    typed.span,
                    format!("`{name}` should be a number, duration or rate, and this is {}", typed.kind.name()),
                )
                .help("write a number");
                typing.report(diagnostic);
                return None;
            }
            kind = Some(typed.kind);
        }
        arguments.push(typed);
    }
    let arguments: Option<Vec<Typed>> = arguments.into_iter().collect();
    let distribution = TypedDistribution::Continuous { shape, arguments: arguments? };
    super::distribution_values::validate(typing, written, &distribution, &wanted);
    Some((distribution, kind.unwrap_or(Type::Number)))
}

fn flip(typing: &mut Typing, written: &raw::Distribution, wanted: Wanted) -> Option<(TypedDistribution, Type)> {
    if !only(typing, written, &["probability"]) || !fits(typing, written, &wanted, Type::Boolean) {
        return None;
    }
    let probability = argument(typing, written, "probability", wanted.scope, Some(Type::Number))?;
    if let Some(value) = probability.literal()
        && !(0.0..=1.0).contains(&value)
        && !wanted.repaired
    {
        let diagnostic = Diagnostic::new(
            Code::BadDistribution,
            probability.span,
            format!("a probability of {value} is outside [0, 1]"),
        )
        .help("write a number from 0 to 1");
        typing.report(diagnostic);
    }
    Some((TypedDistribution::Flip { probability }, Type::Boolean))
}

fn fits(typing: &mut Typing, written: &raw::Distribution, wanted: &Wanted, found: Type) -> bool {
    match wanted.kind {
        Some(kind) if kind != found => {
            let diagnostic = Diagnostic::new(
                Code::BadDistribution,
                written.span,
                format!("`{}` gives {}, and {} is needed here", written.family.text, found.name(), kind.name()),
            )
            .help("use another distribution");
            typing.report(diagnostic);
            false
        }
        _ => true,
    }
}

fn discrete(typing: &mut Typing, written: &raw::Distribution, wanted: Wanted) -> Option<(TypedDistribution, Type)> {
    if !only(typing, written, &["values", "weights"]) {
        return None;
    }
    let owner = match wanted.kind {
        Some(Type::Enumeration(owner)) => Some(owner),
        _ => None,
    };
    let values = list(typing, written, "values", wanted.scope, wanted.kind, owner)?;
    let weights = if written.arguments.contains_key("weights") {
        list(typing, written, "weights", wanted.scope, Some(Type::Number), None)?
    } else {
        missing(typing, written, "weights");
        return None;
    };
    if values.len() != weights.len() || values.is_empty() {
        let diagnostic = Diagnostic::new(
            Code::BadDistribution,
            written.span,
            format!("`discrete` has {} values and {} weights", values.len(), weights.len()),
        )
        .help("give one weight for each value");
        typing.report(diagnostic);
        return None;
    }
    let kind = values[0].kind;
    if !wanted.repaired {
        let literals: Vec<Option<f64>> = weights.iter().map(Typed::literal).collect();
        let negative = weights.iter().find(|weight| weight.literal().is_some_and(|value| value < 0.0));
        let none = literals.iter().all(|weight| *weight == Some(0.0));
        if negative.is_some() || none {
            let span = negative.map_or(written.span, |weight| weight.span);
            let diagnostic = Diagnostic::new(Code::BadDistribution, span, "weights are 0 or more, and one is above 0")
                .help("write shares such as `weights = [3, 1]`");
            typing.report(diagnostic);
        }
        if let Some((low, high)) = wanted.range {
            for value in &values {
                if let Some(number) = value.literal()
                    && !(low..=high).contains(&number)
                {
                    let diagnostic = Diagnostic::new(
                        Code::OutsideRange,
                        value.span,
                        format!("{number} is outside the range [{low}, {high}]"),
                    )
                    .help("widen the range, or give another value");
                    typing.report(diagnostic);
                }
            }
        }
    }
    Some((TypedDistribution::Discrete { values, weights }, kind))
}

fn list(
    typing: &mut Typing,
    written: &raw::Distribution,
    key: &str,
    scope: &mut Scope,
    wanted: Option<Type>,
    owner: Option<EnumerationOwner>,
) -> Option<Vec<Typed>> {
    let Some((_, node)) = written.arguments.get(key) else {
        missing(typing, written, key);
        return None;
    };
    let Value::List(nodes) = &node.value else {
        let diagnostic = wrong_kind(node, &format!("`{key}`"), "a list").help(format!("write `{key} = [.., ..]`"));
        typing.report(diagnostic);
        return None;
    };
    let mut all = Vec::new();
    let mut kind = wanted;
    for node in nodes {
        let mut diagnostics = Vec::new();
        let expression = reader::expression(node, key, &mut diagnostics);
        typing.diagnostics.extend(diagnostics);
        let expression = expression?;
        let typed = match (kind, owner) {
            (_, Some(owner)) => typing.value_of(&expression, scope, owner),
            (Some(kind), None) => typing.expect(&expression, scope, kind, &format!("a member of `{key}`")),
            (None, None) => typing.expression(&expression, scope, None),
        };
        if typed.is_wrong() {
            return None;
        }
        kind = Some(typed.kind);
        all.push(typed);
    }
    Some(all)
}

fn empirical(
    typing: &mut Typing,
    tables: &mut Tables,
    written: &raw::Distribution,
    wanted: &Wanted,
) -> Option<(TypedDistribution, Type)> {
    if !only(typing, written, &["file", "column"]) {
        return None;
    }
    let mut text = |key: &str| -> Option<(String, Span)> {
        match written.arguments.get(key) {
            Some((_, Node { value: Value::Text(text), span })) => Some((text.text.clone(), *span)),
            Some((_, node)) => {
                let diagnostic = wrong_kind(node, &format!("`{key}`"), "a text in quotes");
                typing.report(diagnostic);
                None
            }
            None => {
                missing(typing, written, key);
                None
            }
        }
    };
    let (file, column) = (text("file"), text("column"));
    let (file, column) = (file?, column?);
    let (file, rows) = tables.column(typing, &file, &column, wanted.kind, wanted.range)?;
    Some((TypedDistribution::Empirical { file, rows }, wanted.kind.unwrap_or(Type::Number)))
}
