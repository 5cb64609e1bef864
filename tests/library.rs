//! The library as another program uses it: the same results as the command's, mistakes as values.

use std::path::Path;

use flashpoint::diagnostic::Code;
use flashpoint::output::write_outcomes;
use flashpoint::{CheckError, CheckedScenario, Ensemble, OpenError, Results, Scenario};

use crate::support::Flashpoint;
use crate::support::scenario::RACE;

#[track_caller]
fn checked(text: &str) -> CheckedScenario {
    Scenario::parse(text).expect("it is short").check().unwrap_or_else(|error| panic!("{error}"))
}

fn csv(results: &Results<'_>) -> String {
    let mut bytes = Vec::new();
    write_outcomes(results.model(), results.summary(), &mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("tables are UTF-8")
}

#[test]
fn results_are_those_of_the_command() {
    let race = checked(RACE);
    let results = Ensemble::new(&race).runs(300).seed(9).threads(2).run().expect("threads can be started");
    let run = ["run", "race.toml", "--runs", "300", "--seed", "9"];
    let finished = Flashpoint::new().file("race.toml", RACE).args(run).run().success();
    assert_eq!(csv(&results), finished.read("out/race/outcomes.csv"));
    assert_eq!((results.n_runs(), results.outcomes().len(), results.queries().len()), (300, 3, 1));
    assert_eq!(results.probability("expulsion"), results.outcomes()[0].probability);
    assert_eq!(results.probability("nothing"), None);
    let (events, expel) = (results.events().count(), results.events().find(|row| row.event == "expel"));
    let expel = expel.expect("the rule is a row");
    assert_eq!((events, expel.actor.as_deref(), expel.target.as_deref()), (3, Some("junta"), Some("france")));
    assert_eq!(expel.probability_given_outcome, [Some(1.0), Some(0.0), Some(0.0)]);
    // 61 steps with day 0, of the scenario's own measure and the two built-in ones.
    assert_eq!((results.measures().count(), results.incidence().count()), (3 * 61, 3 * 61));
}

#[test]
fn parts_of_an_ensemble_add_up() {
    let race = checked(RACE);
    let run = |range: std::ops::Range<u64>| Ensemble::new(&race).range(range).run().expect("threads can be started");
    let (mut first, mut last) = (run(0..70), run(70..200));
    let other_way = (last.clone(), first.clone());
    first.merge(&last.clone());
    (last, _) = other_way;
    last.merge(&run(0..70));
    let whole = run(0..200);
    for results in [&first, &last] {
        assert_eq!(results.outcomes(), whole.outcomes());
        assert_eq!(results.measures().collect::<Vec<_>>(), whole.measures().collect::<Vec<_>>());
    }
}

#[test]
fn what_is_laid_over_is_that_of_the_command() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching/letter.toml");
    let plain = Scenario::open(&file).expect("it can be read");
    let set = Scenario::options().set("notice", "30 days").without("siege").open(&file).expect("it can be read");
    assert_ne!(plain.fingerprint(), set.fingerprint());
    let set = set.check().unwrap_or_else(|error| panic!("{error}"));
    let results = Ensemble::new(&set).runs(50).run().expect("threads can be started");
    assert_eq!(results.probability("siege"), Some(0.0));
    let calm = Scenario::options().variant("calm").parse(RACE).expect("it is short").check();
    let calm = calm.unwrap_or_else(|error| panic!("{error}"));
    assert_ne!(calm.model().fingerprint, checked(RACE).model().fingerprint);
}

#[test]
fn a_run_is_told_as_it_was() {
    let race = checked(RACE);
    let told = race.replay(17, 3);
    assert_eq!((told.run, told.seed, told.record.run), (17, 3, 17));
    let one = Ensemble::new(&race).seed(3).range(17..18).run().expect("threads can be started");
    let outcome = &race.model().outcomes[told.ending.outcome].id;
    assert_eq!(one.probability(outcome), Some(1.0));
}

#[test]
fn what_is_wrong_is_a_value() {
    let missing = Scenario::open("nowhere/at-all.toml").expect_err("there is no such file");
    let OpenError::Unreadable { path, .. } = &missing;
    assert_eq!(path, Path::new("nowhere/at-all.toml"));
    assert!(missing.to_string().contains("at-all.toml"), "{missing}");

    let wrong = RACE.replace("push per day", "pusch per day");
    let error = Scenario::parse(&wrong).expect("it is short").check().expect_err("`pusch` is no name");
    let CheckError::Mistakes(mistakes) = &error else { panic!("{error}") };
    assert_eq!(mistakes.codes().collect::<Vec<_>>(), [Code::UnknownName]);
    assert!(error.to_string().contains("error[F0110]") && !error.to_string().contains('\u{1b}'), "{error}");

    let library = Scenario::parse("format = 1\n[roles.lead]\nkind = \"actor\"\nabout = \"somebody\"\n");
    assert!(matches!(library.expect("it is short").check(), Err(CheckError::Library)));
    let none = Scenario::options().variant("none").parse(RACE).expect("it is short").check();
    assert!(matches!(none, Err(CheckError::Mistakes(_))));
}

#[test]
fn warnings_can_be_read() {
    let odd = checked(&format!("{RACE}\n[state.unused]\nrange = [0, 1]\nstart = 0\n"));
    assert_eq!(odd.warnings().is_empty(), odd.warnings_text().is_empty());
}
