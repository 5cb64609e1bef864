//! What only shows for a certain actor and target: who holds an attribute, pairs of one actor with itself, private attributes, folds over
//! nobody. Names decide what is cut off (LANGUAGE 5), and what is cut off is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Frame, TypedAct, TypedEffect, TypedPlace};
use super::definitions::Specialised;
use super::symbols::Symbols;
use super::typed::{Node, Type, Typed, TypedArgument, TypedFold};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ActorIndex, ActorTerm, FoldKind};

/// What identifies a place that is written to: its kind, its declaration, its holder or pair.
type PlaceKey = (u8, usize, ActorIndex, ActorIndex);

/// Places that an event has assigned so far, each under the text of a condition.
type Assigned<'e> = BTreeMap<(PlaceKey, &'e str), Span>;

/// Walks expressions with actors in their slots.
pub(super) struct Walker<'a> {
    pub(super) symbols: &'a Symbols,
    pub(super) specialised: &'a [Specialised],
    /// For each attribute, by actor: does the actor hold it.
    pub(super) holds: Vec<Vec<bool>>,
    /// For each attribute: may only its holder's rules read it.
    pub(super) private: Vec<bool>,
    /// For each relation: is it the same from both sides.
    symmetric: Vec<bool>,
    /// Whose rule is walked, for private attributes.
    pub(super) acting: Option<ActorIndex>,
    /// Names of the slots, for messages.
    pub(super) slots: Vec<String>,
    pub(super) found: BTreeMap<(Code, Span), (Diagnostic, BTreeSet<String>)>,
    visited: BTreeSet<(usize, Frame, Option<ActorIndex>)>,
    interesting: Vec<bool>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(
        symbols: &'a Symbols,
        specialised: &'a [Specialised],
        holds: Vec<Vec<bool>>,
        private: Vec<bool>,
        symmetric: Vec<bool>,
    ) -> Self {
        let mut walker = Walker {
            symbols,
            specialised,
            holds,
            private,
            symmetric,
            acting: None,
            slots: Vec::new(),
            found: BTreeMap::new(),
            visited: BTreeSet::new(),
            interesting: Vec::new(),
        };
        for definition in specialised {
            // Definitions come in an order in which each reads only earlier ones.
            let interesting = walker.worth_walking(&definition.body, false);
            walker.interesting.push(interesting);
        }
        walker
    }

    /// Everything found, one diagnostic a place.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
            .into_values()
            .map(|(mut diagnostic, who)| {
                if who.len() > 1 {
                    diagnostic.message = format!("{} (and so for {} more)", diagnostic.message, who.len() - 1);
                }
                diagnostic
            })
            .collect()
    }

    /// Can anything in it be wrong for some actor? `pair`: slots 0 and 1 are different actors.
    pub(super) fn worth_walking(&self, typed: &Typed, pair: bool) -> bool {
        let mut worth = false;
        typed.visit(&mut |part| {
            worth |= match &part.node {
                Node::Attribute { attribute, .. } => {
                    self.private[*attribute] || self.holds[*attribute].iter().any(|holds| !holds)
                }
                Node::Relation { from, to, .. } | Node::Pressure(from, to) => match (from, to) {
                    (ActorTerm::Actor(from), ActorTerm::Actor(to)) => from == to,
                    (ActorTerm::Slot(0), ActorTerm::Slot(1)) | (ActorTerm::Slot(1), ActorTerm::Slot(0)) => !pair,
                    _ => true,
                },
                Node::Fold(fold) => {
                    matches!(fold.kind, FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum)
                        && fold.otherwise.is_none()
                }
                Node::Definition { definition, .. } => self.interesting.get(*definition).copied().unwrap_or(true),
                _ => false,
            };
        });
        worth
    }

    fn actor(&self, term: ActorTerm, frame: &Frame) -> Option<ActorIndex> {
        match term {
            ActorTerm::Actor(actor) => Some(actor),
            ActorTerm::Slot(slot) => frame.get(slot).copied().flatten(),
        }
    }

    /// What names decide (LANGUAGE 5), or `None`.
    pub(super) fn decide(&self, typed: &Typed, frame: &Frame) -> Option<bool> {
        match &typed.node {
            Node::SameActor(a, b) => Some(self.actor(*a, frame)? == self.actor(*b, frame)?),
            Node::InGroup(actor, group) => {
                let group = &self.symbols.groups[*group];
                if group.changes {
                    return None;
                }
                Some(group.potential.contains(&self.actor(*actor, frame)?))
            }
            Node::Not(inner) => self.decide(inner, frame).map(|decided| !decided),
            Node::And(parts) => {
                let decided: Vec<Option<bool>> = parts.iter().map(|part| self.decide(part, frame)).collect();
                if decided.contains(&Some(false)) {
                    Some(false)
                } else {
                    decided.iter().all(|part| *part == Some(true)).then_some(true)
                }
            }
            Node::Or(parts) => {
                let decided: Vec<Option<bool>> = parts.iter().map(|part| self.decide(part, frame)).collect();
                if decided.contains(&Some(true)) {
                    Some(true)
                } else {
                    decided.iter().all(|part| *part == Some(false)).then_some(false)
                }
            }
            Node::Definition { definition, arguments } if typed.kind == Type::Boolean => {
                let inner = self.arguments(arguments, frame);
                self.decide(&self.specialised[*definition].body, &inner)
            }
            _ => None,
        }
    }

    fn arguments(&self, arguments: &[TypedArgument], frame: &Frame) -> Frame {
        arguments
            .iter()
            .map(|argument| match argument {
                TypedArgument::Actor(term) => self.actor(*term, frame),
                TypedArgument::Value(_) => None,
            })
            .collect()
    }

    /// Looks at every part that is not cut off.
    pub(super) fn walk(&mut self, typed: &Typed, frame: &mut Frame) {
        match &typed.node {
            Node::Attribute { attribute, holder } => self.attribute(*attribute, *holder, typed.span, frame),
            Node::Relation { relation, from, to } => self.pair(Some(*relation), *from, *to, typed.span, frame),
            Node::Pressure(from, to) => self.pair(None, *from, *to, typed.span, frame),
            Node::And(parts) => self.until(parts, frame, false),
            Node::Or(parts) => self.until(parts, frame, true),
            Node::If(condition, then, otherwise) => {
                self.walk(condition, frame);
                match self.decide(condition, frame) {
                    Some(true) => self.walk(then, frame),
                    Some(false) => self.walk(otherwise, frame),
                    None => {
                        self.walk(then, frame);
                        self.walk(otherwise, frame);
                    }
                }
            }
            Node::Fold(fold) => self.fold(fold, typed.span, frame),
            Node::Definition { definition, arguments } => {
                for argument in arguments {
                    if let TypedArgument::Value(value) = argument {
                        self.walk(value, frame);
                    }
                }
                if !self.interesting[*definition] {
                    return;
                }
                let mut inner = self.arguments(arguments, frame);
                if self.visited.insert((*definition, inner.clone(), self.acting)) {
                    let specialised = self.specialised;
                    let outer = std::mem::replace(&mut self.slots, vec!["it".to_owned(); inner.len()]);
                    self.walk(&specialised[*definition].body, &mut inner);
                    self.slots = outer;
                }
            }
            Node::Negative(a) | Node::IntegerPower(a, _) | Node::Not(a) | Node::Calendar(_, a) => self.walk(a, frame),
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::SameValue(a, b) => {
                self.walk(a, frame);
                self.walk(b, frame);
            }
            Node::Function(_, parts) => parts.iter().for_each(|part| self.walk(part, frame)),
            _ => {}
        }
    }

    fn until(&mut self, parts: &[Typed], frame: &mut Frame, decided: bool) {
        for part in parts {
            if self.decide(part, frame) == Some(decided) {
                return;
            }
            self.walk(part, frame);
        }
    }

    fn fold(&mut self, fold: &TypedFold, span: Span, frame: &mut Frame) {
        let needs_somebody =
            matches!(fold.kind, FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum) && fold.otherwise.is_none();
        let worth = self.worth_walking(&fold.body, false)
            || fold.filter.as_ref().is_some_and(|filter| self.worth_walking(filter, false));
        if worth || needs_somebody {
            let group = &self.symbols.groups[fold.group];
            let members: Vec<ActorIndex> = group.potential.iter().copied().collect();
            let changes = group.changes;
            let mut somebody = false;
            for member in members {
                frame.truncate(fold.slot);
                frame.resize(fold.slot, None);
                frame.push(Some(member));
                self.slots.resize(fold.slot, "it".to_owned());
                self.slots.push(fold.variable.clone());
                let decided = match &fold.filter {
                    Some(filter) => {
                        self.walk(filter, frame);
                        self.decide(filter, frame)
                    }
                    None => Some(true),
                };
                somebody |= decided == Some(true) && !changes;
                if decided != Some(false) {
                    self.walk(&fold.body, frame);
                }
                self.slots.truncate(fold.slot);
            }
            frame.truncate(fold.slot);
            if needs_somebody && !somebody {
                let name = fold.kind.word();
                let diagnostic = Diagnostic::new(Code::NobodyLeft, span, format!("`{name}` may range over nobody"))
                    .help(format!("say what then: `{name}(.. else 0)`"));
                self.tell(diagnostic, String::new());
            }
        }
        if let Some(otherwise) = &fold.otherwise {
            self.walk(otherwise, frame);
        }
    }

    fn attribute(&mut self, attribute: usize, holder: ActorTerm, span: Span, frame: &Frame) {
        let Some(actor) = self.actor(holder, frame) else { return };
        let id = &self.symbols.attributes[attribute].id;
        let who = &self.symbols.actors[actor];
        if !self.holds[attribute][actor] {
            let diagnostic = Diagnostic::new(Code::NotHeld, span, format!("`{who}` holds no `{id}`"))
                .help(format!("give it one under [actors.{who}], or give [attributes.{id}] a `start` for everybody"));
            self.tell(diagnostic, who.clone());
        } else if self.private[attribute]
            && let Some(acting) = self.acting
            && acting != actor
        {
            let reader = &self.symbols.actors[acting];
            let diagnostic = Diagnostic::new(
                Code::PrivateAttribute,
                span,
                format!("`{id}` of `{who}` is private: `{reader}` cannot know it"),
            )
            .help(format!("read something that `{who}` shows, or a belief that `{reader}` holds"));
            self.tell(diagnostic, format!("{reader} {who}"));
        }
    }

    fn pair(&mut self, relation: Option<usize>, from: ActorTerm, to: ActorTerm, span: Span, frame: &Frame) {
        let (Some(a), Some(b)) = (self.actor(from, frame), self.actor(to, frame)) else { return };
        if a != b {
            return;
        }
        let id = relation.map_or("pressure", |relation| self.symbols.relations[relation].id.as_str());
        let who = &self.symbols.actors[a];
        let name = |term| match term {
            ActorTerm::Slot(slot) => self.slots.get(slot).map_or("it", String::as_str).to_owned(),
            ActorTerm::Actor(actor) => self.symbols.actors[actor].clone(),
        };
        let (x, y) = (name(from), name(to));
        let (variable, other) = if matches!(to, ActorTerm::Slot(slot) if slot > 1) { (y, x) } else { (x, y) };
        let message = if variable == other {
            format!("there is no `{id}` of `{who}` to itself")
        } else {
            format!("`{variable}` can be `{other}` (as with `{who}`), and there is no `{id}` to oneself")
        };
        let diagnostic =
            Diagnostic::new(Code::SelfRelation, span, message).help(format!("write `where {variable} is not {other}`"));
        self.tell(diagnostic, who.clone());
    }

    fn tell(&mut self, diagnostic: Diagnostic, who: String) {
        let span = diagnostic.primary.as_ref().map(|label| label.span).unwrap_or_default();
        let (_, all) = self.found.entry((diagnostic.code, span)).or_insert_with(|| (diagnostic, BTreeSet::new()));
        if !who.is_empty() {
            all.insert(who);
        }
    }

    /// The effects of an event, with the places they write to.
    pub(super) fn effects(&mut self, effects: &[TypedEffect], frame: &mut Frame) {
        let mut assigned = Assigned::new();
        for effect in effects {
            let Some(each) = &effect.each else {
                self.effect(effect, frame, &mut assigned);
                continue;
            };
            let members: Vec<ActorIndex> = self.symbols.groups[each.group].potential.iter().copied().collect();
            for member in members {
                frame.truncate(each.slot);
                frame.resize(each.slot, None);
                frame.push(Some(member));
                self.slots.resize(each.slot, "it".to_owned());
                self.slots.push(each.variable.clone());
                let decided = each.filter.as_ref().and_then(|filter| {
                    self.walk(filter, frame);
                    self.decide(filter, frame)
                });
                if decided != Some(false) {
                    self.effect(effect, frame, &mut assigned);
                }
                self.slots.truncate(each.slot);
            }
            frame.truncate(each.slot);
        }
    }

    fn effect<'e>(&mut self, effect: &'e TypedEffect, frame: &mut Frame, assigned: &mut Assigned<'e>) {
        if let Some(condition) = &effect.condition {
            self.walk(condition, frame);
            if self.decide(condition, frame) == Some(false) {
                return;
            }
        }
        match &effect.act {
            TypedAct::Assign(place, value, span) => {
                self.walk(value, frame);
                if let Some(cell) = self.place(*place, *span, frame) {
                    self.assign(cell, effect.condition_text.as_str(), *span, assigned);
                }
            }
            TypedAct::Increase(place, value, _, span) => {
                self.walk(value, frame);
                self.place(*place, *span, frame);
            }
            TypedAct::Start(_, duration) => self.walk(duration, frame),
            TypedAct::Stop(_) | TypedAct::Join(..) | TypedAct::Leave(..) => {}
        }
    }

    /// Notes that a place is assigned under a condition, once at most.
    fn assign<'e>(&mut self, cell: PlaceKey, condition: &'e str, span: Span, assigned: &mut Assigned<'e>) {
        let Some(earlier) = assigned.insert((cell, condition), span) else { return };
        let again = earlier == span;
        let message =
            if again { "this `for` assigns one place several times" } else { "one event assigns this place twice" };
        let mut diagnostic = Diagnostic::new(Code::AssignedTwice, span, message);
        if !again {
            diagnostic = diagnostic.also(earlier, "first here");
        }
        let diagnostic = diagnostic.help("keep one of them, or put them under different `if`s (the later wins)");
        self.tell(diagnostic, String::new());
    }

    /// Checks a place that is written to; its identity.
    fn place(&mut self, place: TypedPlace, span: Span, frame: &Frame) -> Option<PlaceKey> {
        match place {
            TypedPlace::State(state) => Some((0, state, 0, 0)),
            TypedPlace::Attribute { attribute, holder } => {
                // Writing is not reading: a private attribute of another may be changed by what is done to its holder.
                let acting = self.acting.take();
                self.attribute(attribute, holder, span, frame);
                self.acting = acting;
                Some((1, attribute, self.actor(holder, frame)?, 0))
            }
            TypedPlace::Relation { relation, from, to } => {
                self.pair(Some(relation), from, to, span, frame);
                let (from, to) = (self.actor(from, frame)?, self.actor(to, frame)?);
                let swapped = self.symmetric[relation] && to < from;
                Some(if swapped { (2, relation, to, from) } else { (2, relation, from, to) })
            }
        }
    }
}
