//! How expressions and effects are read: what binds to what, what literals mean, and that the page says the same as the code.

use flashpoint::diagnostic::{SourceId, Span};
use flashpoint::scenario::document::Text;
use flashpoint::scenario::expression::ast::{Arithmetic, Expression, Kind};
use flashpoint::scenario::expression::{GRAMMAR, parse_effect, parse_expression, print, print_effect, words};

fn text(source: &str) -> Text {
    let end = u32::try_from(source.len()).unwrap();
    Text { text: source.to_owned(), span: Span { source: SourceId(0), start: 0, end }, offsets: (0..=end).collect() }
}

fn parse(source: &str) -> Expression {
    let mut diagnostics = Vec::new();
    let tree = parse_expression(&text(source), &mut diagnostics);
    tree.unwrap_or_else(|| panic!("{source}: {diagnostics:?}"))
}

/// The tree with all its brackets.
fn shape(expression: &Expression) -> String {
    let parts = |parts: &[Expression]| parts.iter().map(shape).collect::<Vec<_>>().join(" ");
    match &expression.kind {
        Kind::Call { function, arguments } => format!("({} {})", function.text, parts(arguments)),
        Kind::Member { owner, name } => format!("{}.{}", shape(owner), name.text),
        Kind::Negative(operand) => format!("(- {})", shape(operand)),
        Kind::Not(operand) => format!("(not {})", shape(operand)),
        Kind::Arithmetic(sign, left, right) => {
            let sign = match sign {
                Arithmetic::Add => "+",
                Arithmetic::Subtract => "-",
                Arithmetic::Multiply => "*",
                Arithmetic::Divide => "/",
                Arithmetic::Power => "**",
                Arithmetic::WholePower => "^",
            };
            format!("({sign} {} {})", shape(left), shape(right))
        }
        Kind::Compare(_, left, right) => format!("(compare {} {})", shape(left), shape(right)),
        Kind::Is { left, negated, right } => {
            format!("({} {} {})", if *negated { "is-not" } else { "is" }, shape(left), shape(right))
        }
        Kind::In { left, negated, group } => {
            format!("({} {} {})", if *negated { "not-in" } else { "in" }, shape(left), group.text)
        }
        Kind::And(list) => format!("(and {})", parts(list)),
        Kind::Or(list) => format!("(or {})", parts(list)),
        Kind::If(test, then, otherwise) => format!("(if {} {} {})", shape(test), shape(then), shape(otherwise)),
        Kind::Per(value, amount, unit) => format!("(per {} {} {unit:?})", shape(value), amount.unwrap_or(1.0)),
        Kind::Fold { fold, variable, group, filter, body, otherwise } => {
            let filter = filter.as_ref().map(|filter| format!(" where {}", shape(filter))).unwrap_or_default();
            let otherwise = otherwise.as_ref().map(|part| format!(" else {}", shape(part))).unwrap_or_default();
            format!("({fold:?} {} {}{filter} {}{otherwise})", variable.text, group.text, shape(body))
        }
        Kind::Duration(amount, unit) => format!("{amount} {unit:?}"),
        _ => print(expression),
    }
}

#[test]
fn operators_bind_as_the_grammar_says() {
    let cases = [
        ("a or b and c or d", "(or a (and b c) d)"),
        ("not a and b", "(and (not a) b)"),
        ("not not a", "(not (not a))"),
        ("not a == b", "(not (compare a b))"),
        ("a + b * c - d / e", "(- (+ a (* b c)) (/ d e))"),
        ("a - b - c", "(- (- a b) c)"),
        ("a / b * c", "(* (/ a b) c)"),
        ("-2 ^ 2", "(- (^ 2 2))"),
        ("(-2) ^ 2", "(^ (- 2) 2)"),
        ("2 ^ 3 ^ 2", "(** 2 (^ 3 2))"),
        ("2 ^ -3", "(** 2 (- 3))"),
        ("2 ^ -3 ^ 2", "(** 2 (- (^ 3 2)))"),
        ("- -a", "(- (- a))"),
        ("--a", "(- (- a))"),
        ("-a * b", "(* (- a) b)"),
        ("a * -b", "(* a (- b))"),
        ("a.b ^ c.d", "(** a.b c.d)"),
        ("a + b < c * d", "(compare (+ a b) (* c d))"),
        ("a is not b", "(is-not a b)"),
        ("m.posture is deployed and m in g", "(and (is m.posture deployed) (in m g))"),
        ("a not in g or b in g", "(or (not-in a g) (in b g))"),
        ("not a in g", "(not (in a g))"),
        ("(a and b) and c", "(and (and a b) c)"),
        ("france.hostility.junta", "france.hostility.junta"),
        ("hostility(a, b)", "(hostility a b)"),
        ("fired(answer.refuse, a)", "(fired answer.refuse a)"),
    ];
    for (source, expected) in cases {
        assert_eq!(shape(&parse(source)), expected, "{source}");
    }
}

#[test]
fn only_a_bare_whole_number_multiplies() {
    let cases = [
        ("x ^ 2", "(^ x 2)", "x ^ 2"),
        ("x ^ 16", "(^ x 16)", "x ^ 16"),
        ("x ^ 17", "(** x 17)", "x ^ 17"),
        ("x ^ 2.0", "(** x 2)", "x ^ (2)"),
        ("x ^ (2)", "(** x 2)", "x ^ (2)"),
        ("x ^ 2e0", "(** x 2)", "x ^ (2)"),
        ("x ^ 0.5", "(** x 0.5)", "x ^ 0.5"),
        ("x ^ y", "(** x y)", "x ^ y"),
    ];
    for (source, expected, printed) in cases {
        let tree = parse(source);
        assert_eq!((shape(&tree).as_str(), print(&tree).as_str()), (expected, printed), "{source}");
        assert_eq!(shape(&parse(printed)), expected, "{printed}");
    }
}

#[test]
fn per_is_the_lowest_but_ends_with_the_branch_of_an_if() {
    let cases = [
        ("a + b per day", "(per (+ a b) 1 Day)"),
        ("0.2 per 30 days", "(per 0.2 30 Day)"),
        ("0.2 per 1.5 weeks", "(per 0.2 1.5 Week)"),
        ("if c then a else b per day", "(per (if c a b) 1 Day)"),
        ("if c then a per day else b per day", "(if c (per a 1 Day) (per b 1 Day))"),
        ("if c then (a per day) else b per day", "(per (if c (per a 1 Day) b) 1 Day)"),
        ("if c then a per 2 days else b", "(if c (per a 2 Day) b)"),
        ("if c then a per day else if d then b else e per day", "(if c (per a 1 Day) (per (if d b e) 1 Day))"),
        ("if c then a else if d then b per day else e per day", "(if c a (if d (per b 1 Day) (per e 1 Day)))"),
        (
            "if c then if d then a per day else b per day else e per day",
            "(if c (if d (per a 1 Day) (per b 1 Day)) (per e 1 Day))",
        ),
        ("a > (0.1 per day)", "(compare a (per 0.1 1 Day))"),
        ("(0.1 per day) + (0.2 per week)", "(+ (per 0.1 1 Day) (per 0.2 1 Week))"),
        ("max(a per day, b per week)", "(max (per a 1 Day) (per b 1 Week))"),
        ("sum(m in g: m.x per day)", "(Sum m g (per m.x 1 Day))"),
    ];
    for (source, expected) in cases {
        assert_eq!(shape(&parse(source)), expected, "{source}");
    }
}

#[test]
fn conditionals_and_folds_nest() {
    let cases = [
        ("if a then b else if c then d else e", "(if a b (if c d e))"),
        ("if a then if b then c else d else e", "(if a (if b c d) e)"),
        ("if a or b then c and d else e or f", "(if (or a b) (and c d) (or e f))"),
        ("mean(m in g: if m.x then 1 else 2 else 0)", "(Mean m g (if m.x 1 2) else 0)"),
        (
            "share(m in voters where m is not actor: m.favours) >= 2/3",
            "(compare (Share m voters where (is-not m actor) m.favours) (/ 2 3))",
        ),
        ("min(m in g: m.x else 1)", "(Min m g m.x else 1)"),
        ("min(m, g)", "(min m g)"),
        ("min((m in g), a)", "(min (in m g) a)"),
        (
            "any(m in g: all(n in g where n is not m: hostility(m, n) > 0.5))",
            "(Any m g (All n g where (is-not n m) (compare (hostility m n) 0.5)))",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(shape(&parse(source)), expected, "{source}");
    }
}

#[test]
fn literals_mean_what_they_say() {
    let cases = [
        ("0.3", "0.3"),
        ("007", "7"),
        ("1e-3", "0.001"),
        ("1E+2", "100"),
        ("0.1e1", "1"),
        ("1.7976931348623157e308", "1.7976931348623157e308"),
        ("1e-400", "0"),
        ("4.9e-324", "5e-324"),
        ("7days", "7 Day"),
        ("7 day", "7 Day"),
        ("1 weeks", "1 Week"),
        ("1.5\n\tweeks", "1.5 Week"),
        ("2023-08-25", "2023-08-25"),
        ("2024-02-29", "2024-02-29"),
        ("2023-08-25T18:00", "2023-08-25T18:00"),
        ("2023-08-25T18:00:00", "2023-08-25T18:00"),
        ("2023-08-25-3 days", "(- 2023-08-25 3 Day)"),
        ("2023 - 08 - 25", "(- (- 2023 8) 25)"),
        ("day / 2", "(/ day 2)"),
        ("year(today) + month(today)", "(+ (year today) (month today))"),
        ("posture is size", "(is posture size)"),
        ("size * 2", "(* size 2)"),
    ];
    for (source, expected) in cases {
        assert_eq!(shape(&parse(source)), expected, "{source}");
    }
}

#[test]
fn effects_are_printed_as_they_are_read() {
    let same = [
        "sanctions = 0.7",
        "actor.rally += 0.05",
        "hostility(target, actor) -= 0.1 * severity",
        "start(expulsion, 48 hours)",
        "stop(expulsion)",
        "join(contributors, actor)",
        "leave(actors, junta)",
        "if not accepted: sanctions = if harsh then 1 else 0.5",
        "for m in voters where m is not actor and m.resolve > 0.2: if m.committed: m.resolve += 0.1 per day",
        "m.posture = deployed",
    ];
    for source in same {
        let mut diagnostics = Vec::new();
        let effect = parse_effect(&text(source), &mut diagnostics);
        assert_eq!(effect.map(|effect| print_effect(&effect)).as_deref(), Some(source), "{diagnostics:?}");
    }
}

#[test]
fn the_canonical_text_has_the_fewest_brackets() {
    let cases = [
        ("((a))", "a"),
        ("(a * b) + (c)", "a * b + c"),
        ("a*(b+c)", "a * (b + c)"),
        ("a - (b - c)", "a - (b - c)"),
        ("(a - b) - c", "a - b - c"),
        ("(a ^ b) ^ c", "(a ^ b) ^ c"),
        ("a ^ (b ^ c)", "a ^ b ^ c"),
        ("-(a ^ 2)", "-a ^ 2"),
        ("(-a) ^ 2", "(-a) ^ 2"),
        ("not (a and b)", "not (a and b)"),
        ("(if a then b else c) + 1", "(if a then b else c) + 1"),
        ("if a then (b) else (if c then d else e)", "if a then b else if c then d else e"),
        ("(0.1 + x) per 1 days", "0.1 + x per 1 day"),
        ("(if a then (b per day) else c) per day", "(if a then b per day else c) per day"),
        ("if a then b else (c per day)", "if a then b else (c per day)"),
        ("1000000000000000000", "1e18"),
        ("0.000001", "1e-6"),
    ];
    for (source, expected) in cases {
        assert_eq!(print(&parse(source)), expected, "{source}");
    }
}

/// The words between backticks in a part of the page that begins with `heading`.
fn words_under(heading: &str) -> Vec<&'static str> {
    let (_, part) = GRAMMAR.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("no part `{heading}`"));
    let part = part.split("\n## ").next().unwrap_or_default();
    part.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_page_names_every_word_of_the_code_and_no_other() {
    let sorted = |mut words: Vec<String>| {
        words.sort();
        words.dedup();
        words
    };
    let page = |heading: &str| {
        let words = words_under(heading).into_iter().filter(|word| words::is_name(word));
        sorted(words.map(str::to_owned).collect())
    };
    let code = |words: Vec<&str>| sorted(words.into_iter().map(str::to_owned).collect());
    let units: Vec<&str> = words::UNITS.iter().map(|(word, _)| *word).collect();
    let folds: Vec<&str> = words::FOLDS.iter().map(|(word, _)| *word).collect();
    let distributions: Vec<&str> = words::DISTRIBUTIONS.iter().map(|(word, _)| *word).collect();
    let mut reserved = words::RESERVED.to_vec();
    reserved.extend(&units);
    reserved.extend(&folds);
    reserved.extend(&distributions);
    reserved.extend(words::FUNCTIONS.iter().map(|function| function.name));
    assert_eq!(page("Reserved words"), code(reserved));
    assert_eq!(page("Units of time"), code(units));
    let heads = words_under("Folds").into_iter().filter_map(|word| word.strip_suffix("(..)"));
    assert_eq!(sorted(heads.map(str::to_owned).collect()), code(folds));
    let written = words_under("Functions").into_iter().filter_map(|word| word.split_once('(').map(|(name, _)| name));
    assert_eq!(
        sorted(written.map(str::to_owned).collect()),
        code(words::FUNCTIONS.iter().map(|function| function.name).collect())
    );
    for keyword in words::KEYWORDS {
        assert!(GRAMMAR.contains(&format!("\"{keyword}\"")), "the grammar does not use `{keyword}`");
    }
}

#[test]
fn every_example_of_the_page_is_read() {
    let mut count = 0;
    for block in GRAMMAR.split("```flashpoint\n").skip(1) {
        for line in block.split("```").next().unwrap_or_default().lines() {
            let source = line.split("  #").next().unwrap_or_default().trim();
            let mut diagnostics = Vec::new();
            let found = match line.contains("# effect") {
                true => parse_effect(&text(source), &mut diagnostics).is_some(),
                false => parse_expression(&text(source), &mut diagnostics).is_some(),
            };
            assert!(found, "{source}: {diagnostics:?}");
            count += 1;
        }
    }
    assert!(count > 10);
}
