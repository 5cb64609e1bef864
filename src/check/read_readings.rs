//! Tree to [`super::raw::Raw`]: measures, queries, outcomes, history.

use super::keys;
use super::raw::{History, HistoryEvent, Measure, Outcome, Query};
use super::read::{literal_number, valid_name};
use super::reader::{Reader, expression, wrong_kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::{Entry, Node, Value};

pub(super) fn measure(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Measure> {
    if !matches!(entry.node.value, Value::Table(_)) {
        let value = expression(&entry.node, "a measure", diagnostics);
        return Some(Measure { key: entry.key, value, range: None, notes: Default::default() });
    }
    let reader = Reader::open(entry, "a measure", keys::MEASURE, diagnostics)?;
    if !reader.has("value") {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, entry.key, "a measure needs a `value`").help("add `value = \"..\"`"),
        );
    }
    Some(Measure {
        key: entry.key,
        value: reader.expression("value", diagnostics),
        range: reader.pair("range", diagnostics),
        notes: reader.notes(diagnostics),
    })
}

pub(super) fn query(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Query> {
    let reader = Reader::open(entry, "a query", keys::QUERY, diagnostics)?;
    if !reader.has("when") {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, entry.key, "a query needs a `when`: the question")
                .help("add `when = \"..\"`"),
        );
    }
    let expect = reader.pair("expect", diagnostics).and_then(|(low, high)| {
        let span = low.span.to(high.span);
        match (literal_number(&low), literal_number(&high)) {
            (Some(low), Some(high)) if 0.0 <= low && low <= high && high <= 1.0 => Some((low, high)),
            _ => {
                diagnostics.push(
                    Diagnostic::new(Code::BadRange, span, "`expect` should be two probabilities, the lower first")
                        .help("write `expect = [0.1, 0.4]`"),
                );
                None
            }
        }
    });
    Some(Query {
        key: entry.key,
        when: reader.expression("when", diagnostics),
        given: reader.expression("given", diagnostics),
        expect,
        notes: reader.notes(diagnostics),
    })
}

pub(super) fn outcomes(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Vec<Outcome> {
    let Value::List(nodes) = &entry.node.value else {
        diagnostics.push(
            wrong_kind(&entry.node, "`outcomes`", "a list of tables, because its order is priority")
                .help("write `[[outcomes]]` with double brackets, one for each outcome"),
        );
        return Vec::new();
    };
    nodes.iter().filter_map(|node| outcome(node, diagnostics)).collect()
}

fn outcome(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<Outcome> {
    let entry = Entry { key: node.span, node: node.clone() };
    let reader = Reader::open(&entry, "an outcome", keys::OUTCOME, diagnostics)?;
    let Some(id) = reader.name("id", diagnostics) else {
        if !reader.has("id") {
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, node.span, "an outcome needs an `id`")
                    .help("add `id = \"standoff\"`"),
            );
        }
        return None;
    };
    if !valid_name(&id.text, id.span, diagnostics) {
        return None;
    }
    Some(Outcome {
        id: id.text,
        span: id.span,
        label: reader.text("label", diagnostics).map(|text| text.text.clone()),
        when: reader.expression("when", diagnostics),
        has_when: reader.has("when"),
        notes: reader.notes(diagnostics),
    })
}

pub(super) fn history(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<History> {
    let reader = Reader::open(entry, "[history]", keys::HISTORY, diagnostics)?;
    if !reader.has("until") {
        diagnostics.push(
            Diagnostic::new(Code::MissingKey, entry.key, "[history] does not say up to when the record reaches")
                .help("add `until = 2023-08-24`"),
        );
    }
    let mut events = Vec::new();
    if let Some(list) = reader.entry("events") {
        match &list.node.value {
            Value::List(nodes) => {
                for node in nodes {
                    let entry = Entry { key: node.span, node: node.clone() };
                    let Some(reader) = Reader::open(&entry, "an observed event", keys::HISTORY_EVENT, diagnostics)
                    else {
                        continue;
                    };
                    for key in ["date", "rule"] {
                        if !reader.has(key) {
                            diagnostics.push(
                                Diagnostic::new(
                                    Code::MissingKey,
                                    node.span,
                                    format!("an observed event needs a `{key}`"),
                                )
                                .help("write `{ date = 2023-08-03, rule = \"denounce\", actor = \"junta\" }`"),
                            );
                        }
                    }
                    let _ = reader.notes(diagnostics);
                    events.push(HistoryEvent {
                        span: node.span,
                        date: reader.expression("date", diagnostics),
                        rule: reader.name("rule", diagnostics),
                        actor: reader.name("actor", diagnostics),
                        target: reader.name("target", diagnostics),
                    });
                }
            }
            _ => diagnostics.push(
                wrong_kind(&list.node, "`events`", "a list of tables")
                    .help("write `events = [{ date = 2023-08-03, rule = \"denounce\", actor = \"junta\" }]`"),
            ),
        }
    }
    let _ = reader.notes(diagnostics);
    Some(History {
        key: entry.key,
        until: reader.expression("until", diagnostics),
        events,
        file: reader.text("file", diagnostics).map(super::data::file_name),
    })
}
