//! Scenarios in which nothing is random.

use super::Found;
use crate::check::bounds::Facts;
use crate::check::content::{ParameterSource, TypedEvent, TypedTiming};
use crate::check::time::header_span;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn warnings(found: &Found) -> Option<Diagnostic> {
    (!is_random(found.actual)).then(|| {
        Diagnostic::new(
            Code::NothingRandom,
            header_span(found.subject.raw),
            "nothing in this scenario is random: all runs are the same",
        )
        .help("give a rule a `rate` or `chance`, or a parameter a `prior`; one run is enough otherwise")
    })
}

fn is_random(facts: &Facts) -> bool {
    let subject = facts.subject;
    let content = subject.content;
    let is_drawn = |timing: &TypedTiming| !matches!(timing, TypedTiming::AtOnce);
    let draws = |event: &TypedEvent| !event.draws.is_empty() || event.later.iter().any(|later| !later.draws.is_empty());
    content.parameters.iter().any(|parameter| matches!(parameter.source, ParameterSource::Prior(_)))
        || (0..subject.model.cells.len()).any(|cell| facts.drawn_start(cell).is_some())
        || content.rules.iter().any(|rule| {
            rule.opportunity.enabled
                && !rule.instances.is_empty()
                && (is_drawn(&rule.opportunity.timing) || draws(&rule.event))
        })
        || content.choices.iter().any(|choice| {
            let options = choice.options.iter().filter(|option| option.enabled);
            choice.opportunity.enabled
                && !choice.instances.is_empty()
                && (is_drawn(&choice.opportunity.timing)
                    || options.clone().map(|option| option.instances.len()).sum::<usize>() > choice.instances.len()
                    || options.clone().any(|option| draws(&option.event)))
        })
}
