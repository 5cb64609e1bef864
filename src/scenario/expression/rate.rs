//! `per`: the end of a rate.

use super::ast::{Kind, Unit};
use super::cursor::{Cursor, Parsed, Sides};
use super::token::TokenKind;
use super::unit::{suggest_unit, unit_for_number};
use super::words::unit;
use crate::diagnostic::Code;

/// `per` and what stands behind it.
struct Suffix {
    amount: Option<f64>,
    unit: Unit,
    /// Its bytes in the text.
    start: usize,
    end: usize,
}

/// A term of `0.1 per day + 0.2`.
struct Term {
    /// The operator before it; empty for the first.
    operator: String,
    /// The term without its `per`.
    value: String,
    /// `per day`, if it has that.
    per: Option<String>,
}

impl Cursor<'_> {
    /// `operand "per" [ number ] unit`. The cursor is at `per`.
    #[inline(never)]
    pub(super) fn rate(&mut self, operand: Parsed) -> Parsed {
        let Some(suffix) = self.suffix(&operand) else {
            self.recover();
            return self.hole();
        };
        let told = self.rate_of_condition(&operand, &suffix);
        if self.operator_here() {
            self.operator_behind_rate(&operand, &suffix, told);
            return self.hole();
        }
        let (start, height) = (operand.start, operand.height);
        self.node(Kind::Per(Box::new(operand.expression), suffix.amount, suffix.unit), start, suffix.end, height)
    }

    fn suffix(&mut self, operand: &Parsed) -> Option<Suffix> {
        let start = self.bump().start;
        let token = self.token();
        let value = self.written(operand);
        match token.kind {
            TokenKind::Word(word) => {
                if let Some(unit) = unit(word) {
                    self.bump();
                    return Some(Suffix { amount: None, unit, start, end: token.end });
                }
                let help = match suggest_unit(word, 1.0) {
                    Some((1.0, unit)) => {
                        format!("write `per {}`", super::words::unit_word(unit, true))
                    }
                    Some((amount, unit)) => format!("write `per {}`", super::print::duration(amount, unit)),
                    None if token.begins_operand() => {
                        format!("write `{value} / {word}`: a number by a duration is a rate")
                    }
                    None => "write `per day`".to_owned(),
                };
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, "behind `per` stands a unit of time");
                self.tell_here(diagnostic.help(help));
            }
            TokenKind::Number(amount) => {
                self.bump();
                let text = self.slice(token.start, token.end);
                if let TokenKind::Word(word) = self.token().kind
                    && let Some(unit) = unit(word)
                {
                    let end = self.bump().end;
                    return Some(Suffix { amount: Some(amount), unit, start, end });
                }
                let help = unit_for_number(&text, amount, self.token())
                    .map_or_else(|| format!("write `per {text} days`"), |text| format!("write `per {text}`"));
                let message = format!("{text} what? a duration has a unit");
                let diagnostic = self.diagnose(Code::MissingUnit, token, message);
                self.tell_here(diagnostic.help(help));
            }
            TokenKind::Symbol("(") => {
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, "behind `per` stands a unit of time");
                let help = format!("write `per 30 days`, or `{value} / (..)`: a number by a duration is a rate");
                self.tell_here(diagnostic.help(help));
            }
            kind => {
                let shown = self.before(1).filter(|_| kind == TokenKind::End).unwrap_or(token);
                let diagnostic = self.diagnose(Code::UnexpectedToken, shown, "behind `per` stands a unit of time");
                self.tell_here(diagnostic.help("write `per day`"));
            }
        }
        None
    }

    /// Tells of `a > 0.1 per day`, where `per` belongs to the whole condition. True if it did.
    fn rate_of_condition(&mut self, operand: &Parsed, suffix: &Suffix) -> bool {
        let condition = matches!(
            operand.expression.kind,
            Kind::Compare(..) | Kind::Is { .. } | Kind::In { .. } | Kind::Not(_) | Kind::And(_) | Kind::Or(_)
        );
        if operand.bracketed || !condition {
            return false;
        }
        let per = self.slice(suffix.start, suffix.end);
        let message = format!("`{per}` holds of the whole condition before it");
        let diagnostic = self.complaints.at(Code::PerEndsRate, suffix.start, suffix.end, message);
        let help = match self.last_comparison {
            Some(Sides { right: (start, end), .. }) if end == operand.end => {
                format!("write `{} ({})`", self.slice(operand.start, start), self.slice(start, suffix.end))
            }
            _ => format!("put the rate in brackets, such as `(0.1 {per})`"),
        };
        self.complaints.tell(diagnostic.help(help));
        true
    }

    fn operator_here(&self) -> bool {
        match self.token().kind {
            TokenKind::Word(word) => matches!(word, "and" | "or" | "is" | "in" | "not" | "per"),
            TokenKind::Symbol(symbol) => !matches!(symbol, "(" | ")" | "[" | "]" | "{" | "}" | "," | ":" | ";" | "?"),
            _ => false,
        }
    }

    /// Tells of an operator behind `per day` and reads on to the end of this level.
    fn operator_behind_rate(&mut self, operand: &Parsed, suffix: &Suffix, told: bool) {
        let first_operator = self.token();
        let per = self.slice(suffix.start, suffix.end);
        let mut terms = vec![Term { operator: String::new(), value: self.written(operand), per: Some(per.clone()) }];
        while self.operator_here() {
            if self.at("per") {
                let value = self.hole();
                self.suffix(&value);
                continue;
            }
            let start = self.bump().start;
            while matches!(self.token().kind, TokenKind::Word("not" | "in")) {
                self.bump();
            }
            let operator = self.slice(start, self.before(1).map_or(start, |token| token.end));
            let value = self.conditional();
            let mut term = Term { operator, value: self.written(&value), per: None };
            if self.at("per") {
                match self.suffix(&value) {
                    Some(suffix) => term.per = Some(self.slice(suffix.start, suffix.end)),
                    None => self.recover(),
                }
            }
            terms.push(term);
        }
        if told {
            return;
        }
        let operator = self.slice(first_operator.start, first_operator.end);
        let message = format!("`{per}` ends a rate, but `{operator}` follows");
        let diagnostic = self.diagnose(Code::PerEndsRate, first_operator, message);
        self.complaints.tell(if terms.len() <= 6 {
            diagnostic.help(format!("write `{}`", corrected(&terms, &per)))
        } else {
            diagnostic.help("put each rate in brackets, such as `(0.1 per day)`")
        });
    }
}

/// The terms with brackets where they are needed.
fn corrected(terms: &[Term], per: &str) -> String {
    let arithmetic = |term: &Term| matches!(term.operator.as_str(), "" | "+" | "-" | "*" | "/");
    let rates = terms.iter().filter(|term| term.per.is_some()).count();
    let mut text = String::new();
    for term in terms {
        if !term.operator.is_empty() {
            text.push_str(&format!(" {} ", term.operator));
        }
        match &term.per {
            Some(per) if rates > 1 || !terms.iter().all(arithmetic) => {
                text.push_str(&format!("({} {per})", term.value));
            }
            _ => text.push_str(&term.value),
        }
    }
    if rates <= 1 && terms.iter().all(arithmetic) {
        text.push(' ');
        text.push_str(per);
    }
    text
}
