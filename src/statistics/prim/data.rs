//! The table that boxes are sought in.

use super::boxes::Limit;

/// An input: one value for each row.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Numbers; a box holds an interval of them.
    Number(Vec<f64>),
    /// Positions in a list of names; a box holds some of the names.
    Category {
        /// Position of each row's name, below `n_categories`.
        positions: Vec<usize>,
        /// Number of names.
        n_categories: usize,
    },
}

impl Column {
    /// What a box that holds every row holds of it.
    pub(super) fn whole(&self) -> Limit {
        match self {
            Self::Number(values) => Limit::Between {
                low: values.iter().copied().reduce(f64::min).unwrap_or(0.0),
                high: values.iter().copied().reduce(f64::max).unwrap_or(0.0),
            },
            Self::Category { positions, n_categories } => {
                let mut among = vec![false; *n_categories];
                positions.iter().filter_map(|at| among.get_mut(*at).map(|is_in| *is_in = true)).for_each(drop);
                Limit::Among(among)
            }
        }
    }

    /// Some of its rows.
    fn part(&self, rows: &[usize]) -> Self {
        match self {
            Self::Number(values) => Self::Number(rows.iter().map(|row| values[*row]).collect()),
            Self::Category { positions, n_categories } => Self::Category {
                positions: rows.iter().map(|row| positions[*row]).collect(),
                n_categories: *n_categories,
            },
        }
    }
}

/// Inputs, and which rows are of interest.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimData {
    pub(super) columns: Vec<Column>,
    pub(super) interest: Vec<bool>,
    /// The box of all rows.
    pub(super) whole: Vec<Limit>,
    /// Rows of interest.
    pub(super) n_interest: usize,
}

impl PrimData {
    /// A table; every column has as many rows as `interest`. `None` if one has not.
    #[must_use]
    pub fn new(columns: Vec<Column>, interest: Vec<bool>) -> Option<Self> {
        let fits = |column: &Column| match column {
            Column::Number(values) => values.len() == interest.len(),
            Column::Category { positions, n_categories } => {
                positions.len() == interest.len() && positions.iter().all(|at| at < n_categories)
            }
        };
        if !columns.iter().all(fits) {
            return None;
        }
        let whole = columns.iter().map(Column::whole).collect();
        let n_interest = interest.iter().filter(|is| **is).count();
        Some(Self { columns, interest, whole, n_interest })
    }

    /// Number of rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.interest.len()
    }

    /// Number of rows of interest.
    #[must_use]
    pub fn n_interest(&self) -> usize {
        self.n_interest
    }

    /// What a box of all rows holds of each column.
    #[must_use]
    pub fn whole(&self) -> &[Limit] {
        &self.whole
    }

    /// Is a row within the limit of a column?
    pub(super) fn is_within(&self, row: usize, column: usize, limit: &Limit) -> bool {
        match (&self.columns[column], limit) {
            (Column::Number(values), Limit::Between { low, high }) => (*low..=*high).contains(&values[row]),
            (Column::Category { positions, .. }, Limit::Among(among)) => among[positions[row]],
            _ => true,
        }
    }

    /// Some of the rows as a table of their own.
    pub(super) fn part(&self, rows: &[usize]) -> Self {
        let columns: Vec<Column> = self.columns.iter().map(|column| column.part(rows)).collect();
        let interest: Vec<bool> = rows.iter().map(|row| self.interest[*row]).collect();
        let whole = columns.iter().map(Column::whole).collect();
        let n_interest = interest.iter().filter(|is| **is).count();
        Self { columns, interest, whole, n_interest }
    }
}

/// A quantile between two values that differ: the middle between the one at the place `(n - 1) * level` and its neighbour, or, where these are equal, the
/// next that is not (downwards above the median, upwards below it). As sdtoolkit and the EMA Workbench have it: a heap of equal values is peeled whole.
///
/// `n` is at least 1; `value` gives the sorted values.
pub(super) fn between_quantile(n: usize, level: f64, value: impl Fn(usize) -> f64) -> f64 {
    let place = (n - 1) as f64 * level;
    let (mut lower, mut higher) = (place.floor() as usize, place.ceil() as usize);
    if level > 0.5 {
        while value(lower) == value(higher) && lower > 0 {
            lower -= 1;
        }
    } else {
        while value(lower) == value(higher) && higher < n - 1 {
            higher += 1;
        }
    }
    (value(lower) + value(higher)) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_different_values() {
        let values = [1.0, 2.0, 3.0, 3.0, 3.0];
        assert_eq!(between_quantile(5, 0.95, |at| values[at]), 2.5);
        assert_eq!(between_quantile(5, 0.05, |at| values[at]), 1.5);
        assert_eq!(between_quantile(1, 0.05, |_| 4.0), 4.0);
    }

    #[test]
    fn a_table_has_rows_of_one_length() {
        assert!(PrimData::new(vec![Column::Number(vec![1.0])], vec![true, false]).is_none());
        assert!(PrimData::new(vec![Column::Category { positions: vec![2], n_categories: 2 }], vec![true]).is_none());
    }
}
