use super::*;

const MAIN: &str = "include = ['lib/l.toml']\n[history]\nfile = 'observed.csv'\n[parameters.p]\nprior = { empirical = { file = 'x.csv', column = 'v' } }";
const FILES: [(&str, &str); 4] = [
    (
        "lib/l.toml",
        "[data]\nactors = 'a.csv'\ndyads = ['a.csv', 'd.csv']\n[parameters.q]\nprior = { empirical = { file = '../x.csv', column = 'v' } }",
    ),
    ("lib/a.csv", "id\njunta\n"),
    ("observed.csv", "date,rule\n"),
    ("x.csv", "v\n1\n2\n"),
];

#[test]
fn tables_are_found_from_the_file_that_states_them() {
    let mut files = FILES.to_vec();
    files.extend([("main.toml", MAIN), ("lib/d.csv", "from,to\n")]);
    let loaded = plain(&files);
    assert_eq!(errors(&loaded), []);
    let paths: Vec<&str> = loaded.data.files().iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["lib/a.csv", "lib/d.csv", "observed.csv", "x.csv"]);
    let Some(Value::Table(data)) = loaded.table.get("data").map(|node| &node.value) else { panic!("no table") };
    assert_eq!(loaded.data.named_at(data.entries["actors"].node.span).map(|file| file.table.row_count()), Some(1));
    assert_eq!(loaded.folder_of(data.entries["actors"].node.span.source), Path::new("lib"));
}

#[test]
fn tables_that_cannot_be_read() {
    let mut files = FILES.to_vec();
    files.push(("main.toml", MAIN));
    error(
        &plain(&files),
        Code::UnreadableFile,
        "'d.csv'",
        "there is no file `lib/d.csv`",
        "check the path; it is taken from the folder of the file that states it",
    );
    files.push(("lib/d.csv", "from;to\na;b\n"));
    error(
        &plain(&files),
        Code::BadTable,
        "from;to",
        "the separator looks like `;`",
        "save with commas between the cells; the decimal mark is a point",
    );
}
