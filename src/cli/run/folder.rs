//! The folder of results: made beside its place, found to be writable before the first run, renamed into place when complete.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use crate::cli::failure::Failure;

/// The folder in which results are being made, if there is one. The second Ctrl-C removes it; whoever renames files holds the lock, so
/// that nothing is ever left half-renamed.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// A folder of results in the making. Dropping it removes what was made.
#[derive(Debug)]
pub(super) struct Folder {
    place: PathBuf,
    making: TempDir,
    names: &'static [&'static str],
}

impl Folder {
    /// Makes sure that results can be written, and opens a folder to make them in.
    ///
    /// `names` are the files that results may consist of; nothing else is ever replaced or removed. Results that are there already
    /// are kept unless `force` is given.
    pub(super) fn prepare(place: &Path, names: &'static [&'static str], force: bool) -> Result<Self, Failure> {
        let cannot =
            |error: io::Error| Failure::File(format!("cannot write results to `{}`: {error}", place.display()));
        // Through links, so that a link to a folder stays one.
        let place = fs::canonicalize(place).unwrap_or_else(|_| place.to_path_buf());
        if place.exists() && !place.is_dir() {
            return Err(Failure::File(format!(
                "cannot write results to `{}`: it is a file, not a folder",
                place.display()
            )));
        }
        if !force && names.iter().any(|name| place.join(name).exists()) {
            return Err(Failure::Usage {
                message: format!("`{}` holds results already", place.display()),
                help: Some("give another folder with `--out`, or replace them with `--force`".to_owned()),
            });
        }
        let parent = match place.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(cannot)?;
        let making = match temporary(parent) {
            Ok(folder) => folder,
            // The place may be writable where its parent is not: a mounted folder, say.
            Err(_) if place.is_dir() => temporary(&place).map_err(cannot)?,
            Err(error) => return Err(cannot(error)),
        };
        if place.is_dir() {
            // A folder that is there already must take new files.
            temporary(&place).map_err(cannot)?;
        }
        *unfinished() = Some(making.path().to_path_buf());
        Ok(Self { place, making, names })
    }

    /// Where to make a file.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.making.path().join(name)
    }

    /// Puts the results into their place: all of them, or none.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let mut unfinished = unfinished();
        self.put_into_place().map_err(|error| {
            Failure::File(format!("cannot put the results into `{}`: {error}", self.place.display()))
        })?;
        *unfinished = None;
        Ok(())
    }

    fn put_into_place(&self) -> io::Result<()> {
        let made = self.making.path();
        if !self.place.exists() {
            return fs::rename(made, &self.place);
        }
        if self.can_be_swapped()? {
            let parent = self.place.parent().unwrap_or(Path::new("."));
            let old = temporary(parent)?;
            let old_results = old.path().join("old");
            fs::rename(&self.place, &old_results)?;
            return fs::rename(made, &self.place).inspect_err(|_| {
                // The old results go back: better those than none. If even that fails the first error is the one to tell.
                let _ = fs::rename(&old_results, &self.place);
            });
        }
        for name in self.names {
            let (new, there) = (made.join(name), self.place.join(name));
            if new.exists() {
                fs::rename(new, there)?;
            } else if there.exists() {
                fs::remove_file(there)?;
            }
        }
        Ok(())
    }

    /// Whether the folder that is there holds results alone, and can be replaced as a whole.
    fn can_be_swapped(&self) -> io::Result<bool> {
        let is_working_folder = std::env::current_dir().and_then(fs::canonicalize).is_ok_and(|here| here == self.place);
        if is_working_folder || self.making.path().starts_with(&self.place) {
            return Ok(false);
        }
        for entry in fs::read_dir(&self.place)? {
            let entry = entry?;
            let is_result = entry.file_type()?.is_file() && self.names.iter().any(|name| entry.file_name() == *name);
            if !is_result {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // The temporary folder removes itself.
        if let Ok(mut unfinished) = UNFINISHED.try_lock() {
            *unfinished = None;
        }
    }
}

/// Removes what is unfinished. Waits for files that are being renamed.
pub(super) fn remove_unfinished() {
    if let Some(folder) = unfinished().take() {
        // A thread may be making another file in it this moment; a second try then finds the rest.
        let _ = fs::remove_dir_all(&folder).or_else(|_| fs::remove_dir_all(&folder));
    }
}

fn unfinished() -> MutexGuard<'static, Option<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A new folder inside another, with the usual permissions.
fn temporary(parent: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".flashpoint-");
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    #[cfg(unix)]
    builder.permissions(permissions);
    builder.tempdir_in(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["a.csv", "b.csv"];

    /// Makes results with these files; tells the names that the place holds afterwards.
    fn make(place: &Path, force: bool, files: &[&str]) -> Result<Vec<String>, Failure> {
        let folder = Folder::prepare(place, NAMES, force)?;
        for name in files {
            fs::write(folder.file(name), "new").expect("it can be written");
        }
        folder.finish()?;
        let names = fs::read_dir(place).expect("it is there").map(|entry| entry.expect("it is there").file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    }

    #[test]
    fn results_are_kept_unless_forced() {
        let temporary = tempfile::tempdir().expect("a folder");
        let place = temporary.path().join("deep").join("out");
        assert_eq!(make(&place, false, &["a.csv", "b.csv"]).ok(), Some(vec!["a.csv".to_owned(), "b.csv".to_owned()]));
        assert!(matches!(make(&place, false, &["a.csv"]), Err(Failure::Usage { .. })));
        assert_eq!(make(&place, true, &["b.csv"]).ok(), Some(vec!["b.csv".to_owned()]));
    }

    #[test]
    fn what_is_no_result_stays() {
        let temporary = tempfile::tempdir().expect("a folder");
        fs::write(temporary.path().join("notes.txt"), "mine").expect("it can be written");
        fs::write(temporary.path().join("b.csv"), "old").expect("it can be written");
        assert_eq!(
            make(temporary.path(), true, &["a.csv"]).ok(),
            Some(vec!["a.csv".to_owned(), "notes.txt".to_owned()])
        );
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let temporary = tempfile::tempdir().expect("a folder");
        let folder = Folder::prepare(&temporary.path().join("out"), NAMES, false).expect("it can be written");
        fs::write(folder.file("a.csv"), "new").expect("it can be written");
        drop(folder);
        assert_eq!(fs::read_dir(temporary.path()).expect("it is there").count(), 0);
    }

    #[test]
    fn a_file_is_no_folder() {
        let temporary = tempfile::tempdir().expect("a folder");
        let file = temporary.path().join("out");
        fs::write(&file, "mine").expect("it can be written");
        assert!(matches!(make(&file, true, &["a.csv"]), Err(Failure::File(_))));
        assert!(matches!(make(&file.join("below"), true, &["a.csv"]), Err(Failure::File(_))));
    }
}
