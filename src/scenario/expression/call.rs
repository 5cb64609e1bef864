//! Calls and folds.

use super::ast::{FoldKind, Kind, Name};
use super::cursor::{Cursor, Parsed};
use super::token::{Token, TokenKind};
use super::words::{ACTIONS, distribution, fold, function_word, is_keyword};
use crate::diagnostic::Code;

/// Functions that draw in other languages; told when they are called without arguments.
const FOREIGN_DRAWS: &[&str] = &["random", "rand", "rnd", "runif", "rnorm", "uniform01"];

/// Arguments as read.
struct Arguments {
    parts: Vec<Parsed>,
    /// One past the closing bracket.
    end: usize,
    /// Whether a comma looks like a decimal mark: digits on both sides, without a blank.
    tight: Option<(usize, usize)>,
    /// Whether another comma is written with a blank.
    loose: bool,
}

/// What becomes of `name =` before an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// It is read as a comparison.
    None,
    /// It is told.
    Told,
    /// It is passed over, because the whole call is told.
    Skipped,
}

/// The parts of a fold's head.
struct FoldHead {
    variable: Name,
    group: Name,
    filter: Option<Parsed>,
}

impl Cursor<'_> {
    /// A name with a bracket behind it.
    #[inline(never)]
    pub(super) fn call_or_fold(&mut self, word: &str) -> Parsed {
        let token = self.token();
        let over_group =
            matches!(self.ahead(2).kind, TokenKind::Word(word) if !is_keyword(word)) && self.ahead(3).is("in");
        match fold(word) {
            Some(kind) if over_group => return self.fold(kind, token),
            Some(_) if function_word(word).is_none() => return self.fold_without_variable(word),
            _ => {}
        }
        self.bump();
        let open = self.bump();
        if distribution(word).is_some() || FOREIGN_DRAWS.contains(&word) && self.at(")") {
            return self.draw(word, token, open);
        }
        if ACTIONS.contains(&word) {
            let diagnostic = self.diagnose(Code::UnexpectedToken, token, format!("`{word}` is an effect, not a value"));
            self.tell_here(
                diagnostic.help(
                    "put it into `effects`; `running(clock)`, `expired(clock)` and `actor in group` are conditions",
                ),
            );
        }
        let named = function_word(word).is_some_and(|function| function.most != Some(1));
        let arguments = self.arguments(open, token.start, if named { Naming::Told } else { Naming::None });
        let count = arguments.parts.len();
        self.check_commas(word, &arguments);
        if word == "today" || word == "day" {
            let diagnostic = self.diagnose(Code::WrongArguments, token, format!("`{word}` takes no arguments"));
            self.complaints.tell(diagnostic.help(format!("write `{word}`")));
        } else if count > 0 && arguments.tight.is_none() {
            self.check_count(word, count, token.start, arguments.end);
        }
        let height = arguments.parts.iter().map(|part| part.height).max().unwrap_or(0);
        let function = Name { text: word.to_owned(), span: self.place(token.start, token.end) };
        let parts = arguments.parts.into_iter().map(|part| part.expression).collect();
        self.node(Kind::Call { function, arguments: parts }, token.start, arguments.end, height)
    }

    /// Tells of a function of the language with too few or too many arguments.
    #[inline(never)]
    fn check_count(&mut self, word: &str, count: usize, start: usize, end: usize) {
        let Some(function) = function_word(word) else {
            return;
        };
        if count >= function.least && function.most.is_none_or(|most| count <= most) {
            return;
        }
        let takes = match (function.least, function.most) {
            (1, Some(1)) => "1 argument".to_owned(),
            (least, Some(most)) if least == most => format!("{least} arguments"),
            (least, Some(most)) => format!("{least} to {most} arguments"),
            (least, None) => format!("{least} or more arguments"),
        };
        let here = if count == 1 { "here is 1".to_owned() } else { format!("here are {count}") };
        let message = format!("`{word}` takes {takes}, and {here}");
        let diagnostic = self.complaints.at(Code::WrongArguments, start, end, message);
        self.complaints.tell(diagnostic.help(format!("write `{}`", function.usage)));
    }

    /// Reads arguments to the closing bracket. None at all are told.
    fn arguments(&mut self, open: Token<'_>, start: usize, naming: Naming) -> Arguments {
        let outside = std::mem::replace(&mut self.in_arguments, true);
        let mut read = Arguments { parts: Vec::new(), end: open.end, tight: None, loose: false };
        if self.at(")") {
            let before = self.before(2).map(|token| self.slice(token.start, token.end)).unwrap_or_default();
            let message = format!("`{before}` is called with nothing in the brackets");
            let help = match function_word(&before) {
                Some(function) => format!("write `{}`", function.usage),
                None => format!("write `{before}` without brackets, or give it arguments"),
            };
            let diagnostic = self.complaints.at(Code::WrongArguments, open.start, self.token().end, message);
            if !matches!(before.as_str(), "day" | "today") {
                self.tell_here(diagnostic.help(help));
            }
        } else {
            loop {
                if naming != Naming::None && matches!(self.token().kind, TokenKind::Word(_)) && self.ahead(1).is("=") {
                    self.named_argument(naming);
                }
                read.parts.push(self.expression());
                if self.decimal_comma_here() {
                    let first = self.before(1).map_or(0, |token| token.start);
                    read.tight = read.tight.or(Some((first, self.ahead(1).end)));
                } else if self.at(",") && self.ahead(1).start > self.token().end {
                    read.loose = true;
                }
                if self.at(";") {
                    let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), "unexpected `;`");
                    self.tell_here(diagnostic.help("write `,` between arguments"));
                    self.bump();
                } else if !self.take(",") {
                    break;
                }
            }
        }
        read.end = self.close(open, start);
        self.in_arguments = outside;
        read
    }

    /// Goes past the name of an argument.
    #[inline(never)]
    fn named_argument(&mut self, naming: Naming) {
        let name = self.token();
        if naming == Naming::Told {
            let text = self.slice(name.start, name.end);
            let diagnostic = self.diagnose(Code::UnexpectedToken, name, "arguments of a function have no names");
            self.tell_here(diagnostic.help(format!("drop `{text} =`; the order decides")));
        }
        self.bump();
        self.bump();
    }

    /// Tells of `clamp(x, 0,5, 1)`, where one comma is a decimal mark.
    #[inline(never)]
    fn check_commas(&mut self, word: &str, arguments: &Arguments) {
        let Some((start, end)) = arguments.tight else {
            return;
        };
        let wrong_count = function_word(word).is_some_and(|function| {
            let count = arguments.parts.len();
            count < function.least || function.most.is_some_and(|most| count > most)
        });
        if arguments.loose || wrong_count {
            let written = self.slice(start, end);
            let (point, blank) = (written.replace(',', "."), written.replace(',', ", "));
            let message = "`,` separates arguments, the decimal mark is a point";
            let diagnostic = self.complaints.at(Code::DecimalMark, start, end, message);
            self.complaints.tell(diagnostic.help(format!("write `{point}`, or `{blank}` for two arguments")));
        }
    }

    /// `normal(0.2, 0.05)`: expressions draw nothing.
    #[inline(never)]
    fn draw(&mut self, word: &str, token: Token<'_>, open: Token<'_>) -> Parsed {
        let (word, arguments) = match distribution(word) {
            Some(arguments) => (word, arguments),
            None => ("uniform", ["low", "high"].as_slice()),
        };
        let values: Vec<String> = if self.at(")") {
            self.bump();
            vec!["0".to_owned(), "1".to_owned()]
        } else {
            let read = self.arguments(open, token.start, Naming::Skipped);
            let value = |part: &Parsed| match part.expression.kind {
                Kind::Number(_) => self.written(part),
                _ => format!("\"{}\"", self.written(part)),
            };
            read.parts.iter().map(value).collect()
        };
        let end = self.end_of_last();
        let pairs: Vec<String> =
            arguments.iter().zip(&values).map(|(name, value)| format!("{name} = {value}")).collect();
        let distribution = format!("{word} = {{ {} }}", pairs.join(", "));
        let instead = match &self.effect_head {
            Some((head, start)) if *start == token.start => format!("{head} size"),
            _ => "size".to_owned(),
        };
        let diagnostic =
            self.complaints.at(Code::RandomInExpression, token.start, end, "expressions draw no random numbers");
        let help = format!("add `draws = {{ size = {{ {distribution} }} }}` and write `{instead}`");
        self.complaints.tell(diagnostic.help(help));
        self.hole_over(token.start, end)
    }

    /// `fold "(" name "in" name [ "where" expression ] ":" expression [ "else" expression ] ")"`. The cursor is at the word.
    #[inline(never)]
    fn fold(&mut self, kind: FoldKind, word: Token<'_>) -> Parsed {
        self.bump();
        let open = self.bump();
        let outside = std::mem::replace(&mut self.in_arguments, false);
        let written = self.slice(word.start, word.end);
        let head = self.fold_head(&written);
        let group = head.group.text.clone();
        let variable = head.variable.text.clone();
        let sound = self.fold_colon(&written, &variable, &group, head.filter.as_ref());
        let mut height = head.filter.as_ref().map_or(0, |filter| filter.height);
        let body = if self.at(")") && !sound { self.hole() } else { self.expression() };
        let otherwise = self.take("else").then(|| self.expression());
        height = height.max(body.height).max(otherwise.as_ref().map_or(0, |part| part.height));
        let end = self.close(open, word.start);
        self.in_arguments = outside;
        let boxed = |part: Parsed| Box::new(part.expression);
        let kind = Kind::Fold {
            fold: kind,
            variable: head.variable,
            group: head.group,
            filter: head.filter.map(boxed),
            body: boxed(body),
            otherwise: otherwise.map(boxed),
        };
        self.node(kind, word.start, end, height)
    }

    /// `name "in" name [ "where" expression ]`
    #[inline(never)]
    fn fold_head(&mut self, fold: &str) -> FoldHead {
        let variable = self.new_name("a variable");
        self.expect_word("in", "expected `in` and a group");
        let group = self.group_of_fold();
        if self.at("where") && self.find_at_level(|token| token.is(":")).is_none() {
            self.fold_without_colon(fold, &variable.text, &group.text);
            return FoldHead { variable, group, filter: None };
        }
        let filter = self.filter();
        FoldHead { variable, group, filter }
    }

    /// `name "in" name [ "if" expression ]` of other languages.
    fn comprehension_head(&mut self) -> FoldHead {
        let variable = self.new_name("a variable");
        self.expect_word("in", "expected `in` and a group");
        let group = self.group_of_fold();
        let filter = (self.take("if") || self.take("where")).then(|| self.expression());
        FoldHead { variable, group, filter }
    }

    /// The group of a fold or a `for`.
    pub(super) fn group_of_fold(&mut self) -> Name {
        let token = self.token();
        if matches!(token.kind, TokenKind::Symbol("[" | "{" | "(")) {
            let diagnostic = self.diagnose(Code::UnexpectedToken, token, "behind `in` stands the name of a group");
            self.tell_here(diagnostic.help("give the list a name under [groups] and write that"));
            self.bump();
            self.skip_to(|_| false);
            self.bump();
            return Name { text: String::new(), span: self.place(token.start, token.end) };
        }
        let name = self.name("a group");
        self.only_a_group(&name);
        name
    }

    /// Tells of `g.members` and the like behind the name of a group.
    pub(super) fn only_a_group(&mut self, name: &Name) {
        if matches!(self.token().kind, TokenKind::Symbol("." | "(" | "[")) {
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), self.name_of_token());
            self.tell_here(diagnostic.help(format!("write the name of a group only, such as `{}`", name.text)));
            self.skip_to(|token| token.is(":") || token.is("where") || token.is("and") || token.is("or"));
        }
    }

    /// `[ "where" expression ]`
    pub(super) fn filter(&mut self) -> Option<Parsed> {
        if let TokenKind::Word(word @ ("if" | "when" | "with")) = self.token().kind {
            let diagnostic = self.diagnose(Code::UnexpectedToken, self.token(), format!("unexpected `{word}`"));
            self.tell_here(diagnostic.help("write `where`"));
            self.bump();
            return Some(self.expression());
        }
        self.take("where").then(|| self.expression())
    }

    /// Tells of `sum(m in g where c, x)` and `count(m in g where c)`, and goes to the bracket's end. The cursor is at `where`.
    #[inline(never)]
    fn fold_without_colon(&mut self, fold: &str, variable: &str, group: &str) {
        let token = self.token();
        let condition = self.rest_of_level(token.end, |token| token.is(",") || token.is("else"));
        self.skip_to(|token| token.is(","));
        let value = if self.at(",") { self.rest_of_level(self.token().end, |_| false) } else { String::new() };
        let help = match (fold, value.is_empty()) {
            (_, false) => format!("write `{fold}({variable} in {group} where {condition}: {value})`"),
            ("count" | "any", true) => format!("write `{fold}({variable} in {group}: {condition})`"),
            _ => format!("write `{fold}({variable} in {group} where condition: value)`"),
        };
        let message = format!("`{fold}` needs a `:` and a value behind its group");
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
        self.complaints.tell(diagnostic.help(help));
        self.skip_to(|_| false);
    }

    /// Goes past the `:` of a fold. False, and told, if there is none.
    #[inline(never)]
    fn fold_colon(&mut self, fold: &str, variable: &str, group: &str, filter: Option<&Parsed>) -> bool {
        if self.take(":") {
            return true;
        }
        let token = self.token();
        let message = format!("`{fold}` needs a `:` and a value behind its group");
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
        let condition = filter.map(|filter| self.written(filter));
        let value = self.rest_of_level(if self.at(",") { token.end } else { token.start }, |_| false);
        let help = match (fold, condition, token.kind) {
            ("count", None, TokenKind::Symbol(")")) => format!("write `size({group})`"),
            (_, condition, _) if !value.is_empty() => {
                let filter = condition.map(|condition| format!(" where {condition}")).unwrap_or_default();
                format!("write `{fold}({variable} in {group}{filter}: {value})`")
            }
            _ => format!("write `{fold}({variable} in {group}: {variable}.attribute)`"),
        };
        self.tell_here(diagnostic.help(help));
        if !self.take(",") && !token.begins_operand() {
            self.skip_to(|token| token.is(":"));
            self.take(":");
        }
        false
    }

    /// `sum(g: ..)`, `sum(x for x in g)`, `sum(a, b)`: told as what was meant.
    #[inline(never)]
    fn fold_without_variable(&mut self, word: &str) -> Parsed {
        let token = self.bump();
        let open = self.bump();
        let outside = std::mem::replace(&mut self.in_arguments, true);
        let mut parts = Vec::new();
        let mut comprehension = None;
        let mut colon = false;
        if !self.at(")") {
            loop {
                let part = self.expression();
                parts.push(self.written(&part));
                if self.at("for") {
                    self.bump();
                    comprehension = Some(self.comprehension_head());
                    break;
                }
                colon |= self.at(":");
                if !(self.take(",") || self.take(":")) {
                    break;
                }
            }
        }
        let last = parts.last().cloned().unwrap_or_default();
        let help = if let Some(head) = comprehension {
            let filter = head.filter.map(|filter| format!(" where {}", self.written(&filter))).unwrap_or_default();
            format!("write `{word}({} in {}{filter}: {last})`", head.variable.text, head.group.text)
        } else if colon {
            let group = parts.first().filter(|group| super::words::is_name(group)).map_or("group", String::as_str);
            format!("write `{word}(m in {group}: {last})`, with the variable `m` in it")
        } else {
            match (word, parts.as_slice()) {
                ("count", [group]) => format!("write `size({group})`"),
                ("sum", [_, _, ..]) => format!("write `{}`", parts.join(" + ")),
                ("mean", [_, _, ..]) => format!("write `({}) / {}`", parts.join(" + "), parts.len()),
                ("any", [_, _, ..]) => format!("write `{}`", parts.join(" or ")),
                ("all", [_, _, ..]) => format!("write `{}`", parts.join(" and ")),
                (_, [group]) if super::words::is_name(group) => {
                    format!("write `{word}(m in {group}: m.attribute)`")
                }
                _ => format!("write `{word}(m in group: m.attribute)`"),
            }
        };
        let message = format!("`{word}` goes over a group: `{word}(m in group: value)`");
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
        self.tell_here(diagnostic.help(help));
        self.close(open, token.start);
        self.in_arguments = outside;
        self.hole_over(token.start, self.end_of_last())
    }

    /// `sum m in g: value`: told, and read to its end.
    #[inline(never)]
    pub(super) fn fold_without_bracket(&mut self, word: &str) -> Parsed {
        let token = self.bump();
        let inside = self.token().start;
        self.fold_head(word);
        self.fold_colon(word, "m", "group", None);
        let body = self.expression();
        let whole = self.slice(inside, body.end);
        let diagnostic = self.diagnose(Code::UnexpectedToken, token, format!("`{word}` has no bracket behind it"));
        self.complaints.tell(diagnostic.help(format!("write `{word}({whole})`")));
        self.hole_over(token.start, body.end)
    }
}
