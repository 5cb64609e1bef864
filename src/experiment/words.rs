//! Designs as they are written, on the command line and in files of experiments: from words to points, every mistake told.

use std::collections::{BTreeMap, BTreeSet};

use super::design::{Design, DesignError, MOST_POINTS, evenly};
use super::factor::{Axis, Factor};
use crate::check::literal_value;
use crate::diagnostic::{Code, Diagnostic, Severity, Span, suggest};
use crate::model::Model;
use crate::scenario::DataTable;
use crate::scenario::document::Text;

/// A design in words.
#[derive(Clone, Debug)]
pub enum DesignWords {
    /// Every combination of the values of some parameters.
    Grid(Vec<GridWords>),
    /// So many points of a Latin hypercube.
    LatinHypercube(SampleWords),
    /// So many points of a scrambled Sobol sequence.
    Sobol(SampleWords),
    /// A table with a column for each parameter.
    Table {
        /// The table.
        table: DataTable,
        /// The columns that count; all that name a parameter, if nothing is said.
        over: Vec<Text>,
    },
}

/// One parameter of a grid.
#[derive(Clone, Debug)]
pub struct GridWords {
    /// Its name.
    pub name: Text,
    /// Its values.
    pub values: GridValues,
}

/// The values of a parameter of a grid.
#[derive(Clone, Debug)]
pub enum GridValues {
    /// `LOW:HIGH:NUMBER`: so many values at equal distances, both ends among them.
    Range {
        /// The first.
        low: Text,
        /// The last.
        high: Text,
        /// How many.
        number: Text,
    },
    /// The values themselves.
    List(Vec<Text>),
}

/// A sampled design.
#[derive(Clone, Debug)]
pub struct SampleWords {
    /// Number of points.
    pub n_points: u64,
    /// What is sampled; every uncertainty and every lever with a range, if nothing is said.
    pub over: Vec<Text>,
}

impl GridWords {
    /// Reads `NAME=LOW:HIGH:NUMBER` or `NAME=a,b,c`.
    ///
    /// # Errors
    /// [`Code::BadSet`]
    pub fn read(word: &Text) -> Result<Self, Diagnostic> {
        let Some((name, values)) = word.text.split_once('=') else {
            let message = format!("`{}` gives no values", word.text);
            let help = "write NAME=LOW:HIGH:NUMBER, such as `notice=1d:30d:5`, or the values, `notice=2d,7d,30d`";
            return Err(Diagnostic::new(Code::BadSet, word.span, message).help(help));
        };
        let values = part(word, name.len() + 1, name.len() + 1 + values.len());
        Ok(Self { name: part(word, 0, name.len()), values: GridValues::read(&values)? })
    }
}

impl GridValues {
    /// Reads `LOW:HIGH:NUMBER` or `a,b,c`.
    ///
    /// # Errors
    /// [`Code::BadSet`]
    pub fn read(text: &Text) -> Result<Self, Diagnostic> {
        let words = text.text.as_str();
        if words.contains(',') || !words.contains(':') {
            let mut values = Vec::new();
            let mut start = 0;
            for value in words.split(',') {
                values.push(part(text, start, start + value.len()));
                start += value.len() + 1;
            }
            if words.trim().is_empty() {
                values.clear();
            }
            return Ok(Self::List(values));
        }
        // A time of day has a colon too: the one that parts two ends is the middle one of them.
        let colons: Vec<usize> = words.match_indices(':').map(|(at, _)| at).collect();
        match colons[..] {
            [_] if is_time_of_day(words) => Ok(Self::List(vec![text.clone()])),
            [first, last] | [_, first, _, last] => Ok(Self::Range {
                low: part(text, 0, first),
                high: part(text, first + 1, last),
                number: part(text, last + 1, words.len()),
            }),
            _ => {
                let message = format!("`{words}` is no range of values");
                let help = "write LOW:HIGH:NUMBER, such as `1d:30d:5`, or the values with commas between them";
                Err(Diagnostic::new(Code::BadSet, text.span, message).help(help))
            }
        }
    }
}

/// A date with a time, such as `2023-08-25T18:00`.
fn is_time_of_day(words: &str) -> bool {
    words.split_once('T').is_some_and(|(day, _)| day.matches('-').count() == 2)
}

/// A part of a text, blanks around it left out.
fn part(text: &Text, start: usize, end: usize) -> Text {
    let words = text.text.get(start..end).unwrap_or("");
    let start = start + (words.len() - words.trim_start().len());
    let words = words.trim();
    let end = start + words.len();
    let offsets = text.offsets.get(start..=end).map(<[u32]>::to_vec).unwrap_or_default();
    Text { text: words.to_owned(), span: text.place(start, end), offsets }
}

/// Makes the design; `None` if something is wrong, which is told. Warnings may be told of a design that is made.
pub fn make_design(model: &Model, words: &DesignWords, seed: u64, diagnostics: &mut Vec<Diagnostic>) -> Option<Design> {
    let before = diagnostics.len();
    let made = match words {
        DesignWords::Grid(axes) => grid(model, axes, diagnostics),
        DesignWords::LatinHypercube(sample) => {
            sampled(model, sample, diagnostics).map(|factors| Design::latin_hypercube(factors, sample.n_points, seed))
        }
        DesignWords::Sobol(sample) => {
            sampled(model, sample, diagnostics).map(|factors| Design::sobol(factors, sample.n_points, seed))
        }
        DesignWords::Table { table, over } => of_table(model, table, over, diagnostics),
    };
    let fails = diagnostics[before..].iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    match made? {
        Ok(design) if !fails => Some(design),
        Ok(_) => None,
        Err(error) => {
            diagnostics.push(told(&error));
            None
        }
    }
}

fn told(error: &DesignError) -> Diagnostic {
    let help = match error {
        DesignError::Empty => "give at least one value or row",
        DesignError::TooLarge(_) => {
            "take fewer values of each parameter, or sample: `--lhs 1000`, `--sobol 1024` spread points over all of them"
        }
        DesignError::TooWide(_) => "name the parameters that matter with `--over`, or take `--lhs`",
    };
    Diagnostic::without_place(Code::TooLarge, error.to_string()).help(help)
}

/// The parameter of a name.
fn find(model: &Model, name: &Text, diagnostics: &mut Vec<Diagnostic>) -> Option<usize> {
    let bare = name.text.strip_prefix("parameters.").unwrap_or(&name.text);
    let found = model.parameters.iter().position(|parameter| parameter.id == bare);
    if found.is_none() {
        let message = if bare.is_empty() {
            "the name of a parameter is missing".to_owned()
        } else {
            format!("there is no parameter `{bare}`")
        };
        let ids = || model.parameters.iter().map(|parameter| parameter.id.as_str());
        let help = match suggest(bare, ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if model.parameters.is_empty() => "the scenario has no parameters: declare one".to_owned(),
            None => {
                let few: Vec<String> = ids().take(8).map(|id| format!("`{id}`")).collect();
                let more = if model.parameters.len() > few.len() { ", .." } else { "" };
                format!("name one of {}{more}", few.join(", "))
            }
        };
        diagnostics.push(Diagnostic::new(Code::UnknownName, name.span, message).help(help));
    }
    found
}

/// Tells what is named twice.
fn named_once(seen: &mut BTreeMap<usize, Span>, parameter: usize, name: &Text, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(first) = seen.insert(parameter, name.span) {
        let message = format!("`{}` is named twice", name.text);
        let help = "name it once, with all its values";
        diagnostics.push(Diagnostic::new(Code::NameTaken, name.span, message).also(first, "first here").help(help));
    }
}

type Made = Option<Result<Design, DesignError>>;

fn grid(model: &Model, words: &[GridWords], diagnostics: &mut Vec<Diagnostic>) -> Made {
    let mut axes = Vec::new();
    let mut seen = BTreeMap::new();
    let mut n_points: u128 = 1;
    let mut complete = true;
    for axis in words {
        let Some(parameter) = find(model, &axis.name, diagnostics) else {
            complete = false;
            continue;
        };
        named_once(&mut seen, parameter, &axis.name, diagnostics);
        let factor = Factor::of_values(model, parameter);
        let values = match &axis.values {
            GridValues::List(values) => listed(model, &factor, axis.name.span, values, diagnostics),
            GridValues::Range { low, high, number } => {
                range(model, &factor, [low, high, number], n_points, diagnostics)
            }
        };
        match values {
            Some(values) => {
                n_points = n_points.saturating_mul(values.len() as u128);
                axes.push((factor, values));
            }
            None => complete = false,
        }
    }
    complete.then(|| Design::grid(axes))
}

fn listed(
    model: &Model,
    factor: &Factor,
    name: Span,
    texts: &[Text],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<f64>> {
    if texts.is_empty() {
        let message = format!("the grid has no value of `{}`", factor.name);
        diagnostics.push(Diagnostic::new(Code::MissingKey, name, message).help("give at least one"));
        return None;
    }
    let mut seen: BTreeMap<u64, Span> = BTreeMap::new();
    let mut values = Vec::new();
    for text in texts {
        let Some(value) = literal_value(model, factor.parameter, text, false, diagnostics) else { continue };
        if let Some(first) = seen.insert((value + 0.0).to_bits(), text.span) {
            let message = format!("the value {} of `{}` stands twice", text.text, factor.name);
            let help = "leave one out: with the same draws both give the same numbers";
            let twice = Diagnostic::new(Code::DuplicateRow, text.span, message).also(first, "first here").help(help);
            diagnostics.push(Diagnostic { severity: Severity::Warning, ..twice });
        }
        values.push(value);
    }
    (values.len() == texts.len()).then_some(values)
}

fn range(
    model: &Model,
    factor: &Factor,
    [low, high, number]: [&Text; 3],
    n_before: u128,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<f64>> {
    let [low_value, high_value] =
        [low, high].map(|end| literal_value(model, factor.parameter, end, false, diagnostics));
    let count = number.text.replace('_', "").parse::<u64>().ok();
    let Some(count) = count else {
        let message = format!("`{}` is not a number of values", number.text);
        diagnostics.push(
            Diagnostic::new(Code::BadSet, number.span, message).help("write LOW:HIGH:NUMBER, such as `1d:30d:5`"),
        );
        return None;
    };
    if count == 0 {
        let message = format!("the grid has no value of `{}`", factor.name);
        diagnostics.push(Diagnostic::new(Code::MissingKey, number.span, message).help("take at least 2 values"));
        return None;
    }
    let n_points = n_before.saturating_mul(u128::from(count));
    if n_points > u128::from(MOST_POINTS) {
        let error = DesignError::TooLarge(n_points);
        let place = Diagnostic::new(Code::TooLarge, number.span, format!("{error}, and there may be more parameters"));
        let place = if n_before == 1 { Diagnostic { message: error.to_string(), ..place } } else { place };
        diagnostics.push(Diagnostic { help: told(&error).help, ..place });
        return None;
    }
    let (low_value, high_value) = (low_value?, high_value?);
    if low_value == high_value || count == 1 {
        let message = format!("`{}` takes one value only", factor.name);
        let help = format!("give two ends and at least 2 values, or the value alone: `{}={}`", factor.name, low.text);
        diagnostics.push(Diagnostic::new(Code::BadRange, low.span.to(number.span), message).help(help));
        return None;
    }
    Some(evenly(low_value, high_value, count))
}

/// The factors of a sampled design.
fn sampled(model: &Model, words: &SampleWords, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Factor>> {
    if words.over.is_empty() {
        let factors = Factor::usual(model);
        if factors.is_empty() {
            let message = "there is nothing to sample: no parameter has a prior, no lever a range";
            let help = "give a parameter a `prior` or a `range`, or list values with `--grid`";
            diagnostics.push(Diagnostic::without_place(Code::MissingKey, message).help(help));
            return None;
        }
        return Some(factors);
    }
    let mut factors: Vec<Factor> = Vec::new();
    let mut seen = BTreeMap::new();
    let mut complete = true;
    for name in &words.over {
        let Some(parameter) = find(model, name, diagnostics) else {
            complete = false;
            continue;
        };
        named_once(&mut seen, parameter, name, diagnostics);
        match Factor::sampled(model, parameter) {
            Some(factor) if !factors.contains(&factor) => factors.push(factor),
            // Parameters of one file move together.
            Some(_) => {}
            None => {
                let message = format!("the lever `{}` has no range: nothing says what may be tried", name.text);
                let help =
                    format!("add `range = [LOW, HIGH]` to [parameters.{}], or list values with `--grid`", name.text);
                diagnostics.push(Diagnostic::new(Code::BadRange, name.span, message).help(help));
                complete = false;
            }
        }
    }
    factors.sort_by(|a, b| a.order().cmp(&b.order()));
    complete.then_some(factors)
}

fn of_table(model: &Model, table: &DataTable, over: &[Text], diagnostics: &mut Vec<Diagnostic>) -> Made {
    let columns = if over.is_empty() {
        all_columns(model, table, diagnostics)
    } else {
        named_columns(model, table, over, diagnostics)
    }?;
    let head = table.columns().first().map_or(Span::default(), |column| column.span);
    if table.row_count() == 0 {
        let message = "the table of points has no row";
        diagnostics
            .push(Diagnostic::new(Code::BadTable, head, message).help("give at least one point below the names"));
        return None;
    }
    if table.row_count() as u64 > MOST_POINTS {
        let error = DesignError::TooLarge(table.row_count() as u128);
        diagnostics.push(Diagnostic::new(Code::TooLarge, head, error.to_string()).help("split the table"));
        return None;
    }
    let mut numbers = Vec::with_capacity(table.row_count() * columns.len());
    let mut seen: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
    let mut twice: Option<Diagnostic> = None;
    let mut sound = true;
    for row in 0..table.row_count() {
        let start = numbers.len();
        for (factor, column) in &columns {
            let cell = table.cell(row, *column);
            let text = Text { text: cell.text.to_owned(), span: cell.span, offsets: Vec::new() };
            let told_before = diagnostics.len();
            match literal_value(model, factor.parameter, &text, true, diagnostics) {
                Some(value) => numbers.push(value + 0.0),
                None => {
                    sound = false;
                    gather_alike(diagnostics, told_before, &factor.name);
                }
            }
        }
        let bits: Vec<u64> = numbers[start..].iter().map(|number: &f64| number.to_bits()).collect();
        if bits.len() == columns.len()
            && let Some(&first) = seen.get(&bits)
        {
            match &mut twice {
                Some(told) => told.more_places += 1,
                none => *none = Some(same_point(table, row, first, columns[0].1)),
            }
        }
        seen.entry(bits).or_insert(row);
    }
    diagnostics.extend(twice);
    sound.then(|| Design::of_rows(columns.into_iter().map(|(factor, _)| factor).collect(), numbers))
}

/// A mistake of the same kind in the column of the same parameter is told once, with the number of places.
fn gather_alike(diagnostics: &mut Vec<Diagnostic>, from: usize, parameter: &str) {
    if diagnostics.len() != from + 1 {
        return;
    }
    let Some(last) = diagnostics.last() else { return };
    let (code, name) = (last.code, format!("`{parameter}`"));
    let alike = diagnostics[..from].iter().position(|told| told.code == code && told.message.contains(&name));
    if let Some(alike) = alike {
        diagnostics[alike].more_places += 1;
        diagnostics.truncate(from);
    }
}

fn same_point(table: &DataTable, row: usize, first: usize, column: usize) -> Diagnostic {
    let message = format!("point {row} is the same as point {first}");
    let twice = Diagnostic::new(Code::DuplicateRow, table.cell(row, column).span, message)
        .also(table.cell(first, column).span, "first here")
        .help("leave one out: with the same draws both give the same numbers");
    Diagnostic { severity: Severity::Warning, ..twice }
}

type Columns = Vec<(Factor, usize)>;

fn all_columns(model: &Model, table: &DataTable, diagnostics: &mut Vec<Diagnostic>) -> Option<Columns> {
    let mut columns = Columns::new();
    let mut passed_over: Vec<(&str, Span)> = Vec::new();
    for (place, column) in table.columns().iter().enumerate() {
        match model.parameters.iter().position(|parameter| parameter.id == column.name) {
            Some(parameter) => columns.push((Factor::of_values(model, parameter), place)),
            // As in the tables of sweeps.
            None if column.name == "point" => {}
            None => passed_over.push((&column.name, column.span)),
        }
    }
    let ids = || model.parameters.iter().map(|parameter| parameter.id.as_str());
    let taken: BTreeSet<&str> = columns.iter().map(|(factor, _)| factor.name.as_str()).collect();
    for (name, span) in &passed_over {
        let passed = if columns.is_empty() { "" } else { ": it is passed over" };
        let message = format!("the column `{name}` names no parameter{passed}");
        let near = suggest(name, ids().filter(|id| !taken.contains(id)));
        let help = near.map_or("delete the column, or declare a parameter of that name".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        let told = Diagnostic::new(Code::UnknownColumn, *span, message).help(help);
        let severity = if columns.is_empty() { Severity::Error } else { Severity::Warning };
        diagnostics.push(Diagnostic { severity, ..told });
    }
    if columns.is_empty() && passed_over.is_empty() {
        let message = "the table of points has no column of a parameter";
        diagnostics.push(Diagnostic::without_place(Code::UnknownColumn, message).help("name a column as a parameter"));
    }
    (!columns.is_empty()).then_some(columns)
}

fn named_columns(
    model: &Model,
    table: &DataTable,
    over: &[Text],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Columns> {
    let mut columns = Columns::new();
    let mut seen = BTreeMap::new();
    for name in over {
        let Some(parameter) = find(model, name, diagnostics) else { continue };
        named_once(&mut seen, parameter, name, diagnostics);
        let factor = Factor::of_values(model, parameter);
        match table.column(&factor.name) {
            Some(column) => columns.push((factor, column)),
            None => {
                let message = format!("the table of points has no column `{}`", factor.name);
                let near = suggest(&factor.name, table.columns().iter().map(|column| column.name.as_str()));
                let help = near
                    .map_or(format!("add a column `{}`", factor.name), |near| format!("rename the column `{near}`"));
                diagnostics.push(Diagnostic::new(Code::UnknownColumn, name.span, message).help(help));
            }
        }
    }
    debug_assert!(columns.iter().all(|(factor, _)| factor.axis == Axis::Value));
    (columns.len() == over.len()).then_some(columns)
}
