//! Elementary effects.

use super::resample::{Resamples, mean, standard_deviation};
use crate::statistics::Estimate;

/// What the elementary effects of one parameter on one output say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MorrisIndices {
    /// Mean effect.
    pub mu: f64,
    /// Mean size of the effect, with its bootstrap error.
    pub mu_star: Estimate,
    /// Standard deviation of the effects (with n - 1): large where the effect depends on where it is measured (curvature, interaction).
    pub sigma: f64,
}

/// The elementary effects of each parameter, one for each trajectory: the change of the output over one step of the parameter up, divided by the step.
///
/// `points` are trajectories one behind the other, of one point more than there are parameters; each point differs from the one before in one parameter
/// (Morris 1991, Technometrics 33(2), 161-174). `step` is the size of a step in the unit in which effects are wanted; SALib's is the part of [0, 1] that is
/// stepped over. A parameter that a trajectory does not change has no effect there.
#[must_use]
pub fn elementary_effects(points: &[Vec<f64>], outputs: &[f64], step: f64) -> Vec<Vec<f64>> {
    let n_parameters = points.first().map_or(0, Vec::len);
    let mut effects = vec![Vec::new(); n_parameters];
    for (points, outputs) in points.chunks_exact(n_parameters + 1).zip(outputs.chunks_exact(n_parameters + 1)) {
        for (points, outputs) in points.windows(2).zip(outputs.windows(2)) {
            for (parameter, effects) in effects.iter_mut().enumerate() {
                let change = points[1][parameter] - points[0][parameter];
                if change != 0.0 && step > 0.0 {
                    effects.push((outputs[1] - outputs[0]) / step * change.signum());
                }
            }
        }
    }
    effects
}

/// mu, mu_star and sigma of a parameter's effects.
///
/// mu_star: Campolongo, Cariboni and Saltelli (2007), Environmental Modelling & Software 22(10), 1509-1518. `resamples` are over trajectories.
#[must_use]
pub fn morris_indices(effects: &[f64], resamples: &Resamples) -> MorrisIndices {
    let sizes: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let mean_size = |rows: &[usize]| {
        let sum: f64 = rows.iter().filter_map(|&row| sizes.get(row)).sum();
        if rows.is_empty() { 0.0 } else { sum / rows.len() as f64 }
    };
    MorrisIndices {
        mu: mean(effects),
        mu_star: Estimate { value: mean(&sizes), standard_error: resamples.deviation(mean_size) },
        sigma: standard_deviation(effects),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_has_the_same_effect_everywhere() {
        // y = 3 x - 2 z, two trajectories in steps of 2/3.
        let third = 2.0 / 3.0;
        let points = [[0.0, third], [third, third], [third, 0.0], [third, 0.0], [third, third], [0.0, third]];
        let outputs: Vec<f64> = points.iter().map(|[x, z]| 3.0 * x - 2.0 * z).collect();
        let points: Vec<Vec<f64>> = points.iter().map(|point| point.to_vec()).collect();
        let effects = elementary_effects(&points, &outputs, third);
        let indices: Vec<_> = effects.iter().map(|effects| morris_indices(effects, &Resamples::default())).collect();
        assert!((indices[0].mu - 3.0).abs() < 1e-12 && indices[0].sigma < 1e-12);
        assert!((indices[1].mu + 2.0).abs() < 1e-12 && (indices[1].mu_star.value - 2.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_no_effect() {
        assert!(elementary_effects(&[], &[], 0.5).is_empty());
        assert_eq!(morris_indices(&[], &Resamples::default()), MorrisIndices::default());
    }
}
