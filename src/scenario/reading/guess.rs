//! The mistakes that people make in TOML, guessed from the line that the parser stumbled over.

use std::ops::Range;

use super::syntax::Finding;

/// What was probably meant.
pub(super) struct Guess {
    /// First byte of the place.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    pub(super) message: String,
    pub(super) help: String,
}

/// The range of the line that a place stands in, without its line end.
pub(super) fn line_at(text: &str, place: usize) -> Range<usize> {
    let start = text[..place].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[place..].find('\n').map_or(text.len(), |newline| place + newline);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    // A place on the carriage return itself.
    start..end.max(start)
}

/// Guesses the mistake of a line. `None`: the parser's own words have to do.
pub(super) fn guess(text: &str, line: Range<usize>, finding: &Finding) -> Option<Guess> {
    let written = &text[line.clone()];
    let start = line.start + (written.len() - written.trim_start().len());
    let written = without_comment(written).trim();
    let end = start + written.len();
    let at = |range: Range<usize>, message: &str, help: String| {
        Some(Guess { start: range.start, end: range.end, message: message.to_owned(), help })
    };
    if finding.message.starts_with("carriage return") {
        return at(
            finding.start..finding.end,
            "a line ends in a lone carriage return",
            "save the file with line ends LF or CRLF".into(),
        );
    }
    if ["missing escaped", "too few unicode", "invalid value"].iter().any(|words| finding.message.starts_with(words)) {
        let place = text[..finding.start].rfind('\\').unwrap_or(finding.start)..finding.end.max(finding.start);
        let help = "write `\\\\` for a backslash, or put the text in single quotes, in which nothing is escaped".into();
        return at(place, "unknown escape after `\\`", help);
    }
    if written.starts_with("//") || written.starts_with(';') || written.starts_with("--") {
        return at(
            start..end,
            "a comment begins with `#`",
            format!("write `# {}`", written.trim_start_matches(['/', ';', '-', ' '])),
        );
    }
    if written.starts_with('[') {
        return header(written, start..end);
    }
    let Some(equals) = equals_sign(written) else {
        return without_equals(written, start..end);
    };
    let key = written[..equals].trim();
    if key.is_empty() {
        return at(start..end, "a value without a key", format!("write `name {written}`"));
    }
    if written[equals..].starts_with("==") {
        let help = format!("write `{key} = {}`", written[equals..].trim_start_matches('=').trim());
        return at(start + equals..start + equals + 2, "a key and its value are joined by one `=`", help);
    }
    if !key.starts_with(['"', '\'']) && key.chars().any(|character| !is_key_character(character)) {
        let message = format!("`{key}` is not a key");
        return at(
            start..start + key.len(),
            &message,
            "write a name of small letters, digits and `_`, or put the key in quotes".into(),
        );
    }
    let inside = &text[finding.start..finding.end];
    if let Some((index, character)) =
        inside.char_indices().find(|(_, character)| character.is_whitespace() && !character.is_ascii())
    {
        let place = finding.start + index..finding.start + index + character.len_utf8();
        return at(place, "an unusual kind of blank stands here", "replace it by a plain space".into());
    }
    let whole = written[equals + 1..].trim();
    let value_start = end - whole.len();
    if whole.starts_with(['[', '{']) {
        // The parser's place is the entry.
        return value(inside, finding.start, None, finding);
    }
    value(whole, value_start, Some(key), finding)
}

fn header(written: &str, place: Range<usize>) -> Option<Guess> {
    let name = written.trim_matches(['[', ']']).trim();
    let brackets = if written.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
    let message = if !written.ends_with(brackets.1) {
        format!("this header has no `{}`", brackets.1)
    } else if written.ends_with("]]") && brackets.1 == "]" {
        "this header has one bracket too many".to_owned()
    } else if name.split('.').any(|key| key.trim().is_empty()) {
        return Some(Guess {
            start: place.start,
            end: place.end,
            message: "a part of this header is empty".to_owned(),
            help: "write a name between the dots, such as `[rules.vote]`".to_owned(),
        });
    } else if name.chars().all(|character| is_key_character(character) || character == ' ') {
        return None;
    } else {
        let help = "write names of small letters, digits and `_`, and show others by `name = \"..\"`".to_owned();
        return Some(Guess { start: place.start, end: place.end, message: format!("`{name}` is not a name"), help });
    };
    Some(Guess {
        start: place.start,
        end: place.end,
        message,
        help: format!("write `{}{name}{}` on a line of its own", brackets.0, brackets.1),
    })
}

fn without_equals(written: &str, place: Range<usize>) -> Option<Guess> {
    let (message, help) = match written.split_once(':') {
        Some((key, value)) if key.trim().chars().all(is_key_character) && !key.trim().is_empty() => {
            ("a key and its value are joined by `=`", format!("write `{} = {}`", key.trim(), as_value(value.trim())))
        }
        _ if written.is_empty() => return None,
        _ => (
            "this line is neither `key = value` nor `[table]`",
            "write `key = value`, or begin the line with `#`".to_owned(),
        ),
    };
    Some(Guess { start: place.start, end: place.end, message: message.to_owned(), help })
}

/// Guesses what is wrong with a value that stands at `start`. `key` is the key, if the value is all of its line.
fn value(written: &str, start: usize, key: Option<&str>, finding: &Finding) -> Option<Guess> {
    let write = |value: &str| match key {
        Some(key) => format!("write `{key} = {value}`"),
        None => format!("write `{value}`"),
    };
    let first = written.chars().next();
    let smart =
        ['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{ab}', '\u{bb}'];
    let (message, help) = if written.is_empty() {
        (
            "the key has no value",
            key.map_or_else(|| "write a value".to_owned(), |key| format!("write `{key} = ..`, or delete the line")),
        )
    } else if written.starts_with(smart) {
        let plain = written.trim_matches(|character| smart.contains(&character) || character == '"');
        ("these are typographic quotes", write(&in_quotes(plain)))
    } else if let Some(quote) = first.filter(|first| ['"', '\''].contains(first)) {
        quoted(written, quote)?
    } else if let Some(word) = truth(written) {
        ("the truth values are `true` and `false`", write(word))
    } else if let Some(number) = decimal_comma(written) {
        ("the decimal mark is a point", write(&number))
    } else if let Some(number) = percent(written) {
        ("`%` is not in the language", write(&number))
    } else if finding.message.starts_with("invalid date, expected day") {
        ("there is no such day", "write a day that the month has".to_owned())
    } else if let Some((message, date)) = date(written) {
        (message, write(&date))
    } else if let Some((message, number)) = number(written) {
        (message, write(&number))
    } else {
        ("texts and expressions stand in quotes", write(&in_quotes(written)))
    };
    Some(Guess { start, end: start + written.len(), message: message.to_owned(), help })
}

fn quoted(written: &str, quote: char) -> Option<(&'static str, String)> {
    let tripled = written.starts_with(&quote.to_string().repeat(3));
    if tripled {
        return Some((
            "this text of several lines is never closed",
            format!("close it with `{}`", quote.to_string().repeat(3)),
        ));
    }
    let count = written.matches(quote).count() - written.matches("\\\"").count().min(written.matches(quote).count());
    if count % 2 == 1 && !written.ends_with(quote) {
        return Some((
            "this text is not closed on its line",
            format!("add `{quote}` at its end; a text of several lines stands in triple quotes"),
        ));
    }
    if count == 2 && !written.ends_with(quote) {
        return Some((
            "something follows the closing quote",
            "put everything between the quotes, or begin a comment with `#`".to_owned(),
        ));
    }
    if count > 1 {
        let other = if quote == '"' { '\'' } else { '"' };
        return Some(("quotes inside quotes end the text", format!("put the whole between {other} and {other}")));
    }
    None
}

fn truth(written: &str) -> Option<&'static str> {
    match written.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    }
}

fn decimal_comma(written: &str) -> Option<String> {
    let (whole, decimals) = written.split_once(',')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole.trim_start_matches('-')) && digits(decimals)).then(|| format!("{whole}.{decimals}"))
}

fn percent(written: &str) -> Option<String> {
    let number = written.strip_suffix('%')?.trim();
    let plain = number.parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some(format!("{}", plain / 100.0))
}

fn date(written: &str) -> Option<(&'static str, String)> {
    let parts: Vec<&str> = written.split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else {
        return None;
    };
    if !parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let message = "a date is written year-month-day";
    if first.len() == 4 && second.len() == 2 && third.len() == 2 {
        return None;
    }
    if first.len() == 4 {
        return Some((message, format!("{first}-{second:0>2}-{third:0>2}")));
    }
    (third.len() == 4).then(|| (message, format!("{third}-{second:0>2}-{first:0>2}")))
}

fn number(written: &str) -> Option<(&'static str, String)> {
    if !written.bytes().all(|byte| byte.is_ascii_digit() || b"+-._eE".contains(&byte)) {
        return None;
    }
    let plain = written.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some(("this is not how a number is written", format!("{plain}")))
}

/// A value as it would be written after `=`: as it is when it is plain, else in quotes.
fn as_value(written: &str) -> String {
    let plain = written.parse::<f64>().is_ok()
        || ["true", "false"].contains(&written)
        || written.starts_with(['"', '\'', '[', '{']);
    if plain { written.to_owned() } else { in_quotes(written) }
}

fn in_quotes(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{text}'") } else { format!("\"{text}\"") }
}

fn is_key_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || ['_', '-', '.'].contains(&character)
}

/// The place of the first `=` outside quotes.
fn equals_sign(line: &str) -> Option<usize> {
    outside_quotes(line, '=')
}

/// A line without the comment at its end.
fn without_comment(line: &str) -> &str {
    &line[..outside_quotes(line, '#').unwrap_or(line.len())]
}

fn outside_quotes(line: &str, wanted: char) -> Option<usize> {
    let mut quote = None;
    for (index, character) in line.char_indices() {
        match quote {
            None if character == wanted => return Some(index),
            None if ['"', '\''].contains(&character) => quote = Some(character),
            Some(open) if open == character => quote = None,
            _ => {}
        }
    }
    None
}
