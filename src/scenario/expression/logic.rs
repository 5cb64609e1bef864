//! The upper half of the grammar: `if`, `or`, `and`, `not`.

use super::ast::{Expression, Kind};
use super::cursor::{Cursor, Parsed};
use super::token::{Token, TokenKind};
use super::words::unit;
use crate::diagnostic::Code;

impl Cursor<'_> {
    /// `conditional [ "per" [ number ] unit ]`
    pub(super) fn expression(&mut self) -> Parsed {
        if !self.enter() {
            return self.hole();
        }
        self.left_start = None;
        let operand = self.conditional();
        let parsed = if self.at("per") { self.rate(operand) } else { operand };
        self.leave();
        parsed
    }

    /// A conditional expression, or a condition without one.
    pub(super) fn conditional(&mut self) -> Parsed {
        if self.at("if") {
            if !self.enter() {
                return self.hole();
            }
            let parsed = self.if_then_else();
            self.leave();
            return parsed;
        }
        let value = self.or();
        if self.at("?") {
            return self.foreign_conditional(value);
        }
        if self.at("if") {
            return self.condition_behind(value);
        }
        value
    }

    #[inline(never)]
    fn if_then_else(&mut self) -> Parsed {
        let keyword = self.bump();
        if self.find_at_level(|token| token.is("then")).is_none() {
            return self.missing_then(keyword);
        }
        let condition = self.expression();
        self.expect_word("then", "the condition ends here");
        let then = self.expression();
        let then_is_rate = self.ends_in_per();
        if let TokenKind::Word("elif" | "elseif" | "elsif") = self.token().kind {
            let message = self.name_of_token();
            let diagnostic = self.diagnose(Code::ForeignOperator, self.token(), message);
            self.complaints.tell(diagnostic.help("write `else if`"));
            let otherwise = if self.enter() {
                let otherwise = self.if_then_else();
                self.leave();
                otherwise
            } else {
                self.hole()
            };
            return self.finish_conditional(keyword.start, condition, then, otherwise);
        }
        if self.at(";") && self.ahead(1).is("else") {
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), "unexpected `;`");
            self.tell_here(diagnostic.help("drop it"));
            self.bump();
        }
        if !self.at("else") && !self.ends_part() {
            let message = self.name_of_token();
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), message);
            self.tell_here(diagnostic.label("expected `else`").help("write `else` before what holds otherwise"));
            self.skip_to(|token| token.is("else"));
        }
        if !self.take("else") {
            if then.start < then.end {
                self.missing_else(keyword.start, keyword.end, &condition, &then, then_is_rate);
            }
            self.complaints.fail();
            return self.hole_over(keyword.start, then.end);
        }
        let otherwise = if then_is_rate { self.expression() } else { self.conditional() };
        self.finish_conditional(keyword.start, condition, then, otherwise)
    }

    fn finish_conditional(&mut self, start: usize, condition: Parsed, then: Parsed, otherwise: Parsed) -> Parsed {
        if let TokenKind::Word("endif" | "end" | "fi") = self.token().kind {
            let message = self.name_of_token();
            let diagnostic = self.diagnose(Code::ForeignOperator, self.token(), message);
            self.tell_here(diagnostic.help("drop it; the `else` part ends an `if`"));
            self.bump();
        }
        let height = condition.height.max(then.height).max(otherwise.height);
        let end = otherwise.end;
        let parts = [condition, then, otherwise].map(|part| Box::new(part.expression));
        let [condition, then, otherwise] = parts;
        self.node(Kind::If(condition, then, otherwise), start, end, height)
    }

    /// Tells of `if a: b else c`, `if(a, b, c)` and other forms without `then`, and reads over it.
    #[inline(never)]
    fn missing_then(&mut self, keyword: Token<'_>) -> Parsed {
        let diagnostic = self.diagnose(Code::UnexpectedToken, keyword, "`if` needs a `then`");
        let start = self.token().start;
        let parts = if self.at("(") && self.token().start == keyword.end {
            let mut parts = Vec::new();
            while !self.at_end() && (parts.is_empty() || self.at(",")) {
                let from = self.bump().end;
                parts.push(self.rest_of_level(from, |token| token.is(",")));
                self.skip_to(|token| token.is(","));
            }
            self.take(")");
            parts
        } else {
            let condition = self.rest_of_level(start, |token| token.is(":") || token.is("else") || token.is("{"));
            self.skip_to(|token| token.is(":") || token.is("else") || token.is("{"));
            if self.at("{") {
                let mut parts = vec![condition];
                while self.at("{") {
                    let from = self.bump().end;
                    parts.push(self.rest_of_level(from, |_| false));
                    self.skip_to(|_| false);
                    self.bump();
                    self.take("else");
                }
                parts
            } else if self.at(":") {
                let from = self.bump().end;
                let then = self.rest_of_level(from, |token| token.is("else"));
                self.skip_to(|token| token.is("else"));
                let mut otherwise = String::new();
                if self.at("else") {
                    let from = self.bump().end;
                    otherwise = self.rest_of_level(from, |_| false);
                }
                vec![condition, then, otherwise.trim_start_matches(':').trim_start().to_owned()]
            } else {
                Vec::new()
            }
        };
        let diagnostic = match parts.as_slice() {
            [c, a, b] if !(c.is_empty() || a.is_empty() || b.is_empty()) => {
                diagnostic.help(format!("write `if {c} then {a} else {b}`"))
            }
            _ => diagnostic.help("write `if condition then value else value`"),
        };
        self.complaints.tell(diagnostic);
        self.skip_to(|_| false);
        self.hole_over(keyword.start, self.end_of_last())
    }

    #[inline(never)]
    fn missing_else(&mut self, start: usize, end: usize, condition: &Parsed, then: &Parsed, then_is_rate: bool) {
        let diagnostic = self.complaints.at(Code::IfNeedsElse, start, end, "`if` needs an `else`");
        let help = match then.expression.kind {
            _ if then_is_rate => format!("write `{} else 0 per day`", self.slice(start, then.end)),
            Kind::Compare(..) | Kind::Is { .. } | Kind::In { .. } | Kind::Not(_) | Kind::And(_) | Kind::Or(_) => {
                let bracket = |parsed: &Parsed, text: String| match parsed.expression.kind {
                    Kind::Or(_) | Kind::If(..) | Kind::Per(..) if !parsed.bracketed => format!("({text})"),
                    _ => text,
                };
                let left = bracket(condition, self.written(condition));
                let right = bracket(then, self.written(then));
                format!("write `{left} and {right}`")
            }
            Kind::Boolean(_) => format!("write `{} else false`", self.slice(start, then.end)),
            Kind::Duration(..) => format!("write `{} else 0 days`", self.slice(start, then.end)),
            _ => format!("write `{} else 0`", self.slice(start, then.end)),
        };
        self.complaints.tell(diagnostic.help(help));
    }

    /// Does the part just read end in `per day`, outside of brackets?
    fn ends_in_per(&self) -> bool {
        let before = |count| self.before(count);
        match before(1).map(|token| token.kind) {
            Some(TokenKind::Word(word)) if unit(word).is_some() => match before(2).map(|token| token.kind) {
                Some(TokenKind::Word("per")) => true,
                Some(TokenKind::Number(_)) => before(3).is_some_and(|token| token.is("per")),
                _ => false,
            },
            _ => false,
        }
    }

    /// Is the end of the text, or of a bracket, argument or part, here?
    pub(super) fn ends_part(&self) -> bool {
        matches!(
            self.token().kind,
            TokenKind::End
                | TokenKind::Word("then" | "else" | "where")
                | TokenKind::Symbol(")" | "]" | "}" | "," | ":" | ";")
        ) || self.token().is_foreign_ending()
    }

    /// Goes past a word that must stand here.
    #[inline(never)]
    pub(super) fn expect_word(&mut self, word: &str, label: &str) {
        if self.take(word) {
            return;
        }
        let message = self.name_of_token();
        let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), message).label(label);
        if matches!((self.token().kind, self.ahead(1).kind), (TokenKind::Word(_), TokenKind::Word(_))) && word == "in" {
            self.tell_here(diagnostic.help(format!("write `{word}`")));
            self.bump();
            return;
        }
        self.tell_here(diagnostic.help(format!("write `{word}` here")));
        self.skip_to(|token| token.is(word));
        self.take(word);
    }

    /// `c ? a : b` of other languages.
    #[inline(never)]
    fn foreign_conditional(&mut self, condition: Parsed) -> Parsed {
        if !self.enter() {
            return self.hole();
        }
        let mark = self.bump();
        let then = self.conditional();
        let otherwise = self.take(":").then(|| self.conditional());
        self.leave();
        let diagnostic = self.diagnose(Code::ForeignOperator, mark, "unexpected `?`");
        let Some(otherwise) = otherwise else {
            self.complaints.tell(diagnostic.help("write `if condition then value else value`"));
            return self.hole_over(condition.start, then.end);
        };
        let parts = [&condition, &then, &otherwise].map(|part| self.written(part));
        let [c, a, b] = parts;
        self.complaints.tell(diagnostic.help(format!("write `if {c} then {a} else {b}`")));
        self.hole_over(condition.start, otherwise.end)
    }

    /// `a if c else b` of other languages.
    #[inline(never)]
    fn condition_behind(&mut self, then: Parsed) -> Parsed {
        let keyword = self.bump();
        let condition = self.or();
        let value = self.written(&then);
        let tested = self.written(&condition);
        let diagnostic = self.diagnose(Code::UnexpectedToken, keyword, "an `if` stands before what depends on it");
        if !self.take("else") {
            let help = match &self.effect_head {
                Some((head, start)) if *start == then.start => format!("write `if {tested}: {head} {value}`"),
                _ => format!("write `if {tested} then {value} else 0`"),
            };
            self.complaints.tell(diagnostic.help(help));
            return self.hole_over(then.start, condition.end);
        }
        if !self.enter() {
            return self.hole();
        }
        let otherwise = self.conditional();
        self.leave();
        let rest = self.written(&otherwise);
        self.complaints.tell(diagnostic.help(format!("write `if {tested} then {value} else {rest}`")));
        self.hole_over(then.start, otherwise.end)
    }

    fn or(&mut self) -> Parsed {
        let first = self.and();
        self.list_of("or", first, Kind::Or, Self::and)
    }

    fn and(&mut self) -> Parsed {
        let first = self.not();
        self.list_of("and", first, Kind::And, Self::not)
    }

    /// `first { word next }` as one node.
    fn list_of(
        &mut self,
        word: &str,
        first: Parsed,
        kind: fn(Vec<Expression>) -> Kind,
        next: fn(&mut Self) -> Parsed,
    ) -> Parsed {
        if !self.at(word) {
            return first;
        }
        let (start, mut end, mut height) = (first.start, first.end, first.height);
        let mut parts = vec![first.expression];
        while self.take(word) {
            self.left_start = Some(start);
            let part = next(self);
            end = part.end;
            height = height.max(part.height);
            parts.push(part.expression);
        }
        self.node(kind(parts), start, end, height)
    }

    pub(super) fn not(&mut self) -> Parsed {
        if !self.at("not") {
            return self.comparison();
        }
        if !self.enter() {
            return self.hole();
        }
        let keyword = self.bump();
        self.left_start = None;
        let operand = self.not();
        self.leave();
        let (end, height) = (operand.end, operand.height);
        self.node(Kind::Not(Box::new(operand.expression)), keyword.start, end, height)
    }
}
