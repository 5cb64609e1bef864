//! A folder of results is there as a whole or not at all.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use flashpoint::output::{Folder, FolderError};

fn results(place: &Path, force: bool, text: &str) -> Result<(), FolderError> {
    let folder = Folder::prepare(place, force)?;
    folder.write("manifest.json", |to| to.write_all(b"{}"))?;
    folder.write("outcomes.csv", |to| to.write_all(text.as_bytes()))?;
    folder.finish().map(|_| ())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn results_appear_when_complete() {
    let here = tempfile::tempdir().unwrap();
    let place = here.path().join("a/b/out");
    let folder = Folder::prepare(&place, false).unwrap();
    let mut file = folder.create("outcomes.csv").unwrap();
    file.write_all(b"x\n").unwrap();
    drop(file);
    assert!(!place.exists());
    folder.finish().unwrap();
    assert_eq!(names(&place), ["outcomes.csv"]);
    assert_eq!(names(place.parent().unwrap()), ["out"]);
}

#[test]
fn nothing_is_left_of_a_folder_that_was_dropped() {
    let here = tempfile::tempdir().unwrap();
    let folder = Folder::prepare(&here.path().join("a/b/out"), false).unwrap();
    folder.write("outcomes.csv", |to| to.write_all(b"half")).unwrap();
    drop(folder);
    assert!(names(here.path()).is_empty());
}

#[test]
fn results_are_replaced_only_by_force() {
    let here = tempfile::tempdir().unwrap();
    let place = here.path().join("out");
    results(&place, false, "old").unwrap();
    assert!(matches!(results(&place, false, "new"), Err(FolderError::HoldsResults(_))));
    let unfinished = Folder::prepare(&place, true).unwrap();
    assert_eq!(fs::read_to_string(place.join("outcomes.csv")).unwrap(), "old");
    drop(unfinished);
    assert_eq!(fs::read_to_string(place.join("outcomes.csv")).unwrap(), "old");
    results(&place, true, "new").unwrap();
    assert_eq!(fs::read_to_string(place.join("outcomes.csv")).unwrap(), "new");
    assert_eq!(names(here.path()), ["out"]);
}

#[test]
fn what_flashpoint_did_not_write_is_never_removed() {
    let here = tempfile::tempdir().unwrap();
    let place = here.path().join("out");
    results(&place, false, "old").unwrap();
    fs::write(place.join("notes.txt"), "mine").unwrap();
    for force in [false, true] {
        match Folder::prepare(&place, force) {
            Err(FolderError::HoldsOther { entry, .. }) => assert_eq!(entry, "notes.txt"),
            other => panic!("{other:?}"),
        }
    }
    // Put there during the runs.
    fs::remove_file(place.join("notes.txt")).unwrap();
    let folder = Folder::prepare(&place, true).unwrap();
    fs::create_dir(place.join("figures")).unwrap();
    assert!(matches!(folder.finish(), Err(FolderError::HoldsOther { .. })));
    assert_eq!(names(&place), ["figures", "manifest.json", "outcomes.csv"]);
    assert_eq!(names(here.path()), ["out"]);
    // Tables of somebody else: there is no manifest.
    let tables = here.path().join("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(tables.join("events.csv"), "mine").unwrap();
    assert!(matches!(Folder::prepare(&tables, true), Err(FolderError::HoldsOther { .. })));
}

#[test]
fn an_empty_folder_is_filled() {
    let here = tempfile::tempdir().unwrap();
    results(here.path().join("out").as_path(), false, "x").unwrap();
    let empty = here.path().join("empty");
    fs::create_dir(&empty).unwrap();
    results(&empty, false, "x").unwrap();
    assert_eq!(names(&empty), ["manifest.json", "outcomes.csv"]);
}

#[test]
fn impossible_places_are_told_apart() {
    let here = tempfile::tempdir().unwrap();
    let file = here.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(Folder::prepare(&file, true), Err(FolderError::IsFile(_))));
    assert!(matches!(Folder::prepare(&file.join("out"), true), Err(FolderError::IsFile(path)) if path == file));
    assert!(matches!(Folder::prepare(Path::new("/"), true), Err(FolderError::NoName(_))));
    assert!(matches!(
        Folder::prepare(Path::new("."), true),
        Err(FolderError::WorkingFolder(_) | FolderError::HoldsOther { .. })
    ));
    #[cfg(unix)]
    {
        let link = here.path().join("link");
        std::os::unix::fs::symlink(here.path().join("nowhere"), &link).unwrap();
        assert!(matches!(Folder::prepare(&link, true), Err(FolderError::BrokenLink(_))));
    }
    #[cfg(target_os = "linux")]
    assert!(matches!(Folder::prepare(Path::new("/proc/flashpoint/out"), true), Err(FolderError::System { .. })));
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_are_the_usual_ones() {
    use std::os::unix::fs::PermissionsExt as _;
    let here = tempfile::tempdir().unwrap();
    let (real, link, usual) = (here.path().join("real"), here.path().join("link"), here.path().join("usual"));
    fs::create_dir(&real).unwrap();
    fs::create_dir(&usual).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    results(&link, false, "x").unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(names(&real), ["manifest.json", "outcomes.csv"]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&real), mode(&usual));
}
