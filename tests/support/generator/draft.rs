//! A scenario by tables, as files, and opened.

use std::path::Path;

use flashpoint::check::check;
use flashpoint::diagnostic::{Diagnostic, Severity, TextOptions, render_text};
use flashpoint::model::Model;
use flashpoint::scenario::{LoadOptions, Loaded, MemoryFiles, load};

use super::Dice;

/// One table: its header (`[rules.vote]` without the brackets; `[outcomes]` with one pair of them) and its lines, each of which stands alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Section {
    pub(crate) header: String,
    pub(crate) lines: Vec<String>,
}

impl Section {
    pub(crate) fn new(header: impl Into<String>) -> Self {
        Self { header: header.into(), lines: Vec::new() }
    }

    /// With one more line.
    pub(crate) fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    pub(crate) fn add(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }

    fn write(&self, to: &mut String) {
        to.push_str(&format!("\n[{}]\n", self.header));
        for line in &self.lines {
            to.push_str(line);
            to.push('\n');
        }
    }
}

/// A scenario by tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// Files that the main one includes, in order.
    pub(crate) includes: Vec<String>,
    /// The tables of the main file.
    pub(crate) sections: Vec<Section>,
    /// All other files: path and text.
    pub(crate) files: Vec<(String, String)>,
}

/// The path of the main file.
pub(crate) const MAIN: &str = "scenario.toml";

impl Draft {
    /// The text of the main file.
    pub(crate) fn main_text(&self) -> String {
        let mut text = format!("format = 1\n{}", self.include_line());
        self.sections.iter().for_each(|section| section.write(&mut text));
        text
    }

    fn include_line(&self) -> String {
        if self.includes.is_empty() {
            return String::new();
        }
        let paths: Vec<String> = self.includes.iter().map(|path| format!("\"{path}\"")).collect();
        format!("include = [{}]\n", paths.join(", "))
    }

    pub(crate) fn written(&self) -> Generated {
        let mut files = vec![(MAIN.to_owned(), self.main_text())];
        files.extend(self.files.iter().cloned());
        Generated { files, main: MAIN.to_owned() }
    }

    /// The table with this header.
    pub(crate) fn section(&mut self, header: &str) -> &mut Section {
        let at = self.sections.iter().position(|section| section.header == header);
        let at = at.unwrap_or_else(|| {
            self.sections.push(Section::new(header));
            self.sections.len() - 1
        });
        &mut self.sections[at]
    }

    /// The tables in another order, and the lines of each; outcomes keep theirs among themselves.
    pub(crate) fn shuffle(&mut self, dice: &mut Dice) {
        let is_outcome = |section: &Section| section.header == "[outcomes]";
        let outcomes: Vec<Section> = self.sections.iter().filter(|section| is_outcome(section)).cloned().collect();
        dice.shuffle(&mut self.sections);
        let mut next = outcomes.into_iter();
        for section in &mut self.sections {
            if is_outcome(section) {
                *section = next.next().expect("as many as before");
            }
            dice.shuffle(&mut section.lines);
        }
    }

    /// Some tables moved into a file that stands between the main one and those that it includes.
    pub(crate) fn move_into_include(&mut self, dice: &mut Dice) {
        let mut text = format!("format = 1\n{}", self.include_line());
        let with_outcomes = dice.percent(50);
        let moved = |section: &Section, dice: &mut Dice| match section.header.as_str() {
            "[outcomes]" => with_outcomes,
            // Its paths are relative to the file that states them.
            "history" | "data" => false,
            header => !header.starts_with("variants") && dice.percent(50),
        };
        let mut kept = Vec::new();
        for section in std::mem::take(&mut self.sections) {
            if moved(&section, dice) {
                section.write(&mut text);
            } else {
                kept.push(section);
            }
        }
        self.sections = kept;
        self.includes = vec!["moved.toml".to_owned()];
        self.files.push(("moved.toml".to_owned(), text));
    }
}

/// A scenario as files, the main one first.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    /// Paths and texts.
    pub(crate) files: Vec<(String, String)>,
    /// Path of the main file.
    pub(crate) main: String,
}

/// A scenario that was read and checked.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) loaded: Loaded,
    pub(crate) model: Model,
    /// Everything that was said of it, no errors.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Generated {
    /// Reads and checks it, without a disk.
    ///
    /// # Errors
    /// Its mistakes, as `flashpoint check` tells them.
    pub(crate) fn open(&self) -> Result<Opened, String> {
        self.open_with(&LoadOptions::default())
    }

    /// Reads and checks it with something laid over it.
    ///
    /// # Errors
    /// Its mistakes, as `flashpoint check` tells them.
    pub(crate) fn open_with(&self, options: &LoadOptions) -> Result<Opened, String> {
        let files = self.files.iter().fold(MemoryFiles::new(), |files, (path, text)| files.file(path, text.as_str()));
        let loaded = load(Path::new(&self.main), options, &files);
        let (model, diagnostics) = check(&loaded);
        let errors: Vec<Diagnostic> =
            diagnostics.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
        match model {
            Some(model) if errors.is_empty() => Ok(Opened { loaded, model, diagnostics }),
            _ => Err(render_text(&errors, &loaded.sources, TextOptions::default())),
        }
    }

    /// Writes it into a folder; the path of the main file.
    pub(crate) fn write_into(&self, folder: &Path) -> std::path::PathBuf {
        for (path, text) in &self.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders can be made");
            std::fs::write(path, text).expect("a file can be written");
        }
        folder.join(&self.main)
    }
}
