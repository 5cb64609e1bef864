//! Chances that leave [0, 1] or are as good as certain; rates below 0 or too high for the step.

use super::Found;
use super::contexts::{Context, contains, definitions_with};
use super::roots::Draws;
use super::witness::{Aim, Hunt, Witness};
use super::words::{self, number};
use crate::check::bounds::{Evaluator, Frame, Interval, Leaf, Setting, Settings};
use crate::check::content::{TypedOpportunity, TypedTiming};
use crate::check::distributions::TypedDistribution;
use crate::check::typed::{Node, Typed};
use crate::diagnostic::{Code, Diagnostic};
use crate::math;
use crate::model::{EventTest, Instance};

/// Rounding is no fault of the author.
const ROUNDING: f64 = 1e-9;

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let content = found.subject.content;
    let mut all = Vec::new();
    let rules = content.rules.iter().map(|rule| (rule.id.as_str(), &rule.opportunity, &rule.instances));
    let choices = content.choices.iter().map(|choice| (choice.id.as_str(), &choice.opportunity, &choice.instances));
    for (id, opportunity, instances) in rules.chain(choices) {
        if !opportunity.enabled || !found.actual.possible.happenings[found.subject.happenings[id]] {
            continue;
        }
        let place = Place { found, guards: opportunity.when.iter().collect(), instances, draws: &[], earliest: 0.5 };
        match &opportunity.timing {
            TypedTiming::Chance(chance) => match place.outside_unit(chance) {
                Some(text) => all.push(
                    Diagnostic::new(
                        Code::ChanceOutOfRange,
                        chance.span,
                        format!("the chance of `{id}` can leave [0, 1]: {text}"),
                    )
                    .help(unit_help(found, chance)),
                ),
                None => all.extend(certain(found, id, opportunity, chance)),
            },
            TypedTiming::Rate(rate) => {
                all.extend(negative(&place, id, rate));
                all.extend(too_high(&place, id, opportunity, rate));
            }
            TypedTiming::AtOnce => {}
        }
    }
    for rule in content.rules.iter().filter(|rule| rule.opportunity.enabled) {
        let guards: Vec<&Typed> = rule.opportunity.when.iter().collect();
        let place = Place { found, guards, instances: &rule.instances, draws: &[], earliest: 1.0 };
        all.extend(flips(&place, &rule.event.draws));
    }
    for choice in content.choices.iter().filter(|choice| choice.opportunity.enabled) {
        for option in choice.options.iter().filter(|option| option.enabled) {
            let guards: Vec<&Typed> = choice.opportunity.when.iter().chain(&option.when).collect();
            let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            let place = Place { found, guards, instances: &instances, draws: &[], earliest: 1.0 };
            all.extend(flips(&place, &option.event.draws));
        }
    }
    all
}

/// `flip`s whose probability leaves [0, 1].
fn flips(place: &Place, draws: &Draws) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for (name, distribution) in draws {
        let TypedDistribution::Flip { probability } = distribution else { continue };
        if let Some(text) = place.outside_unit(probability) {
            all.push(
                Diagnostic::new(
                    Code::ChanceOutOfRange,
                    probability.span,
                    format!("the probability of the draw `{name}` can leave [0, 1]: {text}"),
                )
                .help(unit_help(place.found, probability)),
            );
        }
    }
    all
}

fn unit_help(found: &Found, typed: &Typed) -> String {
    let text = words::written(found.texts, typed);
    if text.len() <= 60 && !text.is_empty() && !text.contains('"') {
        format!("write `clamp({text}, 0, 1)`, or put it through `logistic(..)`")
    } else {
        "write `clamp(.., 0, 1)` around it, or put it through `logistic(..)`".to_owned()
    }
}

/// Where a rate or chance is read.
struct Place<'p> {
    found: &'p Found<'p>,
    guards: Vec<&'p Typed>,
    instances: &'p [Instance],
    draws: &'p Draws,
    /// In steps.
    earliest: f64,
}

impl Place<'_> {
    /// The first instance for which `is_bad` holds of what an expression can be, and what `ask` finds there.
    fn ask<T>(
        &self,
        typed: &Typed,
        is_bad: impl Fn(Interval) -> bool,
        ask: impl Fn(&Hunt, &Frame) -> Option<T>,
    ) -> Option<T> {
        const MOST_INSTANCES: usize = 32;
        let facts = self.found.actual;
        let earliest = self.earliest * self.found.subject.model.step_days;
        let whole = Hunt { facts, draws: self.draws, contexts: &[], earliest };
        if !is_bad(whole.outer(typed, &Frame::anybody())) {
            return None;
        }
        self.instances.iter().take(MOST_INSTANCES).find_map(|instance| {
            let frame = Frame::of(*instance);
            let contexts = Context::of_all(&self.guards, &frame);
            let hunt = Hunt { facts, draws: self.draws, contexts: &contexts, earliest };
            if is_bad(hunt.outer(typed, &frame)) { ask(&hunt, &frame) } else { None }
        })
    }

    /// Both ends of a chance that leaves [0, 1], with what gives them.
    fn outside_unit(&self, typed: &Typed) -> Option<String> {
        self.ask(
            typed,
            |outer| outer.low < -ROUNDING || outer.high > 1.0 + ROUNDING,
            |hunt, frame| {
                let low = hunt.find(typed, frame, Aim::Lowest)?;
                let high = hunt.find(typed, frame, Aim::Highest)?;
                if low.value >= -ROUNDING && high.value <= 1.0 + ROUNDING {
                    return None;
                }
                if low.value == high.value {
                    return Some(format!("it is {}{}", number(low.value), low.in_brackets(hunt)));
                }
                let end = |witness: &Witness| format!("{}{}", number(witness.value), witness.in_brackets(hunt));
                Some(format!("from {} to {}", end(&low), end(&high)))
            },
        )
    }
}

fn negative(place: &Place, id: &str, rate: &Typed) -> Option<Diagnostic> {
    let text = place.ask(
        rate,
        |outer| outer.low < 0.0,
        |hunt, frame| {
            let low = hunt.find(rate, frame, Aim::Lowest)?;
            (low.value < -1e-12).then(|| format!("{} per day{}", number(low.value), low.in_brackets(hunt)))
        },
    )?;
    Some(
        Diagnostic::new(
            Code::NegativeRate,
            rate.span,
            format!("the rate of `{id}` can be negative: {text}; it counts as 0 then"),
        )
        .help("write `max(.., 0)` around what stands before `per`"),
    )
}

fn too_high(place: &Place, id: &str, opportunity: &TypedOpportunity, rate: &Typed) -> Option<Diagnostic> {
    let step = place.found.subject.model.step_days;
    // Where an instance fires once anyway, or rests afterwards, nothing is lost.
    let rests = opportunity.cooldown.as_ref().and_then(Typed::literal).is_some_and(|days| days >= step);
    if opportunity.limit == Some(1) || rests {
        return None;
    }
    let (most, text) = place.ask(
        rate,
        |outer| outer.high * step > 1.0 + ROUNDING,
        |hunt, frame| {
            let high = hunt.find(rate, frame, Aim::Highest)?;
            (high.value * step > 1.0 + ROUNDING).then(|| (high.value, high.in_brackets(hunt)))
        },
    )?;
    let shorter = [12.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5, 0.25]
        .into_iter()
        .map(|hours| hours / 24.0)
        .find(|days| *days < step && most * days <= 1.0);
    let message = format!(
        "`{id}` can be due {} times a step{text}, but an instance fires once a step at most",
        number(math::multiply(most, step))
    );
    let diagnostic = Diagnostic::new(Code::RateTooHigh, rate.span, message);
    Some(match shorter {
        Some(days) => diagnostic.help(format!("take `step = \"{}\"`, or scale the effects", words::days(days))),
        None => diagnostic.help("lower the rate and scale the effects"),
    })
}

/// As good as certain within so many opportunities.
const CERTAIN_WITHIN: f64 = 12.0;
const CERTAIN: f64 = 0.995;

/// "Keeps its word with probability 0.72", but at each step.
fn certain(found: &Found, id: &str, opportunity: &TypedOpportunity, chance: &Typed) -> Option<Diagnostic> {
    if opportunity.limit != Some(1) || opportunity.every.is_some() {
        return None;
    }
    // A window in time is a reason for a large chance: it may well pass.
    if opportunity.when.as_ref().is_some_and(|when| speaks_of_time(found, when)) {
        return None;
    }
    let mut settings = Settings::default();
    for parameter in 0..found.subject.content.parameters.len() {
        if let Some(prior) = found.actual.prior(parameter) {
            settings.all.push((Leaf::Parameter(parameter), Setting::Value(prior.median)));
        }
    }
    let reader = Evaluator { settings: &settings, ..Evaluator::plain(found.actual) };
    let low = reader.evaluate(chance, &mut Frame::anybody()).low;
    let steps = found.subject.model.n_steps as f64;
    let enough = steps.min(CERTAIN_WITHIN);
    let within = |steps: f64| 1.0 - math::power(1.0 - low, steps);
    if !(0.0..1.0).contains(&low) || within(enough) < CERTAIN || steps < enough {
        return None;
    }
    let mut n = 1.0;
    while within(n) < CERTAIN {
        n += 1.0;
    }
    let days = words::days(n * found.subject.model.step_days);
    let percent = number((within(n) * 1000.0).floor() / 10.0);
    Some(
        Diagnostic::new(
            Code::CertainChance,
            chance.span,
            format!(
                "`{id}` is as good as certain: at {} in each step it has happened within {days} with {percent} %",
                number(low)
            ),
        )
        .help(format!(
            "decide once: a choice with `limit = 1` and two options of weights {} and {}",
            number(low),
            number(1.0 - low)
        )),
    )
}

/// Does a guard speak of days, dates, clocks, or times since?
fn speaks_of_time(found: &Found, when: &Typed) -> bool {
    let speaks = |part: &Typed| {
        matches!(
            &part.node,
            Node::Now | Node::Running(_) | Node::Remaining(_) | Node::Events { test: EventTest::Since, .. }
        )
    };
    contains(when, &definitions_with(found.subject, speaks), &speaks)
}
