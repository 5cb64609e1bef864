//! Peeling: thin slices are taken off where that raises the share of interest most for each row that is lost.

use super::boxes::Limit;
use super::data::{Column, PrimData, between_quantile};

/// What a step would leave.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The column that it changes, and to what.
    pub(super) column: usize,
    pub(super) limit: Limit,
    /// Rows and rows of interest in the new box.
    pub(super) n: usize,
    pub(super) k: usize,
}

/// The rows of the present box, sorted by each column of numbers.
#[derive(Debug)]
pub(super) struct Peeling<'d> {
    data: &'d PrimData,
    pub(super) limits: Vec<Limit>,
    /// For each column its rows in order; unsorted where it has names.
    orders: Vec<Vec<u32>>,
    pub(super) n: usize,
    pub(super) k: usize,
}

impl<'d> Peeling<'d> {
    /// Begins with all rows that remain.
    pub(super) fn new(data: &'d PrimData, remaining: &[bool]) -> Self {
        let rows: Vec<u32> = (0..data.n_rows() as u32).filter(|row| remaining[*row as usize]).collect();
        let order = |column: &Column| {
            let mut rows = rows.clone();
            if let Column::Number(values) = column {
                rows.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
            }
            rows
        };
        let k = rows.iter().filter(|row| data.interest[**row as usize]).count();
        Self { data, limits: data.whole.clone(), orders: data.columns.iter().map(order).collect(), n: rows.len(), k }
    }

    /// All that could be peeled off: of numbers the upper end, then the lower, of names each; columns of names behind those of numbers.
    pub(super) fn candidates(&self, alpha: f64) -> Vec<Candidate> {
        let mut found = Vec::new();
        if self.n == 0 {
            return found;
        }
        for (column, values) in self.data.columns.iter().enumerate() {
            if let Column::Number(values) = values {
                found.extend(self.ends(column, values, alpha));
            }
        }
        for (column, values) in self.data.columns.iter().enumerate() {
            if let Column::Category { positions, n_categories } = values {
                self.names(column, positions, *n_categories, &mut found);
            }
        }
        found
    }

    fn hits(&self, rows: &[u32]) -> usize {
        rows.iter().filter(|row| self.data.interest[**row as usize]).count()
    }

    fn ends(&self, column: usize, values: &[f64], alpha: f64) -> [Candidate; 2] {
        let order = &self.orders[column];
        let value = |place: usize| values[order[place] as usize];
        let (low, high) = match self.limits[column] {
            Limit::Between { low, high } => (low, high),
            // A column of numbers has limits of numbers.
            Limit::Among(_) => (value(0), value(order.len() - 1)),
        };
        let cut = between_quantile(order.len(), 1.0 - alpha, value);
        let kept = order.partition_point(|row| values[*row as usize] <= cut);
        let upper = Candidate {
            column,
            limit: Limit::Between { low, high: cut },
            n: kept,
            k: self.k - self.hits(&order[kept..]),
        };
        let cut = between_quantile(order.len(), alpha, value);
        let lost = order.partition_point(|row| values[*row as usize] < cut);
        let lower = Candidate {
            column,
            limit: Limit::Between { low: cut, high },
            n: order.len() - lost,
            k: self.k - self.hits(&order[..lost]),
        };
        [upper, lower]
    }

    fn names(&self, column: usize, positions: &[usize], n_categories: usize, found: &mut Vec<Candidate>) {
        let Limit::Among(among) = &self.limits[column] else { return };
        if among.iter().filter(|is_in| **is_in).count() < 2 {
            return;
        }
        let mut lost = vec![(0, 0); n_categories];
        for row in &self.orders[column] {
            let count = &mut lost[positions[*row as usize]];
            count.0 += 1;
            count.1 += usize::from(self.data.interest[*row as usize]);
        }
        for name in (0..n_categories).filter(|name| among[*name]) {
            let mut fewer = among.clone();
            fewer[name] = false;
            let (n, k) = (self.n - lost[name].0, self.k - lost[name].1);
            found.push(Candidate { column, limit: Limit::Among(fewer), n, k });
        }
    }

    /// Takes a step.
    pub(super) fn apply(&mut self, step: Candidate) {
        let (column, limit) = (step.column, step.limit);
        let data = self.data;
        for order in &mut self.orders {
            order.retain(|row| data.is_within(*row as usize, column, &limit));
        }
        self.limits[column] = limit;
        (self.n, self.k) = (step.n, step.k);
    }
}
