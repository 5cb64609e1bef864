//! `since(r) >= 6 days` also holds before the first time.

use std::collections::BTreeSet;

use super::Found;
use super::contexts::{A_FEW, Context, Walk};
use super::roots::Owner;
use super::words;
use crate::check::bounds::{Evaluator, EventKey, Frame, Leaf, Setting, Settings};
use crate::check::typed::{HappeningRef, Node, Typed};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ActorTerm, EventTest};

/// Most places of one comparison that are looked at.
const MOST_FRAMES: usize = 4;

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let walk = Walk::new(found.subject, A_FEW, |part| since(part).is_some());
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let mut all = Vec::new();
    for root in found.roots.iter().filter(|root| walk.is_worth(root.typed, |part| since(part).is_some())) {
        for frame in root.frames(found.subject, MOST_FRAMES) {
            let mut contexts = Context::of_all(&root.guards, &frame);
            walk.walk(root.typed, &frame, &mut contexts, &mut |part, frame, contexts| {
                let Some((happening, actor, target)) = since(part) else { return };
                if told.contains(&part.span) || is_own(found, root.owner, &happening.id) {
                    return;
                }
                let who = |term: Option<ActorTerm>| term.and_then(|term| frame.get(term).actor);
                let happening_index = found.subject.happenings[happening.id.as_str()];
                let key = EventKey { happening: happening_index, actor: who(actor), target: who(target) };
                if holds_before(found, key, part, frame, contexts) {
                    told.insert(part.span);
                    all.push(tell(found, part, happening));
                }
            });
        }
    }
    all
}

/// The events of which a comparison asks how long ago they were.
fn since(part: &Typed) -> Option<(&HappeningRef, Option<ActorTerm>, Option<ActorTerm>)> {
    let Node::Compare(_, a, b) = &part.node else { return None };
    [a, b].into_iter().find_map(|side| match &side.node {
        Node::Events { test: EventTest::Since, happening, actor, target } => Some((happening, *actor, *target)),
        _ => None,
    })
}

/// A rule that waits for itself must also fire a first time.
fn is_own(found: &Found, owner: Owner, id: &str) -> bool {
    let content = found.subject.content;
    match owner {
        Owner::Rule(rule) => content.rules[rule].id == id,
        Owner::Choice(choice) | Owner::Option(choice, _) => {
            id == content.choices[choice].id
                || id.strip_prefix(content.choices[choice].id.as_str()).is_some_and(|rest| rest.starts_with('.'))
        }
        _ => false,
    }
}

/// Does the comparison hold while it has never happened, and may what stands around it?
fn holds_before(found: &Found, key: EventKey, part: &Typed, frame: &Frame, contexts: &[Context]) -> bool {
    let Some(key) = found.free.key(key) else { return false };
    let settings = Settings { all: vec![(Leaf::Event(key), Setting::Never)] };
    let reader = Evaluator { settings: &settings, ..Evaluator::plain(found.free) };
    reader.evaluate(part, &mut frame.clone()).is_true()
        && found.free.possible.happenings[key.happening]
        && !contexts.iter().any(|context| context.is_broken(&reader))
}

fn tell(found: &Found, part: &Typed, happening: &HappeningRef) -> Diagnostic {
    let text = words::written(found.texts, part);
    // `since(expel, junta)` as the author wrote it.
    let call = text.find("since(").and_then(|start| {
        let rest = &text[start + "since".len()..];
        rest.find(')').map(|end| &rest[..=end])
    });
    let fired = call.map_or_else(|| format!("fired({})", happening.id), |arguments| format!("fired{arguments}"));
    Diagnostic::new(
        Code::SinceWithoutFired,
        part.span,
        format!("this also holds before `{}` has ever happened", happening.id),
    )
    .help(format!("write `{fired} and {}`", if text.is_empty() { ".." } else { text }))
}
