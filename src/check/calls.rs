//! Calls and folds: functions of values, questions about events and clocks, relations, definitions.

use super::scope::{Place, Scope};
use super::symbols::Symbol;
use super::typed::{Node, Type, Typed, TypedFold};
use super::typing::Typing;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Calendar, EventTest, FoldKind, Function};
use crate::scenario::expression::ast::{self, Expression, Kind, Name};
use crate::scenario::expression::words::is_reserved;

impl Typing<'_> {
    /// `f(a, b)`
    pub(super) fn call(&mut self, function: &Name, arguments: &[Expression], scope: &mut Scope, span: Span) -> Typed {
        let typed = |node, kind| Typed { node, kind, span };
        let name = function.text.as_str();
        let constant = match scope.place {
            Place::Constant(what) => Some(what),
            _ => None,
        };
        match name {
            "min" | "max" | "clamp" | "abs" => self.same_kind(function, arguments, scope, span),
            "floor" | "exp" | "ln" | "sqrt" | "logistic" => {
                if !self.arity(function, arguments, 1..=1) {
                    return Typed::wrong(span);
                }
                let argument = self.expect(&arguments[0], scope, Type::Number, &format!("`{name}`"));
                if argument.is_wrong() {
                    return argument;
                }
                let function = match name {
                    "floor" => Function::Floor,
                    "exp" => Function::Exponential,
                    "ln" => Function::Logarithm,
                    "sqrt" => Function::SquareRoot,
                    _ => Function::Logistic,
                };
                typed(Node::Function(function, vec![argument]), Type::Number)
            }
            "indicator" => {
                if !self.arity(function, arguments, 1..=1) {
                    return Typed::wrong(span);
                }
                let argument = self.expect(&arguments[0], scope, Type::Boolean, "`indicator`");
                // A yes/no is held as 0 or 1 already.
                Typed { kind: if argument.is_wrong() { Type::Wrong } else { Type::Number }, ..argument }
            }
            "month" | "weekday" | "year" => {
                if !self.arity(function, arguments, 1..=1) {
                    return Typed::wrong(span);
                }
                let argument = self.expect(&arguments[0], scope, Type::Date, &format!("`{name}`"));
                if argument.is_wrong() {
                    return argument;
                }
                let part = match name {
                    "month" => Calendar::Month,
                    "weekday" => Calendar::Weekday,
                    _ => Calendar::Year,
                };
                typed(Node::Calendar(part, Box::new(argument)), Type::Number)
            }
            "fired" | "times" | "since" | "first" | "ended" | "pressure" | "running" | "expired" | "remaining"
            | "size"
                if constant.is_some() =>
            {
                let what = constant.unwrap_or("a constant");
                self.fail(
                    span,
                    Diagnostic::new(
                        Code::NotConstant,
                        function.span,
                        format!("{what} reads literals and parameters only, not `{name}`"),
                    )
                    .help("write a number or a parameter"),
                )
            }
            "fired" | "times" | "since" | "first" => self.events(function, arguments, scope, span),
            "ended" => self.ended(function, arguments, scope, span),
            "pressure" => {
                if !self.arity(function, arguments, 2..=2) {
                    return Typed::wrong(span);
                }
                match (self.actor(&arguments[0], scope), self.actor(&arguments[1], scope)) {
                    (Some(from), Some(to)) => typed(Node::Pressure(from, to), Type::Rate),
                    _ => Typed::wrong(span),
                }
            }
            "running" | "expired" | "remaining" => {
                if !self.arity(function, arguments, 1..=1) {
                    return Typed::wrong(span);
                }
                let Some(clock) = self.clock(&arguments[0]) else { return Typed::wrong(span) };
                match name {
                    "running" => typed(Node::Running(clock), Type::Boolean),
                    "expired" => typed(Node::Expired(clock), Type::Boolean),
                    _ => typed(Node::Remaining(clock), Type::Duration),
                }
            }
            "size" => {
                if !self.arity(function, arguments, 1..=1) {
                    return Typed::wrong(span);
                }
                let group = match &arguments[0].kind {
                    Kind::Name(text) => self.group(&Name { text: text.clone(), span: arguments[0].span }),
                    _ => {
                        let diagnostic =
                            Diagnostic::new(Code::NotAGroup, arguments[0].span, "`size` takes the name of a group")
                                .help("write `size(actors)`");
                        self.report(diagnostic);
                        None
                    }
                };
                group.map_or(Typed::wrong(span), |group| typed(Node::Size(group), Type::Number))
            }
            _ => self.named_call(function, arguments, scope, span),
        }
    }

    fn named_call(&mut self, function: &Name, arguments: &[Expression], scope: &mut Scope, span: Span) -> Typed {
        match self.symbols.find(&function.text) {
            Some(Symbol::Relation(relation)) => {
                if let Place::Constant(what) = scope.place {
                    return self.fail(
                        span,
                        Diagnostic::new(Code::NotConstant, span, format!("{what} reads literals and parameters only"))
                            .help("make the shared number a parameter and use it in both places"),
                    );
                }
                if arguments.len() != 2 {
                    let diagnostic = words::needs_pair(&function.text, function.span);
                    return self.fail(span, diagnostic);
                }
                match (self.actor(&arguments[0], scope), self.actor(&arguments[1], scope)) {
                    (Some(from), Some(to)) => Typed {
                        node: Node::Relation { relation, from, to },
                        kind: self.symbols.relations[relation].kind,
                        span,
                    },
                    _ => Typed::wrong(span),
                }
            }
            Some(Symbol::Definition(index)) => self.definition(index, function, arguments, scope, span),
            symbol => {
                let diagnostic = words::not_a_function(self, function, symbol);
                self.fail(span, diagnostic)
            }
        }
    }

    /// `min max abs clamp`: of numbers, durations or rates, all of one kind.
    fn same_kind(&mut self, function: &Name, arguments: &[Expression], scope: &mut Scope, span: Span) -> Typed {
        let (range, which) = match function.text.as_str() {
            "min" => (2..=usize::MAX, Function::Minimum),
            "max" => (2..=usize::MAX, Function::Maximum),
            "clamp" => (3..=3, Function::Clamp),
            _ => (1..=1, Function::Absolute),
        };
        if !self.arity(function, arguments, range) {
            return Typed::wrong(span);
        }
        let arguments: Vec<Typed> = arguments.iter().map(|argument| self.expression(argument, scope, None)).collect();
        if arguments.iter().any(Typed::is_wrong) {
            return Typed::wrong(span);
        }
        let kind = arguments[0].kind;
        for argument in &arguments {
            let fits = matches!(argument.kind, Type::Number | Type::Duration | Type::Rate) && argument.kind == kind;
            if !fits {
                let message = if argument.kind == kind {
                    format!("`{}` takes numbers, durations or rates, not {}", function.text, kind.name())
                } else {
                    format!("`{}` mixes {} and {}", function.text, kind.name(), argument.kind.name())
                };
                return self.fail(
                    span,
                    Diagnostic::new(Code::TypeMismatch, argument.span, message).help("give all the same unit"),
                );
            }
        }
        Typed { node: Node::Function(which, arguments), kind, span }
    }

    fn arity(&mut self, function: &Name, arguments: &[Expression], range: std::ops::RangeInclusive<usize>) -> bool {
        if range.contains(&arguments.len()) {
            return true;
        }
        let expected = if range.start() == range.end() {
            words::count(*range.start(), "argument")
        } else if *range.end() == usize::MAX {
            format!("{} or more arguments", range.start())
        } else {
            format!("{} to {} arguments", range.start(), range.end())
        };
        self.report(
            Diagnostic::new(
                Code::WrongArguments,
                function.span,
                format!("`{}` takes {expected} and got {}", function.text, arguments.len()),
            )
            .help(words::example_of(&function.text)),
        );
        false
    }

    fn events(&mut self, function: &Name, arguments: &[Expression], scope: &mut Scope, span: Span) -> Typed {
        if !self.arity(function, arguments, 1..=3) {
            return Typed::wrong(span);
        }
        if function.text == "first" && scope.place != Place::Query {
            return self.fail(
                span,
                Diagnostic::new(
                    Code::NotVisible,
                    function.span,
                    "`first` is known only to queries, when the run is over",
                )
                .help("write `fired(..)` or `since(..)`"),
            );
        }
        let Some(happening) = self.happening(&arguments[0]) else { return Typed::wrong(span) };
        let (has_actor, has_target) = words::shape_of_happening(self.raw, &happening.id);
        let allowed = 1 + usize::from(has_actor) + usize::from(has_actor && has_target);
        if arguments.len() > allowed {
            return self.fail(
                span,
                Diagnostic::new(
                    Code::WrongArguments,
                    arguments[allowed].span,
                    format!("`{}` has no {}", happening.id, if has_actor { "target" } else { "actor" }),
                )
                .help(format!("write `{}({})`", function.text, happening.id)),
            );
        }
        let mut terms = [None, None];
        for (term, argument) in terms.iter_mut().zip(&arguments[1..]) {
            match self.actor(argument, scope) {
                Some(actor) => *term = Some(actor),
                None => return Typed::wrong(span),
            }
        }
        let (test, kind) = match function.text.as_str() {
            "fired" => (EventTest::Fired, Type::Boolean),
            "times" => (EventTest::Times, Type::Number),
            "since" => (EventTest::Since, Type::Duration),
            _ => (EventTest::First, Type::Duration),
        };
        Typed { node: Node::Events { test, happening, actor: terms[0], target: terms[1] }, kind, span }
    }

    fn ended(&mut self, function: &Name, arguments: &[Expression], scope: &mut Scope, span: Span) -> Typed {
        if !self.arity(function, arguments, 1..=1) {
            return Typed::wrong(span);
        }
        if scope.place != Place::Query {
            return self.fail(
                span,
                Diagnostic::new(
                    Code::NotVisible,
                    function.span,
                    "`ended` is known only to queries, when the run is over",
                )
                .help("write the outcome's own condition"),
            );
        }
        let text = match &arguments[0].kind {
            Kind::Name(text) => text.as_str(),
            _ => "",
        };
        match self.raw.outcomes.iter().position(|outcome| outcome.id == text) {
            Some(outcome) => Typed { node: Node::Ended(outcome), kind: Type::Boolean, span },
            None => {
                let ids = self.raw.outcomes.iter().map(|outcome| outcome.id.as_str());
                let near = crate::diagnostic::suggest(text, ids.clone());
                let diagnostic =
                    Diagnostic::new(Code::UnknownName, arguments[0].span, format!("there is no outcome `{text}`"));
                let list = ids.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                self.fail(
                    span,
                    match near {
                        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                        None => diagnostic.help(format!("use one of {list}")),
                    },
                )
            }
        }
    }

    /// A clock by name.
    pub(super) fn clock(&mut self, expression: &Expression) -> Option<usize> {
        if let Kind::Name(text) = &expression.kind {
            return self.clock_name(&Name { text: text.clone(), span: expression.span });
        }
        self.report(
            Diagnostic::new(Code::UnknownName, expression.span, "this should be the name of a clock")
                .help("declare one under [clocks], for pairs use `since(rule, a, b)`"),
        );
        None
    }

    pub(super) fn clock_name(&mut self, name: &Name) -> Option<usize> {
        match self.symbols.find(&name.text) {
            Some(Symbol::Clock(clock)) => Some(clock),
            symbol => {
                let message = match symbol {
                    Some(symbol) => format!("`{}` is {}, not a clock", name.text, symbol.kind()),
                    None => format!("there is no clock `{}`", name.text),
                };
                let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message);
                let near = crate::diagnostic::suggest(&name.text, self.symbols.clocks.iter().map(String::as_str));
                let diagnostic = match near {
                    Some(near) => self.symbols.did_you_mean(diagnostic, &near),
                    None => diagnostic.help(format!("declare it: `[clocks.{}]`", name.text)),
                };
                self.report(diagnostic);
                None
            }
        }
    }

    /// Enters a variable of a fold or `for`; its slot.
    pub(super) fn enter(&mut self, variable: &Name, scope: &mut Scope) -> usize {
        let taken = self.symbols.find(&variable.text).is_some()
            || scope.draws.iter().any(|(draw, _)| *draw == variable.text)
            || scope.values.iter().any(|(value, ..)| *value == variable.text)
            || scope.slot(&variable.text).is_some();
        if taken {
            let mut diagnostic =
                Diagnostic::new(Code::HiddenName, variable.span, format!("`{}` hides another name", variable.text))
                    .help(format!(
                        "call the variable something else, such as `{}`",
                        fresh(&variable.text, self, scope)
                    ));
            if let Some(place) = self.symbols.place(&variable.text) {
                diagnostic = diagnostic.also(place, "declared here");
            }
            self.report(diagnostic);
        } else if is_reserved(&variable.text) {
            self.report(
                Diagnostic::new(
                    Code::ReservedName,
                    variable.span,
                    format!("`{}` is a word of the language", variable.text),
                )
                .help("call the variable something else, such as `m`"),
            );
        }
        scope.actors.push(Some(variable.text.clone()));
        scope.actors.len() - 1
    }

    /// `fold(v in g where c: body else e)`
    pub(super) fn fold(
        &mut self,
        fold: ast::FoldKind,
        variable: &Name,
        group: &Name,
        parts: (Option<&Expression>, &Expression, Option<&Expression>),
        scope: &mut Scope,
        span: Span,
    ) -> Typed {
        let (filter, body, otherwise) = parts;
        if let Place::Constant(what) = scope.place {
            return self.fail(
                span,
                Diagnostic::new(
                    Code::NotConstant,
                    span,
                    format!("{what} reads literals and parameters only, no folds"),
                )
                .help("write a number or a parameter"),
            );
        }
        let group = self.group(group);
        let slot = self.enter(variable, scope);
        let filter = filter.map(|filter| self.expect(filter, scope, Type::Boolean, "`where`"));
        let kind = fold_kind(fold);
        let body = match kind {
            FoldKind::Count | FoldKind::Share | FoldKind::Any | FoldKind::All => {
                self.expect(body, scope, Type::Boolean, &format!("`{}`", kind.word()))
            }
            _ => {
                let body = self.expression(body, scope, None);
                match body.kind {
                    Type::Number | Type::Duration | Type::Rate | Type::Wrong => body,
                    Type::Date if matches!(kind, FoldKind::Minimum | FoldKind::Maximum) => body,
                    other => {
                        let diagnostic = words::fold_of(kind, other, body.span);
                        self.fail(body.span, diagnostic)
                    }
                }
            }
        };
        scope.actors.pop();
        let otherwise = otherwise.map(|otherwise| self.expression(otherwise, scope, None));
        if let Some(otherwise) = &otherwise
            && !matches!(kind, FoldKind::Mean | FoldKind::Minimum | FoldKind::Maximum)
        {
            return self.fail(
                span,
                Diagnostic::new(
                    Code::WrongArguments,
                    otherwise.span,
                    format!("`{}` takes no `else`: it knows its value for nobody", kind.word()),
                )
                .help("delete the `else` part"),
            );
        }
        let wrong = body.is_wrong()
            || filter.as_ref().is_some_and(Typed::is_wrong)
            || otherwise.as_ref().is_some_and(Typed::is_wrong);
        let Some(group) = group.filter(|_| !wrong) else { return Typed::wrong(span) };
        if let Some(otherwise) = &otherwise
            && otherwise.kind != body.kind
        {
            return self.fail(
                span,
                Diagnostic::new(
                    Code::TypeMismatch,
                    otherwise.span,
                    format!("the fold gives {}, its `else` {}", body.kind.name(), otherwise.kind.name()),
                )
                .help("give both the same unit"),
            );
        }
        let result = match kind {
            FoldKind::Count | FoldKind::Share => Type::Number,
            FoldKind::Any | FoldKind::All => Type::Boolean,
            _ => body.kind,
        };
        Typed {
            node: Node::Fold(Box::new(TypedFold {
                kind,
                variable: variable.text.clone(),
                group,
                slot,
                filter,
                body,
                otherwise,
            })),
            kind: result,
            span,
        }
    }
}

fn fold_kind(fold: ast::FoldKind) -> FoldKind {
    match fold {
        ast::FoldKind::Sum => FoldKind::Sum,
        ast::FoldKind::Mean => FoldKind::Mean,
        ast::FoldKind::Min => FoldKind::Minimum,
        ast::FoldKind::Max => FoldKind::Maximum,
        ast::FoldKind::Count => FoldKind::Count,
        ast::FoldKind::Share => FoldKind::Share,
        ast::FoldKind::Any => FoldKind::Any,
        ast::FoldKind::All => FoldKind::All,
    }
}

/// A variable name that hides nothing.
fn fresh(name: &str, typing: &Typing, scope: &Scope) -> String {
    let free = |candidate: &str| {
        typing.symbols.find(candidate).is_none() && scope.slot(candidate).is_none() && !is_reserved(candidate)
    };
    ["m", "a", "b", "other"]
        .into_iter()
        .find(|candidate| free(candidate))
        .map_or_else(|| format!("each_{name}"), str::to_owned)
}
