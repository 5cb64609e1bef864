//! Days since the start as civil dates.

use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};

use crate::model::Model;

/// How dates of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// `2023-08-25`
    Day,
    /// `2023-08-25T18:00`
    Minute,
    /// `2023-08-25T18:00:00`
    Second,
}

impl DateStyle {
    /// The pattern of this style for `strptime`; `None` for plain dates.
    #[must_use]
    pub fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Day => None,
            Self::Minute => Some("%Y-%m-%dT%H:%M"),
            Self::Second => Some("%Y-%m-%dT%H:%M:%S"),
        }
    }
}

/// The civil calendar of a scenario with a start.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    start: DateTime,
    step_style: DateStyle,
}

const SECONDS_PER_DAY: f64 = 86_400.0;

impl Calendar {
    /// `None` without a start.
    #[must_use]
    pub fn new(model: &Model) -> Option<Self> {
        let start = model.start?;
        let whole = |per_day: f64| {
            let units = model.step_days * per_day;
            (units - units.round()).abs() <= 1e-6
        };
        let step_style = if whole(1.0) && !start.has_time {
            DateStyle::Day
        } else if whole(1440.0) && start.datetime.second() == 0 {
            DateStyle::Minute
        } else {
            DateStyle::Second
        };
        Some(Self { start: start.datetime, step_style })
    }

    /// The style in which the end of every step can be written.
    #[must_use]
    pub fn step_style(&self) -> DateStyle {
        self.step_style
    }

    /// Is this the beginning of a civil day?
    #[must_use]
    pub fn is_midnight(&self, day: f64) -> bool {
        self.datetime(day).is_some_and(|datetime| datetime.time() == Time::midnight())
    }

    /// The civil date and time, to the nearest second; `None` beyond the years -9999 to 9999.
    fn datetime(&self, day: f64) -> Option<DateTime> {
        let seconds = (day * SECONDS_PER_DAY).round();
        if !seconds.is_finite() {
            return None;
        }
        // A conversion that saturates: far too large a number stays too large.
        self.start.checked_add(SignedDuration::from_secs(seconds as i64)).ok()
    }

    /// The text of a day since the start; `None` beyond the years 0 to 9999.
    #[must_use]
    pub fn text(&self, day: f64, style: DateStyle) -> Option<String> {
        let datetime = self.datetime(day).filter(|datetime| datetime.year() >= 0)?;
        let (year, month, day) = (datetime.year(), datetime.month(), datetime.day());
        let (hour, minute, second) = (datetime.hour(), datetime.minute(), datetime.second());
        Some(match style {
            DateStyle::Day => format!("{year:04}-{month:02}-{day:02}"),
            DateStyle::Minute => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
            DateStyle::Second => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
        })
    }
}
