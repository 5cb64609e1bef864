//! What does nothing changes nothing; what is switched off moves no other draw.

use std::collections::BTreeMap;

use flashpoint::model::{Instance, Model, Quantity, RunRecord};
use flashpoint::reference::{Moment, Observer, OpportunityDraw, OptionPick, Reference, Scratch};
use flashpoint::scenario::LoadOptions;

use super::story::same_runs;
use super::support::{every_scenario, reopen};
use crate::support::generator::{Section, Size};

#[test]
fn an_idle_actor() {
    let size = Size { everybody: false, ..Size::USUAL };
    every_scenario("an_idle_actor", 150, size, |case| {
        let name = case.dice.of(&["a_0", "idle", "zzzz", "m_0"]);
        let mut changed = case.draft.clone();
        let mut bystander = Section::new(format!("actors.{name}")).line("name = \"a bystander\"");
        // A rest of all pairs may read what only some hold by default.
        for attribute in &case.opened.model.attributes {
            bystander.add(match &attribute.quantity {
                Quantity::Boolean => format!("{} = true", attribute.id),
                Quantity::Enumeration(values) => format!("{} = \"{}\"", attribute.id, values[0]),
                _ => format!("{} = {{ uniform = {{ low = 0, high = 1 }} }}", attribute.id),
            });
        }
        changed.sections.push(bystander);
        let opened = reopen(&changed.written())?;
        same_runs(&case.opened.model, &opened.model, case.seed, 5)
    });
}

#[test]
fn what_never_happens() {
    every_scenario("what_never_happens", 200, Size::USUAL, |case| {
        let mut changed = case.draft.clone();
        let name = case.dice.of(&["a", "no_more", "zz_9"]);
        let guard =
            case.dice.of(&["when = \"false\"", "when = \"tension > 2\"", "when = \"day < 0\"", "enabled = false"]);
        let timing = case.dice.of(&["rate = \"2 per day\"", "chance = 0.9", "every = \"1 day\"", "limit = 3"]);
        let effects = "effects = [\"tension = 0.5\", \"start(ultimatum, 1 day)\"]";
        let mut rule = Section::new(format!("rules.{name}")).line(guard).line(timing).line(effects);
        rule.add(case.dice.of(&["exclusive = \"one\"", "ladder = 10"]));
        if case.dice.percent(60) {
            rule.add("actor = \"bloc\"");
        }
        changed.sections.push(rule);
        changed
            .sections
            .push(Section::new("rules.zero").line("chance = 0").line(effects).line("exclusive = \"other\""));
        changed.sections.push(
            Section::new("flows.never").line("when = \"tension > 2\"").line("effects = [\"tension += 3 per day\"]"),
        );
        changed.sections.push(Section::new("choices.nothing").line("limit = 1").line(guard));
        changed.sections.push(Section::new("choices.nothing.options.one").line("weight = 1").line(effects));
        changed.sections.push(
            Section::new("state.unread").line("range = [0, 1]").line("start = { uniform = { low = 0, high = 1 } }"),
        );
        changed.sections.push(Section::new("parameters.unread_too").line("prior = { normal = { mean = 0, sd = 1 } }"));
        changed.sections.push(Section::new("measures.more").line("value = \"unread + tension\""));
        changed.sections.push(Section::new("clocks.never_started"));
        let impossible = Section::new("[outcomes]").line("id = \"impossible\"").line("when = \"tension > 2\"");
        changed.sections.insert(0, impossible);
        let opened = reopen(&changed.written())?;
        same_runs(&case.opened.model, &opened.model, case.seed, 5)
    });
}

/// Uniform numbers by whose and when: happening, actor, target, step.
type Draws = BTreeMap<(String, String, u64), u64>;

/// Collects all uniform numbers of firings and picks.
struct Uniforms<'m> {
    model: &'m Model,
    draws: Draws,
}

impl Uniforms<'_> {
    fn note(&mut self, what: &str, happening: usize, instance: Instance, step: u64, uniform: f64) {
        let id = format!("{what} {}", self.model.happenings[happening].id);
        self.draws.insert((id, self.model.instance_text(instance), step), uniform.to_bits());
    }
}

impl Observer for Uniforms<'_> {
    const WATCHES_DRAWS: bool = true;

    fn opportunity_drawn(&mut self, step: u64, happening: usize, instance: Instance, draw: &OpportunityDraw) {
        self.note("firing", happening, instance, step, draw.uniform);
    }

    fn option_picked(&mut self, step: u64, happening: usize, instance: Instance, pick: &OptionPick<'_>) {
        self.note("pick", happening, instance, step, pick.uniform);
    }

    fn run_ended(&mut self, _: &Moment<'_>, _: usize) {}
}

/// The uniforms of a run, and its parameters and starts by name.
fn uniforms(model: &Model, seed: u64, run: u64) -> (Draws, RunRecord) {
    let reference = Reference::new(model, seed);
    let mut heard = Uniforms { model, draws: Draws::new() };
    let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
    reference.simulate_observed(run, &mut scratch, &mut record, &mut heard);
    (heard.draws, record)
}

/// Whether a table says a word.
fn mentions(section: &Section, word: &str) -> bool {
    let says =
        |text: &str| text.split(|part: char| !(part.is_ascii_alphanumeric() || part == '_')).any(|one| one == word);
    says(&section.header) || section.lines.iter().any(|line| says(line))
}

#[test]
fn switching_off_moves_no_draw() {
    let shared = std::cell::Cell::new(0_usize);
    every_scenario("switching_off_moves_no_draw", 200, Size { history: false, ..Size::USUAL }, |case| {
        let base = &case.opened.model;
        let all: Vec<String> = base.happenings.iter().map(|happening| happening.id.clone()).collect();
        let without = case.dice.pick(&all);
        let options = LoadOptions { without: vec![without.clone()], ..LoadOptions::default() };
        let off = case.base.open_with(&options)?.model;
        // What the command switches off is as if the file said so.
        let mut changed = case.draft.clone();
        let header = match without.split_once('.') {
            Some((choice, option)) => format!("choices.{choice}.options.{option}"),
            None if base.choices.iter().any(|choice| choice.id == without) => format!("choices.{without}"),
            None => format!("rules.{without}"),
        };
        if changed.sections.iter().any(|section| section.header == header) {
            let section = changed.section(&header);
            section.lines.retain(|line| !line.starts_with("enabled"));
            section.add("enabled = false");
            let said = reopen(&changed.written())?.model;
            same_runs(&off, &said, case.seed, 2)?;
        }
        // What nothing names can also be taken out of the file.
        let named = |section: &Section| section.header != header && mentions(section, &without);
        let stands = changed.sections.iter().any(|section| section.header == header);
        let may_go = stands && header.starts_with("rules.") && !case.draft.sections.iter().any(named);
        if may_go {
            changed.sections.retain(|section| section.header != header);
            let removed = reopen(&changed.written())?.model;
            // Memberships that only this rule changed are now decided by names: nothing else may differ.
            same_runs(&removed, &off, case.seed, 2)?;
        }
        for run in 0..4 {
            let ((before, with), (after, gone)) = (uniforms(base, case.seed, run), uniforms(&off, case.seed, run));
            if with.parameters.iter().zip(&gone.parameters).any(|(one, other)| one.to_bits() != other.to_bits()) {
                return Err(format!("without {without} the parameters of run {run} are others"));
            }
            for (site, uniform) in &before {
                if let Some(other) = after.get(site) {
                    shared.set(shared.get() + 1);
                    if other != uniform {
                        return Err(format!("without {without} the draw {site:?} of run {run} is another"));
                    }
                }
            }
        }
        Ok(())
    });
    assert!(shared.get() > 1000 || std::env::var("FLASHPOINT_LAWS_SEED").is_ok());
}

#[test]
fn listening_and_other_runs_leave_no_trace() {
    every_scenario("listening_and_other_runs_leave_no_trace", 100, Size::USUAL, |case| {
        let model = &case.opened.model;
        let reference = Reference::new(model, case.seed);
        let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
        for run in [9, 0, 5, 1 << 40, 0] {
            let (_, heard) = uniforms(model, case.seed, run);
            reference.simulate(run, &mut scratch, &mut record);
            if heard != record || reference.run(run) != record {
                return Err(format!("run {run} is another after other runs, or when it is listened to"));
            }
        }
        Ok(())
    });
}
