//! Tree to [`super::raw::Raw`]: rules, choices, flows.

use std::collections::BTreeMap;

use super::keys;
use super::raw::{Choice, ChoiceOption, Distribution, Event, Flow, Later, Opportunity, Rule};
use super::read::{distribution, valid_name};
use super::reader::{Reader, wrong_kind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::document::{Entry, Value};

pub(super) fn rule(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Rule> {
    let reader = Reader::open(entry, "a rule", keys::RULE, diagnostics)?;
    Some(Rule {
        key: entry.key,
        opportunity: opportunity(&reader, diagnostics),
        exclusive: reader.text("exclusive", diagnostics).map(|text| (text.text.clone(), text.span)),
        event: event(&reader, diagnostics),
    })
}

fn opportunity(reader: &Reader, diagnostics: &mut Vec<Diagnostic>) -> Opportunity {
    for (first, second) in [("rate", "chance"), ("rate", "every")] {
        if let (Some(first_entry), Some(second_entry)) = (reader.entry(first), reader.entry(second)) {
            diagnostics.push(
                Diagnostic::new(
                    Code::ExclusiveKeys,
                    second_entry.key,
                    format!("`{first}` and `{second}` exclude each other"),
                )
                .also(first_entry.key, format!("the `{first}`"))
                .help(format!("delete `{first}` or `{second}`")),
            );
        }
    }
    Opportunity {
        actor: reader.name("actor", diagnostics),
        target: reader.name("target", diagnostics),
        when: reader.expression("when", diagnostics),
        rate: reader.expression("rate", diagnostics),
        chance: reader.expression("chance", diagnostics),
        every: reader.expression("every", diagnostics),
        cooldown: reader.expression("cooldown", diagnostics),
        limit: reader.count("limit", diagnostics),
        enabled: reader.boolean("enabled", diagnostics).unwrap_or(true),
        timed: ["rate", "chance", "every", "limit"].iter().any(|key| reader.has(key)),
    }
}

fn event(reader: &Reader, diagnostics: &mut Vec<Diagnostic>) -> Event {
    let ladder = reader.entry("ladder").and_then(|entry| match entry.node.value {
        Value::Integer(level @ 0..=10) => Some(level as u8),
        _ => {
            diagnostics.push(
                wrong_kind(&entry.node, "`ladder`", "a whole number from 0 (cooperation) to 10 (war)")
                    .help("write `ladder = 4`"),
            );
            None
        }
    });
    let cameo = reader.entry("cameo").and_then(|entry| match &entry.node.value {
        Value::Text(text) => Some(text.text.clone()),
        _ => {
            diagnostics.push(
                wrong_kind(&entry.node, "`cameo`", "a text, because leading zeros count")
                    .help("write the code in quotes: `cameo = \"057\"`"),
            );
            None
        }
    });
    Event {
        ladder,
        cameo,
        label: reader.text("label", diagnostics).map(|text| (text.text.clone(), text.span)),
        draws: draws(reader, diagnostics),
        effects: reader.effects(diagnostics),
        later: later(reader, diagnostics),
        notes: reader.notes(diagnostics),
    }
}

fn draws(reader: &Reader, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, (Span, Distribution)> {
    let mut all = BTreeMap::new();
    let Some(entry) = reader.entry("draws") else { return all };
    let Value::Table(table) = &entry.node.value else {
        diagnostics.push(
            wrong_kind(&entry.node, "`draws`", "a table of named distributions")
                .help("write `draws = { size = { uniform = { low = 0, high = 1 } } }`"),
        );
        return all;
    };
    for (name, entry) in &table.entries {
        if keys::NOTES.contains(&name.as_str()) && matches!(entry.node.value, Value::Text(_)) {
            continue;
        }
        if valid_name(name, entry.key, diagnostics)
            && let Some(distribution) = distribution(&entry.node, &format!("the draw `{name}`"), diagnostics)
        {
            all.insert(name.clone(), (entry.key, distribution));
        }
    }
    all
}

fn later(reader: &Reader, diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<String, Later> {
    let mut all = BTreeMap::new();
    let Some(entry) = reader.entry("later") else { return all };
    let Value::Table(table) = &entry.node.value else {
        diagnostics.push(
            wrong_kind(&entry.node, "`later`", "a table of named entries")
                .help("write `later.answer = { after = \"48 hours\", effects = [\"..\"] }`"),
        );
        return all;
    };
    for (name, entry) in &table.entries {
        if !valid_name(name, entry.key, diagnostics) {
            continue;
        }
        let Some(reader) = Reader::open(entry, "a later entry", keys::LATER, diagnostics) else { continue };
        if !reader.has("after") {
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, entry.key, format!("the later entry `{name}` does not say when"))
                    .help("add `after = \"48 hours\"`"),
            );
        }
        let _ = reader.notes(diagnostics);
        all.insert(
            name.clone(),
            Later {
                after: reader.expression("after", diagnostics),
                when: reader.expression("when", diagnostics),
                draws: draws(&reader, diagnostics),
                effects: reader.effects(diagnostics),
            },
        );
    }
    all
}

pub(super) fn choice(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Choice> {
    let reader = Reader::open(entry, "a choice", keys::CHOICE, diagnostics)?;
    let mut options = BTreeMap::new();
    match reader.entry("options").map(|entry| (&entry.node.value, entry)) {
        Some((Value::Table(table), _)) => {
            for (name, entry) in &table.entries {
                if valid_name(name, entry.key, diagnostics)
                    && let Some(option) = option(entry, diagnostics)
                {
                    options.insert(name.clone(), option);
                }
            }
        }
        Some((_, options)) => diagnostics.push(
            wrong_kind(&options.node, "`options`", "a table of named options")
                .help("write `[choices.NAME.options.OPTION]`"),
        ),
        None => diagnostics.push(
            Diagnostic::new(Code::MissingKey, entry.key, "a choice needs options")
                .help("add a table `[choices.NAME.options.OPTION]` for each"),
        ),
    }
    let _ = reader.text("label", diagnostics);
    Some(Choice {
        key: entry.key,
        opportunity: opportunity(&reader, diagnostics),
        precision: reader.expression("precision", diagnostics),
        notes: reader.notes(diagnostics),
        options,
    })
}

fn option(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<ChoiceOption> {
    let reader = Reader::open(entry, "an option", keys::OPTION, diagnostics)?;
    if let (Some(utility), Some(weight)) = (reader.entry("utility"), reader.entry("weight")) {
        diagnostics.push(
            Diagnostic::new(Code::ExclusiveKeys, weight.key, "`utility` and `weight` exclude each other")
                .also(utility.key, "the utility")
                .help("delete `utility` or `weight`"),
        );
    }
    Some(ChoiceOption {
        key: entry.key,
        when: reader.expression("when", diagnostics),
        utility: reader.expression("utility", diagnostics),
        weight: reader.expression("weight", diagnostics),
        unweighed: !reader.has("utility") && !reader.has("weight"),
        target: reader.name("target", diagnostics),
        enabled: reader.boolean("enabled", diagnostics).unwrap_or(true),
        event: event(&reader, diagnostics),
    })
}

pub(super) fn flow(entry: &Entry, diagnostics: &mut Vec<Diagnostic>) -> Option<Flow> {
    let reader = Reader::open(entry, "a flow", keys::FLOW, diagnostics)?;
    let _ = reader.notes(diagnostics);
    Some(Flow {
        key: entry.key,
        actor: reader.name("actor", diagnostics),
        target: reader.name("target", diagnostics),
        when: reader.expression("when", diagnostics),
        effects: reader.effects(diagnostics),
        enabled: reader.boolean("enabled", diagnostics).unwrap_or(true),
    })
}
