//! Numbers and dates among the tokens.

use super::ast::DateLiteral;
use super::date::parse_date;
use super::token::{Complaints, Token, TokenKind};
use crate::diagnostic::Code;

/// Length of the digits at the start of a text.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Reads a date, right or wrong, if one stands here: three numbers without blanks, one of them a year of four digits.
pub(super) fn read_date<'text>(
    text: &'text str,
    start: usize,
    complaints: &mut Complaints<'text>,
) -> Option<Token<'text>> {
    let length = date_length(&text[start..])?;
    let end = start + length;
    let date = match parse_date(&text[start..end]) {
        Ok(date) if !text[start..end].contains(' ') => date,
        result => {
            let (message, help) = match result {
                Ok(_) => (
                    "a `T` stands between date and time".to_owned(),
                    format!("write `{}`", text[start..end].replace(' ', "T")),
                ),
                Err(mistake) => (mistake.message, mistake.help),
            };
            let diagnostic = complaints.at(Code::BadDate, start, end, message).help(help);
            complaints.tell(diagnostic);
            DateLiteral { year: 2000, month: 1, day: 1, time: None }
        }
    };
    Some(Token { kind: TokenKind::Date(date), start, end })
}

/// Bytes of the date at the start of a text, with its time of day.
fn date_length(text: &str) -> Option<usize> {
    let first = digits(text);
    let separator = *text.as_bytes().get(first)?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let second_start = first + 1;
    let second = digits(&text[second_start..]);
    let third_start = second_start + second + 1;
    if *text.as_bytes().get(third_start - 1)? != separator {
        return None;
    }
    let third = digits(&text[third_start..]);
    let year_first = first == 4 && matches!(third, 1 | 2);
    let year_last = third == 4 && matches!(first, 1 | 2);
    if !matches!(second, 1 | 2) || !(year_first || year_last) {
        return None;
    }
    let day_end = third_start + third;
    Some(day_end + time_length(&text[day_end..]))
}

/// Bytes of a time of day such as `T18:00`, `T18:00:00Z`, ` 18:00`; 0 if none stands here.
fn time_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let Some(b'T' | b't' | b' ') = bytes.first().copied() else {
        return 0;
    };
    let hour = digits(&text[1..]);
    if hour == 0 || hour > 2 || (bytes[0] == b' ' && bytes.get(1 + hour) != Some(&b':')) {
        return 0;
    }
    let mut length = 1 + hour;
    while let Some(b':' | b'.') = bytes.get(length) {
        let part = digits(&text[length + 1..]);
        if part == 0 {
            break;
        }
        length += 1 + part;
    }
    match bytes.get(length) {
        Some(b'Z' | b'z') => length + 1,
        Some(b'+' | b'-') => {
            let zone_hour = digits(&text[length + 1..]);
            let colon = length + 1 + zone_hour;
            let zone_minute = text.get(colon + 1..).map_or(0, digits);
            if zone_hour == 2 && bytes.get(colon) == Some(&b':') && zone_minute == 2 { colon + 3 } else { length }
        }
        _ => length,
    }
}

/// Reads a number. A digit, or a point before a digit, stands at `start`.
pub(super) fn read_number<'text>(text: &'text str, start: usize, complaints: &mut Complaints<'text>) -> Token<'text> {
    let bytes = text.as_bytes();
    let mut end = start + digits(&text[start..]);
    let mut plain = text[start..end].to_owned();
    let mut mistake: Option<(Code, &str)> = None;
    // 1_000 and 1'000
    while matches!(bytes.get(end), Some(b'_' | b'\'')) && end > start {
        let group = digits(&text[end + 1..]);
        if group == 0 || (bytes[end] == b'\'' && group != 3) {
            break;
        }
        plain.push_str(&text[end + 1..end + 1 + group]);
        end += 1 + group;
        mistake = Some((Code::DecimalMark, "digits are not grouped"));
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1) != Some(&b'.') {
        let fraction = digits(&text[end + 1..]);
        if fraction == 0 && text[end + 1..].starts_with(|next: char| next.is_alphabetic() || next == '_') {
            // `5.x`: the point of `owner.name`
            return Token { kind: TokenKind::Number(plain.parse().unwrap_or(0.0)), start, end };
        }
        if fraction == 0 {
            mistake = mistake.or(Some((Code::DecimalMark, "a number has a digit behind its point")));
        } else {
            if plain.is_empty() {
                plain.push('0');
                mistake = Some((Code::DecimalMark, "a number has a digit before its point"));
            }
            plain.push('.');
            plain.push_str(&text[end + 1..end + 1 + fraction]);
        }
        end += 1 + fraction;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = text.get(end + 1 + sign..).map_or(0, digits);
        if exponent > 0 {
            plain.push_str(&text[end..end + 1 + sign + exponent]);
            end += 1 + sign + exponent;
        }
    }
    // `plain` is a decimal number by construction.
    let value = plain.parse::<f64>().unwrap_or(0.0);
    if let Some((code, message)) = mistake {
        let diagnostic = complaints.at(code, start, end, message).help(format!("write `{plain}`"));
        complaints.tell(diagnostic);
    } else if !value.is_finite() {
        let message = format!("`{plain}` is beyond the largest number, about 1.8e308");
        let diagnostic = complaints.at(Code::OutsideRange, start, end, message);
        complaints.tell(diagnostic.help("write a smaller number, or `never` for a time that does not come"));
    } else if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let mut groups: Vec<&str> = plain.split('.').collect();
        while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            let group = digits(&text[end + 1..]);
            groups.push(&text[end + 1..end + 1 + group]);
            end += 1 + group;
        }
        let grouped = groups.iter().skip(1).all(|group| group.len() == 3);
        let meant = if grouped { groups.concat() } else { plain.clone() };
        let diagnostic = complaints.at(Code::DecimalMark, start, end, "a number has one point");
        complaints.tell(diagnostic.help(format!("write `{meant}`")));
    }
    Token { kind: TokenKind::Number(if value.is_finite() { value } else { f64::MAX }), start, end }
}
