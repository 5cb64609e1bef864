//! What `check` says never to happen does not happen, and what it says of the values of measures holds: on every scenario of the project and on
//! random ones.

mod random;
mod shipped;

use flashpoint::diagnostic::{Code, Diagnostic};
use flashpoint::model::{BUILT_IN_MEASURES, EventSource, Model};
use flashpoint::reference::Reference;

/// Plays a few runs and tells the first thing that contradicts what was said of the scenario.
pub(crate) fn contradiction(model: &Model, diagnostics: &[Diagnostic], runs: u64) -> Option<String> {
    let reference = Reference::new(model, 20_230_726);
    let n_columns = model.measures.len() + BUILT_IN_MEASURES.len();
    let never: Vec<&str> = named(diagnostics, Code::NeverFires);
    let unreachable: Vec<&str> = named(diagnostics, Code::UnreachableOutcome);
    let at_start: Vec<&str> = named(diagnostics, Code::HoldsAtStart);
    for run in 0..runs {
        let record = reference.run(run);
        for row in record.measures.chunks(n_columns) {
            for (measure, value) in model.measures.iter().zip(row) {
                if let Some((low, high)) = measure.range
                    && !(low - 1e-9..=high + 1e-9).contains(value)
                {
                    return Some(format!("run {run}: `{}` is {value}, outside [{low}, {high}]", measure.id));
                }
            }
        }
        for (event, tally) in model.events.iter().zip(&record.events) {
            let happening = &model.happenings[event.happening];
            let of_choice = match happening.source {
                EventSource::Option { choice, .. } => model.choices[choice].id.as_str(),
                _ => "",
            };
            if tally.count > 0 && (never.contains(&happening.id.as_str()) || never.contains(&of_choice)) {
                return Some(format!("run {run}: `{}` fired, and never could", happening.id));
            }
        }
        let outcome = model.outcomes[record.outcome].id.as_str();
        if unreachable.contains(&outcome) {
            return Some(format!("run {run} ended in `{outcome}`, which cannot be reached"));
        }
        if !at_start.is_empty() && record.end_step > 0 {
            return Some(format!("run {run} came past day 0, and `{}` holds then", at_start[0]));
        }
    }
    None
}

/// The first name in each message of a kind.
fn named(diagnostics: &[Diagnostic], code: Code) -> Vec<&str> {
    let messages = diagnostics.iter().filter(|one| one.code == code).map(|one| one.message.as_str());
    messages.filter_map(|message| message.split('`').nth(1)).collect()
}
