//! Small checked models made by hand, for tests of whatever plays them. Everything is added in byte order of ids, and found by its place.

use flashpoint::model::{
    Act, Actor, ActorTerm, Attribute, Cell, CellOwner, Choice, ChoiceOption, Clock, Comparison, Distribution, Effect,
    Event, EventSource, Expression, Flow, Group, HalfLife, Happening, Instance, Later, Measure, Model, Notes,
    Opportunity, OptionInstance, Outcome, PairCells, Parameter, ParameterSource, Place, Quantity, Query, RecordedEvent,
    Relation, Rule, Selector, Slack, Start, StateVariable, Timing, Weighing,
};

/// A model in the making.
pub(crate) struct ModelBuilder {
    model: Model,
    attribute_starts: Vec<Vec<Option<Start>>>,
    relation_starts: Vec<Expression>,
    state_starts: Vec<Start>,
}

impl ModelBuilder {
    /// A model of nobody in which nothing happens; its only outcome is the horizon's, `standoff`. `actors` in byte order.
    pub(crate) fn new(step_days: f64, n_steps: u64, actors: &[&str]) -> Self {
        let everybody: Vec<usize> = (0..actors.len()).collect();
        let model = Model {
            title: "a test".into(),
            notes: Notes::default(),
            start: None,
            step_days,
            n_steps,
            actors: actors
                .iter()
                .map(|&id| Actor { id: id.into(), name: id.into(), notes: Notes::default() })
                .collect(),
            groups: vec![Group {
                id: "actors".into(),
                members: everybody.clone(),
                potential: everybody,
                changes: true,
            }],
            everybody: 0,
            clocks: Vec::new(),
            parameters: Vec::new(),
            parameter_order: Vec::new(),
            attributes: Vec::new(),
            relations: Vec::new(),
            state: Vec::new(),
            cells: Vec::new(),
            definitions: Vec::new(),
            rules: Vec::new(),
            choices: Vec::new(),
            flows: Vec::new(),
            happenings: Vec::new(),
            events: Vec::new(),
            measures: Vec::new(),
            queries: Vec::new(),
            outcomes: Vec::new(),
            history: None,
            files: Vec::new(),
            guard_terms: std::collections::BTreeMap::new(),
            fingerprint: String::new(),
        };
        ModelBuilder { model, attribute_starts: Vec::new(), relation_starts: Vec::new(), state_starts: Vec::new() }
    }

    /// Anything else that a test needs.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Model)) -> Self {
        change(&mut self.model);
        self
    }

    /// A group (ids after `actors`), everybody a potential member.
    pub(crate) fn group(self, id: &str, members: &[usize]) -> Self {
        let group = |model: &mut Model| Group {
            id: id.into(),
            members: members.to_vec(),
            potential: (0..model.actors.len()).collect(),
            changes: true,
        };
        self.with(|model| {
            let group = group(model);
            model.groups.push(group);
        })
    }

    pub(crate) fn clock(self, id: &str) -> Self {
        self.with(|model| model.clocks.push(Clock { id: id.into(), notes: Notes::default() }))
    }

    pub(crate) fn parameter(self, id: &str, source: ParameterSource, range: Option<(f64, f64)>) -> Self {
        self.with(|model| {
            model.parameter_order.push(model.parameters.len());
            let id = id.into();
            model.parameters.push(Parameter { id, quantity: Quantity::Number, range, source, notes: Notes::default() });
        })
    }

    pub(crate) fn state(mut self, id: &str, start: f64, range: Option<(f64, f64)>) -> Self {
        self = self.relaxing_state(id, Start::Value(number(start)), range, None);
        self
    }

    pub(crate) fn relaxing_state(
        mut self,
        id: &str,
        start: Start,
        range: Option<(f64, f64)>,
        half_life: Option<HalfLife>,
    ) -> Self {
        self.state_starts.push(start);
        let variable = StateVariable {
            id: id.into(),
            quantity: Quantity::Number,
            range,
            half_life,
            cell: 0,
            notes: Notes::default(),
        };
        self.with(|model| model.state.push(variable))
    }

    /// An attribute of numbers from 0 to 1 that everybody holds.
    pub(crate) fn attribute(mut self, id: &str, starts: &[Start]) -> Self {
        self.attribute_starts.push(starts.iter().cloned().map(Some).collect());
        let attribute = Attribute {
            id: id.into(),
            quantity: Quantity::Number,
            range: Some((0.0, 1.0)),
            half_life: None,
            cells: Vec::new(),
            private: false,
            notes: Notes::default(),
        };
        self.with(|model| model.attributes.push(attribute))
    }

    /// A relation of numbers from 0 to 1.
    pub(crate) fn relation(mut self, id: &str, start: f64, symmetric: bool) -> Self {
        self.relation_starts.push(number(start));
        let relation = Relation {
            id: id.into(),
            quantity: Quantity::Number,
            range: Some((0.0, 1.0)),
            half_life: None,
            symmetric,
            cells: PairCells::default(),
            elsewhere: 0.0,
            notes: Notes::default(),
        };
        self.with(|model| model.relations.push(relation))
    }

    pub(crate) fn rule(self, rule: Rule) -> Self {
        self.with(|model| model.rules.push(rule))
    }

    pub(crate) fn choice(self, choice: Choice) -> Self {
        self.with(|model| model.choices.push(choice))
    }

    pub(crate) fn flow(self, flow: Flow) -> Self {
        self.with(|model| model.flows.push(flow))
    }

    pub(crate) fn measure(self, id: &str, value: Expression) -> Self {
        let id = id.into();
        self.with(|model| {
            model.measures.push(Measure { id, value, boolean: false, range: None, notes: Notes::default() });
        })
    }

    pub(crate) fn query(self, id: &str, when: Expression) -> Self {
        let id = id.into();
        self.with(|model| {
            model.queries.push(Query {
                id,
                when,
                given: None,
                given_text: None,
                expect: None,
                notes: Notes::default(),
            });
        })
    }

    pub(crate) fn outcome(self, id: &str, when: Expression) -> Self {
        self.with(|model| model.outcomes.push(outcome(id, Some(when))))
    }

    /// Lays out cells, happenings and events.
    pub(crate) fn build(self) -> Model {
        let ModelBuilder { mut model, attribute_starts, relation_starts, state_starts } = self;
        let n_actors = model.actors.len();
        for (attribute, starts) in attribute_starts.into_iter().enumerate() {
            for (actor, start) in starts.into_iter().enumerate() {
                let cell = start.map(|start| {
                    model.cells.push(Cell { owner: CellOwner::Attribute { attribute, actor }, start });
                    model.cells.len() - 1
                });
                model.attributes[attribute].cells.push(cell);
            }
        }
        for (relation, start) in relation_starts.into_iter().enumerate() {
            let mut cells: Vec<Option<usize>> = vec![None; n_actors * n_actors];
            for from in 0..n_actors {
                for to in (0..n_actors).filter(|&to| to != from) {
                    cells[from * n_actors + to] = if model.relations[relation].symmetric && to < from {
                        cells[to * n_actors + from]
                    } else {
                        let owner = CellOwner::Relation { relation, from, to };
                        model.cells.push(Cell { owner, start: Start::Value(start.clone()) });
                        Some(model.cells.len() - 1)
                    };
                }
            }
            let pairs = cells.into_iter().enumerate();
            let pairs = pairs.filter_map(|(at, cell)| cell.map(|cell| ((at / n_actors, at % n_actors), cell)));
            model.relations[relation].cells = PairCells::new(n_actors, pairs);
        }
        for (state, start) in state_starts.into_iter().enumerate() {
            model.state[state].cell = model.cells.len();
            model.cells.push(Cell { owner: CellOwner::State { state }, start });
        }
        model.outcomes.push(outcome("standoff", None));
        model.happenings = happenings(&model);
        for (happening, named) in model.happenings.iter().enumerate() {
            if matches!(named.source, EventSource::Choice(_)) {
                continue;
            }
            for (instance_index, &instance) in named.instances.iter().enumerate() {
                model.events.push(RecordedEvent { happening, instance_index, instance });
            }
        }
        model
    }
}

fn happenings(model: &Model) -> Vec<Happening> {
    let mut happenings = Vec::new();
    for (index, rule) in model.rules.iter().enumerate() {
        let source = EventSource::Rule(index);
        happenings.push(Happening { id: rule.id.clone(), source, instances: rule.instances.clone() });
    }
    for (choice, named) in model.choices.iter().enumerate() {
        let source = EventSource::Choice(choice);
        happenings.push(Happening { id: named.id.clone(), source, instances: named.instances.clone() });
        for (option, candidate) in named.options.iter().enumerate() {
            happenings.push(Happening {
                id: format!("{}.{}", named.id, candidate.id),
                source: EventSource::Option { choice, option },
                instances: candidate.instances.iter().map(|candidate| candidate.instance).collect(),
            });
        }
    }
    happenings.sort_by(|a, b| a.id.cmp(&b.id));
    happenings
}

fn outcome(id: &str, when: Option<Expression>) -> Outcome {
    Outcome { id: id.into(), label: id.into(), when, notes: Notes::default() }
}

/// Nobody towards nobody.
pub(crate) const NOBODY: Instance = Instance { actor: None, target: None };

pub(crate) fn of(actor: usize) -> Instance {
    Instance { actor: Some(actor), target: None }
}

pub(crate) fn pair(actor: usize, target: usize) -> Instance {
    Instance { actor: Some(actor), target: Some(target) }
}

/// A rule that fires at once in every step, of nobody, without effects.
pub(crate) fn rule(id: &str) -> Rule {
    Rule {
        id: id.into(),
        opportunity: opportunity(Timing::AtOnce),
        exclusive: None,
        event: event(),
        instances: vec![NOBODY],
        actor_group: None,
        target_group: None,
    }
}

/// A rule with a rate and one effect: state variable `state` becomes 1.
pub(crate) fn hazard(id: &str, rate: f64, state: usize) -> Rule {
    let mut rule = rule(id);
    rule.opportunity.timing = Timing::Rate(number(rate));
    rule.event.effects.push(effect(assign(Place::State(state), number(1.0))));
    rule
}

pub(crate) fn opportunity(timing: Timing) -> Opportunity {
    Opportunity { when: None, timing, every: None, cooldown: None, limit: None, enabled: true }
}

pub(crate) fn event() -> Event {
    Event {
        ladder: None,
        cameo: None,
        label: None,
        draws: Vec::new(),
        effects: Vec::new(),
        later: Vec::new(),
        notes: Notes::default(),
    }
}

pub(crate) fn later(id: &str, after: Expression, effects: Vec<Effect>) -> Later {
    Later { id: id.into(), after, when: None, draws: Vec::new(), effects }
}

/// A choice of nobody at once in every step.
pub(crate) fn choice(id: &str, options: Vec<ChoiceOption>) -> Choice {
    Choice {
        id: id.into(),
        opportunity: opportunity(Timing::AtOnce),
        precision: None,
        notes: Notes::default(),
        options,
        instances: vec![NOBODY],
        actor_group: None,
        target_group: None,
    }
}

/// An option of a choice of nobody.
pub(crate) fn option(id: &str, weighing: Weighing) -> ChoiceOption {
    ChoiceOption {
        id: id.into(),
        when: None,
        weighing,
        enabled: true,
        event: event(),
        target_group: None,
        instances: vec![OptionInstance { choice_instance: 0, instance: NOBODY }],
    }
}

pub(crate) fn flow(id: &str, effects: Vec<Effect>) -> Flow {
    Flow {
        id: id.into(),
        when: None,
        effects,
        enabled: true,
        instances: vec![NOBODY],
        actor_group: None,
        target_group: None,
    }
}

pub(crate) fn effect(act: Act) -> Effect {
    Effect { each: None, condition: None, act }
}

pub(crate) fn assign(place: Place, value: Expression) -> Act {
    Act::Assign(place, value)
}

pub(crate) fn increase(place: Place, value: Expression) -> Act {
    Act::Increase(place, value)
}

pub(crate) fn number(value: f64) -> Expression {
    Expression::Constant(value)
}

pub(crate) fn state(index: usize) -> Expression {
    Expression::State(index)
}

pub(crate) fn actor_slot() -> ActorTerm {
    ActorTerm::Slot(0)
}

pub(crate) fn target_slot() -> ActorTerm {
    ActorTerm::Slot(1)
}

/// `a >= b` of numbers.
pub(crate) fn at_least(a: Expression, b: f64) -> Expression {
    compare(Comparison::GreaterOrEqual, Slack::None, a, number(b))
}

/// `a >= b` of times.
pub(crate) fn time_at_least(a: Expression, days: f64) -> Expression {
    compare(Comparison::GreaterOrEqual, Slack::BillionthOfStep, a, number(days))
}

pub(crate) fn compare(comparison: Comparison, slack: Slack, a: Expression, b: Expression) -> Expression {
    Expression::Compare(comparison, slack, Box::new(a), Box::new(b))
}

pub(crate) fn plus(a: Expression, b: Expression) -> Expression {
    Expression::Add(Box::new(a), Box::new(b))
}

pub(crate) fn all(happening: usize) -> Selector {
    Selector { happening, actor: None, target: None }
}

pub(crate) fn drawn(distribution: Distribution, site: &str) -> Start {
    Start::Drawn { distribution, site: site.into() }
}
