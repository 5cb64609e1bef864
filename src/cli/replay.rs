//! `flashpoint replay`: one run, told day by day.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::model::Model;
use crate::narration::{Narration, NarrationOptions, TextStyle, narrate, render_json, render_text};
use crate::output::write_replay;
use crate::reference::Reference;

use super::arguments::{ReplayRequest, Telling};
use super::console::Console;
use super::failure::Failure;
use super::loading::{self, Checked};

/// Plays the run once more and tells it.
pub(super) fn replay(request: &ReplayRequest, console: &Console) -> Result<(), Failure> {
    if let Some(out) = &request.out {
        refuse(out, request.force)?;
    }
    let checked = Checked::read(&request.file, &request.changes, loading::Telling::Brief);
    let (model, _) = checked.into_runnable(console, request.quiet)?;
    let reference = Reference::new(&model, request.seed);
    let narration = narrate(&reference, request.run, NarrationOptions { explain: request.explain });
    let colour = console.output_colour && request.out.is_none();
    let text = told(&model, &narration, request, colour)?;
    match &request.out {
        None => console.print(&text),
        Some(out) => write(out, &text, request.force),
    }
}

/// The narration in the format that was asked for.
fn told(model: &Model, narration: &Narration, request: &ReplayRequest, colour: bool) -> Result<String, Failure> {
    match request.format {
        Telling::Text => {
            let style = TextStyle { all: request.all, explain: request.explain, colour, ..TextStyle::default() };
            Ok(render_text(model, narration, style))
        }
        Telling::Json => Ok(format!("{:#}\n", render_json(model, narration))),
        Telling::Csv => {
            let mut bytes = Vec::new();
            write_replay(model, narration, &mut bytes).map_err(|error| Failure::File(error.to_string()))?;
            String::from_utf8(bytes).map_err(|error| Failure::File(error.to_string()))
        }
    }
}

/// A file that is there is left alone unless it may be replaced; found out before the run is played.
fn refuse(out: &Path, force: bool) -> Result<(), Failure> {
    if out.is_dir() {
        return Err(Failure::File(format!("cannot write `{}`: it is a folder", out.display())));
    }
    if out.exists() && !force {
        return Err(Failure::Usage {
            message: format!("there is a file `{}` already", out.display()),
            help: Some("give another file with `--out`, or replace it with `--force`".to_owned()),
        });
    }
    Ok(())
}

/// Writes the file beside its place and renames it in, so that it is never half-written.
fn write(out: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let unwritable =
        |error: &dyn std::fmt::Display| Failure::File(format!("cannot write `{}`: {error}", out.display()));
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| unwritable(&error))?;
    // With the rights of any new file: a temporary one is for its owner alone.
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = file.tempfile_in(folder).map_err(|error| unwritable(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| unwritable(&error))?;
    let placed = if force { file.persist(out) } else { file.persist_noclobber(out) };
    placed.map(|_| ()).map_err(|error| unwritable(&error.error))
}
