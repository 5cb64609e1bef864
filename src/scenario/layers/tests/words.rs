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
