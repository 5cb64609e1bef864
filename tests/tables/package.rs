//! datapackage.json and manifest.json.

use flashpoint::output::schema::{RUNS, TABLES};
use flashpoint::output::{
    DRAWS_VERSION, FORMAT_VERSION, Machine, Manifest, Provenance, ScenarioIdentity, data_package,
};
use serde_json::Value;

use super::fake::model;
use super::files::tables;

#[test]
fn every_table_is_described_as_it_is() {
    let model = model(5);
    let package: Value = serde_json::from_str(&data_package(&model, &TABLES)).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    assert_eq!(package["name"], "a-crisis-by-hand");
    assert_eq!(package["provenance"], "simulated");
    assert_eq!(package["sources"][0]["title"], "Doe 2020");
    for (resource, (name, text)) in package["resources"].as_array().unwrap().iter().zip(tables(&model)) {
        assert_eq!(resource["path"], format!("{name}.csv"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names, reader.headers().unwrap().iter().collect::<Vec<_>>());
    }
    let runs = package["resources"].as_array().unwrap().last().unwrap();
    assert_eq!(runs["schema"]["foreignKeys"][0]["reference"]["resource"], "outcomes");
    let threshold = &runs["schema"]["fields"][9];
    assert_eq!(threshold["description"], "How soon they tire. Source: Doe 2020. Basis: data.");
    assert_eq!(package["scenario"]["parameters"][3]["basis"], "data");
}

#[test]
fn keys_to_tables_that_were_not_written_are_left_out() {
    let package: Value = serde_json::from_str(&data_package(&model(5), &[&RUNS])).unwrap();
    assert!(package["resources"][0]["schema"].get("foreignKeys").is_none());
}

/// Writes the example into the folder named by `FLASHPOINT_PACKAGE`, so that `frictionless validate` can be run on it.
#[test]
fn the_package_can_be_written_for_a_validator() {
    let Some(folder) = std::env::var_os("FLASHPOINT_PACKAGE").map(std::path::PathBuf::from) else { return };
    for (name, steps) in [("days", 5), ("long", 4500)] {
        let mut model = model(steps);
        if name == "long" {
            model.step_days = 0.25;
        }
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("datapackage.json"), data_package(&model, &TABLES)).unwrap();
        for (name, text) in tables(&model) {
            std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
        }
    }
}

#[test]
fn the_manifest_keeps_its_order() {
    let manifest = Manifest {
        provenance: Provenance::Simulated,
        flashpoint_version: "0.1.0".into(),
        scenario: ScenarioIdentity { title: "a".into(), file: "a.toml".into(), fingerprint: "ff".into() },
        format: FORMAT_VERSION,
        draws: DRAWS_VERSION,
        seed: u64::MAX.to_string(),
        runs_asked: 10,
        runs_done: 8,
        interrupted: true,
        command_line: vec!["flashpoint".into(), "run".into(), "a.toml".into()],
        variants: vec![],
        set: vec!["parameters.x.value=1".into()],
        without: vec![],
        threads: 2,
        wall_seconds: 0.5,
        runs_per_second: 16.0,
        machine: Machine { os: "linux".into(), arch: "x86_64".into(), cores: 2 },
        experiment: None,
        files: vec!["outcomes.csv".into()],
    };
    insta::assert_snapshot!(manifest.to_json().unwrap());
}
