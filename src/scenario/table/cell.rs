//! One cell of a table, and numbers in it.

use crate::diagnostic::{Code, Diagnostic, Span};

/// A cell of a table of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What it holds; empty: not given.
    pub text: &'a str,
    /// The name of its column.
    pub column: &'a str,
    /// Its place, without quotes.
    pub span: Span,
}

/// The number in a cell: nearest to the decimal text, finite.
///
/// # Errors
/// [`Code::BadCell`] when the cell holds something else, also when it is empty.
pub fn number_cell(cell: Cell<'_>) -> Result<f64, Diagnostic> {
    let plain = cell.text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match cell.text.parse::<f64>() {
        Ok(number) if plain && number.is_finite() => Ok(number),
        Ok(_) if plain => Err(bad(cell, "is too large a number", "write a number below 1.8e308".to_owned())),
        _ => Err(bad(cell, "is not a number", meant(cell.text))),
    }
}

fn bad(cell: Cell<'_>, what: &str, help: String) -> Diagnostic {
    let message = format!("column {}: `{}` {what}", cell.column, cell.text);
    Diagnostic::new(Code::BadCell, cell.span, message).help(help)
}

fn meant(text: &str) -> String {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((whole, decimals)) = text.split_once(',')
        && digits(whole.trim_start_matches('-'))
        && digits(decimals)
    {
        return format!("write {whole}.{decimals}: the decimal mark is a point");
    }
    if let Some(number) = text.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok())
        && number.is_finite()
    {
        return format!("write {}: `%` is not in the language", number / 100.0);
    }
    let unknown = ["", "-", ".", "na", "n/a", "nan", "null", "none", "missing", "?", "inf", "-99"];
    if unknown.contains(&text.to_ascii_lowercase().as_str()) {
        return "leave the cell empty where nothing is known".to_owned();
    }
    "write a number such as 0.4".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<f64, String> {
        let cell = Cell { text, column: "hostility", span: Span::default() };
        number_cell(cell).map_err(|error| format!("{}; {}", error.message, error.help.join("")))
    }

    #[test]
    fn numbers_and_what_is_none() {
        assert_eq!(number("0.4"), Ok(0.4));
        assert_eq!(number("-1e-3"), Ok(-0.001));
        let comma = "column hostility: `0,4` is not a number; write 0.4: the decimal mark is a point";
        assert_eq!(number("0,4"), Err(comma.to_owned()));
        for text in ["nan", "inf", "infinity", "", "1e999", "0x10", "1 000", "40%", "--1", "1.2.3"] {
            assert!(number(text).is_err(), "{text}");
        }
    }
}
