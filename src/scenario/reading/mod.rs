//! One TOML text to one tree: every key and value keeps its place, every mistake of syntax is told in the words of its maker.

mod duplicate;
mod guess;
mod parse;
mod quoted;
mod syntax;

pub(in crate::scenario) use parse::parse_value;
pub use parse::{MAX_DEPTH, parse_document};

#[cfg(test)]
mod tests;
