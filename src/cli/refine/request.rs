//! What can be typed behind `flashpoint refine`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::Changes;
use crate::cli::making::Making;

/// `refine`
#[derive(Debug, Args)]
pub(in crate::cli) struct RefineRequest {
    /// The scenario file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) changes: Changes,
    /// How often the step is halved; each time takes twice as long as the one before
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u8).range(1..=6))]
    pub(in crate::cli) halvings: u8,
    #[command(flatten)]
    pub(in crate::cli) making: Making,
}
