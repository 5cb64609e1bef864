//! How layers are laid over each other, told by what comes out.

mod data;
mod fingerprints;
mod including;
mod merging;
mod variants;
mod words;

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::{Table, Value};
use crate::scenario::{FileError, LoadOptions, Loaded, MemoryFiles, load};

fn scenario(files: &[(&str, &str)], options: &LoadOptions) -> Loaded {
    let files = files.iter().fold(MemoryFiles::new(), |files, (path, text)| {
        let text = if path.ends_with(".toml") && !text.contains("format") {
            format!("format = 1\n{text}")
        } else {
            (*text).to_owned()
        };
        files.file(path, text)
    });
    load(Path::new("main.toml"), options, &files)
}

fn plain(files: &[(&str, &str)]) -> Loaded {
    scenario(files, &LoadOptions::default())
}

fn set(text: &str, words: &[&str]) -> Loaded {
    let options = LoadOptions { set: words.iter().map(|word| (*word).to_owned()).collect(), ..LoadOptions::default() };
    scenario(&[("main.toml", text)], &options)
}

fn without(text: &str, word: &str) -> Loaded {
    scenario(&[("main.toml", text)], &LoadOptions { without: vec![word.to_owned()], ..LoadOptions::default() })
}

/// A tree as text, without places: `{a = 1, b = {c = "x"}}`.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{:?}", text.text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| shown(&item.value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<String> =
                table.entries.iter().map(|(key, entry)| format!("{key} = {}", shown(&entry.node.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The value at a path, as text; `-` when there is none.
fn at(table: &Table, path: &str) -> String {
    let mut table = table;
    let mut found = "-".to_owned();
    for key in path.split('.') {
        match table.get(key).map(|node| &node.value) {
            Some(value) => found = shown(value),
            None => return "-".to_owned(),
        }
        if let Some(Value::Table(below)) = table.get(key).map(|node| &node.value) {
            table = below;
        }
    }
    found
}

fn errors(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|one| one.code).filter(|code| *code != Code::Overrides).collect()
}

fn notes(loaded: &Loaded) -> Vec<String> {
    loaded.diagnostics.iter().filter(|one| one.code == Code::Overrides).map(|one| one.message.clone()).collect()
}

#[track_caller]
fn value(loaded: &Loaded, path: &str, expected: &str) {
    assert_eq!(errors(loaded), [], "{:#?}", loaded.diagnostics);
    assert_eq!(at(&loaded.table, path), expected);
}

/// The only error: its code, underlined text, message and first help.
#[track_caller]
fn error(loaded: &Loaded, code: Code, place: &str, message: &str, help: &str) {
    let found: Vec<&Diagnostic> = loaded.diagnostics.iter().filter(|one| one.code != Code::Overrides).collect();
    assert_eq!(found.len(), 1, "{:#?}", loaded.diagnostics);
    let underlined = found[0].primary.as_ref().map_or("", |label| loaded.sources.slice(label.span));
    let told = found[0].help.first().map_or("", String::as_str);
    assert_eq!((found[0].code, underlined, found[0].message.as_str(), told), (code, place, message, help));
}
