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
effects = ["tension += 0.3"]

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
