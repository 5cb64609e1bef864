//! Random scenarios: a little of everything, mostly senseless, often with guards that never hold.

use std::path::Path;

use flashpoint::check::check;
use flashpoint::diagnostic::{Code, Severity, TextOptions, render_text};
use flashpoint::scenario::{LoadOptions, MemoryFiles, load};

use super::contradiction;

/// Whole numbers in a sequence that is the same everywhere (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }

    fn number(&mut self) -> String {
        self.of(&["0", "0.1", "0.25", "0.5", "1", "2", "-0.5", "-1"]).to_owned()
    }
}

/// Where an expression stands: who can be named.
#[derive(Clone, Copy)]
struct Scope {
    actor: bool,
    depth: usize,
    /// How many folds are around it.
    folds: usize,
}

fn who(dice: &mut Dice, scope: Scope) -> String {
    match dice.roll(4) {
        0 if scope.actor => "actor".to_owned(),
        1 if scope.folds > 0 => format!("m{}", scope.folds),
        _ => dice.of(&["a", "b", "c"]).to_owned(),
    }
}

fn number(dice: &mut Dice, scope: Scope) -> String {
    if scope.depth == 0 || dice.roll(4) == 0 {
        return match dice.roll(9) {
            0 => dice.number(),
            1 => dice.of(&["p", "q", "w"]).to_owned(),
            2 | 3 => dice.of(&["s", "t", "u"]).to_owned(),
            4 | 5 => format!("{}.x", who(dice, scope)),
            6 => dice.of(&["r(a, b)", "r(b, a)", "r(c, a)"]).to_owned(),
            7 => dice.of(&["times(e1)", "times(e2)", "size(g)", "size(h)"]).to_owned(),
            _ => "day".to_owned(),
        };
    }
    let inner = Scope { depth: scope.depth - 1, ..scope };
    let fold = Scope { folds: scope.folds + 1, depth: scope.depth.min(2) - 1, ..scope };
    let variable = format!("m{}", fold.folds);
    let group = dice.of(&["g", "actors", "h"]);
    match dice.roll(14) {
        0 | 1 => format!("({} + {})", number(dice, inner), number(dice, inner)),
        2 | 3 => format!("({} - {})", number(dice, inner), number(dice, inner)),
        4 | 5 => format!("{} * {}", number(dice, inner), number(dice, inner)),
        6 => format!("({}) / ({})", number(dice, inner), number(dice, inner)),
        7 => {
            let function = dice.of(&["min", "max"]);
            format!("{function}({}, {})", number(dice, inner), number(dice, inner))
        }
        8 => format!("clamp({}, {}, {})", number(dice, inner), dice.number(), number(dice, inner)),
        9 => {
            let function = dice.of(&["abs", "floor", "exp", "ln", "sqrt", "logistic"]);
            format!("{function}({})", number(dice, inner))
        }
        10 => format!("({}) ^ {}", number(dice, inner), dice.of(&["2", "3", "0.5", "-1", "p"])),
        11 => format!("(if {} then {} else {})", truth(dice, inner), number(dice, inner), number(dice, inner)),
        12 => {
            let kind = dice.of(&["sum", "mean", "min", "max"]);
            let otherwise = if kind == "sum" { String::new() } else { format!(" else {}", number(dice, inner)) };
            let filter = if dice.roll(2) == 0 { format!(" where {}", truth(dice, fold)) } else { String::new() };
            format!("{kind}({variable} in {group}{filter}: {}{otherwise})", number(dice, fold))
        }
        _ => {
            let kind = dice.of(&["count", "share"]);
            format!("{kind}({variable} in {group}: {})", truth(dice, fold))
        }
    }
}

fn truth(dice: &mut Dice, scope: Scope) -> String {
    if scope.depth == 0 || dice.roll(4) == 0 {
        return match dice.roll(9) {
            0 | 1 => dice.of(&["f", "k"]).to_owned(),
            2 => format!("{}.y", who(dice, scope)),
            3 => format!("{}.z is {}", who(dice, scope), dice.of(&["one", "two", "three"])),
            4 => format!("fired({})", dice.of(&["e1", "e2", "e3", "e4", "o", "o.yes", "o.no", "e1, a", "e2, b"])),
            5 => dice.of(&["running(c1)", "expired(c1)", "running(c2)", "expired(c2)"]).to_owned(),
            6 => format!("{} in {}", who(dice, scope), dice.of(&["g", "h"])),
            7 => format!("since({}) {} {} days", dice.of(&["e1", "e2"]), dice.of(&["<", ">="]), 1 + dice.roll(9)),
            _ => format!("{} is {}", who(dice, scope), dice.of(&["a", "b"])),
        };
    }
    let inner = Scope { depth: scope.depth - 1, ..scope };
    match dice.roll(8) {
        0 | 1 => format!("({} and {})", truth(dice, inner), truth(dice, inner)),
        2 => format!("({} or {})", truth(dice, inner), truth(dice, inner)),
        3 => format!("not ({})", truth(dice, inner)),
        4 => {
            let fold = Scope { folds: scope.folds + 1, depth: scope.depth.min(2) - 1, ..scope };
            let (kind, group) = (dice.of(&["any", "all"]), dice.of(&["g", "actors", "h"]));
            format!("{kind}(m{} in {group}: {})", fold.folds, truth(dice, fold))
        }
        _ => {
            let comparison = dice.of(&["<", "<=", ">", ">=", "==", "!="]);
            format!("{} {comparison} {}", number(dice, inner), number(dice, inner))
        }
    }
}

fn effect(dice: &mut Dice, scope: Scope) -> String {
    let mut text = String::new();
    let mut scope = scope;
    if dice.roll(4) == 0 {
        scope.folds = 1;
        text.push_str("for m1 in g: ");
    }
    if dice.roll(4) == 0 {
        text.push_str(&format!("if {}: ", truth(dice, scope)));
    }
    let holder = if scope.folds > 0 { "m1".to_owned() } else { who(dice, scope) };
    let shared = scope.folds > 0;
    match dice.roll(11) {
        0 | 1 => text.push_str(&format!("{holder}.x += {}", number(dice, scope))),
        2 => text.push_str(&format!("s -= {}", number(dice, scope))),
        3 => text.push_str(&format!("t += {}", dice.of(&["0.1", "0.02", "0.1 * p", "0.1 * s", "-0.01"]))),
        4 if !shared => text.push_str(&format!("u = {}", number(dice, scope))),
        5 => text.push_str(&format!("{holder}.y = {}", dice.of(&["true", "false", "f", "k"]))),
        6 => text.push_str(&format!("{holder}.z = {}", dice.of(&["one", "two", "three", "b.z"]))),
        7 if !shared => text.push_str(&format!("{} = {}", dice.of(&["f", "k"]), dice.of(&["true", "false"]))),
        8 if !shared => text.push_str(dice.of(&["start(c1, 3 days)", "stop(c1)", "start(c2, 36 hours)"])),
        9 if !shared => text.push_str(dice.of(&["join(h, a)", "leave(h, b)", "join(h, c)"])),
        _ => text.push_str(&format!("r(a, b) += {}", number(dice, scope))),
    }
    text
}

fn start(dice: &mut Dice) -> String {
    dice.of(&[
        "0.5",
        "0",
        "\"p\"",
        "{ uniform = { low = 0.2, high = 0.4 } }",
        "{ normal = { mean = 0.5, sd = 0.2 } }",
        "{ discrete = { values = [0, 0.5], weights = [1, 2] } }",
    ])
    .to_owned()
}

fn scenario(dice: &mut Dice) -> String {
    let plain = Scope { actor: false, depth: 3, folds: 0 };
    let mut text = "format = 1\n[scenario]\nstart = 2023-12-20\nstep = \"1 day\"\nhorizon = \"30 days\"\n".to_owned();
    text.push_str(
        "[actors.a]\n[actors.b]\n[actors.c]\n[groups]\ng = [\"a\", \"b\"]\nh = [\"b\"]\n[clocks]\nc1 = {}\nc2 = {}\n",
    );
    let priors = [
        "prior = { uniform = { low = 0, high = 1 } }",
        "prior = { triangular = { low = -1, mode = 0, high = 1 } }",
        "value = 0.3",
        "prior = { normal = { mean = 0, sd = 1 } }\nrange = [-1, 1]",
        "prior = { discrete = { values = [0, 1, 2], weights = [1, 0, 2] } }",
        "value = 1\nrange = [0, 2]",
    ];
    for name in ["p", "q"] {
        text.push_str(&format!("[parameters.{name}]\n{}\n", dice.of(&priors)));
    }
    text.push_str("[parameters.w]\nvalue = \"0.5 * p - q\"\n");
    for (name, range) in [("s", "[0, 1]"), ("t", "[-1, 1]"), ("u", "[0, 10]")] {
        text.push_str(&format!("[state.{name}]\nrange = {range}\nstart = {}\n", start(dice)));
        match dice.roll(4) {
            0 => text.push_str("half_life = \"5 days\"\n"),
            1 => text.push_str(&format!("half_life = \"5 days\"\nrest = \"{}\"\n", number(dice, plain))),
            _ => {}
        }
    }
    for name in ["f", "k"] {
        text.push_str(&format!("[state.{name}]\nstart = {}\n", dice.of(&["true", "false"])));
    }
    text.push_str(&format!("[attributes.x]\nrange = [0, 1]\nstart = {}\n", start(dice)));
    if dice.roll(2) == 0 {
        let acting = Scope { actor: true, depth: 2, folds: 0 };
        text.push_str(&format!("half_life = \"3 days\"\nrest = \"own_start * {}\"\n", number(dice, acting)));
    }
    text.push_str(
        "[attributes.y]\nstart = false\n[attributes.z]\nvalues = [\"one\", \"two\", \"three\"]\nstart = \"one\"\n",
    );
    text.push_str(&format!("[relations.r]\nrange = [-1, 1]\nstart = {}\n", start(dice)));
    for name in ["e1", "e2", "e3", "e4"] {
        let acting = dice.roll(2) == 0 || name != "e3" && name != "e4";
        let scope = Scope { actor: acting, depth: 2, folds: 0 };
        text.push_str(&format!("[rules.{name}]\n"));
        if acting {
            text.push_str(&format!("actor = \"{}\"\n", dice.of(&["a", "g", "h", "actors"])));
        }
        if dice.roll(5) > 0 {
            text.push_str(&format!("when = \"{}\"\n", truth(dice, scope)));
        }
        match dice.roll(4) {
            0 => text.push_str(&format!("limit = {}\n", 1 + dice.roll(2))),
            1 => text.push_str(&format!("chance = \"{}\"\nevery = \"2 days\"\n", number(dice, scope))),
            2 => text.push_str(&format!("rate = \"{} per day\"\ncooldown = \"4 days\"\n", number(dice, scope))),
            _ => text.push_str("rate = \"0.3 per day\"\n"),
        }
        text.push_str(&format!("effects = [\"{}\"]\n", effect(dice, scope)));
        if dice.roll(3) == 0 {
            let later = Scope { folds: 0, ..scope };
            text.push_str(&format!("later.l = {{ after = \"2 days\", effects = [\"{}\"] }}\n", effect(dice, later)));
        }
    }
    text.push_str("[choices.o]\nactor = \"g\"\nevery = \"3 days\"\n");
    let acting = Scope { actor: true, depth: 2, folds: 0 };
    for option in ["yes", "no"] {
        text.push_str(&format!("[choices.o.options.{option}]\nweight = \"{}\"\n", number(dice, acting)));
        if dice.roll(2) == 0 {
            text.push_str(&format!("when = \"{}\"\n", truth(dice, acting)));
        }
        text.push_str(&format!("effects = [\"{}\"]\n", effect(dice, acting)));
    }
    text.push_str(&format!("[flows.d]\nwhen = \"{}\"\n", truth(dice, plain)));
    text.push_str(&format!("effects = [\"t += {} per 10 days\", \"s -= 0.01 per day\"]\n", number(dice, plain)));
    text.push_str("[measures]\n");
    for (at, place) in ["s", "t", "u", "f", "a.x", "b.x", "c.y", "r(a, b)", "r(b, a)"].iter().enumerate() {
        text.push_str(&format!("place_{at} = \"{place}\"\n"));
    }
    for (at, value) in ["one", "two", "three"].iter().enumerate() {
        text.push_str(&format!("value_{at} = \"b.z is {value}\"\n"));
    }
    for at in 0..6 {
        text.push_str(&format!("number_{at} = \"{}\"\ntruth_{at} = \"{}\"\n", number(dice, plain), truth(dice, plain)));
    }
    for at in 0..3 {
        // Most runs should last.
        let late = if at == 0 && dice.roll(4) == 0 { "" } else { "day >= 20 and " };
        text.push_str(&format!("[[outcomes]]\nid = \"out_{at}\"\nwhen = \"{late}({})\"\n", truth(dice, plain)));
    }
    text.push_str("[[outcomes]]\nid = \"standoff\"\n");
    text
}

#[test]
fn nothing_contradicts_what_is_said_of_random_scenarios() {
    let n: u64 = std::env::var("RANDOM_SCENARIOS").ok().and_then(|text| text.parse().ok()).unwrap_or(150);
    let mut told: std::collections::BTreeMap<Code, u32> = std::collections::BTreeMap::new();
    for seed in 0..n {
        let text = scenario(&mut Dice(seed.wrapping_mul(0x5851_f42d_4c95_7f2d)));
        let files = MemoryFiles::new().file("scenario.toml", text.as_str());
        let loaded = load(Path::new("scenario.toml"), &LoadOptions::default(), &files);
        let (model, diagnostics) = check(&loaded);
        let Some(model) = model else {
            let errors: Vec<_> = diagnostics.into_iter().filter(|one| one.severity == Severity::Error).collect();
            panic!("{}\n{text}", render_text(&errors, &loaded.sources, TextOptions::default()));
        };
        for diagnostic in &diagnostics {
            *told.entry(diagnostic.code).or_default() += 1;
        }
        if let Some(found) = contradiction(&model, &diagnostics, 12) {
            let said = render_text(&diagnostics, &loaded.sources, TextOptions::default());
            panic!("seed {seed}: {found}\n{said}\n{text}");
        }
    }
    // The test means something only if such things are said at all.
    let enough =
        [Code::NeverFires, Code::HoldsAtStart, Code::ChanceOutOfRange, Code::DivisorCanBeZero, Code::Overwritten];
    for code in enough {
        assert!(told.get(&code).copied().unwrap_or(0) > 0, "{code:?} is never told: {told:?}");
    }
}
