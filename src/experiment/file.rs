//! Files of experiments: a study as a file, which `flashpoint run` plays.

use super::words::{GridValues, GridWords, SampleWords};
use crate::diagnostic::{Code, Diagnostic, SourceId, Sources, Span, suggest};
use crate::scenario::document::{Node, Table, Text, Value};
use crate::scenario::parse_document;

/// What kinds of experiments there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExperimentKind {
    /// The scenario at the points of a design.
    Sweep,
}

/// The kinds by their words.
const KINDS: [(&str, ExperimentKind); 1] = [("sweep", ExperimentKind::Sweep)];
const TOP_KEYS: [&str; 3] = ["design", "experiment", "format"];
const EXPERIMENT_KEYS: [&str; 10] =
    ["about", "kind", "out", "runs", "scenario", "seed", "set", "source", "variants", "without"];
const DESIGN_KEYS: [&str; 5] = ["grid", "lhs", "over", "points", "sobol"];

/// The design of a file, before a table of points has been read.
#[derive(Clone, Debug)]
pub enum FileDesign {
    /// `grid`
    Grid(Vec<GridWords>),
    /// `lhs`
    LatinHypercube(SampleWords),
    /// `sobol`
    Sobol(SampleWords),
    /// `points`: a path from the file's folder.
    Points {
        /// The path.
        path: Text,
        /// `over`
        over: Vec<Text>,
    },
}

/// A file of an experiment.
#[derive(Clone, Debug)]
pub struct ExperimentFile {
    /// What kind.
    pub kind: ExperimentKind,
    /// Path of the scenario, from the file's folder.
    pub scenario: Text,
    /// Variants laid over the scenario.
    pub variants: Vec<String>,
    /// `NAME=VALUE`, as `--set`.
    pub set: Vec<String>,
    /// What is switched off, as `--without`.
    pub without: Vec<String>,
    /// Runs at each point.
    pub runs: Option<u64>,
    /// Seed of all random numbers.
    pub seed: Option<u64>,
    /// Folder of the tables, from the working folder as `--out`.
    pub out: Option<String>,
    /// Its points.
    pub design: FileDesign,
}

/// Is the text one of an experiment rather than a scenario? It has a table `[experiment]`, which no scenario has.
#[must_use]
pub fn is_experiment(text: &str) -> bool {
    let table = parse_document(SourceId::default(), text, &mut Vec::new());
    table.entries.contains_key("experiment")
}

/// Reads the text of a source as a file of an experiment; `None` if something is wrong, which is told.
pub fn read_experiment(
    sources: &Sources,
    source: SourceId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<ExperimentFile> {
    let text = sources.get(source).map_or("", |file| file.text.as_str());
    let before = diagnostics.len();
    let document = parse_document(source, text, diagnostics);
    if diagnostics.len() > before {
        return None;
    }
    let mut reader = Reader { sources, whole: Span { source, start: 0, end: 0 }, found: Vec::new() };
    let file = reader.file(&document);
    let is_sound = reader.found.is_empty();
    diagnostics.append(&mut reader.found);
    file.filter(|_| is_sound)
}

struct Reader<'a> {
    sources: &'a Sources,
    /// The beginning of the file: where what is missing is told.
    whole: Span,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn file(&mut self, document: &Table) -> Option<ExperimentFile> {
        self.keys(document, &TOP_KEYS, "a file of an experiment");
        match document.get("format") {
            Some(Node { value: Value::Integer(1), .. }) => {}
            Some(node) => self.tell(
                Diagnostic::new(Code::FormatVersion, node.span, "the format of experiments is 1")
                    .help("write `format = 1`"),
            ),
            None => self.missing(self.whole, "format", "write `format = 1` at the top"),
        }
        let experiment = self.table(document, "experiment", "add `[experiment]` with `kind` and `scenario`")?;
        self.keys(experiment, &EXPERIMENT_KEYS, "[experiment]");
        let place = document.entries.get("experiment").map_or(self.whole, |entry| entry.key);
        let kind = self.kind(experiment, place);
        let scenario = self.text(experiment, "scenario");
        if !experiment.entries.contains_key("scenario") {
            self.missing(place, "scenario", "add `scenario = \"scenario.toml\"`, a path from this file's folder");
        }
        let [variants, set, without] = ["variants", "set", "without"].map(|key| self.texts(experiment, key));
        let words = |texts: Vec<Text>| texts.into_iter().map(|text| text.text).collect();
        let (runs, seed) = (self.count(experiment, "runs", 1), self.count(experiment, "seed", 0));
        let out = self.text(experiment, "out").map(|text| text.text);
        let design = self.table(document, "design", "add `[design]` with `grid`, `lhs`, `sobol` or `points`");
        let design = design.and_then(|design| self.design(design, document));
        Some(ExperimentFile {
            kind: kind?,
            scenario: scenario?,
            variants: words(variants),
            set: words(set),
            without: words(without),
            runs,
            seed,
            out,
            design: design?,
        })
    }

    fn kind(&mut self, experiment: &Table, place: Span) -> Option<ExperimentKind> {
        if !experiment.entries.contains_key("kind") {
            self.missing(place, "kind", "add `kind = \"sweep\"`");
        }
        let text = self.text(experiment, "kind")?;
        let kind = KINDS.iter().find(|(word, _)| *word == text.text).map(|(_, kind)| *kind);
        if kind.is_none() {
            let words = KINDS.map(|(word, _)| format!("`{word}`")).join(", ");
            let message = format!("there is no experiment of the kind `{}`", text.text);
            self.tell(Diagnostic::new(Code::UnknownValue, text.span, message).help(format!("write one of {words}")));
        }
        kind
    }

    fn design(&mut self, design: &Table, document: &Table) -> Option<FileDesign> {
        self.keys(design, &DESIGN_KEYS, "[design]");
        let kinds = ["grid", "lhs", "points", "sobol"];
        let given: Vec<(&str, Span)> =
            kinds.iter().filter_map(|kind| design.entries.get(*kind).map(|entry| (*kind, entry.key))).collect();
        if let [(first, first_place), (second, place), ..] = given[..] {
            let message = format!("`{first}` and `{second}` are two designs");
            self.tell(
                Diagnostic::new(Code::ExclusiveKeys, place, message)
                    .also(first_place, "the other")
                    .help("keep one: an experiment has one design"),
            );
            return None;
        }
        let Some(&(kind, place)) = given.first() else {
            let place = document.entries.get("design").map_or(self.whole, |entry| entry.key);
            self.missing(place, "grid", "add `grid`, `lhs`, `sobol` or `points`");
            return None;
        };
        let over = self.texts(design, "over");
        match kind {
            "grid" => {
                if let Some(entry) = design.entries.get("over") {
                    let message = "a grid names its parameters itself";
                    self.tell(Diagnostic::new(Code::ExclusiveKeys, entry.key, message).help("delete `over`"));
                }
                let table = self.table(design, "grid", "")?;
                Some(FileDesign::Grid(self.grid(table, place)?))
            }
            "points" => self.text(design, "points").map(|path| FileDesign::Points { path, over }),
            _ => {
                let n_points = self.count(design, kind, 1)?;
                let words = SampleWords { n_points, over };
                Some(if kind == "lhs" { FileDesign::LatinHypercube(words) } else { FileDesign::Sobol(words) })
            }
        }
    }

    fn grid(&mut self, table: &Table, place: Span) -> Option<Vec<GridWords>> {
        if table.entries.is_empty() {
            self.tell(
                Diagnostic::new(Code::MissingKey, place, "the grid has no parameter")
                    .help("name at least one: `grid.notice = [\"2 days\", \"7 days\"]`"),
            );
            return None;
        }
        let mut axes = Vec::new();
        for (name, entry) in &table.entries {
            let values = match &entry.node.value {
                Value::Text(text) => match GridValues::read(text) {
                    Ok(values) => Some(values),
                    Err(mistake) => {
                        self.tell(mistake);
                        None
                    }
                },
                Value::List(nodes) => {
                    let texts: Option<Vec<Text>> = nodes.iter().map(|node| self.value(node)).collect();
                    texts.map(GridValues::List)
                }
                _ => self.value(&entry.node).map(|text| GridValues::List(vec![text])),
            };
            let name = Text { text: name.clone(), span: entry.key, offsets: Vec::new() };
            axes.extend(values.map(|values| GridWords { name, values }));
        }
        (axes.len() == table.entries.len()).then_some(axes)
    }

    /// A value as it is written in the file.
    fn value(&mut self, node: &Node) -> Option<Text> {
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Date(_) => Some(Text {
                text: self.sources.slice(node.span).replace('_', ""),
                span: node.span,
                offsets: Vec::new(),
            }),
            Value::List(_) | Value::Table(_) => {
                self.wrong_kind(
                    node,
                    "this is no value",
                    "write a number, true or false, a date, or a text such as \"30 days\"",
                );
                None
            }
        }
    }

    fn table<'t>(&mut self, table: &'t Table, key: &str, help: &str) -> Option<&'t Table> {
        match table.get(key) {
            Some(Node { value: Value::Table(inner), .. }) => Some(inner),
            Some(node) => {
                self.wrong_kind(node, &format!("`{key}` is no table"), &format!("write it as a table, `[{key}]`"));
                None
            }
            None => {
                self.missing(self.whole, key, help);
                None
            }
        }
    }

    fn text(&mut self, table: &Table, key: &str) -> Option<Text> {
        match table.get(key)? {
            Node { value: Value::Text(text), .. } => Some(text.clone()),
            node => {
                self.wrong_kind(node, &format!("`{key}` is no text"), "write a text in quotes");
                None
            }
        }
    }

    fn texts(&mut self, table: &Table, key: &str) -> Vec<Text> {
        let Some(node) = table.get(key) else { return Vec::new() };
        if let Value::List(nodes) = &node.value {
            let texts = nodes.iter().map(|node| match &node.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            });
            if let Some(texts) = texts.collect::<Option<Vec<Text>>>() {
                return texts;
            }
        }
        self.wrong_kind(node, &format!("`{key}` is no list of texts"), "write a list of texts: `[\"..\"]`");
        Vec::new()
    }

    fn count(&mut self, table: &Table, key: &str, least: u64) -> Option<u64> {
        let node = table.get(key)?;
        let number = match &node.value {
            Value::Integer(number) => u64::try_from(*number).ok(),
            // A seed may be greater than TOML's whole numbers.
            Value::Text(text) => text.text.replace('_', "").parse().ok(),
            _ => None,
        };
        match number {
            Some(number) if number >= least => Some(number),
            _ => {
                self.wrong_kind(
                    node,
                    &format!("`{key}` is no such number"),
                    &format!("write a whole number, {least} or more"),
                );
                None
            }
        }
    }

    fn keys(&mut self, table: &Table, known: &[&str], what: &str) {
        for (key, entry) in &table.entries {
            if !known.contains(&key.as_str()) {
                let help = match suggest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("keys are {}", known.map_ticked()),
                };
                let message = format!("{what} has no key `{key}`");
                self.tell(Diagnostic::new(Code::UnknownKey, entry.key, message).help(help));
            }
        }
    }

    fn missing(&mut self, place: Span, key: &str, help: &str) {
        self.tell(Diagnostic::new(Code::MissingKey, place, format!("`{key}` is missing")).help(help));
    }

    fn wrong_kind(&mut self, node: &Node, message: &str, help: &str) {
        self.tell(Diagnostic::new(Code::WrongKind, node.span, message).help(help));
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}

/// Names in a sentence.
trait Ticked {
    fn map_ticked(&self) -> String;
}

impl Ticked for [&str] {
    fn map_ticked(&self) -> String {
        self.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    }
}
