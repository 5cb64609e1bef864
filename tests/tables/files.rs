//! Tables byte by byte, and read back.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use flashpoint::ensemble::{Options, Summary, Watch, run_ensemble};
use flashpoint::model::Model;
use flashpoint::output::RunRows;
use flashpoint::output::schema::{RUNS, TABLES, resolve};

use super::fake::{Fake, all_tables, model};

const N_RUNS: u64 = 40;

/// All tables of a small ensemble, runs.csv among them.
pub(super) fn tables(model: &Model) -> Vec<(&'static str, String)> {
    let fake = Fake { n_steps: model.n_steps };
    let stop = AtomicBool::new(false);
    let watch = Watch { progress: &|_| {}, stop: &stop };
    let result = run_ensemble(&fake, model, 0..N_RUNS, Options { threads: 2, block_size: 3 }, watch, None).unwrap();
    let mut tables = all_tables(model, &result.summary);
    let rows = RunRows::new(model);
    let mut bytes = rows.header().unwrap();
    (0..N_RUNS).for_each(|run| rows.append(&fake.record(run), &mut bytes));
    tables.push(("runs", String::from_utf8(bytes).unwrap()));
    tables
}

fn read(text: &str) -> (Vec<String>, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.records().map(|record| record.unwrap()).collect())
}

#[test]
fn golden_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tables");
    for (name, text) in tables(&model(5)) {
        let path = folder.join(format!("{name}.csv"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "{name}: write it again with UPDATE_GOLDEN=1");
    }
}

#[test]
fn headers_are_the_schema_and_rows_are_even() {
    for start in [true, false] {
        let mut model = model(5);
        if !start {
            model.start = None;
            model.parameters.remove(0);
        }
        for ((name, text), table) in tables(&model).into_iter().zip(TABLES) {
            assert_eq!(name, table.name());
            let (header, records) = read(&text);
            let declared: Vec<String> = resolve(table, &model).into_iter().map(|column| column.name).collect();
            assert_eq!(header, declared);
            assert!(!records.is_empty());
            assert_eq!(
                header.iter().any(|column| column == "date" || column == "end_date"),
                start && text.contains("date")
            );
            assert!(!text.contains('\r') && text.ends_with('\n'));
        }
    }
}

#[test]
fn missing_is_empty_and_never_zero() {
    let model = model(5);
    let tables = tables(&model);
    let (header, outcomes) = read(&tables[0].1);
    let never: Vec<(&str, &str)> = header.iter().map(String::as_str).zip(outcomes[2].iter()).collect();
    assert!(never.contains(&("runs", "0")) && never.contains(&("probability", "0.000000000000")));
    for day in ["mean_day", "median_day", "q05_day", "q95_day"] {
        assert!(never.contains(&(day, "")));
    }
    let (_, queries) = read(&tables[4].1);
    let impossible: Vec<&str> = queries[1].iter().collect();
    assert_eq!(impossible, ["impossible", "false", "0", "", "", "", "0", "1", ""]);
    let mut bytes = Vec::new();
    flashpoint::output::write_outcomes(&model, &Summary::new(&model), &mut bytes).unwrap();
    let (_, nobody) = read(&String::from_utf8(bytes).unwrap());
    assert!(nobody.iter().all(|record| record.iter().skip(3).all(str::is_empty)));
}

#[test]
fn text_is_quoted_and_defused() {
    let tables = tables(&model(5));
    let (_, outcomes) = read(&tables[0].1);
    let labels: Vec<&str> = outcomes.iter().map(|record| &record[1]).collect();
    assert_eq!(labels, ["War, at last", "'=A \"coup\"", "'@never", "standoff"]);
    let (_, diagnostics) = read(&tables[5].1);
    assert!(diagnostics[0][5].starts_with("'+`tension"));
    let (_, events) = read(&tables[2].1);
    let cameo: Vec<&str> = events.iter().map(|record| &record[3]).collect();
    assert_eq!(cameo, ["", "0161", "0161", ""]);
}

#[test]
fn runs_hold_parameters_and_first_days() {
    let model = model(5);
    let (header, records) = read(&tables(&model)[6].1);
    assert_eq!(
        header[..6].iter().map(String::as_str).collect::<Vec<_>>(),
        ["run", "outcome", "end_day", "end_date", "stop_reason", "peak_ladder"]
    );
    assert_eq!(header[6..11].to_vec(), ["deadline", "mood", "pressure", "threshold", "ultimatum"]);
    assert_eq!(header[11], "first_day answer.yield(france,)");
    assert_eq!(header[12], "first_day expel(france,junta)");
    assert_eq!(header[14], "first_day flood(,)");
    assert_eq!(records.len() as u64, N_RUNS);
    for (run, record) in records.iter().enumerate() {
        let played = Fake { n_steps: 5 }.record(run as u64);
        assert_eq!(record[0], run.to_string());
        assert_eq!(&record[6], "2023-08-05");
        assert_eq!(&record[7], if run % 2 == 1 { "true" } else { "false" });
        assert_eq!(record[9].parse::<f64>().unwrap().to_bits(), played.parameters[3].to_bits());
        for (event, tally) in played.events.iter().enumerate() {
            let cell = if tally.count == 0 { String::new() } else { tally.first_step.to_string() };
            assert_eq!(record[11 + event], cell);
        }
    }
    assert_eq!(resolve(&RUNS, &model).len(), 15);
}

#[test]
fn long_horizons_are_thinned() {
    let model = model(4500);
    let tables = tables(&model);
    let (_, incidence) = read(&tables[1].1);
    assert_eq!(incidence.len(), 4 * 1501);
    assert_eq!(&incidence[1][0], "3");
    assert_eq!(&incidence[1500][0], "4500");
    // The curves end at the shares of outcomes.csv.
    let (_, outcomes) = read(&tables[0].1);
    for (outcome, record) in outcomes.iter().enumerate() {
        assert_eq!(incidence[outcome * 1501 + 1500][3], record[3]);
    }
    let (_, measures) = read(&tables[3].1);
    assert_eq!(measures.len(), 4 * 1501);
}

#[test]
fn dates_follow_the_step() {
    let dates = |step_days: f64, start: &str, has_time: bool| {
        let mut model = model(5);
        model.step_days = step_days;
        let datetime = start.parse().unwrap();
        model.start = Some(flashpoint::model::ScenarioStart { datetime, has_time });
        let (_, incidence) = read(&tables(&model)[1].1);
        [incidence[1][1].to_owned(), incidence[5][1].to_owned()]
    };
    assert_eq!(dates(1.0, "2024-02-26T00:00", false), ["2024-02-27", "2024-03-02"]);
    assert_eq!(dates(7.0, "2023-12-25T00:00", false), ["2024-01-01", "2024-01-29"]);
    assert_eq!(dates(0.25, "2023-08-25T00:00", false), ["2023-08-25T06:00", "2023-08-26T06:00"]);
    assert_eq!(dates(1.0, "2023-08-25T18:00", true), ["2023-08-26T18:00", "2023-08-30T18:00"]);
    assert_eq!(dates(1.0 / 24.0, "2023-08-25T00:00", false), ["2023-08-25T01:00", "2023-08-25T05:00"]);
    assert_eq!(dates(1.0 / 2880.0, "2023-08-25T00:00", false), ["2023-08-25T00:00:30", "2023-08-25T00:02:30"]);
    assert_eq!(dates(1e7, "2023-08-25T00:00", false), ["", ""]);
}

#[test]
fn measures_are_those_of_the_runs() {
    let model = model(5);
    let records: Vec<_> = (0..N_RUNS).map(|run| Fake { n_steps: 5 }.record(run)).collect();
    let (_, measures) = read(&tables(&model)[3].1);
    for (index, row) in measures.iter().enumerate() {
        let (measure, step) = (index / 6, index % 6);
        let mut values: Vec<f64> =
            records.iter().filter_map(|record| record.measures.get(step * 4 + measure).copied()).collect();
        values.sort_by(f64::total_cmp);
        let n = values.len();
        assert_eq!(row[10].parse::<usize>().unwrap(), n);
        assert_eq!(row[0], step.to_string());
        let mean = values.iter().sum::<f64>() / n as f64;
        let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1) as f64;
        assert!((row[3].parse::<f64>().unwrap() - mean).abs() < 1e-12);
        assert!((row[4].parse::<f64>().unwrap() - (variance / n as f64).sqrt()).abs() < 1e-12);
        for (column, percent) in [(5, 5), (6, 25), (7, 50), (8, 75), (9, 95)] {
            let exact = values[(n * percent).div_ceil(100).max(1) - 1];
            let error = (row[column].parse::<f64>().unwrap() - exact).abs();
            let allowed = [0.0, 1.0 / 2048.0, 0.0, exact.abs() / 64.0][measure];
            assert!(error <= allowed, "{row:?}: {exact}");
        }
    }
}
