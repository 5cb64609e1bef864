//! Numbers as people type them on a command line.

use crate::experiment::MOST_POINTS;
use crate::statistics::runs_needed;

/// The most runs that one command makes. Each probability is then known to seven decimals; the engine would be busy for weeks.
pub(super) const MOST_RUNS: u64 = 100_000_000_000;

/// Reads a number of runs: `10000`, `10_000`, `1e6`, `2.5e5`.
pub(super) fn runs(text: &str) -> Result<u64, String> {
    let number = whole_number(text)?;
    match number {
        0 => Err("at least 1 run is needed".to_owned()),
        1..=MOST_RUNS => Ok(number),
        _ => Err(format!(
            "more than {MOST_RUNS} runs would take weeks and tell nothing new: 10,000 runs know a probability to 0.01, 1,000,000 to 0.001"
        )),
    }
}

/// Reads a number of points: as [`runs`].
pub(super) fn points(text: &str) -> Result<u64, String> {
    let number = whole_number(text)?;
    match number {
        0 => Err("at least 1 point is needed".to_owned()),
        1..=MOST_POINTS => Ok(number),
        _ => Err(format!("{} points are the most", grouped(MOST_POINTS))),
    }
}

/// Reads the index of a run: any whole number of 64 bits.
pub(super) fn run_index(text: &str) -> Result<u64, String> {
    let digits = text.replace('_', "");
    digits.parse().map_err(|_| format!("the index of a run is a whole number from 0 to {}", u64::MAX))
}

/// Reads a seed: any whole number of 64 bits.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    let digits = text.replace('_', "");
    digits.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// Reads the width of an interval, between 0 and 1.
pub(super) fn precision(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(width) if width > 0.0 && width < 1.0 => {
            if runs_for(width) > MOST_RUNS {
                return Err(format!(
                    "intervals as narrow as {text} would take about {} runs; {MOST_RUNS} is the most",
                    grouped(runs_for(width))
                ));
            }
            Ok(width)
        }
        _ => Err("a precision is the greatest width of an interval, such as 0.005".to_owned()),
    }
}

/// About how many runs make the 95 % interval of every probability at most so wide: those of a probability of one half, which is the hardest.
pub(super) fn runs_for(width: f64) -> u64 {
    runs_needed(0.5, width).unwrap_or(u64::MAX)
}

/// 1234567 as `1,234,567`, as prose has it.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A whole number, also with `_` between digits or as `1e6`, without going through a float that could round it.
fn whole_number(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is not a whole number such as 10000, 10_000 or 1e6");
    let clean = text.replace('_', "").to_ascii_lowercase();
    let (mantissa, exponent) = match clean.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<u32>().map_err(|_| wrong())?),
        None => (clean.as_str(), 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let all_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || fraction.len() > exponent as usize {
        return Err(wrong());
    }
    // More zeros than any number of runs has are as good as the greatest number.
    let zeros = "0".repeat((exponent as usize - fraction.len()).min(30));
    Ok(format!("{whole}{fraction}{zeros}").parse::<u64>().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_runs_are_read_as_typed() {
        for (text, number) in [("1", 1), ("10000", 10_000), ("10_000", 10_000), ("1e6", 1_000_000), ("2.5e5", 250_000)]
        {
            assert_eq!(runs(text), Ok(number), "{text}");
        }
        for text in [
            "",
            "0",
            "-1",
            "1.5",
            "many",
            "1e",
            "e6",
            "1e18",
            "1e999999",
            "1000000000000000000",
            "99999999999999999999999",
        ] {
            assert!(runs(text).is_err(), "{text}");
        }
    }

    #[test]
    fn precision_tells_how_many_runs_it_takes() {
        assert!((150_000..155_000).contains(&runs_for(0.005)));
        assert_eq!(precision("0.005"), Ok(0.005));
        for text in ["0", "1", "-0.1", "nan", "inf", "1e-9", "x"] {
            assert!(precision(text).is_err(), "{text}");
        }
    }

    #[test]
    fn groups_of_three() {
        assert_eq!(["0", "999", "1,000", "1,234,567"], [0, 999, 1000, 1_234_567].map(grouped)[..]);
    }
}
