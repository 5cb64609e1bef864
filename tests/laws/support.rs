//! Trying a law on many scenarios: how many, which failed before, what is kept of one that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::support::generator::{Dice, Draft, Generated, Opened, Size, draft};

/// Seeds that once failed, tried first: a law, a seed, and what was found.
const KEPT: &str = include_str!("seeds.txt");

/// So many scenarios, times `FLASHPOINT_LAWS`.
pub(super) fn number_of_scenarios(usual: u64) -> u64 {
    usual * number("FLASHPOINT_LAWS").unwrap_or(1)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The seeds of a law: those that once failed, then as many as `FLASHPOINT_LAWS` says, from `FLASHPOINT_LAWS_FROM` on;
/// only the one of `FLASHPOINT_LAWS_SEED` if that is set.
pub(super) fn seeds(law: &str, usual: u64) -> Vec<u64> {
    if let Some(seed) = number("FLASHPOINT_LAWS_SEED") {
        return vec![seed];
    }
    // Each law sees scenarios of its own.
    let own = law.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) % 1_000_000;
    let from = own * 1_000_000 + number("FLASHPOINT_LAWS_FROM").unwrap_or(0);
    kept(law).chain(from..from + number_of_scenarios(usual)).collect()
}

fn kept(law: &str) -> impl Iterator<Item = u64> {
    KEPT.lines().filter_map(move |line| {
        let mut words = line.split_whitespace();
        (words.next() == Some(law)).then(|| words.next().and_then(|seed| seed.parse().ok())).flatten()
    })
}

/// Everything that a law gets to see of one scenario.
pub(super) struct Case {
    pub(super) seed: u64,
    pub(super) draft: Draft,
    pub(super) base: Generated,
    pub(super) opened: Opened,
    /// For what the law itself leaves to chance.
    pub(super) dice: Dice,
}

/// Tries a law on many scenarios; those that do not check are passed over.
///
/// # Panics
/// At the first scenario that breaks it, with everything that is needed to try it again.
#[track_caller]
pub(super) fn every_scenario(law: &str, usual: u64, size: Size, keeps: impl Fn(&mut Case) -> Result<(), String>) {
    let mut tried = 0;
    let seeds = seeds(law, usual);
    for &seed in &seeds {
        let made = draft(seed, size);
        let base = made.written();
        let opened = guarded(|| base.open()).unwrap_or_else(|panic| fail(law, seed, &base, &panic));
        let Ok(opened) = opened else { continue };
        tried += 1;
        let mut case = Case { seed, draft: made, base, opened, dice: Dice::new(seed ^ 0x5eed) };
        let kept = guarded(|| keeps(&mut case)).unwrap_or_else(Err);
        if let Err(found) = kept {
            fail(law, seed, &case.base, &found);
        }
    }
    assert!(tried * 10 >= seeds.len() * 9, "{law}: only {tried} of {} scenarios check", seeds.len());
}

/// What a call gives, or what it said when it panicked.
///
/// # Errors
/// The panic's message.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()));
        format!("it panicked: {}", text.unwrap_or_default())
    })
}

/// Keeps the scenario and ends the test.
#[track_caller]
pub(super) fn fail(law: &str, seed: u64, generated: &Generated, found: &str) -> ! {
    let folder = target_folder().join(format!("failed/{law}-{seed}"));
    let main = generated.write_into(&folder);
    panic!(
        "the law `{law}` is broken by the scenario of seed {seed}:\n{found}\n\nThe scenario is {}\nTry it again: \
         FLASHPOINT_LAWS_SEED={seed} cargo test --test tests {law}\nKeep it: add `{law} {seed} what was found` to tests/laws/seeds.txt",
        main.display()
    );
}

fn target_folder() -> PathBuf {
    // The test binary lies in target/PROFILE/deps.
    let binary = std::env::current_exe().unwrap_or_default();
    binary.ancestors().nth(3).map_or_else(|| Path::new("target").to_owned(), Path::to_owned)
}

/// The scenario opened after a change.
///
/// # Errors
/// If it does not check any more.
pub(super) fn reopen(changed: &Generated) -> Result<Opened, String> {
    changed.open().map_err(|told| format!("after the change it does not check:\n{told}"))
}

/// A word wherever it stands alone.
pub(super) fn replace_word(text: &str, word: &str, by: &str) -> String {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let before = rest[..at].chars().next_back().or(replaced.chars().next_back());
        let after = rest[at + word.len()..].chars().next();
        replaced.push_str(&rest[..at]);
        let alone = !before.is_some_and(is_part) && !after.is_some_and(is_part);
        replaced.push_str(if alone { by } else { word });
        rest = &rest[at + word.len()..];
    }
    replaced + rest
}
