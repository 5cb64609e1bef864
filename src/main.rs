//! The `flashpoint` program: all of it is in `flashpoint::cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    flashpoint::cli::main(std::env::args_os())
}
