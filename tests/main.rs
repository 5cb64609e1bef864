//! The single integration test binary: one module per thing a user can see.

mod support;

mod command_explain;
mod reference;
mod tables;
