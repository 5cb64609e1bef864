//! Priors, draws, start values, tables of data.

use flashpoint::math::{gamma, normal_cdf, regularized_beta, regularized_gamma_p};

use super::case::{Case, Subject, Subject::*};
use super::exact::within;

const FORM: &str = "closed form";
const TABLE: &str = "the rows of the table";

pub(super) fn cases() -> Vec<Case> {
    let priors = PRIORS.iter().fold(Case::of("reference/priors").runs(30_000), |case, (id, what, exact)| {
        case.is(Measure(id, 0.0), *what, exact(), FORM)
    });
    vec![priors, draws(), empirical(), enumerations()]
}

/// Shape and other shape of a beta distribution by its mean and standard deviation.
fn beta_shapes(mean: f64, sd: f64) -> (f64, f64) {
    let n = mean * (1.0 - mean) / (sd * sd) - 1.0;
    (mean * n, (1.0 - mean) * n)
}

fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

type Prior = (&'static str, &'static str, fn() -> f64);

const PRIORS: &[Prior] = &[
    ("uniform_mean", "uniform on 5 to 10 days: mean", || 7.5),
    ("uniform_below", "uniform on 5 to 10 days: below 6", || 0.2),
    ("normal_mean", "normal(2, 3): mean", || 2.0),
    ("normal_below", "normal(2, 3): below 0", || normal_cdf(-2.0 / 3.0)),
    ("lognormal_mean", "lognormal, median 2, sigma .5: mean", || 2.0 * 0.125_f64.exp()),
    ("lognormal_below", "lognormal: below 3", || normal_cdf(1.5_f64.ln() / 0.5)),
    ("triangular_mean", "triangular(1, 2, 6): mean", || 3.0),
    ("triangular_below", "triangular: below 1.5", || 0.25 / 5.0),
    ("pert_mean", "pert(1, 2, 6): mean", || (1.0 + 8.0 + 6.0) / 6.0),
    ("pert_below", "pert: below 2", || regularized_beta(0.2, 1.8, 4.2)),
    ("beta_mean", "beta, mean .3, sd .15: mean", || 0.3),
    ("beta_below", "beta: below .2", || {
        let (a, b) = beta_shapes(0.3, 0.15);
        regularized_beta(0.2, a, b)
    }),
    ("exponential_mean", "exponential, mean 2 weeks: mean in days", || 14.0),
    ("exponential_below", "exponential: below a week", || within(0.5, 1.0)),
    ("gamma_mean", "gamma, mean 4, sd 2: mean", || 4.0),
    ("gamma_below", "gamma: below 2", || regularized_gamma_p(4.0, 2.0)),
    ("weibull_mean", "Weibull, scale 3, shape 2: mean", || 3.0 * gamma(1.5)),
    ("weibull_below", "Weibull: below 2", || within(4.0 / 9.0, 1.0)),
    ("discrete_mean", "discrete 1, 2, 10 with 5, 3, 2: mean", || 3.1),
    ("discrete_one", "discrete: the first", || 0.5),
    ("flip_true", "flip .37", || 0.37),
    ("expert_normal_low", "normal by quantiles: below q05", || 0.05),
    ("expert_normal_middle", "normal by quantiles: below their middle", || 0.5),
    ("expert_normal_high", "normal by quantiles: below q95", || 0.95),
    ("expert_lognormal_low", "lognormal by quantiles: below q05", || 0.05),
    ("expert_lognormal_middle", "lognormal by quantiles: below their geometric mean", || 0.5),
    ("expert_lognormal_high", "lognormal by quantiles: below q95", || 0.95),
    ("expert_beta_low", "beta by quantiles: below q10", || 0.1),
    ("expert_beta_high", "beta by quantiles: below q90", || 0.9),
    ("expert_gamma_low", "gamma by quantiles: below q25", || 0.25),
    ("expert_gamma_high", "gamma by quantiles: below q75", || 0.75),
    ("truncated_normal_mean", "normal(0, 1) on .5 to 2: mean", || {
        (density(0.5) - density(2.0)) / (normal_cdf(2.0) - normal_cdf(0.5))
    }),
    ("truncated_normal_below", "normal(0, 1) on .5 to 2: below 1", || {
        (normal_cdf(1.0) - normal_cdf(0.5)) / (normal_cdf(2.0) - normal_cdf(0.5))
    }),
    ("truncated_exponential_mean", "exponential, mean 10 days, on 0 to 10: mean", || {
        10.0 - 10.0 * (-1.0_f64).exp() / within(1.0, 1.0)
    }),
    ("computed", "computed from two: mean", || 0.6 * 2.0 + 2.0 * 3.1),
];

fn draws() -> Case {
    let days = 20.0;
    // The level is 1/4 or 3/4: 1/2 on average, its square 5/16.
    let lognormal = 0.5 * 0.125_f64.exp();
    let means = [
        ("uniforms", "uniform up to the level", 0.25),
        ("normals", "normal around the level", 0.5),
        ("lognormals", "lognormal, the level its median", lognormal),
        ("triangulars", "triangular, the level its mode", 0.5),
        ("perts", "pert(0, .2, 1)", 0.3),
        ("betas", "beta, mean .4", 0.4),
        ("exponentials", "exponential, the level its mean", 0.5),
        ("gammas", "gamma, mean .5", 0.5),
        ("weibulls", "Weibull, scale 1, shape 3", gamma(4.0 / 3.0)),
        ("discretes", "discrete 0, 1, 5", 2.75),
        ("flips", "flip with the level", 0.5),
        ("products", "product of two draws of one firing", 5.0 / 16.0 / 2.0),
    ];
    means.into_iter().fold(Case::of("reference/draws").runs(4000), |case, (id, what, mean)| {
        case.is(Measure(id, 20.0), format!("sum of 20: {what}"), days * mean, FORM)
    })
}

fn empirical() -> Case {
    let rows = [(0.61, 0.05), (0.48, 0.12), (0.72, 0.01), (0.55, 0.20)];
    let mean = |value: fn((f64, f64)) -> f64| rows.iter().map(|row| value(*row)).sum::<f64>() / 4.0;
    let product = mean(|(turnout, margin)| turnout * margin);
    Case::of("reference/empirical")
        .is(Measure("turnout", 0.0), "mean of a column", mean(|(turnout, _)| turnout), TABLE)
        .is(Measure("product", 0.0), "mean product of two columns of a row", product, TABLE)
        .is(Measure("highest", 0.0), "one of four rows", 0.25, TABLE)
        .is(Measure("votes", 10.0), "sum of ten products drawn anew", 10.0 * product, TABLE)
}

fn enumerations() -> Case {
    let alike = 0.125 + 0.027 + 0.008;
    // From home two steps are needed, from preparing one, with a half each day.
    let two_of = |days: i32| 1.0 - 0.5_f64.powi(days) - f64::from(days) * 0.5_f64.powi(days);
    let deployed = |days: i32| 0.2 + 0.3 * (1.0 - 0.5_f64.powi(days)) + 0.5 * two_of(days);
    let read = |subject: Subject, what: &str, exact: f64, case: Case| case.is(subject, what, exact, "binomial counts");
    let case = Case::of("reference/enumerations");
    let case = read(Measure("at_home", 0.0), "at home on day 0", 0.5, case);
    let case = read(Measure("all_alike", 0.0), "all alike on day 0", alike, case);
    let case = read(Measure("deployed", 3.0), "mean deployed on day 3", 3.0 * deployed(3), case);
    read(Query("all_deployed"), "all deployed on day 6", deployed(6).powi(3), case)
}
