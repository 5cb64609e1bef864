//! Laws that every scenario keeps, tried on generated ones.
//!
//! `FLASHPOINT_LAWS=50 cargo test --release --test tests laws::` hunts in fifty times as many scenarios; `FLASHPOINT_LAWS_FROM=1000` begins elsewhere;
//! `FLASHPOINT_LAWS_SEED=7` tries one. A scenario that breaks a law is written to `target/failed/`; its seed belongs into `seeds.txt`.

mod acting;
mod bystanders;
mod constructs;
mod engines;
mod ensembles;
mod extremes;
mod generator;
mod layout;
mod meanings;
mod points;
mod steps;
mod story;
mod support;
mod telling;
mod walk;
