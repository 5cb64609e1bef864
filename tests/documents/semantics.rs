//! The test vectors of docs/semantics.md are what the program draws.

use flashpoint::random::{Site, firing_uniform, uniform};

use super::markdown::{read, rows, section};

#[test]
fn test_vectors_are_drawn() {
    let text = read("docs/semantics.md");
    let vectors: Vec<_> = rows(&section(&text, "2. Draws")).into_iter().filter(|row| row.len() == 5).collect();
    assert_eq!(vectors.len(), 9);
    for row in vectors {
        let (seed, run, n) = (number(&row[0]), number(&row[1]), number(&row[3]));
        let name = row[2].trim_matches('`');
        let fires = (name.starts_with("rules.") && !name.contains('#')) || name.ends_with("#when");
        let draw = if fires { firing_uniform } else { uniform };
        assert_eq!(draw(seed, run, Site::named(name), n).to_string(), row[4], "{row:?}");
    }
}

fn number(text: &str) -> u64 {
    text.parse().expect("a whole number")
}
