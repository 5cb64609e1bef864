//! Ranges of measures.

use super::support::{checked, whole};
use crate::scenario::LoadOptions;

fn range(declared: &str, value: &str) -> Option<(f64, f64)> {
    let text = whole(&format!("{declared}[measures]\nm = \"{value}\"\n"));
    let (model, _) = checked(&text, &LoadOptions::default());
    model.measures[0].range
}

#[test]
fn ranges_are_found_where_none_is_declared() {
    let tension = "[state.tension]\nrange = [0, 1]\nstart = 0.2\n[rules.rise]\nrate = \"0.1 per day\"\neffects = [\"tension += 0.1\"]\n\
         [rules.fall]\nrate = \"0.1 per day\"\neffects = [\"tension -= 0.1\"]\n";
    assert_eq!(range(tension, "tension"), Some((0.0, 1.0)));
    assert_eq!(range(tension, "10 * tension - 2"), Some((-2.0, 8.0)));
    assert_eq!(range("", "times(noise)"), Some((0.0, 364.0)));
    assert_eq!(range("", "size(actors)"), None);
    assert_eq!(range("", "fired(noise)"), Some((0.0, 1.0)));
    // What an experiment may set counts.
    assert_eq!(range("[parameters.p]\nvalue = 0.5\nrange = [0, 2]\n", "p"), Some((0.0, 2.0)));
    assert_eq!(range("[parameters.p]\nprior = { normal = { mean = 0, sd = 1 } }\n", "p"), None);
    assert_eq!(range("", "if fired(noise) then since(noise) / 1 day else 0"), None);
}

#[test]
fn years_may_lie_beyond_any_calendar() {
    let text = whole("[measures]\nfar = \"year(today + 9000 years)\"\nnever_yet = \"year(today + since(noise))\"\n");
    let (model, _) = checked(&text, &LoadOptions::default());
    assert_eq!(model.measures[0].range, Some((11_023.0, 11_024.0)));
    // Before the first firing it is a million years.
    assert_eq!(model.measures[1].range, None);
}
