//! Which rows the repetitions of a bootstrap take.

/// For each repetition as many rows as there are, drawn with replacement.
///
/// Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1), 1-26.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resamples {
    rows: Vec<Vec<usize>>,
}

impl Resamples {
    /// Draws `n_resamples` times `n_rows` rows; `uniform` gives numbers in [0, 1).
    pub fn draw(n_rows: usize, n_resamples: usize, mut uniform: impl FnMut() -> f64) -> Self {
        let mut row = || ((uniform() * n_rows as f64) as usize).min(n_rows.saturating_sub(1));
        Self { rows: (0..n_resamples).map(|_| (0..n_rows).map(|_| row()).collect()).collect() }
    }

    /// These rows, repetition by repetition.
    #[must_use]
    pub fn of(rows: Vec<Vec<usize>>) -> Self {
        Self { rows }
    }

    /// The repetitions.
    pub fn iter(&self) -> impl Iterator<Item = &[usize]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// Standard deviation (with n - 1) of a statistic over the repetitions; 0 for fewer than two.
    pub fn deviation(&self, statistic: impl FnMut(&[usize]) -> f64) -> f64 {
        let values: Vec<f64> = self.iter().map(statistic).collect();
        standard_deviation(&values)
    }
}

/// The numbers 0 to n - 1 in random order (Fisher and Yates); `uniform` gives numbers in [0, 1).
pub fn shuffled(n: usize, mut uniform: impl FnMut() -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        let other = ((uniform() * (last + 1) as f64) as usize).min(last);
        order.swap(last, other);
    }
    order
}

/// Standard deviation with n - 1; 0 for fewer than two values.
pub(super) fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares / (values.len() - 1) as f64).sqrt()
}

/// The mean; 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_range_and_a_shuffle_has_each_once() {
        let mut state = 0.37_f64;
        let mut uniform = || {
            state = (state * 997.0 + 0.123).fract();
            state
        };
        let resamples = Resamples::draw(7, 5, &mut uniform);
        assert_eq!(resamples.iter().count(), 5);
        assert!(resamples.iter().all(|rows| rows.len() == 7 && rows.iter().all(|row| *row < 7)));
        let mut order = shuffled(20, &mut uniform);
        assert_ne!(order, (0..20).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..20).collect::<Vec<_>>());
    }

    #[test]
    fn deviation_of_few_is_none() {
        assert_eq!(standard_deviation(&[3.0]), 0.0);
        assert_eq!(standard_deviation(&[1.0, 3.0]), 2.0_f64.sqrt());
        assert_eq!(Resamples::default().deviation(|_| 1.0), 0.0);
    }
}
