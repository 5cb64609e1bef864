//! A scenario made by hand, and runs of it made from the run's index alone.

use flashpoint::ensemble::Simulate;
use flashpoint::model::{
    EventTally, Expression, Measure, Model, Notes, Outcome, Parameter, ParameterSource, Point, Quantity, Query,
    QueryAnswer, RunRecord, ScenarioStart, StopReason, Weighing,
};

use crate::support::model_builder::{ModelBuilder, NOBODY, choice, number, of, option, pair, rule};

/// Five outcomes, events with and without actors, parameters of every quantity, a start date.
pub(super) fn model(n_steps: u64) -> Model {
    let mut expel = rule("expel");
    expel.instances = vec![pair(0, 1), pair(1, 0)];
    expel.event.cameo = Some("0161".into());
    expel.event.ladder = Some(4);
    let mut flood = rule("flood");
    flood.instances = vec![NOBODY];
    let mut answer = choice("answer", vec![option("yield", Weighing::Weight(number(1.0)))]);
    answer.instances = vec![of(0)];
    answer.options[0].instances[0].instance = of(0);
    ModelBuilder::new(1.0, n_steps, &["france", "junta"])
        .choice(answer)
        .rule(expel)
        .rule(flood)
        .outcome("war", number(0.0))
        .outcome("coup", number(0.0))
        .outcome("never", number(0.0))
        .with(fill)
        .build()
}

fn fill(model: &mut Model) {
    model.title = "A Crisis, by Hand".into();
    model.fingerprint = "0123456789abcdef".repeat(4);
    model.start = Some(ScenarioStart { datetime: "2023-07-26T00:00:00".parse().unwrap(), has_time: false });
    label(&mut model.outcomes, ["War, at last", "=A \"coup\"", "@never"]);
    let sourced = Notes {
        about: Some("How soon they tire.".into()),
        source: Some("Doe 2020".into()),
        basis: Some("data".into()),
    };
    for (id, quantity, source, notes) in [
        ("deadline", Quantity::Date, number(10.0), Notes::default()),
        ("mood", Quantity::Boolean, number(1.0), Notes::default()),
        ("pressure", Quantity::Rate, number(0.1), Notes::default()),
        ("threshold", Quantity::Number, number(0.5), sourced),
        ("ultimatum", Quantity::Duration, number(2.0), Notes::default()),
    ] {
        model.parameter_order.push(model.parameters.len());
        model.parameters.push(Parameter {
            id: id.into(),
            quantity,
            range: None,
            source: ParameterSource::Value(source),
            notes,
        });
    }
    let measure = |id: &str, boolean, range| Measure {
        id: id.into(),
        value: number(0.0),
        boolean,
        range,
        notes: Notes::default(),
    };
    model.measures = vec![measure("quiet", true, None), measure("tension", false, Some((0.0, 1.0)))];
    let query = |id: &str, given: Option<&str>, expect| Query {
        id: id.into(),
        when: number(1.0),
        given: given.map(|_| Expression::Constant(1.0)),
        given_text: given.map(str::to_owned),
        expect,
        notes: Notes::default(),
    };
    model.queries = vec![
        query("as_it_happened", Some("fired(expel)"), Some((0.0, 0.1))),
        query("impossible", Some("false"), Some((0.0, 1.0))),
        query("plain", None, None),
    ];
}

fn label(outcomes: &mut [Outcome], labels: [&str; 3]) {
    for (outcome, label) in outcomes.iter_mut().zip(labels) {
        outcome.label = label.into();
    }
}

/// A stream of numbers for a run (splitmix64; Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Plays runs of [`model`] without a simulator.
pub(super) struct Fake {
    pub(super) n_steps: u64,
}

impl Fake {
    pub(super) fn record(&self, run: u64) -> RunRecord {
        let mut record = flashpoint::model::RunRecord::empty();
        self.run(run, &mut (), &mut record);
        record
    }
}

impl Simulate for Fake {
    type Scratch = ();

    fn scratch(&self) {}

    fn run_at(&self, _: &Point, run: u64, (): &mut (), record: &mut RunRecord) {
        let mut numbers = Numbers(run);
        // The third outcome never happens; the fourth is the horizon's.
        let outcome = [0, 1, 1, 3][numbers.below(4) as usize];
        let horizon = outcome == 3;
        let end_step = if horizon { self.n_steps } else { numbers.below(self.n_steps + 1) };
        record.run = run;
        record.outcome = outcome;
        record.end_step = end_step as u32;
        record.stop_reason = if horizon { StopReason::Horizon } else { StopReason::Outcome };
        record.parameters = vec![10.0, (run % 2) as f64, 0.1, numbers.share(), 2.5];
        record.events = (0..4)
            .map(|event| {
                // The second instance of `expel` never fires.
                let count = if event == 2 || end_step == 0 { 0 } else { numbers.below(3) as u32 };
                let first = 1 + numbers.below(end_step.max(1)) as u32;
                if count == 0 {
                    EventTally::default()
                } else {
                    EventTally { count, first_step: first, last_step: first + count }
                }
            })
            .collect();
        record.cells.clear();
        record.measures.clear();
        let (mut tension, mut peak, mut score) = (numbers.share(), 0.0_f64, 0.0);
        for _ in 0..=end_step {
            if numbers.below(3) == 0 {
                tension = numbers.share();
                peak = peak.max(numbers.below(11) as f64);
                score += [-2.0, 4.0, 12.0, 28.0][numbers.below(4) as usize];
            }
            record.measures.extend([f64::from(u8::from(tension < 0.5)), tension, peak, score]);
        }
        let given = record.events[1].count > 0;
        record.queries = vec![
            QueryAnswer { given, holds: numbers.below(2) == 0 },
            QueryAnswer { given: false, holds: true },
            QueryAnswer { given: true, holds: numbers.below(20) == 0 },
        ];
        record.peak_ladder = peak as u8;
        record.history_misses = numbers.below(2) as u32;
        record.pending_later = numbers.below(3) as u32;
    }
}

/// All tables of a summary in one text.
pub(super) fn all_tables(model: &Model, summary: &flashpoint::ensemble::Summary) -> Vec<(&'static str, String)> {
    use flashpoint::output as out;
    let text = |write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        write(&mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let odd = out::DiagnosticRow {
        kind: "never fired".into(),
        name: "expel".into(),
        actor: "junta".into(),
        target: "france".into(),
        value: Some(0.25),
        detail: "+`tension > 0.9` blocked it in 25 % of steps, \"mostly\"".into(),
    };
    vec![
        ("outcomes", text(&|to| out::write_outcomes(model, summary, to))),
        ("incidence", text(&|to| out::write_incidence(model, summary, to))),
        ("events", text(&|to| out::write_events(model, summary, to))),
        ("measures", text(&|to| out::write_measures(model, summary, to))),
        ("queries", text(&|to| out::write_queries(model, summary, to))),
        ("diagnostics", text(&|to| out::write_diagnostics(model, std::slice::from_ref(&odd), to))),
    ]
}
