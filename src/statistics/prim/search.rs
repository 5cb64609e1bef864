//! From all rows to a box, step by step; and box after box.

use super::boxes::PrimBox;
use super::data::PrimData;
use super::paste;
use super::peel::{Candidate, Peeling};

/// How boxes are sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrimOptions {
    /// Share of the box's rows that a peel takes off a column of numbers; above 0, below 0.5.
    pub peel_alpha: f64,
    /// Share of the rows beyond an end that a paste takes back.
    pub paste_alpha: f64,
    /// Least share of all rows in a box.
    pub mass_min: f64,
}

impl Default for PrimOptions {
    /// Those of the EMA Workbench: 0.05, 0.05, 0.05.
    fn default() -> Self {
        Self { peel_alpha: 0.05, paste_alpha: 0.05, mass_min: 0.05 }
    }
}

/// The peeling and pasting trajectory among the rows that remain: the first box holds all of them, the last is where no step helped any more.
///
/// A step is the one with the greatest gain of the share of interest for each row lost or won (the "lenient" objective of Kwakkel and Jaxa-Rozen 2016,
/// Environmental Modelling & Software 79, 311-321), of equal ones that with more unrestricted columns, then the first.
#[must_use]
pub fn find_box(data: &PrimData, options: PrimOptions, remaining: &[bool]) -> Vec<PrimBox> {
    let mut peeling = Peeling::new(data, remaining);
    let measure = |limits: &[_]| PrimBox::measure(data, limits.to_vec(), remaining);
    let mut boxes = vec![measure(&peeling.limits)];
    let alpha = options.peel_alpha.clamp(1e-6, 0.499);
    loop {
        let (n, k) = (peeling.n, peeling.k);
        let Some(step) = best(data, &peeling.limits, n, k, peeling.candidates(alpha)) else { break };
        let mass = step.n as f64 / data.n_rows() as f64;
        if mass < options.mass_min || step.n >= n || gain(n, k, &step) <= 0.0 {
            break;
        }
        peeling.apply(step);
        boxes.push(measure(&peeling.limits));
    }
    let (mut limits, mut n, mut k) = (peeling.limits, peeling.n, peeling.k);
    let alpha = options.paste_alpha.clamp(1e-6, 0.499);
    while let Some(step) = best(data, &limits, n, k, paste::candidates(data, &limits, remaining, alpha)) {
        let mass = step.n as f64 / data.n_rows() as f64;
        if mass < options.mass_min || step.n <= n || gain(n, k, &step) <= 0.0 {
            break;
        }
        limits[step.column] = step.limit;
        (n, k) = (step.n, step.k);
        boxes.push(measure(&limits));
    }
    boxes
}

/// Change of the share of interest for each row by which the box changes.
fn gain(n: usize, k: usize, step: &Candidate) -> f64 {
    let share = |k: usize, n: usize| if n == 0 { 0.0 } else { k as f64 / n as f64 };
    let change = share(step.k, step.n) - share(k, n);
    if change == 0.0 || n == step.n { 0.0 } else { change / n.abs_diff(step.n) as f64 }
}

/// The step with the greatest gain; of equal ones that which leaves more columns unrestricted, then the first.
fn best(data: &PrimData, limits: &[super::Limit], n: usize, k: usize, candidates: Vec<Candidate>) -> Option<Candidate> {
    let restricted = |step: &Candidate| {
        let is_restricted = |column: usize| {
            let limit = if column == step.column { &step.limit } else { &limits[column] };
            *limit != data.whole[column]
        };
        (0..limits.len()).filter(|column| is_restricted(*column)).count()
    };
    let mut best: Option<(f64, usize, Candidate)> = None;
    for step in candidates {
        let (gain, restricted) = (gain(n, k, &step), restricted(&step));
        if best.as_ref().is_none_or(|best| gain > best.0 || (gain == best.0 && restricted < best.1)) {
            best = Some((gain, restricted, step));
        }
    }
    best.map(|(_, _, step)| step)
}

/// The place on a trajectory of the box that balances coverage and density best: the greatest harmonic mean of the two (F1), of equal ones the first.
#[must_use]
pub fn best_box(boxes: &[PrimBox]) -> usize {
    let balance = |it: &PrimBox| {
        let sum = it.coverage + it.density;
        if sum > 0.0 { 2.0 * it.coverage * it.density / sum } else { 0.0 }
    };
    let mut best = 0;
    for (at, it) in boxes.iter().enumerate() {
        if balance(it) > balance(&boxes[best]) {
            best = at;
        }
    }
    best
}

/// Box after box, each among the rows that those before left over, with the place that `choose` picks on each trajectory: at most `n_boxes`, and none when no
/// row of interest is left.
pub fn find_boxes(
    data: &PrimData,
    options: PrimOptions,
    n_boxes: usize,
    choose: impl Fn(&[PrimBox]) -> usize,
) -> Vec<(Vec<PrimBox>, usize)> {
    let mut remaining = vec![true; data.n_rows()];
    let mut found = Vec::new();
    for _ in 0..n_boxes {
        if !(0..data.n_rows()).any(|row| remaining[row] && data.interest[row]) {
            break;
        }
        let boxes = find_box(data, options, &remaining);
        let chosen = choose(&boxes).min(boxes.len().saturating_sub(1));
        let limits = &boxes[chosen].limits;
        for (row, remains) in remaining.iter_mut().enumerate() {
            *remains &= !limits.iter().enumerate().all(|(column, limit)| data.is_within(row, column, limit));
        }
        found.push((boxes, chosen));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::prim::{Column, Limit};

    fn two_columns(interest: impl Fn(f64, f64) -> bool) -> PrimData {
        let place = |row: usize, by: usize| ((row * by) % 1009) as f64 / 1009.0;
        let columns = [37, 411].map(|by| (0..1000).map(|row| place(row, by)).collect::<Vec<_>>());
        let interest = (0..1000).map(|row| interest(columns[0][row], columns[1][row])).collect();
        PrimData::new(columns.into_iter().map(Column::Number).collect(), interest).unwrap()
    }

    #[test]
    fn a_corner_is_found() {
        let data = two_columns(|x, y| x > 0.6 && y < 0.3);
        let boxes = find_box(&data, PrimOptions::default(), &vec![true; 1000]);
        let chosen = &boxes[best_box(&boxes)];
        assert!(chosen.density > 0.95 && chosen.coverage > 0.9, "{chosen:?}");
        assert_eq!(chosen.restricted(), 2);
        assert_eq!((boxes[0].coverage, boxes[0].mass, boxes[0].restricted()), (1.0, 1.0, 0));
        let Limit::Between { low, .. } = chosen.limits[0] else { panic!("numbers") };
        assert!((low - 0.6).abs() < 0.05, "{low}");
    }

    #[test]
    fn two_strips_take_two_boxes() {
        let data = two_columns(|x, y| x > 0.85 || y > 0.85);
        let found = find_boxes(&data, PrimOptions::default(), 5, best_box);
        assert!(found.len() >= 2);
        let coverage: f64 = found[..2].iter().map(|(boxes, chosen)| boxes[*chosen].coverage).sum();
        assert!(coverage > 0.9, "{coverage}");
    }

    #[test]
    fn nothing_of_interest_is_no_box() {
        let data = two_columns(|_, _| false);
        assert!(find_boxes(&data, PrimOptions::default(), 3, best_box).is_empty());
        assert_eq!(find_box(&data, PrimOptions::default(), &vec![true; 1000]).len(), 1);
        let nothing = PrimData::new(vec![Column::Number(Vec::new())], Vec::new()).unwrap();
        assert_eq!(find_box(&nothing, PrimOptions::default(), &[]).len(), 1);
    }
}
