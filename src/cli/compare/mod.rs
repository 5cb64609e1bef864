//! `flashpoint compare`: the same runs under a scenario and under variants of it.

mod knock_out;
mod report;
mod request;
mod study;
mod tables;
mod variants;

pub(super) use report::points;
pub(super) use request::CompareRequest;
pub(super) use study::{compare, fits};
