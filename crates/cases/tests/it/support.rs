//! An office with invented applicants.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use bonafide_cases::{Case, CaseProjector, Cases, Vetted};
use bonafide_model::{
    ContentHash,
    fact::{
        BankAccount, BirthDate, ClientIp, Email, FactSink, IdentityDocument, Link, LinkKind, Location, NameRole, Nationality,
        PersonName, Phone, Provenance, Reference, Wallet,
    },
    finding::Compared,
    id::{FactId, SubjectId},
    lens::{Answer, Asked, Identifier, IdentifierKind, Question},
    place::{Place, Source},
    protected::Protected,
};
use bonafide_store::{AssessmentRecord, Clock, Options, Original, RecordedFact, SqliteStore, SubjectRecord};
use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) struct Office {
    folder: TempDir,
    now: Arc<AtomicI64>,
}

pub(crate) const TODAY: &str = "2026-11-21";

impl Office {
    pub(crate) fn new() -> Self {
        let start: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        Self { folder: tempfile::tempdir().unwrap(), now: Arc::new(AtomicI64::new(start.as_second())) }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn options(&self) -> Options {
        let now = Arc::clone(&self.now);
        let clock = Clock::new(move || Timestamp::from_second(now.load(Ordering::SeqCst)).unwrap());
        Options::new(self.data(), clock).projector(Arc::new(CaseProjector))
    }

    pub(crate) fn open(&self) -> Cases {
        Cases::new(Arc::new(SqliteStore::open(&self.options()).unwrap()))
    }

    pub(crate) fn days_later(&self, days: i64) {
        self.now.fetch_add(days * 86_400, Ordering::SeqCst);
    }

    pub(crate) fn sound(&self) {
        let report = SqliteStore::doctor(&self.options()).unwrap();
        assert!(report.sound() && report.notices.is_empty(), "{report:#?}");
    }
}

pub(crate) fn today() -> Date {
    TODAY.parse().unwrap()
}

pub(crate) fn id(text: &str) -> SubjectId {
    SubjectId::new(text)
}

/// An applicant whose values contain `word`, assessed with a band.
pub(crate) fn vetted(subject: &str, word: &str, band: &str, others: &[&str]) -> Vetted {
    let originals = vec![
        Original { name: "application.json".into(), bytes: format!("{{\"id\":\"{subject}\"}}").into_bytes() },
        Original { name: "../resume.txt".into(), bytes: format!("Résumé of Robin {word}").into_bytes() },
    ];
    Vetted {
        subject: SubjectRecord::application(id(subject), facts(subject, word), originals),
        assessment: assessment(subject, word, band, others),
    }
}

fn facts(subject: &str, word: &str) -> Vec<RecordedFact> {
    let source = Source { name: "application.json".into(), content: ContentHash::of_bytes(word.as_bytes()) };
    let mut sink = FactSink::new(id(subject), source);
    let full = format!("Robin {word}");
    sink.push(PersonName { full, given: Some("Robin".into()), family: Some(word.into()), ..PersonName::default() }, Place::Whole);
    sink.push(PersonName { role: NameRole::Former, full: "Robin Oldname".into(), ..PersonName::default() }, Place::Whole);
    let address = format!("robin.{word}@mail.example");
    sink.push(Email { address: address.clone(), canonical: address, ..Email::default() }, Place::Whole);
    sink.push(Phone { raw: "(512) 555-0142".into(), e164: Some("+15125550142".into()), ..Phone::default() }, Place::Whole);
    let place =
        Location { raw: "Austin, TX".into(), city: Some("Austin".into()), country: Some("US".into()), ..Location::default() };
    sink.push(place, Place::Whole);
    sink.push(BirthDate { date: "1990-05".parse().unwrap() }, Place::Whole);
    let passport = IdentityDocument {
        paper: Some("passport".into()),
        number: "X1234567".into(),
        expires: Some("2031-04".parse().unwrap()),
        ..IdentityDocument::default()
    };
    sink.push(passport, Place::Whole);
    let link = |service, handle: &str| Link {
        service,
        url: format!("https://host.example/{handle}"),
        handle: Some(handle.into()),
        ..Link::default()
    };
    sink.push(link(LinkKind::Github, &format!("{word}-dev")), Place::Whole);
    sink.push(link(LinkKind::Telegram, &format!("{word}_t")), Place::Whole);
    sink.push(Wallet { chain: "eth".into(), address: format!("0x{word}"), canonical: format!("0x{word}") }, Place::Whole);
    sink.push(ClientIp { ip: "203.0.113.7".into() }, Place::Whole);
    sink.push(BankAccount { holder: Some(format!("R. {word}")), country: Some("US".into()), reference: None }, Place::Whole);
    sink.push(Nationality { claim: Protected::seal("Utopian") }, Place::Whole);
    let reference = Reference {
        name: "Gwen Bystander".into(),
        email: Some("gwen@firm.example".into()),
        phone: Some("555-0199".into()),
        ..Reference::default()
    };
    sink.push(reference, Place::Whole);
    let provenance = Provenance { collected_at: "2026-11-20T08:00:00Z".parse().unwrap(), collector: "intake/json 1".into() };
    sink.into_facts().into_iter().map(|fact| RecordedFact { fact, provenance: provenance.clone() }).collect()
}

pub(crate) fn finding(code: &str, family: &str, strength: &str, compared: &Value) -> Value {
    json!({"code": code, "slug": "shared-phone", "title": "Shared phone", "stage": "application", "family": family,
        "strength": strength, "weight": 210, "counted": 210, "weighed_by": "default",
        "summary": "The phone number is held by others.",
        "evidence": [{"fact": FactId::derive(b"x"), "subject_value": "(512) 555-0142", "compared_with": compared,
            "relation": "equals", "document": "application.json", "place": "whole", "root": "phone:+15125550142"}],
        "innocent": ["A household shares a line."], "ask": ["Whose number is it?"], "fingerprint": "f0"})
}

pub(crate) fn assessment(subject: &str, word: &str, band: &str, others: &[&str]) -> AssessmentRecord {
    let findings: Vec<_> = others
        .iter()
        .map(|other| {
            let mut finding = finding("BF-APP-014", "link", "medium", &json!(Compared::subject(*other)));
            finding["summary"] = json!(format!("The phone number is also that of {other}."));
            finding
        })
        .collect();
    with_findings(subject, word, band, &findings)
}

pub(crate) fn with_findings(subject: &str, word: &str, band: &str, findings: &[Value]) -> AssessmentRecord {
    let weight = match band {
        "urgent" => 900,
        "look" => 300,
        _ => 0,
    };
    let assessment = json!({"subject": subject, "display_name": format!("Robin {word}"), "as_of": TODAY,
        "applied_at": null, "dossier_hash": ContentHash::of_bytes(word.as_bytes()),
        "lens": {"catalogue": "1", "lists": [], "intel": "", "links": "", "tables": "", "answers": ""},
        "band": band, "because": "a medium finding.", "weight": weight, "findings": findings,
        "coverage": {"ran": 3, "clear": [], "not_applicable": [], "inconclusive": []}, "base_rate": null, "incomplete": []});
    let question = Question::Holders(Identifier::new(IdentifierKind::Phone, "+15125550142"));
    let holders: Vec<_> = findings
        .iter()
        .filter(|finding| finding["evidence"][0]["compared_with"]["kind"] == "subject")
        .map(|finding| {
            json!({"subject": finding["evidence"][0]["compared_with"]["id"], "same_name": false, "same_person": false,
                "applied_on": null, "benign": null, "known_bad": false})
        })
        .collect();
    let reply = json!({"reply": "holders", "is": {"subjects": holders, "count": holders.len(), "ignored": null}});
    let answer: Answer = Ok(serde_json::from_value(reply).unwrap());
    let hash = bonafide_model::Canonical::content_hash(&answer);
    let asked = vec![Asked { question, answer, hash }];
    AssessmentRecord { assessment: serde_json::from_value(assessment).unwrap(), asked, event: None }
}

pub(crate) fn filed(cases: &Cases, vetted: Vetted) -> Case {
    let subject = vetted.subject.subject.clone();
    cases.file(vec![vetted]).unwrap();
    cases.case_of(&subject).unwrap().unwrap()
}
