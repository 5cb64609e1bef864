//! The study in docs/experiments.md, and docs/coming-from.md: their commands run as typed with fewer runs, and the tables of the study hold within the error of both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::markdown::{project, read, rows, section};
use super::readme::{arguments, clone, run};

const PAGE: &str = "docs/experiments.md";
/// Runs of the comparison of variants, of the knock-outs and of the refinement in ordinary tests.
const RUNS: [u64; 3] = [200, 10, 50];
/// Standard errors within which a number of the page must lie: many at once.
const ERRORS: f64 = 4.5;

type Row = BTreeMap<String, String>;

/// The commands in the indented lines and `sh` blocks of a page.
fn commands(page: &str) -> Vec<Vec<String>> {
    read(page).lines().filter_map(|line| arguments(line.trim())).collect()
}

/// The number of runs in a command.
fn runs_of(arguments: &[String]) -> u64 {
    let at = arguments.iter().position(|argument| argument == "--runs").expect("it says how many runs");
    arguments[at + 1].replace('_', "").parse().expect("a number")
}

/// Runs a command with another number of runs.
fn with_runs(folder: &Path, mut arguments: Vec<String>, runs: u64) -> String {
    let at = arguments.iter().position(|argument| argument == "--runs").expect("it says how many runs");
    arguments[at + 1] = runs.to_string();
    run(folder, &arguments)
}

/// A table as rows of cells by column.
fn table(folder: &Path, file: &str) -> Vec<Row> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let records = reader.records().map(|record| record.expect("a row"));
    records.map(|record| header.iter().cloned().zip(record.iter().map(str::to_owned)).collect()).collect()
}

fn value(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("`{}` of {column} is no number", row[column]))
}

/// The number in a cell of the page such as `-1.50*`, `+2.1`.
fn number(cell: &str) -> f64 {
    let text = cell.trim_matches('*').trim_start_matches('+').replace(',', "");
    text.parse().unwrap_or_else(|_| panic!("`{cell}` is no number"))
}

#[test]
fn commands_for_those_who_come_from_elsewhere_run() {
    let folder = clone();
    let found = commands("docs/coming-from.md");
    assert_eq!(found.len(), 2);
    for command in found {
        with_runs(folder.path(), command, 4);
    }
    assert_eq!(table(folder.path(), "out/ultimatum/compare.csv").len(), 3 * 7);
}

/// The commands of the study: variants, knock-outs, steps.
fn study() -> Vec<Vec<String>> {
    let is_of_study = |command: &Vec<String>| {
        ["out/what-would", "out/decoration", "out/step"].contains(&command.last().map_or("", String::as_str))
    };
    let found: Vec<_> = commands(PAGE).into_iter().filter(is_of_study).collect();
    assert_eq!(found.len(), 3);
    found
}

/// The rows of the page's tables, by section, from the tables of results.
fn made(folder: &Path) -> Vec<(&'static str, Vec<String>)> {
    let percent = |number: f64| format!("{:.1}", number * 100.0);
    let points = |number: f64| format!("{:+.2}", number * 100.0);
    let compared = table(folder, "out/what-would/compare.csv");
    let outcomes: Vec<&Row> = compared.iter().take_while(|row| row["variant"] == compared[0]["variant"]).collect();
    let names: Vec<&str> = outcomes.iter().map(|row| row["outcome"].as_str()).collect();
    let mut variants =
        vec![format!("| variant | {} |", names.join(" | ")), format!("| --- |{}", " --- |".repeat(names.len()))];
    let base: Vec<String> = outcomes.iter().map(|row| percent(value(row, "probability_base"))).collect();
    variants.push(format!("| base | {} |", base.join(" | ")));
    for rows in compared.chunks(names.len()) {
        let star = |row: &Row| if value(row, "p_holm") < 0.05 { "*" } else { "" };
        let cells: Vec<String> =
            rows.iter().map(|row| format!("{}{}", points(value(row, "difference")), star(row))).collect();
        variants.push(format!("| `{}` | {} |", rows[0]["variant"], cells.join(" | ")));
    }

    let mut moved = table(folder, "out/what-would/transitions.csv");
    moved.retain(|row| row["variant"] == "thirty_days" && row["outcome_base"] != row["outcome_variant"]);
    moved.sort_by_key(|row| std::cmp::Reverse(row["runs"].parse::<u64>().expect("a number")));
    let mut transitions = vec!["| with 7 days | with 30 days | runs |".to_owned(), "| --- | --- | --- |".to_owned()];
    transitions.extend(
        moved
            .iter()
            .take(6)
            .map(|row| format!("| {} | {} | {} |", row["outcome_base"], row["outcome_variant"], row["runs"])),
    );

    let mut hidden = table(folder, "out/what-would/competing.csv");
    hidden.retain(|row| row["variant"] == "base");
    hidden.sort_by(|a, b| value(b, "difference").total_cmp(&value(a, "difference")));
    let mut competing = vec![
        "| outcome | another | as it stands | among the others | if it could end no run |".to_owned(),
        "| --- | --- | --- | --- | --- |".to_owned(),
    ];
    competing.extend(hidden.iter().take(6).map(|row| {
        let cells =
            ["probability", "probability_among_others", "probability_without"].map(|name| percent(value(row, name)));
        format!("| {} | {} | {} |", row["outcome"], row["removed"], cells.join(" | "))
    }));

    let ranked = table(folder, "out/decoration/knock_out.csv");
    let mut decoration =
        vec!["| without | moves | 95 % interval | most of all |".to_owned(), "| --- | --- | --- | --- |".to_owned()];
    decoration.extend(ranked.iter().filter(|row| row["verdict"] == "moves").take(15).map(|row| {
        format!(
            "| `{}` | {} | {} to {} | {} {} |",
            row["event"],
            percent(value(row, "total_variation")),
            percent(value(row, "ci_low")),
            percent(value(row, "ci_high")),
            row["outcome"],
            points(value(row, "difference"))
        )
    }));

    let refined = table(folder, "out/step/refine.csv");
    let mut steps = vec![
        "| outcome | 1 day | 0.5 days | 0.25 days | no step | change | 95 % interval |".to_owned(),
        "| --- | --- | --- | --- | --- | --- | --- |".to_owned(),
    ];
    let of_outcomes: Vec<&Row> = refined.iter().filter(|row| row["kind"] == "outcome").collect();
    for rows in of_outcomes.chunks(4) {
        let values: Vec<String> = rows.iter().map(|row| percent(value(row, "value"))).collect();
        steps.push(format!(
            "| {} | {} | {} | {} to {} |",
            rows[0]["name"],
            values.join(" | "),
            points(value(rows[3], "change")),
            points(value(rows[3], "change_ci_low")),
            points(value(rows[3], "change_ci_high"))
        ));
    }
    vec![
        ("What the variants move", variants),
        ("Which runs end otherwise", transitions),
        ("What competes", competing),
        ("What is decoration", decoration),
        ("Is it the step?", steps),
    ]
}

/// Makes the study with all its runs and writes its tables into the page: some minutes. `FLASHPOINT_STUDY` names a folder in which its commands have been run.
#[test]
#[ignore = "writes docs/experiments.md"]
fn write_the_study() {
    let clone = clone();
    let given = std::env::var_os("FLASHPOINT_STUDY").map(PathBuf::from);
    if given.is_none() {
        for command in study() {
            run(clone.path(), &command);
        }
    }
    let mut text = read(PAGE);
    for (heading, rows) in made(given.as_deref().unwrap_or(clone.path())) {
        let begins = text.find(&format!("### {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
        let table = begins + text[begins..].find("\n| ").expect("it has a table") + 1;
        let length = text[table..].find("\n\n").map_or(text.len() - table, |end| end + 1);
        text.replace_range(table..table + length, &format!("{}\n", rows.join("\n")));
    }
    std::fs::write(project(PAGE), text).expect("it can be written");
}

#[test]
fn the_study_of_niger_holds() {
    let (folder, text) = (clone(), read(PAGE));
    let commands = study();
    let of_page: Vec<f64> = commands.iter().map(|command| runs_of(command) as f64).collect();
    for (command, runs) in commands.into_iter().zip(RUNS) {
        with_runs(folder.path(), command, runs);
    }
    let now: BTreeMap<&str, Vec<Vec<String>>> =
        made(folder.path()).into_iter().map(|(heading, lines)| (heading, rows(&lines.join("\n")))).collect();
    let shown = |heading: &str| rows(&section(&text, heading));
    // The probabilities of the base, and at all steps: as precise as the fewer runs are.
    let close = |what: &str, is: f64, said: f64, runs: u64, runs_of_page: f64| {
        let error = (said.max(0.005) * (1.0 - said) * (1.0 / runs as f64 + 1.0 / runs_of_page)).sqrt();
        assert!((is - said).abs() < ERRORS * error + 0.001, "{what}: {is}, and the page says {said}");
    };
    let (variants, said) = (&now["What the variants move"], shown("What the variants move"));
    assert_eq!(variants.len(), said.len());
    for (is, said) in variants[0][1..].iter().zip(&said[0][1..]) {
        close("the base", number(is) / 100.0, number(said) / 100.0, RUNS[0], of_page[0]);
    }
    // Differences: the error is that of the pairs that differ, never taken for less than that of three.
    let compared = table(folder.path(), "out/what-would/compare.csv");
    let mut errors = compared.iter().map(|row| value(row, "mcse").max(3.0_f64.sqrt() / RUNS[0] as f64));
    for (is, said) in variants[1..].iter().zip(&said[1..]) {
        assert_eq!(is[0], said[0]);
        for (is, said) in is[1..].iter().zip(&said[1..]) {
            let error = 100.0 * errors.next().expect("as many rows as cells");
            assert!((number(is) - number(said)).abs() < ERRORS * error, "{is}, and the page says {said} ({error})");
        }
    }
    let (steps, said) = (&now["Is it the step?"], shown("Is it the step?"));
    assert_eq!(steps.len(), said.len());
    for (is, said) in steps.iter().zip(&said) {
        for (is, said) in is[1..4].iter().zip(&said[1..4]) {
            close("a step", number(is) / 100.0, number(said) / 100.0, RUNS[2], of_page[2]);
        }
    }
    // Few runs rank nothing: what is named must be there.
    let ranked = table(folder.path(), "out/decoration/knock_out.csv");
    let said = shown("What is decoration");
    assert!(said.len() >= 5);
    for row in said {
        assert!(ranked.iter().any(|found| found["event"] == row[0].trim_matches('`')), "no rule {}", row[0]);
    }
    for row in shown("What competes") {
        let hidden = table(folder.path(), "out/what-would/competing.csv");
        let found =
            |found: &&Row| found["variant"] == "base" && found["outcome"] == row[0] && found["removed"] == row[1];
        let is = hidden.iter().find(found).unwrap_or_else(|| panic!("no pair {row:?}"));
        for (column, said) in [("probability", &row[2]), ("probability_without", &row[4])] {
            close(column, value(is, column), number(said) / 100.0, RUNS[0], of_page[0]);
        }
    }
}
