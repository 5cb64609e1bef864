//! Names of scenarios: of a folder on every system, typed without quotes.

use crate::cli::failure::Failure;

/// Longest name, in bytes.
const LONGEST: usize = 64;

/// Names that are devices on Windows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Refuses a name that could not be a folder, or would have to be quoted.
pub(super) fn check(name: &str) -> Result<(), Failure> {
    let wrong = |why: &str| {
        Err(Failure::Usage {
            message: format!("`{name}` cannot be the name of a scenario: {why}"),
            help: Some("use letters, digits, `-` and `_`, such as `niger-2023`".to_owned()),
        })
    };
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return wrong("it must begin with a letter");
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return wrong("it may only hold letters, digits, `-` and `_`");
    }
    if name.len() > LONGEST {
        return wrong("it is longer than 64 letters");
    }
    let stem = name.to_ascii_lowercase();
    let stem = stem.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(&stem);
    if DEVICES.contains(&stem) {
        return wrong("some systems take it for a device");
    }
    Ok(())
}

/// The title of a scenario of that name: `north-border` is `North border`.
pub(super) fn title(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut characters = words.trim().chars();
    characters.next().map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_folders() {
        for name in ["a", "niger-2023", "North_Border", "comet", "con-flict"] {
            assert!(check(name).is_ok(), "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", "1", "-a", "_a", ".", "..", "a/b", "a\\b", "a b", "é", "a.toml", "con", "COM1", "nul", &long]
        {
            assert!(check(name).is_err(), "{name}");
        }
    }

    #[test]
    fn titles_are_words() {
        assert_eq!(["north-border", "niger_2023", "A"].map(title), ["North border", "Niger 2023", "A"]);
    }
}
