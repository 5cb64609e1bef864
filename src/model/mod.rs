//! The checked scenario: plain data, valid by construction; only `check` builds it.
//!
//! Every list is in byte order of ids, so an index compares as its id does: actors, attributes, rules and so on. Names are
//! gone from expressions; what is left are indices and values in canonical units (days, per day, days since the start).

mod cell;
mod civil_calendar;
mod expression;
mod happening;
mod pair_cells;
mod point;
mod quantity;
mod reading;
mod run_record;
mod scenario;

pub use cell::{Attribute, Cell, CellOwner, HalfLife, Relation, Start, StateVariable};
pub use civil_calendar::{CivilCalendar, DateStyle};
pub use expression::{
    ActorTerm, Argument, Calendar, Comparison, Condition, EventTest, Expression, Fold, FoldKind, Function, NEVER_DAYS,
    Selector, Slack,
};
pub use happening::{
    Act, Choice, ChoiceOption, Draw, Effect, Event, EventSource, Flow, Happening, Instance, Later, Opportunity,
    OptionInstance, Place, Rule, Timing, Weighing,
};
pub use pair_cells::PairCells;
pub use point::{Point, Setting};
pub use quantity::{Distribution, Quantity, Shape, Value};
pub use reading::{Definition, History, HistoryEvent, Measure, Outcome, Query};
pub use run_record::{BUILT_IN_MEASURES, EventTally, QueryAnswer, RunRecord, StopReason};
pub use scenario::{
    Actor, Clock, DataFile, Group, Model, Notes, Parameter, ParameterSource, RecordedEvent, Start as ScenarioStart,
};

/// Index of an actor in [`Model::actors`]; compares as the ids do.
pub type ActorIndex = usize;
