//! Sobol's indices from Saltelli's design.

use super::resample::Resamples;
use crate::statistics::Estimate;

/// An output whose values differ by less than this part of their size does not change.
const LEAST_SPREAD: f64 = 1e-12;

/// One output at the points of Saltelli's design with base sample size N and D parameters: N rows of A and of B, which are independent; AB_j is A with
/// the column of parameter j taken from B, BA_j is B with that column taken from A (Saltelli 2002, Computer Physics Communications 145, 280-297).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaltelliOutputs {
    /// At the N points of A.
    pub a: Vec<f64>,
    /// At the N points of B.
    pub b: Vec<f64>,
    /// For each parameter at the N points of AB.
    pub ab: Vec<Vec<f64>>,
    /// For each parameter at the N points of BA; empty where no second-order indices are wanted.
    pub ba: Vec<Vec<f64>>,
}

/// The indices of one output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SobolIndices {
    /// First-order index of each parameter: the share of the variance of the output that it carries alone.
    pub first: Vec<Estimate>,
    /// Total index of each parameter: that share with all its interactions.
    pub total: Vec<Estimate>,
    /// Second-order index of each pair (j, k) with j < k, in order of j, then k: what the two carry together beyond what each carries alone.
    pub second: Vec<(usize, usize, Estimate)>,
}

/// Sobol's indices of first and total order, and of second order where `outputs.ba` is there, with bootstrap errors.
///
/// Of first order the estimator (b) of table 2 of Saltelli et al. (2010), Computer Physics Communications 181, 259-270: mean(B (AB_j - A)) / V; of total
/// order that of Jansen (1999), Computer Physics Communications 117, 35-43: mean((A - AB_j)^2) / 2V; of second order Saltelli (2002):
/// mean(BA_j AB_k - A B) / V less both first-order indices. V is the variance of A and B together, and outputs are centred by the mean of all, as SALib has
/// it. `resamples` are over the N rows; each repetition takes a row with all its points.
///
/// Where outputs are means over runs with the same random numbers at all points, the indices are those of these means. What noise is left in them
/// (different at each point) counts as interaction: it lowers first-order indices and raises total ones, by at most its share of the variance.
#[must_use]
pub fn sobol_indices(outputs: &SaltelliOutputs, resamples: &Resamples) -> SobolIndices {
    let n_parameters = outputs.ab.len();
    let Some(outputs) = centred(outputs) else {
        return SobolIndices {
            first: vec![Estimate::default(); n_parameters],
            total: vec![Estimate::default(); n_parameters],
            second: pairs(outputs.ba.len()).map(|(j, k)| (j, k, Estimate::default())).collect(),
        };
    };
    let all: Vec<usize> = (0..outputs.a.len()).collect();
    let variance_of_all = outputs.variance(&all);
    let variances: Vec<f64> = resamples.iter().map(|rows| outputs.variance(rows)).collect();
    let estimate = |index: &dyn Fn(&[usize], f64) -> f64| {
        let mut variances = variances.iter();
        let repeated = |rows: &[usize]| index(rows, variances.next().copied().unwrap_or(0.0));
        Estimate { value: index(&all, variance_of_all), standard_error: resamples.deviation(repeated) }
    };
    SobolIndices {
        first: (0..n_parameters).map(|j| estimate(&|rows, variance| outputs.first(rows, variance, j))).collect(),
        total: (0..n_parameters).map(|j| estimate(&|rows, variance| outputs.total(rows, variance, j))).collect(),
        second: pairs(outputs.ba.len())
            .map(|(j, k)| (j, k, estimate(&|rows, variance| outputs.second(rows, variance, j, k))))
            .collect(),
    }
}

/// All pairs j < k below n.
fn pairs(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n).flat_map(move |j| (j + 1..n).map(move |k| (j, k)))
}

/// The outputs centred by the mean of all and scaled to at most 1 in size; `None` if they are all the same. Indices do not depend on the scale.
fn centred(outputs: &SaltelliOutputs) -> Option<SaltelliOutputs> {
    let parts = || {
        let columns = outputs.ab.iter().chain(&outputs.ba);
        [&outputs.a, &outputs.b].into_iter().chain(columns)
    };
    let size = parts().flatten().fold(0.0_f64, |size, value| size.max(value.abs()));
    let n: usize = parts().map(Vec::len).sum();
    if size == 0.0 || n == 0 {
        return None;
    }
    let mean = parts().flatten().map(|value| value / size).sum::<f64>() / n as f64;
    let spread = parts().flatten().fold(0.0_f64, |spread, value| spread.max((value / size - mean).abs()));
    if spread <= LEAST_SPREAD {
        return None;
    }
    let centre = |values: &Vec<f64>| values.iter().map(|value| (value / size - mean) / spread).collect::<Vec<f64>>();
    Some(SaltelliOutputs {
        a: centre(&outputs.a),
        b: centre(&outputs.b),
        ab: outputs.ab.iter().map(centre).collect(),
        ba: outputs.ba.iter().map(centre).collect(),
    })
}

/// A part of a variance; 0 of none.
fn part(of_rows: f64, n_rows: usize, variance: f64) -> f64 {
    if variance <= LEAST_SPREAD * LEAST_SPREAD { 0.0 } else { of_rows / n_rows as f64 / variance }
}

impl SaltelliOutputs {
    /// Variance (with n) of A and B together.
    fn variance(&self, rows: &[usize]) -> f64 {
        let values = || rows.iter().map(|&row| self.a[row]).chain(rows.iter().map(|&row| self.b[row]));
        let n = (2 * rows.len()).max(1) as f64;
        let mean = values().sum::<f64>() / n;
        values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n
    }

    fn first(&self, rows: &[usize], variance: f64, j: usize) -> f64 {
        let sum = rows.iter().map(|&row| self.b[row] * (self.ab[j][row] - self.a[row])).sum();
        part(sum, rows.len(), variance)
    }

    fn total(&self, rows: &[usize], variance: f64, j: usize) -> f64 {
        let difference = |row: usize| self.a[row] - self.ab[j][row];
        let sum = rows.iter().map(|&row| difference(row) * difference(row)).sum::<f64>();
        part(0.5 * sum, rows.len(), variance)
    }

    fn second(&self, rows: &[usize], variance: f64, j: usize, k: usize) -> f64 {
        let product = |row: usize| self.ba[j][row] * self.ab[k][row] - self.a[row] * self.b[row];
        let both = part(rows.iter().map(|&row| product(row)).sum(), rows.len(), variance);
        both - self.first(rows, variance, j) - self.first(rows, variance, k)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_changes_has_no_index() {
        let outputs =
            SaltelliOutputs { a: vec![0.1; 8], b: vec![0.1; 8], ab: vec![vec![0.1; 8]; 3], ba: vec![vec![0.1; 8]; 3] };
        let indices = sobol_indices(&outputs, &Resamples::draw(8, 10, || 0.5));
        assert!(indices.first.iter().chain(&indices.total).all(|index| *index == Estimate::default()));
        assert_eq!(indices.second.len(), 3);
        assert_eq!(sobol_indices(&SaltelliOutputs::default(), &Resamples::default()), SobolIndices::default());
    }

    #[test]
    fn a_sum_of_two_has_half_each() {
        // The full factorial of two coins, x + y and a third that does nothing.
        let coin = |row: usize, bit: usize| f64::from(u8::from(row >> bit & 1 == 1));
        let rows = 0..64;
        let of = |pick: &dyn Fn(usize) -> (f64, f64)| rows.clone().map(|row| pick(row).0 + pick(row).1).collect();
        let outputs = SaltelliOutputs {
            a: of(&|row| (coin(row, 0), coin(row, 1))),
            b: of(&|row| (coin(row, 2), coin(row, 3))),
            ab: vec![
                of(&|row| (coin(row, 2), coin(row, 1))),
                of(&|row| (coin(row, 0), coin(row, 3))),
                of(&|row| (coin(row, 0), coin(row, 1))),
            ],
            ba: Vec::new(),
        };
        let indices = sobol_indices(&outputs, &Resamples::default());
        for (j, expected) in [0.5, 0.5, 0.0].into_iter().enumerate() {
            assert!((indices.first[j].value - expected).abs() < 1e-12, "{indices:?}");
            assert!((indices.total[j].value - expected).abs() < 1e-12, "{indices:?}");
        }
    }

    #[test]
    fn size_and_place_of_the_output_do_not_matter() {
        let values = |seed: f64| (0..32).map(|row| (seed * f64::from(row * 7 % 32)).fract()).collect::<Vec<_>>();
        let plain =
            SaltelliOutputs { a: values(0.37), b: values(0.71), ab: vec![values(0.53)], ba: vec![values(0.29)] };
        let change = |values: &Vec<f64>| values.iter().map(|value| value * 1e200 + 3e200).collect::<Vec<_>>();
        let large = SaltelliOutputs {
            a: change(&plain.a),
            b: change(&plain.b),
            ab: plain.ab.iter().map(change).collect(),
            ba: plain.ba.iter().map(change).collect(),
        };
        let mut state = 0.1_f64;
        let resamples = Resamples::draw(32, 20, || {
            state = (state * 997.0 + 0.123).fract();
            state
        });
        let (plain, large) = (sobol_indices(&plain, &resamples), sobol_indices(&large, &resamples));
        assert!((plain.first[0].value - large.first[0].value).abs() < 1e-9);
        assert!((plain.total[0].standard_error - large.total[0].standard_error).abs() < 1e-9);
    }
}
