//! `flashpoint sweep`, and `flashpoint run` and `check` of a file of an experiment: a scenario at many points.

mod command;
mod plan;
mod report;
mod simulation;
mod tables;

pub(super) use command::{check_file, is_experiment_file, run_file, sweep};
