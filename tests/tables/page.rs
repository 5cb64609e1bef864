//! docs/tables.md is what the schema says.

use std::fs;
use std::path::Path;

use flashpoint::output::schema::schema_markdown;

#[test]
fn tables_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables.md");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, schema_markdown()).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(page, schema_markdown(), "write it again with UPDATE_GOLDEN=1");
}
