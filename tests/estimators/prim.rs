//! PRIM as the EMA Workbench runs it on the data of Bryant and Lempert (2010).

use std::collections::BTreeMap;
use std::fs;

use flashpoint::statistics::{Column, Limit, PrimBox, PrimData, PrimOptions, QuasiP, find_boxes};
use serde_json::Value;

use super::{Deviation, cases, file, list, number, numbers};

/// Names of the columns, their numbers, and which rows are of interest.
fn bryant_lempert() -> (Vec<String>, Vec<Vec<f64>>, Vec<bool>) {
    let text = fs::read_to_string(file("bryant_lempert.csv")).expect("the data are stored");
    let mut lines = text.lines();
    let mut names: Vec<String> = lines.next().expect("a header").split(',').map(str::to_owned).collect();
    let rows: Vec<Vec<f64>> =
        lines.map(|line| line.split(',').map(|cell| cell.parse().expect("a number")).collect()).collect();
    names.pop();
    let columns = (0..names.len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect();
    (names, columns, rows.iter().map(|row| row[9] == 1.0).collect())
}

/// Quantile between order statistics, as numpy has it.
fn quantile(values: &[f64], level: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = level * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64)
}

/// The table of a case: two of its columns as names in the case `names`.
fn table(case: &str) -> (Vec<String>, PrimData) {
    let (names, columns, interest) = bryant_lempert();
    let column = |(name, values): (&String, Vec<f64>)| match (case, name.as_str()) {
        ("names", "Total biomass") => {
            let ends = [1.0 / 3.0, 2.0 / 3.0].map(|level| quantile(&values, level));
            let position = |value: &f64| ends.iter().filter(|end| value >= end).count();
            Column::Category { positions: values.iter().map(position).collect(), n_categories: 3 }
        }
        ("names", "Demand elasticity") => {
            let middle = quantile(&values, 0.5);
            let position = |value: &f64| usize::from(*value > middle);
            Column::Category { positions: values.iter().map(position).collect(), n_categories: 2 }
        }
        _ => Column::Number(values),
    };
    let columns = names.iter().zip(columns).map(column).collect();
    let data = PrimData::new(columns, interest).expect("columns of one length");
    (names, data)
}

fn compare(ours: &PrimBox, theirs: &Value, names: &[String], what: &str, deviation: &mut Deviation) {
    for (key, found) in [
        ("coverage", ours.coverage),
        ("density", ours.density),
        ("mass", ours.mass),
        ("res_dim", ours.restricted() as f64),
        ("n", ours.n as f64),
        ("k", ours.k as f64),
    ] {
        deviation.see(found, number(&theirs[key]), &format!("{what} {key}"));
    }
    for (column, name) in names.iter().enumerate() {
        let what = format!("{what} {name}");
        let limits = &theirs["limits"][name];
        assert_eq!(limits.is_null(), ours.quasi_p[column].is_none(), "{what}");
        let Some(QuasiP { lower, upper }) = ours.quasi_p[column] else { continue };
        match &ours.limits[column] {
            Limit::Between { low, high } => {
                let theirs = numbers(limits);
                deviation.see(*low, theirs[0], &what);
                deviation.see(*high, theirs[1], &what);
            }
            Limit::Among(among) => {
                let held: Vec<String> = (0..among.len()).filter(|at| among[*at]).map(|at| format!("c{at}")).collect();
                let theirs: Vec<&str> = list(limits).iter().filter_map(Value::as_str).collect();
                assert_eq!(held, theirs, "{what}");
            }
        }
        // Minus one is the workbench's way to say that an end is not restricted.
        let theirs = numbers(&theirs["qp"][name]);
        deviation.see(lower.unwrap_or(-1.0), theirs[0], &format!("{what} qp"));
        deviation.see(upper.unwrap_or(-1.0), theirs[1], &format!("{what} qp"));
    }
}

#[test]
fn boxes_are_those_of_the_ema_workbench() {
    let mut deviation = Deviation::new(1e-9);
    let mut by_name: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for case in list(&cases("prim.json")) {
        by_name.entry(case["name"].as_str().expect("a name").to_owned()).or_default().push(case.clone());
    }
    assert_eq!(by_name.len(), 3);
    for (name, cases) in by_name {
        let (names, data) = table(&name);
        let options = PrimOptions { peel_alpha: number(&cases[0]["peel_alpha"]), ..PrimOptions::default() };
        // In the case of the workbench's own example box 21 is picked before the second box is sought.
        let first = |boxes: &[PrimBox]| if name == "bryant_lempert" { 21 } else { boxes.len() - 1 };
        let found = find_boxes(&data, options, 2, first);
        for (nth, case) in cases.iter().enumerate() {
            // Where a box does not reach the threshold of 0.8 the workbench returns none.
            let theirs = list(&case["boxes"]);
            if theirs.len() == 1 {
                continue;
            }
            let (boxes, _) = &found[nth];
            assert_eq!(boxes.len(), theirs.len(), "{name} {nth}");
            for (at, (ours, theirs)) in boxes.iter().zip(theirs).enumerate() {
                compare(ours, theirs, &names, &format!("{name} {nth} box {at}"), &mut deviation);
            }
        }
    }
    deviation.tell("the EMA Workbench's boxes");
}

#[test]
fn the_published_boxes_are_found() {
    // Box 21 and 27 at peel_alpha 0.1, as the workbench's documentation shows them.
    let (names, data) = table("bryant_lempert");
    assert_eq!((data.n_rows(), data.n_interest(), names.len()), (882, 89, 9));
    let options = PrimOptions { peel_alpha: 0.1, ..PrimOptions::default() };
    let (boxes, _) = &find_boxes(&data, options, 1, |boxes| boxes.len() - 1)[0];
    assert_eq!(boxes.len(), 28);
    let close = |ours: f64, theirs: f64| assert!((ours - theirs).abs() < 5e-7, "{ours} {theirs}");
    close(boxes[21].coverage, 0.752809);
    close(boxes[21].density, 0.770115);
    close(boxes[21].mass, 0.098639);
    close(boxes[27].density, 1.0);
    close(boxes[27].coverage, 0.505618);
    let restricted: Vec<&str> =
        (0..9).filter(|column| boxes[21].quasi_p[*column].is_some()).map(|column| names[column].as_str()).collect();
    assert_eq!(restricted, ["Cellulosic cost", "Total biomass", "Demand elasticity", "Biomass backstop price"]);
}
