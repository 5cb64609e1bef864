//! Scenarios with an exact answer: `scenarios/reference/` and `scenarios/teaching/` against closed forms and published numbers.
//!
//! Every estimate is judged by Z = sqrt(n) (mean - exact) / sigma; what is deterministic must be met exactly. `docs/conformance.md` lists
//! all of them; `UPDATE_GOLDEN=1 cargo test conformance` writes it.

mod case;
mod chains;
mod distributions;
mod exact;
mod games;
mod hazards;
mod page;
mod people;
mod play;
mod politics;
mod teaching;
mod times;

use case::Case;

/// All cases, in the order of the page.
fn cases() -> Vec<Case> {
    let rooms = [
        hazards::cases(),
        times::cases(),
        chains::cases(),
        games::cases(),
        people::cases(),
        politics::cases(),
        distributions::cases(),
        teaching::cases(),
    ];
    rooms.into_iter().flatten().collect()
}
