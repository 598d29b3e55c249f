//! Invented people and a store to put them in.

use std::path::{Path, PathBuf};

use bonafide_model::{
    ContentHash,
    assessment::{Assessment, Band, Coverage, LensVersions, Weight},
    check::{Family, Stage, Strength},
    fact::{Email, FactSink, PersonName, Phone, Provenance, Referral, Wallet},
    finding::{Compared, ComparedKind, Evidence},
    id::{CheckCode, SubjectId},
    lens::{Asked, Holder, Holders, Identifier, IdentifierKind, Question, Reply},
    place::{Place, Source},
};
use bonafide_store::{AssessmentRecord, Clock, Options, Original, Record, RecordedFact, SqliteStore, SubjectRecord};
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
    let code = CheckCode::new("BF-RES-006");
    let findings = other
        .map(|other| bonafide_model::assessment::AssessedFinding {
            code,
            slug: "shared-phone".into(),
            title: "Shared phone".into(),
            stage: Stage::Resume,
            family: Family::Link,
            strength: Strength::Medium,
            weight: Weight(210),
            counted: Weight(210),
            held_back: None,
            name_alone: false,
            weighed_by: "default".into(),
            summary: format!("The phone number is also that of {other}."),
            evidence: vec![Evidence {
                fact: bonafide_model::id::FactId::derive(subject.as_str().as_bytes()),
                subject_value: "555-0100".into(),
                compared_with: Compared { kind: ComparedKind::Subject, ..Compared::subject(other.as_str()) },
                relation: "equals".into(),
                document: "application.json".into(),
                place: Place::Whole,
                quote: None,
                root: "phone:555-0100".into(),
            }],
            innocent: vec!["A household shares a line.".into()],
            ask: vec!["Whose number is it?".into()],
            fingerprint: ContentHash::of_bytes(other.as_str().as_bytes()).short(16),
        })
        .into_iter()
        .collect();
    let question = Question::Holders(Identifier::new(IdentifierKind::Phone, "+15550100"));
    let holders = Holders {
        subjects: other
            .map(|other| Holder {
                subject: other.to_string(),
                same_name: false,
                same_person: false,
                applied_on: Some("2026-03-04".parse().unwrap()),
                benign: None,
                known_bad: true,
            })
            .into_iter()
            .collect(),
        count: u32::from(other.is_some()),
        ignored: None,
    };
    let answer = Ok(Reply::Holders(holders));
    let hash = bonafide_model::Canonical::content_hash(&answer);
    AssessmentRecord {
        assessment: Assessment {
            subject: subject.clone(),
            display_name: name.into(),
            as_of: "2026-11-21".parse().unwrap(),
            applied_at: None,
            dossier_hash: ContentHash::of_bytes(subject.as_str().as_bytes()),
            lens: LensVersions { answers: hash.short(32), ..LensVersions::default() },
            band: if other.is_some() { Band::Look } else { Band::Clear },
            because: "a medium finding".into(),
            weight: Weight(210),
            findings,
            coverage: Coverage::default(),
            base_rate: Some(bonafide_model::assessment::BaseRate {
                per_thousand: 0.1 + 0.2,
                code,
                measured_on: "3,449 addresses".into(),
            }),
            incomplete: Vec::new(),
        },
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
