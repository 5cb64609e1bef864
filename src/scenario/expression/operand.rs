//! The lower half of the grammar: arithmetic, `owner.name`, numbers, brackets.

use super::ast::{Arithmetic, Kind};
use super::cursor::{Cursor, Parsed};
use super::token::{Token, TokenKind};
use super::unit::unit_for_number;
use super::words::{fold, unit};
use crate::diagnostic::Code;

/// The greatest exponent that multiplies, if it is written as a bare whole number.
pub(super) const GREATEST_WHOLE_POWER: f64 = 16.0;

impl<'text> Cursor<'text> {
    /// `product { ( "+" | "-" ) product }`
    pub(super) fn sum(&mut self) -> Parsed {
        let mut left = self.product();
        loop {
            let operator = match self.token().kind {
                TokenKind::Symbol("+") => Arithmetic::Add,
                TokenKind::Symbol("-") => Arithmetic::Subtract,
                _ => return left,
            };
            self.bump();
            self.left_start = Some(left.start);
            let right = self.product();
            left = self.arithmetic(operator, left, right);
        }
    }

    /// `unary { ( "*" | "/" ) unary }`
    fn product(&mut self) -> Parsed {
        let mut left = self.unary();
        loop {
            let token = self.token();
            let operator = match token.kind {
                TokenKind::Symbol("*") => Arithmetic::Multiply,
                TokenKind::Symbol("/") if self.ahead(1).is("/") && self.ahead(1).start == token.end => {
                    left = self.foreign_division(left);
                    continue;
                }
                TokenKind::Symbol("%") | TokenKind::Word("mod" | "modulo" | "rem") => {
                    left = self.foreign_remainder(left);
                    continue;
                }
                TokenKind::Symbol("/") => Arithmetic::Divide,
                TokenKind::Wrong => {
                    self.bump();
                    if self.token().begins_operand() {
                        self.unary();
                    }
                    left = self.hole_over(left.start, self.end_of_last());
                    continue;
                }
                TokenKind::Word("between") => return left,
                TokenKind::Word("when" | "unless" | "whenever") if self.effect_head.is_some() => return left,
                TokenKind::Word(_) if self.comparison_in_words(0).is_some() => return left,
                _ if token.begins_operand() && !token.is_foreign_ending() => {
                    self.missing_operator(&left);
                    left = self.hole_over(left.start, self.end_of_last());
                    continue;
                }
                _ => return left,
            };
            self.bump();
            self.left_start = Some(left.start);
            let right = self.unary();
            left = self.arithmetic(operator, left, right);
        }
    }

    fn arithmetic(&mut self, operator: Arithmetic, left: Parsed, right: Parsed) -> Parsed {
        let (start, end, height) = (left.start, right.end, left.height.max(right.height));
        let kind = Kind::Arithmetic(operator, Box::new(left.expression), Box::new(right.expression));
        self.node(kind, start, end, height)
    }

    /// `"-" unary | power`
    pub(super) fn unary(&mut self) -> Parsed {
        let token = self.token();
        match token.kind {
            TokenKind::Symbol("-") => {
                if !self.enter() {
                    return self.hole();
                }
                self.bump();
                self.left_start = Some(token.start);
                let operand = self.unary();
                self.leave();
                let (end, height) = (operand.end, operand.height);
                self.node(Kind::Negative(Box::new(operand.expression)), token.start, end, height)
            }
            TokenKind::Symbol("+") if self.ahead(1).begins_operand() => {
                self.tell_plus();
                self.power()
            }
            TokenKind::Word(word @ ("if" | "not")) => self.word_behind_operator(word),
            _ => self.power(),
        }
    }

    /// `postfix [ "^" unary ]`
    fn power(&mut self) -> Parsed {
        let base = self.postfix();
        if !self.at("^") {
            return base;
        }
        if !self.enter() {
            return self.hole();
        }
        self.bump();
        self.left_start = Some(base.start);
        let token = self.token();
        let exponent = self.unary();
        self.leave();
        let is_bare = matches!(exponent.expression.kind, Kind::Number(number) if number <= GREATEST_WHOLE_POWER)
            && exponent.end == token.end
            && self.slice(token.start, token.end).bytes().all(|byte| byte.is_ascii_digit());
        self.arithmetic(if is_bare { Arithmetic::WholePower } else { Arithmetic::Power }, base, exponent)
    }

    /// `primary { "." name }`; calls and indices of other languages are told.
    pub(super) fn postfix(&mut self) -> Parsed {
        let mut value = self.primary();
        loop {
            let token = self.token();
            match token.kind {
                TokenKind::Symbol(".") => {
                    self.bump();
                    let name = self.name("an attribute");
                    let end = token.end.max(self.before(1).map_or(0, |token| token.end));
                    let (start, height) = (value.start, value.height);
                    let kind = Kind::Member { owner: Box::new(value.expression), name };
                    value = self.node(kind, start, end, height);
                }
                TokenKind::Symbol("[") => value = self.index(value),
                TokenKind::Symbol("(")
                    if token.start == value.end
                        && matches!(value.expression.kind, Kind::Member { .. } | Kind::Call { .. }) =>
                {
                    value = self.index(value);
                }
                TokenKind::Symbol("%") if !self.ahead(1).begins_operand() => {
                    self.bump();
                    self.tell_percent(token, &value);
                }
                _ => return value,
            }
        }
    }

    #[inline(never)]
    fn primary(&mut self) -> Parsed {
        let token = self.token();
        match token.kind {
            TokenKind::Number(value) => self.number(value),
            TokenKind::Date(date) => {
                self.bump();
                self.node(Kind::Date(date), token.start, token.end, 0)
            }
            TokenKind::Word(word @ ("true" | "false")) => {
                self.bump();
                self.node(Kind::Boolean(word == "true"), token.start, token.end, 0)
            }
            TokenKind::Word(word) if token.begins_operand() => self.word(word),
            TokenKind::Symbol("(") => self.bracket(),
            TokenKind::Symbol("[" | "{") => {
                self.tell_foreign_bracket();
                self.bracket()
            }
            TokenKind::Quoted(content) => self.quoted_value(content),
            _ => {
                self.missing_value();
                self.hole()
            }
        }
    }

    #[inline(never)]
    fn number(&mut self, value: f64) -> Parsed {
        let token = self.bump();
        let mut value = value;
        let mut end = token.end;
        if !self.in_arguments && self.decimal_comma_here() {
            (value, end) = self.decimal_comma(token);
        }
        let next = self.token();
        if let TokenKind::Word(word) = next.kind {
            if let Some(unit) = unit(word)
                && !self.ahead(1).is("(")
            {
                self.bump();
                return self.node(Kind::Duration(value, unit), token.start, next.end, 0);
            }
            let text = self.slice(token.start, end);
            if !matches!(self.ahead(1).kind, TokenKind::Symbol("." | "("))
                && let Some(meant) = unit_for_number(&text, value, next)
            {
                let message = format!("`{word}` is not a unit of the language");
                let diagnostic = self.diagnose(Code::UnexpectedToken, next, message);
                let help = format!("write `{meant}`; units: minute, hour, day, week, month, year");
                self.tell_here(diagnostic.help(help));
                self.bump();
                return self.hole();
            }
        }
        self.node(Kind::Number(value), token.start, end, 0)
    }

    /// A comma with a digit right before and right behind it?
    pub(super) fn decimal_comma_here(&self) -> bool {
        let (comma, next) = (self.token(), self.ahead(1));
        let before = self.before(1);
        comma.is(",")
            && matches!(next.kind, TokenKind::Number(_))
            && next.start == comma.end
            && before.is_some_and(|token| matches!(token.kind, TokenKind::Number(_)) && token.end == comma.start)
    }

    /// Tells of `0,5` or `1,000`, and reads it. The first number is read already.
    fn decimal_comma(&mut self, first: Token<'text>) -> (f64, usize) {
        let mut groups = vec![self.slice(first.start, first.end)];
        let mut end = first.end;
        while self.decimal_comma_here() {
            self.bump();
            let group = self.bump();
            groups.push(self.slice(group.start, group.end));
            end = group.end;
        }
        let thousands = groups.len() > 2
            || (groups[0] != "0"
                && groups[0].len() <= 3
                && groups[1..].iter().all(|group| group.split('.').next().is_some_and(|digits| digits.len() == 3)));
        let meant = if thousands { groups.concat() } else { groups.join(".") };
        let diagnostic = self.complaints.at(
            Code::DecimalMark,
            first.start,
            end,
            "`,` separates arguments, the decimal mark is a point",
        );
        self.complaints.tell(diagnostic.help(format!("write `{meant}`")));
        (meant.parse().unwrap_or(0.0), end)
    }

    #[inline(never)]
    fn word(&mut self, word: &str) -> Parsed {
        let token = self.token();
        let next = self.ahead(1);
        if next.is("(") {
            return self.call_or_fold(word);
        }
        if unit(word).is_some() && !matches!(word, "day" | "month" | "year") {
            return self.unit_without_number(word);
        }
        if fold(word).is_some() && next.begins_operand() && self.ahead(2).is("in") {
            return self.fold_without_bracket(word);
        }
        self.bump();
        self.node(Kind::Name(word.to_owned()), token.start, token.end, 0)
    }

    /// `"(" expression ")"`
    fn bracket(&mut self) -> Parsed {
        let open = self.bump();
        let outside = std::mem::replace(&mut self.in_arguments, false);
        let mut inside = self.expression();
        if self.at(",") && open.is("(") {
            self.comma_in_bracket(&inside);
        } else if !open.is("(") {
            self.skip_to(|_| false);
        }
        inside.end = self.close(open, open.start);
        self.in_arguments = outside;
        inside.start = open.start;
        inside.bracketed = true;
        inside.expression.span = self.place(open.start, inside.end);
        inside
    }

    /// Goes past the bracket that closes `open`; gives the end of it. What has the bracket begins at `start`.
    #[inline(never)]
    pub(super) fn close(&mut self, open: Token<'_>, start: usize) -> usize {
        let token = self.token();
        if self.take(")") {
            return token.end;
        }
        let opening = self.slice(open.start, open.end);
        if open.is("[") && self.take("]") || open.is("{") && self.take("}") {
            self.complaints.fail();
            return token.end;
        }
        if self.at_end() {
            let diagnostic = self.diagnose(Code::UnexpectedToken, open, format!("this `{opening}` is never closed"));
            let whole = self.slice(start, self.end_of_last());
            let whole = if open.is("(") { whole } else { whole.replacen(&opening, "(", 1) };
            self.tell_here(diagnostic.help(format!("write `{whole})`")));
            return token.end;
        }
        let message = self.name_of_token();
        let diagnostic = self
            .diagnose(Code::UnexpectedToken, token, message)
            .label("expected an operator or `)`")
            .also(self.place(open.start, open.end), "closes this bracket");
        let help = match self.help_for(token) {
            _ if self.in_arguments && token.is(";") => "write `,` between arguments".to_owned(),
            Some(help) => help,
            None => "write `)` before it".to_owned(),
        };
        self.tell_here(diagnostic.help(help));
        self.skip_to(|_| false);
        let end = self.token().end;
        self.bump();
        end
    }
}
