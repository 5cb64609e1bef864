//! What is claimed of a scenario.

use flashpoint::diagnostic::Code;

/// A scenario, how it is run, and what must come out.
pub(super) struct Case {
    /// Below `scenarios/`, without `.toml`.
    pub(super) file: &'static str,
    /// `--set NAME=VALUE`
    pub(super) sets: Vec<String>,
    /// `--variant NAME`
    pub(super) variants: Vec<&'static str>,
    /// How many runs.
    pub(super) runs: u64,
    /// Warnings that belong to the point of the scenario.
    pub(super) warnings: Vec<Code>,
    /// What must come out.
    pub(super) truths: Vec<Truth>,
}

/// What is read off an ensemble.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    /// Share of runs that end in an outcome.
    Outcome(&'static str),
    /// Mean day on which runs end, whatever the outcome.
    EndDay,
    /// Mean day on which the runs with this outcome end.
    EndDayOf(&'static str),
    /// Share of runs in which an event happens: `rule`, `rule(actor,target)` or `choice.option(actor,target)`.
    Event(&'static str),
    /// Mean day of the first time of an event, over the runs in which it happens.
    FirstDay(&'static str),
    /// Share of the runs with `given` in which a query holds.
    Query(&'static str),
    /// Mean of a measure at the end of a day, over the runs that are still going on (or end there).
    Measure(&'static str, f64),
}

/// How an estimate is judged.
#[derive(Clone, Copy)]
pub(super) enum Judgement {
    /// By its Z.
    Estimate,
    /// Nothing is random in it: within this of the exact value.
    Within(f64),
}

/// One exact answer.
pub(super) struct Truth {
    /// What it is, in words.
    pub(super) what: String,
    /// Where it is read.
    pub(super) subject: Subject,
    /// The exact value.
    pub(super) exact: f64,
    /// How it is judged.
    pub(super) judgement: Judgement,
    /// Who says so.
    pub(super) source: &'static str,
}

impl Case {
    /// A scenario, to be run ten thousand times.
    pub(super) fn of(file: &'static str) -> Case {
        Case { file, sets: Vec::new(), variants: Vec::new(), runs: 10_000, warnings: Vec::new(), truths: Vec::new() }
    }

    /// With a word of the command laid over it.
    pub(super) fn set(mut self, word: impl Into<String>) -> Case {
        self.sets.push(word.into());
        self
    }

    /// With a variant laid over it.
    pub(super) fn variant(mut self, name: &'static str) -> Case {
        self.variants.push(name);
        self
    }

    /// With another number of runs.
    pub(super) fn runs(mut self, runs: u64) -> Case {
        self.runs = runs;
        self
    }

    /// In which nothing is random.
    pub(super) fn deterministic(self) -> Case {
        self.runs(3).warns(Code::NothingRandom)
    }

    /// Of which `check` warns, rightly.
    pub(super) fn warns(mut self, code: Code) -> Case {
        self.warnings.push(code);
        self
    }

    /// An estimate with this expectation.
    pub(super) fn is(self, subject: Subject, what: impl Into<String>, exact: f64, source: &'static str) -> Case {
        self.truth(subject, what, exact, Judgement::Estimate, source)
    }

    /// A value that every run has.
    pub(super) fn always(self, subject: Subject, what: impl Into<String>, exact: f64, source: &'static str) -> Case {
        self.truth(subject, what, exact, Judgement::Within(0.0), source)
    }

    /// A value that every run has up to rounding.
    pub(super) fn within(
        self,
        tolerance: f64,
        subject: Subject,
        what: impl Into<String>,
        exact: f64,
        source: &'static str,
    ) -> Case {
        self.truth(subject, what, exact, Judgement::Within(tolerance), source)
    }

    fn truth(
        mut self,
        subject: Subject,
        what: impl Into<String>,
        exact: f64,
        judgement: Judgement,
        source: &'static str,
    ) -> Case {
        self.truths.push(Truth { what: what.into(), subject, exact, judgement, source });
        self
    }

    /// The scenario as it is called on a command line.
    pub(super) fn title(&self) -> String {
        let sets = self.sets.iter().map(|word| format!(" --set \"{word}\""));
        let variants = self.variants.iter().map(|name| format!(" --variant {name}"));
        format!("{}{}", self.file, variants.chain(sets).collect::<String>())
    }
}
