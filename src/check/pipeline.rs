//! The order of checking.

use std::collections::BTreeSet;

use super::assemble::{Frame, assemble};
use super::content::Content;
use super::data::{self, Tables};
use super::fixed::Fixed;
use super::typing::Typing;
use super::walk::Walker;
use super::{
    cells, happenings, history, instances, lints, membership, outcome_list, parameters, read, readings, size, symbols,
    time,
};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Model, ScenarioStart};
use crate::scenario::{LayerKind, Loaded};

/// Checks a loaded scenario: the model if there is no error, and everything there is to say, in the order of places.
///
/// A library (a file without `[scenario]`) is checked with one stand-in actor for each role; its model serves no runs.
#[must_use]
pub fn check(loaded: &Loaded) -> (Option<Model>, Vec<Diagnostic>) {
    let mut diagnostics = loaded.diagnostics.clone();
    // After a fault of files or of TOML parts are lacking, and what is missing would be told as mistakes that are none.
    let lacks_parts = |diagnostic: &Diagnostic| {
        let is_of_files = (diagnostic.code as u16) < Code::InvalidName as u16 || diagnostic.code == Code::BadTable;
        diagnostic.severity == Severity::Error && is_of_files
    };
    if diagnostics.iter().any(lacks_parts) {
        return (None, diagnostics);
    }
    let alone = loaded.is_library;
    let mut raw = read::read(&loaded.table, &mut diagnostics);
    data::actors(&loaded.data, &mut raw, &mut diagnostics);
    let mut symbols = symbols::declare(&mut raw, alone, &mut diagnostics);
    membership::extend(&raw, &mut symbols);
    let start = raw.header.as_ref().and_then(|header| header.start);
    let dyads = data::dyads(&loaded.data, &raw, &symbols, &mut diagnostics);
    let parameters::Sorted { order, kinds, circles } = parameters::sort(&raw, &symbols);
    diagnostics.extend(circles);
    let ranges = ranges(&raw, &symbols, &kinds, &mut diagnostics);
    symbols.set_ranges(ranges);

    let mut typing = Typing::new(&raw, &symbols, &kinds, start.map(|(start, _)| start), alone);
    let mut tables = Tables::new(&loaded.data);
    let mut content = Content { parameter_order: order, ..Content::default() };
    let grid = time::grid(&mut typing, &raw, &loaded.sources);
    readings::parameters(&mut typing, &mut tables, &mut content);
    content.attributes = readings::kinds(&mut typing, &mut tables, &raw.attributes, &symbols.attributes, [true, false]);
    content.relations = readings::kinds(&mut typing, &mut tables, &raw.relations, &symbols.relations, [true, true]);
    content.state = readings::kinds(&mut typing, &mut tables, &raw.state, &symbols.state, [false, false]);
    content.rules = happenings::rules(&mut typing, &mut tables);
    content.choices = happenings::choices(&mut typing, &mut tables);
    content.flows = happenings::flows(&mut typing);
    readings::readings(&mut typing, &mut content);
    outcome_list::check(&mut typing, &raw);
    let cells = cells::cells(&mut typing, &mut tables, &dyads, &content);

    let holds = cells.attributes.iter().map(|starts| starts.iter().map(Option::is_some).collect()).collect();
    let private = raw.attributes.values().map(|kind| kind.private).collect();
    let symmetric: Vec<bool> = raw.relations.values().map(|kind| kind.symmetric).collect();
    let drops = raw.history.is_none() && !alone;
    let fixed = Fixed::new(&symbols, &typing.specialised, &content, &cells, &symmetric, drops);
    let mut walker = Walker::new(&symbols, &typing.specialised, holds, private, symmetric);
    let too_large = instances::expand(&mut walker, &mut content, &fixed);
    let shown = walker.into_diagnostics();
    typing.diagnostics.extend(too_large);
    typing.diagnostics.extend(shown);

    let failed = |typing: &Typing, diagnostics: &[Diagnostic]| {
        typing.diagnostics.iter().chain(diagnostics).any(|diagnostic| diagnostic.severity == Severity::Error)
    };
    let mut model = None;
    if let Some((step_days, n_steps)) = grid
        && !failed(&typing, &diagnostics)
    {
        let written = fixed.written_pairs(&content);
        let header = raw.header.as_ref();
        let frame = Frame {
            title: header.and_then(|header| header.title.clone()).unwrap_or_else(|| file_stem(loaded)),
            notes: header.map(|header| header.notes.clone()).unwrap_or_default(),
            start: start.map(|(datetime, has_time)| ScenarioStart { datetime, has_time }),
            step_days,
            n_steps,
            files: tables.files.clone(),
            fingerprint: loaded.fingerprint(),
        };
        let mut built = assemble(&raw, &symbols, &content, &typing.specialised, &cells, &written, frame);
        size::check(&mut typing, &built, time::header_span(&raw));
        if let Some(written) = &raw.history {
            built.history = history::history(&mut typing, &mut tables, &built, written);
        }
        model = Some(built);
    }
    diagnostics.append(&mut typing.diagnostics);
    if let Some(built) = &mut model
        && !failed(&typing, &diagnostics)
    {
        let specialised = &typing.specialised;
        diagnostics.extend(lints::finish(loaded, &raw, &symbols, &content, specialised, &cells, built));
    }
    silence_what_follows(loaded, &mut diagnostics);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        model = None;
    }
    diagnostics.sort_by_key(|diagnostic| {
        (diagnostic.severity, diagnostic.primary.as_ref().map(|label| label.span), diagnostic.code)
    });
    diagnostics.dedup();
    (model, diagnostics)
}

/// Where a name is taken twice, or a role is not filled, what is said of the uses of that name follows from it and helps nobody.
fn silence_what_follows(loaded: &Loaded, diagnostics: &mut Vec<Diagnostic>) {
    let place = |diagnostic: &Diagnostic| diagnostic.primary.as_ref().map(|label| loaded.sources.slice(label.span));
    let disputed: BTreeSet<String> = diagnostics
        .iter()
        .filter(|diagnostic| matches!(diagnostic.code, Code::NameTaken | Code::OpenRole))
        .filter_map(|diagnostic| place(diagnostic).map(str::to_owned))
        .collect();
    diagnostics.retain(|diagnostic| {
        let speaks_of_a_name = matches!(
            diagnostic.code,
            Code::UnknownName | Code::UnknownActor | Code::UnknownAttribute | Code::UnknownEvent | Code::NotAGroup
        );
        !speaks_of_a_name || !place(diagnostic).is_some_and(|name| disputed.contains(name))
    });
}

/// Ranges of attributes, relations, states, in this order.
type Ranges = [Vec<Option<(f64, f64)>>; 3];

fn ranges(
    raw: &super::raw::Raw,
    symbols: &symbols::Symbols,
    kinds: &[super::typed::Type],
    diagnostics: &mut Vec<Diagnostic>,
) -> Ranges {
    let mut typing = Typing::new(raw, symbols, kinds, None, true);
    let mut of = |kinds: &std::collections::BTreeMap<String, super::raw::CellKind>| {
        kinds
            .values()
            .map(|kind| {
                let range = kind.range.as_ref()?;
                readings::literal_range(&mut typing, range, super::typed::Type::Number)
            })
            .collect()
    };
    let all = [of(&raw.attributes), of(&raw.relations), of(&raw.state)];
    diagnostics.append(&mut typing.diagnostics);
    all
}

/// The name of the main file, for a scenario without a title.
fn file_stem(loaded: &Loaded) -> String {
    let main = loaded.layers.iter().find(|layer| layer.kind == LayerKind::Main);
    let name = main.and_then(|layer| loaded.sources.get(layer.source)).map_or("", |file| file.name.as_str());
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.strip_suffix(".toml").unwrap_or(name).to_owned()
}
