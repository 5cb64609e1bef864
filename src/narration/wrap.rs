//! Lines of a bounded width.

/// Breaks a text into lines between words. The first line starts with `first`, all others with `rest`; a word longer than a line has a line of its own.
pub(super) fn wrap(text: &str, first: &str, rest: &str, width: usize) -> String {
    let mut wrapped = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        let length = line.chars().count() + usize::from(!is_empty) + word.chars().count();
        if !is_empty && length > width {
            wrapped.push_str(&line);
            wrapped.push('\n');
            line = rest.to_owned();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    wrapped.push_str(line.trim_end());
    wrapped.push('\n');
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("one two three", "- ", "  ", 9), "- one two\n  three\n");
        assert_eq!(wrap("one extraordinarily two", "", "", 8), "one\nextraordinarily\ntwo\n");
        assert_eq!(wrap("", "- ", "  ", 9), "-\n");
    }
}
