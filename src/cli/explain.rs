//! `flashpoint explain`: the manual page of a message.

use crate::diagnostic::Code;

use super::arguments::ExplainRequest;
use super::console::Console;
use super::failure::Failure;

/// Prints the page of a code, or all pages.
pub(super) fn explain(request: &ExplainRequest, console: &Console) -> Result<(), Failure> {
    let pages: Vec<&str> = match &request.code {
        None => Code::ALL.iter().map(|code| code.manual()).collect(),
        Some(text) => vec![find(text)?.manual()],
    };
    console.print(&pages.iter().map(|page| format!("{}\n", page.trim_end())).collect::<Vec<_>>().join("\n"))
}

/// The code of that number or name.
fn find(text: &str) -> Result<Code, Failure> {
    // `F0112`, `unknown-actor`, and as a message shows it: `error[F0112]`.
    let inner = text.trim().rsplit_once('[').map_or(text, |(_, rest)| rest.trim_end_matches([']', ':']));
    Code::find(&inner.trim().to_ascii_lowercase().replace('_', "-")).ok_or_else(|| Failure::Usage {
        message: format!("there is no message `{text}`"),
        help: Some(match nearest(inner) {
            Some(code) => format!("did you mean {} ({})?", code.number(), code.name()),
            None => "list them all with `flashpoint explain --all`".to_owned(),
        }),
    })
}

/// The code whose name or number is typed nearly so.
fn nearest(text: &str) -> Option<Code> {
    let text = text.to_ascii_lowercase().replace('_', "-");
    let greatest = (text.chars().count() / 3).max(1);
    let distance = |code: &Code| {
        let number = strsim::damerau_levenshtein(&text, &code.number().to_ascii_lowercase());
        // A number is short: only one slip of it is near.
        let number = if number <= 1 { number } else { usize::MAX };
        strsim::damerau_levenshtein(&text, code.name()).min(number)
    };
    Code::ALL
        .iter()
        .copied()
        .map(|code| (distance(&code), code))
        .filter(|(d, _)| *d <= greatest)
        .min()
        .map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_typed() {
        for text in [
            "F0112",
            "f0112",
            "112",
            "unknown-actor",
            "unknown_actor",
            "Unknown-Actor",
            "error[F0112]",
            "error[F0112]:",
        ] {
            assert_eq!(find(text).ok(), Some(Code::UnknownActor), "{text}");
        }
    }

    #[test]
    fn a_near_name_is_suggested() {
        assert_eq!(nearest("unknown-actr"), Some(Code::UnknownActor));
        assert_eq!(nearest("F0999"), None);
        assert_eq!(nearest("completely different"), None);
    }
}
