use super::parse_document;
use crate::diagnostic::{Code, SourceId, Sources};
use crate::scenario::document::{Table, Value};

fn read(text: &str) -> (Table, Vec<crate::diagnostic::Diagnostic>) {
    let mut diagnostics = Vec::new();
    let table = parse_document(SourceId(0), text, &mut diagnostics);
    (table, diagnostics)
}

/// Checks the underlined text, the message and the first help of the only mistake of a text.
#[track_caller]
fn mistake(text: &str, place: &str, message: &str, help: &str) {
    let (_, diagnostics) = read(text);
    assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:#?}");
    let mut sources = Sources::default();
    sources.add("x", text);
    let one = &diagnostics[0];
    let underlined = one.primary.as_ref().map_or("", |label| sources.slice(label.span));
    let told = one.help.first().map_or("", String::as_str);
    assert_eq!((underlined, one.message.as_str(), told), (place, message, help), "{text}");
}

const QUOTES: &str = "texts and expressions stand in quotes";

#[test]
fn values_without_quotes() {
    mistake("when = a > b\n", "a > b", QUOTES, "write `when = \"a > b\"`");
    mistake("x = 48 hours # two days\n", "48 hours", QUOTES, "write `x = \"48 hours\"`");
    mistake("x = fired(a)\n", "fired(a)", QUOTES, "write `x = \"fired(a)\"`");
    mistake("x = 0.1 per day\n", "0.1 per day", QUOTES, "write `x = \"0.1 per day\"`");
    mistake("x = [a, b]\n", "a", QUOTES, "write `\"a\"`");
    mistake("x = \u{201c}abc\u{201d}\n", "\u{201c}abc\u{201d}", "these are typographic quotes", "write `x = \"abc\"`");
}

#[test]
fn values_written_as_elsewhere() {
    mistake("x = 0,5\nb = 1\n", "0,5", "the decimal mark is a point", "write `x = 0.5`");
    mistake("x = 5%\n", "5%", "`%` is not in the language", "write `x = 0.05`");
    mistake("x = True\n", "True", "the truth values are `true` and `false`", "write `x = true`");
    mistake("x = no\n", "no", "the truth values are `true` and `false`", "write `x = false`");
    mistake("x = 2023-8-25\n", "2023-8-25", "a date is written year-month-day", "write `x = 2023-08-25`");
    mistake("x = 25/08/2023\n", "25/08/2023", "a date is written year-month-day", "write `x = 2023-08-25`");
    mistake("x = 2023-02-30\n", "2023-02-30", "there is no such day", "write a day that the month has");
    mistake("x = .5\n", ".5", "this is not how a number is written", "write `x = 0.5`");
    mistake("x = 1\u{a0}\n", "\u{a0}", "an unusual kind of blank stands here", "replace it by a plain space");
}

#[test]
fn lines_written_as_elsewhere() {
    let joined = "a key and its value are joined by `=`";
    mistake("key: value\n", "key: value", joined, "write `key = \"value\"`");
    mistake("key: 3\n", "key: 3", joined, "write `key = 3`");
    mistake("x == 3\n", "==", "a key and its value are joined by one `=`", "write `x = 3`");
    mistake("// note\nx = 1\n", "// note", "a comment begins with `#`", "write `# note`");
    mistake("[a\nb = 1\n", "[a", "this header has no `]`", "write `[a]` on a line of its own");
    mistake("x =\n", "", "the key has no value", "write `x = ..`, or delete the line");
}

#[test]
fn what_is_never_closed_is_told_where_it_opens() {
    let lists = "add `]` after its last entry, and commas between the entries";
    mistake("x = [1, 2\ny = 3\n[z]\nq = a b\n", "[", "this list is never closed", lists);
    let texts = "close it with the same three quotes that open it";
    mistake("x = '''a\nb = 1\n[c]\n", "'''", "this text of several lines is never closed", texts);
    let line = "add `\"` at its end; a text of several lines stands in triple quotes";
    mistake("x = \"abc\ny = 2\n", "\"abc", "this text is not closed on its line", line);
}

#[test]
fn every_line_is_told() {
    let (table, diagnostics) = read("when = a > b # c\nrate = \"x\"\n[r]\nq = b c\n");
    assert_eq!(diagnostics.len(), 2);
    assert!(matches!(table.get("rate").map(|node| &node.value), Some(Value::Text(text)) if text.text == "x"));
}

#[test]
fn a_key_given_twice_points_to_the_first() {
    #[track_caller]
    fn check(text: &str, first: u32) {
        let (_, diagnostics) = read(text);
        assert_eq!(diagnostics.len(), 1, "{text}: {diagnostics:#?}");
        assert_eq!(
            diagnostics[0].secondary.iter().map(|label| label.span.start).collect::<Vec<_>>(),
            [first],
            "{text}"
        );
    }
    check("x = 1\nx = 2\n", 0);
    check("[a]\nb = 1\n[a]\nc = 2\n", 1);
    check("a.b = 1\na.b = 2\n", 2);
    check("x = { a = 1, a = 2 }\n", 6);
    check("x = [{ a = 1 }, { b = 2, b = 3 }]\n", 18);
    check("[r.a]\nx = 1\n[r.b]\nx = 2\ny.z = 1\ny.z = 2\n", 26);
    check("x = 1\n[x]\n", 0);
}

#[test]
fn numbers_and_dates_that_the_language_lacks() {
    for text in
        ["x = nan", "x = -inf", "x = 1e999", "x = 99999999999999999999", "x = 07:32", "x = 1979-05-27T07:32:00Z"]
    {
        let (_, diagnostics) = read(text);
        assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::WrongKind], "{text}");
    }
    #[track_caller]
    fn check(text: &str, value: &Value) {
        let (table, diagnostics) = read(text);
        assert!(diagnostics.is_empty(), "{text}: {diagnostics:#?}");
        assert_eq!(table.get("x").map(|node| &node.value), Some(value), "{text}");
    }
    check("x = 0xff", &Value::Integer(255));
    check("x = 1_000", &Value::Integer(1000));
    check("x = -1_000.5", &Value::Float(-1000.5));
    check("x = 0.1", &Value::Float(0.1));
    check("x = 2023-08-25 18:00:00", &Value::Date("2023-08-25T18:00".to_owned()));
    check("x = 2023-08-25t18:00", &Value::Date("2023-08-25T18:00".to_owned()));
    check("x = 2023-08-25T18:00:07.5", &Value::Date("2023-08-25T18:00:07.5".to_owned()));
}

#[test]
fn places_of_keys_values_and_parts_of_texts() {
    let text = "\u{e9} = 1\n[a.b]\nc = \"x\\ty\"\n".replace("\u{e9} ", "\"\u{e9}\" ");
    let (table, diagnostics) = read(&text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let mut sources = Sources::default();
    sources.add("x", text.clone());
    let Some(Value::Table(a)) = table.get("a").map(|node| &node.value) else { panic!("no table") };
    let b = &a.entries["b"];
    assert_eq!((sources.slice(b.key), sources.slice(b.node.span)), ("b", "[a.b]"));
    let Value::Table(b) = &b.node.value else { panic!("no table") };
    let Value::Text(c) = &b.entries["c"].node.value else { panic!("no text") };
    assert_eq!((c.text.as_str(), sources.slice(c.span)), ("x\ty", "\"x\\ty\""));
    assert_eq!(
        (sources.slice(c.place(0, 1)), sources.slice(c.place(1, 2)), sources.slice(c.place(2, 3))),
        ("x", "\\t", "y")
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for text in [
        "x = ".to_owned() + &"[".repeat(100_000),
        "x = ".to_owned() + &"{a=".repeat(100_000),
        "a.".repeat(100_000) + "a = 1",
    ] {
        let (_, diagnostics) = read(&text);
        assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::TooDeep]);
    }
    let (_, diagnostics) = read(&format!("x = {}{}", "[".repeat(40), "]".repeat(40)));
    assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::TooDeep]);
    let (_, diagnostics) = read(&format!("[{}x]\ny = 1", "a.".repeat(40)));
    assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::TooDeep]);
}

#[test]
fn many_mistakes_are_told_quickly() {
    let lines =
        ["x = 1\n", "=\n", "[a]\n", "x = a b c, ", "\"", "x = {a=1,a=1}\n", "[[a]]\nx = y\n", "a.b = 1\na = 2\n"];
    for line in lines {
        let (_, diagnostics) = read(&line.repeat(50_000 / line.len()));
        assert!((1..=51).contains(&diagnostics.len()), "{line}");
    }
}
