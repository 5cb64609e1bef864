//! Tree to [`Raw`]: the tables that say what there is.

use std::collections::BTreeMap;

use super::data::file_name;
use super::keys;
use super::raw::{Actor, CellKind, Data, Definition, Distribution, Group, Header, Parameter, Raw, Role, Start};
use super::reader::{Reader, expression, name_of, names, wrong_kind};
use super::{read_happenings, read_readings};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::document::{Entry, Node, Table, Value};
use crate::scenario::expression::ast::{Expression, Kind, Name};
use crate::scenario::expression::words::is_name;
use crate::scenario::expression::{parse_date, parse_definition_head};

/// Reads the whole tree.
pub(super) fn read(table: &Table, diagnostics: &mut Vec<Diagnostic>) -> Raw {
    let top = Reader { table, span: Span::default(), what: "a scenario" };
    let mut raw = Raw::default();
    for (key, entry) in &table.entries {
        match key.as_str() {
            "format" | "include" | "variants" => {}
            "scenario" => raw.header = header(entry, diagnostics),
            "parameters" => raw.parameters = each(entry, "[parameters]", diagnostics, parameter),
            "attributes" => raw.attributes = each(entry, "[attributes]", diagnostics, attribute),
            "relations" => raw.relations = each(entry, "[relations]", diagnostics, relation),
            "state" => raw.state = each(entry, "[state]", diagnostics, state),
            "actors" => raw.actors = each(entry, "[actors]", diagnostics, actor),
            "groups" => raw.groups = groups(entry, diagnostics),
            "clocks" => raw.clocks = each(entry, "[clocks]", diagnostics, clock),
            "roles" => raw.roles = each(entry, "[roles]", diagnostics, role),
            "definitions" => raw.definitions = definitions(entry, diagnostics),
            "rules" => raw.rules = each(entry, "[rules]", diagnostics, read_happenings::rule),
            "choices" => raw.choices = each(entry, "[choices]", diagnostics, read_happenings::choice),
            "flows" => raw.flows = each(entry, "[flows]", diagnostics, read_happenings::flow),
            "measures" => raw.measures = each(entry, "[measures]", diagnostics, read_readings::measure),
            "queries" => raw.queries = each(entry, "[queries]", diagnostics, read_readings::query),
            "outcomes" => {
                raw.outcomes_span = Some(entry.key);
                raw.outcomes = read_readings::outcomes(entry, diagnostics);
            }
            "data" => raw.data = data(entry, diagnostics),
            "history" => raw.history = read_readings::history(entry, diagnostics),
            _ => {}
        }
    }
    format_version(&top, diagnostics);
    top.check_keys(keys::TOP, diagnostics);
    raw
}

fn format_version(top: &Reader, diagnostics: &mut Vec<Diagnostic>) {
    match top.entry("format") {
        None => diagnostics.push(
            Diagnostic::new(Code::FormatVersion, Span::default(), "the scenario does not say its format")
                .help("write `format = 1` as the first line"),
        ),
        Some(entry) if entry.node.value == Value::Integer(1) => {}
        Some(entry) => diagnostics.push(
            Diagnostic::new(Code::FormatVersion, entry.node.span, "this program reads format 1 only")
                .help("write `format = 1`"),
        ),
    }
}

/// Reads every named table of a table of tables.
fn each<T>(
    entry: &Entry,
    what: &str,
    diagnostics: &mut Vec<Diagnostic>,
    read: fn(&Entry, &mut Vec<Diagnostic>) -> Option<T>,
) -> BTreeMap<String, T> {
    let Value::Table(table) = &entry.node.value else {
        diagnostics.push(wrong_kind(&entry.node, what, "a table of named tables"));
        return BTreeMap::new();
    };
    let mut all = BTreeMap::new();
    for (name, entry) in &table.entries {
        if keys::NOTES.contains(&name.as_str()) && matches!(entry.node.value, Value::Text(_)) {
            continue;
        }
        if !valid_name(name, entry.key, diagnostics) {
            continue;
        }
        if let Some(value) = read(entry, diagnostics) {
            all.insert(name.clone(), value);
        }
    }
    all
}

/// Tells a name that is not `[a-z][a-z0-9_]*`.
pub(super) fn valid_name(name: &str, span: Span, diagnostics: &mut Vec<Diagnostic>) -> bool {
    if is_name(name) {
        return true;
    }
    let mut proposal: String = name
        .chars()
        .map(|letter| match letter {
            'A'..='Z' => letter.to_ascii_lowercase(),
            'a'..='z' | '0'..='9' | '_' => letter,
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'a',
            'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => 'o',
            'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'u',
            'ç' | 'Ç' => 'c',
            'ñ' | 'Ñ' => 'n',
            _ => '_',
        })
        .collect();
    while proposal.contains("__") {
        proposal = proposal.replace("__", "_");
    }
    proposal = proposal.trim_matches('_').to_owned();
    if !proposal.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        proposal.insert_str(0, "the_");
    }
    diagnostics.push(
        Diagnostic::new(
            Code::InvalidName,
            span,
            format!("`{name}` is no name: a name has small letters, digits and `_`, and begins with a letter"),
        )
        .help(format!("write `{proposal}` (an actor may have `name = \"{name}\"` for display)")),
    );
    false
}

fn header(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Header> {
    let reader = Reader::open(entry, "[scenario]", keys::SCENARIO, diagnostics)?;
    let start = reader.entry("start").and_then(|start| {
        let text = match &start.node.value {
            Value::Date(text) => Some(text.as_str()),
            Value::Text(text) => Some(text.text.as_str()),
            _ => None,
        };
        let parsed = text.and_then(|text| parse_date(text).ok()).and_then(super::dates::datetime);
        if parsed.is_none() {
            diagnostics.push(
                Diagnostic::new(Code::BadDate, start.node.span, "`start` should be a date, year-month-day")
                    .help("write `start = 2023-07-26` or `start = 2023-07-26T06:00:00`"),
            );
        }
        parsed
    });
    let step = literal_duration(&reader, "step", "1 day", diagnostics);
    let horizon = literal_duration(&reader, "horizon", "364 days", diagnostics);
    let title = reader.text("title", diagnostics).map(|text| text.text.clone());
    Some(Header { span: reader.span, title, start, step, horizon, notes: reader.notes(diagnostics) })
}

/// `step` and `horizon`: literal durations above 0.
fn literal_duration(
    reader: &Reader,
    key: &'static str,
    example: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(f64, Span)> {
    if !reader.has(key) {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, reader.span, format!("[scenario] has no `{key}`"))
                .help(format!("add `{key} = \"{example}\"`")),
        );
        return None;
    }
    let expression = reader.expression(key, diagnostics)?;
    match expression.kind {
        Kind::Duration(amount, unit) if unit.days(amount) > 0.0 => Some((unit.days(amount), expression.span)),
        Kind::Number(number) => {
            diagnostics.push(
                Diagnostic::new(Code::MissingUnit, expression.span, format!("{number} what? a duration has a unit"))
                    .help(format!("write `{key} = \"{number} day{}\"`", if number == 1.0 { "" } else { "s" })),
            );
            None
        }
        _ => {
            diagnostics.push(
                Diagnostic::new(
                    Code::WrongKind,
                    expression.span,
                    format!("`{key}` should be a literal duration above 0"),
                )
                .help(format!("write `{key} = \"{example}\"`")),
            );
            None
        }
    }
}

fn parameter(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Parameter> {
    let reader = Reader::open(entry, "a parameter", keys::PARAMETER, diagnostics)?;
    let prior = reader.entry("prior").and_then(|prior| distribution(&prior.node, "`prior`", diagnostics));
    Some(Parameter {
        key: entry.key,
        value: reader.expression("value", diagnostics),
        prior,
        open: !reader.has("value") && !reader.has("prior"),
        range: reader.pair("range", diagnostics),
        notes: reader.notes(diagnostics),
    })
}

/// A table with one key, the family, that holds a table of arguments.
pub(super) fn distribution(node: &Node, what: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Distribution> {
    if let Value::Table(table) = &node.value
        && table.entries.len() == 1
        && let Some((family, entry)) = table.entries.iter().next()
    {
        return match &entry.node.value {
            Value::Table(arguments) => Some(Distribution {
                family: Name { text: family.clone(), span: entry.key },
                arguments: arguments
                    .entries
                    .iter()
                    .map(|(key, entry)| (key.clone(), (entry.key, entry.node.clone())))
                    .collect(),
                span: node.span,
            }),
            _ => {
                diagnostics.push(
                    wrong_kind(&entry.node, &format!("`{family}`"), "a table of its arguments")
                        .help("write it like `{ uniform = { low = 0, high = 1 } }`"),
                );
                None
            }
        };
    }
    let mut diagnostic =
        wrong_kind(node, what, "a distribution").help("write it like `{ uniform = { low = 0, high = 1 } }`");
    if let Value::Table(table) = &node.value {
        diagnostic.code = Code::BadDistribution;
        diagnostic.message =
            format!("{what} should be one distribution, but this table has {} keys", table.entries.len());
    }
    diagnostics.push(diagnostic);
    None
}

/// A start value: a distribution if it is a table, else a constant.
pub(super) fn start(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Start> {
    match node.value {
        Value::Table(_) => distribution(node, &format!("`{key}`"), diagnostics).map(Start::Drawn),
        _ => expression(node, key, diagnostics).map(Start::Value),
    }
}

fn attribute(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<CellKind> {
    let reader = Reader::open(entry, "an attribute", keys::ATTRIBUTE, diagnostics)?;
    Some(cell_kind(&reader, entry.key, diagnostics))
}

fn relation(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<CellKind> {
    let reader = Reader::open(entry, "a relation", keys::RELATION, diagnostics)?;
    Some(cell_kind(&reader, entry.key, diagnostics))
}

fn state(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<CellKind> {
    if !matches!(entry.node.value, Value::Table(_)) {
        return Some(CellKind {
            start: start(&entry.node, "start", diagnostics),
            ..cell_kind(&Reader { table: &Table::default(), span: entry.key, what: "a state" }, entry.key, diagnostics)
        });
    }
    let reader = Reader::open(entry, "a state", keys::STATE, diagnostics)?;
    if !reader.has("start") {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, entry.key, "a state needs a `start`")
                .help("add `start = ..` to its table"),
        );
    }
    Some(cell_kind(&reader, entry.key, diagnostics))
}

fn cell_kind(reader: &Reader, key: Span, diagnostics: &mut Vec<Diagnostic>) -> CellKind {
    if let (Some(range), Some(values)) = (reader.entry("range"), reader.entry("values")) {
        diagnostics.push(
            Diagnostic::new(
                Code::ExclusiveKeys,
                values.key,
                "`range` makes a number, `values` an enumeration: not both",
            )
            .also(range.key, "the range")
            .help("delete one of them"),
        );
    }
    CellKind {
        key,
        range: reader.pair("range", diagnostics),
        values: reader.names("values", diagnostics),
        start: reader.entry("start").and_then(|entry| start(&entry.node, "start", diagnostics)),
        half_life: reader.expression("half_life", diagnostics),
        rest: reader.expression("rest", diagnostics),
        holders: reader.name("holders", diagnostics),
        symmetric: reader.boolean("symmetric", diagnostics).unwrap_or(false),
        private: reader.boolean("private", diagnostics).unwrap_or(false),
        notes: reader.notes(diagnostics),
    }
}

fn actor(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Actor> {
    let Value::Table(table) = &entry.node.value else {
        diagnostics.push(wrong_kind(&entry.node, "an actor", "a table").help("write `[actors.NAME]`"));
        return None;
    };
    let reader = Reader { table, span: entry.key, what: "an actor" };
    let cells = table
        .entries
        .iter()
        .filter(|(key, _)| *key != "name" && !keys::NOTES.contains(&key.as_str()))
        .map(|(key, entry)| (key.clone(), (entry.key, entry.node.clone())))
        .collect();
    let name = reader.text("name", diagnostics).map(|text| text.text.clone());
    Some(Actor { key: entry.key, name, cells, notes: reader.notes(diagnostics) })
}

fn groups(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Group> {
    each(entry, "[groups]", diagnostics, |entry, _| Some(entry.clone()))
        .into_iter()
        .filter_map(|(id, entry)| {
            let members = names(&entry.node, &id, diagnostics)?;
            Some((id, Group { key: entry.key, members }))
        })
        .collect()
}

fn clock(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<(Span, crate::model::Notes)> {
    let reader = Reader::open(entry, "a clock", keys::CLOCK, diagnostics)?;
    Some((entry.key, reader.notes(diagnostics)))
}

fn role(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Role> {
    if let Value::Text(text) = &entry.node.value {
        return Some(Role {
            key: entry.key,
            is_group: false,
            declared: false,
            is: Some(name_of(text)),
            notes: Default::default(),
        });
    }
    let reader = Reader::open(entry, "a role", keys::ROLE, diagnostics)?;
    let kind = reader.text("kind", diagnostics);
    if let Some(kind) = kind
        && kind.text != "actor"
        && kind.text != "group"
    {
        diagnostics.push(
            Diagnostic::new(Code::WrongKind, kind.span, format!("`{}` is not a kind of role", kind.text))
                .help("write `kind = \"actor\"` or `kind = \"group\"`"),
        );
    }
    Some(Role {
        key: entry.key,
        is_group: kind.is_some_and(|kind| kind.text == "group"),
        declared: kind.is_some(),
        is: reader.name("is", diagnostics),
        notes: reader.notes(diagnostics),
    })
}

fn definitions(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Definition> {
    let Value::Table(table) = &entry.node.value else {
        diagnostics.push(wrong_kind(&entry.node, "[definitions]", "a table of named expressions"));
        return BTreeMap::new();
    };
    let mut all: BTreeMap<String, Definition> = BTreeMap::new();
    for (head, entry) in &table.entries {
        if keys::NOTES.contains(&head.as_str()) {
            continue;
        }
        let text = crate::scenario::document::Text { text: head.clone(), span: entry.key, offsets: Vec::new() };
        let (name, arguments) = if head.contains('(') {
            match parse_definition_head(&text, diagnostics) {
                Some(parsed) => parsed,
                None => continue,
            }
        } else if valid_name(head, entry.key, diagnostics) {
            (Name { text: head.clone(), span: entry.key }, Vec::new())
        } else {
            continue;
        };
        let (value, notes) = match &entry.node.value {
            Value::Table(_) => {
                let Some(reader) = Reader::open(entry, "a definition", keys::DEFINITION, diagnostics) else { continue };
                if !reader.has("value") {
                    diagnostics.push(
                        Diagnostic::new(Code::MissingKey, entry.key, "a definition needs a `value`")
                            .help("add `value = \"..\"`"),
                    );
                }
                (reader.expression("value", diagnostics), reader.notes(diagnostics))
            }
            _ => (expression(&entry.node, "a definition", diagnostics), Default::default()),
        };
        if let Some(earlier) = all.get(&name.text) {
            diagnostics.push(
                Diagnostic::new(Code::NameTaken, entry.key, format!("the name `{}` is taken", name.text))
                    .also(earlier.key, "by this definition")
                    .help("call one of them something else"),
            );
            continue;
        }
        all.insert(name.text.clone(), Definition { key: entry.key, arguments, value, notes });
    }
    all
}

fn data(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Data {
    let Some(reader) = Reader::open(entry, "[data]", keys::DATA, diagnostics) else { return Data::default() };
    let mut files = |key| match reader.entry(key).map(|entry| &entry.node.value) {
        None => Vec::new(),
        Some(Value::Text(text)) => vec![file_name(text)],
        Some(Value::List(nodes)) if nodes.iter().all(|node| matches!(node.value, Value::Text(_))) => nodes
            .iter()
            .filter_map(|node| match &node.value {
                Value::Text(text) => Some(file_name(text)),
                _ => None,
            })
            .collect(),
        Some(_) => reader.names(key, diagnostics).unwrap_or_default(),
    };
    let (actors, dyads) = (files("actors"), files("dyads"));
    Data { actors, dyads, ignore: reader.names("ignore", diagnostics).unwrap_or_default() }
}

/// The number of a literal, for keys that take plain numbers only.
pub(super) fn literal_number(expression: &Expression) -> Option<f64> {
    match &expression.kind {
        Kind::Number(number) => Some(*number),
        Kind::Negative(inner) => literal_number(inner).map(|number| -number),
        _ => None,
    }
}
