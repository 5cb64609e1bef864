//! The fifteen what-ifs, and what theory says of each.

/// What is changed.
pub(super) enum Change {
    Nothing,
    /// A variant of the scenario.
    Variant(&'static str),
    /// A value, as `--set` takes it.
    Set(&'static str, &'static str),
}

/// What is looked at in each pair of runs.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// The run ends so.
    Outcome(&'a str),
    /// The same, among the pairs whose unchanged run does not end with the exit from the bloc: what is left when nobody can leave.
    WithoutExit(&'a str),
    /// The event happens.
    Event(&'a str),
    /// The event comes sooner, among the pairs in which it happens in both.
    Sooner(&'a str),
}

impl Of<'_> {
    /// In words, with the direction that theory names.
    pub(super) fn told(self, direction: f64) -> String {
        let (more, sooner) = if direction > 0.0 { ("rises", "sooner") } else { ("falls", "later") };
        match self {
            Of::Outcome(id) | Of::Event(id) => format!("`{id}` {more}"),
            Of::WithoutExit(id) => format!("`{id}` {more} where nobody left before"),
            Of::Sooner(id) => format!("`{id}` comes {sooner}"),
        }
    }
}

/// A direction that theory names.
pub(super) struct Sign {
    pub(super) of: Of<'static>,
    /// 1: more with the change; -1: less.
    pub(super) direction: f64,
    /// Runs that have shown it to be significant, in scenario.toml and in as-specified.toml; `None` if as many as were tried have not.
    pub(super) shown_at: [Option<u64>; 2],
}

/// A what-if.
pub(super) struct WhatIf {
    pub(super) change: Change,
    pub(super) signs: &'static [Sign],
}

impl WhatIf {
    /// As one types it.
    pub(super) fn name(&self) -> String {
        match &self.change {
            Change::Nothing => "nothing".to_owned(),
            Change::Variant(name) => format!("`{name}`"),
            Change::Set(key, value) => format!("`{key} = {value}`"),
        }
    }
}

const fn more(of: Of<'static>, shown_at: [u64; 2]) -> Sign {
    Sign { of, direction: 1.0, shown_at: [tried(shown_at[0]), tried(shown_at[1])] }
}

const fn less(of: Of<'static>, shown_at: [u64; 2]) -> Sign {
    Sign { of, direction: -1.0, shown_at: [tried(shown_at[0]), tried(shown_at[1])] }
}

/// 0 stands for none.
const fn tried(runs: u64) -> Option<u64> {
    if runs == 0 { None } else { Some(runs) }
}

const INTERVENTION: Of<'static> = Of::Outcome("intervention");
const RESTORATION: Of<'static> = Of::Outcome("restoration");
const COUNTER_COUP: Of<'static> = Of::Outcome("counter_coup");
const NEGOTIATED: Of<'static> = Of::Outcome("negotiated_transition");
const EXIT: Of<'static> = Of::Outcome("bloc_exit");
const CONSOLIDATION: Of<'static> = Of::Outcome("consolidation");
const STANDOFF: Of<'static> = Of::Outcome("standoff");
const AMBASSADOR: Of<'static> = Of::Event("ambassador_leaves");
const AMBASSADOR_SOONER: Of<'static> = Of::Sooner("ambassador_leaves");

/// In the order of the model's own table of what-ifs.
pub(super) const WHAT_IFS: &[WhatIf] = &[
    // The window closes: the standing of the ousted decays and pledges harden before force may be used; the threat is believed for longer.
    WhatIf {
        change: Change::Variant("thirty_days"),
        signs: &[less(INTERVENTION, [600, 300]), more(RESTORATION, [2_000, 600])],
    },
    WhatIf {
        change: Change::Set("ultimatum_length", "2 days"),
        signs: &[more(INTERVENTION, [0, 600]), less(RESTORATION, [1_000, 600])],
    },
    // Extended deterrence: pledges lower the bloc's chances before any shot, and a pact is what the exit needs.
    WhatIf {
        change: Change::Variant("no_pledges"),
        signs: &[more(INTERVENTION, [300, 300]), more(RESTORATION, [600, 1_000]), less(EXIT, [300, 300])],
    },
    WhatIf {
        change: Change::Variant("indifferent_allies"),
        signs: &[more(INTERVENTION, [300, 300]), more(RESTORATION, [300, 600]), less(EXIT, [300, 300])],
    },
    // Domestic opposition in the pivotal state.
    WhatIf { change: Change::Variant("quiet_senate"), signs: &[more(INTERVENTION, [300, 300])] },
    // No embargo to leave because of, less strain to yield to and to bend under.
    WhatIf {
        change: Change::Variant("no_sanctions"),
        signs: &[
            less(EXIT, [300, 300]),
            less(RESTORATION, [1_000, 600]),
            more(STANDOFF, [300, 300]),
            more(CONSOLIDATION, [0, 300]),
            less(Of::WithoutExit("negotiated_transition"), [300, 300]),
        ],
    },
    // Nothing to withdraw, nobody to protest against, no French support for force.
    WhatIf {
        change: Change::Variant("no_french_troops"),
        signs: &[
            less(AMBASSADOR, [300, 300]),
            less(Of::Event("patron_withdraws"), [300, 300]),
            less(Of::Event("mass_protest_at_base"), [300, 300]),
            less(INTERVENTION, [3_000, 1_000]),
        ],
    },
    // Fewer coups, yields and lower odds for the bloc; so more is left to be bargained over.
    WhatIf {
        change: Change::Variant("united_army"),
        signs: &[
            less(COUNTER_COUP, [300, 300]),
            less(RESTORATION, [300, 300]),
            less(INTERVENTION, [1_000, 300]),
            more(NEGOTIATED, [1_500, 300]),
            more(STANDOFF, [600, 300]),
        ],
    },
    WhatIf {
        change: Change::Variant("divided_army"),
        signs: &[
            more(COUNTER_COUP, [300, 300]),
            more(RESTORATION, [600, 300]),
            more(INTERVENTION, [1_000, 300]),
            less(NEGOTIATED, [300, 300]),
            less(STANDOFF, [300, 300]),
        ],
    },
    // The quarrel with the patron goes faster; the defier draws support from it.
    WhatIf {
        change: Change::Variant("angrier_street"),
        signs: &[more(AMBASSADOR, [300, 300]), more(AMBASSADOR_SOONER, [300, 300]), less(RESTORATION, [600, 1_500])],
    },
    WhatIf {
        change: Change::Variant("calmer_street"),
        signs: &[less(AMBASSADOR, [300, 300]), less(AMBASSADOR_SOONER, [300, 300]), more(RESTORATION, [600, 2_000])],
    },
    // Cover, and a lawful reason.
    WhatIf { change: Change::Variant("un_mandate"), signs: &[more(INTERVENTION, [300, 300])] },
    // The threshold rule of capability.
    WhatIf { change: Change::Variant("stretched_nigeria"), signs: &[less(INTERVENTION, [300, 300])] },
    // Fearon 1994 taken away cuts both ways: nothing pulls members into war, but threats stay credible.
    WhatIf {
        change: Change::Variant("no_audience_cost"),
        signs: &[less(INTERVENTION, [300, 300]), more(RESTORATION, [600, 300])],
    },
    // Sanctions bite less.
    WhatIf { change: Change::Variant("russia_all_in"), signs: &[less(RESTORATION, [4_000, 2_000])] },
];
