//! Rules, choices and options that can never happen.

use super::Found;
use super::words;
use crate::check::bounds::{Evaluator, EventKey, Frame};
use crate::check::typed::{Node, Type, Typed};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{EventTest, Instance};

pub(super) fn warnings(found: &Found) -> Vec<Diagnostic> {
    let subject = found.subject;
    let content = subject.content;
    let possible = &found.free.possible.happenings;
    let mut all = Vec::new();
    for (index, rule) in content.rules.iter().enumerate() {
        let happens = subject.happening_of_rule(index).is_none_or(|at| possible[at]);
        if !happens && rule.opportunity.enabled {
            let when = rule.opportunity.when.as_ref();
            all.extend(tell(found, &rule.id, "fire", when, &rule.instances));
        }
    }
    for (index, choice) in content.choices.iter().enumerate() {
        if !choice.opportunity.enabled {
            continue;
        }
        let happens = subject.happening_of_choice(index).is_none_or(|at| possible[at]);
        let whole = if happens {
            None
        } else {
            tell(found, &choice.id, "be made", choice.opportunity.when.as_ref(), &choice.instances)
        };
        let is_told = whole.is_some();
        all.extend(whole);
        for (option_index, option) in choice.options.iter().enumerate() {
            let happens = subject.happening_of_option(index, option_index).is_none_or(|at| possible[at]);
            if happens || !option.enabled || is_told {
                continue;
            }
            let id = format!("{}.{}", choice.id, option.id);
            let instances: Vec<Instance> = option.instances.iter().map(|one| one.instance).collect();
            all.extend(tell(found, &id, "be picked", option.when.as_ref(), &instances));
        }
    }
    all
}

/// Nothing is said where no term can be shown that blocks it.
fn tell(found: &Found, id: &str, verb: &str, when: Option<&Typed>, instances: &[Instance]) -> Option<Diagnostic> {
    let when = when?;
    // For anybody, or else for the first of those for whom it differs.
    let anybody = Frame::anybody();
    let first = instances.first().map(|instance| Frame::of(*instance));
    let reader = Evaluator::plain(found.free);
    let frame = match first {
        Some(first) if instances.len() == 1 || !reader.evaluate(when, &mut anybody.clone()).is_false() => first,
        _ => anybody,
    };
    let (span, reason) = Blame { found, reader: &reader }.why(when, &frame, true, when.span, 0)?;
    Some(
        Diagnostic::new(Code::NeverFires, span, format!("`{id}` can never {verb}: {reason}"))
            .help(format!("add an effect that brings it about, or drop `{id}`")),
    )
}

struct Blame<'b> {
    found: &'b Found<'b>,
    reader: &'b Evaluator<'b>,
}

impl Blame<'_> {
    /// Why a condition is never what it should be: the place to underline in the guard itself, and the reason.
    fn why(&self, typed: &Typed, frame: &Frame, wanted: bool, place: Span, depth: u32) -> Option<(Span, String)> {
        const DEEPEST: u32 = 40;
        let value = self.reader.evaluate(typed, &mut frame.clone());
        let blocked = if wanted { value.is_false() } else { value.is_true() };
        if !blocked || depth > DEEPEST {
            return None;
        }
        // Inside a definition the place in the guard stays.
        let own = |part: &Typed| if place == typed.span { part.span } else { place };
        match (&typed.node, wanted) {
            (Node::And(parts), true) | (Node::Or(parts), false) => {
                parts.iter().find_map(|part| self.why(part, frame, wanted, own(part), depth + 1))
            }
            // Each of them is in the way: the first stands for all.
            (Node::Or(parts), true) | (Node::And(parts), false) => parts
                .first()
                .and_then(|part| self.why(part, frame, wanted, own(part), depth + 1))
                .map(|(_, reason)| (place, reason)),
            (Node::Not(inner), _) => {
                self.why(inner, frame, !wanted, place, depth + 1).map(|(_, reason)| (place, reason))
            }
            (Node::Definition { definition, arguments }, _) => {
                let body = &self.found.subject.specialised[*definition].body;
                let mut inner = Frame::default();
                for argument in arguments {
                    inner.actors.push(match argument {
                        crate::check::typed::TypedArgument::Actor(term) => frame.get(*term),
                        crate::check::typed::TypedArgument::Value(_) => crate::check::bounds::Bound::default(),
                    });
                    inner.values.push(crate::check::bounds::Interval::ALL);
                }
                self.why(body, &inner, wanted, place, depth + 1).or_else(|| self.plain(typed, place))
            }
            (Node::State(_) | Node::Attribute { .. } | Node::Relation { .. }, _) => {
                let (starts, sets) = if wanted { ("false", "sets it") } else { ("true", "changes it") };
                let name = self.name(typed, frame)?;
                Some((place, format!("`{name}` starts {starts} and nothing {sets}")))
            }
            (Node::SameValue(left, right), true) => {
                let (holder, value) = if right.literal().is_some() { (left, right) } else { (right, left) };
                let name = self.name(holder, frame)?;
                let value = self.value_name(holder, value)?;
                Some((place, format!("`{name}` is never `{value}`: it does not start so and nothing sets it")))
            }
            (Node::Compare(_, left, right), _) => self.compared(left, right, frame, place),
            (Node::Events { test, happening, actor, target }, true) => {
                let index = *self.found.subject.happenings.get(happening.id.as_str())?;
                let id = &happening.id;
                if *test != EventTest::Fired {
                    return self.plain(typed, place);
                }
                if !self.found.free.possible.happenings[index] {
                    let reason = if self.is_enabled(id) {
                        "can never happen itself"
                    } else {
                        "is switched off (`enabled = false`)"
                    };
                    return Some((place, format!("`{id}` {reason}")));
                }
                let who = |term: &Option<crate::model::ActorTerm>| term.and_then(|term| frame.get(term).actor);
                let key = EventKey { happening: index, actor: who(actor), target: who(target) };
                if self.found.free.key(key).is_none() {
                    return Some((place, format!("`{id}` never happens between these actors")));
                }
                None
            }
            (Node::Running(clock) | Node::Expired(clock), true) => {
                let clock = &self.found.subject.symbols.clocks[*clock];
                Some((place, format!("nothing starts the clock `{clock}`")))
            }
            _ => self.plain(typed, place),
        }
    }

    fn plain(&self, typed: &Typed, place: Span) -> Option<(Span, String)> {
        let text = words::written(self.found.texts, typed);
        let text = if text.is_empty() || text.len() > 60 { "this".to_owned() } else { format!("`{text}`") };
        Some((place, format!("{text} never holds")))
    }

    /// Two numbers that never come where they should.
    fn compared(&self, left: &Typed, right: &Typed, frame: &Frame, place: Span) -> Option<(Span, String)> {
        let (low, high) = match (self.name(left, frame), self.name(right, frame)) {
            (Some(name), _) => return self.range_of(left, &name, frame, place),
            (_, Some(name)) => return self.range_of(right, &name, frame, place),
            _ => {
                let value = self.reader.evaluate(left, &mut frame.clone());
                (value.low, value.high)
            }
        };
        if low <= -f64::MAX || high >= f64::MAX || !matches!(left.kind, Type::Number) {
            return Some((place, "this comparison never holds".to_owned()));
        }
        let text = words::written(self.found.texts, left);
        let text = if text.is_empty() || text.len() > 60 { "the left side".to_owned() } else { format!("`{text}`") };
        Some((place, format!("{text} lies from {} to {}", words::number(low), words::number(high))))
    }

    fn range_of(&self, typed: &Typed, name: &str, frame: &Frame, place: Span) -> Option<(Span, String)> {
        let value = self.reader.evaluate(typed, &mut frame.clone());
        if value.is_point() {
            return Some((place, format!("`{name}` starts at {} and nothing changes it", words::number(value.low))));
        }
        Some((place, format!("`{name}` stays from {} to {}", words::number(value.low), words::number(value.high))))
    }

    /// The name of a place, if it is one.
    fn name(&self, typed: &Typed, frame: &Frame) -> Option<String> {
        let subject = self.found.subject;
        let who = |term| frame.get(term).actor;
        match &typed.node {
            Node::State(state) => Some(subject.symbols.state[*state].id.clone()),
            Node::Attribute { attribute, holder } => Some(match who(*holder) {
                Some(actor) => {
                    format!("{}.{}", subject.symbols.actors[actor], subject.symbols.attributes[*attribute].id)
                }
                None => subject.symbols.attributes[*attribute].id.clone(),
            }),
            Node::Relation { relation, from, to } => {
                let id = &subject.symbols.relations[*relation].id;
                Some(match (who(*from), who(*to)) {
                    (Some(from), Some(to)) => {
                        format!("{id}({}, {})", subject.symbols.actors[from], subject.symbols.actors[to])
                    }
                    _ => id.clone(),
                })
            }
            Node::Now => Some("day".to_owned()),
            _ => None,
        }
    }

    fn value_name(&self, holder: &Typed, value: &Typed) -> Option<String> {
        let Type::Enumeration(owner) = holder.kind else { return None };
        self.found.subject.symbols.values(owner).get(value.literal()? as usize).cloned()
    }

    fn is_enabled(&self, id: &str) -> bool {
        let content = self.found.subject.content;
        let (choice, option) = id.split_once('.').map_or((id, None), |(choice, option)| (choice, Some(option)));
        let of_rule = content.rules.iter().find(|rule| rule.id == choice).map(|rule| rule.opportunity.enabled);
        let of_choice = content.choices.iter().find(|one| one.id == choice).map(|one| {
            one.opportunity.enabled
                && option.is_none_or(|id| one.options.iter().any(|option| option.id == id && option.enabled))
        });
        of_rule.or(of_choice).unwrap_or(true)
    }
}
