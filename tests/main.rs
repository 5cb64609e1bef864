//! The single integration test binary: one module per thing a user can see.

mod support;

mod architecture;
mod baseline;
mod command_check;
mod command_explain;
mod command_new;
mod command_replay;
mod command_run;
mod command_sweep;
mod conformance;
mod documents;
mod engine;
mod estimators;
mod expression_grammar;
mod expression_mistakes;
mod golden_diagnostics;
mod language;
mod laws;
mod library;
mod newcomers;
mod reference;
mod robustness;
mod tables;
mod warnings;
mod what_ifs;
mod world;
