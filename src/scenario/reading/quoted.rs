//! TOML's quoted texts, decoded so that the way back to each written byte is kept.

/// Decodes a quoted text as written, quotes included, that starts at file offset `start`.
///
/// Gives the text and, for each of its bytes and one past the end, the file offset that it came from (all bytes of an escape come from
/// its backslash). Line ends are always `\n`, however the file writes them, so that a file means the same after a change of line ends.
/// `None` if it is not a well-formed quoted text.
pub(super) fn decode(written: &str, start: u32) -> Option<(String, Vec<u32>)> {
    let delimiter = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| written.starts_with(quote))?;
    let size = delimiter.len();
    let body_end = written.len().checked_sub(size).filter(|end| *end >= size && written.ends_with(delimiter))?;
    let multi_line = size == 3;
    let mut position = size;
    if multi_line {
        position += first_line_end(&written[size..body_end]);
    }
    let mut decoded = Decoded { text: String::with_capacity(body_end - position), offsets: Vec::new(), start };
    let escapes = delimiter.starts_with('"');
    while position < body_end {
        let rest = &written[position..body_end];
        let character = rest.chars().next()?;
        if character == '\\' && escapes {
            position += if multi_line && rest[1..].starts_with([' ', '\t', '\r', '\n']) {
                line_continuation(rest)?
            } else {
                let (meant, length) = escape(rest)?;
                decoded.push(meant, position, false);
                length
            };
        } else if rest.starts_with("\r\n") {
            decoded.push('\n', position, false);
            position += 2;
        } else {
            decoded.push(character, position, true);
            position += character.len_utf8();
        }
    }
    decoded.offsets.push(start + position as u32);
    Some((decoded.text, decoded.offsets))
}

struct Decoded {
    text: String,
    offsets: Vec<u32>,
    start: u32,
}

impl Decoded {
    /// Adds a character that was written at `position`: byte by byte, or else as one escape.
    fn push(&mut self, character: char, position: usize, byte_by_byte: bool) {
        self.text.push(character);
        for byte in 0..character.len_utf8() {
            let inside = if byte_by_byte { byte } else { 0 };
            // Files are at most 16 MiB, so that offsets fit.
            self.offsets.push(self.start + (position + inside) as u32);
        }
    }
}

/// Length of a line end at the start of a text, or 0.
fn first_line_end(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

/// Length of a backslash, the rest of its line, and all blank that follows. `None` if something else stands on its line.
fn line_continuation(rest: &str) -> Option<usize> {
    let after = &rest[1..];
    let line = after.trim_start_matches([' ', '\t']);
    if first_line_end(line) == 0 {
        return None;
    }
    Some(rest.len() - line.trim_start_matches([' ', '\t', '\r', '\n']).len())
}

/// The character of an escape and the length of what was written.
fn escape(rest: &str) -> Option<(char, usize)> {
    let digits = match rest.as_bytes().get(1)? {
        b'b' => return Some(('\u{8}', 2)),
        b'e' => return Some(('\u{1b}', 2)),
        b'f' => return Some(('\u{c}', 2)),
        b'n' => return Some(('\n', 2)),
        b'r' => return Some(('\r', 2)),
        b't' => return Some(('\t', 2)),
        b'"' => return Some(('"', 2)),
        b'\\' => return Some(('\\', 2)),
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let number = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(number)?, 2 + digits))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[track_caller]
    fn check(written: &str, text: &str, offsets: &[u32]) {
        assert_eq!(decode(written, 0), Some((text.to_owned(), offsets.to_vec())));
    }

    #[test]
    fn every_byte_knows_where_it_was_written() {
        check("\"ab\"", "ab", &[1, 2, 3]);
        check("'a\\b'", "a\\b", &[1, 2, 3, 4]);
        check("\"a\\tb\"", "a\tb", &[1, 2, 4, 5]);
        check("\"é\"", "é", &[1, 2, 3]);
        check("\"\\u00e9x\"", "éx", &[1, 1, 7, 8]);
        check("\"\\x41\"", "A", &[1, 5]);
        check("\"\"", "", &[1]);
    }

    #[test]
    fn several_lines() {
        check("\"\"\"\na\r\nb\"\"\"", "a\nb", &[4, 5, 7, 8]);
        check("\"\"\"a \\\n   b\"\"\"", "a b", &[3, 4, 10, 11]);
        check("\"\"\"a\\  \r\n \r\n  b\"\"\"", "ab", &[3, 14, 15]);
        check("'''\r\na'b'''", "a'b", &[5, 6, 7, 8]);
        check("\"\"\"a\"\"\"\"\"", "a\"\"", &[3, 4, 5, 6]);
        check("\"\"\"\"\"\"", "", &[3]);
    }

    #[test]
    fn what_is_not_a_quoted_text() {
        for written in ["", "\"", "a", "\"a", "\"\\q\"", "\"\\u12\"", "\"\\ud800\"", "'''", "\"\"\"\"\""] {
            assert_eq!(decode(written, 0).filter(|(text, _)| !text.is_empty()), None, "{written}");
        }
    }
}
