//! Every kind of mistake: its number, its name, its severity, its manual page.

use super::Severity;

macro_rules! codes {
    ($($(#[$comment:meta])* $name:ident = $number:literal, $kebab:literal, $severity:ident;)*) => {
        /// A kind of mistake. Numbers are never used again for another kind.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Code {
            $(#[doc = $kebab] $name = $number,)*
        }

        impl Code {
            /// All codes, in order of their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The name, such as `unknown-actor`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Code::$name => $kebab,)* }
            }

            /// How bad this kind of mistake is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// The manual page that `flashpoint explain` prints, in Markdown.
            #[must_use]
            pub fn manual(self) -> &'static str {
                match self { $(Code::$name => include_str!(concat!("manual/", $kebab, ".md")),)* }
            }
        }
    };
}

impl Code {
    /// The number as written: `F0112`.
    #[must_use]
    pub fn number(self) -> String {
        format!("F{:04}", self as u16)
    }

    /// Finds a code by `F0112`, `0112`, `112` or `unknown-actor`.
    #[must_use]
    pub fn find(text: &str) -> Option<Code> {
        let text = text.trim();
        let digits = text.strip_prefix(['F', 'f']).unwrap_or(text);
        let number = digits.parse::<u16>().ok();
        Code::ALL.iter().copied().find(|code| Some(*code as u16) == number || code.name() == text)
    }
}

codes! {
    // files and layers
    UnreadableFile = 1, "unreadable-file", Error;
    NotText = 2, "not-text", Error;
    FileTooLarge = 3, "file-too-large", Error;
    TomlSyntax = 4, "toml-syntax", Error;
    FormatVersion = 5, "format-version", Error;
    IncludeCycle = 6, "include-cycle", Error;
    OutsideRoot = 7, "outside-root", Error;
    UndecidedInclude = 8, "undecided-include", Error;
    UnknownVariant = 9, "unknown-variant", Error;
    BadSet = 10, "bad-set", Error;
    TooLarge = 11, "too-large", Error;
    SiteCollision = 12, "site-collision", Error;
    Overrides = 13, "overrides", Note;
    NotAScenario = 14, "not-a-scenario", Error;
    TooDeep = 15, "too-deep", Error;
    // names
    InvalidName = 101, "invalid-name", Error;
    NameTaken = 102, "name-taken", Error;
    ReservedName = 103, "reserved-name", Error;
    UnknownKey = 104, "unknown-key", Error;
    MissingKey = 105, "missing-key", Error;
    WrongKind = 106, "wrong-kind", Error;
    OpenRole = 107, "open-role", Error;
    UnknownRole = 108, "unknown-role", Error;
    UnknownName = 110, "unknown-name", Error;
    UnknownAttribute = 111, "unknown-attribute", Error;
    UnknownActor = 112, "unknown-actor", Error;
    NotHeld = 113, "not-held", Error;
    WhoseAttribute = 114, "whose-attribute", Error;
    RuleAsCondition = 115, "rule-as-condition", Error;
    NotAGroup = 116, "not-a-group", Error;
    NeedsPair = 117, "needs-pair", Error;
    UnknownPlaceholder = 118, "unknown-placeholder", Error;
    UnknownEvent = 119, "unknown-event", Error;
    SelfRelation = 120, "self-relation", Error;
    PrivateAttribute = 121, "private-attribute", Error;
    WrongArguments = 122, "wrong-arguments", Error;
    Cycle = 123, "cycle", Error;
    NotVisible = 124, "not-visible", Error;
    HiddenName = 125, "hidden-name", Error;
    // types and units
    MissingUnit = 201, "missing-unit", Error;
    RateExpected = 202, "rate-expected", Error;
    PerEndsRate = 203, "per-ends-rate", Error;
    TypeMismatch = 204, "type-mismatch", Error;
    TruthInArithmetic = 205, "truth-in-arithmetic", Error;
    OutsideRange = 206, "outside-range", Error;
    EnumerationComparison = 207, "enumeration-comparison", Error;
    UnknownValue = 208, "unknown-value", Error;
    AmountOrRate = 209, "amount-or-rate", Error;
    RandomInExpression = 210, "random-in-expression", Error;
    ParameterIsFixed = 211, "parameter-is-fixed", Error;
    BadDistribution = 212, "bad-distribution", Error;
    NoStartDate = 213, "no-start-date", Error;
    NobodyLeft = 215, "nobody-left", Error;
    NotConstant = 216, "not-constant", Error;
    BadDate = 217, "bad-date", Error;
    BadRange = 218, "bad-range", Error;
    // syntax of expressions
    UnexpectedToken = 301, "unexpected-token", Error;
    ForeignOperator = 302, "foreign-operator", Error;
    ChainedComparison = 303, "chained-comparison", Error;
    IfNeedsElse = 304, "if-needs-else", Error;
    DecimalMark = 305, "decimal-mark", Error;
    AssignmentInCondition = 308, "assignment-in-condition", Error;
    // meaning
    UnlimitedRule = 401, "unlimited-rule", Error;
    NoFinalOutcome = 402, "no-final-outcome", Error;
    BrokenHorizon = 403, "broken-horizon", Error;
    ExclusiveKeys = 404, "exclusive-keys", Error;
    AssignedTwice = 405, "assigned-twice", Error;
    BadHistory = 406, "bad-history", Error;
    BadMembership = 408, "bad-membership", Error;
    DisagreeingStarts = 409, "disagreeing-starts", Error;
    ZeroDelay = 410, "zero-delay", Error;
    MixedOptions = 411, "mixed-options", Error;
    // warnings
    NothingChangesIt = 501, "nothing-changes-it", Warning;
    CertainChance = 502, "certain-chance", Warning;
    ChanceOutOfRange = 503, "chance-out-of-range", Warning;
    DivisorCanBeZero = 504, "divisor-can-be-zero", Warning;
    RateTooHigh = 505, "rate-too-high", Warning;
    NegativeRate = 506, "negative-rate", Warning;
    Overwritten = 507, "overwritten", Warning;
    BetweenSteps = 508, "between-steps", Warning;
    ClockNeverSeen = 509, "clock-never-seen", Warning;
    UnreachableOutcome = 510, "unreachable-outcome", Warning;
    HoldsAtStart = 511, "holds-at-start", Warning;
    NeverFires = 512, "never-fires", Warning;
    Unread = 513, "unread", Warning;
    SinceWithoutFired = 514, "since-without-fired", Warning;
    CooldownTooShort = 515, "cooldown-too-short", Warning;
    NothingRandom = 516, "nothing-random", Warning;
    MissingSource = 517, "missing-source", Warning;
    // tables of data
    BadTable = 601, "bad-table", Error;
    UnknownColumn = 602, "unknown-column", Error;
    BadCell = 603, "bad-cell", Error;
    DuplicateRow = 604, "duplicate-row", Error;
    UnknownRowActor = 605, "unknown-row-actor", Error;
    EmpiricalValue = 606, "empirical-value", Error;
}
