//! `--set` and `--without`: the last layers, one key each.

use std::collections::BTreeMap;

use super::load::listed;
use super::merge::Merger;
use super::roles;
use super::shape::{is_distribution, is_value, write_out};
use super::word::{Address, Key, address, bad, take_apart};
use crate::diagnostic::{Diagnostic, SourceId, Span, suggest};
use crate::scenario::document::{Entry, Node, Table, Value};

/// The parts of a scenario that hold named tables, and what one of these is called.
const SECTIONS: [(&str, &str); 14] = [
    ("actors", "actor"),
    ("attributes", "attribute"),
    ("choices", "choice"),
    ("clocks", "clock"),
    ("definitions", "definition"),
    ("flows", "flow"),
    ("groups", "group"),
    ("measures", "measure"),
    ("parameters", "parameter"),
    ("queries", "query"),
    ("relations", "relation"),
    ("roles", "role"),
    ("rules", "rule"),
    ("state", "state"),
];

/// The parts of a scenario whose keys are fixed.
const FIXED: [&str; 3] = ["scenario", "data", "history"];

/// Lays `--set NAME=VALUE` over the scenario.
///
/// # Errors
/// [`crate::diagnostic::Code::BadSet`]: what is wrong with the word.
pub(super) fn set(
    merger: &mut Merger,
    source: SourceId,
    word: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    let (address, node) = take_apart(source, word, diagnostics)?;
    let scenario = View::of(&merger.table);
    let (path, other_side) = match address {
        Address::Path(keys) => scenario.path(keys, &node)?,
        Address::Pair { relation, from, to } => scenario.pair(relation, from, to)?,
    };
    if let Some(cell) = other_side {
        remove(&mut merger.table, &cell);
    }
    lay(merger, source, &path, node);
    Ok(())
}

/// Lays `--without NAME` over the scenario: a rule, choice, option or flow that is not enabled.
///
/// # Errors
/// [`crate::diagnostic::Code::BadSet`]: what is wrong with the word.
pub(super) fn without(merger: &mut Merger, source: SourceId, word: &str) -> Result<(), Diagnostic> {
    let scenario = View::of(&merger.table);
    let whole = Span { source, start: 0, end: word.len() as u32 };
    let Address::Path(keys) = address(source, word)? else {
        return Err(
            bad(whole, format!("`{word}` is not a rule, choice, option or flow")).help("name one, without brackets")
        );
    };
    let texts: Vec<&str> = keys.iter().map(|key| key.text.as_str()).collect();
    if let ["outcomes", id] = texts[..] {
        let list = scenario.without_outcome(id, keys[1].span)?;
        lay(merger, source, &keys[..1], Node { value: Value::List(list), span: whole });
        return Ok(());
    }
    let mut candidates: Vec<Vec<&str>> = match texts[..] {
        [name] => ["rules", "choices", "flows"].map(|section| vec![section, name]).to_vec(),
        [section @ ("rules" | "choices" | "flows"), name] if scenario.holds(section, name) => vec![vec![section, name]],
        [choice, option] => vec![vec!["choices", choice, "options", option]],
        ["choices", choice, "options", option] => vec![vec!["choices", choice, "options", option]],
        _ => Vec::new(),
    };
    candidates.retain(|path| scenario.table_at(path).is_some());
    match &candidates[..] {
        [path] => {
            let mut path: Vec<Key> = path.iter().map(|text| Key { text: (*text).to_owned(), span: whole }).collect();
            path.push(Key { text: "enabled".to_owned(), span: whole });
            lay(merger, source, &path, Node { value: Value::Boolean(false), span: whole });
            Ok(())
        }
        [] => {
            let events = scenario.events();
            let diagnostic = bad(whole, format!("there is no rule, choice, option or flow `{word}`"));
            Err(match suggest(word, events.iter().map(String::as_str)) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic
                    .help(format!("name one of {}", listed(&events.iter().map(String::as_str).collect::<Vec<_>>()))),
            })
        }
        several => {
            let names: Vec<String> = several.iter().map(|path| path.join(".")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            Err(bad(whole, format!("`{word}` can be several things")).help(format!("name one of {}", listed(&names))))
        }
    }
}

/// Where a value goes, and the cell that says the same from the other side, if there is one.
type Target = (Vec<Key>, Option<Vec<String>>);

/// The scenario as merged so far.
struct View<'a> {
    table: &'a Table,
    /// Who plays each role.
    players: BTreeMap<String, String>,
}

impl<'a> View<'a> {
    fn of(table: &'a Table) -> Self {
        View { table, players: roles::players_of(table) }
    }

    fn table_at(&self, path: &[&str]) -> Option<&'a Table> {
        path.iter().try_fold(self.table, |table, key| match table.get(key).map(|node| &node.value) {
            Some(Value::Table(below)) => Some(below),
            _ => None,
        })
    }

    fn names(&self, section: &str) -> Vec<&'a str> {
        self.table_at(&[section]).map(|table| table.entries.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    fn holds(&self, section: &str, name: &str) -> bool {
        self.table_at(&[section]).is_some_and(|table| table.entries.contains_key(name))
    }

    /// Rules, choices, options (`choice.option`) and flows.
    fn events(&self) -> Vec<String> {
        let mut events: Vec<String> =
            ["rules", "choices", "flows"].iter().flat_map(|section| self.names(section)).map(str::to_owned).collect();
        for choice in self.names("choices") {
            let options = self.table_at(&["choices", choice, "options"]);
            events.extend(
                options.iter().flat_map(|table| table.entries.keys()).map(|option| format!("{choice}.{option}")),
            );
        }
        events
    }

    /// The list of outcomes with one of them switched off: its condition is `false`.
    fn without_outcome(&self, id: &str, span: Span) -> Result<Vec<Node>, Diagnostic> {
        let mut list = match self.table.get("outcomes").map(|node| &node.value) {
            Some(Value::List(list)) => list.clone(),
            _ => Vec::new(),
        };
        let ids: Vec<String> = list.iter().filter_map(outcome_id).collect();
        let Some(at) = list.iter().position(|node| outcome_id(node).as_deref() == Some(id)) else {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            return Err(self.unknown("outcome", id, &ids, span));
        };
        let Value::Table(outcome) = &mut list[at].value else { return Ok(list) };
        let Some(when) = outcome.entries.get_mut("when") else {
            return Err(bad(span, format!("`{id}` is how runs end that nothing else has ended"))
                .help("switch off an outcome that has a `when`"));
        };
        when.node = Node { value: Value::Boolean(false), span };
        Ok(list)
    }

    /// Where `a.b.c=VALUE` goes.
    fn path(&self, mut keys: Vec<Key>, node: &Node) -> Result<Target, Diagnostic> {
        let distribution = matches!(&node.value, Value::Table(table) if is_distribution(table));
        if let [section, name, ..] = &mut keys[..]
            && ["actors", "groups"].contains(&section.text.as_str())
        {
            name.text = roles::meant(&self.players, &name.text).to_owned();
        }
        let texts: Vec<String> = keys.iter().map(|key| key.text.clone()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match texts[..] {
            [name] => self.bare(keys.remove(0), name, distribution),
            ["actors", _, _] => {
                let key = keys.remove(2);
                self.attribute(keys.remove(1), key)
            }
            ["actors", _, _, _] if self.holds("relations", texts[2]) => {
                let (to, relation, from) = (keys.remove(3), keys.remove(2), keys.remove(1));
                self.pair(relation, from, to)
            }
            [section, name, ..] if SECTIONS.iter().any(|(known, _)| *known == section) => {
                self.known(section, name, keys[1].span)?;
                if keys.len() == 2 && (section == "parameters" || (section == "state" && distribution)) {
                    let key = if section == "state" {
                        "start"
                    } else if distribution {
                        "prior"
                    } else {
                        "value"
                    };
                    keys.push(Key { text: key.to_owned(), span: keys[1].span });
                }
                self.not_a_table(&keys, node)?;
                Ok((keys, None))
            }
            [section, name, ..] if FIXED.contains(&section) => {
                let known = ["title", "start", "step", "horizon"];
                if section == "scenario" && !known.contains(&name) {
                    return Err(self.unknown("key of [scenario]", name, &known, keys[1].span));
                }
                Ok((keys, None))
            }
            [_, _] => {
                let attribute = keys.remove(1);
                self.attribute(keys.remove(0), attribute)
            }
            _ => {
                let first = &keys[0];
                let sections: Vec<&str> = SECTIONS.iter().map(|(section, _)| *section).chain(FIXED).collect();
                Err(self.unknown("part of a scenario", &first.text, &sections, first.span))
            }
        }
    }

    /// `NAME=VALUE`: a parameter, or a state's start.
    fn bare(&self, key: Key, name: &str, distribution: bool) -> Result<Target, Diagnostic> {
        let span = key.span;
        let path =
            |section: &str, last: &str| [section, name, last].map(|text| Key { text: text.to_owned(), span }).to_vec();
        if self.holds("parameters", name) {
            return Ok((path("parameters", if distribution { "prior" } else { "value" }), None));
        }
        if self.holds("state", name) {
            return Ok((path("state", "start"), None));
        }
        let mut candidates = self.names("parameters");
        candidates.extend(self.names("state"));
        let kind = SECTIONS.iter().find(|(section, _)| self.holds(section, name));
        let Some((section, kind)) = kind else {
            return Err(self.unknown("parameter or state", name, &candidates, span));
        };
        let article = if kind.starts_with('a') { "an" } else { "a" };
        let help = match *section {
            "attributes" => format!("say whose: `--set france.{name}=VALUE`"),
            "relations" => format!("say between whom: `--set \"{name}(junta, france)=VALUE\"`"),
            "rules" | "choices" | "flows" => format!("name a key, such as `--set {section}.{name}.enabled=false`"),
            "actors" => format!("name an attribute: `--set {name}.ATTRIBUTE=VALUE`"),
            _ => format!("write `--set {section}.{name}=VALUE`"),
        };
        Err(bad(span, format!("`{name}` is no parameter or state but the name of {article} {kind}")).help(help))
    }

    /// `france.resolve=VALUE`
    fn attribute(&self, actor: Key, attribute: Key) -> Result<Target, Diagnostic> {
        if self.holds("relations", &attribute.text) {
            let help = format!("write `--set \"{}({}, OTHER)=VALUE\"`", attribute.text, actor.text);
            return Err(bad(attribute.span, format!("`{}` is between two actors", attribute.text)).help(help));
        }
        let mut attributes = self.names("attributes");
        attributes.push("name");
        let actor = self.actor(actor)?;
        if !attributes.contains(&attribute.text.as_str()) {
            return Err(self.unknown("attribute", &attribute.text, &attributes, attribute.span));
        }
        Ok((vec![Key { text: "actors".to_owned(), span: actor.span }, actor, attribute], None))
    }

    /// `hostility(junta, france)=VALUE`
    fn pair(&self, relation: Key, from: Key, to: Key) -> Result<Target, Diagnostic> {
        if !self.holds("relations", &relation.text) {
            return Err(self.unknown("relation", &relation.text, &self.names("relations"), relation.span));
        }
        let (from, to) = (self.actor(from)?, self.actor(to)?);
        let declared = self.table_at(&["relations", &relation.text]);
        let symmetric =
            declared.and_then(|table| table.get("symmetric")).is_some_and(|node| node.value == Value::Boolean(true));
        let reverse = ["actors", &to.text, &relation.text, &from.text].map(str::to_owned).to_vec();
        let actors = Key { text: "actors".to_owned(), span: from.span };
        Ok((vec![actors, from, relation, to], symmetric.then_some(reverse)))
    }

    /// The name of an actor, which may be called by its role.
    fn actor(&self, key: Key) -> Result<Key, Diagnostic> {
        let own = roles::meant(&self.players, &key.text);
        if self.holds("groups", own) || own == "actors" {
            return Err(bad(key.span, format!("`{}` is a group", key.text)).help("name one of its members"));
        }
        let in_tables = self.table_at(&["data"]).is_some_and(|data| data.entries.contains_key("actors"));
        if in_tables || self.holds("actors", own) || self.holds("roles", &key.text) {
            return Ok(Key { text: own.to_owned(), span: key.span });
        }
        let mut candidates = self.names("actors");
        candidates.extend(self.names("roles"));
        Err(self.unknown("actor", &key.text, &candidates, key.span))
    }

    fn known(&self, section: &str, name: &str, span: Span) -> Result<(), Diagnostic> {
        if self.holds(section, name) {
            return Ok(());
        }
        let kind = SECTIONS.iter().find(|(known, _)| *known == section).map_or(section, |(_, kind)| kind);
        Err(self.unknown(kind, name, &self.names(section), span))
    }

    /// A table is not replaced by a value.
    fn not_a_table(&self, path_keys: &[Key], node: &Node) -> Result<(), Diagnostic> {
        let texts: Vec<&str> = path_keys.iter().map(|key| key.text.as_str()).collect();
        let path: Vec<String> = path_keys.iter().map(|key| key.text.clone()).collect();
        let short = path_keys.len() == 2 && ["state", "measures", "roles"].contains(&texts[0]);
        match self.table_at(&texts) {
            Some(table) if !short && !is_value(&path, table) && !matches!(node.value, Value::Table(_)) => {
                let keys: Vec<&str> = table.entries.keys().map(String::as_str).collect();
                let message = format!("`{}` is a table, not a value", path.join("."));
                Err(bad(path_keys[0].span.to(path_keys[path_keys.len() - 1].span), message)
                    .help(format!("name one of its keys: {}", listed(&keys))))
            }
            _ => Ok(()),
        }
    }

    fn unknown(&self, kind: &str, name: &str, candidates: &[&str], span: Span) -> Diagnostic {
        let diagnostic = bad(span, format!("there is no {kind} `{name}`"));
        if let Some(near) = suggest(name, candidates.iter().copied()) {
            return diagnostic.help(format!("did you mean `{near}`?"));
        }
        if candidates.is_empty() {
            return diagnostic.help("name something that the scenario has: `flashpoint check` lists it");
        }
        diagnostic.help(format!("name one of {}", listed(candidates)))
    }
}

/// The id of an item of the list of outcomes.
fn outcome_id(node: &Node) -> Option<String> {
    match &node.value {
        Value::Table(table) => match &table.get("id")?.value {
            Value::Text(text) => Some(text.text.clone()),
            _ => None,
        },
        _ => None,
    }
}

fn remove(table: &mut Table, path: &[String]) {
    match path {
        [last] => {
            table.entries.remove(last);
        }
        [first, rest @ ..] => {
            if let Some(Value::Table(below)) = table.entries.get_mut(first).map(|entry| &mut entry.node.value) {
                remove(below, rest);
            }
        }
        [] => {}
    }
}

/// Lays one key over the scenario.
fn lay(merger: &mut Merger, source: SourceId, path: &[Key], node: Node) {
    let mut layer = Table::default();
    let mut node = node;
    for (index, key) in path.iter().enumerate().rev() {
        let mut table = Table::default();
        table.entries.insert(key.text.clone(), Entry { key: key.span, node });
        if index == 0 {
            layer = table;
            break;
        }
        node = Node { value: Value::Table(table), span: key.span };
    }
    write_out(&mut layer);
    merger.lay_command(source, layer);
}
