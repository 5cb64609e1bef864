//! Aalen-Johansen as lifelines computes it, on competing ends with censoring and without ties.

use flashpoint::statistics::{Ended, aalen_johansen};

use super::{Deviation, cases, list, number, numbers, whole_numbers};

#[test]
fn incidence_is_that_of_lifelines() {
    let all = cases("survival.json");
    let ends: Vec<Ended> = numbers(&all["time"])
        .into_iter()
        .zip(whole_numbers(&all["cause"]))
        .map(|(time, cause)| Ended { time, cause: (cause > 0).then_some(cause) })
        .collect();
    let mut deviation = Deviation::new(1e-9);
    for case in list(&all["cases"]) {
        let steps = aalen_johansen(&ends, number(&case["cause"]) as usize);
        assert_eq!(steps.len(), list(&case["time"]).len());
        // At the last time lifelines divides by the nobody who is left.
        for (at, step) in steps.iter().enumerate().take(steps.len() - 1) {
            let what = format!("cause {} at {}", case["cause"], step.time);
            deviation.see(step.time, number(&case["time"][at]), &what);
            deviation.see(step.incidence.value, number(&case["incidence"][at]), &what);
            deviation.see(step.incidence.standard_error, number(&case["standard_error"][at]), &what);
            if let Some(interval) = step.interval {
                // lifelines calls the end that its formula gives first the upper one.
                let mut theirs = numbers(&case["interval"][at]);
                theirs.sort_by(f64::total_cmp);
                deviation.see(interval.low, theirs[0], &what);
                deviation.see(interval.high, theirs[1], &what);
            }
        }
    }
    deviation.tell("lifelines' Aalen-Johansen curves");
}
