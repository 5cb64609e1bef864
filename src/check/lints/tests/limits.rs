//! Chances, rates, divisors.

use super::support::{silent, told};

/// An attribute that really moves over all of its range.
const SUPPORT: &str = r#"
[attributes.support]
range = [0, 1]
start = 0.5
[flows.swing]
actor = "actors"
effects = ["actor.support += (if month(today) <= 6 then 1 else -1) * 1 per month"]
"#;

fn with_support(rest: &str) -> String {
    format!("{SUPPORT}{rest}")
}

#[test]
fn a_chance_that_leaves_the_unit_interval() {
    let rule = |chance: &str| with_support(&format!("[rules.accept]\nactor = \"junta\"\nchance = \"{chance}\"\n"));
    told(
        &rule("0.4 + 0.8 * actor.support"),
        "chance-out-of-range: the chance of `accept` can leave [0, 1]: from 0.4 (`junta.support` 0) to 1.2 (`junta.support` 1)",
    );
    silent(&rule("0.4 + 0.5 * actor.support"));
    silent(&rule("clamp(0.4 + 0.8 * actor.support, 0, 1)"));
    // Read twice, a place still has one value.
    silent(&rule("0.5 + actor.support - 0.8 * actor.support"));
    silent(&rule("actor.support * (1 - actor.support) * 4"));
}

#[test]
fn what_a_guard_rules_out_is_no_witness() {
    let rule = |when: &str| {
        with_support(&format!(
            "[rules.accept]\nactor = \"junta\"\nwhen = \"{when}\"\nchance = \"0.4 + 0.8 * actor.support\"\n"
        ))
    };
    silent(&rule("actor.support < 0.7"));
    told(&rule("actor.support < 0.9"), "chance-out-of-range: the chance of `accept` can leave [0, 1]: from 0.4");
    silent(&rule("actor.support < 0.7 and fired(noise)"));
}

#[test]
fn cells_that_nothing_writes_hold_their_start() {
    let scenario = |start: &str| {
        format!(
            "[attributes.resolve]\nrange = [0, 1]\nstart = {start}\n\
             [rules.accept]\nactor = \"junta\"\nchance = \"actor.resolve + 0.3\"\nevery = \"7 days\"\n"
        )
    };
    silent(&scenario("0.5"));
    silent(&scenario("{ triangular = { low = 0.2, mode = 0.3, high = 0.6 } }"));
    silent(&scenario("{ normal = { mean = 0.3, sd = 0.1 } }"));
    told(&scenario("{ normal = { mean = 0.6, sd = 0.1 } }"), "chance-out-of-range");
    told(&scenario("0.8"), "chance-out-of-range: the chance of `accept` can leave [0, 1]: it is 1.1");
}

#[test]
fn parameters_hold_their_value_or_prior() {
    let scenario = |parameter: &str| {
        format!("[parameters.honour]\n{parameter}\n[rules.accept]\nchance = \"1.5 * honour\"\nevery = \"7 days\"\n")
    };
    silent(&scenario("value = 0.5\nrange = [0, 1]"));
    silent(&scenario("prior = { uniform = { low = 0, high = 0.6 } }"));
    told(&scenario("prior = { uniform = { low = 0, high = 0.8 } }"), "chance-out-of-range");
    silent(&scenario("prior = { uniform = { low = 0, high = 0.8 } }\nrange = [0, 0.6]"));
    // Two places computed from one parameter move together.
    silent(
        "[parameters.a]\nprior = { uniform = { low = 0, high = 1 } }\n[parameters.b]\nvalue = \"1 - a\"\n\
         [state.x]\nrange = [0, 1]\nstart = \"b\"\n[rules.accept]\nchance = \"a + x\"\nevery = \"7 days\"\n",
    );
}

#[test]
fn folds_reach_their_ends_where_all_members_do() {
    let rule = |chance: &str| with_support(&format!("[rules.accept]\nchance = \"{chance}\"\nevery = \"7 days\"\n"));
    silent(&rule("mean(a in actors: a.support)"));
    told(
        &rule("sum(a in actors: a.support)"),
        "chance-out-of-range: the chance of `accept` can leave [0, 1]: from 0 (every `support` 0) to 2 (every `support` 1)",
    );
    silent(&rule("share(a in actors: a.support > 0.5)"));
    silent(&rule("min(1, sum(a in actors: a.support))"));
}

#[test]
fn draws_that_flip() {
    let rule = |probability: &str| {
        with_support(&format!(
            "[state]\nlost = false\n[rules.fight]\nrate = \"0.1 per day\"\n\
             draws = {{ defeat = {{ flip = {{ probability = \"{probability}\" }} }} }}\neffects = [\"if defeat: lost = true\"]\n"
        ))
    };
    told(&rule("0.2 + junta.support"), "chance-out-of-range: the probability of the draw `defeat`");
    silent(&rule("0.2 + 0.5 * junta.support"));
    let option = |probability: &str| {
        with_support(&format!(
            "[state]\nlost = false\n[choices.fight]\nrate = \"0.1 per day\"\n[choices.fight.options.charge]\nweight = 1\n\
             draws = {{ defeat = {{ flip = {{ probability = \"{probability}\" }} }} }}\neffects = [\"if defeat: lost = true\"]\n"
        ))
    };
    told(&option("0.2 + junta.support"), "chance-out-of-range: the probability of the draw `defeat`");
    silent(&option("0.2 + 0.5 * junta.support"));
}

#[test]
fn a_decision_that_is_asked_for_at_each_step() {
    told(
        "[rules.keeps_word]\nchance = 0.72\nlimit = 1\n",
        "certain-chance: `keeps_word` is as good as certain: at 0.72 in each step it has happened within 5 days with 99.8 %",
    );
    told(
        "[parameters.honour]\nprior = { beta = { mean = 0.6, sd = 0.1 } }\n[rules.keeps_word]\nchance = \"honour\"\nlimit = 1\n",
        "certain-chance",
    );
    silent("[rules.shelling]\nchance = 0.72\n");
    silent("[rules.found]\nchance = 0.05\nlimit = 1\n");
    silent("[rules.keeps_word]\nchance = 0.72\nlimit = 1\nevery = \"30 days\"\n");
    silent("[rules.keeps_word]\nwhen = \"day < 3\"\nchance = 0.72\nlimit = 1\n");
    silent("[rules.sure]\nchance = 1\nlimit = 1\n");
}

#[test]
fn rates_below_zero() {
    let rule = |rate: &str| with_support(&format!("[rules.protest]\nactor = \"junta\"\nrate = \"{rate}\"\n"));
    told(
        &rule("(actor.support - 0.5) / 7 per day"),
        "negative-rate: the rate of `protest` can be negative: -0.07143 per day (`junta.support` 0); it counts as 0 then",
    );
    silent(&rule("max(actor.support - 0.5, 0) / 7 per day"));
    silent(&rule("logistic(-4 + 4 * actor.support) per day"));
    silent(&with_support(
        "[rules.protest]\nactor = \"junta\"\nwhen = \"actor.support > 0.5\"\nrate = \"(actor.support - 0.5) / 7 per day\"\n",
    ));
}

#[test]
fn rates_too_high_for_the_step() {
    told(
        "[rules.shelling]\nrate = \"30 per day\"\n",
        "rate-too-high: `shelling` can be due 30 times a step, but an instance fires once a step at most",
    );
    silent("[rules.shelling]\nrate = \"0.9 per day\"\n");
    // Who fires once only, or rests afterwards, loses nothing.
    silent("[rules.summit]\nrate = \"3 per day\"\nlimit = 1\n");
    silent("[rules.summit]\nrate = \"3 per day\"\ncooldown = \"7 days\"\n");
    told("[parameters.pace]\nvalue = \"2 per day\"\n[rules.shelling]\nrate = \"pace\"\n", "rate-too-high");
}

#[test]
fn divisors_that_can_be_zero() {
    let measure = |value: &str| with_support(&format!("[measures]\nratio = \"{value}\"\n"));
    told(
        &measure("france.support / junta.support"),
        "divisor-can-be-zero: the divisor can be 0 (`junta.support` 0); the result is 0 then",
    );
    silent(&measure("france.support / max(junta.support, 0.01)"));
    silent(&measure("france.support / (0.5 + junta.support)"));
    silent(&measure("if junta.support > 0 then france.support / junta.support else 0"));
    silent(&measure("sum(a in actors where a.support > 0.1: 1 / a.support)"));
    silent(&measure("if junta.support == 0 then 1 else 1 / junta.support"));
    told(&measure("1 / day"), "divisor-can-be-zero: the divisor can be 0 (day 0)");
    silent(&measure("1 / (1 + day)"));
}

#[test]
fn divisors_under_guards_and_in_definitions() {
    let rules = |when: &str| {
        with_support(&format!(
            "[definitions]\n\"ratio(a)\" = \"0.01 / a.support\"\n\
             [rules.protest]\nactor = \"actors\"\nwhen = \"{when}\"\nchance = \"min(1, ratio(actor))\"\n"
        ))
    };
    silent(&rules("actor.support > 0.2"));
    told(&rules("actor.support < 0.2"), "divisor-can-be-zero");
    silent(&rules("actor.support > 0 and ratio(actor) < 2"));
}

#[test]
fn no_number_is_drawn_exactly() {
    let measure = |prior: &str| format!("[parameters.scale]\nprior = {prior}\n[measures]\nratio = \"1 / scale\"\n");
    silent(&measure("{ uniform = { low = 0, high = 1 } }"));
    silent(&measure("{ normal = { mean = 0, sd = 1 } }"));
    told(&measure("{ discrete = { values = [0, 1], weights = [1, 1] } }"), "divisor-can-be-zero");
}
