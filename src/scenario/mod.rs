//! Text to tree: files, layers, expressions as written. Knows nothing of meaning.

pub mod document;
pub mod expression;

mod files;
mod reading;

pub use files::{FileError, Files, MAX_CSV_BYTES, MAX_TOML_BYTES, MemoryFiles};
pub use reading::{MAX_DEPTH, parse_document};
