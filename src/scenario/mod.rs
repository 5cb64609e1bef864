//! Text to tree: files, layers, expressions as written. Knows nothing of meaning.

pub mod document;
pub mod expression;
