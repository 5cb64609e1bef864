//! Clauses of the language, from the text of a scenario to the record of a run.

use std::path::Path;

use flashpoint::check::check;
use flashpoint::model::{Model, RunRecord};
use flashpoint::reference::Reference;
use flashpoint::scenario::{LoadOptions, MemoryFiles, load};

/// The checked model of a scenario without a header and outcomes of its own.
#[track_caller]
fn model_of(step: &str, horizon: &str, body: &str) -> Model {
    let text =
        format!("format = 1\n[scenario]\nstart = 2023-07-26\nstep = \"{step}\"\nhorizon = \"{horizon}\"\n{body}");
    let files = MemoryFiles::new().file("/scenario.toml", text);
    let loaded = load(Path::new("/scenario.toml"), &LoadOptions::default(), &files);
    let (model, diagnostics) = check(&loaded);
    model.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

#[track_caller]
fn record_of(step: &str, horizon: &str, body: &str) -> (Model, RunRecord) {
    let model = model_of(step, horizon, &format!("{body}\n[[outcomes]]\nid = \"end\"\n"));
    let record = Reference::new(&model, 1).run(0);
    (model, record)
}

#[track_caller]
fn first_day(model: &Model, record: &RunRecord, event: &str) -> Option<f64> {
    let row =
        model.events.iter().position(|row| model.happenings[row.happening].id == event).expect("the event exists");
    let tally = record.events[row];
    (tally.count > 0).then(|| model.day_of_step(u64::from(tally.first_step)))
}

#[test]
fn queries_read_the_pressure_of_the_step_before_the_last() {
    let body = r#"
        actors = { a = {}, b = {} }
        rules.strike = { actor = "a", target = "b", when = "day >= 3", limit = 1, ladder = 9 }
        queries.seen = { when = "pressure(a, b) > (0 per day)" }
    "#;
    // Above [scenario] nothing may stand without a header, so tables are written as dotted keys at the top.
    let text = |horizon: &str| {
        format!(
            "format = 1\nscenario = {{ step = \"1 day\", horizon = \"{horizon}\" }}\n{body}\noutcomes = [{{ id = \"end\" }}]\n"
        )
    };
    let seen = |horizon: &str| {
        let files = MemoryFiles::new().file("/scenario.toml", text(horizon));
        let loaded = load(Path::new("/scenario.toml"), &LoadOptions::default(), &files);
        let (model, diagnostics) = check(&loaded);
        let model = model.unwrap_or_else(|| panic!("{diagnostics:#?}"));
        Reference::new(&model, 1).run(0).queries[0].holds
    };
    assert!(!seen("3 days"), "the strike of the last step is not yet pressure");
    assert!(seen("4 days"));
}

#[test]
fn an_ultimatum_ends_on_the_same_day_in_every_step() {
    for step in ["6 hours", "1 day", "2 days"] {
        let (model, record) = record_of(
            step,
            "30 days",
            r#"
            [clocks.ultimatum]
            [rules.threaten]
            when = "day >= 4"
            limit = 1
            effects = ["start(ultimatum, 6 days)"]
            [rules.act]
            when = "expired(ultimatum)"
            limit = 1
            "#,
        );
        assert_eq!(first_day(&model, &record, "act"), Some(10.0), "step {step}");
    }
}

#[test]
fn names_cut_off_what_they_decide() {
    // Without the cut `hostility(m, actor)` would name a pair of one actor with itself, and only `b` holds `resolve`.
    let (model, record) = record_of(
        "1 day",
        "5 days",
        r#"
        [attributes.resolve]
        range = [0, 1]
        [relations.hostility]
        range = [0, 1]
        start = 0.5
        [actors.a]
        [actors.b]
        resolve = 0.9
        [groups]
        both = ["a", "b"]
        [rules.move]
        actor = "both"
        when = "actor is b and actor.resolve > 0.5 and any(m in both where m is not actor: hostility(m, actor) > 0.4)"
        limit = 1
        "#,
    );
    let instances: Vec<_> = model.events.iter().map(|event| event.instance.actor).collect();
    assert_eq!(instances, [Some(1)], "the instance of `a` is cut off by its guard");
    assert_eq!(first_day(&model, &record, "move"), Some(1.0));
}

#[test]
fn a_definition_takes_actors_and_values() {
    let (model, record) = record_of(
        "1 day",
        "3 days",
        r#"
        [attributes.resolve]
        range = [0, 1]
        start = 0.25
        [actors.a]
        [actors.b]
        resolve = 0.75
        [definitions]
        "above(m, x)" = "m.resolve > x"
        "twice(x)" = "2 * x"
        [rules.r]
        actor = "actors"
        when = "above(actor, twice(0.2))"
        limit = 1
        "#,
    );
    let fired: Vec<u32> = record.events.iter().map(|tally| tally.count).collect();
    assert_eq!(fired, [0, 1]);
    assert_eq!(model.definitions.len(), 2);
}

#[test]
fn a_symmetric_relation_is_one_cell() {
    let (model, record) = record_of(
        "1 day",
        "2 days",
        r#"
        [relations.trust]
        range = [0, 1]
        symmetric = true
        [actors.b]
        trust = { a = 0.5 }
        [actors.a]
        [rules.r]
        when = "trust(a, b) == 0.5 and trust(b, a) == 0.5"
        limit = 1
        effects = ["trust(b, a) += 0.25"]
        "#,
    );
    assert_eq!(model.cells.len(), 1);
    assert_eq!(record.cells, [0.75]);
}

#[test]
fn a_definition_that_nothing_uses_may_take_anything_that_makes_sense() {
    let (_, record) = record_of(
        "1 day",
        "2 days",
        r#"
        [attributes.resolve]
        range = [0, 1]
        start = 0.25
        [actors.a]
        [definitions]
        "mixed(m, z)" = "m.resolve + max(z, 1)"
        "other(m)" = "if a is not m then 1 else 2"
        "sooner(t)" = "t < 2 days"
        "#,
    );
    assert_eq!(record.cells, [0.25]);
}

#[test]
fn a_chain_of_definitions_is_told_when_it_is_too_long_and_never_breaks_down() {
    let chain = |length: usize| {
        let links: String = (1..length).map(|link| format!("d{link} = \"d{} + 1\"\n", link - 1)).collect();
        let last = length - 1;
        let text = format!(
            "format = 1\n[scenario]\nstep = \"1 day\"\nhorizon = \"2 days\"\n[definitions]\nd0 = 1\n{links}\
             [rules.r]\nwhen = \"d{last} > 3\"\nlimit = 1\n[[outcomes]]\nid = \"end\"\n"
        );
        let files = MemoryFiles::new().file("/scenario.toml", text);
        check(&load(Path::new("/scenario.toml"), &LoadOptions::default(), &files))
    };
    let (model, _) = chain(150);
    assert_eq!(Reference::new(&model.expect("a long chain is fine"), 1).run(0).events[0].count, 1);
    for length in [2_000, 50_000] {
        let (model, diagnostics) = chain(length);
        assert!(model.is_none());
        assert!(diagnostics.iter().any(|one| one.code.name() == "too-deep"), "{length}: {:?}", diagnostics.first());
    }
}
