//! The résumé reader against the test data: what must not get worse.

use bonafide_formats::{docx, limits::Limits, pdf, text};
use serde_json::Value;

use super::{
    measure::{self, Scores},
    read,
};
use crate::test_data;

/// The files of `resume_pdfs` that have truth.
const WITH_TRUTH: &[&str] = &[
    "date-heading-bulleted-roles",
    "extended-latin-name-roundtrip",
    "google-docs-skia-proxy-minimal",
    "mid-dot-header",
    "multi-degree-coursework",
    "single-column-endash-title-company",
    "single-word-name-mononym",
    "top-skills-header-unrecognized",
];

#[test]
fn pdfs_with_hand_written_truth() {
    let mut scores = Scores::default();
    for name in WITH_TRUTH {
        let (Some(bytes), Some(truth)) = (
            test_data::bytes(&format!("linkage/resume_pdfs/{name}.pdf")),
            test_data::text(&format!("linkage/resume_pdfs/{name}.truth.json")),
        ) else {
            return;
        };
        let truth: Value = serde_json::from_str(&truth).expect("truth is JSON");
        let document = pdf::read(&bytes, &Limits::default()).expect("the PDF is read");
        measure::against_hand_written(name, &read(&document), &truth, &mut scores);
    }
    for field in ["name", "email", "phone"] {
        assert_eq!(scores.of(field).right, scores.of(field).all, "{field}: {:#?}", scores.errors);
    }
    assert!(scores.of("job").share() >= 0.9, "{:#?}", scores.errors);
}

#[test]
fn documents_with_planted_metadata() {
    let Some(expected) = test_data::text("linkage/docs_meta/expected.json") else { return };
    let expected: Vec<Value> = serde_json::from_str(&expected).expect("expectations are JSON");
    let mut scores = Scores::default();
    for record in &expected {
        let name = record["file"].as_str().expect("a file name");
        let Some(bytes) = test_data::bytes(&format!("linkage/docs_meta/{name}")) else { return };
        let limits = Limits::default();
        let document = if name.ends_with(".pdf") { pdf::read(&bytes, &limits) } else { docx::read(name, &bytes, &limits) };
        measure::against_planted(name, &read(&document.expect("the document is read")), record, &mut scores);
    }
    assert!(scores.errors.is_empty(), "{:#?}", scores.errors);
}

#[test]
fn texts_of_invented_applicants() {
    let (Some(applicants), Some(resumes)) =
        (test_data::text("linkage/applicants10k/applicants.jsonl.gz"), test_data::text("linkage/applicants10k/resumes.jsonl.gz"))
    else {
        return;
    };
    let mut scores = Scores::default();
    for (applicant, record) in applicants.lines().zip(resumes.lines()).step_by(97) {
        let applicant: Value = serde_json::from_str(applicant).expect("an applicant is JSON");
        let record: Value = serde_json::from_str(record).expect("a résumé is JSON");
        let document = text::read("cv.txt", record["text"].as_str().unwrap_or_default().as_bytes(), &Limits::default());
        measure::against_applicant(&read(&document.expect("text is read")), &applicant, &mut scores);
    }
    for field in ["job", "education", "claimed years", "name", "no surplus jobs"] {
        assert!(scores.of(field).share() >= 0.99, "{field}: {:#?}", scores.errors);
    }
}
