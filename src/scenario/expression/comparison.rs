//! Comparisons: `<` and its like, `is`, `in`.

use super::ast::{Comparison, Kind, Name};
use super::cursor::{Cursor, Parsed, Sides};
use super::print::print_number;
use super::token::{TokenKind, shorten};
use crate::diagnostic::Code;

const COMPARISONS: &[(&str, Comparison)] = &[
    ("<", Comparison::Less),
    ("<=", Comparison::LessOrEqual),
    (">", Comparison::Greater),
    (">=", Comparison::GreaterOrEqual),
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
];

/// Comparisons in words, with the word that must follow where the first alone could be a name.
const COMPARISONS_IN_WORDS: &[(&str, &str, &str, Comparison)] = &[
    ("greater", "than", ">", Comparison::Greater),
    ("more", "than", ">", Comparison::Greater),
    ("above", "", ">", Comparison::Greater),
    ("less", "than", "<", Comparison::Less),
    ("below", "", "<", Comparison::Less),
    ("equal", "to", "==", Comparison::Equal),
    ("equals", "", "==", Comparison::Equal),
];

/// A comparing operator.
#[derive(Clone, Copy)]
struct Operator {
    meaning: Meaning,
    /// As the language writes it.
    spelling: &'static str,
    /// Its bytes in the text.
    start: usize,
    end: usize,
    /// Whether `=` was written for it.
    assigned: bool,
}

#[derive(Clone, Copy)]
enum Meaning {
    Compare(Comparison),
    Is { negated: bool },
    In { negated: bool },
}

/// The way back from an operator to its text.
pub(super) fn comparison_text(comparison: Comparison) -> &'static str {
    COMPARISONS.iter().find(|(_, kind)| *kind == comparison).map_or("==", |(text, _)| text)
}

impl Cursor<'_> {
    /// `sum [ operator sum ]`; chains are told.
    pub(super) fn comparison(&mut self) -> Parsed {
        let mut result = self.sum();
        let mut sides = vec![(result.start, result.end)];
        let mut operators: Vec<Operator> = Vec::new();
        while let Some(operator) = self.comparison_operator(sides[0]) {
            let left = sides[sides.len() - 1];
            let right = self.right_side(operator, left);
            sides.push((right.start, right.end));
            operators.push(operator);
            // Of a chain only the first comparison is kept; the rest was read for its own mistakes.
            if operators.len() == 1 {
                result = self.compared(result, operator, right);
            }
        }
        if operators.len() > 1 {
            self.tell_chain(&operators, &sides);
        }
        result
    }

    #[inline(never)]
    fn tell_chain(&mut self, operators: &[Operator], sides: &[(usize, usize)]) {
        let [first, second, ..] = operators else {
            return;
        };
        let links: Vec<String> = operators
            .iter()
            .zip(sides.windows(2))
            .map(|(operator, pair)| {
                let (left, right) = (self.slice(pair[0].0, pair[0].1), self.slice(pair[1].0, pair[1].1));
                format!("{left} {} {right}", operator.spelling)
            })
            .collect();
        let diagnostic = self
            .complaints
            .at(Code::ChainedComparison, second.start, second.end, "comparisons do not chain")
            .also(self.place(first.start, first.end), "the first comparison");
        self.complaints.tell(if links.len() <= 4 {
            diagnostic.help(format!("write `{}`", links.join(" and ")))
        } else {
            diagnostic.help("write each comparison by itself, with `and` between them")
        });
    }

    #[inline(never)]
    fn compared(&mut self, left: Parsed, operator: Operator, right: Parsed) -> Parsed {
        let (start, end, height) = (left.start, right.end, left.height.max(right.height));
        let sides = Sides { left: (left.start, left.end), right: (right.start, right.end) };
        let (left, right) = (Box::new(left.expression), Box::new(right.expression));
        let kind = match operator.meaning {
            Meaning::Compare(comparison) => {
                self.last_comparison = Some(sides);
                Kind::Compare(comparison, left, right)
            }
            Meaning::Is { negated } => Kind::Is { left, negated, right },
            Meaning::In { negated } => {
                let text = if let Kind::Name(text) = right.kind { text } else { String::new() };
                Kind::In { left, negated, group: Name { text, span: right.span } }
            }
        };
        self.node(kind, start, end, height)
    }

    /// Reads an operator, if one is here. Wrong ones are told, `=` later when the right side is known.
    #[inline(never)]
    fn comparison_operator(&mut self, left: (usize, usize)) -> Option<Operator> {
        let first = self.token();
        let next = self.ahead(1);
        let (meaning, spelling, count, assigned) = match first.kind {
            TokenKind::Symbol(symbol) => {
                if let Some((spelling, comparison)) = COMPARISONS.iter().find(|(spelling, _)| *spelling == symbol) {
                    if matches!(symbol, "<" | ">") && next.is("=") {
                        let spelling = if symbol == "<" { "<=" } else { ">=" };
                        let written = self.slice(first.start, next.end);
                        self.tell_spelling(first.start, next.end, &written, spelling);
                        (Meaning::Compare(*comparison), spelling, 2, false)
                    } else {
                        (Meaning::Compare(*comparison), *spelling, 1, false)
                    }
                } else {
                    match symbol {
                        "=" if next.is("=") => {
                            self.tell_spelling(first.start, next.end, "= =", "==");
                            (Meaning::Compare(Comparison::Equal), "==", 2, false)
                        }
                        "=" | ":=" => (Meaning::Compare(Comparison::Equal), "==", 1, true),
                        "+=" | "-=" | "*=" | "/=" | "^=" => {
                            let message = format!("`{symbol}` stands in effects only");
                            let diagnostic = self.diagnose(Code::AssignmentInCondition, first, message);
                            let help = "put it into `effects`; here compare with `==`, `<`, `<=`, `>` or `>=`";
                            self.tell_here(diagnostic.help(help));
                            (Meaning::Compare(Comparison::Equal), "==", 1, false)
                        }
                        _ => return None,
                    }
                }
            }
            TokenKind::Word("is") if next.is("not") && self.ahead(2).is("in") => {
                self.tell_spelling(first.start, self.ahead(2).end, "is not in", "not in");
                (Meaning::In { negated: true }, "not in", 3, false)
            }
            TokenKind::Word("is") if next.is("in") => {
                self.tell_spelling(first.start, next.end, "is in", "in");
                (Meaning::In { negated: false }, "in", 2, false)
            }
            TokenKind::Word("is") => {
                let negated = next.is("not");
                let words = 1 + usize::from(negated);
                if let Some((comparison, spelling, more)) = self.comparison_in_words(words) {
                    let (spelling, comparison) = if negated { opposite(comparison) } else { (spelling, comparison) };
                    let end = self.ahead(words + more - 1).end;
                    let written = self.slice(first.start, end);
                    self.tell_spelling(first.start, end, &written, spelling);
                    (Meaning::Compare(comparison), spelling, words + more, false)
                } else if negated {
                    (Meaning::Is { negated: true }, "is not", 2, false)
                } else {
                    (Meaning::Is { negated: false }, "is", 1, false)
                }
            }
            TokenKind::Word("not") if next.is("is") => {
                self.tell_spelling(first.start, next.end, "not is", "is not");
                (Meaning::Is { negated: true }, "is not", 2, false)
            }
            TokenKind::Word("not") if next.is("in") => (Meaning::In { negated: true }, "not in", 2, false),
            TokenKind::Word("in") => (Meaning::In { negated: false }, "in", 1, false),
            TokenKind::Word("between") => return self.between(left),
            TokenKind::Word(_) => {
                let (comparison, spelling, count) = self.comparison_in_words(0)?;
                let end = self.ahead(count - 1).end;
                let written = self.slice(first.start, end);
                self.tell_spelling(first.start, end, &written, spelling);
                (Meaning::Compare(comparison), spelling, count, false)
            }
            _ => return None,
        };
        let end = self.ahead(count - 1).end;
        for _ in 0..count {
            self.bump();
        }
        Some(Operator { meaning, spelling, start: first.start, end, assigned })
    }

    /// A comparison in words that begins `skip` tokens further on: what it means, its spelling, how many tokens it takes.
    pub(super) fn comparison_in_words(&self, skip: usize) -> Option<(Comparison, &'static str, usize)> {
        let TokenKind::Word(word) = self.ahead(skip).kind else {
            return None;
        };
        let (_, follower, spelling, comparison) = COMPARISONS_IN_WORDS.iter().find(|(first, ..)| *first == word)?;
        let count = if follower.is_empty() { 1 } else { 2 };
        let complete = match follower.is_empty() {
            // `above(x)` is a call.
            true => !self.ahead(skip + 1).is("("),
            false => self.ahead(skip + 1).is(follower),
        };
        (complete && self.ahead(skip + count).begins_operand()).then_some((*comparison, *spelling, count))
    }

    fn tell_spelling(&mut self, start: usize, end: usize, written: &str, meant: &str) {
        let diagnostic = self.complaints.at(Code::ForeignOperator, start, end, format!("unexpected `{written}`"));
        self.complaints.tell(diagnostic.help(format!("write `{meant}`")));
    }

    /// `x between a and b` of other languages: told and read to its end.
    fn between(&mut self, left: (usize, usize)) -> Option<Operator> {
        let word = self.bump();
        let low = self.sum();
        let value = self.slice(left.0, left.1);
        let help = if self.take("and") {
            let high = self.sum();
            format!("write `{} <= {value} and {value} <= {}`", self.written(&low), self.written(&high))
        } else {
            format!("write `{} <= {value} and {value} <= ..`", self.written(&low))
        };
        let diagnostic = self.diagnose(Code::ForeignOperator, word, "unexpected `between`");
        self.complaints.tell(diagnostic.help(help));
        None
    }

    #[inline(never)]
    fn right_side(&mut self, operator: Operator, left: (usize, usize)) -> Parsed {
        if let Meaning::In { negated } = operator.meaning {
            return self.group_behind_in(negated, left);
        }
        let token = self.token();
        if let (
            TokenKind::Quoted(content),
            Meaning::Compare(Comparison::Equal | Comparison::NotEqual) | Meaning::Is { .. },
        ) = (token.kind, operator.meaning)
        {
            self.bump();
            let negated = matches!(operator.meaning, Meaning::Is { negated: true })
                || matches!(operator.meaning, Meaning::Compare(Comparison::NotEqual));
            let word = if negated { "is not" } else { "is" };
            let message = "an enumeration is compared with `is`, without quotes";
            let help = format!("write `{} {word} {}`", self.slice(left.0, left.1), shorten(content.trim()));
            let diagnostic = self.diagnose(Code::EnumerationComparison, token, message);
            self.complaints.tell(diagnostic.help(help));
            let (start, end) = (token.start, token.end);
            return self.node(Kind::Name(content.trim().to_owned()), start, end, 0);
        }
        self.left_start = Some(left.0);
        let right = self.sum();
        if operator.assigned {
            self.tell_assignment(operator, left, &right);
        }
        right
    }

    fn tell_assignment(&mut self, operator: Operator, left: (usize, usize), right: &Parsed) {
        let left_start = left.0;
        let value = match right.expression.kind {
            // Corrected where a decimal comma was written.
            Kind::Number(value) => print_number(value),
            _ => self.written(right),
        };
        let left = self.slice(left.0, left.1);
        let help = match &right.expression.kind {
            _ if value.is_empty() => format!("write `{left} == ..`"),
            _ if let Some((head, start)) = &self.effect_head => {
                if *start == left_start {
                    format!("write two effects: `{head} {value}`, `{left} = {value}`")
                } else {
                    format!("write `{left} == {value}`, or a second effect `{left} = {value}`")
                }
            }
            Kind::Boolean(true) => format!("write `{left}`"),
            Kind::Boolean(false) => format!("write `not {left}`"),
            Kind::Name(_) => {
                format!("write `{left} == {value}`; an actor or a value of an enumeration: `{left} is {value}`")
            }
            Kind::Number(number) if number.fract() == 0.0 => format!("write `{left} == {value}`"),
            _ => format!("write `{left} == {value}`; with numbers that drift `>=` is safer"),
        };
        let message = "`=` stores, `==` compares";
        let diagnostic = self.complaints.at(Code::AssignmentInCondition, operator.start, operator.end, message);
        self.complaints.tell(diagnostic.help(help));
    }

    /// What stands behind `in`: the name of a group. Lists are told.
    fn group_behind_in(&mut self, negated: bool, left: (usize, usize)) -> Parsed {
        let open = self.token();
        if !matches!(open.kind, TokenKind::Symbol("[" | "(" | "{")) {
            let name = self.name("a group");
            self.only_a_group(&name);
            let (start, end) = self.range_of(&name, open.start);
            return self.node(Kind::Name(name.text), start, end, 0);
        }
        self.bump();
        let mut members = Vec::new();
        while let TokenKind::Word(word) | TokenKind::Quoted(word) = self.token().kind {
            members.push(shorten(word));
            self.bump();
            if !self.take(",") {
                break;
            }
        }
        let value = self.slice(left.0, left.1);
        let (operator, word) = if negated { (" and ", "is not") } else { (" or ", "is") };
        let tests: Vec<String> = members.iter().map(|member| format!("{value} {word} {member}")).collect();
        let help = match members.as_slice() {
            [] => "write the name of a group; its members are listed under [groups]".to_owned(),
            [only] if open.is("(") => format!("write `{value} {} {only}`", if negated { "not in" } else { "in" }),
            _ => format!("write `{}`, or give the list a name under [groups]", tests.join(operator)),
        };
        let diagnostic = self.diagnose(Code::UnexpectedToken, open, "behind `in` stands the name of a group");
        self.complaints.tell(diagnostic.help(help));
        self.skip_to(|_| false);
        self.bump();
        self.hole()
    }

    /// The bytes of a name just read that began at `start`.
    fn range_of(&self, name: &Name, start: usize) -> (usize, usize) {
        (start, start + name.text.len())
    }
}

fn opposite(comparison: Comparison) -> (&'static str, Comparison) {
    let opposite = match comparison {
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
    };
    (comparison_text(opposite), opposite)
}
