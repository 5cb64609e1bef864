//! Histograms whose bins are fixed beforehand, and quantiles read from them.

use super::{Bins, Level};

const NO_SLOT: u32 = u32::MAX;
/// Room for so many bins is made at first; it doubles as more of them occur.
const FIRST_ROOM: usize = 8;

/// Histograms over the same bins for each of a sequence of rows, kept as differences to the row before.
///
/// Only bins that occur take room: memory is bounded by rows times bins. For every bin the least and the greatest value that fell into it (in
/// any row) is kept, so that a quantile is exact where a bin holds one value only (whole numbers, shares), and otherwise the middle
/// of what the bin really holds.
#[derive(Clone, Debug)]
pub(super) struct HistogramRows {
    bins: Bins,
    scale: f64,
    n_rows: usize,
    slot_of_bin: Vec<u32>,
    slots: Vec<Slot>,
    room: usize,
    counts: Vec<i64>,
}

/// A bin that occurs.
#[derive(Clone, Copy, Debug)]
struct Slot {
    bin: u32,
    least: f64,
    greatest: f64,
}

impl Slot {
    /// The value that stands for all in the bin.
    fn value(&self) -> f64 {
        if self.least == self.greatest { self.least } else { self.least * 0.5 + self.greatest * 0.5 }
    }
}

impl HistogramRows {
    pub(super) fn new(bins: Bins, n_rows: usize) -> Self {
        Self {
            bins,
            scale: bins.scale(),
            n_rows,
            slot_of_bin: vec![NO_SLOT; bins.n_bins() as usize],
            slots: Vec::new(),
            room: 0,
            counts: Vec::new(),
        }
    }

    fn slot_of(&mut self, bin: u32) -> usize {
        match self.slot_of_bin.get(bin as usize) {
            Some(&slot) if slot != NO_SLOT => slot as usize,
            _ => self.new_slot(bin),
        }
    }

    #[cold]
    fn new_slot(&mut self, bin: u32) -> usize {
        let slot = self.slots.len();
        if slot == self.room {
            let room = (2 * self.room).max(FIRST_ROOM);
            let mut counts = vec![0; self.n_rows * room];
            if self.room > 0 {
                for (new, old) in counts.chunks_exact_mut(room).zip(self.counts.chunks_exact(self.room)) {
                    new[..old.len()].copy_from_slice(old);
                }
            }
            self.room = room;
            self.counts = counts;
        }
        if let Some(entry) = self.slot_of_bin.get_mut(bin as usize) {
            *entry = slot as u32;
        }
        self.slots.push(Slot { bin, least: f64::INFINITY, greatest: f64::NEG_INFINITY });
        slot
    }

    fn seen(&mut self, value: f64) -> usize {
        // Adding 0 turns -0 into 0, which `min` and `max` may otherwise order either way.
        let value = value + 0.0;
        let slot = self.slot_of(self.bins.bin_scaled(value, self.scale));
        let entry = &mut self.slots[slot];
        entry.least = entry.least.min(value);
        entry.greatest = entry.greatest.max(value);
        slot
    }

    fn count(&mut self, row: usize, slot: usize, difference: i64) {
        if let Some(count) = self.counts.get_mut(row * self.room + slot) {
            *count += difference;
        }
    }

    /// From this row on a value more. Gives where it is counted.
    pub(super) fn add(&mut self, row: usize, value: f64) -> usize {
        let slot = self.seen(value);
        self.count(row, slot, 1);
        slot
    }

    /// From this row on one less of those counted there.
    pub(super) fn remove(&mut self, row: usize, slot: usize) {
        self.count(row, slot, -1);
    }

    /// From this row on another value in place of one counted at `from`. Gives where it is counted.
    pub(super) fn replace(&mut self, row: usize, from: usize, new: f64) -> usize {
        let to = self.seen(new);
        if from != to {
            self.count(row, from, -1);
            self.count(row, to, 1);
        }
        to
    }

    pub(super) fn merge(&mut self, other: &Self) {
        let places: Vec<usize> = other
            .slots
            .iter()
            .map(|theirs| {
                let slot = self.slot_of(theirs.bin);
                let mine = &mut self.slots[slot];
                mine.least = mine.least.min(theirs.least);
                mine.greatest = mine.greatest.max(theirs.greatest);
                slot
            })
            .collect();
        if other.room == 0 {
            return;
        }
        for (mine, theirs) in self.counts.chunks_exact_mut(self.room).zip(other.counts.chunks_exact(other.room)) {
            for (&place, &count) in places.iter().zip(theirs) {
                mine[place] += count;
            }
        }
    }

    /// The counts of each row, in order of bins.
    pub(super) fn cumulative(&self) -> impl Iterator<Item = Distribution> {
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        order.sort_by_key(|&slot| self.slots[slot].bin);
        let mut totals = vec![0_i64; self.slots.len()];
        (0..self.n_rows).map(move |row| {
            let counts = self.counts.get(row * self.room..(row + 1) * self.room).unwrap_or(&[]);
            for (total, count) in totals.iter_mut().zip(counts) {
                *total += count;
            }
            let counts = order
                .iter()
                .filter(|&&slot| totals[slot] > 0)
                .map(|&slot| BinCount {
                    bin: self.slots[slot].bin,
                    value: self.slots[slot].value(),
                    count: totals[slot].unsigned_abs(),
                })
                .collect();
            Distribution { bins: self.bins, counts }
        })
    }

    pub(super) fn n_bytes(&self) -> usize {
        self.counts.capacity() * size_of::<i64>() + self.slot_of_bin.capacity() * size_of::<u32>()
    }
}

/// How many values fell into a bin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinCount {
    /// The bin, as [`Bins::bin`] numbers it.
    pub bin: u32,
    /// The value that stands for it: the middle between the least and the greatest value that fell into it; exact if there is but one.
    pub value: f64,
    /// How many, at least 1.
    pub count: u64,
}

/// A sample as counts by bin, in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Its bins.
    pub bins: Bins,
    /// Those that occur.
    pub counts: Vec<BinCount>,
}

impl Distribution {
    /// Size of the sample.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().map(|entry| entry.count).sum()
    }

    /// The value standing for the first bin with cumulative share >= level; `None` for an empty sample.
    ///
    /// The error is at most half a bin: half of (high - low) / n for linear bins, 1/64 of the value for logarithmic ones (within 2^-64 to
    /// 2^64 in size); none where the bin holds a single value.
    #[must_use]
    pub fn quantile(&self, level: Level) -> Option<f64> {
        let rank = level.rank(self.total());
        let mut seen = 0;
        self.counts.iter().find_map(|entry| {
            seen += entry.count;
            (seen >= rank).then_some(entry.value)
        })
    }

    /// Number of values below and above the range.
    #[must_use]
    pub fn n_outliers(&self) -> (u64, u64) {
        let sum = |is: fn(&Bins, u32) -> bool| {
            self.counts.iter().filter(|entry| is(&self.bins, entry.bin)).map(|entry| entry.count).sum()
        };
        (sum(Bins::is_under), sum(Bins::is_over))
    }
}

/// One histogram.
#[derive(Clone, Debug)]
pub struct Histogram {
    rows: HistogramRows,
}

impl Histogram {
    /// An empty one.
    #[must_use]
    pub fn new(bins: Bins) -> Self {
        Self { rows: HistogramRows::new(bins, 1) }
    }

    /// Counts a value.
    pub fn add(&mut self, value: f64) {
        self.rows.add(0, value);
    }

    /// Adds the counts of another with the same bins.
    pub fn merge(&mut self, other: &Self) {
        self.rows.merge(&other.rows);
    }

    /// What was counted.
    #[must_use]
    pub fn distribution(&self) -> Distribution {
        self.rows.cumulative().next().unwrap_or(Distribution { bins: self.rows.bins, counts: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distribution(bins: Bins, values: &[f64]) -> Distribution {
        let mut histogram = Histogram::new(bins);
        values.iter().for_each(|&value| histogram.add(value));
        histogram.distribution()
    }

    #[test]
    fn whole_numbers_have_exact_quantiles() {
        let found = distribution(Bins::for_range(Some((0.0, 10.0)), 64), &[3.0, 7.0, 7.0, 10.0]);
        assert_eq!(found.quantile(Level::percent(25)), Some(3.0));
        assert_eq!(found.quantile(Level::MEDIAN), Some(7.0));
        assert_eq!(found.quantile(Level::percent(95)), Some(10.0));
    }

    #[test]
    fn outliers_are_counted_apart() {
        let found = distribution(Bins::for_range(Some((0.0, 1.0)), 4), &[-3.0, 0.5, 2.0, 4.0]);
        assert_eq!(found.n_outliers(), (1, 2));
        assert_eq!(found.total(), 4);
        assert_eq!(found.quantile(Level::percent(100)), Some(3.0));
    }

    #[test]
    fn error_is_at_most_half_a_bin() {
        let values: Vec<f64> = (0..1000).map(|k| f64::from(k) / 999.0).collect();
        let linear = distribution(Bins::for_range(Some((0.0, 1.0)), 50), &values);
        let logarithmic = distribution(Bins::Logarithmic, &values);
        for percent in [5, 25, 50, 75, 95] {
            let exact = values[percent as usize * 10 - 1];
            assert!((linear.quantile(Level::percent(percent)).unwrap() - exact).abs() <= 0.01);
            assert!((logarithmic.quantile(Level::percent(percent)).unwrap() / exact - 1.0).abs() <= 1.0 / 64.0);
        }
        assert_eq!(distribution(Bins::Logarithmic, &[]).quantile(Level::MEDIAN), None);
    }
}
