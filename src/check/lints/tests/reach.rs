//! What can never happen, and outcomes.

use super::support::{checked, silent, told, warnings, whole};
use crate::diagnostic::Severity;
use crate::scenario::LoadOptions;

fn guarded(declared: &str, when: &str) -> String {
    format!("{declared}[rules.intervene]\nwhen = \"{when}\"\nrate = \"0.1 per day\"\n")
}

#[test]
fn a_guard_that_nothing_brings_about() {
    let state = "[state]\nactivated = false\n";
    told(
        &guarded(state, "activated"),
        "never-fires: `intervene` can never fire: `activated` starts false and nothing sets it",
    );
    told(&guarded(state, "day > 3 and activated"), "never-fires");
    silent(&guarded(state, "not activated"));
    silent(&guarded(
        &format!("{state}[rules.act]\nrate = \"0.1 per day\"\neffects = [\"activated = true\"]\n"),
        "activated",
    ));
    told(
        &guarded(
            &format!("{state}[rules.act]\nenabled = false\nrate = \"0.1 per day\"\neffects = [\"activated = true\"]\n"),
            "activated",
        ),
        "never-fires",
    );
    let posture = "[state.posture]\nvalues = [\"home\", \"ready\", \"out\"]\nstart = \"home\"\n\
         [rules.deploy]\nrate = \"0.1 per day\"\neffects = [\"posture = out\"]\n";
    told(&guarded(posture, "posture is ready"), "never-fires: `intervene` can never fire: `posture` is never `ready`");
    silent(&guarded(posture, "posture is out"));
    let number = "[state.tension]\nrange = [0, 1]\nstart = 0.2\n";
    told(
        &guarded(number, "tension > 0.5"),
        "never-fires: `intervene` can never fire: `tension` starts at 0.2 and nothing changes it",
    );
    let rising = format!("{number}[rules.rise]\nrate = \"0.1 per day\"\nlimit = 2\neffects = [\"tension += 0.1\"]\n");
    told(
        &guarded(&rising, "tension > 0.5"),
        "never-fires: `intervene` can never fire: `tension` stays from 0.2 to 0.4",
    );
    silent(&guarded(&rising, "tension > 0.35"));
    told(&guarded("", "day > 400"), "never-fires: `intervene` can never fire: `day` stays from 0 to 364");
}

#[test]
fn events_and_clocks_that_never_come() {
    told(
        &guarded("[rules.order]\nenabled = false\nrate = \"0.1 per day\"\n", "fired(order)"),
        "never-fires: `intervene` can never fire: `order` is switched off (`enabled = false`)",
    );
    told(
        &guarded("[clocks.c]\n", "expired(c)"),
        "never-fires: `intervene` can never fire: nothing starts the clock `c`",
    );
    // Who waits for what never happens never happens either.
    let chain = "[state]\nx = false\n[rules.one]\nwhen = \"x\"\nrate = \"0.1 per day\"\n";
    assert_eq!(
        warnings(&guarded(chain, "fired(one)")),
        [
            "never-fires: `one` can never fire: `x` starts false and nothing sets it",
            "never-fires: `intervene` can never fire: `one` can never happen itself",
        ]
    );
    // Two that wait for each other.
    let circle = "[rules.a]\nwhen = \"fired(b)\"\nrate = \"0.1 per day\"\n[rules.b]\nwhen = \"fired(a)\"\nrate = \"0.1 per day\"\n";
    assert_eq!(warnings(circle).len(), 2);
}

#[test]
fn options_and_flows_too() {
    let choice = "[state]\nx = false\n[choices.c]\nevery = \"7 days\"\n[choices.c.options.a]\nweight = 1\n\
         [choices.c.options.b]\nweight = 1\nwhen = \"x\"\n";
    told(choice, "never-fires: `c.b` can never be picked: `x` starts false and nothing sets it");
    let flow = "[state]\nx = false\n[state.y]\nrange = [0, 1]\nstart = 0\n[flows.f]\nwhen = \"x\"\neffects = [\"y += 0.1 per day\"]\n";
    told(flow, "never-fires: `f` can never act");
}

#[test]
fn levers_and_empty_groups_are_no_reason() {
    silent(&guarded("[parameters.lever]\nvalue = false\n", "lever"));
    silent(&guarded("[parameters.level]\nvalue = 0\nrange = [0, 1]\n", "level > 0.5"));
    silent(&guarded("[parameters.free]\nvalue = false\n[state]\ndetained = \"not free\"\n", "not detained"));
    silent(&guarded("[groups]\nallies = []\n", "any(a in allies: true)"));
    let library = "[groups]\nallies = []\n[rules.pledge]\nactor = \"allies\"\nrate = \"0.1 per day\"\n";
    silent(&guarded(library, "fired(pledge)"));
}

#[test]
fn what_the_command_switches_off_is_an_experiment() {
    let text = whole(&guarded(
        "[state]\nactivated = false\n[rules.order]\nrate = \"0.1 per day\"\neffects = [\"activated = true\"]\n",
        "fired(order) and activated",
    ));
    let without = LoadOptions { without: vec!["order".to_owned()], ..LoadOptions::default() };
    let (_, diagnostics) = checked(&text, &without);
    assert!(diagnostics.iter().all(|one| one.severity != Severity::Warning), "{diagnostics:#?}");
}

fn outcomes(declared: &str, whens: &[&str]) -> String {
    let mut text =
        "format = 1\n[scenario]\nstep = \"1 day\"\nhorizon = \"100 days\"\n[actors.junta]\n[actors.france]\n"
            .to_owned();
    text.push_str("[rules.a]\nrate = \"0.1 per day\"\n[rules.b]\nrate = \"0.1 per day\"\n");
    text.push_str(declared);
    for (at, when) in whens.iter().enumerate() {
        text.push_str(&format!("[[outcomes]]\nid = \"o{at}\"\nwhen = \"{when}\"\n"));
    }
    text.push_str("[[outcomes]]\nid = \"standoff\"\n");
    text
}

#[test]
fn outcomes_behind_others() {
    let told = |whens: &[&str]| {
        told(&outcomes("", whens), "unreachable-outcome: `o1` cannot be reached: whenever it holds, `o0` above holds")
    };
    told(&["fired(a)", "fired(a) and day > 50"]);
    told(&["fired(a) or fired(b)", "fired(b)"]);
    told(&["day > 10", "day >= 20"]);
    told(&["times(a) >= 2", "times(a) > 3"]);
    told(&["fired(a) and not (fired(b) and times(b) > 1)", "not fired(b) and fired(a)"]);
    let silent = |whens: &[&str]| silent(&outcomes("", whens));
    silent(&["fired(a) and day > 50", "fired(a)"]);
    silent(&["fired(a)", "fired(b)"]);
    silent(&["day > 20", "day > 10"]);
    // What an event of the step brings about comes before what its end brings.
    silent(&["day >= 20", "day >= 20 and fired(a)"]);
    silent(&["fired(a)", "fired(a) or fired(b)"]);
}

#[test]
fn outcomes_of_choices_and_definitions() {
    let choice = "[choices.c]\nevery = \"9 days\"\n[choices.c.options.x]\nweight = 1\n[choices.c.options.y]\nweight = 1\n\
         [definitions]\nover = \"fired(c)\"\n";
    told(&outcomes(choice, &["over", "fired(c.x) and day > 3"]), "unreachable-outcome");
    silent(&outcomes(choice, &["fired(c.x)", "over"]));
}

#[test]
fn outcomes_that_hold_at_the_start() {
    told(
        &outcomes(
            "[state]\ndetained = false\n[rules.c]\nrate = \"0.1 per day\"\neffects = [\"detained = true\"]\n",
            &["not detained"],
        ),
        "holds-at-start: `o0` holds on day 0 in every run",
    );
    silent(&outcomes("[state]\ndetained = { start = { flip = { probability = 0.5 } } }\n", &["not detained"]));
    silent(&outcomes(
        "[state]\ndetained = true\n[rules.c]\nrate = \"0.1 per day\"\neffects = [\"detained = false\"]\n",
        &["not detained"],
    ));
    told(&outcomes("", &["not fired(a)"]), "holds-at-start");
    told(&outcomes("", &["day < 5"]), "holds-at-start");
    silent(&outcomes("", &["day > 5"]));
}
