//! What values can be: intervals that hold every value an expression can take, found without running anything.
//!
//! [`Subject`] is the checked scenario with an index of who writes which cell; [`Facts`] what each place can hold, given which events can
//! happen at all; [`Evaluator`] reads an expression on intervals. All of it is outer: a value outside an interval is impossible, a value
//! inside need not be possible. With every place settled to one value the same reading gives the value itself.

mod combine;
mod domains;
mod evaluate;
mod facts;
mod frame;
mod happened;
mod interval;
mod leaf;
mod occurrence;
mod possible;
mod ranges;
mod spread;
mod subject;
mod writes;

pub(super) use evaluate::Evaluator;
pub(super) use facts::{Facts, View};
pub(super) use frame::{Bound, Frame};
pub(super) use interval::Interval;
pub(super) use leaf::{EventKey, Leaf, Setting, Settings};
pub(super) use occurrence::{Occurrence, Occurrences, Variable};
pub(super) use possible::{Possible, possible};
pub(super) use ranges::measure_ranges;
pub(super) use spread::Spread;
pub(super) use subject::Subject;
pub(super) use writes::{Source, Write, cell_of};
