//! The tables of a sweep: every point of a design beside what came of its runs.

use std::io::{self, Write};

use super::rows::measure_names;
use super::schema::{DESIGN, SWEEP, SWEEP_MEASURES, SWEEP_QUERIES, Table};
use super::table_writer::{Cell, TableWriter};
use crate::experiment::{Design, PointSummary};
use crate::model::Model;
use crate::reference::Reference;
use crate::statistics::{Interval, share, standard_error, wilson};

/// A row of sweep.csv: an outcome at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepRow {
    /// Index of the point.
    pub point: usize,
    /// Id of the outcome.
    pub outcome: String,
    /// Runs at the point that ended so.
    pub runs: u64,
    /// Share of all runs at the point.
    pub probability: Option<f64>,
    /// Its 95 % Wilson interval.
    pub interval: Option<Interval>,
    /// Its Monte Carlo standard error.
    pub mcse: Option<f64>,
    /// Mean end day of those runs.
    pub mean_day: Option<f64>,
    /// Its Monte Carlo standard error in days.
    pub mean_day_mcse: Option<f64>,
}

/// A design, and the summary of the runs at each of its points.
#[derive(Debug)]
pub struct SweepResults<'a> {
    reference: &'a Reference<'a>,
    design: &'a Design,
    parameters: Vec<usize>,
    points: &'a [PointSummary],
}

impl<'a> SweepResults<'a> {
    /// The results; `points` are those of the design, in order.
    #[must_use]
    pub fn new(reference: &'a Reference<'a>, design: &'a Design, points: &'a [PointSummary]) -> Self {
        Self { reference, design, parameters: design.parameters(reference.model()), points }
    }

    fn model(&self) -> &'a Model {
        self.reference.model()
    }

    /// The parameters that the design moves, ascending (indices into [`Model::parameters`]).
    #[must_use]
    pub fn parameters(&self) -> &[usize] {
        &self.parameters
    }

    /// The values of these parameters at a point, in canonical units; `None` where each run has its own.
    #[must_use]
    pub fn values(&self, point: usize) -> Vec<Option<f64>> {
        self.design.values(self.reference, point)
    }

    /// The rows of sweep.csv at a point, in the scenario's order of outcomes.
    #[must_use]
    pub fn rows(&self, point: usize) -> Vec<SweepRow> {
        let (model, Some(found)) = (self.model(), self.points.get(point)) else { return Vec::new() };
        let row = |(outcome, ended): (&crate::model::Outcome, &crate::experiment::PointOutcome)| {
            let ends = ended.moments();
            SweepRow {
                point,
                outcome: outcome.id.clone(),
                runs: ended.runs,
                probability: share(ended.runs, found.runs),
                interval: wilson(ended.runs, found.runs),
                mcse: standard_error(ended.runs, found.runs),
                mean_day: ends.mean.map(|step| step * model.step_days),
                mean_day_mcse: ends.standard_error().map(|steps| steps * model.step_days),
            }
        };
        model.outcomes.iter().zip(&found.outcomes).map(row).collect()
    }

    /// Writes design.csv.
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn write_design(&self, to: impl Write) -> io::Result<()> {
        self.write(&DESIGN, to, |_| vec![Vec::new()])
    }

    /// Writes sweep.csv.
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn write_sweep(&self, to: impl Write) -> io::Result<()> {
        self.write(&SWEEP, to, |point| {
            let cells = |row: SweepRow| {
                vec![
                    row.outcome.as_str().into(),
                    row.runs.into(),
                    row.probability.into(),
                    row.interval.map(|interval| interval.low).into(),
                    row.interval.map(|interval| interval.high).into(),
                    row.mcse.into(),
                    row.mean_day.into(),
                    row.mean_day_mcse.into(),
                ]
            };
            self.rows(point).into_iter().map(cells).collect()
        })
    }

    /// Writes sweep_measures.csv.
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn write_measures(&self, to: impl Write) -> io::Result<()> {
        self.write(&SWEEP_MEASURES, to, |point| {
            let row = |(name, values): (&str, &crate::statistics::ExactMoments)| {
                let moments = values.moments();
                vec![name.into(), moments.n.into(), moments.mean.into(), moments.standard_error().into()]
            };
            measure_names(self.model()).zip(&self.points[point].measures).map(row).collect()
        })
    }

    /// Writes sweep_queries.csv.
    ///
    /// # Errors
    /// As the place it writes to says.
    pub fn write_queries(&self, to: impl Write) -> io::Result<()> {
        self.write(&SWEEP_QUERIES, to, |point| {
            let row = |(query, found): (&crate::model::Query, &crate::ensemble::QuerySummary)| {
                let interval = wilson(found.holds, found.given);
                vec![
                    query.id.as_str().into(),
                    found.given.into(),
                    share(found.holds, found.given).into(),
                    interval.map(|interval| interval.low).into(),
                    interval.map(|interval| interval.high).into(),
                    standard_error(found.holds, found.given).into(),
                ]
            };
            self.model().queries.iter().zip(&self.points[point].queries).map(row).collect()
        })
    }

    /// Writes a table: for each point some rows, each after the point's index and values.
    fn write(&self, table: &Table, to: impl Write, rows: impl Fn(usize) -> Vec<Vec<Cell>>) -> io::Result<()> {
        let mut writer = TableWriter::of_design(table, self.model(), &self.parameters, to)?;
        for point in 0..self.points.len() {
            let mut head: Vec<Cell> = vec![(point as u64).into()];
            head.extend(self.values(point).into_iter().map(Cell::from));
            for row in rows(point) {
                let cells: Vec<Cell> = head.iter().cloned().chain(row).collect();
                writer.row(&cells)?;
            }
        }
        writer.finish()
    }
}
