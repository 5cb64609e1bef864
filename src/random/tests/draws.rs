//! Uniforms by address, caches, picking.

use proptest::prelude::*;

use crate::random::uniform::{coarse_decides, combine};
use crate::random::*;

/// seed, run, site, step, u of the table in LANGUAGE, "Draws"; the last column as first made with rand_chacha 0.10 and
/// blake3 1.8 and again in plain Python.
const VECTORS: [(u64, u64, &str, u64, f64); 9] = [
    (1, 0, "parameters.expulsion_threshold", 0, 0.3140339105282447),
    (1, 0, "rules.expel_ambassador(junta,france)", 1, 0.4280397366318819),
    (1, 0, "rules.expel_ambassador(junta,france)", 63, 0.797793120020971),
    (1, 0, "rules.expel_ambassador(junta,france)", 64, 0.018712551068603367),
    (1, 999_999, "rules.expel_ambassador(junta,france)", 365, 0.6470171882896986),
    (42, 999_999, "attributes.threshold(nigeria)", 0, 0.745569709871971),
    (42, 7, "choices.answer_expulsion(france,junta)#when", 63, 0.8383692763024236),
    (42, 7, "choices.answer_expulsion(france,junta)", 63, 0.891167437850782),
    (u64::MAX, 0, "rules.pledge_defence(mali,junta)#size", 64, 0.18100640050931893),
];

/// Firing sites are `rules.ID(..)` and `choices.ID(..)#when`.
fn is_firing(site: &str) -> bool {
    (site.starts_with("rules.") && !site.contains('#')) || site.ends_with("#when")
}

#[test]
fn uniforms_of_the_table() {
    for (seed, run, text, step, expected) in VECTORS {
        let site = Site::named(text);
        let (direct, cached) = if is_firing(text) {
            (firing_uniform(seed, run, site, step), FiringDraws::new(Seed(seed), run, site).uniform(step))
        } else {
            (uniform(seed, run, site, step), SiteDraws::new(Seed(seed), run, site).uniform(step))
        };
        assert_eq!(direct.to_bits(), expected.to_bits(), "{text} {step}: {direct}");
        assert_eq!(cached.to_bits(), expected.to_bits(), "{text} {step}, cached");
    }
}

#[test]
fn a_site_is_the_beginning_of_its_hash() {
    // BLAKE3 of the empty text begins af 13 49 b9 f5 f9 a1 a6 (the BLAKE3 specification's first test vector).
    assert_eq!(Site::named("").number(), 0xa6a1_f9f5_b949_13af);
    assert_ne!(Site::named("state.a"), Site::named("state.b"));
    assert_eq!(Seed(7).to_string(), "7");
}

#[test]
fn ends_of_the_uniforms() {
    assert_eq!(combine(0, 0), 0.5 * f64::EPSILON);
    assert_eq!(combine(255, (1 << 44) - 1), 1.0 - 0.5 * f64::EPSILON);
    assert_eq!(coarse_decides(0, 0.0), Some(false));
    assert_eq!(coarse_decides(255, 1.0), Some(true));
    assert_eq!(coarse_decides(3, 0.25), Some(true));
    assert_eq!(coarse_decides(64, 0.25), Some(false));
    assert_eq!(coarse_decides(64, 0.251), None);
}

#[test]
fn steps_far_away_have_draws() {
    let site = Site::named("state.x");
    for step in [u64::MAX, u64::MAX - 64, 1 << 40] {
        let mut firing = FiringDraws::new(Seed(3), 9, site);
        assert_eq!(firing.uniform(step), firing_uniform(3, 9, site, step));
        assert_eq!(SiteDraws::new(Seed(3), 9, site).uniform(step), uniform(3, 9, site, step));
    }
}

/// Mean 1/2, variance 1/12, and a lag-1 product of 1/4, each within five standard errors, over steps of one site.
#[test]
fn uniforms_look_uniform() {
    let n = 20_000_u32;
    let mut draws = FiringDraws::new(Seed(11), 5, Site::named("rules.look(a,b)"));
    let values: Vec<f64> = (1..=u64::from(n)).map(|step| draws.uniform(step)).collect();
    let n = f64::from(n);
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|u| (u - 0.5) * (u - 0.5)).sum::<f64>() / n;
    let product = values.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / n;
    assert!((mean - 0.5).abs() < 5.0 * 0.2887 / n.sqrt(), "{mean}");
    assert!((variance - 1.0 / 12.0).abs() < 5.0 * 0.0745 / n.sqrt(), "{variance}");
    assert!((product - 0.25).abs() < 5.0 * 0.2887 / n.sqrt(), "{product}");
}

#[test]
fn picking_by_weight() {
    assert_eq!(pick_weighted(&[], 0.5), None);
    assert_eq!(pick_weighted(&[0.0, -1.0], 0.5), None);
    assert_eq!(pick_weighted(&[1.0, 3.0], 0.2499), Some(0));
    assert_eq!(pick_weighted(&[1.0, 3.0], 0.25), Some(1));
    assert_eq!(pick_weighted(&[-5.0, 0.0, 2.0, 0.0], 0.999), Some(2));
    assert_eq!(pick_weighted(&[f64::MAX, f64::MAX], 0.4), Some(0));
    // u W rounds up to W: no partial sum is above it, the last positive weight is taken.
    let u = 1.0 - 0.5 * f64::EPSILON;
    assert_eq!(pick_weighted(&[5e-324, 0.0], u), Some(0));
}

proptest! {
    #[test]
    fn firing_is_the_comparison(
        seed: u64, run: u64, name in "[a-z]{1,8}", step in 0_u64..5000, p in -0.2_f64..1.2, nudge in -2_i64..3,
    ) {
        let site = Site::named(&name);
        let u = firing_uniform(seed, run, site, step);
        let near = f64::from_bits((u.to_bits() as i64 + nudge) as u64);
        let coarse = f64::from(coarse_byte(seed, run, site, step)) / 256.0;
        let mut cached = FiringDraws::new(Seed(seed), run, site);
        for p in [p, near, coarse, coarse + 1.0 / 256.0, 0.0, 1.0] {
            prop_assert_eq!(fires(seed, run, site, step, p), u < p);
            prop_assert_eq!(cached.fires(step, p), u < p);
            prop_assert_eq!(cached.firing(step, p), (u < p).then_some(u));
        }
        prop_assert!(u > coarse && u < coarse + 1.0 / 256.0);
    }

    #[test]
    fn caches_change_nothing(seed: u64, run: u64, steps in proptest::collection::vec(0_u64..400, 1..40)) {
        let site = Site::named("rules.r(a,b)");
        let (mut firing, mut other) = (FiringDraws::new(Seed(seed), run, site), SiteDraws::new(Seed(seed), run, site));
        for step in steps {
            prop_assert_eq!(firing.coarse(step), coarse_byte(seed, run, site, step));
            prop_assert_eq!(firing.fine(step), fine(seed, run, site, step));
            prop_assert_eq!(firing.uniform(step), firing_uniform(seed, run, site, step));
            prop_assert_eq!(other.uniform(step), uniform(seed, run, site, step));
        }
    }

    #[test]
    fn only_positive_weights_are_picked(weights in proptest::collection::vec(-1.0_f64..2.0, 0..8), u in 1e-16_f64..1.0) {
        match pick_weighted(&weights, u) {
            Some(i) => prop_assert!(weights[i] > 0.0),
            None => prop_assert!(weights.iter().all(|w| *w <= 0.0)),
        }
    }
}
