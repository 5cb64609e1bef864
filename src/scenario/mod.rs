//! Text to tree: files, layers, expressions as written. Knows nothing of meaning.

pub mod document;
pub mod expression;

mod files;
mod layers;
mod reading;
mod table;

pub(crate) use files::read_text;
pub use files::{FileError, Files, MAX_CSV_BYTES, MAX_TOML_BYTES, MemoryFiles};
pub use layers::{DISTRIBUTIONS, DataFile, DataFiles, Layer, LayerKind, LoadOptions, Loaded, Override, Variant, load};
pub use reading::{MAX_DEPTH, parse_document};
pub use table::{Cell, Column, DataTable, number_cell, read_table};
