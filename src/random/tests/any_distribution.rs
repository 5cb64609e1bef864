//! Arbitrary distributions for laws.

use proptest::prelude::*;

use crate::random::Distribution;

/// Any distribution, with arguments of a size that scenarios use.
pub(super) fn usual() -> impl Strategy<Value = Distribution> {
    let argument = 0.01_f64..50.0;
    (0..9, argument.clone(), argument, 0.0_f64..1.0).prop_map(|(kind, x, y, share)| {
        let (low, high) = (x - 25.0, x - 25.0 + y);
        let mode = low + share * y;
        match kind {
            0 => Distribution::Uniform { low, high },
            1 => Distribution::Normal { mean: low, sd: y },
            2 => Distribution::Lognormal { median: x, sigma: y / 25.0 },
            3 => Distribution::Triangular { low, mode, high },
            4 => Distribution::Pert { low, mode, high },
            5 => {
                let mean = (0.02 + share).min(0.98);
                Distribution::Beta { mean, sd: (0.02 + y / 55.0) * (mean * (1.0 - mean)).sqrt() }
            }
            6 => Distribution::Exponential { mean: x },
            7 => Distribution::Gamma { mean: x, sd: 0.05 * x + x * y / 25.0 },
            _ => Distribution::Weibull { scale: x, shape: 0.3 + y / 10.0 },
        }
    })
}

/// Any distribution with any finite arguments at all.
pub(super) fn wild() -> impl Strategy<Value = Distribution> {
    let argument = prop_oneof![
        proptest::num::f64::ANY.prop_map(crate::math::finite),
        -2.0_f64..2.0,
        Just(0.0),
        Just(1.0),
        Just(f64::MAX),
        Just(5e-324),
    ];
    (0..9, argument.clone(), argument.clone(), argument).prop_map(|(kind, x, y, z)| match kind {
        0 => Distribution::Uniform { low: x, high: y },
        1 => Distribution::Normal { mean: x, sd: y },
        2 => Distribution::Lognormal { median: x, sigma: y },
        3 => Distribution::Triangular { low: x, mode: y, high: z },
        4 => Distribution::Pert { low: x, mode: y, high: z },
        5 => Distribution::Beta { mean: x, sd: y },
        6 => Distribution::Exponential { mean: x },
        7 => Distribution::Gamma { mean: x, sd: y },
        _ => Distribution::Weibull { scale: x, shape: y },
    })
}
