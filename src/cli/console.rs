//! Standard output and standard error: the only place that prints.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use anstream::ColorChoice;

use super::failure::Failure;

/// The terminal (or file, or pipe) that the program talks to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Console {
    /// Standard output may be coloured: as [`Console::error_colour`].
    pub(super) output_colour: bool,
    /// Standard error may be coloured: a terminal, and neither `NO_COLOR` nor `TERM=dumb` forbids it.
    pub(super) error_colour: bool,
    /// Standard error is a terminal: a progress bar may be drawn.
    pub(super) error_terminal: bool,
}

impl Console {
    /// The console of this process.
    pub(super) fn of_process() -> Self {
        Self {
            output_colour: anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            error_colour: anstream::AutoStream::choice(&io::stderr()) != ColorChoice::Never,
            error_terminal: io::stderr().is_terminal(),
        }
    }

    /// Writes a result to standard output. A closed pipe ends the command quietly.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Err(Failure::ClosedOutput),
            Err(error) => Err(Failure::File(format!("cannot write to standard output: {error}"))),
        }
    }

    /// Writes a message to standard error. If even that cannot be written there is nobody left to tell.
    pub(super) fn tell(&self, text: &str) {
        let mut error = io::stderr().lock();
        let _ = error.write_all(text.as_bytes()).and_then(|()| error.flush());
    }

    /// Writes `error: message` and a help line to standard error.
    pub(super) fn tell_error(&self, message: &str, help: Option<&str>) {
        let (red, bold, plain) =
            if self.error_colour { ("\u{1b}[1;91m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
        let help = help.map_or(String::new(), |help| format!("  = {bold}help{plain}: {help}\n"));
        self.tell(&format!("{red}error{plain}{bold}: {message}{plain}\n{help}"));
    }
}
