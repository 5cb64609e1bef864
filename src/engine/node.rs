//! What a program computes: nodes of a graph without circles, in which equal parts stand once.
//!
//! Names are resolved: a node reads a cell, a tally, a clock, a membership by its place. Values are pure and total, so that
//! in which order nodes are read, how often, and whether at all, cannot be seen in the results.

use std::collections::BTreeMap;

use crate::math;
use crate::model::{Calendar, Comparison, EventTest, FoldKind};

/// Which node.
pub(super) type NodeId = u32;

/// Which now is meant: that of guards and rates of what has a rate, or that of all else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Moment {
    Middle,
    End,
}

/// A run of entries in [`Nodes::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct List {
    pub(super) first: u32,
    pub(super) length: u32,
}

/// One node. Constants are held as bits, so that equal nodes can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    Constant(u64),
    Parameter(u32),
    /// The start value of a cell, as drawn.
    Start(u32),
    Cell(u32),
    /// A cell that relaxes towards its start in closed form: place in `Program::relaxing`.
    Relaxing(u32),
    /// A cell that moves towards a rest that is the same for the whole run: place in `Places::lingering`.
    Lingering(u32),
    /// A draw of the firing being carried out.
    Draw(u32),
    Now(Moment),
    Negative(NodeId),
    Add(NodeId, NodeId),
    Subtract(NodeId, NodeId),
    Multiply(NodeId, NodeId),
    Divide(NodeId, NodeId),
    IntegerPower(NodeId, u32),
    Power(NodeId, NodeId),
    Not(NodeId),
    And(List),
    Or(List),
    If(NodeId, NodeId, NodeId),
    /// With the slack of times, or without.
    Compare(Comparison, bool, NodeId, NodeId),
    SameValue(NodeId, NodeId),
    /// Place in [`Nodes::folds`].
    Fold(u32),
    Minimum(List),
    Maximum(List),
    Absolute(NodeId),
    Floor(NodeId),
    Clamp(NodeId, NodeId, NodeId),
    Exponential(NodeId),
    Logarithm(NodeId),
    SquareRoot(NodeId),
    Logistic(NodeId),
    /// What is asked of some tallies together; the list holds places of tallies.
    Events(EventTest, Moment, List),
    Ended(u32),
    Pressure(u32, u32),
    Running(u32, Moment),
    Expired(u32, Moment),
    Remaining(u32, Moment),
    Calendar(Calendar, NodeId),
    /// How many of these are members; the list holds places of memberships.
    Size(List),
    /// Is somebody a member: a place of a membership.
    Member(u32),
}

/// When a node's value can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Changes {
    Never,
    /// From run to run.
    WithRun,
    /// Within a run.
    WithState,
    /// From firing to firing: it reads a draw.
    WithFiring,
}

/// A fold over those whose condition holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoldNode {
    pub(super) kind: FoldKind,
    /// Who counts (condition), and the value; in order of actors.
    pub(super) items: Vec<(NodeId, NodeId)>,
    /// The value when nobody counts.
    pub(super) otherwise: NodeId,
}

/// All nodes; each stands behind those that it reads.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    pub(super) nodes: Vec<Node>,
    pub(super) changes: Vec<Changes>,
    pub(super) lists: Vec<u32>,
    pub(super) folds: Vec<FoldNode>,
    known: BTreeMap<Node, NodeId>,
    known_lists: BTreeMap<Vec<u32>, List>,
    known_folds: BTreeMap<FoldNode, u32>,
}

impl Nodes {
    /// The entries of a list.
    pub(super) fn list(&self, list: List) -> &[u32] {
        &self.lists[list.first as usize..(list.first + list.length) as usize]
    }

    pub(super) fn keep_list(&mut self, entries: Vec<u32>) -> List {
        if let Some(&list) = self.known_lists.get(&entries) {
            return list;
        }
        let list = List { first: self.lists.len() as u32, length: entries.len() as u32 };
        self.lists.extend_from_slice(&entries);
        self.known_lists.insert(entries, list);
        list
    }

    pub(super) fn constant(&mut self, value: f64) -> NodeId {
        self.keep(Node::Constant(value.to_bits()), Changes::Never)
    }

    pub(super) fn as_constant(&self, node: NodeId) -> Option<f64> {
        match self.nodes[node as usize] {
            Node::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// The node, found or made.
    pub(super) fn keep(&mut self, node: Node, changes: Changes) -> NodeId {
        *self.known.entry(node).or_insert_with(|| {
            self.nodes.push(node);
            self.changes.push(changes);
            (self.nodes.len() - 1) as NodeId
        })
    }

    fn changes_of(&self, parts: &[NodeId]) -> Changes {
        parts.iter().map(|part| self.changes[*part as usize]).max().unwrap_or(Changes::Never)
    }

    /// A node with one part; computed at once where that is a constant.
    pub(super) fn unary(&mut self, part: NodeId, node: Node, compute: impl Fn(f64) -> f64) -> NodeId {
        match self.as_constant(part) {
            Some(value) => self.constant(compute(value)),
            None => self.keep(node, self.changes[part as usize]),
        }
    }

    /// A node with two parts; computed at once where both are constants.
    pub(super) fn binary(&mut self, parts: [NodeId; 2], node: Node, compute: impl Fn(f64, f64) -> f64) -> NodeId {
        match (self.as_constant(parts[0]), self.as_constant(parts[1])) {
            (Some(a), Some(b)) => self.constant(compute(a, b)),
            _ => self.keep(node, self.changes_of(&parts)),
        }
    }

    /// All of them hold. Parts are conditions: 0 or 1.
    pub(super) fn all(&mut self, parts: Vec<NodeId>) -> NodeId {
        self.conditions(parts, 1.0, Node::And)
    }

    /// Any of them holds.
    pub(super) fn any(&mut self, parts: Vec<NodeId>) -> NodeId {
        self.conditions(parts, 0.0, Node::Or)
    }

    /// `idle`: the truth of a part that decides nothing; the other truth decides all.
    fn conditions(&mut self, parts: Vec<NodeId>, idle: f64, node: impl Fn(List) -> Node) -> NodeId {
        let mut kept = Vec::new();
        for part in parts {
            match self.as_constant(part) {
                Some(value) if (value != 0.0) == (idle != 0.0) => {}
                Some(_) => return self.constant(1.0 - idle),
                None if kept.contains(&part) => {}
                None => kept.push(part),
            }
        }
        match kept[..] {
            [] => self.constant(idle),
            [one] => one,
            _ => {
                let changes = self.changes_of(&kept);
                let list = self.keep_list(kept);
                self.keep(node(list), changes)
            }
        }
    }

    pub(super) fn not(&mut self, part: NodeId) -> NodeId {
        self.unary(part, Node::Not(part), |value| if value != 0.0 { 0.0 } else { 1.0 })
    }

    pub(super) fn choose(&mut self, condition: NodeId, then: NodeId, otherwise: NodeId) -> NodeId {
        match self.as_constant(condition) {
            Some(value) if value != 0.0 => then,
            Some(_) => otherwise,
            None => {
                let changes = self.changes_of(&[condition, then, otherwise]);
                self.keep(Node::If(condition, then, otherwise), changes)
            }
        }
    }

    /// Least or greatest of some.
    pub(super) fn extreme(&mut self, parts: Vec<NodeId>, greatest: bool) -> NodeId {
        let pick = if greatest { math::maximum } else { math::minimum };
        let constants: Option<Vec<f64>> = parts.iter().map(|part| self.as_constant(*part)).collect();
        if let Some(value) = constants.and_then(|constants| constants.into_iter().reduce(pick)) {
            return self.constant(value);
        }
        let changes = self.changes_of(&parts);
        let list = self.keep_list(parts);
        self.keep(if greatest { Node::Maximum(list) } else { Node::Minimum(list) }, changes)
    }

    pub(super) fn clamp(&mut self, parts: [NodeId; 3]) -> NodeId {
        let [x, low, high] = parts;
        match parts.map(|part| self.as_constant(part)) {
            [Some(x), Some(low), Some(high)] => self.constant(math::clamp(x, low, high)),
            _ => {
                let changes = self.changes_of(&parts);
                self.keep(Node::Clamp(x, low, high), changes)
            }
        }
    }

    pub(super) fn fold(&mut self, fold: FoldNode) -> NodeId {
        let parts: Vec<NodeId> =
            fold.items.iter().flat_map(|(condition, body)| [*condition, *body]).chain([fold.otherwise]).collect();
        let changes = self.changes_of(&parts);
        let place = match self.known_folds.get(&fold) {
            Some(&place) => place,
            None => {
                self.folds.push(fold.clone());
                self.known_folds.insert(fold, (self.folds.len() - 1) as u32);
                (self.folds.len() - 1) as u32
            }
        };
        self.keep(Node::Fold(place), changes)
    }

    /// The nodes that a node reads.
    pub(super) fn parts(&self, node: NodeId, into: &mut Vec<NodeId>) {
        match self.nodes[node as usize] {
            Node::Negative(a)
            | Node::IntegerPower(a, _)
            | Node::Not(a)
            | Node::Absolute(a)
            | Node::Floor(a)
            | Node::Exponential(a)
            | Node::Logarithm(a)
            | Node::SquareRoot(a)
            | Node::Logistic(a)
            | Node::Calendar(_, a) => into.push(a),
            Node::Add(a, b)
            | Node::Subtract(a, b)
            | Node::Multiply(a, b)
            | Node::Divide(a, b)
            | Node::Power(a, b)
            | Node::Compare(_, _, a, b)
            | Node::SameValue(a, b) => into.extend([a, b]),
            Node::If(a, b, c) | Node::Clamp(a, b, c) => into.extend([a, b, c]),
            Node::And(list) | Node::Or(list) | Node::Minimum(list) | Node::Maximum(list) => {
                into.extend_from_slice(self.list(list));
            }
            Node::Fold(fold) => {
                let fold = &self.folds[fold as usize];
                into.extend(fold.items.iter().flat_map(|(condition, body)| [*condition, *body]));
                into.push(fold.otherwise);
            }
            Node::Constant(_)
            | Node::Parameter(_)
            | Node::Start(_)
            | Node::Cell(_)
            | Node::Relaxing(_)
            | Node::Lingering(_)
            | Node::Draw(_)
            | Node::Now(_)
            | Node::Events(..)
            | Node::Ended(_)
            | Node::Pressure(..)
            | Node::Running(..)
            | Node::Expired(..)
            | Node::Remaining(..)
            | Node::Size(_)
            | Node::Member(_) => {}
        }
    }
}
