//! `flashpoint check`: every mistake of some scenario files, and nothing else.

use crate::diagnostic::{Diagnostic, Severity, Sources, render_json};
use crate::model::Model;

use super::arguments::{CheckRequest, Format};
use super::console::Console;
use super::failure::Failure;
use super::loading::{Checked, Telling};
use super::sweep;

/// Checks scenarios and files of experiments. What is wrong goes to standard error, what is fine (and JSON) to standard output.
pub(super) fn check(request: &CheckRequest, console: &Console) -> Result<(), Failure> {
    let telling = if request.strict { Telling::Strict } else { Telling::Full };
    let mut results: Vec<Checked> = Vec::new();
    let mut failed = None;
    for file in &request.files {
        if request.format == Format::Text && sweep::is_experiment_file(file) {
            failed = failed.or(sweep::check_file(file, console).err());
            continue;
        }
        let checked = Checked::read(file, &request.changes, telling);
        if request.format == Format::Text {
            console.tell(&checked.text(console));
            if let (Some(model), false) = (&checked.model, fails(&checked, request.strict)) {
                console.print(&format!("{}: {}\n", file.display(), fine(model, checked.is_library)))?;
            }
        }
        results.push(checked);
    }
    if request.format == Format::Json {
        let parts: Vec<(&[Diagnostic], &Sources)> =
            results.iter().map(|checked| (checked.diagnostics.as_slice(), &checked.sources)).collect();
        console.print(&render_json(&parts))?;
    }
    if results.iter().any(|checked| checked.unreadable) {
        Err(Failure::ToldFile)
    } else if results.iter().any(|checked| fails(checked, request.strict)) {
        Err(Failure::Scenario)
    } else {
        failed.map_or(Ok(()), Err)
    }
}

/// Whether the file does not pass.
fn fails(checked: &Checked, strict: bool) -> bool {
    checked.has(Severity::Error) || (strict && checked.has(Severity::Warning))
}

/// What a scenario without mistakes consists of.
fn fine(model: &Model, is_library: bool) -> String {
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    let instances = |happening: &crate::model::Happening| happening.instances.len();
    let n_instances: usize = model.happenings.iter().map(instances).sum::<usize>()
        + model.flows.iter().map(|flow| flow.instances.len()).sum::<usize>();
    format!(
        "{} fine: {}, {}, {}, {}, {}, {} of memory per run",
        if is_library { "a library," } else { "" },
        count(model.actors.len(), "actor"),
        count(model.rules.len(), "rule"),
        count(model.choices.len(), "choice"),
        count(n_instances, "instance"),
        count(model.cells.len(), "cell"),
        bytes(model),
    )
    .trim_start()
    .to_owned()
}

/// About how much memory one run takes: each cell with its start and its snapshot, and what is counted of each instance.
fn bytes(model: &Model) -> String {
    let n_tallies: usize = model.happenings.iter().map(|happening| happening.instances.len()).sum();
    let n_bytes = 8 * (3 * model.cells.len() + model.parameters.len()) + 16 * n_tallies;
    match n_bytes {
        0..10_000 => format!("{n_bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", n_bytes / 1000),
        _ => format!("{} MB", n_bytes / 1_000_000),
    }
}
