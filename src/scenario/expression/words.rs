//! The words of the language: what may not be used as a name, and what the parser knows by name.

use super::ast::{FoldKind, Unit};

/// Words that build sentences: never a name anywhere.
pub const KEYWORDS: &[&str] =
    &["if", "then", "else", "and", "or", "not", "is", "in", "where", "for", "per", "true", "false"];

/// Reserved words beside units, functions, folds and distributions.
pub const RESERVED: &[&str] = &[
    "actor",
    "target",
    "actors",
    "day",
    "today",
    "true",
    "false",
    "if",
    "then",
    "else",
    "and",
    "or",
    "not",
    "is",
    "in",
    "where",
    "for",
    "per",
    "start",
    "stop",
    "join",
    "leave",
    "replace",
    "own_start",
    "never",
    "name",
    "about",
    "source",
    "basis",
];

/// Words that begin an effect.
pub const ACTIONS: &[&str] = &["start", "stop", "join", "leave"];

/// Units of time, one and many.
pub const UNITS: &[(&str, Unit)] = &[
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
];

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionWord {
    /// Its name.
    pub name: &'static str,
    /// The least number of arguments.
    pub least: usize,
    /// The greatest number of arguments; `None`: any.
    pub most: Option<usize>,
    /// How a call is written, for messages.
    pub usage: &'static str,
}

/// The functions.
pub const FUNCTIONS: &[FunctionWord] = &[
    function("min", 2, None, "min(a, b)"),
    function("max", 2, None, "max(a, b)"),
    function("abs", 1, Some(1), "abs(x)"),
    function("floor", 1, Some(1), "floor(x)"),
    function("clamp", 3, Some(3), "clamp(x, low, high)"),
    function("exp", 1, Some(1), "exp(x)"),
    function("ln", 1, Some(1), "ln(x)"),
    function("sqrt", 1, Some(1), "sqrt(x)"),
    function("logistic", 1, Some(1), "logistic(x)"),
    function("indicator", 1, Some(1), "indicator(condition)"),
    function("fired", 1, Some(3), "fired(rule, actor, target)"),
    function("times", 1, Some(3), "times(rule, actor, target)"),
    function("since", 1, Some(3), "since(rule, actor, target)"),
    function("first", 1, Some(3), "first(rule, actor, target)"),
    function("ended", 1, Some(1), "ended(outcome)"),
    function("pressure", 2, Some(2), "pressure(from, towards)"),
    function("running", 1, Some(1), "running(clock)"),
    function("expired", 1, Some(1), "expired(clock)"),
    function("remaining", 1, Some(1), "remaining(clock)"),
    function("month", 1, Some(1), "month(today)"),
    function("weekday", 1, Some(1), "weekday(today)"),
    function("year", 1, Some(1), "year(today)"),
    function("size", 1, Some(1), "size(group)"),
];

const fn function(name: &'static str, least: usize, most: Option<usize>, usage: &'static str) -> FunctionWord {
    FunctionWord { name, least, most, usage }
}

/// The folds over a group.
pub const FOLDS: &[(&str, FoldKind)] = &[
    ("sum", FoldKind::Sum),
    ("mean", FoldKind::Mean),
    ("min", FoldKind::Min),
    ("max", FoldKind::Max),
    ("count", FoldKind::Count),
    ("share", FoldKind::Share),
    ("any", FoldKind::Any),
    ("all", FoldKind::All),
];

/// The distributions of priors, starts and draws, with their arguments in the usual order.
pub const DISTRIBUTIONS: &[(&str, &[&str])] = &[
    ("uniform", &["low", "high"]),
    ("normal", &["mean", "sd"]),
    ("lognormal", &["median", "sigma"]),
    ("triangular", &["low", "mode", "high"]),
    ("pert", &["low", "mode", "high"]),
    ("beta", &["mean", "sd"]),
    ("exponential", &["mean"]),
    ("gamma", &["mean", "sd"]),
    ("weibull", &["scale", "shape"]),
    ("discrete", &["values", "weights"]),
    ("flip", &["probability"]),
    ("empirical", &["file", "column"]),
];

/// Is this one of [`KEYWORDS`]?
#[must_use]
pub fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Is this a word that no actor, attribute, rule, variable and so on may be called?
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
        || unit(word).is_some()
        || function_word(word).is_some()
        || fold(word).is_some()
        || distribution(word).is_some()
}

/// Is this a name: a small letter, then small letters, digits and `_`?
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The unit of a word.
#[must_use]
pub fn unit(word: &str) -> Option<Unit> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
}

/// The function of a word.
#[must_use]
pub fn function_word(word: &str) -> Option<&'static FunctionWord> {
    FUNCTIONS.iter().find(|function| function.name == word)
}

/// The fold of a word.
#[must_use]
pub fn fold(word: &str) -> Option<FoldKind> {
    FOLDS.iter().find(|(name, _)| *name == word).map(|(_, fold)| *fold)
}

/// The word of a fold.
#[must_use]
pub fn fold_word(fold: FoldKind) -> &'static str {
    FOLDS.iter().find(|(_, kind)| *kind == fold).map_or("sum", |(name, _)| name)
}

/// The arguments of a distribution.
#[must_use]
pub fn distribution(word: &str) -> Option<&'static [&'static str]> {
    DISTRIBUTIONS.iter().find(|(name, _)| *name == word).map(|(_, arguments)| *arguments)
}

/// A unit as written behind an amount: `day` behind 1, else `days`.
#[must_use]
pub fn unit_word(unit: Unit, one: bool) -> &'static str {
    let mut words = UNITS.iter().filter(|(_, kind)| *kind == unit).map(|(word, _)| *word);
    let single = words.next().unwrap_or("day");
    if one { single } else { words.next().unwrap_or("days") }
}

/// The word of the language that `word` is but for capital letters.
pub(super) fn in_small_letters(word: &str) -> Option<&'static str> {
    let small = word.to_lowercase();
    KEYWORDS
        .iter()
        .chain(RESERVED)
        .copied()
        .chain(UNITS.iter().map(|(word, _)| *word))
        .chain(FUNCTIONS.iter().map(|function| function.name))
        .chain(FOLDS.iter().map(|(word, _)| *word))
        .find(|known| *known == small)
}
