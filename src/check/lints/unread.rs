//! Parameters that nothing reads.

use std::collections::BTreeSet;

use super::Found;
use crate::check::typed::{Node, Typed};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let mut read = BTreeSet::new();
    let mut definitions = BTreeSet::new();
    for root in found.roots {
        note(found, root.typed, &mut read, &mut definitions);
    }
    let parameters = found.subject.content.parameters.iter().enumerate();
    parameters
        .filter(|(index, _)| !read.contains(index))
        .map(|(_, parameter)| {
            Diagnostic::new(
                Code::Unread,
                parameter.key,
                format!("nothing reads `{}`: an experiment over it would show no effect", parameter.id),
            )
            .help("use it in an expression, or delete it")
        })
        .collect()
}

/// Parameters read by an expression and the definitions that it uses.
fn note(found: &Found, typed: &Typed, read: &mut BTreeSet<usize>, definitions: &mut BTreeSet<usize>) {
    let mut used = Vec::new();
    typed.visit(&mut |part| match part.node {
        Node::Parameter(index) => {
            read.insert(index);
        }
        Node::Definition { definition, .. } => used.push(definition),
        _ => {}
    });
    for definition in used {
        if definitions.insert(definition) {
            note(found, &found.subject.specialised[definition].body, read, definitions);
        }
    }
}
