//! Just enough Markdown to hold documents against code.

use std::path::{Path, PathBuf};

/// A file of the project.
pub(super) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file of the project.
#[track_caller]
pub(super) fn read(path: &str) -> String {
    std::fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
}

/// A fenced block: what stands behind the fence, and what it holds.
pub(super) struct Block<'a> {
    /// Such as `toml complete`.
    pub(super) info: &'a str,
    /// Without the fences.
    pub(super) content: String,
}

/// All fenced blocks.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut open: Option<Block<'_>> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), open.take()) {
            (Some(info), None) => open = Some(Block { info: info.trim(), content: String::new() }),
            (Some(_), Some(block)) => found.push(block),
            (None, Some(mut block)) => {
                block.content.push_str(line);
                block.content.push('\n');
                open = Some(block);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// What stands below a heading, up to the next heading of any level; fenced blocks are left out.
#[track_caller]
pub(super) fn section(text: &str, heading: &str) -> String {
    let mut found: Option<String> = None;
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        if fenced {
            continue;
        }
        if line.starts_with('#') {
            if found.is_some() {
                break;
            }
            if line.trim_start_matches('#').trim() == heading {
                found = Some(String::new());
            }
        } else if let Some(found) = &mut found {
            found.push_str(line);
            found.push('\n');
        }
    }
    found.unwrap_or_else(|| panic!("there is no heading `{heading}`"))
}

/// The cells of the rows of all tables in a text, without heads and rules.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.lines().collect();
    let is_rule = |line: &str| line.starts_with('|') && line.chars().all(|c| "|-: ".contains(c));
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let is_head = lines.get(index + 1).is_some_and(|next| is_rule(next));
        if line.starts_with('|') && !is_rule(line) && !is_head {
            let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
            found.push(inner.split(" | ").map(|cell| cell.trim().to_owned()).collect());
        }
    }
    found
}

/// Everything in backticks.
pub(super) fn ticked(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
