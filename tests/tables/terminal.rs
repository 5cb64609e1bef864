//! The table of outcomes for the eye.

use flashpoint::ensemble::Summary;
use flashpoint::output::{Look, outcome_table};

use super::fake::{Fake, model};

fn summary(n_runs: u64) -> (flashpoint::model::Model, Summary) {
    let model = model(6);
    let mut summary = Summary::new(&model);
    (0..n_runs).for_each(|run| summary.add(&Fake { n_steps: 6 }.record(run)));
    (model, summary)
}

#[test]
fn outcomes_at_a_glance() {
    let (model, summary) = summary(200);
    insta::assert_snapshot!(outcome_table(&model, &summary, Look::Plain));
    insta::assert_snapshot!(outcome_table(&model, &summary, Look::Unicode));
}

#[test]
fn every_line_fits() {
    for (n_runs, start) in [(0, true), (1, false), (3000, true)] {
        let (mut model, summary) = summary(n_runs);
        model.outcomes[0].label =
            "a very long label of an outcome that nobody would want to read to its end ".repeat(3);
        model.outcomes[1].label = "averyverylongwordwithoutanyspacethatcannotbebrokenbetweenwordsanywhereatall".into();
        if !start {
            model.start = None;
        }
        for look in [Look::Plain, Look::Unicode] {
            let table = outcome_table(&model, &summary, look);
            assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
            assert!(look == Look::Unicode || table.is_ascii());
        }
    }
}
