//! Expressions to nodes: definitions are written out, folds run over the actors that can be members, names of actors become places.

use std::collections::BTreeMap;

use crate::math;
use crate::model::{
    ActorIndex, ActorTerm, Argument, Comparison, EventTest, Expression, Fold, FoldKind, Function, Instance, Model,
    Place, Selector, Slack,
};

use super::node::{Changes, FoldNode, Moment, Node, NodeId, Nodes};
use super::places::Places;

/// Stands in an actor slot that nobody fills.
const NOBODY: ActorIndex = ActorIndex::MAX;

/// What an expression sees.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    actors: Vec<ActorIndex>,
    values: Vec<NodeId>,
    moment: Moment,
    /// The cell whose rest it is.
    cell: Option<usize>,
}

impl Scope {
    pub(super) fn new(instance: Instance, moment: Moment) -> Scope {
        let actors = vec![instance.actor.unwrap_or(NOBODY), instance.target.unwrap_or(NOBODY)];
        Scope { actors, values: Vec::new(), moment, cell: None }
    }

    pub(super) fn of_cell(instance: Instance, cell: usize) -> Scope {
        Scope { cell: Some(cell), ..Scope::new(instance, Moment::End) }
    }

    pub(super) fn set_actor(&mut self, slot: usize, actor: ActorIndex) {
        if self.actors.len() <= slot {
            self.actors.resize(slot + 1, NOBODY);
        }
        self.actors[slot] = actor;
    }

    pub(super) fn actor(&self, term: ActorTerm) -> ActorIndex {
        match term {
            ActorTerm::Actor(actor) => actor,
            ActorTerm::Slot(slot) => self.actors.get(slot).copied().unwrap_or(NOBODY),
        }
    }
}

/// A definition with its arguments, read at a moment.
type Call = (usize, Vec<(ActorIndex, NodeId)>, Moment);

/// Compiles expressions of one model.
#[derive(Debug)]
pub(super) struct Compiler<'m> {
    pub(super) model: &'m Model,
    pub(super) places: Places,
    pub(super) nodes: Nodes,
    calls: BTreeMap<Call, NodeId>,
}

impl<'m> Compiler<'m> {
    pub(super) fn new(model: &'m Model) -> Compiler<'m> {
        Compiler { model, places: Places::new(model), nodes: Nodes::default(), calls: BTreeMap::new() }
    }

    /// The cell of a place.
    pub(super) fn cell(&self, place: Place, scope: &Scope) -> Option<usize> {
        match place {
            Place::State(state) => Some(self.model.state[state].cell),
            Place::Attribute { attribute, holder } => self.places.attribute(self.model, attribute, scope.actor(holder)),
            Place::Relation { relation, from, to } => {
                self.places.relation(self.model, relation, scope.actor(from), scope.actor(to))
            }
        }
    }

    /// A node that reads a cell; 0 where there is none.
    fn read(&mut self, cell: Option<usize>) -> NodeId {
        let Some(cell) = cell else { return self.nodes.constant(0.0) };
        match (self.places.relaxing_of[cell], self.places.lingering_of[cell]) {
            (Some(relaxing), _) => self.nodes.keep(Node::Relaxing(relaxing), Changes::WithState),
            (None, Some(lingering)) => self.nodes.keep(Node::Lingering(lingering), Changes::WithState),
            _ if self.places.is_written[cell] => self.nodes.keep(Node::Cell(cell as u32), Changes::WithState),
            _ => self.nodes.keep(Node::Start(cell as u32), Changes::WithRun),
        }
    }

    /// Is somebody a present member?
    pub(super) fn member(&mut self, group: usize, actor: ActorIndex) -> NodeId {
        if actor >= self.model.actors.len() {
            return self.nodes.constant(0.0);
        }
        if self.places.group_changes[group] {
            let place = self.places.member(group, actor) as u32;
            self.nodes.keep(Node::Member(place), Changes::WithState)
        } else {
            let is_member = self.model.groups[group].members.binary_search(&actor).is_ok();
            self.nodes.constant(f64::from(u8::from(is_member)))
        }
    }

    /// Are an instance's actor and target still there, and members of their groups?
    pub(super) fn present(&mut self, instance: Instance, groups: [Option<usize>; 2]) -> NodeId {
        let mut parts = Vec::new();
        for (who, group) in [(instance.actor, groups[0]), (instance.target, groups[1])] {
            if let Some(who) = who {
                parts.push(self.member(self.model.everybody, who));
                if let Some(group) = group {
                    parts.push(self.member(group, who));
                }
            }
        }
        self.nodes.all(parts)
    }

    pub(super) fn condition(&mut self, condition: Option<&Expression>, scope: &mut Scope) -> NodeId {
        match condition {
            Some(condition) => self.expression(condition, scope),
            None => self.nodes.constant(1.0),
        }
    }

    fn expressions(&mut self, expressions: &[Expression], scope: &mut Scope) -> Vec<NodeId> {
        expressions.iter().map(|expression| self.expression(expression, scope)).collect()
    }

    pub(super) fn expression(&mut self, expression: &Expression, scope: &mut Scope) -> NodeId {
        match expression {
            Expression::Constant(value) => self.nodes.constant(*value),
            Expression::Parameter(parameter) => self.nodes.keep(Node::Parameter(*parameter as u32), Changes::WithRun),
            Expression::State(state) => self.read(Some(self.model.state[*state].cell)),
            Expression::Attribute { attribute, holder } => {
                self.read(self.places.attribute(self.model, *attribute, scope.actor(*holder)))
            }
            Expression::Relation { relation, from, to } => {
                match self.places.relation(self.model, *relation, scope.actor(*from), scope.actor(*to)) {
                    None => self.nodes.constant(self.model.relations[*relation].elsewhere),
                    cell => self.read(cell),
                }
            }
            Expression::ValueArgument(slot) => match scope.values.get(*slot) {
                Some(value) => *value,
                None => self.nodes.constant(0.0),
            },
            Expression::Draw(draw) => self.nodes.keep(Node::Draw(*draw as u32), Changes::WithFiring),
            Expression::OwnStart => match scope.cell {
                Some(cell) => self.nodes.keep(Node::Start(cell as u32), Changes::WithRun),
                None => self.nodes.constant(0.0),
            },
            Expression::Definition { definition, arguments } => self.definition(*definition, arguments, scope),
            Expression::Now => self.nodes.keep(Node::Now(scope.moment), Changes::WithState),
            Expression::Negative(x) => {
                let x = self.expression(x, scope);
                self.nodes.unary(x, Node::Negative(x), |x| -x)
            }
            Expression::Add(a, b) => self.binary(a, b, scope, Node::Add, math::add),
            Expression::Subtract(a, b) => self.binary(a, b, scope, Node::Subtract, math::subtract),
            Expression::Multiply(a, b) => self.binary(a, b, scope, Node::Multiply, math::multiply),
            Expression::Divide(a, b) => self.binary(a, b, scope, Node::Divide, math::divide),
            Expression::IntegerPower(x, n) => {
                let x = self.expression(x, scope);
                self.nodes.unary(x, Node::IntegerPower(x, *n), |x| math::integer_power(x, *n))
            }
            Expression::Power(a, b) => self.binary(a, b, scope, Node::Power, math::power),
            Expression::Not(x) => {
                let x = self.expression(x, scope);
                self.nodes.not(x)
            }
            Expression::And(terms) => {
                let terms = self.expressions(terms, scope);
                self.nodes.all(terms)
            }
            Expression::Or(terms) => {
                let terms = self.expressions(terms, scope);
                self.nodes.any(terms)
            }
            Expression::If(condition, then, otherwise) => {
                let condition = self.expression(condition, scope);
                let then = self.expression(then, scope);
                let otherwise = self.expression(otherwise, scope);
                self.nodes.choose(condition, then, otherwise)
            }
            Expression::Compare(comparison, slack, a, b) => {
                let slack = *slack == Slack::BillionthOfStep;
                let days = if slack { self.model.slack_days() } else { 0.0 };
                let compute = |a, b| truth(super::evaluate::compare(*comparison, a, b, days));
                self.binary(a, b, scope, |a, b| Node::Compare(*comparison, slack, a, b), compute)
            }
            Expression::SameActor(a, b) => self.nodes.constant(truth(scope.actor(*a) == scope.actor(*b))),
            Expression::InGroup(actor, group) => self.member(*group, scope.actor(*actor)),
            Expression::SameValue(a, b) => self.binary(a, b, scope, Node::SameValue, |a, b| truth(a == b)),
            Expression::Fold(fold) => self.fold(fold, scope),
            Expression::Function(function, arguments) => self.function(*function, arguments, scope),
            Expression::Events(test, selector) => {
                let tallies = self.tallies(selector, scope);
                let list = self.nodes.keep_list(tallies);
                self.nodes.keep(Node::Events(*test, scope.moment, list), Changes::WithState)
            }
            Expression::Ended(outcome) => self.nodes.keep(Node::Ended(*outcome as u32), Changes::WithState),
            Expression::Pressure(by, on) => {
                let (by, on) = (scope.actor(*by) as u32, scope.actor(*on) as u32);
                self.nodes.keep(Node::Pressure(by, on), Changes::WithState)
            }
            Expression::Running(clock) => {
                self.nodes.keep(Node::Running(*clock as u32, scope.moment), Changes::WithState)
            }
            Expression::Expired(clock) => {
                self.nodes.keep(Node::Expired(*clock as u32, scope.moment), Changes::WithState)
            }
            Expression::Remaining(clock) => {
                self.nodes.keep(Node::Remaining(*clock as u32, scope.moment), Changes::WithState)
            }
            Expression::Calendar(part, date) => {
                let date = self.expression(date, scope);
                self.nodes.keep(Node::Calendar(*part, date), self.nodes.changes[date as usize].max(Changes::WithRun))
            }
            Expression::Size(group) => {
                let places: Vec<u32> = self.model.groups[*group]
                    .potential
                    .iter()
                    .map(|actor| self.places.member(*group, *actor) as u32)
                    .collect();
                let list = self.nodes.keep_list(places);
                self.nodes.keep(Node::Size(list), Changes::WithState)
            }
        }
    }

    /// Cooldown: the guard `since(itself) >= cooldown`.
    pub(super) fn rested(&mut self, tally: u32, moment: Moment, cooldown: NodeId) -> NodeId {
        let list = self.nodes.keep_list(vec![tally]);
        let since = self.nodes.keep(Node::Events(EventTest::Since, moment, list), Changes::WithState);
        self.nodes.keep(Node::Compare(Comparison::GreaterOrEqual, true, since, cooldown), Changes::WithState)
    }

    fn binary(
        &mut self,
        a: &Expression,
        b: &Expression,
        scope: &mut Scope,
        node: impl Fn(NodeId, NodeId) -> Node,
        compute: impl Fn(f64, f64) -> f64,
    ) -> NodeId {
        let a = self.expression(a, scope);
        let b = self.expression(b, scope);
        self.nodes.binary([a, b], node(a, b), compute)
    }

    fn definition(&mut self, definition: usize, arguments: &[Argument], scope: &mut Scope) -> NodeId {
        let mut bound = Vec::with_capacity(arguments.len());
        for argument in arguments {
            bound.push(match argument {
                Argument::Actor(term) => (scope.actor(*term), 0),
                Argument::Value(expression) => (NOBODY, self.expression(expression, scope)),
            });
        }
        let call = (definition, bound, scope.moment);
        if let Some(&node) = self.calls.get(&call) {
            return node;
        }
        let mut inside = Scope {
            actors: call.1.iter().map(|(actor, _)| *actor).collect(),
            values: call.1.iter().map(|(_, value)| *value).collect(),
            moment: scope.moment,
            cell: scope.cell,
        };
        let model = self.model;
        let node = self.expression(&model.definitions[definition].value, &mut inside);
        // A rest's own start is another for each cell.
        if scope.cell.is_none() {
            self.calls.insert(call, node);
        }
        node
    }

    fn fold(&mut self, fold: &Fold, scope: &mut Scope) -> NodeId {
        let n_actors = scope.actors.len();
        let mut items = Vec::new();
        for &actor in &self.model.groups[fold.group].potential {
            let present = self.member(fold.group, actor);
            if self.nodes.as_constant(present) == Some(0.0) {
                continue;
            }
            scope.set_actor(fold.slot, actor);
            let counts = self.condition(fold.filter.as_ref(), scope);
            let counts = self.nodes.all(vec![present, counts]);
            if self.nodes.as_constant(counts) == Some(0.0) {
                continue;
            }
            let body = self.expression(&fold.body, scope);
            items.push((counts, body));
        }
        scope.actors.truncate(n_actors);
        match fold.kind {
            FoldKind::Any => {
                let parts = items.into_iter().map(|(counts, body)| self.nodes.all(vec![counts, body])).collect();
                self.nodes.any(parts)
            }
            FoldKind::All => {
                let parts = items.into_iter().map(|(counts, body)| {
                    let idle = self.nodes.not(counts);
                    self.nodes.any(vec![idle, body])
                });
                let parts = parts.collect();
                self.nodes.all(parts)
            }
            kind => {
                let otherwise = match &fold.otherwise {
                    Some(otherwise) => self.expression(otherwise, scope),
                    None => self.nodes.constant(0.0),
                };
                self.nodes.fold(FoldNode { kind, items, otherwise })
            }
        }
    }

    fn function(&mut self, function: Function, arguments: &[Expression], scope: &mut Scope) -> NodeId {
        let parts = self.expressions(arguments, scope);
        let Some(&first) = parts.first() else { return self.nodes.constant(0.0) };
        match function {
            Function::Minimum => self.nodes.extreme(parts, false),
            Function::Maximum => self.nodes.extreme(parts, true),
            Function::Absolute => self.nodes.unary(first, Node::Absolute(first), f64::abs),
            Function::Floor => self.nodes.unary(first, Node::Floor(first), f64::floor),
            Function::Clamp => match parts[..] {
                [x, low, high] => self.nodes.clamp([x, low, high]),
                _ => first,
            },
            Function::Exponential => self.nodes.unary(first, Node::Exponential(first), math::exp),
            Function::Logarithm => self.nodes.unary(first, Node::Logarithm(first), math::ln),
            Function::SquareRoot => self.nodes.unary(first, Node::SquareRoot(first), math::sqrt),
            Function::Logistic => self.nodes.unary(first, Node::Logistic(first), math::logistic),
        }
    }

    /// Places of all tallies that a selector means.
    fn tallies(&self, selector: &Selector, scope: &Scope) -> Vec<u32> {
        let happening = selector.happening;
        let actor = selector.actor.map(|term| scope.actor(term));
        let target = selector.target.map(|term| scope.actor(term));
        if actor.is_none() && target.is_none() {
            return vec![self.places.total(happening) as u32];
        }
        let instances = &self.model.happenings[happening].instances;
        let from = instances.partition_point(|instance| instance.actor < actor);
        let mut tallies = Vec::new();
        for (index, instance) in instances.iter().enumerate().skip(from) {
            if instance.actor != actor {
                break;
            }
            if target.is_none() || instance.target == target {
                tallies.push(self.places.tally(happening, index) as u32);
            }
        }
        tallies
    }
}

pub(super) fn truth(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}
