//! PAWN: how much the whole distribution of an output changes when a parameter is known.

use super::resample::{Resamples, mean};
use crate::statistics::Estimate;

/// The slices that a parameter's values are cut into.
#[derive(Clone, Debug, PartialEq)]
pub struct Slices {
    /// For each row its slice; `None` for the rows of the greatest value, which SALib leaves out.
    slice_of_row: Vec<Option<usize>>,
    n_slices: usize,
}

impl Slices {
    /// Cuts `values` at their quantiles into `n_slices` slices, each without its upper end, as SALib does. Where there are not more different values than
    /// slices, every value is a slice of its own.
    #[must_use]
    pub fn of(values: &[f64], n_slices: usize) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        if distinct.len() <= n_slices {
            let slice = |value: &f64| distinct.iter().position(|other| other == value);
            return Self { slice_of_row: values.iter().map(slice).collect(), n_slices: distinct.len() };
        }
        let ends: Vec<f64> = (0..=n_slices).map(|end| quantile(&sorted, end as f64 / n_slices as f64)).collect();
        let slice = |value: &f64| {
            // The last slice that begins at or below the value, if it ends above it.
            let above = ends.partition_point(|end| end <= value);
            (1..=n_slices).contains(&above).then(|| above - 1)
        };
        Self { slice_of_row: values.iter().map(slice).collect(), n_slices }
    }
}

/// Quantile of sorted values, linear between order statistics (type 7 of Hyndman and Fan 1996), as numpy has it.
fn quantile(sorted: &[f64], level: f64) -> f64 {
    let place = level.clamp(0.0, 1.0) * (sorted.len().saturating_sub(1)) as f64;
    let below = place.floor() as usize;
    let value = |at: usize| sorted.get(at).or(sorted.last()).copied().unwrap_or(0.0);
    let (low, high) = (value(below), value(below + 1));
    low + (high - low) * (place - below as f64)
}

/// What the distances of the slices say; all in [0, 1] but `cv`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PawnIndices {
    /// Least distance of a slice.
    pub minimum: f64,
    /// Mean.
    pub mean: f64,
    /// Median, with its bootstrap error: the index as it is usually told.
    pub median: Estimate,
    /// Greatest distance of a slice.
    pub maximum: f64,
    /// Standard deviation (with n) divided by the mean; 0 where the mean is 0.
    pub cv: f64,
}

/// PAWN indices of an output to a parameter whose values have been sliced.
///
/// For each slice the distance of Kolmogorov and Smirnov between the output's distribution in the slice and in all rows; Pianosi and Wagener (2018),
/// "Distribution-based sensitivity analysis from a generic input-output sample", Environmental Modelling & Software 108, 197-207. Without a model of the
/// parameters' dependence, a correlated parameter shows what it goes with, not what it does. Distances are never negative and a parameter that does nothing
/// has small ones, not 0: hold the median against that of a shuffled parameter. `resamples` are over rows.
#[must_use]
pub fn pawn_indices(slices: &Slices, outputs: &[f64], resamples: &Resamples) -> PawnIndices {
    let mut order: Vec<usize> = (0..outputs.len()).collect();
    order.sort_by(|a, b| outputs[*a].total_cmp(&outputs[*b]));
    let distances = distances(slices, outputs, &order, &vec![1; outputs.len()]);
    let of_resample = |rows: &[usize]| {
        let mut weights = vec![0_u32; outputs.len()];
        rows.iter().filter_map(|row| weights.get_mut(*row).map(|weight| *weight += 1)).for_each(drop);
        median(self::distances(slices, outputs, &order, &weights))
    };
    let standard_error = resamples.deviation(of_resample);
    let average = mean(&distances);
    let squares: Vec<f64> = distances.iter().map(|distance| (distance - average) * (distance - average)).collect();
    PawnIndices {
        minimum: distances.iter().copied().reduce(f64::min).unwrap_or(0.0),
        mean: average,
        median: Estimate { value: median(distances.clone()), standard_error },
        maximum: distances.iter().copied().fold(0.0, f64::max),
        cv: if average > 0.0 { mean(&squares).sqrt() / average } else { 0.0 },
    }
}

/// Distances of all slices that have rows; `order` sorts the outputs, `weights` says how often a row counts.
fn distances(slices: &Slices, outputs: &[f64], order: &[usize], weights: &[u32]) -> Vec<f64> {
    let mut sizes = vec![0.0; slices.n_slices];
    let mut n = 0.0;
    for (row, slice) in slices.slice_of_row.iter().enumerate() {
        let weight = f64::from(weights.get(row).copied().unwrap_or(0));
        n += weight;
        if let Some(slice) = slice {
            sizes[*slice] += weight;
        }
    }
    let mut below = vec![0.0; slices.n_slices];
    let mut most = vec![0.0_f64; slices.n_slices];
    let mut below_all = 0.0;
    for (place, &row) in order.iter().enumerate() {
        let weight = f64::from(weights[row]);
        below_all += weight;
        if let Some(Some(slice)) = slices.slice_of_row.get(row) {
            below[*slice] += weight;
        }
        // Distributions are compared where a value ends.
        if order.get(place + 1).is_none_or(|next| outputs[*next] != outputs[row]) {
            for ((most, below), size) in most.iter_mut().zip(&below).zip(&sizes) {
                if *size > 0.0 {
                    *most = most.max((below / size - below_all / n).abs());
                }
            }
        }
    }
    most.into_iter().zip(sizes).filter(|(_, size)| *size > 0.0).map(|(most, _)| most).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile(&values, 0.5)
}

/// Greatest distance between the distribution functions of two samples, in [0, 1]; 0 if one is empty.
///
/// Smirnov (1939); two-sided.
#[must_use]
pub fn kolmogorov_smirnov(first: &[f64], second: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = first.iter().map(|value| (*value, true)).collect();
    all.extend(second.iter().map(|value| (*value, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (n_first, n_second) = (first.len() as f64, second.len() as f64);
    if first.is_empty() || second.is_empty() {
        return 0.0;
    }
    let (mut below_first, mut below_second, mut most) = (0.0, 0.0, 0.0_f64);
    for (place, (value, is_first)) in all.iter().enumerate() {
        if *is_first {
            below_first += 1.0
        } else {
            below_second += 1.0
        }
        if all.get(place + 1).is_none_or(|next| next.0 != *value) {
            most = most.max((below_first / n_first - below_second / n_second).abs());
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_of_shifted_samples() {
        assert_eq!(kolmogorov_smirnov(&[1.0, 2.0, 3.0, 4.0], &[3.0, 4.0, 5.0, 6.0]), 0.5);
        assert_eq!(kolmogorov_smirnov(&[1.0], &[1.0, 1.0]), 0.0);
        assert_eq!(kolmogorov_smirnov(&[], &[1.0]), 0.0);
    }

    #[test]
    fn slices_are_compared_with_all_rows() {
        let values: Vec<f64> = (0..40).map(f64::from).collect();
        let outputs: Vec<f64> = values.iter().map(|value| (value * 0.3).fract()).collect();
        let slices = Slices::of(&values, 4);
        let indices = pawn_indices(&slices, &outputs, &Resamples::default());
        let of_slice = |slice: usize| {
            let part: Vec<f64> =
                (0..40).filter(|row| slices.slice_of_row[*row] == Some(slice)).map(|row| outputs[row]).collect();
            kolmogorov_smirnov(&part, &outputs)
        };
        let distances: Vec<f64> = (0..4).map(of_slice).collect();
        assert!((indices.mean - mean(&distances)).abs() < 1e-15, "{indices:?} {distances:?}");
        assert_eq!(slices.slice_of_row[39], None);
    }

    #[test]
    fn few_values_are_slices_of_their_own() {
        let values: Vec<f64> = (0..30).map(|row| f64::from(row % 2)).collect();
        let slices = Slices::of(&values, 10);
        assert_eq!(slices.n_slices, 2);
        let indices = pawn_indices(&slices, &values, &Resamples::default());
        assert_eq!((indices.minimum, indices.maximum), (0.5, 0.5));
    }

    #[test]
    fn what_never_changes_has_no_distance() {
        let values: Vec<f64> = (0..30).map(f64::from).collect();
        let indices = pawn_indices(&Slices::of(&values, 10), &[2.0; 30], &Resamples::draw(30, 9, || 0.4));
        assert_eq!(indices, PawnIndices::default());
        assert_eq!(pawn_indices(&Slices::of(&[], 10), &[], &Resamples::default()), PawnIndices::default());
    }
}
