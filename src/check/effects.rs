//! Effects: what may be written to, and with what.

use super::content::{TypedAct, TypedEach, TypedEffect, TypedPlace};
use super::scope::Scope;
use super::symbols::Symbol;
use super::typed::{Type, Typed};
use super::typing::Typing;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::scenario::expression::ast::{Action, Assignment, Effect, Expression, Kind, Name, Place};
use crate::scenario::expression::print;

impl Typing<'_> {
    /// Effects of an event (`flow` false) or of a flow (true).
    pub(super) fn effects(&mut self, effects: &[Effect], scope: &mut Scope, flow: bool) -> Vec<TypedEffect> {
        effects.iter().filter_map(|effect| self.effect(effect, scope, flow)).collect()
    }

    fn effect(&mut self, effect: &Effect, scope: &mut Scope, flow: bool) -> Option<TypedEffect> {
        let depth = scope.actors.len();
        let mut fine = true;
        let each = effect.each.as_ref().map(|each| {
            let group = self.group(&each.group);
            let slot = self.enter(&each.variable, scope);
            let filter = each.filter.as_ref().map(|filter| self.expect(filter, scope, Type::Boolean, "`where`"));
            fine &= group.is_some() && !filter.as_ref().is_some_and(Typed::is_wrong);
            TypedEach { variable: each.variable.text.clone(), group: group.unwrap_or(0), slot, filter }
        });
        let condition = effect
            .condition
            .as_ref()
            .map(|condition| self.expect(condition, scope, Type::Boolean, "the condition of an effect"));
        fine &= !condition.as_ref().is_some_and(Typed::is_wrong);
        let act = self.action(&effect.action, scope, flow, effect.span);
        scope.actors.truncate(depth);
        let act = act?;
        fine.then(|| TypedEffect {
            span: effect.span,
            each,
            condition,
            condition_text: effect.condition.as_ref().map(print).unwrap_or_default(),
            act,
        })
    }

    fn action(&mut self, action: &Action, scope: &mut Scope, flow: bool, span: Span) -> Option<TypedAct> {
        if flow && !matches!(action, Action::Write { assignment: Assignment::Add | Assignment::Subtract, .. }) {
            self.report(
                Diagnostic::new(Code::AmountOrRate, span, "a flow only adds: `+=` and `-=` with a rate")
                    .help("write `x += 0.1 per day`, or make it a rule"),
            );
            return None;
        }
        match action {
            Action::Write { place, assignment, value } => self.write(place, *assignment, value, scope, flow),
            Action::Start { clock, duration } => {
                let clock = self.clock_name(clock);
                let duration = self.expect(duration, scope, Type::Duration, "the time of `start`");
                (!duration.is_wrong()).then_some(TypedAct::Start(clock?, duration))
            }
            Action::Stop { clock } => self.clock_name(clock).map(TypedAct::Stop),
            Action::Join { group, actor } => {
                let index = self.group(group);
                let actor = self.actor(actor, scope);
                if index == Some(self.symbols.everybody) {
                    self.report(
                        Diagnostic::new(
                            Code::BadMembership,
                            group.span,
                            "nobody can join `actors`: who left it left for good",
                        )
                        .help("declare a group of its own under [groups], and join that"),
                    );
                    return None;
                }
                Some(TypedAct::Join(index?, actor?))
            }
            Action::Leave { group, actor } => {
                let index = self.group(group);
                let actor = self.actor(actor, scope);
                Some(TypedAct::Leave(index?, actor?))
            }
        }
    }

    fn write(
        &mut self,
        place: &Place,
        assignment: Assignment,
        value: &Expression,
        scope: &mut Scope,
        flow: bool,
    ) -> Option<TypedAct> {
        let (place, kind, span, text) = self.place(place, scope)?;
        let owner = match kind {
            Type::Enumeration(owner) => Some(owner),
            _ => None,
        };
        if assignment == Assignment::Set {
            if let Some(owner) = owner {
                let typed = self.value_of(value, scope, owner);
                return (!typed.is_wrong()).then_some(TypedAct::Assign(place, typed, span));
            }
            let typed = self.amount(value, scope, kind, &format!("`{text}`"))?;
            return Some(TypedAct::Assign(place, typed, span));
        }
        if kind != Type::Number {
            let example = match owner {
                Some(owner) => self.symbols.values(owner).first().cloned().unwrap_or_default(),
                None => "true".to_owned(),
            };
            self.report(
                Diagnostic::new(
                    Code::TypeMismatch,
                    span,
                    format!("only numbers grow, and `{text}` is {}", kind.name()),
                )
                .help(format!("write `{text} = {example}`")),
            );
            return None;
        }
        let typed = if flow {
            let typed = self.expression(value, scope, None);
            match typed.kind {
                Type::Rate => typed,
                Type::Wrong => return None,
                Type::Number => {
                    self.report(
                        Diagnostic::new(Code::AmountOrRate, typed.span, "a flow adds a rate, and this is an amount")
                            .help(format!("write `{text} += {} per day`, or make it a rule", print(value))),
                    );
                    return None;
                }
                other => {
                    self.report(
                        Diagnostic::new(
                            Code::AmountOrRate,
                            typed.span,
                            format!("a flow adds a rate, and this is {}", other.name()),
                        )
                        .help("write an amount per time, such as `0.1 per day`"),
                    );
                    return None;
                }
            }
        } else {
            self.amount(value, scope, Type::Number, &format!("what is added to `{text}`"))?
        };
        Some(TypedAct::Increase(place, typed, assignment == Assignment::Subtract, span))
    }

    /// A value of an event's effect: a rate is told to be out of place.
    fn amount(&mut self, value: &Expression, scope: &mut Scope, wanted: Type, what: &str) -> Option<Typed> {
        let typed = self.expression(value, scope, None);
        if typed.is_wrong() || typed.kind == wanted {
            return (!typed.is_wrong()).then_some(typed);
        }
        let diagnostic = if typed.kind == Type::Rate && wanted == Type::Number {
            Diagnostic::new(Code::AmountOrRate, typed.span, "an event adds an amount, not a rate")
                .help("drop `per ..`, or make it a flow")
        } else {
            words::wanted(self, &typed, value, wanted, what)
        };
        self.report(diagnostic);
        None
    }

    /// What is written to: the place, what it holds, where it stands, its text.
    fn place(&mut self, place: &Place, scope: &mut Scope) -> Option<(TypedPlace, Type, Span, String)> {
        match place {
            Place::Name(name) => match self.symbols.find(&name.text) {
                Some(Symbol::State(state)) if !scope.draws.iter().any(|(draw, _)| *draw == name.text) => {
                    Some((TypedPlace::State(state), self.symbols.state[state].kind, name.span, name.text.clone()))
                }
                symbol => {
                    let diagnostic = self.not_a_place(name, symbol, scope);
                    self.report(diagnostic);
                    None
                }
            },
            Place::Attribute { owner, name } => match self.symbols.find(&name.text) {
                Some(Symbol::Attribute(attribute)) => {
                    let holder = self.actor(owner, scope)?;
                    let text = format!("{}.{}", print(owner), name.text);
                    let kind = self.symbols.attributes[attribute].kind;
                    Some((TypedPlace::Attribute { attribute, holder }, kind, owner.span.to(name.span), text))
                }
                symbol => {
                    let diagnostic = words::not_an_attribute(self, owner, name, symbol);
                    self.report(diagnostic);
                    None
                }
            },
            Place::Relation { name, from, to } => match self.symbols.find(&name.text) {
                Some(Symbol::Relation(relation)) => {
                    let text = format!("{}({}, {})", name.text, print(from), print(to));
                    let (from_term, to_term) = (self.actor(from, scope), self.actor(to, scope));
                    let kind = self.symbols.relations[relation].kind;
                    let span = name.span.to(to.span);
                    Some((TypedPlace::Relation { relation, from: from_term?, to: to_term? }, kind, span, text))
                }
                Some(symbol) => {
                    let diagnostic = Diagnostic::new(
                        Code::WrongArguments,
                        name.span,
                        format!("`{}` is {}, and only relations are of two actors", name.text, symbol.kind()),
                    )
                    .help("write to a state, an attribute `a.x` or a relation `r(a, b)`");
                    self.report(diagnostic);
                    None
                }
                None => {
                    let relations = self.symbols.relations.iter().map(|relation| relation.id.as_str());
                    let near = crate::diagnostic::suggest(&name.text, relations);
                    let diagnostic =
                        Diagnostic::new(Code::UnknownName, name.span, format!("there is no relation `{}`", name.text));
                    let diagnostic = match near {
                        Some(near) => self.symbols.did_you_mean(diagnostic, &near),
                        None => diagnostic.help(format!("declare it: `[relations.{}]`", name.text)),
                    };
                    self.report(diagnostic);
                    None
                }
            },
        }
    }

    fn not_a_place(&self, name: &Name, symbol: Option<Symbol>, scope: &Scope) -> Diagnostic {
        let word = &name.text;
        let at = |code, message: String| Diagnostic::new(code, name.span, message);
        match symbol {
            Some(Symbol::Parameter(_)) => {
                at(Code::ParameterIsFixed, format!("the parameter `{word}` is fixed for the run")).help(format!(
                    "to let it change make it a [state] with `start = \"{word}_at_start\"`, or an attribute"
                ))
            }
            Some(Symbol::Definition(_)) => {
                at(Code::ParameterIsFixed, format!("`{word}` is a definition: it is computed, never stored"))
                    .help("write to what it is computed from, or make it a state")
            }
            Some(Symbol::Clock(_)) => at(Code::TypeMismatch, format!("`{word}` is a clock"))
                .help(format!("write `start({word}, 7 days)` or `stop({word})`")),
            Some(Symbol::State(_)) => at(Code::HiddenName, format!("`{word}` is a draw of this event and a state"))
                .help("call the draw something else"),
            _ if scope.draws.iter().any(|(draw, _)| draw == word) => {
                at(Code::ParameterIsFixed, format!("`{word}` is a draw of this event: it is read, not stored"))
                    .help("write to a state, an attribute `a.x` or a relation `r(a, b)`")
            }
            _ => {
                let mut diagnostic = words::not_a_value(self, name, symbol, scope, None);
                if diagnostic.code == Code::UnknownName {
                    let states = self.symbols.state.iter().map(|state| state.id.as_str());
                    diagnostic.help = match crate::diagnostic::suggest(word, states) {
                        Some(near) => vec![format!("did you mean `{near}`?")],
                        None => vec![format!(
                            "declare it: `[state.{word}]`, or write whose attribute it is: `actor.{word}`"
                        )],
                    };
                }
                diagnostic
            }
        }
    }
}

/// The name of an actor where it is one: used before anything is typed, to see who can join what.
pub(super) fn named(expression: &Expression) -> Option<&str> {
    match &expression.kind {
        Kind::Name(name) => Some(name),
        _ => None,
    }
}
