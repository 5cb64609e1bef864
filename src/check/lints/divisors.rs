//! Divisors that can be 0.

use std::collections::BTreeSet;

use super::Found;
use super::contexts::{A_FEW, Context, Walk};
use super::roots::{MOST_FRAMES, Owner};
use super::witness::{Aim, Hunt};
use super::words;
use crate::check::bounds::{Evaluator, Frame, Interval};
use crate::check::typed::{Node, Operator, Typed};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Most readings of one divisor that are looked into.
const MOST_PLACES: usize = 40;

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let suspicious = suspicious(found);
    if suspicious.is_empty() {
        return Vec::new();
    }
    let is_wanted = |part: &Typed| divisor(part).is_some_and(|divisor| suspicious.contains(&divisor.span));
    let walk = Walk::new(found.subject, A_FEW, is_wanted);
    let mut told: BTreeSet<Span> = BTreeSet::new();
    let mut all = Vec::new();
    let step = found.subject.model.step_days;
    for root in found.roots.iter().filter(|root| root.enabled) {
        if !walk.is_worth(root.typed, is_wanted) {
            continue;
        }
        let earliest = match root.owner {
            Owner::Measure | Owner::Outcome | Owner::Query => 0.0,
            _ => step / 2.0,
        };
        let mut looked = 0;
        for frame in root.frames(found.subject, MOST_FRAMES) {
            let mut contexts = Context::of_all(&root.guards, &frame);
            walk.walk(root.typed, &frame, &mut contexts, &mut |part, frame, contexts| {
                let Some(divisor) = divisor(part) else { return };
                if looked >= MOST_PLACES || !suspicious.contains(&divisor.span) || told.contains(&divisor.span) {
                    return;
                }
                looked += 1;
                let before: Vec<Context> = contexts.iter().filter(|context| !context.behind).cloned().collect();
                let hunt = Hunt { facts: found.actual, draws: root.draws, contexts: &before, earliest };
                if let Some(witness) = hunt.find(divisor, frame, Aim::Zero) {
                    told.insert(divisor.span);
                    all.push(tell(found, divisor, &witness.in_brackets(&hunt)));
                }
            });
        }
    }
    all
}

fn tell(found: &Found, divisor: &Typed, values: &str) -> Diagnostic {
    let text = words::written(found.texts, divisor);
    let help = if text.is_empty() || text.len() > 60 {
        "write `max(.., 0.01)` around the divisor, or guard it".to_owned()
    } else {
        format!("write `max({}, 0.01)`, or guard it", text.trim_start_matches('(').trim_end_matches(')'))
    };
    Diagnostic::new(Code::DivisorCanBeZero, divisor.span, format!("the divisor can be 0{values}; the result is 0 then"))
        .help(help)
}

fn divisor(part: &Typed) -> Option<&Typed> {
    match &part.node {
        Node::Binary(Operator::Divide, _, divisor) => Some(divisor),
        _ => None,
    }
}

/// Divisors whose interval holds 0, whoever is meant.
fn suspicious(found: &Found) -> BTreeSet<Span> {
    let mut all = BTreeSet::new();
    let mut look = |typed: &Typed, draws, arguments: usize| {
        let reader = Evaluator { draws, ..Evaluator::plain(found.actual) };
        typed.visit(&mut |part| {
            if let Some(divisor) = divisor(part) {
                let mut frame = Frame::anybody();
                frame.values = vec![Interval::ALL; arguments];
                if reader.evaluate(divisor, &mut frame).contains(0.0) {
                    all.insert(divisor.span);
                }
            }
        });
    };
    for root in found.roots {
        look(root.typed, root.draws, 0);
    }
    for definition in found.subject.specialised {
        look(&definition.body, &[], definition.arguments.len());
    }
    all
}
