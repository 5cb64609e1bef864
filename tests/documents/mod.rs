//! What is written down is true: every document against the code, the folders and the program.

mod bridge;
mod commands;
mod experiments;
mod format;
mod markdown;
mod mistakes;
mod readme;
mod scenarios;
mod semantics;
mod worked_examples;
