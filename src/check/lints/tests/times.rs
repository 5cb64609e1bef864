//! Durations and steps.

use super::support::{silent, told, warnings};

fn with_step(step: &str, added: &str) -> String {
    format!(
        "format = 1\n[scenario]\nstep = \"{step}\"\nhorizon = \"140 days\"\n[actors.junta]\n\
         [rules.noise]\nrate = \"0.1 per day\"\n{added}\n[[outcomes]]\nid = \"standoff\"\n"
    )
}

#[test]
fn what_is_due_inside_a_step() {
    let later = "[state]\ngone = false\n[rules.order]\nrate = \"0.1 per day\"\nlimit = 1\n\
         later.flight = { after = \"7 days\", effects = [\"gone = true\"] }\n[measures]\ngone = \"gone\"\n";
    told(
        &with_step("2 days", later),
        "between-steps: 7 days fall inside a step of 2 days: `flight` comes after 8 days",
    );
    silent(&with_step("1 day", later));
    let clock = "[clocks.c]\n[rules.order]\nrate = \"0.1 per day\"\nlimit = 1\neffects = [\"start(c, 7 days)\"]\n\
         [measures]\nover = \"expired(c)\"\n";
    told(&with_step("2 days", clock), "between-steps: 7 days fall inside a step of 2 days: `c` is over after 8 days");
    silent(&with_step("7 days", clock));
    let every = "[rules.meet]\nevery = \"7 days\"\n";
    told(&with_step("2 days", every), "between-steps: 7 days fall inside a step of 2 days: `meet` comes every 8 days");
    // A time that is drawn falls anywhere.
    let drawn = "[parameters.notice]\nprior = { uniform = { low = \"2 days\", high = \"9 days\" } }\n";
    silent(&with_step("2 days", &format!("{drawn}{}", clock.replace("7 days", "notice"))));
    let lever = "[parameters.notice]\nvalue = \"7 days\"\n";
    told(&with_step("2 days", &format!("{lever}{}", clock.replace("7 days", "notice"))), "between-steps");
}

#[test]
fn cooldowns() {
    let chance = |cooldown: &str| format!("[rules.protest]\nchance = 0.1\ncooldown = \"{cooldown}\"\n");
    told(
        &with_step("1 day", &chance("6 hours")),
        "cooldown-too-short: a cooldown of 6 hours does nothing: it is no longer than a step of 1 day",
    );
    told(&with_step("1 day", &chance("1 day")), "cooldown-too-short");
    silent(&with_step("1 day", &chance("2 days")));
    told(
        &with_step("2 days", &chance("3 days")),
        "between-steps: 3 days fall inside a step of 2 days: `protest` rests 4 days",
    );
    let rate = |cooldown: &str| format!("[rules.protest]\nrate = \"0.1 per day\"\ncooldown = \"{cooldown}\"\n");
    told(&with_step("1 day", &rate("12 hours")), "cooldown-too-short");
    silent(&with_step("1 day", &rate("1 day")));
    silent(&with_step("1 day", &rate("30 days")));
}

#[test]
fn clocks_that_are_over_before_anybody_looks() {
    let scenario = |length: &str, answer: &str| {
        with_step(
            "2 days",
            &format!(
                "[clocks.expulsion]\n[rules.expel]\nrate = \"0.1 per day\"\nlimit = 1\neffects = [\"start(expulsion, {length})\"]\n\
                 [rules.answer]\nwhen = \"running(expulsion)\"\n{answer}\n"
            ),
        )
    };
    told(
        &scenario("48 hours", "limit = 1"),
        "clock-never-seen: `expulsion` never shows as running to `answer`: it is over by the first step after its start",
    );
    silent(&scenario("4 days", "limit = 1"));
    // A rate looks in the middle of the step.
    silent(&scenario("48 hours", "rate = \"0.1 per day\""));
    told(&scenario("24 hours", "rate = \"0.1 per day\""), "clock-never-seen");
    // One remark for one clock.
    assert_eq!(warnings(&scenario("24 hours", "limit = 1")).len(), 1);
}
