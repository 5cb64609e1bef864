//! Tables of data: CSV text to cells that know their place.

mod cell;
mod read;

pub use cell::{Cell, number_cell};
pub use read::{Column, DataTable, read_table};
