//! Roles as keys: what a layer says of `[actors.incumbent]` it says of the actor that plays the role, so that layers meet in one table.

use std::collections::BTreeMap;

use super::include::FileLayer;
use super::shape::is_distribution;
use super::word::{Address, take_apart};
use crate::diagnostic::{Code, Diagnostic, SourceId};
use crate::scenario::document::{Entry, Table, Value};

/// Who plays each role in the end: the files in order, then the variants, then the words of `--set`. Short forms are written out.
pub(super) fn players(layers: &[FileLayer], variants: &[String], set: &[String]) -> BTreeMap<String, String> {
    let mut players = BTreeMap::new();
    for layer in layers {
        collect(&layer.table, &mut players);
    }
    for name in variants {
        for layer in layers {
            if let Some(variant) = below(&layer.table, "variants").and_then(|variants| below(variants, name)) {
                collect(variant, &mut players);
            }
        }
    }
    for word in set {
        // Mistakes in it are told when it is laid over the scenario.
        if let Ok((Address::Path(keys), node)) = take_apart(SourceId::default(), word, &mut Vec::new())
            && let [section, role, ..] = &keys[..]
            && section.text == "roles"
            && let Value::Text(text) = node.value
        {
            players.insert(role.text.clone(), text.text);
        }
    }
    players
}

/// Who plays each role, as one tree says.
pub(super) fn players_of(scenario: &Table) -> BTreeMap<String, String> {
    let mut players = BTreeMap::new();
    collect(scenario, &mut players);
    players
}

fn collect(scenario: &Table, players: &mut BTreeMap<String, String>) {
    let roles = below(scenario, "roles").into_iter().flat_map(|roles| &roles.entries);
    for (role, entry) in roles {
        if let Value::Table(table) = &entry.node.value
            && let Some(Value::Text(text)) = table.get("is").map(|node| &node.value)
        {
            players.insert(role.clone(), text.text.clone());
        }
    }
}

/// The name that a key stands for: a role's player, or itself.
pub(super) fn meant<'a>(players: &'a BTreeMap<String, String>, name: &'a str) -> &'a str {
    let mut meant = name;
    // A role may be played by another role. A chain that is longer than anybody means goes in a circle.
    for _ in 0..players.len().min(16) {
        match players.get(meant) {
            Some(player) => meant = player,
            None => break,
        }
    }
    meant
}

/// Gives the tables of actors and groups, and the cells of relations, that stand under a role's name the name of its player.
pub(super) fn rename(scenario: &mut Table, players: &BTreeMap<String, String>, diagnostics: &mut Vec<Diagnostic>) {
    if players.is_empty() {
        return;
    }
    let mut renamer = Renamer { players, diagnostics };
    if let Some(actors) = below_mut(scenario, "actors") {
        renamer.keys(actors, "actors");
        for (actor, entry) in &mut actors.entries {
            let Value::Table(values) = &mut entry.node.value else { continue };
            for (relation, entry) in &mut values.entries {
                if let Value::Table(cells) = &mut entry.node.value
                    && !is_distribution(cells)
                {
                    renamer.keys(cells, &format!("actors.{actor}.{relation}"));
                }
            }
        }
    }
    if let Some(groups) = below_mut(scenario, "groups") {
        renamer.keys(groups, "groups");
    }
    if let Some(variants) = below_mut(scenario, "variants") {
        for entry in variants.entries.values_mut() {
            if let Value::Table(variant) = &mut entry.node.value {
                rename(variant, players, diagnostics);
            }
        }
    }
}

struct Renamer<'a> {
    players: &'a BTreeMap<String, String>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Renamer<'_> {
    fn keys(&mut self, table: &mut Table, path: &str) {
        let roles: Vec<String> = table.entries.keys().filter(|key| meant(self.players, key) != *key).cloned().collect();
        for role in roles {
            let Some(entry) = table.entries.remove(&role) else { continue };
            let player = meant(self.players, &role);
            self.join(table, player, entry, &format!("{path}.{player}"));
        }
    }

    /// Puts an entry under a key, together with what stands there already.
    fn join(&mut self, table: &mut Table, key: &str, entry: Entry, path: &str) {
        match table.entries.get_mut(key) {
            None => {
                table.entries.insert(key.to_owned(), entry);
            }
            Some(own) => match (&mut own.node.value, entry.node.value) {
                (Value::Table(own), Value::Table(other)) if !is_distribution(own) && !is_distribution(&other) => {
                    for (key, entry) in other.entries {
                        let path = format!("{path}.{key}");
                        self.join(own, &key, entry, &path);
                    }
                }
                _ => self.diagnostics.push(
                    Diagnostic::new(Code::DisagreeingStarts, entry.key, format!("`{path}` is given under two names"))
                        .also(own.key, "given here too")
                        .help("keep one: a role and the actor that plays it are the same"),
                ),
            },
        }
    }
}

fn below<'a>(table: &'a Table, key: &str) -> Option<&'a Table> {
    match table.get(key).map(|node| &node.value) {
        Some(Value::Table(below)) => Some(below),
        _ => None,
    }
}

fn below_mut<'a>(table: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    match table.entries.get_mut(key).map(|entry| &mut entry.node.value) {
        Some(Value::Table(below)) => Some(below),
        _ => None,
    }
}
