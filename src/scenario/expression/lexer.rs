//! Text to tokens. Spellings of other languages are told here and go on as what was meant.

use super::literal::{read_date, read_number};
use super::token::{Complaints, Token, TokenKind};
use super::words::in_small_letters;
use crate::diagnostic::Code;

/// What a spelling stands for.
#[derive(Clone, Copy)]
enum Meaning {
    /// A symbol that the parser knows.
    Native,
    /// A foreign spelling of a symbol.
    Symbol(&'static str),
    /// A foreign spelling of one or two words.
    Words(&'static [&'static str]),
}

use Meaning::{Native, Symbol, Words};

/// All symbols; of two that fit the longer stands first.
const SYMBOLS: &[(&str, Meaning)] = &[
    ("===", Symbol("==")),
    ("!==", Symbol("!=")),
    ("**=", Symbol("^=")),
    ("<=", Native),
    (">=", Native),
    ("==", Native),
    ("!=", Native),
    ("+=", Native),
    ("-=", Native),
    ("*=", Native),
    ("/=", Native),
    ("^=", Native),
    (":=", Native),
    ("..", Native),
    ("&&", Words(&["and"])),
    ("||", Words(&["or"])),
    ("<>", Symbol("!=")),
    ("~=", Symbol("!=")),
    ("=>", Symbol(">=")),
    ("=<", Symbol("<=")),
    ("=!", Symbol("!=")),
    ("**", Symbol("^")),
    ("(", Native),
    (")", Native),
    ("[", Native),
    ("]", Native),
    ("{", Native),
    ("}", Native),
    (",", Native),
    (".", Native),
    (":", Native),
    (";", Native),
    ("+", Native),
    ("-", Native),
    ("*", Native),
    ("/", Native),
    ("^", Native),
    ("%", Native),
    ("?", Native),
    ("<", Native),
    (">", Native),
    ("=", Native),
    ("&", Words(&["and"])),
    ("|", Words(&["or"])),
    ("!", Words(&["not"])),
    ("~", Words(&["not"])),
    ("\u{d7}", Symbol("*")),
    ("\u{b7}", Symbol("*")),
    ("\u{22c5}", Symbol("*")),
    ("\u{2217}", Symbol("*")),
    ("\u{2022}", Symbol("*")),
    ("\u{f7}", Symbol("/")),
    ("\u{2215}", Symbol("/")),
    ("\u{2044}", Symbol("/")),
    ("\u{2212}", Symbol("-")),
    ("\u{2010}", Symbol("-")),
    ("\u{2011}", Symbol("-")),
    ("\u{2012}", Symbol("-")),
    ("\u{2013}", Symbol("-")),
    ("\u{2014}", Symbol("-")),
    ("\u{2264}", Symbol("<=")),
    ("\u{2a7d}", Symbol("<=")),
    ("\u{2265}", Symbol(">=")),
    ("\u{2a7e}", Symbol(">=")),
    ("\u{2260}", Symbol("!=")),
    ("\u{ac}", Words(&["not"])),
    ("\u{2227}", Words(&["and"])),
    ("\u{2228}", Words(&["or"])),
    ("\u{2208}", Words(&["in"])),
    ("\u{2209}", Words(&["not", "in"])),
];

/// Opening quotes with the marks that may close them.
const QUOTES: &[(char, &[char])] = &[
    ('"', &['"', '\u{201d}', '\u{201c}']),
    ('\'', &['\'', '\u{2019}']),
    ('`', &['`', '\'']),
    ('\u{201c}', &['\u{201d}', '\u{201c}', '"']),
    ('\u{201d}', &['\u{201d}', '\u{201c}', '"']),
    ('\u{201e}', &['\u{201c}', '\u{201d}', '"']),
    ('\u{2018}', &['\u{2019}', '\u{2018}', '\'']),
    ('\u{2019}', &['\u{2019}', '\u{2018}', '\'']),
    ('\u{201a}', &['\u{2018}', '\u{2019}', '\'']),
    ('\u{ab}', &['\u{bb}']),
    ('\u{bb}', &['\u{ab}']),
];

/// Splits a text. The last token is always [`TokenKind::End`].
pub(super) fn lex<'text>(complaints: &mut Complaints<'text>) -> Vec<Token<'text>> {
    let text: &'text str = &complaints.text.text;
    let mut tokens: Vec<Token<'text>> = Vec::new();
    let mut position = 0;
    while let Some(first) = text[position..].chars().next() {
        if first.is_whitespace() {
            position += first.len_utf8();
        } else if first == '#' {
            position = skip_comment(text, position, complaints);
        } else if first.is_ascii_digit() || starts_with_point(text, position, &tokens) {
            let token = match read_date(text, position, complaints) {
                Some(token) => token,
                None => read_number(text, position, complaints),
            };
            position = token.end;
            tokens.push(token);
        } else if first.is_alphabetic() || first == '_' {
            let token = read_word(text, position, complaints);
            position = token.end;
            tokens.push(token);
        } else if let Some((spelling, meaning)) =
            SYMBOLS.iter().find(|(symbol, _)| text[position..].starts_with(symbol))
        {
            let end = position + spelling.len();
            push_symbol(&mut tokens, spelling, *meaning, position, end, complaints);
            position = end;
        } else if let Some((_, closing)) = QUOTES.iter().find(|(opening, _)| *opening == first) {
            let token = read_quoted(text, position, first, closing);
            position = token.end;
            tokens.push(token);
        } else if matches!(first, '\u{b2}' | '\u{b3}') {
            let (digit, value) = if first == '\u{b2}' { ("2", 2.0) } else { ("3", 3.0) };
            let end = position + first.len_utf8();
            let diagnostic = complaints.at(Code::ForeignOperator, position, end, format!("unexpected `{first}`"));
            complaints.tell(diagnostic.help(format!("write `^ {digit}`")));
            tokens.push(Token { kind: TokenKind::Symbol("^"), start: position, end });
            tokens.push(Token { kind: TokenKind::Number(value), start: position, end });
            position = end;
        } else {
            let end = position + first.len_utf8();
            complain_of_character(first, position, end, complaints);
            tokens.push(Token { kind: TokenKind::Wrong, start: position, end });
            position = end;
        }
    }
    tokens.push(Token { kind: TokenKind::End, start: text.len(), end: text.len() });
    tokens
}

/// Does a number such as `.5` stand here, rather than the point of `owner.name`?
fn starts_with_point(text: &str, position: usize, tokens: &[Token<'_>]) -> bool {
    let mut characters = text[position..].chars();
    let follows_value = tokens.last().is_some_and(|token| {
        token.end == position && matches!(token.kind, TokenKind::Word(_) | TokenKind::Symbol(")" | "]" | "."))
    });
    characters.next() == Some('.') && characters.next().is_some_and(|digit| digit.is_ascii_digit()) && !follows_value
}

fn push_symbol<'text>(
    tokens: &mut Vec<Token<'text>>,
    spelling: &'static str,
    meaning: Meaning,
    start: usize,
    end: usize,
    complaints: &mut Complaints<'text>,
) {
    let meant = match meaning {
        Native => {
            tokens.push(Token { kind: TokenKind::Symbol(spelling), start, end });
            return;
        }
        Symbol(symbol) => {
            tokens.push(Token { kind: TokenKind::Symbol(symbol), start, end });
            symbol.to_owned()
        }
        Words(words) => {
            tokens.extend(words.iter().map(|word| Token { kind: TokenKind::Word(word), start, end }));
            words.join(" ")
        }
    };
    let diagnostic = complaints.at(Code::ForeignOperator, start, end, format!("unexpected `{spelling}`"));
    complaints.tell(diagnostic.help(format!("write `{meant}`")));
}

fn read_word<'text>(text: &'text str, start: usize, complaints: &mut Complaints<'text>) -> Token<'text> {
    let length = text[start..]
        .find(|part: char| !(part.is_alphabetic() || part.is_ascii_digit() || part == '_'))
        .unwrap_or(text.len() - start);
    let end = start + length;
    let word = &text[start..end];
    let regular = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if regular && !word.starts_with('_') {
        return Token { kind: TokenKind::Word(word), start, end };
    }
    let known = in_small_letters(word);
    let diagnostic = match known {
        Some(known) => complaints
            .at(Code::ForeignOperator, start, end, format!("unexpected `{word}`"))
            .help(format!("write `{known}`")),
        None => complaints
            .at(Code::InvalidName, start, end, "a name has small letters, digits and `_`, and begins with a letter")
            .help(regular_name(word).map_or_else(
                || "use the name in the file that declares it; it has plain letters only".to_owned(),
                |name| format!("write `{name}`"),
            )),
    };
    complaints.tell(diagnostic);
    Token { kind: TokenKind::Word(known.unwrap_or(word)), start, end }
}

/// The nearest regular name, if only capitals and leading `_` are in the way.
fn regular_name(word: &str) -> Option<String> {
    let name = word.trim_start_matches('_').to_ascii_lowercase();
    super::words::is_name(&name).then_some(name)
}

fn read_quoted<'text>(text: &'text str, start: usize, opening: char, closing: &[char]) -> Token<'text> {
    let inside = start + opening.len_utf8();
    let (content_end, end) = match text[inside..].char_indices().find(|(_, part)| closing.contains(part)) {
        Some((at, mark)) => (inside + at, inside + at + mark.len_utf8()),
        None => (text.len(), text.len()),
    };
    Token { kind: TokenKind::Quoted(&text[inside..content_end]), start, end }
}

/// Tells of a `#` and gives the end of its line.
fn skip_comment(text: &str, start: usize, complaints: &mut Complaints<'_>) -> usize {
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let diagnostic = complaints.at(Code::UnexpectedToken, start, end, "a comment stands outside of the text");
    complaints.tell(diagnostic.help("move it behind the closing quote, or say it in `about`"));
    end
}

fn complain_of_character(character: char, start: usize, end: usize, complaints: &mut Complaints<'_>) {
    let printable =
        !character.is_control() && !matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    let diagnostic = if printable {
        let help = match character {
            '\u{2030}' => "write the number as a fraction: 5 in a thousand is 0.005".to_owned(),
            '$' | '@' | '\\' => "write names without a mark before them".to_owned(),
            _ => format!("drop `{character}`"),
        };
        complaints.at(Code::UnexpectedToken, start, end, format!("unexpected `{character}`")).help(help)
    } else {
        let message = format!("here is the invisible character U+{:04X}", u32::from(character));
        complaints.at(Code::UnexpectedToken, start, end, message).help("delete it")
    };
    complaints.tell(diagnostic);
}
