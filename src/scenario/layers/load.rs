//! A scenario from its main file: everything that it includes and that the command says, as one tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::data::{DataFiles, DataReader};
use super::fingerprint::fingerprint;
use super::include::{Folder, Reader, root_of};
use super::merge::{Merger, Override};
use super::shape::write_out;
use super::variant::{Variant, take_variants, unknown};
use super::{roles, set, tell};
use crate::diagnostic::{Code, Diagnostic, Severity, SourceId, Sources};
use crate::scenario::document::Table;
use crate::scenario::files::{Files, MAX_TOML_BYTES, unreadable};

/// What the command says about a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadOptions {
    /// Names of variants, laid over the scenario in this order.
    pub variants: Vec<String>,
    /// `NAME=VALUE`, each laid over all before it.
    pub set: Vec<String>,
    /// Rules, choices, options (`choice.option`) and flows that are switched off, after all that is set.
    pub without: Vec<String>,
}

/// What kind of layer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// An included file.
    Included,
    /// The main file.
    Main,
    /// A variant.
    Variant,
    /// `--set`
    Set,
    /// `--without`
    Without,
}

/// One of the tables that were laid over each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What kind.
    pub kind: LayerKind,
    /// Its text: a file, or a word of the command.
    pub source: SourceId,
}

/// A scenario with all its layers.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// All texts.
    pub sources: Sources,
    /// All layers as one tree: short forms written out, without `include` and `variants`.
    pub table: Table,
    /// What is to be said so far. With an error among it the tree may lack parts, and checking it would tell of mistakes that are none.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the main file itself could not be read: then there is nothing else.
    pub main_unreadable: bool,
    /// The folder outside of which no file may stand, links resolved.
    pub root: PathBuf,
    /// The main file's folder, links resolved.
    pub scenario_folder: PathBuf,
    /// The layers, from the first to the last.
    pub layers: Vec<Layer>,
    /// Every key for which a later layer spoke instead of an earlier one.
    pub overrides: Vec<Override>,
    /// All variants that could be asked for, in byte order.
    pub variants: Vec<Variant>,
    /// Whether it is a library: nothing in it says `[scenario]`.
    pub is_library: bool,
    /// The tables of data that it names.
    pub data: DataFiles,
    folders: BTreeMap<SourceId, Folder>,
}

impl Loaded {
    /// Whether anything was found that stops.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// BLAKE3 of the content after layering, 64 hexadecimal digits: everything that can change a number or a text in a table of results, and nothing
    /// else. Comments, order, layout, layers, `about`, `source` and `basis` do not change it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.table, &self.data)
    }

    /// The folder of a file, as typed; the scenario's for a word of the command.
    #[must_use]
    pub fn folder_of(&self, source: SourceId) -> &Path {
        self.folders.get(&source).map_or(&self.scenario_folder, |folder| &folder.shown)
    }
}

/// Reads a scenario: its main file, what that includes, the variants and words of the command, and the tables of data that it names.
///
/// Nothing stops at the first mistake: all are in [`Loaded::diagnostics`].
pub fn load(main: &Path, options: &LoadOptions, files: &dyn Files) -> Loaded {
    let mut loaded = Loaded {
        sources: Sources::default(),
        table: Table::default(),
        diagnostics: Vec::new(),
        main_unreadable: false,
        root: PathBuf::new(),
        scenario_folder: PathBuf::new(),
        layers: Vec::new(),
        overrides: Vec::new(),
        variants: Vec::new(),
        is_library: false,
        data: DataFiles::default(),
        folders: BTreeMap::new(),
    };
    let Some(mut merger) = read_files(&mut loaded, main, options, files) else {
        return loaded;
    };
    loaded.diagnostics.extend(tell::undecided(&merger.undecided(), &loaded.sources));
    loaded.diagnostics.extend(tell::overrides(&merger.overrides, &loaded.sources));
    loaded.variants = take_variants(&mut merger.table, &mut loaded.diagnostics);
    lay_variants(&mut loaded, &mut merger, &options.variants);
    lay_words(&mut loaded, &mut merger, options);
    loaded.table = merger.table;
    loaded.overrides = merger.overrides;
    loaded.is_library = loaded.table.get("scenario").is_none();
    let mut reader = DataReader {
        files,
        root: &loaded.root,
        scenario_folder: &loaded.scenario_folder,
        folders: &loaded.folders,
        sources: &mut loaded.sources,
        diagnostics: &mut loaded.diagnostics,
    };
    loaded.data = reader.read(&loaded.table);
    loaded
}

/// Reads the main file and what it includes. `None` when the main file cannot be read, or is no text.
fn read_files(loaded: &mut Loaded, main: &Path, options: &LoadOptions, files: &dyn Files) -> Option<Merger> {
    let canonical = match files.canonical(main) {
        Ok(canonical) => canonical,
        Err(error) => {
            let diagnostic = unreadable(&main.to_string_lossy(), &error, MAX_TOML_BYTES);
            loaded.main_unreadable = true;
            loaded.diagnostics.push(diagnostic);
            return None;
        }
    };
    loaded.scenario_folder = canonical.parent().map(Path::to_path_buf).unwrap_or_default();
    loaded.root = root_of(files, &loaded.scenario_folder);
    let mut reader = Reader::new(files, loaded.root.clone(), &mut loaded.sources, &mut loaded.diagnostics);
    let source = match reader.main(main, canonical) {
        Ok(source) => source,
        Err(diagnostic) => {
            let (code, diagnostics) = (diagnostic.code, reader.diagnostics);
            diagnostics.push(diagnostic);
            loaded.main_unreadable = code == Code::UnreadableFile;
            return None;
        }
    };
    let folders: BTreeMap<SourceId, PathBuf> =
        reader.folders.iter().map(|(source, folder)| (*source, folder.canonical.clone())).collect();
    let mut merger = Merger::new(reader.includes, folders);
    loaded.folders = reader.folders;
    let mut layers = reader.layers;
    for layer in &mut layers {
        write_out(&mut layer.table);
    }
    let players = roles::players(&layers, &options.variants, &options.set);
    for mut layer in layers {
        roles::rename(&mut layer.table, &players, &mut loaded.diagnostics);
        merger.lay_file(layer.source, layer.table);
        let kind = if Some(layer.source) == source { LayerKind::Main } else { LayerKind::Included };
        loaded.layers.push(Layer { kind, source: layer.source });
    }
    source.map(|_| merger)
}

fn lay_variants(loaded: &mut Loaded, merger: &mut Merger, names: &[String]) {
    for name in names {
        let source = loaded.sources.add("--variant", name.clone());
        match loaded.variants.iter().find(|variant| variant.name == *name) {
            Some(variant) => {
                merger.lay_command(source, variant.table.clone());
                loaded.layers.push(Layer { kind: LayerKind::Variant, source });
            }
            None => loaded.diagnostics.push(unknown(name, source, &loaded.variants)),
        }
    }
}

fn lay_words(loaded: &mut Loaded, merger: &mut Merger, options: &LoadOptions) {
    for word in &options.set {
        let source = loaded.sources.add("--set", word.clone());
        match set::set(merger, source, word, &mut loaded.diagnostics) {
            Ok(()) => loaded.layers.push(Layer { kind: LayerKind::Set, source }),
            Err(diagnostic) => loaded.diagnostics.push(diagnostic),
        }
    }
    for word in &options.without {
        let source = loaded.sources.add("--without", word.clone());
        match set::without(merger, source, word) {
            Ok(()) => loaded.layers.push(Layer { kind: LayerKind::Without, source }),
            Err(diagnostic) => loaded.diagnostics.push(diagnostic),
        }
    }
}

/// Names in backticks, with commas between them, ten at most.
pub(super) fn listed(names: &[&str]) -> String {
    let mut shown: Vec<String> = names.iter().take(10).map(|name| format!("`{name}`")).collect();
    if names.len() > 10 {
        shown.push(format!("and {} more", names.len() - 10));
    }
    shown.join(", ")
}
