//! Extreme numbers and long runs: no panic, nothing that is no number, an end.

use flashpoint::ensemble::Summary;
use flashpoint::model::RunRecord;
use flashpoint::reference::{Reference, Scratch};

use super::ensembles::{finite, sound};
use super::support::{fail, guarded, seeds};
use super::telling::tell;
use crate::support::generator::{Dice, Generated, Opened, Size, draft};
use crate::warnings::contradiction;

const NUMBERS: [&str; 14] = [
    "0",
    "1e300",
    "1e-300",
    "1.7976931348623157e308",
    "5e-324",
    "1e9",
    "1e-9",
    "1",
    "0.5",
    "1e15",
    "1e100",
    "2.5e-8",
    "9007199254740993",
    "1e5",
];

/// Lines whose numbers are whole or make sense only as they are.
const KEPT: [&str; 12] = [
    "ladder",
    "limit",
    "cameo",
    "step",
    "horizon",
    "start = 1",
    "start = 2",
    "title",
    "name",
    "until",
    "events",
    "source",
];

/// A text with some of its numbers replaced by extreme ones.
fn with_extremes(line: &str, dice: &mut Dice, percent: usize) -> String {
    if KEPT.iter().any(|key| line.starts_with(key)) || line.contains("discrete") {
        return line.to_owned();
    }
    let bytes = line.as_bytes();
    let mut changed = String::new();
    let mut at = 0;
    while at < bytes.len() {
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-' | b':');
        if bytes[at].is_ascii_digit()
            && (at == 0
                || !is_word(bytes[at - 1])
                || bytes[at - 1] == b'-' && (at < 2 || !bytes[at - 2].is_ascii_digit()))
        {
            let length = bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
            let number = &line[at..at + length];
            let replaced = number.parse::<f64>().is_ok() && dice.percent(percent);
            changed.push_str(if replaced { dice.of(&NUMBERS) } else { number });
            at += length;
        } else {
            let length = line[at..].chars().next().map_or(1, char::len_utf8);
            changed.push_str(&line[at..at + length]);
            at += length;
        }
    }
    changed
}

fn try_runs(opened: &Opened, seed: u64, runs: u64) -> Result<(), String> {
    let model = &opened.model;
    let reference = Reference::new(model, seed);
    let mut summary = Summary::new(model);
    let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
    for run in 0..runs {
        reference.simulate(run, &mut scratch, &mut record);
        finite(&record)?;
        summary.add(&record);
    }
    sound(model, &summary)?;
    tell(opened, seed, if model.n_steps > 1000 { 0 } else { 1 })
}

#[test]
fn extreme_numbers() {
    let seeds = seeds("extreme_numbers", 200);
    let mut checked = 0;
    for &seed in &seeds {
        let mut dice = Dice::new(seed ^ 0xe);
        let mut changed = draft(seed, Size::USUAL);
        let percent = dice.pick(&[3, 8, 20]);
        for section in changed.sections.iter_mut().filter(|section| !section.header.starts_with("variants")) {
            for line in &mut section.lines {
                *line = with_extremes(line, &mut dice, percent);
            }
        }
        let generated = changed.written();
        let opened =
            guarded(|| generated.open()).unwrap_or_else(|found| fail("extreme_numbers", seed, &generated, &found));
        let Ok(opened) = opened else { continue };
        checked += 1;
        let kept = guarded(|| try_runs(&opened, seed, 4)).unwrap_or_else(Err);
        kept.unwrap_or_else(|found| fail("extreme_numbers", seed, &generated, &found));
    }
    assert!(checked * 5 > seeds.len(), "only {checked} of {} scenarios check", seeds.len());
}

/// Few rules, with extreme horizons and hazards.
fn few_rules(dice: &mut Dice, n_steps: u64) -> Generated {
    let step = dice.of(&["1 day", "1 minute", "90 minutes", "1 week", "30 days", "10 years"]);
    let (amount, unit) = step.split_once(' ').unwrap_or(("1", "day"));
    let horizon = amount.parse::<u64>().unwrap_or(1) * n_steps;
    let mut number = || dice.of(&NUMBERS).to_owned();
    let text = format!(
        "format = 1\n[scenario]\nstart = 2023-07-26\nstep = \"{step}\"\nhorizon = \"{horizon} {unit}\"\n[actors.a]\n[actors.b]\n\
         [groups]\ng = [\"a\"]\n[clocks.c]\n[state]\nx = {{ range = [-1e308, 1e308], start = 1 }}\n\
         y = {{ range = [0, 1], start = 0, half_life = \"{} days\" }}\n\
         [rules.fast]\nactor = \"actors\"\nrate = \"{} per day\"\ncooldown = \"{} days\"\n\
         effects = [\"x += {} * x\", \"start(c, {} days)\"]\n\
         later.l = {{ after = \"{} days\", effects = [\"y = x\"] }}\n\
         [rules.slow]\nrate = \"{} per year\"\nlimit = 1\neffects = [\"x = {}\", \"join(g, b)\"]\n\
         [rules.often]\nactor = \"g\"\nevery = \"{} minutes\"\nladder = 10\neffects = [\"x -= exp(x) ^ 3\", \"y += 1\"]\n\
         [choices.c_1]\nchance = {}\nprecision = {}\n[choices.c_1.options.one]\nutility = \"x * {}\"\n\
         [choices.c_1.options.two]\nutility = \"-x\"\n[flows.f]\neffects = [\"x += {} per day\", \"y -= x per minute\"]\n\
         [measures]\nratio = \"x / y\"\nraised = \"x ^ y\"\nwhen = \"month(today) + weekday(today) + year(today)\"\n\
         hot = \"pressure(a, b) > ({} per day)\"\n\
         [[outcomes]]\nid = \"won\"\nwhen = \"times(slow) > 0 and day > {}\"\n[[outcomes]]\nid = \"none\"\n",
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number(),
        number()
    );
    Generated { files: vec![("scenario.toml".to_owned(), text)], main: "scenario.toml".to_owned() }
}

fn try_few_rules(law: &str, usual: u64, n_steps: &[u64], runs: u64) {
    let seeds = seeds(law, usual);
    let mut checked = 0;
    for &seed in &seeds {
        let mut dice = Dice::new(seed);
        let n_steps = dice.pick(n_steps);
        let generated = few_rules(&mut dice, n_steps);
        let opened = guarded(|| generated.open()).unwrap_or_else(|found| fail(law, seed, &generated, &found));
        let Ok(opened) = opened else { continue };
        checked += 1;
        let kept = guarded(|| try_runs(&opened, seed, runs)).unwrap_or_else(Err);
        kept.unwrap_or_else(|found| fail(law, seed, &generated, &found));
    }
    assert!(checked * 4 > seeds.len(), "{law}: only {checked} of {} scenarios check", seeds.len());
}

#[test]
fn short_runs_with_extreme_hazards() {
    try_few_rules("short_runs_with_extreme_hazards", 300, &[1, 2, 3, 50], 4);
}

#[test]
fn long_horizons() {
    try_few_rules("long_horizons", 6, &[100_000, 30_000], 1);
}

#[test]
fn warnings_are_true() {
    super::support::every_scenario("warnings_are_true", 200, Size::USUAL, |case| {
        let mut model = case.opened.model.clone();
        let written = |id: &str| {
            case.draft.sections.iter().any(|section| {
                section.header == "measures" && section.lines.iter().any(|line| line.starts_with(&format!("{id} = {{")))
            })
        };
        // A range that the author states is a wish.
        model.measures.iter_mut().filter(|measure| written(&measure.id)).for_each(|measure| measure.range = None);
        contradiction(&model, &case.opened.diagnostics, 8).map_or(Ok(()), Err)
    });
}
