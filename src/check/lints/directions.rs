//! Relations read in the direction in which nothing changes them.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use super::contexts::Walk;
use super::words;
use crate::check::bounds::{Frame, Interval};
use crate::check::typed::{Node, Typed};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ActorIndex, ActorTerm};

/// What is read at one place.
struct Reading<'a> {
    typed: &'a Typed,
    relation: usize,
    pairs: BTreeSet<(ActorIndex, ActorIndex)>,
    /// Not all pairs are known.
    partly: bool,
}

/// Templates and groups of more are not looked at.
const MOST_ACTORS: usize = 64;

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let is_wanted =
        |part: &Typed| matches!(&part.node, Node::Relation { relation, .. } if can_matter(found, *relation));
    let walk = Walk::new(found.subject, MOST_ACTORS, is_wanted);
    let mut readings: BTreeMap<Span, Reading> = BTreeMap::new();
    for root in found.roots.iter().filter(|root| root.enabled && root.acts()) {
        if !walk.is_worth(root.typed, is_wanted) {
            continue;
        }
        let partly = root.instances.len() > MOST_ACTORS;
        for frame in root.frames(found.subject, MOST_ACTORS) {
            let mut contexts = Vec::new();
            walk.walk(root.typed, &frame, &mut contexts, &mut |part, frame: &Frame, _| {
                let Node::Relation { relation, from, to } = &part.node else { return };
                let empty = || Reading { typed: part, relation: *relation, pairs: BTreeSet::new(), partly: false };
                let reading = readings.entry(part.span).or_insert_with(empty);
                let large = |term: &ActorTerm| {
                    let group = frame.get(*term).group;
                    group.is_some_and(|group| found.subject.symbols.groups[group].potential.len() > MOST_ACTORS)
                };
                reading.partly |= partly || large(from) || large(to);
                if let (Some(from), Some(to)) = (frame.get(*from).actor, frame.get(*to).actor)
                    && from != to
                {
                    reading.pairs.insert((from, to));
                }
            });
        }
    }
    readings.values().filter_map(|reading| tell(found, reading)).collect()
}

/// Only where the two directions differ, and what nothing writes stays as it is.
fn can_matter(found: &Found, relation: usize) -> bool {
    !found.subject.model.relations[relation].symmetric && found.subject.content.relations[relation].rest.is_none()
}

fn tell(found: &Found, reading: &Reading) -> Option<Diagnostic> {
    let subject = found.subject;
    let relation = reading.relation;
    if reading.partly || !can_matter(found, relation) {
        return None;
    }
    let is_written =
        |from, to| subject.relation_cell(relation, from, to).is_some_and(|cell| !subject.writes.of(cell).is_empty());
    let is_given = |pair: &(ActorIndex, ActorIndex)| subject.starts.relations[relation].contains_key(pair);
    if reading.pairs.iter().any(|pair| is_given(pair) || is_written(pair.0, pair.1)) {
        return None;
    }
    let &(from, to) = reading.pairs.iter().find(|(from, to)| is_written(*to, *from))?;
    let mirrored = subject.relation_cell(relation, to, from)?;
    let (write, _) = subject.writes.of(mirrored).first()?;
    let cell = subject.relation_cell(relation, from, to);
    let elsewhere = subject.model.relations[relation].elsewhere;
    let start = cell.map_or(Interval::point(elsewhere), |cell| found.actual.domain(cell).outer);
    let stays = if start.is_point() {
        format!("it stays at its start {}", words::value_of(&subject.symbols.relations[relation], start.low))
    } else {
        "it stays at its start".to_owned()
    };
    let actor = |actor: ActorIndex| subject.symbols.actors[actor].as_str();
    let name = format!("{}({}, {})", subject.symbols.relations[relation].id, actor(from), actor(to));
    let suggestion = swapped(words::written(found.texts, reading.typed)).unwrap_or_else(|| subject.cell_name(mirrored));
    Some(
        Diagnostic::new(
            Code::NothingChangesIt,
            reading.typed.span,
            format!("nothing gives or changes `{name}`; {stays}"),
        )
        .also(subject.writes.all[*write].effect.span, "the other direction changes here")
        .help(format!("did you mean `{suggestion}`?")),
    )
}

/// `r(b, a)` of `r(a, b)`.
fn swapped(text: &str) -> Option<String> {
    let (id, rest) = text.split_once('(')?;
    let (from, to) = rest.strip_suffix(')')?.split_once(',')?;
    Some(format!("{}({}, {})", id.trim(), to.trim(), from.trim()))
}
