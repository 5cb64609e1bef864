//! Sobol, Morris and PAWN as SALib computes them on the same sample with the same resamples.

use flashpoint::statistics::{
    Resamples, SaltelliOutputs, Slices, elementary_effects, morris_indices, pawn_indices, sobol_indices,
};
use serde_json::Value;

use super::{Deviation, cases, list, number, numbers, whole_numbers};

fn resamples(value: &Value) -> Resamples {
    Resamples::of(list(value).iter().map(whole_numbers).collect())
}

/// From SALib's order of rows: a row of A, its AB, its BA, its row of B.
fn saltelli(y: &[f64], d: usize) -> SaltelliOutputs {
    let column = |at: usize| y.iter().skip(at).step_by(2 * d + 2).copied().collect::<Vec<_>>();
    SaltelliOutputs {
        a: column(0),
        b: column(2 * d + 1),
        ab: (1..=d).map(column).collect(),
        ba: (d + 1..=2 * d).map(column).collect(),
    }
}

#[test]
fn sobol_indices_are_those_of_salib() {
    let mut deviation = Deviation::new(1e-10);
    for case in list(&cases("sobol.json")) {
        let d = number(&case["d"]) as usize;
        let indices = sobol_indices(&saltelli(&numbers(&case["y"]), d), &resamples(&case["resamples"]));
        let second: Vec<_> = indices.second.iter().map(|(_, _, index)| *index).collect();
        for (key, found) in [("S1", &indices.first), ("ST", &indices.total), ("S2", &second)] {
            let (values, half_widths) = (numbers(&case[key]), numbers(&case[format!("{key}_conf")]));
            assert_eq!(found.len(), values.len());
            for (at, index) in found.iter().enumerate() {
                let what = format!("{} {key} {at}", case["name"]);
                deviation.see(index.value, values[at], &what);
                deviation.see(index.half_width(), half_widths[at], &what);
            }
        }
    }
    deviation.tell("SALib's Sobol indices");
}

#[test]
fn morris_indices_are_those_of_salib() {
    let mut deviation = Deviation::new(1e-10);
    for case in list(&cases("morris.json")) {
        let points: Vec<Vec<f64>> = list(&case["x"]).iter().map(numbers).collect();
        let effects = elementary_effects(&points, &numbers(&case["y"]), 2.0 / 3.0);
        for (at, effects) in effects.iter().enumerate() {
            let indices = morris_indices(effects, &resamples(&case["resamples"][at]));
            for (key, found) in [
                ("mu", indices.mu),
                ("mu_star", indices.mu_star.value),
                ("mu_star_conf", indices.mu_star.half_width()),
                ("sigma", indices.sigma),
            ] {
                deviation.see(found, number(&case[key][at]), &format!("{} {key} {at}", case["name"]));
            }
        }
    }
    deviation.tell("SALib's Morris indices");
}

#[test]
fn pawn_indices_are_those_of_salib() {
    let mut deviation = Deviation::new(1e-10);
    for case in list(&cases("pawn.json")) {
        for (at, values) in list(&case["x"]).iter().enumerate() {
            let slices = Slices::of(&numbers(values), 10);
            let indices = pawn_indices(&slices, &numbers(&case["y"]), &Resamples::default());
            for (key, found) in [
                ("minimum", indices.minimum),
                ("mean", indices.mean),
                ("median", indices.median.value),
                ("maximum", indices.maximum),
                ("CV", indices.cv),
            ] {
                deviation.see(found, number(&case[key][at]), &format!("{} {key} {at}", case["name"]));
            }
        }
    }
    deviation.tell("SALib's PAWN indices");
}
