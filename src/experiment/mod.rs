//! Experiments: one scenario at many points, on the same draws.
//!
//! A [`Design`] is a table of points; each imposes values, or uniforms of priors, on some parameters and nothing else (LANGUAGE, "Draws").
//! [`play`] plays the same runs at every point, all points for a block of runs before the next block, and keeps a [`PointSummary`] of each;
//! [`play_each`] keeps a value of every run.
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//!
//! use flashpoint::Scenario;
//! use flashpoint::engine::Engine;
//! use flashpoint::ensemble::{Options, Watch};
//! use flashpoint::experiment::{Design, Factor, PointSummary, play};
//!
//! let checked = Scenario::open("scenarios/teaching/letter.toml")?.check()?;
//! let model = checked.model();
//! let design = Design::latin_hypercube(Factor::usual(model), 8, 1)?;
//! let watch = Watch { progress: &|_| {}, stop: &AtomicBool::new(false) };
//! let engine = Engine::new(model, 1);
//! let played = play(&engine, model, &design.points(), 0..50, Options::default(), watch, || PointSummary::new(model))?;
//! assert!(played.points.iter().all(|point| point.runs == 50));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod design;
mod directions;
mod factor;
mod file;
mod play;
mod point_summary;
mod sobol;
mod words;

pub use crate::model::{Point, Setting};
pub use design::{Design, DesignError, MOST_POINTS, evenly};
pub use factor::{Axis, Factor};
pub use file::{ExperimentFile, ExperimentKind, FileDesign, is_experiment, read_experiment};
pub use play::{Collect, Played, play, play_each};
pub use point_summary::{PointOutcome, PointSummary};
pub use sobol::{MOST_SOBOL_DIMENSIONS, SobolDimension};
pub use words::{DesignWords, GridValues, GridWords, SampleWords, make_design};
