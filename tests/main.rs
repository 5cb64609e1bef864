//! The single integration test binary: one module per thing a user can see.

mod support;

mod command_explain;
mod expression_grammar;
mod expression_mistakes;
mod reference;
mod tables;
