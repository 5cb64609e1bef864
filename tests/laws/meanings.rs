//! Two ways to say one thing mean the same.

use std::cell::Cell;

use flashpoint::model::{BUILT_IN_MEASURES, CivilCalendar, DateStyle, Model, RunRecord};
use flashpoint::reference::{Observer, Reference, Scratch};
use flashpoint::scenario::LoadOptions;

use super::story::{same_model, same_runs};
use super::support::{every_scenario, reopen, replace_word};
use crate::support::generator::{Section, Size};

/// Hears which events happen in which steps.
#[derive(Default)]
struct Events(Vec<(u64, usize)>);

impl Observer for Events {
    fn event_happened(&mut self, step: u64, event: usize, _: f64, _: f64) {
        self.0.push((step, event));
    }
}

fn events(model: &Model, seed: u64, run: u64) -> (Vec<(u64, usize)>, RunRecord) {
    let (mut heard, mut record) = (Events::default(), RunRecord::empty());
    Reference::new(model, seed).simulate_observed(run, &mut Scratch::default(), &mut record, &mut heard);
    (heard.0, record)
}

/// A run that is conditioned on its own events is itself, and could have happened.
#[test]
fn its_own_record() {
    let tried = Cell::new(0);
    every_scenario("its_own_record", 150, Size { history: false, ..Size::USUAL }, |case| {
        let base = &case.opened.model;
        let Some(calendar) = CivilCalendar::new(base) else { return Ok(()) };
        for run in 0..3 {
            let (happened, record) = events(base, case.seed, run);
            // Up to the step before the run ended: there everything stands.
            let until = u64::from(record.end_step).saturating_sub(1).min(base.n_steps / 2);
            if until == 0 || happened.iter().filter(|(step, _)| *step <= until).count() > 200 {
                continue;
            }
            let date = |step: u64| {
                let text = calendar.text(base.day_of_step(step), DateStyle::Second);
                text.ok_or_else(|| format!("step {step} has no date"))
            };
            let mut listed = Vec::new();
            for &(step, event) in happened.iter().filter(|(step, _)| *step <= until) {
                let row = base.events[event];
                let who = |key: &str, actor: Option<usize>| {
                    actor.map(|at| format!(", {key} = \"{}\"", base.actors[at].id)).unwrap_or_default()
                };
                listed.push(format!(
                    "{{ date = {}, rule = \"{}\"{}{} }}",
                    date(step)?,
                    base.happenings[row.happening].id,
                    who("actor", row.instance.actor),
                    who("target", row.instance.target)
                ));
            }
            let mut changed = case.draft.clone();
            changed.sections.push(
                Section::new("history")
                    .line(format!("until = {}", date(until)?))
                    .line(format!("events = [{}]", listed.join(", "))),
            );
            let opened = reopen(&changed.written())?;
            let (_, again) = events(&opened.model, case.seed, run);
            tried.set(tried.get() + 1);
            if again.history_misses > 0 {
                return Err(format!("run {run}: {} events of its own could not have happened", again.history_misses));
            }
            let n_measures = base.measures.len() + BUILT_IN_MEASURES.len();
            let rows = (until as usize + 1) * n_measures;
            // If an outcome holds at the end of the record the run ends there: the same rows all the same.
            let differs = (0..rows).find(|&at| {
                record.measures.get(at).map(|value| value.to_bits())
                    != again.measures.get(at).map(|value| value.to_bits())
            });
            if let Some(at) = differs {
                return Err(format!(
                    "run {run}: measure {} of step {} is {:?}, by its own record {:?}",
                    at % n_measures,
                    at / n_measures,
                    record.measures.get(at),
                    again.measures.get(at)
                ));
            }
        }
        Ok(())
    });
    assert!(tried.get() > 30 || std::env::var("FLASHPOINT_LAWS_SEED").is_ok());
}

/// Definitions without arguments, put in brackets where they are named.
#[test]
fn definitions_written_out() {
    let written_out = Cell::new(0);
    every_scenario("definitions_written_out", 150, Size::USUAL, |case| {
        let mut changed = case.draft.clone();
        let at = changed.sections.iter().position(|section| section.header == "definitions");
        let Some(at) = at else { return Ok(()) };
        let lines = changed.sections[at].lines.clone();
        for line in &lines {
            let Some((name, body)) = line.split_once(" = ").filter(|(name, _)| !name.starts_with('"')) else {
                continue;
            };
            // As it now stands: earlier definitions may have been written out in it.
            let body = changed.sections[at]
                .lines
                .iter()
                .find_map(|other| other.strip_prefix(&format!("{name} = ")))
                .unwrap_or(body)
                .trim_matches('"')
                .to_owned();
            let body = ["m", "o", "q", "z"]
                .iter()
                .fold(body, |body, variable| replace_word(&body, variable, &format!("{variable}_{name}")));
            changed.sections[at].lines.retain(|other| !other.starts_with(&format!("{name} = ")));
            for section in &mut changed.sections {
                section.lines.iter_mut().for_each(|line| *line = replace_word(line, name, &format!("({body})")));
            }
            for (_, text) in &mut changed.files {
                *text = replace_word(text, name, &format!("({body})"));
            }
        }
        // Written out twice in itself a name of a variable may hide another, or the text grow beyond what an expression may have.
        let Ok(opened) = changed.written().open() else { return Ok(()) };
        written_out.set(written_out.get() + 1);
        same_runs(&case.opened.model, &opened.model, case.seed, 4)
    });
    assert!(written_out.get() > 60 || std::env::var("FLASHPOINT_LAWS_SEED").is_ok());
}

/// A variant is what it says, said in the file, or by the command.
#[test]
fn variants_and_words_of_the_command() {
    let tried = Cell::new(0);
    every_scenario("variants_and_words_of_the_command", 150, Size { history: false, ..Size::USUAL }, |case| {
        let Some(variant) = case.draft.sections.iter().find(|section| section.header == "variants.firm").cloned()
        else {
            return Ok(());
        };
        tried.set(tried.get() + 1);
        let mut changed = case.draft.clone();
        let mut set = Vec::new();
        for line in variant.lines.iter().filter(|line| !line.starts_with("about")) {
            let (path, value) = line.split_once(" = ").ok_or("a line without a value")?;
            let (header, key) = path.rsplit_once('.').ok_or("a path without a point")?;
            let section = changed.section(header);
            let excluded = if key == "value" { "prior" } else { key };
            section
                .lines
                .retain(|line| !line.starts_with(&format!("{key} =")) && !line.starts_with(&format!("{excluded} =")));
            section.add(format!("{key} = {value}"));
            set.push(format!("{path}={value}"));
        }
        let said = reopen(&changed.written())?.model;
        let options = LoadOptions { variants: vec!["firm".to_owned()], ..LoadOptions::default() };
        let laid = case.base.open_with(&options)?.model;
        same_model(&said, &laid)?;
        let laid = case.base.open_with(&LoadOptions { set, ..LoadOptions::default() })?.model;
        // Found ranges of measures take what only the command switches off as if it were on: that is an experiment.
        let without_ranges = |mut model: Model| {
            model.measures.iter_mut().for_each(|measure| measure.range = None);
            model
        };
        same_model(&without_ranges(said), &without_ranges(laid))
    });
    assert!(tried.get() > 20 || std::env::var("FLASHPOINT_LAWS_SEED").is_ok());
}
