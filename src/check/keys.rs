//! The keys of every table of a scenario: what the reader accepts and `FORMAT.md` documents (a test holds both together).

/// Keys that may stand in every table.
pub const NOTES: &[&str] = &["about", "source", "basis"];
/// Keys and tables of the top level.
pub const TOP: &[&str] = &[
    "format",
    "include",
    "scenario",
    "parameters",
    "attributes",
    "relations",
    "state",
    "actors",
    "groups",
    "clocks",
    "definitions",
    "rules",
    "choices",
    "flows",
    "measures",
    "queries",
    "outcomes",
    "roles",
    "data",
    "history",
    "variants",
];
/// `[scenario]`
pub const SCENARIO: &[&str] = &["title", "start", "step", "horizon"];
/// `[parameters.NAME]`
pub const PARAMETER: &[&str] = &["value", "prior", "range"];
/// `[attributes.NAME]`
pub const ATTRIBUTE: &[&str] = &["range", "values", "start", "half_life", "rest", "holders", "private"];
/// `[relations.NAME]`
pub const RELATION: &[&str] = &["range", "values", "start", "half_life", "rest", "symmetric"];
/// `[state.NAME]`
pub const STATE: &[&str] = &["range", "values", "start", "half_life", "rest"];
/// `[clocks.NAME]`
pub const CLOCK: &[&str] = &[];
/// `[roles.NAME]`
pub const ROLE: &[&str] = &["kind", "is"];
/// `[rules.NAME]`
pub const RULE: &[&str] = &[
    "actor",
    "target",
    "when",
    "rate",
    "chance",
    "every",
    "cooldown",
    "limit",
    "exclusive",
    "ladder",
    "cameo",
    "label",
    "draws",
    "effects",
    "later",
    "enabled",
];
/// `[rules.NAME.later.ENTRY]`
pub const LATER: &[&str] = &["after", "when", "draws", "effects"];
/// `[choices.NAME]`
pub const CHOICE: &[&str] = &[
    "actor",
    "target",
    "when",
    "rate",
    "chance",
    "every",
    "cooldown",
    "limit",
    "precision",
    "label",
    "enabled",
    "options",
];
/// `[choices.NAME.options.OPTION]`
pub const OPTION: &[&str] =
    &["when", "utility", "weight", "target", "ladder", "cameo", "label", "draws", "effects", "later", "enabled"];
/// `[flows.NAME]`
pub const FLOW: &[&str] = &["actor", "target", "when", "effects", "enabled"];
/// `[definitions.NAME]`
pub const DEFINITION: &[&str] = &["value"];
/// `[measures.NAME]`
pub const MEASURE: &[&str] = &["value", "range"];
/// `[queries.NAME]`
pub const QUERY: &[&str] = &["when", "given", "expect"];
/// `[[outcomes]]`
pub const OUTCOME: &[&str] = &["id", "label", "when"];
/// `[data]`
pub const DATA: &[&str] = &["actors", "dyads", "ignore"];
/// `[history]`
pub const HISTORY: &[&str] = &["until", "events", "file"];
/// One event of `[history]`.
pub const HISTORY_EVENT: &[&str] = &["date", "rule", "actor", "target"];

/// Everyday words for keys of the language.
pub const SYNONYMS: &[(&str, &str)] = &[
    ("prob", "chance"),
    ("probability", "chance"),
    ("p", "chance"),
    ("hazard", "rate"),
    ("hazard_rate", "rate"),
    ("cooldown_days", "cooldown"),
    ("condition", "when"),
    ("guard", "when"),
    ("if", "when"),
    ("trigger", "when"),
    ("effect", "effects"),
    ("actions", "effects"),
    ("then", "effects"),
    ("delay", "later"),
    ("delayed", "later"),
    ("description", "about"),
    ("comment", "about"),
    ("note", "about"),
    ("max_firings", "limit"),
    ("once", "limit"),
    ("max", "limit"),
    ("interval", "every"),
    ("period", "every"),
    ("initial", "start"),
    ("init", "start"),
    ("default", "start"),
    ("min", "range"),
    ("max", "range"),
    ("bounds", "range"),
    ("decay", "half_life"),
    ("halflife", "half_life"),
    ("std", "sd"),
    ("stdev", "sd"),
    ("sigma", "sd"),
    ("mu", "mean"),
    ("min", "low"),
    ("max", "high"),
    ("distribution", "prior"),
    ("timestep", "step"),
    ("dt", "step"),
    ("duration", "horizon"),
    ("end", "horizon"),
    ("name", "title"),
    ("name", "id"),
    ("begin", "start"),
    ("start_date", "start"),
    ("probability", "weight"),
    ("ticks", "horizon"),
    ("agents", "actors"),
    ("globals", "state"),
    ("variables", "state"),
    ("actors", "actor"),
    ("targets", "target"),
    ("who", "actor"),
    ("by", "actor"),
    ("whom", "target"),
    ("options", "values"),
    ("score", "utility"),
    ("payoff", "utility"),
    ("members", "groups"),
    ("active", "enabled"),
];
