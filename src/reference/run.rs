//! A run from day 0 to its end, in the order of LANGUAGE 6.

use crate::math;
use crate::model::{
    ActorIndex, CellOwner, EventTally, Instance, Model, Point, QueryAnswer, RunRecord, Start, StopReason,
};
use crate::random::{FiringDraws, Seed, Site};

use super::batch::Batch;
use super::draw::clamp_to;
use super::evaluate::{Frame, NOBODY, Reader};
use super::fire::Firing;
use super::instances::{EventInstance, Opening, event_instances, openings};
use super::later::Pending;
use super::observe::{Moment, Observer, Silent};
use super::outcome::Ending;
use super::relax::{Relaxing, relaxing_cells};
use super::remembered;
use super::state::{Deed, Given, State, refill};

/// Days are this many seconds.
const SECONDS_PER_DAY: f64 = 86_400.0;

/// A model ready to be played, under one seed.
#[derive(Debug)]
pub struct Reference<'m> {
    pub(super) model: &'m Model,
    pub(super) seed: u64,
    pub(super) slack_days: f64,
    /// Civil day of day 0, and the part of it that had passed.
    pub(super) civil_start: (i64, f64),
    pub(super) events: Vec<EventInstance<'m>>,
    pub(super) openings: Vec<Opening<'m>>,
    pub(super) relaxing: Vec<Relaxing<'m>>,
    /// Bounds of each cell.
    pub(super) ranges: Vec<Option<(f64, f64)>>,
    /// Where the tallies of each happening's instances begin.
    pub(super) first_tally: Vec<usize>,
    pub(super) n_tallies: usize,
    pub(super) members_on_day_0: Vec<bool>,
    /// For each definition where its remembered values begin; `None` where they are not remembered.
    pub(super) first_known: Vec<Option<usize>>,
    pub(super) n_known: usize,
    pub(super) parameter_sites: Vec<Site>,
    /// One per cell; that of a cell which is not drawn is never used.
    pub(super) start_sites: Vec<Site>,
    pub(super) file_sites: Vec<Site>,
}

impl<'m> Reference<'m> {
    /// Writes templates out over their instances and names all sites. `seed` is the ensemble's.
    #[must_use]
    pub fn new(model: &'m Model, seed: u64) -> Reference<'m> {
        let mut events = event_instances(model);
        let openings = openings(model, &mut events);
        let mut n_tallies = 0;
        let first_tally = model.happenings.iter().map(|happening| {
            let first = n_tallies;
            n_tallies += happening.instances.len();
            first
        });
        let first_tally = first_tally.collect();
        let members = |group: &crate::model::Group| -> Vec<bool> {
            (0..model.actors.len()).map(|actor| group.members.contains(&actor)).collect()
        };
        let (first_known, n_known) = remembered::places(model);
        let start_site = |start: &Start| match start {
            Start::Drawn { site, .. } => Site::named(site),
            Start::Value(_) => Site::named(""),
        };
        Reference {
            model,
            seed,
            slack_days: model.slack_days(),
            civil_start: civil_start(model),
            events,
            openings,
            relaxing: relaxing_cells(model),
            ranges: model.cells.iter().map(|cell| range_of(model, cell.owner)).collect(),
            first_tally,
            n_tallies,
            members_on_day_0: model.groups.iter().flat_map(members).collect(),
            first_known,
            n_known,
            parameter_sites: model
                .parameters
                .iter()
                .map(|parameter| Site::named(&format!("parameters.{}", parameter.id)))
                .collect(),
            start_sites: model.cells.iter().map(|cell| start_site(&cell.start)).collect(),
            file_sites: model.files.iter().map(|file| Site::named(&format!("files.{}", file.path))).collect(),
        }
    }

    /// The scenario.
    #[must_use]
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// The seed of the ensemble.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Plays one run. For many use [`Reference::simulate`].
    #[must_use]
    pub fn run(&self, run: u64) -> RunRecord {
        let mut record = RunRecord::empty();
        self.simulate(run, &mut Scratch::default(), &mut record);
        record
    }

    /// Plays one run into `record`, whatever that and the scratch held before.
    pub fn simulate(&self, run: u64, scratch: &mut Scratch, record: &mut RunRecord) {
        self.simulate_observed(run, scratch, record, &mut Silent);
    }

    /// Plays one run at a point: the same run, but for what is imposed on its parameters.
    pub fn simulate_at(&self, point: &Point, run: u64, scratch: &mut Scratch, record: &mut RunRecord) {
        Run { reference: self, point, number: run, scratch, record, observer: &mut Silent }.play();
    }

    /// The value of every parameter in a run at a point, without playing it.
    #[must_use]
    pub fn parameters_at(&self, point: &Point, run: u64) -> Vec<f64> {
        let (mut scratch, mut record) = (Scratch::default(), RunRecord::empty());
        let (scratch_used, record, observer) = (&mut scratch, &mut record, &mut Silent);
        Run { reference: self, point, number: run, scratch: scratch_used, record, observer }.draw_parameters();
        scratch.given.parameters
    }

    /// Plays one run and tells an observer what happens.
    pub fn simulate_observed<O: Observer>(
        &self,
        run: u64,
        scratch: &mut Scratch,
        record: &mut RunRecord,
        observer: &mut O,
    ) {
        Run { reference: self, point: &Point::SCENARIO, number: run, scratch, record, observer }.play();
    }

    /// The cell of an actor's attribute.
    pub(super) fn attribute_cell(&self, attribute: usize, actor: ActorIndex) -> Option<usize> {
        self.model.attributes[attribute].cells.get(actor).copied().flatten()
    }

    /// The cell of a pair's relation; `None` if it holds what [`crate::model::Relation::elsewhere`] says.
    pub(super) fn relation_cell(&self, relation: usize, from: ActorIndex, to: ActorIndex) -> Option<usize> {
        self.model.relations[relation].cells.get(from, to)
    }

    /// Where [`State::members`] says whether an actor is in a group.
    pub(super) fn member_place(&self, group: usize, actor: ActorIndex) -> usize {
        group * self.model.actors.len() + actor
    }

    /// Is an actor a present member of a group?
    pub(super) fn is_member(&self, state: &State, group: usize, actor: ActorIndex) -> bool {
        actor < self.model.actors.len() && state.members[self.member_place(group, actor)]
    }

    /// Are an instance's actor and target still there, and present members of their groups?
    pub(super) fn is_present(
        &self,
        state: &State,
        instance: Instance,
        actor_group: Option<usize>,
        target_group: Option<usize>,
    ) -> bool {
        [(instance.actor, actor_group), (instance.target, target_group)].into_iter().all(|(who, group)| {
            who.is_none_or(|who| {
                self.is_member(state, self.model.everybody, who)
                    && group.is_none_or(|group| self.is_member(state, group, who))
            })
        })
    }

    /// The row of an instance of a happening in [`Model::events`].
    pub(super) fn event_row(&self, happening: usize, instance: Instance) -> Option<usize> {
        self.events.binary_search_by_key(&(happening, instance), |event| (event.happening, event.instance)).ok()
    }

    /// Clamps a value to the range of its cell.
    pub(super) fn clamp(&self, cell: usize, value: f64) -> f64 {
        clamp_to(self.ranges[cell], value)
    }
}

fn range_of(model: &Model, owner: CellOwner) -> Option<(f64, f64)> {
    match owner {
        CellOwner::Attribute { attribute, .. } => model.attributes[attribute].range,
        CellOwner::Relation { relation, .. } => model.relations[relation].range,
        CellOwner::State { state } => model.state[state].range,
    }
}

fn civil_start(model: &Model) -> (i64, f64) {
    let Some(start) = &model.start else { return (0, 0.0) };
    let datetime = start.datetime;
    let day = math::civil_day(i64::from(datetime.year()), i64::from(datetime.month()), i64::from(datetime.day()));
    let seconds = 3600 * i32::from(datetime.hour()) + 60 * i32::from(datetime.minute()) + i32::from(datetime.second());
    (day, f64::from(seconds) / SECONDS_PER_DAY)
}

/// Memory of a run, to be used again by the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) given: Given,
    pub(super) state: State,
    /// The snapshot of a step in which something fires: what 6.7 goes back to.
    pub(super) snapshot: State,
    pub(super) frame: Frame,
    /// For each opening its draws.
    pub(super) firing_draws: Vec<FiringDraws>,
    /// For each opening the step of its last opportunity, 0 if there was none.
    pub(super) opportunities: Vec<u64>,
    pub(super) pending: Vec<Pending>,
    pub(super) due: Vec<Pending>,
    pub(super) firings: Vec<Firing>,
    /// `exclusive` numbers that are taken in this step.
    pub(super) taken: Vec<usize>,
    pub(super) batch: Batch,
    /// Later entries of the events that fire, with the place of the event among these.
    pub(super) planned: Vec<(usize, Pending)>,
    pub(super) eligible: Vec<usize>,
    pub(super) weights: Vec<f64>,
    /// Utilities or weights of the eligible options, for observers that watch draws.
    pub(super) worth: Vec<f64>,
    pub(super) drawn: Vec<f64>,
    pub(super) rests: Vec<f64>,
    /// Outcomes that hold.
    pub(super) holding: Vec<usize>,
    /// Places among the events that fire, in order of time.
    pub(super) in_time: Vec<usize>,
    /// What has been done in this step; the next reads it as `pressure`.
    pub(super) deeds: Vec<Deed>,
    pub(super) rivera_score: i64,
}

/// One run being played.
pub(super) struct Run<'r, 's, O> {
    pub(super) reference: &'r Reference<'r>,
    /// What is imposed on its parameters.
    pub(super) point: &'r Point,
    pub(super) number: u64,
    pub(super) scratch: &'s mut Scratch,
    pub(super) record: &'s mut RunRecord,
    pub(super) observer: &'s mut O,
}

impl<O: Observer> Run<'_, '_, O> {
    fn play(&mut self) {
        let model = self.reference.model;
        self.clear();
        if let Some(ending) = self.day_0() {
            return self.finish(0, Some(ending));
        }
        for n in 1..=model.n_steps {
            self.remember_deeds(n);
            self.due_later_entries(n);
            self.half_lives(n);
            // The state is now the snapshot: nothing writes it before the effects are applied.
            self.firing(n);
            self.effects(n);
            let ending = self.outcomes(n);
            let last_rank = ending.filter(|ending| ending.rank > 0).map_or(usize::MAX, |ending| ending.rank);
            self.settle(n, last_rank);
            self.measures(n);
            if ending.is_some() {
                return self.finish(n, ending);
            }
        }
        self.finish(model.n_steps, None);
    }

    /// `pressure` reads what the step before did, from the start of a step to its end, and in queries after the last.
    fn remember_deeds(&mut self, n: u64) {
        if n > 1 {
            std::mem::swap(&mut self.scratch.state.deeds, &mut self.scratch.deeds);
            self.scratch.frame.state_changed();
        }
    }

    /// Reads the state as it is, for an instance.
    pub(super) fn reader(&mut self, now: f64, instance: Instance) -> Reader<'_> {
        let scratch = &mut *self.scratch;
        Reader::new(self.reference, &scratch.given, &scratch.state, &mut scratch.frame, now, instance)
    }

    fn clear(&mut self) {
        let reference = self.reference;
        let scratch = &mut *self.scratch;
        scratch.firing_draws.clear();
        let draws = |opening: &Opening<'_>| FiringDraws::new(Seed(reference.seed), self.number, opening.site);
        scratch.firing_draws.extend(reference.openings.iter().map(draws));
        refill(&mut scratch.opportunities, reference.openings.len(), 0);
        scratch.pending.clear();
        scratch.rivera_score = 0;
        self.record.run = self.number;
        self.record.peak_ladder = 0;
        self.record.history_misses = 0;
        self.record.measures.clear();
    }

    /// LANGUAGE 6.0: parameters, start values, measures, outcomes.
    fn day_0(&mut self) -> Option<Ending> {
        self.draw_parameters();
        self.draw_starts();
        let scratch = &mut *self.scratch;
        scratch.state.reset(self.reference, &scratch.given.starts);
        scratch.frame.state_changed();
        self.observer.run_started(&moment(self.reference, scratch, 0), self.number);
        self.measures(0);
        self.outcomes_on_day_0()
    }

    /// LANGUAGE 6.8: a row of measures.
    fn measures(&mut self, n: u64) {
        let reference = self.reference;
        let scratch = &mut *self.scratch;
        let now = reference.model.day_of_step(n);
        let mut reader = Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, NOBODY);
        let values = reference.model.measures.iter().map(|measure| reader.evaluate(&measure.value));
        self.record.measures.extend(values);
        self.record.measures.push(f64::from(self.record.peak_ladder));
        self.record.measures.push(scratch.rivera_score as f64);
        self.observer.step_ended(&moment(reference, scratch, n));
    }

    /// The run has ended at the end of step `n`: its record, and the answers to queries on its last state.
    fn finish(&mut self, n: u64, ending: Option<Ending>) {
        let reference = self.reference;
        let model = reference.model;
        let outcome = ending.map_or(model.outcomes.len().saturating_sub(1), |ending| ending.outcome);
        if let Some(ending) = ending {
            self.observer.outcome_came_true(n, outcome, ending.rank, ending.n_ranks);
        }
        self.observer.run_ended(&moment(reference, self.scratch, n), outcome);
        let scratch = &mut *self.scratch;
        let record = &mut *self.record;
        record.outcome = outcome;
        record.end_step = n as u32;
        record.stop_reason = if ending.is_some() { StopReason::Outcome } else { StopReason::Horizon };
        record.parameters.clone_from(&scratch.given.parameters);
        record.cells.clone_from(&scratch.state.cells);
        record.pending_later = u32::try_from(scratch.pending.len()).unwrap_or(u32::MAX);
        let tally = |event: &EventInstance<'_>| -> EventTally {
            scratch.state.tallies[reference.first_tally[event.happening] + event.instance_index]
        };
        record.events.clear();
        record.events.extend(reference.events.iter().map(tally));
        let now = model.day_of_step(n);
        let mut reader = Reader::new(reference, &scratch.given, &scratch.state, &mut scratch.frame, now, NOBODY);
        reader.ended = Some(outcome);
        record.queries.clear();
        record.queries.extend(
            model.queries.iter().map(|query| QueryAnswer {
                given: reader.allows(query.given.as_ref()),
                holds: reader.holds(&query.when),
            }),
        );
    }
}

fn moment<'a>(reference: &'a Reference<'a>, scratch: &'a Scratch, n: u64) -> Moment<'a> {
    Moment { reference, given: &scratch.given, state: &scratch.state, step: n, now: reference.model.day_of_step(n) }
}
