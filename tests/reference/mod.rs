//! The reference interpreter against LANGUAGE 6, on models made by hand.

mod batches;
mod choices;
mod half_lives;
mod hazards;
mod histories;
mod laters;
mod opportunities;
mod outcomes;
mod probes;
mod readings;
mod starts;
