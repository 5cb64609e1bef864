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
    error(&with(&["x"]), Code::UnknownVariant, "x", "there is no variant `x`", "choose one of `firm`, `odd`, `soft`");
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
