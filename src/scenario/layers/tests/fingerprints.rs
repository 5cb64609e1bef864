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
    check(&[("main.toml", "[variants.v]\nstate.x = 2\n[state]\nx = 1\n[rules.r]\nlimit = 2\nwhen = 'a > 1'")], true);
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
