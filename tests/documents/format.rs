//! `scenarios/FORMAT.md` against the reader's keys, the parser's words, and the checker.

use std::collections::BTreeSet;
use std::path::Path;

use flashpoint::check::{check, keys};
use flashpoint::diagnostic::Severity;
use flashpoint::scenario::expression::words::{DISTRIBUTIONS, FOLDS, FUNCTIONS, RESERVED, UNITS, is_reserved};
use flashpoint::scenario::{LoadOptions, MemoryFiles, load};

use super::markdown::{blocks, read, rows, section, ticked};

fn format() -> String {
    read("scenarios/FORMAT.md")
}

fn set<'a>(words: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
    words.into_iter().collect()
}

/// The names before brackets in the first column of a section's tables.
fn named(text: &str) -> BTreeSet<String> {
    let rows = rows(text);
    let cells = rows.iter().flat_map(|row| ticked(&row[0]));
    cells.map(|word| word.split('(').next().unwrap_or_default().to_owned()).collect()
}

const SECTIONS: &[(&str, &[&str])] = &[
    ("Notes", keys::NOTES),
    ("Top level", keys::TOP),
    ("[scenario]", keys::SCENARIO),
    ("[parameters.NAME]", keys::PARAMETER),
    ("[attributes.NAME]", keys::ATTRIBUTE),
    ("[relations.NAME]", keys::RELATION),
    ("[state.NAME]", keys::STATE),
    ("[clocks.NAME]", keys::CLOCK),
    ("[definitions]", keys::DEFINITION),
    ("[rules.NAME]", keys::RULE),
    ("[rules.NAME.later.ENTRY]", keys::LATER),
    ("[choices.NAME]", keys::CHOICE),
    ("[choices.NAME.options.OPTION]", keys::OPTION),
    ("[flows.NAME]", keys::FLOW),
    ("[measures.NAME]", keys::MEASURE),
    ("[queries.NAME]", keys::QUERY),
    ("[[outcomes]]", keys::OUTCOME),
    ("[roles.NAME]", keys::ROLE),
    ("[data]", keys::DATA),
    ("[history]", keys::HISTORY),
    ("[[history.events]]", keys::HISTORY_EVENT),
];

#[test]
fn every_key_stands_in_its_section_and_no_other() {
    let text = format();
    for (heading, keys) in SECTIONS {
        let section = section(&text, heading);
        let rows = rows(&section);
        let documented: Vec<&str> = rows.iter().flat_map(|row| ticked(&row[0])).collect();
        assert_eq!(documented, *keys, "keys of `{heading}`, in the order of src/check/keys.rs");
        for row in &rows {
            assert_eq!(row.len(), 5, "`{heading}` {}: key, type, default, meaning, example", row[0]);
            let (key, example) = (ticked(&row[0])[0], ticked(&row[4])[0]);
            assert!(row.iter().all(|cell| !cell.is_empty()), "`{heading}` `{key}` has an empty cell");
            if let Err(error) = toml::from_str::<toml::Table>(example) {
                panic!("the example of `{heading}` `{key}` is no TOML: {error}\n{example}");
            }
            assert!(example.starts_with(key), "the example of `{heading}` `{key}` shows another key: {example}");
        }
    }
    assert_eq!(named(&section(&text, "[actors.NAME]")), ["name".to_owned()].into());
}

#[test]
fn every_section_on_a_table_is_known() {
    let text = format();
    let known: BTreeSet<&str> = SECTIONS.iter().map(|(heading, _)| *heading).collect();
    let others = ["[actors.NAME]", "[groups]", "[variants.NAME]"];
    for line in text.lines().filter_map(|line| line.strip_prefix("### ")).filter(|line| line.starts_with('[')) {
        assert!(known.contains(line) || others.contains(&line), "`{line}` is a section that no test looks at");
    }
}

#[test]
fn words_are_those_of_the_parser() {
    let text = format();
    let units: BTreeSet<String> = UNITS.iter().map(|(word, _)| (*word).to_owned()).collect();
    assert_eq!(named(&section(&text, "Units")), units);
    let functions: BTreeSet<String> = FUNCTIONS.iter().map(|function| function.name.to_owned()).collect();
    assert_eq!(named(&section(&text, "Functions")), functions);
    let folds: BTreeSet<String> = FOLDS.iter().map(|(word, _)| (*word).to_owned()).collect();
    assert_eq!(named(&section(&text, "Folds")), folds);

    let reserved = section(&text, "Reserved words");
    let line = |kind: &str| -> BTreeSet<&str> {
        let (_, from) = reserved.split_once(&format!("- {kind}: ")).unwrap_or_else(|| panic!("no line of {kind}"));
        set(ticked(from.split("\n- ").next().unwrap_or_default().split("\n\n").next().unwrap_or_default()))
    };
    assert_eq!(line("words"), set(RESERVED.iter().copied()));
    assert_eq!(line("units"), set(UNITS.iter().map(|(word, _)| *word)));
    assert_eq!(line("functions"), set(FUNCTIONS.iter().map(|function| function.name)));
    assert_eq!(line("folds"), set(FOLDS.iter().map(|(word, _)| *word)));
    assert_eq!(line("distributions"), set(DISTRIBUTIONS.iter().map(|(word, _)| *word)));
    for word in ticked(&reserved) {
        assert!(is_reserved(word), "`{word}` is not reserved");
    }
}

#[test]
fn distributions_take_the_arguments_that_are_listed() {
    let text = format();
    let rows = rows(&section(&text, "5. Distributions"));
    let documented: Vec<(&str, Vec<&str>)> = rows.iter().map(|row| (ticked(&row[0])[0], ticked(&row[1]))).collect();
    let known: Vec<(&str, Vec<&str>)> = DISTRIBUTIONS.iter().map(|(word, names)| (*word, names.to_vec())).collect();
    assert_eq!(documented, known);
}

#[test]
fn examples_are_scenarios() {
    let text = format();
    let mut files = MemoryFiles::new().file("flashpoint.toml", "");
    let mut complete = Vec::new();
    for block in blocks(&text) {
        let mut words = block.info.split_whitespace();
        if words.next() != Some("toml") {
            continue;
        }
        if let Err(error) = toml::from_str::<toml::Table>(&block.content) {
            panic!("a block is no TOML: {error}\n{}", block.content);
        }
        if words.next() == Some("complete") {
            let name = words.next().map_or_else(|| format!("scenario_{}.toml", complete.len()), str::to_owned);
            files = files.file(&name, block.content);
            complete.push(name);
        }
    }
    assert!(complete.len() >= 3, "{complete:?}");
    for name in complete {
        let loaded = load(Path::new(&name), &LoadOptions::default(), &files);
        let (_, diagnostics) = check(&loaded);
        let told: Vec<&str> = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity != Severity::Note)
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert!(told.is_empty(), "{name}: {told:?}");
    }
}

#[test]
fn the_first_example_is_the_teaching_scenario() {
    let text = format();
    let example = blocks(&text).into_iter().find(|block| block.info == "toml complete").expect("there is one");
    assert_eq!(example.content, read("scenarios/teaching/letter.toml"));
}

#[test]
fn limits_are_those_of_the_code() {
    use flashpoint::scenario::expression::{DEEPEST_NESTING, DEEPEST_TREE, MOST_PARTS};
    use flashpoint::scenario::{MAX_CSV_BYTES, MAX_DEPTH, MAX_TOML_BYTES};
    let text = format();
    let limits = section(&text, "13. Limits").replace(',', "");
    let expressions = format!("{DEEPEST_NESTING}; {DEEPEST_TREE}; {MOST_PARTS}");
    let files = format!("{} MiB; {} MiB", MAX_TOML_BYTES >> 20, MAX_CSV_BYTES >> 20);
    for limit in [expressions, files, format!("| {MAX_DEPTH} |")] {
        assert!(limits.contains(&limit), "no limit `{limit}`");
    }
}

#[test]
fn lines_are_short_enough_to_read() {
    for line in format().lines() {
        assert!(line.starts_with('|') || line.chars().count() <= 160, "a long line: {line}");
    }
}
