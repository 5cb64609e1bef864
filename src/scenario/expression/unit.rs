//! Units of time as people write them, and what the language calls them.

use super::ast::Unit;
use super::print;
use super::token::{Token, TokenKind};

/// Other words for units: how many of which.
const ALIASES: &[(&[&str], f64, Unit)] = &[
    (&["s", "sec", "secs", "second", "seconds"], 1.0 / 60.0, Unit::Minute),
    (&["min", "mins", "minuts", "minuten"], 1.0, Unit::Minute),
    (&["h", "hr", "hrs", "heure", "heures"], 1.0, Unit::Hour),
    (&["d", "dy", "dys", "diem", "jours", "jour", "tage", "tag"], 1.0, Unit::Day),
    (&["w", "wk", "wks", "semaine", "semaines"], 1.0, Unit::Week),
    (&["fortnight", "fortnights"], 2.0, Unit::Week),
    (&["mo", "mon", "mth", "mths", "mnth", "mnths", "mois"], 1.0, Unit::Month),
    (&["quarter", "quarters"], 3.0, Unit::Month),
    (&["y", "yr", "yrs", "a", "annum", "annual", "an", "ans"], 1.0, Unit::Year),
    (&["decade", "decades"], 10.0, Unit::Year),
    (&["century", "centuries"], 100.0, Unit::Year),
];

/// `amount` of a foreign unit in one of the language's.
pub(super) fn suggest_unit(word: &str, amount: f64) -> Option<(f64, Unit)> {
    let (_, factor, unit) = ALIASES.iter().find(|(words, ..)| words.contains(&word))?;
    Some((amount * factor, *unit))
}

/// What to write for a number (`text`) and a foreign unit behind it, such as `2 weeks` for `1 fortnight`.
pub(super) fn unit_for_number(text: &str, amount: f64, word: Token<'_>) -> Option<String> {
    let TokenKind::Word(word) = word.kind else {
        return None;
    };
    if word == "m" {
        return Some(format!("{text} minutes` or `{text} months"));
    }
    let (meant, unit) = suggest_unit(word, amount)?;
    Some(print::duration(meant, unit))
}
