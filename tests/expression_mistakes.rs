//! What is said of expressions and effects that are written wrongly: `tests/golden/expressions.txt`, word by word.
//!
//! `UPDATE_GOLDEN=1` rewrites the file; read the difference before keeping it.

use std::fmt::Write;
use std::path::Path;

use flashpoint::diagnostic::{Diagnostic, SourceId, Span};
use flashpoint::scenario::document::Text;
use flashpoint::scenario::expression::{
    parse_address, parse_definition_head, parse_effect, parse_expression, print, print_effect,
};

fn text(source: &str) -> Text {
    let end = u32::try_from(source.len()).unwrap();
    Text { text: source.to_owned(), span: Span { source: SourceId(0), start: 0, end }, offsets: (0..=end).collect() }
}

/// Reads a case such as `effect> x++`.
fn read(kind: &str, source: &str) -> (Option<String>, Vec<Diagnostic>) {
    let text = text(source);
    let mut diagnostics = Vec::new();
    let printed = match kind {
        "expression" => parse_expression(&text, &mut diagnostics).map(|tree| print(&tree)),
        "effect" => parse_effect(&text, &mut diagnostics).map(|tree| print_effect(&tree)),
        "head" => parse_definition_head(&text, &mut diagnostics).map(|(name, arguments)| {
            let arguments: Vec<String> = arguments.into_iter().map(|argument| argument.text).collect();
            format!("{}({})", name.text, arguments.join(", "))
        }),
        "address" => parse_address(&text, &mut diagnostics).map(|tree| print(&tree)),
        other => panic!("unknown kind of case `{other}`"),
    };
    (printed, diagnostics)
}

fn describe(source: &str, (printed, diagnostics): (Option<String>, Vec<Diagnostic>)) -> String {
    let mut described = String::new();
    if let Some(printed) = printed {
        writeln!(described, "    reads as: {printed}").unwrap();
    }
    for diagnostic in diagnostics {
        let label = diagnostic.primary.unwrap();
        let underlined = &source[label.span.start as usize..label.span.end as usize];
        let code = diagnostic.code;
        writeln!(described, "    {} {}: {}", code.number(), code.name(), diagnostic.message).unwrap();
        writeln!(described, "        at `{underlined}` {}", label.text).unwrap();
        for help in diagnostic.help {
            writeln!(described, "        help: {help}").unwrap();
        }
    }
    described.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[test]
fn every_mistake_is_told_as_the_file_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/expressions.txt");
    let expected = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for line in expected.lines().filter(|line| !line.starts_with("    ")) {
        writeln!(found, "{line}").unwrap();
        if let Some((kind, source)) = line.split_once("> ").or_else(|| line.strip_suffix('>').map(|kind| (kind, ""))) {
            found += &describe(source, read(kind, source));
        }
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let difference = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert!(expected == found, "the first difference, expected and found: {difference:#?}");
}

#[test]
fn places_are_those_of_the_file_also_behind_escapes() {
    // In the file: `when = "a \"x\" == b"`, the text begins at byte 8 and each quote takes two bytes.
    let source = "a \"x\" == b";
    let mut offsets = Vec::new();
    let mut place = 8;
    for byte in source.bytes() {
        offsets.push(place);
        place += if byte == b'"' { 2 } else { 1 };
    }
    offsets.push(place);
    let text = Text { text: source.to_owned(), span: Span { source: SourceId(3), start: 7, end: place + 1 }, offsets };
    let mut diagnostics = Vec::new();
    assert!(parse_expression(&text, &mut diagnostics).is_none());
    assert_eq!(diagnostics[0].primary.as_ref().unwrap().span, Span { source: SourceId(3), start: 10, end: 15 });
}

#[test]
fn nothing_is_too_deep_or_too_long_to_be_told() {
    let many = |count: usize, piece: &str| piece.repeat(count);
    let texts = [
        many(10_000, "(") + "a" + &many(10_000, ")"),
        many(100_000, "("),
        many(100_000, "a and ") + "a",
        many(100_000, "a + ") + "a",
        many(100_000, "a ^ ") + "a",
        many(100_000, "-") + "a",
        many(100_000, "not ") + "a",
        many(50_000, "if a then b else ") + "c",
        many(50_000, "if a then ") + "c",
        "a".to_owned() + &many(100_000, ".a"),
        many(50_000, "f(") + "a",
        many(50_000, "sum(m in g: ") + "a",
        many(20_000, "a > (b and not -") + "c",
    ];
    // The stack that threads have unless they ask for more.
    let worker = std::thread::Builder::new().stack_size(2 << 20);
    let check = move || {
        for source in texts {
            let (printed, diagnostics) = read("expression", &source);
            assert!(printed.is_none());
            let names: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
            let start = &source[..20];
            assert_eq!(names, ["too-deep"], "{start}");
            let (_, diagnostics) = read("effect", &format!("x = {source}"));
            assert_eq!(diagnostics[0].code.name(), "too-deep", "{start}");
        }
        let wrong = [
            "a b ",
            "a < ",
            "0.1 per day + ",
            "a := 1; ",
            "x[",
            "a ? ",
            "@",
            "a = ",
            "for m in g: ",
            "if a: ",
            "if a ",
            "sum(",
            ") ",
        ];
        for piece in wrong {
            for kind in ["expression", "effect", "head", "address"] {
                let (_, diagnostics) = read(kind, &piece.repeat(20_000));
                assert!((1..=20).contains(&diagnostics.len()), "{piece}");
                assert!(diagnostics.iter().all(|diagnostic| diagnostic.help.iter().all(|help| help.len() < 1_000)));
            }
        }
    };
    worker.spawn(check).unwrap().join().unwrap();
}
