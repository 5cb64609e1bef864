//! Diagnostics as JSON, with the positions of the Language Server Protocol: lines and UTF-16 characters from 0.

use serde_json::{Value, json};

use super::lines::Lines;
use super::{Diagnostic, Label, Severity, Sources};

/// One JSON object: `diagnostics` in the order given, and how many `errors`, `warnings` and `notes` there are. Each part is what was found in
/// one scenario, with the texts that it points into.
///
/// Severities are the protocol's: 1 error, 2 warning, 3 information. `file` and `range` are null for a fault that lies in no file.
#[must_use]
pub fn render_json(parts: &[(&[Diagnostic], &Sources)]) -> String {
    let list: Vec<Value> = parts.iter().flat_map(|(diagnostics, sources)| of_one(diagnostics, sources)).collect();
    let count = |severity| {
        let all = parts.iter().flat_map(|(diagnostics, _)| diagnostics.iter());
        all.filter(|diagnostic| diagnostic.severity == severity).count()
    };
    let report = json!({
        "diagnostics": list,
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Note),
    });
    format!("{report:#}\n")
}

/// The diagnostics of one scenario.
fn of_one(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<Value> {
    let lines: Vec<Lines<'_>> = sources.files().iter().map(Lines::new).collect();
    let location = |label: &Label| location(label, sources, &lines);
    diagnostics
        .iter()
        .map(|diagnostic| {
            let (file, range) = diagnostic.primary.as_ref().map_or((Value::Null, Value::Null), location);
            let related: Vec<Value> = diagnostic
                .secondary
                .iter()
                .map(|label| {
                    let (file, range) = location(label);
                    json!({ "location": { "file": file, "range": range }, "message": label.text })
                })
                .collect();
            json!({
                "file": file,
                "range": range,
                "severity": severity_number(diagnostic.severity),
                "code": diagnostic.code.number(),
                "name": diagnostic.code.name(),
                "message": diagnostic.message,
                "label": diagnostic.primary.as_ref().map(|label| &label.text),
                "help": diagnostic.help,
                "relatedInformation": related,
                "morePlaces": diagnostic.more_places,
            })
        })
        .collect()
}

fn severity_number(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    }
}

/// The file's name and the range of a label; nulls for a label of no file.
fn location(label: &Label, sources: &Sources, lines: &[Lines<'_>]) -> (Value, Value) {
    let source = label.span.source;
    let (Some(file), Some(lines)) = (sources.get(source), lines.get(source.0 as usize)) else {
        return (Value::Null, Value::Null);
    };
    let (start, end) = lines.clamp(label.span);
    let position = |offset| {
        let (line, character) = lines.position(offset, char::len_utf16);
        json!({ "line": line, "character": character })
    };
    (json!(file.name), json!({ "start": position(start), "end": position(end) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn positions_count_utf16_from_zero() {
        let text = "a = 1\nname = \"😀 x\"\n";
        let start = text.find(" x").expect("it is there") as u32 + 1;
        let mut sources = Sources::default();
        let source = sources.add("a.toml", text);
        let diagnostic = Diagnostic::new(Code::UnknownName, Span { source, start, end: start + 1 }, "there is no `x`");
        let report: Value = serde_json::from_str(&render_json(&[(&[diagnostic], &sources)])).expect("it is JSON");
        assert_eq!(
            report["diagnostics"][0]["range"],
            json!({
                "start": { "line": 1, "character": 11 },
                "end": { "line": 1, "character": 12 },
            })
        );
        assert_eq!(report["diagnostics"][0]["severity"], 1);
        assert_eq!(report["errors"], 1);
    }
}
