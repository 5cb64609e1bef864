//! The small scenarios that teach the language.

use super::case::{Case, Subject::*};
use super::exact::within;

const COMMENT: &str = "the scenario's own comment";

pub(super) fn cases() -> Vec<Case> {
    let race = within(0.05, 90.0);
    // Days 2 to 7: on day 8 the bloc, which decides at once, comes first.
    let yielded = within(0.05, 6.0);
    let force = (1.0 - yielded) / (1.0 + (-1.0_f64).exp());
    vec![
        Case::of("teaching/coin").is(Outcome("heads"), "heads", 0.5, COMMENT),
        Case::of("teaching/coin").set("choices.toss.options.heads.weight=0.8").is(
            Outcome("heads"),
            "heads of a loaded coin",
            0.8 / 1.3,
            COMMENT,
        ),
        Case::of("teaching/race").is(Outcome("coup"), "a coup comes first", race * 0.6, COMMENT).is(
            Outcome("settlement"),
            "a settlement comes first",
            race * 0.4,
            COMMENT,
        ),
        Case::of("teaching/race").set("scenario.step=6 days").is(
            Outcome("coup"),
            "a coup comes first, at a step of 6 days",
            race * 0.6,
            COMMENT,
        ),
        Case::of("teaching/ladder").is(Outcome("war"), "war", (1.0 - 1.5) / (1.0 - 1.5_f64.powi(4)), COMMENT),
        Case::of("teaching/ultimatum")
            .is(Outcome("yielded"), "the junta yields", yielded, COMMENT)
            .is(Outcome("force"), "the bloc uses force", force, COMMENT)
            .is(Outcome("climbdown"), "the bloc does nothing", 1.0 - yielded - force, COMMENT),
    ]
}
