//! What a point imposes, both ways of playing and `--set` understand alike.

use flashpoint::engine::{Engine, Memory};
use flashpoint::model::{Model, ParameterSource, Point, Quantity, RunRecord, Setting};
use flashpoint::reference::{Reference, Scratch};
use flashpoint::scenario::LoadOptions;

use crate::engine::difference;
use crate::support::generator::{Dice, Size};

use super::support::every_scenario;

const RUNS: u64 = 6;

/// A value that a parameter may be set to: inside its range, else near one that it has.
fn value(model: &Model, parameter: usize, usual: f64, dice: &mut Dice) -> f64 {
    match (&model.parameters[parameter].quantity, model.parameters[parameter].range) {
        (Quantity::Boolean, _) => f64::from(u8::from(dice.percent(50))),
        (_, Some((low, high))) => (low + (high - low) * dice.share()).clamp(low, high),
        (_, None) => usual * (0.5 + dice.share()),
    }
}

/// The same on the command line; dates are left out.
fn text(quantity: &Quantity, value: f64) -> Option<String> {
    match quantity {
        Quantity::Number => Some(format!("{value:?}")),
        Quantity::Boolean => Some((value != 0.0).to_string()),
        Quantity::Duration => Some(format!("{value:?} days")),
        Quantity::Rate => Some(format!("{value:?} per day")),
        Quantity::Date | Quantity::Enumeration(_) => None,
    }
}

#[test]
fn both_players_understand_a_point_alike() {
    every_scenario("points-players", 150, Size::USUAL, |case| {
        let model = &case.opened.model;
        let (reference, engine) = (Reference::new(model, case.seed), Engine::new(model, case.seed));
        let (mut scratch, mut memory) = (Scratch::default(), Memory::default());
        let (mut slow, mut fast) = (RunRecord::empty(), RunRecord::empty());
        let usual = reference.parameters_at(&Point::SCENARIO, 0);
        for run in 0..RUNS {
            let mut point = Point::SCENARIO;
            for (parameter, &usual) in usual.iter().enumerate() {
                let setting = match case.dice.roll(3) {
                    0 => Setting::Scenario,
                    1 => Setting::Uniform(case.dice.share()),
                    _ => Setting::Value(value(model, parameter, usual, &mut case.dice)),
                };
                point = point.with(parameter, setting);
            }
            for file in 0..model.files.len() {
                point = point.with_file(file, case.dice.share());
            }
            reference.simulate_at(&point, run, &mut scratch, &mut slow);
            engine.simulate_at(&point, run, &mut memory, &mut fast);
            if let Some(found) = difference(model, &slow, &fast) {
                return Err(found);
            }
            if slow.parameters != reference.parameters_at(&point, run) {
                return Err("parameters without a run are others".to_owned());
            }
        }
        Ok(())
    });
}

#[test]
fn an_imposed_value_is_what_set_says() {
    every_scenario("points-set", 150, Size::USUAL, |case| {
        let model = &case.opened.model;
        let usual = Reference::new(model, case.seed).parameters_at(&Point::SCENARIO, 0);
        let (mut point, mut options) = (Point::SCENARIO, LoadOptions::default());
        for (parameter, found) in model.parameters.iter().enumerate() {
            let value = value(model, parameter, usual[parameter], &mut case.dice);
            let Some(text) = text(&found.quantity, value) else { continue };
            if case.dice.percent(60) {
                point = point.with(parameter, Setting::Value(value));
                options.set.push(format!("{}={text}", found.id));
            }
        }
        let Ok(set) = case.base.open_with(&options) else { return Ok(()) };
        let (mut there, mut here) = (RunRecord::empty(), RunRecord::empty());
        let (base, set_reference) = (Engine::new(model, case.seed), Reference::new(&set.model, case.seed));
        for run in 0..RUNS {
            base.simulate_at(&point, run, &mut Memory::default(), &mut here);
            set_reference.simulate(run, &mut Scratch::default(), &mut there);
            if let Some(found) = difference(model, &there, &here) {
                return Err(format!("{:?}: {found}", options.set));
            }
        }
        Ok(())
    });
}

#[test]
fn an_imposed_uniform_is_what_the_site_would_draw() {
    every_scenario("points-uniforms", 60, Size::USUAL, |case| {
        let model = &case.opened.model;
        let engine = Engine::new(model, case.seed);
        let (mut memory, mut plain, mut at_point) = (Memory::default(), RunRecord::empty(), RunRecord::empty());
        for run in 0..RUNS {
            let mut point = Point::SCENARIO;
            for (index, parameter) in model.parameters.iter().enumerate() {
                let site = flashpoint::random::Site::named(&format!("parameters.{}", parameter.id));
                let is_file = matches!(
                    parameter.source,
                    ParameterSource::Prior(flashpoint::model::Distribution::Empirical { .. })
                );
                if !is_file {
                    let u = flashpoint::random::uniform(case.seed, run, site, 0);
                    point = point.with(index, Setting::Uniform(u));
                }
            }
            for (index, file) in model.files.iter().enumerate() {
                let site = flashpoint::random::Site::named(&format!("files.{}", file.path));
                point = point.with_file(index, flashpoint::random::uniform(case.seed, run, site, 0));
            }
            engine.simulate(run, &mut memory, &mut plain);
            engine.simulate_at(&point, run, &mut memory, &mut at_point);
            if let Some(found) = difference(model, &plain, &at_point) {
                return Err(found);
            }
        }
        Ok(())
    });
}
