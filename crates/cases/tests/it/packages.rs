use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use bonafide_cases::{Case, Cases, Decide, DecisionCode, ExportFor, ExportOrder, HoldKind, NoteKind, What};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::{Office, filed, vetted};

fn export(cases: &Cases, case: &Case, purpose: ExportFor) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let order = ExportOrder { by: "Eve Archer".into(), purpose };
    let render = |assessment: &bonafide_model::assessment::Assessment| {
        serde_json::value::to_raw_value(&json!({"schema": "bonafide.assessment/1", "band": assessment.band}))
    };
    cases.export(case, &order, Some(&render), &mut out).unwrap();
    out.into_inner()
}

fn unpack(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn worked(office: &Office) -> (Cases, Case) {
    let cases = office.open();
    filed(&cases, vetted("bob", "builder", "clear", &[]));
    let case = filed(&cases, vetted("app-1", "sample", "look", &["bob"]));
    cases.note(&case, NoteKind::Contest, "Eve Archer", "says the number is the landlord's").unwrap();
    let noted = cases.note(&case, NoteKind::Confidential, "Cora Compliance", "report number 7 filed").unwrap();
    cases.hold(&noted, HoldKind::Authority, "Cora Compliance", "a letter asked to preserve it").unwrap();
    let reason = "the landlord confirmed it".into();
    let decide = Decide { code: DecisionCode::Cleared, by: "Eve Archer".into(), reason, request: None };
    let case = cases.decide(&case, &decide).unwrap();
    (cases, case)
}

#[test]
fn a_package_is_complete_verifiable_and_the_same_every_time() {
    let office = Office::new();
    let (cases, case) = worked(&office);
    let package = export(&cases, &case, ExportFor::Evidence);
    office.days_later(3);
    assert!(package == export(&cases, &case, ExportFor::Evidence), "the same state, the same bytes");
    let files = unpack(&package);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "SHA256SUMS",
            "answers.jsonl",
            "assessment.json",
            "case.json",
            "facts.jsonl",
            "history.jsonl",
            "manifest.json",
            "originals/application.json",
            "originals/resume.txt",
        ]
    );
    let sha256 = |bytes: &[u8]| Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    for line in std::str::from_utf8(&files["SHA256SUMS"]).unwrap().lines() {
        let (hash, name) = line.split_once("  ").unwrap();
        assert_eq!(sha256(&files[name]), hash, "{name}");
    }
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["schema"], "bonafide.export/1");
    assert_eq!(manifest["files"].as_array().unwrap().len(), 8);
    for file in manifest["files"].as_array().unwrap() {
        let bytes = &files[file["path"].as_str().unwrap()];
        assert_eq!((file["sha256"].as_str(), file["bytes"].as_u64()), (Some(sha256(bytes).as_str()), Some(bytes.len() as u64)));
    }
    assert_eq!(files["originals/resume.txt"], "Résumé of Robin sample".as_bytes());
    assert_eq!(serde_json::from_slice::<Value>(&files["assessment.json"]).unwrap()["schema"], "bonafide.assessment/1");

    let exported = cases.show(&case, None).unwrap().history.into_iter().filter_map(|entry| match entry.what {
        What::Exported(exported) => Some(exported),
        _ => None,
    });
    let exported: Vec<_> = exported.collect();
    assert_eq!(exported.len(), 2, "both are on record");
    assert!(exported.iter().all(|one| one.by == "Eve Archer" && one.manifest == sha256(&files["manifest.json"])));
    drop(cases);
    office.sound();
}

#[test]
fn other_people_are_left_out() {
    let office = Office::new();
    let (cases, case) = worked(&office);
    let files = unpack(&export(&cases, &case, ExportFor::Evidence));
    for (name, bytes) in &files {
        if name.starts_with("originals/") {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        for other in ["bob", "builder", "Gwen", "555-0199", "gwen@firm.example"] {
            assert!(!text.contains(other), "{other} in {name}");
        }
    }
    assert!(String::from_utf8_lossy(&files["answers.jsonl"]).contains("withheld"));
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["withheld"][1], "1 fact(s) that state another person's name or contact data (references, referrals)");
}

#[test]
fn the_subject_is_not_shown_what_is_confidential() {
    let office = Office::new();
    let (cases, case) = worked(&office);
    let evidence = unpack(&export(&cases, &case, ExportFor::Evidence));
    assert!(String::from_utf8_lossy(&evidence["history.jsonl"]).contains("report number 7"));
    let access = unpack(&export(&cases, &case, ExportFor::SubjectAccess));
    for (name, bytes) in access {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("report number 7") && !text.contains("Cora"), "{name}");
        assert!(name != "history.jsonl" || text.contains("the number is the landlord's"));
    }
}

#[test]
fn case_json_is_what_reports_start_from() {
    let office = Office::new();
    let (cases, case) = worked(&office);
    let files = unpack(&export(&cases, &case, ExportFor::Evidence));
    insta::assert_snapshot!("case_json", String::from_utf8_lossy(&files["case.json"]));
    insta::assert_snapshot!("history_jsonl", String::from_utf8_lossy(&files["history.jsonl"]));
    insta::assert_snapshot!("readme_txt", String::from_utf8_lossy(&files["README.txt"]));
}

#[test]
fn a_damaged_original_is_not_exported_as_if_it_were_sound() {
    let office = Office::new();
    let (cases, case) = worked(&office);
    let blobs = office.options().blob_folder();
    for folder in std::fs::read_dir(blobs).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            std::fs::write(file.unwrap().path(), b"something else").unwrap();
        }
    }
    let order = ExportOrder { by: "Eve".into(), purpose: ExportFor::Evidence };
    let error = cases.export(&case, &order, None, Cursor::new(Vec::new())).unwrap_err();
    assert!(error.to_string().contains("was changed after it was stored"), "{error}");
}
