//! One run told day by day: what happened, when, by which draw, and why the run ended as it did.
//!
//! The way: the plain interpreter plays the run and is listened to (`narrator`); what is heard becomes plain data ([`Narration`]); that is told
//! for people (`render_text`) or programs (`render_json`). Telling changes nothing: the run is the one of runs.csv.
//!
//! Numbers tell of crossings by way of `thresholds`: the comparisons in guards, options, later entries and outcomes, each with the quantity that
//! it watches. `reasons` takes a condition apart, `expressions` and `words` put it into words.

mod binding;
mod entry;
mod expressions;
mod kinds;
mod narrator;
mod reasons;
mod render_json;
mod render_text;
mod scan;
mod sentences;
mod thresholds;
mod words;
mod wrap;

pub use entry::{Cause, Ending, Entry, Happened, Narration, OptionWeight, Pick, RefusedDraw, Told, UnpickedChoice};
pub use narrator::{NarrationOptions, narrate};
pub use reasons::{Join, Reason};
pub use render_json::render_json;
pub use render_text::{TextStyle, render_text};
pub use sentences::{Row, rows};
pub use thresholds::{Edge, Threshold, Watcher};
