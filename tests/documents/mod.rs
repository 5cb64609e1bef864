//! What is written down is true: every document against the code, the folders and the program.

mod bridge;
mod format;
mod markdown;
mod readme;
mod scenarios;
mod semantics;
mod worked_examples;
