//! The tables of data that a scenario names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::include::{Folder, at, outside_root};
use crate::diagnostic::{Diagnostic, SourceId, Sources, Span};
use crate::scenario::document::{Node, Table, Text, Value};
use crate::scenario::files::{Files, MAX_CSV_BYTES, decode, tidy, unreadable, way};
use crate::scenario::table::{DataTable, read_table};

/// A table of data that the scenario names.
#[derive(Clone, Debug)]
pub struct DataFile {
    /// Its text.
    pub source: SourceId,
    /// Its path from the scenario's folder, with `/`: part of the sites of draws from it.
    pub path: String,
    /// Its content.
    pub table: DataTable,
}

/// The tables of data of a scenario, each once.
#[derive(Clone, Debug, Default)]
pub struct DataFiles {
    files: Vec<DataFile>,
    stated: BTreeMap<Span, usize>,
}

impl DataFiles {
    /// The table that is named by the text at a place (`data.actors` or an entry of its list, `history.file`, `empirical.file`). `None`
    /// when it could not be read, which has been told.
    #[must_use]
    pub fn named_at(&self, stated: Span) -> Option<&DataFile> {
        self.stated.get(&stated).and_then(|index| self.files.get(*index))
    }

    /// All tables, in the order in which they were read.
    #[must_use]
    pub fn files(&self) -> &[DataFile] {
        &self.files
    }
}

/// What reading of tables needs to know.
pub(super) struct DataReader<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) root: &'a Path,
    pub(super) scenario_folder: &'a Path,
    pub(super) folders: &'a BTreeMap<SourceId, Folder>,
    pub(super) sources: &'a mut Sources,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl DataReader<'_> {
    /// Reads all tables that a scenario names, each once.
    pub(super) fn read(&mut self, scenario: &Table) -> DataFiles {
        let mut found = DataFiles::default();
        let mut known: BTreeMap<PathBuf, Option<usize>> = BTreeMap::new();
        for text in stated_files(scenario) {
            if let Some(index) = self.read_one(text, &mut known, &mut found.files) {
                found.stated.insert(text.span, index);
            }
        }
        found
    }

    fn read_one(
        &mut self,
        stated: &Text,
        known: &mut BTreeMap<PathBuf, Option<usize>>,
        read: &mut Vec<DataFile>,
    ) -> Option<usize> {
        let own = Folder { shown: PathBuf::new(), canonical: self.scenario_folder.to_path_buf() };
        let folder = self.folders.get(&stated.span.source).unwrap_or(&own);
        let shown = tidy(&folder.shown.join(&stated.text));
        let name = shown.to_string_lossy().into_owned();
        let canonical = match self.files.canonical(&folder.canonical.join(&stated.text)) {
            Ok(canonical) => canonical,
            Err(error) => {
                self.diagnostics.push(at(unreadable(&name, &error, MAX_CSV_BYTES), Some(stated.span)));
                return None;
            }
        };
        if let Some(index) = known.get(&canonical) {
            return *index;
        }
        if !canonical.starts_with(self.root) {
            self.diagnostics.push(at(outside_root(&name, self.root), Some(stated.span)));
            return None;
        }
        let bytes =
            self.files.read(&canonical, MAX_CSV_BYTES).map_err(|error| unreadable(&name, &error, MAX_CSV_BYTES));
        let index = match bytes.and_then(|bytes| decode(&name, bytes)) {
            Ok(text) => {
                let source = self.sources.add(name, text);
                let text = self.sources.get(source).map_or("", |file| file.text.as_str());
                let table = read_table(source, text, self.diagnostics);
                read.push(DataFile { source, path: way(self.scenario_folder, &canonical), table });
                Some(read.len() - 1)
            }
            Err(diagnostic) => {
                self.diagnostics.push(at(diagnostic, Some(stated.span)));
                None
            }
        };
        known.insert(canonical, index);
        index
    }
}

/// Every text of a scenario that names a table of data.
fn stated_files(scenario: &Table) -> Vec<&Text> {
    let mut found = Vec::new();
    if let Some(Value::Table(data)) = scenario.get("data").map(|node| &node.value) {
        for key in ["actors", "dyads"] {
            match data.get(key).map(|node| &node.value) {
                Some(Value::Text(text)) => found.push(text),
                Some(Value::List(items)) => found.extend(items.iter().filter_map(as_text)),
                _ => {}
            }
        }
    }
    if let Some(Value::Table(history)) = scenario.get("history").map(|node| &node.value) {
        found.extend(history.get("file").and_then(as_text));
    }
    empirical_files(scenario, &mut found);
    found
}

fn empirical_files<'a>(table: &'a Table, found: &mut Vec<&'a Text>) {
    for (key, entry) in &table.entries {
        if let Value::Table(below) = &entry.node.value {
            if key == "empirical" {
                found.extend(below.get("file").and_then(as_text));
            }
            empirical_files(below, found);
        }
    }
}

fn as_text(node: &Node) -> Option<&Text> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
