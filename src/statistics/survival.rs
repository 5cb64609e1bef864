//! Competing ends when some histories are not followed to theirs.

use super::{Estimate, Interval, NORMAL_975};
use crate::math;

/// How a history was seen to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ended {
    /// When; in any unit.
    pub time: f64,
    /// In which way; `None` if it was still under way when it was last seen.
    pub cause: Option<usize>,
}

/// Cumulative incidence of one cause from a time on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IncidenceStep {
    /// The time.
    pub time: f64,
    /// Histories under way just before it.
    pub at_risk: u64,
    /// Probability of having ended so by then, and its standard error.
    pub incidence: Estimate,
    /// A 95 % interval; `None` while the incidence is 0 or 1.
    pub interval: Option<Interval>,
}

/// The cumulative incidence of a cause at each time at which something is seen to end (in any way, or to be lost from sight), ascending.
///
/// The estimator of Aalen and Johansen (1978), Scandinavian Journal of Statistics 5(3), 141-150; histories that are lost at the time of an end count as at
/// risk. Variance by the delta method as in Marubini and Valsecchi (1995), "Analysing Survival Data", chapter 10, and Collett (2015), "Modelling Survival
/// Data in Medical Research", chapter 12; the interval on the scale of log(-log). With every history followed to its end the incidence is the plain share.
#[must_use]
pub fn aalen_johansen(ends: &[Ended], cause: usize) -> Vec<IncidenceStep> {
    let mut sorted = ends.to_vec();
    sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
    let mut at_risk = sorted.len() as f64;
    let (mut survival, mut incidence) = (1.0, 0.0);
    let mut variance = Variance::default();
    let mut steps = Vec::new();
    for tied in sorted.chunk_by(|a, b| a.time == b.time) {
        let count = |wanted: &dyn Fn(Option<usize>) -> bool| tied.iter().filter(|end| wanted(end.cause)).count() as f64;
        let (all, of_cause) = (count(&|cause| cause.is_some()), count(&|found| found == Some(cause)));
        incidence += survival * of_cause / at_risk;
        variance.add(incidence, survival, at_risk, all, of_cause);
        let standard_error = variance.at(incidence).max(0.0).sqrt();
        steps.push(IncidenceStep {
            time: tied[0].time,
            at_risk: at_risk as u64,
            incidence: Estimate { value: incidence, standard_error },
            interval: log_log_interval(incidence, standard_error),
        });
        survival *= 1.0 - all / at_risk;
        at_risk -= tied.len() as f64;
    }
    steps
}

/// The sums of the variance, as polynomials in the incidence at the time that it is wanted for.
#[derive(Clone, Copy, Debug, Default)]
struct Variance {
    /// Sum of a (F - F_i)^2 as a F^2 - 2 b F + c.
    squares: [f64; 3],
    own: f64,
    /// Sum of a (F - F_i) as a F - b.
    mixed: [f64; 2],
}

impl Variance {
    fn add(&mut self, incidence: f64, survival: f64, at_risk: f64, all: f64, of_cause: f64) {
        // When nobody is left the incidence moves no more.
        if at_risk > all {
            let weight = all / (at_risk * (at_risk - all));
            self.squares[0] += weight;
            self.squares[1] += weight * incidence;
            self.squares[2] += weight * incidence * incidence;
        }
        self.own += survival * survival * of_cause * (at_risk - of_cause) / (at_risk * at_risk * at_risk);
        let weight = survival * of_cause / (at_risk * at_risk);
        self.mixed[0] += weight;
        self.mixed[1] += weight * incidence;
    }

    fn at(&self, incidence: f64) -> f64 {
        let [a, b, c] = self.squares;
        let squares = a * incidence * incidence - 2.0 * b * incidence + c;
        squares + self.own - 2.0 * (self.mixed[0] * incidence - self.mixed[1])
    }
}

/// F^exp(±z s / (F |log F|)).
fn log_log_interval(incidence: f64, standard_error: f64) -> Option<Interval> {
    if !(incidence > 0.0 && incidence < 1.0) {
        return None;
    }
    let log = math::ln(incidence);
    let half = NORMAL_975 * standard_error / (incidence * log.abs());
    let end = |half: f64| math::exp(log * math::exp(half));
    Some(Interval { low: end(half), high: end(-half) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_every_history_followed_it_is_the_share() {
        let causes = [0, 1, 0, 0, 2, 1, 0, 1, 0, 2];
        let ends: Vec<Ended> =
            causes.iter().enumerate().map(|(at, cause)| Ended { time: (at / 2) as f64, cause: Some(*cause) }).collect();
        let steps = aalen_johansen(&ends, 0);
        for step in &steps {
            let hits = ends.iter().filter(|end| end.cause == Some(0) && end.time <= step.time).count() as f64;
            assert!((step.incidence.value - hits / 10.0).abs() < 1e-15);
            let variance = hits / 10.0 * (1.0 - hits / 10.0) / 10.0;
            assert!((step.incidence.standard_error - variance.sqrt()).abs() < 1e-12, "{step:?}");
        }
        assert!(aalen_johansen(&[], 0).is_empty());
    }
}
