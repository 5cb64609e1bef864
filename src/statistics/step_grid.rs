//! Which steps the tables over time show.

/// No table shows more steps than this for one outcome or measure (and one more for the horizon).
const MOST_ROWS: u32 = 2000;

/// The steps that are recorded: all of them up to 2,000 steps, else every k-th (k the least that keeps to 2,000) and the horizon.
///
/// Depends on the number of steps alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepGrid {
    n_steps: u32,
    stride: u32,
}

impl StepGrid {
    /// The grid of a scenario with so many steps (steps are counted in 32 bits: more count as 2^32 - 1).
    #[must_use]
    pub fn new(n_steps: u64) -> Self {
        let n_steps = u32::try_from(n_steps).unwrap_or(u32::MAX);
        Self { n_steps, stride: n_steps.div_ceil(MOST_ROWS).max(1) }
    }

    /// Every how many steps a row stands.
    #[must_use]
    pub fn stride(self) -> u32 {
        self.stride
    }

    /// Number of rows.
    #[must_use]
    pub fn n_rows(self) -> usize {
        self.n_steps.div_ceil(self.stride) as usize + 1
    }

    /// The step of a row (below [`StepGrid::n_rows`]); row 0 is day 0, the last row the horizon.
    #[must_use]
    pub fn step(self, row: usize) -> u32 {
        (row as u64 * u64::from(self.stride)).min(u64::from(self.n_steps)) as u32
    }

    /// How many rows have a step at or before this one.
    #[must_use]
    pub fn rows_until(self, step: u32) -> usize {
        if step >= self.n_steps { self.n_rows() } else { (step / self.stride) as usize + 1 }
    }

    /// The steps, in order.
    pub fn steps(self) -> impl Iterator<Item = u32> + Clone {
        (0..self.n_rows()).map(move |row| self.step(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_steps_are_all_shown() {
        let grid = StepGrid::new(365);
        assert_eq!(grid.n_rows(), 366);
        assert_eq!(grid.step(365), 365);
        assert_eq!(grid.rows_until(0), 1);
        assert_eq!(grid.rows_until(364), 365);
        assert_eq!(grid.rows_until(400), 366);
        assert_eq!(StepGrid::new(0).n_rows(), 1);
    }

    #[test]
    fn many_steps_are_thinned() {
        for n_steps in [2001, 3650, 4001, 1_000_003, u64::from(u32::MAX), u64::MAX] {
            let grid = StepGrid::new(n_steps);
            let steps: Vec<u32> = grid.steps().collect();
            assert!(steps.len() <= 2001, "{n_steps}");
            assert!(steps.windows(2).all(|pair| pair[0] < pair[1]));
            assert_eq!(steps.last().copied(), Some(u32::try_from(n_steps).unwrap_or(u32::MAX)));
            for step in [0, 1, 1999, 2000, 2001] {
                assert_eq!(grid.rows_until(step), steps.iter().filter(|&&shown| shown <= step).count());
            }
        }
    }
}
