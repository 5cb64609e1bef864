//! Reading files from the disk.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::scenario::{FileError, Files};

/// The files of the machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
        let file = File::open(path).map_err(reason)?;
        let size = match file.metadata() {
            Ok(metadata) if metadata.is_dir() => return Err(FileError::Folder),
            Ok(metadata) => metadata.len(),
            Err(error) => return Err(reason(error)),
        };
        if size > limit {
            return Err(FileError::TooLarge);
        }
        // Some files (pipes, devices) do not tell their size: no more than the limit is read of any.
        let mut bytes = Vec::with_capacity(size as usize);
        file.take(limit + 1).read_to_end(&mut bytes).map_err(reason)?;
        if bytes.len() as u64 > limit { Err(FileError::TooLarge) } else { Ok(bytes) }
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, FileError> {
        fs::canonicalize(path).map_err(reason)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }
}

fn reason(error: io::Error) -> FileError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileError::Missing,
        ErrorKind::PermissionDenied => FileError::Forbidden,
        ErrorKind::IsADirectory => FileError::Folder,
        _ => FileError::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_has_its_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.toml");
        fs::write(&file, "12345").expect("it can be written");
        assert_eq!(Disk.read(&file, 5), Ok(b"12345".to_vec()));
        assert_eq!(Disk.read(&file, 4), Err(FileError::TooLarge));
        assert_eq!(Disk.read(folder.path(), 5), Err(FileError::Folder));
        assert_eq!(Disk.read(&folder.path().join("b"), 5), Err(FileError::Missing));
        assert_eq!(Disk.read(&file.join("c"), 5), Err(FileError::Missing));
        assert!(Disk.canonical(&folder.path().join("b")).is_err());
        assert!(Disk.is_file(&file) && !Disk.is_file(folder.path()));
    }
}
