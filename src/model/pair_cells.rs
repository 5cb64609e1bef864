//! Which pairs of a relation have a cell of their own: memory goes with the pairs that have one, not with all pairs.

use super::ActorIndex;

/// The cells of a relation, by ordered pair of actors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairCells {
    /// Where each actor's part of `entries` begins, and where the last one's ends: actors + 1 numbers.
    first: Vec<usize>,
    /// To whom, and which cell; sorted within each actor's part.
    entries: Vec<(ActorIndex, usize)>,
}

impl PairCells {
    /// From pairs (from, to) with their cells, in any order; a symmetric relation names each of its cells twice. Pairs of an actor that is
    /// none of `n_actors`, or of one actor with itself, are left out; of a pair that stands there twice the last counts.
    #[must_use]
    pub fn new(n_actors: usize, cells: impl IntoIterator<Item = ((ActorIndex, ActorIndex), usize)>) -> Self {
        let mut rows: Vec<Vec<(ActorIndex, usize)>> = vec![Vec::new(); n_actors];
        for ((from, to), cell) in cells {
            if from < n_actors && to < n_actors && from != to {
                rows[from].push((to, cell));
            }
        }
        let mut all = PairCells { first: vec![0], entries: Vec::new() };
        for mut row in rows {
            // The sort keeps the order of equals: the first of them is then the last that was named.
            row.reverse();
            row.sort_by_key(|(to, _)| *to);
            row.dedup_by_key(|(to, _)| *to);
            all.entries.extend(row);
            all.first.push(all.entries.len());
        }
        all
    }

    /// The cell of a pair; `None` if it has none of its own.
    #[must_use]
    pub fn get(&self, from: ActorIndex, to: ActorIndex) -> Option<usize> {
        let row = self.entries.get(*self.first.get(from)?..*self.first.get(from + 1)?)?;
        let at = row.binary_search_by_key(&to, |(other, _)| *other).ok()?;
        Some(row[at].1)
    }

    /// Every pair with a cell, by from, then to.
    pub fn iter(&self) -> impl Iterator<Item = ((ActorIndex, ActorIndex), usize)> + '_ {
        self.first
            .windows(2)
            .enumerate()
            .flat_map(|(from, ends)| self.entries[ends[0]..ends[1]].iter().map(move |&(to, cell)| ((from, to), cell)))
    }

    /// Number of ordered pairs that have a cell.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True if no pair has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::PairCells;

    #[test]
    fn pairs_find_their_cells_and_nobody_else_does() {
        let cells = PairCells::new(3, [((2, 0), 7), ((0, 2), 7), ((0, 1), 5), ((1, 1), 9), ((5, 0), 9), ((0, 1), 6)]);
        assert_eq!([cells.get(0, 1), cells.get(0, 2), cells.get(2, 0)], [Some(6), Some(7), Some(7)]);
        assert_eq!([cells.get(1, 0), cells.get(1, 1), cells.get(5, 0), cells.get(0, 5)], [None; 4]);
        assert_eq!(cells.iter().collect::<Vec<_>>(), [((0, 1), 6), ((0, 2), 7), ((2, 0), 7)]);
        assert_eq!(cells.len(), 3);
        assert_eq!(PairCells::default().get(0, 0), None);
    }
}
