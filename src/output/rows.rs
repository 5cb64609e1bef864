//! The rows of every table that is made from a summary, as plain structs. The CSV files are written from these and nothing else.

use crate::ensemble::Summary;
use crate::model::{ActorIndex, BUILT_IN_MEASURES, Event, EventSource, Model};
use crate::statistics::{Interval, Level, StepCounts, cumulative_incidence, share, standard_error, wilson};

/// A row of outcomes.csv: a way for runs to end. What cannot be known of no runs is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeRow {
    /// Id of the outcome.
    pub outcome: String,
    /// Its label, for display.
    pub label: String,
    /// Runs that ended so.
    pub runs: u64,
    /// Share of all runs.
    pub probability: Option<f64>,
    /// 95 % Wilson interval of the probability: Monte Carlo error only.
    pub interval: Option<Interval>,
    /// Monte Carlo standard error of the probability, sqrt(p (1 - p) / n).
    pub mcse: Option<f64>,
    /// Mean end day of the runs that ended so, in days since the start.
    pub mean_day: Option<f64>,
    /// Median end day: the smallest with cumulative share >= 0.5.
    pub median_day: Option<f64>,
    /// 5 % quantile of the end day.
    pub q05_day: Option<f64>,
    /// 95 % quantile of the end day.
    pub q95_day: Option<f64>,
}

/// A row of incidence.csv: an outcome at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidenceRow {
    /// End of the step in days since the start.
    pub day: f64,
    /// Id of the outcome.
    pub outcome: String,
    /// Share of all runs that had ended so at or before this day.
    pub cumulative_probability: Option<f64>,
    /// Its 95 % Wilson interval.
    pub interval: Option<Interval>,
}

/// A row of events.csv: an instance of a rule or of an option.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow {
    /// Id of the rule, or `choice.option`.
    pub event: String,
    /// Id of the actor.
    pub actor: Option<String>,
    /// Id of the target.
    pub target: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Escalation level, 0 to 10.
    pub ladder: Option<u8>,
    /// Runs in which it happened at least once.
    pub runs: u64,
    /// Share of all runs.
    pub probability: Option<f64>,
    /// Its 95 % Wilson interval.
    pub interval: Option<Interval>,
    /// Mean number of firings, over all runs.
    pub mean_count: Option<f64>,
    /// 5 % quantile of the day of the first firing, over the runs in which it happened.
    pub q05_first_day: Option<f64>,
    /// Median of the same.
    pub median_first_day: Option<f64>,
    /// 95 % quantile of the same.
    pub q95_first_day: Option<f64>,
    /// For each outcome, in the scenario's order, the share of the runs that ended so in which it happened.
    pub probability_given_outcome: Vec<Option<f64>>,
}

/// A row of measures.csv: a measure at a step, over the runs that had not ended before.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureRow {
    /// End of the step in days since the start; 0 is the start.
    pub day: f64,
    /// Name of the measure.
    pub measure: String,
    /// Mean.
    pub mean: Option<f64>,
    /// Monte Carlo standard error of the mean; `None` for fewer than two runs.
    pub mcse: Option<f64>,
    /// Quantiles 5, 25, 50, 75 and 95 %.
    pub quantiles: [Option<f64>; 5],
    /// Runs that had not ended before this step.
    pub runs_alive: u64,
}

/// A row of queries.csv: the answers to a yes/no question.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryRow {
    /// Name of the query.
    pub query: String,
    /// The condition on which runs are counted, if there is one.
    pub given: Option<String>,
    /// Runs counted.
    pub runs: u64,
    /// Share of the counted runs in which it holds.
    pub probability: Option<f64>,
    /// Its 95 % Wilson interval.
    pub interval: Option<Interval>,
    /// Lowest and highest probability that the author expects.
    pub expected: Option<(f64, f64)>,
    /// Does the interval overlap what is expected?
    pub holds: Option<bool>,
}

/// The rows of outcomes.csv, in the scenario's order of priority.
#[must_use]
pub fn outcome_rows(model: &Model, summary: &Summary) -> Vec<OutcomeRow> {
    let row = |(outcome, found): (&crate::model::Outcome, &crate::ensemble::OutcomeSummary)| {
        let runs = found.ends.total();
        OutcomeRow {
            outcome: outcome.id.clone(),
            label: outcome.label.clone(),
            runs,
            probability: share(runs, summary.runs),
            interval: wilson(runs, summary.runs),
            mcse: standard_error(runs, summary.runs),
            mean_day: found.ends.mean().map(|step| step * model.step_days),
            median_day: quantile_day(model, &found.ends, Level::MEDIAN),
            q05_day: quantile_day(model, &found.ends, Level::percent(5)),
            q95_day: quantile_day(model, &found.ends, Level::percent(95)),
        }
    };
    model.outcomes.iter().zip(&summary.outcomes).map(row).collect()
}

/// The rows of incidence.csv: outcome by outcome, each over time.
pub fn incidence_rows(model: &Model, summary: &Summary) -> impl Iterator<Item = IncidenceRow> {
    model.outcomes.iter().zip(&summary.outcomes).flat_map(move |(outcome, found)| {
        let points = cumulative_incidence(&found.ends, summary.runs, summary.grid.steps());
        points.into_iter().map(move |point| IncidenceRow {
            day: model.day_of_step(u64::from(point.step)),
            outcome: outcome.id.clone(),
            cumulative_probability: point.probability,
            interval: point.interval,
        })
    })
}

/// The rows of events.csv, in byte order of id, then actor, target.
pub fn event_rows(model: &Model, summary: &Summary) -> impl Iterator<Item = EventRow> {
    model.events.iter().zip(&summary.events).map(move |(recorded, found)| {
        let happening = model.happenings.get(recorded.happening);
        let event = happening.and_then(|happening| event_of(model, happening.source));
        let id = |who: Option<ActorIndex>| who.and_then(|who| model.actors.get(who)).map(|actor| actor.id.clone());
        let runs = found.runs();
        let given = found.runs_by_outcome.iter().enumerate();
        EventRow {
            event: happening.map_or(String::new(), |happening| happening.id.clone()),
            actor: id(recorded.instance.actor),
            target: id(recorded.instance.target),
            cameo: event.and_then(|event| event.cameo.clone()),
            ladder: event.and_then(|event| event.ladder),
            runs,
            probability: share(runs, summary.runs),
            interval: wilson(runs, summary.runs),
            mean_count: share(found.count, summary.runs),
            q05_first_day: quantile_day(model, &found.first_steps, Level::percent(5)),
            median_first_day: quantile_day(model, &found.first_steps, Level::MEDIAN),
            q95_first_day: quantile_day(model, &found.first_steps, Level::percent(95)),
            probability_given_outcome: given
                .map(|(outcome, &runs)| share(runs, summary.outcome_runs(outcome)))
                .collect(),
        }
    })
}

/// The rows of measures.csv: measure by measure, each over time; the scenario's own, then the built-in ones.
pub fn measure_rows(model: &Model, summary: &Summary) -> impl Iterator<Item = MeasureRow> {
    measure_names(model).zip(&summary.measures).flat_map(move |(name, trajectory)| {
        let rows: Vec<_> = summary
            .grid
            .steps()
            .zip(trajectory.rows())
            .map(|(step, (moments, distribution))| MeasureRow {
                day: model.day_of_step(u64::from(step)),
                measure: name.to_owned(),
                mean: moments.mean,
                mcse: moments.standard_error(),
                quantiles: [5, 25, 50, 75, 95].map(|percent| distribution.quantile(Level::percent(percent))),
                runs_alive: moments.n,
            })
            .collect();
        rows
    })
}

/// The rows of queries.csv, in byte order of names.
#[must_use]
pub fn query_rows(model: &Model, summary: &Summary) -> Vec<QueryRow> {
    let row = |(query, found): (&crate::model::Query, &crate::ensemble::QuerySummary)| {
        let interval = wilson(found.holds, found.given);
        QueryRow {
            query: query.id.clone(),
            given: query.given_text.clone(),
            runs: found.given,
            probability: share(found.holds, found.given),
            interval,
            expected: query.expect,
            holds: interval.zip(query.expect).map(|(interval, (low, high))| interval.overlaps(low, high)),
        }
    };
    model.queries.iter().zip(&summary.queries).map(row).collect()
}

/// Names of measures in the order of [`Summary::measures`]: the scenario's own, then the built-in ones.
pub(super) fn measure_names(model: &Model) -> impl Iterator<Item = &str> {
    model.measures.iter().map(|measure| measure.id.as_str()).chain(BUILT_IN_MEASURES)
}

/// What a rule or option is; a choice as such is no event of the tables.
fn event_of(model: &Model, source: EventSource) -> Option<&Event> {
    match source {
        EventSource::Rule(rule) => model.rules.get(rule).map(|rule| &rule.event),
        EventSource::Choice(_) => None,
        EventSource::Option { choice, option } => {
            model.choices.get(choice)?.options.get(option).map(|option| &option.event)
        }
    }
}

fn quantile_day(model: &Model, steps: &StepCounts, level: Level) -> Option<f64> {
    steps.quantile(level).map(|step| model.day_of_step(u64::from(step)))
}
