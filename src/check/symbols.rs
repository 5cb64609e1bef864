//! What is declared: every name with what it stands for, the reserved words, groups with their members.

use std::collections::{BTreeMap, BTreeSet};

use super::raw::{CellKind, Raw};
use super::typed::{EnumerationOwner, Type};
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::ActorIndex;
use crate::scenario::expression::ast::Name;
use crate::scenario::expression::words::is_reserved;

/// What a shared name stands for; indices are in byte order of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbol {
    Actor(ActorIndex),
    Group(usize),
    Parameter(usize),
    State(usize),
    Clock(usize),
    Attribute(usize),
    Relation(usize),
    Definition(usize),
}

impl Symbol {
    /// What it is, with its article.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Symbol::Actor(_) => "an actor",
            Symbol::Group(_) => "a group",
            Symbol::Parameter(_) => "a parameter",
            Symbol::State(_) => "a state",
            Symbol::Clock(_) => "a clock",
            Symbol::Attribute(_) => "an attribute",
            Symbol::Relation(_) => "a relation",
            Symbol::Definition(_) => "a definition",
        }
    }
}

/// An attribute, relation or state variable, declared.
pub(super) struct CellInfo {
    pub(super) id: String,
    pub(super) kind: Type,
    pub(super) values: Vec<String>,
    pub(super) range: Option<(f64, f64)>,
}

/// A group, declared.
pub(super) struct GroupInfo {
    pub(super) id: String,
    pub(super) members: Vec<ActorIndex>,
    pub(super) potential: BTreeSet<ActorIndex>,
    pub(super) changes: bool,
}

/// Every declaration.
pub(super) struct Symbols {
    pub(super) shared: BTreeMap<String, (Symbol, Span)>,
    pub(super) actors: Vec<String>,
    /// Stand-ins for the roles of a library that is checked alone: they hold every attribute.
    pub(super) stand_ins: BTreeSet<ActorIndex>,
    pub(super) groups: Vec<GroupInfo>,
    pub(super) everybody: usize,
    pub(super) attributes: Vec<CellInfo>,
    pub(super) relations: Vec<CellInfo>,
    pub(super) state: Vec<CellInfo>,
    pub(super) parameters: Vec<String>,
    pub(super) clocks: Vec<String>,
    /// Names of rules and choices.
    pub(super) happenings: BTreeMap<String, Span>,
}

/// Fixed columns of runs.csv and of the tables of sweeps, beside which parameters stand.
const RUN_COLUMNS: &[&str] = &[
    "run",
    "outcome",
    "end_day",
    "end_date",
    "stop_reason",
    "peak_ladder",
    "point",
    "runs",
    "probability",
    "ci_low",
    "ci_high",
    "mcse",
    "mean_day",
    "mean_day_mcse",
    "measure",
    "query",
];

/// Declares everything of `raw`; `alone` is true for a library checked by itself.
pub(super) fn declare(raw: &mut Raw, alone: bool, diagnostics: &mut Vec<Diagnostic>) -> Symbols {
    let stand_in_names = stand_ins(raw, alone, diagnostics);
    let mut names = Names { shared: BTreeMap::new(), diagnostics };
    let mut actors: Vec<String> = raw.actors.keys().filter(|id| !is_filled_role(raw, id)).cloned().collect();
    actors.extend(stand_in_names.iter().cloned());
    actors.sort();
    actors.dedup();
    for (index, id) in actors.iter().enumerate() {
        let span = raw.actors.get(id).map_or_else(|| raw.roles.get(id).map(|role| role.key), |actor| Some(actor.key));
        names.take(id, Symbol::Actor(index), span.unwrap_or_default());
    }
    let mut group_ids: Vec<String> = raw.groups.keys().cloned().collect();
    for (id, role) in &raw.roles {
        if role.is_group && role.is.is_none() && alone {
            group_ids.push(id.clone());
        }
    }
    group_ids.push("actors".to_owned());
    group_ids.sort();
    group_ids.dedup();
    for (index, id) in group_ids.iter().enumerate() {
        if id != "actors" {
            let span =
                raw.groups.get(id).map_or_else(|| raw.roles.get(id).map(|role| role.key), |group| Some(group.key));
            names.take(id, Symbol::Group(index), span.unwrap_or_default());
        }
    }
    let everybody = group_ids.iter().position(|id| id == "actors").unwrap_or(0);
    if let Some(group) = raw.groups.get("actors") {
        names.diagnostics.push(reserved("actors", group.key));
    }
    names.shared.insert("actors".to_owned(), (Symbol::Group(everybody), Span::default()));
    for (index, (id, parameter)) in raw.parameters.iter().enumerate() {
        names.take(id, Symbol::Parameter(index), parameter.key);
        if RUN_COLUMNS.contains(&id.as_str()) {
            names.diagnostics.push(
                Diagnostic::new(
                    Code::ReservedName,
                    parameter.key,
                    format!("a parameter cannot be called `{id}`: a column of the result tables is"),
                )
                .help(format!("call it `{id}_value`")),
            );
        }
    }
    for (index, (id, kind)) in raw.state.iter().enumerate() {
        names.take(id, Symbol::State(index), kind.key);
    }
    for (index, (id, (span, _))) in raw.clocks.iter().enumerate() {
        names.take(id, Symbol::Clock(index), *span);
    }
    for (index, (id, kind)) in raw.attributes.iter().enumerate() {
        names.take(id, Symbol::Attribute(index), kind.key);
        names.not_a_column(id, kind.key);
    }
    for (index, (id, kind)) in raw.relations.iter().enumerate() {
        names.take(id, Symbol::Relation(index), kind.key);
        names.not_a_column(id, kind.key);
    }
    for (index, (id, definition)) in raw.definitions.iter().enumerate() {
        names.take(id, Symbol::Definition(index), definition.key);
    }
    let shared = names.shared;

    let mut happenings = BTreeMap::new();
    for (id, span) in
        raw.rules.iter().map(|(id, rule)| (id, rule.key)).chain(raw.choices.iter().map(|(id, choice)| (id, choice.key)))
    {
        if is_reserved(id) {
            diagnostics.push(reserved(id, span));
        }
        if let Some(earlier) = happenings.insert(id.clone(), span) {
            diagnostics.push(
                Diagnostic::new(Code::NameTaken, span, format!("the name `{id}` is taken"))
                    .also(earlier, "by this rule")
                    .help("call the choice something else"),
            );
        }
    }

    let mut symbols = Symbols {
        shared,
        stand_ins: BTreeSet::new(),
        groups: group_ids
            .iter()
            .map(|id| GroupInfo { id: id.clone(), members: Vec::new(), potential: BTreeSet::new(), changes: false })
            .collect(),
        everybody,
        attributes: cell_infos(&raw.attributes, EnumerationOwner::Attribute),
        relations: cell_infos(&raw.relations, EnumerationOwner::Relation),
        state: cell_infos(&raw.state, EnumerationOwner::State),
        parameters: raw.parameters.keys().cloned().collect(),
        clocks: raw.clocks.keys().cloned().collect(),
        happenings,
        actors,
    };
    symbols.stand_ins = symbols
        .actors
        .iter()
        .enumerate()
        .filter(|(_, id)| stand_in_names.contains(*id))
        .map(|(index, _)| index)
        .collect();
    fill_roles(raw, &mut symbols, alone, diagnostics);
    fill_groups(raw, &mut symbols, diagnostics);
    symbols
}

/// Names of the actors that stand in for open roles of a library checked alone.
fn stand_ins(raw: &Raw, alone: bool, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (id, role) in &raw.roles {
        if role.is.is_some() {
            continue;
        }
        if alone {
            names.insert(if role.is_group { format!("{id}_member") } else { id.clone() });
        } else {
            let about = role.notes.about.as_ref().map_or(String::new(), |about| format!(": {about}"));
            let example = if role.is_group { "name of a group" } else { "name of an actor" };
            diagnostics.push(
                Diagnostic::new(Code::OpenRole, role.key, format!("the scenario does not fill the role `{id}`{about}"))
                    .label("asked for here")
                    .help(format!("add `{id} = \"..\"` (the {example}) under [roles]")),
            );
        }
    }
    names
}

/// True if `id` names a role that is filled by somebody of another name: such an `[actors.ROLE]` table speaks of that actor.
pub(super) fn is_filled_role(raw: &Raw, id: &str) -> bool {
    raw.roles.get(id).is_some_and(|role| role.is.as_ref().is_some_and(|is| is.text != id))
}

fn fill_roles(raw: &Raw, symbols: &mut Symbols, alone: bool, diagnostics: &mut Vec<Diagnostic>) {
    for (id, role) in &raw.roles {
        let Some(is) = &role.is else { continue };
        if !role.declared && !alone {
            let declared = raw.roles.iter().filter(|(_, role)| role.declared).map(|(id, _)| id.as_str());
            let mut diagnostic =
                Diagnostic::new(Code::UnknownRole, role.key, format!("no library asks for a role `{id}`"));
            diagnostic = match suggest(id, declared) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("delete the line, or include the library that asks for it"),
            };
            diagnostics.push(diagnostic);
            continue;
        }
        let symbol = symbols.shared.get(&is.text).map(|(symbol, _)| *symbol);
        match symbol {
            Some(symbol @ (Symbol::Actor(_) | Symbol::Group(_))) => {
                let fits = matches!(symbol, Symbol::Group(_)) == role.is_group;
                if role.declared && !fits {
                    let wanted = if role.is_group { "a group" } else { "an actor" };
                    diagnostics.push(
                        Diagnostic::new(
                            Code::NotAGroup,
                            is.span,
                            format!("the role `{id}` asks for {wanted}, and `{}` is {}", is.text, symbol.kind()),
                        )
                        .help(format!("name {wanted}")),
                    );
                }
                match symbols.shared.get(id) {
                    None => {
                        symbols.shared.insert(id.clone(), (symbol, role.key));
                    }
                    Some((existing, _)) if *existing == symbol => {}
                    Some((existing, span)) => {
                        let existing = *existing;
                        diagnostics.push(
                            Diagnostic::new(Code::NameTaken, role.key, format!("the name `{id}` is taken"))
                                .also(*span, format!("by {}", existing.kind()))
                                .help(format!(
                                    "call the {} something else",
                                    existing.kind().trim_start_matches("an ").trim_start_matches("a ")
                                )),
                        );
                    }
                }
            }
            _ => diagnostics.push(symbols.unknown_actor(is)),
        }
    }
}

fn fill_groups(raw: &Raw, symbols: &mut Symbols, diagnostics: &mut Vec<Diagnostic>) {
    let everybody: Vec<ActorIndex> = (0..symbols.actors.len()).collect();
    for index in 0..symbols.groups.len() {
        let id = symbols.groups[index].id.clone();
        let members = if index == symbols.everybody {
            everybody.clone()
        } else if let Some(group) = raw.groups.get(&id) {
            let mut members = BTreeSet::new();
            expand(raw, symbols, &group.members, &mut vec![id], &mut members, diagnostics);
            members.into_iter().collect()
        } else {
            let stand_in = format!("{id}_member");
            symbols.actors.iter().position(|actor| *actor == stand_in).into_iter().collect()
        };
        symbols.groups[index].potential = members.iter().copied().collect();
        symbols.groups[index].members = members;
    }
}

fn expand(
    raw: &Raw,
    symbols: &Symbols,
    names: &[Name],
    path: &mut Vec<String>,
    members: &mut BTreeSet<ActorIndex>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for name in names {
        match symbols.shared.get(&name.text) {
            Some((Symbol::Actor(actor), _)) => {
                members.insert(*actor);
            }
            Some((Symbol::Group(group), _)) if *group == symbols.everybody => members.extend(0..symbols.actors.len()),
            Some((Symbol::Group(group), _)) => {
                let id = symbols.groups[*group].id.clone();
                if path.contains(&id) {
                    if path.len() == 1 || path[0] == id {
                        diagnostics.push(
                            Diagnostic::new(
                                Code::Cycle,
                                name.span,
                                format!("the group `{id}` is a member of itself ({} -> {id})", path.join(" -> ")),
                            )
                            .help("list its actors instead"),
                        );
                    }
                    continue;
                }
                match raw.groups.get(&id) {
                    Some(inner) => {
                        path.push(id);
                        // A mistake inside the inner group is told where that group is expanded by itself; a circle only shows from outside.
                        let mut inside = Vec::new();
                        expand(raw, symbols, &inner.members, path, members, &mut inside);
                        diagnostics.extend(inside.into_iter().filter(|diagnostic| diagnostic.code == Code::Cycle));
                        path.pop();
                    }
                    None => members.extend(symbols.groups[*group].potential.iter().copied()),
                }
            }
            _ => diagnostics.push(symbols.unknown_actor(name)),
        }
    }
}

fn cell_infos(kinds: &BTreeMap<String, CellKind>, owner: fn(usize) -> EnumerationOwner) -> Vec<CellInfo> {
    kinds
        .iter()
        .enumerate()
        .map(|(index, (id, kind))| {
            let values: Vec<String> = kind.values.iter().flatten().map(|name| name.text.clone()).collect();
            let type_ = match (&kind.range, &kind.values) {
                (Some(_), _) => Type::Number,
                (None, Some(_)) => Type::Enumeration(owner(index)),
                (None, None) => Type::Boolean,
            };
            CellInfo { id: id.clone(), kind: type_, values, range: None }
        })
        .collect()
}

fn reserved(id: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::ReservedName, span, format!("`{id}` is a word of the language"))
        .help("call it something else; all reserved words: `flashpoint help language`")
}

struct Names<'a> {
    shared: BTreeMap<String, (Symbol, Span)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Names<'_> {
    fn take(&mut self, id: &str, symbol: Symbol, span: Span) {
        if is_reserved(id) {
            self.diagnostics.push(reserved(id, span));
            return;
        }
        if let Some((existing, earlier)) = self.shared.get(id) {
            let kind = symbol.kind().trim_start_matches("an ").trim_start_matches("a ");
            self.diagnostics.push(
                Diagnostic::new(Code::NameTaken, span, format!("the name `{id}` is taken"))
                    .also(*earlier, format!("by {}", existing.kind()))
                    .help(format!("call the {kind} something else, such as `{id}_{kind}`")),
            );
            return;
        }
        self.shared.insert(id.to_owned(), (symbol, span));
    }

    fn not_a_column(&mut self, id: &str, span: Span) {
        if ["id", "groups", "from", "to", "name"].contains(&id) && !is_reserved(id) {
            self.diagnostics.push(
                Diagnostic::new(
                    Code::ReservedName,
                    span,
                    format!("`{id}` names a column of the data tables, so no attribute or relation"),
                )
                .help("call it something else"),
            );
        }
    }
}

impl Symbols {
    /// Sets the ranges of attributes, relations and states.
    pub(super) fn set_ranges(&mut self, [attributes, relations, state]: [Vec<Option<(f64, f64)>>; 3]) {
        let infos = self.attributes.iter_mut().chain(&mut self.relations).chain(&mut self.state);
        for (info, range) in infos.zip(attributes.into_iter().chain(relations).chain(state)) {
            info.range = range;
        }
    }

    /// What a name stands for.
    pub(super) fn find(&self, name: &str) -> Option<Symbol> {
        self.shared.get(name).map(|(symbol, _)| *symbol)
    }

    /// Where it was declared.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.shared.get(name).map(|(_, span)| *span).filter(|span| *span != Span::default())
    }

    /// "There is no actor, group or role X", with the nearest name.
    pub(super) fn unknown_actor(&self, name: &Name) -> Diagnostic {
        if let Some(symbol) = self.find(&name.text) {
            return Diagnostic::new(
                Code::UnknownActor,
                name.span,
                format!("`{}` is {}, not an actor", name.text, symbol.kind()),
            )
            .help("name an actor, a group or a role");
        }
        let mut diagnostic =
            Diagnostic::new(Code::UnknownActor, name.span, format!("there is no actor, group or role `{}`", name.text))
                .label("not declared");
        let who = self
            .shared
            .iter()
            .filter(|(_, (symbol, _))| matches!(symbol, Symbol::Actor(_) | Symbol::Group(_)))
            .map(|(id, _)| id.as_str());
        diagnostic =
            match suggest(&name.text, who).or_else(|| suggest(&name.text, self.shared.keys().map(String::as_str))) {
                Some(near) => self.did_you_mean(diagnostic, &near),
                None => diagnostic.help(format!("declare it: `[actors.{}]`", name.text)),
            };
        diagnostic
    }

    /// Adds "did you mean", with the place of the declaration.
    pub(super) fn did_you_mean(&self, diagnostic: Diagnostic, near: &str) -> Diagnostic {
        let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        match self.shared.get(near) {
            Some((symbol, span)) if *span != Span::default() => {
                diagnostic.also(*span, format!("{} `{near}`", symbol.kind()))
            }
            _ => diagnostic,
        }
    }

    /// An actor or the members that a group may have.
    pub(super) fn who(&self, name: &Name) -> Result<Who, Diagnostic> {
        match self.find(&name.text) {
            Some(Symbol::Actor(actor)) => Ok(Who::Actor(actor)),
            Some(Symbol::Group(group)) => Ok(Who::Group(group)),
            _ => Err(self.unknown_actor(name)),
        }
    }

    /// The potential members.
    pub(super) fn members(&self, who: Who) -> Vec<ActorIndex> {
        match who {
            Who::Actor(actor) => vec![actor],
            Who::Group(group) => self.groups[group].potential.iter().copied().collect(),
        }
    }

    /// The named values of an enumeration.
    pub(super) fn values(&self, owner: EnumerationOwner) -> &[String] {
        match owner {
            EnumerationOwner::Attribute(index) => &self.attributes[index].values,
            EnumerationOwner::Relation(index) => &self.relations[index].values,
            EnumerationOwner::State(index) => &self.state[index].values,
        }
    }

    /// The name of the owner of an enumeration.
    pub(super) fn owner_id(&self, owner: EnumerationOwner) -> &str {
        match owner {
            EnumerationOwner::Attribute(index) => &self.attributes[index].id,
            EnumerationOwner::Relation(index) => &self.relations[index].id,
            EnumerationOwner::State(index) => &self.state[index].id,
        }
    }
}

/// Whom a template's `actor` or `target` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Actor(ActorIndex),
    Group(usize),
}
