//! Tables of data: actors.csv, dyads.csv, observed.csv, columns of empirical distributions.

use std::collections::BTreeMap;

use super::raw::{Actor, Group, HistoryEvent, Raw};
use super::symbols::{Symbol, Symbols};
use super::typed::Type;
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::{ActorIndex, DataFile};
use crate::scenario::Cell;
use crate::scenario::DataFiles;
use crate::scenario::document::{Node, Text, Value};
use crate::scenario::expression::ast::{Expression, Kind, Name};
use crate::scenario::expression::parse_date;
use crate::scenario::expression::words::is_name;

/// Start values of one relation: pair, place and value.
type Pairs = BTreeMap<(ActorIndex, ActorIndex), (Span, Node)>;

/// Start values of relations from dyads.csv, by name of the relation.
pub(super) type Dyads = BTreeMap<String, Pairs>;

/// The tables that were read, and which of them empirical distributions use.
pub(super) struct Tables<'a> {
    data: &'a DataFiles,
    pub(super) files: Vec<DataFile>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(data: &'a DataFiles) -> Self {
        Tables { data, files: Vec::new() }
    }

    /// A column of a table as values in canonical units, and the index of its file.
    pub(super) fn column(
        &mut self,
        typing: &mut Typing,
        file: &(String, Span),
        column: &(String, Span),
        kind: Option<Type>,
        range: Option<(f64, f64)>,
    ) -> Option<(usize, Vec<f64>)> {
        // A table that could not be read was told when it was read.
        let found = self.data.named_at(file.1)?;
        let table = &found.table;
        let Some(position) = table.column(&column.0) else {
            let names = table.columns().iter().map(|column| column.name.as_str());
            let near = suggest(&column.0, names.clone());
            let list = names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let diagnostic = Diagnostic::new(
                Code::EmpiricalValue,
                column.1,
                format!("`{}` has no column `{}`", found.path, column.0),
            );
            typing.report(match near {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("use one of {list}")),
            });
            return None;
        };
        if table.row_count() == 0 {
            typing.report(
                Diagnostic::new(Code::EmpiricalValue, file.1, format!("`{}` has no rows to draw from", found.path))
                    .help("add rows"),
            );
            return None;
        }
        let mut rows = Vec::with_capacity(table.row_count());
        for row in 0..table.row_count() {
            rows.push(value(typing, table.cell(row, position), kind, range)?);
        }
        let path = found.path.clone();
        let index = self.files.iter().position(|file| file.path == path).unwrap_or_else(|| {
            self.files.push(DataFile { path, n_rows: rows.len() });
            self.files.len() - 1
        });
        Some((index, rows))
    }

    /// The rows of an observed record.
    pub(super) fn observed(&self, typing: &mut Typing, file: &Name) -> Vec<HistoryEvent> {
        let Some(found) = self.data.named_at(file.span) else { return Vec::new() };
        let table = &found.table;
        let mut events = Vec::new();
        let columns: Vec<Option<usize>> =
            ["date", "rule", "actor", "target"].iter().map(|name| table.column(name)).collect();
        for (name, column) in ["date", "rule"].iter().zip(&columns) {
            if column.is_none() {
                typing.report(
                    Diagnostic::new(Code::BadTable, file.span, format!("`{}` has no column `{name}`", found.path))
                        .help("its columns are date, rule, actor, target"),
                );
                return events;
            }
        }
        for column in table.columns() {
            if !["date", "rule", "actor", "target", "about", "source", "basis"].contains(&column.name.as_str()) {
                typing.report(
                    Diagnostic::new(
                        Code::UnknownColumn,
                        column.span,
                        format!("a record has no column `{}`", column.name),
                    )
                    .help("its columns are date, rule, actor, target (and about, source)"),
                );
            }
        }
        for row in 0..table.row_count() {
            let name = |column: Option<usize>| {
                column
                    .map(|column| table.cell(row, column))
                    .filter(|cell| !cell.text.is_empty())
                    .map(|cell| Name { text: cell.text.to_owned(), span: cell.span })
            };
            let Some(date) = columns[0].map(|column| table.cell(row, column)) else { continue };
            let Ok(literal) = parse_date(date.text) else {
                typing.report(
                    Diagnostic::new(Code::BadCell, date.span, format!("column date: `{}` is not a date", date.text))
                        .help("write it year-month-day: 2023-08-03"),
                );
                continue;
            };
            events.push(HistoryEvent {
                span: date.span,
                date: Some(Expression { kind: Kind::Date(literal), span: date.span }),
                rule: name(columns[1]),
                actor: name(columns[2]),
                target: name(columns[3]),
            });
        }
        events
    }
}

/// One value of an empirical column.
fn value(typing: &mut Typing, cell: Cell<'_>, kind: Option<Type>, range: Option<(f64, f64)>) -> Option<f64> {
    let bad =
        |message: String, help: &str| Diagnostic::new(Code::EmpiricalValue, cell.span, message).help(help.to_owned());
    let value = match kind {
        Some(Type::Boolean) => match cell.text {
            "true" | "1" => 1.0,
            "false" | "0" => 0.0,
            _ => {
                typing.report(bad(
                    format!("column {}: `{}` is not true or false", cell.column, cell.text),
                    "write true or false",
                ));
                return None;
            }
        },
        Some(Type::Enumeration(owner)) => {
            match typing.symbols.values(owner).iter().position(|value| value == cell.text) {
                Some(position) => position as f64,
                None => {
                    let diagnostic = super::words::unknown_value(typing, cell.text, cell.span, owner);
                    typing.report(diagnostic);
                    return None;
                }
            }
        }
        _ => match crate::scenario::number_cell(cell) {
            Ok(number) => number,
            Err(diagnostic) => {
                typing.report(diagnostic);
                return None;
            }
        },
    };
    if let Some((low, high)) = range
        && !(low..=high).contains(&value)
    {
        typing.report(bad(
            format!("column {}: {} is outside the range [{low}, {high}]", cell.column, cell.text),
            "mend the row, or widen the range",
        ));
        return None;
    }
    Some(value)
}

/// A cell as the value that TOML would have held.
fn node(cell: Cell<'_>) -> Node {
    let span = cell.span;
    let value = match cell.text {
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        text => match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Float(number),
            _ => {
                let offsets = (0..=text.len()).map(|at| span.start + at as u32).collect();
                Value::Text(Text { text: text.to_owned(), span, offsets })
            }
        },
    };
    Node { value, span }
}

fn ignored(raw: &Raw, column: &str) -> bool {
    raw.data.ignore.iter().any(|name| name.text == column)
}

fn unknown_column(raw: &Raw, name: &str, span: Span, what: &str, diagnostics: &mut Vec<Diagnostic>) {
    let known = raw.attributes.keys().chain(raw.relations.keys()).map(String::as_str);
    let diagnostic = Diagnostic::new(Code::UnknownColumn, span, format!("column `{name}` is {what}"));
    diagnostics.push(match suggest(name, known) {
        Some(near) => {
            diagnostic.help(format!("did you mean `{near}`? or add it to `ignore = [\"{name}\"]` under [data]"))
        }
        None => diagnostic.help(format!("declare it, or add it to `ignore = [\"{name}\"]` under [data]")),
    });
}

/// Lays actors.csv under what TOML says of actors and groups.
pub(super) fn actors(data: &DataFiles, raw: &mut Raw, diagnostics: &mut Vec<Diagnostic>) {
    let mut from_data: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for name in raw.data.actors.clone() {
        let Some(file) = data.named_at(name.span) else { continue };
        let table = &file.table;
        let Some(id_column) = table.column("id") else {
            diagnostics.push(
                Diagnostic::new(Code::BadTable, name.span, format!("`{}` has no column `id`", file.path))
                    .help("its columns are id, name, groups, then one for each attribute"),
            );
            continue;
        };
        let mut attributes = Vec::new();
        for (position, column) in table.columns().iter().enumerate() {
            let fixed = ["id", "name", "groups"].contains(&column.name.as_str());
            if raw.attributes.contains_key(&column.name) {
                attributes.push(position);
            } else if !fixed && !ignored(raw, &column.name) {
                unknown_column(raw, &column.name, column.span, "no attribute", diagnostics);
            }
        }
        for row in 0..table.row_count() {
            let cell = table.cell(row, id_column);
            if !is_name(cell.text) {
                super::read::valid_name(cell.text, cell.span, diagnostics);
                continue;
            }
            if let Some(earlier) = seen.insert(cell.text.to_owned(), cell.span) {
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateRow, cell.span, format!("`{}` stands in two rows", cell.text))
                        .also(earlier, "the first")
                        .help("delete one"),
                );
                continue;
            }
            let actor = raw.actors.entry(cell.text.to_owned()).or_insert_with(|| Actor {
                key: cell.span,
                name: None,
                cells: BTreeMap::new(),
                notes: Default::default(),
            });
            if let Some(column) = table.column("name")
                && actor.name.is_none()
                && !table.cell(row, column).text.is_empty()
            {
                actor.name = Some(table.cell(row, column).text.to_owned());
            }
            for &column in &attributes {
                let value = table.cell(row, column);
                if value.text.is_empty() {
                    continue;
                }
                // Numbers of tables are told as such, not as expressions; and the actor does hold the attribute.
                let range = raw.attributes.get(value.column).and_then(|kind| kind.range.as_ref());
                if let Some(range) = range
                    && let Err(diagnostic) = crate::scenario::number_cell(value)
                {
                    diagnostics.push(diagnostic);
                    let low = super::read::literal_number(&range.0).unwrap_or(0.0);
                    let node = Node { value: Value::Float(low), span: value.span };
                    actor.cells.entry(value.column.to_owned()).or_insert((value.span, node));
                } else {
                    actor.cells.entry(value.column.to_owned()).or_insert_with(|| (value.span, node(value)));
                }
            }
            if let Some(column) = table.column("groups") {
                let groups = table.cell(row, column);
                for group in groups.text.split_whitespace() {
                    if super::read::valid_name(group, groups.span, diagnostics) {
                        let member = Name { text: cell.text.to_owned(), span: cell.span };
                        from_data.entry(group.to_owned()).or_default().push(member);
                    }
                }
            }
        }
    }
    for (id, members) in from_data {
        let key = members.first().map(|member| member.span).unwrap_or_default();
        raw.groups.entry(id).or_insert(Group { key, members });
    }
}

/// Reads dyads.csv.
pub(super) fn dyads(data: &DataFiles, raw: &Raw, symbols: &Symbols, diagnostics: &mut Vec<Diagnostic>) -> Dyads {
    let mut all = Dyads::new();
    let mut rows: BTreeMap<(ActorIndex, ActorIndex), Span> = BTreeMap::new();
    for name in &raw.data.dyads {
        let Some(file) = data.named_at(name.span) else { continue };
        let table = &file.table;
        let (Some(from_column), Some(to_column)) = (table.column("from"), table.column("to")) else {
            diagnostics.push(
                Diagnostic::new(Code::BadTable, name.span, format!("`{}` has no columns `from` and `to`", file.path))
                    .help("its columns are from, to, then one for each relation"),
            );
            continue;
        };
        let mut relations = Vec::new();
        for (position, column) in table.columns().iter().enumerate() {
            if raw.relations.contains_key(&column.name) {
                relations.push(position);
            } else if !["from", "to"].contains(&column.name.as_str()) && !ignored(raw, &column.name) {
                unknown_column(raw, &column.name, column.span, "no relation", diagnostics);
            }
        }
        for row in 0..table.row_count() {
            let mut who = |column: usize| {
                let cell = table.cell(row, column);
                match symbols.find(cell.text) {
                    Some(Symbol::Actor(actor)) => Some(actor),
                    _ => {
                        let name = Name { text: cell.text.to_owned(), span: cell.span };
                        let mut diagnostic = symbols.unknown_actor(&name);
                        diagnostic.code = Code::UnknownRowActor;
                        diagnostics.push(diagnostic);
                        None
                    }
                }
            };
            let (from, to) = (who(from_column), who(to_column));
            let (Some(from), Some(to)) = (from, to) else { continue };
            let place = table.cell(row, from_column).span;
            if from == to {
                let id = &symbols.actors[from];
                diagnostics.push(
                    Diagnostic::new(Code::SelfRelation, place, format!("a row relates `{id}` to itself"))
                        .help("delete the row"),
                );
                continue;
            }
            if let Some(earlier) = rows.insert((from, to), place) {
                let (a, b) = (&symbols.actors[from], &symbols.actors[to]);
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateRow, place, format!("the pair `{a}`, `{b}` stands in two rows"))
                        .also(earlier, "the first")
                        .help("delete one"),
                );
                continue;
            }
            for &column in &relations {
                let cell = table.cell(row, column);
                if cell.text.is_empty() {
                    continue;
                }
                let kind = raw.relations.get(cell.column);
                if kind.is_some_and(|kind| kind.range.is_some())
                    && let Err(diagnostic) = crate::scenario::number_cell(cell)
                {
                    diagnostics.push(diagnostic);
                    continue;
                }
                let symmetric = kind.is_some_and(|kind| kind.symmetric);
                let pair = if symmetric && to < from { (to, from) } else { (from, to) };
                let value = node(cell);
                if let Some((earlier, other)) = all.get(cell.column).and_then(|pairs| pairs.get(&pair))
                    && !super::cells::same(other, &value)
                {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::DisagreeingStarts,
                            cell.span,
                            format!("column {}: the two sides of a symmetric relation differ", cell.column),
                        )
                        .also(*earlier, "the other side")
                        .help("give both the same value, or one of them only"),
                    );
                }
                all.entry(cell.column.to_owned()).or_default().insert(pair, (cell.span, value));
            }
        }
    }
    all
}

/// The text of a name that stands for a file, with the place of the whole value.
pub(super) fn file_name(text: &Text) -> Name {
    Name { text: text.text.clone(), span: text.span }
}
