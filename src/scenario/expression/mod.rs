//! The expression language as text: tokens, tree, printing. Grammar: `GRAMMAR.md`.

pub mod ast;
