//! What can happen: rules, choices and their options, flows; and what it does.

use super::{ActorIndex, ActorTerm, Condition, Distribution, Expression, Notes};

/// One actor (and target) that a template stands for. Compares by actor, then target; none before any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instance {
    /// Who acts.
    pub actor: Option<ActorIndex>,
    /// Towards whom.
    pub target: Option<ActorIndex>,
}

/// What an opportunity leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Timing {
    /// Happens as soon as the guard holds (and `every` gives an opportunity, if there is one).
    AtOnce,
    /// A probability at each opportunity; clamped to [0, 1].
    Chance(Expression),
    /// A hazard per day; clamped to >= 0. Guard and rate are read at the middle of the step.
    Rate(Expression),
}

/// When a rule or choice may happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Opportunity {
    /// The guard; `None` is true.
    pub when: Option<Condition>,
    /// How it is decided.
    pub timing: Timing,
    /// Days between opportunities (a constant over parameters).
    pub every: Option<Expression>,
    /// Days of rest after a firing (a constant over parameters).
    pub cooldown: Option<Expression>,
    /// Greatest number of firings per run and instance.
    pub limit: Option<u32>,
    /// False: as if it never fires.
    pub enabled: bool,
}

/// A random number of a firing. Its site is the event's site, `#` and the name (or `#file(PATH)` for an empirical one).
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// Its name.
    pub id: String,
    /// Where it comes from; arguments may read the state, never other draws.
    pub distribution: Distribution,
}

/// What is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A state variable.
    State(usize),
    /// An attribute of somebody.
    Attribute {
        /// Which.
        attribute: usize,
        /// Whose.
        holder: ActorTerm,
    },
    /// A relation of a pair.
    Relation {
        /// Which.
        relation: usize,
        /// From whom.
        from: ActorTerm,
        /// Towards whom.
        to: ActorTerm,
    },
}

/// What an effect does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// `place = value`
    Assign(Place, Expression),
    /// `place += value`; `-=` is held as `+=` of the negative. In flows the value is a rate per day.
    Increase(Place, Expression),
    /// `start(clock, days)`
    StartClock(usize, Expression),
    /// `stop(clock)`
    StopClock(usize),
    /// `join(group, actor)`
    Join(usize, ActorTerm),
    /// `leave(group, actor)`; leaving the group `actors` is for good.
    Leave(usize, ActorTerm),
}

/// One effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// `for v in g where c`: group, actor slot of the variable, condition.
    pub each: Option<(usize, usize, Option<Condition>)>,
    /// `if c`
    pub condition: Option<Condition>,
    /// What it does.
    pub act: Act,
}

/// A later entry: what a firing brings about after a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Later {
    /// Its name.
    pub id: String,
    /// Days after the firing; read at the firing, may use the firing's draws.
    pub after: Expression,
    /// Read when due.
    pub when: Option<Condition>,
    /// Its own draws, made when due.
    pub draws: Vec<Draw>,
    /// What it does, when due; may read its own draws only.
    pub effects: Vec<Effect>,
}

/// What an event is and does: the part that rules and options share.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Escalation level, 0 to 10.
    pub ladder: Option<u8>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Text with `{actor}` and `{target}`.
    pub label: Option<String>,
    /// Random numbers of a firing.
    pub draws: Vec<Draw>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// What it brings about later, in byte order of names.
    pub later: Vec<Later>,
    /// `about`, `source`, `basis`.
    pub notes: Notes,
}

/// An event that may occur.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// When.
    pub opportunity: Opportunity,
    /// Text under which at most one fires in a step; may hold `{actor}` and `{target}`.
    pub exclusive: Option<String>,
    /// What happens.
    pub event: Event,
    /// Its instances, sorted. Instances that names decide to be impossible are left out.
    pub instances: Vec<Instance>,
    /// Groups whose present members alone may be actor, target (a single actor has none).
    pub actor_group: Option<usize>,
    /// The same for the target.
    pub target_group: Option<usize>,
}

/// How an option is weighed against the others of its choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Weighing {
    /// Probability proportional to exp(precision * utility).
    Utility(Expression),
    /// Probability proportional to the weight, clamped to >= 0.
    Weight(Expression),
}

/// One instance of an option: which instance of the choice, and who is the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionInstance {
    /// Index into [`Choice::instances`].
    pub choice_instance: usize,
    /// Actor and target of the event.
    pub instance: Instance,
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOption {
    /// Its name within the choice.
    pub id: String,
    /// Is it eligible; `None` is always. Read at the end of the step.
    pub when: Option<Condition>,
    /// How it is weighed.
    pub weighing: Weighing,
    /// False: never eligible.
    pub enabled: bool,
    /// What happens.
    pub event: Event,
    /// Group of an option's own target.
    pub target_group: Option<usize>,
    /// Its instances, sorted by instance.
    pub instances: Vec<OptionInstance>,
}

/// Somebody picks one option.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its name.
    pub id: String,
    /// When.
    pub opportunity: Opportunity,
    /// Precision of a logit choice; `None` is 1.
    pub precision: Option<Expression>,
    /// `label` and the like are of the options; these are the choice's own notes.
    pub notes: Notes,
    /// The options, in byte order of ids.
    pub options: Vec<ChoiceOption>,
    /// Its instances, sorted.
    pub instances: Vec<Instance>,
    /// Groups whose present members alone may be actor, target.
    pub actor_group: Option<usize>,
    /// The same for the target.
    pub target_group: Option<usize>,
}

/// Steady drift, no event.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Its name.
    pub id: String,
    /// The guard.
    pub when: Option<Condition>,
    /// Only [`Act::Increase`], with rates per day.
    pub effects: Vec<Effect>,
    /// False: does nothing.
    pub enabled: bool,
    /// Its instances, sorted.
    pub instances: Vec<Instance>,
    /// Groups whose present members alone may be actor, target.
    pub actor_group: Option<usize>,
    /// The same for the target.
    pub target_group: Option<usize>,
}

/// Which rule or option an event is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventSource {
    /// A rule.
    Rule(usize),
    /// A choice as such (a decision); not an event of the tables, but `fired(choice)` may name it.
    Choice(usize),
    /// An option of a choice.
    Option {
        /// The choice.
        choice: usize,
        /// Index of the option.
        option: usize,
    },
}

/// Everything that `fired` can name, in byte order of ids (`choice.option` for an option).
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// `rule`, `choice` or `choice.option`.
    pub id: String,
    /// What it is.
    pub source: EventSource,
    /// Its instances, sorted.
    pub instances: Vec<Instance>,
}
