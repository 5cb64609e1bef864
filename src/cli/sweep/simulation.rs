//! All points: told what it costs, then on threads, with a progress bar, until they are done or interrupted.

use std::time::{Duration, Instant};

use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::making::watched;
use crate::cli::numbers::grouped;
use crate::cli::results::{Made, cores, nothing_done};
use crate::cli::run::interrupt;
use crate::ensemble::{Options, Simulate as _, UsualPlayer};
use crate::experiment::{Design, PointSummary, play};
use crate::model::{Model, RunRecord};
use crate::statistics::NORMAL_975;

use super::plan::Plan;

/// So long a few runs are tried to find out what all will cost.
const TRIAL: Duration = Duration::from_millis(200);

/// What came of the points.
pub(super) struct Swept {
    /// One for each point.
    pub(super) points: Vec<PointSummary>,
    pub(super) made: Made,
}

/// Plays the runs at all points.
pub(super) fn simulate(
    player: &UsualPlayer<'_>,
    model: &Model,
    design: &Design,
    plan: &Plan,
    console: &Console,
) -> Result<Swept, Failure> {
    // Also while a few runs are tried.
    interrupt::listen();
    if !plan.quiet {
        let threads = if plan.threads == 0 { cores() } else { plan.threads };
        console.tell(&cost(player, design, plan, threads));
    }
    let points = design.points();
    let total = plan.runs.saturating_mul(points.len() as u64);
    let options = Options { threads: plan.threads, ..Options::default() };
    let (played, wall_seconds) = watched(total, !plan.quiet && !plan.plain, console, |watch| {
        play(player, model, &points, 0..plan.runs, options, watch, || PointSummary::new(model))
    })?;
    let runs = played.finished.end;
    if runs == 0 {
        return Err(nothing_done("every point had a run", console));
    }
    let all_runs = runs.saturating_mul(points.len() as u64);
    let made = Made { asked: plan.runs, runs, all_runs, threads: played.threads, wall_seconds };
    Ok(Swept { points: played.points, made })
}

/// What the sweep costs, judged by a few runs, and how much it will tell.
fn cost(player: &UsualPlayer<'_>, design: &Design, plan: &Plan, threads: usize) -> String {
    let n_points = design.n_points();
    let (mut memory, mut record) = (player.scratch(), RunRecord::empty());
    let started = Instant::now();
    let mut tried = 0_u64;
    let all = (n_points as u64).saturating_mul(plan.runs);
    while tried < all && started.elapsed() < TRIAL {
        // Points from all over the design: they may cost differently.
        let point = (tried as usize).wrapping_mul(n_points / 2 + 1) % n_points;
        player.run_at(&design.point(point), tried % plan.runs, &mut memory, &mut record);
        tried += 1;
    }
    let seconds = started.elapsed().as_secs_f64() / tried.max(1) as f64 * all as f64 / threads as f64;
    let error = NORMAL_975 * 0.5 / (plan.runs as f64).sqrt();
    format!(
        "{} points x {} runs: about {}; each probability to within {error:.*} (95 %), another decimal takes 100 times the runs\n",
        grouped(n_points as u64),
        grouped(plan.runs),
        duration(seconds),
        if error < 0.001 { 5 } else { 3 },
    )
}

/// Seconds in words.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1.0 => "a second".to_owned(),
        s if s < 120.0 => format!("{} s", s.ceil()),
        s if s < 7200.0 => format!("{} min", (s / 60.0).ceil()),
        s if s < 172_800.0 => format!("{} h", (s / 3600.0).ceil()),
        s => format!("{} days", (s / 86_400.0).ceil()),
    }
}
