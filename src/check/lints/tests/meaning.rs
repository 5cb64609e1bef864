//! Overwriting, directions, `since`, parameters that nothing reads, nothing random.

use std::path::Path;

use super::support::{checked, silent, told, warnings, whole};
use crate::check::missing_sources;
use crate::scenario::{LoadOptions, MemoryFiles, load};

const POSTURE: &str = "[attributes.posture]\nvalues = [\"home\", \"preparing\", \"deployed\"]\nstart = \"home\"\n";

/// Two rules that set the posture of an actor, with these further keys.
fn postures(deploy: &str, stand_down: &str) -> String {
    format!(
        "{POSTURE}[rules.deploy]\nactor = \"actors\"\nrate = \"0.1 per day\"\neffects = [\"actor.posture = deployed\"]\n{deploy}\n\
         [rules.stand_down]\nactor = \"actors\"\nrate = \"0.1 per day\"\neffects = [\"actor.posture = home\"]\n{stand_down}\n"
    )
}

#[test]
fn two_rules_set_one_cell() {
    told(
        &postures("", ""),
        "overwritten: `deploy` and `stand_down` can set `france.posture` in one step; then `stand_down` (later in the alphabet) wins",
    );
    let exclusive = "exclusive = \"contingent of {actor}\"";
    silent(&postures(exclusive, exclusive));
    silent(&postures("when = \"actor.posture is home\"", "when = \"actor.posture is deployed\""));
    told(
        &postures("when = \"actor.posture is not deployed\"", "when = \"actor.posture is not preparing\""),
        "overwritten",
    );
    silent(&postures("when = \"fired(noise)\"", "when = \"not fired(noise)\""));
    silent(&postures("when = \"day < 10\"", "when = \"day >= 10\""));
    told(&postures("when = \"day < 10\"", "when = \"day >= 9\""), "overwritten");
    // Who fires once has not fired before: the other waits for it.
    silent(&postures("limit = 1", "when = \"fired(deploy, actor)\""));
}

#[test]
fn the_same_value_is_no_conflict() {
    silent(
        "[state]\nlost = false\n[rules.a]\nrate = \"0.1 per day\"\neffects = [\"lost = true\"]\n\
         [rules.b]\nrate = \"0.1 per day\"\neffects = [\"lost = true\"]\n[measures]\nlost = \"lost\"\n",
    );
    silent(
        "[state]\nlost = false\n[rules.a]\nactor = \"actors\"\nrate = \"0.1 per day\"\neffects = [\"lost = true\"]\n\
         [measures]\nlost = \"lost\"\n",
    );
    told(
        "[attributes.strength]\nrange = [0, 1]\nstart = { uniform = { low = 0, high = 1 } }\n\
         [state.leader]\nrange = [0, 1]\nstart = 0\n\
         [rules.a]\nactor = \"actors\"\nrate = \"0.1 per day\"\neffects = [\"leader = actor.strength\"]\n",
        "overwritten: two of `a` can set `leader` in one step",
    );
}

#[test]
fn options_of_one_decision_never_meet() {
    silent(&format!(
        "{POSTURE}[choices.posture_of]\nactor = \"actors\"\nevery = \"7 days\"\n\
         [choices.posture_of.options.home]\nweight = 1\neffects = [\"actor.posture = home\"]\n\
         [choices.posture_of.options.out]\nweight = 1\neffects = [\"actor.posture = deployed\"]\n"
    ));
}

#[test]
fn what_waits_for_a_day_alone_happens_on_it() {
    let phases = |second: &str| {
        format!(
            "[state.phase]\nvalues = [\"one\", \"two\", \"three\"]\nstart = \"one\"\n\
             [rules.a]\nwhen = \"today >= 2023-08-01\"\nlimit = 1\neffects = [\"phase = two\"]\n\
             [rules.b]\nwhen = \"today >= {second}\"\nlimit = 1\neffects = [\"phase = three\"]\n\
             [measures]\nthird = \"phase is three\"\n"
        )
    };
    silent(&phases("2023-09-01"));
    told(&phases("2023-08-01"), "overwritten");
}

#[test]
fn clocks_and_membership_too() {
    let clock = |effect: &str| {
        format!(
            "[clocks.ultimatum]\n[rules.a]\nrate = \"0.1 per day\"\neffects = [\"start(ultimatum, 7 days)\"]\n\
             [rules.b]\nrate = \"0.1 per day\"\neffects = [\"{effect}\"]\n[measures]\nover = \"expired(ultimatum)\"\n"
        )
    };
    told(&clock("stop(ultimatum)"), "overwritten: `a` and `b` can set the clock `ultimatum`");
    told(&clock("start(ultimatum, 9 days)"), "overwritten");
    silent(&clock("start(ultimatum, 7 days)"));
    let group = |actor: &str, effect: &str| {
        format!(
            "[groups]\nvoters = [\"france\"]\n[rules.a]\nrate = \"0.1 per day\"\nlimit = 1\neffects = [\"join(voters, junta)\"]\n\
             [rules.b]\nactor = \"{actor}\"\nrate = \"0.1 per day\"\neffects = [\"{effect}\"]\n"
        )
    };
    told(&group("france", "leave(voters, junta)"), "overwritten");
    silent(&group("voters", "leave(voters, actor)"));
}

#[test]
fn relations_read_the_wrong_way_round() {
    let scenario = |read: &str, start: &str| {
        format!(
            "[relations.hostility]\nrange = [0, 1]\nstart = 0.1\n[actors.junta.hostility]\n{start}\n\
             [rules.quarrel]\nactor = \"junta\"\ntarget = \"france\"\nrate = \"0.1 per day\"\neffects = [\"hostility(actor, target) += 0.1\"]\n\
             [rules.expel]\nrate = \"{read} per day\"\nlimit = 1\n"
        )
    };
    told(
        &scenario("hostility(france, junta)", ""),
        "nothing-changes-it: nothing gives or changes `hostility(france, junta)`; it stays at its start 0.1",
    );
    silent(&scenario("hostility(junta, france)", ""));
    let given = "[relations.hostility]\nrange = [0, 1]\nstart = 0.1\n[actors.france.hostility]\njunta = 0.3\n\
         [rules.quarrel]\nactor = \"junta\"\ntarget = \"france\"\nrate = \"0.1 per day\"\neffects = [\"hostility(actor, target) += 0.1\"]\n\
         [rules.expel]\nrate = \"hostility(france, junta) per day\"\nlimit = 1\n";
    silent(
        &given
            .replace("[actors.france.hostility]\njunta = 0.3\n", "")
            .replace("start = 0.1", "start = 0.1\nsymmetric = true"),
    );
    silent(&whole(given).replace("[actors.france]\n", ""));
}

#[test]
fn since_holds_before_the_first_time() {
    let rule = |when: &str| format!("[rules.lift]\nwhen = \"{when}\"\nrate = \"0.1 per day\"\n");
    told(&rule("since(noise) >= 6 days"), "since-without-fired: this also holds before `noise` has ever happened");
    silent(&rule("fired(noise) and since(noise) >= 6 days"));
    silent(&rule("since(noise) >= 6 days and fired(noise)"));
    silent(&rule("since(noise) >= 6 days and since(noise) < 30 days"));
    silent(&rule("since(noise) < 6 days"));
    silent(&rule("not fired(noise) or since(noise) >= 6 days"));
    silent(&rule("since(lift) >= 6 days"));
    silent(&rule("times(noise) >= 2 and since(noise) >= 6 days"));
    silent("[measures]\nlate = \"if fired(noise) then since(noise) > 30 days else false\"\n");
    told("[measures]\nlate = \"since(noise) > 30 days\"\n", "since-without-fired");
    silent("[rules.lift]\nwhen = \"fired(noise)\"\nrate = \"(if since(noise) >= 6 days then 0.2 else 0.1) per day\"\n");
}

#[test]
fn parameters_that_nothing_reads() {
    let parameter = "[parameters.cost]\nvalue = 0.3\n";
    told(parameter, "unread: nothing reads `cost`");
    told(&format!("{parameter}[definitions]\ntwice = \"2 * cost\"\n"), "unread");
    silent(&format!("{parameter}[definitions]\ntwice = \"2 * cost\"\n[measures]\nx = \"twice\"\n"));
    silent(&format!("{parameter}[rules.off]\nenabled = false\nrate = \"cost per day\"\n"));
    silent(&format!("{parameter}[attributes.strain]\nrange = [0, 1]\nstart = \"cost\"\n"));
    silent(&format!(
        "{parameter}[parameters.other]\nprior = {{ normal = {{ mean = \"cost\", sd = 1 }} }}\n[measures]\nx = \"other\"\n"
    ));
    let half_life =
        "[parameters.memory]\nvalue = \"30 days\"\n[state.fear]\nrange = [0, 1]\nstart = 0.5\nhalf_life = \"memory\"\n";
    silent(half_life);
}

#[test]
fn nothing_random() {
    let scenario = |added: &str| {
        format!(
            "format = 1\n[scenario]\nstep = \"1 day\"\nhorizon = \"100 days\"\n[actors.junta]\n\
             [rules.vote]\nwhen = \"day >= 30\"\nlimit = 1\n{added}\n[[outcomes]]\nid = \"standoff\"\n"
        )
    };
    told(&scenario(""), "nothing-random: nothing in this scenario is random: all runs are the same");
    silent(&scenario("[parameters.x]\nprior = { uniform = { low = 0, high = 1 } }\n[measures]\nx = \"x\"\n"));
    silent(&scenario("[attributes.x]\nrange = [0, 1]\nstart = { uniform = { low = 0, high = 1 } }\n"));
    silent(&scenario("[rules.x]\nrate = \"0.1 per day\"\n"));
    let choice = "[choices.c]\nlimit = 1\n[choices.c.options.a]\nweight = 1\n";
    told(&scenario(choice), "nothing-random");
    silent(&scenario(&format!("{choice}[choices.c.options.b]\nweight = 1\n")));
}

#[test]
fn sources_are_asked_for_apart() {
    let said = |added: &str| -> Vec<String> {
        let files = MemoryFiles::new().file("scenario.toml", whole(added));
        let loaded = load(Path::new("scenario.toml"), &LoadOptions::default(), &files);
        missing_sources(&loaded).iter().map(|one| one.message.clone()).collect()
    };
    let prior = "[parameters.x]\nprior = { uniform = { low = 0, high = 1 } }\n";
    let measure = "[measures]\nx = \"x\"\n";
    assert_eq!(said(&format!("{prior}{measure}")), ["`x` does not say what its number rests on"]);
    assert_eq!(said(&format!("{prior}basis = \"judgement\"\n{measure}")), Vec::<String>::new());
    assert_eq!(
        said(&format!("{prior}basis = \"data\"\n{measure}")),
        ["`parameters.x` rests on data and does not say which"]
    );
    assert_eq!(said(&format!("{prior}basis = \"data\"\nsource = \"a table\"\n{measure}")), Vec::<String>::new());
    assert_eq!(warnings(&format!("{prior}{measure}")), Vec::<String>::new());
    let _ = checked(&whole(""), &LoadOptions::default());
}
