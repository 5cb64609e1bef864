//! The house rules that a text can show: who imports whom, how long files are, what is not used where.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the crate.
struct Source {
    /// From `src/`, with `/`.
    path: String,
    /// Without tests, comments and the contents of texts.
    code: String,
    /// Number of lines without tests.
    n_lines: usize,
}

impl Source {
    /// The folder below `src/`, or the file itself.
    fn room(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files that are compiled without `cfg(test)`.
fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root(), &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let entries = || fs::read_dir(folder).expect("a folder can be read").map(|entry| entry.expect("an entry").path());
    let mut only_in_tests = BTreeSet::new();
    let mut texts = Vec::new();
    for path in entries().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let text = fs::read_to_string(&path).expect("a file can be read");
        only_in_tests.extend(modules_of_tests(&text).map(str::to_owned));
        texts.push((path, text));
    }
    for (path, text) in texts {
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if only_in_tests.contains(&name) {
            continue;
        }
        let relative = path.strip_prefix(root()).expect("it is below").to_string_lossy().replace('\\', "/");
        let without_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        found.push(Source { path: relative, code: code_of(without_tests), n_lines: without_tests.lines().count() });
    }
    for path in entries().filter(|path| path.is_dir()) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !only_in_tests.contains(&name) {
            collect(&path, found);
        }
    }
}

/// Names of the modules that a file declares for tests only.
fn modules_of_tests(text: &str) -> impl Iterator<Item = &str> {
    text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| {
        let line = rest.lines().next().unwrap_or_default().trim();
        line.trim_start_matches("pub(crate) ").strip_prefix("mod ")?.strip_suffix(';')
    })
}

/// A source with comments and the contents of texts left out.
fn code_of(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"//") {
            at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        } else if let Some(end) = raw_text(rest) {
            code.extend_from_slice(b"\"\"");
            at += end;
        } else if rest[0] == b'"' {
            let mut end = 1;
            while end < rest.len() && rest[end] != b'"' {
                end += if rest[end] == b'\\' { 2 } else { 1 };
            }
            code.extend_from_slice(b"\"\"");
            at += end + 1;
        } else if rest.starts_with(b"'\"'") || rest.starts_with(b"'\\") {
            let end = rest[2..].iter().position(|byte| *byte == b'\'').map_or(rest.len(), |end| end + 3);
            code.extend_from_slice(b"' '");
            at += end;
        } else {
            code.push(rest[0]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// The length of a raw text (`r"..", r#".."#`) at the beginning.
fn raw_text(bytes: &[u8]) -> Option<usize> {
    let after = bytes.strip_prefix(b"r")?;
    let hashes = after.iter().take_while(|byte| **byte == b'#').count();
    if after.get(hashes) != Some(&b'"') {
        return None;
    }
    let end: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let body = &after[hashes + 1..];
    let length = body.windows(end.len()).position(|window| window == end)?;
    Some(1 + hashes + 1 + length + end.len())
}

/// The identifiers that follow a prefix such as `crate::`, also those in braces behind it.
fn names_behind<'a>(code: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|before| before.is_ascii_alphanumeric() || before == '_' || before == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        let Some(inside) = rest.strip_prefix('{') else {
            names.extend(identifier(rest));
            continue;
        };
        let (mut depth, mut begins) = (0, true);
        for (place, character) in inside.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && !character.is_whitespace() => {
                    names.extend(identifier(&inside[place..]));
                    begins = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn identifier(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| &text[..end])
}

/// Rooms and crates that each room may use.
type Allowed = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

/// The table of rooms in `src/README.md`, in its order.
fn table() -> (Vec<String>, Allowed) {
    let text = fs::read_to_string(root().join("README.md")).expect("the map can be read");
    let (mut order, mut allowed) = (Vec::new(), Allowed::new());
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    for row in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let [room, _, rooms, crates] = cells.as_slice() else { panic!("a row of another width: {row}") };
        let room = room.trim().trim_matches('`').to_owned();
        order.push(room.clone());
        allowed.insert(room, (words(rooms), words(crates)));
    }
    (order, allowed)
}

#[test]
fn every_room_imports_only_what_the_map_allows() {
    let (order, allowed) = table();
    let mut used: Allowed = allowed.keys().map(|room| (room.clone(), Default::default())).collect();
    let manifest = fs::read_to_string(root().join("../Cargo.toml")).expect("it can be read");
    let (_, dependencies) = manifest.split_once("[dependencies]\n").expect("there are dependencies");
    let crates: Vec<String> = dependencies
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name.replace('-', "_")))
        .collect();
    for source in sources() {
        let room = source.room();
        let Some((rooms, outside)) = allowed.get(room) else {
            assert!(["main", "lib"].contains(&room), "`{room}` is no room of the map");
            continue;
        };
        let (used_rooms, used_crates) = used.get_mut(room).expect("it has the same rooms");
        for other in names_behind(&source.code, "crate::").into_iter().filter(|other| *other != room) {
            assert!(order.iter().any(|room| room == other), "{}: `crate::{other}` is no room", source.path);
            assert!(rooms.contains(other), "{}: `{room}` may not import `{other}`", source.path);
            used_rooms.insert(other.to_owned());
        }
        for name in &crates {
            let derived = name == "serde" && source.code.contains("derive(Serialize");
            let named = source.code.contains(&format!("use {name}::")) || derived;
            if named || !names_behind(&source.code, &format!("{name}::")).is_empty() {
                assert!(outside.contains(name), "{}: the crate `{name}` is not allowed in `{room}`", source.path);
                used_crates.insert(name.clone());
            }
        }
    }
    assert_eq!(used, allowed, "the map allows what nobody uses");
    for (place, room) in order.iter().enumerate() {
        for other in &allowed[room].0 {
            assert!(order[..place].contains(other), "`{room}` imports `{other}`, which stands below it in the map");
        }
    }
}

#[test]
fn files_are_short() {
    for source in sources() {
        let most = match source.path.rsplit('/').next() {
            Some("mod.rs") => 60,
            _ if source.path == "main.rs" => 30,
            _ => 600,
        };
        assert!(source.n_lines <= most, "src/{} has {} lines, {most} are the most", source.path, source.n_lines);
    }
}

/// Asserts that no source holds a piece of code, except in some places (rooms or files).
#[track_caller]
fn forbid(pieces: &[&str], except: &[&str]) {
    for source in sources() {
        if except.iter().any(|place| source.room() == *place || source.path == *place) {
            continue;
        }
        for (index, line) in source.code.lines().enumerate() {
            for piece in pieces {
                let found = line.match_indices(piece).any(|(at, _)| {
                    // `my_println!` is another name.
                    let before = line[..at].chars().next_back();
                    !piece.starts_with(|c: char| c.is_ascii_alphabetic())
                        || !before.is_some_and(|before| before.is_ascii_alphanumeric() || before == '_')
                });
                assert!(
                    !found,
                    "src/{}: `{piece}` in `{}` (line {} without tests)",
                    source.path,
                    line.trim(),
                    index + 1
                );
            }
        }
    }
}

#[test]
fn nothing_panics_on_purpose() {
    forbid(&["todo!", "dbg!", "unimplemented!", "panic!", "unreachable!", ".unwrap()"], &[]);
}

#[test]
fn only_the_command_line_touches_the_outside() {
    forbid(&["print!", "println!", "eprint!", "eprintln!"], &["cli"]);
    forbid(&["std::time", "std::env", "std::process", "std::net", "Instant::", "SystemTime"], &["cli", "main.rs"]);
    forbid(&["std::fs", "fs::", "File::"], &["cli", "library/disk.rs", "output/folder.rs"]);
}

#[test]
fn nothing_depends_on_hashing_or_on_the_systems_mathematics() {
    forbid(&["HashMap", "HashSet", "DefaultHasher", "RandomState"], &[]);
    let functions = [
        ".exp()",
        ".exp2()",
        ".exp_m1()",
        ".ln()",
        ".ln_1p()",
        ".log(",
        ".log2()",
        ".log10()",
        ".powf(",
        ".powi(",
        ".mul_add(",
        ".sin()",
        ".cos()",
        ".tan()",
        ".asin()",
        ".acos()",
        ".atan()",
        ".atan2(",
        ".sinh()",
        ".cosh()",
        ".tanh()",
        ".cbrt()",
        ".hypot(",
    ];
    forbid(&functions, &["math"]);
    forbid(&["unsafe"], &[]);
}

#[test]
fn nothing_is_left_undone() {
    for source in sources() {
        let text = fs::read_to_string(root().join(&source.path)).expect("it can be read");
        for (index, line) in text.lines().enumerate() {
            let small = line.to_lowercase();
            let word = |word: &str| small.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| part == word);
            let found = ["todo", "fixme", "xxx", "hack"].into_iter().find(|forbidden| word(forbidden));
            assert!(found.is_none(), "src/{}:{} says `{}`", source.path, index + 1, found.unwrap_or_default());
        }
    }
}

#[test]
fn comments_and_texts_are_no_code() {
    let code =
        code_of("let a = \"x.unwrap() \\\" y\"; // .unwrap()\nlet b = r#\"crate::z \"\"#; let c = '\"'; crate::q::f()");
    assert_eq!(code, "let a = \"\"; \nlet b = \"\"; let c = ' '; crate::q::f()");
    assert_eq!(names_behind("use crate::{a::B, c::{self, D}, e}; crate::f::g(); my_crate::h", "crate::").len(), 4);
}
