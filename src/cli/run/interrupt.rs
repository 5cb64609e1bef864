//! Ctrl-C: the first asks for an orderly end, the second ends at once.

use std::sync::atomic::{AtomicBool, Ordering};

use super::folder::remove_unfinished;

/// Whether somebody has asked for the end. One for the process, as the signal is.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C (and the signals that ask a process to end) from now on, and gives the flag that it sets.
///
/// Where the system allows no listening, Ctrl-C ends the program in the system's way; the folder in the making then stays behind.
pub(super) fn listen() -> &'static AtomicBool {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            remove_unfinished();
            std::process::exit(130);
        }
    });
    &ASKED
}
