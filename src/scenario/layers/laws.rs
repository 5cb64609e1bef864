//! Laws of layers, on scenarios made at random.

use std::path::Path;

use proptest::prelude::*;

use crate::diagnostic::{Diagnostic, SourceId, Sources};
use crate::scenario::layers::merge::Merger;
use crate::scenario::{LoadOptions, Loaded, MemoryFiles, load, parse_document, read_table};

/// Lines that can be put into one file in any number and order, one for each key.
fn lines() -> impl Strategy<Value = Vec<(String, u8)>> {
    let keys = [
        "rules.a.when",
        "rules.a.limit",
        "rules.b.later.x.when",
        "state.s.start",
        "state.s.range",
        "parameters.p.range",
        "actors.f.resolve",
        "actors.f.hostility.g",
        "actors.f.hostility.h",
        "groups.g",
        "measures.m.value",
    ];
    let key = prop::sample::select(keys.to_vec());
    prop::collection::btree_map(key, 0..5_u8, 0..8)
        .prop_map(|map| map.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(lines: &[(String, u8)]) -> String {
    lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect()
}

fn merged(layers: &[&str]) -> crate::scenario::document::Table {
    let mut merger = Merger::default();
    for text in layers {
        merger.lay_command(SourceId(0), parse_document(SourceId(0), text, &mut Vec::new()));
    }
    merger.table
}

fn loaded(files: &[(String, String)], options: &LoadOptions) -> Loaded {
    let files =
        files.iter().fold(MemoryFiles::new(), |files, (path, text)| files.file(path, format!("format = 1\n{text}")));
    load(Path::new("main.toml"), options, &files)
}

/// A text of pieces that mean something to TOML.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b",
        "rules",
        "=",
        " = ",
        "\n",
        "\r\n",
        "\r",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ",",
        ".",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "\\",
        "\\n",
        "\\u00e9",
        "#",
        "1",
        "0.5",
        "-",
        "_",
        ":",
        "true",
        "nan",
        "2023-08-25",
        "T10:00",
        "é",
        "\u{201c}",
        "\u{a0}",
        " ",
        "\t",
        "%",
        "replace = true",
        "x = 1\n",
        "include",
        "variants",
        "\u{0}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat())
}

fn places_are_in_the_text(sources: &Sources, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            let text = sources.get(label.span.source).map_or("", |file| file.text.as_str());
            let range = label.span.start as usize..label.span.end as usize;
            assert!(text.get(range).is_some(), "{diagnostic:?} in {text:?}");
        }
    }
}

proptest! {
    #[test]
    fn laying_over_is_associative_and_has_no_effect_twice(a in lines(), b in lines(), c in lines()) {
        let (a, b, c) = (text(&a), text(&b), text(&c));
        let mut merger = Merger::default();
        merger.lay_command(SourceId(0), parse_document(SourceId(0), &a, &mut Vec::new()));
        merger.lay_command(SourceId(0), merged(&[&b, &c]));
        let shape = |table: &crate::scenario::document::Table| {
            super::fingerprint::fingerprint(table, &super::data::DataFiles::default())
        };
        prop_assert_eq!(shape(&merger.table), shape(&merged(&[&a, &b, &c])));
        prop_assert_eq!(shape(&merged(&[&a, &a])), shape(&merged(&[&a])));
        prop_assert_eq!(shape(&merged(&[&a, &b, &a, &b])), shape(&merged(&[&a, &b])));
        prop_assert_eq!(shape(&merged(&["", &a, ""])), shape(&merged(&[&a])));
    }

    #[test]
    fn content_is_the_same_in_one_file_or_several(lines in lines(), parts in prop::collection::vec(0..3_usize, 8), reverse: bool) {
        let whole = loaded(&[("main.toml".to_owned(), text(&lines))], &LoadOptions::default());
        let mut files = vec![("main.toml".to_owned(), Vec::new()), ("a.toml".to_owned(), Vec::new()), ("b.toml".to_owned(), Vec::new())];
        for (index, line) in lines.iter().enumerate() {
            files[parts[index]].1.push(line.clone());
        }
        let mut files: Vec<(String, String)> = files
            .into_iter()
            .map(|(name, mut lines)| {
                if reverse {
                    lines.reverse();
                }
                (name, text(&lines))
            })
            .collect();
        files[0].1 = format!("include = ['a.toml', 'b.toml']\n{}", files[0].1);
        let split = loaded(&files, &LoadOptions::default());
        prop_assert!(!whole.has_errors() && !split.has_errors(), "{:?}", split.diagnostics);
        prop_assert!(split.overrides.is_empty());
        prop_assert_eq!(whole.fingerprint(), split.fingerprint());
    }

    #[test]
    fn the_order_of_includes_matters_only_where_it_is_an_error(a in lines(), b in lines(), c in lines()) {
        let files = |order: &str| loaded(
            &[("main.toml".to_owned(), format!("include = {order}\n{}", text(&c))), ("a.toml".to_owned(), text(&a)), ("b.toml".to_owned(), text(&b))],
            &LoadOptions::default(),
        );
        let (one, other) = (files("['a.toml', 'b.toml']"), files("['b.toml', 'a.toml']"));
        prop_assert_eq!(one.has_errors(), other.has_errors());
        prop_assert!(one.has_errors() || one.fingerprint() == other.fingerprint());
    }

    #[test]
    fn no_text_breaks_the_reader(text in soup()) {
        let loaded = loaded(&[("main.toml".to_owned(), text)], &LoadOptions::default());
        places_are_in_the_text(&loaded.sources, &loaded.diagnostics);
    }

    #[test]
    fn no_word_of_the_command_breaks_it(word in soup(), name in "(p|s|f\\.resolve|hostility\\(f, *g\\)|rules\\.a\\.limit|[a-z.()\"', ]{0,12})") {
        let main = "[parameters]\np.value = 1\n[state]\ns = true\n[attributes.resolve]\n[relations.hostility]\n[actors]\nf = {}\ng = {}\n[rules.a]\nlimit = 1";
        let options = LoadOptions { variants: vec![word.clone()], set: vec![format!("{name}={word}"), word.clone()], without: vec![word, name] };
        let loaded = loaded(&[("main.toml".to_owned(), main.to_owned())], &options);
        places_are_in_the_text(&loaded.sources, &loaded.diagnostics);
    }

    #[test]
    fn no_table_breaks_the_reader(pieces in prop::collection::vec(prop::sample::select(vec!["a", ",", "\"", "\n", "\r", "\r\n", ";", "é", " ", "0,5", "\"\"", "\t"]), 0..40)) {
        let text = pieces.concat();
        let mut sources = Sources::default();
        let source = sources.add("x.csv", text.clone());
        let mut diagnostics = Vec::new();
        let table = read_table(source, &text, &mut diagnostics);
        places_are_in_the_text(&sources, &diagnostics);
        for row in 0..table.row_count() {
            for cell in table.row(row) {
let written = text.get(cell.span.start as usize..cell.span.end as usize).unwrap_or("?");
                prop_assert!(written == cell.text || written.replace("\"\"", "\"") == cell.text);
            }
        }
    }

    #[test]
    fn every_byte_of_a_text_knows_where_it_was_written(content in "[a-z \\n\"'\\\\é\u{1f600}]{0,20}", style in 0..4_u8) {
        let written = match style {
            0 => format!("\"{}\"", content.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")),
            1 => format!("\"\"\"\n{}\"\"\"", content.replace('\\', "\\\\").replace('"', "\\\"")),
            2 => format!("\"\"\"\n{}\"\"\"", content.replace('\\', "\\\\").replace('"', "\\u0022").replace('\n', "\r\n")),
            _ => format!("'''\n{}'''", content.replace('\'', "")),
        };
        let text = format!("k = {written}");
        let mut diagnostics = Vec::new();
        let table = parse_document(SourceId(0), &text, &mut diagnostics);
        prop_assert!(diagnostics.is_empty(), "{:?}", diagnostics);
        let Some(crate::scenario::document::Value::Text(decoded)) = table.get("k").map(|node| &node.value) else {
            return Err(TestCaseError::fail("no text"));
        };
        let meant = if style == 3 { content.replace('\'', "") } else { content };
        prop_assert_eq!(&decoded.text, &meant);
        prop_assert_eq!(decoded.offsets.len(), meant.len() + 1);
        for (index, character) in meant.char_indices() {
            let span = decoded.place(index, index + character.len_utf8());
            let place = &text[span.start as usize..span.end as usize];
            let escaped = match character {
                '\\' if style != 3 => "\\\\".to_owned(),
                '"' if style < 2 => "\\\"".to_owned(),
                '"' if style == 2 => "\\u0022".to_owned(),
                '\n' if style == 0 => "\\n".to_owned(),
                '\n' if style == 2 => "\r\n".to_owned(),
                other => other.to_string(),
            };
            prop_assert_eq!(place, escaped);
        }
    }
}
