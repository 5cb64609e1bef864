//! Warnings: what runs, but probably does not mean what it says.
//!
//! The rule of taste: where a careful author would be annoyed, nothing is said. A value out of bounds is told only with a witness, values that
//! places really take; what can never happen only where intervals that hold every value prove it.

mod chances;
mod contexts;
mod directions;
mod divisors;
mod found;
mod never;
mod outcomes;
mod overwritten;
mod randomness;
mod roots;
mod since;
mod sources;
mod times;
mod unread;
mod witness;
mod words;

#[cfg(test)]
mod tests;

use found::Found;
pub(super) use found::warnings;
pub use sources::missing_sources;
