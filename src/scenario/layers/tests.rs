use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::document::{Table, Value};
use crate::scenario::{FileError, LoadOptions, Loaded, MemoryFiles, load};

fn scenario(files: &[(&str, &str)], options: &LoadOptions) -> Loaded {
    let files = files.iter().fold(MemoryFiles::new(), |files, (path, text)| {
        let text = if path.ends_with(".toml") && !text.contains("format") {
            format!("format = 1\n{text}")
        } else {
            (*text).to_owned()
        };
        files.file(path, text)
    });
    load(Path::new("main.toml"), options, &files)
}

fn plain(files: &[(&str, &str)]) -> Loaded {
    scenario(files, &LoadOptions::default())
}

fn set(text: &str, words: &[&str]) -> Loaded {
    let options = LoadOptions { set: words.iter().map(|word| (*word).to_owned()).collect(), ..LoadOptions::default() };
    scenario(&[("main.toml", text)], &options)
}

fn without(text: &str, word: &str) -> Loaded {
    scenario(&[("main.toml", text)], &LoadOptions { without: vec![word.to_owned()], ..LoadOptions::default() })
}

/// A tree as text, without places: `{a = 1, b = {c = "x"}}`.
fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("{:?}", text.text),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| shown(&item.value)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => {
            let entries: Vec<String> =
                table.entries.iter().map(|(key, entry)| format!("{key} = {}", shown(&entry.node.value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// The value at a path, as text; `-` when there is none.
fn at(table: &Table, path: &str) -> String {
    let mut table = table;
    let mut found = "-".to_owned();
    for key in path.split('.') {
        match table.get(key).map(|node| &node.value) {
            Some(value) => found = shown(value),
            None => return "-".to_owned(),
        }
        if let Some(Value::Table(below)) = table.get(key).map(|node| &node.value) {
            table = below;
        }
    }
    found
}

fn errors(loaded: &Loaded) -> Vec<Code> {
    loaded.diagnostics.iter().map(|one| one.code).filter(|code| *code != Code::Overrides).collect()
}

fn notes(loaded: &Loaded) -> Vec<String> {
    loaded.diagnostics.iter().filter(|one| one.code == Code::Overrides).map(|one| one.message.clone()).collect()
}

#[track_caller]
fn value(loaded: &Loaded, path: &str, expected: &str) {
    assert_eq!(errors(loaded), [], "{:#?}", loaded.diagnostics);
    assert_eq!(at(&loaded.table, path), expected);
}

/// The only error: its code, underlined text, message and first help.
#[track_caller]
fn error(loaded: &Loaded, code: Code, place: &str, message: &str, help: &str) {
    let found: Vec<&Diagnostic> = loaded.diagnostics.iter().filter(|one| one.code != Code::Overrides).collect();
    assert_eq!(found.len(), 1, "{:#?}", loaded.diagnostics);
    let underlined = found[0].primary.as_ref().map_or("", |label| loaded.sources.slice(label.span));
    let told = found[0].help.first().map_or("", String::as_str);
    assert_eq!((found[0].code, underlined, found[0].message.as_str(), told), (code, place, message, help));
}

mod merging {
    use super::*;

    fn two(library: &str, main: &str) -> Loaded {
        plain(&[("lib.toml", library), ("main.toml", &format!("include = [\"lib.toml\"]\n{main}"))])
    }

    #[test]
    fn tables_merge_and_everything_else_is_replaced() {
        let loaded = two(
            "[rules.vote]\nwhen = 'a'\nlimit = 1\neffects = ['x', 'y']",
            "[rules.vote]\nwhen = 'b'\neffects = ['z']",
        );
        value(&loaded, "rules.vote", r#"{effects = ["z"], limit = 1, when = "b"}"#);
        assert_eq!(notes(&loaded), ["overrides lib.toml: rules.vote (effects, when)"]);
        assert_eq!(at(&loaded.table, "include"), "-");
    }

    #[test]
    fn the_same_value_overrides_nothing() {
        let loaded = two("[rules.vote]\nlimit = 1\n[state]\nx = 1", "[rules.vote]\nlimit = 1\n[state.x]\nstart = 1.0");
        value(&loaded, "rules.vote.limit", "1");
        assert!(notes(&loaded).is_empty());
    }

    #[test]
    fn outcomes_are_a_list() {
        let loaded = two("[[outcomes]]\nid = 'a'\n[[outcomes]]\nid = 'b'", "[[outcomes]]\nid = 'c'");
        value(&loaded, "outcomes", r#"[{id = "c"}]"#);
        assert_eq!(notes(&loaded), ["overrides lib.toml: outcomes"]);
    }

    #[test]
    fn short_forms_are_written_out_first() {
        let loaded = two(
            "[state]\nx = { start = true, about = 'x' }\n[measures]\nm = { value = 'a', range = [0, 1] }",
            "[state]\nx = false\nabout = 'all'\n[measures]\nm = 2\nn = true\nk = 'q'",
        );
        value(&loaded, "state", r#"{about = "all", x = {about = "x", start = false}}"#);
        value(&loaded, "measures", r#"{k = {value = "q"}, m = {range = [0, 1], value = 2}, n = {value = true}}"#);
    }

    #[test]
    fn a_role_is_laid_beside_its_table() {
        let loaded = two("[roles.incumbent]\nabout = 'who'\nkind = 'actor'", "[roles]\nincumbent = 'jammeh'");
        value(&loaded, "roles.incumbent", r#"{about = "who", is = "jammeh", kind = "actor"}"#);
        assert!(notes(&loaded).is_empty());
    }

    #[test]
    fn a_role_and_its_player_are_one() {
        let library = "[roles.incumbent]\nkind = 'actor'\n[roles.bloc]\nkind = 'group'\n[groups]\nbloc = []\n[actors.incumbent]\nresolve = 0.5\n[actors.street]\nhostility = { incumbent = 1, bloc = 2 }\n[variants.v.actors.incumbent]\nresolve = 0.9";
        let case = "[roles]\nincumbent = 'jammeh'\nbloc = 'members'\n[groups]\nmembers = ['x']\n[actors.jammeh]\nresolve = 0.7\n[actors.street]\nhostility.jammeh = 3";
        let loaded = two(library, case);
        value(&loaded, "actors", "{jammeh = {resolve = 0.7}, street = {hostility = {jammeh = 3, members = 2}}}");
        assert_eq!(at(&loaded.table, "groups"), r#"{members = ["x"]}"#);
        assert_eq!(notes(&loaded).len(), 3);
        let varied = LoadOptions { variants: vec!["v".to_owned()], ..LoadOptions::default() };
        let files = [("lib.toml", library), ("main.toml", &*format!("include = ['lib.toml']\n{case}"))];
        value(&scenario(&files, &varied), "actors.jammeh.resolve", "0.9");
        let twice = two("", "[roles]\na = 'b'\n[actors.a]\nx = 1\ny = 1\n[actors.b]\nx = 2");
        assert_eq!(errors(&twice), [Code::DisagreeingStarts]);
        value(&two("", "[roles]\na = 'b'\nb = 'a'\n[actors.a]\nx = 1"), "roles.a.is", "\"b\"");
    }

    #[test]
    fn distributions_are_values() {
        let old = "{ normal = { mean = 0, sd = 1 } }";
        let new = "{ normal = { mean = 5 } }";
        for (path, library, main) in [
            ("parameters.p.prior", format!("[parameters.p]\nprior = {old}"), format!("[parameters.p]\nprior = {new}")),
            ("attributes.a.start", format!("[attributes.a]\nstart = {old}"), format!("[attributes.a]\nstart = {new}")),
            ("relations.r.start", format!("[relations.r]\nstart = {old}"), format!("[relations.r]\nstart = {new}")),
            ("state.s.start", format!("[state.s]\nstart = {old}"), format!("[state.s]\nstart = {new}")),
            ("actors.x.a", format!("[actors.x]\na = {old}"), format!("[actors.x]\na = {new}")),
            ("actors.x.r.y", format!("[actors.x]\nr = {{ y = {old}, z = 1 }}"), format!("[actors.x.r]\ny = {new}")),
            ("rules.q.draws.d", format!("[rules.q]\ndraws.d = {old}"), format!("[rules.q]\ndraws.d = {new}")),
            (
                "rules.q.later.l.draws.d",
                format!("[rules.q.later.l]\ndraws.d = {old}"),
                format!("[rules.q.later.l]\ndraws.d = {new}"),
            ),
            (
                "choices.c.options.o.draws.d",
                format!("[choices.c.options.o]\ndraws.d = {old}"),
                format!("[choices.c.options.o]\ndraws.d = {new}"),
            ),
            (
                "choices.c.options.o.later.l.draws.d",
                format!("[choices.c.options.o.later.l]\ndraws.d = {old}"),
                format!("[choices.c.options.o.later.l]\ndraws.d = {new}"),
            ),
        ] {
            value(&two(&library, &main), path, "{normal = {mean = 5}}");
        }
        let cells =
            two("[actors.x]\nr = { y = 1, z = 2 }", "[actors.x]\nr = { y = { uniform = { low = 0, high = 1 } } }");
        value(&cells, "actors.x.r", "{y = {uniform = {high = 1, low = 0}}, z = 2}");
        // A measure may be called like a distribution, and is none.
        let named = two("[measures]\nnormal = 'a'", "[measures.normal]\nrange = [0, 1]");
        value(&named, "measures.normal", r#"{range = [0, 1], value = "a"}"#);
    }

    #[test]
    fn keys_that_exclude_each_other() {
        let distribution = "{ flip = { probability = 1 } }";
        for (library, main, path, expected) in [
            (
                "[parameters.p]\nvalue = 1",
                format!("[parameters.p]\nprior = {distribution}"),
                "parameters.p",
                "{prior = {flip = {probability = 1}}}",
            ),
            (
                &*format!("[parameters.p]\nprior = {distribution}\nrange = [0, 1]"),
                "[parameters.p]\nvalue = 1".into(),
                "parameters.p",
                "{range = [0, 1], value = 1}",
            ),
            ("[rules.r]\nchance = 1\nevery = '2 days'", "[rules.r]\nrate = 'x'".into(), "rules.r", r#"{rate = "x"}"#),
            (
                "[rules.r]\nrate = 'x'",
                "[rules.r]\nchance = 1\nevery = '2 days'".into(),
                "rules.r",
                r#"{chance = 1, every = "2 days"}"#,
            ),
            (
                "[rules.r]\nchance = 1",
                "[rules.r]\nevery = '2 days'".into(),
                "rules.r",
                r#"{chance = 1, every = "2 days"}"#,
            ),
            ("[choices.r]\nrate = 'x'", "[choices.r]\nevery = '2 days'".into(), "choices.r", r#"{every = "2 days"}"#),
            (
                "[choices.c.options.o]\nutility = 1",
                "[choices.c.options.o]\nweight = 2".into(),
                "choices.c.options.o",
                "{weight = 2}",
            ),
            (
                "[choices.c.options.o]\nweight = 1",
                "[choices.c.options.o]\nutility = 2".into(),
                "choices.c.options.o",
                "{utility = 2}",
            ),
        ] {
            let loaded = two(library, &main);
            value(&loaded, path, expected);
        }
        let loaded = two("[rules.r]\nchance = 1\nevery = '2 days'", "[rules.r]\nrate = 'x'");
        assert_eq!(notes(&loaded), ["overrides lib.toml: rules.r (rate instead of chance, rate instead of every)"]);
        // Both in one file are left for the check.
        value(&two("", "[rules.r]\nrate = 'x'\nchance = 1"), "rules.r", r#"{chance = 1, rate = "x"}"#);
    }

    #[test]
    fn replace_starts_afresh() {
        let loaded =
            two("[rules.r]\nwhen = 'a'\nlimit = 1\n[rules.q]\nlimit = 2", "[rules.r]\nreplace = true\nwhen = 'b'");
        value(&loaded, "rules", r#"{q = {limit = 2}, r = {when = "b"}}"#);
        assert_eq!(notes(&loaded), ["overrides lib.toml: rules.r (all)"]);
        value(&two("[rules.r]\nlimit = 1", "[rules.r]\nreplace = false"), "rules.r", "{limit = 1}");
        value(&two("", "[rules.r]\nreplace = true\nlimit = 1"), "rules.r", "{limit = 1}");
        value(&two("[actors.x]\nr = { y = 1, z = 2 }", "[actors.x.r]\nreplace = true\ny = 3"), "actors.x.r", "{y = 3}");
        value(&two("[groups]\na = ['x']\nb = ['y']", "[groups]\nreplace = true\nc = []"), "groups", "{c = []}");
    }

    #[test]
    fn other_kinds_replace_each_other() {
        value(&two("[actors.x]\na = 1", "[actors.x.a]\ny = 2"), "actors.x.a", "{y = 2}");
        value(&two("[actors.x.a]\ny = 2", "[actors.x]\na = 1"), "actors.x.a", "1");
        value(&two("[actors.x]\na = { flip = { probability = 1 } }", "[actors.x.a]\ny = 2"), "actors.x.a", "{y = 2}");
    }
}

mod including {
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
        assert_eq!(
            errors(&plain(&[("main.toml", "include = ['./x/../main.toml']"), ("x/y", "")])),
            [Code::IncludeCycle]
        );
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
        assert_eq!(
            errors(&loaded(main("['x.toml']").file("x.toml", vec![b' '; (16 << 20) + 1]))),
            [Code::FileTooLarge]
        );
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
}

mod variants {
    use super::*;

    const MAIN: &str = "include = ['lib.toml']\n[parameters.p]\nvalue = 1\n[variants.firm]\nabout = 'hard line'\nparameters.p.value = 2\nstate.s = false\n[variants.soft]\nparameters.p.value = 3\nrules.r = { replace = true, limit = 9 }";
    const LIB: &str = "[scenario]\n[state]\ns = true\n[rules.r]\nwhen = 'a'\nlimit = 1\n[variants.odd]\nscenario.horizon = '9 days'\n[variants.firm]\nrules.r.limit = 5";

    fn with(names: &[&str]) -> Loaded {
        let options =
            LoadOptions { variants: names.iter().map(|name| (*name).to_owned()).collect(), ..LoadOptions::default() };
        scenario(&[("lib.toml", LIB), ("main.toml", MAIN)], &options)
    }

    #[test]
    fn they_are_laid_over_in_order() {
        value(&with(&[]), "parameters.p.value", "1");
        value(&with(&[]), "variants", "-");
        value(&with(&["firm"]), "parameters.p.value", "2");
        value(&with(&["firm"]), "state.s", "{start = false}");
        value(&with(&["firm"]), "rules.r", r#"{limit = 5, when = "a"}"#);
        value(&with(&["firm", "soft"]), "parameters.p.value", "3");
        value(&with(&["soft", "firm"]), "parameters.p.value", "2");
        value(&with(&["soft"]), "rules.r", "{limit = 9}");
        value(&with(&["odd"]), "scenario.horizon", "\"9 days\"");
        let listed: Vec<(String, Option<String>)> =
            with(&[]).variants.into_iter().map(|one| (one.name, one.about)).collect();
        assert_eq!(
            listed,
            [("firm".to_owned(), Some("hard line".to_owned())), ("odd".to_owned(), None), ("soft".to_owned(), None)]
        );
        assert!(!with(&[]).is_library);
    }

    #[test]
    fn unknown_ones_are_told() {
        error(&with(&["fimr"]), Code::UnknownVariant, "fimr", "there is no variant `fimr`", "did you mean `firm`?");
        error(
            &with(&["x"]),
            Code::UnknownVariant,
            "x",
            "there is no variant `x`",
            "choose one of `firm`, `odd`, `soft`",
        );
    }

    #[test]
    fn some_things_they_may_not_change() {
        let loaded = plain(&[(
            "main.toml",
            "[variants.v]\nscenario.start = 2020-01-01\nscenario.step = '1 day'\nhistory.until = 2020-01-01\ninclude = []\nvariants = {}",
        )]);
        assert_eq!(errors(&loaded), [Code::UnknownKey; 5]);
        assert_eq!(errors(&plain(&[("main.toml", "variants = 1")])), [Code::WrongKind]);
        assert_eq!(errors(&plain(&[("main.toml", "[variants]\nx = 1\nabout = 'x'")])), [Code::WrongKind]);
    }
}

mod words {
    use super::*;

    const TEXT: &str = "[parameters]\np.value = 1\nq.prior = { flip = { probability = 0.5 } }\n[state]\ns = true\n[attributes.resolve]\nrange = [0, 1]\n[relations.hostility]\n[relations.trade]\nsymmetric = true\n[roles]\nincumbent = 'junta'\nbloc = 'members'\n[groups]\nmembers = ['france']\n[actors.france]\nresolve = 0.5\ntrade.junta = 1\nhostility.incumbent = 0.5\n[actors.incumbent]\nresolve = 0.1\n[rules.vote]\nrate = 'x'\n[choices.answer]\nlimit = 1\noptions.yes.weight = 1\n[flows.drift]\n[flows.vote]\n[measures]\nm = 'a'\n[definitions]\n'net(m)' = 'm.x'";

    #[track_caller]
    fn sets(words: &[&str], path: &str, expected: &str) {
        value(&set(TEXT, words), path, expected);
    }

    #[test]
    fn names_and_paths() {
        sets(&["p=2"], "parameters.p", "{value = 2}");
        sets(&["p=5 days"], "parameters.p.value", "\"5 days\"");
        sets(&["q=0.25"], "parameters.q", "{value = 0.25}");
        sets(&["p={ uniform = { low = 0, high = 1 } }"], "parameters.p", "{prior = {uniform = {high = 1, low = 0}}}");
        sets(&["parameters.p=3"], "parameters.p", "{value = 3}");
        sets(&["parameters.p.range=[0, 5]"], "parameters.p", "{range = [0, 5], value = 1}");
        sets(&["s=false"], "state.s", "{start = false}");
        sets(&["state.s=false"], "state.s", "{start = false}");
        sets(&["france.resolve=0.9"], "actors.france.resolve", "0.9");
        sets(&["actors.france.resolve = \"p * 2\""], "actors.france.resolve", "\"p * 2\"");
        sets(&["incumbent.resolve=0.9"], "actors.junta", "{resolve = 0.9}");
        sets(&["junta.resolve=0.9"], "actors.junta", "{resolve = 0.9}");
        sets(&["actors.incumbent={ resolve = 0.9 }"], "actors.junta", "{resolve = 0.9}");
        sets(&["roles.incumbent=niger", "incumbent.resolve=0.9"], "actors.niger.resolve", "0.9");
        sets(&["hostility(france, junta)=0.7"], "actors.france.hostility", "{junta = 0.7}");
        sets(&["hostility(france, incumbent)=0.7"], "actors.france.hostility", "{junta = 0.7}");
        sets(&["actors.france.hostility.junta=0.7"], "actors.france.hostility", "{junta = 0.7}");
        sets(&["trade(junta, france)=2"], "actors.france", "{hostility = {junta = 0.5}, resolve = 0.5, trade = {}}");
        sets(&["rules.vote.rate=0.1 per day"], "rules.vote", r#"{rate = "0.1 per day"}"#);
        sets(&["rules.vote.chance=0.1"], "rules.vote", "{chance = 0.1}");
        sets(&["definitions.\"net(m)\"=\"1 == 2\""], "definitions.net(m)", "\"1 == 2\"");
        sets(&["measures.m=3"], "measures.m", "{value = 3}");
        sets(&["roles.incumbent=niger"], "roles.incumbent", "{is = \"niger\"}");
        sets(&["groups.members=[]"], "groups.members", "[]");
        sets(&["scenario.horizon=9 days"], "scenario.horizon", "\"9 days\"");
        sets(&["p=2", "p=3"], "parameters.p.value", "3");
        sets(&["p=-0.5"], "parameters.p.value", "-0.5");
        sets(&["p=2023-08-25"], "parameters.p.value", "2023-08-25");
    }

    #[test]
    fn mistakes() {
        #[track_caller]
        fn check(word: &str, place: &str, message: &str, help: &str) {
            error(&set(TEXT, &[word]), Code::BadSet, place, message, help);
        }
        check("p", "p", "`p` sets nothing", "write `--set NAME=VALUE`, such as `--set ultimatum=\"3 days\"`");
        check("p=", "p=", "nothing stands after `=`", "write `--set p=VALUE`");
        check("x=1", "x", "there is no parameter or state `x`", "name one of `p`, `q`, `s`");
        check(
            "resolve=1",
            "resolve",
            "`resolve` is no parameter or state but the name of an attribute",
            "say whose: `--set france.resolve=VALUE`",
        );
        check("frnace.resolve=1", "frnace", "there is no actor `frnace`", "did you mean `france`?");
        check("france.resolv=1", "resolv", "there is no attribute `resolv`", "did you mean `resolve`?");
        check(
            "france.hostility=1",
            "hostility",
            "`hostility` is between two actors",
            "write `--set \"hostility(france, OTHER)=VALUE\"`",
        );
        check("hostilty(france, junta)=1", "hostilty", "there is no relation `hostilty`", "did you mean `hostility`?");
        check("hostility(france, members)=1", "members", "`members` is a group", "name one of its members");
        check("hostility(france, bloc)=1", "bloc", "`bloc` is a group", "name one of its members");
        check("rules.vot.rate=1", "vot", "there is no rule `vot`", "did you mean `vote`?");
        check("rules.vote=1", "rules.vote", "`rules.vote` is a table, not a value", "name one of its keys: `rate`");
        check(
            "parametres.p.value=1",
            "parametres",
            "there is no part of a scenario `parametres`",
            "did you mean `parameters`?",
        );
        check(
            "p=[1, 2",
            "[1, 2",
            "`[1, 2` is not a value",
            "write it as in a scenario file, and put the whole word between single quotes for the shell",
        );
        assert_eq!(errors(&set(TEXT, &["p=nan"])), [Code::WrongKind]);
        for word in [
            "=1",
            "a b=1",
            "hostility(france)=1",
            "p\n=1",
            "p..q=1",
            "[x]=1",
            "p = 1\nq = 2",
            "\"=\"=1",
            "(=1",
            "a(b,c)d=1",
            "\u{e9}=1",
            "p=#",
        ] {
            let loaded = set(TEXT, &[word]);
            assert!(errors(&loaded) == [Code::BadSet] || !loaded.has_errors(), "{word}");
        }
    }

    #[test]
    fn places_lie_in_the_word() {
        let loaded = set(TEXT, &["p= 5 days "]);
        let Some(Value::Table(p)) = loaded.table.get("parameters").map(|node| &node.value) else { panic!("no table") };
        let Some(Value::Table(p)) = p.get("p").map(|node| &node.value) else { panic!("no table") };
        let Value::Text(text) = &p.entries["value"].node.value else { panic!("no text") };
        assert_eq!((loaded.sources.slice(text.span), loaded.sources.slice(text.place(2, 6))), ("5 days", "days"));
        assert_eq!(loaded.sources.slice(p.entries["value"].key), "p");
    }

    #[test]
    fn switching_off() {
        value(&without(TEXT, "answer"), "choices.answer.enabled", "false");
        value(&without(TEXT, "answer.yes"), "choices.answer.options.yes", "{enabled = false, weight = 1}");
        value(&without(TEXT, "choices.answer.options.yes"), "choices.answer.options.yes.enabled", "false");
        value(&without(TEXT, "drift"), "flows.drift", "{enabled = false}");
        value(&without(TEXT, "rules.vote"), "rules.vote.enabled", "false");
        error(
            &without(TEXT, "vote"),
            Code::BadSet,
            "vote",
            "`vote` can be several things",
            "name one of `rules.vote`, `flows.vote`",
        );
        error(
            &without(TEXT, "drfit"),
            Code::BadSet,
            "drfit",
            "there is no rule, choice, option or flow `drfit`",
            "did you mean `drift`?",
        );
        assert_eq!(errors(&without(TEXT, "hostility(a, b)")), [Code::BadSet]);
        assert_eq!(errors(&without(TEXT, "")), [Code::BadSet]);
    }
}

mod data {
    use super::*;

    const MAIN: &str = "include = ['lib/l.toml']\n[history]\nfile = 'observed.csv'\n[parameters.p]\nprior = { empirical = { file = 'x.csv', column = 'v' } }";
    const FILES: [(&str, &str); 4] = [
        (
            "lib/l.toml",
            "[data]\nactors = 'a.csv'\ndyads = ['a.csv', 'd.csv']\n[parameters.q]\nprior = { empirical = { file = '../x.csv', column = 'v' } }",
        ),
        ("lib/a.csv", "id\njunta\n"),
        ("observed.csv", "date,rule\n"),
        ("x.csv", "v\n1\n2\n"),
    ];

    #[test]
    fn tables_are_found_from_the_file_that_states_them() {
        let mut files = FILES.to_vec();
        files.extend([("main.toml", MAIN), ("lib/d.csv", "from,to\n")]);
        let loaded = plain(&files);
        assert_eq!(errors(&loaded), []);
        let paths: Vec<&str> = loaded.data.files().iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["lib/a.csv", "lib/d.csv", "observed.csv", "x.csv"]);
        let Some(Value::Table(data)) = loaded.table.get("data").map(|node| &node.value) else { panic!("no table") };
        assert_eq!(loaded.data.named_at(data.entries["actors"].node.span).map(|file| file.table.row_count()), Some(1));
        assert_eq!(loaded.folder_of(data.entries["actors"].node.span.source), Path::new("lib"));
    }

    #[test]
    fn tables_that_cannot_be_read() {
        let mut files = FILES.to_vec();
        files.push(("main.toml", MAIN));
        error(
            &plain(&files),
            Code::UnreadableFile,
            "'d.csv'",
            "there is no file `lib/d.csv`",
            "check the path; it is taken from the folder of the file that states it",
        );
        files.push(("lib/d.csv", "from;to\na;b\n"));
        error(
            &plain(&files),
            Code::BadTable,
            "from;to",
            "the separator looks like `;`",
            "save with commas between the cells; the decimal mark is a point",
        );
    }
}

mod fingerprints {
    use super::*;

    const BASE: &str = "[state]\nx = 1\n[rules.r]\nlimit = 2\nwhen = 'a > 1'";

    #[track_caller]
    fn check(other: &[(&str, &str)], same: bool) {
        let (base, other) = (plain(&[("main.toml", BASE)]), plain(other));
        assert_eq!((errors(&base), errors(&other)), (vec![], vec![]));
        assert_eq!(base.fingerprint().len(), 64);
        assert_eq!(base.fingerprint() == other.fingerprint(), same);
    }

    #[test]
    fn only_content_counts() {
        check(
            &[(
                "main.toml",
                "# note\nrules.r.when   = \"a > 1\"\nrules.r.limit = 2\r\nrules.r.about = 'x'\nrules.r.source = 'y'\n[state.x]\nstart = 1.0\n",
            )],
            true,
        );
        check(
            &[
                ("lib.toml", "[state]\nx = 1"),
                ("main.toml", "include = ['lib.toml']\n[rules.r]\nwhen = 'a > 1'\nlimit = 2"),
            ],
            true,
        );
        check(
            &[("main.toml", "[variants.v]\nstate.x = 2\n[state]\nx = 1\n[rules.r]\nlimit = 2\nwhen = 'a > 1'")],
            true,
        );
        check(&[("main.toml", "[state]\nx = 1\n[rules.r]\nlimit = 2\nwhen = 'a > 2'")], false);
        check(&[("main.toml", "[state]\nx = true\n[rules.r]\nlimit = 2\nwhen = 'a > 1'")], false);
        check(&[("main.toml", "[state]\nx = 1\n[rules.r]\nlimit = 2\nwhen = 'a > 1'\nlabel = ''")], false);
    }

    #[test]
    fn tables_of_data_count_by_content() {
        let with = |path: &str, text: &str, main: &str| plain(&[("main.toml", main), (path, text)]).fingerprint();
        let base = with("a.csv", "id,x\na,1\n", "data.actors = 'a.csv'");
        assert_eq!(base, with("b.csv", "\"id\" ,x\r\na, 1\r\n\r\n", "data.actors = 'b.csv'"));
        assert_ne!(base, with("a.csv", "id,x\na,2\n", "data.actors = 'a.csv'"));
        let empirical = |path: &str| {
            with(path, "v\n1\n", &format!("parameters.p.prior.empirical = {{ file = '{path}', column = 'v' }}"))
        };
        assert_ne!(empirical("a.csv"), empirical("b.csv"));
    }
}
