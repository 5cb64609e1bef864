//! Finds the comparisons that guards, options, flows, later entries and outcomes make, and closes each over all its instances.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    ActorIndex, ActorTerm, Argument, Comparison, EventTest, Expression, Fold, Instance, Later, Model, Quantity, Slack,
};

use super::binding::{bind_body, bind_slots, bind_variable};
use super::expressions::text_beside;
use super::kinds::Kind;
use super::thresholds::{Edge, Threshold, Watcher};
use super::words::Names;

/// Slots from here on are variables of the scan: the actor and the target of the template, then the variables of folds. No frame has so many.
const ACTOR: usize = 1 << 20;
const TARGET: usize = ACTOR + 1;
const FIRST_OF_FOLDS: usize = TARGET + 1;

/// So many thresholds are watched at most; those of the rules that come first.
const MOST: usize = 200_000;

/// The thresholds of a model, in the order of their texts, and whether there are more than are watched.
pub(super) fn thresholds(names: &Names<'_>) -> (Vec<Threshold>, bool) {
    let model = names.model;
    let mut found = Found::default();
    let scan = |found: &mut Found, id: &str, is_told: bool, instances: &[Instance], when: Option<&Expression>| {
        if let Some(when) = when {
            let watcher = Watcher { id: id.to_owned(), is_told };
            let variable = |slot: usize| (slot < 2).then_some(ActorTerm::Slot(ACTOR + slot));
            Scan { names, found, groups: Vec::new(), instances, watcher }.condition(&bind_slots(when, &variable));
        }
    };
    let laters = |found: &mut Found, id: &str, instances: &[Instance], laters: &[Later]| {
        for later in laters {
            scan(found, &format!("{id}.later.{}", later.id), false, instances, later.when.as_ref());
        }
    };
    for rule in model.rules.iter().filter(|rule| rule.opportunity.enabled) {
        let is_told = rule.event.label.is_some();
        scan(&mut found, &rule.id, is_told, &rule.instances, rule.opportunity.when.as_ref());
        laters(&mut found, &rule.id, &rule.instances, &rule.event.later);
    }
    for choice in model.choices.iter().filter(|choice| choice.opportunity.enabled) {
        let is_told = choice.options.iter().any(|option| option.event.label.is_some());
        scan(&mut found, &choice.id, is_told, &choice.instances, choice.opportunity.when.as_ref());
        for option in choice.options.iter().filter(|option| option.enabled) {
            let id = format!("{}.{}", choice.id, option.id);
            let instances: Vec<Instance> = option.instances.iter().map(|candidate| candidate.instance).collect();
            scan(&mut found, &id, option.event.label.is_some(), &instances, option.when.as_ref());
            laters(&mut found, &id, &instances, &option.event.later);
        }
    }
    for flow in model.flows.iter().filter(|flow| flow.enabled) {
        scan(&mut found, &flow.id, false, &flow.instances, flow.when.as_ref());
    }
    for outcome in &model.outcomes {
        scan(&mut found, &outcome.id, true, &[], outcome.when.as_ref());
    }
    (found.by_text.into_values().collect(), found.is_cut)
}

/// What was found so far.
#[derive(Default)]
struct Found {
    /// By what tells one threshold from another: the texts of both sides, and the edge.
    by_text: BTreeMap<(String, String, Edge), Threshold>,
    /// There were more than [`MOST`].
    is_cut: bool,
}

/// The scan of one guard, whose slots have become variables of the scan.
struct Scan<'s, 'm> {
    names: &'s Names<'m>,
    found: &'s mut Found,
    /// For each variable of a fold the group that it runs over.
    groups: Vec<usize>,
    instances: &'s [Instance],
    watcher: Watcher,
}

impl Scan<'_, '_> {
    fn condition(&mut self, condition: &Expression) {
        match condition {
            Expression::And(parts) | Expression::Or(parts) => {
                for part in parts {
                    self.condition(part);
                }
            }
            Expression::Not(inner) => self.condition(inner),
            Expression::If(test, then, otherwise) => {
                for part in [test, then, otherwise] {
                    self.condition(part);
                }
            }
            Expression::Fold(fold) => self.fold(fold),
            Expression::Definition { definition, arguments } => self.definition(*definition, arguments),
            Expression::Compare(comparison, slack, a, b) => {
                self.compare(*comparison, *slack, a, b);
                for side in [a, b] {
                    if let Expression::Fold(fold) = &**side {
                        self.fold(fold);
                    }
                }
            }
            _ => {}
        }
    }

    /// The filter and, where it is a condition, the body of a fold.
    fn fold(&mut self, fold: &Fold) {
        let variable = ActorTerm::Slot(FIRST_OF_FOLDS + self.groups.len());
        self.groups.push(fold.group);
        for part in fold.filter.iter().chain([&fold.body]) {
            self.condition(&bind_variable(part, fold.slot, variable));
        }
    }

    /// The body of a definition of yes or no.
    fn definition(&mut self, definition: usize, arguments: &[Argument]) {
        let definition = &self.names.model.definitions[definition];
        if definition.quantity == Quantity::Boolean {
            self.condition(&bind_body(&definition.value, arguments));
        }
    }

    fn compare(&mut self, comparison: Comparison, slack: Slack, a: &Expression, b: &Expression) {
        let model = self.names.model;
        let (quantity, limit, comparison) = if is_fixed(a) { (b, a, mirrored(comparison)) } else { (a, b, comparison) };
        // Times tell themselves: what has happened when, and which clocks have run out.
        if is_fixed(quantity) || reads_time(quantity) || reads_time(limit) {
            return;
        }
        let kind = Kind::of_comparison(model, slack, a, b);
        let edge = match comparison {
            Comparison::Greater | Comparison::LessOrEqual => Edge::Above,
            Comparison::GreaterOrEqual | Comparison::Less => Edge::From,
            Comparison::Equal | Comparison::NotEqual => Edge::At,
        };
        for assignment in self.assignments(quantity, limit) {
            let who = |slot: usize| {
                assignment.iter().find(|(own, _)| *own == slot).map(|(_, actor)| ActorTerm::Actor(*actor))
            };
            let (quantity, limit) = (bind_slots(quantity, &who), bind_slots(limit, &who));
            if is_nothing(model, &quantity) || is_nothing(model, &limit) {
                continue;
            }
            if self.found.by_text.len() >= MOST {
                self.found.is_cut = true;
                return;
            }
            let key = (text_beside(self.names, &quantity, kind), text_beside(self.names, &limit, kind), edge);
            let (quantity_text, limit_text) = (key.0.clone(), key.1.clone());
            let has_slack = slack == Slack::BillionthOfStep;
            let threshold = self.found.by_text.entry(key).or_insert_with(|| Threshold {
                quantity,
                limit,
                edge,
                has_slack,
                quantity_text,
                limit_text,
                watchers: Vec::new(),
            });
            if !threshold.watchers.contains(&self.watcher) {
                threshold.watchers.push(self.watcher.clone());
            }
        }
    }

    /// All ways to fill the slots that two expressions read.
    fn assignments(&mut self, a: &Expression, b: &Expression) -> Vec<Vec<(usize, ActorIndex)>> {
        let mut slots = BTreeSet::new();
        for side in [a, b] {
            collect_variables(side, &mut slots);
        }
        let of_instance: Vec<usize> = slots.iter().copied().filter(|slot| *slot <= TARGET).collect();
        let filled = |instance: &Instance| -> Vec<(usize, ActorIndex)> {
            let who = |slot: usize| if slot == ACTOR { instance.actor } else { instance.target };
            of_instance.iter().filter_map(|&slot| who(slot).map(|actor| (slot, actor))).collect()
        };
        let mut assignments: Vec<Vec<(usize, ActorIndex)>> = if of_instance.is_empty() {
            vec![Vec::new()]
        } else {
            self.instances.iter().map(filled).collect::<BTreeSet<_>>().into_iter().collect()
        };
        for slot in slots.into_iter().filter(|slot| *slot >= FIRST_OF_FOLDS) {
            let Some(&group) = self.groups.get(slot - FIRST_OF_FOLDS) else { continue };
            let members = &self.names.model.groups[group].potential;
            if assignments.len().saturating_mul(members.len()) > MOST {
                self.found.is_cut = true;
                return Vec::new();
            }
            let with = |assignment: &Vec<(usize, ActorIndex)>, member: ActorIndex| {
                let mut longer = assignment.clone();
                longer.push((slot, member));
                longer
            };
            assignments = assignments
                .iter()
                .flat_map(|assignment| members.iter().map(|&member| with(assignment, member)).collect::<Vec<_>>())
                .collect();
        }
        assignments
    }
}

/// The variables of the scan that an expression names.
fn collect_variables(expression: &Expression, variables: &mut BTreeSet<usize>) {
    let mut note = |term: ActorTerm| {
        if let ActorTerm::Slot(slot) = term
            && slot >= ACTOR
        {
            variables.insert(slot);
        }
    };
    match expression {
        Expression::Attribute { holder, .. } => note(*holder),
        Expression::Relation { from, to, .. } | Expression::Pressure(from, to) => {
            [*from, *to].map(note).into_iter().collect()
        }
        Expression::SameActor(a, b) => [*a, *b].map(note).into_iter().collect(),
        Expression::InGroup(a, _) => note(*a),
        Expression::Events(_, selector) => selector.actor.into_iter().chain(selector.target).for_each(note),
        Expression::Definition { arguments, .. } => {
            for argument in arguments {
                if let Argument::Actor(term) = argument {
                    note(*term);
                }
            }
        }
        _ => {}
    }
    for part in expression.parts() {
        collect_variables(part, variables);
    }
}

/// Does it come down to numbers and parameters?
fn is_fixed(expression: &Expression) -> bool {
    match expression {
        Expression::Constant(_) | Expression::Parameter(_) => true,
        Expression::Negative(_)
        | Expression::Add(..)
        | Expression::Subtract(..)
        | Expression::Multiply(..)
        | Expression::Divide(..)
        | Expression::IntegerPower(..)
        | Expression::Power(..)
        | Expression::Function(..) => expression.parts().into_iter().all(is_fixed),
        _ => false,
    }
}

/// Does it read the time, or when something happened?
fn reads_time(expression: &Expression) -> bool {
    match expression {
        Expression::Now | Expression::Remaining(_) | Expression::Calendar(..) => true,
        Expression::Events(test, _) => *test != EventTest::Fired,
        _ => expression.parts().into_iter().any(reads_time),
    }
}

/// Does it name a cell that nobody holds, such as the relation of somebody to himself? Guards cut such parts off.
fn is_nothing(model: &Model, expression: &Expression) -> bool {
    match expression {
        Expression::Attribute { attribute, holder: ActorTerm::Actor(holder) } => {
            model.attributes[*attribute].cells[*holder].is_none()
        }
        Expression::Relation { from: ActorTerm::Actor(from), to: ActorTerm::Actor(to), .. } => from == to,
        _ => expression.parts().into_iter().any(|part| is_nothing(model, part)),
    }
}

/// The comparison with its sides exchanged.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
