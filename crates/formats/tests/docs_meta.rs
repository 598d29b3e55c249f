//! Documents with planted properties: every planted field of the DOCX files must be read.

use std::{collections::BTreeSet, path::PathBuf};

use bonafide_formats::{document::Document, docx, limits::Limits, pdf};
use serde_json::Value;

#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
/// Where the test data lies; `None` (and a word about it) where it is absent, which is an error in continuous integration.
fn data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("BONAFIDE_TEST_DATA")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "test data is missing: {}", path.display());
    eprintln!("SKIPPED: no test data at {}", path.display());
    None
}

fn values<'d>(document: &'d Document, name: &str) -> BTreeSet<&'d str> {
    document.properties.iter().filter(|property| property.name == name).map(|property| property.value.as_str()).collect()
}

#[test]
fn all_planted_fields_of_word_documents_are_read() {
    let Some(folder) = data("linkage/docs_meta") else { return };
    let expected = std::fs::read(folder.join("expected.json")).expect("expected.json is readable");
    let expected: Vec<Value> = serde_json::from_slice(&expected).expect("expected.json is JSON");
    // What the reader of résumés makes of the text, and what says which files belong together.
    let not_properties = ["file", "family", "name", "email", "phone", "jobs"];
    let (mut fields, mut wrong) = (0, Vec::new());
    for truth in &expected {
        let file = truth["file"].as_str().expect("a name");
        if !file.ends_with(".docx") {
            continue;
        }
        let bytes = std::fs::read(folder.join(file)).expect("the document is readable");
        let document = docx::read(file, &bytes, &Limits::default()).expect("it is a Word document");
        assert_eq!(document.incomplete, [""; 0], "{file}");
        for (name, value) in truth.as_object().expect("an object") {
            if not_properties.contains(&name.as_str()) {
                continue;
            }
            let planted: BTreeSet<String> = match value {
                Value::Array(items) => items.iter().map(|item| item.as_str().expect("text").to_owned()).collect(),
                Value::String(text) => BTreeSet::from([text.clone()]),
                other => BTreeSet::from([other.to_string()]),
            };
            fields += 1;
            if values(&document, name) != planted.iter().map(String::as_str).collect() {
                wrong.push(format!("{file}: {name}: planted {planted:?}, read {:?}", values(&document, name)));
            }
        }
        let text: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
        let text = text.join("\n");
        for name in ["name", "email"] {
            let value = truth[name].as_str().expect("text");
            if !text.contains(value) {
                wrong.push(format!("{file}: {name} {value} is not in the text"));
            }
        }
    }
    assert!(fields >= 100, "only {fields} planted fields were compared");
    assert!(wrong.is_empty(), "{} of {fields} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn all_planted_fields_of_pdf_documents_are_read() {
    let Some(folder) = data("linkage/docs_meta") else { return };
    let expected = std::fs::read(folder.join("expected.json")).expect("expected.json is readable");
    let expected: Vec<Value> = serde_json::from_slice(&expected).expect("expected.json is JSON");
    let not_properties = ["file", "family", "name", "email", "phone", "jobs"];
    let (mut fields, mut wrong) = (0, Vec::new());
    for truth in &expected {
        let file = truth["file"].as_str().expect("a name");
        if !file.ends_with(".pdf") {
            continue;
        }
        let bytes = std::fs::read(folder.join(file)).expect("the document is readable");
        let document = pdf::read(&bytes, &Limits::default()).expect("it is a PDF");
        assert_eq!(document.incomplete, [""; 0], "{file}");
        assert!(document.hidden.is_empty(), "{file}");
        for (name, value) in truth.as_object().expect("an object") {
            if not_properties.contains(&name.as_str()) {
                continue;
            }
            fields += 1;
            let planted = value.as_str().expect("text");
            if values(&document, name) != BTreeSet::from([planted]) {
                wrong.push(format!("{file}: {name}: planted {planted:?}, read {:?}", values(&document, name)));
            }
        }
        let text: Vec<&str> = document.lines.iter().map(|line| line.text.as_str()).collect();
        let text = text.join("\n");
        for name in ["name", "email"] {
            let value = truth[name].as_str().expect("text");
            if !text.contains(value) {
                wrong.push(format!("{file}: {name} {value} is not in the text"));
            }
        }
    }
    assert!(fields >= 100, "only {fields} planted fields were compared");
    assert!(wrong.is_empty(), "{} of {fields} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
