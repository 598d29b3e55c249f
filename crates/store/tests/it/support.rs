//! Invented people and a store to put them in.

use std::path::{Path, PathBuf};

use bonafide_model::{
    ContentHash,
    assessment::{Coverage, LensVersions},
    fact::{Email, FactSink, PersonName, Phone, Provenance, Referral, Wallet},
    finding::Compared,
    id::{FactId, SubjectId},
    lens::{Answer, Asked, Identifier, IdentifierKind, Question},
    place::{Place, Source},
};
use bonafide_store::{AssessmentRecord, Clock, Options, Original, Record, RecordedFact, SqliteStore, SubjectRecord};
use serde_json::json;
use tempfile::TempDir;

pub(crate) struct House {
    pub(crate) folder: TempDir,
}

impl House {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn options(&self) -> Options {
        Options::new(self.data(), Clock::fixed("2026-11-21T10:00:00Z".parse().unwrap()))
    }

    pub(crate) fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.options()).unwrap()
    }
}

pub(crate) fn id(text: &str) -> SubjectId {
    SubjectId::new(text)
}

/// An invented person, all of whose values contain `word`.
pub(crate) fn facts(subject: &SubjectId, word: &str) -> Vec<RecordedFact> {
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(word.as_bytes()) };
    let mut sink = FactSink::new(subject.clone(), source);
    sink.push(PersonName { full: format!("Ada {word}"), ..PersonName::default() }, Place::Whole);
    let address = format!("{word}@mail.example");
    sink.push(Email { address: address.clone(), canonical: address, ..Email::default() }, Place::Whole);
    sink.push(Phone { raw: format!("555-{word}"), ..Phone::default() }, Place::Whole);
    sink.push(Wallet { chain: "eth".into(), address: format!("0x{word}"), canonical: format!("0x{word}") }, Place::Whole);
    sink.into_facts().into_iter().map(|fact| RecordedFact { fact, provenance: provenance() }).collect()
}

pub(crate) fn provenance() -> Provenance {
    Provenance { collected_at: "2026-11-20T08:00:00Z".parse().unwrap(), collector: "intake/json 1".into() }
}

pub(crate) fn application(subject: &SubjectId, word: &str) -> SubjectRecord {
    let originals = vec![Original { name: "resume.txt".into(), bytes: format!("Résumé of Ada {word}").into_bytes() }];
    SubjectRecord::application(subject.clone(), facts(subject, word), originals)
}

pub(crate) fn referred(subject: &SubjectId, by: &SubjectId) -> SubjectRecord {
    let source = Source { name: "referral.json".into(), content: ContentHash::of_bytes(b"referral") };
    let mut sink = FactSink::new(subject.clone(), source);
    let referral = Referral { by: format!("friend of {by}"), subject: Some(by.to_string()), email_canonical: None };
    sink.push(referral, Place::Whole);
    let facts = sink.into_facts().into_iter().map(|fact| RecordedFact { fact, provenance: provenance() }).collect();
    SubjectRecord { scope: "referral".into(), ..SubjectRecord::application(subject.clone(), facts, Vec::new()) }
}

/// An assessment of `subject` whose evidence names `other`.
pub(crate) fn assessment(subject: &SubjectId, name: &str, other: Option<&SubjectId>) -> AssessmentRecord {
    let holders: Vec<_> = other
        .map(|other| {
            json!({"subject": other, "same_name": false, "same_person": false, "applied_on": "2026-03-04", "benign": null,
                "known_bad": true})
        })
        .into_iter()
        .collect();
    let reply = json!({"reply": "holders", "is": {"subjects": holders, "count": holders.len(), "ignored": null}});
    let answer: Answer = Ok(serde_json::from_value(reply).unwrap());
    let hash = bonafide_model::Canonical::content_hash(&answer);
    let question = Question::Holders(Identifier::new(IdentifierKind::Phone, "+15550100"));
    let findings: Vec<_> = other
        .map(|other| {
            json!({"code": "BF-RES-006", "slug": "shared-phone", "title": "Shared phone", "stage": "resume", "family": "link",
                "strength": "medium", "weight": 210, "counted": 210, "weighed_by": "default",
                "summary": format!("The phone number is also that of {other}."),
                "evidence": [{"fact": FactId::derive(subject.as_str().as_bytes()), "subject_value": "555-0100",
                    "compared_with": Compared::subject(other.as_str()), "relation": "equals", "document": "application.json",
                    "place": "whole", "root": "phone:555-0100"}],
                "innocent": ["A household shares a line."], "ask": ["Whose number is it?"],
                "fingerprint": ContentHash::of_bytes(other.as_str().as_bytes()).short(16)})
        })
        .into_iter()
        .collect();
    let assessment = json!({"subject": subject, "display_name": name, "as_of": "2026-11-21", "applied_at": null,
        "dossier_hash": ContentHash::of_bytes(subject.as_str().as_bytes()),
        "lens": LensVersions { answers: hash.short(32), ..LensVersions::default() },
        "band": if other.is_some() { "look" } else { "clear" }, "because": "a medium finding", "weight": 210, "findings": findings,
        "coverage": Coverage::default(),
        "base_rate": {"per_thousand": 0.1 + 0.2, "code": "BF-RES-006", "measured_on": "3,449 addresses"}, "incomplete": []});
    AssessmentRecord {
        assessment: serde_json::from_value(assessment).unwrap(),
        asked: vec![Asked { question, answer, hash }],
        event: None,
    }
}

pub(crate) fn person(number: usize) -> Vec<Record> {
    let subject = id(&format!("app-{number:05}"));
    let word = format!("person{number:05}");
    vec![
        Record::Subject(application(&subject, &word)),
        Record::Assessment(Box::new(assessment(&subject, &format!("Ada {word}"), None))),
    ]
}

/// All files below a folder.
pub(crate) fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for path in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(&path, &target).unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for folder in ["", "keys", "blobs"] {
            let _ = std::fs::set_permissions(to.join(folder), std::fs::Permissions::from_mode(0o700));
        }
    }
}

pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
