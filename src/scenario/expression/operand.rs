//! The lower half of the grammar: arithmetic, `owner.name`, numbers, brackets.

use super::ast::{Arithmetic, Kind};
use super::cursor::{Cursor, Parsed};
use super::token::{Token, TokenKind, shorten};
use super::unit::unit_for_number;
use super::words::{fold, unit, unit_word};
use crate::diagnostic::Code;

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
                TokenKind::Symbol("/") => Arithmetic::Divide,
                TokenKind::Symbol("%") => {
                    self.bump();
                    let right = self.unary();
                    self.tell_remainder(token, &left, &right);
                    left = self.hole();
                    continue;
                }
                TokenKind::Wrong => {
                    self.bump();
                    if self.token().begins_operand() {
                        self.unary();
                    }
                    left = self.hole();
                    continue;
                }
                TokenKind::Word("between") => return left,
                TokenKind::Word(_) if self.comparison_in_words(0).is_some() => return left,
                _ if token.begins_operand() && !token.is_foreign_ending() => {
                    self.missing_operator(&left);
                    left = self.hole();
                    continue;
                }
                _ => return left,
            };
            self.bump();
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
    fn unary(&mut self) -> Parsed {
        let token = self.token();
        match token.kind {
            TokenKind::Symbol("-") => {
                if !self.enter() {
                    return self.hole();
                }
                self.bump();
                let operand = self.unary();
                self.leave();
                let (end, height) = (operand.end, operand.height);
                self.node(Kind::Negative(Box::new(operand.expression)), token.start, end, height)
            }
            TokenKind::Symbol("+") if self.ahead(1).begins_operand() => {
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, "unexpected `+`");
                self.tell_here(diagnostic.help("drop it; a number without a sign is positive"));
                self.bump();
                self.power()
            }
            TokenKind::Word(word @ ("if" | "not")) => {
                if !self.enter() {
                    return self.hole();
                }
                let operator = self.before(1);
                let operand = if word == "if" { self.conditional() } else { self.not() };
                self.leave();
                let operator = operator.map(|token| self.slice(token.start, token.end)).unwrap_or_default();
                let text = self.written(&operand);
                let message = format!("`{word}` behind an operator stands in brackets");
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
                self.complaints.tell(diagnostic.help(format!("write `{operator} ({text})`")));
                operand
            }
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
        let exponent = self.unary();
        self.leave();
        self.arithmetic(Arithmetic::Power, base, exponent)
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
                let message = self.name_of_token();
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
                self.tell_here(diagnostic.help("write `(` and `)`; a list of actors is declared under [groups]"));
                self.bracket()
            }
            TokenKind::Quoted(content) => {
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, "an expression holds no text in quotes");
                let content = shorten(content.trim());
                self.tell_here(diagnostic.help(if content.is_empty() {
                    "drop the quotes".to_owned()
                } else {
                    format!("write `{content}`")
                }));
                self.bump();
                self.hole()
            }
            _ => {
                self.missing_value();
                self.hole()
            }
        }
    }

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
            || (groups[0] != "0" && groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
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

    fn word(&mut self, word: &str) -> Parsed {
        let token = self.token();
        let next = self.ahead(1);
        if next.is("(") {
            return self.call_or_fold(word);
        }
        if unit(word).is_some() && !matches!(word, "day" | "month" | "year") {
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
            return self.hole();
        }
        if fold(word).is_some() && matches!(next.kind, TokenKind::Word(_)) && self.ahead(2).is("in") {
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
        if self.at(",") {
            self.comma_in_bracket(&inside);
        }
        inside.end = self.close(open, inside.start.max(open.end), inside.end);
        self.in_arguments = outside;
        inside.start = open.start;
        inside.bracketed = true;
        inside.expression.span = self.place(open.start, inside.end);
        inside
    }

    fn comma_in_bracket(&mut self, first: &Parsed) {
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

    /// Goes past the bracket that closes `open`; gives the end of it. What lies between them ends at `end`.
    pub(super) fn close(&mut self, open: Token<'_>, start: usize, end: usize) -> usize {
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
            let inside = self.slice(start, end.max(start));
            self.tell_here(diagnostic.help(if inside.is_empty() {
                "write `)` where it ends".to_owned()
            } else {
                format!("write `({inside})`")
            }));
            return token.end;
        }
        let message = self.name_of_token();
        let diagnostic = self
            .diagnose(Code::UnexpectedToken, token, message)
            .label("expected an operator or `)`")
            .also(self.place(open.start, open.end), "closes this bracket");
        let help = self.help_for(token).unwrap_or_else(|| "write `)` before it".to_owned());
        self.tell_here(diagnostic.help(help));
        self.skip_to(|_| false);
        let end = self.token().end;
        self.bump();
        end
    }

    fn missing_operator(&mut self, left: &Parsed) {
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
            TokenKind::Word("mod" | "modulo" | "rem") => "write `a - b * floor(a / b)`",
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
            TokenKind::Symbol(":") => "drop it; `:` stands in folds, and behind the `for` and `if` of an effect",
            _ => return None,
        };
        Some(text.to_owned())
    }

    /// Tells that a value is missing here, and goes to where something new can begin.
    fn missing_value(&mut self) {
        let token = self.token();
        let operator = self.before(1).filter(|token| matches!(token.kind, TokenKind::Symbol(_) | TokenKind::Word(_)));
        let behind = operator.map(|token| self.slice(token.start, token.end));
        let diagnostic = match (&token.kind, operator, &behind) {
            (TokenKind::End, Some(operator), Some(text)) => self
                .diagnose(Code::UnexpectedToken, operator, format!("a value is missing behind `{text}`"))
                .help(format!("write a value behind it, or drop `{text}`")),
            (TokenKind::End, ..) => {
                self.diagnose(Code::UnexpectedToken, token, "a value is missing").help("write a value, such as `0.5`")
            }
            (_, _, behind) => {
                let here = self.slice(token.start, token.end);
                let message = match behind {
                    Some(text) if self.ends_part() => format!("a value is missing between `{text}` and `{here}`"),
                    _ => format!("unexpected `{here}`"),
                };
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, message).label("expected a value");
                diagnostic.help(match token.kind {
                    TokenKind::Symbol("=") if behind.as_deref() == Some("=") => "write `==` without a blank".to_owned(),
                    TokenKind::Symbol("=") if matches!(behind.as_deref(), Some("<" | ">" | "!")) => {
                        format!("write `{}=` without a blank", behind.as_deref().unwrap_or_default())
                    }
                    TokenKind::Symbol("/") if behind.as_deref() == Some("/") => "write `floor(a / b)`".to_owned(),
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
        if doubled || self.at("=") || self.at("/") {
            self.bump();
            if self.token().begins_operand() {
                self.unary();
                return;
            }
        }
        self.recover();
    }

    fn tell_remainder(&mut self, token: Token<'_>, left: &Parsed, right: &Parsed) {
        let (a, b) = (self.written(left), self.written(right));
        let diagnostic = self.diagnose(Code::ForeignOperator, token, "`%` is not in the language");
        let help = match left.expression.kind {
            Kind::Number(_) => {
                format!("write `{} * {b}` for a share, `{a} - {b} * floor({a} / {b})` for what is left", percent(&a))
            }
            _ => format!("write `{a} - {b} * floor({a} / {b})`"),
        };
        self.complaints.tell(diagnostic.help(help));
    }

    fn tell_percent(&mut self, token: Token<'_>, value: &Parsed) {
        let text = self.written(value);
        let diagnostic = self.diagnose(Code::ForeignOperator, token, "`%` is not in the language");
        let help = match value.expression.kind {
            Kind::Number(_) => format!("write `{}`", percent(&text)),
            _ => format!("write `{text} / 100`"),
        };
        self.complaints.tell(diagnostic.help(help));
    }

    /// `hostility[junta]`, `france.hostility(junta)`: told as what was meant.
    fn index(&mut self, value: Parsed) -> Parsed {
        let mut people: Vec<String> = Vec::new();
        let mut relation = value.expression;
        loop {
            relation = match relation.kind {
                Kind::Member { owner, name } => {
                    people.insert(0, super::print::print(&owner));
                    super::ast::Expression { kind: Kind::Name(name.text), span: name.span }
                }
                Kind::Call { function, arguments } => {
                    people.splice(0..0, arguments.iter().map(super::print::print));
                    super::ast::Expression { kind: Kind::Name(function.text), span: function.span }
                }
                _ => break,
            };
        }
        let first = self.token();
        // The first bracket may stand apart (`x [1]`); it is always taken, so that whoever calls gets on.
        while matches!(self.token().kind, TokenKind::Symbol("[" | "("))
            && (self.token() == first || self.token().start == self.before(1).map_or(0, |token| token.end))
        {
            let open = self.bump();
            while !matches!(self.token().kind, TokenKind::Symbol(")" | "]" | "}") | TokenKind::End) {
                let part = self.expression();
                people.push(self.written(&part));
                if !self.take(",") {
                    break;
                }
            }
            if !(open.is("[") && self.take("]")) {
                self.close(open, open.end, open.end);
            }
        }
        let name = match &relation.kind {
            Kind::Name(name) if !name.is_empty() => name.clone(),
            _ => "relation".to_owned(),
        };
        let help = match people.as_slice() {
            [one] => format!(
                "write `{one}.{name}` for an attribute, `{name}(from, {one})` for a relation: from whom towards whom"
            ),
            [] => format!("write `{name}(from, to)`"),
            _ => format!("write `{name}({})`", people.join(", ")),
        };
        let code = if people.len() == 2 { Code::NeedsPair } else { Code::UnexpectedToken };
        let message = match code {
            Code::NeedsPair => format!("what `{name}` is between two actors is written like a function"),
            _ => format!("unexpected `{}`", self.slice(first.start, first.end)),
        };
        let diagnostic = self.diagnose(code, first, message);
        self.tell_here(diagnostic.help(help));
        let mut hole = self.hole();
        (hole.start, hole.end) = (value.start, self.before(1).map_or(value.end, |token| token.end));
        hole
    }
}

/// A percentage as a number: `50` gives `0.5`.
fn percent(text: &str) -> String {
    format!("{text}e-2").parse::<f64>().map_or_else(|_| text.to_owned(), super::print::print_number)
}
