//! The Niger scenario as a program written by hand: plain numbers and arrays, a rule a few lines, nothing general.
//!
//! It shares with the crate the draws (by the same addresses), the elementary functions and the beta quantile, and gives the same runs bit for bit:
//! outcome, end step, how often and when each event happened, every measure of every step. `benches/README.md` has the rules of the comparison.

mod cells;
mod chacha;
mod choices;
mod effects;
mod expert;
mod firings;
mod masks;
mod measures;
mod rows;
mod run;
mod start;
mod straight;
mod terms;
mod window;

pub(crate) use run::ByHand;
