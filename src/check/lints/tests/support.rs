//! Small scenarios and the names of what is told of them.

use std::path::Path;

use crate::check::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Model;
use crate::scenario::{LoadOptions, MemoryFiles, load};

/// Two actors, a year of days, something random, and whatever is added.
const FRAME: &str = r#"format = 1
[scenario]
start = 2023-07-26
step = "1 day"
horizon = "364 days"
[actors.france]
[actors.junta]
[rules.noise]
rate = "0.1 per day"
[[outcomes]]
id = "standoff"
"#;

/// Checks a text; it must have no error.
pub(super) fn checked(text: &str, options: &LoadOptions) -> (Model, Vec<Diagnostic>) {
    let files = MemoryFiles::new().file("scenario.toml", text);
    let loaded = load(Path::new("scenario.toml"), options, &files);
    let (model, diagnostics) = check(&loaded);
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    (model.expect("a model, for want of errors"), diagnostics)
}

/// The whole text of a scenario: the frame and what is added. A `[scenario]` of its own replaces the frame.
pub(super) fn whole(added: &str) -> String {
    if added.contains("[scenario]") { added.to_owned() } else { format!("{FRAME}{added}") }
}

/// Warnings as `name: message`, in the order in which they are told.
pub(super) fn warnings(added: &str) -> Vec<String> {
    let (_, diagnostics) = checked(&whole(added), &LoadOptions::default());
    let warnings = diagnostics.iter().filter(|one| one.severity == Severity::Warning);
    warnings.map(|one| format!("{}: {}", one.code.name(), one.message)).collect()
}

/// Nothing is said.
#[track_caller]
pub(super) fn silent(added: &str) {
    assert_eq!(warnings(added), Vec::<String>::new(), "{added}");
}

/// One thing is said, beginning so.
#[track_caller]
pub(super) fn told(added: &str, beginning: &str) {
    let found = warnings(added);
    assert!(found.len() == 1 && found[0].starts_with(beginning), "{found:#?}\n{beginning}\n{added}");
}
