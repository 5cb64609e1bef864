//! The statistics held against SALib, the EMA Workbench, lifelines and SciPy on the same data.
//!
//! `make_numbers.py` makes the numbers; continuous integration makes them again.

mod prim;
mod sensitivity;
mod small;
mod survival;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A file of this folder.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/estimators").join(name)
}

/// The cases of a file of numbers.
fn cases(name: &str) -> Value {
    let text = fs::read_to_string(file(name)).expect("the numbers are stored");
    let mut all: Value = serde_json::from_str(&text).expect("they are JSON");
    all["cases"].take()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

fn whole_numbers(value: &Value) -> Vec<usize> {
    value.as_array().expect("a list").iter().map(|value| value.as_u64().expect("a whole number") as usize).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// Keeps the greatest deviation that was seen, and fails beyond a limit.
struct Deviation {
    most: f64,
    limit: f64,
}

impl Deviation {
    fn new(limit: f64) -> Self {
        Self { most: 0.0, limit }
    }

    fn see(&mut self, ours: f64, theirs: f64, what: &str) {
        let deviation = (ours - theirs).abs() / theirs.abs().max(1.0);
        assert!(deviation <= self.limit, "{what}: {ours} is not {theirs}");
        self.most = self.most.max(deviation);
    }

    fn tell(&self, what: &str) {
        println!("worst deviation from {what}: {:.1e}", self.most);
    }
}
