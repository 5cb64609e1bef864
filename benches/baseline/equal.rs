//! Is what the program by hand says of a run what the model says?

use flashpoint::model::{Model, RunRecord};

use super::niger::ByHand;

/// Ids of the rows of the table of events, with actor and target.
pub(crate) fn event_names(model: &Model) -> Vec<(String, String)> {
    model
        .events
        .iter()
        .map(|event| (model.happenings[event.happening].id.clone(), model.instance_text(event.instance)))
        .collect()
}

/// What differs; `None` if nothing does.
pub(crate) fn difference(model: &Model, record: &RunRecord, by_hand: &ByHand) -> Option<String> {
    let run = record.run;
    for (row, (ours, theirs)) in record.events.iter().zip(by_hand.tallies()).enumerate() {
        if ours != theirs {
            let id = &model.happenings[model.events[row].happening].id;
            let first = measure_difference(model, record, by_hand);
            return Some(format!("run {run}: {id} (row {row}): {ours:?} / {theirs:?}; {first:?}"));
        }
    }
    if (record.outcome, record.end_step) != (by_hand.outcome, by_hand.end_step) {
        let (ours, theirs) = ((record.outcome, record.end_step), (by_hand.outcome, by_hand.end_step));
        return Some(format!("run {run}: outcome and end step {ours:?} / {theirs:?}"));
    }
    measure_difference(model, record, by_hand)
}

fn measure_difference(model: &Model, record: &RunRecord, by_hand: &ByHand) -> Option<String> {
    let run = record.run;
    let width = model.measures.len() + 2;
    let places = record.measures.iter().zip(&by_hand.measures).enumerate();
    for (place, (ours, theirs)) in places {
        if ours.to_bits() != theirs.to_bits() {
            let (step, measure) = (place / width, place % width);
            let id = model.measures.get(measure).map_or("built-in", |measure| &measure.id);
            return Some(format!("run {run}, step {step}: measure {id} {ours:e} / {theirs:e}"));
        }
    }
    (record.measures.len() != by_hand.measures.len()).then(|| format!("run {run}: measures are missing"))
}
