//! The tables of experiments.

use super::columns::{CI_HIGH, CI_LOW, mean_days, missing, number, probability, text, whole};
use super::{Column, Decimals, ForeignKey, Kind, Repeat, Table};

const POINT: Column = whole("point", "", "Index of the point in the design, from 0.");
const PARAMETER: Column = Column {
    repeat: Repeat::PerDesignParameter,
    kind: Kind::OfParameter,
    missing: "the point gives another value to each run: the prior's arguments are drawn",
    ..text("{parameter}", "Value of the parameter at the point.")
};
const POINT_KEY: ForeignKey = ForeignKey { column: "point", file: "design.csv", other: "point" };
const NO_RUN: &str = "no run ended so";

/// design.csv
pub const DESIGN: Table = Table {
    file: "design.csv",
    about: "The points of the experiment. `--points design.csv` plays them again.",
    row: "a point",
    columns: &[POINT, PARAMETER],
    key: &["point"],
    foreign_keys: &[],
};

/// sweep.csv
pub const SWEEP: Table = Table {
    file: "sweep.csv",
    about: "How simulated runs end at each point of the design. All points have the same runs, and share every draw that the design does not replace: \
            differences between points are between paired runs, and surer than the intervals of each suggest.",
    row: "an outcome at a point",
    columns: &[
        POINT,
        PARAMETER,
        text("outcome", "Id of the outcome, in the scenario's order of priority."),
        whole("runs", "runs", "Runs at the point that ended so."),
        missing(probability("probability", "Share of all runs at the point."), "no runs"),
        missing(CI_LOW, "no runs"),
        missing(CI_HIGH, "no runs"),
        missing(probability("mcse", "Monte Carlo standard error of `probability`: sqrt(p (1 - p) / n)."), "no runs"),
        missing(mean_days("mean_day", "Mean end day of the runs that ended so."), NO_RUN),
        missing(
            Column {
                decimals: Decimals::Fixed(6),
                ..number("mean_day_mcse", "days", "Monte Carlo standard error of `mean_day`.")
            },
            "fewer than two runs ended so",
        ),
    ],
    key: &["point", "outcome"],
    foreign_keys: &[POINT_KEY],
};

/// sweep_measures.csv
pub const SWEEP_MEASURES: Table = Table {
    file: "sweep_measures.csv",
    about: "Measures at the end of runs (when an outcome came true, or at the horizon), at each point of the design.",
    row: "a measure at a point",
    columns: &[
        POINT,
        PARAMETER,
        text("measure", "Name of the measure. Of a boolean one the mean is a share of runs."),
        whole("runs", "runs", "Runs at the point."),
        missing(number("mean", "as the measure", "Mean of its values at the end of runs, from exact sums."), "no runs"),
        missing(
            number(
                "mcse",
                "as the measure",
                "Monte Carlo standard error of the mean: sqrt(variance / n), variance with n - 1.",
            ),
            "fewer than two runs",
        ),
    ],
    key: &["point", "measure"],
    foreign_keys: &[POINT_KEY],
};

/// sweep_queries.csv
pub const SWEEP_QUERIES: Table = Table {
    file: "sweep_queries.csv",
    about: "Yes/no questions to finished runs, at each point of the design.",
    row: "a query at a point",
    columns: &[
        POINT,
        PARAMETER,
        text("query", "Name of the query."),
        whole("runs", "runs", "Runs counted: all at the point, or those in which the query's `given` holds."),
        missing(
            probability("probability", "Share of the counted runs in which the query holds."),
            "no run was counted",
        ),
        missing(CI_LOW, "no run was counted"),
        missing(CI_HIGH, "no run was counted"),
        missing(probability("mcse", "Monte Carlo standard error of `probability`."), "no run was counted"),
    ],
    key: &["point", "query"],
    foreign_keys: &[POINT_KEY],
};

/// All tables of a sweep.
pub const SWEEP_TABLES: [&Table; 4] = [&DESIGN, &SWEEP, &SWEEP_MEASURES, &SWEEP_QUERIES];
