//! The expression language as text: tokens, tree, printing. Grammar: [`GRAMMAR`].

pub mod ast;
mod call;
mod comparison;
mod cursor;
mod date;
mod effect;
mod effect_mistake;
mod lexer;
mod literal;
mod logic;
mod mistake;
mod operand;
mod parser;
mod print;
mod rate;
mod token;
mod unit;
pub mod words;

pub use cursor::{DEEPEST_NESTING, DEEPEST_TREE, MOST_PARTS};
pub use date::{DateMistake, days_in_month, parse_date, print_date};
pub use parser::{parse_address, parse_definition_head, parse_effect, parse_expression};
pub use print::{print, print_effect, print_number};

/// The grammar of expressions and effects, for users, in Markdown.
pub const GRAMMAR: &str = include_str!("../../../scenarios/GRAMMAR.md");

#[cfg(test)]
pub(crate) mod generate;
#[cfg(test)]
mod properties;
