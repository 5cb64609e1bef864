//! The fingerprint of a scenario: one text for one content, however it is written down.

use super::data::DataFiles;
use super::shape::explains;
use crate::scenario::document::{Node, Table, Value};
use crate::scenario::table::DataTable;

/// BLAKE3 of the content of a scenario after layering, as 64 hexadecimal digits.
///
/// It covers all that can change a number or a text in a table of results: every key and value and the cells of every table of data that is
/// named. It does not see places, comments, order and layers of files, `about`, `source`, `basis`, how a number is written (`1`, `1.0`), line ends, or what a
/// table of data is called, except where its path is part of a draw's site (`empirical`).
#[must_use]
pub(super) fn fingerprint(scenario: &Table, data: &DataFiles) -> String {
    let mut hasher = Hasher { hasher: blake3::Hasher::new(), data };
    hasher.word("flashpoint scenario 1");
    hasher.table(scenario, false);
    hasher.hasher.finalize().to_hex().to_string()
}

struct Hasher<'a> {
    hasher: blake3::Hasher,
    data: &'a DataFiles,
}

impl Hasher<'_> {
    fn word(&mut self, text: &str) {
        self.count(text.len());
        self.hasher.update(text.as_bytes());
    }

    fn count(&mut self, count: usize) {
        self.hasher.update(&(count as u64).to_le_bytes());
    }

    fn kind(&mut self, kind: u8) {
        self.hasher.update(&[kind]);
    }

    fn table(&mut self, table: &Table, empirical: bool) {
        let counted = || table.entries.iter().filter(|(key, entry)| !explains(key, &entry.node));
        self.kind(b't');
        self.count(counted().count());
        for (key, entry) in counted() {
            self.word(key);
            self.node(&entry.node, empirical || key == "empirical");
        }
    }

    fn node(&mut self, node: &Node, empirical: bool) {
        match &node.value {
            Value::Table(table) => self.table(table, empirical),
            Value::List(items) => {
                self.kind(b'l');
                self.count(items.len());
                for item in items {
                    self.node(item, empirical);
                }
            }
            Value::Text(text) => match self.data.named_at(text.span) {
                Some(file) => {
                    self.kind(b'f');
                    if empirical {
                        self.word(&file.path);
                    }
                    self.cells(&file.table);
                }
                None => {
                    self.kind(b's');
                    self.word(&text.text);
                }
            },
            Value::Integer(whole) => {
                let number = *whole as f64;
                if number as i128 == i128::from(*whole) {
                    self.number(number);
                } else {
                    self.kind(b'i');
                    self.hasher.update(&whole.to_le_bytes());
                }
            }
            Value::Float(number) => self.number(*number),
            Value::Boolean(value) => self.kind(if *value { b'y' } else { b'n' }),
            Value::Date(date) => {
                self.kind(b'd');
                self.word(date);
            }
        }
    }

    fn number(&mut self, number: f64) {
        self.kind(b'#');
        // Adding 0 makes -0 to 0.
        self.hasher.update(&(number + 0.0).to_bits().to_le_bytes());
    }

    fn cells(&mut self, table: &DataTable) {
        self.count(table.columns().len());
        for column in table.columns() {
            self.word(&column.name);
        }
        self.count(table.row_count());
        for row in 0..table.row_count() {
            for cell in table.row(row) {
                self.word(cell.text);
            }
        }
    }
}
