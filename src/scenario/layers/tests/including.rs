use super::*;

#[test]
fn depth_first_as_listed_each_once() {
    let loaded = plain(&[
        ("c.toml", "[rules.r]\nlimit = 3\nwhen = 'c'"),
        ("a.toml", "include = ['c.toml']\n[rules.r]\nlimit = 1"),
        ("b.toml", "include = ['./c.toml']\n[rules.q]\nlimit = 2"),
        ("main.toml", "include = ['a.toml', 'b.toml', 'a.toml']"),
    ]);
    value(&loaded, "rules", r#"{q = {limit = 2}, r = {limit = 1, when = "c"}}"#);
    let names: Vec<&str> =
        loaded.layers.iter().map(|layer| loaded.sources.get(layer.source).unwrap().name.as_str()).collect();
    assert_eq!(names, ["c.toml", "a.toml", "b.toml", "main.toml"]);
    assert!(loaded.is_library);
}

#[test]
fn files_that_disagree() {
    let files = |main: &str| {
        plain(&[
            ("a.toml", "[rules.r]\nlimit = 1\nabout = 'a'\nsource = 'x'\nwhen = 'w'\n[state]\ns = 1"),
            ("b.toml", "[rules.r]\nlimit = 2\nabout = 'b'\nsource = 'y'\nwhen = 'w'\n[state.s]\nstart = 1.0"),
            ("main.toml", main),
        ])
    };
    error(
        &files("include = ['a.toml', 'b.toml']"),
        Code::UndecidedInclude,
        "2",
        "`a.toml` and `b.toml` disagree on `rules.r.limit`",
        "say `rules.r.limit` in the file that includes both, or let one of the two include the other",
    );
    value(&files("include = ['a.toml', 'b.toml']\n[rules.r]\nlimit = 3"), "rules.r.limit", "3");
    value(&files("include = ['a.toml', 'b.toml']\n[rules.r]\nlimit = 1"), "rules.r.limit", "1");
    value(&files("include = ['a.toml', 'b.toml']\n[rules.r]\nreplace = true"), "rules.r", "{}");
}

#[test]
fn an_includer_decides_for_what_it_includes_and_for_nothing_else() {
    let c = ("c.toml", "[rules.r]\nlimit = 1");
    let a = ("a.toml", "include = ['c.toml']\n[rules.r]\nlimit = 2");
    value(&plain(&[c, a, ("main.toml", "include = ['c.toml', 'a.toml']")]), "rules.r.limit", "2");
    let b = ("b.toml", "include = ['c.toml']\n[rules.r]\nlimit = 3");
    let both = plain(&[c, a, b, ("main.toml", "include = ['a.toml', 'b.toml']")]);
    assert_eq!(errors(&both), [Code::UndecidedInclude]);
    let above = ("above.toml", "include = ['a.toml', 'b.toml']\n[rules.r]\nlimit = 4");
    value(&plain(&[c, a, b, above, ("main.toml", "include = ['above.toml']")]), "rules.r.limit", "4");
}

#[test]
fn keys_that_exclude_each_other_disagree_too() {
    let a = ("a.toml", "[rules.r]\nrate = 'x'");
    let b = ("b.toml", "[rules.r]\nchance = 1");
    let undecided = plain(&[a, b, ("main.toml", "include = ['a.toml', 'b.toml']")]);
    assert_eq!(errors(&undecided), [Code::UndecidedInclude]);
    value(
        &plain(&[a, b, ("main.toml", "include = ['a.toml', 'b.toml']\n[rules.r]\nrate = 'y'")]),
        "rules.r",
        r#"{rate = "y"}"#,
    );
    let every = ("b.toml", "[rules.r]\nevery = '1 day'");
    let chance = ("a.toml", "[rules.r]\nchance = 1");
    value(&plain(&[chance, every, ("main.toml", "include = ['a.toml', 'b.toml']")]), "rules.r.chance", "1");
}

#[test]
fn a_path_means_another_file_in_another_folder() {
    let files = [
        ("a/a.toml", "[data]\nactors = 'x.csv'"),
        ("b/b.toml", "[data]\nactors = 'x.csv'"),
        ("a/x.csv", "id\n"),
        ("b/x.csv", "id\n"),
    ];
    let mut all = files.to_vec();
    all.push(("main.toml", "include = ['a/a.toml', 'b/b.toml']"));
    assert_eq!(errors(&plain(&all)), [Code::UndecidedInclude]);
}

#[test]
fn cycles_are_shown_as_a_chain() {
    let loaded = plain(&[
        ("a.toml", "include = ['b.toml']"),
        ("b.toml", "include = ['a.toml']"),
        ("main.toml", "include = ['a.toml']"),
    ]);
    error(
        &loaded,
        Code::IncludeCycle,
        "'a.toml'",
        "`a.toml` includes itself: a.toml -> b.toml -> a.toml",
        "move what both need into a file that includes neither",
    );
    assert_eq!(errors(&plain(&[("main.toml", "include = ['./x/../main.toml']"), ("x/y", "")])), [Code::IncludeCycle]);
}

#[test]
fn the_root() {
    let lib = ("s/lib/l.toml", "[state]\nx = 1");
    let main = ("s/niger/main.toml", "include = ['../lib/l.toml']");
    let at_main = |files: &[(&str, &str)]| {
        let files = files
            .iter()
            .fold(MemoryFiles::new(), |files, (path, text)| files.file(path, format!("format = 1\n{text}")));
        load(Path::new("s/niger/main.toml"), &LoadOptions::default(), &files)
    };
    assert_eq!(errors(&at_main(&[lib, main])), [Code::OutsideRoot]);
    let loaded = at_main(&[lib, main, ("s/flashpoint.toml", "")]);
    value(&loaded, "state.x.start", "1");
    assert_eq!((loaded.root.as_path(), loaded.scenario_folder.as_path()), (Path::new("/s"), Path::new("/s/niger")));
    assert_eq!(loaded.sources.files()[1].name, "s/lib/l.toml");
    // A link is where it leads.
    let files = MemoryFiles::new()
        .file("s/main.toml", "format = 1\ninclude = ['l.toml']")
        .file("secret", "x")
        .link("s/l.toml", "secret");
    let linked = load(Path::new("s/main.toml"), &LoadOptions::default(), &files);
    assert_eq!(errors(&linked), [Code::OutsideRoot]);
}

#[test]
fn files_that_cannot_be_read() {
    let main = |include: &str| MemoryFiles::new().file("main.toml", format!("format = 1\ninclude = {include}"));
    let loaded = |files: MemoryFiles| load(Path::new("main.toml"), &LoadOptions::default(), &files);
    error(
        &loaded(main("['x.toml']")),
        Code::UnreadableFile,
        "'x.toml'",
        "there is no file `x.toml`",
        "check the path; it is taken from the folder of the file that states it",
    );
    assert_eq!(errors(&loaded(main("['']"))), [Code::UnreadableFile]);
    assert_eq!(errors(&loaded(main("'x.toml'"))), [Code::WrongKind]);
    assert_eq!(errors(&loaded(main("[1]"))), [Code::WrongKind]);
    assert_eq!(errors(&loaded(main("['x.toml']").file("x.toml", b"\xFF\xFEa\0".to_vec()))), [Code::NotText]);
    assert_eq!(errors(&loaded(main("['x.toml']").broken("x.toml", FileError::Forbidden))), [Code::UnreadableFile]);
    assert_eq!(errors(&loaded(main("['x.toml']").file("x.toml", vec![b' '; (16 << 20) + 1]))), [Code::FileTooLarge]);
    assert!(!loaded(main("['x.toml']")).main_unreadable);
    let missing = load(Path::new("main.toml"), &LoadOptions::default(), &MemoryFiles::new());
    assert!(missing.main_unreadable && errors(&missing) == [Code::UnreadableFile]);
    let folder = load(Path::new("s"), &LoadOptions::default(), &MemoryFiles::new().file("s/x", ""));
    assert!(folder.main_unreadable && errors(&folder) == [Code::UnreadableFile]);
    let binary = load(Path::new("x"), &LoadOptions::default(), &MemoryFiles::new().file("x", b"\0".to_vec()));
    assert!(!binary.main_unreadable && errors(&binary) == [Code::NotText]);
}

#[test]
fn every_file_says_its_format() {
    let loaded = |text: &str| load(Path::new("x"), &LoadOptions::default(), &MemoryFiles::new().file("x", text));
    assert_eq!(errors(&loaded("")), [Code::FormatVersion]);
    assert_eq!(errors(&loaded("format = 2")), [Code::FormatVersion]);
    assert_eq!(errors(&loaded("format = '1'")), [Code::FormatVersion]);
    assert_eq!(errors(&loaded("\u{FEFF}format = 1\r\n")), []);
}

#[test]
fn long_chains_end() {
    let mut files = MemoryFiles::new();
    for index in 0..100 {
        files = files.file(&format!("f{index}"), format!("format = 1\ninclude = ['f{}']", index + 1));
    }
    assert_eq!(errors(&load(Path::new("f0"), &LoadOptions::default(), &files)), [Code::TooDeep]);
}
