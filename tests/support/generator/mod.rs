//! Scenarios made from a seed: they check without an error, use every construct of the format, and are lively: guards turn true and false,
//! choices alternate, runs end in different ways before the horizon. Expressions are made by type: one asks for a type and gets a text of it.
//!
//! [`scenario`] gives files, [`draft`] the same as tables that a test may move about, [`Generated::open`] reads and checks in memory.

mod choices;
mod conditions;
mod dice;
mod distributions;
mod draft;
mod effects;
mod events;
mod extras;
mod hazards;
mod names;
mod numbers;
mod piece;
mod readings;
mod rules;
mod scope;
mod things;
mod times;
mod world;

pub(crate) use dice::Dice;
pub(crate) use draft::{Draft, Generated, Opened, Section};
pub(crate) use hazards::hazard_race;
pub(crate) use world::Size;

use world::World;

/// The scenario of a seed.
pub(crate) fn scenario(seed: u64, size: Size) -> Generated {
    draft(seed, size).written()
}

/// The scenario of a seed, by tables.
pub(crate) fn draft(seed: u64, size: Size) -> Draft {
    let mut maker = Maker { dice: Dice::new(seed), world: World::default(), draft: Draft::default(), size };
    maker.invent_world();
    maker.write_things();
    maker.write_definitions();
    maker.write_rules();
    maker.write_choices();
    maker.write_flows();
    maker.write_readings();
    maker.write_outcomes();
    maker.write_extras();
    maker.draft
}

/// A scenario in the making.
struct Maker {
    dice: Dice,
    world: World,
    draft: Draft,
    size: Size,
}
