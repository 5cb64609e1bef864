//! No input makes the program panic: scenarios mangled at random are read, checked, told and, where they still make sense, run.

use std::path::Path;

use flashpoint::diagnostic::{TextOptions, gather, render_json, render_text};
use flashpoint::reference::{Reference, probe};
use flashpoint::scenario::{LoadOptions, MemoryFiles, load};
use proptest::prelude::*;

use crate::support::scenario::{RACE, SUMMIT};

/// One way to mangle a text.
#[derive(Clone, Debug)]
enum Mangling {
    /// Takes bytes out.
    Cut(usize, usize),
    /// Puts a word in.
    Insert(usize, &'static str),
    /// Writes a word over as many bytes.
    Overwrite(usize, &'static str),
    /// Copies a line elsewhere.
    Copy(usize, usize),
    /// Replaces the value after the n-th `=`.
    Value(usize, &'static str),
}

const WORDS: &[&str] = &[
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "=",
    ".",
    ",",
    "\n",
    "#",
    "-",
    "0",
    "1e400",
    "-1e308",
    "5e-324",
    "9e15",
    "/ 0",
    "^ 17",
    "\u{0}",
    "é",
    "😀",
    "actor",
    "target",
    "junta",
    "france",
    "actors",
    "tension",
    "push",
    "fired(expel)",
    "since(expel)",
    "first(expel)",
    "per day",
    "7 days",
    "2023-08-25",
    "today",
    "if",
    "then",
    "else",
    "not",
    "and",
    "for m in actors: ",
    "sum(m in actors: 1)",
    "mean(m in actors where false: 1)",
    "pressure(junta, france)",
    "start(",
    "join(actors, france)",
    "leave(actors, junta)",
    "true",
    "is not",
    "[[outcomes]]",
    "[rules.expel]",
    "later.x = { after = \"2 days\", effects = [\"tension = 1\"] }",
    "include = [\"a.toml\"]",
    "replace = true",
    "enabled = false",
    "half_life = \"3 days\"",
    "normal = { mean = 0, sd = 1 }",
    "range = [0, 1]",
    "values = [\"a\", \"b\"]",
    "limit = 0",
    "every = \"0 days\"",
];

const VALUES: &[&str] = &[
    "0",
    "-1",
    "true",
    "\"\"",
    "[]",
    "{}",
    "nan",
    "inf",
    "-0.0",
    "1e308",
    "2023-08-25",
    "\"0 days\"",
    "\"1e9 years\"",
    "\"1e-300 days\"",
    "\"junta\"",
    "\"actors\"",
    "\"1 / 0\"",
    "\"-5 per day\"",
    "\"1e308 per day\"",
    "{ flip = { probability = 2 } }",
    "{ beta = { mean = 0.5, sd = 9 } }",
    "{ gamma = { q05 = 5, q95 = 5 } }",
    "{ discrete = { values = [], weights = [] } }",
    "[0, 1, 2]",
    "[1, 0]",
    "[\"tension = 1\", \"tension = 2\"]",
];

fn mangling() -> impl Strategy<Value = Mangling> {
    let at = 0_usize..4000;
    prop_oneof![
        (at.clone(), 1_usize..40).prop_map(|(at, length)| Mangling::Cut(at, length)),
        (at.clone(), prop::sample::select(WORDS)).prop_map(|(at, word)| Mangling::Insert(at, word)),
        (at.clone(), prop::sample::select(WORDS)).prop_map(|(at, word)| Mangling::Overwrite(at, word)),
        (0_usize..120, 0_usize..120).prop_map(|(from, to)| Mangling::Copy(from, to)),
        (0_usize..120, prop::sample::select(VALUES)).prop_map(|(at, value)| Mangling::Value(at, value)),
    ]
}

fn mangle(text: &mut String, mangling: &Mangling) {
    let boundary = |text: &str, at: usize| {
        let at = at % (text.len() + 1);
        (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    };
    match *mangling {
        Mangling::Cut(at, length) => {
            let start = boundary(text, at);
            let end = boundary(text, (start + length).min(text.len())).max(start);
            text.replace_range(start..end, "");
        }
        Mangling::Insert(at, word) => text.insert_str(boundary(text, at), word),
        Mangling::Overwrite(at, word) => {
            let start = boundary(text, at);
            let end = boundary(text, (start + word.len()).min(text.len())).max(start);
            text.replace_range(start..end, word);
        }
        Mangling::Copy(from, to) => {
            let mut lines: Vec<&str> = text.lines().collect();
            if !lines.is_empty() {
                let line = lines[from % lines.len()];
                lines.insert(to % lines.len(), line);
                *text = lines.join("\n");
            }
        }
        Mangling::Value(at, value) => {
            let places: Vec<usize> = text.match_indices(" = ").map(|(at, _)| at + 3).collect();
            if !places.is_empty() {
                let start = places[at % places.len()];
                let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
                text.replace_range(start..end, value);
            }
        }
    }
}

/// Does with a text all that the program would do with it.
fn try_everything(text: &str) {
    let files = MemoryFiles::new().file("a.toml", text.as_bytes().to_vec());
    let loaded = load(Path::new("a.toml"), &LoadOptions::default(), &files);
    let (model, diagnostics) = flashpoint::check::check(&loaded);
    let diagnostics = gather(diagnostics);
    let told = render_text(&diagnostics, &loaded.sources, TextOptions::default());
    assert_eq!(told.is_empty(), diagnostics.is_empty());
    assert!(render_json(&[(&diagnostics, &loaded.sources)]).starts_with('{'));
    if let Some(model) = model
        && !loaded.is_library
        && model.n_steps <= 1000
    {
        let reference = Reference::new(&model, 1);
        let report = probe(&reference, 0..2);
        assert_eq!(report.runs, 2);
        let record = reference.run(7);
        assert!(record.cells.iter().chain(&record.measures).chain(&record.parameters).all(|value| value.is_finite()));
        assert!(record.outcome < model.outcomes.len());
    }
}

#[test]
fn the_unmangled_scenarios_are_fine() {
    for text in [RACE, SUMMIT] {
        let files = MemoryFiles::new().file("a.toml", text.as_bytes().to_vec());
        let loaded = load(Path::new("a.toml"), &LoadOptions::default(), &files);
        let (model, diagnostics) = flashpoint::check::check(&loaded);
        let told = render_text(&gather(diagnostics), &loaded.sources, TextOptions::default());
        assert!(model.is_some(), "{told}");
        assert_eq!(told, "");
        try_everything(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(summit in any::<bool>(), manglings in prop::collection::vec(mangling(), 1..6)) {
        let mut text = if summit { SUMMIT } else { RACE }.to_owned();
        for mangling in &manglings {
            mangle(&mut text, mangling);
        }
        try_everything(&text);
    }
}

/// Scenarios that once did harm.
#[test]
fn what_once_went_wrong() {
    for value in ["tension [0] > 0", "tension [", "junta.resolve [1] (2)"] {
        try_everything(&RACE.replace("\"tension\"", &format!("\"{value}\"")));
    }
}

/// Each parameter is looked at once, however often others name it, and a long chain needs no deep stack.
#[test]
fn long_chains_of_parameters() {
    let mut text = String::from(RACE);
    text.push_str("\n[parameters.p0]\nvalue = 1\n");
    for index in 1..3_000 {
        text.push_str(&format!(
            "[parameters.p{index}]\nvalue = \"p{} + p{} - p{}\"\n",
            index - 1,
            index - 1,
            index - 1
        ));
    }
    try_everything(&text);
}
