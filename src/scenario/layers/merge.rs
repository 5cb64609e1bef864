//! Tables laid over tables: key by key, and everything else replaced by the later layer.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::shape::{excluded_by, explains, is_replace, is_value};
use crate::diagnostic::{SourceId, Span};
use crate::scenario::document::{Entry, Node, Table, Value};

/// A key for which a later layer speaks instead of an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The layer that speaks last.
    pub by: SourceId,
    /// The layer that spoke before.
    pub of: SourceId,
    /// The key, with all tables that it stands in, from the outermost.
    pub path: Vec<String>,
    /// The key that the later layer gives instead, if it is another one (`value` for `prior`), or `replace`.
    pub instead: Option<String>,
    /// Where the later layer says it.
    pub span: Span,
}

/// Two included files that disagree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undecided {
    /// The key of the later file.
    pub(super) path: Vec<String>,
    /// Where the earlier file says one thing.
    pub(super) earlier: Span,
    /// Where the later file says another.
    pub(super) later: Span,
}

/// One file's statement about a key, on which no file that includes it has spoken yet.
struct Claim {
    layer: SourceId,
    node: Node,
}

/// A file that takes the place of another key of a file that it does not include.
struct Replacement {
    earlier: (SourceId, Vec<String>, Span),
    later: (SourceId, Vec<String>, Span),
}

/// Lays tables over each other, and remembers who said what.
#[derive(Default)]
pub(super) struct Merger {
    /// What all layers so far say together.
    pub(super) table: Table,
    /// Which keys were overridden.
    pub(super) overrides: Vec<Override>,
    /// The files that each file includes, also through others.
    includes: BTreeMap<SourceId, BTreeSet<SourceId>>,
    /// The folder of each file: the same relative path is another file in another folder.
    folders: BTreeMap<SourceId, PathBuf>,
    claims: BTreeMap<Vec<String>, Vec<Claim>>,
    replacements: Vec<Replacement>,
    layer: SourceId,
    /// Whether layers are files, which may disagree, or the command's, which decide.
    files: bool,
}

impl Merger {
    /// Nothing yet. `includes`: what each file includes, also through others. `folders`: where each file stands.
    pub(super) fn new(includes: BTreeMap<SourceId, BTreeSet<SourceId>>, folders: BTreeMap<SourceId, PathBuf>) -> Self {
        Merger { includes, folders, ..Merger::default() }
    }

    /// Lays a file over what there is.
    pub(super) fn lay_file(&mut self, layer: SourceId, table: Table) {
        self.files = true;
        self.lay(layer, table);
    }

    /// Lays a variant or a word of the command over what there is.
    pub(super) fn lay_command(&mut self, layer: SourceId, table: Table) {
        self.files = false;
        self.lay(layer, table);
    }

    fn lay(&mut self, layer: SourceId, table: Table) {
        self.layer = layer;
        let mut target = std::mem::take(&mut self.table);
        self.merge(&mut target, table, &mut Vec::new());
        self.table = target;
    }

    /// The keys on which included files disagree and no file that includes both has spoken. To be asked after the last file.
    pub(super) fn undecided(&self) -> Vec<Undecided> {
        let mut found = Vec::new();
        for (path, claims) in &self.claims {
            let Some((last, earlier)) = claims.split_last() else { continue };
            if let Some(other) = earlier.iter().find(|claim| !self.same(path, &claim.node, &last.node)) {
                found.push(Undecided { path: path.clone(), earlier: other.node.span, later: last.node.span });
            }
        }
        for Replacement { earlier, later } in &self.replacements {
            let stands = |(layer, path, _): &(SourceId, Vec<String>, Span)| {
                let at_or_below =
                    self.claims.range(path.clone()..).take_while(|(claimed, _)| claimed.starts_with(path));
                at_or_below.flat_map(|(_, claims)| claims).any(|claim| claim.layer == *layer)
            };
            if stands(earlier) && stands(later) {
                found.push(Undecided { path: later.1.clone(), earlier: earlier.2, later: later.2 });
            }
        }
        found
    }

    fn merge(&mut self, target: &mut Table, mut later: Table, path: &mut Vec<String>) {
        let in_variant = path.first().is_some_and(|first| first == "variants");
        if let Some(entry) = later.entries.get("replace").filter(|entry| is_replace("replace", &entry.node)) {
            let (key, drops) = (entry.key, entry.node.value == Value::Boolean(true));
            if drops {
                self.drop_table(target, path, key);
            }
            // In a variant it speaks to what the variant will be laid over.
            if !in_variant {
                later.entries.remove("replace");
            }
        }
        let given: Vec<(String, Span)> = later.entries.iter().map(|(key, entry)| (key.clone(), entry.key)).collect();
        for (key, span) in &given {
            for excluded in excluded_by(path, key) {
                if !later.entries.contains_key(*excluded) {
                    self.drop_key(target, path, excluded, key, *span);
                }
            }
        }
        for (key, entry) in later.entries {
            path.push(key);
            self.merge_entry(target, entry, path);
            path.pop();
        }
    }

    fn merge_entry(&mut self, target: &mut Table, later: Entry, path: &mut Vec<String>) {
        let Some(key) = path.last().cloned() else { return };
        let span = later.node.span;
        match later.node.value {
            Value::Table(table) if !is_value(path, &table) => {
                let merges = match target.entries.get(&key).map(|entry| &entry.node.value) {
                    Some(Value::Table(earlier)) => !is_value(path, earlier),
                    _ => false,
                };
                if !merges {
                    let empty = Node { value: Value::Table(Table::default()), span };
                    if let Some(earlier) = target.entries.insert(key.clone(), Entry { key: later.key, node: empty }) {
                        self.note(&earlier.node, path, None, later.key);
                        self.give_way(path, path, span);
                    }
                }
                if let Some(Entry { node: Node { value: Value::Table(earlier), .. }, .. }) =
                    target.entries.get_mut(&key)
                {
                    self.merge(earlier, table, path);
                }
            }
            value => {
                let node = Node { value, span };
                if let Some(earlier) = target.entries.get(&key) {
                    if !self.same(path, &earlier.node, &node) {
                        self.note(&earlier.node, path, None, later.key);
                    }
                    if matches!(&earlier.node.value, Value::Table(table) if !is_value(path, table)) {
                        self.give_way(path, path, span);
                    }
                }
                self.claim(path, &node);
                target.entries.insert(key, Entry { key: later.key, node });
            }
        }
    }

    /// Drops all that earlier layers said of a table (`replace = true`).
    fn drop_table(&mut self, target: &mut Table, path: &[String], span: Span) {
        let mut layers = BTreeSet::new();
        sources_of(target, &mut layers);
        for of in layers {
            if of != self.layer {
                let instead = Some("replace".to_owned());
                self.overrides.push(Override { by: self.layer, of, path: path.to_vec(), instead, span });
            }
        }
        target.entries.clear();
        // An express word: there is nothing left to decide.
        let below = self.claims.range(path.to_vec()..).take_while(|(claimed, _)| claimed.starts_with(path));
        let dropped: Vec<Vec<String>> = below.map(|(claimed, _)| claimed.clone()).collect();
        for claimed in dropped {
            self.claims.remove(&claimed);
        }
    }

    /// Drops a key that another key of the later layer excludes.
    fn drop_key(&mut self, target: &mut Table, path: &mut Vec<String>, excluded: &str, by: &str, span: Span) {
        let Some(earlier) = target.entries.remove(excluded) else { return };
        let mut instead = path.clone();
        instead.push(by.to_owned());
        path.push(excluded.to_owned());
        self.note(&earlier.node, path, Some(by), span);
        self.give_way(path, &instead, span);
        path.pop();
    }

    /// The claims at and below `path` give way to a statement of this layer at `by`.
    fn give_way(&mut self, path: &[String], by: &[String], span: Span) {
        if !self.files {
            return;
        }
        let included = self.includes.get(&self.layer);
        let mut replaced = Vec::new();
        for (claimed, claims) in self.claims.range_mut(path.to_vec()..) {
            if !claimed.starts_with(path) {
                break;
            }
            claims.retain(|claim| !included.is_some_and(|included| included.contains(&claim.layer)));
            replaced.extend(claims.iter().map(|claim| (claim.layer, claimed.clone(), claim.node.span)));
        }
        let later = (self.layer, by.to_vec(), span);
        self.replacements.extend(replaced.into_iter().map(|earlier| Replacement { earlier, later: later.clone() }));
    }

    fn claim(&mut self, path: &[String], node: &Node) {
        if !self.files || path.last().is_some_and(|key| explains(key, node)) {
            return;
        }
        let included = self.includes.get(&self.layer);
        let claims = self.claims.entry(path.to_vec()).or_default();
        claims.retain(|claim| !included.is_some_and(|included| included.contains(&claim.layer)));
        claims.push(Claim { layer: self.layer, node: node.clone() });
    }

    fn note(&mut self, earlier: &Node, path: &[String], instead: Option<&str>, span: Span) {
        let of = earlier.span.source;
        let instead = instead.map(str::to_owned);
        self.overrides.push(Override { by: self.layer, of, path: path.to_vec(), instead, span });
    }

    /// Whether two values mean the same, wherever they stand. A path to a file is the same only from the same folder.
    fn same(&self, path: &[String], left: &Node, right: &Node) -> bool {
        match (&left.value, &right.value) {
            (Value::Text(one), Value::Text(other)) => {
                let names_file =
                    path.first().is_some_and(|first| first == "data") || path.last().is_some_and(|key| key == "file");
                let folders = |node: &Node| self.folders.get(&node.span.source);
                one.text == other.text && (!names_file || folders(left) == folders(right))
            }
            (Value::Integer(whole), Value::Float(number)) | (Value::Float(number), Value::Integer(whole)) => {
                *whole as f64 == *number
            }
            (Value::List(one), Value::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.same(path, one, other))
            }
            (Value::Table(one), Value::Table(other)) => {
                one.entries.len() == other.entries.len()
                    && one.entries.iter().zip(&other.entries).all(|((key, one), (other_key, other))| {
                        let below: Vec<String> = path.iter().chain([key]).cloned().collect();
                        key == other_key && self.same(&below, &one.node, &other.node)
                    })
            }
            (one, other) => one == other,
        }
    }
}

/// The layers that anything in a table comes from.
fn sources_of(table: &Table, found: &mut BTreeSet<SourceId>) {
    for entry in table.entries.values() {
        found.insert(entry.key.source);
        if let Value::Table(below) = &entry.node.value {
            sources_of(below, found);
        }
    }
}
