//! Effects: `for`, `if`, and what is done.

use super::ast::{Action, Assignment, Each, Effect, Kind, Name, Place};
use super::cursor::{Cursor, Parsed};
use super::token::TokenKind;
use super::words::{function_word, is_reserved};
use crate::diagnostic::Code;

impl Cursor<'_> {
    /// A whole effect. `None` after a mistake in what it does; other mistakes are known to the complaints only.
    pub(super) fn effect(&mut self) -> Option<Effect> {
        let start = self.token().start;
        let each = self.at("for").then(|| self.each());
        let condition = self.at("if").then(|| self.effect_condition());
        let tested = condition.as_ref().map(|condition| self.written(condition));
        if self.at("for") || self.at("if") {
            self.misplaced_prefix(each.is_some(), tested.as_deref());
        }
        let first = self.action();
        let mut end = self.before(1).map_or(start, |token| token.end);
        self.further_actions(start, end);
        self.words_behind(start, end, tested);
        end = end.max(start);
        let action = first?;
        Some(Effect { each, condition: condition.map(|part| part.expression), action, span: self.place(start, end) })
    }

    /// `"for" name "in" name [ "where" expression ] ":"`
    pub(super) fn each(&mut self) -> Each {
        let keyword = self.bump();
        if let TokenKind::Word(word @ ("each" | "every" | "all" | "any")) = self.token().kind
            && !self.ahead(1).is("in")
        {
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), format!("unexpected `{word}`"));
            self.tell_here(diagnostic.help(format!("drop `{word}`")));
            self.bump();
        }
        let variable = self.new_name("a variable");
        self.expect_word("in", "expected `in` and a group");
        let group = self.group_of_fold();
        let head_end = self.before(1).map_or(keyword.end, |token| token.end);
        let has_colon = self.find_at_level(|token| token.is(":")).is_some();
        if !has_colon {
            let mark = if self.at(";") || self.at(",") { self.bump().end } else { head_end };
            let head = self.slice(keyword.start, head_end);
            let diagnostic = self.diagnose(Code::UnexpectedToken, keyword, "the `for` of an effect ends with `:`");
            let rest = self.rest_of_effect(mark);
            self.complaints.tell(diagnostic.help(if self.at("where") || self.at("if") || rest.is_empty() {
                format!("write `{head}: place += value`, or `{head} where condition: place += value`")
            } else {
                format!("write `{head}: {rest}`")
            }));
            if rest.is_empty() {
                self.complaints.hush();
            }
            if self.at("where") || self.at("if") {
                self.skip_to(|_| false);
                self.complaints.hush();
            }
            return Each { variable, group, filter: None };
        }
        let filter = if self.at("where") { self.filter() } else { None };
        if !self.take(":") {
            let message = self.name_of_token();
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), message).label("expected `:`");
            self.tell_here(diagnostic.help("write `for m in group where condition: ..`"));
            self.skip_to(|token| token.is(":"));
            self.take(":");
        }
        Each { variable, group, filter: filter.map(|part| part.expression) }
    }

    /// `"if" expression ":"`
    pub(super) fn effect_condition(&mut self) -> Parsed {
        let keyword = self.bump();
        let colon = self.find_at_level(|token| token.is(":"));
        let then = self.find_at_level(|token| token.is("then"));
        if colon.is_none() && then.is_none() {
            let diagnostic = self.diagnose(Code::UnexpectedToken, keyword, "the `if` of an effect ends with `:`");
            self.tell_here(diagnostic.help("write `if condition: place += value`"));
            self.skip_to(|_| false);
            self.complaints.hush();
            return self.hole();
        }
        let condition = self.expression();
        if self.at("then") {
            let tested = self.written(&condition);
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), "unexpected `then`");
            let rest = self.rest_of_effect(self.token().end);
            self.tell_here(
                diagnostic.help(format!("write `if {tested}: {rest}`; the `if` of an effect ends with `:`")),
            );
            self.bump();
            self.take(":");
        } else if !self.take(":") {
            let message = self.name_of_token();
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), message).label("expected `:`");
            self.tell_here(diagnostic.help("write `if condition: place += value`"));
            self.skip_to(|token| token.is(":"));
            self.take(":");
        }
        condition
    }

    /// `place ( "=" | "+=" | "-=" ) expression`, or `start`, `stop`, `join`, `leave`.
    pub(super) fn action(&mut self) -> Option<Action> {
        let token = self.token();
        if token.kind == TokenKind::End {
            let diagnostic = self.diagnose(Code::UnexpectedToken, token, "nothing is done here");
            self.tell_here(diagnostic.help("write `place = value`, `place += value` or `place -= value`"));
            return None;
        }
        if let TokenKind::Word(word) = token.kind {
            let next = self.ahead(1);
            match word {
                "start" | "stop" | "join" | "leave" if next.is("(") => return self.call_action(word),
                "start" | "stop" | "join" | "leave" if matches!(next.kind, TokenKind::Word(_)) => {
                    self.action_without_bracket(word);
                    return None;
                }
                "set" | "let" | "increase" | "raise" | "decrease" | "lower" | "reduce" | "add" | "subtract"
                    if next.begins_operand() && !next.is("(") =>
                {
                    self.action_in_words(word);
                    return None;
                }
                _ => {}
            }
        }
        let place = self.postfix();
        let assignment = self.assignment(&place)?;
        let head_end = place.end;
        let sign = match assignment {
            Assignment::Set => "=",
            Assignment::Add => "+=",
            Assignment::Subtract => "-=",
        };
        let head = format!("{} {sign}", self.slice(place.start, head_end));
        self.effect_head = Some((head, self.token().start));
        let value = self.expression();
        self.effect_head = None;
        let place = self.place_of(place)?;
        Some(Action::Write { place, assignment, value: value.expression })
    }

    /// The assigning operator. Others are told; where the rest is a value all the same, it is read as `=`.
    fn assignment(&mut self, place: &Parsed) -> Option<Assignment> {
        let token = self.token();
        let next = self.ahead(1);
        let target = self.written(place);
        let TokenKind::Symbol(symbol) = token.kind else {
            self.no_effect(&target);
            return None;
        };
        match symbol {
            "=" if next.is("+") && next.start == token.end => {
                let diagnostic = self.complaints.at(Code::UnexpectedToken, token.start, next.end, "unexpected `=+`");
                self.tell_here(diagnostic.help("write `+=`"));
                self.bump();
                self.bump();
                Some(Assignment::Add)
            }
            "=" if next.is("=") => {
                let diagnostic = self.complaints.at(Code::UnexpectedToken, token.start, next.end, "unexpected `= =`");
                let value = self.rest_of_effect(next.end);
                self.tell_here(diagnostic.help(format!("write `{target} = {value}`")));
                self.bump();
                self.bump();
                Some(Assignment::Set)
            }
            "=" | "+=" | "-=" => {
                self.bump();
                Some(match symbol {
                    "=" => Assignment::Set,
                    "+=" => Assignment::Add,
                    _ => Assignment::Subtract,
                })
            }
            "<" if next.is("-") && next.start == token.end => {
                let diagnostic = self.complaints.at(Code::ForeignOperator, token.start, next.end, "unexpected `<-`");
                let value = self.rest_of_effect(next.end);
                self.tell_here(diagnostic.help(format!("write `{target} = {value}`")));
                self.bump();
                self.bump();
                Some(Assignment::Set)
            }
            ":=" | "==" => {
                let message = if symbol == "==" { "`==` compares, `=` stores" } else { "unexpected `:=`" };
                let diagnostic = self.diagnose(Code::ForeignOperator, token, message);
                let value = self.rest_of_effect(token.end);
                self.tell_here(diagnostic.help(format!("write `{target} = {}`", without_quotes(&value))));
                self.bump();
                Some(Assignment::Set)
            }
            "*=" | "/=" | "^=" => {
                self.bump();
                let value = self.expression();
                let operator = &symbol[..1];
                let text = match value.expression.kind {
                    Kind::Arithmetic(..) | Kind::If(..) | Kind::Per(..) if !value.bracketed => {
                        format!("({})", self.written(&value))
                    }
                    _ => self.written(&value),
                };
                let diagnostic = self.diagnose(Code::ForeignOperator, token, format!("unexpected `{symbol}`"));
                self.complaints.tell(diagnostic.help(format!("write `{target} = {target} {operator} {text}`")));
                None
            }
            "+" | "-" if next.is(symbol) && self.ahead(2).kind == TokenKind::End => {
                let message = format!("unexpected `{symbol}{symbol}`");
                let diagnostic = self.complaints.at(Code::ForeignOperator, token.start, next.end, message);
                self.tell_here(diagnostic.help(format!("write `{target} {symbol}= 1`")));
                self.bump();
                self.bump();
                None
            }
            "+" | "-" => {
                self.bump();
                let value = self.sum();
                let text = self.written(&value);
                let diagnostic =
                    self.diagnose(Code::UnexpectedToken, token, "this computes a value, but changes nothing");
                self.complaints.tell(diagnostic.help(format!("write `{target} {symbol}= {text}`")));
                None
            }
            _ => {
                self.no_effect(&target);
                None
            }
        }
    }

    /// What an expression before `=` names.
    fn place_of(&mut self, place: Parsed) -> Option<Place> {
        let (start, end) = (place.start, place.end);
        let written = self.written(&place);
        let span = place.expression.span;
        match place.expression.kind {
            Kind::Name(text) if text.is_empty() => None,
            Kind::Name(text) if is_reserved(&text) && !place.bracketed => {
                let message = format!("`{text}` is a word of the language and cannot be changed");
                let diagnostic = self.complaints.at(Code::ReservedName, start, end, message);
                self.complaints.tell(diagnostic.help("write a state, an attribute or a relation"));
                None
            }
            Kind::Name(text) if !place.bracketed => Some(Place::Name(Name { text, span })),
            Kind::Member { owner, name } if !place.bracketed => Some(Place::Attribute { owner: *owner, name }),
            Kind::Call { function, mut arguments } if !place.bracketed && function_word(&function.text).is_none() => {
                let count = arguments.len();
                if let (Some(to), Some(from), 2) = (arguments.pop(), arguments.pop(), count) {
                    return Some(Place::Relation { name: function, from, to });
                }
                let name = &function.text;
                let message = format!("`{written}` names no pair of actors");
                let diagnostic = self.complaints.at(Code::NeedsPair, start, end, message);
                self.complaints.tell(diagnostic.help(format!("write `{name}(from, to)`: from whom towards whom")));
                None
            }
            _ => {
                let message = format!("nothing can be stored in `{written}`");
                let diagnostic = self.complaints.at(Code::UnexpectedToken, start, end, message);
                self.complaints
                    .tell(diagnostic.help("write a state, `actor.attribute` or `relation(from, to)` before `=`"));
                None
            }
        }
    }

    /// `start(clock, duration)`, `stop(clock)`, `join(group, actor)`, `leave(group, actor)`.
    fn call_action(&mut self, word: &str) -> Option<Action> {
        let token = self.bump();
        let open = self.bump();
        let outside = std::mem::replace(&mut self.in_arguments, true);
        let (usage, what) = match word {
            "start" => ("start(clock, 48 hours)", "a clock"),
            "stop" => ("stop(clock)", "a clock"),
            "join" => ("join(group, actor)", "a group"),
            _ => ("leave(group, actor)", "a group"),
        };
        let name = self.name(what);
        let complaints = self.complaints.count();
        let mut values = Vec::new();
        let mut mark = None;
        while self.take(",") {
            values.push(self.expression());
            if self.decimal_comma_here() {
                mark = mark.or(Some(self.token()));
            }
        }
        let end = self.close(open, token.start);
        self.in_arguments = outside;
        let wanted = usize::from(word != "stop");
        if self.complaints.count() > complaints || name.text.is_empty() {
            return None;
        }
        if values.len() != wanted {
            let usage = usage.replacen("clock", &name.text, 1).replacen("group", &name.text, 1);
            let takes = if wanted == 1 { "2 arguments" } else { "1 argument" };
            let (diagnostic, help) = match mark {
                Some(comma) => {
                    let message = "`,` separates arguments, the decimal mark is a point";
                    let help =
                        format!("write `{}.{}`", self.slice(token.start, comma.start), self.slice(comma.end, end));
                    (self.diagnose(Code::DecimalMark, comma, message), help)
                }
                None => {
                    let message = format!("`{word}` takes {takes}");
                    let help = format!("write `{usage}`");
                    (self.complaints.at(Code::WrongArguments, token.start, end, message), help)
                }
            };
            self.tell_here(diagnostic.help(help));
            return None;
        }
        let value = values.pop().map(|value| value.expression);
        match (word, value) {
            ("start", Some(duration)) => Some(Action::Start { clock: name, duration }),
            ("join", Some(actor)) => Some(Action::Join { group: name, actor }),
            ("leave", Some(actor)) => Some(Action::Leave { group: name, actor }),
            ("stop", None) => Some(Action::Stop { clock: name }),
            _ => None,
        }
    }
}

/// A value without the quotes around it.
pub(super) fn without_quotes(text: &str) -> &str {
    text.trim_matches(['"', '\'', '`', '\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'])
}
