//! The crate as other programs use it: open a scenario, check it, run it, read the tables.
//!
//! ```
//! use flashpoint::{Ensemble, Scenario};
//!
//! let scenario = Scenario::open("scenarios/teaching/letter.toml")?;
//! let checked = scenario.check()?;
//! let results = Ensemble::new(&checked).runs(1_000).seed(1).run()?;
//! for row in results.outcomes() {
//!     println!("{:24} {:.3}", row.label, row.probability.unwrap_or(0.0));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A thin front: all of it is in the rooms behind, whose items can be reached from what is returned here ([`CheckedScenario::model`],
//! [`Results::summary`]). The results are those of the command line, to the bit.

mod checked;
mod disk;
mod ensemble;
mod open;
mod results;

pub use checked::{CheckError, CheckedScenario, Mistakes};
pub(crate) use disk::Disk;
pub use ensemble::{Ensemble, RunError};
pub use open::{OpenError, OpenOptions, Scenario};
pub use results::Results;
