//! `flashpoint help`: commands, the language, the grammar.

use super::arguments::{Arguments, HelpRequest};
use super::console::Console;
use super::failure::Failure;

/// The reference of scenario files.
const LANGUAGE: &str = include_str!("../../scenarios/FORMAT.md");
/// The grammar of expressions.
const GRAMMAR: &str = include_str!("../../scenarios/GRAMMAR.md");

/// Prints the help of a topic.
pub(super) fn help(request: &HelpRequest, console: &Console) -> Result<(), Failure> {
    match request.topic.as_deref() {
        Some("language") => console.print(LANGUAGE),
        Some("grammar") => console.print(GRAMMAR),
        topic => match Arguments::help_of(topic) {
            Some(text) => console.print(&text),
            None => Err(Failure::Usage {
                message: format!("there is no help on `{}`", topic.unwrap_or_default()),
                help: Some("ask for a command, `language` or `grammar`".to_owned()),
            }),
        },
    }
}
