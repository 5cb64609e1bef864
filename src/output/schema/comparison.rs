//! The tables of `flashpoint compare`.

use super::columns::{missing, number, probability, text, whole};
use super::{Column, Decimals, ForeignKey, Table};

const VARIANT_KEY: ForeignKey = ForeignKey { column: "variant", file: "variants.csv", other: "variant" };
const VARIANT: Column = text("variant", "Label of the variant, as in variants.csv.");
const NO_RUNS: &str = "no run counts on one of the sides";
const FEW_RUNS: &str =
    "no run counts on one of the sides; in `median_ci_low` and `median_ci_high` also with fewer than 20";

/// A probability of a test: small ones keep their digits.
const fn p_value(name: &'static str, about: &'static str) -> Column {
    number(name, "", about)
}

/// A z score.
const fn score(name: &'static str, about: &'static str) -> Column {
    Column { decimals: Decimals::Fixed(4), ..number(name, "", about) }
}

/// variants.csv
pub const VARIANTS: Table = Table {
    file: "variants.csv",
    about: "The scenarios that were compared: the base first, then the variants as they were given.",
    row: "a scenario",
    columns: &[
        text("variant", "Its label; that of the scenario that the others are compared with is `base`."),
        missing(text("given", "What `--variant` said."), "the base"),
        text("file", "The scenario file."),
        text("fingerprint", "Fingerprint of its content after layering."),
        whole("runs", "runs", "Runs made: the same of every scenario, on the same draws."),
    ],
    key: &["variant"],
    foreign_keys: &[],
};

/// compare.csv
pub const COMPARE: Table = Table {
    file: "compare.csv",
    about: "How often each outcome under a variant and under the base, from runs made with and without the variant on the same draws.",
    row: "an outcome under a variant",
    columns: &[
        VARIANT,
        text("outcome", "Id of the outcome."),
        text("label", "Its label, for display."),
        whole("runs", "runs", "Pairs of runs."),
        whole("runs_base", "runs", "Runs of the base that ended so."),
        whole("runs_variant", "runs", "Runs of the variant that ended so."),
        probability("probability_base", "Share of the base's runs that ended so."),
        probability("probability_variant", "Share of the variant's runs that ended so."),
        probability("difference", "`probability_variant` less `probability_base`."),
        probability(
            "ci_low",
            "Lower end of the 95 % interval of the difference, paired: Tango's score interval (1998), row by row. Monte Carlo error only.",
        ),
        probability("ci_high", "Upper end of that interval."),
        probability(
            "mcse",
            "Monte Carlo standard error of the difference: sqrt((g + l) / n - d²) / sqrt(n), g and l the two counts that follow, d the difference.",
        ),
        whole("runs_gained", "runs", "Runs that ended so under the variant only."),
        whole("runs_lost", "runs", "Runs that ended so under the base only."),
        score("z", "McNemar's statistic, (g - l) / sqrt(g + l); 0 if no run differs."),
        p_value(
            "p",
            "Two-sided probability of such a difference where nothing changes: McNemar's test, with mid-p of the binomial distribution for up to 1,000 runs that differ.",
        ),
        p_value(
            "p_holm",
            "The same adjusted for the number of rows of this table (Holm 1979): below 0.05 in any row with a probability of at most 5 % if no variant changes any outcome.",
        ),
        missing(
            whole(
                "runs_to_tell_apart",
                "runs",
                "Paired runs with which McNemar's test at 5 % would show a difference as large as this one with a probability of 80 % (Connor 1987). An estimate as rough as the difference.",
            ),
            "no difference was seen",
        ),
    ],
    key: &["variant", "outcome"],
    foreign_keys: &[VARIANT_KEY],
};

/// transitions.csv
pub const TRANSITIONS: Table = Table {
    file: "transitions.csv",
    about: "Runs that end in one outcome under the base, and in which under the variant. Pairs of outcomes that no run had are left out.",
    row: "a pair of outcomes under a variant",
    columns: &[
        VARIANT,
        text("outcome_base", "Id of the outcome under the base."),
        text("outcome_variant", "Id of the outcome of the same run under the variant."),
        whole("runs", "runs", "How many runs."),
        probability("share", "Their share of all runs."),
        probability("share_of_outcome_base", "Their share of the runs with this outcome under the base."),
    ],
    key: &["variant", "outcome_base", "outcome_variant"],
    foreign_keys: &[VARIANT_KEY],
};

/// compare_measures.csv
pub const COMPARE_MEASURES: Table = Table {
    file: "compare_measures.csv",
    about: "Numbers of runs under a variant and under the base: the day on which they end, and every measure in the last step of the run.",
    row: "a measure under a variant; of the end day also for every outcome",
    columns: &[
        VARIANT,
        text("measure", "`end_day` (days since the start), or a measure; `peak_ladder` and `rivera_score` among them."),
        missing(text("outcome", "Only runs that ended so."), "all runs"),
        whole("runs_base", "runs", "Runs of the base that count."),
        whole("runs_variant", "runs", "Runs of the variant that count."),
        missing(number("mean_base", "as the measure", "Mean under the base."), NO_RUNS),
        missing(number("mean_variant", "as the measure", "Mean under the variant."), NO_RUNS),
        missing(number("mean_difference", "as the measure", "Their difference."), NO_RUNS),
        missing(
            number(
                "mean_ci_low",
                "as the measure",
                "Lower end of its 95 % interval, paired: by the standard deviation of the differences (delta method where runs count on one side only).",
            ),
            NO_RUNS,
        ),
        missing(number("mean_ci_high", "as the measure", "Upper end of that interval."), NO_RUNS),
        missing(
            number(
                "median_base",
                "as the measure",
                "Median under the base: the smallest value with cumulative share >= 0.5.",
            ),
            NO_RUNS,
        ),
        missing(number("median_variant", "as the measure", "Median under the variant."), NO_RUNS),
        missing(
            number(
                "median_difference",
                "as the measure",
                "Difference of the medians; not the median of the differences.",
            ),
            NO_RUNS,
        ),
        missing(
            number(
                "median_ci_low",
                "as the measure",
                "Lower end of its 95 % interval, paired (Bonett and Price 2020).",
            ),
            FEW_RUNS,
        ),
        missing(number("median_ci_high", "as the measure", "Upper end of that interval."), FEW_RUNS),
    ],
    key: &["variant", "measure", "outcome"],
    foreign_keys: &[VARIANT_KEY],
};

/// compare_queries.csv
pub const COMPARE_QUERIES: Table = Table {
    file: "compare_queries.csv",
    about: "Answers to queries under a variant and under the base.",
    row: "a query under a variant",
    columns: &[
        VARIANT,
        text("query", "Name of the query."),
        missing(text("given", "Condition: only runs in which it holds are counted."), "all runs are counted"),
        whole("runs_base", "runs", "Runs of the base that count."),
        whole(
            "runs_variant",
            "runs",
            "Runs of the variant that count; others than the base's, if the variant moves the condition.",
        ),
        missing(
            probability("probability_base", "Share of the base's runs that count in which the query holds."),
            "no run counts",
        ),
        missing(probability("probability_variant", "The same of the variant."), "no run counts"),
        missing(probability("difference", "Their difference."), NO_RUNS),
        missing(
            probability(
                "ci_low",
                "Lower end of its 95 % interval, paired: Tango's score interval without a condition, the delta method with one.",
            ),
            NO_RUNS,
        ),
        missing(probability("ci_high", "Upper end of that interval."), NO_RUNS),
    ],
    key: &["variant", "query"],
    foreign_keys: &[VARIANT_KEY],
};

/// competing.csv
pub const COMPETING: Table = Table {
    file: "competing.csv",
    about: "Competing risks: every outcome where another can end no run. An outcome may become rarer only because another comes first.",
    row: "an outcome of a scenario, another being switched off",
    columns: &[
        VARIANT,
        text(
            "removed",
            "Id of the outcome that is switched off: its condition is never true. What led to it still happens, and the run goes on past it.",
        ),
        text("outcome", "Id of another outcome."),
        whole("runs", "runs", "Runs."),
        probability("probability", "Share of runs that end in `outcome` as the scenario stands."),
        missing(
            probability(
                "probability_among_others",
                "Their share of the runs that do not end in `removed` as the scenario stands: P(outcome | not removed), other runs being left out.",
            ),
            "every run ends in `removed`",
        ),
        probability(
            "probability_without",
            "Share of runs that end in `outcome` where `removed` cannot end a run: those that ended so are played on.",
        ),
        probability("difference", "`probability_without` less `probability`: never below 0."),
        probability("ci_low", "Lower end of its 95 % interval, paired (Tango 1998)."),
        probability("ci_high", "Upper end of that interval."),
    ],
    key: &["variant", "removed", "outcome"],
    foreign_keys: &[VARIANT_KEY],
};

/// knock_out.csv
pub const KNOCK_OUT: Table = Table {
    file: "knock_out.csv",
    about: "Every rule and choice taken away in turn, the runs being made with and without it on the same draws: the test for decoration. Written by `flashpoint compare --knock-out`.",
    row: "a rule or choice, those that move the outcomes farthest first",
    columns: &[
        text("event", "Id of the rule or choice."),
        text("kind", "`rule` or `choice`."),
        whole("runs", "runs", "Pairs of runs."),
        whole("runs_fired", "runs", "Runs in which it happens at least once."),
        whole("runs_changed", "runs", "Runs that end in another outcome without it."),
        whole("runs_other_day", "runs", "Runs that end in the same outcome on another day without it."),
        probability(
            "total_variation",
            "Distance of the outcome probabilities with and without it: half the sum of the absolute differences, the share of runs that would have to end otherwise to turn one into the other.",
        ),
        probability(
            "ci_low",
            "Lower end of its 95 % interval, paired: the largest change of an outcome that is sure (Tango's intervals, by Bonferroni for all outcomes at once).",
        ),
        probability(
            "ci_high",
            "Upper end: 1.96 standard errors above, and not above the upper end of the share of runs that end otherwise (Wilson); that alone with fewer than 20 of these.",
        ),
        p_value(
            "p",
            "Probability of so large a change of any outcome where nothing changes: the least of McNemar's over all outcomes, times their number.",
        ),
        p_value("p_holm", "The same adjusted for the number of rows of this table (Holm 1979)."),
        missing(text("outcome", "Id of the outcome that changes most."), "no run ends otherwise"),
        missing(
            probability("difference", "Its probability without the rule or choice less that with it."),
            "no run ends otherwise",
        ),
        missing(
            probability(
                "difference_ci_low",
                "Lower end of the 95 % interval of that, paired (Tango 1998); of this outcome alone.",
            ),
            "no run ends otherwise",
        ),
        missing(probability("difference_ci_high", "Upper end of that interval."), "no run ends otherwise"),
        number("end_day_difference", "days", "Mean day on which runs end without it, less the same with it."),
        number("end_day_ci_low", "days", "Lower end of the 95 % interval of that, paired."),
        number("end_day_ci_high", "days", "Upper end of that interval."),
        text(
            "verdict",
            "`moves`: `p_holm` is below 0.05; `not_measurable`: runs end otherwise, but no outcome becomes measurably rarer or more frequent; `nothing`: every run has the outcome that it had;              `never_happened`: it happened in no run. Outcomes alone are looked at: a rule may matter for measures and queries.",
        ),
    ],
    key: &["event"],
    foreign_keys: &[],
};

/// refine.csv
pub const REFINE: Table = Table {
    file: "refine.csv",
    about: "What the length of the step does: the scenario at its own step, at finer ones, and extrapolated to none. Written by `flashpoint refine`.",
    row: "a number at a step",
    columns: &[
        text(
            "kind",
            "`outcome`, `query` (probabilities), `end_day` (mean day on which runs end), `measure` (mean in the last step of runs).",
        ),
        text("name", "Id of the outcome, query or measure; `end_day`."),
        number(
            "step_days",
            "days",
            "Length of the step; 0: extrapolated to no step (Richardson, for an error in proportion to the step): twice the finest value less the one before.",
        ),
        whole("runs", "runs", "Runs that count; of the extrapolated value the least of those it is made of."),
        missing(number("value", "as the kind says", "The number."), "no run counts"),
        missing(number("mcse", "as the kind says", "Its Monte Carlo standard error."), "no run counts"),
        missing(
            number("change", "as the kind says", "The value less that at the scenario's own step."),
            "the scenario's own step, or no run counts",
        ),
        missing(
            number(
                "change_ci_low",
                "as the kind says",
                "Lower end of the 95 % interval of the change, paired over runs that share their parameters and start values: Tango's for probabilities of all runs, else by standard errors.",
            ),
            "the scenario's own step, or no run counts",
        ),
        missing(
            number("change_ci_high", "as the kind says", "Upper end of that interval."),
            "the scenario's own step, or no run counts",
        ),
    ],
    key: &["kind", "name", "step_days"],
    foreign_keys: &[],
};

/// All tables that comparisons write.
pub const COMPARISON_TABLES: [&Table; 8] =
    [&COMPARE, &TRANSITIONS, &COMPARE_MEASURES, &COMPARE_QUERIES, &COMPETING, &VARIANTS, &KNOCK_OUT, &REFINE];
