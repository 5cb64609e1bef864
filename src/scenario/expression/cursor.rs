//! Where the parser stands: the tokens, what was wrong so far, how deep it is.
//!
//! Every parsing function gives a tree, also after a mistake; then the tree has holes and is thrown away at the end. After a mistake the
//! cursor moves to the next token where something new can begin, and what is unexpected there is an echo and not told.

use super::ast::{Expression, Kind, Name};
use super::lexer::lex;
use super::token::{Complaints, Token, TokenKind, shorten};
use super::words::{is_keyword, is_reserved};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::document::Text;

/// How deep brackets, `if`s, `not`s and minus signs may stand in each other.
pub const DEEPEST_NESTING: u32 = 200;
/// How deep the tree may become; chains such as `a + b + c` lean to the left, so this is also their length.
pub const DEEPEST_TREE: u32 = 500;
/// How many parts an expression may have.
pub const MOST_PARTS: u32 = 10_000;

/// An expression just read.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The tree.
    pub(super) expression: Expression,
    /// First byte in the text, brackets included.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Depth of the tree; 1 for a leaf.
    pub(super) height: u32,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
}

/// The bytes of both sides of a comparison.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub(super) left: (usize, usize),
    pub(super) right: (usize, usize),
}

/// The parser's place in the tokens of one text.
pub(super) struct Cursor<'text> {
    tokens: Vec<Token<'text>>,
    position: usize,
    /// Unexpected tokens before this index are echoes of a mistake already told.
    quiet_until: usize,
    nesting: u32,
    parts: u32,
    /// What was wrong so far.
    pub(super) complaints: Complaints<'text>,
    /// Whether the innermost bracket holds arguments, so that `,` has a meaning.
    pub(super) in_arguments: bool,
    /// The comparison read last.
    pub(super) last_comparison: Option<Sides>,
    /// Of an effect: what stands before its value, such as `x +=`, and where the value starts.
    pub(super) effect_head: Option<(String, usize)>,
    /// Where the left operand of the operator just passed starts.
    pub(super) left_start: Option<usize>,
}

impl<'text> Cursor<'text> {
    /// At the start of a text.
    pub(super) fn new(text: &'text Text) -> Self {
        let mut complaints = Complaints::new(text);
        let tokens = lex(&mut complaints);
        Self {
            tokens,
            position: 0,
            quiet_until: 0,
            nesting: 0,
            parts: 0,
            complaints,
            in_arguments: false,
            last_comparison: None,
            effect_head: None,
            left_start: None,
        }
    }

    // ---- looking

    /// The token here.
    pub(super) fn token(&self) -> Token<'text> {
        self.ahead(0)
    }

    /// The token `count` further on; the end token when there are no more.
    pub(super) fn ahead(&self, count: usize) -> Token<'text> {
        // There is always an end token, so the list is not empty.
        self.tokens[(self.position + count).min(self.tokens.len() - 1)]
    }

    /// The token `count` back; 1 is the one just read.
    pub(super) fn before(&self, count: usize) -> Option<Token<'text>> {
        self.position.checked_sub(count).map(|index| self.tokens[index])
    }

    /// Is the word or symbol `spelling` here?
    pub(super) fn at(&self, spelling: &str) -> bool {
        self.token().is(spelling)
    }

    /// Is the end here?
    pub(super) fn at_end(&self) -> bool {
        self.token().kind == TokenKind::End
    }

    /// The text of a range of bytes, short and on one line.
    pub(super) fn slice(&self, start: usize, end: usize) -> String {
        shorten(self.complaints.text.text.get(start..end).unwrap_or(""))
    }

    /// The text of an expression, short and on one line.
    pub(super) fn written(&self, parsed: &Parsed) -> String {
        self.slice(parsed.start, parsed.end)
    }

    /// Index of the first token ahead, in no further bracket, that `wanted` picks; `None` if this level ends before.
    pub(super) fn find_at_level(&self, mut wanted: impl FnMut(Token<'text>) -> bool) -> Option<usize> {
        let mut level = 0_u32;
        for (count, token) in self.tokens[self.position..].iter().enumerate() {
            if level == 0 && wanted(*token) {
                return Some(self.position + count);
            }
            match token.kind {
                TokenKind::Symbol("(" | "[" | "{") => level += 1,
                TokenKind::Symbol(")" | "]" | "}") if level == 0 => return None,
                TokenKind::Symbol(")" | "]" | "}") => level -= 1,
                _ => {}
            }
        }
        None
    }

    // ---- moving

    /// Goes one token on.
    pub(super) fn bump(&mut self) -> Token<'text> {
        let token = self.token();
        if token.kind != TokenKind::End {
            self.position += 1;
        }
        token
    }

    /// Goes on if `spelling` is here.
    pub(super) fn take(&mut self, spelling: &str) -> bool {
        let here = self.at(spelling);
        if here {
            self.bump();
        }
        here
    }

    /// Goes to the next token of this level that `stop` picks, or to the bracket that ends the level, or to the end.
    pub(super) fn skip_to(&mut self, stop: impl FnMut(Token<'text>) -> bool) {
        let mut level = 0_u32;
        let mut stop = stop;
        loop {
            let token = self.token();
            match token.kind {
                TokenKind::End => break,
                _ if level == 0 && stop(token) => break,
                TokenKind::Symbol("(" | "[" | "{") => level += 1,
                TokenKind::Symbol(")" | "]" | "}") if level == 0 => break,
                TokenKind::Symbol(")" | "]" | "}") => level -= 1,
                _ => {}
            }
            self.bump();
        }
        self.quiet_until = self.position + 1;
    }

    /// Goes to the next token behind which something new can stand.
    pub(super) fn recover(&mut self) {
        self.skip_to(|token| {
            matches!(
                token.kind,
                TokenKind::Word("and" | "or" | "then" | "else" | "where") | TokenKind::Symbol("," | ":" | ";")
            )
        });
    }

    /// Goes to the end; nothing more is told.
    fn give_up(&mut self) {
        self.position = self.tokens.len() - 1;
        self.complaints.hush();
    }

    // ---- telling

    /// A diagnostic at a token, not yet told.
    pub(super) fn diagnose(&self, code: Code, token: Token<'_>, message: impl Into<String>) -> Diagnostic {
        self.complaints.at(code, token.start, token.end, message)
    }

    /// Tells of a mistake at the token here, unless it is an echo.
    pub(super) fn tell_here(&mut self, diagnostic: Diagnostic) {
        if self.position < self.quiet_until || self.token().kind == TokenKind::Wrong {
            self.complaints.fail();
        } else {
            self.complaints.tell(diagnostic);
        }
        self.quiet_until = self.quiet_until.max(self.position + 1);
    }

    /// What a message calls the token here.
    pub(super) fn name_of_token(&self) -> String {
        let token = self.token();
        match token.kind {
            TokenKind::End => "the text ends too early".to_owned(),
            TokenKind::Word(word) => format!("unexpected `{}`", shorten(word)),
            TokenKind::Symbol(symbol) => format!("unexpected `{symbol}`"),
            _ => format!("unexpected `{}`", self.slice(token.start, token.end)),
        }
    }

    // ---- limits

    /// Goes one level deeper; false, and told, when that is too deep. Every `enter` that gave true needs a [`Cursor::leave`].
    pub(super) fn enter(&mut self) -> bool {
        if self.nesting >= DEEPEST_NESTING {
            let token = self.token();
            let message = format!("more than {DEEPEST_NESTING} brackets, `if`s or signs stand in each other");
            self.too_deep(token.start, token.end, message);
            return false;
        }
        self.nesting += 1;
        true
    }

    /// Comes back from [`Cursor::enter`].
    pub(super) fn leave(&mut self) {
        self.nesting -= 1;
    }

    fn too_deep(&mut self, start: usize, end: usize, message: String) {
        let diagnostic = self.complaints.at(Code::TooDeep, start, end, message);
        self.complaints.tell(diagnostic.help("split the expression: give its parts names under [definitions]"));
        self.give_up();
    }

    // ---- building

    /// A node over parts whose highest is `height`. Too large a tree is told, and cut down to a hole.
    pub(super) fn node(&mut self, kind: Kind, start: usize, end: usize, height: u32) -> Parsed {
        self.parts += 1;
        let height = height + 1;
        if self.parts > MOST_PARTS {
            self.too_deep(start, end, format!("the expression has more than {MOST_PARTS} parts"));
            return self.hole();
        }
        if height > DEEPEST_TREE {
            self.too_deep(start, end, format!("more than {DEEPEST_TREE} operators follow each other"));
            return self.hole();
        }
        let span = self.complaints.place(start, end);
        Parsed { expression: Expression { kind, span }, start, end, height, bracketed: false }
    }

    /// What stands for an expression that could not be read.
    pub(super) fn hole(&mut self) -> Parsed {
        self.complaints.fail();
        let start = self.token().start;
        let span = self.complaints.place(start, start);
        let kind = Kind::Name(String::new());
        Parsed { expression: Expression { kind, span }, start, end: start, height: 1, bracketed: false }
    }

    /// A hole in place of something that was read.
    pub(super) fn hole_over(&mut self, start: usize, end: usize) -> Parsed {
        let mut hole = self.hole();
        (hole.start, hole.end) = (start, end.max(start));
        hole
    }

    /// One past the last byte read.
    pub(super) fn end_of_last(&self) -> usize {
        self.before(1).map_or(0, |token| token.end)
    }

    /// What the user wrote from `start`, here or further on, to the end of this level or a token that `stop` picks.
    pub(super) fn rest_of_level(&self, start: usize, stop: impl Fn(Token<'text>) -> bool) -> String {
        let end = self.find_at_level(|token| {
            let closes = matches!(token.kind, TokenKind::End | TokenKind::Symbol(")" | "]" | "}"));
            token.start >= start && (closes || stop(token))
        });
        let end = end.map_or(start, |index| self.tokens[index].start);
        self.slice(start, end.max(start))
    }

    /// The place of some bytes in the file.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        self.complaints.place(start, end)
    }

    /// Reads a name that something gets or is known by. `what` says what it names, such as "a group".
    pub(super) fn name(&mut self, what: &str) -> Name {
        let token = self.token();
        if let TokenKind::Word(word) = token.kind
            && !is_keyword(word)
        {
            self.bump();
            return Name { text: word.to_owned(), span: self.place(token.start, token.end) };
        }
        let last = self.before(1).filter(|_| token.kind == TokenKind::End);
        let message = match last {
            Some(last) => format!("a name is missing behind `{}`", self.slice(last.start, last.end)),
            None => self.name_of_token(),
        };
        let shown = last.unwrap_or(token);
        let diagnostic =
            self.diagnose(Code::UnexpectedToken, shown, message).label(format!("expected the name of {what}"));
        let help = match token.kind {
            TokenKind::Quoted(content) if !content.is_empty() => format!("write `{}` without quotes", shorten(content)),
            _ => format!("write the name of {what}"),
        };
        self.tell_here(diagnostic.help(help));
        if matches!(token.kind, TokenKind::Quoted(_)) {
            self.bump();
        }
        Name { text: String::new(), span: self.place(token.start, token.start) }
    }

    /// Reads a name that is new here: a variable or an argument. Reserved words are told.
    pub(super) fn new_name(&mut self, what: &str) -> Name {
        let token = self.token();
        let name = self.name(what);
        if is_reserved(&name.text) {
            let message = format!("`{}` is a word of the language", name.text);
            let diagnostic = self.diagnose(Code::ReservedName, token, message);
            self.complaints.tell(diagnostic.help("call it something else; reserved words: `flashpoint help language`"));
        }
        name
    }

    /// Hands over the complaints. True if there was nothing wrong.
    pub(super) fn finish(self, diagnostics: &mut Vec<Diagnostic>) -> bool {
        self.complaints.finish(diagnostics)
    }
}

impl Token<'_> {
    /// Is it this word or symbol?
    pub(super) fn is(&self, spelling: &str) -> bool {
        matches!(self.kind, TokenKind::Word(text) | TokenKind::Symbol(text) if text == spelling)
    }

    /// Can an operand begin with it?
    pub(super) fn begins_operand(&self) -> bool {
        match self.kind {
            TokenKind::Number(_) | TokenKind::Date(_) | TokenKind::Quoted(_) | TokenKind::Symbol("(") => true,
            TokenKind::Word(word) => matches!(word, "true" | "false") || !is_keyword(word),
            _ => false,
        }
    }

    /// Is it a word that in other languages ends a part? Told as such only where no operand can stand.
    pub(super) fn is_foreign_ending(&self) -> bool {
        matches!(self.kind, TokenKind::Word("elif" | "elseif" | "elsif" | "endif" | "end" | "fi"))
    }
}
