//! The single integration test binary: one module per thing a user can see.

mod support;

mod architecture;
mod command_check;
mod command_explain;
mod command_run;
mod conformance;
mod documents;
mod golden_diagnostics;
mod reference;
mod robustness;
mod tables;
