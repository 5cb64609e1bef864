//! Order and repetition: errors first, in order of files and places; the same mistake is told once.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity, Span};

/// Sorts (errors, warnings, notes; within each by file and place) and tells the same code and message once, with the number of
/// further places. A mistake found twice at one place counts once.
#[must_use]
pub fn gather(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut sorted = diagnostics;
    sorted.sort_by(|a, b| (a.severity, place(a), a.code, &a.message).cmp(&(b.severity, place(b), b.code, &b.message)));
    let mut gathered: Vec<Diagnostic> = Vec::new();
    // For each mistake: where it stands in `gathered`, and the last place it was seen at (places come in order).
    let mut seen: BTreeMap<(Severity, Code, String), (usize, Option<Span>)> = BTreeMap::new();
    for diagnostic in sorted {
        let key = (diagnostic.severity, diagnostic.code, diagnostic.message.clone());
        match seen.get_mut(&key) {
            Some((at, last_place)) => {
                let is_new_place = *last_place != place(&diagnostic);
                gathered[*at].more_places += diagnostic.more_places + usize::from(is_new_place);
                *last_place = place(&diagnostic);
            }
            None => {
                seen.insert(key, (gathered.len(), place(&diagnostic)));
                gathered.push(diagnostic);
            }
        }
    }
    gathered
}

/// The primary place.
fn place(diagnostic: &Diagnostic) -> Option<Span> {
    diagnostic.primary.as_ref().map(|label| label.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32) -> Span {
        Span { start, end: start + 1, ..Span::default() }
    }

    #[test]
    fn errors_come_first_and_repetitions_are_counted() {
        let warning = Diagnostic::new(Code::Unread, span(0), "nothing reads `a`");
        let error = |start| Diagnostic::new(Code::UnknownActor, span(start), "there is no actor `b`");
        let gathered = gather(vec![warning.clone(), error(9), error(5), error(9), error(7)]);
        assert_eq!(gathered, [Diagnostic { more_places: 2, ..error(5) }, warning]);
    }
}
