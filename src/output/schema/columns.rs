//! The tables.

use super::{Column, Decimals, ForeignKey, Kind, Repeat, Table};

/// Decimals of probabilities and their intervals: at least 7 significant digits from 0.00001 up.
const PROBABILITY_DECIMALS: Decimals = Decimals::Fixed(12);

pub(super) const fn text(name: &'static str, about: &'static str) -> Column {
    Column { name, repeat: Repeat::Once, kind: Kind::Text, decimals: Decimals::Shortest, unit: "", about, missing: "" }
}

pub(super) const fn whole(name: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { kind: Kind::Whole, unit, ..text(name, about) }
}

pub(super) const fn number(name: &'static str, unit: &'static str, about: &'static str) -> Column {
    Column { kind: Kind::Number, unit, ..text(name, about) }
}

pub(super) const fn probability(name: &'static str, about: &'static str) -> Column {
    Column { kind: Kind::Number, decimals: PROBABILITY_DECIMALS, ..text(name, about) }
}

pub(super) const fn days(name: &'static str, about: &'static str) -> Column {
    number(name, "days since the start", about)
}

pub(super) const fn mean_days(name: &'static str, about: &'static str) -> Column {
    Column { decimals: Decimals::Fixed(6), ..days(name, about) }
}

pub(super) const fn date(name: &'static str, about: &'static str) -> Column {
    Column {
        kind: Kind::Date,
        repeat: Repeat::WithStart,
        missing: "beyond the calendar (after the year 9999)",
        ..text(name, about)
    }
}

pub(super) const fn missing(column: Column, missing: &'static str) -> Column {
    Column { missing, ..column }
}

pub(super) const CI_LOW: Column =
    probability("ci_low", "Lower end of the 95 % Wilson interval of `probability`: Monte Carlo error only.");
pub(super) const CI_HIGH: Column =
    probability("ci_high", "Upper end of that interval. With no hit in N runs read: below 3/N.");
const OUTCOME_KEY: ForeignKey = ForeignKey { column: "outcome", file: "outcomes.csv", other: "outcome" };
const NO_RUN: &str = "no run ended so";
const NEVER: &str = "it happened in no run";

/// outcomes.csv
pub const OUTCOMES: Table = Table {
    file: "outcomes.csv",
    about: "How simulated runs end: exactly one outcome a run.",
    row: "an outcome",
    columns: &[
        text("outcome", "Id of the outcome, in the scenario's order of priority."),
        text("label", "Its label, for display."),
        whole("runs", "runs", "Runs that ended so."),
        missing(probability("probability", "Share of all runs."), "no runs"),
        missing(CI_LOW, "no runs"),
        missing(CI_HIGH, "no runs"),
        missing(probability("mcse", "Monte Carlo standard error of `probability`: sqrt(p (1 - p) / n)."), "no runs"),
        missing(mean_days("mean_day", "Mean end day of the runs that ended so."), NO_RUN),
        missing(
            days("median_day", "Median end day of those runs: the smallest day with cumulative share >= 0.5."),
            NO_RUN,
        ),
        missing(days("q05_day", "Their 5 % quantile, defined alike."), NO_RUN),
        missing(days("q95_day", "Their 95 % quantile, defined alike."), NO_RUN),
    ],
    key: &["outcome"],
    foreign_keys: &[],
};

/// incidence.csv
pub const INCIDENCE: Table = Table {
    file: "incidence.csv",
    about: "Cumulative incidence of the competing outcomes over time. Beyond 2,000 steps every k-th is shown (k the least that keeps to 2,000 rows an outcome) and the last.",
    row: "an outcome at a step",
    columns: &[
        days("day", "End of the step; 0 is the start."),
        date("date", "The same as a civil date."),
        text("outcome", "Id of the outcome."),
        missing(
            probability(
                "cumulative_probability",
                "Share of all runs that had ended so at or before this day (no run is censored earlier: the estimator of Aalen and Johansen).",
            ),
            "no runs",
        ),
        missing(probability("ci_low", "Lower end of its 95 % Wilson interval, step by step."), "no runs"),
        missing(probability("ci_high", "Upper end of that interval."), "no runs"),
    ],
    key: &["outcome", "day"],
    foreign_keys: &[OUTCOME_KEY],
};

/// events.csv
pub const EVENTS: Table = Table {
    file: "events.csv",
    about: "What happens in simulated runs: rules and options of choices, instance by instance.",
    row: "a rule or option instance",
    columns: &[
        text("event", "Id of the rule, or `choice.option`."),
        missing(text("actor", "Id of the actor."), "the event has no actor"),
        missing(text("target", "Id of the target."), "the event has no target"),
        missing(text("cameo", "CAMEO code: a text, zeros in front count."), "none declared"),
        missing(whole("ladder", "", "Escalation level, 0 (cooperation) to 10 (war)."), "none declared"),
        whole("runs", "runs", "Runs in which it happened at least once."),
        missing(probability("probability", "Share of all runs."), "no runs"),
        missing(CI_LOW, "no runs"),
        missing(CI_HIGH, "no runs"),
        missing(
            Column {
                decimals: Decimals::Fixed(9),
                ..number("mean_count", "firings per run", "Mean number of firings, over all runs.")
            },
            "no runs",
        ),
        missing(
            days(
                "q05_first_day",
                "5 % quantile of the day of the first firing, over the runs in which it happened: the smallest day with cumulative share >= 0.05.",
            ),
            NEVER,
        ),
        missing(days("median_first_day", "Median of the same."), NEVER),
        missing(days("q95_first_day", "95 % quantile of the same."), NEVER),
        Column {
            repeat: Repeat::PerOutcome,
            missing: NO_RUN,
            ..probability(
                "probability_given_{outcome}",
                "Share of the runs that ended in this outcome in which it happened.",
            )
        },
    ],
    key: &["event", "actor", "target"],
    foreign_keys: &[],
};

/// measures.csv
pub const MEASURES: Table = Table {
    file: "measures.csv",
    about: "Measures over time, at each step over the runs that had not ended before it. Beyond 2,000 steps every k-th is shown (k the least that keeps to 2,000 rows a measure) and the last.",
    row: "a measure at a step",
    columns: &[
        days("day", "End of the step; 0 is the start."),
        date("date", "The same as a civil date."),
        text("measure", "Name of the measure. Of a boolean one the mean is a share of runs."),
        missing(number("mean", "as the measure", "Mean, from exact sums."), "no run had lasted so long"),
        missing(
            number(
                "mcse",
                "as the measure",
                "Monte Carlo standard error of the mean: sqrt(variance / n), variance with n - 1.",
            ),
            "fewer than two runs",
        ),
        missing(
            number(
                "q05",
                "as the measure",
                "5 % quantile: the smallest value with cumulative share >= 0.05, read from a histogram. Exact where a bin holds one value, else \
                 within half a bin: at most 1/128 of the measure's range (1/2048 where measures and steps are not many), or 1/64 of the value where the range is unknown.",
            ),
            "no run had lasted so long",
        ),
        missing(number("q25", "as the measure", "25 % quantile, defined alike."), "no run had lasted so long"),
        missing(number("q50", "as the measure", "Median, defined alike."), "no run had lasted so long"),
        missing(number("q75", "as the measure", "75 % quantile, defined alike."), "no run had lasted so long"),
        missing(number("q95", "as the measure", "95 % quantile, defined alike."), "no run had lasted so long"),
        whole("runs_alive", "runs", "Runs that had not ended before this step."),
    ],
    key: &["measure", "day"],
    foreign_keys: &[],
};

/// queries.csv
pub const QUERIES: Table = Table {
    file: "queries.csv",
    about: "Yes/no questions to finished runs.",
    row: "a query",
    columns: &[
        text("query", "Name of the query."),
        missing(text("given", "Condition: only runs in which it holds are counted."), "all runs are counted"),
        whole("runs", "runs", "Runs counted."),
        missing(
            probability("probability", "Share of the counted runs in which the query holds."),
            "no run was counted",
        ),
        missing(CI_LOW, "no run was counted"),
        missing(CI_HIGH, "no run was counted"),
        missing(number("expected_low", "", "Lowest probability that the author expects."), "no expectation"),
        missing(number("expected_high", "", "Highest probability that the author expects."), "no expectation"),
        missing(
            Column { kind: Kind::Truth, ..text("holds", "Does the interval overlap what is expected?") },
            "no expectation, or no run was counted",
        ),
    ],
    key: &["query"],
    foreign_keys: &[],
};

/// diagnostics.csv
pub const DIAGNOSTICS: Table = Table {
    file: "diagnostics.csv",
    about: "What was odd: rules that never fired and what blocked them, rates too high for the step, values held at a bound, later entries dropped at the end.",
    row: "a rule, cell or parameter with something odd about it",
    columns: &[
        text("kind", "What is odd, in a word or two."),
        text("name", "Of what: a rule, an option, an attribute, a parameter."),
        missing(text("actor", "Id of the actor."), "it has no actor"),
        missing(text("target", "Id of the target."), "it has no target"),
        missing(
            number("value", "as `kind` says", "How odd: mostly a share between 0 and 1."),
            "not a matter of degree",
        ),
        text("detail", "The same in a sentence."),
    ],
    key: &[],
    foreign_keys: &[],
};

/// runs.csv
pub const RUNS: Table = Table {
    file: "runs.csv",
    about: "Every simulated run. Written when asked for.",
    row: "a run",
    columns: &[
        whole("run", "", "Index of the run, from 0."),
        text("outcome", "Id of the outcome it ended in."),
        days("end_day", "Day on which it ended."),
        date("end_date", "The same as a civil date."),
        text("stop_reason", "`outcome`: an outcome came true; `horizon`: none did before the horizon."),
        whole("peak_ladder", "", "Highest escalation level of any event, 0 if there was none."),
        Column {
            repeat: Repeat::PerParameter,
            kind: Kind::OfParameter,
            ..text("{parameter}", "Value of the parameter in this run.")
        },
        Column {
            repeat: Repeat::PerEvent,
            missing: "it did not happen",
            ..days(
                "first_day {event}",
                "Day of the first firing; the event is written EVENT(ACTOR,TARGET), empty for none.",
            )
        },
    ],
    key: &["run"],
    foreign_keys: &[OUTCOME_KEY],
};

/// What `flashpoint replay --format csv` writes.
pub const REPLAY: Table = Table {
    file: "replay.csv",
    about: "One simulated run, told in order. Written by `flashpoint replay --format csv`; `--explain` adds the kinds `draw`, `unpicked`, `written`.",
    row: "something that happened",
    columns: &[
        whole("run", "", "Index of the run, from 0; the same as in runs.csv."),
        days("day", "End of the step in which it happened."),
        date("date", "The same as a civil date."),
        text(
            "kind",
            "`event` (a rule fired, an option was picked), `option` (one that could be picked: behind the event of its choice), `later` (a later entry was due), `clock_started`, \
             `clock_stopped`, `clock_expired`, `joined`, `left` (a group; `actors`: for good), `became` (a boolean or an enumeration changed), `crossed` (a quantity crossed a threshold \
             that a guard or an outcome watches), `outcome` (the last row), `draw` (a draw that led to nothing), `unpicked` (a choice without an option to pick), `written` (effects \
             or flows changed a number).",
        ),
        text(
            "name",
            "Id of the event, clock, group, later entry or outcome, or the quantity as an expression writes it.",
        ),
        missing(text("actor", "Id of the actor, or of who joined or left."), "it has no actor"),
        missing(text("target", "Id of the target."), "it has no target"),
        missing(whole("ladder", "", "Escalation level of the event."), "the event has none"),
        missing(text("cameo", "CAMEO code of the event."), "the event has none"),
        missing(number("probability", "", "Probability of what was drawn, or of the option."), "nothing was drawn"),
        missing(number("uniform", "", "The uniform number that it was drawn with."), "nothing was drawn"),
        missing(
            number(
                "before",
                "as the quantity",
                "Value at the end of the step before; of a boolean 0 or 1, of an enumeration the position in `values` from 0.",
            ),
            "no quantity",
        ),
        missing(number("value", "as the quantity", "Value now; of an option its utility or weight."), "no quantity"),
        missing(
            number("limit", "as the quantity", "The threshold; of a clock its deadline in days since the start."),
            "no limit",
        ),
        text("text", "The same in words: of an event its label with names filled in, or its id."),
    ],
    key: &[],
    foreign_keys: &[ForeignKey { column: "run", file: "runs.csv", other: "run" }],
};

/// All tables of an ensemble.
pub const TABLES: [&Table; 7] = [&OUTCOMES, &INCIDENCE, &EVENTS, &MEASURES, &QUERIES, &DIAGNOSTICS, &RUNS];
