//! Civil dates as text.

use super::ast::DateLiteral;

/// What is wrong with a date, in words: the message and the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMistake {
    /// One line, for a diagnostic.
    pub message: String,
    /// Begins with a verb.
    pub help: String,
}

/// Reads `2023-08-25` or `2023-08-25T18:00`, also with a blank for the `T` and with seconds if they are zero, as TOML writes them.
///
/// # Errors
/// Anything else, days that do not exist, seconds, and time zones; the message says what and how to write it.
pub fn parse_date(text: &str) -> Result<DateLiteral, DateMistake> {
    let split = text.find(['T', 't', ' ']);
    let (day_text, time_text) = match split {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let (year, month, day) = parse_day(day_text)?;
    let time = time_text.map(|time| parse_time(time, day_text)).transpose()?;
    Ok(DateLiteral { year, month, day, time })
}

/// A date as text: `2023-08-25`, `2023-08-25T18:00`.
#[must_use]
pub fn print_date(date: &DateLiteral) -> String {
    let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    match date.time {
        Some((hour, minute)) => format!("{day}T{hour:02}:{minute:02}"),
        None => day,
    }
}

fn mistake(message: impl Into<String>, help: impl Into<String>) -> DateMistake {
    DateMistake { message: message.into(), help: help.into() }
}

const FORM: &str = "a date is written year-month-day";

fn parse_day(text: &str) -> Result<(i16, i8, i8), DateMistake> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let digits = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let &[first, second, third] = parts.as_slice() else {
        return Err(mistake(FORM, "write it like `2023-08-25`"));
    };
    if !digits || first.len() > 4 || second.len() > 2 || third.len() > 4 {
        return Err(mistake(FORM, "write it like `2023-08-25`"));
    }
    let number = |part: &str| part.parse::<i16>().unwrap_or(0);
    if (first.len(), second.len(), third.len()) != (4, 2, 2) || text.contains(['/', '.']) {
        let (year, mut month, mut day) = if third.len() == 4 {
            (number(third), number(second), number(first))
        } else {
            (number(first), number(second), number(third))
        };
        if month > 12 && day <= 12 {
            (month, day) = (day, month);
        }
        let help = if (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) {
            format!("write `{year:04}-{month:02}-{day:02}`")
        } else {
            "write it like `2023-08-25`".to_owned()
        };
        return Err(mistake(FORM, help));
    }
    let (year, month, day) = (number(first), number(second), number(third));
    if !(1..=12).contains(&month) {
        return Err(mistake(format!("there is no month {month}"), "write the month as 01 to 12"));
    }
    let last = days_in_month(year, month);
    if !(1..=last).contains(&day) {
        return Err(mistake(
            format!("there is no day {day} in month {month} of {year}"),
            format!("write `{year:04}-{month:02}-{:02}`", day.clamp(1, last)),
        ));
    }
    // Both are at most 31.
    Ok((year, month as i8, day as i8))
}

fn parse_time(text: &str, day: &str) -> Result<(i8, i8), DateMistake> {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone);
    let parts: Vec<&str> = clock.split(':').collect();
    let number = |part: &str| match part.bytes().all(|byte| byte.is_ascii_digit()) && part.len() == 2 {
        true => part.parse::<i8>().ok(),
        false => None,
    };
    let (hour, minute, seconds) = match parts.as_slice() {
        [hour, minute] => (number(hour), number(minute), "00"),
        [hour, minute, seconds] => (number(hour), number(minute), *seconds),
        _ => (None, None, "00"),
    };
    let (Some(hour @ 0..=23), Some(minute @ 0..=59)) = (hour, minute) else {
        return Err(mistake("a time of day is written hour:minute, 00:00 to 23:59", format!("write `{day}T18:00`")));
    };
    if !zone.is_empty() {
        return Err(mistake("dates have no time zone", format!("write `{day}T{hour:02}:{minute:02}`")));
    }
    if seconds.bytes().any(|byte| byte != b'0' && byte != b'.') {
        return Err(mistake("dates go to the minute", format!("write `{day}T{hour:02}:{minute:02}`")));
    }
    Ok((hour, minute))
}

/// Days of a month of the civil calendar with leap days; 0 for a month outside 1 to 12.
#[must_use]
pub fn days_in_month(year: i16, month: i16) -> i16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}
