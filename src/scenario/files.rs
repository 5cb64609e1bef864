//! How texts come in: the only door to files, and what can go wrong at it.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};

/// Largest TOML file that is read, in bytes (16 MiB).
pub const MAX_TOML_BYTES: u64 = 16 << 20;
/// Largest CSV file that is read, in bytes (256 MiB).
pub const MAX_CSV_BYTES: u64 = 256 << 20;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// There is no such file.
    Missing,
    /// It is a folder.
    Folder,
    /// The system forbids it.
    Forbidden,
    /// It has more bytes than the limit that was asked for.
    TooLarge,
    /// Anything else, in the system's words.
    Other(String),
}

/// Where texts come from: a disk, or a memory in tests.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read, or has more than `limit` bytes.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError>;

    /// The one absolute path of a file, with all links resolved: two paths are the same file if and only if these are equal.
    ///
    /// # Errors
    /// When there is no such file.
    fn canonical(&self, path: &Path) -> Result<PathBuf, FileError>;

    /// Whether there is a file (not a folder) at the path.
    fn is_file(&self, path: &Path) -> bool;
}

/// Files that live in memory, below `/`, with `/` as the working folder.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<PathBuf, Result<Vec<u8>, FileError>>,
    links: BTreeMap<PathBuf, PathBuf>,
}

impl MemoryFiles {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more file.
    #[must_use]
    pub fn file(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(absolute(Path::new(path)), Ok(content.into()));
        self
    }

    /// With one more file that cannot be read.
    #[must_use]
    pub fn broken(mut self, path: &str, error: FileError) -> Self {
        self.files.insert(absolute(Path::new(path)), Err(error));
        self
    }

    /// With one more link to a file.
    #[must_use]
    pub fn link(mut self, path: &str, target: &str) -> Self {
        self.links.insert(absolute(Path::new(path)), absolute(Path::new(target)));
        self
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
        let path = self.canonical(path)?;
        match self.files.get(&path) {
            Some(Ok(bytes)) if bytes.len() as u64 > limit => Err(FileError::TooLarge),
            Some(content) => content.clone(),
            None => Err(FileError::Folder),
        }
    }

    fn canonical(&self, path: &Path) -> Result<PathBuf, FileError> {
        let mut path = absolute(path);
        // A chain of links is no longer than the number of links, or it goes in a circle.
        for _ in 0..=self.links.len() {
            match self.links.get(&path) {
                Some(target) => path.clone_from(target),
                None if self.files.contains_key(&path) || self.files.keys().any(|file| file.starts_with(&path)) => {
                    return Ok(path);
                }
                None => return Err(FileError::Missing),
            }
        }
        Err(FileError::Other("too many links".to_owned()))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.canonical(path).is_ok_and(|path| self.files.contains_key(&path))
    }
}

fn absolute(path: &Path) -> PathBuf {
    tidy(&Path::new("/").join(path))
}

/// A path without `.`, and without `..` where the folder before it is named: for showing, and for files in memory.
#[must_use]
pub(crate) fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => match tidied.components().next_back() {
                Some(Component::Normal(_)) => {
                    tidied.pop();
                }
                Some(Component::RootDir | Component::Prefix(_)) => {}
                _ => tidied.push(".."),
            },
            other => tidied.push(other),
        }
    }
    tidied
}

/// The way from a folder to a file, both canonical, with `/` between names.
#[must_use]
pub(crate) fn way(folder: &Path, file: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let shared = from.iter().zip(&to).take_while(|(left, right)| left == right).count();
    let up = from[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..].iter().map(|component| component.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The text of a file; `name` is the file as shown.
///
/// # Errors
/// What to say when it cannot be read, is larger than `limit` bytes, or is no text.
pub(crate) fn read_text(files: &dyn Files, path: &Path, name: &str, limit: u64) -> Result<String, Diagnostic> {
    files.read(path, limit).map_err(|error| unreadable(name, &error, limit)).and_then(|bytes| decode(name, bytes))
}

/// What to say of a file that could not be read. `name` is the file as shown.
#[must_use]
pub(crate) fn unreadable(name: &str, error: &FileError, limit: u64) -> Diagnostic {
    let (code, message, help) = match error {
        FileError::Missing => (
            Code::UnreadableFile,
            format!("there is no file `{name}`"),
            Some("check the path; it is taken from the folder of the file that states it"),
        ),
        FileError::Folder => (
            Code::UnreadableFile,
            format!("`{name}` is a folder"),
            Some("name the file inside it, such as `scenario.toml`"),
        ),
        FileError::Forbidden => (
            Code::UnreadableFile,
            format!("the system forbids reading `{name}`"),
            Some("change the file's permissions"),
        ),
        FileError::TooLarge => (
            Code::FileTooLarge,
            format!("`{name}` is larger than {} MiB", limit >> 20),
            Some("split it, or leave out what is not needed"),
        ),
        FileError::Other(reason) => (Code::UnreadableFile, format!("cannot read `{name}`: {reason}"), None),
    };
    let diagnostic = Diagnostic::without_place(code, message);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The text of a file: UTF-8, without a byte order mark.
///
/// # Errors
/// [`Code::NotText`] when it is in another encoding or no text at all. `name` is the file as shown.
pub(crate) fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let not_text = |message: String, help: &str| Err(Diagnostic::without_place(Code::NotText, message).help(help));
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return not_text(
            format!("`{name}` is in UTF-16"),
            "save it as UTF-8 (in a spreadsheet: `CSV UTF-8`; in Notepad: Save as, encoding UTF-8)",
        );
    }
    if bytes.contains(&0) {
        return not_text(format!("`{name}` is not a text file"), "name a text file in UTF-8");
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            Ok(text)
        }
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
            let byte = error.as_bytes()[valid];
            not_text(
                format!("`{name}` is not in UTF-8: byte {byte:#04X} in line {line}"),
                "save it as UTF-8; older editors and spreadsheets write Windows-1252 or Latin-1",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_tidied_and_ways_found() {
        assert_eq!(tidy(Path::new("a/../lib/./x.toml")), Path::new("lib/x.toml"));
        assert_eq!(tidy(Path::new("../../a")), Path::new("../../a"));
        assert_eq!(tidy(Path::new("/../a")), Path::new("/a"));
        assert_eq!(way(Path::new("/s/niger"), Path::new("/s/data/x.csv")), "../data/x.csv");
        assert_eq!(way(Path::new("/s"), Path::new("/s/x.csv")), "x.csv");
    }

    #[test]
    fn encodings() {
        assert_eq!(decode("a", b"\xEF\xBB\xBFx".to_vec()), Ok("x".to_owned()));
        assert_eq!(decode("a", Vec::new()), Ok(String::new()));
        for bytes in [&b"\xFF\xFEx\0"[..], b"a\0b", b"\xFE\xFF\0x"] {
            assert_eq!(decode("a", bytes.to_vec()).map_err(|error| error.code), Err(Code::NotText));
        }
        let error = decode("a", b"one\ntw\xE9".to_vec()).unwrap_err();
        assert_eq!(error.message, "`a` is not in UTF-8: byte 0xE9 in line 2");
    }

    #[test]
    fn links_in_a_circle_end() {
        let files = MemoryFiles::new().file("x", "").link("a", "b").link("b", "a").link("c", "x");
        assert!(files.canonical(Path::new("a")).is_err());
        assert_eq!(files.canonical(Path::new("c")), Ok(PathBuf::from("/x")));
        assert_eq!(files.read(Path::new("/"), 1), Err(FileError::Folder));
    }
}
