//! The scenarios of the project, with a measure of every cell and definition.

use std::fs;
use std::path::{Path, PathBuf};

use flashpoint::check::check;
use flashpoint::model::{CellOwner, Model, Quantity};
use flashpoint::scenario::{FileError, Files, LoadOptions, load};

use super::contradiction;

/// The files of this machine, and one more.
struct WithOne {
    path: PathBuf,
    text: String,
}

impl Files for WithOne {
    fn read(&self, path: &Path, _limit: u64) -> Result<Vec<u8>, FileError> {
        if path == self.path {
            return Ok(self.text.clone().into_bytes());
        }
        fs::read(path).map_err(|_| FileError::Missing)
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, FileError> {
        if path == self.path {
            return Ok(path.to_owned());
        }
        fs::canonicalize(path).map_err(|_| FileError::Missing)
    }

    fn is_file(&self, path: &Path) -> bool {
        path == self.path || path.is_file()
    }
}

fn scenarios(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            scenarios(&path, found);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let text = fs::read_to_string(&path).expect("a file can be read");
            if text.contains("\n[scenario]") {
                found.push(path);
            }
        }
    }
    found.sort();
}

/// Measures of numbers and truths, at most so many.
fn probes(model: &Model) -> String {
    const MOST: usize = 120;
    let actor = |index: usize| model.actors[index].id.as_str();
    let mut values: Vec<String> = Vec::new();
    let fits = |quantity: &Quantity| matches!(quantity, Quantity::Number | Quantity::Boolean);
    for definition in model.definitions.iter().filter(|one| one.n_arguments == 0 && fits(&one.quantity)) {
        values.push(definition.id.clone());
    }
    for cell in &model.cells {
        let (value, quantity) = match cell.owner {
            CellOwner::State { state } => (model.state[state].id.clone(), &model.state[state].quantity),
            CellOwner::Attribute { attribute, actor: holder } => {
                let attribute = &model.attributes[attribute];
                (format!("{}.{}", actor(holder), attribute.id), &attribute.quantity)
            }
            CellOwner::Relation { relation, from, to } => {
                let relation = &model.relations[relation];
                (format!("{}({}, {})", relation.id, actor(from), actor(to)), &relation.quantity)
            }
        };
        if fits(quantity) {
            values.push(value);
        }
    }
    values.sort();
    values.dedup();
    // A few of each kind rather than all of one.
    let stride = values.len().div_ceil(MOST).max(1);
    let mut text = "[measures]\n".to_owned();
    for (at, value) in values.iter().step_by(stride).enumerate() {
        text.push_str(&format!("probe_{at} = \"{value}\"\n"));
    }
    text
}

#[test]
fn measures_of_the_scenarios_stay_in_the_ranges_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut paths = Vec::new();
    scenarios(&folder, &mut paths);
    assert!(paths.len() > 50, "{}", paths.len());
    let mut n_ranges = 0;
    for path in paths {
        let nothing = WithOne { path: PathBuf::new(), text: String::new() };
        let loaded = load(&path, &LoadOptions::default(), &nothing);
        let (model, diagnostics) = check(&loaded);
        let model = model.unwrap_or_else(|| panic!("{}: {diagnostics:#?}", path.display()));
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        let probing = path.with_file_name(format!("probing-{name}"));
        let text = format!("format = 1\ninclude = [\"{name}\"]\n{}", probes(&model));
        let files = WithOne { path: probing.clone(), text };
        let loaded = load(&probing, &LoadOptions::default(), &files);
        let (model, diagnostics) = check(&loaded);
        let model = model.unwrap_or_else(|| panic!("{}: {diagnostics:#?}", probing.display()));
        n_ranges += model.measures.iter().filter(|measure| measure.range.is_some()).count();
        if let Some(text) = contradiction(&model, &diagnostics, 4) {
            panic!("{}: {text}", path.display());
        }
    }
    assert!(n_ranges > 500, "{n_ranges}");
}
