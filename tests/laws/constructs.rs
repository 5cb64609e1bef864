//! Which constructs of the format a scenario uses, and which of them act in its runs: by name.

use std::collections::{BTreeMap, BTreeSet};

use flashpoint::model::{
    Act, Calendar, Comparison, Distribution, Effect, Event, EventTest, Expression, Function, NEVER_DAYS, Opportunity,
    ParameterSource, Place, Quantity, Shape, Slack, Start, Timing, Weighing,
};

use super::walk::{Part, Visitor, walk_model};
use crate::support::generator::Opened;

/// In how many scenarios each construct was seen.
pub(super) type Counts = BTreeMap<String, u32>;

/// What was seen in one scenario.
#[derive(Default)]
pub(super) struct Seen(pub(super) BTreeSet<String>);

impl Seen {
    pub(super) fn note(&mut self, name: impl Into<String>) {
        self.0.insert(name.into());
    }

    pub(super) fn note_if(&mut self, seen: bool, name: &str) {
        if seen {
            self.note(name);
        }
    }
}

fn shape_word(shape: Shape) -> &'static str {
    match shape {
        Shape::Uniform => "uniform",
        Shape::Normal => "normal",
        Shape::Lognormal => "lognormal",
        Shape::Triangular => "triangular",
        Shape::Pert => "pert",
        Shape::Beta => "beta",
        Shape::Exponential => "exponential",
        Shape::Gamma => "gamma",
        Shape::Weibull => "weibull",
    }
}

fn kind_word(quantity: &Quantity) -> &'static str {
    match quantity {
        Quantity::Number => "number",
        Quantity::Boolean => "boolean",
        Quantity::Duration => "duration",
        Quantity::Rate => "rate",
        Quantity::Date => "date",
        Quantity::Enumeration(_) => "enumeration",
    }
}

impl Visitor for Seen {
    fn distribution(&mut self, part: Part, distribution: &Distribution) {
        let part = match part {
            Part::Prior => "prior",
            Part::Start => "start",
            Part::Draw => "draw",
        };
        match distribution {
            Distribution::Continuous { shape, arguments } => {
                self.note(format!("{part}: {}", shape_word(*shape)));
                let computed = arguments.iter().any(|one| !matches!(one, Expression::Constant(_)));
                self.note_if(computed, &format!("{part}: computed arguments"));
            }
            Distribution::Quantiles { shape, .. } => {
                self.note(format!("{part}: two quantiles, {}", shape_word(*shape)))
            }
            Distribution::Discrete { .. } => self.note(format!("{part}: discrete")),
            Distribution::Flip { .. } => self.note(format!("{part}: flip")),
            Distribution::Empirical { .. } => self.note(format!("{part}: empirical")),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Constant(value) => self.note_if(*value == NEVER_DAYS, "never"),
            Expression::Parameter(_) => self.note("read a parameter"),
            Expression::State(_) => self.note("read a state"),
            Expression::Attribute { .. } => self.note("read an attribute"),
            Expression::Relation { .. } => self.note("read a relation"),
            Expression::ValueArgument(_) => self.note("read a value argument"),
            Expression::Draw(_) => self.note("read a draw"),
            Expression::OwnStart => self.note("own_start"),
            Expression::Definition { arguments, .. } => {
                let word = if arguments.is_empty() { "definition" } else { "definition with arguments" };
                self.note(word);
            }
            Expression::Now => self.note("day or today"),
            Expression::Negative(_) => self.note("negative"),
            Expression::Add(..) => self.note("add"),
            Expression::Subtract(..) => self.note("subtract"),
            Expression::Multiply(..) => self.note("multiply"),
            Expression::Divide(..) => self.note("divide"),
            Expression::IntegerPower(..) => self.note("whole power"),
            Expression::Power(..) => self.note("power"),
            Expression::Not(_) => self.note("not"),
            Expression::And(_) => self.note("and"),
            Expression::Or(_) => self.note("or"),
            Expression::If(..) => self.note("if"),
            Expression::Compare(comparison, slack, ..) => {
                let sign = match comparison {
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterOrEqual => ">=",
                    Comparison::Equal => "==",
                    Comparison::NotEqual => "!=",
                };
                let what = if *slack == Slack::None { "numbers" } else { "times" };
                self.note(format!("compare {what} {sign}"));
            }
            Expression::SameActor(..) => self.note("is, of actors"),
            Expression::InGroup(..) => self.note("in"),
            Expression::SameValue(..) => self.note("is, of values"),
            Expression::Fold(fold) => {
                let word = fold.kind.word();
                self.note(format!("fold: {word}"));
                self.note_if(fold.filter.is_some(), &format!("fold: {word} where"));
                self.note_if(fold.otherwise.is_some(), "fold: else");
            }
            Expression::Function(function, _) => {
                let word = match function {
                    Function::Minimum => "min",
                    Function::Maximum => "max",
                    Function::Absolute => "abs",
                    Function::Floor => "floor",
                    Function::Clamp => "clamp",
                    Function::Exponential => "exp",
                    Function::Logarithm => "ln",
                    Function::SquareRoot => "sqrt",
                    Function::Logistic => "logistic",
                };
                self.note(format!("function: {word}"));
            }
            Expression::Events(test, selector) => {
                let word = match test {
                    EventTest::Fired => "fired",
                    EventTest::Times => "times",
                    EventTest::Since => "since",
                    EventTest::First => "first",
                };
                let whose = match (selector.actor, selector.target) {
                    (None, _) => "of anybody",
                    (Some(_), None) => "of an actor",
                    (Some(_), Some(_)) => "of a pair",
                };
                self.note(format!("{word} {whose}"));
            }
            Expression::Ended(_) => self.note("ended"),
            Expression::Pressure(..) => self.note("pressure"),
            Expression::Running(_) => self.note("running"),
            Expression::Expired(_) => self.note("expired"),
            Expression::Remaining(_) => self.note("remaining"),
            Expression::Calendar(part, _) => self.note(match part {
                Calendar::Month => "month",
                Calendar::Weekday => "weekday",
                Calendar::Year => "year",
            }),
            Expression::Size(_) => self.note("size"),
        }
    }
}

/// Notes what a scenario is made of.
pub(super) fn note_model(seen: &mut Seen, opened: &Opened) {
    let model = &opened.model;
    walk_model(model, seen);
    for parameter in &model.parameters {
        seen.note(format!("parameter: {}", kind_word(&parameter.quantity)));
        match (&parameter.source, parameter.range) {
            (ParameterSource::Prior(_), Some(_)) => seen.note("prior with a range"),
            (ParameterSource::Value(Expression::Constant(_)), _) => seen.note("lever"),
            (ParameterSource::Value(_), _) => seen.note("computed parameter"),
            _ => {}
        }
    }
    for attribute in &model.attributes {
        seen.note(format!("attribute: {}", kind_word(&attribute.quantity)));
        seen.note_if(attribute.private, "private attribute");
        seen.note_if(attribute.cells.contains(&None), "attribute that not everybody holds");
    }
    for relation in &model.relations {
        seen.note(format!("relation: {}", kind_word(&relation.quantity)));
        seen.note_if(relation.symmetric, "symmetric relation");
    }
    for state in &model.state {
        seen.note(format!("state: {}", kind_word(&state.quantity)));
    }
    let half_lives = model.attributes.iter().filter_map(|one| one.half_life.as_ref().map(|it| ("attribute", it)));
    let half_lives =
        half_lives.chain(model.relations.iter().filter_map(|one| one.half_life.as_ref().map(|it| ("relation", it))));
    for (of, half_life) in
        half_lives.chain(model.state.iter().filter_map(|one| one.half_life.as_ref().map(|it| ("state", it))))
    {
        seen.note(format!(
            "half-life of {of}, {}",
            if half_life.rest.is_some() { "with rest" } else { "without rest" }
        ));
    }
    seen.note_if(model.cells.iter().any(|cell| matches!(cell.start, Start::Drawn { .. })), "start that is drawn");
    for rule in &model.rules {
        note_opportunity(seen, "rule", &rule.opportunity);
        note_event(seen, &rule.event);
        seen.note_if(rule.exclusive.is_some(), "exclusive");
        seen.note_if(rule.actor_group.is_some() && rule.target_group.is_some(), "template of pairs");
        seen.note_if(rule.actor_group.is_some() && rule.target_group.is_none(), "template of actors");
    }
    for choice in &model.choices {
        note_opportunity(seen, "choice", &choice.opportunity);
        seen.note_if(choice.precision.is_some(), "precision");
        for option in &choice.options {
            note_event(seen, &option.event);
            seen.note_if(option.when.is_some(), "option with when");
            seen.note_if(option.target_group.is_some(), "option with a target of its own");
            seen.note_if(!option.enabled, "option that is disabled");
            seen.note(match option.weighing {
                Weighing::Utility(_) => "utility",
                Weighing::Weight(_) => "weight",
            });
        }
    }
    for flow in &model.flows {
        seen.note("flow");
        seen.note_if(!flow.enabled, "flow that is disabled");
        seen.note_if(flow.when.is_some(), "flow with when");
        seen.note_if(flow.actor_group.is_some(), "flow of a group");
        seen.note_if(flow.effects.iter().any(|effect| effect.each.is_some()), "flow with for");
    }
    for measure in &model.measures {
        seen.note(if measure.boolean { "measure: boolean" } else { "measure: number" });
    }
    for query in &model.queries {
        seen.note("query");
        seen.note_if(query.given.is_some(), "query with given");
        seen.note_if(query.expect.is_some(), "query with expect");
    }
    seen.note_if(model.history.as_ref().is_some_and(|history| !history.events.is_empty()), "history");
    seen.note_if(model.start.is_none(), "no start date");
    seen.note_if(model.start.is_some_and(|start| start.has_time), "start with a time of day");
    for (days, name) in [(1.0, "step: a day"), (0.25, "step: hours"), (7.0, "step: a week"), (0.0625, "step: minutes")]
    {
        seen.note_if(model.step_days == days, name);
    }
    let departed = model.groups[model.everybody].changes;
    seen.note_if(departed, "group of everybody changes");
    seen.note_if(model.groups.iter().any(|group| group.members.is_empty()), "empty group");
    let loaded = &opened.loaded;
    seen.note_if(loaded.layers.len() > 1, "include");
    seen.note_if(!loaded.variants.is_empty(), "variant");
    seen.note_if(loaded.table.get("roles").is_some(), "role");
    seen.note_if(loaded.table.get("data").is_some(), "data tables");
}

/// How it is decided when a rule or choice happens.
pub(super) fn timing_word(opportunity: &Opportunity) -> &'static str {
    let every = opportunity.every.is_some();
    match opportunity.timing {
        Timing::AtOnce if every => "every",
        Timing::AtOnce => "at once",
        Timing::Chance(_) if every => "chance with every",
        Timing::Chance(_) => "chance",
        Timing::Rate(_) => "rate",
    }
}

fn note_opportunity(seen: &mut Seen, of: &str, opportunity: &Opportunity) {
    let word = timing_word(opportunity);
    seen.note(format!("{of}: {word}"));
    seen.note_if(opportunity.cooldown.is_some(), &format!("{of}: cooldown"));
    seen.note_if(opportunity.limit.is_some(), &format!("{of}: limit"));
    seen.note_if(opportunity.when.is_some(), &format!("{of}: when"));
    seen.note_if(!opportunity.enabled, &format!("{of}: disabled"));
}

fn note_event(seen: &mut Seen, event: &Event) {
    seen.note_if(event.ladder.is_some(), "ladder");
    seen.note_if(event.cameo.is_some(), "cameo");
    seen.note_if(event.label.is_some(), "label");
    note_effects(seen, &event.effects);
    for later in &event.later {
        seen.note("later");
        seen.note_if(later.when.is_some(), "later with when");
        seen.note_if(!later.draws.is_empty(), "later with draws");
        seen.note_if(matches!(later.after, Expression::Draw(_)), "later after a draw");
        note_effects(seen, &later.effects);
    }
}

fn note_effects(seen: &mut Seen, effects: &[Effect]) {
    for effect in effects {
        if let Some((_, _, filter)) = &effect.each {
            seen.note(if filter.is_some() { "effect: for where" } else { "effect: for" });
        }
        seen.note_if(effect.condition.is_some(), "effect: if");
        let place = |place: &Place| match place {
            Place::State(_) => "state",
            Place::Attribute { .. } => "attribute",
            Place::Relation { .. } => "relation",
        };
        match &effect.act {
            Act::Assign(to, _) => seen.note(format!("effect: assign {}", place(to))),
            Act::Increase(to, _) => seen.note(format!("effect: add to {}", place(to))),
            Act::StartClock(..) => seen.note("effect: start"),
            Act::StopClock(_) => seen.note("effect: stop"),
            Act::Join(..) => seen.note("effect: join"),
            Act::Leave(..) => seen.note("effect: leave"),
        }
    }
}
