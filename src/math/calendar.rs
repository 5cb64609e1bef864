//! The civil (proleptic Gregorian) calendar, by whole days.

/// Days beyond this are not told apart; far outside any calendar, and far from overflow.
const FARTHEST_DAY: i64 = 1_000_000_000_000_000;

/// Days in the 400 years after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;

/// Days from 0000-03-01, where eras begin, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;

/// A civil date with its weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CivilDate {
    /// Such as 2023; 0 is 1 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 1 (Monday) to 7.
    pub weekday: u8,
}

impl CivilDate {
    /// The date `day` days after 1970-01-01. Algorithm: Hinnant, "chrono-compatible low-level date algorithms" (`civil_from_days`).
    #[must_use]
    pub fn of_day(day: i64) -> CivilDate {
        let day = day.clamp(-FARTHEST_DAY, FARTHEST_DAY);
        let shifted = day + DAYS_TO_1970;
        let era = shifted.div_euclid(DAYS_PER_ERA);
        let day_of_era = shifted.rem_euclid(DAYS_PER_ERA);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        CivilDate {
            year: year_of_era + 400 * era + i64::from(month <= 2),
            month: month as u8,
            day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8,
            // 1970-01-01 was a Thursday.
            weekday: ((day + 3).rem_euclid(7) + 1) as u8,
        }
    }
}

/// Days from 1970-01-01 to a civil date (`days_from_civil` of the same source). `month` is 1 to 12, `day` 1 to 31.
#[must_use]
pub fn civil_day(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month + 9).rem_euclid(12);
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970
}

#[cfg(test)]
mod tests {
    use super::{CivilDate, civil_day};

    #[test]
    fn known_days() {
        assert_eq!(civil_day(1970, 1, 1), 0);
        assert_eq!(civil_day(2023, 7, 26), 19_564);
        assert_eq!(CivilDate::of_day(0), CivilDate { year: 1970, month: 1, day: 1, weekday: 4 });
        // The day of the coup in Niamey was a Wednesday.
        assert_eq!(CivilDate::of_day(19_564), CivilDate { year: 2023, month: 7, day: 26, weekday: 3 });
        assert_eq!(CivilDate::of_day(civil_day(2024, 2, 29)).day, 29);
        assert_eq!(CivilDate::of_day(-1), CivilDate { year: 1969, month: 12, day: 31, weekday: 3 });
    }

    #[test]
    fn days_and_dates_are_inverse() {
        for day in (-800_000..800_000).step_by(97) {
            let date = CivilDate::of_day(day);
            assert_eq!(civil_day(date.year, i64::from(date.month), i64::from(date.day)), day);
        }
    }

    #[test]
    fn far_days_do_not_overflow() {
        assert_eq!(CivilDate::of_day(i64::MAX), CivilDate::of_day(i64::MAX - 1));
        assert!(CivilDate::of_day(i64::MIN).year < 0);
    }
}
