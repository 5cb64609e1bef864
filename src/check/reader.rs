//! Strict reading of one table: known keys only, right kinds only, everything wrong told at once.

use super::keys;
use crate::diagnostic::{Code, Diagnostic, Span, suggest};
use crate::model::Notes;
use crate::scenario::document::{Entry, Node, Table, Text, Value};
use crate::scenario::expression::ast::{self, Expression, Kind, Name};
use crate::scenario::expression::{parse_date, parse_effect, parse_expression};

/// A table being read.
pub(super) struct Reader<'a> {
    /// The table.
    pub(super) table: &'a Table,
    /// Its place (its key).
    pub(super) span: Span,
    /// What it is, for messages: `a rule`.
    pub(super) what: &'static str,
}

impl<'a> Reader<'a> {
    /// Opens the table of an entry; tells when it is none, and every key that is not among `allowed`.
    pub(super) fn open(
        entry: &'a Entry,
        what: &'static str,
        allowed: &'static [&'static str],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        match &entry.node.value {
            Value::Table(table) => {
                let reader = Reader { table, span: entry.key, what };
                reader.check_keys(allowed, diagnostics);
                Some(reader)
            }
            _ => {
                diagnostics.push(wrong_kind(&entry.node, what, "a table"));
                None
            }
        }
    }

    /// Tells every key that is neither among `allowed` nor a note.
    pub(super) fn check_keys(&self, allowed: &'static [&'static str], diagnostics: &mut Vec<Diagnostic>) {
        for (key, entry) in &self.table.entries {
            if !allowed.contains(&key.as_str()) && !keys::NOTES.contains(&key.as_str()) {
                diagnostics.push(unknown_key(key, entry, self.what, allowed));
            }
        }
    }

    pub(super) fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.table.entries.get(key)
    }

    pub(super) fn text(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<&'a Text> {
        let entry = self.entry(key)?;
        match &entry.node.value {
            Value::Text(text) => Some(text),
            _ => {
                diagnostics.push(wrong_kind(&entry.node, &format!("`{key}`"), "a text in quotes"));
                None
            }
        }
    }

    pub(super) fn boolean(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<bool> {
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::Boolean(value) => Some(value),
            _ => {
                diagnostics.push(
                    wrong_kind(&entry.node, &format!("`{key}`"), "true or false")
                        .help(format!("write `{key} = true` or `{key} = false`")),
                );
                None
            }
        }
    }

    /// A whole number at or above 1.
    pub(super) fn count(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<u32> {
        let entry = self.entry(key)?;
        match entry.node.value {
            Value::Integer(value) if value >= 1 => Some(u32::try_from(value).unwrap_or(u32::MAX)),
            _ => {
                diagnostics.push(
                    wrong_kind(&entry.node, &format!("`{key}`"), "a whole number of at least 1")
                        .help(format!("write `{key} = 1`")),
                );
                None
            }
        }
    }

    pub(super) fn name(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Name> {
        self.text(key, diagnostics).map(name_of)
    }

    pub(super) fn expression(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Expression> {
        self.entry(key).and_then(|entry| expression(&entry.node, key, diagnostics))
    }

    /// Like [`Self::expression`], but also says whether the key was there at all.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// `[low, high]`
    pub(super) fn pair(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<(Expression, Expression)> {
        let entry = self.entry(key)?;
        if let Value::List(nodes) = &entry.node.value
            && let [low, high] = nodes.as_slice()
        {
            let low = expression(low, key, diagnostics);
            let high = expression(high, key, diagnostics);
            return low.zip(high);
        }
        diagnostics.push(
            wrong_kind(&entry.node, &format!("`{key}`"), "a list of two, [low, high]")
                .help(format!("write `{key} = [0, 1]`")),
        );
        None
    }

    /// A list of texts, as names.
    pub(super) fn names(&self, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Name>> {
        names(&self.entry(key)?.node, key, diagnostics)
    }

    pub(super) fn effects(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<ast::Effect> {
        let Some(entry) = self.entry("effects") else { return Vec::new() };
        let nodes = match &entry.node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Text(_) => std::slice::from_ref(&entry.node),
            _ => {
                diagnostics.push(wrong_kind(&entry.node, "`effects`", "a list of texts"));
                return Vec::new();
            }
        };
        let mut effects = Vec::new();
        for node in nodes {
            match &node.value {
                Value::Text(text) => effects.extend(parse_effect(text, diagnostics)),
                _ => diagnostics
                    .push(wrong_kind(node, "an effect", "a text in quotes").help("write `\"actor.resolve += 0.1\"`")),
            }
        }
        effects
    }

    pub(super) fn notes(&self, diagnostics: &mut Vec<Diagnostic>) -> Notes {
        let mut text = |key| self.text(key, diagnostics).map(|text| text.text.clone());
        let notes = Notes { about: text("about"), source: text("source"), basis: text("basis") };
        if let (Some(basis), Some(entry)) = (&notes.basis, self.entry("basis"))
            && !["data", "literature", "judgement"].contains(&basis.as_str())
        {
            diagnostics.push(
                Diagnostic::new(Code::WrongKind, entry.node.span, format!("`{basis}` is not a basis"))
                    .help("write `basis = \"data\"`, `basis = \"literature\"` or `basis = \"judgement\"`"),
            );
        }
        notes
    }
}

/// A name with its place, from a text.
pub(super) fn name_of(text: &Text) -> Name {
    Name { text: text.text.clone(), span: inner(text) }
}

/// The place of a text without its quotes.
fn inner(text: &Text) -> Span {
    if text.text.is_empty() { text.span } else { text.place(0, text.text.len()) }
}

/// A list of texts, as names.
pub(super) fn names(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Name>> {
    let Value::List(nodes) = &node.value else {
        diagnostics.push(
            wrong_kind(node, &format!("`{key}`"), "a list of names").help(format!("write `{key} = [\"..\", \"..\"]`")),
        );
        return None;
    };
    let mut names = Vec::new();
    for node in nodes {
        match &node.value {
            Value::Text(text) => names.push(name_of(text)),
            _ => diagnostics.push(wrong_kind(node, &format!("a member of `{key}`"), "a name in quotes")),
        }
    }
    Some(names)
}

/// An expression is a text, a plain number or boolean, or a TOML date.
pub(super) fn expression(node: &Node, key: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Expression> {
    let kind = match &node.value {
        Value::Text(text) => return parse_expression(text, diagnostics),
        Value::Integer(value) => Kind::Number(*value as f64),
        Value::Float(value) => Kind::Number(*value),
        Value::Boolean(value) => Kind::Boolean(*value),
        Value::Date(text) => match parse_date(text) {
            Ok(date) => Kind::Date(date),
            Err(_) => {
                diagnostics.push(
                    Diagnostic::new(Code::BadDate, node.span, format!("`{text}` is not a date of this language"))
                        .help("write `2023-08-25` or `2023-08-25T18:00`"),
                );
                return None;
            }
        },
        Value::List(_) | Value::Table(_) => {
            let mut diagnostic = wrong_kind(node, &format!("`{key}`"), "an expression");
            if key == "when" && matches!(node.value, Value::List(_)) {
                diagnostic = diagnostic.help("write one text, its parts joined by `and`: `when = \".. and ..\"`");
            }
            if matches!(node.value, Value::Table(_)) {
                diagnostic = diagnostic
                    .help("a distribution stands only under `prior`, `start`, in an actor's cells and in `draws`");
            }
            diagnostics.push(diagnostic);
            return None;
        }
    };
    Some(Expression { kind, span: node.span })
}

/// "X should be Y, but is Z".
pub(super) fn wrong_kind(node: &Node, what: &str, expected: &str) -> Diagnostic {
    let found = match &node.value {
        Value::Text(_) => "a text",
        Value::Integer(_) | Value::Float(_) => "a number",
        Value::Boolean(_) => "true or false",
        Value::Date(_) => "a date",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    };
    Diagnostic::new(Code::WrongKind, node.span, format!("{what} should be {expected}, but this is {found}"))
}

fn unknown_key(key: &str, entry: &Entry, what: &str, allowed: &'static [&'static str]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(Code::UnknownKey, entry.key, format!("unknown key `{key}` in {what}"));
    if what == "a later entry" && (keys::RULE.contains(&key) || keys::OPTION.contains(&key)) {
        diagnostic.message = format!("`{key}` belongs to the rule, and this line belongs to a later entry");
        return diagnostic.help(format!("move the line `{key} = ..` above the header of the later entry"));
    }
    let synonym = keys::SYNONYMS.iter().find(|(word, key_for)| *word == key && allowed.contains(key_for));
    // An everyday word is meant as itself, however near it is to another key: `then` is not `when`.
    let meant = synonym.map(|(_, key)| (*key).to_owned());
    let near = meant.or_else(|| suggest(key, allowed.iter().copied().chain(keys::NOTES.iter().copied())));
    if let Some(near) = near {
        diagnostic.help(format!("did you mean `{near}`?"))
    } else if allowed == keys::SCENARIO && ["seed", "runs"].contains(&key) {
        diagnostic.help(format!("delete the line and give it to the command: `flashpoint run FILE --{key} ..`"))
    } else if allowed.is_empty() {
        diagnostic.help("it takes only `about`, `source` and `basis`")
    } else {
        let list = allowed.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        diagnostic.help(format!("use one of {list}"))
    }
}
