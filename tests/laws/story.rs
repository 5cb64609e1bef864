//! Whole runs by names, to be compared between scenarios that number things differently.

use std::collections::BTreeMap;

use flashpoint::model::{BUILT_IN_MEASURES, CellOwner, EventTally, Model, RunRecord};
use flashpoint::reference::Reference;

/// Everything that is recorded of a run: what it is, and its bits.
pub(super) type Story = BTreeMap<String, Vec<u64>>;

pub(super) fn story(model: &Model, record: &RunRecord) -> Story {
    let mut story = Story::new();
    let bits = |value: &f64| value.to_bits();
    let outcome = &model.outcomes[record.outcome].id;
    story.insert(format!("ends in {outcome}"), vec![u64::from(record.end_step), record.stop_reason as u64]);
    for (parameter, value) in model.parameters.iter().zip(&record.parameters) {
        story.insert(format!("parameter {}", parameter.id), vec![bits(value)]);
    }
    for (event, tally) in model.events.iter().zip(&record.events) {
        let id = &model.happenings[event.happening].id;
        let EventTally { count, first_step, last_step } = *tally;
        let name = format!("event {id}({})", model.instance_text(event.instance));
        story.insert(name, [count, first_step, last_step].map(u64::from).to_vec());
    }
    for (cell, value) in model.cells.iter().zip(&record.cells) {
        let actor = |at: usize| model.actors[at].id.as_str();
        let name = match cell.owner {
            CellOwner::Attribute { attribute, actor: holder } => {
                format!("cell {}.{}", actor(holder), model.attributes[attribute].id)
            }
            CellOwner::Relation { relation, from, to } => {
                format!("cell {}({},{})", model.relations[relation].id, actor(from), actor(to))
            }
            CellOwner::State { state } => format!("cell {}", model.state[state].id),
        };
        story.insert(name, vec![bits(value)]);
    }
    let n_measures = model.measures.len() + BUILT_IN_MEASURES.len();
    let names = model.measures.iter().map(|measure| measure.id.as_str()).chain(BUILT_IN_MEASURES);
    for (at, name) in names.enumerate() {
        let values = record.measures.iter().skip(at).step_by(n_measures).map(bits).collect();
        story.insert(format!("measure {name}"), values);
    }
    for (query, answer) in model.queries.iter().zip(&record.queries) {
        story.insert(format!("query {}", query.id), vec![u64::from(answer.given), u64::from(answer.holds)]);
    }
    let counts = [u32::from(record.peak_ladder), record.history_misses, record.pending_later];
    story.insert("peak ladder, misses, pending".to_owned(), counts.map(u64::from).to_vec());
    story
}

/// Says what of a story is told differently in another one, which may tell more.
///
/// # Errors
/// The first difference.
pub(super) fn contains(story: &Story, told: &Story) -> Result<(), String> {
    for (name, value) in story {
        if told.get(name) != Some(value) {
            let shown = |bits: &Vec<u64>| {
                bits.iter().map(|&one| format!("{one} ({:e})", f64::from_bits(one))).collect::<Vec<_>>().join(" ")
            };
            let other = told.get(name).map_or_else(|| "nothing".to_owned(), shown);
            return Err(format!("{name} was {}\nand is {other}", shown(value)));
        }
    }
    Ok(())
}

/// Plays the same runs of two scenarios; the second may tell more.
///
/// # Errors
/// The first difference.
pub(super) fn same_runs(base: &Model, changed: &Model, seed: u64, runs: u64) -> Result<(), String> {
    let (before, after) = (Reference::new(base, seed), Reference::new(changed, seed));
    for run in 0..runs {
        let (one, other) = (story(base, &before.run(run)), story(changed, &after.run(run)));
        contains(&one, &other).map_err(|found| format!("run {run}: {found}"))?;
    }
    Ok(())
}

/// A model as a text, without its fingerprint.
pub(super) fn model_text(model: &Model) -> String {
    let mut model = model.clone();
    model.fingerprint.clear();
    format!("{model:?}")
}

/// Two models that must be the same but for the fingerprint.
///
/// # Errors
/// The first place where they are not.
pub(super) fn same_model(one: &Model, other: &Model) -> Result<(), String> {
    let (one, other) = (model_text(one), model_text(other));
    match one.bytes().zip(other.bytes()).position(|(a, b)| a != b) {
        None if one.len() == other.len() => Ok(()),
        at => {
            let at = at.unwrap_or(one.len().min(other.len()));
            let around = |text: &str| {
                String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(200)..text.len().min(at + 200)]).into_owned()
            };
            Err(format!("the models differ:\n{}\nand\n{}", around(&one), around(&other)))
        }
    }
}
