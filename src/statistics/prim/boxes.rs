//! A box, and how good it is.

use super::data::PrimData;
use crate::math::regularized_beta;

/// What a box holds of one column.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit {
    /// Numbers from `low` to `high`, both included.
    Between {
        /// Least.
        low: f64,
        /// Greatest.
        high: f64,
    },
    /// For each name whether it is held.
    Among(Vec<bool>),
}

/// Quasi-p-values of a restricted column, each in [0, 1]; `None` where that end is not restricted. Of names there is one, as `lower`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QuasiP {
    /// Of the lower end.
    pub lower: Option<f64>,
    /// Of the upper end.
    pub upper: Option<f64>,
}

/// A box on the way of peeling and pasting.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimBox {
    /// What it holds of each column.
    pub limits: Vec<Limit>,
    /// Rows in it.
    pub n: usize,
    /// Rows of interest in it.
    pub k: usize,
    /// Share of all rows of interest that are in it.
    pub coverage: f64,
    /// Share of its rows that are of interest; of yes and no this is its `mean` too.
    pub density: f64,
    /// Share of all rows that are in it.
    pub mass: f64,
    /// For each column, if it is restricted, how likely so many hits would be if the restriction meant nothing.
    pub quasi_p: Vec<Option<QuasiP>>,
}

impl PrimBox {
    /// Number of restricted columns.
    #[must_use]
    pub fn restricted(&self) -> usize {
        self.quasi_p.iter().flatten().count()
    }

    /// Measures a box on the rows that remain.
    ///
    /// Quasi-p-values (Bryant and Lempert 2010, appendix): the box with one restriction taken off holds T' rows, H' of interest; the value is
    /// P(X >= k) for X binomial with n trials of probability H' / T'. They are no p-values, since the box was chosen on the same rows.
    pub(super) fn measure(data: &PrimData, limits: Vec<Limit>, remaining: &[bool]) -> Self {
        let restricted: Vec<usize> =
            (0..limits.len()).filter(|column| limits[*column] != data.whole[*column]).collect();
        let (mut n, mut k) = (0, 0);
        // Rows (and rows of interest) that break this one limit only: below (or a name), above.
        let mut only = vec![[(0_usize, 0_usize); 2]; limits.len()];
        for row in (0..data.n_rows()).filter(|row| remaining[*row]) {
            let mut broken = restricted.iter().filter(|column| !data.is_within(row, **column, &limits[**column]));
            let hit = usize::from(data.interest[row]);
            match (broken.next(), broken.next()) {
                (None, _) => {
                    n += 1;
                    k += hit;
                }
                (Some(&column), None) => {
                    let count = &mut only[column][usize::from(is_above(data, row, column, &limits[column]))];
                    count.0 += 1;
                    count.1 += hit;
                }
                _ => {}
            }
        }
        let tail = |(more, more_hits): (usize, usize)| {
            let probability = (k + more_hits) as f64 / (n + more).max(1) as f64;
            at_least(k, n, probability)
        };
        let mut quasi_p = vec![None; limits.len()];
        for &column in &restricted {
            quasi_p[column] = Some(match (&limits[column], &data.whole[column]) {
                (Limit::Between { low, high }, Limit::Between { low: least, high: most }) => QuasiP {
                    lower: (low != least).then(|| tail(only[column][0])),
                    upper: (high != most).then(|| tail(only[column][1])),
                },
                _ => QuasiP { lower: Some(tail(only[column][0])), upper: None },
            });
        }
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        Self {
            n,
            k,
            coverage: share(k, data.n_interest),
            density: share(k, n),
            mass: share(n, data.n_rows()),
            quasi_p,
            limits,
        }
    }
}

/// Is the row's number above the limit's greatest?
fn is_above(data: &PrimData, row: usize, column: usize, limit: &Limit) -> bool {
    match (&data.columns[column], limit) {
        (super::Column::Number(values), Limit::Between { high, .. }) => values[row] > *high,
        _ => false,
    }
}

/// P(X >= k) for X binomial: I_p(k, n - k + 1) (DLMF 8.17.5).
pub(super) fn at_least(k: usize, n: usize, probability: f64) -> f64 {
    if k == 0 { 1.0 } else { regularized_beta(probability, k as f64, (n - k.min(n) + 1) as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_of_the_binomial() {
        assert_eq!(at_least(0, 5, 0.3), 1.0);
        assert!((at_least(2, 3, 0.5) - 0.5).abs() < 1e-14);
        assert_eq!(at_least(3, 3, 1.0), 1.0);
    }
}
