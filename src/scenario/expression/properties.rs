//! Laws of reading and printing, over random trees and random texts.

use proptest::prelude::*;
use proptest::sample::select;

use super::ast::{Expression, Kind};
use super::generate::{effect, effect_without_places, expression, without_places};
use super::{parse_address, parse_definition_head, parse_effect, parse_expression, print, print_effect};
use crate::diagnostic::{Diagnostic, SourceId, Span};
use crate::scenario::document::Text;

/// A text that stands alone in its file.
fn text(source: &str) -> Text {
    let end = source.len() as u32;
    Text { text: source.to_owned(), span: Span { source: SourceId(0), start: 0, end }, offsets: (0..=end).collect() }
}

/// Reads a text in every way there is. A result comes without diagnostics, none comes with some, and all lie inside of the text.
fn read_all_ways(source: &str) -> Result<(), TestCaseError> {
    let text = text(source);
    let check = |found: bool, diagnostics: &[Diagnostic]| {
        prop_assert_eq!(found, diagnostics.is_empty(), "{:?}", diagnostics);
        for diagnostic in diagnostics {
            let span = diagnostic.primary.as_ref().map(|label| label.span).unwrap_or_default();
            prop_assert!(span.start <= span.end && span.end as usize <= source.len(), "{diagnostic:?}");
            prop_assert!(source.is_char_boundary(span.start as usize) && source.is_char_boundary(span.end as usize));
            prop_assert!(!diagnostic.message.ends_with('.') && !diagnostic.message.contains('\n'), "{diagnostic:?}");
            prop_assert!(!diagnostic.help.is_empty(), "{diagnostic:?}");
        }
        Ok(())
    };
    let mut diagnostics = Vec::new();
    let found = parse_expression(&text, &mut diagnostics);
    check(found.is_some(), &diagnostics)?;
    diagnostics.clear();
    let found = parse_effect(&text, &mut diagnostics);
    check(found.is_some(), &diagnostics)?;
    diagnostics.clear();
    let found = parse_definition_head(&text, &mut diagnostics);
    check(found.is_some(), &diagnostics)?;
    diagnostics.clear();
    let found = parse_address(&text, &mut diagnostics);
    check(found.is_some(), &diagnostics)
}

/// Pieces that random texts are made of.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ".",
    ":",
    ";",
    "+",
    "-",
    "*",
    "/",
    "^",
    "%",
    "?",
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "!=",
    "=",
    "+=",
    "-=",
    "*=",
    ":=",
    "++",
    "--",
    "&&",
    "||",
    "!",
    "**",
    "..",
    "//",
    "#",
    "@",
    "\"",
    "'",
    "\u{201c}",
    "\u{2264}",
    "\u{d7}",
    "\u{b2}",
    "\u{e9}",
    "\u{200b}",
    "if",
    "then",
    "else",
    "elif",
    "endif",
    "and",
    "or",
    "not",
    "is",
    "in",
    "where",
    "for",
    "per",
    "true",
    "false",
    "day",
    "days",
    "weeks",
    "sum",
    "count",
    "mean",
    "min",
    "any",
    "clamp",
    "fired",
    "normal",
    "start",
    "stop",
    "join",
    "leave",
    "set",
    "increase",
    "to",
    "by",
    "of",
    "between",
    "greater",
    "than",
    "equals",
    "mod",
    "when",
    "unless",
    "a",
    "m",
    "g",
    "france",
    "AND",
    "Mali",
    "0",
    "1",
    "0.5",
    ".5",
    "5.",
    "1e3",
    "1e999",
    "1_000",
    "000",
    "2023-08-25",
    "2023-8-25",
    "25/08/2023",
    "T18:00",
    "18:00",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back_as_the_same_tree(tree in expression()) {
        let printed = print(&tree);
        let mut diagnostics = Vec::new();
        let again = parse_expression(&text(&printed), &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{printed}\n{diagnostics:?}");
        prop_assert_eq!(again.map(without_places), Some(tree), "{}", printed);
    }

    #[test]
    fn what_is_printed_of_an_effect_reads_back_as_the_same_effect(tree in effect()) {
        let printed = print_effect(&tree);
        let mut diagnostics = Vec::new();
        let again = parse_effect(&text(&printed), &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{printed}\n{diagnostics:?}");
        prop_assert_eq!(again.map(effect_without_places), Some(tree), "{}", printed);
    }

    #[test]
    fn no_printed_bracket_can_be_left_out(tree in expression()) {
        let printed = print(&tree);
        for (open, close) in grouping_brackets(&printed) {
            let mut without = printed.clone();
            without.replace_range(close..=close, " ");
            without.replace_range(open..=open, " ");
            let again = parse_expression(&text(&without), &mut Vec::new());
            prop_assert_ne!(again.map(without_places), Some(tree.clone()), "{} and {}", printed, without);
        }
    }

    #[test]
    fn every_part_stands_where_its_span_says(tree in expression()) {
        let printed = print(&tree);
        if let Some(tree) = parse_expression(&text(&printed), &mut Vec::new()) {
            check_spans(&tree, &printed)?;
        }
    }

    #[test]
    fn random_pieces_never_panic(pieces in prop::collection::vec((select(PIECES), select(vec!["", " "])), 0..24)) {
        let source: String = pieces.into_iter().flat_map(|(piece, blank)| [piece, blank]).collect();
        read_all_ways(&source)?;
    }

    #[test]
    fn one_piece_too_many_never_panics(
        tree in expression(), piece in select(PIECES), place in any::<prop::sample::Index>(), drop in any::<bool>(),
    ) {
        let mut words: Vec<String> = print(&tree).split(' ').map(str::to_owned).collect();
        let place = place.index(words.len());
        if drop {
            words.remove(place);
        } else {
            words.insert(place, piece.to_owned());
        }
        read_all_ways(&words.join(" "))?;
    }

    #[test]
    fn random_characters_never_panic(source in "\\PC{0,40}") {
        read_all_ways(&source)?;
    }
}

/// The text under the span of every part of a tree reads as that part.
fn check_spans(tree: &Expression, printed: &str) -> Result<(), TestCaseError> {
    let source = &printed[tree.span.start as usize..tree.span.end as usize];
    let again = parse_expression(&text(source), &mut Vec::new());
    prop_assert_eq!(again.map(without_places), Some(without_places(tree.clone())), "{} in {}", source, printed);
    parts(tree).into_iter().try_for_each(|part| check_spans(part, printed))
}

/// The expressions right under one.
fn parts(expression: &Expression) -> Vec<&Expression> {
    match &expression.kind {
        Kind::Number(_) | Kind::Duration(..) | Kind::Date(_) | Kind::Boolean(_) | Kind::Name(_) => Vec::new(),
        Kind::Call { arguments: parts, .. } | Kind::And(parts) | Kind::Or(parts) => parts.iter().collect(),
        Kind::Member { owner: part, .. } | Kind::In { left: part, .. } => vec![part],
        Kind::Negative(part) | Kind::Not(part) | Kind::Per(part, ..) => vec![part],
        Kind::Arithmetic(_, left, right) | Kind::Compare(_, left, right) | Kind::Is { left, right, .. } => {
            vec![left, right]
        }
        Kind::If(test, then, otherwise) => vec![test, then, otherwise],
        Kind::Fold { filter, body, otherwise, .. } => {
            filter.iter().chain(otherwise).chain([body]).map(|part| &**part).collect()
        }
    }
}

/// Pairs of brackets that belong to no call and no fold, as byte offsets.
fn grouping_brackets(printed: &str) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (at, character) in printed.char_indices() {
        match character {
            '(' => open.push(at),
            ')' => {
                let start = open.pop().unwrap_or(0);
                let before = printed[..start].chars().next_back();
                if !before.is_some_and(|before| before.is_ascii_alphanumeric() || before == '_') {
                    pairs.push((start, at));
                }
            }
            _ => {}
        }
    }
    pairs
}
