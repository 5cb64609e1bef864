//! The ways into the parser.

use super::ast::{Effect, Expression, Kind, Name};
use super::cursor::Cursor;
use super::token::TokenKind;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::Text;

/// Reads an expression.
///
/// Adds what is wrong to `diagnostics`, as much of it as can be told apart, in the order of places; `None` if anything is.
/// All spans of the tree are places of the file.
pub fn parse_expression(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<Expression> {
    let mut cursor = Cursor::new(text);
    if cursor.at_end() {
        let diagnostic = Diagnostic::new(Code::UnexpectedToken, text.span, "an expression is missing");
        cursor.complaints.tell_first(diagnostic.help("write a value or a condition, or drop the key"));
        cursor.complaints.hush();
    }
    let parsed = cursor.expression();
    cursor.rest();
    cursor.finish(diagnostics).then_some(parsed.expression)
}

/// Reads an effect; otherwise like [`parse_expression`].
pub fn parse_effect(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<Effect> {
    let mut cursor = Cursor::new(text);
    if cursor.at_end() {
        let diagnostic = Diagnostic::new(Code::UnexpectedToken, text.span, "an effect is missing");
        cursor.complaints.tell_first(diagnostic.help("write `place = value`, `place += value` or `place -= value`"));
        cursor.complaints.hush();
    }
    let effect = cursor.effect();
    cursor.rest();
    let sound = cursor.finish(diagnostics);
    effect.filter(|_| sound)
}

/// Reads what a definition is called, such as `p_win` or `net_gain(m)`: its name and its arguments, in the order written.
///
/// Reserved words and an argument that stands twice are told.
pub fn parse_definition_head(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<(Name, Vec<Name>)> {
    let mut cursor = Cursor::new(text);
    let first = cursor.token();
    let name = cursor.new_name("a definition");
    let mut arguments: Vec<Name> = Vec::new();
    let open = cursor.token();
    if cursor.take("(") {
        if cursor.at(")") {
            let diagnostic = cursor.diagnose(Code::WrongArguments, open, "there is nothing in the brackets");
            cursor.tell_here(diagnostic.help(format!("write `{}`, or give it arguments", name.text)));
        }
        loop {
            let token = cursor.token();
            let argument = cursor.new_name("an argument");
            if arguments.iter().any(|earlier| earlier.text == argument.text && !earlier.text.is_empty()) {
                let message = format!("the argument `{}` stands twice", argument.text);
                let diagnostic = cursor.diagnose(Code::NameTaken, token, message);
                cursor.complaints.tell(diagnostic.help("call one of them something else"));
            }
            arguments.push(argument);
            if !cursor.take(",") {
                break;
            }
        }
        cursor.close(open, first.start);
    }
    cursor.rest();
    cursor.finish(diagnostics).then_some((name, arguments))
}

/// Reads an address as it stands on the command line: `name`, `actor.attribute` or `relation(a, b)`, all of plain names.
pub fn parse_address(text: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<Expression> {
    let mut cursor = Cursor::new(text);
    if cursor.at_end() {
        let diagnostic = Diagnostic::new(Code::UnexpectedToken, text.span, "a name is missing");
        cursor.complaints.tell(diagnostic.help("write `name`, `actor.attribute` or `relation(from, to)`"));
        cursor.complaints.hush();
    }
    let first = cursor.token();
    let name = cursor.name("an actor, a parameter or whatever is meant");
    let leaf = |name: Name| Expression { span: name.span, kind: Kind::Name(name.text) };
    let open = cursor.token();
    let expression = if cursor.take(".") {
        let attribute = cursor.name("an attribute");
        let span = cursor.place(first.start, cursor.before(1).map_or(first.end, |token| token.end));
        Expression { kind: Kind::Member { owner: Box::new(leaf(name)), name: attribute }, span }
    } else if cursor.take("(") {
        let mut arguments = vec![leaf(cursor.name("an actor"))];
        while cursor.take(",") {
            arguments.push(leaf(cursor.name("an actor")));
        }
        let end = cursor.close(open, first.start);
        Expression { kind: Kind::Call { function: name, arguments }, span: cursor.place(first.start, end) }
    } else {
        leaf(name)
    };
    cursor.rest();
    cursor.finish(diagnostics).then_some(expression)
}

impl Cursor<'_> {
    /// What stands behind a whole expression: told, and read for mistakes of its own.
    fn rest(&mut self) {
        while !self.at_end() {
            let token = self.token();
            let message = match token.kind {
                TokenKind::Symbol(")") => "this `)` closes no bracket".to_owned(),
                _ => self.name_of_token(),
            };
            let help = self.help_for(token).unwrap_or_else(|| match token.kind {
                TokenKind::Symbol("[" | "{") => "write `(` and `)`".to_owned(),
                TokenKind::Symbol(symbol) => format!("drop `{symbol}` and what follows"),
                _ => "drop it, or write an operator before it".to_owned(),
            });
            let diagnostic = self.diagnose(Code::UnexpectedToken, token, message);
            self.tell_here(diagnostic.help(help));
            self.bump();
            if matches!(token.kind, TokenKind::Symbol("[" | "{")) {
                self.skip_to(|_| false);
                self.bump();
            }
            while self.at("and") || self.at("or") {
                self.bump();
            }
            if self.token().begins_operand() {
                self.expression();
            }
        }
    }
}
