//! Civil dates to days since the start, exactly.

use jiff::civil::{Date, DateTime, Time};

use crate::scenario::expression::ast::DateLiteral;

/// A date as written, as a civil date-time (midnight without a time), and whether a time was written.
pub(super) fn datetime(date: DateLiteral) -> Option<(DateTime, bool)> {
    let day = Date::new(date.year, date.month, date.day).ok()?;
    let (hour, minute) = date.time.unwrap_or((0, 0));
    let time = Time::new(hour, minute, 0, 0).ok()?;
    Some((DateTime::from_parts(day, time), date.time.is_some()))
}

/// Days from `start` to `date`: whole minutes / 1440.
pub(super) fn days_since(start: DateTime, date: DateTime) -> f64 {
    let days = start.date().until(date.date()).map_or(0, |span| i64::from(span.get_days()));
    let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
    let total = days * 1440 + minutes(date.time()) - minutes(start.time());
    if total % 1440 == 0 { (total / 1440) as f64 } else { total as f64 / 1440.0 }
}
