//! `datapackage.json`: the files described for programs, after Frictionless Data's Tabular Data Package, version 1.

use serde_json::{Map, Value, json};

use super::schema::{ColumnType, Decimals, ResolvedColumn, Table, resolve_design};
use crate::model::{Model, Notes, Quantity};

/// The text of `datapackage.json` for the tables that were written.
///
/// Columns carry type, unit, meaning and number format; the property `scenario` carries what the scenario's author wrote about parameters,
/// attributes, relations, state, events, measures, queries and outcomes. Everything in it says that the data are simulated.
#[must_use]
pub fn data_package(model: &Model, tables: &[&Table]) -> String {
    design_package(model, tables, &[])
}

/// The same for the tables of an experiment whose design moves these parameters (indices into [`Model::parameters`]).
#[must_use]
pub fn design_package(model: &Model, tables: &[&Table], design: &[usize]) -> String {
    let mut package = Map::new();
    package.insert("profile".into(), json!("tabular-data-package"));
    package.insert("name".into(), json!(slug(&model.title)));
    package.insert("title".into(), json!(format!("{} (simulated)", model.title)));
    let about = model.notes.about.as_deref().map_or(String::new(), |about| format!("{about}\n\n"));
    package.insert(
        "description".into(),
        json!(format!(
            "{about}Simulated by flashpoint: every number is a statistic of computer-generated runs of a scenario, none is an observation. \
             Intervals cover Monte Carlo error only, not doubt about the scenario."
        )),
    );
    package.insert("keywords".into(), json!(["simulated", "Monte Carlo", "crisis"]));
    let sources = sources(model);
    if !sources.is_empty() {
        package.insert("sources".into(), Value::Array(sources));
    }
    package.insert("provenance".into(), json!("simulated"));
    package.insert("fingerprint".into(), json!(model.fingerprint));
    package.insert("resources".into(), tables.iter().map(|table| resource(model, table, tables, design)).collect());
    package.insert("scenario".into(), scenario(model));
    let mut text = format!("{:#}", Value::Object(package));
    text.push('\n');
    text
}

fn resource(model: &Model, table: &Table, tables: &[&Table], design: &[usize]) -> Value {
    let fields: Vec<Value> = resolve_design(table, model, design).iter().map(|column| field(column, table)).collect();
    let mut schema = Map::new();
    schema.insert("fields".into(), fields.into());
    schema.insert("missingValues".into(), json!([""]));
    if !table.key.is_empty() {
        schema.insert("primaryKey".into(), json!(table.key));
    }
    let foreign_keys: Vec<Value> = table
        .foreign_keys
        .iter()
        .filter_map(|key| {
            let other = tables.iter().find(|other| other.file == key.file)?;
            Some(json!({
                "fields": key.column,
                "reference": { "resource": other.name(), "fields": key.other },
            }))
        })
        .collect();
    if !foreign_keys.is_empty() {
        schema.insert("foreignKeys".into(), foreign_keys.into());
    }
    json!({
        "name": table.name(),
        "path": table.file,
        "profile": "tabular-data-resource",
        "title": format!("{} (simulated)", table.name()),
        "description": format!("{} A row is {}.", table.about, table.row),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
        },
        "schema": schema,
    })
}

fn field(column: &ResolvedColumn, table: &Table) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), json!(column.name));
    let (kind, format) = match column.column_type {
        ColumnType::Text => ("string", None),
        ColumnType::Whole => ("integer", None),
        ColumnType::Number(_) => ("number", None),
        ColumnType::Truth => ("boolean", None),
        ColumnType::Date(style) => (if style.pattern().is_some() { "datetime" } else { "date" }, style.pattern()),
    };
    field.insert("type".into(), json!(kind));
    if let Some(format) = format {
        field.insert("format".into(), json!(format));
    }
    if column.column_type == ColumnType::Truth {
        field.insert("trueValues".into(), json!(["true"]));
        field.insert("falseValues".into(), json!(["false"]));
    }
    let missing = if column.missing.is_empty() { String::new() } else { format!(" Empty when: {}.", column.missing) };
    field.insert("description".into(), json!(format!("{}{missing}", column.about)));
    if !column.unit.is_empty() {
        field.insert("unit".into(), json!(column.unit));
    }
    if let ColumnType::Number(decimals) = column.column_type {
        let text = match decimals {
            Decimals::Fixed(decimals) => format!("{decimals} decimals"),
            Decimals::Shortest => "shortest decimal that reads back as the same double".to_owned(),
        };
        field.insert("numberFormat".into(), json!(text));
    }
    if table.key.contains(&column.name.as_str()) && column.missing.is_empty() {
        field.insert("constraints".into(), json!({ "required": true }));
    }
    Value::Object(field)
}

/// What the author wrote about the parts of the scenario.
fn scenario(model: &Model) -> Value {
    let parameters: Vec<Value> = model
        .parameters
        .iter()
        .map(|parameter| described(&parameter.id, Some((&parameter.quantity, parameter.range)), &parameter.notes))
        .collect();
    let attributes: Vec<Value> =
        model.attributes.iter().map(|it| described(&it.id, Some((&it.quantity, it.range)), &it.notes)).collect();
    let relations: Vec<Value> =
        model.relations.iter().map(|it| described(&it.id, Some((&it.quantity, it.range)), &it.notes)).collect();
    let state: Vec<Value> =
        model.state.iter().map(|it| described(&it.id, Some((&it.quantity, it.range)), &it.notes)).collect();
    let rules: Vec<Value> = model.rules.iter().map(|rule| described(&rule.id, None, &rule.event.notes)).collect();
    let options = model.choices.iter().flat_map(|choice| {
        let of_choice = std::iter::once(described(&choice.id, None, &choice.notes));
        let id = &choice.id;
        of_choice.chain(
            choice
                .options
                .iter()
                .map(move |option| described(&format!("{id}.{}", option.id), None, &option.event.notes)),
        )
    });
    json!({
        "title": model.title,
        "step_days": model.step_days,
        "n_steps": model.n_steps,
        "actors": model.actors.iter().map(|it| described(&it.id, None, &it.notes)).collect::<Vec<_>>(),
        "parameters": parameters,
        "attributes": attributes,
        "relations": relations,
        "state": state,
        "rules": rules,
        "choices": options.collect::<Vec<_>>(),
        "measures": model.measures.iter().map(|it| described(&it.id, None, &it.notes)).collect::<Vec<_>>(),
        "queries": model.queries.iter().map(|it| described(&it.id, None, &it.notes)).collect::<Vec<_>>(),
        "outcomes": model.outcomes.iter().map(|it| described(&it.id, None, &it.notes)).collect::<Vec<_>>(),
    })
}

fn described(id: &str, value: Option<(&Quantity, Option<(f64, f64)>)>, notes: &Notes) -> Value {
    let mut entry = Map::new();
    entry.insert("name".into(), json!(id));
    if let Some((quantity, range)) = value {
        let (kind, unit) = match quantity {
            Quantity::Number => ("number", None),
            Quantity::Boolean => ("boolean", None),
            Quantity::Duration => ("duration", Some("days")),
            Quantity::Rate => ("rate", Some("per day")),
            Quantity::Date => ("date", Some("days since the start")),
            Quantity::Enumeration(_) => ("enumeration", None),
        };
        entry.insert("quantity".into(), json!(kind));
        if let Some(unit) = unit {
            entry.insert("unit".into(), json!(unit));
        }
        if let Quantity::Enumeration(values) = quantity {
            entry.insert("values".into(), json!(values));
        }
        if let Some((low, high)) = range {
            entry.insert("range".into(), json!([low, high]));
        }
    }
    for (key, text) in [("description", &notes.about), ("source", &notes.source), ("basis", &notes.basis)] {
        if let Some(text) = text {
            entry.insert(key.into(), json!(text));
        }
    }
    Value::Object(entry)
}

/// Every source that the scenario names, once, in the order of the scenario's parts.
fn sources(model: &Model) -> Vec<Value> {
    let notes = std::iter::once(&model.notes)
        .chain(model.parameters.iter().map(|it| &it.notes))
        .chain(model.attributes.iter().map(|it| &it.notes))
        .chain(model.relations.iter().map(|it| &it.notes))
        .chain(model.state.iter().map(|it| &it.notes))
        .chain(model.rules.iter().map(|it| &it.event.notes));
    let mut titles: Vec<&str> = Vec::new();
    for title in notes.filter_map(|notes| notes.source.as_deref()) {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles.into_iter().map(|title| json!({ "title": title })).collect()
}

/// A package name: small letters, digits and `-`.
fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .to_lowercase()
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() { "scenario".to_owned() } else { words.join("-") }
}
