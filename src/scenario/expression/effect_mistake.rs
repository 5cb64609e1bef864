//! What is said of effects that are written wrongly.

use super::cursor::Cursor;
use super::effect::without_quotes;
use super::token::TokenKind;
use crate::diagnostic::Code;

impl Cursor<'_> {
    /// A second `if`, a second `for`, or a `for` behind the `if`.
    pub(super) fn misplaced_prefix(&mut self, has_each: bool, tested: Option<&str>) {
        let token = self.token();
        let diagnostic = if self.at("if") {
            let first = tested.unwrap_or("a");
            let second = self.rest_of_level(token.end, |token| token.is(":"));
            self.diagnose(Code::UnexpectedToken, token, "an effect has one `if`")
                .help(format!("write `if ({first}) and ({second}): ..`"))
        } else if has_each {
            self.diagnose(Code::UnexpectedToken, token, "an effect has one `for`")
                .help("write a rule with `actor` and `target` for pairs, or one effect for each group")
        } else {
            self.diagnose(Code::UnexpectedToken, token, "the `for` of an effect stands before its `if`")
                .help("write `for m in group: if condition: ..`")
        };
        self.tell_here(diagnostic);
        while self.at("for") || self.at("if") {
            if self.at("for") {
                self.each();
            } else {
                self.effect_condition();
            }
        }
    }

    /// Tells that an expression stands where an effect should.
    pub(super) fn no_effect(&mut self, target: &str) {
        let token = self.token();
        if target.is_empty() {
            self.complaints.fail();
            self.skip_to(|token| token.is(";"));
            return;
        }
        let diagnostic = match token.kind {
            TokenKind::Word(word @ ("to" | "by" | "becomes" | "is")) => {
                let (operator, value) = (if word == "by" { "+=" } else { "=" }, self.rest_of_effect(token.end));
                self.diagnose(Code::UnexpectedToken, token, format!("unexpected `{word}`"))
                    .help(format!("write `{target} {operator} {}`", without_quotes(&value)))
            }
            TokenKind::End => {
                let before = self.before(1).unwrap_or(token);
                self.complaints
                    .at(Code::UnexpectedToken, before.start.min(token.start), before.end, "this changes nothing")
                    .help(format!("write `{target} = value`, `{target} += value` or `{target} -= value`"))
            }
            _ => {
                let message = self.name_of_token();
                self.diagnose(Code::UnexpectedToken, token, message)
                    .label("expected `=`, `+=` or `-=`")
                    .help(format!("write `{target} = value`, `{target} += value` or `{target} -= value`; conditions belong into `when` or before a `:`"))
            }
        };
        self.tell_here(diagnostic);
        self.skip_to(|token| matches!(token.kind, TokenKind::Symbol(";")));
    }

    /// `start expulsion`
    pub(super) fn action_without_bracket(&mut self, word: &str) {
        let token = self.bump();
        let mut words = Vec::new();
        while let TokenKind::Word(name) = self.token().kind {
            words.push(name);
            self.bump();
        }
        let first = words.first().copied().unwrap_or("clock");
        let last = words.last().copied().filter(|_| words.len() > 1).unwrap_or("actor");
        let help = match word {
            "start" => format!("write `start({first}, 48 hours)`"),
            "stop" => format!("write `stop({first})`"),
            _ => format!("write `{word}({first}, {last})`: the group, then who"),
        };
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, format!("`{word}` has no brackets behind it"));
        self.complaints.tell(diagnostic.help(help));
        self.skip_to(|token| token.is(";"));
    }

    /// `set x to 1`, `increase x by 1`
    pub(super) fn action_in_words(&mut self, word: &str) {
        let token = self.bump();
        let place = self.postfix();
        let operator = match word {
            "set" | "let" => "=",
            "decrease" | "lower" | "reduce" | "subtract" => "-=",
            _ => "+=",
        };
        let by = matches!(self.token().kind, TokenKind::Word("to" | "by" | "be" | "from"))
            || matches!(self.token().kind, TokenKind::Symbol("=" | "+=" | "-=" | ":="));
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, format!("unexpected `{word}`"));
        if !by {
            let target = self.written(&place);
            self.complaints.tell(diagnostic.help(format!("write `{target} {operator} value`")));
            self.skip_to(|token| token.is(";"));
            return;
        }
        let connective = self.bump();
        let value = self.expression();
        let (mut target, mut amount) = (self.written(&place), self.written(&value));
        if matches!(word, "add" | "subtract") {
            std::mem::swap(&mut target, &mut amount);
        }
        let operator = match connective.kind {
            TokenKind::Symbol(symbol) if symbol != ":=" => symbol,
            TokenKind::Word("to") if !matches!(word, "add" | "subtract") => "=",
            _ => operator,
        };
        let amount = without_quotes(&amount);
        self.complaints.tell(diagnostic.help(format!("write `{target} {operator} {amount}`")));
    }

    /// Several actions in one text.
    pub(super) fn further_actions(&mut self, start: usize, end: usize) {
        let separator = self.token();
        if !matches!(separator.kind, TokenKind::Symbol(";" | ",")) {
            return;
        }
        let first_is_missing = start >= end;
        let mut texts = vec![self.slice(start, end)];
        while matches!(self.token().kind, TokenKind::Symbol(";" | ",")) {
            self.bump();
            if self.at_end() {
                break;
            }
            let from = self.token().start;
            self.action();
            texts.push(self.slice(from, self.before(1).map_or(from, |token| token.end)));
        }
        if first_is_missing {
            self.complaints.fail();
            return;
        }
        let mark = self.slice(separator.start, separator.end);
        let diagnostic = self.diagnose(Code::UnexpectedToken, separator, format!("unexpected `{mark}`"));
        self.complaints.tell(match texts.as_slice() {
            [_] => diagnostic.help("drop it"),
            _ => {
                let list: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
                diagnostic.help(format!("write one effect in a text: `[{}]`", list.join(", ")))
            }
        });
    }

    /// `if c: a else: b`, `a when c`: told as what was meant.
    pub(super) fn words_behind(&mut self, start: usize, end: usize, tested: Option<String>) {
        let token = self.token();
        match token.kind {
            TokenKind::Word("else") => {
                let next = if self.ahead(1).is(":") { self.ahead(1).end } else { token.end };
                let rest = self.rest_of_effect(next);
                let tested = tested.unwrap_or_else(|| "condition".to_owned());
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, "the `if` of an effect has no `else`");
                self.tell_here(diagnostic.help(format!("write a second effect: `if not ({tested}): {rest}`")));
            }
            TokenKind::Word(word @ ("when" | "whenever" | "where" | "unless")) => {
                let (action, rest) = (self.slice(start, end), self.rest_of_effect(token.end));
                let diagnostic = self.diagnose(Code::UnexpectedToken, token, format!("unexpected `{word}`"));
                self.tell_here(diagnostic.help(match word {
                    "unless" => format!("write `if not ({rest}): {action}`"),
                    _ => format!("write `if {rest}: {action}`"),
                }));
            }
            _ => return,
        }
        self.skip_to(|_| false);
        self.complaints.hush();
    }

    /// What the user wrote from `start` to the end of this effect.
    pub(super) fn rest_of_effect(&self, start: usize) -> String {
        self.rest_of_level(start, |token| matches!(token.kind, TokenKind::Symbol(";") | TokenKind::Word("else")))
    }
}
