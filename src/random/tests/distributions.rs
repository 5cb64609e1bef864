//! Quantiles and distribution functions of the language's distributions.

use proptest::prelude::*;

use super::assert_close;
use crate::math::{exp, ln, normal_quantile, power};
use crate::random::*;

const LEVELS: [f64; 6] = [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999];

// Made with mpmath 1.3 at 50 digits from the double arguments: `erfinv` for normal and lognormal, `betainc` and `gammainc`
// inverted by bisection and secants, the closed forms of the language for the rest.
/// Quantiles at each of [`LEVELS`].
#[rustfmt::skip]
const QUANTILES: [(Distribution, [f64; 6]); 11] = [
    (Distribution::Uniform { low: -2.0, high: 5.0 }, [-1.999993, -1.93, 0.09999999999999992, 1.5, 4.3, 4.993]),
    (Distribution::Normal { mean: 3.0, sd: 0.5 }, [0.6232878455885505, 1.8368260629795794, 2.7377997436459798, 3.0, 3.6407757827723004, 4.545116153083907]),
    (Distribution::Lognormal { median: 10.0, sigma: 0.7 }, [0.35886395304971247, 1.9623477364957491, 6.927539738633024, 10.0, 24.52446495430611, 86.98604533242641]),
    (Distribution::Triangular { low: 0.1, mode: 0.3, high: 1.1 }, [0.10044721359549996, 0.1447213595499958, 0.3516685226452117, 0.46754446796632415, 0.8171572875253811, 1.071715728752538]),
    (Distribution::Pert { low: 2.0, mode: 3.0, high: 10.0 }, [2.0002040977904523, 2.0963441965782317, 3.116423525617957, 3.768959159381818, 5.871225588555367, 8.580033163992073]),
    (Distribution::Beta { mean: 0.3, sd: 0.1 }, [0.018898234508169128, 0.10321257079788324, 0.24135258879988236, 0.29322017994366456, 0.4340479810021449, 0.6378162447970581]),
    (Distribution::Beta { mean: 0.9, sd: 0.25 }, [2.2370549554536791e-13, 0.0028173954137558884, 0.9979937137690493, 0.999999041029097, 1.0, 1.0]),
    (Distribution::Exponential { mean: 7.0 }, [7.000003500002333e-06, 0.07035235097451009, 2.4967246075711267, 4.852030263919617, 16.11809565095832, 48.35428695287495]),
    (Distribution::Gamma { mean: 4.0, sd: 3.0 }, [0.0012559093692702998, 0.2316810888687357, 2.0775935180236034, 3.2801075381064657, 7.999901554655329, 19.700580057431818]),
    (Distribution::Gamma { mean: 100.0, sd: 8.0 }, [66.46525881743271, 82.3350955535968, 95.6552157373095, 99.78674776446049, 110.37966922624437, 126.5553953467825]),
    (Distribution::Weibull { scale: 30.0, shape: 0.5 }, [3.0000030000027495e-11, 0.0030302775230452964, 3.8165104690109364, 14.413590417546043, 159.05694331435197, 1431.5124898291672]),
];

#[test]
fn quantiles_against_mpmath() {
    for (distribution, values) in QUANTILES {
        for (u, expected) in LEVELS.into_iter().zip(values) {
            let what = format!("{distribution:?} at {u}");
            // `1 - u`, as the language writes it, rounds small levels.
            assert_close(&what, distribution.quantile(u), expected, 1e-12 + 3e-16 / u);
            if expected < 0.999_999 || distribution.support().1 > 1.0 {
                assert!(
                    (distribution.cdf(expected) - u).abs() < 1e-12,
                    "{what}: {}",
                    distribution.cdf(expected)
                );
            }
        }
    }
}

/// The closed forms, operation by operation, give the same bits.
#[test]
fn closed_forms_are_literal() {
    for u in [0.001, 0.2, 0.25, 0.6, 0.97] {
        let (low, mode, high) = (0.1, 0.3, 1.1);
        assert_eq!(
            Distribution::Uniform { low, high }.quantile(u),
            low + (high - low) * u
        );
        assert_eq!(
            Distribution::Normal { mean: 3.0, sd: 0.7 }.quantile(u),
            3.0 + 0.7 * normal_quantile(u)
        );
        assert_eq!(
            Distribution::Lognormal {
                median: 3.0,
                sigma: 0.7
            }
            .quantile(u),
            3.0 * exp(0.7 * normal_quantile(u))
        );
        assert_eq!(
            Distribution::Exponential { mean: 3.0 }.quantile(u),
            -3.0 * ln(1.0 - u)
        );
        let weibull = Distribution::Weibull {
            scale: 3.0,
            shape: 1.7,
        };
        assert_eq!(weibull.quantile(u), 3.0 * power(-ln(1.0 - u), 1.0 / 1.7));
        let triangular = if u < (mode - low) / (high - low) {
            low + (u * (high - low) * (mode - low)).sqrt()
        } else {
            high - ((1.0 - u) * (high - low) * (high - mode)).sqrt()
        };
        assert_eq!(
            Distribution::Triangular { low, mode, high }.quantile(u),
            triangular
        );
    }
}

#[test]
fn means() {
    let cases = [
        (
            Distribution::Uniform {
                low: 1.0,
                high: 4.0,
            },
            2.5,
        ),
        (Distribution::Normal { mean: 3.0, sd: 1.0 }, 3.0),
        (
            Distribution::Lognormal {
                median: 2.0,
                sigma: 0.5,
            },
            2.0 * exp(0.125),
        ),
        (
            Distribution::Triangular {
                low: 0.0,
                mode: 1.0,
                high: 5.0,
            },
            2.0,
        ),
        (
            Distribution::Pert {
                low: 0.0,
                mode: 1.0,
                high: 8.0,
            },
            2.0,
        ),
        (Distribution::Beta { mean: 0.3, sd: 0.1 }, 0.3),
        (Distribution::Exponential { mean: 3.0 }, 3.0),
        (Distribution::Gamma { mean: 3.0, sd: 2.0 }, 3.0),
        // Γ(1 + 1 / 0.5) = 2.
        (
            Distribution::Weibull {
                scale: 3.0,
                shape: 0.5,
            },
            6.0,
        ),
    ];
    for (distribution, expected) in cases {
        assert_close(distribution.name(), distribution.mean(), expected, 1e-14);
        // The mean of the quantile function over a fine grid of levels.
        let n = 20_000_u32;
        let sum: f64 = (0..n)
            .map(|i| distribution.quantile((f64::from(i) + 0.5) / f64::from(n)))
            .sum();
        assert_close(distribution.name(), sum / f64::from(n), expected, 2e-3);
    }
}

#[test]
fn messages_name_the_argument() {
    use Distribution as D;
    let cases = [
        (
            D::Triangular {
                low: 0.6,
                mode: 0.4,
                high: 1.0,
            },
            "`low` 0.6 is above `mode` 0.4",
        ),
        (
            D::Pert {
                low: 0.0,
                mode: 2.0,
                high: 1.0,
            },
            "`mode` 2 is above `high` 1",
        ),
        (
            D::Uniform {
                low: 3.0,
                high: 2.0,
            },
            "`low` 3 is above `high` 2",
        ),
        (
            D::Normal {
                mean: 0.0,
                sd: -1.0,
            },
            "`sd` -1 must not be below 0",
        ),
        (
            D::Normal {
                mean: f64::NAN,
                sd: 1.0,
            },
            "`mean` must be a finite number",
        ),
        (
            D::Lognormal {
                median: 0.0,
                sigma: 1.0,
            },
            "`median` 0 must be above 0",
        ),
        (
            D::Lognormal {
                median: 1.0,
                sigma: -0.5,
            },
            "`sigma` -0.5 must not be below 0",
        ),
        (
            D::Beta { mean: 1.0, sd: 0.1 },
            "`mean` 1 must lie between 0 and 1",
        ),
        (
            D::Beta { mean: 0.5, sd: 0.5 },
            "`sd` 0.5 is too large: with `mean` 0.5 it must be below 0.5000",
        ),
        (D::Exponential { mean: 0.0 }, "`mean` 0 must be above 0"),
        (
            D::Gamma {
                mean: -2.0,
                sd: 1.0,
            },
            "`mean` -2 must be above 0",
        ),
        (
            D::Weibull {
                scale: 1.0,
                shape: 0.0,
            },
            "`shape` 0 must be above 0",
        ),
    ];
    for (distribution, message) in cases {
        assert_eq!(distribution.validate(), Err(message.to_owned()));
    }
    for (distribution, _) in QUANTILES {
        assert_eq!(distribution.validate(), Ok(()));
    }
}

#[test]
fn what_makes_no_distribution_gives_its_centre() {
    use Distribution as D;
    let cases = [
        (
            D::Uniform {
                low: 3.0,
                high: 2.0,
            },
            3.0,
        ),
        (
            D::Normal {
                mean: 1.5,
                sd: -1.0,
            },
            1.5,
        ),
        (
            D::Lognormal {
                median: -2.0,
                sigma: 1.0,
            },
            0.0,
        ),
        (
            D::Lognormal {
                median: 2.0,
                sigma: -1.0,
            },
            2.0,
        ),
        (
            D::Triangular {
                low: 2.0,
                mode: 5.0,
                high: 1.0,
            },
            2.0,
        ),
        (D::Exponential { mean: -3.0 }, 0.0),
        (D::Gamma { mean: 0.0, sd: 1.0 }, 0.0),
        (
            D::Gamma {
                mean: 2.0,
                sd: -1.0,
            },
            2.0,
        ),
        (D::Beta { mean: 0.5, sd: 0.7 }, 0.5),
        (D::Beta { mean: 1.5, sd: 0.1 }, 1.0),
        (
            D::Weibull {
                scale: -1.0,
                shape: 2.0,
            },
            0.0,
        ),
        (
            D::Weibull {
                scale: 4.0,
                shape: 0.0,
            },
            4.0,
        ),
    ];
    for (distribution, centre) in cases {
        for u in [1e-16, 0.3, 0.999] {
            assert_eq!(distribution.quantile(u), centre, "{distribution:?}");
        }
        assert_eq!(distribution.support(), (centre, centre));
        assert_eq!(distribution.mean(), centre);
    }
    let clamped = D::Triangular {
        low: 0.0,
        mode: 3.0,
        high: 1.0,
    }
    .centre_if_invalid();
    assert_eq!(
        clamped,
        D::Triangular {
            low: 0.0,
            mode: 1.0,
            high: 1.0
        }
    );
}

#[test]
fn modes_at_the_ends() {
    let rising = Distribution::Triangular {
        low: 0.0,
        mode: 2.0,
        high: 2.0,
    };
    let falling = Distribution::Triangular {
        low: 0.0,
        mode: 0.0,
        high: 2.0,
    };
    assert_eq!(rising.quantile(0.25), 1.0);
    assert_eq!(falling.quantile(0.75), 1.0);
    assert_eq!(rising.cdf(1.0), 0.25);
    assert_eq!(falling.cdf(1.0), 0.75);
    assert_eq!((rising.cdf(2.0), falling.cdf(0.0)), (1.0, 0.0));
}

/// Any distribution, with arguments of a size that scenarios use.
pub(super) fn usual() -> impl Strategy<Value = Distribution> {
    let argument = 0.01_f64..50.0;
    (0..9, argument.clone(), argument, 0.0_f64..1.0).prop_map(|(kind, x, y, share)| {
        let (low, high) = (x - 25.0, x - 25.0 + y);
        let mode = low + share * y;
        match kind {
            0 => Distribution::Uniform { low, high },
            1 => Distribution::Normal { mean: low, sd: y },
            2 => Distribution::Lognormal {
                median: x,
                sigma: y / 25.0,
            },
            3 => Distribution::Triangular { low, mode, high },
            4 => Distribution::Pert { low, mode, high },
            5 => {
                let mean = (0.02 + share).min(0.98);
                Distribution::Beta {
                    mean,
                    sd: (0.02 + y / 55.0) * (mean * (1.0 - mean)).sqrt(),
                }
            }
            6 => Distribution::Exponential { mean: x },
            7 => Distribution::Gamma {
                mean: x,
                sd: 0.05 * x + x * y / 25.0,
            },
            _ => Distribution::Weibull {
                scale: x,
                shape: 0.3 + y / 10.0,
            },
        }
    })
}

/// Any distribution with any finite arguments at all.
fn wild() -> impl Strategy<Value = Distribution> {
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
        2 => Distribution::Lognormal {
            median: x,
            sigma: y,
        },
        3 => Distribution::Triangular {
            low: x,
            mode: y,
            high: z,
        },
        4 => Distribution::Pert {
            low: x,
            mode: y,
            high: z,
        },
        5 => Distribution::Beta { mean: x, sd: y },
        6 => Distribution::Exponential { mean: x },
        7 => Distribution::Gamma { mean: x, sd: y },
        _ => Distribution::Weibull { scale: x, shape: y },
    })
}

proptest! {
    #[test]
    fn quantile_and_cdf_are_inverse(distribution in usual(), u in 1e-4_f64..0.9999) {
        let x = distribution.quantile(u);
        // A beta that crowds at an end of [0, 1] has levels that no double reaches.
        prop_assume!(!matches!(distribution, Distribution::Beta { .. }) || (x > 1e-290 && x < 1.0 - 1e-9));
        prop_assume!(x != 0.0);
        let back = distribution.cdf(x);
        prop_assert!((back - u).abs() < 1e-9, "{distribution:?} {u}: {x} {back}");
        let (low, high) = distribution.support();
        prop_assert!(low <= x && x <= high);
    }

    #[test]
    fn quantile_rises(distribution in usual(), u in 1e-6_f64..1.0, v in 1e-6_f64..1.0) {
        let (low, high) = (distribution.quantile(u.min(v)), distribution.quantile(u.max(v)));
        prop_assert!(low <= high + 1e-12 * high.abs(), "{distribution:?}: {low} {high}");
    }

    #[test]
    fn nothing_wild_leaves_the_finite_doubles(distribution in wild(), u in 0.0_f64..1.0, x in proptest::num::f64::ANY) {
        let x = crate::math::finite(x);
        let range = (x.min(0.5), x.max(0.5));
        for value in [u, 0.0, 1.0].map(|u| distribution.quantile(u)) {
            prop_assert!(value.is_finite(), "{distribution:?} {value}");
        }
        let truncated = distribution.truncated_quantile(u, Some(range));
        prop_assert!(range.0 <= truncated && truncated <= range.1, "{distribution:?} {range:?} {truncated}");
        prop_assert!((0.0..=1.0).contains(&distribution.cdf(x)), "{distribution:?} {x} {}", distribution.cdf(x));
        prop_assert!((0.0..=1.0).contains(&distribution.mass_in(range.0, range.1)));
        prop_assert!(distribution.mean().is_finite());
        let (low, high) = distribution.support();
        prop_assert!(low.is_finite() && high.is_finite() && low <= high);
        let repaired = distribution.centre_if_invalid();
        prop_assert_eq!(repaired.centre_if_invalid(), repaired);
        if distribution.validate().is_ok() {
            prop_assert_eq!(repaired, distribution);
        }
    }
}
