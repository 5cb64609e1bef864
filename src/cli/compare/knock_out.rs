//! `flashpoint compare --knock-out`: every rule and choice taken away in turn.

use std::path::Path;

use serde_json::{Value, json};

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::making::{Made, interrupted_text, watched};
use crate::cli::numbers::grouped;
use crate::cli::run::interrupt;
use crate::cli::run::queries::draw;
use crate::comparison::{KnockOut, Verdict, candidates, knock_out_bytes_per_run, play_without, rank};
use crate::ensemble::{Options, UsualPlayer, block_size};
use crate::model::Model;
use crate::output::schema::{KNOCK_OUT, Table};
use crate::output::{Folder, FolderError, data_package, write_knock_out};

use super::CompareRequest;
use super::report::{p_text, points};
use super::study::fits;

/// So many of those that move outcomes are shown.
const SHOWN: usize = 20;

/// Takes every rule and choice away in turn.
pub(super) fn knock_out(request: &CompareRequest, model: &Model, console: &Console) -> Result<(), Failure> {
    let making = &request.making;
    let candidates = candidates(model);
    fits(knock_out_bytes_per_run(candidates.len()), candidates.len() + 1, making.runs)?;
    if candidates.is_empty() {
        let help = "name what is otherwise: `--variant NAME=VALUE`";
        let message = "the scenario has no rule and no choice to take away".to_owned();
        return Err(Failure::Usage { message, help: Some(help.to_owned()) });
    }
    let place = making.place(&request.file, "knock-out");
    let folder = making.prepare(&place)?;
    interrupt::unfinished_folder(folder.making());
    let models: Vec<Model> = candidates.iter().map(|candidate| model.with_happening_off(&candidate.id)).collect();
    let players: Vec<UsualPlayer<'_>> = models.iter().map(|model| UsualPlayer::new(model, making.seed)).collect();
    let whole = UsualPlayer::new(model, making.seed);
    let block = (block_size(model) / candidates.len() as u64).max(1);
    let options = Options { threads: making.n_threads(), block_size: block };
    let (runs, wall_seconds) =
        watched(making, console, |watch| play_without(&whole, &candidates, &players, 0..making.runs, options, watch))?;
    if runs.is_empty() {
        console.tell("interrupted before the first run was done: nothing was written\n");
        return Err(Failure::Interrupted);
    }
    let done = runs.len() as u64;
    let made =
        Made { runs: done, all_runs: done * (candidates.len() as u64 + 1), threads: options.threads, wall_seconds };
    let ranked = rank(model, &candidates, &runs);
    write(folder, request, model, &ranked, made)?;
    print(request, model, &ranked, &place, made, console)?;
    if done < making.runs { Err(Failure::Interrupted) } else { Ok(()) }
}

/// Writes everything and puts the folder into its place.
fn write(
    folder: Folder,
    request: &CompareRequest,
    model: &Model,
    ranked: &[KnockOut],
    made: Made,
) -> Result<(), Failure> {
    let write_files = || -> Result<(), FolderError> {
        folder.write(KNOCK_OUT.file, |to| write_knock_out(model, ranked, to))?;
        let tables: [&Table; 1] = [&KNOCK_OUT];
        folder.write("datapackage.json", |to| to.write_all(data_package(model, &tables).as_bytes()))?;
        let manifest = request.making.manifest(model, &request.file, &[], made, &tables);
        folder.write("manifest.json", |to| to.write_all(manifest.to_json()?.as_bytes()))
    };
    write_files()
        .and_then(|()| interrupt::finishing(|| folder.finish()).map(|_| ()))
        .map_err(|error| Failure::File(error.to_string()))
}

/// Prints the ranking, if it is wanted.
fn print(
    request: &CompareRequest,
    model: &Model,
    ranked: &[KnockOut],
    place: &Path,
    made: Made,
    console: &Console,
) -> Result<(), Failure> {
    let making = &request.making;
    if made.runs < making.runs {
        console.tell(&interrupted_text(place, made.runs, making.runs));
    }
    let text = match (making.json, making.quiet) {
        (true, _) => format!("{:#}\n", in_json(request, model, ranked, place, made)),
        (false, true) => return Ok(()),
        (false, false) => in_words(request, model, ranked, place, made),
    };
    match console.print(&text) {
        Err(Failure::ClosedOutput) => Ok(()),
        other => other,
    }
}

fn in_words(request: &CompareRequest, model: &Model, ranked: &[KnockOut], place: &Path, made: Made) -> String {
    let mut text = format!(
        "{} (simulated): {} runs, each with everything and without each of {} rules and choices, seed {}, fingerprint {}\n",
        model.title.replace(char::is_control, " "),
        grouped(made.runs),
        ranked.len(),
        request.making.seed,
        model.fingerprint.get(..12).unwrap_or(&model.fingerprint),
    );
    let moving: Vec<&KnockOut> = ranked.iter().filter(|row| row.verdict == Verdict::Moves).collect();
    if moving.is_empty() {
        text.push_str("\nNone of them moves an outcome measurably.\n");
    } else {
        let rows = moving.iter().take(SHOWN).map(|row| {
            let outcome = row.outcome.as_ref().map_or("", |outcome| outcome.id.as_str());
            vec![
                row.id.clone(),
                format!("{:.2}", row.total_variation.value * 100.0),
                format!("{:.2} to {:.2}", row.interval.0 * 100.0, row.interval.1 * 100.0),
                format!("{outcome} {}", points(row.change.change())),
                p_text(row.p_holm),
            ]
        });
        text.push_str(&format!("\n{}", draw(&["without", "moves", "95 % interval", "most of all", "p"], rows)));
        if moving.len() > SHOWN {
            text.push_str(&format!("and {} more\n", moving.len() - SHOWN));
        }
    }
    for (verdict, words) in [
        (Verdict::NotMeasurable, "Moves no outcome measurably, though runs end otherwise"),
        (Verdict::Nothing, "Moves nothing: every run has the outcome that it had"),
        (Verdict::NeverHappened, "Happened in no run"),
    ] {
        let ids: Vec<&str> = ranked.iter().filter(|row| row.verdict == verdict).map(|row| row.id.as_str()).collect();
        if !ids.is_empty() {
            text.push_str(&format!("\n{words}: {}\n", ids.join(", ")));
        }
    }
    text.push_str(&format!(
        "\n`moves` is the distance of all outcome probabilities (total variation) in percentage points; p is adjusted for all {} (Holm).\n\
         Outcomes alone are looked at: a rule may matter for measures and queries.\n\
         Tables: {} ({:.1} s, {} runs per second)\n",
        ranked.len(),
        place.display(),
        made.wall_seconds,
        grouped(made.runs_per_second().round() as u64),
    ));
    text
}

fn in_json(request: &CompareRequest, model: &Model, ranked: &[KnockOut], place: &Path, made: Made) -> Value {
    let rows = ranked.iter().map(|row| {
        json!({
            "event": row.id,
            "kind": if row.is_choice { "choice" } else { "rule" },
            "runs_fired": row.runs_fired,
            "runs_changed": row.runs_changed,
            "runs_other_day": row.runs_other_day,
            "total_variation": row.total_variation.value,
            "ci_low": row.interval.0,
            "ci_high": row.interval.1,
            "p": row.p_value,
            "p_holm": row.p_holm,
            "outcome": row.outcome.as_ref().map(|outcome| &outcome.id),
            "difference": row.outcome.as_ref().map(|_| row.change.change()),
            "verdict": row.verdict.word(),
        })
    });
    json!({
        "provenance": "simulated",
        "title": model.title,
        "file": request.file.display().to_string(),
        "fingerprint": model.fingerprint,
        // A seed of 64 bits does not fit into the doubles that many programs read numbers as.
        "seed": request.making.seed.to_string(),
        "runs": made.runs,
        "runs_asked": request.making.runs,
        "interrupted": made.runs < request.making.runs,
        "out": place.display().to_string(),
        "knock_out": rows.collect::<Vec<_>>(),
    })
}
