//! Stores written by earlier versions of the program, read for ever.
//!
//! `tests/golden/format-<n>/` is a whole data folder as version *n* of the payloads wrote it, its keys included (they were made for
//! this test and protect nothing). A golden folder is written once, with `BONAFIDE_WRITE_GOLDEN=1`, and never changed afterwards:
//! what changes is the program, which must go on reading it.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
};

use bonafide_model::fact::{FactValue, UnknownFact};
use bonafide_store::{
    Body, EventId, EventRecord, Options, Others, Position, Randomness, Record, SqliteStore, Store, SubjectRecord, Upcasters,
};
use serde_json::json;

use crate::{
    erasing::order,
    support::{House, application, assessment, copy, id, referred},
};

fn folder(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/format-{format}"))
}

fn write(options: &Options) {
    let store = SqliteStore::open(options).unwrap();
    let (ada, bob, cleo) = (id("ada@mail.example"), id("app-17"), id("cleo"));
    store.record_subject(application(&ada, "lovelock")).unwrap();
    store.record_subject(application(&bob, "builder")).unwrap();
    store.record_subject(application(&cleo, "patron")).unwrap();
    let mut changed: SubjectRecord = application(&ada, "lovelace");
    let unknown = UnknownFact { kind: "of_tomorrow".into(), value: json!({"z": 1, "a": [0.1, null]}) };
    changed.facts[2].fact.value = FactValue::Unknown(unknown);
    store.record_subject(changed).unwrap();
    store.record_subject(referred(&ada, &bob)).unwrap();
    store.record_assessment(assessment(&ada, "Ada lovelace", Some(&bob))).unwrap();
    store.record_assessment(assessment(&bob, "Bob", Some(&cleo))).unwrap();
    let mut note = EventRecord::new(Some(ada), "test.note", 1, &"rang app-17 \u{F8FF}", EventId::named("n")).unwrap();
    note.mentions.push(bob);
    store.append_one(Record::Event(note)).unwrap();
    let own = EventRecord::new(None, "test.note", 1, &"of the store", EventId::named("n")).unwrap();
    store.append_one(Record::Event(own)).unwrap();
    store.erase(&[cleo], &order()).unwrap();
    store.close().unwrap();
}

/// All that a reader can see of a store, in words.
fn told(store: &SqliteStore) -> String {
    let mut text = String::new();
    let mut tell = |line: String| writeln!(text, "{line}").unwrap();
    for event in store.events(Position::START, 1000).unwrap() {
        let payload = match &event.body {
            Body::Opened(body) => serde_json::to_string(body).unwrap(),
            Body::Facts(body) => serde_json::to_string(body).unwrap(),
            Body::Assessed(body) => serde_json::to_string(body).unwrap(),
            Body::Erased(body) => serde_json::to_string(body).unwrap(),
            Body::Other(body) => body.read::<String>(Upcasters(&[])).unwrap(),
            Body::Unreadable { .. } => "unreadable".into(),
        };
        let at = event.at.map(|at| at.to_string()).unwrap_or_default();
        tell(format!("{} {} {:?} {at}\n  {payload}", event.position, event.body.kind(), event.subject.map(|s| s.to_string())));
    }
    for subject in store.subjects().unwrap() {
        let now = store.facts(&subject.subject, Others::Named).unwrap().unwrap();
        tell(format!("{} {} {:?}", subject.subject, subject.display_name, subject.assessment.map(|a| (a.band, a.weight))));
        tell(format!("  dossier {}", store.dossier(&subject.subject).unwrap().unwrap().hash()));
        for (scope, known) in &now.facts {
            tell(format!("  {scope} {}", serde_json::to_string(known).unwrap()));
        }
        for (scope, original) in &now.originals {
            let bytes = store.original(&subject.subject, original).unwrap();
            tell(format!("  {scope} {} {}", original.name, String::from_utf8(bytes).unwrap()));
        }
    }
    text
}

#[test]
fn a_store_of_format_1_is_read_for_ever() {
    let golden = folder(1);
    if std::env::var_os("BONAFIDE_WRITE_GOLDEN").is_some() && !golden.exists() {
        let house = House::new();
        write(&house.options().randomness(Randomness::seeded(1)));
        copy(&house.data(), &golden);
        for lock in ["lock", "lock.write"] {
            std::fs::remove_file(golden.join(lock)).unwrap();
        }
    }
    let house = House::new();
    copy(&golden, &house.data());
    #[cfg(unix)]
    for path in crate::support::files(&house.data()) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let report = SqliteStore::doctor(&house.options()).unwrap();
    assert!(report.sound(), "{:#?}", report.problems);
    let read_only = told(&SqliteStore::open_read_only(&house.options()).unwrap());
    insta::assert_snapshot!("format_1", read_only);
    let store = house.open();
    assert_eq!(told(&store), read_only);
    // And it is written to.
    store.record_subject(application(&id("dora"), "late")).unwrap();
    drop(store);
    assert!(SqliteStore::doctor(&house.options()).unwrap().sound());
}
