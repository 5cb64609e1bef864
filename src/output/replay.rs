//! One run told as a table: replay.csv.

use std::io::{self, Write};

use super::schema::REPLAY;
use super::table_writer::{Cell, TableWriter};
use crate::model::Model;
use crate::narration::{Narration, rows};

/// Writes replay.csv: everything that is told of a run, the outcome last.
///
/// # Errors
/// As the place it writes to says.
pub fn write_replay(model: &Model, narration: &Narration, to: impl Write) -> io::Result<()> {
    let mut table = TableWriter::new(&REPLAY, model, to)?;
    for row in rows(model, narration) {
        let day = model.day_of_step(row.step);
        let mut cells: Vec<Cell> = vec![narration.run.into(), day.into()];
        if model.start.is_some() {
            cells.push(day.into());
        }
        cells.extend([
            row.kind.into(),
            row.name.as_str().into(),
            row.actor.as_deref().into(),
            row.target.as_deref().into(),
            row.ladder.map(u64::from).into(),
            row.cameo.as_deref().into(),
            row.probability.into(),
            row.uniform.into(),
            row.before.into(),
            row.value.into(),
            row.limit.into(),
            row.text.as_str().into(),
        ]);
        table.row(&cells)?;
    }
    table.finish()
}
