use super::*;

fn two(library: &str, main: &str) -> Loaded {
    plain(&[("lib.toml", library), ("main.toml", &format!("include = [\"lib.toml\"]\n{main}"))])
}

#[test]
fn tables_merge_and_everything_else_is_replaced() {
    let loaded =
        two("[rules.vote]\nwhen = 'a'\nlimit = 1\neffects = ['x', 'y']", "[rules.vote]\nwhen = 'b'\neffects = ['z']");
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
    let cells = two("[actors.x]\nr = { y = 1, z = 2 }", "[actors.x]\nr = { y = { uniform = { low = 0, high = 1 } } }");
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
        ("[rules.r]\nchance = 1", "[rules.r]\nevery = '2 days'".into(), "rules.r", r#"{chance = 1, every = "2 days"}"#),
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
    let loaded = two("[rules.r]\nwhen = 'a'\nlimit = 1\n[rules.q]\nlimit = 2", "[rules.r]\nreplace = true\nwhen = 'b'");
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
