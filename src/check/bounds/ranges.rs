//! Ranges of measures, where the author gave none.

use super::evaluate::Evaluator;
use super::facts::{Facts, View};
use super::frame::Frame;
use super::possible::Possible;
use super::subject::Subject;

/// Wider than this an interval says nothing about a measure, as that of a time since what may never have happened.
const WIDEST: f64 = 1e8;

/// For each measure an interval that holds each of its values, whatever an experiment may set, or `None` where there is no useful one.
pub(in crate::check) fn measure_ranges(subject: &Subject, possible: &Possible) -> Vec<Option<(f64, f64)>> {
    let facts = Facts::new(subject, View::Settable, possible);
    let range = |measure: &crate::check::content::TypedMeasure| {
        if measure.range.is_some() {
            return measure.range;
        }
        let found = Evaluator::plain(&facts).evaluate(&measure.value, &mut Frame::anybody());
        let is_useful = found.low < found.high && found.low >= -WIDEST && found.high <= WIDEST;
        is_useful.then_some((found.low, found.high))
    };
    subject.content.measures.iter().map(range).collect()
}
