//! A measure over time: moments and quantiles at each recorded step, over the runs that are still going on.

use super::exact_sum::MomentRows;
use super::histogram::HistogramRows;
use super::{Bins, Distribution, Moments};

/// The values of a measure in many runs, by row (a row is a recorded step).
///
/// A run costs work only where its value changes: all is kept as differences between rows, in exact whole numbers, so that adding at one row and
/// taking away at a later one leaves no trace. [`Trajectory::rows`] sums them up.
#[derive(Clone, Debug)]
pub struct Trajectory {
    n_rows: usize,
    moments: MomentRows,
    histogram: HistogramRows,
}

/// The value that a run under way has, in one [`Trajectory`].
#[derive(Clone, Copy, Debug)]
pub struct Held {
    value: f64,
    slot: usize,
}

impl Held {
    /// Is this the very same value, bit by bit?
    #[must_use]
    pub fn is(self, value: f64) -> bool {
        self.value.to_bits() == value.to_bits()
    }
}

impl Trajectory {
    /// An empty one.
    #[must_use]
    pub fn new(bins: Bins, n_rows: usize) -> Self {
        Self { n_rows, moments: MomentRows::new(n_rows), histogram: HistogramRows::new(bins, n_rows) }
    }

    /// A run's value, from this row on.
    pub fn begin(&mut self, row: usize, value: f64) -> Held {
        self.moments.add(row, value);
        Held { value, slot: self.histogram.add(row, value) }
    }

    /// The run's value changes, from this row on.
    pub fn change(&mut self, row: usize, held: &mut Held, new: f64) {
        self.moments.replace(row, held.value, new);
        *held = Held { value: new, slot: self.histogram.replace(row, held.slot, new) };
    }

    /// The run has ended: it has no value in this row nor later ones. A row past the last needs nothing.
    pub fn end(&mut self, row: usize, held: Held) {
        if row < self.n_rows {
            self.moments.remove(row, held.value);
            self.histogram.remove(row, held.slot);
        }
    }

    /// Adds the runs of another of the same shape.
    pub fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        self.histogram.merge(&other.histogram);
    }

    /// Moments and distribution of each row in turn.
    pub fn rows(&self) -> impl Iterator<Item = (Moments, Distribution)> {
        self.moments.cumulative().zip(self.histogram.cumulative()).map(|(sums, distribution)| {
            let moments = sums.moments(distribution.total());
            (moments, distribution)
        })
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.moments.n_bytes() + self.histogram.n_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Level;

    #[test]
    fn rows_hold_what_runs_had_there() {
        let mut trajectory = Trajectory::new(Bins::for_range(Some((0.0, 4.0)), 16), 4);
        // One run 1, 3, 3, 3; another 2, 2 and over.
        let mut first = trajectory.begin(0, 1.0);
        assert!(first.is(1.0));
        trajectory.change(1, &mut first, 3.0);
        trajectory.end(4, first);
        let second = trajectory.begin(0, 2.0);
        trajectory.end(2, second);
        let rows: Vec<_> = trajectory.rows().collect();
        let means: Vec<_> = rows.iter().map(|(moments, _)| (moments.n, moments.mean.unwrap())).collect();
        assert_eq!(means, [(2, 1.5), (2, 2.5), (1, 3.0), (1, 3.0)]);
        let medians: Vec<_> = rows.iter().map(|(_, counts)| counts.quantile(Level::MEDIAN).unwrap()).collect();
        assert_eq!(medians, [1.0, 2.0, 3.0, 3.0]);
        assert_eq!(rows[1].0.variance, Some(0.5));
        assert_eq!(rows[2].0.variance, None);
    }
}
