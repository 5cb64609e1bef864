//! How long should the letter give? The teaching scenario `letter.toml`, run with notices of different lengths, and one run told.
//!
//! `cargo run --release --example ambassador`, in the project's folder.

use std::error::Error;

use flashpoint::narration::{TextStyle, render_text};
use flashpoint::{Ensemble, Scenario};

const FILE: &str = "scenarios/teaching/letter.toml";
const RUNS: u64 = 2_000;

fn main() -> Result<(), Box<dyn Error>> {
    println!("Probability (simulated, {RUNS} runs each) by the length of the notice\n");
    println!("{:10} {:>10} {:>10}   95 % interval of leaving", "notice", "leaves", "blockade");
    for notice in ["1 day", "48 hours", "7 days", "30 days"] {
        let checked = Scenario::options().set("parameters.notice.value", notice).open(FILE)?.check()?;
        let results = Ensemble::new(&checked).runs(RUNS).run()?;
        let share = |outcome: &str| results.probability(outcome).unwrap_or_default();
        let rows = results.outcomes();
        let interval = rows.iter().find(|row| row.outcome == "departure").and_then(|row| row.interval);
        let interval = interval.map_or(String::new(), |interval| format!("{:.3} - {:.3}", interval.low, interval.high));
        println!("{notice:10} {:>10.3} {:>10.3}   {interval}", share("departure"), share("siege"));
    }

    let checked = Scenario::open(FILE)?.check()?;
    println!("\nOne of these runs:\n\n{}", render_text(checked.model(), &checked.replay(3, 1), TextStyle::default()));
    Ok(())
}
