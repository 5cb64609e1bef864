#![doc = include_str!("README.md")]
//!
//! # As a library
//!
//! [`Scenario::open`] reads a file, [`Scenario::check`] finds its mistakes, [`Ensemble::run`] makes the runs, [`Results`] has the tables:
//!
//! ```
//! use flashpoint::{CheckError, Ensemble, Scenario};
//!
//! let checked = match Scenario::open("scenarios/teaching/letter.toml")?.check() {
//!     Ok(checked) => checked,
//!     Err(CheckError::Mistakes(mistakes)) => panic!("{mistakes}"),
//!     Err(error) => return Err(error.into()),
//! };
//! let results = Ensemble::new(&checked).runs(500).seed(7).run()?;
//! let probabilities: Vec<f64> = results.outcomes().iter().filter_map(|row| row.probability).collect();
//! assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-9);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What a scenario says wrong is data, not a panic:
//!
//! ```
//! use flashpoint::diagnostic::Code;
//! use flashpoint::{CheckError, Scenario};
//!
//! let scenario = Scenario::parse("format = 1\n[scenario]\nstep = \"1 day\"\nhorizon = \"10 days\"\n[[outcomes]]\nid = \"end\"\nwhen = \"peace\"\n")?;
//! let Err(CheckError::Mistakes(mistakes)) = scenario.check() else { unreachable!() };
//! assert!(mistakes.codes().any(|code| code == Code::UnknownName));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/ambassador.rs` compares what-ifs and tells a run.

pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod ensemble;
pub mod experiment;
pub mod library;
pub mod math;
pub mod model;
pub mod narration;
pub mod output;
pub mod random;
pub mod reference;
pub mod scenario;
pub mod statistics;

pub use diagnostic::{Diagnostic, Severity};
pub use library::{
    CheckError, CheckedScenario, Ensemble, Mistakes, OpenError, OpenOptions, Results, RunError, Scenario,
};
pub use narration::Narration;
pub use output::{EventRow, IncidenceRow, MeasureRow, OutcomeRow, QueryRow};
pub use statistics::Interval;
