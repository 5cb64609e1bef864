//! The command line: arguments to requests, files, progress, printing, exit codes.
//!
//! The only room that touches files, the clock, the environment, standard output and standard error.

mod arguments;
mod check;
mod compare;
mod console;
mod explain;
mod failure;
mod help;
mod loading;
mod making;
mod new;
mod numbers;
mod refine;
mod replay;
mod results;
mod run;
mod sweep;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use console::Console;
use failure::Failure;

/// Runs the program with its arguments, the first being its own name, and tells how it ended.
///
/// Exit codes: 0 done, 1 scenario or data at fault, 2 usage, 3 a file could not be read or written, 130 interrupted. A reader that closes
/// the other end of standard output ends the program quietly with 0.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let console = Console::of_process();
    let result = Arguments::read(arguments, &console).and_then(|arguments| carry_out(arguments.command, &console));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(&console),
    }
}

/// One command.
fn carry_out(command: Command, console: &Console) -> Result<(), Failure> {
    match command {
        Command::New(request) => new::new(&request, console),
        Command::Check(request) => check::check(&request, console),
        Command::Explain(request) => explain::explain(&request, console),
        Command::Run(request) => run::run(&request, console),
        Command::Sweep(request) => sweep::sweep(&request, console),
        Command::Replay(request) => replay::replay(&request, console),
        Command::Compare(request) => compare::compare(&request, console),
        Command::Refine(request) => refine::refine(&request, console),
        Command::Help(request) => help::help(&request, console),
    }
}
