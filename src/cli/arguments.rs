//! What can be typed.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use super::compare::CompareRequest;
use super::console::Console;
use super::failure::Failure;
use super::numbers;
use super::refine::RefineRequest;

/// Simulates regional crises: a scenario file in, CSV tables of what may happen out.
#[derive(Debug, Parser)]
#[command(name = "flashpoint", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(
    after_help = "`flashpoint help language` prints the reference of scenario files, `flashpoint explain CODE` what a message means."
)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes a small commented scenario, the start of your own
    New(NewRequest),
    /// Looks for mistakes in scenario files, without running them
    Check(CheckRequest),
    /// Explains a message: `flashpoint explain F0112`
    Explain(ExplainRequest),
    /// Plays a scenario out many times and writes the tables
    Run(Box<RunRequest>),
    /// Plays a scenario at many points of its parameters, on the same draws
    Sweep(Box<SweepRequest>),
    /// Tells one run day by day: what happened, by which draw, and why it ended as it did
    Replay(Box<ReplayRequest>),
    /// Compares variants of a scenario with it, run by run on the same draws
    Compare(Box<CompareRequest>),
    /// Plays a scenario at finer and finer steps, and tells what its step does
    Refine(Box<RefineRequest>),
    /// Prints help: of a command, or `language`, `grammar`
    Help(HelpRequest),
}

/// `new`
#[derive(Debug, Args)]
pub(super) struct NewRequest {
    /// Name of the scenario and of its folder, such as `north-border`
    #[arg(value_name = "NAME")]
    pub(super) name: String,
    /// Make the least that runs
    #[arg(long)]
    pub(super) minimal: bool,
}

/// `check`
#[derive(Debug, Args)]
pub(super) struct CheckRequest {
    /// Scenario files (or libraries)
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Warnings count as errors, and empirical numbers need a source
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
}

/// How messages are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For editors: positions as in the Language Server Protocol
    Json,
}

/// What is laid over the scenario's files.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Changes {
    /// Lay a variant of the scenario over it (may be given several times)
    #[arg(long = "variant", value_name = "NAME")]
    pub(super) variants: Vec<String>,
    /// Set a value, such as `parameters.ultimatum_length.value="3 days"` (may be given several times)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) sets: Vec<String>,
    /// Disable a rule, a choice, an option or a flow, or an outcome as `outcomes.ID` (may be given several times)
    #[arg(long, value_name = "RULE")]
    pub(super) without: Vec<String>,
}

/// `explain`
#[derive(Debug, Args)]
pub(super) struct ExplainRequest {
    /// A code or its name: `F0112`, `unknown-actor`
    #[arg(required_unless_present = "all", value_name = "CODE")]
    pub(super) code: Option<String>,
    /// Print the pages of all codes
    #[arg(long, conflicts_with = "code")]
    pub(super) all: bool,
}

/// `run`
#[derive(Debug, Args)]
pub(super) struct RunRequest {
    /// The scenario file, or the file of an experiment
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Number of runs, such as 10_000 or 1e6
    #[arg(long, value_name = "N", default_value = "10_000", value_parser = numbers::runs)]
    pub(super) runs: u64,
    /// Seed of all random numbers
    #[arg(long, value_name = "SEED", default_value = "1", value_parser = numbers::seed)]
    pub(super) seed: u64,
    /// Number of threads [default: as many as there are cores]; never changes a result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// What plays the runs; never changes a result
    #[arg(long, value_enum, default_value_t = Player::Fast)]
    pub(super) engine: Player,
    /// Folder of the tables [default: out/SCENARIO]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Replace the results that the folder holds
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
    /// Write runs.csv too, one row for each run
    #[arg(long)]
    pub(super) runs_csv: bool,
    /// Go on beyond --runs until the interval of every outcome is narrower than this, such as 0.005
    #[arg(long, value_name = "WIDTH", value_parser = numbers::precision)]
    pub(super) precision: Option<f64>,
    /// Exit with 1 when the interval of a query lies outside its `expect`
    #[arg(long)]
    pub(super) expect: bool,
    /// Print nothing when all goes well
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Print one JSON object in place of the table
    #[arg(long, conflicts_with = "plain")]
    pub(super) json: bool,
    /// Print a table of plain text: no colour, no lines, no progress bar
    #[arg(long)]
    pub(super) plain: bool,
    /// `--runs` stands on the command line.
    #[arg(skip)]
    pub(super) runs_given: bool,
    /// `--seed` stands on the command line.
    #[arg(skip)]
    pub(super) seed_given: bool,
    /// `--engine` stands on the command line.
    #[arg(skip)]
    pub(super) engine_given: bool,
}

/// `sweep`
#[derive(Debug, Args)]
#[command(after_help = "Exactly one design: --grid (which may be repeated), --lhs, --sobol or --points.")]
pub(super) struct SweepRequest {
    /// The scenario file, or the file of an experiment
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Values of a parameter: NAME=LOW:HIGH:NUMBER such as notice=1d:30d:5, or NAME=a,b,c; several make every combination
    #[arg(long, value_name = "NAME=VALUES")]
    pub(super) grid: Vec<String>,
    /// So many points of a Latin hypercube
    #[arg(long, value_name = "N", value_parser = numbers::points)]
    pub(super) lhs: Option<u64>,
    /// So many points of a scrambled Sobol sequence; best a power of 2
    #[arg(long, value_name = "N", value_parser = numbers::points)]
    pub(super) sobol: Option<u64>,
    /// The points of a CSV table with a column for each parameter
    #[arg(long, value_name = "TABLE")]
    pub(super) points: Option<PathBuf>,
    /// What --lhs and --sobol sample [default: every uncertainty, and every lever that has a range]; which columns of --points count
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',')]
    pub(super) over: Vec<String>,
    /// Number of runs at each point, such as 1_000 or 1e5 [default: 1_000]
    #[arg(long, value_name = "N", value_parser = numbers::runs)]
    pub(super) runs: Option<u64>,
    /// Seed of all random numbers, also of the design [default: 1]
    #[arg(long, value_name = "SEED", value_parser = numbers::seed)]
    pub(super) seed: Option<u64>,
    /// Number of threads [default: as many as there are cores]; never changes a result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Folder of the tables [default: out/SCENARIO-sweep]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Replace the results that the folder holds
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) changes: Changes,
    /// Print nothing when all goes well
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Print one JSON object in place of the table
    #[arg(long, conflicts_with = "plain")]
    pub(super) json: bool,
    /// Print a table of plain text: no progress bar
    #[arg(long)]
    pub(super) plain: bool,
}

/// `replay`
#[derive(Debug, Args)]
pub(super) struct ReplayRequest {
    /// The scenario file
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Which run: its index from 0, as in runs.csv
    #[arg(long, value_name = "K", value_parser = numbers::run_index)]
    pub(super) run: u64,
    /// Seed of all random numbers; the one that the runs were made with
    #[arg(long, value_name = "SEED", default_value = "1", value_parser = numbers::seed)]
    pub(super) seed: u64,
    #[command(flatten)]
    pub(super) changes: Changes,
    /// How to tell it
    #[arg(long, value_enum, default_value_t = Telling::Text)]
    pub(super) format: Telling,
    /// Tell the draws against their probabilities, the options with their utilities, and what guards read
    #[arg(long)]
    pub(super) explain: bool,
    /// In text, tell events without a `label` too, and every threshold that was crossed
    #[arg(long)]
    pub(super) all: bool,
    /// Write to a file in place of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "out")]
    pub(super) force: bool,
    /// Tell no warnings
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What plays the runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Player {
    /// The engine
    Fast,
    /// The plain interpreter, written to be read: slower, with the same results to the last byte
    Reference,
}

/// How a run is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Telling {
    /// For people, day by day
    Text,
    /// A table, one row for everything that happened
    Csv,
    /// One object
    Json,
}

/// `help`
#[derive(Debug, Args)]
pub(super) struct HelpRequest {
    /// A command, `language` (the reference of scenario files) or `grammar` (of expressions)
    #[arg(value_name = "TOPIC")]
    pub(super) topic: Option<String>,
}

impl Arguments {
    /// Reads the arguments. Help and version are printed to standard output, mistakes to standard error.
    pub(super) fn read(arguments: impl IntoIterator<Item = OsString>, console: &Console) -> Result<Self, Failure> {
        let read = Self::command().try_get_matches_from(arguments).and_then(|matches| {
            let mut read = Self::from_arg_matches(&matches)?;
            if let (Command::Run(request), Some((_, matches))) = (&mut read.command, matches.subcommand()) {
                let given = |id| matches.value_source(id) == Some(ValueSource::CommandLine);
                (request.runs_given, request.seed_given) = (given("runs"), given("seed"));
                request.engine_given = given("engine");
            }
            Ok(read)
        });
        read.map_err(|error| {
            let text = error.render();
            if error.use_stderr() {
                console.tell(&if console.error_colour { text.ansi().to_string() } else { text.to_string() });
                return Failure::ToldUsage;
            }
            console.print(&text.to_string()).err().unwrap_or(Failure::Answered)
        })
    }

    /// The long help of the program, or of one of its commands; `None` if there is no such command.
    pub(super) fn help_of(command: Option<&str>) -> Option<String> {
        let mut program = Self::command();
        program.build();
        match command {
            None => Some(program.render_long_help().to_string()),
            Some(name) => program.find_subcommand_mut(name).map(|command| command.render_long_help().to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
