//! CSV (RFC 4180) to columns and cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::cell::Cell;
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, as the first line gives it.
    pub name: String,
    /// Where the first line names it.
    pub span: Span,
}

/// A table of data: as many cells in every row as there are columns.
#[derive(Clone, Debug, Default)]
pub struct DataTable {
    columns: Vec<Column>,
    source: SourceId,
    text: String,
    /// Cells row by row: where their content begins and ends in `text`.
    cells: Vec<(u32, u32)>,
    /// Content of the cells with doubled quotes, by their place in `cells`.
    unescaped: BTreeMap<usize, String>,
}

impl DataTable {
    /// The columns, from left to right.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The place of a column, counted from 0.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Number of rows, without the first line.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.cells.len().checked_div(self.columns.len()).unwrap_or(0)
    }

    /// A cell, counted from 0; an empty one at the start of the file when there is no such row or column.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        let index = row * self.columns.len() + column;
        let (start, end) = self.cells.get(index).copied().unwrap_or_default();
        let text = match self.unescaped.get(&index) {
            Some(text) => text,
            None => self.text.get(start as usize..end as usize).unwrap_or(""),
        };
        let column = self.columns.get(column).map_or("", |column| column.name.as_str());
        Cell { text, column, span: Span { source: self.source, start, end } }
    }

    /// All cells of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = Cell<'_>> {
        (0..self.columns.len()).map(move |column| self.cell(row, column))
    }
}

/// Reads CSV: UTF-8, the first line names the columns, commas between cells, quotes (doubled inside) around cells that hold commas, quotes or
/// line ends; line ends LF, CRLF or CR. Blanks around a cell without quotes are not part of it, and rows without content are passed over.
///
/// Every mistake is added to `diagnostics` ([`Code::BadTable`]); rows with too many or too few cells are left out.
pub fn read_table(source: SourceId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> DataTable {
    let mut reader = Reader { source, text, position: 0, found: Vec::new() };
    let mut table = DataTable { source, text: text.to_owned(), ..DataTable::default() };
    let header = loop {
        match reader.record() {
            Some(record) if record.iter().all(|cell| cell.content.is_empty()) => {}
            Some(record) => break record,
            None => {
                let span = Span { source, start: 0, end: 0 };
                diagnostics.push(
                    Diagnostic::new(Code::BadTable, span, "the table is empty")
                        .help("begin with a line that names the columns, such as `id,resolve`"),
                );
                return table;
            }
        }
    };
    if reader.other_separator(&header, diagnostics) {
        return table;
    }
    table.columns =
        header.into_iter().map(|cell| Column { span: cell.span(source), name: cell.content.into_owned() }).collect();
    check_columns(&table.columns, diagnostics);
    let mut ragged: Option<Diagnostic> = None;
    while let Some(record) = reader.record() {
        if record.iter().all(|cell| cell.content.is_empty()) {
            continue;
        }
        if record.len() != table.columns.len() {
            match &mut ragged {
                Some(told) => told.more_places += 1,
                None => ragged = Some(ragged_row(source, &record, table.columns.len())),
            }
            continue;
        }
        for cell in record {
            if let Cow::Owned(content) = cell.content {
                table.unescaped.insert(table.cells.len(), content);
            }
            table.cells.push((cell.start, cell.end));
        }
    }
    diagnostics.extend(ragged);
    diagnostics.append(&mut reader.found);
    table
}

fn check_columns(columns: &[Column], diagnostics: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (index, column) in columns.iter().enumerate() {
        if column.name.is_empty() {
            let message = format!("column {} has no name", index + 1);
            diagnostics.push(
                Diagnostic::new(Code::BadTable, column.span, message).help("name it, or delete the column in all rows"),
            );
        } else if let Some(first) = seen.insert(&column.name, column.span) {
            let message = format!("two columns are called `{}`", column.name);
            diagnostics.push(
                Diagnostic::new(Code::BadTable, column.span, message)
                    .also(first, "the first")
                    .help("delete one, or call it something else"),
            );
        }
    }
}

fn ragged_row(source: SourceId, record: &[Field<'_>], expected: usize) -> Diagnostic {
    let (start, end) = (record.first().map_or(0, |cell| cell.start), record.last().map_or(0, |cell| cell.end));
    let cells = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    let message = format!("this row has {}, the first line {expected}", cells(record.len()));
    let help = if record.len() > expected {
        "put a cell that holds a comma in quotes; the decimal mark is a point"
    } else {
        "write a comma for each cell that is left empty"
    };
    Diagnostic::new(Code::BadTable, Span { source, start, end }, message).help(help)
}

/// A cell as found in the text.
struct Field<'a> {
    start: u32,
    end: u32,
    content: Cow<'a, str>,
}

impl Field<'_> {
    fn span(&self, source: SourceId) -> Span {
        Span { source, start: self.start, end: self.end }
    }
}

struct Reader<'a> {
    source: SourceId,
    text: &'a str,
    position: usize,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// The cells of the next line (or lines, where quotes hold line ends). `None` at the end.
    fn record(&mut self) -> Option<Vec<Field<'a>>> {
        if self.position >= self.text.len() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            fields.push(self.field());
            let rest = &self.text[self.position..];
            if rest.starts_with(',') {
                self.position += 1;
            } else {
                self.position += if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
                return Some(fields);
            }
        }
    }

    /// The next cell; the position is then at a comma, a line end or the end.
    fn field(&mut self) -> Field<'a> {
        let rest = &self.text[self.position..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blanks..].starts_with('"') {
            self.position += blanks;
            return self.quoted();
        }
        let length = rest.find([',', '\n', '\r']).unwrap_or(rest.len());
        let content = rest[..length].trim();
        let start = self.position + (rest[..length].len() - rest[..length].trim_start().len()).min(length);
        self.position += length;
        field(start, Cow::Borrowed(content), content.len())
    }

    fn quoted(&mut self) -> Field<'a> {
        let open = self.position;
        let mut close = open + 1;
        loop {
            match self.text[close..].find('"') {
                Some(index) if self.text[close + index + 1..].starts_with('"') => close += index + 2,
                Some(index) => {
                    close += index;
                    break;
                }
                None => {
                    self.tell(
                        open,
                        open + 1,
                        "this cell is never closed",
                        "add `\"` at its end; a quote inside is doubled: `\"\"`",
                    );
                    self.position = self.text.len();
                    close = self.text.len();
                    break;
                }
            }
        }
        let content = &self.text[open + 1..close];
        let after = (close + 1).min(self.text.len());
        let rest = &self.text[after..];
        let length = rest.find([',', '\n', '\r']).unwrap_or(rest.len());
        if !rest[..length].trim().is_empty() {
            self.tell(
                open,
                after + length,
                "something follows the closing quote",
                "double a quote inside a cell: `\"\"`",
            );
        }
        self.position = after + length;
        let size = content.len();
        let content =
            if content.contains("\"\"") { Cow::Owned(content.replace("\"\"", "\"")) } else { Cow::Borrowed(content) };
        field(open + 1, content, size)
    }

    fn tell(&mut self, start: usize, end: usize, message: &str, help: &str) {
        if let Some(same) = self.found.iter_mut().find(|told| told.message == message) {
            same.more_places += 1;
            return;
        }
        let span = Span { source: self.source, start: start as u32, end: end as u32 };
        self.found.push(Diagnostic::new(Code::BadTable, span, message).help(help));
    }

    /// Tells when the first line is separated by something else than commas.
    fn other_separator(&self, header: &[Field<'a>], diagnostics: &mut Vec<Diagnostic>) -> bool {
        let [only] = header else { return false };
        for (separator, name) in [(';', "`;`"), ('\t', "a tab"), ('|', "`|`")] {
            if only.content.contains(separator) {
                let message = format!("the separator looks like {name}");
                diagnostics.push(
                    Diagnostic::new(Code::BadTable, only.span(self.source), message)
                        .help("save with commas between the cells; the decimal mark is a point"),
                );
                return true;
            }
        }
        false
    }
}

fn field(start: usize, content: Cow<'_, str>, size: usize) -> Field<'_> {
    // Tables are at most 256 MiB, so that offsets fit.
    Field { start: start as u32, end: (start + size) as u32, content }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (DataTable, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let table = read_table(SourceId(0), text, &mut diagnostics);
        (table, diagnostics)
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let (table, diagnostics) = read(text);
        assert!(diagnostics.is_empty(), "{diagnostics:#?}");
        let mut lines = vec![table.columns().iter().map(|column| column.name.clone()).collect::<Vec<_>>()];
        lines.extend((0..table.row_count()).map(|row| table.row(row).map(|cell| cell.text.to_owned()).collect()));
        assert_eq!(lines, expected);
        for cell in (0..table.row_count()).flat_map(|row| table.row(row)) {
            let written = &text[cell.span.start as usize..cell.span.end as usize];
            assert_eq!(written.replace("\"\"", "\""), cell.text);
        }
    }

    #[track_caller]
    fn mistake(text: &str, place: &str, message: &str) {
        let (_, diagnostics) = read(text);
        assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
        let span = diagnostics[0].primary.as_ref().unwrap().span;
        assert_eq!(diagnostics[0].code, Code::BadTable);
        assert_eq!((&text[span.start as usize..span.end as usize], diagnostics[0].message.as_str()), (place, message));
        assert!(!diagnostics[0].help.is_empty());
    }

    #[test]
    fn line_ends_quotes_and_blanks() {
        let expected: &[&[&str]] = &[&["id", "x"], &["a", "1"], &["b", ""]];
        check("id,x\na,1\nb,\n", expected);
        check("id,x\r\na,1\r\nb,", expected);
        check("id,x\ra,1\rb,\r", expected);
        check("\n id , x\n\n a,\t1 \n,\nb,\n\n", expected);
        check("\"id\",x\n\"a\" ,1\n b,\"\"\n", expected);
        check("id,x\n\"say \"\"a, b\"\"\",\"1\n2\"\n", &[&["id", "x"], &["say \"a, b\"", "1\n2"]]);
        check("x\n1\n", &[&["x"], &["1"]]);
        check("x,y\n", &[&["x", "y"]]);
    }

    #[test]
    fn what_is_wrong_with_a_table() {
        mistake("", "", "the table is empty");
        mistake(" \n\n", "", "the table is empty");
        mistake("id;x\na;0,4\n", "id;x", "the separator looks like `;`");
        mistake("id\tx\na\t1\n", "id\tx", "the separator looks like a tab");
        mistake("id,x\na,0,4\nb,0,5\n", "a,0,4", "this row has 3 cells, the first line 2");
        mistake("id,x,y\na,1\n", "a,1", "this row has 2 cells, the first line 3");
        mistake("id,x,id\n", "id", "two columns are called `id`");
        mistake("id,\na,\n", "", "column 2 has no name");
        mistake("id,x\na,\"1\nb,2\n", "\"", "this cell is never closed");
        mistake("id,x\na,\"1\"2\n", "\"1\"2", "something follows the closing quote");
    }

    #[test]
    fn rows_that_are_wrong_are_counted() {
        let (table, diagnostics) = read("id,x\na,0,4\nb,0,5\nc,1\n");
        assert_eq!((table.row_count(), diagnostics[0].more_places), (1, 1));
        assert_eq!(table.cell(9, 9).text, "");
    }
}
