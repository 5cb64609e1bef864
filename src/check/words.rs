//! What is said of expressions that mean nothing: wording only, no decisions.

use super::raw::Raw;
use super::scope::Scope;
use super::symbols::Symbol;
use super::typed::{EnumerationOwner, Type, Typed};
use super::typing::Typing;
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::FoldKind;
use crate::scenario::expression::ast::{Arithmetic, Expression, Kind, Name};
use crate::scenario::expression::print;
use crate::scenario::expression::words::{DISTRIBUTIONS, FUNCTIONS, function_word};

/// `1 argument`, `2 arguments`.
pub(super) fn count(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// "write it like .."
pub(super) fn example_of(function: &str) -> String {
    function_word(function)
        .map_or_else(|| "see `flashpoint help grammar`".to_owned(), |word| format!("write it like `{}`", word.usage))
}

/// An expression has another type than its place wants.
pub(super) fn wanted(typing: &Typing, typed: &Typed, written: &Expression, wanted: Type, what: &str) -> Diagnostic {
    let text = print(written);
    let mismatch = |code| {
        Diagnostic::new(
            code,
            typed.span,
            format!("{what} should be {}, and this is {}", wanted.name(), typed.kind.name()),
        )
    };
    match (wanted, typed.kind) {
        (Type::Duration, Type::Number) => Diagnostic::new(
            Code::MissingUnit,
            typed.span,
            format!("{text} what? {what} is a duration, and a duration has a unit"),
        )
        .help(if matches!(written.kind, Kind::Number(_)) {
            let s = if text == "1" { "" } else { "s" };
            format!("write `\"{text} day{s}\"` or `\"{text} hour{s}\"`")
        } else {
            format!("write `({text}) * 1 day`")
        }),
        (Type::Rate, Type::Number) => {
            Diagnostic::new(Code::RateExpected, typed.span, format!("{what} is a rate, and a rate is so much per time"))
                .help(format!("write `\"{text} per day\"`; for a probability at each step use `chance`"))
        }
        (Type::Number, Type::Rate) => mismatch(Code::TypeMismatch).help("multiply it by a duration, or drop `per ..`"),
        (Type::Number, Type::Duration) => {
            mismatch(Code::TypeMismatch).help(format!("divide it by a duration: `({text}) / 1 day`"))
        }
        (Type::Number, Type::Boolean) => {
            mismatch(Code::TruthInArithmetic).help(format!("write `if {text} then 1 else 0` or `indicator({text})`"))
        }
        (Type::Boolean, Type::Number) => mismatch(Code::TypeMismatch).help(format!("compare it: `{text} > 0`")),
        (Type::Boolean, Type::Enumeration(owner)) => {
            let value = typing.symbols.values(owner).first().map_or("value", String::as_str);
            mismatch(Code::EnumerationComparison).help(format!("write `{text} is {value}`"))
        }
        (Type::Enumeration(owner), _) => {
            let list = list(typing.symbols.values(owner));
            Diagnostic::new(
                Code::UnknownValue,
                typed.span,
                format!("`{}` holds one of {list}, and this is {}", typing.symbols.owner_id(owner), typed.kind.name()),
            )
            .help("write the name of a value")
        }
        _ => mismatch(Code::TypeMismatch).help(format!("give {}", wanted.name())),
    }
}

/// Names in backticks with commas.
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A name that stands for no value.
pub(super) fn not_a_value(
    typing: &Typing,
    name: &Name,
    symbol: Option<Symbol>,
    scope: &Scope,
    owner: Option<EnumerationOwner>,
) -> Diagnostic {
    let word = name.text.as_str();
    let at = |code, message: String| Diagnostic::new(code, name.span, message);
    match symbol {
        Some(Symbol::Attribute(_)) => {
            let diagnostic = at(Code::WhoseAttribute, format!("whose `{word}`? it is an attribute"));
            if scope.slot("actor").is_some() {
                diagnostic.help(format!("write `actor.{word}`, or name somebody: `somebody.{word}`"))
            } else {
                let holder = typing.raw.actors.iter().find(|(_, actor)| actor.cells.contains_key(word));
                let who = holder.map_or("somebody", |(id, _)| id.as_str());
                diagnostic.help(format!("write `{who}.{word}`, or fold over a group"))
            }
        }
        Some(Symbol::Relation(_)) => needs_pair(word, name.span),
        Some(Symbol::Actor(_)) => at(Code::TypeMismatch, format!("`{word}` is an actor, not a value"))
            .help(format!("write one of its attributes, `{word}.NAME`, or compare actors with `is`")),
        Some(Symbol::Group(_)) => at(Code::TypeMismatch, format!("`{word}` is a group, not a value"))
            .help(format!("use a fold, `count(m in {word}: ..)`, or `size({word})`")),
        Some(Symbol::Clock(_)) => at(Code::TypeMismatch, format!("`{word}` is a clock, not a value"))
            .help(format!("write `running({word})`, `expired({word})` or `remaining({word})`")),
        _ if scope.slot(word).is_some() || word == "actor" || word == "target" => {
            if scope.slot(word).is_some() {
                at(Code::TypeMismatch, format!("`{word}` is an actor, not a value"))
                    .help(format!("write one of its attributes, `{word}.NAME`"))
            } else {
                scope.no_such_actor(name)
            }
        }
        _ if typing.symbols.happenings.contains_key(word) => {
            let kind = if typing.raw.rules.contains_key(word) { "a rule" } else { "a choice" };
            let place = typing.symbols.happenings[word];
            at(Code::RuleAsCondition, format!("`{word}` is {kind}, not a condition"))
                .also(place, kind)
                .help(format!("write `fired({word})` or `since({word}) < 48 hours`"))
        }
        _ if word == "own_start" => at(Code::NotVisible, "`own_start` is known only in `rest`".to_owned())
            .help("make the start value a parameter and use it in both places"),
        _ => {
            if let Some(owner) = owner {
                return unknown_value(typing, word, name.span, owner);
            }
            let mut known: Vec<&str> = typing.symbols.shared.keys().map(String::as_str).collect();
            known.extend(scope.actors.iter().flatten().map(String::as_str));
            known.extend(scope.draws.iter().map(|(name, _)| name.as_str()));
            known.extend(scope.values.iter().map(|(name, ..)| name.as_str()));
            let value = values_called(typing, word);
            let diagnostic = at(Code::UnknownName, format!("there is no `{word}`")).label("not declared");
            if let Some(owner) = value {
                return diagnostic.help(format!(
                    "`{word}` is a value of `{}` and understood only beside it: `x.{} is {word}`",
                    typing.symbols.owner_id(owner),
                    typing.symbols.owner_id(owner)
                ));
            }
            match suggest(word, known.iter().copied()) {
                Some(near) => typing.symbols.did_you_mean(diagnostic, &near),
                None => match suggest(word, typing.symbols.happenings.keys().map(String::as_str)) {
                    Some(near) => diagnostic.help(format!("did you mean `fired({near})`?")),
                    None => diagnostic.help(format!("declare it, for instance as a parameter: `[parameters.{word}]`")),
                },
            }
        }
    }
}

/// An enumeration that has a value of this name.
fn values_called(typing: &Typing, word: &str) -> Option<EnumerationOwner> {
    let symbols = typing.symbols;
    let has = |values: &[String]| values.iter().any(|value| value == word);
    (0..symbols.attributes.len())
        .map(EnumerationOwner::Attribute)
        .chain((0..symbols.relations.len()).map(EnumerationOwner::Relation))
        .chain((0..symbols.state.len()).map(EnumerationOwner::State))
        .find(|owner| has(symbols.values(*owner)))
}

/// `hostility` without its pair.
pub(super) fn needs_pair(relation: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::NeedsPair, span, format!("`{relation}` is between two actors"))
        .help(format!("write `{relation}(a, b)`: from a towards b"))
}

/// `x.name` where name is no attribute.
pub(super) fn not_an_attribute(
    typing: &Typing,
    holder: &Expression,
    name: &Name,
    symbol: Option<Symbol>,
) -> Diagnostic {
    let word = &name.text;
    if matches!(symbol, Some(Symbol::Relation(_))) {
        let holder = print(holder);
        return Diagnostic::new(Code::NeedsPair, name.span, format!("`{word}` is between two actors"))
            .help(format!("write `{word}({holder}, ..)`: from {holder} towards somebody"));
    }
    if let Kind::Member { name: relation, owner } = &holder.kind
        && matches!(typing.symbols.find(&relation.text), Some(Symbol::Relation(_)))
    {
        return Diagnostic::new(
            Code::NeedsPair,
            holder.span.to(name.span),
            format!("`{}` is between two actors", relation.text),
        )
        .help(format!("write `{}({}, {word})`", relation.text, print(owner)));
    }
    if let Kind::Name(choice) = &holder.kind
        && typing.raw.choices.get(choice).is_some_and(|choice| choice.options.contains_key(word))
    {
        return Diagnostic::new(
            Code::RuleAsCondition,
            holder.span.to(name.span),
            format!("`{choice}.{word}` is an option, not a condition"),
        )
        .help(format!("write `fired({choice}.{word})`"));
    }
    let diagnostic = match symbol {
        Some(symbol) => Diagnostic::new(
            Code::UnknownAttribute,
            name.span,
            format!("`{word}` is {}, not an attribute", symbol.kind()),
        ),
        None => Diagnostic::new(Code::UnknownAttribute, name.span, format!("there is no attribute `{word}`")),
    };
    let attributes = typing.symbols.attributes.iter().map(|attribute| attribute.id.as_str());
    match suggest(word, attributes).or_else(|| suggest(word, typing.symbols.shared.keys().map(String::as_str))) {
        Some(near) if near != *word => typing.symbols.did_you_mean(diagnostic, &near),
        _ => match symbol {
            Some(Symbol::State(_) | Symbol::Parameter(_) | Symbol::Definition(_)) => {
                diagnostic.help(format!("write `{word}` alone: it belongs to nobody"))
            }
            _ => diagnostic.help(format!("declare it: `[attributes.{word}]`")),
        },
    }
}

/// A call of something that is no function.
pub(super) fn not_a_function(typing: &Typing, function: &Name, symbol: Option<Symbol>) -> Diagnostic {
    let word = function.text.as_str();
    if let Some(symbol) = symbol {
        let diagnostic = Diagnostic::new(
            Code::WrongArguments,
            function.span,
            format!("`{word}` is {} and takes no arguments", symbol.kind()),
        );
        return match symbol {
            Symbol::Attribute(_) => diagnostic.help(format!("write `somebody.{word}`")),
            Symbol::Clock(_) => diagnostic.help(format!("write `running({word})` or `expired({word})`")),
            _ => diagnostic.help(format!("write `{word}`")),
        };
    }
    if typing.symbols.happenings.contains_key(word) {
        return Diagnostic::new(
            Code::RuleAsCondition,
            function.span,
            format!("`{word}` is a rule or choice, not a function"),
        )
        .help(format!("write `fired({word}, ..)` or `since({word}, ..)`"));
    }
    if DISTRIBUTIONS.iter().any(|(name, _)| *name == word) {
        return Diagnostic::new(Code::RandomInExpression, function.span, "expressions draw no random numbers")
            .help(format!("add `draws = {{ size = {{ {word} = {{ .. }} }} }}` and write `size` here"));
    }
    let diagnostic = Diagnostic::new(Code::UnknownName, function.span, format!("there is no function `{word}`"));
    let known = FUNCTIONS
        .iter()
        .map(|function| function.name)
        .chain(typing.symbols.relations.iter().map(|relation| relation.id.as_str()))
        .chain(typing.raw.definitions.keys().map(String::as_str));
    let everyday = [
        ("maximum", "max"),
        ("minimum", "min"),
        ("log", "ln"),
        ("iff", "if .. then .. else"),
        ("sigmoid", "logistic"),
        ("happened", "fired"),
        ("elapsed", "running"),
        ("lower", "min"),
        ("upper", "max"),
        ("pow", "x ^ y"),
        ("avg", "mean"),
    ];
    match suggest(word, known)
        .or_else(|| everyday.iter().find(|(from, _)| *from == word).map(|(_, to)| (*to).to_owned()))
    {
        Some(near) => typing.symbols.did_you_mean(diagnostic, &near),
        None => diagnostic.help(format!("use one of {}", list(&FUNCTIONS.iter().map(|f| f.name).collect::<Vec<_>>()))),
    }
}

/// Arithmetic between things that do not mix.
pub(super) fn cannot_compute(
    operator: Arithmetic,
    left: &Expression,
    typed_left: &Typed,
    right: &Expression,
    typed_right: &Typed,
    span: Span,
) -> Diagnostic {
    let (a, b) = (typed_left.kind, typed_right.kind);
    let sentence = match operator {
        Arithmetic::Add => format!("cannot add {} and {}", a.name(), b.name()),
        Arithmetic::Subtract => format!("cannot subtract {} from {}", b.name(), a.name()),
        Arithmetic::Multiply => format!("cannot multiply {} and {}", a.name(), b.name()),
        Arithmetic::Divide => format!("cannot divide {} by {}", a.name(), b.name()),
        Arithmetic::Power | Arithmetic::WholePower => format!("cannot raise {} to {}", a.name(), b.name()),
    };
    if a == Type::Boolean || b == Type::Boolean {
        let truth = print(if a == Type::Boolean { left } else { right });
        return Diagnostic::new(Code::TruthInArithmetic, span, sentence)
            .help(format!("write `if {truth} then 1 else 0`, or inside a fold put it behind `where`"));
    }
    let diagnostic = Diagnostic::new(Code::TypeMismatch, span, sentence)
        .also(typed_left.span, a.name())
        .also(typed_right.span, b.name());
    match (a, b) {
        (Type::Duration, Type::Number) | (Type::Number, Type::Duration) => {
            let number = print(if a == Type::Number { left } else { right });
            diagnostic.help(format!("give the number a unit: `{number} days`"))
        }
        (Type::Rate, Type::Number) | (Type::Number, Type::Rate) => {
            let number = print(if a == Type::Number { left } else { right });
            diagnostic.help(format!("write `({number} per day)`"))
        }
        (Type::Duration, Type::Date) => diagnostic.help("write the date first: `date + duration`"),
        _ => diagnostic.help("bring both to one unit"),
    }
}

/// A comparison between things that do not compare.
pub(super) fn cannot_compare(
    left: &Expression,
    typed_left: &Typed,
    right: &Expression,
    typed_right: &Typed,
    span: Span,
) -> Diagnostic {
    let (a, b) = (typed_left.kind, typed_right.kind);
    if a == Type::Boolean && b == Type::Boolean {
        return Diagnostic::new(Code::TypeMismatch, span, "a yes/no is not compared, it is one already").help(format!(
            "write `{}` or `not {}`",
            print(left),
            print(left)
        ));
    }
    let diagnostic =
        Diagnostic::new(Code::TypeMismatch, span, format!("cannot compare {} with {}", a.name(), b.name()));
    match (a, b) {
        (Type::Duration, Type::Number) => diagnostic.help(format!("write `{} days`", print(right))),
        (Type::Number, Type::Duration) => diagnostic.help(format!("write `{} days`", print(left))),
        (Type::Rate, Type::Number) => diagnostic.help(format!("write `({} per day)`", print(right))),
        (Type::Number, Type::Rate) => diagnostic.help(format!("write `({} per day)`", print(left))),
        (Type::Date, Type::Number) | (Type::Number, Type::Date) => {
            diagnostic.help("count days with `day`, dates with `today`")
        }
        (Type::Boolean, _) => diagnostic.help(format!("write `{}` alone: it is a condition already", print(left))),
        _ => diagnostic.help("bring both to one unit"),
    }
}

/// `m.posture == deployed`
pub(super) fn enumeration_compared(
    typing: &Typing,
    left: &Expression,
    right: &Expression,
    owner: EnumerationOwner,
    span: Span,
) -> Diagnostic {
    let value = match &right.kind {
        Kind::Name(name) => name.clone(),
        _ => typing.symbols.values(owner).first().cloned().unwrap_or_default(),
    };
    Diagnostic::new(Code::EnumerationComparison, span, "an enumeration is compared with `is`, without quotes")
        .help(format!("write `{} is {value}`", print(left)))
}

/// `is` between values: told how to compare them. None if both may be actors.
pub(super) fn is_of_values(
    typing: &mut Typing,
    left: &Expression,
    right: &Expression,
    scope: &mut Scope,
    span: Span,
) -> Option<Diagnostic> {
    for side in [left, right] {
        let value = match &side.kind {
            Kind::Name(name) => matches!(
                typing.symbols.find(name),
                Some(Symbol::Parameter(_) | Symbol::State(_) | Symbol::Definition(_) | Symbol::Attribute(_))
            ),
            _ => true,
        };
        if value {
            let before = typing.diagnostics.len();
            let kind = typing.expression(side, scope, None).kind;
            if kind == Type::Wrong {
                // Its own mistake is told already; a second message would only confuse.
                return (typing.diagnostics.len() > before).then(|| typing.diagnostics.pop()).flatten();
            }
            let help = match (&kind, &side.kind) {
                (Type::Boolean, _) => format!("write `{}` or `not {}`", print(side), print(side)),
                _ => format!("write `{} == {}`", print(left), print(right)),
            };
            return Some(
                Diagnostic::new(
                    Code::TypeMismatch,
                    span,
                    format!("`is` compares actors or enumeration values, and this is {}", kind.name()),
                )
                .help(help),
            );
        }
    }
    None
}

/// A name that is no value of the enumeration.
pub(super) fn unknown_value(typing: &Typing, word: &str, span: Span, owner: EnumerationOwner) -> Diagnostic {
    let values = typing.symbols.values(owner);
    let diagnostic = Diagnostic::new(
        Code::UnknownValue,
        span,
        format!("`{}` has no value `{word}`: {}", typing.symbols.owner_id(owner), list(values)),
    );
    match suggest(word, values.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("write one of {}", list(values))),
    }
}

/// A fold over something that it does not take.
pub(super) fn fold_of(kind: FoldKind, found: Type, span: Span) -> Diagnostic {
    let name = kind.word();
    let diagnostic =
        Diagnostic::new(Code::TypeMismatch, span, format!("`{name}` takes numbers, and this is {}", found.name()));
    if found == Type::Boolean {
        return diagnostic.help("write `count(..)` for how many, `share(..)` for which part, `any(..)` or `all(..)`");
    }
    diagnostic.help("fold over numbers, durations or rates")
}

/// Is there a rule, choice or option of this name?
pub(super) fn happening_exists(raw: &Raw, id: &str) -> bool {
    match id.split_once('.') {
        Some((choice, option)) => raw.choices.get(choice).is_some_and(|choice| choice.options.contains_key(option)),
        None => raw.rules.contains_key(id) || raw.choices.contains_key(id),
    }
}

/// Does it have an actor, a target?
pub(super) fn shape_of_happening(raw: &Raw, id: &str) -> (bool, bool) {
    let (name, option) = id.split_once('.').map_or((id, None), |(choice, option)| (choice, Some(option)));
    let opportunity = raw
        .rules
        .get(name)
        .map(|rule| &rule.opportunity)
        .or_else(|| raw.choices.get(name).map(|choice| &choice.opportunity));
    let own_target = option
        .and_then(|option| raw.choices.get(name)?.options.get(option))
        .is_some_and(|option| option.target.is_some());
    opportunity
        .map_or((false, false), |opportunity| (opportunity.actor.is_some(), opportunity.target.is_some() || own_target))
}

/// `fired(x)` of nothing that can fire.
pub(super) fn unknown_event(typing: &Typing, id: &str, expression: &Expression) -> Diagnostic {
    let written = print(expression);
    let diagnostic =
        Diagnostic::new(Code::UnknownEvent, expression.span, format!("there is no rule, choice or option `{written}`"));
    let mut known: Vec<String> = typing.symbols.happenings.keys().cloned().collect();
    for (choice_id, choice) in &typing.raw.choices {
        for option in choice.options.keys() {
            if option == id {
                return diagnostic.help(format!("write `{choice_id}.{option}`: an option is named with its choice"));
            }
            known.push(format!("{choice_id}.{option}"));
        }
    }
    match suggest(id, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("name a rule, a choice or `choice.option`"),
    }
}
