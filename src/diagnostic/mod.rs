//! What is said about a scenario: data first, wording and drawing last.
//!
//! A [`Diagnostic`] is plain data with places ([`Span`]) in [`Sources`]; only `render_text` and `render_json` know
//! about colour, width and JSON. This room imports nothing from the rest of the crate.

mod code;
mod excerpt;
mod gather;
mod lines;
mod message;
mod render_json;
mod render_text;
mod source;
mod suggest;

pub use code::Code;
pub use gather::gather;
pub use message::{Diagnostic, Label, Severity};
pub use render_json::render_json;
pub use render_text::{TextOptions, counts, render_text};
pub use source::{SourceFile, SourceId, Sources, Span};
pub use suggest::suggest;
