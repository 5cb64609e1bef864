//! Who holds what, and how each cell starts.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, TypedKind, TypedStart};
use super::data::{Dyads, Tables};
use super::raw::{self, Raw};
use super::reader::wrong_kind;
use super::readings::typed_start;
use super::symbols::{CellInfo, Symbol, is_filled_role};
use super::typed::{Node as TypedNode, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::ActorIndex;
use crate::scenario::document::{Node, Value};
use crate::scenario::expression::ast::Name;

/// Start values by place; default starts are shared, so a relation of many pairs stays small until it is laid out.
pub(super) struct Cells {
    /// For each attribute, by actor: how it starts; `None` where the actor does not hold it.
    pub(super) attributes: Vec<Vec<Option<TypedStart>>>,
    /// For each relation: the pairs that do not start as the default says.
    pub(super) relations: Vec<BTreeMap<(ActorIndex, ActorIndex), TypedStart>>,
    /// The default start of each relation.
    pub(super) relation_defaults: Vec<TypedStart>,
    /// Of each state.
    pub(super) state: Vec<TypedStart>,
}

/// How strongly a start is said: by a table of data, for a group, for a named actor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Data,
    Group,
    Named,
}

struct Said {
    strength: Strength,
    node: Node,
    span: Span,
}

/// Finds the start of every cell.
pub(super) fn cells(typing: &mut Typing, tables: &mut Tables, dyads: &Dyads, content: &Content) -> Cells {
    let raw = typing.raw;
    let n_actors = typing.symbols.actors.len();
    let mut attributes: Vec<Vec<Option<TypedStart>>> = Vec::new();
    for (kind, written) in content.attributes.iter().zip(raw.attributes.values()) {
        attributes.push(default_holders(typing, kind, written, n_actors));
    }
    let mut said: Vec<BTreeMap<(ActorIndex, ActorIndex), Said>> =
        typing.symbols.relations.iter().map(|_| BTreeMap::new()).collect();
    for (table, pairs) in dyads {
        if let Some(Symbol::Relation(relation)) = typing.symbols.find(table) {
            for ((from, to), (span, node)) in pairs {
                let pair = oriented(raw, relation, *from, *to);
                said[relation].insert(pair, Said { strength: Strength::Data, node: node.clone(), span: *span });
            }
        }
    }
    // Tables named after a role come first, so that the actor's own table has the last word.
    let mut order: Vec<(&String, &raw::Actor)> = raw.actors.iter().filter(|(id, _)| is_filled_role(raw, id)).collect();
    order.extend(raw.actors.iter().filter(|(id, _)| !is_filled_role(raw, id)));
    for (id, actor) in order {
        let Some(Symbol::Actor(index)) = typing.symbols.find(id) else {
            if is_filled_role(raw, id) {
                let name = Name { text: id.clone(), span: actor.key };
                let diagnostic = typing.symbols.unknown_actor(&name);
                typing.report(diagnostic);
            }
            continue;
        };
        for (key, (span, node)) in &actor.cells {
            match typing.symbols.find(key) {
                Some(Symbol::Attribute(attribute)) => {
                    let mut diagnostics = Vec::new();
                    let start = super::read::start(node, key, &mut diagnostics);
                    typing.diagnostics.extend(diagnostics);
                    let info = &typing.symbols.attributes[attribute];
                    let fallback = placeholder(info);
                    let start = start.and_then(|start| typed_start(typing, tables, &start, info));
                    attributes[attribute][index] = Some(start.unwrap_or(fallback));
                }
                Some(Symbol::Relation(relation)) => {
                    relation_starts(typing, index, id, relation, key, node, &mut said[relation]);
                }
                symbol => unknown_cell(typing, id, key, *span, symbol),
            }
        }
    }
    let mut relations = Vec::new();
    let mut relation_defaults = Vec::new();
    for (relation, pairs) in said.into_iter().enumerate() {
        let info = &typing.symbols.relations[relation];
        let mut starts = BTreeMap::new();
        for (pair, said) in pairs {
            let mut diagnostics = Vec::new();
            let start = super::read::start(&said.node, &info.id, &mut diagnostics);
            typing.diagnostics.extend(diagnostics);
            if let Some(start) = start.and_then(|start| typed_start(typing, tables, &start, info)) {
                starts.insert(pair, start);
            }
        }
        relations.push(starts);
        relation_defaults.push(content.relations[relation].start.clone().unwrap_or_else(|| placeholder(info)));
    }
    let state = content
        .state
        .iter()
        .zip(&typing.symbols.state)
        .map(|(kind, info)| kind.start.clone().unwrap_or_else(|| placeholder(info)))
        .collect();
    stand_ins(typing, &mut attributes);
    Cells { attributes, relations, relation_defaults, state }
}

/// The low end, the first value, or false.
fn placeholder(info: &CellInfo) -> TypedStart {
    let low = info.range.map_or(0.0, |(low, _)| low);
    TypedStart::Value(Typed { node: TypedNode::Constant(low), kind: info.kind, span: Span::default() })
}

fn default_holders(
    typing: &mut Typing,
    kind: &TypedKind,
    written: &raw::CellKind,
    n_actors: usize,
) -> Vec<Option<TypedStart>> {
    let mut starts = vec![None; n_actors];
    let members: Vec<ActorIndex> = match &written.holders {
        None => (0..n_actors).collect(),
        Some(name) => match typing.symbols.find(&name.text) {
            Some(Symbol::Group(group)) => typing.symbols.groups[group].members.clone(),
            Some(Symbol::Actor(actor)) => vec![actor],
            _ => {
                typing.group(name);
                Vec::new()
            }
        },
    };
    if let Some(start) = &kind.start {
        for member in members {
            starts[member] = Some(start.clone());
        }
    } else if written.holders.is_some() && written.start.is_none() {
        typing.report(
            Diagnostic::new(Code::MissingKey, written.key, "`holders` says who starts with `start`, and there is none")
                .help("add `start = ..`, or delete `holders`"),
        );
    }
    starts
}

fn stand_ins(typing: &Typing, attributes: &mut [Vec<Option<TypedStart>>]) {
    for (starts, info) in attributes.iter_mut().zip(&typing.symbols.attributes) {
        for &actor in &typing.symbols.stand_ins {
            starts[actor].get_or_insert_with(|| placeholder(info));
        }
        if typing.alone {
            // The cases that include this library say who else holds what.
            starts.iter_mut().for_each(|start| {
                start.get_or_insert_with(|| placeholder(info));
            });
        }
    }
}

fn oriented(raw: &Raw, relation: usize, from: ActorIndex, to: ActorIndex) -> (ActorIndex, ActorIndex) {
    let symmetric = raw.relations.values().nth(relation).is_some_and(|kind| kind.symmetric);
    if symmetric && to < from { (to, from) } else { (from, to) }
}

fn relation_starts(
    typing: &mut Typing,
    from: ActorIndex,
    from_id: &str,
    relation: usize,
    key: &str,
    node: &Node,
    said: &mut BTreeMap<(ActorIndex, ActorIndex), Said>,
) {
    let Value::Table(table) = &node.value else {
        typing.report(
            wrong_kind(node, &format!("`{key}` of `{from_id}`"), "a table: towards whom how much")
                .help(format!("write `{key} = {{ france = 0.5 }}`")),
        );
        return;
    };
    for (to_id, entry) in &table.entries {
        let name = Name { text: to_id.clone(), span: entry.key };
        let (members, strength) = match typing.symbols.who(&name) {
            Ok(super::symbols::Who::Actor(to)) => (vec![to], Strength::Named),
            Ok(super::symbols::Who::Group(group)) => (typing.symbols.groups[group].members.clone(), Strength::Group),
            Err(diagnostic) => {
                typing.report(diagnostic);
                continue;
            }
        };
        for to in members {
            if to == from {
                if strength == Strength::Named {
                    typing.report(
                        Diagnostic::new(
                            Code::SelfRelation,
                            entry.key,
                            format!("there is no `{key}` of `{from_id}` to itself"),
                        )
                        .help("delete this entry"),
                    );
                }
                continue;
            }
            let pair = oriented(typing.raw, relation, from, to);
            match said.get(&pair) {
                Some(earlier) if earlier.strength > strength => {}
                Some(earlier) if earlier.strength == strength && !same(&earlier.node, &entry.node) => {
                    let ids = (&typing.symbols.actors[pair.0], &typing.symbols.actors[pair.1]);
                    typing.diagnostics.push(
                        Diagnostic::new(
                            Code::DisagreeingStarts,
                            entry.key,
                            format!("`{key}({}, {})` is given two different starts", ids.0, ids.1),
                        )
                        .also(earlier.span, "the other one")
                        .help(format!("name the pair: `{to_id} = ..` of one actor beats a group, or give one value")),
                    );
                }
                _ => {
                    said.insert(pair, Said { strength, node: entry.node.clone(), span: entry.key });
                }
            }
        }
    }
}

/// Equal as values, wherever they were written.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Text(a), Value::Text(b)) => a.text == b.text,
        (Value::Integer(a), Value::Integer(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Integer(a), Value::Float(b)) | (Value::Float(b), Value::Integer(a)) => *a as f64 == *b,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Table(a), Value::Table(b)) => {
            a.entries.len() == b.entries.len()
                && a.entries
                    .iter()
                    .zip(&b.entries)
                    .all(|((key_a, a), (key_b, b))| key_a == key_b && same(&a.node, &b.node))
        }
        _ => false,
    }
}

fn unknown_cell(typing: &mut Typing, id: &str, key: &str, span: Span, symbol: Option<Symbol>) {
    let message = match symbol {
        Some(symbol) => format!("`{key}` is {}, and an actor holds attributes and relations", symbol.kind()),
        None => format!("there is no attribute or relation `{key}`, which `{id}` is said to hold"),
    };
    let diagnostic = Diagnostic::new(Code::UnknownAttribute, span, message);
    let known: BTreeSet<&str> = typing
        .symbols
        .attributes
        .iter()
        .chain(&typing.symbols.relations)
        .map(|info| info.id.as_str())
        .chain(["name", "about", "source", "basis"])
        .collect();
    let diagnostic = match suggest(key, known) {
        Some(near) => typing.symbols.did_you_mean(diagnostic, &near),
        None if symbol.is_some() => diagnostic.help("delete the line"),
        None if ["label", "title"].contains(&key) => diagnostic.help("did you mean `name`?"),
        None => diagnostic.help(format!("declare it: `[attributes.{key}]` or `[relations.{key}]`")),
    };
    typing.report(diagnostic);
}
