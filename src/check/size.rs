//! Is the model too large for a run, and do its draws have sites of their own?

use std::collections::BTreeMap;

use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Distribution, Draw, Event, EventSource, Model, ParameterSource, Start};
use crate::random::Site;

/// Most memory of a run's cells: 16 MiB.
const MAX_CELL_BYTES: usize = 16 << 20;

/// Tells a model whose cells take too much memory, with the largest contributors.
pub(super) fn check(typing: &mut Typing, model: &Model, span: Span) {
    let bytes = model.cells.len() * size_of::<f64>();
    if bytes > MAX_CELL_BYTES {
        let relations = model.relations.iter().map(|relation| {
            let cells = relation.cells.len() / if relation.symmetric { 2 } else { 1 };
            (cells, format!("relations.{}", relation.id))
        });
        let attributes = model
            .attributes
            .iter()
            .map(|attribute| (attribute.cells.iter().flatten().count(), format!("attributes.{}", attribute.id)));
        let mut largest: Vec<(usize, String)> = relations.chain(attributes).collect();
        largest.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let largest: Vec<String> = largest.iter().take(3).map(|(cells, id)| format!("`{id}` {cells}")).collect();
        typing.report(
            Diagnostic::new(
                Code::TooLarge,
                span,
                format!(
                    "{} cells take {} MiB per run, more than 16; the largest: {}",
                    model.cells.len(),
                    bytes >> 20,
                    largest.join(", ")
                ),
            )
            .help("take fewer actors, or make a relation that few pairs need an attribute of a smaller group"),
        );
    }
    collisions(typing, sites(model).into_iter().map(|site| (Site::named(&site).number(), site)), span);
}

/// Tells two sites with one number: their draws would be the same.
fn collisions(typing: &mut Typing, sites: impl Iterator<Item = (u64, String)>, span: Span) {
    let mut seen: BTreeMap<u64, String> = BTreeMap::new();
    for (number, site) in sites {
        if let Some(other) = seen.insert(number, site.clone())
            && other != site
        {
            typing.report(
                Diagnostic::new(Code::SiteCollision, span, format!("`{other}` and `{site}` would have the same draws"))
                    .help("rename one of the two"),
            );
        }
    }
}

/// The text of every site of a model.
fn sites(model: &Model) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for parameter in &model.parameters {
        if matches!(parameter.source, ParameterSource::Prior(_)) {
            all.push(format!("parameters.{}", parameter.id));
        }
    }
    all.extend(model.files.iter().map(|file| format!("files.{}", file.path)));
    for cell in &model.cells {
        if let Start::Drawn { site, .. } = &cell.start {
            all.push(site.clone());
        }
    }
    for happening in &model.happenings {
        for &instance in &happening.instances {
            let inside = model.instance_text(instance);
            match happening.source {
                EventSource::Rule(rule) => {
                    all.push(format!("rules.{}({inside})", happening.id));
                    event(model, &model.rules[rule].event, &format!("rules.{}", happening.id), &inside, &mut all);
                }
                EventSource::Choice(_) => {
                    all.push(format!("choices.{}({inside})", happening.id));
                    all.push(format!("choices.{}({inside})#when", happening.id));
                }
                EventSource::Option { choice, option } => {
                    let event_of = &model.choices[choice].options[option].event;
                    event(model, event_of, &format!("choices.{}", happening.id), &inside, &mut all);
                }
            }
        }
    }
    all
}

fn event(model: &Model, event: &Event, owner: &str, inside: &str, all: &mut Vec<String>) {
    let name = |draw: &Draw| match &draw.distribution {
        Distribution::Empirical { file, .. } => format!("file({})", model.files[*file].path),
        _ => draw.id.clone(),
    };
    all.extend(event.draws.iter().map(|draw| format!("{owner}({inside})#{}", name(draw))));
    for later in &event.later {
        all.extend(later.draws.iter().map(|draw| format!("{owner}.later.{}({inside})#{}", later.id, name(draw))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::raw::Raw;
    use crate::check::symbols;

    #[test]
    fn equal_sites_are_one_and_different_sites_with_one_number_are_told() {
        let mut raw = Raw::default();
        let symbols = symbols::declare(&mut raw, true, &mut Vec::new());
        let mut typing = Typing::new(&raw, &symbols, &[], None, true);
        let named = |sites: &[(u64, &str)]| {
            sites.iter().map(|(number, site)| (*number, (*site).to_owned())).collect::<Vec<_>>()
        };
        let apart = named(&[(1, "rules.a(,)"), (2, "rules.b(,)"), (1, "rules.a(,)")]);
        collisions(&mut typing, apart.into_iter(), Span::default());
        assert!(typing.diagnostics.is_empty());
        // Real names collide once in 10^13 scenarios, so the numbers are given by hand.
        let alike = named(&[(1, "rules.a(,)"), (1, "rules.b(,)")]);
        collisions(&mut typing, alike.into_iter(), Span::default());
        assert_eq!(typing.diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::SiteCollision]);
        assert_eq!(typing.diagnostics[0].message, "`rules.a(,)` and `rules.b(,)` would have the same draws");
    }
}
