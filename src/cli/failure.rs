//! How a command can end before its end, and the exit code.

use std::process::ExitCode;

use super::console::Console;

/// Why a command stopped.
#[derive(Debug)]
pub(super) enum Failure {
    /// The scenario or its data is at fault, and that has been told.
    Scenario,
    /// The command was not understood: what is wrong with it, and what to do.
    Usage {
        /// What is wrong; starts with a small letter.
        message: String,
        /// What to do; begins with a verb.
        help: Option<String>,
    },
    /// A file or folder could not be read or written.
    File(String),
    /// Unreadable files that have been told as diagnostics.
    ToldFile,
    /// Somebody pressed Ctrl-C; what became of the results has been told.
    Interrupted,
    /// Whoever read standard output has closed it: not a fault.
    ClosedOutput,
    /// The argument parser has told what is wrong with the command.
    ToldUsage,
    /// The argument parser has printed the help or version that was asked for: not a fault.
    Answered,
}

impl Failure {
    /// Tells what has not been told yet, and gives the exit code.
    pub(super) fn report(self, console: &Console) -> ExitCode {
        match self {
            Failure::Scenario => ExitCode::from(1),
            Failure::Usage { message, help } => {
                console.tell_error(&message, help.as_deref());
                ExitCode::from(2)
            }
            Failure::ToldUsage => ExitCode::from(2),
            Failure::File(message) => {
                console.tell_error(&message, None);
                ExitCode::from(3)
            }
            Failure::ToldFile => ExitCode::from(3),
            Failure::Interrupted => ExitCode::from(130),
            Failure::ClosedOutput | Failure::Answered => ExitCode::SUCCESS,
        }
    }
}
