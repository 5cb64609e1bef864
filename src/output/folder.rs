//! A folder of results that is there as a whole or not at all.
//!
//! Files are made in a temporary folder beside their place, which is renamed in at the end. Whether that can work is found out before
//! the first run. This is the only file of this room that touches the file system.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::schema::{SWEEP_TABLES, TABLES};

/// Files that are no tables and may be in a folder of results.
const OTHER_FILES: [&str; 3] = ["manifest.json", "datapackage.json", "report.html"];

/// Why results cannot be put where they were asked for.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The place has no name (`/` or `..`).
    #[error("`{}` names no folder that can be made", .0.display())]
    NoName(PathBuf),
    /// There is a file of that name.
    #[error("`{}` is a file, not a folder", .0.display())]
    IsFile(PathBuf),
    /// There is a link that leads nowhere.
    #[error("`{}` is a link that leads nowhere", .0.display())]
    BrokenLink(PathBuf),
    /// It is the folder the program was started in, which cannot be replaced under its user's feet.
    #[error("`{}` is the working folder: name a folder inside it", .0.display())]
    WorkingFolder(PathBuf),
    /// There are results already.
    #[error("`{}` holds results already", .0.display())]
    HoldsResults(PathBuf),
    /// There is something that flashpoint did not write, and that it will not remove.
    #[error("`{}` holds `{}`, which is no result of flashpoint", .folder.display(), .entry.to_string_lossy())]
    HoldsOther {
        /// The folder.
        folder: PathBuf,
        /// The first such thing by name.
        entry: OsString,
    },
    /// The system refuses.
    #[error("cannot {action} `{}`: {source}", .path.display())]
    System {
        /// What was tried.
        action: &'static str,
        /// With what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn system(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_path_buf();
    move |source| FolderError::System { action, path, source }
}

/// A folder of results in the making. If it is dropped before [`Folder::finish`], nothing is left of it.
#[derive(Debug)]
pub struct Folder {
    place: PathBuf,
    making: Option<TempDir>,
    /// Parents that did not exist, the outermost last.
    made_parents: Vec<PathBuf>,
}

impl Folder {
    /// Finds out whether results can be put at `place`, and opens a temporary folder beside it. Parents that do not exist are made.
    ///
    /// Results that are there already are replaced (at the end) only if `force` is given. A folder with anything else in it is refused in any case.
    ///
    /// # Errors
    /// See [`FolderError`].
    pub fn prepare(place: &Path, force: bool) -> Result<Self, FolderError> {
        let place = resolve(place)?;
        if place.is_dir() {
            if fs::canonicalize(".").is_ok_and(|here| here.starts_with(&place)) {
                return Err(FolderError::WorkingFolder(place));
            }
            refuse_others(&place)?;
            if !force && !is_empty(&place)? {
                return Err(FolderError::HoldsResults(place));
            }
        }
        // `resolve` gives places with a parent only.
        let parent = place.parent().unwrap_or(Path::new("."));
        let made_parents = make_parents(parent)?;
        let mut folder = Self { place: place.clone(), making: None, made_parents };
        folder.making = Some(temporary(parent).map_err(system("make a folder in", parent))?);
        Ok(folder)
    }

    /// Where the results will be.
    #[must_use]
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Where they are made.
    #[must_use]
    pub fn making(&self) -> &Path {
        // `making` is there until `finish`, which takes the folder.
        self.making.as_ref().map_or(&self.place, TempDir::path)
    }

    /// Opens a new file.
    ///
    /// # Errors
    /// As the system says.
    pub fn create(&self, name: &str) -> Result<BufWriter<File>, FolderError> {
        let path = self.making().join(name);
        Ok(BufWriter::new(File::create_new(&path).map_err(system("create", &path))?))
    }

    /// Writes a file through a function.
    ///
    /// # Errors
    /// As the system says.
    pub fn write(&self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), FolderError> {
        let mut file = self.create(name)?;
        write(&mut file).and_then(|()| file.flush()).map_err(system("write", &self.place.join(name)))
    }

    /// Puts the results into their place: all of them, or none. What was there before is removed only after that.
    ///
    /// # Errors
    /// As the system says; then the place is as it was.
    pub fn finish(mut self) -> Result<PathBuf, FolderError> {
        let Some(making) = self.making.take() else { return Ok(self.place.clone()) };
        let result = self.put_into_place(making.path());
        if result.is_ok() {
            // It has been renamed: there is nothing left for its own clean-up.
            let _ = making.keep();
            self.made_parents.clear();
        }
        result.map(|()| self.place.clone())
    }

    fn put_into_place(&self, made: &Path) -> Result<(), FolderError> {
        let place = &self.place;
        if !place.is_dir() {
            return fs::rename(made, place).map_err(system("rename into place", place));
        }
        // Someone may have put something there during the runs.
        refuse_others(place)?;
        let parent = place.parent().unwrap_or(Path::new("."));
        let aside = temporary(parent).map_err(system("make a folder in", parent))?;
        let old = aside.path().join("old");
        fs::rename(place, &old).map_err(system("move aside", place))?;
        if let Err(error) = fs::rename(made, place) {
            // The old results go back. If that fails too they stay aside, unharmed, and the first error is told.
            if fs::rename(&old, place).is_err() {
                let _ = aside.keep();
            }
            return Err(system("rename into place", place)(error));
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(self.making.take());
        for parent in &self.made_parents {
            // Only empty folders can be removed so; a parent that has been used meanwhile stays.
            if fs::remove_dir(parent).is_err() {
                break;
            }
        }
    }
}

/// The place with links resolved; its last part need not exist.
fn resolve(place: &Path) -> Result<PathBuf, FolderError> {
    match fs::symlink_metadata(place) {
        Ok(_) => {
            let real = fs::canonicalize(place).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => FolderError::BrokenLink(place.to_path_buf()),
                _ => system("open", place)(error),
            })?;
            if !real.is_dir() {
                return Err(FolderError::IsFile(place.to_path_buf()));
            }
            if real.parent().is_none() {
                return Err(FolderError::NoName(place.to_path_buf()));
            }
            Ok(real)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = place.file_name().ok_or_else(|| FolderError::NoName(place.to_path_buf()))?;
            let parent = place.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let parent = fs::canonicalize(parent).unwrap_or_else(|_| parent.to_path_buf());
            Ok(parent.join(name))
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let file = place.ancestors().find(|path| path.is_file()).unwrap_or(place);
            Err(FolderError::IsFile(file.to_path_buf()))
        }
        Err(error) => Err(system("open", place)(error)),
    }
}

/// Makes a folder with its parents; those made, innermost first.
fn make_parents(folder: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let missing: Vec<PathBuf> = folder
        .ancestors()
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .map(Path::to_path_buf)
        .collect();
    fs::create_dir_all(folder).map_err(system("make the folder", folder))?;
    Ok(missing)
}

fn is_empty(folder: &Path) -> Result<bool, FolderError> {
    Ok(fs::read_dir(folder).map_err(system("read", folder))?.next().is_none())
}

/// Refuses a folder that holds anything but results: it would be removed with them.
fn refuse_others(folder: &Path) -> Result<(), FolderError> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(system("read", folder))? {
        let entry = entry.map_err(system("read", folder))?;
        let is_file = entry.file_type().map_err(system("read", &entry.path()))?.is_file();
        entries.push((entry.file_name(), is_file));
    }
    entries.sort();
    // A folder with files of these names only, but without a manifest, was not written by flashpoint either.
    let has_manifest = entries.iter().any(|(name, is_file)| *is_file && name == "manifest.json");
    let is_result = |name: &OsString| {
        let table = TABLES.iter().chain(&SWEEP_TABLES).any(|table| name == table.file);
        table || OTHER_FILES.iter().any(|other| name == other)
    };
    match entries.into_iter().find(|(name, is_file)| !(*is_file && has_manifest && is_result(name))) {
        Some((entry, _)) => Err(FolderError::HoldsOther { folder: folder.to_path_buf(), entry }),
        None => Ok(()),
    }
}

/// A temporary folder with the permissions that the user's other folders get.
fn temporary(parent: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".flashpoint-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}
