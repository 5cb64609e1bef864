//! Exact answers by other ways than simulation: sums, recursions, linear algebra.

/// The solution of a linear system, by elimination with pivots.
pub(super) fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for column in 0..n {
        let size = |row: &usize| rows[*row][column].abs();
        let pivot = (column..n).max_by(|a, b| size(a).total_cmp(&size(b))).expect("there is a row");
        rows.swap(column, pivot);
        right.swap(column, pivot);
        for row in column + 1..n {
            let factor = rows[row][column] / rows[column][column];
            for place in column..n {
                let part = factor * rows[column][place];
                rows[row][place] -= part;
            }
            right[row] -= factor * right[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|place| rows[row][place] * right[place]).sum();
        right[row] = (right[row] - known) / rows[row][row];
    }
    right
}

/// A Markov chain in discrete time: row i holds the probabilities of going from i.
pub(super) struct Chain(pub(super) Vec<Vec<f64>>);

impl Chain {
    /// A chain of n states from a function that gives where state i goes and with what probability.
    pub(super) fn of(n: usize, moves: impl Fn(usize) -> Vec<(usize, f64)>) -> Chain {
        let mut rows = vec![vec![0.0; n]; n];
        for (state, row) in rows.iter_mut().enumerate() {
            for (to, probability) in moves(state) {
                row[to] += probability;
            }
            let total: f64 = row.iter().sum();
            assert!((total - 1.0).abs() < 1e-12, "row {state} sums to {total}");
        }
        Chain(rows)
    }

    /// The distribution after some steps, from a state.
    pub(super) fn after(&self, steps: usize, from: usize) -> Vec<f64> {
        let n = self.0.len();
        let mut now = vec![0.0; n];
        now[from] = 1.0;
        for _ in 0..steps {
            now = (0..n).map(|to| (0..n).map(|state| now[state] * self.0[state][to]).sum()).collect();
        }
        now
    }

    /// Mean of a value of the state after some steps.
    pub(super) fn mean_after(&self, steps: usize, from: usize, value: impl Fn(usize) -> f64) -> f64 {
        self.after(steps, from).iter().enumerate().map(|(state, probability)| probability * value(state)).sum()
    }

    /// From each state the probability of ever reaching `goal` before any other of the `ends`.
    pub(super) fn reach(&self, goal: usize, ends: &[usize]) -> Vec<f64> {
        let last = |state: usize| state == goal || ends.contains(&state);
        self.system(last, |state| if state == goal { 1.0 } else { 0.0 })
    }

    /// From each state the mean number of steps until one of the `ends` is reached.
    pub(super) fn mean_steps(&self, ends: &[usize]) -> Vec<f64> {
        self.system(|state| ends.contains(&state), |state| if ends.contains(&state) { 0.0 } else { 1.0 })
    }

    fn system(&self, last: impl Fn(usize) -> bool, right: impl Fn(usize) -> f64) -> Vec<f64> {
        let n = self.0.len();
        let unit = |row: usize, column: usize| if row == column { 1.0 } else { 0.0 };
        let row = |state: usize| {
            (0..n).map(|to| unit(state, to) - if last(state) { 0.0 } else { self.0[state][to] }).collect()
        };
        solve((0..n).map(row).collect(), (0..n).map(right).collect())
    }
}

/// n choose k.
pub(super) fn choose(n: u32, k: u32) -> f64 {
    (0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product()
}

/// Probability of k successes in n trials.
pub(super) fn binomial(n: u32, k: u32, p: f64) -> f64 {
    choose(n, k) * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32)
}

/// Probability that something with this rate a day happens within so many days.
pub(super) fn within(rate: f64, days: f64) -> f64 {
    1.0 - (-rate * days).exp()
}
