//! Rates, chances, and events that compete in time.

use flashpoint::math;
use flashpoint::model::{Model, RunRecord, StopReason, Timing};
use flashpoint::random::{Site, firing_uniform};
use flashpoint::reference::{Reference, Scratch};

use crate::support::model_builder::{ModelBuilder, at_least, hazard, number, rule, state};

const SEED: u64 = 20_230_726;

/// Hazards of `rates` a day that each end the run, in an outcome of the same place.
fn race(step_days: f64, horizon_days: f64, rates: &[f64]) -> Model {
    let names = ["accord", "battle", "coup"];
    let mut builder = ModelBuilder::new(step_days, (horizon_days / step_days).round() as u64, &[]);
    for (index, &rate) in rates.iter().enumerate() {
        builder = builder.state(names[index], 0.0, Some((0.0, 1.0))).rule(hazard(names[index], rate, index));
    }
    // In the opposite order of priority: the list must not matter.
    for index in (0..rates.len()).rev() {
        builder = builder.outcome(names[index], at_least(state(index), 1.0));
    }
    builder.build()
}

fn shares(model: &Model, n_runs: u64) -> Vec<f64> {
    let reference = Reference::new(model, SEED);
    let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
    let mut counts = vec![0_u64; model.outcomes.len()];
    for run in 0..n_runs {
        reference.simulate(run, &mut scratch, &mut record);
        counts[record.outcome] += 1;
    }
    counts.into_iter().map(|count| count as f64 / n_runs as f64).collect()
}

fn assert_near(share: f64, exact: f64, n_runs: u64) {
    let z = (share - exact) / (exact * (1.0 - exact) / n_runs as f64).sqrt();
    assert!(z.abs() < 3.5, "share {share}, exact {exact}, z {z}");
}

#[test]
fn a_constant_hazard_does_not_depend_on_the_step() {
    let exact = 1.0 - (-0.02_f64 * 60.0).exp();
    for step_days in [0.25, 1.0, 2.0, 6.0] {
        assert_near(shares(&race(step_days, 60.0, &[0.02]), 4000)[0], exact, 4000);
    }
}

#[test]
fn competing_hazards_have_their_exact_shares_at_every_step() {
    for step_days in [1.0, 6.0] {
        let found = shares(&race(step_days, 60.0, &[0.04, 0.02, 0.01]), 20_000);
        for (share, exact) in found.iter().rev().skip(1).zip([0.56286, 0.28143, 0.14071]) {
            assert_near(*share, exact, 20_000);
        }
    }
}

#[test]
fn the_first_in_time_wins_run_by_run_and_the_others_have_not_happened() {
    let (step_days, rates) = (6.0, [0.04, 0.02, 0.01]);
    let model = race(step_days, 60.0, &rates);
    let reference = Reference::new(&model, SEED);
    let sites = ["accord", "battle", "coup"].map(|id| Site::named(&format!("rules.{id}(,)")));
    let mut contested = 0;
    for run in 0..500 {
        let record = reference.run(run);
        let mut expected = None;
        for n in 1..=model.n_steps {
            let mut fired: Vec<(f64, usize)> = Vec::new();
            for (index, rate) in rates.iter().enumerate() {
                let u = firing_uniform(SEED, run, sites[index], n);
                if u < 1.0 - math::exp(-(rate * step_days)) {
                    fired.push((-math::ln(1.0 - u) / (rate * step_days), index));
                }
            }
            fired.sort_by(|a, b| a.0.total_cmp(&b.0));
            if let Some(&(_, winner)) = fired.first() {
                contested += usize::from(fired.len() > 1);
                expected = Some((n, winner));
                break;
            }
        }
        let Some((n, winner)) = expected else {
            assert_eq!((record.outcome, record.stop_reason), (3, StopReason::Horizon));
            continue;
        };
        assert_eq!((u64::from(record.end_step), record.outcome), (n, 2 - winner), "run {run}");
        let counts: Vec<u32> = record.events.iter().map(|event| event.count).collect();
        assert_eq!(counts.iter().sum::<u32>(), 1);
        assert_eq!(counts[winner], 1);
        assert_eq!(record.cells.iter().sum::<f64>(), 1.0);
    }
    assert!(contested > 20, "the test means nothing without contested steps, there were {contested}");
}

#[test]
fn the_first_day_of_a_daily_chance_is_one_in_p() {
    let mut daily = rule("daily");
    daily.opportunity.timing = Timing::Chance(number(0.2));
    daily.opportunity.limit = Some(1);
    let model = ModelBuilder::new(1.0, 200, &[]).rule(daily).build();
    let reference = Reference::new(&model, SEED);
    let first_days = (0..5000).map(|run| f64::from(reference.run(run).events[0].first_step));
    let mean = first_days.sum::<f64>() / 5000.0;
    let standard_error = (0.8_f64 / 0.04 / 5000.0).sqrt();
    assert!((mean - 5.0).abs() < 3.5 * standard_error, "mean {mean}");
}

#[test]
fn exclusive_lets_only_the_first_in_time_happen() {
    let builder = ModelBuilder::new(6.0, 10, &[]).state("a", 0.0, None).state("b", 0.0, None);
    let (mut a, mut b) = (hazard("a", 0.2, 0), hazard("b", 0.1, 1));
    (a.exclusive, b.exclusive) = (Some("one".into()), Some("one".into()));
    let model = builder.rule(a).rule(b).build();
    let reference = Reference::new(&model, SEED);
    let (site_a, site_b) = (Site::named("rules.a(,)"), Site::named("rules.b(,)"));
    for run in 0..200 {
        let record = reference.run(run);
        let (mut count_a, mut count_b) = (0, 0);
        for n in 1..=10 {
            let (u_a, u_b) = (firing_uniform(SEED, run, site_a, n), firing_uniform(SEED, run, site_b, n));
            let (fires_a, fires_b) = (u_a < 1.0 - math::exp(-(0.2 * 6.0)), u_b < 1.0 - math::exp(-(0.1 * 6.0)));
            let a_first = -math::ln(1.0 - u_a) / (0.2 * 6.0) < -math::ln(1.0 - u_b) / (0.1 * 6.0);
            count_a += u32::from(fires_a && (!fires_b || a_first));
            count_b += u32::from(fires_b && (!fires_a || !a_first));
        }
        assert_eq!((record.events[0].count, record.events[1].count), (count_a, count_b), "run {run}");
    }
}

#[test]
fn exclusive_texts_hold_ids() {
    // One text for each actor: a's two rules exclude each other, a's and b's do not.
    let instances = vec![crate::support::model_builder::of(0), crate::support::model_builder::of(1)];
    let at_once = |id: &str| {
        let mut rule = rule(id);
        rule.exclusive = Some("only {actor}".into());
        rule.instances = instances.clone();
        rule
    };
    let model = ModelBuilder::new(1.0, 20, &["a", "b"]).rule(at_once("x")).rule(at_once("y")).build();
    let record = Reference::new(&model, SEED).run(3);
    let counts: Vec<u32> = record.events.iter().map(|event| event.count).collect();
    assert_eq!(counts[0] + counts[2], 20, "each step one of a's");
    assert_eq!(counts[1] + counts[3], 20, "each step one of b's");
    assert!(counts.iter().all(|&count| count > 0), "ties are decided by the sites' uniforms: {counts:?}");
}
