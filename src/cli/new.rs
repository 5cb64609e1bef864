//! `flashpoint new`: a scenario to start from.

mod name;

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use super::arguments::NewRequest;
use super::console::Console;
use super::failure::Failure;

/// A small crisis with a comment on every part.
const SCENARIO: &str = include_str!("new/scenario.toml");
/// The least that runs.
const MINIMAL: &str = include_str!("new/minimal.toml");

/// Makes the folder and the file, and says what to type next.
pub(super) fn new(request: &NewRequest, console: &Console) -> Result<(), Failure> {
    name::check(&request.name)?;
    let folder = Path::new(&request.name);
    let file = format!("{}/scenario.toml", request.name);
    let template = if request.minimal { MINIMAL } else { SCENARIO };
    let text = template.replace("{{title}}", &name::title(&request.name)).replace("{{file}}", &file);
    write(folder, &text)?;
    console.print(&next(&file))
}

/// Writes the file; nothing that is there is touched.
fn write(folder: &Path, text: &str) -> Result<(), Failure> {
    let failed = |action: &str, path: &Path, error: &dyn std::fmt::Display| {
        Failure::File(format!("cannot {action} `{}`: {error}", path.display()))
    };
    let taken = |what: String| Failure::Usage { message: what, help: Some("give another name".to_owned()) };
    if folder.exists() && !folder.is_dir() {
        return Err(taken(format!("there is a file `{}` already", folder.display())));
    }
    fs::create_dir_all(folder).map_err(|error| failed("make the folder", folder, &error))?;
    let path = folder.join("scenario.toml");
    let opened = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = opened.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(format!("there is a scenario `{}` already", path.display())),
        _ => failed("write", &path, &error),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| failed("write", &path, &error))
}

/// What to type next.
fn next(file: &str) -> String {
    let commands = [
        (format!("flashpoint check {file}"), "finds mistakes"),
        (format!("flashpoint run {file}"), "plays it out"),
        (format!("flashpoint replay {file} --run 0"), "tells one run"),
        ("flashpoint help language".to_owned(), "is the reference"),
    ];
    let width = commands.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
    let lines = commands.iter().map(|(command, what)| format!("  {command:width$}   {what}\n"));
    format!("Made {file}. Open it in an editor, and type\n\n{}", lines.collect::<String>())
}
