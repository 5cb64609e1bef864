//! Pasting: ends are moved out again, and names taken back, where that raises the share of interest after all.

use super::boxes::Limit;
use super::data::{Column, PrimData, between_quantile};
use super::peel::Candidate;

/// All that could be pasted on: of numbers the lower end, then the upper, of names each that is missing; restricted columns only.
pub(super) fn candidates(data: &PrimData, limits: &[Limit], remaining: &[bool], alpha: f64) -> Vec<Candidate> {
    let restricted: Vec<usize> = (0..limits.len()).filter(|column| limits[*column] != data.whole[*column]).collect();
    let rows: Vec<usize> = (0..data.n_rows()).filter(|row| remaining[*row]).collect();
    // For each row the restricted columns it breaks, up to two: the second only says that there are more.
    let broken: Vec<[Option<usize>; 2]> = rows
        .iter()
        .map(|row| {
            let mut broken =
                restricted.iter().copied().filter(|column| !data.is_within(*row, *column, &limits[*column]));
            [broken.next(), broken.next()]
        })
        .collect();
    let mut found = Vec::new();
    let is_number = |column: &usize| matches!(data.columns[*column], Column::Number(_));
    let ordered = restricted.iter().filter(|it| is_number(it)).chain(restricted.iter().filter(|it| !is_number(it)));
    for &column in ordered {
        // Rows that are within all other limits.
        let near = || {
            rows.iter().zip(&broken).filter(move |(_, broken)| match broken {
                [None, _] => true,
                [Some(only), None] => *only == column,
                _ => false,
            })
        };
        let mut offer = |limit: Limit| {
            let within = near().filter(|(row, _)| data.is_within(**row, column, &limit));
            let (mut n, mut k) = (0, 0);
            within.for_each(|(row, _)| {
                n += 1;
                k += usize::from(data.interest[*row]);
            });
            found.push(Candidate { column, limit, n, k });
        };
        match (&data.columns[column], &limits[column], &data.whole[column]) {
            (Column::Number(values), Limit::Between { low, high }, Limit::Between { low: least, high: most }) => {
                let sorted = |keep: &dyn Fn(f64) -> bool| {
                    let mut sorted: Vec<f64> =
                        near().map(|(row, _)| values[*row]).filter(|value| keep(*value)).collect();
                    sorted.sort_by(f64::total_cmp);
                    sorted
                };
                let below = sorted(&|value| value <= *low);
                let to =
                    if below.is_empty() { *least } else { between_quantile(below.len(), 1.0 - alpha, |at| below[at]) };
                offer(Limit::Between { low: to, high: *high });
                let above = sorted(&|value| value >= *high);
                let to = if above.is_empty() { *most } else { between_quantile(above.len(), alpha, |at| above[at]) };
                offer(Limit::Between { low: *low, high: to });
            }
            (Column::Category { .. }, Limit::Among(among), Limit::Among(all)) => {
                for name in (0..all.len()).filter(|name| all[*name] && !among[*name]) {
                    let mut more = among.clone();
                    more[name] = true;
                    offer(Limit::Among(more));
                }
            }
            _ => {}
        }
    }
    found
}
