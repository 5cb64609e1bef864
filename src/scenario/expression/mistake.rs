//! What is said of operands that are written wrongly: missing values and operators, marks and words of other languages.

use super::ast::{Expression, Kind};
use super::cursor::{Cursor, Parsed};
use super::print::{print, print_number};
use super::token::{Token, TokenKind, shorten};
use super::words::{is_name, unit, unit_word};
use crate::diagnostic::Code;

impl<'text> Cursor<'text> {
    /// `days` where a number with a unit, or another value, should stand: told.
    #[inline(never)]
    pub(super) fn unit_without_number(&mut self, word: &str) -> Parsed {
        let token = self.token();
        self.bump();
        let number = self.before(3).filter(|token| matches!(token.kind, TokenKind::Number(_)));
        let one = unit(word).map_or("day", |unit| unit_word(unit, true));
        let help = match (self.before(2), number) {
            (Some(times), Some(number)) if times.is("*") => {
                format!("write `{} {word}`", self.slice(number.start, number.end))
            }
            (Some(times), _) if times.is("/") => format!("write `per {one}`"),
            _ => format!("write `1 {one}`, or `number * 1 {one}`"),
        };
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, format!("`{word}` without a number"));
        self.tell_here(diagnostic.help(help));
        self.hole_over(token.start, token.end)
    }

    /// `a // b`: told, and read to its end.
    #[inline(never)]
    pub(super) fn foreign_division(&mut self, left: Parsed) -> Parsed {
        let start = self.bump().start;
        let end = self.bump().end;
        let right = self.unary();
        let (a, b) = (self.written(&left), self.written(&right));
        let diagnostic = self.complaints.at(Code::ForeignOperator, start, end, "unexpected `//`");
        self.complaints.tell(diagnostic.help(format!("write `floor({a} / {b})`")));
        self.hole_over(left.start, right.end)
    }

    /// `a % b`, `a mod b`, `50% of b`: told, and read to its end.
    #[inline(never)]
    pub(super) fn foreign_remainder(&mut self, left: Parsed) -> Parsed {
        let token = self.bump();
        let share = self.take("of");
        let right = self.unary();
        self.tell_remainder(token, &left, &right, share);
        self.hole_over(left.start, right.end)
    }

    /// Tells of the sign of `+5`, and goes past it.
    #[inline(never)]
    pub(super) fn tell_plus(&mut self) {
        let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), "unexpected `+`");
        self.tell_here(diagnostic.help("drop it; a number without a sign is positive"));
        self.bump();
    }

    /// `2 * if a then b else c`, `x == not y`: told, and read.
    #[inline(never)]
    pub(super) fn word_behind_operator(&mut self, word: &str) -> Parsed {
        if !self.enter() {
            return self.hole();
        }
        let token = self.token();
        let operator = self.before(1);
        let left = self.left_start;
        let complaints = self.complaints.count();
        let operand = if word == "if" { self.conditional() } else { self.not() };
        self.leave();
        self.complaints.fail();
        if self.complaints.count() == complaints {
            let before = operator.map(|token| self.slice(left.unwrap_or(token.start), token.end));
            let text = self.written(&operand);
            let message = format!("`{word}` behind an operator stands in brackets");
            let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
            let help = format!("write `{} ({text})`", before.unwrap_or_default());
            self.complaints.tell(diagnostic.help(help));
        }
        operand
    }

    /// Tells of `[` or `{` where `(` is meant.
    #[inline(never)]
    pub(super) fn tell_foreign_bracket(&mut self) {
        let message = self.name_of_token();
        let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), message);
        if let (true, TokenKind::Word(word), true) = (self.at("{"), self.ahead(1).kind, self.ahead(2).is("}")) {
            self.tell_here(diagnostic.help(format!("write `{word}` without brackets; they belong into labels")));
            return;
        }
        self.tell_here(diagnostic.help("write `(` and `)`; a list of actors is declared under [groups]"));
    }

    /// Something in quotes where a value should stand: told.
    #[inline(never)]
    pub(super) fn quoted_value(&mut self, content: &str) -> Parsed {
        let token = self.token();
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, "an expression holds no text in quotes");
        let content = shorten(content.trim());
        self.tell_here(diagnostic.help(match &self.effect_head {
            _ if content.is_empty() => "drop the quotes".to_owned(),
            Some((head, start)) if *start == token.start => format!("write `{head} {content}`"),
            _ => format!("write `{content}`"),
        }));
        self.bump();
        self.hole_over(token.start, token.end)
    }

    #[inline(never)]
    pub(super) fn comma_in_bracket(&mut self, first: &Parsed) {
        let comma = self.token();
        let mut parts = vec![self.written(first)];
        while self.take(",") {
            let part = self.expression();
            parts.push(self.written(&part));
        }
        let message = "`,` separates arguments, and here are none";
        let diagnostic = self.diagnose(Code::UnexpectedToken, comma, message);
        let help = match parts.as_slice() {
            [condition, then, otherwise] => {
                format!("write `if {condition} then {then} else {otherwise}`, or a function's name before the bracket")
            }
            _ => "write a function's or relation's name before the bracket".to_owned(),
        };
        self.complaints.tell(diagnostic.help(help));
    }

    #[inline(never)]
    pub(super) fn missing_operator(&mut self, left: &Parsed) {
        let token = self.token();
        let message = self.name_of_token();
        let mut diagnostic = self.diagnose(Code::UnexpectedToken, token, message).label("no operator before it");
        let last = self.before(1).unwrap_or(token);
        let grouped = matches!((last.kind, token.kind), (TokenKind::Number(_), TokenKind::Number(_)))
            && token.end - token.start == 3;
        let before = self.slice(last.start, last.end);
        if let Some(help) = self.help_for(token) {
            diagnostic = diagnostic.help(help);
            self.tell_here(diagnostic);
            self.bump();
            if self.token().begins_operand() {
                self.unary();
            }
            return;
        }
        let here = self.slice(token.start, token.end);
        let help = if grouped {
            format!("write `{before}{here}`; digits are not grouped")
        } else if let TokenKind::Word(word) = token.kind
            && unit(word).is_some()
        {
            let one = unit(word).map_or("day", |unit| unit_word(unit, true));
            let text = if left.height == 1 { self.written(left) } else { before };
            format!("write `{text} * 1 {one}`; only a number has a unit right behind it")
        } else if matches!(last.kind, TokenKind::Number(_)) {
            format!("write `{before} * {here}`")
        } else if self.in_arguments {
            format!("write `,` or an operator between `{before}` and `{here}`")
        } else {
            format!("write an operator between `{before}` and `{here}`")
        };
        self.tell_here(diagnostic.help(help));
        if matches!(token.kind, TokenKind::Word(word) if unit(word).is_some()) {
            self.bump();
        } else {
            self.unary();
        }
    }

    /// Help for a word or mark of another language.
    pub(super) fn help_for(&self, token: Token<'_>) -> Option<String> {
        let text = match token.kind {
            TokenKind::Symbol(";") => {
                return Some(if self.ahead(1).kind == TokenKind::End {
                    "drop it".to_owned()
                } else {
                    "write one expression in a text".to_owned()
                });
            }
            TokenKind::Symbol(")") => "drop it; it closes no bracket",
            TokenKind::Symbol("=" | ":=") => "write `==`",
            TokenKind::Symbol(",") => "drop it; `,` separates arguments, the decimal mark is a point",
            TokenKind::Word("xor") => "write `(a or b) and not (a and b)`",
            TokenKind::Word("div") => "write `floor(a / b)`",
            TokenKind::Word("contains" | "includes" | "has") => "write `actor in group`",
            TokenKind::Word("of") => "write `actor.attribute`",
            TokenKind::Word("when" | "unless" | "while" | "until") => "write `if condition then value else value`",
            TokenKind::Word("plus") => "write `+`",
            TokenKind::Word("minus") => "write `-`",
            TokenKind::Word("to") => "write the two sides with an operator between them",
            TokenKind::Word("then") => "write `if` before the condition",
            TokenKind::Word("else") => "write `if condition then value` before it",
            TokenKind::Word("elif" | "elseif" | "elsif") => "write `else if`",
            TokenKind::Word("endif" | "end" | "fi") => "drop it",
            TokenKind::Word("for") => "write a fold, such as `sum(m in group: m.attribute)`",
            TokenKind::Word("where") => "write it inside of a fold, such as `sum(m in group where condition: value)`",
            TokenKind::Word("not") => "write `and not`, `is not` or `not in`",
            TokenKind::Symbol("..") => "write `.` between owner and attribute, and two comparisons for a range",
            TokenKind::Symbol(":") => "drop it; `:` stands in folds, and behind the `for` and `if` of an effect",
            _ => return None,
        };
        Some(text.to_owned())
    }

    /// Tells that a value is missing here, and goes to where something new can begin.
    #[inline(never)]
    pub(super) fn missing_value(&mut self) {
        let token = self.token();
        let operator = self.before(1).filter(|token| matches!(token.kind, TokenKind::Symbol(_) | TokenKind::Word(_)));
        let called = |token: Token<'text>| match token.kind {
            TokenKind::Word(word) => shorten(word),
            TokenKind::Symbol(symbol) => symbol.to_owned(),
            _ => self.slice(token.start, token.end),
        };
        let behind = operator.map(called);
        let diagnostic = match (&token.kind, operator, &behind) {
            (TokenKind::End, Some(operator), Some(text)) => self
                .diagnose(Code::UnexpectedToken, operator, format!("a value is missing behind `{text}`"))
                .help(format!("write a value behind it, or drop `{text}`")),
            (TokenKind::End, ..) => {
                self.diagnose(Code::UnexpectedToken, token, "a value is missing").help("write a value, such as `0.5`")
            }
            (_, _, behind) => {
                let here = called(token);
                let message = match behind {
                    Some(text) if self.ends_part() => format!("a value is missing between `{text}` and `{here}`"),
                    _ => format!("unexpected `{here}`"),
                };
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, message).label("expected a value");
                diagnostic.help(match token.kind {
                    TokenKind::Symbol("=") if behind.as_deref() == Some("not") => {
                        "write `!=` without a blank".to_owned()
                    }
                    TokenKind::Symbol("<" | "<=" | ">" | ">=" | "==" | "!=")
                        if matches!(behind.as_deref(), Some("and" | "or")) && self.last_comparison.is_some() =>
                    {
                        let left = self.last_comparison.map(|last| self.slice(last.left.0, last.left.1));
                        format!(
                            "write `{} {} {here} ..`",
                            behind.as_deref().unwrap_or_default(),
                            left.unwrap_or_default()
                        )
                    }
                    _ if behind.as_deref() == Some(here.as_str()) => format!("drop one `{here}`"),
                    TokenKind::Symbol(")") if behind.as_deref() == Some("(") => {
                        "write a value into the brackets".to_owned()
                    }
                    _ => format!("write a value before `{here}`, or drop it"),
                })
            }
        };
        self.tell_here(diagnostic);
        let doubled = behind.as_deref().is_some_and(|text| self.at(text)) && !self.ends_part();
        if doubled || self.at("=") {
            self.bump();
            if self.token().begins_operand() {
                self.unary();
                return;
            }
        }
        self.recover();
    }

    fn tell_remainder(&mut self, token: Token<'_>, left: &Parsed, right: &Parsed, share: bool) {
        let (a, b) = (self.written(left), self.written(right));
        let sign = self.slice(token.start, token.end);
        let diagnostic = self.diagnose(Code::ForeignOperator, token, format!("`{sign}` is not in the language"));
        let help = match left.expression.kind {
            Kind::Number(_) if share => format!("write `{} * {b}`", percent(&a)),
            Kind::Number(_) if sign == "%" => {
                format!("write `{} * {b}` for a share, `{a} - {b} * floor({a} / {b})` for what is left", percent(&a))
            }
            _ => format!("write `{a} - {b} * floor({a} / {b})`"),
        };
        self.complaints.tell(diagnostic.help(help));
    }

    #[inline(never)]
    pub(super) fn tell_percent(&mut self, token: Token<'_>, value: &Parsed) {
        let text = self.written(value);
        let diagnostic = self.diagnose(Code::ForeignOperator, token, "`%` is not in the language");
        let help = match value.expression.kind {
            Kind::Number(_) => format!("write `{}`", percent(&text)),
            _ => format!("write `{text} / 100`"),
        };
        self.complaints.tell(diagnostic.help(help));
    }

    /// `hostility[junta]`, `france.hostility(junta)`: told as what was meant.
    #[inline(never)]
    pub(super) fn index(&mut self, value: Parsed) -> Parsed {
        let mut people: Vec<String> = Vec::new();
        let mut relation = value.expression;
        loop {
            relation = match relation.kind {
                Kind::Member { owner, name } => {
                    people.insert(0, print(&owner));
                    Expression { kind: Kind::Name(name.text), span: name.span }
                }
                Kind::Call { function, arguments } => {
                    people.splice(0..0, arguments.iter().map(print));
                    Expression { kind: Kind::Name(function.text), span: function.span }
                }
                _ => break,
            };
        }
        let first = self.token();
        // The first bracket may stand apart (`x [1]`); it is always taken, so that whoever calls gets on.
        while self.at("[") || self.at("(") && self.token().start == self.end_of_last() {
            let open = self.bump();
            while !matches!(self.token().kind, TokenKind::Symbol(")" | "]" | "}") | TokenKind::End) {
                let part = self.expression();
                people.push(self.written(&part));
                if !self.take(",") {
                    break;
                }
            }
            if !(open.is("[") && self.take("]")) {
                self.close(open, value.start);
            }
        }
        let name = match &relation.kind {
            Kind::Name(name) if !name.is_empty() => name.clone(),
            _ => "relation".to_owned(),
        };
        let help = match people.as_slice() {
            [one] if is_name(one) => format!(
                "write `{one}.{name}` for an attribute, `{name}(from, {one})` for a relation: from whom towards whom"
            ),
            [from, to] => format!("write `{name}({from}, {to})`: from {from} towards {to}"),
            _ => format!("write `actor.{name}` for an attribute, `{name}(from, to)` for a relation"),
        };
        let message = match people.len() {
            2 => format!("`{name}` is between two actors"),
            _ => "a relation is written like a function, an attribute with a point".to_owned(),
        };
        let diagnostic = self.diagnose(Code::NeedsPair, first, message);
        self.tell_here(diagnostic.help(help));
        self.hole_over(value.start, self.end_of_last())
    }
}

/// A percentage as a number: `50` gives `0.5`.
fn percent(text: &str) -> String {
    format!("{text}e-2").parse::<f64>().map_or_else(|_| text.to_owned(), print_number)
}
