//! How firm a box is: which columns other samples would restrict.

use super::boxes::PrimBox;
use super::data::PrimData;
use super::search::{PrimOptions, find_box};

/// Shares of repetitions, each in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reproduced {
    /// In which the column is restricted in the box of the nearest coverage.
    pub coverage: f64,
    /// In which it is restricted in the box of the nearest density.
    pub density: f64,
}

/// For each column in which share of repetitions it is restricted again, when boxes are sought in parts of the rows: the resampling test of Bryant and
/// Lempert (2010), as the EMA Workbench makes it (ten halves of the rows).
///
/// `parts` are the rows of each repetition.
#[must_use]
pub fn reproduced(data: &PrimData, options: PrimOptions, of: &PrimBox, parts: &[Vec<usize>]) -> Vec<Reproduced> {
    let mut found = vec![Reproduced::default(); data.columns.len()];
    let each = 1.0 / parts.len().max(1) as f64;
    for rows in parts {
        let part = data.part(rows);
        let boxes = find_box(&part, options, &vec![true; part.n_rows()]);
        let nearest = |distance: &dyn Fn(&PrimBox) -> f64| {
            boxes.iter().reduce(|best, other| if distance(other) < distance(best) { other } else { best })
        };
        let by_coverage = nearest(&|other| (other.coverage - of.coverage).abs());
        let by_density = nearest(&|other| (other.density - of.density).abs());
        let is_restricted = |it: Option<&PrimBox>, column: usize| it.is_some_and(|it| it.quasi_p[column].is_some());
        for (column, found) in found.iter_mut().enumerate() {
            found.coverage += if is_restricted(by_coverage, column) { each } else { 0.0 };
            found.density += if is_restricted(by_density, column) { each } else { 0.0 };
        }
    }
    found
}
