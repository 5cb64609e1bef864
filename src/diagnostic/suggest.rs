//! "did you mean": the nearest of the names that there are.

/// The candidate nearest to `name`, if one is near enough to be meant.
///
/// A candidate that differs in upper and lower case only comes first; then the one at the least distance (letters added, dropped,
/// replaced or swapped with their neighbour), which may be at most a third of the length of `name`. Of two equally near ones the
/// first in byte order is taken, so that the order of the candidates does not matter. `None` also if `name` itself is a candidate.
#[must_use]
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let lower = name.to_lowercase();
    let limit = name.chars().count() / 3;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate == name {
            return None;
        }
        let distance = if candidate.to_lowercase() == lower { 0 } else { strsim::osa_distance(name, candidate).max(1) };
        if distance <= limit && best.is_none_or(|found| (distance, candidate) < found) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn the_nearest_name_within_a_third() {
        let names = ["burkina_faso", "mali", "niger", "nigeria"];
        assert_eq!(suggest("burkina_fasso", names), Some("burkina_faso".to_owned()));
        assert_eq!(suggest("nigre", names), Some("niger".to_owned()));
        assert_eq!(suggest("malta", names), None);
        assert_eq!(suggest("", names), None);
    }

    #[test]
    fn case_comes_first_and_order_does_not_matter() {
        assert_eq!(suggest("NIGER", ["nigeria", "niger"]), Some("niger".to_owned()));
        assert_eq!(suggest("abcdex", ["abcdey", "abcdez"]), suggest("abcdex", ["abcdez", "abcdey"]));
    }
}
