//! A scenario file and what it includes: depth first, each file once, in the order in which they are laid over each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, SourceId, Sources, Span};
use crate::scenario::document::{Node, Table, Value};
use crate::scenario::files::{Files, MAX_TOML_BYTES, decode, tidy, unreadable};
use crate::scenario::reading::parse_document;

/// Most files that one scenario may consist of.
const MAX_FILES: usize = 1000;
/// Longest chain of files that include each other.
const MAX_CHAIN: usize = 64;

/// One file that was read.
pub(super) struct FileLayer {
    pub(super) source: SourceId,
    pub(super) table: Table,
}

/// Reads files, and what they include.
pub(super) struct Reader<'a> {
    files: &'a dyn Files,
    /// The folder that no file may stand outside of, links resolved.
    root: PathBuf,
    pub(super) sources: &'a mut Sources,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// The files in the order of layers.
    pub(super) layers: Vec<FileLayer>,
    /// What each file includes, also through others.
    pub(super) includes: BTreeMap<SourceId, BTreeSet<SourceId>>,
    /// The folder of each file, as shown and as resolved.
    pub(super) folders: BTreeMap<SourceId, Folder>,
    seen: BTreeMap<PathBuf, SourceId>,
    chain: Vec<Link>,
    told_too_many: bool,
}

/// The folder of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Folder {
    /// As typed, for messages.
    pub(in crate::scenario) shown: PathBuf,
    /// With links resolved.
    pub(in crate::scenario) canonical: PathBuf,
}

/// A file that is just being read.
struct Link {
    canonical: PathBuf,
    name: String,
    /// Where the file before it includes it.
    stated: Option<Span>,
}

/// The root of a scenario: the nearest folder at or above it that holds a `flashpoint.toml`, else its own folder.
pub(super) fn root_of(files: &dyn Files, folder: &Path) -> PathBuf {
    folder.ancestors().find(|ancestor| files.is_file(&ancestor.join("flashpoint.toml"))).unwrap_or(folder).to_path_buf()
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        files: &'a dyn Files,
        root: PathBuf,
        sources: &'a mut Sources,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Reader {
            files,
            root,
            sources,
            diagnostics,
            layers: Vec::new(),
            includes: BTreeMap::new(),
            folders: BTreeMap::new(),
            seen: BTreeMap::new(),
            chain: Vec::new(),
            told_too_many: false,
        }
    }

    /// Reads the main file and all that it includes. `shown` is its path as typed.
    ///
    /// # Errors
    /// What to say when the main file itself cannot be read.
    pub(super) fn main(&mut self, shown: &Path, canonical: PathBuf) -> Result<Option<SourceId>, Diagnostic> {
        let name = shown.to_string_lossy().into_owned();
        match self.files.read(&canonical, MAX_TOML_BYTES) {
            Ok(bytes) => Ok(self.file(shown, Link { canonical, name, stated: None }, bytes)),
            Err(error) => Err(unreadable(&name, &error, MAX_TOML_BYTES)),
        }
    }

    /// Reads a file, given its bytes, after the files that it includes.
    fn file(&mut self, shown: &Path, link: Link, bytes: Vec<u8>) -> Option<SourceId> {
        let text = match decode(&link.name, bytes) {
            Ok(text) => text,
            Err(diagnostic) => {
                self.tell(diagnostic, link.stated);
                return None;
            }
        };
        let source = self.sources.add(link.name.clone(), text.clone());
        self.seen.insert(link.canonical.clone(), source);
        let folder = Folder {
            shown: shown.parent().map(Path::to_path_buf).unwrap_or_default(),
            canonical: link.canonical.parent().map(Path::to_path_buf).unwrap_or_default(),
        };
        self.folders.insert(source, folder.clone());
        let mut table = parse_document(source, &text, self.diagnostics);
        drop(text);
        let include = table.entries.remove("include");
        self.check_format(source, &table);
        self.chain.push(link);
        let mut included = BTreeSet::new();
        for (path, span) in include.map(|entry| self.paths(&entry.node)).unwrap_or_default() {
            if let Some(other) = self.include(&folder, &path, span) {
                included.insert(other);
                included.extend(self.includes.get(&other).into_iter().flatten());
            }
        }
        self.chain.pop();
        self.includes.insert(source, included);
        self.layers.push(FileLayer { source, table });
        Some(source)
    }

    /// Reads an included file, unless that was done already.
    fn include(&mut self, folder: &Folder, path: &str, span: Span) -> Option<SourceId> {
        let shown = tidy(&folder.shown.join(path));
        let name = shown.to_string_lossy().into_owned();
        let canonical = match self.files.canonical(&folder.canonical.join(path)) {
            Ok(canonical) => canonical,
            Err(error) => {
                self.tell(unreadable(&name, &error, MAX_TOML_BYTES), Some(span));
                return None;
            }
        };
        if !canonical.starts_with(&self.root) {
            self.tell(outside_root(&name, &self.root), Some(span));
            return None;
        }
        if let Some(start) = self.chain.iter().position(|link| link.canonical == canonical) {
            self.cycle(start, span);
            return None;
        }
        if let Some(source) = self.seen.get(&canonical) {
            return Some(*source);
        }
        if self.seen.len() >= MAX_FILES || self.chain.len() >= MAX_CHAIN {
            if !self.told_too_many {
                self.told_too_many = true;
                let message = format!("a scenario is made of {MAX_FILES} files at most, in chains of {MAX_CHAIN}");
                self.diagnostics.push(Diagnostic::new(Code::TooDeep, span, message).help("join some of the files"));
            }
            return None;
        }
        match self.files.read(&canonical, MAX_TOML_BYTES) {
            Ok(bytes) => self.file(&shown, Link { canonical, name, stated: Some(span) }, bytes),
            Err(error) => {
                self.tell(unreadable(&name, &error, MAX_TOML_BYTES), Some(span));
                None
            }
        }
    }

    /// The paths of `include = [".."]`.
    fn paths(&mut self, include: &Node) -> Vec<(String, Span)> {
        let Value::List(items) = &include.value else {
            let help = match &include.value {
                Value::Text(text) => format!("write `include = [\"{}\"]`", text.text),
                _ => "write `include = [\"../lib/ecowas.toml\"]`".to_owned(),
            };
            self.diagnostics
                .push(Diagnostic::new(Code::WrongKind, include.span, "`include` is a list of paths").help(help));
            return Vec::new();
        };
        let mut paths = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => paths.push((text.text.clone(), item.span)),
                _ => self.diagnostics.push(
                    Diagnostic::new(Code::WrongKind, item.span, "`include` is a list of paths")
                        .help("write the path of a file in quotes"),
                ),
            }
        }
        paths
    }

    fn check_format(&mut self, source: SourceId, table: &Table) {
        let known = "this version of flashpoint reads `format = 1`";
        match table.entries.get("format") {
            Some(entry) if entry.node.value == Value::Integer(1) => {}
            Some(entry) => {
                let message = match entry.node.value {
                    Value::Integer(other) => format!("format {other} is not known"),
                    _ => "the format is a whole number".to_owned(),
                };
                let help = format!("write `format = 1`; {known}");
                self.diagnostics.push(Diagnostic::new(Code::FormatVersion, entry.node.span, message).help(help));
            }
            None => {
                let top = Span { source, start: 0, end: 0 };
                self.diagnostics.push(
                    Diagnostic::new(Code::FormatVersion, top, "the file does not say which format it is written in")
                        .help(format!("add `format = 1` as its first line; {known}")),
                );
            }
        }
    }

    fn cycle(&mut self, start: usize, span: Span) {
        let names: Vec<&str> = self.chain[start..].iter().map(|link| link.name.as_str()).collect();
        let first = names.first().copied().unwrap_or_default();
        let message = format!("`{first}` includes itself: {} -> {first}", names.join(" -> "));
        let mut diagnostic = Diagnostic::new(Code::IncludeCycle, span, message).label(format!("`{first}` again"));
        for link in self.chain[start..].iter().skip(1) {
            if let Some(stated) = link.stated {
                diagnostic = diagnostic.also(stated, format!("includes `{}`", link.name));
            }
        }
        self.diagnostics.push(diagnostic.help("move what both need into a file that includes neither"));
    }

    /// Adds a diagnostic, at the place that states the file if there is one.
    fn tell(&mut self, diagnostic: Diagnostic, stated: Option<Span>) {
        self.diagnostics.push(at(diagnostic, stated));
    }
}

/// A diagnostic, moved to a place.
pub(in crate::scenario) fn at(mut diagnostic: Diagnostic, place: Option<Span>) -> Diagnostic {
    if let Some(span) = place {
        diagnostic.primary = Some(crate::diagnostic::Label { span, text: String::new() });
    }
    diagnostic
}

/// The mistake of a file outside the root.
pub(in crate::scenario) fn outside_root(name: &str, root: &Path) -> Diagnostic {
    let message = format!("`{name}` lies outside the scenario's root `{}`", root.to_string_lossy());
    Diagnostic::without_place(Code::OutsideRoot, message).help(
        "put an empty file `flashpoint.toml` into the folder that holds all files of the scenario, or copy the file",
    )
}
