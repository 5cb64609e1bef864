//! Ctrl-C: the first asks for an orderly end, the second ends at once and leaves nothing unfinished behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Whether somebody has asked for the end. One for the process, as the signal is.
static ASKED: AtomicBool = AtomicBool::new(false);

/// The folder in which results are being made, if there is one. Whoever renames it into place holds the lock meanwhile.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Listens for Ctrl-C (and the signals that ask a process to end) from now on, and gives the flag that it sets.
///
/// Where the system allows no listening, Ctrl-C ends the program in the system's way; the folder in the making then stays behind.
pub(in crate::cli) fn listen() -> &'static AtomicBool {
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::SeqCst) {
            if let Some(folder) = unfinished().take() {
                // A thread may be making another file in it this moment; a second try then finds the rest.
                let _ = fs::remove_dir_all(&folder).or_else(|_| fs::remove_dir_all(&folder));
            }
            std::process::exit(130);
        }
    });
    &ASKED
}

/// A folder that is removed by the second Ctrl-C.
pub(in crate::cli) fn unfinished_folder(folder: &Path) {
    *unfinished() = Some(folder.to_path_buf());
}

/// Does what must not be interrupted: puts the folder into place.
pub(in crate::cli) fn finishing<T>(finish: impl FnOnce() -> T) -> T {
    let mut unfinished = unfinished();
    let result = finish();
    *unfinished = None;
    result
}

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}
