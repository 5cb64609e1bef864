//! When many numbers are looked at, some stand out by chance.

/// p-values adjusted so that, of those at most q, a share of about q is expected to be by chance: Benjamini and Hochberg (1995), "Controlling the false
/// discovery rate", Journal of the Royal Statistical Society B 57(1), 289-300. In the order of `p`; each in [0, 1].
#[must_use]
pub fn false_discovery(p: &[f64]) -> Vec<f64> {
    let n = p.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; n];
    let mut least = 1.0_f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * n as f64 / (rank + 1) as f64);
        adjusted[at] = least.clamp(0.0, 1.0);
    }
    adjusted
}

/// What to bear in mind when so many 95 % intervals stand side by side; empty for fewer than ten.
#[must_use]
pub fn many_intervals_note(n_intervals: usize) -> String {
    if n_intervals < 10 {
        return String::new();
    }
    format!(
        "{n_intervals} intervals stand side by side: each covers its number with 95 %, so about {} miss by chance alone",
        (n_intervals as f64 * 0.05).round().max(1.0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_as_published() {
        // The fifteen p-values of Benjamini and Hochberg's example: at q = 0.05 four are found.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
            0.7590, 1.0,
        ];
        let adjusted = false_discovery(&p);
        assert_eq!(adjusted.iter().filter(|p| **p <= 0.05).count(), 4);
        assert!((adjusted[3] - 0.0095 * 15.0 / 4.0).abs() < 1e-15);
        assert!(false_discovery(&[]).is_empty());
    }

    #[test]
    fn few_need_no_note() {
        assert!(many_intervals_note(9).is_empty());
        assert!(many_intervals_note(100).contains("about 5 miss"));
    }
}
