//! `flashpoint compare --knock-out`: every rule and choice taken away in turn.

use serde_json::{Value, json};

use crate::cli::arguments::Changes;
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::making::watched;
use crate::cli::numbers::grouped;
use crate::cli::results::{self, Results};
use crate::cli::run::queries::draw;
use crate::comparison::{KnockOut, Verdict, candidates, knock_out_bytes_per_run, play_without, rank};
use crate::ensemble::UsualPlayer;
use crate::model::Model;
use crate::output::schema::{KNOCK_OUT, Table};
use crate::output::{Folder, data_package, write_knock_out};

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
    let models: Vec<Model> = candidates.iter().map(|candidate| model.with_happening_off(&candidate.id)).collect();
    let players: Vec<UsualPlayer<'_>> = models.iter().map(|model| UsualPlayer::new(model, making.seed)).collect();
    let whole = UsualPlayer::new(model, making.seed);
    let options = making.options(models.iter());
    let (runs, wall_seconds) = watched(making.runs, making.bar(), console, |watch| {
        play_without(&whole, &candidates, &players, 0..making.runs, options, watch)
    })?;
    let made = making.made(runs.len(), candidates.len() + 1, options, wall_seconds, console)?;
    let ranked = rank(model, &candidates, &runs);
    let results = making.results(model, &request.file, &place, made);
    write(folder, results, &ranked)?;
    results.print("", console, || in_json(results, &ranked), || in_words(results, &ranked))?;
    if made.interrupted() { Err(Failure::Interrupted) } else { Ok(()) }
}

/// Writes everything and puts the folder into its place.
fn write(folder: Folder, results: Results<'_>, ranked: &[KnockOut]) -> Result<(), Failure> {
    let (model, tables): (_, [&Table; 1]) = (results.model, [&KNOCK_OUT]);
    let manifest = results.manifest(&Changes::default(), &tables, None);
    results::write(folder, &data_package(model, &tables), &manifest, |folder| {
        folder.write(KNOCK_OUT.file, |to| write_knock_out(model, ranked, to))
    })
}

fn in_words(results: Results<'_>, ranked: &[KnockOut]) -> String {
    let what = format!(
        "{} runs, each with everything and without each of {} rules and choices",
        grouped(results.made.runs),
        ranked.len()
    );
    let mut text = results.heading(&what);
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
         Outcomes alone are looked at: a rule may matter for measures and queries.\n{}",
        ranked.len(),
        results.closing("Tables"),
    ));
    text
}

fn in_json(results: Results<'_>, ranked: &[KnockOut]) -> Value {
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
    results.object(json!({}), json!({ "knock_out": rows.collect::<Vec<_>>() }))
}
