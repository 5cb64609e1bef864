//! `flashpoint refine`: the same scenario at finer and finer steps.

mod report;
mod request;
mod study;

pub(super) use request::RefineRequest;
pub(super) use study::refine;
