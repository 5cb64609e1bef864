//! Thresholds: what guards and outcomes watch, and on which side of it a quantity is.

use crate::model::Expression;
use crate::reference::Reading;

use super::kinds::Kind;
use super::reasons::NOBODY;

/// Where beyond a threshold begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edge {
    /// Beyond is above it (`>`, and `<=` turned round).
    Above,
    /// Beyond is from it on (`>=`, and `<` turned round).
    From,
    /// Beyond is to be exactly at it (`==`, `!=`).
    At,
}

/// A quantity beside a limit, in some guard. Both are closed: they name their actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// What is watched.
    pub quantity: Expression,
    /// What it is held against: a number, a parameter, or something that can change too.
    pub limit: Expression,
    /// Where beyond begins.
    pub edge: Edge,
    /// Both are durations or dates, compared with a slack of a billionth of a step.
    pub has_slack: bool,
    /// The quantity as the language writes it.
    pub quantity_text: String,
    /// The limit as the language writes it.
    pub limit_text: String,
    /// The rules, choices, options (`choice.option`), flows, later entries (`rule.later.name`) and outcomes that watch it.
    pub watchers: Vec<Watcher>,
}

/// Who watches a threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watcher {
    /// Its id.
    pub id: String,
    /// An outcome, or something with a label.
    pub is_told: bool,
}

impl Threshold {
    /// The quantity, its limit, and whether it is beyond.
    pub(super) fn read(&self, reading: &mut Reading<'_>, slack_days: f64) -> (f64, f64, bool) {
        let (quantity, limit) = (reading.value(&self.quantity, NOBODY), reading.value(&self.limit, NOBODY));
        let slack = if self.has_slack { slack_days } else { 0.0 };
        let beyond = match self.edge {
            Edge::Above => quantity > limit + slack,
            Edge::From => quantity >= limit - slack,
            Edge::At => (quantity - limit).abs() <= slack,
        };
        (quantity, limit, beyond)
    }

    /// The kind of both sides.
    pub(super) fn kind<'m>(&self, model: &'m crate::model::Model) -> Kind<'m> {
        use crate::model::Slack;
        let slack = if self.has_slack { Slack::BillionthOfStep } else { Slack::None };
        Kind::of_comparison(model, slack, &self.quantity, &self.limit)
    }
}
