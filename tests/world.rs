//! Worlds of many states: memory goes with the pairs between which something can happen, not with all pairs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use flashpoint::model::Model;
use flashpoint::{CheckedScenario, Ensemble, Scenario};

use crate::support::Flashpoint;

/// Each world with its tables.
const WORLDS: [(&str, usize); 3] = [("first-50", 50), ("first-100", 100), ("scenario", 200)];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/world")
}

#[track_caller]
fn world(name: &str) -> CheckedScenario {
    let scenario = Scenario::open(folder().join(format!("{name}.toml"))).expect("it can be read");
    scenario.check().unwrap_or_else(|error| panic!("{error}"))
}

/// Rows of a world's dyads.csv, as ids.
fn rows(n_states: usize) -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(folder().join(format!("dyads-{n_states}.csv"))).expect("it is there");
    let pair = |line: &str| {
        let mut cells = line.split(',');
        (cells.next().unwrap_or_default().to_owned(), cells.next().unwrap_or_default().to_owned())
    };
    text.lines().skip(1).map(pair).collect()
}

/// The pairs for which a rule, a choice or an option has an instance.
fn pairs_of_instances(model: &Model) -> BTreeSet<(String, String)> {
    let id = |actor: usize| model.actors[actor].id.clone();
    let instances = model.happenings.iter().flat_map(|happening| &happening.instances);
    instances.filter_map(|one| Some((id(one.actor?), id(one.target?)))).collect()
}

#[test]
fn memory_and_instances_go_with_the_live_pairs() {
    let mut per_pair = Vec::new();
    for (name, n_states) in WORLDS {
        let world = world(name);
        let model = world.model();
        let rows = rows(n_states);
        assert_eq!(model.actors.len(), n_states);
        assert_eq!(pairs_of_instances(model), rows, "{name}");
        let n_instances: usize = model.happenings.iter().map(|happening| happening.instances.len()).sum();
        let bytes = 8 * 3 * model.cells.len() + 16 * n_instances;
        per_pair.push((n_instances as f64 / rows.len() as f64, bytes as f64 / rows.len() as f64));
        assert!(model.cells.len() < 5 * rows.len(), "{name}: {} cells", model.cells.len());
    }
    for (instances, bytes) in &per_pair {
        let (of_first, bytes_of_first) = per_pair[0];
        assert!((instances / of_first - 1.0).abs() < 0.1, "{per_pair:?}");
        assert!((bytes / bytes_of_first - 1.0).abs() < 0.1, "{per_pair:?}");
    }
}

#[test]
fn a_world_of_50_plays_to_one_of_its_outcomes() {
    let world = world("first-50");
    let run = |threads: usize| Ensemble::new(&world).runs(24).seed(7).threads(threads).run().expect("it runs");
    let (one, two) = (run(1), run(2));
    assert_eq!(one.outcomes(), two.outcomes());
    let runs: f64 = one.outcomes().iter().filter_map(|row| row.probability).sum();
    assert!((runs - 1.0).abs() < 1e-9, "{runs}");
    assert!(one.probability("quiet").is_some_and(|share| share < 0.5));
    assert!(one.events().any(|row| row.event == "threaten" && row.probability > Some(0.0)));
}

const COUNCIL: &str = r#"
format = 1
[scenario]
step = "1 day"
horizon = "20 days"
[attributes.weight]
range = [0, 9]
start = 2
[relations.border]
[relations.esteem]
range = [-1, 1]
start = 0.25
[relations.grudge]
range = [0, 1]
[actors.a]
border = { b = true }
[actors.b]
esteem = { c = 1 }
[actors.c]
[actors.d]
[rules.raid]
actor = "actors"
target = "actors"
when = "border(actor, target) and grudge(actor, target) < 1"
rate = "0.5 per day"
effects = ["grudge(target, actor) += 0.5"]
[measures]
esteem_of_all = { value = "sum(m in actors: sum(n in actors where n is not m: esteem(m, n)))", range = [-20, 20] }
grudges = { value = "sum(m in actors: sum(n in actors where n is not m: grudge(m, n)))", range = [0, 12] }
borders = { value = "count(m in actors: any(n in actors where n is not m: border(m, n)))", range = [0, 4] }
[[outcomes]]
id = "end"
"#;

#[test]
fn pairs_without_a_cell_hold_their_start() {
    let check = Flashpoint::new().file("a.toml", COUNCIL).args(["check", "a.toml"]).run().success();
    // Of 12 pairs one has a border; cells: 4 weights, that border, one esteem, the grudge of b against a.
    check.stdout_has("1 instance, 7 cells");
    let council = Scenario::parse(COUNCIL).expect("it is short").check().unwrap_or_else(|error| panic!("{error}"));
    let results = Ensemble::new(&council).runs(10).run().expect("it runs");
    let last = |name: &str| {
        let rows: Vec<_> = results.measures().filter(|row| row.measure == name).collect();
        rows.last().and_then(|row| row.mean).expect("it was measured")
    };
    assert!((last("esteem_of_all") - (11.0 * 0.25 + 1.0)).abs() < 1e-9);
    assert!((last("grudges") - 1.0).abs() < 1e-9);
    assert!((last("borders") - 1.0).abs() < 1e-9);
}

#[test]
fn what_a_record_lists_is_not_dropped() {
    let listed = COUNCIL.replace("horizon = \"20 days\"", "horizon = \"20 days\"\nstart = 2024-01-01").replace(
        "[[outcomes]]",
        "[history]\nuntil = 2024-01-04\nevents = [{ date = 2024-01-03, rule = \"raid\", actor = \"c\", target = \"d\" }]\n[[outcomes]]",
    );
    let council = Scenario::parse(&listed).expect("it is short").check().unwrap_or_else(|error| panic!("{error}"));
    let results = Ensemble::new(&council).runs(4).run().expect("it runs");
    let raid = results.events().find(|row| row.actor.as_deref() == Some("c") && row.target.as_deref() == Some("d"));
    assert_eq!(raid.and_then(|row| row.probability), Some(1.0));
}

#[test]
fn what_never_happens_to_anybody_is_still_told() {
    let nobody = COUNCIL.replace("border = { b = true }", "");
    let check = Flashpoint::new().file("a.toml", nobody).args(["check", "a.toml"]).run().success();
    check.stderr_has("`raid` can never fire").stdout_has("1 instance,");
}

#[test]
fn only_a_bare_whole_number_multiplies() {
    let powers = COUNCIL.replace(
        "[measures]",
        "[measures]\nsquare = { value = \"(-2) ^ 2\", range = [-9, 9] }\n\
         point = { value = \"(-2) ^ 2.0\", range = [-9, 9] }\nbrackets = { value = \"(-2) ^ (2)\", range = [-9, 9] }",
    );
    let powers = Scenario::parse(&powers).expect("it is short").check().unwrap_or_else(|error| panic!("{error}"));
    let results = Ensemble::new(&powers).runs(1).run().expect("it runs");
    let of = |name: &str| results.measures().find(|row| row.measure == name).and_then(|row| row.mean);
    assert_eq!([of("square"), of("point"), of("brackets")], [Some(4.0), Some(0.0), Some(0.0)]);
}

#[test]
fn thresholds_that_are_not_watched_are_told() {
    let council = Scenario::parse(COUNCIL).expect("it is short").check().unwrap_or_else(|error| panic!("{error}"));
    let mut told = council.replay(0, 1);
    let text = |told: &flashpoint::narration::Narration| {
        flashpoint::narration::render_text(council.model(), told, Default::default())
    };
    assert!(!told.thresholds_are_cut && !text(&told).contains("more thresholds"));
    told.thresholds_are_cut = true;
    assert!(text(&told).contains("more thresholds than are watched"));
}
