//! A narration for programs: one object.

use serde_json::{Map, Value, json};

use crate::model::{Model, Quantity, StopReason};

use super::entry::Narration;
use super::reasons::{Join, Reason};
use super::sentences::{Row, rows};
use super::words::Names;

/// The JSON object of a narration.
#[must_use]
pub fn render_json(model: &Model, narration: &Narration) -> Value {
    let names = Names::new(model);
    let record = &narration.record;
    let outcome = |index: usize| model.outcomes.get(index).map(|outcome| outcome.id.as_str());
    let day = |step: u64| model.day_of_step(step);
    let date = |step: u64| names.date(day(step));
    let reasons = narration
        .ending
        .reasons
        .iter()
        .map(|(index, reason)| json!({ "outcome": outcome(*index), "condition": reason_value(reason) }));
    let queries =
        model.queries.iter().zip(&record.queries).map(|(query, answer)| {
            (query.id.clone(), if answer.given { Value::Bool(answer.holds) } else { Value::Null })
        });
    let silent = narration.ending.silent.iter().map(|&(happening, instance, draws, by_now)| {
        let id = |who: Option<usize>| who.map(|who| names.actor_id(who));
        json!({
            "happening": model.happenings[happening].id,
            "actor": id(instance.actor),
            "target": id(instance.target),
            "draws": draws,
            "probability": by_now,
        })
    });
    let end = u64::from(record.end_step);
    json!({
        "provenance": "simulated",
        "title": model.title,
        "fingerprint": model.fingerprint,
        // A seed of 64 bits does not fit into the doubles that many programs read numbers as.
        "seed": narration.seed.to_string(),
        "run": narration.run,
        "start": date(0),
        "step_days": model.step_days,
        "parameters": parameters(model, narration),
        "thresholds_are_cut": narration.thresholds_are_cut,
        "entries": rows(model, narration).iter().map(|row| row_value(row, day(row.step), date(row.step))).collect::<Vec<_>>(),
        "ending": {
            "outcome": outcome(record.outcome),
            "day": day(end),
            "date": date(end),
            "stop_reason": match record.stop_reason {
                StopReason::Outcome => "outcome",
                StopReason::Horizon => "horizon",
            },
            "rank": narration.ending.rank,
            "ranks": narration.ending.n_ranks,
            "peak_ladder": record.peak_ladder,
            "pending_later": record.pending_later,
            "reasons": reasons.collect::<Vec<_>>(),
            "never_happened": silent.collect::<Vec<_>>(),
        },
        "queries": queries.collect::<Map<_, _>>(),
    })
}

/// The value of every parameter, in canonical units: days, per day, days since the start.
fn parameters(model: &Model, narration: &Narration) -> Map<String, Value> {
    let value = |quantity: &Quantity, value: f64| match quantity {
        Quantity::Boolean => Value::Bool(value != 0.0),
        Quantity::Enumeration(values) => {
            values.get(value as usize).map_or(Value::Null, |name| Value::from(name.as_str()))
        }
        _ => Value::from(value),
    };
    let parameters = model.parameters.iter().zip(&narration.record.parameters);
    parameters.map(|(parameter, &drawn)| (parameter.id.clone(), value(&parameter.quantity, drawn))).collect()
}

/// A row; what does not apply is left out.
fn row_value(row: &Row, day: f64, date: Option<String>) -> Value {
    let all = [
        ("day", json!(day)),
        ("date", json!(date)),
        ("kind", json!(row.kind)),
        ("name", json!(row.name)),
        ("actor", json!(row.actor)),
        ("target", json!(row.target)),
        ("ladder", json!(row.ladder)),
        ("cameo", json!(row.cameo)),
        ("probability", json!(row.probability)),
        ("uniform", json!(row.uniform)),
        ("before", json!(row.before)),
        ("value", json!(row.value)),
        ("limit", json!(row.limit)),
        ("text", json!(row.text)),
    ];
    let said = all.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(said.map(|(key, value)| (key.to_owned(), value)).collect())
}

fn reason_value(reason: &Reason) -> Value {
    let mut object = Map::new();
    object.insert("text".to_owned(), json!(reason.condition));
    object.insert("holds".to_owned(), json!(reason.holds));
    if !reason.values.is_empty() {
        let values: Map<String, Value> =
            reason.values.iter().map(|(text, value)| (text.clone(), json!(value))).collect();
        object.insert("values".to_owned(), Value::Object(values));
    }
    if let Some(remark) = &reason.remark {
        object.insert("remark".to_owned(), json!(remark));
    }
    if !reason.parts.is_empty() {
        let join = match reason.join {
            Join::All => "all",
            Join::Any => "any",
            Join::Meaning => "meaning",
        };
        object.insert(join.to_owned(), reason.parts.iter().map(reason_value).collect());
    }
    Value::Object(object)
}
