#![doc = include_str!("README.md")]

pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod ensemble;
pub mod math;
pub mod model;
pub mod output;
pub mod random;
pub mod reference;
pub mod scenario;
pub mod statistics;
