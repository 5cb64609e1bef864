//! Scenarios small enough to be run in a test.

/// Two hazards race; whoever comes first ends the crisis. A query, a measure, a lever, an uncertainty, a variant.
pub(crate) const RACE: &str = r#"format = 1

[scenario]
title = "A race"
start = 2023-07-26
step = "1 day"
horizon = "60 days"

[actors.junta]
[actors.france]

[parameters.push]
value = 0.04
range = [0, 1]

[parameters.pull]
prior = { uniform = { low = 0.01, high = 0.03 } }

[state.tension]
range = [0, 1]
start = 0.2

[rules.expel]
actor = "junta"
target = "france"
ladder = 4
rate = "push per day"
limit = 1
effects = ["tension += 0.8"]

[rules.withdraw]
actor = "france"
rate = "pull per day"
limit = 1

[rules.attack]
actor = "junta"
when = "tension > 0.9 and day > 10"
rate = "0.1 per day"

[measures]
strain = "tension"

[queries.soon]
when = "fired(expel) and first(expel) <= 20 days"
expect = [0, 1]

[variants.calm]
parameters.push.value = 0.001

[[outcomes]]
id = "expulsion"
label = "France is told to leave"
when = "fired(expel)"

[[outcomes]]
id = "departure"
when = "fired(withdraw)"

[[outcomes]]
id = "standoff"
"#;

/// A little of everything: groups that change, relations, enumerations, choices, flows, clocks, later entries, draws, definitions, folds.
pub(crate) const SUMMIT: &str = r#"format = 1

[scenario]
title = "A summit"
start = 2023-07-26T12:00
step = "12 hours"
horizon = "40 days"

[actors.junta]
resolve = { beta = { mean = 0.7, sd = 0.1 } }
hostility = { members = 0.4 }

[actors.nigeria]
resolve = 0.6

[actors.benin]
[actors.ghana]
[actors.street]

[groups]
members = ["nigeria", "benin"]
voters = ["members", "ghana"]

[attributes.resolve]
range = [0, 1]
start = 0.5
half_life = "30 days"

[attributes.strain]
range = [0, 1]
start = 0.1
half_life = "20 days"
rest = "0.2 * actor.resolve"

[attributes.posture]
values = ["home", "preparing", "deployed"]
start = "home"
holders = "voters"

[attributes.threshold]
range = [0, 1]
start = { uniform = { low = 0.3, high = 0.8 } }
private = true

[relations.hostility]
range = [0, 1]
start = 0.1

[relations.pact]
range = [0, 1]
symmetric = true

[state]
sanctions = { range = [0, 1], start = 0 }
agreed = false

[clocks.ultimatum]

[parameters.mood]
prior = { normal = { mean = 0, sd = 1 } }
range = [-3, 3]

[parameters.ultimatum_length]
value = "7 days"

[parameters.patience]
value = "0.5 + 0.1 * mood"

[parameters.delay]
prior = { lognormal = { q05 = "2 days", q95 = "9 days" } }

[definitions]
pressure_on = "mean(m in voters: hostility(m, junta))"
"gain(m)" = "m.resolve - 0.5 * junta.strain"

[rules.provoke]
actor = "junta"
target = "members"
ladder = 4
cameo = "161"
label = "{actor} provokes {target}"
when = "hostility(actor, target) > 0.2 and since(provoke, actor, target) > 2 days"
rate = "logistic(-3 + 2 * actor.resolve) per day"
draws = { size = { triangular = { low = 0, mode = 0.1, high = "0.2 + 0.1 * actor.strain" } } }
effects = [
    "hostility(target, actor) += size",
    "for m in voters where m is not target: hostility(m, actor) += 0.5 * size",
    "pact(actor, target) = 0.2",
]
later.regret = { after = "delay + 1 day", when = "not agreed", effects = ["junta.resolve -= 0.05"] }

[rules.threaten]
exclusive = "ultimatum"
when = "pressure_on > 0.3 and not running(ultimatum) and month(today) >= 7"
every = "3 days"
chance = 0.5
effects = ["start(ultimatum, ultimatum_length)", "if sanctions < 0.5: sanctions += 0.2"]

[rules.expire]
exclusive = "ultimatum"
when = "expired(ultimatum) and remaining(ultimatum) <= 0 days"
limit = 2
effects = ["stop(ultimatum)", "for m in members: m.strain += 0.1"]

[rules.join_in]
exclusive = "exit"
actor = "street"
rate = "0.02 per day"
limit = 1
effects = ["join(members, ghana)"]

[rules.walk_out]
actor = "members"
when = "actor.strain > patience"
rate = "0.05 per day"
exclusive = "exit"
effects = ["leave(members, actor)"]

[choices.vote]
actor = "voters"
every = "5 days"
precision = "4 + mood"

[choices.vote.options.force]
when = "actor.posture is not deployed and actor.threshold < 0.7"
utility = "gain(actor) - actor.threshold"
effects = ["actor.posture = if actor.posture is home then preparing else deployed"]

[choices.vote.options.wait]
utility = 0

[flows.erode]
actor = "junta"
when = "sanctions > 0"
effects = ["actor.strain += 0.3 * sanctions per month", "actor.resolve -= pressure(junta, nigeria) / 1000"]

[measures]
tension = "pressure_on"
deployed = { value = "share(m in voters: m.posture is deployed)", range = [0, 1] }
settled = "agreed"
n_members = "size(members)"

[rules.agree]
when = "sum(m in voters where m.resolve > 0.2: m.resolve) < 1.4 or junta.strain ^ 2 > 0.2"
rate = "0.1 per day"
limit = 1
effects = ["agreed = true"]

[queries.late]
when = "ended(agreement) and first(agree) > 10 days"
given = "fired(threaten)"
expect = [0, 1]

[[outcomes]]
id = "force"
when = "share(m in voters: m.posture is deployed) >= 2/3"

[[outcomes]]
id = "agreement"
when = "agreed"

[[outcomes]]
id = "standoff"
"#;
