//! What can be typed behind `flashpoint compare`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::making::Making;

/// `compare`
#[derive(Debug, Args)]
#[command(after_help = "A VARIANT is one of, or several with commas between them:
  firm                       a name of [variants.NAME] of the scenario
  pledge_size=0              a value, as --set of `run` takes it
  without expel_ambassador   a rule, choice, option or flow switched off, or an outcome (`outcomes.war`)
or another scenario file: other.toml. Before each may stand a label: `no pledges: pledge_size=0`.
All are laid over FILE as it stands.")]
pub(in crate::cli) struct CompareRequest {
    /// The scenario file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Something that is otherwise (may be given several times): see below
    #[arg(long = "variant", value_name = "VARIANT", required_unless_present = "knock_out")]
    pub(in crate::cli) variants: Vec<String>,
    /// In place of variants, take every rule and choice away in turn, and rank them by what they move
    #[arg(long, conflicts_with = "variants")]
    pub(in crate::cli) knock_out: bool,
    #[command(flatten)]
    pub(in crate::cli) making: Making,
}
