//! First-order indices from numbers that were drawn anyway.

use crate::statistics::Estimate;
use crate::statistics::jackknife::{N_PARTS, jackknife};

/// The classes that the drawn values of a parameter are cut into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classes {
    class_of_row: Vec<usize>,
    n_classes: usize,
}

impl Classes {
    /// Sorts `values` into at most `n_classes` classes of about equal size; equal values are in one class. Where there are not more different values than
    /// classes, every value is one.
    #[must_use]
    pub fn of(values: &[f64], n_classes: usize) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut distinct: Vec<f64> = order.iter().map(|row| values[*row]).collect();
        distinct.dedup();
        let is_value = distinct.len() <= n_classes;
        let mut class_of_row = vec![0; values.len()];
        for (nth, rows) in order.chunk_by(|a, b| values[*a] == values[*b]).enumerate() {
            // Equal values go together, to the class in which their first falls.
            let place = order.partition_point(|row| values[*row] < values[rows[0]]);
            let class = if is_value { nth } else { place * n_classes / order.len() };
            rows.iter().for_each(|row| class_of_row[*row] = class);
        }
        // Classes without rows are left out.
        let mut used = class_of_row.clone();
        used.sort_unstable();
        used.dedup();
        let number = |class: &mut usize| *class = used.partition_point(|other| other < class);
        class_of_row.iter_mut().for_each(number);
        Self { class_of_row, n_classes: used.len() }
    }
}

/// First-order sensitivity index of an output to a parameter, from rows in which both were drawn: the share of the output's variance that its mean over
/// the classes of the parameter carries (the correlation ratio of Pearson 1905; "given data": Plischke 2010, Reliability Engineering & System Safety 95).
///
/// What classes would show by chance alone is taken off (ε² of Kelley 1935), so that a parameter that does nothing has an index around 0, which may come out
/// below. The standard error is the jackknife's over tenths of the rows, row r in part r mod 10. It needs no independence of the parameters: of correlated
/// ones each shows what is known of the output when it is known, which includes what it goes with; the sum may then exceed 1. An output that never
/// changes has 0 with error 0. Rows are those of both lists.
#[must_use]
pub fn given_data_index(classes: &Classes, outputs: &[f64]) -> Estimate {
    let n = classes.class_of_row.len().min(outputs.len());
    let size = outputs.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
    if n == 0 || size == 0.0 {
        return Estimate::default();
    }
    // Scaled and centred, so that squares neither overflow nor cancel.
    let mean = outputs[..n].iter().map(|value| value / size).sum::<f64>() / n as f64;
    let mut sums = vec![Sums::default(); N_PARTS * classes.n_classes];
    for (row, (class, value)) in classes.class_of_row.iter().zip(outputs).enumerate() {
        sums[row % N_PARTS * classes.n_classes + class].add(value / size - mean);
    }
    let without = |part: Option<usize>| {
        let mut of_classes = vec![Sums::default(); classes.n_classes];
        for (at, sum) in sums.iter().enumerate() {
            if Some(at / classes.n_classes) != part {
                of_classes[at % classes.n_classes].merge(sum);
            }
        }
        index_of(&of_classes)
    };
    jackknife(without)
}

/// Number, sum and sum of squares.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    n: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, value: f64) {
        self.n += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// Sum of squared distances from the mean.
    fn spread(&self) -> f64 {
        if self.n > 0.0 { (self.squares - self.sum * self.sum / self.n).max(0.0) } else { 0.0 }
    }
}

fn index_of(classes: &[Sums]) -> f64 {
    let mut all = Sums::default();
    classes.iter().for_each(|class| all.merge(class));
    let n_classes = classes.iter().filter(|class| class.n > 0.0).count() as f64;
    let total = all.spread();
    // Rounding leaves about this much of an output that never changes.
    if n_classes < 2.0 || all.n <= n_classes || total <= 1e-24 * all.n {
        return 0.0;
    }
    let within: f64 = classes.iter().map(Sums::spread).sum();
    1.0 - within / total * (all.n - 1.0) / (all.n - n_classes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::first_order_index;

    #[test]
    fn classes_keep_equal_values_together() {
        let classes = Classes::of(&[3.0, 1.0, 1.0, 2.0, 1.0], 2);
        assert_eq!(classes.class_of_row[1], classes.class_of_row[2]);
        assert_eq!(classes.class_of_row[1], classes.class_of_row[4]);
        assert_eq!(classes.n_classes, 2);
        assert_eq!(Classes::of(&[0.0, 1.0, 0.0, 1.0], 20).n_classes, 2);
        assert_eq!(Classes::of(&[5.0; 9], 4).n_classes, 1);
        assert_eq!(Classes::of(&[], 4).n_classes, 0);
        let even = Classes::of(&(0..100).map(f64::from).collect::<Vec<_>>(), 20);
        assert!((0..20).all(|class| even.class_of_row.iter().filter(|of_row| **of_row == class).count() == 5));
    }

    #[test]
    fn of_an_indicator_it_is_the_index_of_outcomes() {
        let draws: Vec<f64> = (0..4000).map(|run| f64::from(run * 7919 % 4000) / 4000.0).collect();
        let outcomes: Vec<usize> = draws.iter().map(|draw| usize::from((draw * 7.0).fract() * draw > 0.3)).collect();
        let outputs: Vec<f64> = outcomes.iter().map(|outcome| *outcome as f64).collect();
        let ours = given_data_index(&Classes::of(&draws, 20), &outputs);
        let theirs = first_order_index(&draws, &outcomes, 2, 20);
        assert!((ours.value - theirs.value).abs() < 1e-12, "{ours:?} {theirs:?}");
    }

    #[test]
    fn nothing_and_everything() {
        let draws: Vec<f64> = (0..1000).map(|run| f64::from(run * 379 % 1000)).collect();
        let classes = Classes::of(&draws, 20);
        assert_eq!(given_data_index(&classes, &[0.1; 1000]), Estimate::default());
        assert_eq!(given_data_index(&Classes::of(&[], 20), &[]), Estimate::default());
        let steps: Vec<f64> = draws.iter().map(|draw| (draw / 50.0).floor() * 1e300).collect();
        assert!((given_data_index(&classes, &steps).value - 1.0).abs() < 1e-12);
    }
}
