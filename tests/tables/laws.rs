//! Merging is associative and commutative, to the last byte.

use flashpoint::ensemble::Summary;
use flashpoint::statistics::{Bins, ExactMoments, ExactSum, Histogram, StepCounts};
use proptest::prelude::*;

use super::fake::{Fake, all_tables, model};

/// Adds values in groups, merged in the order given by `order`, or all in a row.
fn grouped<A: Default>(groups: &[Vec<f64>], order: &[usize], add: fn(&mut A, f64), merge: fn(&mut A, &A)) -> A {
    let parts: Vec<A> = groups
        .iter()
        .map(|values| {
            let mut part = A::default();
            values.iter().for_each(|&value| add(&mut part, value));
            part
        })
        .collect();
    let mut total = A::default();
    order.iter().for_each(|&index| merge(&mut total, &parts[index]));
    total
}

fn any_double() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<u64>().prop_map(f64::from_bits).prop_filter("finite", |value| value.is_finite()),
        -1e3..1e3_f64,
        (-20..20_i32).prop_map(f64::from),
    ]
}

fn groups_and_order() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<usize>)> {
    prop::collection::vec(prop::collection::vec(any_double(), 0..12), 1..8).prop_flat_map(|groups| {
        let order: Vec<usize> = (0..groups.len()).collect();
        (Just(groups), Just(order).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_sums_do_not_depend_on_grouping((groups, order) in groups_and_order()) {
        let mut plain = ExactSum::default();
        groups.iter().flatten().rev().for_each(|&value| plain.add(value));
        let merged: ExactSum = grouped(&groups, &order, ExactSum::add, ExactSum::merge);
        prop_assert_eq!(plain.value().to_bits(), merged.value().to_bits());
    }

    #[test]
    fn an_exact_sum_and_its_opposite_are_nothing(values in prop::collection::vec(any_double(), 0..50)) {
        let mut sum = ExactSum::default();
        values.iter().for_each(|&value| sum.add(value));
        let half = sum.value();
        values.iter().rev().for_each(|&value| sum.add(-value));
        prop_assert_eq!(sum.value(), 0.0);
        values.iter().for_each(|&value| sum.add(-value));
        prop_assert_eq!(sum.value(), -half);
    }

    #[test]
    fn a_sum_of_two_is_the_rounded_sum(a in any_double(), b in any_double()) {
        let mut sum = ExactSum::default();
        sum.add(a);
        sum.add(b);
        prop_assert_eq!(sum.value(), (a + b).clamp(f64::MIN, f64::MAX));
    }

    #[test]
    fn whole_numbers_sum_as_they_should(values in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..100)) {
        let mut moments = ExactMoments::default();
        values.iter().for_each(|&value| moments.add(value as f64));
        let n = values.len() as i128;
        let sum: i128 = values.iter().map(|&value| i128::from(value)).sum();
        let squares: i128 = values.iter().map(|&value| i128::from(value) * i128::from(value)).sum();
        let found = moments.moments();
        if n > 0 {
            prop_assert!((found.mean.unwrap() - sum as f64 / n as f64).abs() <= 1e-15 * (sum as f64 / n as f64).abs());
        }
        if n > 1 {
            let exact = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
            prop_assert!((found.variance.unwrap() - exact).abs() <= 1e-15 * exact);
        }
    }

    #[test]
    fn moments_do_not_depend_on_grouping((groups, order) in groups_and_order()) {
        let mut plain = ExactMoments::default();
        groups.iter().flatten().rev().for_each(|&value| plain.add(value));
        let merged: ExactMoments = grouped(&groups, &order, ExactMoments::add, ExactMoments::merge);
        prop_assert_eq!(plain.moments(), merged.moments());
        prop_assert!(merged.moments().variance.is_none_or(|variance| variance >= 0.0));
    }

    #[test]
    fn histograms_do_not_depend_on_grouping((groups, order) in groups_and_order(), logarithmic: bool) {
        let bins = Bins::for_range(if logarithmic { None } else { Some((-10.0, 15.0)) }, 13);
        let filled = |values: &mut dyn Iterator<Item = &f64>| {
            let mut histogram = Histogram::new(bins);
            values.for_each(|&value| histogram.add(value));
            histogram
        };
        let plain = filled(&mut groups.iter().flatten().rev());
        let mut merged = Histogram::new(bins);
        order.iter().for_each(|&index| merged.merge(&filled(&mut groups[index].iter())));
        prop_assert_eq!(plain.distribution(), merged.distribution());
        prop_assert_eq!(plain.distribution().total(), groups.iter().map(Vec::len).sum::<usize>() as u64);
    }

    #[test]
    fn step_counts_do_not_depend_on_grouping(steps in prop::collection::vec(0..300_u32, 0..80), cut in 0..80_usize) {
        let counted = |steps: &[u32]| {
            let mut counts = StepCounts::default();
            steps.iter().for_each(|&step| counts.add(step));
            counts
        };
        let (left, right) = steps.split_at(cut.min(steps.len()));
        let (mut there, mut back) = (counted(left), counted(right));
        there.merge(&counted(right));
        back.merge(&counted(left));
        prop_assert_eq!(&there, &back);
        prop_assert_eq!(&there, &counted(&steps));
        let mut sorted = steps.clone();
        sorted.sort_unstable();
        let middle = (sorted.len().div_ceil(2)).checked_sub(1).map(|at| sorted[at]);
        prop_assert_eq!(there.quantile(flashpoint::statistics::Level::MEDIAN), middle);
    }

}

proptest! {
    // Fewer cases: each of them writes all tables thrice.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn summaries_do_not_depend_on_how_runs_are_divided(
        owners in prop::collection::vec(0..4_usize, 0..60),
        order in Just(vec![0, 1, 2, 3]).prop_shuffle(),
        n_steps in prop_oneof![Just(0_u64), Just(7), Just(2100)],
    ) {
        let model = model(n_steps);
        let fake = Fake { n_steps };
        let mut plain = Summary::new(&model);
        let mut parts = vec![Summary::new(&model); 4];
        for (run, &owner) in owners.iter().enumerate() {
            let record = fake.record(run as u64);
            plain.add(&record);
            parts[owner].add(&record);
        }
        let mut merged = Summary::new(&model);
        order.iter().for_each(|&index| merged.merge(&parts[index]));
        // In pairs, the other way round.
        let mut pairs = parts[3].clone();
        pairs.merge(&parts[2]);
        let mut others = parts[1].clone();
        others.merge(&parts[0]);
        pairs.merge(&others);
        prop_assert_eq!(all_tables(&model, &plain), all_tables(&model, &merged));
        prop_assert_eq!(all_tables(&model, &plain), all_tables(&model, &pairs));
        prop_assert_eq!(plain.history_misses, merged.history_misses);
        prop_assert_eq!(plain.pending_later, merged.pending_later);
        prop_assert_eq!(plain.stops, merged.stops);
    }
}
