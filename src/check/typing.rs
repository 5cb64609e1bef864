//! Names to meanings, and types: an expression as written becomes a typed one.

use std::collections::BTreeMap;

use super::definitions::{ArgumentType, Specialised};
use super::raw::Raw;
use super::scope::{Place, Scope};
use super::symbols::{Symbol, Symbols};
use super::typed::{EnumerationOwner, HappeningRef, Node, Operator, Type, Typed};
use super::{dates, words};
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::{ActorTerm, Comparison};
use crate::scenario::expression::ast::{self, Arithmetic, Expression, Kind, Name};
use crate::scenario::expression::print;

/// Turns expressions into typed ones, collecting every mistake.
pub(super) struct Typing<'a> {
    pub(super) raw: &'a Raw,
    pub(super) symbols: &'a Symbols,
    /// The type of each parameter.
    pub(super) parameter_kinds: &'a [Type],
    pub(super) start: Option<jiff::civil::DateTime>,
    /// A library checked alone: dates are allowed although no case says when the scenario starts.
    pub(super) alone: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) specialised: Vec<Specialised>,
    pub(super) cache: BTreeMap<(usize, Vec<ArgumentType>), Option<usize>>,
    pub(super) stack: Vec<usize>,
}

impl<'a> Typing<'a> {
    pub(super) fn new(
        raw: &'a Raw,
        symbols: &'a Symbols,
        parameter_kinds: &'a [Type],
        start: Option<jiff::civil::DateTime>,
        alone: bool,
    ) -> Self {
        Typing {
            raw,
            symbols,
            parameter_kinds,
            start,
            alone,
            diagnostics: Vec::new(),
            specialised: Vec::new(),
            cache: BTreeMap::new(),
            stack: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) -> Type {
        self.diagnostics.push(diagnostic);
        Type::Wrong
    }

    pub(super) fn fail(&mut self, span: Span, diagnostic: Diagnostic) -> Typed {
        self.diagnostics.push(diagnostic);
        Typed::wrong(span)
    }

    /// An expression that must have a type (`what` says whose it is).
    pub(super) fn expect(&mut self, expression: &Expression, scope: &mut Scope, wanted: Type, what: &str) -> Typed {
        let owner = match wanted {
            Type::Enumeration(owner) => Some(owner),
            _ => None,
        };
        let typed = self.expression(expression, scope, owner);
        if typed.is_wrong() || typed.kind == wanted {
            return typed;
        }
        let diagnostic = words::wanted(self, &typed, expression, wanted, what);
        self.fail(typed.span, diagnostic)
    }

    /// An expression of any type but an actor. `owner`: the enumeration whose values may stand here bare.
    pub(super) fn expression(
        &mut self,
        expression: &Expression,
        scope: &mut Scope,
        owner: Option<EnumerationOwner>,
    ) -> Typed {
        let span = expression.span;
        let typed = |node, kind| Typed { node, kind, span };
        match &expression.kind {
            Kind::Number(number) => typed(Node::Constant(*number), Type::Number),
            Kind::Boolean(truth) => typed(Node::Constant(f64::from(u8::from(*truth))), Type::Boolean),
            Kind::Duration(amount, unit) => typed(Node::Constant(unit.days(*amount)), Type::Duration),
            Kind::Date(date) => self.date(*date, span),
            Kind::Name(name) => self.name(&Name { text: name.clone(), span }, scope, owner),
            Kind::Call { function, arguments } => self.call(function, arguments, scope, span),
            Kind::Member { owner: holder, name } => self.member(holder, name, scope, span),
            Kind::Fold { fold, variable, group, filter, body, otherwise } => {
                let parts = (filter.as_deref(), body.as_ref(), otherwise.as_deref());
                self.fold(*fold, variable, group, parts, scope, span)
            }
            Kind::Negative(inner) => {
                let inner = self.expression(inner, scope, None);
                match inner.kind {
                    Type::Number | Type::Duration | Type::Rate => {
                        let kind = inner.kind;
                        typed(Node::Negative(Box::new(inner)), kind)
                    }
                    Type::Wrong => Typed::wrong(span),
                    kind => self.fail(
                        span,
                        Diagnostic::new(
                            Code::TypeMismatch,
                            span,
                            format!("cannot take the negative of {}", kind.name()),
                        )
                        .help("write `not ..` for the opposite of a yes/no"),
                    ),
                }
            }
            Kind::Not(inner) => {
                let inner = self.expect(inner, scope, Type::Boolean, "`not`");
                if inner.is_wrong() { inner } else { typed(Node::Not(Box::new(inner)), Type::Boolean) }
            }
            Kind::And(parts) => self.connect(parts, scope, span, "`and`", Node::And),
            Kind::Or(parts) => self.connect(parts, scope, span, "`or`", Node::Or),
            Kind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, scope, span),
            Kind::Compare(comparison, left, right) => self.compare(*comparison, left, right, scope, span),
            Kind::Is { left, negated, right } => self.is(left, *negated, right, scope, span),
            Kind::In { left, negated, group } => {
                let (term, group) = (self.actor(left, scope), self.group(group));
                match (term, group) {
                    (Some(term), Some(group)) => negate(typed(Node::InGroup(term, group), Type::Boolean), *negated),
                    _ => Typed::wrong(span),
                }
            }
            Kind::If(condition, then, otherwise) => {
                let condition = self.expect(condition, scope, Type::Boolean, "the condition of `if`");
                let then = self.expression(then, scope, owner);
                let otherwise = self.expression(otherwise, scope, owner);
                if condition.is_wrong() || then.is_wrong() || otherwise.is_wrong() {
                    return Typed::wrong(span);
                }
                if then.kind != otherwise.kind {
                    return self.fail(
                        span,
                        Diagnostic::new(
                            Code::TypeMismatch,
                            otherwise.span,
                            format!("`then` gives {}, `else` gives {}", then.kind.name(), otherwise.kind.name()),
                        )
                        .also(then.span, then.kind.name())
                        .help("give both the same kind of value"),
                    );
                }
                let kind = then.kind;
                typed(Node::If(Box::new(condition), Box::new(then), Box::new(otherwise)), kind)
            }
            Kind::Per(value, amount, unit) => {
                let value = self.expect(value, scope, Type::Number, "what stands before `per`");
                let days = unit.days(amount.unwrap_or(1.0));
                if value.is_wrong() {
                    return value;
                }
                if days <= 0.0 {
                    return self.fail(
                        span,
                        Diagnostic::new(Code::RateExpected, span, "a rate is so much per a time above 0")
                            .help("write `per day`, `per 30 days`"),
                    );
                }
                let days = Typed { node: Node::Constant(days), kind: Type::Duration, span };
                typed(Node::Binary(Operator::Divide, Box::new(value), Box::new(days)), Type::Rate)
            }
        }
    }

    fn date(&mut self, date: ast::DateLiteral, span: Span) -> Typed {
        let Some((date, _)) = dates::datetime(date) else {
            return self.fail(
                span,
                Diagnostic::new(Code::BadDate, span, "there is no such day")
                    .help("write an existing date, year-month-day"),
            );
        };
        match self.start {
            Some(start) => Typed { node: Node::Constant(dates::days_since(start, date)), kind: Type::Date, span },
            None if self.alone => Typed { node: Node::Constant(0.0), kind: Type::Date, span },
            None => self.fail(span, self.no_start(span)),
        }
    }

    pub(super) fn no_start(&self, span: Span) -> Diagnostic {
        Diagnostic::new(Code::NoStartDate, span, "the scenario has no start date, so there are no dates")
            .help("add `start = 2023-07-26` to [scenario], or count with `day`")
    }

    fn name(&mut self, name: &Name, scope: &mut Scope, owner: Option<EnumerationOwner>) -> Typed {
        let typed = |node, kind| Typed { node, kind, span: name.span };
        if let Some(owner) = owner
            && let Some(position) = self.symbols.values(owner).iter().position(|value| *value == name.text)
        {
            return typed(Node::Constant(position as f64), Type::Enumeration(owner));
        }
        if let Some(position) = scope.draws.iter().position(|(draw, _)| *draw == name.text) {
            return typed(Node::Draw(position), scope.draws[position].1);
        }
        if let Some((_, slot, kind)) = scope.values.iter().find(|(value, ..)| *value == name.text) {
            return typed(Node::ValueArgument(*slot), *kind);
        }
        let constant = match scope.place {
            Place::Constant(what) => Some(what),
            _ => None,
        };
        match name.text.as_str() {
            "never" => return typed(Node::Constant(crate::model::NEVER_DAYS), Type::Duration),
            "own_start" if scope.own_start => return typed(Node::OwnStart, Type::Number),
            "day" | "today" if constant.is_some() => {}
            "day" => return typed(Node::Now, Type::Number),
            "today" if self.start.is_none() && !self.alone => return self.fail(name.span, self.no_start(name.span)),
            "today" => return typed(Node::Now, Type::Date),
            _ => {}
        }
        match self.symbols.find(&name.text) {
            Some(Symbol::Parameter(index)) => match self.parameter_kinds.get(index).copied().unwrap_or(Type::Wrong) {
                Type::Wrong => Typed::wrong(name.span),
                kind => typed(Node::Parameter(index), kind),
            },
            Some(_) | None if constant.is_some() => {
                let what = constant.unwrap_or("a constant");
                let mut diagnostic = Diagnostic::new(
                    Code::NotConstant,
                    name.span,
                    format!("{what} reads literals and parameters only, and `{}` is neither", name.text),
                );
                if self.symbols.find(&name.text).is_none() {
                    let parameters = self.symbols.parameters.iter().map(String::as_str);
                    diagnostic = match suggest(&name.text, parameters) {
                        Some(near) => self.symbols.did_you_mean(diagnostic, &near),
                        None => diagnostic.help(format!("declare it: `[parameters.{}]`", name.text)),
                    };
                }
                self.fail(name.span, diagnostic)
            }
            Some(Symbol::State(index)) => typed(Node::State(index), self.symbols.state[index].kind),
            Some(Symbol::Definition(index)) => self.definition(index, name, &[], scope, name.span),
            symbol => {
                let diagnostic = words::not_a_value(self, name, symbol, scope, owner);
                self.fail(name.span, diagnostic)
            }
        }
    }

    /// Who is meant by an expression that must be an actor.
    pub(super) fn actor(&mut self, expression: &Expression, scope: &Scope) -> Option<ActorTerm> {
        let Kind::Name(text) = &expression.kind else {
            let diagnostic = Diagnostic::new(
                Code::UnknownActor,
                expression.span,
                format!("an actor is named, not computed: `{}` is no name", print(expression)),
            )
            .help("write the name of an actor, `actor`, `target` or a variable of a fold");
            self.report(diagnostic);
            return None;
        };
        let name = Name { text: text.clone(), span: expression.span };
        if let Some(slot) = scope.slot(text) {
            return Some(ActorTerm::Slot(slot));
        }
        if text == "actor" || text == "target" {
            self.report(scope.no_such_actor(&name));
            return None;
        }
        match self.symbols.find(text) {
            Some(Symbol::Actor(actor)) => Some(ActorTerm::Actor(actor)),
            Some(Symbol::Group(_)) => {
                let diagnostic = Diagnostic::new(
                    Code::UnknownActor,
                    name.span,
                    format!("`{text}` is a group, and one actor is asked for"),
                )
                .help(format!("name one of its members, or use a fold: `any(m in {text}: ..)`"));
                self.report(diagnostic);
                None
            }
            _ => {
                let diagnostic = self.symbols.unknown_actor(&name);
                self.report(diagnostic);
                None
            }
        }
    }

    /// The group of a fold, `for`, `in`, `join`, `leave`, `size`.
    pub(super) fn group(&mut self, name: &Name) -> Option<usize> {
        match self.symbols.find(&name.text) {
            Some(Symbol::Group(group)) => Some(group),
            Some(Symbol::Actor(_)) => {
                let with: Vec<&str> = self
                    .symbols
                    .groups
                    .iter()
                    .map(|group| group.id.as_str())
                    .filter(|id| id.contains(&name.text))
                    .collect();
                let mut diagnostic =
                    Diagnostic::new(Code::NotAGroup, name.span, format!("`{}` is an actor, not a group", name.text));
                diagnostic = if with.is_empty() {
                    diagnostic.help("declare a group of its members under [groups]")
                } else {
                    diagnostic.help(format!("write a group, such as `{}`", with.join("`, `")))
                };
                self.report(diagnostic);
                None
            }
            _ => {
                let groups = self.symbols.groups.iter().map(|group| group.id.as_str());
                let near = suggest(&name.text, groups);
                let diagnostic = match near {
                    Some(near) => {
                        let diagnostic =
                            Diagnostic::new(Code::NotAGroup, name.span, format!("there is no group `{}`", name.text));
                        self.symbols.did_you_mean(diagnostic, &near)
                    }
                    None => Diagnostic::new(Code::NotAGroup, name.span, format!("there is no group `{}`", name.text))
                        .help(format!("declare it under [groups]: `{} = [\"..\"]`", name.text)),
                };
                self.report(diagnostic);
                None
            }
        }
    }

    fn member(&mut self, holder: &Expression, name: &Name, scope: &mut Scope, span: Span) -> Typed {
        if let Place::Constant(what) = scope.place {
            return self.fail(
                span,
                Diagnostic::new(Code::NotConstant, span, format!("{what} reads literals and parameters only"))
                    .help("make the shared number a parameter and use it in both places"),
            );
        }
        match self.symbols.find(&name.text) {
            Some(Symbol::Attribute(attribute)) => match self.actor(holder, scope) {
                Some(holder) => Typed {
                    node: Node::Attribute { attribute, holder },
                    kind: self.symbols.attributes[attribute].kind,
                    span,
                },
                None => Typed::wrong(span),
            },
            symbol => {
                let diagnostic = words::not_an_attribute(self, holder, name, symbol);
                self.fail(span, diagnostic)
            }
        }
    }

    fn connect(
        &mut self,
        parts: &[Expression],
        scope: &mut Scope,
        span: Span,
        word: &str,
        node: fn(Vec<Typed>) -> Node,
    ) -> Typed {
        let parts: Vec<Typed> = parts.iter().map(|part| self.expect(part, scope, Type::Boolean, word)).collect();
        if parts.iter().any(Typed::is_wrong) {
            return Typed::wrong(span);
        }
        Typed { node: node(parts), kind: Type::Boolean, span }
    }

    fn arithmetic(
        &mut self,
        operator: Arithmetic,
        left: &Expression,
        right: &Expression,
        scope: &mut Scope,
        span: Span,
    ) -> Typed {
        let typed_left = self.expression(left, scope, None);
        let exponent = match right.kind {
            Kind::Number(number) if operator == Arithmetic::WholePower => Some(number),
            _ => None,
        };
        let typed_right = self.expression(right, scope, None);
        if typed_left.is_wrong() || typed_right.is_wrong() {
            return Typed::wrong(span);
        }
        use Type::{Date, Duration, Number, Rate};
        let kind = match (operator, typed_left.kind, typed_right.kind) {
            (Arithmetic::Add | Arithmetic::Subtract, left, right)
                if left == right && matches!(left, Number | Duration | Rate) =>
            {
                left
            }
            (Arithmetic::Subtract, Date, Date) => Duration,
            (Arithmetic::Add | Arithmetic::Subtract, Date, Duration) => Date,
            (Arithmetic::Multiply, Number, kind @ (Number | Duration | Rate)) => kind,
            (Arithmetic::Multiply, kind @ (Duration | Rate), Number) => kind,
            (Arithmetic::Multiply, Rate, Duration) | (Arithmetic::Multiply, Duration, Rate) => Number,
            (Arithmetic::Divide, kind @ (Number | Duration | Rate), Number) => kind,
            (Arithmetic::Divide, Duration, Duration) | (Arithmetic::Divide, Rate, Rate) => Number,
            (Arithmetic::Divide, Number, Duration) => Rate,
            (Arithmetic::Power | Arithmetic::WholePower, Number, Number) => Number,
            _ => {
                let diagnostic = words::cannot_compute(operator, left, &typed_left, right, &typed_right, span);
                return self.fail(span, diagnostic);
            }
        };
        if let Some(number) = exponent {
            return Typed { node: Node::IntegerPower(Box::new(typed_left), number as u32), kind, span };
        }
        let operator = match operator {
            Arithmetic::Add => Operator::Add,
            Arithmetic::Subtract => Operator::Subtract,
            Arithmetic::Multiply => Operator::Multiply,
            Arithmetic::Divide => Operator::Divide,
            Arithmetic::Power | Arithmetic::WholePower => Operator::Power,
        };
        Typed { node: Node::Binary(operator, Box::new(typed_left), Box::new(typed_right)), kind, span }
    }

    fn compare(
        &mut self,
        comparison: ast::Comparison,
        left: &Expression,
        right: &Expression,
        scope: &mut Scope,
        span: Span,
    ) -> Typed {
        let typed_left = self.expression(left, scope, None);
        if let Type::Enumeration(owner) = typed_left.kind {
            let diagnostic = words::enumeration_compared(self, left, right, owner, span);
            return self.fail(span, diagnostic);
        }
        let typed_right = self.expression(right, scope, None);
        if typed_left.is_wrong() || typed_right.is_wrong() {
            return Typed::wrong(span);
        }
        let same = typed_left.kind == typed_right.kind;
        if !same || !matches!(typed_left.kind, Type::Number | Type::Duration | Type::Rate | Type::Date) {
            let diagnostic = words::cannot_compare(left, &typed_left, right, &typed_right, span);
            return self.fail(span, diagnostic);
        }
        let comparison = match comparison {
            ast::Comparison::Less => Comparison::Less,
            ast::Comparison::LessOrEqual => Comparison::LessOrEqual,
            ast::Comparison::Greater => Comparison::Greater,
            ast::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
            ast::Comparison::Equal => Comparison::Equal,
            ast::Comparison::NotEqual => Comparison::NotEqual,
        };
        Typed {
            node: Node::Compare(comparison, Box::new(typed_left), Box::new(typed_right)),
            kind: Type::Boolean,
            span,
        }
    }

    fn is(&mut self, left: &Expression, negated: bool, right: &Expression, scope: &mut Scope, span: Span) -> Typed {
        let owner = self.enumeration_of(left, scope).or_else(|| self.enumeration_of(right, scope));
        if let Some(owner) = owner {
            let typed_left = self.value_of(left, scope, owner);
            let typed_right = self.value_of(right, scope, owner);
            if typed_left.is_wrong() || typed_right.is_wrong() {
                return Typed::wrong(span);
            }
            let node = Node::SameValue(Box::new(typed_left), Box::new(typed_right));
            return negate(Typed { node, kind: Type::Boolean, span }, negated);
        }
        if let Some(diagnostic) = words::is_of_values(self, left, right, scope, span) {
            return self.fail(span, diagnostic);
        }
        match (self.actor(left, scope), self.actor(right, scope)) {
            (Some(left), Some(right)) => {
                negate(Typed { node: Node::SameActor(left, right), kind: Type::Boolean, span }, negated)
            }
            _ => Typed::wrong(span),
        }
    }

    /// A value of a certain enumeration; a bare name is one of its values.
    pub(super) fn value_of(&mut self, expression: &Expression, scope: &mut Scope, owner: EnumerationOwner) -> Typed {
        if let Kind::Name(text) = &expression.kind
            && !self.symbols.values(owner).contains(text)
            && self.enumeration_of(expression, scope).is_none()
        {
            let diagnostic = words::unknown_value(self, text, expression.span, owner);
            return self.fail(expression.span, diagnostic);
        }
        self.expect(expression, scope, Type::Enumeration(owner), "`is`")
    }

    /// The enumeration an expression belongs to, if it can be told without its values' names. Reports nothing.
    fn enumeration_of(&mut self, expression: &Expression, scope: &mut Scope) -> Option<EnumerationOwner> {
        let owner = |kind| match kind {
            Type::Enumeration(owner) => Some(owner),
            _ => None,
        };
        match &expression.kind {
            Kind::Member { name, .. } => match self.symbols.find(&name.text)? {
                Symbol::Attribute(attribute) => owner(self.symbols.attributes[attribute].kind),
                _ => None,
            },
            Kind::Name(text) => {
                if let Some((_, _, kind)) = scope.values.iter().find(|(value, ..)| value == text) {
                    return owner(*kind);
                }
                if let Some((_, kind)) = scope.draws.iter().find(|(draw, _)| draw == text) {
                    return owner(*kind);
                }
                match self.symbols.find(text)? {
                    Symbol::State(state) => owner(self.symbols.state[state].kind),
                    Symbol::Definition(_) => {
                        self.quietly(|typing| owner(typing.expression(expression, scope, None).kind))
                    }
                    _ => None,
                }
            }
            Kind::Call { function, .. } => match self.symbols.find(&function.text)? {
                Symbol::Relation(relation) => owner(self.symbols.relations[relation].kind),
                Symbol::Definition(_) => self.quietly(|typing| owner(typing.expression(expression, scope, None).kind)),
                _ => None,
            },
            Kind::If(_, then, otherwise) => {
                self.enumeration_of(then, scope).or_else(|| self.enumeration_of(otherwise, scope))
            }
            _ => None,
        }
    }

    fn quietly<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.diagnostics.len();
        let found = look(self);
        self.diagnostics.truncate(before);
        found
    }

    /// A rule, choice or option as an argument of `fired` and its like.
    pub(super) fn happening(&mut self, expression: &Expression) -> Option<HappeningRef> {
        let id = match &expression.kind {
            Kind::Name(name) => name.clone(),
            Kind::Member { owner, name } => match &owner.kind {
                Kind::Name(choice) => format!("{choice}.{}", name.text),
                _ => String::new(),
            },
            _ => String::new(),
        };
        if words::happening_exists(self.raw, &id) {
            return Some(HappeningRef { id });
        }
        let diagnostic = words::unknown_event(self, &id, expression);
        self.report(diagnostic);
        None
    }
}

/// `not x` where asked for.
fn negate(typed: Typed, negated: bool) -> Typed {
    let span = typed.span;
    if negated { Typed { node: Node::Not(Box::new(typed)), kind: Type::Boolean, span } } else { typed }
}
