//! `docs/conformance.md`, and the tests that write and compare it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use flashpoint::reference::Reference;

use super::play::{Answer, NEVER, RARE, SEED, folder, model, play};
use super::{Case, cases};

#[test]
fn every_exact_answer_is_met() {
    let all = cases();
    let only = std::env::var("CONFORMANCE_ONLY").ok();
    let wanted = |case: &&Case| only.as_ref().is_none_or(|word| case.title().contains(word.as_str()));
    let mut faults = String::new();
    let mut answers: Vec<Answer<'_>> = Vec::new();
    for case in all.iter().filter(wanted) {
        match play(case) {
            Ok(found) => answers.extend(found),
            Err(message) => {
                let _ = writeln!(faults, "{}:\n{message}", case.title());
            }
        }
    }
    for answer in answers.iter().filter(|answer| answer.fails()) {
        let _ = writeln!(
            faults,
            "{}: {}: exact {}, got {:?} of {} (Z {:?})",
            answer.case.title(),
            answer.truth.what,
            answer.truth.exact,
            answer.estimate,
            answer.n,
            answer.z
        );
    }
    let judged: Vec<f64> = answers.iter().filter_map(|answer| answer.z).collect();
    let rare = judged.iter().filter(|z| z.abs() >= RARE).count();
    if rare * 50 > judged.len() * 3 {
        let _ = writeln!(faults, "{rare} of {} estimates lie beyond {RARE} standard errors", judged.len());
    }
    if only.is_some() {
        println!("{}", page(&answers));
    }
    assert!(faults.is_empty(), "\n{faults}");
    if only.is_none() {
        compare("docs/conformance.md", &page(&answers));
    }
}

#[test]
fn every_file_has_an_answer_and_says_what_it_is() {
    let all = cases();
    let tested: BTreeSet<&str> = all.iter().map(|case| case.file).collect();
    for entry in fs::read_dir(folder().join("reference")).expect("the folder is there") {
        let path = entry.expect("an entry can be read").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = format!("reference/{}", path.file_stem().expect("a name").to_string_lossy());
        let case = all.iter().find(|case| case.file == name);
        let case = case.unwrap_or_else(|| panic!("{name} has no exact answer in tests/conformance"));
        let model = model(case).unwrap_or_else(|message| panic!("{name}:\n{message}"));
        let notes = &model.notes;
        assert!(!model.title.is_empty() && notes.about.is_some() && notes.source.is_some(), "{name} says too little");
    }
    for file in tested {
        assert!(folder().join(format!("{file}.toml")).is_file(), "{file} is not there");
    }
}

#[test]
fn a_hazard_that_starts_later_is_the_same_runs_however_it_is_written() {
    let variants = [None, Some("by_rate"), Some("by_date")];
    let models: Vec<_> = variants
        .into_iter()
        .map(|variant| {
            let case = Case::of("reference/delayed_hazard");
            let case = if let Some(name) = variant { case.variant(name) } else { case };
            model(&case).expect("it checks")
        })
        .collect();
    let runs = |model| {
        let reference = Reference::new(model, SEED);
        (0..500).map(|run| reference.run(run)).map(|record| (record.outcome, record.end_step)).collect::<Vec<_>>()
    };
    let first = runs(&models[0]);
    assert!(models[1..].iter().all(|model| runs(model) == first));
}

/// Compares with a file of the project, or writes it.
fn compare(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).expect("the page can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "{} is out of date: UPDATE_GOLDEN=1 cargo test conformance", path.display());
}

fn page(answers: &[Answer<'_>]) -> String {
    let judged: Vec<f64> = answers.iter().filter_map(|answer| answer.z).collect();
    let files: BTreeSet<&str> = answers.iter().map(|answer| answer.case.file).collect();
    let largest = judged.iter().fold(0.0_f64, |largest, z| largest.max(z.abs()));
    let rare = judged.iter().filter(|z| z.abs() >= RARE).count();
    let root_mean_square = (judged.iter().map(|z| z * z).sum::<f64>() / judged.len() as f64).sqrt();
    let mut page = format!(
        "# Conformance: exact answers

Written by the tests (`UPDATE_GOLDEN=1 cargo test conformance`); do not edit.

Each scenario below `scenarios/` has an answer that is known exactly, from a closed form, from linear algebra on the same discrete-time
process, or from a publication. All are played by the plain interpreter at seed {SEED}. An estimate is judged by
Z = sqrt(n) (estimate - exact) / sigma, where n is the number of runs that have a value and sigma the exact standard deviation of a share or
else that of the sample: fewer than three in fifty may lie outside (-{RARE}, {RARE}), none beyond {NEVER}. Where nothing is random Z is empty
and the exact value itself is met (up to 1e-9 where it takes a limit or a rounded sum). This is the acceptance of the SBML discrete stochastic
model test suite (Evans, Gillespie & Wilkinson 2008).

{} answers of {} scenarios; {} estimates, of which {rare} outside (-{RARE}, {RARE}); largest |Z| {largest:.2}; root mean square of Z {root_mean_square:.3} (expected: 1).

| scenario | what | exact | runs | n | estimate | Z | source |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
",
        answers.len(),
        files.len(),
        judged.len(),
    );
    for answer in answers {
        let Answer { case, truth, n, estimate, z } = answer;
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {n} | {} | {} | {} |",
            case.title().replace('|', "\\|"),
            truth.what,
            number(truth.exact),
            case.runs,
            estimate.map_or_else(String::new, number),
            z.map_or_else(String::new, |z| format!("{z:.2}")),
            truth.source
        );
    }
    page
}

/// Seven significant digits, without trailing zeros.
fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = (6 - value.abs().log10().floor() as i32).max(0) as usize;
    let text = format!("{value:.digits$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
