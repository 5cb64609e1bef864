//! Parameters and start values; and the laws of draws.

use flashpoint::model::{
    DataFile, Distribution, Draw, Expression, Model, ParameterSource, Place, Rule, RunRecord, Shape, Start, Timing,
};
use flashpoint::random::{self, Site, uniform};
use flashpoint::reference::{Reference, Scratch};

use crate::support::model_builder::{
    ModelBuilder, at_least, drawn, effect, hazard, increase, number, of, plus, rule, state,
};

const SEED: u64 = 5;

fn even(low: f64, high: f64) -> Distribution {
    Distribution::Continuous { shape: Shape::Uniform, arguments: vec![number(low), number(high)] }
}

#[test]
fn parameters_are_drawn_truncated_computed_and_clamped() {
    let normal = Distribution::Continuous { shape: Shape::Normal, arguments: vec![number(0.5), number(1.0)] };
    let model = ModelBuilder::new(1.0, 1, &[])
        .parameter("a", ParameterSource::Prior(normal), Some((0.0, 1.0)))
        .parameter("b", ParameterSource::Value(plus(Expression::Parameter(0), number(0.5))), Some((0.0, 1.0)))
        .parameter("c", ParameterSource::Prior(Distribution::Flip { probability: number(0.25) }), None)
        .build();
    let reference = Reference::new(&model, SEED);
    let normal = random::Distribution::Normal { mean: 0.5, sd: 1.0 };
    for run in 0..50 {
        let values = reference.run(run).parameters;
        let a = normal.truncated_quantile(uniform(SEED, run, Site::named("parameters.a"), 0), Some((0.0, 1.0)));
        assert_eq!(values[0].to_bits(), a.to_bits());
        assert_eq!(values[1], (a + 0.5).min(1.0));
        assert_eq!(values[2] == 1.0, uniform(SEED, run, Site::named("parameters.c"), 0) < 0.25);
    }
}

#[test]
fn start_values_are_drawn_at_their_cells_sites() {
    let site = |actor: &str| format!("attributes.mood({actor})");
    let discrete =
        Distribution::Discrete { values: vec![number(0.0), number(2.0)], weights: vec![number(-1.0), number(1.0)] };
    let starts = [drawn(even(0.0, 4.0), &site("a")), Start::Value(number(7.0))];
    let model = ModelBuilder::new(1.0, 1, &["a", "b"])
        .attribute("mood", &starts)
        .relaxing_state("posture", drawn(discrete, "state.posture"), None, None)
        .build();
    let record = Reference::new(&model, SEED).run(8);
    // Truncated to [0, 1], where it is even again.
    let u = uniform(SEED, 8, Site::named(&site("a")), 0);
    assert!((record.cells[0] - u).abs() < 1e-15);
    assert_eq!(record.cells[1..], [1.0, 2.0], "a computed start is clamped; weights below 0 are none");
}

#[test]
fn entries_of_one_file_move_together() {
    let rows = |scale: f64| (0..10).map(|row| f64::from(row) * scale).collect::<Vec<f64>>();
    let empirical = |scale: f64| Distribution::Empirical { file: 0, rows: rows(scale) };
    let mut hit = rule("hit");
    hit.event.draws = vec![
        Draw { id: "x".into(), distribution: empirical(1.0) },
        Draw { id: "y".into(), distribution: empirical(100.0) },
    ];
    hit.event.effects = vec![
        effect(increase(Place::State(0), Expression::Draw(0))),
        effect(increase(Place::State(1), Expression::Draw(1))),
    ];
    let model = ModelBuilder::new(1.0, 3, &[])
        .parameter("p", ParameterSource::Prior(empirical(1.0)), None)
        .parameter("q", ParameterSource::Prior(empirical(10.0)), None)
        .state("a", 0.0, None)
        .state("b", 0.0, None)
        .with(|model| model.files.push(DataFile { path: "past/wars.csv".into(), n_rows: 10 }))
        .rule(hit)
        .build();
    let record = Reference::new(&model, SEED).run(2);
    let row = (uniform(SEED, 2, Site::named("files.past/wars.csv"), 0) * 10.0).floor();
    assert_eq!(record.parameters, [row, 10.0 * row]);
    let drawn: f64 =
        (1..=3).map(|n| (uniform(SEED, 2, Site::named("rules.hit(,)#file(past/wars.csv)"), n) * 10.0).floor()).sum();
    assert_eq!(record.cells, [drawn, 100.0 * drawn]);
}

#[test]
fn arguments_that_make_no_distribution_give_the_centre() {
    let mut hit = rule("hit");
    hit.event.draws.push(Draw { id: "x".into(), distribution: even(3.0, 1.0) });
    hit.event.effects.push(effect(increase(Place::State(0), Expression::Draw(0))));
    let model = ModelBuilder::new(1.0, 1, &[]).state("a", 0.0, None).rule(hit).build();
    assert_eq!(Reference::new(&model, SEED).run(0).cells, [3.0]);
}

/// Two hazards of two actors, a draw, a choice of one's own; and whatever else.
fn crowd(more: Option<Rule>) -> Model {
    let mut b = hazard("b", 0.05, 0);
    b.instances = vec![of(0), of(1)];
    b.event.draws.push(Draw { id: "x".into(), distribution: even(0.0, 1.0) });
    b.event.effects.push(effect(increase(Place::State(1), Expression::Draw(0))));
    let mut builder = ModelBuilder::new(1.0, 40, &["a", "b"]).state("a", 0.0, None).state("b", 0.0, None);
    if let Some(rule) = more {
        builder = builder.rule(rule);
    }
    builder.rule(b).measure("b", state(1)).outcome("far", at_least(state(1), 2.0)).build()
}

#[test]
fn scratch_leaves_no_trace_and_runs_repeat() {
    let model = crowd(None);
    let reference = Reference::new(&model, SEED);
    let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
    for run in [3, 900, 4, 3, 0] {
        reference.simulate(run, &mut scratch, &mut record);
        assert_eq!(record, reference.run(run));
    }
    // The same scratch for another model.
    let other = crowd(Some(rule("aa")));
    let other = Reference::new(&other, SEED);
    let mut other_record = RunRecord::empty();
    other.simulate(3, &mut scratch, &mut other_record);
    assert_eq!(other_record, other.run(3));
}

#[test]
fn what_does_not_concern_a_draw_does_not_move_it() {
    let mut idle = rule("a_idle");
    idle.opportunity.timing = Timing::Chance(number(0.5));
    let (plain, crowded) = (crowd(None), crowd(Some(idle)));
    let (plain, crowded) = (Reference::new(&plain, SEED), Reference::new(&crowded, SEED));
    for run in 0..30 {
        let (a, b) = (plain.run(run), crowded.run(run));
        assert_eq!(a.cells, b.cells);
        assert_eq!(a.events[..], b.events[1..]);
    }
}
